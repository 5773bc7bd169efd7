package htmlpage

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract"
	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/pipeline/extract/htmlpage/jsonld"
)

// identify fills in the page's language and address, which everything else is
// read by.
func (p *page) identify(m metaTags, d *extract.Draft) {
	p.lang = p.language(m)
	d.Lang = p.lang
	d.CanonicalURL = p.canonical(m)
	p.address = d.CanonicalURL
	if p.address == "" {
		p.address = p.url
	}
	if p.url == "" { // what else its links could be seen from
		p.url = d.CanonicalURL
	}
}

// metadata fills in what the page says about the article.
func (p *page) metadata(m metaTags, d *extract.Draft) {
	d.Site = p.site(m)
	d.Title = p.title(m, d.Site)
	d.Subtitle = p.subtitle(d.Title)
	if d.Authors = p.authors(m, d.Site); len(d.Authors) == 0 && p.account != "" {
		d.Authors = []string{p.account}
	}
	d.PublishedAt, d.ModifiedAt = p.times(m)
	p.license(m, d)
	d.OptOut = optOuts(m)
	d.Section = m.first("article:section", "og:article:section", "section", "parsely-section", "sailthru.section")
	if d.Section == "" {
		d.Section = p.posting().Get("articleSection").String()
	}
	if d.Section == "" {
		d.Section = p.property("articleSection")
	}
	if d.Section == "" {
		d.Section = p.category()
	}
	d.Tags = p.tags(m)
	d.NativeID = p.nativeID()
}

// property is the text of the first element outside of comments with a property
// of schema.org; empty for none.
func (p *page) property(name string) string {
	id := p.FirstIn(0, p.Len(), func(id dom.ID) bool {
		return (p.HasToken(id, "itemprop", name) || p.HasToken(id, "property", "schema:"+name)) && !p.inComments(id)
	})
	if id == dom.None {
		return ""
	}
	if s := dom.Squeeze(p.Attr(id, "content")); s != "" {
		return s
	}
	s, _ := p.Short(id, 200)
	return s
}

// articleTypes are the types of schema.org that an article may have.
var articleTypes = []string{
	"NewsArticle", "Article", "BlogPosting", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle", "BackgroundNewsArticle",
	"ReviewNewsArticle", "LiveBlogPosting", "TechArticle", "ScholarlyArticle", "MedicalScholarlyArticle", "Report", "SatiricalArticle",
	"AdvertiserContentArticle", "SocialMediaPosting", "DiscussionForumPosting", "Recipe", "HowTo", "Review", "CreativeWork", "QAPage", "Question",
}

// posting is the JSON-LD object of the article; nil where there is none. Of
// several, it is the one that names the page as its address.
func (p *page) posting() *jsonld.Value {
	if p.asked {
		return p.article
	}
	p.asked = true
	for _, v := range p.data.Objects {
		if !v.Is(articleTypes...) {
			if main := p.data.Follow(v.Get("mainEntity")); main.Is(articleTypes...) {
				v = main
			} else {
				continue
			}
		}
		if p.article == nil {
			p.article = v
			continue
		}
		if own := v.Get("url").URL(); own != "" && own == p.address && p.article.Get("url").URL() != p.address {
			p.article = v
		}
	}
	return p.article
}

// webPage is the JSON-LD object of the page as such.
func (p *page) webPage() *jsonld.Value {
	for _, v := range p.data.Objects {
		if v.Is("WebPage", "ItemPage", "AboutPage") {
			return v
		}
	}
	return nil
}

func (p *page) language(m metaTags) string {
	for id := dom.ID(0); id < p.Len(); id++ {
		if p.Tag(id) == atom.Html {
			if lang := p.Attr(id, "lang"); lang != "" && len(lang) <= 35 {
				return strings.ReplaceAll(lang, "_", "-")
			}
			if lang := p.Attr(id, "xml:lang"); lang != "" && len(lang) <= 35 {
				return strings.ReplaceAll(lang, "_", "-")
			}
		}
	}
	for _, lang := range []string{m.first("og:locale"), m.first("content-language"), p.posting().Get("inLanguage").String(), m.first("language", "dc.language", "inlanguage")} {
		if lang != "" && len(lang) <= 35 {
			return strings.ReplaceAll(lang, "_", "-")
		}
	}
	return ""
}

func (p *page) canonical(m metaTags) string {
	for id := dom.ID(0); id < p.Len(); id++ {
		if p.Tag(id) == atom.Link && p.HasToken(id, "rel", "canonical") {
			if href := p.resolve(p.Attr(id, "href")); href != "" {
				return href
			}
		}
	}
	if og := p.resolve(m.first("og:url")); og != "" {
		return og
	}
	return ""
}

