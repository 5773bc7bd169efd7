package htmlpage

import (
	"net/url"
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
)

// maxTitle bounds a title in bytes; what is longer is a text in the wrong place.
const maxTitle = 600

// title picks the headline: a visible h1 that the page's own titles confirm,
// else og:title, the headline of JSON-LD, a lone h1 or the title element, each
// without the name of the site.
func (p *page) title(m metaTags, site string) string {
	if p.threadTitle != "" && len(p.threadTitle) <= maxTitle {
		return p.threadTitle
	}
	if p.thread {
		if id := p.FirstIn(0, p.Len(), func(id dom.ID) bool { return p.HasAny(id, threadTitles) && p.Text(id) != "" }); id != dom.None {
			if s, ok := p.Short(id, maxTitle); ok {
				return s
			}
		}
	}
	element := ""
	if id := p.FirstIn(0, p.Len(), func(id dom.ID) bool {
		return p.Tag(id) == atom.Title && (p.Parent(id) == dom.None || p.Tag(p.Parent(id)) != atom.Svg)
	}); id != dom.None {
		for c := range p.Children(id) {
			element += p.Nodes[c].Raw.Data
		}
		element = dom.Squeeze(element)
	}
	og := m.first("og:title", "twitter:title", "dc.title", "dcterms.title")
	headline := dom.Squeeze(p.posting().Get("headline").String())
	if headline == "" {
		headline = dom.Squeeze(p.posting().Get("name").String())
	}
	stated := []string{fold(og), fold(headline), fold(element)}
	h1 := p.headline(stated, element, fold(site))
	if h1 != "" && (fold(h1) != fold(element) || og != "") {
		return h1
	}
	// An h1 that is all of the title element may be the name of the site.
	if s := p.markedTitle(); s != "" && (og == "" || h1 == "" && strings.Contains(fold(og), fold(s))) {
		return s
	}
	if h1 != "" {
		return h1
	}
	for _, candidate := range []string{cleanTitle(og, site, p.host()), headline} {
		if candidate != "" && len(candidate) <= maxTitle && fold(candidate) != fold(site) {
			return candidate
		}
	}
	if ids := p.headlines(); len(ids) == 1 {
		if s := p.Text(ids[0]); s != "" && len(s) <= maxTitle && fold(s) != fold(site) {
			return s
		}
	}
	if s := cleanTitle(element, site, p.host()); len(s) <= maxTitle {
		return s
	}
	return ""
}

// titleClasses name the headline of an article in templates.
var titleClasses = dom.NewNames(`entry-title post-title article-title article-headline p-name headline posttitle story-title blog-title-post`)

// threadTitles name the title of a thread in the programs of forums.
var threadTitles = dom.NewNames(`topic-title threadtitle maintitle p-title-value bbp-topic-title js-main-title`)

// markedTitle is the only element outside of comments that is marked as the
// article's headline; empty where there are none or several.
func (p *page) markedTitle() string {
	found := ""
	for id := dom.ID(0); id < p.Len(); id++ {
		if p.IsText(id) || !p.HasAny(id, titleClasses) && !p.HasToken(id, "itemprop", "headline") || p.inComments(id) || p.aside(id) {
			continue
		}
		if s, ok := p.Short(id, maxTitle); ok && s != "" && s != found {
			if found != "" {
				return ""
			}
			found = s
		}
	}
	return found
}

// homeLink tells a heading that is only a link to the home page: the site's name.
func (p *page) homeLink(id dom.ID) bool {
	end := min(p.End(id), id+32)
	link := p.FirstIn(id+1, end, func(n dom.ID) bool { return p.Tag(n) == atom.A && p.Has(n, "href") })
	if link == dom.None {
		if link = p.Parent(id); link == dom.None || p.Tag(link) != atom.A {
			return false
		}
	}
	if p.HasToken(link, "rel", "home") {
		return true
	}
	u, err := url.Parse(p.unarchived(p.resolve(p.Attr(link, "href"))))
	if err != nil || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" || u.Host == "" {
		return false
	}
	own, err := url.Parse(p.unarchived(p.address))
	return err == nil && strings.Trim(own.Path, "/") != ""
}

// headlines are the h1 elements that are shown, without the site's name.
func (p *page) headlines() []dom.ID {
	var out []dom.ID
	for id := dom.ID(0); id < p.Len(); id++ {
		if p.Tag(id) == atom.H1 && len(out) < 50 && !p.hiddenNode(id) && !p.homeLink(id) {
			out = append(out, id)
		}
	}
	return out
}

