package htmlpage

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
)

// introductions go on a sentence that begins with a name and says who that is.
var introductions = []string{" is a", " is the", " ist ", " es ", " est ", " è "}

// twiceBelow is how many lines below the headline the name of twiceNamed may stand.
const twiceBelow = 4

// twiceNamed is a first and last name alone in a line right below the headline that
// stands alone behind the text again, or begins a sentence that says who that is.
func (p *page) twiceNamed() []string {
	head, lines := p.headLines()
	root := p.container()
	if head == dom.None || root == dom.None {
		return nil
	}
	below := 0
	title := compact(p.Text(head))
	for _, line := range lines {
		if line.at <= head {
			continue
		}
		if below++; below > twiceBelow {
			return nil
		}
		if !isFullName(line.text) || p.inComments(line.at) || strings.Contains(title, compact(line.text)) || p.otherLink(line.at) {
			continue
		}
		for id := max(line.at+1, root); id < p.Len(); id++ {
			if !p.IsText(id) || p.inComments(id) {
				continue
			}
			rest, ok := strings.CutPrefix(strings.TrimSpace(p.Nodes[id].Raw.Data), line.text)
			if ok && (rest == "" && id >= p.End(root) || anyPrefix(rest, introductions)) {
				return []string{line.text}
			}
		}
	}
	return nil
}

// otherLink tells a text in a link that does not lead to the page of a person.
func (p *page) otherLink(at dom.ID) bool {
	link := p.Above(at, func(n dom.ID) bool { return p.Tag(n) == atom.A })
	if link == dom.None {
		return false
	}
	href := strings.ToLower(p.Attr(link, "href"))
	return !containsAny(href, authorPaths) && !containsAny(href, accountPaths)
}

// maxPortrait is how many nodes there may be from a picture to the name below it,
// and from there to the sentence that says who that is.
const maxPortrait = 12

// portrayed is the name beside a picture that bears it and above a sentence that says
// who that is, where all such name the same person.
func (p *page) portrayed() []string {
	name := ""
	for id := dom.ID(0); id < p.Len(); id++ {
		if p.Tag(id) != atom.Img || p.inComments(id) {
			continue
		}
		alt := dom.Squeeze(p.Attr(id, "alt"))
		if len(alt) < 5 || len(alt) > 60 {
			continue
		}
		at := p.nextText(id)
		if at == dom.None {
			continue
		}
		s := dom.Squeeze(p.Nodes[at].Raw.Data)
		if !strings.EqualFold(s, alt) || !isFullName(s) || p.otherLink(at) {
			continue
		}
		bio := p.nextText(at)
		if bio == dom.None {
			continue
		}
		if rest, ok := strings.CutPrefix(strings.TrimSpace(p.Nodes[bio].Raw.Data), s); !ok || !anyPrefix(rest, introductions) {
			continue
		}
		if name != "" && name != s {
			return nil
		}
		name = s
	}
	if name == "" {
		return nil
	}
	return []string{name}
}

// nextText is the next text behind a node, where it is near.
func (p *page) nextText(id dom.ID) dom.ID {
	for n := id + 1; n < min(p.Len(), id+maxPortrait); n++ {
		if p.IsText(n) && strings.TrimSpace(p.Nodes[n].Raw.Data) != "" {
			return n
		}
	}
	return dom.None
}
