package htmlpage

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
)

// bylineRank tells how surely a class name says that its element holds the
// author's name: 0 for names like author-name, 1 for byline and post-author, 2
// for others with such a word in them; 9 for none and for what stands beside it.
func bylineRank(class string) int {
	if class == "" || len(class) > maxNames {
		return 9
	}
	best := 9
	for name := range strings.FieldsSeq(class) {
		who, ever, label, last := false, false, false, ""
		for word := range dom.Words(name) {
			switch word {
			case "authorname":
				who, ever, label = true, true, true
			case "author", "authors", "byline", "bylines", "autor", "autoren", "auteur", "writer", "reporter", "authored", "theauthor", "verfasser", "postauthor", "autorenzeile", "autorzeile", "bylinename", "wrote":
				who, ever = true, true
			case "name", "names", "link":
				label = true
			case "avatar", "image", "img", "photo", "bio", "description", "box", "social", "icon", "pic", "picture", "role", "title", "job", "position", "posts", "more", "archive", "date", "follow", "wrap", "container", "wrapper", "info", "meta", "block", "section", "details", "list", "card":
				if who && word != "date" && word != "info" && word != "meta" && word != "wrap" && word != "wrapper" && word != "container" && word != "block" && word != "list" && word != "details" && word != "card" && word != "section" {
					who = false
				}
				last = "box"
				continue
			}
			last = word
		}
		if ever && (last == "name" || last == "names") { // "author-box__name"
			who, label = true, true
		}
		switch {
		case !who:
		case label:
			best = min(best, 0)
		case last != "box":
			best = min(best, 1)
		default:
			best = min(best, 2)
		}
	}
	return best
}

// bylineRank is that of the class names of an element; answers are kept, as
// those of hint.
func (p *page) bylineRank(id dom.ID) int {
	list := p.Nodes[id].List
	if p.bylines == nil {
		p.bylines = make([]int8, len(p.Classes))
	}
	if p.bylines[list] == 0 {
		p.bylines[list] = int8(bylineRank(p.Classes[list])) + 1
	}
	return int(p.bylines[list]) - 1
}

// maxByline bounds a byline in bytes; what is longer is a biography.
const maxByline = 160

// classedAuthors are the texts of elements classed as a byline outside of comments
// and of other articles' boxes, the surest class first; those of its kind that
// stand beside the first one are of the same article.
func (p *page) classedAuthors() []string {
	best, rank, first := "", 9, dom.None
	for id := dom.ID(0); id < p.Len() && rank > 0; id++ {
		if p.Nodes[id].Class == "" {
			continue
		}
		n := p.bylineRank(id)
		if n >= rank || p.inComments(id) || p.beside(id) || p.otherCredit(id) || p.ofPicture(id) {
			continue
		}
		if s := p.bylineOf(id); s != "" {
			best, rank, first = s, n, id
		}
	}
	if best == "" {
		return p.nearByline()
	}
	out := []string{best}
	class := p.Nodes[first].Class
	for id, last := p.End(first), p.End(first); id < min(p.Len(), last+maxApart); id++ {
		if p.Nodes[id].Class == class && !p.inComments(id) && !p.beside(id) && p.joined(last, id) {
			if s := p.bylineOf(id); s != "" {
				out = append(out, s)
				last = p.End(id)
			}
		}
	}
	return out
}

// pictureWords are words of class names around the credit of a picture.
var pictureWords = dom.NewNames(`license licence caption figcaption credit credits`)

// ofPicture tells an element in a part that tells of a picture.
func (p *page) ofPicture(id dom.ID) bool {
	for up, n := p.Parent(id), 0; up != dom.None && n < 3; up, n = p.Parent(up), n+1 {
		if dom.IsTag(p.Tag(up), atom.Figure, atom.Figcaption) || p.Nodes[up].Class != "" && p.named(up, pictureWords) {
			return true
		}
	}
	return false
}

