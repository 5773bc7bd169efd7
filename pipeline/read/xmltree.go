package read

import (
	"errors"
	"html"
	"strings"
	"unicode/utf8"
)

// xmlNode is an element of a parsed part. Nodes stand in document order, each
// with the end of its subtree, so that nothing recurses.
type xmlNode struct {
	Name    string // with its prefix
	Attrs   string // between name and end of the start tag, as they stand
	Start   int32  // of the start tag, in bytes
	Inner   int32  // of the content
	Close   int32  // end of the content
	End     int32  // end of the end tag
	Next    int32  // first node after the subtree
	Sibling bool   // has elements inside
}

// maxXMLDepth is how deep elements may nest; exports need five levels.
const maxXMLDepth = 64

var (
	errNesting = errors.New("the end tags do not fit the start tags")
	errDeep    = errors.New("elements are nested more than 64 deep")
)

// xmlTree is a parsed part of an export.
type xmlTree struct {
	raw     string
	nodes   []xmlNode
	illegal int // characters that XML does not allow, as far as texts were read
}

// parseXML lists the elements of a part, which begins with a start tag. The
// error says in words what is broken.
func parseXML(raw string) (*xmlTree, error) {
	t := &xmlTree{raw: raw, nodes: make([]xmlNode, 0, strings.Count(raw, "</")+1)}
	var open []int32
	for at := 0; at < len(raw); {
		i := strings.IndexByte(raw[at:], '<')
		if i < 0 {
			break
		}
		at += i
		rest := raw[at:]
		var mark string
		switch {
		case strings.HasPrefix(rest, "<!--"):
			mark = "-->"
		case strings.HasPrefix(rest, "<![CDATA["):
			mark = "]]>"
		case strings.HasPrefix(rest, "<?"):
			mark = "?>"
		}
		if mark != "" {
			end := strings.Index(rest, mark)
			if end < 0 {
				return t, errNesting
			}
			at += end + len(mark)
			continue
		}
		if len(rest) > 1 && !startsTag(rest[1]) {
			at++ // "<3": text of a template that forgot to escape it
			continue
		}
		end := tagEndIndex(rest)
		if end < 0 {
			return t, errNesting
		}
		name, kind := tagName([]byte(rest[:min(end, 256)]))
		if kind != tagEnd && kind != tagOther && rest[end-2] == '/' {
			kind = tagEmpty
		}
		switch kind {
		case tagOther:
			return t, errNesting
		case tagEnd:
			if len(open) == 0 || t.nodes[open[len(open)-1]].Name != name {
				return t, errNesting
			}
			n := &t.nodes[open[len(open)-1]]
			n.Close, n.End, n.Next = int32(at), int32(at+end), int32(len(t.nodes))
			open = open[:len(open)-1]
		default:
			if len(open) > 0 {
				t.nodes[open[len(open)-1]].Sibling = true
			}
			n := xmlNode{
				Name: rest[1 : 1+len(name)], Attrs: rest[1+len(name) : end-1], Start: int32(at),
				Inner: int32(at + end), Close: int32(at + end), End: int32(at + end), Next: int32(len(t.nodes) + 1),
			}
			t.nodes = append(t.nodes, n)
			if kind == tagStart {
				if open = append(open, int32(len(t.nodes)-1)); len(open) > maxXMLDepth {
					return t, errDeep
				}
			}
		}
		at += end
	}
	if len(open) > 0 || len(t.nodes) == 0 {
		return t, errNesting
	}
	return t, nil
}

// startsTag tells the bytes that may follow the "<" of a tag.
func startsTag(c byte) bool {
	return c == '/' || c == '!' || c == '?' || c == '_' || c == ':' || c|0x20 >= 'a' && c|0x20 <= 'z' || c >= utf8.RuneSelf
}

// tagEndIndex is the end of the tag that s begins with, or -1.
func tagEndIndex(s string) int {
	var quote byte
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == '<':
			return -1
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i + 1
		}
	}
	return -1
}

// children calls yield with the elements right under n.
func (t *xmlTree) children(n int32) func(yield func(int32) bool) {
	return func(yield func(int32) bool) {
		for c := n + 1; c < t.nodes[n].Next; c = t.nodes[c].Next {
			if !yield(c) {
				return
			}
		}
	}
}

