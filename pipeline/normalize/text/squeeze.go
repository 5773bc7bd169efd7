package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Squeeze makes every run of white space one space and drops it at the ends, as
// strings.Fields and a join do.
func Squeeze(s string) string {
	s = strings.TrimSpace(s)
	at := spaced(s)
	if at == len(s) { // most lines are but indented
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for s != "" {
		b.WriteString(s[:at])
		if s = strings.TrimLeftFunc(s[at:], unicode.IsSpace); s != "" {
			b.WriteByte(' ')
			at = spaced(s)
		}
	}
	return b.String()
}

// spaced is the length of the longest beginning of a text that Squeeze leaves as
// it is, where no white space stands at the end.
func spaced(s string) int {
	end, space := 0, false
	for i := 0; i < len(s); {
		c, size := s[i], 1
		white := c == ' ' || c >= '\t' && c <= '\r'
		if c == 0xC2 || c >= 0xE1 && c <= 0xE3 { // what white space beyond ASCII begins with
			var r rune
			r, size = utf8.DecodeRuneInString(s[i:])
			white = unicode.IsSpace(r)
		}
		switch {
		case !white:
			space = false
			end = i + size
		case space || c != ' ':
			return end
		default:
			space = true
		}
		i += size
	}
	return end
}
