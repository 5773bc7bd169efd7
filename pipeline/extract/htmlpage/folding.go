package htmlpage

import (
	"strings"
	"unicode"
)

// compact is s as letters and digits alone, in lower case.
func compact(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// fold reduces a text to its letters and digits in lower case, with one space
// between words, to compare titles and names.
func fold(s string) string {
	s = unsplit(s)
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// unsplit drops the characters that only tell where a word may be divided.
func unsplit(s string) string {
	if !strings.Contains(s, "\u00ad") && !strings.Contains(s, "\u200b") {
		return s
	}
	return strings.NewReplacer("\u00ad", "", "\u200b", "").Replace(s)
}
