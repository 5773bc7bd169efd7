package htmlpage

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
)

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
	if p.address == "" {
		return true // few pages are the home page
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

// opening is the only heading above the text, or line named as headline, where
// the title element names a place in the site, and no article: no part of it has
// more than two words, or it is the site's name. Where the page has no other
// heading at all, its title element may be anything.
func (p *page) opening(t *titles) dom.ID {
	place := true
	for _, part := range splitTitle(t.element) {
		place = place && (strings.Count(fold(part), " ") < 2 || t.isSite(part))
	}
	place = place || compact(t.element) == t.site
	found, text := dom.None, false
	for id := p.bodyElement(); id != dom.None && id < p.Len(); id++ {
		if p.drop[id] || p.hiddenNode(id) || p.aside(id) || p.inComments(id) {
			id = p.End(id) - 1
			continue
		}
		if (dom.IsTag(p.Tag(id), atom.H1, atom.H2, atom.H3, atom.H4) || p.named(id, headlineWord)) && !p.homeLink(id) && !p.linksAway(id) && !p.named(id, siteWords) {
			if s, ok := p.Short(id, maxTitle); ok && s != "" && !t.isSite(s) {
				if found != dom.None || text {
					return dom.None
				}
				found = id
			}
			id = p.End(id) - 1
			continue
		}
		if p.Tag(id) == atom.P && p.stats[id].prose >= minLead {
			if place || found == dom.None {
				return found
			}
			text = true
		}
	}
	if !text {
		return dom.None
	}
	return found
}

// headlineWord is the word of class names of a headline.
var headlineWord = dom.NewNames(`headline`)

// inFull is the line named as headline that begins with the h1 and goes on, where
// the h1 is none of the titles for readers: it was cut short for search engines.
// Where there is none it is the h1.
func (p *page) inFull(h1 dom.ID, t *titles) dom.ID {
	f := fold(p.Text(h1))
	if f == t.stated[0] || f == t.stated[1] || !strings.Contains(f, " ") {
		return h1
	}
	least := len(p.Text(h1))
	for id := dom.ID(2); id < p.Len(); id++ {
		if !p.IsText(id) || len(p.Nodes[id].Raw.Data) <= least || len(p.Nodes[id].Raw.Data) > maxTitle {
			continue
		}
		line := p.Parent(id)
		if line == id-1 && p.End(line) == id+1 && p.named(line, headlineWord) && !p.aside(line) && !p.inComments(line) && strings.HasPrefix(fold(p.Text(line)), f+" ") {
			return line
		}
	}
	return h1
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

// maxHeadline bounds a headline that no title confirms, in characters; what is
// longer is a standfirst.
const maxHeadline = 200

// shown are the h1 elements that may be the article's headline: those that stand
// beside it, among comments, or are named as the site's are none, nor are links to
// other pages where there are others.
func (p *page) shown(t *titles) []dom.ID {
	var out, teasers []dom.ID
	for _, id := range p.headlines() {
		if p.aside(id) || p.inComments(id) || p.named(id, siteWords) {
			continue
		}
		if s, ok := p.Short(id, maxTitle); !ok || s == "" || t.isSite(s) || utf8.RuneCountInString(s) > maxHeadline {
			continue
		}
		if p.linksAway(id) {
			teasers = append(teasers, id)
		} else {
			out = append(out, id)
		}
	}
	if len(out) == 0 {
		return teasers
	}
	return out
}

// linksAway tells a heading that is a link to another page.
func (p *page) linksAway(id dom.ID) bool {
	if p.address == "" || p.stats[id].linked*2 <= p.stats[id].chars {
		return false
	}
	link := p.FirstIn(id+1, p.End(id), func(n dom.ID) bool { return p.Tag(n) == atom.A && p.Has(n, "href") })
	if link == dom.None {
		link = p.Above(id, func(n dom.ID) bool { return p.Tag(n) == atom.A && p.Has(n, "href") })
	}
	if link == dom.None {
		return false
	}
	address, _, _ := strings.Cut(p.resolve(p.Attr(link, "href")), "#")
	return address != "" && address != p.address
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
	several, others := false, false
	for _, id := range p.shown(t) {
		s := p.Text(id)
		if len(compact(s)) < 3 || !t.related(fold(s)) {
			others = true
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
	if found != dom.None && others && !strings.Contains(text, " ") {
		several = true // a word in the title may well be a section
	}
	switch {
	case marks == 1:
		return marked
	case several:
		return dom.None
	}
	return found
}

// compounds tells whether a long word of one folded text is a part of a word of
// the other, as in languages that write compounds together.
func compounds(a, b string) bool {
	const least = 8
	for range 2 {
		for w := range strings.FieldsSeq(a) {
			if len(w) >= least && strings.Contains(b, w) {
				return true
			}
		}
		a, b = b, a
	}
	return false
}

// shares tells whether a folded heading and a stated title have words in common.
func (t *titles) shares(f string) bool {
	for _, s := range t.stated {
		if shareOfWords(f, s) > 0 {
			return true
		}
	}
	return false
}

// related tells whether a folded heading has a word of a stated title, or none is
// stated.
func (t *titles) related(f string) bool {
	stated := append([]string{fold(cleanTitle(t.element, t.site, t.host))}, t.parts...)
	for _, s := range stated {
		if s != "" && (shareOfWords(f, s) > 0 || strings.Contains(s, f) || compounds(f, s)) {
			return true
		}
	}
	return len(t.parts) == 0 && stated[0] == ""
}
