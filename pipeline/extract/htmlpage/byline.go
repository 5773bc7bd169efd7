package htmlpage

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/pipeline/extract/htmlpage/jsonld"
)

// byline is what one place of the page says about who wrote the article.
type byline struct {
	people, organizations []string
	owner                 string // a person whose name the site has
	hosted                string // one whose name the host has
}

// add reads the names in a text. A name that is the site's is an organization's.
func (b *byline) add(p *page, text, site string) {
	bare := dropOpeners(dom.Squeeze(text))
	whole := compact(bare)
	if own := compact(site); whole != "" && (whole == own || len(whole) >= 5 && (strings.HasPrefix(own, whole) || whole == hostName(p.host()))) {
		if name := strings.Trim(bare, " .:;*"); len(name) <= 80 && !strings.Contains(name, "://") {
			b.organizations = appendNew(b.organizations, name)
			if n := strings.Count(name, " "); (n == 1 || n == 2) && capital(name) && isName(name) && !isOrganization(name) && !hasRole(name) {
				switch whole {
				case compact(site):
					b.owner = name
				case hostName(p.host()):
					b.hosted = name
				}
			}
		}
		return
	}
	people, organizations := credits(text)
	for _, name := range people {
		if f := compact(name); f == compact(site) || f == hostName(p.host()) || f == compact(p.host()) {
			b.organizations = appendNew(b.organizations, name)
			continue
		}
		b.people = appendNew(b.people, name)
	}
	for _, name := range organizations {
		b.organizations = appendNew(b.organizations, name)
	}
}

// hostName is the name in a host, without what stands before and behind it, compact.
func hostName(host string) string {
	labels := strings.Split(host, ".")
	if len(labels) < 2 {
		return compact(host)
	}
	n := len(labels) - 2
	if len(labels[n]) <= 3 && n > 0 { // co.uk
		n--
	}
	return compact(labels[n])
}

// maxCredits bounds the texts of one place that are read for names.
const maxCredits = 100

// authors are the persons of the byline, from the most reliable place that names
// one; an organization only where no place names a person. A line "By NAME" at
// the headline goes before what meta elements say, which is often who runs the
// site or put the article into it; and where a line names the same persons and
// more, it names all.
func (p *page) authors(m metaTags, site string) []string {
	read := func(texts []string) byline {
		var b byline
		for _, text := range texts[:min(len(texts), maxCredits)] {
			b.add(p, text, site)
		}
		return b
	}
	sources := []func() []string{
		p.statedAuthors,
		nil,
		p.markedAuthors,
		p.classedAuthors,
		p.linkedAuthors,
		p.writtenAuthors,
	}
	found := make([]*byline, len(sources))
	names := choose(len(sources), func(i int) *byline {
		if found[i] == nil {
			var b byline
			if i == fromMeta {
				b = metaByline(m, read)
			} else {
				b = read(sources[i]())
			}
			found[i] = &b
		}
		return found[i]
	})
	// A line "By NAME" at the headline says it to the readers; what is stated
	// elsewhere is often who runs the site or put the article into it.
	if opened := p.openedByline(); opened != "" {
		if b := read([]string{opened}); len(b.people) > 0 && strings.Contains(b.people[0], " ") && !shareNames(names, b.people) {
			return b.people
		}
	}
	person := false
	for _, b := range found {
		person = person || b != nil && len(names) > 0 && (b.owner == names[0] || b.hosted == names[0] || slices.Contains(b.people, names[0]))
	}
	if !person {
		switch b := read(p.elsewhere(names)); {
		case len(b.people) > 0:
			return b.people
		case b.owner != "":
			return []string{b.owner}
		case b.hosted != "":
			return []string{b.hosted}
		}
	}
	// Programs that state one author show all.
	if len(names) == 1 && strings.Contains(names[0], " ") {
		for _, place := range []func() []string{p.classedAuthors, p.nearByline} {
			if b := read(place()); len(b.people) > 1 && fold(b.people[0]) == fold(names[0]) && !slices.ContainsFunc(b.people, func(s string) bool { return !isFullName(s) }) {
				return b.people
			}
		}
	}
	return names
}

// shareNames tells whether two bylines have a name in common, as far as one of
// them begins with the other's.
func shareNames(a, b []string) bool {
	for _, x := range a {
		for _, y := range b {
			if x, y := compact(x), compact(y); strings.HasPrefix(x, y) || strings.HasPrefix(y, x) {
				return true
			}
		}
	}
	return false
}

// Places that name authors, in their order.
const (
	fromJSON = iota
	fromMeta
	fromMarks
	fromClasses
	fromLinks
	fromText
)

