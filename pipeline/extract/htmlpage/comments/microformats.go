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
		for _, name := range []string{"e-content", "p-content", "p-summary", "p-name"} {
			// A name inside of a card is that of the author.
			if out[i].text = p.front(out, i, func(n dom.ID) bool { return p.HasClass(n, name) && (name != "p-name" || !p.inCard(n, out[i].from)) }); out[i].text != dom.None {
				break
			}
		}
	}
	if nest(p, out); !p.nested(out) {
		p.related(out, true)
	}
	return out
}

// inCard tells a node of a person's card in a record.
func (p *Page) inCard(id, record dom.ID) bool {
	card := p.Above(id, func(n dom.ID) bool { return n <= record || p.HasClass(n, "h-card", "p-author") })
	return card > record
}
