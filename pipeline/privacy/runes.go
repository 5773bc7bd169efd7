package privacy

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// before and after give the code point next to byte at, or -1 at the text's ends.
func before(text string, at int) rune {
	if at <= 0 {
		return -1
	}
	r, _ := utf8.DecodeLastRuneInString(text[:at])
	return r
}

func after(text string, at int) rune {
	if at >= len(text) {
		return -1
	}
	r, _ := utf8.DecodeRuneInString(text[at:])
	return r
}

// window is the last byte from at back at which a code point of text begins,
// or its end.
func window(text string, at int) int {
	if at >= len(text) {
		return len(text)
	}
	for !utf8.RuneStart(text[at]) {
		at--
	}
	return at
}

// nextAt is the first @ or its wide form from byte at on, or -1. wide tells
// whether text has a wide one at all, which is rare, and slow to look for.
func nextAt(text string, at int, wide bool) int {
	i := 0
	if wide {
		i = strings.IndexAny(text[at:], "@"+wideAt)
	} else {
		i = strings.IndexByte(text[at:], '@')
	}
	if i < 0 {
		return -1
	}
	return at + i
}

// wideAt is @ as East Asian keyboards have it.
const wideAt = "＠"

func isWord(r rune) bool {
	return r == '_' || r >= 0 && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

func isASCIILetter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }
