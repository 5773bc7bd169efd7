package comments

import (
	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
)

// invision2 is Invision Power Board 2: tables in which an element with the id
// post-N holds the text, in class postcolor.
var invision2 = board{
	title: "invision2",
	box: func(p *Page, id dom.ID) (string, bool) {
		if p.Tag(id) != atom.Table {
			return "", false
		}
		text := p.FirstIn(id+1, min(p.End(id), id+maxPane), func(n dom.ID) bool { return p.HasClass(n, "postcolor") })
		if text == dom.None || p.FirstIn(id+1, text, func(n dom.ID) bool { return p.Tag(n) == atom.Table && p.Within(text, n) }) != dom.None {
			return "", false
		}
		n, _ := postID(p.Nodes[text].Ident, "post-")
		return n, true
	},
	text:   dom.NewNames(`postcolor`),
	author: dom.NewNames(`normalname unreg author`),
	when:   dom.NewNames(`postdetails desc`),
	omit:   dom.NewNames(`signature edit attachment`),
}
