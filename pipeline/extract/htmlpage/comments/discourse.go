package comments

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
)

// discourse reads the threads of the program of that name: articles with the
// attribute data-post-id as scripts render them, or the plain posts that it
// prints for crawlers, often inside of noscript.
type discourse struct{}

func (discourse) name() string { return "discourse" }

func (discourse) records(p *Page) []record {
	rendered, plain := discourseRendered.records(p), discoursePlain.records(p)
	if len(rendered) >= len(plain) {
		return rendered
	}
	return plain
}

var discourseOmit = dom.NewNames(`post-menu-area post-links small-action crawler-linkback-list cooked-selection-barrier lightbox-meta meta onebox-metadata badge`)

var discourseRendered = board{
	title: "discourse",
	box: func(p *Page, id dom.ID) (string, bool) {
		if p.Tag(id) != atom.Article || !p.Has(id, "data-post-id") {
			return "", false
		}
		_, ok := postID(p.Nodes[id].Ident, "post_")
		return strings.TrimPrefix(p.Nodes[id].Ident, "post_"), ok
	},
	text:   dom.NewNames(`cooked`),
	author: dom.NewNames(`username names`),
	when:   dom.NewNames(`post-date relative-date`),
	rank:   dom.NewNames(`user-title`),
	omit:   discourseOmit,
}

var discoursePlain = board{
	title: "discourse",
	box: func(p *Page, id dom.ID) (string, bool) {
		if strings.HasSuffix(p.Attr(id, "itemtype"), "SiteNavigationElement") {
			return "", false // "next page"
		}
		if !p.HasClass(id, "crawler-post") && !(strings.HasSuffix(p.Attr(id, "itemtype"), "DiscussionForumPosting") && p.Within(id, p.noscript(id))) {
			return "", false
		}
		n, ok := postID(p.Nodes[id].Ident, "post_")
		if !ok {
			if at := p.First(id, func(x dom.ID) bool { return p.HasToken(x, "itemprop", "position") }); at != dom.None {
				n = p.value(at)
			}
		}
		if !digits(strings.TrimPrefix(n, "#")) {
			n = ""
		}
		return strings.TrimPrefix(n, "#"), true
	},
	text:   dom.NewNames(`post`),
	author: dom.NewNames(`creator`),
	when:   dom.NewNames(`post-time crawler-post-infos crawler-post-meta`),
	omit:   discourseOmit,
}

// noscript is the noscript element around a node, else the node itself's end: no
// node lies within it.
func (p *Page) noscript(id dom.ID) dom.ID {
	if n := p.Above(id, func(n dom.ID) bool { return p.Tag(n) == atom.Noscript }); n != dom.None {
		return n
	}
	return 0
}
