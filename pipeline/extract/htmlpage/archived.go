package htmlpage

import (
	"strings"

	"corpus/pipeline/extract/htmlpage/dom"
)

// unwrap takes off what an archive put around the page: the Wayback toolbar.
func (p *page) unwrap() {
	for id := dom.ID(0); id < p.Len(); id++ {
		if strings.HasPrefix(p.Nodes[id].Ident, "wm-ipp") || p.Nodes[id].Ident == "donato" {
			p.archive = append(p.archive, id)
		}
	}
}
