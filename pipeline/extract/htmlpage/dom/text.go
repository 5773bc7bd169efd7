package dom

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/normalize/text"
)

// Text is the text under id on one line, without scripts and styles; elements
// that break the line stand for a space.
func (t *Tree) Text(id ID) string { return t.TextWithout(id, nil) }

// TextWithout is Text without the subtrees that skip names.
func (t *Tree) TextWithout(id ID, skip func(ID) bool) string {
	var b strings.Builder
	last := id // what stood before n
	for n, end := id, t.Nodes[id].End; n < end; {
		for up := last; up != id && t.Nodes[up].End <= n; up = t.Nodes[up].Parent {
			if Breaks(t.Nodes[up].Tag) {
				b.WriteByte(' ')
			}
		}
		last = n
		if t.IsText(n) {
			b.WriteString(t.Nodes[n].Raw.Data)
			n++
			continue
		}
		if Unseen(t.Nodes[n].Tag) || n != id && skip != nil && skip(n) {
			b.WriteByte(' ')
			n = t.Nodes[n].End
			continue
		}
		if Breaks(t.Nodes[n].Tag) {
			b.WriteByte(' ')
		}
		n++
	}
	return Squeeze(b.String())
}

// Short is Text where that is no longer than most bytes, white space in the page
// included, and stands in few elements; false where it is longer. It never looks
// at more of a subtree than that, whatever its size.
func (t *Tree) Short(id ID, most int) (string, bool) {
	end := t.Nodes[id].End
	if end-id > ID(4*most)+64 {
		return "", false
	}
	left := 8 * most // indentation counts as well
	for n := id; n < end; n++ {
		if t.IsText(n) {
			if left -= len(t.Nodes[n].Raw.Data); left < 0 {
				if Unseen(t.Nodes[t.Nodes[n].Parent].Tag) {
					left = 8 * most
					continue
				}
				return "", false
			}
		}
	}
	s := t.Text(id)
	return s, len(s) <= most
}

// Squeeze makes every run of white space one space and drops it at the ends.
func Squeeze(s string) string { return text.Squeeze(s) }

// HasDigit tells whether a text has one of the digits 0 to 9.
func HasDigit(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= '0' && s[i] <= '9' {
			return true
		}
	}
	return false
}

// Unseen tells the elements whose contents no browser shows as text.
func Unseen(tag atom.Atom) bool {
	switch tag {
	case atom.Script, atom.Style, atom.Template, atom.Head, atom.Title, atom.Meta, atom.Link, atom.Iframe, atom.Object,
		atom.Embed, atom.Svg, atom.Canvas, atom.Math, atom.Noframes, atom.Textarea, atom.Select, atom.Datalist, atom.Audio,
		atom.Video, atom.Map, atom.Base:
		return true
	}
	return false
}

// Breaks tells the elements that begin and end a line.
func Breaks(tag atom.Atom) bool {
	switch tag {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Br, atom.Button, atom.Caption, atom.Center,
		atom.Dd, atom.Details, atom.Dialog, atom.Dir, atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption, atom.Figure,
		atom.Footer, atom.Form, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Header, atom.Hgroup, atom.Hr,
		atom.Html, atom.Legend, atom.Li, atom.Main, atom.Menu, atom.Nav, atom.Ol, atom.Optgroup, atom.Option, atom.P, atom.Pre,
		atom.Section, atom.Summary, atom.Table, atom.Tbody, atom.Td, atom.Tfoot, atom.Th, atom.Thead, atom.Tr, atom.Ul, atom.Noscript:
		return true
	}
	return false
}
