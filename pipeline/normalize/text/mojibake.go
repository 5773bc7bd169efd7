package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// repairMojibake gives back UTF-8 that was once read as Windows-1252 or
// Latin-1, "Ã©" for "é". It changes a run of characters only where it is
// certain: the whole run maps to bytes, the bytes are UTF-8, the lead is one
// that European text starts with, and what comes out is common in text.
func repairMojibake(s string) string {
	if !mayBeMojibake(s) {
		return s
	}
	for range 3 { // text that went wrong several times over
		next := repairOnce(s)
		if next == s {
			break
		}
		s = next
	}
	return s
}

// mayBeMojibake looks for one of Ã, Â, â, ð, Ä and Å, which all begin with one byte.
func mayBeMojibake(s string) bool {
	for {
		i := strings.IndexByte(s, 0xC3)
		if i < 0 || i+1 == len(s) {
			return false
		}
		switch s[i+1] {
		case 0x82, 0x83, 0x84, 0x85, 0xA2, 0xB0:
			return true
		}
		s = s[i+1:]
	}
}

func repairOnce(s string) string {
	var b strings.Builder
	previous, behind := rune(0), false
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if repaired, n := repairAt(s[i:], previous, behind); n > 0 {
			if b.Len() == 0 {
				b.WriteString(s[:i])
			}
			b.WriteRune(repaired)
			previous, behind = repaired, true
			i += n
			continue
		}
		if b.Len() > 0 {
			b.WriteRune(r)
		}
		previous, behind = r, false
		i += size
	}
	if b.Len() == 0 {
		return s
	}
	return b.String()
}

// repairAt reads one character of UTF-8 out of the characters at the start of
// s, and gives how many bytes of s they take; 0 where there is none. behind
// tells that the character before was one as well.
func repairAt(s string, previous rune, behind bool) (rune, int) {
	lead, size := utf8.DecodeRuneInString(s)
	need := 0
	switch lead {
	case 'Ã', 'Â', 'Ä', 'Å':
		need = 2
	case 'â':
		need = 3
	case 'ð':
		need = 4
	default:
		return 0, 0
	}
	var buf [4]byte
	buf[0], _ = singleByte(lead)
	taken := size
	for k := 1; k < need; k++ {
		r, n := utf8.DecodeRuneInString(s[taken:])
		c, ok := singleByte(r)
		if n == 0 || !ok || c < 0x80 || c > 0xbf {
			return 0, 0
		}
		buf[k] = c
		taken += n
	}
	out, n := utf8.DecodeRune(buf[:need])
	if n != need || !common(out) {
		return 0, 0
	}
	if need == 2 {
		second, _ := utf8.DecodeRuneInString(s[size:])
		next, _ := utf8.DecodeRuneInString(s[taken:])
		if !behind && written(lead, second, previous, next) {
			return 0, 0
		}
	}
	return out, taken
}

// written tells whether lead and the character behind it may well be what
// somebody wrote, seen with the characters around them: a letter and a mark
// that ends a sentence, a quotation or a number.
func written(lead, second, previous, next rune) bool {
	if unicode.IsLetter(second) || unicode.IsControl(second) {
		return false // no text has "Ãƒ" or a control character
	}
	mark := second == '\u00a0' || strings.ContainsRune("«»‹›“”‘’„‚…–—™", second)
	switch {
	case mark && unicode.IsUpper(previous): // "AMANHÃ…", "HÂLÂ »"
		return true
	case mark && strings.ContainsRune("“”„«»‘’‚\"'(", previous): // the letter itself: “Å”
		return true
	case lead != 'Ä' && lead != 'Å':
		return false
	case second == '\u00a0' || strings.ContainsRune("¹²³·", second): // "Å være", "3 Å²"
		return !unicode.IsLower(previous)
	}
	return !unicode.IsLower(previous) && !unicode.IsLetter(next)
}

// singleByte is the byte that Windows-1252, else Latin-1, reads as r.
func singleByte(r rune) (byte, bool) {
	if c, ok := charmap.Windows1252.EncodeRune(r); ok {
		return c, true
	}
	if r >= 0x80 && r <= 0x9f {
		return byte(r), true
	}
	return 0, false
}

// common tells characters that UTF-8 with these leads stands for in real text.
func common(r rune) bool {
	switch {
	case r >= 0xa0 && r <= 0x17f: // Latin letters, signs
		return true
	case r >= 0x2010 && r <= 0x203a, r == 0x20ac, r == 0x2122: // dashes, quotes, dots, €, ™
		return true
	case r >= 0x2190 && r <= 0x27bf: // arrows, signs, dingbats
		return true
	case r >= 0x1f300 && r <= 0x1faff: // emoji
		return true
	}
	return false
}
