package htmlpage

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/pipeline/normalize/when"
)

// Names of meta elements that state times, the surest first.
var (
	publishedMeta = []string{
		"article:published_time", "og:article:published_time", "article:published", "datepublished", "og:published_time", "date.created",
		"dcterms.created", "dc.date.created", "dc.date.issued", "dcterms.issued", "article:publicationdate", "publication_date", "published-date",
		"publish-date", "publishdate", "pubdate", "publisheddate", "parsely-pub-date", "sailthru.date", "citation_publication_date",
		"citation_online_date", "citation_date", "cxenseparse:recs:publishtime", "article.published", "article.created", "originalpublicationdate",
		"rnews:datepublished", "dc.date", "dcterms.date", "published", "publish_date", "date", "datecreated", "article:created", "bt:pubdate", "pdate", "displaydate", "ptime", "created",
	}
	modifiedMeta = []string{
		"article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "dc.date.modified",
		"last-modified", "lastmod", "article.updated", "modified", "revised", "date.updated",
	}
)

// times fill in when the article was published and changed.
func (p *page) times(m metaTags) (published, modified string) {
	order := p.order()
	read := func(s string) string {
		if s = strings.TrimSpace(s); s == "" || len(s) > 200 {
			return ""
		}
		if iso, ok := when.Text(s, order); ok && plausible(iso) {
			return iso
		}
		return ""
	}
	firstOf := func(values ...string) string {
		for _, v := range values {
			if iso := read(v); iso != "" {
				return iso
			}
		}
		return ""
	}
	posting := p.posting()
	published = firstOf(posting.Get("datePublished").String(), posting.Get("dateCreated").String(), posting.Get("uploadDate").String())
	modified = firstOf(posting.Get("dateModified").String())
	for _, key := range publishedMeta {
		if published == "" {
			published = firstOf(m[key]...)
		}
	}
	for _, key := range modifiedMeta {
		if modified == "" {
			modified = firstOf(m[key]...)
		}
	}
	if published == "" || modified == "" {
		pub, mod := p.markedTimes(read)
		if published == "" {
			published = pub
		}
		if modified == "" {
			modified = mod
		}
	}
	if published == "" {
		published = p.visibleTime(read)
	}
	if published == "" {
		published = read(pathDate(p.address))
	}
	if published == "" {
		if page := p.webPage(); page != nil {
			published = firstOf(page.Get("datePublished").String())
		}
	}
	return published, modified
}

// plausible tells a time of the web from a placeholder.
func plausible(iso string) bool { return len(iso) >= 4 && iso[:4] >= "1990" && iso[:4] < "2100" }

// order is the order of day and month that the dates of the page follow.
func (p *page) order() when.Order {
	if p.learned {
		return p.dateOrder
	}
	var samples []string
	for id := dom.ID(0); id < p.Len() && len(samples) < 400; id++ {
		if !p.IsText(id) {
			continue
		}
		s := p.Nodes[id].Raw.Data
		if len(s) > 120 || !strings.ContainsAny(s, "0123456789") || !strings.ContainsAny(s, "./-") {
			continue
		}
		if s = strings.TrimSpace(s); len(s) >= 6 && len(s) <= 60 {
			samples = append(samples, s)
		}
	}
	p.dateOrder, p.learned = when.Learn(samples, p.lang), true
	return p.dateOrder
}

// stated is the time that an element gives: in an attribute, else in its text.
func (p *page) stated(id dom.ID, read func(string) string) string {
	for _, attr := range []string{"datetime", "content", "title", "data-datetime", "data-time", "data-date"} {
		if iso := read(p.Attr(id, attr)); iso != "" {
			return iso
		}
	}
	text, _ := p.Short(id, 200)
	return read(text)
}

// markedTimes are those whose markup says what they are, outside of comments.
func (p *page) markedTimes(read func(string) string) (published, modified string) {
	first := ""
	for id := dom.ID(0); id < p.Len(); id++ {
		if p.IsText(id) || len(p.Nodes[id].Raw.Attr) == 0 && p.Tag(id) != atom.Time {
			continue
		}
		isPublished := p.HasToken(id, "itemprop", "datePublished") || p.HasToken(id, "property", "datePublished") || p.HasToken(id, "property", "schema:datePublished") || p.Tag(id) == atom.Time && p.Has(id, "pubdate")
		isModified := p.HasToken(id, "itemprop", "dateModified") || p.HasToken(id, "property", "dateModified")
		isTime := p.Tag(id) == atom.Time || p.Tag(id) == atom.Abbr
		if isTime && p.HasClass(id, "published", "entry-date", "dt-published", "post-date", "publish-date") && !p.HasClass(id, "updated") {
			isPublished = true
		}
		if !isPublished && !isModified && !isTime || p.inComments(id) {
			continue
		}
		switch {
		case isPublished && published == "":
			published = p.stated(id, read)
		case isModified && modified == "":
			modified = p.stated(id, read)
		case isTime && first == "" && p.Tag(id) == atom.Time && !p.aside(id):
			first = p.stated(id, read)
		}
	}
	if published == "" {
		published = first
	}
	return published, modified
}

