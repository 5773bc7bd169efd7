package htmlpage

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/schema"
)

// Bounds of teasers of other articles, in letters and digits.
const (
	minBeforeTeasers = 400 // of the article before them
	maxTeaser        = 300 // of a block of theirs, without its links
	maxTeaserBlocks  = 4   // below a heading
)

// dropTeasers drops what ends the article and is but boxes with a heading that
// links to another page of the site and a few lines below it, and the heading
// above them. Lists of articles that are the page itself hold a third of its text.
func (p *page) dropTeasers(pieces []candidate) {
	start, cards, below, inCards := len(pieces), 0, 0, 0
	box := dom.None
	for i := len(pieces) - 1; i >= 0; i-- {
		c := &pieces[i]
		if c.Kind != schema.BlockHeading {
			if below++; c.Chars-c.Linked > maxTeaser || below > maxTeaserBlocks || box != dom.None && p.Within(c.Start, box) {
				break
			}
			continue
		}
		up := p.Parent(c.Node)
		if p.Tag(up) == atom.A {
			up = p.Parent(up)
		}
		if !p.leadsAway(c) || box != dom.None && up == box {
			if cards > 1 && below == 0 {
				start = i // the heading above them
			}
			break
		}
		for k := i + 1; k <= i+below && k < len(pieces); k++ {
			inCards += pieces[k].Chars - pieces[k].Linked
		}
		cards, start, below, box = cards+1, i, 0, up
	}
	if cards < 2 {
		return
	}
	before := 0
	for i := range pieces[:start] {
		before += pieces[i].Chars - pieces[i].Linked
	}
	if before < minBeforeTeasers || inCards*2 > before {
		return
	}
	for i := start; i < len(pieces); i++ {
		pieces[i].away = true
	}
}

// leadsAway tells a heading that is a link to another page of the site.
func (p *page) leadsAway(c *candidate) bool {
	if c.Linked*10 < c.Chars*9 {
		return false
	}
	is := func(id dom.ID) bool {
		href := p.Attr(id, "href")
		if p.Tag(id) != atom.A || href == "" || href[0] == '#' {
			return false
		}
		return href[0] == '/' && !strings.HasPrefix(href, "//") || !strings.Contains(href, ":") || strings.Contains(href, "//"+p.host()+"/")
	}
	if p.FirstIn(c.Node+1, p.End(c.Node), is) != dom.None {
		return true
	}
	up := p.Parent(c.Node)
	for n := 0; up != dom.None && n < 3; up, n = p.Parent(up), n+1 {
		if is(up) {
			return true
		}
	}
	return false
}