// choose picks the byline of the first place that names a person. An editorial
// team that JSON-LD or meta elements state is the author, whomever weaker places
// name; so is who has given the site the own name, before links and lines of text.
// The account that JSON-LD or meta elements state gives way to a visible byline
// in full.
func choose(places int, found func(int) *byline) []string {
	var names, organizations []string
	owner := ""
	for i := range places {
		b := found(i)
		organizations = append(organizations, b.organizations...)
		if owner == "" {
			if owner = b.owner; owner == "" && i == fromMeta {
				owner = b.hosted
			}
		}
		if i == fromLinks && owner != "" {
			return []string{owner}
		}
		if len(b.people) == 0 {
			continue
		}
		if i >= fromClasses && len(organizations) > 0 && isTeam(organizations[0]) {
			break
		}
		if names = b.people; i <= fromMeta && len(names) == 1 && !strings.Contains(names[0], " ") {
			for _, from := range []int{fromClasses, fromText} {
				if visible := found(from).people; len(visible) > 0 && strings.Contains(visible[0], " ") {
					return visible
				}
			}
		}
		return names
	}
	if len(organizations) > 0 {
		return organizations[:1]
	}
	return nil
}

// appendNew appends a name that is not there yet, case aside.
func appendNew(names []string, name string) []string {
	if len(names) >= 30 {
		return names
	}
	for _, n := range names {
		if fold(n) == fold(name) {
			return names
		}
	}
	return append(names, name)
}

// statedAuthors are those of the JSON-LD article: persons, else organizations.
func (p *page) statedAuthors() []string {
	var people, others []string
	for _, key := range []string{"author", "creator"} {
		for _, v := range p.posting().Get(key).All() {
			v = p.data.Follow(v)
			name := v.String()
			if v.Kind == jsonld.Object {
				name = v.Get("name").String()
				if name == "" {
					name = dom.Squeeze(v.Get("givenName").String() + " " + v.Get("familyName").String())
				}
			}
			if v.Kind == jsonld.Object && !v.Is("Person") && len(v.Types()) > 0 {
				others = append(others, name)
				continue
			}
			people = append(people, name)
		}
		if len(people) > 0 {
			return append(people, others...)
		}
	}
	return others
}

// authorMeta are names of meta elements that state the author, the surest first.
var authorMeta = []string{
	"citation_author", "citation_authors", "parsely-author", "sailthru.author", "author", "article:author", "og:article:author", "article_author", "dc.creator", "dcterms.creator", "dc.creator.creator",
	"byl", "cxenseparse:author", "article:author_name", "dc.contributor",
}

// metaByline is the byline of the first of the meta elements that names a person,
// else of the first that names anybody.
func metaByline(m metaTags, read func([]string) byline) byline {
	var first byline
	named := false
	try := func(texts []string) bool {
		b := read(texts)
		if !named || len(b.people) > 0 {
			first = b
		}
		named = named || len(b.organizations) > 0
		return len(b.people) > 0
	}
	for _, key := range authorMeta {
		var out []string
		for _, s := range m[key] {
			if strings.Contains(s, "://") {
				continue // a profile
			}
			if key[0] == 'c' || key[0] == 'd' {
				s = firstNameFirst(s)
			}
			out = append(out, s)
		}
		if len(out) > 0 && try(out) {
			return first
		}
	}
	for _, n := range []string{"1", "2"} {
		if label := strings.ToLower(m.first("twitter:label" + n)); strings.HasSuffix(label, "by") || label == "author" || strings.HasSuffix(label, "von") {
			if try(m["twitter:data"+n]) {
				break
			}
		}
	}
	return first
}

// firstNameFirst turns "Pike, Una" of bibliographies round.
func firstNameFirst(s string) string {
	last, first, ok := strings.Cut(s, ",")
	first, last = strings.TrimSpace(first), strings.TrimSpace(last)
	if !ok || strings.ContainsAny(first, ",;") || strings.Count(last, " ") > 1 || strings.Count(first, " ") > 2 || first == "" || degree(first) || !capital(first) {
		return s
	}
	if strings.Contains(last, " ") && strings.Contains(first, " ") {
		return s // two names
	}
	return first + " " + last
}

// markedAuthors are elements whose markup says that they name the author.
func (p *page) markedAuthors() []string {
	var item, rel []string
	lastItem, lastRel := dom.ID(-1), dom.ID(-1)
	for id := dom.ID(0); id < p.Len(); id++ {
		if p.IsText(id) || len(p.Nodes[id].Raw.Attr) == 0 {
			continue
		}
		switch {
		case p.HasToken(id, "itemprop", "author") || p.HasToken(id, "itemprop", "creator"):
			if p.inComments(id) || p.foreign(id) || lastItem >= 0 && !p.joined(lastItem, id) {
				continue
			}
			name := p.FirstIn(id+1, min(p.End(id), id+100), func(n dom.ID) bool { return p.HasToken(n, "itemprop", "name") })
			s := ""
			if name != dom.None {
				if s = p.Attr(name, "content"); s == "" {
					s, _ = p.Short(name, maxByline)
				}
			} else if s = p.Attr(id, "content"); s == "" {
				s = p.line(id, maxByline)
			}
			if s != "" {
				item = append(item, s)
				lastItem = p.End(id)
			}
		case p.HasToken(id, "rel", "author") && p.Tag(id) == atom.A && !p.inComments(id) && !p.beside(id):
			if lastRel >= 0 && !p.joined(lastRel, id) || p.otherCredit(id) {
				continue
			}
			if s := p.line(id, maxByline); s != "" {
				rel = append(rel, s)
				lastRel = p.End(id)
			}
		}
	}
	if len(item) > 0 {
		return item
	}
	return rel
}

