package comments

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
)

// drupal reads the comments of Drupal: boxes of class comment after an anchor
// with the id comment-N, replies in a div.indented after their parent.
type drupal struct{}

func (drupal) name() string { return "drupal" }

func (drupal) records(p *Page) []record {
	var out []record
	anchor := "" // the anchor that waits for its box
	parents := map[dom.ID]int{}
	last := map[dom.ID]int{} // parent node → last record among its children
	for id := dom.ID(0); id < p.Len(); id++ {
		if p.Tag(id) == atom.A {
			if n, ok := strings.CutPrefix(p.Nodes[id].Ident, "comment-"); ok && digits(n) {
				anchor = n
			}
			continue
		}
		if p.HasClass(id, "indented") {
			if i, ok := last[p.Parent(id)]; ok {
				parents[id] = i
			}
			continue
		}
		if !isBox(p.Tag(id)) || !p.HasClass(id, "comment", "js-comment") {
			continue
		}
		if anchor == "" && !strings.Contains(p.Attr(id, "typeof"), "Comment") {
			continue
		}
		r := record{from: id, end: p.End(id), id: anchor, parent: none, text: dom.None}
		if box := p.Above(id, func(n dom.ID) bool { return p.HasClass(n, "indented") }); box != dom.None {
			if i, ok := parents[box]; ok {
				r.parent = i
			}
		}
		last[p.Parent(id)] = len(out)
		out = append(out, r)
		anchor = ""
	}
	for i := range out {
		out[i].text = p.frontClass(out, i, "field-name-comment-body", "content", "comment-content")
	}
	return out
}
