package htmlpage

import (
	"strings"
	"time"

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
		iso, ok := when.Text(s, order)
		if !ok { // "2022-01-10T22:06:08:684Z"
			iso, ok = when.Text(isoPrefix(s), order)
		}
		if ok && plausible(iso) {
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
		} else if len(published) < len("2006-01-02") { // a month; another may say the day
			if iso := firstOf(m[key]...); len(iso) > len(published) && strings.HasPrefix(iso, published) {
				published = iso
			}
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
	path := read(pathDate(p.address))
	if published == "" {
		published = p.visibleTime(read)
		if path != "" && !p.plain && day(published) != path {
			published = path // a date in the text may be that of an event
		}
	} else if day(modified) <= day(published) {
		// Templates that state the time of the last change as that of publication
		// show the true one.
		if shown := p.shownTime(); p.plain && shown[:10] < day(published) && !near(shown, published) && !swapped(shown, published) {
			published = shown
		}
	}
	if published == "" {
		if page := p.webPage(); page != nil {
			published = firstOf(page.Get("datePublished").String())
		}
	}
	if published == "" {
		published = p.updatedTime(read)
	}
	if published == "" && modified == "" {
		// A page that shows one date alone is of that date, even where it says
		// that it is the one of the last change.
		published = p.changeTime()
	}
	return published, modified
}

// day is the day of a time in ISO 8601.
func day(iso string) string { return iso[:min(len(iso), 10)] }

// near tells whether two times are of the same day or of neighbouring ones, as
// the clocks of two places may have it, as far as both go.
func near(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	n := min(len(day(a)), len(day(b)))
	if a[:n] == b[:n] {
		return true
	}
	from, err := time.Parse(time.DateOnly, day(a))
	to, err2 := time.Parse(time.DateOnly, day(b))
	return err == nil && err2 == nil && from.Sub(to).Abs() <= 24*time.Hour
}

// swapped tells two days that differ only in which number is the month.
func swapped(a, b string) bool {
	return len(a) >= 10 && len(b) >= 10 && a[:4] == b[:4] && a[5:7] == b[8:10] && a[8:10] == b[5:7]
}

// isoPrefix is the date, or date and time to the second, that a text in the form
// of ISO 8601 begins with; empty for none.
func isoPrefix(s string) string {
	const form = "0000-00-00T00:00:00"
	n := 0
	for n < len(s) && n < len(form) && (s[n] == form[n] && form[n] != '0' || form[n] == '0' && s[n] >= '0' && s[n] <= '9' || n == 10 && s[n] == ' ') {
		n++
	}
	switch {
	case n == len(form):
		return s[:n]
	case n >= 10:
		return s[:10]
	}
	return ""
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
	first, apart := "", dom.ID(1<<30) // the plain time nearest to the headline
	head := max(0, p.heading())
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
		if !isPublished && !isModified && !isTime || p.inComments(id) || isPublished && p.foreign(id) {
			continue
		}
		switch {
		case isPublished && published == "":
			published = p.stated(id, read)
		case isModified && modified == "":
			modified = p.stated(id, read)
		case isTime && p.Tag(id) == atom.Time:
			far := id - head
			if far < 0 {
				far = -2 * far
			}
			if far < apart && (!p.aside(id) || id > head && far <= maxFar || id < head && far <= 4*maxFar) && !p.saysUpdated(id) {
				if iso := p.stated(id, read); iso != "" {
					first, apart = iso, far
				}
			}
		}
	}
	if published == "" {
		published = first
	}
	return published, modified
}

// maxFar is how many nodes may lie between the headline and a time that stands in
// a part beside the article.
const maxFar = 20

// updatedWords say that a date beside them is that of a change; lower case.
var updatedWords = []string{"updated", "last updated", "last modified", "modified", "last reviewed", "reviewed", "last edited", "edited", "aktualisiert", "zuletzt", "letzte", "geändert", "bearbeitet", "mis à jour", "mise à jour", "modifié", "actualizado", "última", "aggiornato", "modificato", "bijgewerkt", "oppdatert", "uppdaterad", "opdateret", "aktualizacja", "обновлено", "page updated", "page last"}

// saysUpdated tells whether the text right before a time says that it is the one
// of a change.
func (p *page) saysUpdated(id dom.ID) bool {
	for n := id - 1; n >= max(0, id-6); n-- {
		if p.IsText(n) {
			if s := strings.ToLower(strings.TrimSpace(p.Nodes[n].Raw.Data)); s != "" {
				return len(s) < 60 && anyPrefix(s, updatedWords)
			}
		}
	}
	return false
}

// dateWords are words of class names whose element shows the date of the article.
var dateWords = dom.NewNames(`date datum fecha datetime pubdate published publish publication posted dateline timestamp time created submitted meta byline
	postmetadata postinfo info authored details timedata docdata`)

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

// visibleTime is a date in the text: of the lines around the headline, else of an
// element classed as one, else at the beginning or the end of the text, or of a
// line that says what it is.
func (p *page) visibleTime(read func(string) string) string {
	if iso := p.shownTime(); iso != "" {
		return iso
	}
	find := p.finder()
	for id := dom.ID(0); id < p.Len(); id++ {
		if p.Nodes[id].Class == "" || p.IsText(id) || !p.named(id, dateWords) || p.inComments(id) || p.aside(id) {
			continue
		}
		if text, ok := p.Short(id, 300); ok && !anyPrefix(strings.ToLower(text), updatedWords) {
			if iso := find(text); iso != "" {
				return iso
			}
		}
	}
	if iso := p.statedTime(find); iso != "" {
		return iso
	}
	if root := p.container(); root != dom.None {
		if iso := p.nearTime(root, 1, 20, false, find); iso != "" {
			return iso
		}
		if iso := p.opensWith(root); iso != "" {
			return iso
		}
		if iso := p.nearTime(p.End(root)-1, -1, 10, false, find); iso != "" {
			return iso
		}
	}
	if head := p.heading(); head != dom.None {
		return p.nearTime(p.End(head), 1, 12, true, find)
	}
	return ""
}