func (p *page) site(m metaTags) string {
	if s := m.first("og:site_name"); s != "" {
		return s
	}
	for _, v := range p.data.Objects {
		if v.Is("WebSite") {
			if s := v.Get("name").String(); s != "" {
				return dom.Squeeze(s)
			}
		}
	}
	if s := p.data.Follow(p.posting().Get("publisher")); s != nil {
		if name := s.Get("name").String(); name != "" {
			return dom.Squeeze(name)
		}
	}
	return m.first("application-name", "apple-mobile-web-app-title", "dc.publisher", "publisher")
}

// subtitleClasses name the line below the headline.
var subtitleClasses = dom.NewNames(`
	subtitle sub-title subheadline sub-headline subheading dek standfirst strapline article-subtitle post-subtitle
	entry-subtitle article-dek deck subhead article-subheadline headline-sub`)

// subtitle is the line below the headline, where the markup names it so.
func (p *page) subtitle(title string) string {
	for id := dom.ID(0); id < p.Len(); id++ {
		if p.Nodes[id].Class == "" || !p.HasAny(id, subtitleClasses) || p.inComments(id) || p.aside(id) {
			continue
		}
		if s, ok := p.Short(id, maxTitle); ok && s != "" && fold(s) != fold(title) {
			return s
		}
	}
	s := dom.Squeeze(p.posting().Get("alternativeHeadline").String())
	if fold(s) == fold(title) || len(s) > maxTitle {
		return ""
	}
	return s
}

// filedWords are words of boxes that name the category of an article.
var filedWords = dom.NewNames(`category categories cat`)

// filesIn tells a link to a category that the article is in: one that says so, or
// that stands in a box called so.
func (p *page) filesIn(id dom.ID) bool {
	if p.Tag(id) != atom.A || p.inComments(id) {
		return false
	}
	if p.HasToken(id, "rel", "category") {
		return true
	}
	if !p.HasToken(id, "rel", "tag") {
		return false
	}
	up := p.Parent(id)
	for n := 0; up != dom.None && n < 2; up, n = p.Parent(up), n+1 {
		if p.Tag(up) != atom.Body && p.named(up, filedWords) {
			return true
		}
	}
	return false
}

// category is the only category that the article is filed in; empty where there
// are several.
func (p *page) category() string {
	section := ""
	for id := dom.ID(0); id < p.Len(); id++ {
		if !p.filesIn(id) || p.aside(id) {
			continue
		}
		s, _ := p.Short(id, 100)
		if section != "" && s != section {
			return ""
		}
		section = s
	}
	return section
}

// maxTags bounds the keywords; longer lists are written for search engines.
const maxTags = 40

func (p *page) tags(m metaTags) []string {
	var out []string
	add := func(s string) {
		if s = dom.Squeeze(s); s != "" && len(s) <= 100 && len(out) < maxTags {
			out = appendNew(out, s)
		}
	}
	addAll := func(list string) {
		for s := range strings.FieldsFuncSeq(list, func(r rune) bool { return r == ',' || r == ';' }) {
			add(s)
		}
	}
	for _, s := range m["article:tag"] {
		addAll(s)
	}
	if len(out) == 0 {
		for id := dom.ID(0); id < p.Len(); id++ {
			if p.Tag(id) == atom.A && p.HasToken(id, "rel", "tag") && !p.filesIn(id) && !p.HasClass(id, "tag-cloud-link") && !p.inComments(id) {
				s, _ := p.Short(id, 100)
				add(s)
			}
		}
	}
	if len(out) == 0 {
		for _, v := range p.posting().Get("keywords").All() {
			addAll(v.String())
		}
	}
	if len(out) == 0 {
		for _, key := range []string{"news_keywords", "parsely-tags", "sailthru.tags", "keywords"} {
			if len(out) == 0 {
				addAll(m.first(key))
			}
		}
	}
	return out
}

// nativeID is the article's id in its site, where the markup states it: the
// body class postid-N and the short link ?p=N of WordPress.
func (p *page) nativeID() string {
	for id := dom.ID(0); id < p.Len(); id++ {
		switch p.Tag(id) {
		case atom.Body:
			for name := range strings.FieldsSeq(p.Nodes[id].Class) {
				if n, ok := strings.CutPrefix(name, "postid-"); ok && number(n) {
					return n
				}
			}
		case atom.Link:
			if p.HasToken(id, "rel", "shortlink") {
				if _, n, ok := strings.Cut(p.Attr(id, "href"), "?p="); ok && number(n) {
					return n
				}
			}
		}
	}
	return ""
}

// number tells a string of one to twenty ASCII digits.
func number(s string) bool {
	return s != "" && len(s) <= 20 && strings.Trim(s, "0123456789") == ""
}

// inComments tells a node that stands among the comments of readers.
func (p *page) inComments(id dom.ID) bool {
	return p.side[id]&sideComments != 0
}
