package htmlpage

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
)

// Bounds of a box that asks for an address or a password.
const (
	maxSignupProse = 300 // letters and digits in paragraphs
	maxSignupClimb = 6   // elements above the field
	maxSignupNodes = 200
)

// dropSignups drops the boxes around fields for an address or a password: what
// stands in them asks to subscribe or to log in, whatever they are called. Those
// with a field for text are for comments and letters.
func (p *page) dropSignups(total int32) {
	for id := dom.ID(0); id < p.Len(); id++ {
		if p.Tag(id) != atom.Input {
			continue
		}
		switch strings.ToLower(p.Attr(id, "type")) {
		case "email", "password":
		default:
			continue
		}
		box := dom.None
		for up, n := p.Parent(id), 0; up != dom.None && n < maxSignupClimb; up, n = p.Parent(up), n+1 {
			s := &p.stats[up]
			if p.drop[up] && p.Tag(up) != atom.Form || dom.IsTag(p.Tag(up), atom.Body, atom.Main, atom.Article) || s.article ||
				s.prose > maxSignupProse || int64(s.prose)*5 > int64(total) || p.End(up)-up > maxSignupNodes || p.hint(up)&(hintComment|hintBody) != 0 {
				break
			}
			box = up
		}
		if box == dom.None || p.drop[box] || p.FirstTag(box, atom.Textarea) != dom.None {
			continue
		}
		p.drop[box] = true
		for n := box; n < p.End(box); n++ {
			p.side[n] |= sideAside
		}
	}
}
