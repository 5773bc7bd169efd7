package entry

import (
	"html"
	"strings"
)

// Shortcodes whose contents are no text of the post: addresses, players, forms.
var emptyShortcodes = set(`gallery playlist audio video embed googlemaps google_maps youtube vimeo dailymotion soundcloud
	contact-form contact-form-7 contact-field gravityform ninja_form wpforms polldaddy poll slideshow ad adsense
	instagram twitter tweet facebook spotify wpvideo archives sitemap rev_slider layerslider display-posts`)

// Shortcodes that hold program text as it is, "<" and all.
var codeShortcodes = set(`code sourcecode php css html javascript js python java bash sql xml`)

// Shortcodes that stand alone and have no attributes as often as not.
var bareShortcodes = set("toc spoiler more dropcap columns column row")

// shortcode is one tag of the form [name attributes], [name /] or [/name].
type shortcode struct {
	name    string
	attrs   string
	closing bool
	alone   bool // [name /]
	length  int
}

// shortcodes resolves the shortcodes of a post (WordPress, Shortcode API):
// captions, quotes and code become their elements, players and forms go with
// their contents, of all others the tags go and the text stays. Square brackets
// that are none, as in "[sic]", stay: only the blog's own plugins could tell,
// so that it takes an attribute, an end tag or a known name to be one.
func shortcodes(s string) string {
	if !strings.Contains(s, "[") {
		return s
	}
	closed := closedNames(s)
	var b strings.Builder
	b.Grow(len(s))
	for s != "" {
		i := strings.IndexByte(s, '[')
		if i < 0 {
			break
		}
		b.WriteString(s[:i])
		s = s[i:]
		if strings.HasPrefix(s, "[[") { // [[name]] is written to show a shortcode
			if c, ok := parseShortcode(s[1:]); ok && strings.HasPrefix(s[1+c.length:], "]") {
				b.WriteString(s[1 : 1+c.length])
				s = s[2+c.length:]
				continue
			}
		}
		c, ok := parseShortcode(s)
		if !ok || !isShortcode(c, closed) {
			b.WriteByte('[')
			s = s[1:]
			continue
		}
		s = s[c.length:]
		if (emptyShortcodes[c.name] || codeShortcodes[c.name]) && !c.closing && !c.alone && closed[c.name] > 0 {
			if end := strings.Index(s, "[/"+c.name+"]"); end >= 0 {
				if codeShortcodes[c.name] {
					b.WriteString("<pre>" + strings.ReplaceAll(s[:end], "<", "&lt;") + "</pre>")
				}
				s = s[end+len("[/]")+len(c.name):]
				closed[c.name]--
				continue
			}
			closed[c.name] = 0 // none is left: nobody has to look again
		}
		b.WriteString(element(c))
	}
	b.WriteString(s)
	return b.String()
}

// element is what takes the place of a shortcode's tag.
func element(c shortcode) string {
	switch c.name {
	case "caption", "wp_caption":
		if c.closing {
			return "</figcaption>"
		}
		if c.alone {
			return ""
		}
		if text := attribute(c.attrs, "caption"); text != "" { // before WordPress 3.4
			return "<figcaption>" + text + " "
		}
		return "<figcaption>"
	case "quote", "blockquote", "pullquote":
		if c.closing {
			return "</blockquote>"
		}
		return "<blockquote>"
	}
	return ""
}

// isShortcode tells a shortcode from words in square brackets.
func isShortcode(c shortcode, closed map[string]int) bool {
	if emptyShortcodes[c.name] || c.alone || strings.Contains(c.attrs, "=") || strings.Contains(c.name, "_") {
		return true
	}
	if c.closing {
		return closed[c.name] > 0
	}
	if closed[c.name] > 0 {
		return true
	}
	return bareShortcodes[c.name] && c.attrs == ""
}

// closedNames counts the end tags in s whose name has a start tag before it.
func closedNames(s string) map[string]int {
	opened, closed := map[string]bool{}, map[string]int{}
	for {
		i := strings.IndexByte(s, '[')
		if i < 0 {
			return closed
		}
		s = s[i:]
		c, ok := parseShortcode(s)
		switch {
		case !ok:
			s = s[1:]
			continue
		case !c.closing:
			opened[c.name] = true
		case opened[c.name]:
			closed[c.name]++
		}
		s = s[c.length:]
	}
}

// maxShortcode is the most bytes that a tag may have.
const maxShortcode = 4096

// parseShortcode reads the tag that s begins with.
func parseShortcode(s string) (c shortcode, ok bool) {
	i := 1
	if strings.HasPrefix(s, "[/") {
		c.closing, i = true, 2
	}
	start := i
	for i < len(s) && (s[i] >= 'a' && s[i] <= 'z' || s[i] >= 'A' && s[i] <= 'Z' || i > start && (s[i] >= '0' && s[i] <= '9' || s[i] == '-' || s[i] == '_')) {
		i++
	}
	if i == start || i >= len(s) || !strings.ContainsRune(" \t\n]/\u00a0", rune(s[i])) && !strings.HasPrefix(s[i:], "\u00a0") {
		return c, false
	}
	c.name = strings.ToLower(s[start:i])
	var quote byte
	for end := i; end < len(s) && end < maxShortcode; end++ {
		switch ch := s[end]; {
		case quote != 0:
			if ch == quote {
				quote = 0
			}
		case (ch == '"' || ch == '\'') && end > 0 && s[end-1] == '=':
			quote = ch
		case ch == '[' || ch == '<':
			return c, false
		case ch == ']':
			c.attrs = strings.TrimSpace(s[i:end])
			if rest, alone := strings.CutSuffix(c.attrs, "/"); alone {
				c.attrs, c.alone = strings.TrimSpace(rest), true
			}
			c.length = end + 1
			return c, !c.closing || c.attrs == ""
		}
	}
	return c, false
}

// attribute is the value of an attribute of a shortcode, with its markup.
func attribute(attrs, name string) string {
	_, rest, ok := strings.Cut(attrs, name+"=")
	if !ok || rest == "" || rest[0] != '"' && rest[0] != '\'' {
		return ""
	}
	value, _, _ := strings.Cut(rest[1:], rest[:1])
	return html.EscapeString(html.UnescapeString(value))
}
