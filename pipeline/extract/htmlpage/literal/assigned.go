package literal

import (
	"strings"

	"corpus/pipeline/extract/htmlpage/jsonld"
)

// Assignment is a value that a script gives a name, or hands to a function.
type Assignment struct {
	Name  string // the last part of it: comments of window.page.comments
	Value *jsonld.Value
}

// maxReading is how often a script is read at most, all its beginnings of values
// that come to nothing together.
const maxReading = 4

// Assigned gives the objects and lists of a script that stand behind "=" or the
// bracket of a call, in their order; left is how many more values may be read.
func Assigned(script string, left *int) []Assignment {
	var out []Assignment
	budget := maxReading * len(script)
	for i := 0; i < len(script); i++ {
		c := script[i]
		if c != '=' && c != '(' && c != ',' {
			continue
		}
		from := i + 1
		for from < len(script) && (script[from] == ' ' || script[from] == '\n' || script[from] == '\t' || script[from] == '\r') {
			from++
		}
		if !opens(script[from:], c) || c == '=' && i > 0 && strings.IndexByte("=!<>", script[i-1]) >= 0 {
			continue
		}
		v, n := Read(script[from:], left)
		if budget -= n; budget < 0 || *left < 0 {
			return out
		}
		if v == nil || v.Kind == jsonld.Text {
			continue
		}
		a := Assignment{Value: v}
		if c == '=' {
			a.Name = nameBefore(script[:i])
		}
		out = append(out, a)
		i = from + n - 1
	}
	return out
}

// opens tells the beginning of an object, a list, or what gives one. Behind the
// bracket or a comma of a call only the first two count.
func opens(s string, before byte) bool {
	if s == "" {
		return false
	}
	if s[0] == '{' || s[0] == '[' {
		return true
	}
	return before == '=' && (strings.HasPrefix(s, "JSON.parse") || strings.HasPrefix(s, "(function") || strings.HasPrefix(s, "(("))
}

// nameBefore is the last part of the name at the end of s.
func nameBefore(s string) string {
	s = strings.TrimRight(s[max(0, len(s)-80):], " \t\r\n\"'])")
	from := len(s)
	for from > 0 && part(s[from-1]) {
		from--
	}
	return s[from:]
}
