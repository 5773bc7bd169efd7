package entry

import (
	"strings"
)

// wordpress turns what the database of WordPress holds into HTML, as far as
// its text goes: blank lines become paragraphs and line breaks "<br>" (function
// wpautop), shortcodes are resolved or dropped in posts, and the comments that
// mark the blocks of the editor go. Inside of blocks the markup is complete and
// line breaks mean nothing.
func wordpress(s string, post bool) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	if post {
		s = shortcodes(s)
	}
	w := autop{out: make([]byte, 0, len(s)+len(s)/16)}
	for s != "" {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			i = len(s)
		}
		w.text(s[:i])
		s = s[i:]
		if s == "" {
			break
		}
		tag := w.markup(s)
		w.tag(tag)
		s = s[len(tag):]
	}
	return string(w.out)
}

// markup is the tag or comment that s begins with, or "<" alone.
func (w *autop) markup(s string) string {
	if strings.HasPrefix(s, "<!--") && !w.open {
		if end := strings.Index(s, "-->"); end >= 0 {
			return s[:end+len("-->")]
		}
		w.open = true
	}
	if len(s) < 2 || s[1] != '/' && s[1] != '!' && (s[1]|0x20 < 'a' || s[1]|0x20 > 'z') {
		return s[:1]
	}
	if end := strings.IndexAny(s[1:], "<>"); end >= 0 && s[1+end] == '>' {
		return s[:end+2]
	}
	return s[:1]
}

// autop writes HTML with its paragraphs marked.
type autop struct {
	out    []byte
	blocks int  // open blocks of the editor
	pre    int  // open elements in which line breaks stand for themselves
	open   bool // a comment has no end: nor has any behind it
	edge   bool // the last thing written begins or ends a line
}

// text writes what stands between two tags.
func (w *autop) text(s string) {
	if s == "" {
		return
	}
	if w.pre > 0 || w.blocks > 0 {
		w.out = append(w.out, s...)
		return
	}
	for s != "" {
		i := strings.IndexByte(s, '\n')
		if i < 0 {
			if strings.TrimSpace(s) != "" {
				w.edge = false
			}
			w.out = append(w.out, s...)
			return
		}
		if strings.TrimSpace(s[:i]) != "" {
			w.edge = false
		}
		w.out = append(w.out, s[:i]...)
		rest := strings.TrimLeft(s[i:], "\n \t")
		switch breaks := strings.Count(s[i:len(s)-len(rest)], "\n"); {
		case breaks > 1:
			w.out = append(w.out, "\n<p>"...)
			w.edge = true
		case w.edge:
			w.out = append(w.out, '\n')
		default:
			w.out = append(w.out, "<br>\n"...)
			w.edge = true
		}
		s = rest
	}
}

// tag writes a tag or comment.
func (w *autop) tag(tag string) {
	if strings.HasPrefix(tag, "<!--") {
		inner := strings.TrimSpace(tag[4:max(len(tag)-3, 4)])
		switch {
		case strings.HasPrefix(inner, "wp:") && !strings.HasSuffix(inner, "/") && !strings.HasPrefix(inner, "wp:freeform"):
			w.blocks++
		case strings.HasPrefix(inner, "/wp:") && w.blocks > 0 && !strings.HasPrefix(inner, "/wp:freeform"):
			w.blocks--
		case strings.HasPrefix(inner, "more") || strings.HasPrefix(inner, "nextpage"):
			w.out = append(w.out, "<p>"...)
			w.edge = true
		}
		return
	}
	w.out = append(w.out, tag...)
	name := strings.ToLower(strings.TrimPrefix(tag[1:], "/"))
	if end := strings.IndexAny(name, " \t\n/>"); end >= 0 {
		name = name[:end]
	}
	switch name {
	case "pre", "script", "style", "textarea":
		if strings.HasPrefix(tag, "</") {
			w.pre = max(w.pre-1, 0)
		} else if !strings.HasSuffix(tag, "/>") {
			w.pre++
		}
	}
	if breaking[name] {
		w.edge = true
	} else if tag == "<" {
		w.edge = false
	}
}

// breaking are the elements around which wpautop sets no line break.
var breaking = set(`table thead tfoot caption col colgroup tbody tr td th div dl dd dt ul ol li pre form map area
	blockquote address math style p h1 h2 h3 h4 h5 h6 hr fieldset legend section article aside hgroup header footer nav
	figure figcaption details menu summary br script textarea`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}
