package comments

import (
	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
)

// flarum is the forum program of that name: articles that hold a Post-body and
// the name of its author, as scripts render them or in the noscript for others,
// where no post has a time. The number of a post stands on the item around it.
var flarum = board{
	title: "flarum",
	box: func(p *Page, id dom.ID) (string, bool) {
		if p.Tag(id) != atom.Article {
			return "", false
		}
		body := p.FirstIn(id+1, min(p.End(id), id+maxPane), func(n dom.ID) bool { return p.HasClass(n, "post-body") })
		if body == dom.None || p.FirstIn(id+1, body, func(n dom.ID) bool { return p.HasClass(n, "postuser-name", "postuser") }) == dom.None {
			return "", false
		}
		for _, at := range []dom.ID{id, p.Parent(id)} {
			if n := p.Attr(at, "data-id"); digits(n) {
				return n, true
			}
		}
		return "", true
	},
	text:   dom.NewNames(`post-body`),
	author: dom.NewNames(`postuser-name username`),
	when:   dom.NewNames(`postmeta post-meta item-meta`),
	rank:   dom.NewNames(`postuser-badges badge--group`),
	omit:   dom.NewNames(`post-likedby post-mentionedby post-footer postmention-preview`),
}
