package comments

import (
	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
)

// myBB is the forum program of that name: boxes of class post, or tables, with
// the id post_N, the text in post_body.
var myBB = board{
	title: "mybb",
	box: func(p *Page, id dom.ID) (string, bool) {
		n, ok := postID(p.Nodes[id].Ident, "post_")
		if ok && !p.HasClass(id, "post") { // versions with tables
			ok = p.Tag(id) == atom.Table && p.FirstIn(id+1, min(p.End(id), id+maxPane), func(x dom.ID) bool { return p.Nodes[x].Ident == "pid_"+n }) != dom.None
		}
		return n, ok
	},
	text:   dom.NewNames(`post-body`),
	author: dom.NewNames(`author-information largetext post-author`),
	when:   dom.NewNames(`post-date`),
	rank:   dom.NewNames(`author-information`),
	omit:   dom.NewNames(`signature post-edit edited-post post-meta codeblock-title attachments`),
}
