package comments

import "corpus/pipeline/extract/htmlpage/dom"

// punBB is PunBB and its descendant FluxBB: boxes of class blockpost with the id pN,
// in later versions of class post around a posthead with it. The time of a post
// stands in its heading.
var punBB = board{
	title: "punbb",
	box: func(p *Page, id dom.ID) (string, bool) {
		if n, ok := postID(p.Nodes[id].Ident, "p"); ok && p.HasClass(id, "blockpost") {
			return n, true
		}
		if !p.HasClass(id, "post") {
			return "", false
		}
		for n := id + 1; n < min(p.End(id), id+8); n++ { // from version 1.3 on
			if number, ok := postID(p.Nodes[n].Ident, "p"); ok && p.HasClass(n, "posthead") {
				return number, true
			}
		}
		return "", false
	},
	text:   dom.NewNames(`postmsg entry-content`),
	author: dom.NewNames(`postleft post-byline author-ident`),
	when:   dom.NewNames(`post-link permalink`),
	omit:   dom.NewNames(`postsignature postedit sig-content lastedit`),
}