// Bounds of what may stand between two authors of one article: nodes, and letters
// of words such as "and".
const (
	maxApart  = 40
	maxJoined = 6
)

// joined tells whether nothing but a word or a comma stands between the end of one
// author's name and the next.
func (p *page) joined(end, next dom.ID) bool {
	if next < end || next > end+maxApart {
		return false
	}
	n := int32(0)
	for id := end; id < next; id++ {
		if p.IsText(id) && !dom.Unseen(p.Tag(p.Parent(id))) {
			if n += letters(p.Nodes[id].Raw.Data); n > maxJoined {
				return false
			}
		}
	}
	return true
}

// otherCredit tells whether the text right before a node says that it names
// somebody who did something else than write the article.
func (p *page) otherCredit(id dom.ID) bool {
	for n := id - 1; n >= max(0, id-12); n-- {
		if !p.IsText(n) {
			continue
		}
		if s := dom.Squeeze(p.Nodes[n].Raw.Data); s != "" {
			if len(s) > 80 {
				s = s[len(s)-80:]
			}
			s = strings.ToLower(strings.TrimLeft(s, "|·•,–- "))
			return anyPrefix(s, otherOpeners)
		}
	}
	return false
}

// foreign tells a property in the scope of something else than the article: a
// comment, a work that it cites, a review.
func (p *page) foreign(id dom.ID) bool {
	scope := p.Above(id, func(n dom.ID) bool { return p.Has(n, "itemscope") })
	if scope == dom.None {
		return false
	}
	kind := p.Attr(scope, "itemtype")
	if strings.HasSuffix(kind, "Comment") || strings.HasSuffix(kind, "UserComments") || strings.HasSuffix(kind, "ImageObject") || strings.HasSuffix(kind, "VideoObject") {
		return true
	}
	prop := p.Attr(scope, "itemprop")
	return prop == "citation" || prop == "comment" || prop == "isPartOf" || prop == "isBasedOn" || prop == "review"
}

// line is the text of an element where no more than most bytes, with a bar
// between what stands on lines of its own or runs into what is before it.
func (p *page) line(id dom.ID, most int) string {
	if s, ok := p.Short(id, most); !ok || s == "" {
		return ""
	}
	var b strings.Builder
	broken := false
	for n := id; n < p.End(id); n++ {
		switch {
		case !p.IsText(n):
			if dom.Unseen(p.Tag(n)) || p.hiddenNode(n) && n != id {
				n = p.End(n) - 1
			} else if dom.Breaks(p.Tag(n)) || p.Tag(n) == atom.Time {
				broken = true
			}
		case strings.TrimSpace(p.Nodes[n].Raw.Data) == "":
			b.WriteByte(' ')
		default:
			s := p.Nodes[n].Raw.Data
			last, _ := utf8.DecodeLastRuneInString(b.String())
			first, _ := utf8.DecodeRuneInString(s)
			if before := strings.ToLower(dom.Squeeze(b.String())); before != "" && broken && !label(before) && !strings.HasSuffix(before, ",") || wordRune(last) && wordRune(first) {
				b.WriteString(" | ")
			} else if broken {
				b.WriteByte(' ')
			}
			broken = false
			b.WriteString(s)
		}
	}
	return dom.Squeeze(b.String())
}

func wordRune(r rune) bool {
	return r != utf8.RuneError && compact(string(r)) != ""
}

// label tells a line that only announces the author's name; lower case.
func label(s string) bool {
	s = strings.TrimRight(s, " :")
	for _, o := range openers {
		if strings.TrimRight(o, " :") == s {
			return true
		}
	}
	return false
}

// beside tells a node in a part of the page that is about other articles.
func (p *page) beside(id dom.ID) bool { return p.side[id]&(sideAside|sideAbout) == sideAside }

// credited tells a text that is an account or begins with the name of a person or an
// organization.
func credited(s string) bool {
	people, organizations := credits(s)
	if len(people) == 0 {
		return len(organizations) > 0 && capital(organizations[0])
	}
	return capital(people[0]) || !strings.Contains(s, " ")
}

// inProse tells a node inside of a paragraph of running text.
func (p *page) inProse(id dom.ID) bool {
	for up := p.Parent(id); up != dom.None; up = p.Parent(up) {
		if dom.Breaks(p.Tag(up)) {
			own := p.stats[up].chars
			return own >= minParagraph*4 && p.stats[up].linked*2 < own
		}
	}
	return false
}

// heading is the heading that is the article's title, else the first h1; None
// where there is none.
func (p *page) heading() dom.ID {
	if p.head > 0 {
		return p.head
	}
	if h1s := p.headlines(); len(h1s) > 0 {
		return h1s[0]
	}
	return dom.None
}
