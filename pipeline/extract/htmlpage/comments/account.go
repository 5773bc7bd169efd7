package comments

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract"
	"corpus/pipeline/extract/htmlpage/dom"
)

// account is who opened a discussion on a site where everybody has a page: the
// first link between the headline and the first comment that leads to such a
// page as the comments' authors have, all of them. Empty where there is none, or
// where it shows no name.
func (p *Page) account(comments []extract.Comment, regions []dom.ID) string {
	if len(comments) < 2 || len(regions) == 0 {
		return ""
	}
	form := ""
	pages := map[string]bool{}
	for i := range comments {
		url := comments[i].AuthorURL
		if url == "" {
			continue
		}
		at := strings.LastIndexAny(strings.TrimRight(url, "/"), "/=~@") + 1
		if form != "" && url[:at] != form || !userPage(url) {
			return ""
		}
		form = url[:at]
		pages[url] = true
	}
	if len(pages) < 2 {
		return ""
	}
	from := dom.None
	for id := regions[0] - 1; id >= 0; id-- {
		if p.Tag(id) == atom.H1 {
			from = id
			break
		}
	}
	if from == dom.None {
		return ""
	}
	for id := from; id < regions[0]; id++ {
		if p.Tag(id) != atom.A || p.asideAt(id) || p.Hidden != nil && p.Hidden(id) {
			continue
		}
		if url := p.Resolve(p.Attr(id, "href")); len(url) > len(form) && strings.HasPrefix(url, form) && !strings.ContainsAny(strings.TrimRight(url[len(form):], "/"), "/?#") {
			if name := p.name(id); name != "" && !isControlLine(name) && p.findIn(id) == "" {
				return name
			}
		}
	}
	return ""
}
