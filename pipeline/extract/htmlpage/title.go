package htmlpage

import (
	"slices"
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
)

// maxTitle bounds a title in bytes; what is longer is a text in the wrong place.
const maxTitle = 600

// titles are what a page says about its title outside of its text.
type titles struct {
	element    string   // the title element
	og         string   // og:title and its like
	headline   string   // of JSON-LD
	site, host string   // names of the site, compact
	stated     []string // og, headline and element, folded, and those of cards and of the page's path where they are others
	parts      []string // parts of og and headline, or of element alone, between separators, folded, without the site's name
}

// titles reads them.
func (p *page) titles(m metaTags, site string) *titles {
	t := &titles{og: m.first("og:title", "twitter:title", "dc.title", "dcterms.title"), site: compact(site), host: compact(p.host())}
	if t.site == "" { // a heading that links to the home page says it
		if id := p.FirstIn(0, p.Len(), func(id dom.ID) bool { return p.Tag(id) == atom.H1 && p.homeLink(id) }); id != dom.None {
			s, _ := p.Short(id, maxTitle)
			t.site = compact(s)
		}
	}
	if id := p.FirstIn(0, p.Len(), func(id dom.ID) bool {
		return p.Tag(id) == atom.Title && (p.Parent(id) == dom.None || p.Tag(p.Parent(id)) != atom.Svg)
	}); id != dom.None {
		for c := range p.Children(id) {
			t.element += p.Nodes[c].Raw.Data
		}
		if t.element = dom.Squeeze(t.element); len(t.element) > 2*maxTitle {
			t.element = ""
		}
	}
	if t.og != "" && compact(t.og) == t.site {
		t.og = "" // the name of the site in its place
		if compact(t.element) == t.site {
			t.element = ""
		}
	}
	t.headline = dom.Squeeze(p.posting().Get("headline").String())
	if t.headline == "" {
		t.headline = dom.Squeeze(p.posting().Get("name").String())
	}
	for i, s := range []string{t.og, t.headline, t.element, m.first("twitter:title"), p.lastStep()} {
		f := ""
		if len(s) <= 2*maxTitle {
			f = fold(s)
		}
		if i >= 3 && (f == "" || compact(f) == t.site || slices.Contains(t.stated, f)) {
			continue
		}
		t.stated = append(t.stated, f)
		if f == "" || i >= 2 && t.og != "" {
			continue
		}
		for _, part := range splitTitle(s) {
			if f := fold(part); f != "" && !t.isSite(part) {
				t.parts = append(t.parts, f)
			}
		}
	}
	return t
}

// lastStep is the end of the path from the home page to this one, where it is
// stated as a BreadcrumbList and is more than a word.
func (p *page) lastStep() string {
	for _, v := range p.data.Objects {
		if !v.Is("BreadcrumbList") {
			continue
		}
		steps := v.Get("itemListElement").All()
		if len(steps) < 2 {
			continue
		}
		s := steps[len(steps)-1].Get("name").String()
		if s == "" {
			s = steps[len(steps)-1].Get("item").Get("name").String()
		}
		if s = dom.Squeeze(s); strings.Contains(s, " ") {
			return s
		}
	}
	return ""
}

// isSite tells whether a part of a title is the name of the site or its host.
func (t *titles) isSite(part string) bool { return isSite(compact(part), t.site, t.host) }

