package htmlpage

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract"
	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/pipeline/extract/htmlpage/prose"
	"corpus/pipeline/normalize/when"
	"corpus/schema"
)

// body finds the article's text. It is empty where the page has none.
func (p *page) body(d *extract.Draft) []extract.Block {
	root := p.container()
	if root == dom.None {
		return nil
	}
	body := p.bodyElement()
	all := p.candidates(body, root, d)
	rows := p.observe(all, body, root, d, scored())
	return takeBlocks(all, rows)
}

// minLead is the length of a standfirst, in letters and digits.
const minLead = 60

// lead is the standfirst: paragraphs between the headline and the text.
func (p *page) lead(root dom.ID, title string) []prose.Piece {
	title = fold(title)
	start := p.FirstIn(0, root, func(id dom.ID) bool {
		if tag := p.Tag(id); tag != atom.H1 && tag != atom.H2 || p.inComments(id) {
			return false
		}
		s, ok := p.Short(id, maxTitle)
		return ok && title != "" && fold(s) == title
	})
	if start == dom.None || p.Within(root, start) {
		return nil
	}
	var out []prose.Piece
	for _, piece := range prose.Between(p.Tree, p.End(start), root, func(id dom.ID) bool { return p.drop[id] || p.Tag(id) == atom.Figure }) {
		if piece.Chars >= minLead && piece.Linked*2 < piece.Chars && (piece.Kind == schema.BlockParagraph || piece.Kind == schema.BlockHeading) {
			out = append(out, piece)
		}
	}
	if len(out) > 6 {
		return nil // that is no standfirst
	}
	return out
}

// container is the element that holds the article's text; None where the page
// holds no prose.
func (p *page) container() dom.ID {
	body := p.bodyElement()
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
	isBody := func(id dom.ID) bool {
		return p.HasToken(id, "itemprop", "articleBody") || p.HasToken(id, "property", "articleBody") || p.HasToken(id, "property", "schema:articleBody")
	}
	if id := best(30, isBody); id != dom.None {
		return p.whole(id, isBody)
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

// bodyElement is the body; None for none.
func (p *page) bodyElement() dom.ID {
	return p.FirstIn(0, p.Len(), func(id dom.ID) bool { return p.Tag(id) == atom.Body })
}

// whole is the element around all parts of a text that are marked alike, where
// there are several of them beside each other; else id.
func (p *page) whole(id dom.ID, part func(dom.ID) bool) dom.ID {
	levels := 0
	for up := p.Parent(id); up != dom.None && p.Tag(up) != atom.Body && levels < 6; up = p.Parent(up) {
		levels++
		if p.stats[up].kept*2 > p.stats[id].kept*3 || p.stats[up].kept == p.stats[id].kept {
			parts := int32(0)
			for c := up + 1; c < p.End(up); c++ {
				if !p.IsText(c) && !p.drop[c] && part(c) {
					parts += p.stats[c].kept
					c = p.End(c) - 1
				}
			}
			if parts*10 >= p.stats[up].kept*9 && parts > p.stats[id].kept {
				return up
			}
		}
	}
	return id
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

// tidy tells which blocks are text of the article: not its title, lists of
// links, and headings with nothing below them.
func (p *page) tidy(pieces []candidate, d *extract.Draft) []bool {
	title := fold(d.Title)
	keep := make([]bool, len(pieces))
	kept := 0
	for i := range pieces {
		piece := &pieces[i]
		switch {
		case piece.Chars == 0,
			piece.Kind == schema.BlockHeading && title != "" && fold(piece.Text) == title,
			piece.Linked*10 >= piece.Chars*8 && piece.Kind != schema.BlockTableRow && piece.Kind != schema.BlockHeading,
			kept < 4 && (p.onlyDate(piece.Text) || p.onlyDates(piece.Text) || p.published(piece.Text) || isCredit(piece.Text, d.Authors)),
			piece.away, piece.added:
			continue
		}
		keep[i] = true
		kept++
	}
	dropSections(pieces, keep)
	p.dropTeasers(pieces)
	dropDiscussion(pieces)
	for i := range pieces {
		keep[i] = keep[i] && !pieces[i].away
	}
	return keep
}

// dropLastHeadings drops the headings after the last text.
func dropLastHeadings(pieces []candidate, keep []bool) {
	for i := len(pieces) - 1; i >= 0; i-- {
		if !keep[i] {
			continue
		}
		if pieces[i].Kind != schema.BlockHeading {
			return
		}
		keep[i] = false
	}
}

// isTime tells a block that is a time element and nothing else, as tickers have
// them above their entries.
func (p *page) isTime(piece *prose.Piece) bool {
	for id, n := p.Parent(piece.Start), 0; id != dom.None && n < 3; id, n = p.Parent(id), n+1 {
		if p.Tag(id) == atom.Time {
			s, ok := p.Short(id, maxFurniture)
			return ok && s == piece.Text
		}
	}
	return false
}

// isCredit tells a line that names the authors and says no more.
func isCredit(s string, authors []string) bool {
	if len(authors) == 0 || len(s) > maxByline {
		return false
	}
	if _, start, end, ok := when.Find(s, when.OrderUnknown); ok && start > 0 {
		if len(fold(s[end:])) > 12 {
			return false
		}
		s = strings.TrimRight(s[:start], " ,;|·•–—-(")
	}
	people, organizations := credits(s)
	if len(people) == 0 {
		people = organizations
	}
	if len(people) != len(authors) {
		return false
	}
	letters := 0
	for i, name := range people {
		if fold(name) != fold(authors[i]) {
			return false
		}
		letters += len(fold(name))
	}
	return len(fold(dropOpeners(s))) <= letters+len(authors)*4
}

// published tells a line of a date and words that lead to it: "Published on".
func (p *page) published(s string) bool {
	if len(s) > 80 || !strings.ContainsAny(s, "0123456789") {
		return false
	}
	_, start, end, ok := when.Find(s, p.order())
	if !ok {
		return false
	}
	for _, part := range [2]string{s[:start], s[end:]} {
		for f := range strings.FieldsSeq(strings.ToLower(part)) {
			if f = strings.Trim(f, ".,:;()|·•–—-"); f != "" && !beforeDates.Has(f) && !dayWords.Has(f) && f != "uhr" && f != "h" && strings.Trim(f, "0123456789:") != "" {
				return false
			}
		}
	}
	return true
}

// onlyDates tells a line of several dates and what they are of: when a paper was
// received and accepted, an article published and changed.
func (p *page) onlyDates(s string) bool {
	if len(s) > 160 {
		return false
	}
	dates, rest := 0, 0
	for dates < 4 {
		_, start, end, ok := when.Find(s, p.order())
		if !ok || end <= start {
			break
		}
		rest += len(fold(s[:start]))
		s = s[end:]
		dates++
	}
	return dates > 1 && rest+len(fold(s)) <= 20*dates
}

// onlyDate tells a line that is a date and nothing else.
func (p *page) onlyDate(s string) bool {
	if len(s) > 60 || !strings.ContainsAny(s, "0123456789") {
		return false
	}
	_, start, end, ok := when.Find(s, p.order())
	return ok && len(fold(s[:start]))+len(fold(s[end:])) <= 12
}
