package htmlpage

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract"
	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/pipeline/extract/htmlpage/prose"
	"corpus/schema"
)

// candidate is a block of the page that may be the article's, and what the
// rules say of it.
type candidate struct {
	prose.Piece
	path   int32  // number of its kind of place in the page, see pathKey
	inside bool   // in the container that the rules chose, and in nothing that they drop
	kept   bool   // the rules take it
	lower  string // its text in lower case, where it is short
	added  bool   // a line that the site added
	opens  bool   // a line or heading that leads to other articles
	away   bool   // surely none of its blocks: a time, a teaser of another article below the text
}

// candidates are the blocks of the page in their order: all that is shown but
// for comments, navigation, controls and lists of links.
func (p *page) candidates(body, root dom.ID, d *extract.Draft) []candidate {
	pieces := prose.Of(p.Tree, body, func(id dom.ID) bool { return p.drop[id] && p.surelyOut(id) })
	out := make([]candidate, 0, len(pieces))
	var ruled []candidate
	var at []int
	lead := p.lead(root, d.Title)
	drop := dom.None // end of what is dropped and open
	next := body
	for _, piece := range pieces {
		for ; next <= piece.Start; next++ {
			if p.drop[next] {
				drop = max(drop, p.End(next))
			}
		}
		c := candidate{Piece: piece, inside: p.Within(piece.Start, root) && piece.Start >= drop}
		if len(c.Text) <= maxFurniture {
			c.lower = strings.ToLower(c.Text)
			c.added = isFurniture(&c.Piece, c.lower)
			c.opens = len(c.Text) <= maxOpener && (opens(c.lower) || c.Kind == schema.BlockHeading && invites(c.lower))
			c.away = p.isTime(&c.Piece)
			if isPager(&c.Piece) || p.further.number > 0 && c.Kind == schema.BlockHeading && fold(cleanTitle(c.Text, d.Site, "")) == fold(d.Title) {
				continue // the title of another page says which page it is
			}
		}
		if c.inside || leads(lead, &piece) {
			ruled = append(ruled, c)
			at = append(at, len(out))
		}
		out = append(out, c)
	}
	for i, keep := range p.tidy(ruled, d) {
		out[at[i]].kept, out[at[i]].away = keep, ruled[i].away
	}
	kept := make([]bool, len(out))
	for i := range out {
		kept[i] = out[i].kept
	}
	dropLastHeadings(out, kept)
	for i := range out {
		out[i].kept = kept[i]
	}
	return out
}

// maxOpener bounds a line that leads to other articles, in bytes.
const maxOpener = 160

// leads tells whether a piece is one of the standfirst's.
func leads(lead []prose.Piece, piece *prose.Piece) bool {
	for i := range lead {
		if lead[i].Start == piece.Start {
			return true
		}
	}
	return false
}

// surelyOut tells a dropped element that is not even looked at again.
func (p *page) surelyOut(id dom.ID) bool {
	s := &p.stats[id]
	tag := p.Tag(id)
	return !dom.Breaks(tag) || p.side[id]&(sideComments|sideArchive) != 0 || s.prose == 0 && s.linked*2 > s.chars ||
		dom.IsTag(tag, atom.Nav, atom.Button, atom.Noscript, atom.Dialog, atom.Menu, atom.Option, atom.Td, atom.Th) || p.hiddenNode(id)
}
