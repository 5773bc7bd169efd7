package comments

import "corpus/pipeline/extract/htmlpage/dom"

// microformats reads replies marked up as microformats2: u-comment with h-cite
// or h-entry.
type microformats struct{}

func (microformats) name() string { return "microformats" }

func (microformats) records(p *Page) []record {
	var out []record
	for id := dom.ID(0); id < p.Len(); id++ {
		if p.Nodes[id].Class == "" || !p.HasClass(id, "u-comment", "p-comment") || !p.HasClass(id, "h-cite", "h-entry") {
			continue
		}
		out = append(out, record{from: id, end: p.End(id), id: nativeID(p.Nodes[id].Ident), parent: none})
	}
	for i := range out {
		out[i].text = p.frontClass(out, i, "e-content", "p-content", "p-summary", "p-name")
	}
	if len(out) > 0 {
		nest(p, out)
	}
	return out
}
