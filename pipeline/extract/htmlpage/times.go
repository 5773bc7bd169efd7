package htmlpage

import (
	"strings"
	"time"

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
	created := firstOf(posting.Get("dateCreated").String())
	published = firstOf(posting.Get("datePublished").String(), created, posting.Get("uploadDate").String())
	modified = firstOf(posting.Get("dateModified").String())
	if published != "" && published == modified && created != "" && day(created) < day(published) {
		published = created // the template states the time of the last change as that of publication
		if pub, _ := p.markedTimes(read); day(created) < day(pub) && day(pub) < day(modified) {
			published = pub
		}
	}
	if again := firstOf(m["article:published_time"]...); again != "" && published != "" && day(again) != day(published) && day(p.shownTime()) == day(again) {
		published = again // two are stated, and this is what the readers see
	}
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
	} else if len(published) < len(time.DateOnly) {
		if shown := p.shownTime(); strings.HasPrefix(shown, published) {
			published = shown // the page states the month or the year alone
		}
	} else if shown := p.shownTime(); p.plain && day(shown) < day(published) && !swapped(shown, published) && (p.timed || day(modified) <= day(published)) {
		// Templates that state the time of the last change as that of publication
		// show the true one; and a line with the clock knows better than a day
		// alone, which may be that of the printed issue, or a time without a zone.
		clock := len(shown) > len(time.DateOnly) && !strings.ContainsAny(published[min(len(published), len(time.DateOnly)):], "Z+-")
		if clock || !near(shown, published) {
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
	if published == "" {
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
		if len(s) < 6 || len(s) > 120 || !dom.HasDigit(s) || !strings.ContainsAny(s, "./-") {
			continue
		}
		if s = strings.TrimSpace(s); len(s) >= 6 && len(s) <= 60 {
			samples = append(samples, s)
		}
	}
	p.dateOrder, p.learned = when.Learn(samples, p.lang), true
	return p.dateOrder
}

// finder reads the first date in a text, to the day at least.
func (p *page) finder() func(string) string {
	order := p.order()
	return func(s string) string {
		if len(s) > 300 || !dom.HasDigit(s) {
			return ""
		}
		if iso, _, _, ok := when.Find(s, order); ok && plausible(iso) && len(iso) >= 10 {
			return iso
		}
		return ""
	}
}
