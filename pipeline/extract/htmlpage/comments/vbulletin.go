package comments

import (
	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
)

// maxPane bounds the nodes of the pane about the user before a text.
const maxPane = 600

// vBulletin is the forum program of that name: from version 4 on boxes of class
// postbit, postcontainer or js-post with the id post_N or the attribute
// data-node-id; in version 3 tables with the id postN.
var vBulletin = board{
	title: "vbulletin",
	box: func(p *Page, id dom.ID) (string, bool) {
		if n, ok := postID(p.Nodes[id].Ident, "post_"); ok && (p.Tag(id) == atom.Li || p.Tag(id) == atom.Div) && p.HasClass(id, "postbit", "postbitlegacy", "postcontainer", "postbitim", "postbitdeleted") {
			return n, true
		}
		if p.HasClass(id, "b-post", "js-post") && p.Has(id, "data-node-id") {
			return p.Attr(id, "data-node-id"), digits(p.Attr(id, "data-node-id"))
		}
		n, ok := postID(p.Nodes[id].Ident, "post")
		if ok && p.Tag(id) == atom.Table {
			return n, true
		}
		// Version 3 with boxes for its tables.
		return n, ok && p.Tag(id) == atom.Div && p.FirstIn(id+1, min(p.End(id), id+maxPane), func(x dom.ID) bool { return p.Nodes[x].Ident == "post_message_"+n }) != dom.None
	},
	ident:  "post_message_",
	text:   dom.NewNames(`postcontent post-content js-post-content-text restore vb3-message`),
	author: dom.NewNames(`username bigusername author username-container`),
	when:   dom.NewNames(`date postdate b-post-timestamp thead`),
	user:   dom.NewNames(`userinfo userinfo-extra b-userinfo after-content`),
	rank:   dom.NewNames(`usertitle b-userinfo-title`),
	omit:   dom.NewNames(`signature signaturecontainer lastedited attachments after-content post-signature b-post-attachments edit-note postfoot b-post-edit js-post-controls`),
}
