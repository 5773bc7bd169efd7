package comments

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
)

// phpBB is the forum program of that name from version 3 on: boxes of class
// post with the id pN.
var phpBB = board{
	title: "phpbb",
	box: func(p *Page, id dom.ID) (string, bool) {
		if !p.HasClass(id, "post", "post-container") {
			return "", false
		}
		for n := id; n < min(p.End(id), id+8); n++ { // some styles have the id on an anchor
			if number, ok := postID(strings.Replace(p.Nodes[n].Ident, "p_", "p", 1), "p"); ok {
				return number, true
			}
		}
		return "", false
	},
	text:   dom.NewNames(`content`),
	wide:   dom.NewNames(`postbody`),
	author: dom.NewNames(`username username-coloured postauthor author`),
	when:   dom.NewNames(`author postdate post-date timestamp`),
	user:   dom.NewNames(`postprofile profile`),
	rank:   dom.NewNames(`profile-rank`),
	omit:   dom.NewNames(`signature notice attachbox post-buttons profile-icons postprofile inline-attachment codebox-title back2top`),
}

// phpBB2 reads version 2 of that program, and its styles without classes for the
// parts of a post: table rows that hold a span.name and a span.postbody.
type phpBB2 struct{}

func (phpBB2) name() string { return "phpbb2" }

func (phpBB2) records(p *Page) []record {
	var out []record
	name := dom.None // of the post whose text is to come
	for id := dom.ID(0); id < p.Len(); id++ {
		switch {
		case p.Tag(id) == atom.Span && p.HasClass(id, "name"):
			name = id
		case p.Tag(id) == atom.Span && p.HasClass(id, "postbody") && name != dom.None:
			row := p.Above(name, func(n dom.ID) bool { return p.Tag(n) == atom.Tr && p.Within(id, n) })
			if row == dom.None {
				continue
			}
			r := record{from: row, end: p.End(row), parent: none, text: id, author: p.name(name), plain: true}
			if cell := p.Parent(id); p.Tag(cell) == atom.Td && p.FirstIn(p.End(id), p.End(cell), func(n dom.ID) bool { return p.HasClass(n, "postbody") }) != dom.None {
				r.text = cell // a quote closes the text and opens it anew
			}
			if anchor := p.FirstTag(name, atom.A); anchor != dom.None {
				r.id = linkedPost("#" + p.Attr(anchor, "name"))
			}
			if details := p.FirstIn(name, id, func(n dom.ID) bool {
				return p.HasClass(n, "postdetails") && p.find(p.Text(n)) != "" && p.Tag(p.Parent(n)) == atom.Td && p.Parent(n) > name+1
			}); details != dom.None {
				r.posted = p.findIn(details)
			}
			out = append(out, r)
			name = dom.None
		}
	}
	if len(out) == 0 {
		return nil
	}
	p.Posts, p.omit = true, dom.NewNames(`gensmall signature`)
	return out
}
