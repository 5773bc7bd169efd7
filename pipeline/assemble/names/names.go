// Package names says when two display names are one, which names tell nobody
// apart, and where known names stand in a text.
//
// It must never learn a name: it holds no state between two threads.
package names

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Fold is the form in which two names are compared: NFKC, full case folding
// (Unicode Standard, section 3.13, D145), NFKC again since folding may undo
// it, white space squeezed to one space and trimmed. The rule is frozen:
// pseudonyms are made of it.
func Fold(name string) string {
	folded := strings.Map(cherokee, cases.Fold().String(norm.NFKC.String(name)))
	folded = norm.NFKC.String(folded)
	return strings.Join(strings.Fields(folded), " ")
}

// cherokee folds the small letters of Cherokee to the capitals, as CaseFolding.txt
// of Unicode has it; the library turns either into the other.
func cherokee(r rune) rune {
	switch {
	case r >= 0xab70 && r <= 0xabbf:
		return r - 0xab70 + 0x13a0
	case r >= 0x13f8 && r <= 0x13fd:
		return r - 8
	}
	return r
}

// Letters counts the letters of a name.
func Letters(name string) int {
	n := 0
	for _, r := range name {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// FirstWord is the first word of a name of several words, else "".
func FirstWord(name string) string {
	fields := strings.Fields(name)
	if len(fields) < 2 {
		return ""
	}
	return fields[0]
}