// changeTime is the time that is shown at the headline or at the text as that of
// the last change.
func (p *page) changeTime() string {
	find := p.finder()
	p.changes = true
	defer func() { p.changes = false }()
	if head := p.heading(); head != dom.None {
		if iso := p.nearTime(p.End(head), 1, 15, false, find); iso != "" {
			return iso
		}
		if iso := p.nearTime(head-1, -1, 15, false, find); iso != "" {
			return iso
		}
	}
	if root := p.container(); root != dom.None {
		if iso := p.nearTime(root, 1, 20, false, find); iso != "" {
			return iso
		}
		return p.nearTime(p.End(root)-1, -1, 10, false, find)
	}
	return ""
}

// finder reads the first date in a text, to the day at least.
func (p *page) finder() func(string) string {
	order := p.order()
	return func(s string) string {
		if len(s) > 300 || !strings.ContainsAny(s, "0123456789") {
			return ""
		}
		if iso, _, _, ok := when.Find(s, order); ok && plausible(iso) && len(iso) >= 10 {
			return iso
		}
		return ""
	}
}

// Lines around the headline in which a date is looked for, and the letters that
// may stand beside it: in any line, and in one that is about the date.
const (
	shownBelow  = 10
	shownBeside = 60
	shownPlain  = 20
)

// shownTime is the date in the short lines right below the headline, else right
// above it, lines that are about a date first; one that is said to be that of a
// change is not meant. Whether it is such a line is kept in p.plain.
func (p *page) shownTime() string {
	if p.showed {
		return p.shownAt
	}
	p.showed = true
	head := p.heading()
	if head == dom.None {
		return ""
	}
	var plain, other [2]string // below and above
	seen, before := 0, ""
	for _, line := range p.linesFrom(max(0, head-linesAbove)) {
		if line.at > head && line.at < p.End(head) {
			continue
		}
		after := 1
		if line.at > head {
			if after, seen = 0, seen+1; seen > shownBelow {
				break
			}
		}
		label := before // the line before
		before = strings.ToLower(line.text)
		if line.text == "" || len(line.text) > 160 || len(before) != len(line.text) || p.inComments(line.at) || after == 1 && p.aside(line.at) {
			continue
		}
		iso, start, end, ok := when.Find(line.text, p.order())
		if !ok || len(iso) < len("2006-01-02") || !plausible(iso) {
			continue
		}
		if containsAny(before[:start], updatedWords) || start == 0 && len(label) < 40 && !strings.ContainsAny(label, "0123456789") && anyPrefix(label, updatedWords) {
			continue
		}
		switch n := letters(line.text[:start]) + letters(line.text[end:]); {
		case (n <= shownPlain || n <= shownBeside && after == 0 && seen <= 2) && (after == 1 || plain[0] == ""): // above, the nearest
			plain[after] = iso
		case n <= shownBeside && (after == 1 || other[0] == ""):
			other[after] = iso
		}
	}
	for i, iso := range []string{plain[0], plain[1], other[0], other[1]} {
		if iso != "" {
			p.shownAt, p.plain = iso, i < 2
			break
		}
	}
	return p.shownAt
}

func containsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// opensWith is the date that one of the first paragraphs of the text begins with.
func (p *page) opensWith(root dom.ID) string {
	count := 0
	for line := range p.lines(root, p.End(root)) {
		if count++; count > 8 {
			return ""
		}
		s := p.Nodes[line.at].Raw.Data
		if len(s) > 80 {
			s = strings.ToValidUTF8(s[:80], "")
		}
		s = strings.TrimLeft(strings.TrimSpace(s), "([")
		if !strings.ContainsAny(s, "0123456789") || p.droppedIn(line.at, root) {
			continue
		}
		if iso, start, _, ok := when.Find(s, p.order()); ok && start == 0 && len(iso) >= 10 && plausible(iso) {
			return iso
		}
	}
	return ""
}

// updatedTime is the time that the microformat hAtom gives as that of a change:
// blogs that state no other mean that of publication.
func (p *page) updatedTime(read func(string) string) string {
	id := p.FirstIn(0, p.Len(), func(id dom.ID) bool {
		return p.HasClass(id, "updated", "dt-updated") && !p.inComments(id) && !p.aside(id)
	})
	if id == dom.None {
		return ""
	}
	return p.stated(id, read)
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
			if iso := find(s); iso != "" && (anywhere || !p.aside(id)) && (p.changes || !anyPrefix(strings.ToLower(strings.TrimSpace(s)), updatedWords) && !p.saysUpdated(id)) {
				return iso
			}
		}
	}
	return ""
}

// aside tells a node in a part of the page beside the article: a sidebar, a
// list of related articles, the site's footer.
func (p *page) aside(id dom.ID) bool { return p.side[id]&sideAside != 0 }

// pathDate is the date in the path of an address: /2017/09/12/ or /20170912_x.
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
	for i := 3; i < len(parts); i++ {
		s := parts[i]
		if len(s) > 8 && digits(s[:8], 8) && (s[:2] == "19" || s[:2] == "20") && strings.ContainsAny(s[8:9], "-_.") {
			if _, err := time.Parse("20060102", s[:8]); err == nil {
				return s[:4] + "-" + s[4:6] + "-" + s[6:8]
			}
		}
	}
	return ""
}
