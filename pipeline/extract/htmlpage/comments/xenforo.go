package comments

import "corpus/pipeline/extract/htmlpage/dom"

// xenForo is the forum program of that name: boxes of class message with the id
// post-N in version 1, js-post-N in version 2.
var xenForo = board{
	title: "xenforo",
	box: func(p *Page, id dom.ID) (string, bool) {
		if !p.HasClass(id, "message") {
			return "", false
		}
		if n, ok := postID(p.Nodes[id].Ident, "post-"); ok {
			return n, true
		}
		if n, ok := postID(p.Attr(id, "data-content"), "post-"); ok {
			return n, true
		}
		return postID(p.Nodes[id].Ident, "js-post-")
	},
	text:   dom.NewNames(`messagetext bbwrapper`),
	author: dom.NewNames(`username message-name`),
	when:   dom.NewNames(`u-dt datetime datepermalink message-attribution-main`),
	user:   dom.NewNames(`message-userdetails extrauserinfo message-userextras`),
	rank:   dom.NewNames(`usertitle userbanner`),
	omit: dom.NewNames(`signature message-signature message-lastedit editdate attachedfiles message-attachments likessummary reactionsbar messagetextendmarker
		quotecontainer-expand bbcodeblock-expandlink js-expandcontent-link quoteexpand messagemeta message-footer js-selecttoquoteend samtextunit`),
}
