package text

import (
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/sentences"
	"github.com/clipperhouse/uax29/v2/words"
)

// Count gives the code points, words and sentences of s. Words and sentences
// are segments by UAX 29 that hold a letter or a digit.
func Count(s string) (chars, nWords, nSentences int32) {
	chars = int32(utf8.RuneCountInString(s))
	nWords = Words(s)
	for segments := sentences.FromString(s); segments.Next(); {
		if hasText(segments.Value()) {
			nSentences++
		}
	}
	return chars, nWords, nSentences
}

// Words is the number of words of s: segments by UAX 29 with a letter or digit.
func Words(s string) int32 {
	var n int32
	for segments := words.FromString(s); segments.Next(); {
		if hasText(segments.Value()) {
			n++
		}
	}
	return n
}

func hasText(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return true
		}
	}
	return false
}