// text is the text of an element: sections as they are, references resolved
// outside of them; elements inside are left out with what they hold.
func (t *xmlTree) text(n int32) string {
	node := &t.nodes[n]
	if !node.Sibling {
		return t.characters(t.raw[node.Inner:node.Close])
	}
	var b strings.Builder
	at := node.Inner
	for c := range t.children(n) {
		b.WriteString(t.characters(t.raw[at:t.nodes[c].Start]))
		at = t.nodes[c].End
	}
	b.WriteString(t.characters(t.raw[at:node.Close]))
	return b.String()
}

// line is text without white space at its ends.
func (t *xmlTree) line(n int32) string { return strings.TrimSpace(t.text(n)) }

// attr is the value of an attribute, by its name with or without the prefix.
func (t *xmlTree) attr(n int32, name string) string {
	attrs := t.nodes[n].Attrs
	for {
		key, rest, ok := strings.Cut(attrs, "=")
		if !ok {
			return ""
		}
		rest = strings.TrimLeft(rest, " \t\r\n")
		if rest == "" || rest[0] != '"' && rest[0] != '\'' {
			return ""
		}
		value, after, ok := strings.Cut(rest[1:], rest[:1])
		if !ok {
			return ""
		}
		key = strings.Trim(key, " \t\r\n/")
		if _, plain := local(key); plain == name {
			return t.characters(value)
		}
		attrs = after
	}
}

// characters resolves what raw text holds outside of tags: sections, comments
// and references.
func (t *xmlTree) characters(raw string) string {
	if strings.IndexByte(raw, '<') < 0 {
		return t.legal(unescape(raw))
	}
	var b strings.Builder
	for raw != "" {
		i := strings.IndexByte(raw, '<')
		if i < 0 {
			i = len(raw)
		}
		b.WriteString(unescape(raw[:i]))
		raw = raw[i:]
		switch {
		case strings.HasPrefix(raw, "<![CDATA["):
			section, rest, _ := strings.Cut(raw[len("<![CDATA["):], "]]>")
			b.WriteString(section)
			raw = rest
		case strings.HasPrefix(raw, "<!--"):
			_, raw, _ = strings.Cut(raw, "-->")
		case strings.HasPrefix(raw, "<?"):
			_, raw, _ = strings.Cut(raw, "?>")
		case raw != "":
			b.WriteByte('<')
			raw = raw[1:]
		}
	}
	return t.legal(b.String())
}

// legal puts U+FFFD for bytes that are no UTF-8, drops the characters that XML
// 1.0, section 2.2, does not allow, and counts both.
func (t *xmlTree) legal(s string) string {
	ok := true
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' && c != '\n' && c != '\t' && c != '\r' || c >= utf8.RuneSelf {
			ok = false
			break
		}
	}
	if ok {
		return s
	}
	bad := 0
	for i, r := range s {
		if r == utf8.RuneError && !strings.HasPrefix(s[i:], "\ufffd") || !isXMLChar(r) {
			bad++
		}
	}
	if bad == 0 {
		return s
	}
	t.illegal += bad
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		switch {
		case r == '\v' || r == '\f':
			b.WriteByte('\n') // line and page breaks of word processors
		case isXMLChar(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isXMLChar is the production Char of XML 1.0.
func isXMLChar(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= ' ' && r <= 0xd7ff || r >= 0xe000 && r <= 0xfffd || r >= 0x10000
}

// maxReference is the most bytes of a reference: the longest name that HTML
// knows has 33.
const maxReference = 40

// unescape resolves character references and the entities of XML and HTML. Any
// other one, declared in the file or not, stays as it stands.
func unescape(s string) string {
	i := strings.IndexByte(s, '&')
	if i < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i >= 0 {
		b.WriteString(s[:i])
		s = s[i:]
		n := strings.IndexByte(s[:min(len(s), maxReference)], ';')
		if n < 0 || strings.ContainsAny(s[1:n], "& \t\r\n<") {
			n = 0
		}
		if n == 0 {
			b.WriteByte('&')
		} else {
			b.WriteString(html.UnescapeString(s[:n+1]))
		}
		s = s[n+1:]
		i = strings.IndexByte(s, '&')
	}
	b.WriteString(s)
	return b.String()
}
