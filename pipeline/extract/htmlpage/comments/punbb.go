package comments

import "corpus/pipeline/extract/htmlpage/dom"

// punBB is PunBB and its descendant FluxBB: boxes of class blockpost with the id pN.
// The time of a post stands in its heading.
var punBB = board{
	title: "punbb",
	box: func(p *Page, id dom.ID) (string, bool) {
		n, ok := postID(p.Nodes[id].Ident, "p")
		return n, ok && p.HasClass(id, "blockpost")
	},
	text:   dom.NewNames(`postmsg`),
	author: dom.NewNames(`postleft`),
	omit:   dom.NewNames(`postsignature postedit`),
}
