package htmlpage

import (
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract"
	"corpus/pipeline/extract/htmlpage/dom"
)

// metadata fills in what the page says about the article.
func (p *page) metadata(d *extract.Draft) {
	m := p.metaTags()
	d.Title = m.first("og:title", "twitter:title")
	if d.Title == "" {
		if h1 := p.FirstIn(0, p.Len(), func(id dom.ID) bool { return p.Tag(id) == atom.H1 }); h1 != dom.None {
			d.Title = p.Text(h1)
		}
	}
}

// fold reduces a text to its letters and digits in lower case, with one space
// between words, to compare titles and names.
func fold(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}
