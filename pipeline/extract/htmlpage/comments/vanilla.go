package comments

import (
	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
)

// vanilla is Vanilla Forums: a box Discussion_N and the items Comment_N.
var vanilla = board{
	title: "vanilla",
	box: func(p *Page, id dom.ID) (string, bool) {
		ident := p.Nodes[id].Ident
		if _, ok := postID(ident, "discussion_"); ok && p.HasClass(id, "itemdiscussion", "discussion") {
			return "", true // numbered apart from the comments
		}
		n, ok := postID(ident, "comment_")
		return n, ok && p.Tag(id) == atom.Li && p.HasClass(id, "item", "itemcomment")
	},
	text:   dom.NewNames(`message usercontent`),
	author: dom.NewNames(`username author`),
	when:   dom.NewNames(`datecreated permalink`),
	rank:   dom.NewNames(`role-title authorinfo roles`),
	omit:   dom.NewNames(`signature attachments reactions commentedited usersignature`),
}
