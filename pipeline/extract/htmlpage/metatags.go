package htmlpage

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
)

// metaTags are the values of the page's meta elements by name, property,
// itemprop or http-equiv in lower case, in the order of the page.
type metaTags map[string][]string

func (p *page) metaTags() metaTags {
	m := metaTags{}
	for id := dom.ID(0); id < p.Len(); id++ {
		if p.Tag(id) != atom.Meta {
			continue
		}
		content := dom.Squeeze(p.Attr(id, "content"))
		if content == "" {
			continue
		}
		for _, attr := range []string{"name", "property", "itemprop", "http-equiv"} {
			key := strings.ToLower(p.Attr(id, attr))
			if key == "" || attr == "itemprop" && p.scoped(id) {
				continue
			}
			m[key] = append(m[key], content)
		}
	}
	return m
}

// scoped tells whether a meta element with itemprop says something about a part
// of the page, such as one comment, and not about the page.
func (p *page) scoped(id dom.ID) bool {
	scope := p.Above(id, func(n dom.ID) bool { return p.Has(n, "itemscope") })
	if scope == dom.None {
		return false
	}
	if prop := p.Attr(scope, "itemprop"); prop == "citation" || prop == "comment" || prop == "isPartOf" || prop == "isBasedOn" || prop == "review" {
		return true
	}
	kind := p.Attr(scope, "itemtype")
	return !(strings.HasSuffix(kind, "Article") || strings.HasSuffix(kind, "Posting") || strings.HasSuffix(kind, "WebPage") || strings.HasSuffix(kind, "CreativeWork"))
}

// first is the first value under one of the names.
func (m metaTags) first(names ...string) string {
	for _, name := range names {
		if values := m[name]; len(values) > 0 {
			return values[0]
		}
	}
	return ""
}
