package comments

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/pipeline/normalize/when"
)

// blogger reads the comments of Blogger: the threads of its newer templates
// (li.comment with the id cN in div.comment-thread), and the flat list of the
// older ones (dt.comment-author and dd.comment-body in #comments-block).
type blogger struct{}

func (blogger) name() string { return "blogger" }

func (blogger) records(p *Page) []record {
	if out := bloggerThreads(p); len(out) > 0 {
		return out
	}
	return bloggerList(p)
}

// bloggerID is N of the id or anchor cN.
func bloggerID(ident string) (string, bool) {
	n, ok := strings.CutPrefix(ident, "c")
	return n, ok && digits(n) && len(n) >= 4
}

func bloggerThreads(p *Page) []record {
	var out []record
	for id := dom.ID(0); id < p.Len(); id++ {
		if p.Tag(id) != atom.Li && p.Tag(id) != atom.Div || !p.HasClass(id, "comment") {
			continue
		}
		n, ok := bloggerID(p.Nodes[id].Ident)
		if !ok {
			continue
		}
		out = append(out, record{from: id, end: p.End(id), id: n, parent: none})
	}
	for i := range out {
		r := &out[i]
		r.text = p.frontClass(out, i, "comment-content", "comment-body")
		if user := p.frontClass(out, i, "user"); user != dom.None {
			r.author = p.name(user)
			r.authorURL = p.href(user)
		}
		if mark := p.frontClass(out, i, "blog-author"); mark != dom.None && (r.text == dom.None || mark < r.text) {
			r.role = "author"
		}
		if stamp := p.frontClass(out, i, "datetime"); stamp != dom.None {
			r.posted = p.bloggerTime(stamp)
		}
	}
	if len(out) > 0 {
		nest(p, out)
	}
	return out
}

// href is the address of the first link in an element, made absolute.
func (p *Page) href(id dom.ID) string {
	if p.Tag(id) != atom.A {
		if id = p.FirstTag(id, atom.A); id == dom.None {
			return ""
		}
	}
	return p.Resolve(p.Attr(id, "href"))
}

// bloggerTime is the time that a stamp shows, else that of its link
// (?showComment=MILLISECONDS).
func (p *Page) bloggerTime(id dom.ID) string {
	shown := p.findIn(id)
	if len(shown) > 10 {
		return shown
	}
	link := id
	if p.Tag(link) != atom.A {
		if link = p.FirstTag(id, atom.A); link == dom.None {
			return shown
		}
	}
	if _, rest, ok := strings.Cut(p.Attr(link, "href"), "showComment="); ok {
		n := 0
		for n < len(rest) && rest[n] >= '0' && rest[n] <= '9' {
			n++
		}
		if iso, ok := when.Epoch(rest[:n]); ok {
			return iso
		}
	}
	return shown
}

func bloggerList(p *Page) []record {
	var out []record
	block := p.FirstIn(0, p.Len(), func(id dom.ID) bool { return p.Nodes[id].Ident == "comments-block" })
	if block == dom.None {
		return nil
	}
	for id := block + 1; id < p.End(block); id++ {
		if !p.HasClass(id, "comment-author") || p.Tag(id) != atom.Dt && p.Tag(id) != atom.Div {
			continue
		}
		r := record{from: id, end: p.End(id), parent: none, text: dom.None}
		r.id, _ = bloggerID(p.Nodes[id].Ident)
		for n := id; n < p.End(id) && r.id == ""; n++ {
			if p.Tag(n) == atom.A {
				if own, ok := bloggerID(strings.ToLower(p.Attr(n, "name"))); ok {
					r.id = own
				}
			}
		}
		if p.HasClass(id, "blog-author") || p.FirstClass(id, "blog-author", "blogger-comment-icon-author") != dom.None {
			r.role = "author"
		}
		r.author = p.name(id)
		if link := p.First(id, func(n dom.ID) bool { return p.Tag(n) == atom.A && p.Has(n, "href") && p.name(n) != "" }); link != dom.None {
			r.author = p.name(link)
			r.authorURL = p.href(link)
		}
		for next := p.End(id); next < p.End(block); next = p.End(next) {
			if p.HasClass(next, "comment-author") {
				break
			}
			if p.HasClass(next, "comment-body") && r.text == dom.None {
				r.text = next
			}
			if p.HasClass(next, "comment-footer") || p.HasClass(next, "comment-timestamp") {
				r.posted = p.bloggerTime(next)
				if stamp := p.FirstClass(next, "comment-timestamp"); stamp != dom.None {
					r.posted = p.bloggerTime(stamp)
				}
			}
			r.end = p.End(next)
		}
		if r.text != dom.None {
			out = append(out, r)
		}
		id = p.End(id) - 1
	}
	return out
}