// bylineOf is the text of an element classed as a byline where it holds a name.
func (p *page) bylineOf(id dom.ID) string {
	at := id
	if fn := p.FirstIn(id+1, min(p.End(id), id+60), func(x dom.ID) bool { return p.HasClass(x, "fn", "author-name", "byline-name") }); fn != dom.None {
		at = fn
	}
	s := p.line(at, maxByline)
	if s == "" {
		if s = p.opener(at); !isFullName(s) { // the name above a biography
			return ""
		}
	}
	people, organizations := credits(s)
	if len(people) == 0 && len(organizations) == 0 || len(people) > 0 && strings.Contains(people[0], " ") && !capital(people[0]) {
		return ""
	}
	return s
}

// nearByline is an element classed as a byline near the headline, even where it
// stands in an aside.
func (p *page) nearByline() []string {
	head := p.heading()
	if head == dom.None {
		return nil
	}
	for id := max(0, head-linesAbove); id < min(p.Len(), p.End(head)+200); id++ {
		if p.Nodes[id].Class == "" || p.bylineRank(id) > 1 || p.inComments(id) {
			continue
		}
		if s := p.bylineOf(id); s != "" {
			return []string{s}
		}
	}
	return nil
}

// opener is the first text in an element, where that is short.
func (p *page) opener(id dom.ID) string {
	for n := id + 1; n < min(p.End(id), id+60); n++ {
		if s := p.Nodes[n].Raw.Data; p.IsText(n) && strings.TrimSpace(s) != "" {
			if len(s) > maxByline {
				return ""
			}
			return dom.Squeeze(s)
		}
	}
	return ""
}

// boxedAuthors is who an element classed as the name of an author names, wherever
// it stands but in comments, where all such elements name the same person; or who
// a text "This post was written by NAME" names.
func (p *page) boxedAuthors() []string {
	name, several := "", false
	for id := dom.ID(0); id < p.Len() && !several; id++ {
		if p.IsText(id) {
			s := p.Nodes[id].Raw.Data
			if len(s) > maxLine || len(s) < 20 || name != "" {
				continue
			}
			if s = strings.TrimSpace(s); anyPrefix(strings.ToLower(s), wroteThis) && !p.inComments(id) {
				if _, rest, _ := strings.Cut(s, " by "); fullNames(rest) {
					return []string{rest}
				}
			}
			continue
		}
		if p.Nodes[id].Class == "" || p.bylineRank(id) > 0 || p.inComments(id) || p.otherCredit(id) {
			continue
		}
		if s := p.bylineOf(id); s != "" && isFullName(s) {
			several = name != "" && fold(s) != fold(name)
			name = s
		}
	}
	if name == "" || several {
		return nil
	}
	return []string{name}
}

// wroteThis begin a sentence about who wrote a page; lower case.
var wroteThis = []string{"this post was written by ", "this article was written by ", "this article is written by ", "this guide was written by ", "this blog was written by ", "this blog post was written by "}

// authorPaths are parts of addresses of the pages of authors.
var authorPaths = []string{"/author/", "/authors/", "/autor/", "/autoren/", "/autores/", "/auteur/", "/auteurs/", "/autori/", "/writer/", "/writers/", "/reporters/", "/reporter/", "/journalist/", "/journalists/", "/contributor/", "/contributors/", "/columnist/", "/columnists/", "/redakteur/", "/redakteure/", "/by/", "?author="}

// linkedAuthors are links to a page of an author, the first and those beside it.
func (p *page) linkedAuthors() []string {
	var out []string
	last, head := dom.None, p.heading()
	for id := dom.ID(0); id < p.Len(); id++ {
		if p.Tag(id) != atom.A || p.inComments(id) || p.beside(id) && (head == dom.None || id < head || id > p.End(head)+maxFar) {
			continue
		}
		if last != dom.None && !p.joined(last, id) {
			if id > last+maxApart {
				break
			}
			continue
		}
		href := strings.ToLower(p.Attr(id, "href"))
		for _, path := range authorPaths {
			if i := strings.Index(href, path); i >= 0 && len(href) > i+len(path) {
				if s := p.line(id, maxByline); s != "" && !p.inProse(id) && !p.otherCredit(id) && len(persons(s)) > 0 && (capital(persons(s)[0]) || !strings.Contains(s, " ")) {
					out = append(out, s)
					last = p.End(id)
				}
				break
			}
		}
	}
	return out
}
