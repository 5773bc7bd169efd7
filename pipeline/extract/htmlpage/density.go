package htmlpage

import (
	"unicode"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
)

// weight is what the subtree of a node holds; prose counts the letters and
// digits of paragraphs that are no links, the measure by which the article is found.
type weight struct {
	chars, linked int32 // letters and digits, and those in links
	prose         int32
	kept          int32 // prose without what is dropped
	article       bool  // an h1, an articleBody or an article of some length
}

// Bounds of what counts as a paragraph, in letters and digits.
const (
	minParagraph = 30
	minListItem  = 60
)

// judge measures the page and marks what is no part of an article.
func (p *page) judge() {
	p.hints = map[hintKey]hint{}
	p.classHints = make([]classHint, len(p.Classes))
	p.scores = map[hintKey]nameScore{}
	p.stats = make([]weight, p.Len())
	owner := p.measure()
	for id := p.Len() - 1; id >= 0; id-- {
		s := &p.stats[id]
		if owner[id] == id {
			s.prose += p.paragraph(id)
		}
		if up := p.Parent(id); up != dom.None {
			p.stats[up].prose += s.prose
		}
	}
	// chars of an owner were its own so far; now they become those of its subtree.
	for id := p.Len() - 1; id >= 0; id-- {
		if up := p.Parent(id); up != dom.None {
			p.stats[up].chars += p.stats[id].chars
			p.stats[up].linked += p.stats[id].linked
			p.stats[up].article = p.stats[up].article || p.stats[id].article || p.Tag(id) == atom.H1 || p.HasToken(id, "itemprop", "articleBody") ||
				p.Tag(id) == atom.Article && p.stats[id].prose > 400 && p.hint(id)&hintComment == 0
		}
	}
	total := p.total()
	p.mark(total, false)
	if left := p.left(); int64(left)*100 < int64(total)*30 {
		// Page builders name the boxes of the text as others name their sidebars.
		drop, side := p.drop, p.side
		p.mark(total, true)
		if p.left() < 2*left {
			p.drop, p.side = drop, side
			p.keep()
		}
	}
}

// Parts of the page beside the article, as flags of their nodes.
const (
	sideComments uint8 = 1 << iota // comments of readers
	sideAside                      // navigation, related articles, the site's footer
	sideAbout                      // such a part that is about the article's own author
	sideArchive                    // what an archive put around the page
)

// aboutWords are words of boxes about the article's own author.
var aboutWords = dom.NewNames(`author authorbox authorbio bio byauthor byline`)

// Words of class names for the foot of the article itself, both of them in it.
var (
	ownWords  = dom.NewNames(`post entry article story`)
	footWords = dom.NewNames(`footer foot bottom`)
)

// sides are the flags of what is dropped with id.
func (p *page) sides(id dom.ID) uint8 {
	var flags uint8
	h := p.hint(id)
	if h&hintComment != 0 {
		flags |= sideComments
	}
	switch {
	case p.named(id, ownWords) && p.named(id, footWords), p.Tag(id) == atom.Footer && !p.pageHeader(id):
		// The foot of the article often holds its byline.
	case dom.IsTag(p.Tag(id), atom.Aside, atom.Nav, atom.Footer):
		flags |= sideAside
	case h&hintDrop != 0:
		flags |= sideAside
		if p.named(id, aboutWords) {
			flags |= sideAbout
		}
	}
	return flags
}

// left is the prose that is not dropped.
func (p *page) left() int32 {
	var n int32
	for id := dom.ID(0); id < p.Len(); id = p.End(id) {
		n += p.stats[id].kept
	}
	return n
}

// mark marks what is no part of an article. Lenient, names alone drop only what
// holds little prose.
func (p *page) mark(total int32, lenient bool) {
	p.drop = make([]bool, p.Len())
	p.side = make([]uint8, p.Len())
	for id := dom.ID(0); id < p.Len(); {
		if p.Tag(id) == atom.Pre { // classes of code tell how to colour it
			id = p.End(id)
			continue
		}
		if !p.IsText(id) && p.unwanted(id, total, lenient) {
			p.drop[id] = true
			if flags := p.sides(id); flags != 0 {
				for n := id; n < p.End(id); n++ {
					p.side[n] |= flags
				}
			}
			id = p.End(id)
			continue
		}
		id++
	}
	p.dropSignups(total)
	p.keep()
}

// total is the prose of the whole page.
func (p *page) total() int32 {
	var n int32
	for id := dom.ID(0); id < p.Len(); id = p.End(id) {
		n += p.stats[id].prose
	}
	return n
}

// measure counts the letters of each text for the element that breaks the line
// around it, its owner.
func (p *page) measure() []dom.ID {
	owner := make([]dom.ID, p.Len())
	link := dom.ID(0) // end of the open link
	for id := dom.ID(0); id < p.Len(); id++ {
		up := p.Parent(id)
		switch {
		case p.IsText(id):
			owner[id] = dom.None
			if up == dom.None || owner[up] == dom.None {
				continue
			}
			n := letters(p.Nodes[id].Raw.Data)
			o := owner[up]
			p.stats[o].chars += n
			if id < link {
				p.stats[o].linked += n
			}
		case dom.Unseen(p.Tag(id)) || up != dom.None && owner[up] == dom.None:
			owner[id] = dom.None
		case up == dom.None || dom.Breaks(p.Tag(id)) && p.Tag(id) != atom.Br:
			owner[id] = id
		default:
			owner[id] = owner[up]
		}
		if p.Tag(id) == atom.A && p.Has(id, "href") {
			link = max(link, p.End(id))
		}
	}
	return owner
}

