package comments

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
)

// smf is Simple Machines Forum: boxes of class post_wrapper, in which an element
// with the id msg_N or msgN holds the text.
var smf = board{
	title: "smf",
	box: func(p *Page, id dom.ID) (string, bool) {
		if !p.HasClass(id, "post-wrapper") {
			return "", false
		}
		for n := id + 1; n < p.End(id); n++ {
			ident := p.Nodes[n].Ident
			if number, ok := postID(ident, "msg_"); ok {
				return number, true
			}
			if p.Tag(n) == atom.A && strings.HasPrefix(p.Attr(n, "href"), "#msg") {
				return linkedPost(p.Attr(n, "href")), true
			}
		}
		return "", true
	},
	text:   dom.NewNames(`inner`),
	author: dom.NewNames(`poster-name poster-h4 poster`),
	when:   dom.NewNames(`smalltext page-number postinfo`),
	rank:   dom.NewNames(`membergroup`),
	omit:   dom.NewNames(`signature modified moderatorbar attachments smalltext-modified codeheader`),
}
