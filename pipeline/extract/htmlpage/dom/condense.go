package dom

import (
	"io"
	"strings"

	"golang.org/x/net/html/atom"
)

// condense takes out of a page what no reader sees and the parser makes nodes of:
// the white space between two tags one of which begins or ends a line, and style
// sheets. In saved pages that is three tenths of all nodes. Where a tag's end is in
// doubt, and in pre and textarea, everything stays.
func condense(page string) *condensed {
	c := &condensed{page: page}
	cut := func(from, to int) { c.cuts = append(c.cuts, [2]int{from, to}) }
	line := true                 // what stands before begins or ends a line
	gap := 0                     // where the last tag ended; -1 where that is in doubt
	verbatim := "/"              // the open element whose white space stays; "/" for none
	notes, scripts := true, true // whether an end of one may follow: nothing is searched for twice
	for at := 0; ; {
		i := strings.IndexByte(page[at:], '<')
		if i < 0 {
			break
		}
		at += i
		tag := at
		c.tags++
		at++
		end := strings.HasPrefix(page[at:], "/")
		if end {
			at++
		}
		name := tagName(page[at:])
		between := gap >= 0 && blank(page[gap:tag])
		line = line && (between || gap == tag)
		if name == "" { // a comment, or a sign in a text
			if between && line && verbatim == "/" {
				cut(gap, tag)
			}
			gap = -1
			if strings.HasPrefix(page[at:], "!--") && notes {
				if i := strings.Index(page[at:], "-->"); i > 0 {
					at += i + len("-->")
					gap = at
				} else {
					notes = false
				}
			}
			continue
		}
		kind := lineOf(name)
		if between && (line || kind == ofLine) && verbatim == "/" {
			cut(gap, tag)
		}
		at += len(name)
		gap = -1
		rest := page[at:]
		if i := strings.IndexByte(rest, '<'); i >= 0 {
			rest = rest[:i]
		}
		if i := strings.IndexByte(rest, '>'); i >= 0 && closed(rest[:i]) {
			at += i + 1
			gap = at
		}
		switch {
		case kind == ofLine:
			line = true
		case kind == inLine:
			line = false
		}
		switch {
		case kind == ofStyle && !end && gap >= 0:
			if i := strings.IndexByte(page[at:], '<'); i > 0 && hasPrefixFold(page[at+i:], "</style") {
				cut(at, at+i)
				at += i
				gap = -1
			}
		case kind == ofScript && !end && gap >= 0 && scripts:
			if i := strings.Index(page[at:], "</script"); i >= 0 {
				at += i
				gap = at
			} else {
				scripts = false
			}
		case verbatim == "/" && !end && (strings.EqualFold(name, "pre") || strings.EqualFold(name, "textarea")):
			verbatim = name
		case end && strings.EqualFold(name, verbatim):
			verbatim = "/"
		}
	}
	return c
}

// condensed reads a page without what was cut out of it.
type condensed struct {
	page string
	cuts [][2]int // beginnings and ends, in their order
	at   int
	tags int // about how many there are
}

func (c *condensed) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		to := len(c.page)
		if len(c.cuts) > 0 {
			to = c.cuts[0][0]
		}
		k := copy(p[n:], c.page[c.at:to])
		n, c.at = n+k, c.at+k
		switch {
		case c.at < to:
			return n, nil
		case len(c.cuts) > 0:
			c.at, c.cuts = c.cuts[0][1], c.cuts[1:]
		case n == 0:
			return 0, io.EOF
		default:
			return n, nil
		}
	}
	return n, nil
}

// What a tag is to the line that it stands in.
type lineKind uint8

const (
	inLine   lineKind = iota
	ofLine            // it begins or ends one
	noLine            // nobody sees it: what stands before counts
	ofStyle           // likewise, a style sheet
	ofScript          // likewise, a script
)

// lineOf judges the name of an element.
func lineOf(name string) lineKind {
	if len(name) > len("blockquote") {
		return inLine
	}
	var lower [16]byte
	for i := range len(name) {
		c := name[i]
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		lower[i] = c
	}
	switch tag := atom.Lookup(lower[:len(name)]); {
	case tag == atom.Style:
		return ofStyle
	case tag == atom.Script:
		return ofScript
	case tag == atom.Meta, tag == atom.Link:
		return noLine
	case tag == atom.Head, Breaks(tag):
		return ofLine
	}
	return inLine
}

// blank tells a text of ASCII white space.
func blank(s string) bool {
	for i := range len(s) {
		switch s[i] {
		case ' ', '\n', '\t', '\r', '\f':
		default:
			return false
		}
	}
	return s != ""
}

// closed tells whether no quote is open behind the attributes of a tag.
func closed(attributes string) bool {
	return strings.Count(attributes, `"`)%2 == 0 && strings.Count(attributes, "'")%2 == 0
}

// hasPrefixFold is strings.HasPrefix whatever the case of ASCII letters; prefix is in lower case.
func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}
