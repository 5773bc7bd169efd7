package htmlpage

import (
	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract"
	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/pipeline/extract/htmlpage/prose"
	"corpus/schema"
)

// body finds the article's text. It is empty where the page has none.
func (p *page) body(d *extract.Draft) []extract.Block {
	root := p.container()
	if root == dom.None {
		return nil
	}
	pieces := prose.Of(p.Tree, root, func(id dom.ID) bool { return p.drop[id] })
	return prose.Blocks(p.tidy(pieces, d))
}

// container is the element that holds the article's text; None where the page
// holds no prose.
func (p *page) container() dom.ID {
	body := p.FirstIn(0, p.Len(), func(id dom.ID) bool { return p.Tag(id) == atom.Body })
	if body == dom.None {
		return dom.None
	}
	total := p.stats[body].kept
	if total == 0 {
		return body
	}
	best := func(least int32, want func(dom.ID) bool) dom.ID {
		found := dom.None
		for id := body; id < p.End(body); {
			if p.drop[id] {
				id = p.End(id)
				continue
			}
			if !p.IsText(id) && p.stats[id].kept*100 >= total*least && want(id) &&
				(found == dom.None || p.stats[id].kept > p.stats[found].kept) {
				found = id
			}
			id++
		}
		return found
	}
	if id := best(30, func(id dom.ID) bool {
		return p.HasToken(id, "itemprop", "articleBody") || p.HasToken(id, "property", "articleBody") || p.HasToken(id, "property", "schema:articleBody")
	}); id != dom.None {
		return id
	}
	if id := best(50, func(id dom.ID) bool { return p.hint(id)&hintBody != 0 }); id != dom.None {
		return p.descend(id)
	}
	if id := best(40, func(id dom.ID) bool { return p.Tag(id) == atom.Article }); id != dom.None {
		return p.descend(id)
	}
	if id := best(50, func(id dom.ID) bool { return p.Tag(id) == atom.Main || p.Attr(id, "role") == "main" }); id != dom.None {
		return p.descend(id)
	}
	return p.descend(body)
}

// descend follows the prose down to where it divides.
func (p *page) descend(id dom.ID) dom.ID {
	for {
		next := dom.None
		for c := range p.Children(id) {
			if p.IsText(c) || p.drop[c] {
				continue
			}
			least := int32(85)
			if p.hint(c)&hintBody != 0 || p.Tag(c) == atom.Article {
				least = 60
			}
			if p.stats[c].kept*100 >= p.stats[id].kept*least && p.stats[c].kept > 0 {
				next = c
				break
			}
		}
		if next == dom.None || !dom.Breaks(p.Tag(next)) || dom.IsTag(p.Tag(next), atom.P, atom.Tr, atom.Td, atom.Tbody, atom.Li, atom.Ul, atom.Ol, atom.Blockquote, atom.Pre) && p.Tag(next) != atom.Td && p.Tag(next) != atom.Tr && p.Tag(next) != atom.Tbody {
			return id
		}
		id = next
	}
}

// tidy drops blocks that are no text of the article: its title, lists of
// links, and headings with nothing below them.
func (p *page) tidy(pieces []prose.Piece, d *extract.Draft) []prose.Piece {
	title := fold(d.Title)
	out := pieces[:0]
	for _, piece := range pieces {
		if piece.Chars == 0 {
			continue
		}
		if piece.Kind == schema.BlockHeading && title != "" && fold(piece.Text) == title {
			continue
		}
		if piece.Linked*10 >= piece.Chars*8 && piece.Kind != schema.BlockTableRow && piece.Kind != schema.BlockHeading {
			continue
		}
		out = append(out, piece)
	}
	for len(out) > 0 && out[len(out)-1].Kind == schema.BlockHeading {
		out = out[:len(out)-1]
	}
	return out
}
