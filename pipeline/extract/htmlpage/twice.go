package htmlpage

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
)

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

// twiceBelow is how many lines below the headline such a name may stand.
const twiceBelow = 4

// introductions go on a sentence that begins with a name and says who that is.
var introductions = []string{" is a", " is the", " is an", " ist ", " es ", " est ", " è "}
