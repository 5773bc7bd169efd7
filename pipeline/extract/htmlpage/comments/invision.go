package comments

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
)

// invision is Invision Community: articles with the id elComment_N from version
// 4 on, boxes with the id post_id_N in version 3.
var invision = board{
	title: "invision",
	box: func(p *Page, id dom.ID) (string, bool) {
		ident := p.Nodes[id].Ident
		if n, ok := postID(ident, "elcomment_"); ok && p.Tag(id) == atom.Article {
			return n, true
		}
		return postID(strings.TrimPrefix(ident, "post_"), "id_")
	},
	text:   dom.NewNames(`ipstype-richtext ipsrichtext cpost-contentwrap post entry-content`),
	author: dom.NewNames(`cauthorpane-author ipsentry-username author ipscomment-author`),
	when:   dom.NewNames(`ipscomment-meta ipsentry-date ipstype-reset posted-info published ipscomment-header-date ipstype-light`),
	user:   dom.NewNames(`cauthorpane-info author-info user-details`),
	rank:   dom.NewNames(`cauthorgroup group-title cauthorpane-info`),
	omit: dom.NewNames(`signature ipsitemcontrols ipsedited ipscomment-meta edit ipsquote-citation-icon ipscomment-controls ipsattachlink-list ipsentry-footer
		ipscomment-badges ipsreact`),
}
