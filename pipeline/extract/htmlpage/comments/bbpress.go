package comments

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
)

// bbPress is the forum plugin of WordPress: boxes of class topic or reply with
// a class post-N, whose number the header before them repeats as the id post-N.
type bbPress struct{}

func (bbPress) name() string { return "bbpress" }

func (bbPress) records(p *Page) []record {
	var out []record
	header := dom.None // of the next post
	for id := dom.ID(0); id < p.Len(); {
		_, ok := postID(p.Nodes[id].Ident, "post-")
		if p.HasClass(id, "bbp-reply-header", "bbp-topic-header") {
			if header = id; ok {
				id = p.End(id)
				continue
			}
		}
		body := p.HasClass(id, "bbp-reply-content", "bbp-topic-content")
		if !body {
			id++
			continue
		}
		if p.HasClass(p.Parent(id), "bbp-header", "bbp-footer") {
			id = p.End(id)
			continue
		}
		box := p.Above(id, func(b dom.ID) bool {
			return p.HasClass(b, "type-reply", "type-topic", "topic", "reply") && p.Tag(b) != atom.Body
		})
		if box == dom.None {
			box = p.Parent(id)
		}
		r := record{from: box, end: p.End(box), parent: none, text: id, plain: true}
		if len(out) > 0 && out[len(out)-1].end > r.from {
			id = p.End(id) // a second text in one box
			continue
		}
		if header != dom.None && header >= lastEnd(out) && header < r.from {
			r.from = header
		}
		p.post(&r, bbPressParts)
		for x := r.from; x < r.end && r.id == ""; x++ {
			if n, ok := postID(p.Nodes[x].Ident, "post-"); ok {
				r.id = n
			} else if p.HasClass(x, "bbp-reply-permalink", "bbp-topic-permalink") {
				if _, fragment, ok := strings.Cut(p.Attr(x, "href"), "#post-"); ok && digits(fragment) {
					r.id = fragment
				}
			}
		}
		out = append(out, r)
		id, header = p.End(id), dom.None
	}
	if len(out) == 0 {
		return nil
	}
	p.omit = bbPressParts.omit
	if all := p.typed(out); p.Posts {
		return all
	}
	p.Posts = !p.opened(out[0].from) // some themes print the topic as any other article
	return out
}

func lastEnd(out []record) dom.ID {
	if len(out) == 0 {
		return 0
	}
	return out[len(out)-1].end
}

var bbPressParts = board{
	author: dom.NewNames(`bbp-author-name bbp-author-link`),
	when:   dom.NewNames(`bbp-reply-post-date bbp-topic-post-date`),
	rank:   dom.NewNames(`bbp-author-role`),
	omit:   dom.NewNames(`bbp-reply-revision-log bbp-topic-revision-log bbp-attachments bbp-signature bbp-template-notice bbp-reply-header`),
}