// dateWords are words of class names whose element shows the date of the article.
var dateWords = dom.NewNames(`date datum fecha datetime pubdate published publish publication posted dateline timestamp time created submitted meta byline
	postmetadata postinfo info authored details`)

// named tells whether a word of the element's class names is in the set.
func (p *page) named(id dom.ID, set dom.Names) bool {
	class := p.Nodes[id].Class
	if class == "" || len(class) > maxNames {
		return false
	}
	for word := range strings.FieldsFuncSeq(class, func(r rune) bool { return r < 'a' || r > 'z' }) {
		if set[word] {
			return true
		}
	}
	return false
}

// visibleTime is a date in the text: of an element classed as one, else of the
// lines around the headline.
func (p *page) visibleTime(read func(string) string) string {
	order := p.order()
	find := func(s string) string {
		if len(s) > 300 || !strings.ContainsAny(s, "0123456789") {
			return ""
		}
		if iso, _, _, ok := when.Find(s, order); ok && plausible(iso) && len(iso) >= 10 {
			return iso
		}
		return ""
	}
	for id := dom.ID(0); id < p.Len(); id++ {
		if p.Nodes[id].Class == "" || p.IsText(id) || !p.named(id, dateWords) || p.inComments(id) || p.aside(id) {
			continue
		}
		if text, ok := p.Short(id, 300); ok {
			if iso := find(text); iso != "" {
				return iso
			}
		}
	}
	if h1s := p.headlines(); len(h1s) > 0 {
		if iso := p.nearTime(p.End(h1s[0]), 1, 15, false, find); iso != "" {
			return iso
		}
		if iso := p.nearTime(h1s[0]-1, -1, 15, false, find); iso != "" {
			return iso
		}
	}
	if root := p.container(); root != dom.None {
		if iso := p.nearTime(root, 1, 20, false, find); iso != "" {
			return iso
		}
		if iso := p.nearTime(p.End(root)-1, -1, 10, false, find); iso != "" {
			return iso
		}
	}
	if iso := p.statedTime(find); iso != "" {
		return iso
	}
	if h1s := p.headlines(); len(h1s) > 0 {
		return p.nearTime(p.End(h1s[0]), 1, 12, true, find)
	}
	return ""
}

// publishedWords say that the date beside them is that of publication; lower case.
var publishedWords = []string{"published", "veröffentlicht", "publié", "publicado", "pubblicato", "posted on", "erschienen am", "gepubliceerd", "opublikowano", "date of publication"}

// statedTime is the date in the first line outside of comments that says that it
// is the one of publication, wherever it stands; the line may be in two parts.
func (p *page) statedTime(find func(string) string) string {
	said := -1 << 20 // node of the word, where no date stood beside it
	for id := dom.ID(0); id < p.Len(); id++ {
		if !p.IsText(id) || p.inComments(id) || p.Parent(id) == dom.None || dom.Unseen(p.Tag(p.Parent(id))) {
			continue
		}
		text := strings.TrimSpace(p.Nodes[id].Raw.Data)
		if text == "" || len(text) > 100 {
			continue
		}
		iso := find(text)
		if iso != "" && int(id)-said <= 8 {
			return iso
		}
		lower := strings.ToLower(text)
		for _, w := range publishedWords {
			if strings.HasPrefix(lower, w) {
				if iso != "" {
					return iso
				}
				if said = int(id); len(text) > len(w)+4 {
					said = -1 << 20
				}
				break
			}
		}
	}
	return ""
}

// nearTime is the first date in the short texts from from on, in one direction;
// anywhere, even in parts beside the article.
func (p *page) nearTime(from, step dom.ID, texts int, anywhere bool, find func(string) string) string {
	for id, n := from, 0; id >= 0 && id < p.Len() && n < texts; id += step {
		if !p.IsText(id) || p.inComments(id) || p.Parent(id) == dom.None || dom.Unseen(p.Tag(p.Parent(id))) {
			continue
		}
		s := p.Nodes[id].Raw.Data
		if strings.TrimSpace(s) == "" {
			continue
		}
		n++
		if len(s) < 100 {
			if iso := find(s); iso != "" && (anywhere || !p.aside(id)) {
				return iso
			}
		}
	}
	return ""
}

// aside tells a node in a part of the page beside the article: a sidebar, a
// list of related articles, the site's footer.
func (p *page) aside(id dom.ID) bool { return p.side[id]&sideAside != 0 }

// pathDate is the date in the path of an address: /2017/09/12/.
func pathDate(address string) string {
	parts := strings.Split(address, "/")
	if len(parts) > 64 {
		return ""
	}
	digits := func(s string, n int) bool { return len(s) == n && strings.Trim(s, "0123456789") == "" }
	for i := 3; i+2 < len(parts); i++ {
		y, m, d := parts[i], parts[i+1], parts[i+2]
		if digits(y, 4) && len(m) <= 2 && digits(m, len(m)) && len(d) <= 2 && digits(d, len(d)) && m != "" && d != "" {
			return y + "-" + ("0" + m)[len(m)-1:] + "-" + ("0" + d)[len(d)-1:]
		}
	}
	return ""
}