// headline is the longest h1, else h2, that one of the stated titles confirms:
// it is part of it, or holds it.
func (p *page) headline(stated []string, element, site string) string {
	best, bestFold := "", ""
	try := func(id dom.ID) {
		s := p.Text(id)
		if s == "" || len(s) > maxTitle {
			return
		}
		f := fold(s)
		if f == "" || f == site || len(f) <= len(bestFold) || !strings.Contains(f, " ") && len(f) < 4 {
			return
		}
		for _, t := range stated {
			if t != "" && (t == f || strings.Contains(" "+t+" ", " "+f+" ") && len(f)*3 >= len(t) || strings.HasPrefix(t, f) && len(f) > 20) {
				best, bestFold = s, f
				return
			}
		}
	}
	for _, id := range p.headlines() {
		try(id)
	}
	last := "" // part of the page's title, which is the site's name where the article's comes first
	if at, sep := lastSeparator(element); at >= 0 {
		last = fold(element[at+len(sep):])
	}
	if best != "" && bestFold != last {
		return best
	}
	tried := 0
	first := "" // part of the page's title, which is the article's where the site's name comes last
	if at, _ := firstSeparator(element); at > 0 {
		first = fold(element[:at])
	}
	for id := dom.ID(0); id < p.Len() && tried < 50; id++ {
		if tag := p.Tag(id); (tag == atom.H2 || tag == atom.H3) && !p.inComments(id) {
			tried++
			s := fold(p.Text(id))
			if best != "" && s != first {
				continue // against an h1, only all of the first part counts
			}
			for _, t := range stated {
				if s != "" && s != site && strings.Contains(s, " ") && (s == t || s == first || strings.HasPrefix(t, s+" ") && len(s)*2 >= len(t)) {
					return p.Text(id)
				}
			}
		}
	}
	return best
}

// separators stand between a title and the name of its site.
var separators = []string{" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " • ", " · ", " ‹ ", " › ", " ~ ", " ⋆ ", " // ", " / "}

// cleanTitle drops the name of the site from a title: a first or last part that
// is the site's name or that of its host, or what follows a bar, which stands in
// titles for nothing else.
func cleanTitle(title, site, host string) string {
	title = dom.Squeeze(title)
	siteFold, hostFold := compact(site), compact(host)
	isSite := func(part string) bool {
		f := compact(part)
		if f == "" {
			return true
		}
		return f == siteFold || hostFold != "" && (f == hostFold || len(f) >= 4 && strings.HasPrefix(hostFold, f)) ||
			siteFold != "" && len(f) >= 4 && (strings.HasPrefix(siteFold, f) || strings.HasPrefix(f, siteFold))
	}
	for range 4 {
		cut := false
		at, sep := lastSeparator(title)
		if at > 0 && isSite(title[at+len(sep):]) {
			title, cut = strings.TrimSpace(title[:at]), true
		} else if first, sep := firstSeparator(title); first > 0 && isSite(title[:first]) {
			title, cut = strings.TrimSpace(title[first+len(sep):]), true
		}
		if !cut {
			break
		}
	}
	for _, sep := range []string{" | ", " « ", " » ", " ‹ ", " :: "} {
		if i := strings.Index(title, sep); i > 0 {
			if head := strings.TrimSpace(title[:i]); strings.Count(head, " ") >= 1 {
				return head
			}
		}
	}
	return title
}

func lastSeparator(s string) (int, string) {
	at, found := -1, ""
	for _, sep := range separators {
		if i := strings.LastIndex(s, sep); i > at {
			at, found = i, sep
		}
	}
	return at, found
}

func firstSeparator(s string) (int, string) {
	at, found := -1, ""
	for _, sep := range separators {
		if i := strings.Index(s, sep); i >= 0 && (at < 0 || i < at) {
			at, found = i, sep
		}
	}
	return at, found
}

// compact is s as letters and digits alone, in lower case.
func compact(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// host is the host of the page without www. and the last label.
func (p *page) host() string {
	u, err := url.Parse(p.address)
	if err != nil {
		return ""
	}
	h := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	return h
}

// fold reduces a text to its letters and digits in lower case, with one space
// between words, to compare titles and names.
func fold(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}
