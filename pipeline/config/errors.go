package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Error is one mistake in a configuration, with its place.
type Error struct {
	File    string // name without folder
	Line    int    // from 1; 0 for the file as a whole
	Column  int    // from 1, in code points
	Message string // what is wrong, what was expected
}

// Error gives place and message: "corpus.yaml:3:5: …".
func (e *Error) Error() string {
	if e.Line == 0 {
		return e.File + ": " + e.Message
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Message)
}

// Errors are all mistakes found in a configuration, in the order of the file.
type Errors []*Error

// Error gives one mistake a line.
func (e Errors) Error() string {
	lines := make([]string, len(e))
	for i, one := range e {
		lines[i] = one.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives the mistakes one by one.
func (e Errors) Unwrap() []error {
	list := make([]error, len(e))
	for i, one := range e {
		list[i] = one
	}
	return list
}

// maxErrors is how many mistakes are listed: more help nobody.
const maxErrors = 50

// sorted are the mistakes in the order of the file, without repetitions.
func sorted(list Errors) Errors {
	slices.SortStableFunc(list, func(a, b *Error) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Message, b.Message))
	})
	list = slices.CompactFunc(list, func(a, b *Error) bool { return *a == *b })
	if len(list) > maxErrors {
		list = list[:maxErrors]
	}
	return list
}

// clip shortens what a file says to a length that a message can hold.
func clip(s string) string {
	const most = 60
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}

// nearest is the name that s most likely means: at most a third of its letters
// differ (Damerau's optimal string alignment distance), else "".
func nearest(s string, names []string) string {
	best, bestDistance := "", 0
	r := []rune(strings.ToLower(s))
	if len(r) > 64 {
		return ""
	}
	for _, name := range names {
		d := distance(r, []rune(strings.ToLower(name)))
		if d <= max(1, min(len(r), len(name))/3) && (best == "" || d < bestDistance) {
			best, bestDistance = name, d
		}
	}
	return best
}

// distance counts the insertions, deletions, replacements and swaps of
// neighbours that lead from a to b.
func distance(a, b []rune) int {
	older, old, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range old {
		old[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			row[j] = min(old[j]+1, row[j-1]+1, old[j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], older[j-2]+1)
			}
		}
		older, old, row = old, row, older
	}
	return old[len(b)]
}

// didYouMean is a hint to the nearest of names, or "".
func didYouMean(s string, names []string) string {
	if n := nearest(s, names); n != "" {
		return fmt.Sprintf(", did you mean %q?", n)
	}
	return ""
}
