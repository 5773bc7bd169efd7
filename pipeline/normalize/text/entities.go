package text

import (
	"html"
	"strings"
)

// maxEntity is the length of the longest entity that is looked for.
const maxEntity = 34

// entities decodes HTML entities that a page encoded twice, such as &amp;nbsp;.
// Only complete ones with a semicolon count, and never &lt; and &gt;: a text
// that shows markup shows them on purpose.
func entities(s string) string {
	for {
		next := entitiesOnce(s)
		if next == s {
			return s
		}
		s = next
	}
}

func entitiesOnce(s string) string {
	at := strings.IndexByte(s, '&')
	if at < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for at >= 0 {
		b.WriteString(s[:at])
		s = s[at:]
		end := strings.IndexByte(s[:min(len(s), maxEntity)], ';')
		if end < 2 || !entityName(s[1:end]) {
			b.WriteByte('&')
			s = s[1:]
		} else {
			decoded := html.UnescapeString(s[:end+1])
			if decoded == "<" || decoded == ">" {
				decoded = s[:end+1]
			}
			b.WriteString(decoded)
			s = s[end+1:]
		}
		at = strings.IndexByte(s, '&')
	}
	b.WriteString(s)
	return b.String()
}

// entityName tells whether name may stand between & and ;.
func entityName(name string) bool {
	for i := 0; i < len(name); i++ {
		c := name[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
		case c == '#' && i == 0 && len(name) > 1:
		default:
			return false
		}
	}
	// html.UnescapeString also takes names without their semicolon, e.g.
	// "&notit;" as "¬it;": a decoded text that ends in ";" was no whole entity.
	return name[0] == '#' || !strings.HasSuffix(html.UnescapeString("&"+name+";"), ";")
}
