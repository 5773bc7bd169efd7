package comments

import (
	"corpus/pipeline/extract/htmlpage/dom"
)

// myBB is the forum program of that name: boxes of class post with the id
// post_N, the text in post_body.
var myBB = board{
	title: "mybb",
	box: func(p *Page, id dom.ID) (string, bool) {
		n, ok := postID(p.Nodes[id].Ident, "post_")
		return n, ok && p.HasClass(id, "post")
	},
	text:   dom.NewNames(`post-body`),
	author: dom.NewNames(`author-information largetext`),
	when:   dom.NewNames(`post-date`),
	rank:   dom.NewNames(`author-information`),
	omit:   dom.NewNames(`signature post-edit edited-post post-meta codeblock-title attachments`),
}