// title picks the headline, in this order: an h1 that one of the page's own
// titles holds, or that shares many words with one; a heading of lower rank that
// is a part of one; the only element marked as headline; the only h1; og:title;
// the headline of JSON-LD; the heading above the text, where the title element is
// no headline; the title element without the name of the site.
func (p *page) title(m metaTags, site string) string {
	if p.threadTitle != "" && len(p.threadTitle) <= maxTitle {
		return p.threadTitle
	}
	t := p.titles(m, site)
	if p.thread {
		if s := p.threadSubject(t); s != "" {
			return s
		}
	}
	h1 := p.confirmed(t)
	if h1 != dom.None && t.og != "" && p.aside(h1) && fold(p.Text(h1)) != t.stated[0] { // the last step of the path to the page
		if id := p.markedTitle(); id != dom.None && t.shares(fold(p.Text(id))) {
			return p.headText(id, t)
		}
	}
	// An h1 that is all of the title element may be the name of the site.
	if h1 != dom.None && (fold(p.Text(h1)) != t.stated[2] || t.og != "") {
		return p.headText(p.inFull(h1, t), t)
	}
	if h1 == dom.None {
		if id := p.alike(t); id != dom.None {
			return p.headText(id, t)
		}
		if id := p.lower(t); id != dom.None {
			return p.headText(id, t)
		}
	}
	if id := p.markedTitle(); id != dom.None {
		if f := fold(p.Text(id)); t.og == "" || h1 == dom.None && (strings.Contains(t.stated[0], f) || t.shares(f)) {
			return p.headText(id, t)
		}
	}
	if h1 == dom.None {
		h1 = p.only(t)
	}
	if h1 != dom.None {
		return p.headText(h1, t)
	}
	for _, candidate := range []string{cleanTitle(t.og, site, p.host()), t.headline} {
		if candidate != "" && len(candidate) <= maxTitle && compact(candidate) != t.site {
			p.findHead(candidate)
			return candidate
		}
	}
	if id := p.opening(t); id != dom.None {
		return p.headText(id, t)
	}
	if s := cleanTitle(t.element, site, p.host()); s != "" && len(s) <= maxTitle {
		p.findHead(s)
		return s
	}
	if og := m.first("og:title"); len(og) <= maxTitle {
		return og // the name of the site
	}
	return ""
}

// findHead finds the line that is the title, where no heading is: builders of
// pages set headlines as paragraphs.
func (p *page) findHead(title string) {
	if p.head > 0 || len(p.headlines()) > 0 {
		return
	}
	for id := dom.ID(1); id < p.Len(); id++ {
		if !p.IsText(id) || len(p.Nodes[id].Raw.Data) < len(title) || len(p.Nodes[id].Raw.Data) > 2*len(title)+64 {
			continue
		}
		if s := strings.TrimSpace(p.Nodes[id].Raw.Data); len(s) == len(title) && s == title && p.Parent(id) > 0 && !dom.Unseen(p.Tag(p.Parent(id))) && p.Tag(p.Parent(id)) != atom.Title && !p.aside(id) && !p.inComments(id) {
			p.head = p.Parent(id)
			return
		}
	}
}

// titleClasses name the headline of an article in templates.
var titleClasses = dom.NewNames(`entry-title post-title article-title article-headline p-name headline posttitle story-title blog-title-post page-title pagetitle pg-headline blog-post-title article-title-main single-title`)

// threadTitles name the title of a thread in the programs of forums.
var threadTitles = dom.NewNames(`topic-title threadtitle maintitle p-title-value bbp-topic-title js-main-title`)

// markedTitle is the only element outside of comments that is marked as the
// article's headline; None where there are none or several.
func (p *page) markedTitle() dom.ID {
	found, text := dom.None, ""
	for id := dom.ID(0); id < p.Len(); id++ {
		if p.IsText(id) || !p.HasAny(id, titleClasses) && !p.HasToken(id, "itemprop", "headline") || p.inComments(id) || p.aside(id) {
			continue
		}
		if s, ok := p.Short(id, maxTitle); ok && s != "" && s != text {
			if text != "" {
				return dom.None
			}
			found, text = id, s
		}
	}
	return found
}

// headText is the title in a heading: without the line above it, without what
// follows it in elements of their own, and without the site's name.
func (p *page) headText(id dom.ID, t *titles) string {
	p.head = id
	whole := p.withoutKicker(id, t)
	f := fold(whole)
	if t.og == "" && f == t.stated[2] {
		return cleanTitle(whole, t.site, t.host)
	}
	own := ""
	for c := range p.Children(id) {
		if p.IsText(c) {
			own += p.Nodes[c].Raw.Data
		}
	}
	if own = dom.Squeeze(own); own != whole && fold(own) != "" && f != t.stated[0] && (fold(own) == t.stated[0] || fold(own) == t.stated[1]) {
		return own
	}
	return whole
}
