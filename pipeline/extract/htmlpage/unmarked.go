package htmlpage

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
)

// elsewhere looks for a person where the usual places name none, but perhaps an
// organization.
func (p *page) elsewhere(organizations []string) []string {
	places := []func() []string{p.boxedAuthors, p.twiceNamed, p.labelled, p.portrayed, p.endsWith}
	if len(organizations) > 0 && isTeam(organizations[0]) {
		places = []func() []string{p.explicit}
	}
	for _, place := range places {
		if texts := place(); len(texts) > 0 {
			return texts
		}
	}
	if len(organizations) == 0 {
		if name := p.noticed(); name != "" {
			return []string{name}
		}
	}
	return nil
}

// writtenLabels announce who wrote the page, wherever they stand; lower case.
var writtenLabels = dom.NewNames(`written-by article-written-by post-written-by this-article-was-written-by geschrieben-von verfasst-von escrito-por`)

// labelled is the name in one of the two lines below one that says "Article written by:".
func (p *page) labelled() []string {
	for id := dom.ID(0); id < p.Len(); id++ {
		s := p.Nodes[id].Raw.Data
		if !p.IsText(id) || len(s) > 60 || !writtenLabels.Has(strings.ReplaceAll(strings.ToLower(strings.Trim(s, ": \t\r\n")), " ", "-")) || p.inComments(id) {
			continue
		}
		n := 0
		for line := range p.lines(id+1, p.Len()) {
			if n++; n > 2 {
				break
			}
			if len(line.text) > 80 {
				continue
			}
			name, _, _ := strings.Cut(line.text, ",")
			if people, _ := credits(line.text); len(people) == 1 && strings.HasPrefix(people[0], name) && isFullName(name) {
				return []string{line.text}
			}
		}
	}
	return nil
}

// explicitOpeners begin lines of the text that name its author beyond doubt; lower case.
var explicitOpeners = []string{"written by ", "words by ", "words: ", "author: ", "autor: ", "autorin: ", "text: "}

// explicit is a line of the text that begins so, with a first and last name.
func (p *page) explicit() []string {
	root := p.container()
	if root == dom.None {
		return nil
	}
	for line := range p.lines(root, p.End(root)) {
		lower := strings.ToLower(line.text)
		if len(line.text) > openedBeside || len(lower) != len(line.text) || p.inComments(line.at) || p.beside(line.at) {
			continue
		}
		for _, o := range explicitOpeners {
			if rest, ok := strings.CutPrefix(lower, o); ok && fullNames(line.text[len(lower)-len(rest):]) {
				return []string{line.text}
			}
		}
	}
	return nil
}

// signed is a name in bold or italics alone as the last line of the text.
func (p *page) signed() []string {
	root := p.container()
	if root == dom.None {
		return nil
	}
	last := dom.None
	for id := p.End(root) - 1; id > root; id-- {
		if p.IsText(id) && strings.TrimSpace(p.Nodes[id].Raw.Data) != "" && !dom.Unseen(p.Tag(p.Parent(id))) && !p.droppedIn(id, root) {
			last = id
			break
		}
	}
	if last == dom.None || len(p.Nodes[last].Raw.Data) > 60 {
		return nil
	}
	marked := false
	for up := p.Parent(last); up != dom.None && up != root; up = p.Parent(up) {
		if dom.IsTag(p.Tag(up), atom.B, atom.Strong, atom.I, atom.Em) {
			marked = true
		}
		if dom.Breaks(p.Tag(up)) {
			s, ok := p.Short(up, 60)
			if fields := strings.Fields(s); marked && ok && len(fields) >= 2 && len(fields) <= 3 && capital(s) && initials(fields) && !hasRole(s) {
				if people, _ := credits(s); len(people) == 1 && people[0] == s {
					return []string{s}
				}
			}
			return nil
		}
	}
	return nil
}

// minSigned is the letters and digits of the text that endsWith needs.
const minSigned = 600

// endsWith is a name in bold or italics alone in a paragraph that ends the element
// of the text's paragraphs, whatever the site has put behind that.
func (p *page) endsWith() []string {
	root := p.container()
	if root == dom.None {
		return nil
	}
	for id := root + 1; id < p.End(root); id++ {
		if p.Tag(id) != atom.P || p.stats[p.Parent(id)].chars < minSigned {
			continue
		}
		s, ok := p.Short(id, 60)
		if !ok || !isFullName(s) || p.droppedIn(id, root) || p.inComments(id) {
			continue
		}
		rest := p.FirstIn(p.End(id), p.End(p.Parent(id)), func(n dom.ID) bool {
			return !p.IsText(n) || strings.TrimSpace(p.Nodes[n].Raw.Data) != ""
		})
		marked := p.FirstIn(id+1, p.End(id), func(n dom.ID) bool { return dom.IsTag(p.Tag(n), atom.B, atom.Strong, atom.I, atom.Em) })
		if rest == dom.None && marked != dom.None {
			return []string{s}
		}
	}
	return nil
}

// minOwn is how often a text must say "I" for the copyright notice to name its author.
const minOwn = 8

// noticed is the first and last name in the copyright notice of a page, behind a year,
// where the text is written in the first person: that is the notice of a blog's
// author, others are those of companies.
func (p *page) noticed() string {
	name := ""
	for id := dom.ID(0); id < p.Len(); id++ {
		if !p.IsText(id) || p.inComments(id) {
			continue
		}
		for _, mark := range []string{"©", "(c)", "(C)"} {
			if strings.Contains(p.Nodes[id].Raw.Data, mark) {
				for line := range p.lines(id, min(p.Len(), id+maxApart)) {
					if s := holder(line.text, mark); s != "" {
						name = s
					}
					break
				}
			}
		}
	}
	if name == "" || !p.ownWords() {
		return ""
	}
	return name
}

// holder is the first and last name behind the mark of a copyright notice and a year;
// empty for none.
func holder(notice, mark string) string {
	_, s, ok := strings.Cut(notice, mark)
	rest := strings.TrimLeft(s, " 0123456789-–,")
	if !ok || len(notice) > 160 || !dom.HasDigit(s[:len(s)-len(rest)]) {
		return ""
	}
	rest = strings.TrimPrefix(rest, "by ")
	for _, end := range []string{". ", " | ", " - ", " – ", " All ", ", "} {
		rest, _, _ = strings.Cut(rest, end)
	}
	if rest = strings.TrimRight(rest, ". "); isFullName(rest) && (strings.Count(rest, " ") == 1 || strings.Contains(rest, ".")) {
		return rest
	}
	return ""
}

// ownWords tells whether the article speaks of its author: "I", and not mostly "we".
func (p *page) ownWords() bool {
	root := p.container()
	if root == dom.None {
		return false
	}
	own, others := 0, 0
	for id := root; id < p.End(root); id++ {
		if !p.IsText(id) || p.inComments(id) || len(p.Nodes[id].Raw.Data) < 40 {
			continue
		}
		for word := range strings.FieldsSeq(p.Nodes[id].Raw.Data) {
			switch word {
			case "I", "I'm", "I’m", "I've", "I’ve", "I'd", "I’d", "I'll", "I’ll", "my", "My", "ich", "Ich", "mein", "meine", "meinen", "mir", "mich":
				own++
			case "we", "We", "our", "Our", "wir", "Wir", "unser", "unsere":
				others++
			}
		}
	}
	return own >= minOwn && own*2 > others
}
