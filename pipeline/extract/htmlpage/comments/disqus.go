package comments

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
)

// disqus reads the threads of Disqus where they were saved as rendered: items of
// class post with the id post-N.
type disqus struct{}

func (disqus) name() string { return "disqus" }

func (disqus) records(p *Page) []record {
	var out []record
	at := map[string]int{}
	for id := dom.ID(0); id < p.Len(); id++ {
		if p.Tag(id) != atom.Li || !p.HasClass(id, "post") {
			continue
		}
		n, ok := postID(p.Nodes[id].Ident, "post-")
		if !ok {
			continue
		}
		at[n] = len(out)
		out = append(out, record{from: id, end: p.End(id), id: n, parent: none, text: dom.None, plain: true})
	}
	found := false
	for i := range out {
		r := &out[i]
		r.text = p.frontClass(out, i, "post-message")
		found = found || r.text != dom.None
	}
	if !found {
		return nil
	}
	nest(p, out)
	for i := range out {
		r := &out[i]
		if name := p.frontClass(out, i, "author"); name != dom.None {
			r.author, r.authorURL = p.name(name), p.profileURL(name)
		}
		if stamp := p.frontClass(out, i, "time-ago"); stamp != dom.None {
			r.posted = p.stamp(stamp)
		}
		if link := p.frontClass(out, i, "parent-link"); link != dom.None && r.parent == none {
			if _, up, ok := strings.Cut(p.Attr(link, "href"), "#comment-"); ok {
				if j, known := at[up]; known && j != i {
					r.parent = j
				}
			}
		}
		likes := func(dir string) *int32 {
			vote := p.frontClass(out, i, dir)
			if vote == dom.None {
				return nil
			}
			if n := p.First(vote, func(x dom.ID) bool { return p.HasClass(x, "count", "updatable") }); n != dom.None {
				return count(p.Text(n))
			}
			return nil
		}
		r.up, r.down = likes("vote-up"), likes("vote-down")
		if badge := p.frontClass(out, i, "badge", "moderator-badge"); badge != dom.None {
			r.role = p.role(badge)
		}
	}
	p.omit = dom.NewNames(`post-media-list see-more`)
	return out
}
