package htmlpage

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
)

// kickerWords are words of class names for the line above a headline.
var kickerWords = dom.NewNames(`kicker overline topline dachzeile eyebrow pretitle supertitle suptitle overtitle spitzmarke rubric roofline preheadline preheading highline subtitle subline subheadline`)

// withoutKicker is the text of a heading without the line above it, where that is
// an element of its own at its beginning: named so, or apart from the rest in one
// of the stated titles.
func (p *page) withoutKicker(id dom.ID, t *titles) string {
	whole := p.Text(id)
	first := dom.None
	for c := range p.Children(id) {
		if p.IsText(c) && strings.TrimSpace(p.Nodes[c].Raw.Data) == "" {
			continue
		}
		if !p.IsText(c) {
			first = c
		}
		break
	}
	if first == dom.None || p.End(first) == p.End(id) {
		if first != dom.None && !dom.IsTag(p.Tag(first), atom.A, atom.Span, atom.Div) {
			return whole
		}
		if first == dom.None || p.End(first)-first < 3 {
			return whole
		}
		return p.withoutKickerIn(first, whole, t)
	}
	return p.cutKicker(id, first, whole, t)
}

// withoutKickerIn is withoutKicker for the only child of a heading.
func (p *page) withoutKickerIn(id dom.ID, whole string, t *titles) string {
	for c := range p.Children(id) {
		if p.IsText(c) {
			if strings.TrimSpace(p.Nodes[c].Raw.Data) == "" {
				continue
			}
			return whole
		}
		if p.End(c) == p.End(id) {
			return whole
		}
		return p.cutKicker(id, c, whole, t)
	}
	return whole
}

func (p *page) cutKicker(id, first dom.ID, whole string, t *titles) string {
	rest := p.TextWithout(id, func(n dom.ID) bool { return n == first })
	rest = strings.TrimLeft(rest, " :|-–—•·/")
	f := fold(rest)
	if !strings.Contains(f, " ") || fold(p.Text(first)) == "" {
		return whole
	}
	if p.named(first, kickerWords) {
		return rest
	}
	for _, part := range t.parts {
		if part == f && fold(whole) != t.stated[0] && fold(whole) != t.stated[1] {
			return rest
		}
	}
	if fold(whole) != t.stated[0] && f == t.stated[0] || fold(whole) != t.stated[1] && f == t.stated[1] {
		return rest
	}
	return whole
}
