package htmlpage

import (
	"net/url"
	"slices"
	"strings"
	"unicode"

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
	stated     []string // og, headline and element, folded
	parts      []string // parts of og and headline, or of element alone, between separators, folded, without the site's name
}

// titles reads them.
func (p *page) titles(m metaTags, site string) *titles {
	t := &titles{og: m.first("og:title", "twitter:title", "dc.title", "dcterms.title"), site: compact(site), host: compact(p.host())}
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
	t.headline = dom.Squeeze(p.posting().Get("headline").String())
	if t.headline == "" {
		t.headline = dom.Squeeze(p.posting().Get("name").String())
	}
	for i, s := range []string{t.og, t.headline, t.element} {
		f := ""
		if len(s) <= 2*maxTitle {
			f = fold(s)
		}
		t.stated = append(t.stated, f)
		if f == "" || i == 2 && t.og != "" {
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

// isSite tells whether a part of a title is the name of the site or its host.
func (t *titles) isSite(part string) bool { return isSite(compact(part), t.site, t.host) }

// title picks the headline, in this order: an h1 that one of the page's own
// titles holds, or that shares many words with one; a heading of lower rank that
// is a part of one; the only h1; the only element marked as headline; og:title,
// the headline of JSON-LD and the title element without the name of the site.
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
	t := p.titles(m, site)
	h1 := p.confirmed(t)
	// An h1 that is all of the title element may be the name of the site.
	if h1 != dom.None && (fold(p.Text(h1)) != t.stated[2] || t.og != "") {
		return p.headText(h1, t)
	}
	if h1 == dom.None {
		if id := p.alike(t); id != dom.None {
			return p.headText(id, t)
		}
		if id := p.lower(t); id != dom.None {
			return p.headText(id, t)
		}
	}
	if s := p.markedTitle(); s != "" && (t.og == "" || h1 == dom.None && strings.Contains(t.stated[0], fold(s))) {
		return s
	}
	if h1 == dom.None {
		h1 = p.only(t)
	}
	if h1 != dom.None {
		return p.headText(h1, t)
	}
	for _, candidate := range []string{cleanTitle(t.og, site, p.host()), t.headline} {
		if candidate != "" && len(candidate) <= maxTitle && compact(candidate) != t.site {
			return candidate
		}
	}
	if s := cleanTitle(t.element, site, p.host()); len(s) <= maxTitle {
		return s
	}
	return ""
}

// titleClasses name the headline of an article in templates.
var titleClasses = dom.NewNames(`entry-title post-title article-title article-headline p-name headline posttitle story-title blog-title-post page-title pagetitle pg-headline blog-post-title article-title-main single-title`)

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
	if p.headed {
		return p.heads
	}
	p.headed = true
	for id := dom.ID(0); id < p.Len(); id++ {
		if p.Tag(id) == atom.H1 && len(p.heads) < 50 && !p.hiddenNode(id) && !p.homeLink(id) {
			p.heads = append(p.heads, id)
		}
	}
	return p.heads
}

// confirmed is the longest h1 that one of the stated titles confirms: it is part
// of it, or begins it. None where a heading of lower rank is the title of the
// article, and the h1 that of the site.
func (p *page) confirmed(t *titles) dom.ID {
	best, bestFold := dom.None, ""
	for _, id := range p.headlines() {
		s, ok := p.Short(id, maxTitle)
		if !ok {
			continue
		}
		f := fold(s)
		if f == "" || compact(s) == t.site || len(f) <= len(bestFold) || !strings.Contains(f, " ") && len(f) < 4 {
			continue
		}
		for _, s := range t.stated {
			if s != "" && (s == f || strings.Contains(" "+s+" ", " "+f+" ") && len(f)*3 >= len(s) || strings.HasPrefix(s, f) && len(f) > 20) {
				best, bestFold = id, f
				break
			}
		}
	}
	if best == dom.None {
		return best
	}
	// The last part of the title element is the site's name where the article's
	// comes first.
	if at, sep := lastSeparator(t.element); at >= 0 && bestFold == fold(t.element[at+len(sep):]) && bestFold != t.stated[0] && bestFold != t.stated[1] {
		first, _ := firstSeparator(t.element)
		if id := p.subheading(func(f string) bool { return f == fold(t.element[:first]) }); id != dom.None {
			return id
		}
		if t.og == "" && t.site == "" && !strings.Contains(bestFold, " ") {
			t.site = compact(bestFold)
			return dom.None
		}
	}
	return best
}

// subheading is the first h2 or h3 outside of comments whose text is wanted.
func (p *page) subheading(want func(folded string) bool) dom.ID {
	for id, tried := dom.ID(0), 0; id < p.Len() && tried < 50; id++ {
		if tag := p.Tag(id); tag != atom.H2 && tag != atom.H3 || p.inComments(id) {
			continue
		}
		tried++
		if s, ok := p.Short(id, maxTitle); ok && s != "" && want(fold(s)) {
			return id
		}
	}
	return dom.None
}

// lower is an h2 or h3 of several words that is one of the stated titles, or a
// part of one, or begins one and is half of it.
func (p *page) lower(t *titles) dom.ID {
	return p.subheading(func(f string) bool {
		if f == t.site || !strings.Contains(f, " ") {
			return false
		}
		for _, part := range t.parts {
			if f == part {
				return true
			}
		}
		for _, s := range t.stated {
			if s != "" && (s == f || strings.HasPrefix(s, f+" ") && len(f)*2 >= len(s)) {
				return true
			}
		}
		return false
	})
}

// shown are the h1 elements that may be the article's headline: those that stand
// beside it, among comments, or are named as the site's are none.
func (p *page) shown(t *titles) []dom.ID {
	var out []dom.ID
	for _, id := range p.headlines() {
		if p.aside(id) || p.inComments(id) || p.named(id, siteWords) {
			continue
		}
		if s, ok := p.Short(id, maxTitle); ok && s != "" && !t.isSite(s) {
			out = append(out, id)
		}
	}
	return out
}

// siteWords are words of class names of headings that hold the site's name.
var siteWords = dom.NewNames(`site logo brand branding sitename sitetitle blogtitle masthead widget`)

// alike is the h1 that shares the most words with a stated title, where those are
// two fifths of both, or that holds all of a title of several words.
func (p *page) alike(t *titles) dom.ID {
	best, most := dom.None, 0
	shown, least := p.shown(t), 40
	for _, id := range shown {
		if p.Text(id) != p.Text(shown[0]) {
			least = 60 // headings of sections may share words as well
		}
	}
	last := "" // part of a title that may be the site's name, where that is not stated
	if at, sep := lastSeparator(t.element); at >= 0 && t.site == "" && t.og == "" {
		last = fold(t.element[at+len(sep):])
	}
	for _, id := range shown {
		f := fold(p.Text(id))
		if f == last {
			continue
		}
		for _, s := range append(t.stated, t.parts...) {
			if !strings.Contains(s, " ") {
				continue // one word says too little
			}
			share := shareOfWords(f, s)
			if strings.Count(s, " ") > 0 && strings.Contains(" "+f+" ", " "+s+" ") {
				share = 100
			}
			if share > most {
				best, most = id, share
			}
		}
	}
	if most < least {
		return dom.None
	}
	return best
}

// shareOfWords is how many of the words of two folded texts are in both, in
// hundredths; words of one or two letters say nothing.
func shareOfWords(a, b string) int {
	words := map[string]bool{}
	for w := range strings.FieldsSeq(a) {
		if len(w) > 2 {
			words[w] = true
		}
	}
	all, both := len(words), 0
	for w := range strings.FieldsSeq(b) {
		if len(w) > 2 {
			all++
			if words[w] {
				both++
				delete(words, w)
			}
		}
	}
	if all == 0 {
		return 0
	}
	return 200 * both / all
}

// only is the only h1 that may be a headline, or of several the only one that is
// marked as one; where the page states a title, it has to share a word with it.
func (p *page) only(t *titles) dom.ID {
	found, text, marked, marks := dom.None, "", dom.None, 0
	several := false
	for _, id := range p.shown(t) {
		s := p.Text(id)
		if len(compact(s)) < 3 || !t.related(fold(s)) {
			continue
		}
		if p.HasAny(id, titleClasses) || p.HasToken(id, "itemprop", "headline") {
			marked = id
			marks++
		}
		if found == dom.None {
			found, text = id, s
		} else if s != text {
			several = true
		}
	}
	switch {
	case marks == 1:
		return marked
	case several:
		return dom.None
	}
	return found
}

// related tells whether a folded heading has a word of a stated title, or none is
// stated.
func (t *titles) related(f string) bool {
	stated := append([]string{fold(cleanTitle(t.element, t.site, t.host))}, t.parts...)
	for _, s := range stated {
		if s != "" && (shareOfWords(f, s) > 0 || strings.Contains(s, f)) {
			return true
		}
	}
	return len(t.parts) == 0 && stated[0] == ""
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

// separators stand between a title and the name of its site.
var separators = []string{" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " │ ", " • ", " · ", " ‹ ", " › ", " ~ ", " ⋆ ", " // ", " / "}

// splitTitle gives the parts of a title between separators and colons.
func splitTitle(title string) []string {
	parts := []string{title}
	for _, sep := range append(separators, ": ") {
		for i := 0; i < len(parts) && len(parts) < 16; i++ {
			if before, after, ok := strings.Cut(parts[i], sep); ok {
				parts[i] = before
				parts = slices.Insert(parts, i+1, after)
			}
		}
	}
	return parts
}

// pageNumber tells a part of a title, compact, that numbers the pages of an
// article: "Page 2 of 3", "Seite 2".
func pageNumber(part string) bool {
	for _, word := range []string{"page", "seite", "página", "pagina", "strona", "sida", "side", "страница"} {
		rest, ok := strings.CutPrefix(part, word)
		if !ok || rest == "" {
			continue
		}
		for _, of := range []string{"of", "von", "de", "sur", "di", "van", "av", "af", "z", "из"} {
			if first, last, ok := strings.Cut(rest, of); ok && number(first) && number(last) {
				return true
			}
		}
		return number(rest)
	}
	return false
}

// isSite tells whether a part of a title is the name of the site or of its host,
// or numbers the pages of the article; all compact.
func isSite(part, site, host string) bool {
	if part == "" || pageNumber(part) {
		return true
	}
	return part == site || host != "" && (part == host || len(part) >= 4 && strings.HasPrefix(host, part)) ||
		site != "" && len(part) >= 4 && (strings.HasPrefix(site, part) || strings.HasPrefix(part, site))
}

// cleanTitle drops the name of the site from a title: a first or last part that
// is the site's name or that of its host, or what follows a bar, which stands in
// titles for nothing else.
func cleanTitle(title, site, host string) string {
	title = dom.Squeeze(title)
	siteFold, hostFold := compact(site), compact(host)
	for range 4 {
		cut := false
		at, sep := lastSeparator(title)
		if at > 0 && isSite(compact(title[at+len(sep):]), siteFold, hostFold) {
			title, cut = strings.TrimSpace(title[:at]), true
		} else if first, sep := firstSeparator(title); first > 0 && isSite(compact(title[:first]), siteFold, hostFold) {
			title, cut = strings.TrimSpace(title[first+len(sep):]), true
		}
		if !cut {
			break
		}
	}
	for _, sep := range []string{" | ", " │ ", " « ", " » ", " ‹ ", " :: "} {
		if i := strings.Index(title, sep); i > 0 {
			if head := strings.TrimSpace(title[:i]); strings.Count(head, " ") >= 1 {
				if at, sep := lastSeparator(head); at > 0 && pageNumber(compact(head[at+len(sep):])) {
					head = strings.TrimSpace(head[:at])
				}
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
	s = unsplit(s)
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// unsplit drops the characters that only tell where a word may be divided.
func unsplit(s string) string {
	if !strings.Contains(s, "\u00ad") && !strings.Contains(s, "\u200b") {
		return s
	}
	return strings.NewReplacer("\u00ad", "", "\u200b", "").Replace(s)
}
