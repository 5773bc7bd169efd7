package comments

import (
	"strings"

	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/schema"
)

// wpDiscuz reads the comments of the WordPress plugin of that name: boxes of
// class wpd-comment (wc-comment before version 7) with the id wpd-comm-ID_PARENT.
type wpDiscuz struct{}

func (wpDiscuz) name() string { return "wpdiscuz" }

func (wpDiscuz) records(p *Page) []record {
	var out []record
	at := map[string]int{}
	var parents []string
	for id := dom.ID(0); id < p.Len(); id++ {
		if !p.HasClass(id, "wpd-comment", "wc-comment") {
			continue
		}
		ident := p.Nodes[id].Ident
		rest, ok := strings.CutPrefix(ident, "wpd-comm-")
		if !ok {
			if rest, ok = strings.CutPrefix(ident, "wc-comm-"); !ok {
				continue
			}
		}
		own, up, _ := strings.Cut(rest, "_")
		if !digits(own) {
			continue
		}
		r := record{from: id, end: p.End(id), id: own, parent: none, text: dom.None}
		if p.HasClass(id, "wpd-blog-post-author", "wc-blog-post-author") {
			r.role = "author"
		}
		if p.HasClass(id, "wpd-unapproved-comment", "wc-unapproved-comment") {
			r.state = schema.StatePending
		}
		at[own] = len(out)
		out = append(out, r)
		parents = append(parents, up)
	}
	for i := range out {
		r := &out[i]
		r.text = p.frontClass(out, i, "wpd-comment-text", "wc-comment-text")
		if mark := p.frontClass(out, i, "wpd-blog-post-author", "wc-blog-post-author"); mark != dom.None && mark < r.text {
			r.role = "author"
		}
		if name := p.frontClass(out, i, "wpd-comment-author", "wc-comment-author"); name != dom.None {
			r.author = p.name(name)
			if link := p.First(name, func(n dom.ID) bool { return p.Has(n, "href") }); link != dom.None {
				r.authorURL = p.Resolve(p.Attr(link, "href"))
			}
		}
		if date := p.frontClass(out, i, "wpd-comment-date", "wc-comment-date"); date != dom.None {
			if r.posted = p.find(p.Attr(date, "title")); r.posted == "" {
				r.posted = p.findIn(date)
			}
		}
	}
	if len(out) == 0 {
		return nil
	}
	nest(p, out)
	for i, up := range parents {
		if j, ok := at[up]; ok && j != i {
			out[i].parent = j
		}
	}
	return out
}
