package resolve

import (
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"
	"github.com/zeebo/xxh3"
)

// wordHashes are the hashes of the words of text, in their order: segments of
// UAX 29 with a letter or digit, case folded rune by rune.
func wordHashes(text string) []uint64 {
	hashes := make([]uint64, 0, len(text)/6+1)
	var folded []byte
	segments := words.FromString(text)
	for segments.Next() {
		segment := segments.Value()
		var isWord bool
		folded, isWord = appendFolded(folded[:0], segment)
		if isWord {
			hashes = append(hashes, xxh3.Hash(folded))
		}
	}
	return hashes
}

// appendFolded appends s without differences of case, and tells whether it
// holds a letter or digit.
func appendFolded(dst []byte, s string) (folded []byte, isWord bool) {
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			switch {
			case 'A' <= c && c <= 'Z':
				c += 'a' - 'A'
				isWord = true
			case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
				isWord = true
			}
			dst = append(dst, c)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		isWord = isWord || unicode.IsLetter(r) || unicode.IsNumber(r)
		// By way of the upper case, so that ς is σ and ſ is s.
		dst = utf8.AppendRune(dst, unicode.ToLower(unicode.ToUpper(r)))
		i += n
	}
	return dst, isWord
}
