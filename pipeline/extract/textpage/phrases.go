package textpage

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// wordSet is a set of words or phrases, in lower case.
type wordSet map[string]bool

func set(words ...string) wordSet {
	s := make(wordSet, len(words))
	for _, w := range words {
		s[w] = true
	}
	return s
}

// phraseTable finds phrases at the start or the end of a text; it is only
// looked up, by first or last letter, the longest phrase first.
type phraseTable struct {
	byFirst, byLast map[rune][]string
	all             wordSet
}

func phrases(list ...string) *phraseTable {
	t := &phraseTable{byFirst: map[rune][]string{}, byLast: map[rune][]string{}, all: set(list...)}
	sorted := slices.Clone(list)
	slices.SortStableFunc(sorted, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
	for _, p := range slices.Compact(sorted) {
		first, _ := utf8.DecodeRuneInString(p)
		last, _ := utf8.DecodeLastRuneInString(p)
		t.byFirst[first] = append(t.byFirst[first], p)
		t.byLast[last] = append(t.byLast[last], p)
	}
	return t
}

// prefix is the longest phrase that s begins with and that ends at the edge of
// a word; s is in lower case.
func (t *phraseTable) prefix(s string) string {
	first, _ := utf8.DecodeRuneInString(s)
	for _, p := range t.byFirst[first] {
		if strings.HasPrefix(s, p) && wordEdge(p, s[len(p):]) {
			return p
		}
	}
	return ""
}

// glued is the longest phrase that s begins with, whatever follows.
func (t *phraseTable) glued(s string) string {
	first, _ := utf8.DecodeRuneInString(s)
	for _, p := range t.byFirst[first] {
		if strings.HasPrefix(s, p) {
			return p
		}
	}
	return ""
}

// suffix is the longest phrase that s ends with, at the edge of a word.
func (t *phraseTable) suffix(s string) string {
	last, _ := utf8.DecodeLastRuneInString(s)
	for _, p := range t.byLast[last] {
		if !strings.HasSuffix(s, p) {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(s[:len(s)-len(p)])
		start, _ := utf8.DecodeRuneInString(p)
		if len(s) == len(p) || !letter(before) || !letter(start) || ideograph(start) {
			return p
		}
	}
	return ""
}

// wordEdge tells that the word at the end of p does not go on in rest.
func wordEdge(p, rest string) bool {
	next, _ := utf8.DecodeRuneInString(rest)
	last, _ := utf8.DecodeLastRuneInString(p)
	return rest == "" || !letter(next) || !letter(last) || ideograph(last)
}

func letter(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) }

func ideograph(r rune) bool { return r >= 0x3040 && r <= 0x9fff || r >= 0xac00 && r <= 0xd7a3 }

// lower is s in lower case, letter by letter of the same number of bytes, so
// that places in it are places in s.
func lower(s string) string {
	if ascii(s) {
		return strings.ToLower(s)
	}
	return strings.Map(func(r rune) rune {
		if l := unicode.ToLower(r); utf8.RuneLen(l) == utf8.RuneLen(r) {
			return l
		}
		return r
	}, s)
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// trimPunct cuts white space and separators from both ends of s. Brackets go
// where they are empty or alone.
func trimPunct(s string) string {
	return strings.Trim(s, " \t\u00a0,;:|/·•–—-―»«›‹@~→←↳*#>▸▾▼►\u200b")
}

// words are the runs of letters, digits, apostrophes and hyphens in s.
func words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool {
		return !letter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’' && r != '-'
	})
}

// wordCount is the number of words in s; two letters of Chinese, Japanese and
// Korean, which have no spaces or few, count as one.
func wordCount(s string) int {
	n := len(words(s))
	if ascii(s) {
		return n
	}
	wides := 0
	for _, r := range s {
		if ideograph(r) {
			wides++
		}
	}
	return max(n, wides/2)
}

// controlLine tells a line of buttons, counters and labels alone.
func controlLine(s string) bool {
	if s == "" || len(s) > maxHeader/2 {
		return false
	}
	return strongControls(lower(s))
}

// strongControls eats phrases, numbers and punctuation from the start of s
// until nothing is left; at least one phrase must mean a button.
func strongControls(s string) bool {
	strong := false
	for s != "" {
		r, n := utf8.DecodeRuneInString(s)
		if !letter(r) {
			if unicode.IsLetter(r) {
				return false
			}
			s = s[n:]
			continue
		}
		p := controls.glued(s)
		if p == "" {
			return false
		}
		strong = strong || !weakControls[p]
		s = s[len(p):]
	}
	return strong
}

// trimControls cuts controls from the end of a header, such as "Reply" behind
// the date: they stand behind a space, a bar or a bracket.
func trimControls(s string) string {
	for range 4 {
		t := strings.TrimRight(s, " \t\u00a0|/·•–—-#()[]»¶↑↓,")
		low := lower(t)
		p := controls.suffix(low)
		if p == "" || len(p) == len(t) || weakControls[p] && p != "link" && p != "edit" && p != "zitat" && p != "quote" {
			return s
		}
		cut := t[:len(t)-len(p)]
		if last, _ := utf8.DecodeLastRuneInString(cut); letter(last) {
			return s
		}
		s = cut
	}
	return s
}

// endLine tells a line that ends a section of comments.
func endLine(s string) bool {
	if len(s) > maxHeader || s == "" {
		return false
	}
	s = strings.TrimLeft(lower(s), " »«›‹→←*+#✎•|-–")
	p := endPhrases.prefix(s)
	if p == "" {
		return false
	}
	rest := strings.TrimSpace(s[len(p):])
	return len(words(rest)) <= 12
}

// loginNote tells a line that asks readers to log in before they comment.
func loginNote(s string) bool {
	if len(s) > maxHeader/2 || len(words(s)) > 22 {
		return false
	}
	low := lower(s)
	return containsAny(low, loginParts) && containsAny(low, commentParts)
}

func containsAny(s string, parts []string) bool {
	for _, p := range parts {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}
