package text

import (
	"html"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxEntity is the length of the longest entity that is looked for.
const maxEntity = 34

// entities decodes HTML entities that a page encoded twice, such as &amp;nbsp;.
// Only complete ones with a semicolon count, and never &lt; and &gt;: a text
// that shows markup shows them on purpose. What is decoded is read on as if it
// had stood there, so that no entity is left in one pass, however often it was
// encoded: at every semicolon only the entity that it ends is looked at.
func entities(s string) string {
	if strings.IndexByte(s, '&') < 0 || strings.IndexByte(s, ';') < 0 {
		return s
	}
	d := decoder{out: make([]byte, 0, len(s)), ampersand: make([]int, 0, 8)}
	for i := 0; i < len(s); i++ {
		d.put(s[i])
	}
	return string(d.out)
}

// decoder holds the text read so far, with no entity in it but those kept.
type decoder struct {
	out       []byte
	ampersand []int // where & stands in out
}

// put takes one byte; a semicolon may end an entity.
func (d *decoder) put(c byte) {
	for {
		if c == '&' {
			d.ampersand = append(d.ampersand, len(d.out))
		}
		d.out = append(d.out, c)
		if c != ';' || len(d.ampersand) == 0 {
			return
		}
		start := d.ampersand[len(d.ampersand)-1]
		name := d.out[start+1 : len(d.out)-1]
		if len(d.out)-start > maxEntity || !entityName(name) {
			return
		}
		decoded := shown(html.UnescapeString(string(d.out[start:])), d.out[:start])
		if decoded == "<" || decoded == ">" {
			return
		}
		d.out = d.out[:start]
		d.ampersand = d.ampersand[:len(d.ampersand)-1]
		if decoded != ";" {
			if decoded == "&" {
				d.ampersand = append(d.ampersand, len(d.out))
			}
			d.out = append(d.out, decoded...)
			return
		}
		// a semicolon that was an entity may end another one
	}
}

// shown is a decoded entity in NFC, without what the text would lose anyway:
// else the loss could leave an entity behind.
func shown(decoded string, before []byte) string {
	decoded = norm.NFC.String(decoded)
	for _, r := range decoded {
		previous, _ := utf8.DecodeLastRune(before)
		if hidden(r) || (r == joiner || r == nonJoiner) && (len(before) == 0 || previous < utf8.RuneSelf) {
			return ""
		}
	}
	return decoded
}

// entityName tells whether name may stand between & and ;.
func entityName(name []byte) bool {
	if len(name) == 0 {
		return false
	}
	for i, c := range name {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
		case c == '#' && i == 0 && len(name) > 1:
		default:
			return false
		}
	}
	// html.UnescapeString also takes names without their semicolon, e.g.
	// "&notit;" as "¬it;": a decoded text that ends in ";" was no whole entity.
	whole := html.UnescapeString("&" + string(name) + ";")
	return !strings.HasSuffix(whole, ";") || whole == ";"
}