func letters(s string) int32 {
	n := int32(0)
	for _, r := range s {
		if r < 0x80 {
			if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
				n++
			}
		} else if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// paragraph is the prose of an owner's own text.
func (p *page) paragraph(id dom.ID) int32 {
	s := p.stats[id]
	least := int32(minParagraph)
	switch p.Tag(id) {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Button, atom.Option, atom.Legend, atom.Figcaption, atom.Noscript:
		return 0
	case atom.Li, atom.Dd, atom.Dt:
		least = minListItem
	}
	if s.chars < least || s.linked*2 > s.chars {
		return 0
	}
	return s.chars - s.linked
}

// keep sums up the prose of what is not dropped.
func (p *page) keep() {
	for id := range p.stats {
		p.stats[id].kept = 0
	}
	for id := dom.ID(0); id < p.Len(); {
		if p.drop[id] {
			id = p.End(id)
			continue
		}
		own := p.stats[id].prose
		for c := range p.Children(id) {
			own -= p.stats[c].prose
		}
		p.stats[id].kept = own
		id++
	}
	for id := p.Len() - 1; id >= 0; id-- {
		if up := p.Parent(id); up != dom.None && !p.drop[id] {
			p.stats[up].kept += p.stats[id].kept
		}
	}
}

// unwanted tells whether an element with all below is no part of an article.
// What holds most of the page's prose is never dropped by its name alone.
func (p *page) unwanted(id dom.ID, total int32, lenient bool) bool {
	s := p.stats[id]
	much := total > 0 && int64(s.prose)*100 >= int64(total)*40
	tag := p.Tag(id)
	switch tag {
	case atom.Script, atom.Style, atom.Template:
		return true
	case atom.Html, atom.Body, atom.Main, atom.H1:
		return false
	case atom.Nav, atom.Aside, atom.Footer, atom.Dialog, atom.Menu, atom.Noscript, atom.Form, atom.Fieldset:
		return !much
	case atom.Button, atom.Input, atom.Label:
		return s.prose == 0 && (s.chars == 0 || !p.inHeading(id)) // parts that fold out have their headings in buttons
	case atom.Header:
		return p.pageHeader(id) && !much
	}
	if !much {
		switch p.Attr(id, "role") {
		case "navigation", "complementary", "contentinfo", "banner", "search", "dialog", "alertdialog", "menu", "menubar", "toolbar", "tooltip":
			return true
		}
		if p.hiddenNode(id) && !(lenient && s.prose > 100) { // parts that fold out
			return true
		}
	} else if p.isModal(id) {
		return true
	}
	h := p.hint(id)
	switch {
	case h == 0:
		return false
	case h&hintComment != 0:
		return h&hintBody == 0 && !p.holdsArticle(id, total)
	case h&hintBody != 0:
		return false
	case h&hintDrop != 0 && lenient:
		return s.prose < 100
	case h&hintDrop != 0:
		return !much && !(tag == atom.Article && s.prose > 400)
	case h&hintSmall != 0 && h&hintLead == 0 && !((heads(tag) || p.inHeading(id)) && p.named(id, headWords)):
		return s.prose < 120 && s.chars < 600 && !p.holdsHeading(id)
	}
	return false
}

// inHeading tells an element right in a heading.
func (p *page) inHeading(id dom.ID) bool {
	up := p.Parent(id)
	return up != dom.None && heads(p.Tag(up))
}

// heads tells the tags of headings within a text.
func heads(tag atom.Atom) bool {
	return dom.IsTag(tag, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6)
}

// headWords in the names of a heading say that it is one, or what folds out below it.
var headWords = dom.NewNames(`head header button toggle title heading label`)

// isModal tells a dialog that lies over the page, as those that ask for consent
// do: however much it says, the page is below it. One with a headline may be the
// article itself.
func (p *page) isModal(id dom.ID) bool {
	role := p.Attr(id, "role")
	return (role == "dialog" || role == "alertdialog") && p.Attr(id, "aria-modal") == "true" && p.FirstTag(id, atom.H1) == dom.None
}

// pageHeader tells the header of the site from that of an article.
func (p *page) pageHeader(id dom.ID) bool {
	return p.Above(id, func(n dom.ID) bool {
		return p.Tag(n) == atom.Article || p.Tag(n) == atom.Main || p.Attr(n, "role") == "main"
	}) == dom.None
}

func (p *page) holdsHeading(id dom.ID) bool {
	return p.FirstIn(id+1, min(p.End(id), id+200), func(n dom.ID) bool { return dom.IsTag(p.Tag(n), atom.H1, atom.H2, atom.P, atom.Details) }) != dom.None
}

// holdsArticle tells an element that is named after comments although the
// article stands in it: <body class="comments-open">.
func (p *page) holdsArticle(id dom.ID, total int32) bool {
	if int64(p.stats[id].prose)*100 >= int64(total)*95 && total > 0 {
		return true
	}
	return p.stats[id].article
}
