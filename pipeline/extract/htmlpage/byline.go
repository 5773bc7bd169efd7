package htmlpage

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/pipeline/extract/htmlpage/jsonld"
)

// authors are the persons of the byline, from the most reliable place that
// names one; an organization only where no place names a person.
func (p *page) authors(m metaTags, site string) []string {
	var others []string
	for _, source := range []func() []string{
		func() []string { return p.statedAuthors() },
		func() []string {
			var out []string
			for _, key := range []string{"author", "article:author", "og:article:author", "dc.creator", "dcterms.creator", "dc.creator.creator", "citation_author", "parsely-author", "sailthru.author", "byl", "cxenseparse:author", "article:author_name", "twitter:data1"} {
				if key == "twitter:data1" && !strings.Contains(strings.ToLower(m.first("twitter:label1")), "by") {
					continue
				}
				if out = append(out, m[key]...); len(out) > 0 && key != "article:author" {
					return out
				}
			}
			return out
		},
		func() []string { return p.markedAuthors() },
		func() []string { return p.bylines() },
	} {
		var names []string
		for _, text := range source() {
			for _, name := range persons(text) {
				switch {
				case fold(name) == fold(site) || isOrganization(name) || compact(name) == compact(strings.TrimSuffix(p.host(), ".")):
					others = appendNew(others, name)
				default:
					names = appendNew(names, name)
				}
			}
		}
		if len(names) > 0 {
			return names
		}
	}
	if len(others) > 1 {
		others = others[:1]
	}
	return others
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

// statedAuthors are those of the JSON-LD article.
func (p *page) statedAuthors() []string {
	var people, others []string
	for _, key := range []string{"author", "creator"} {
		for _, v := range p.posting().Get(key).All() {
			v = p.data.Follow(v)
			name := v.String()
			if v.Kind == jsonld.Object {
				name = v.Get("name").String()
			}
			if v.Kind == jsonld.Object && !v.Is("Person") && len(v.Types()) > 0 {
				others = append(others, name)
				continue
			}
			people = append(people, name)
		}
		if len(people) > 0 {
			return people
		}
	}
	return others
}

// markedAuthors are elements whose markup says that they name the author.
func (p *page) markedAuthors() []string {
	var item, rel []string
	for id := dom.ID(0); id < p.Len(); id++ {
		if p.IsText(id) || len(p.Nodes[id].Raw.Attr) == 0 {
			continue
		}
		switch {
		case p.HasToken(id, "itemprop", "author") || p.HasToken(id, "itemprop", "creator"):
			if p.inComments(id) {
				continue
			}
			name := p.FirstIn(id+1, min(p.End(id), id+100), func(n dom.ID) bool { return p.HasToken(n, "itemprop", "name") })
			s := ""
			if name != dom.None {
				if s = p.Attr(name, "content"); s == "" {
					s, _ = p.Short(name, maxByline)
				}
			} else if s = p.Attr(id, "content"); s == "" {
				s, _ = p.Short(id, maxByline)
			}
			item = append(item, s)
		case p.HasToken(id, "rel", "author") && p.Tag(id) == atom.A && !p.inComments(id):
			s, _ := p.Short(id, maxByline)
			rel = append(rel, s)
		}
	}
	if len(item) > 0 {
		return item
	}
	return rel
}

// bylineRank tells how surely a class name says that its element holds the
// author's name: 0 for names like author-name, 1 for byline and post-author, 2
// for others with such a word in them; 9 for none and for what stands beside it.
func bylineRank(class string) int {
	if class == "" || len(class) > maxNames {
		return 9
	}
	best := 9
	for name := range strings.FieldsSeq(class) {
		who, label, last := false, false, ""
		for word := range strings.FieldsFuncSeq(name, func(r rune) bool { return r < 'a' || r > 'z' }) {
			switch word {
			case "authorname":
				who, label = true, true
			case "author", "authors", "byline", "bylines", "autor", "autoren", "auteur", "writer", "reporter", "authored", "theauthor", "verfasser", "postauthor":
				who = true
			case "name", "names", "link":
				label = true
			case "avatar", "image", "img", "photo", "bio", "description", "box", "social", "icon", "pic", "picture", "role", "title", "job", "position", "posts", "more", "archive", "date", "follow", "wrap", "container", "wrapper", "info", "meta", "block", "section", "details", "list", "card":
				if who && word != "date" && word != "info" && word != "meta" && word != "wrap" && word != "wrapper" && word != "container" && word != "block" && word != "list" && word != "details" && word != "card" && word != "section" {
					who = false
				}
				last = "box"
				continue
			}
			last = word
		}
		switch {
		case !who:
		case label:
			best = min(best, 0)
		case last != "box":
			best = min(best, 1)
		default:
			best = min(best, 2)
		}
	}
	return best
}

// maxByline bounds a byline in bytes; what is longer is a biography.
const maxByline = 160

// bylines are the texts of elements classed as a byline outside of comments and
// of other articles' boxes, the surest class first; else of links to a page of
// an author, else of a line "By NAME".
func (p *page) bylines() []string {
	best, rank := "", 9
	for id := dom.ID(0); id < p.Len() && rank > 0; id++ {
		if p.Nodes[id].Class == "" {
			continue
		}
		n := bylineRank(p.Nodes[id].Class)
		if n >= rank || p.inComments(id) || p.beside(id) {
			continue
		}
		at := id
		if fn := p.FirstIn(id+1, min(p.End(id), id+60), func(x dom.ID) bool { return p.HasClass(x, "fn", "author-name", "byline-name") }); fn != dom.None {
			at = fn
		}
		if s, ok := p.Short(at, maxByline); ok && len(persons(s)) > 0 {
			best, rank = s, n
		}
	}
	if best != "" {
		return []string{best}
	}
	for id := dom.ID(0); id < p.Len(); id++ {
		if p.Tag(id) != atom.A || p.inComments(id) || p.beside(id) {
			continue
		}
		href := strings.ToLower(p.Attr(id, "href"))
		if strings.Contains(href, "/author/") || strings.Contains(href, "/authors/") || strings.Contains(href, "/autor/") || strings.Contains(href, "/autoren/") || strings.Contains(href, "/auteur/") {
			if s, ok := p.Short(id, maxByline); ok && len(persons(s)) > 0 {
				return []string{s}
			}
		}
	}
	if names := p.written(); names != nil {
		return names
	}
	return p.nearByline()
}

// nearByline is an element classed as a byline near the headline, even where it
// stands in an aside.
func (p *page) nearByline() []string {
	h1s := p.headlines()
	if len(h1s) == 0 {
		return nil
	}
	for id := max(0, h1s[0]-60); id < min(p.Len(), p.End(h1s[0])+200); id++ {
		if p.Nodes[id].Class == "" || bylineRank(p.Nodes[id].Class) > 1 || p.inComments(id) {
			continue
		}
		if s, ok := p.Short(id, maxByline); ok && len(persons(s)) > 0 {
			return []string{s}
		}
	}
	return nil
}

// beside tells a node in a part of the page that is about other articles.
func (p *page) beside(id dom.ID) bool { return p.side[id]&(sideAside|sideAbout) == sideAside }

// written finds a line "By NAME" that stands alone near the headline.
func (p *page) written() []string {
	start := dom.ID(0)
	if h1s := p.headlines(); len(h1s) > 0 {
		start = max(0, h1s[0]-60)
	}
	for id, n := start, 0; id < p.Len() && n < 160; id++ {
		if !p.IsText(id) || p.Parent(id) == dom.None || dom.Unseen(p.Tag(p.Parent(id))) || p.inComments(id) {
			continue
		}
		s := p.Nodes[id].Raw.Data
		if len(s) > 400 {
			n++
			continue
		}
		if s = dom.Squeeze(s); s == "" {
			continue
		}
		n++
		if len(s) > 70 || p.beside(id) {
			continue
		}
		lower := strings.ToLower(s)
		for _, by := range []string{"by ", "von ", "par ", "written by ", "submitted by ", "enviado por ", "publicado por ", "eingestellt von ", "verfasst von ", "geschrieben von ", "publié par ", "rédigé par ", "scritto da ", "text: ", "por ", "published by ", "posted by ", "autor: ", "author: "} {
			if strings.HasPrefix(lower, by) {
				if names := persons(s); len(names) > 0 && strings.Contains(names[0], " ") && capital(names[0]) {
					return []string{s}
				}
			}
		}
		switch strings.TrimRight(lower, " :") {
		case "by", "von", "par", "written by", "published by", "posted by", "author", "autor", "autorin", "text", "por":
			for next := id + 1; next < min(id+8, p.Len()); next++ {
				if p.IsText(next) {
					if t := dom.Squeeze(p.Nodes[next].Raw.Data); t != "" {
						if names := persons(t); len(t) < 70 && len(names) > 0 && capital(names[0]) {
							return []string{t}
						}
						break
					}
				}
			}
		}
	}
	return nil
}

// capital tells whether the first word and the last begin with no small letter.
func capital(name string) bool {
	fields := strings.Fields(name)
	for _, f := range []string{fields[0], fields[len(fields)-1]} {
		if r, _ := utf8.DecodeRuneInString(f); unicode.IsLower(r) {
			return false
		}
	}
	return true
}

// openers begin a byline and are no part of a name; lower case.
var openers = []string{
	"written by", "posted by", "published by", "reported by", "reviewed by", "story by", "words by", "text by", "article by", "submitted by",
	"enviado por", "publicado por", "eingestellt von", "gepostet von", "geschrieben von", "veröffentlicht von", "verfasst von", "ein beitrag von", "ein artikel von", "eine kolumne von", "ein kommentar von",
	"gastbeitrag von", "erstellt von", "interview von", "von:", "von", "par", "by:", "by", "publié par", "écrit par", "rédigé par", "por", "escrito por",
	"di", "scritto da", "da", "door", "av", "autor:", "autorin:", "autor", "autorin", "author:", "author", "authors:", "auteur:", "auteur :", "text:", "text",
	"interview:", "und interview:", "text und interview:", "redaktion:", "foto:", "photo by", "about the author", "contributed by", "blogger:",
}

// persons reads the names out of the text of a byline. Roles, dates, places and
// addresses are dropped; what cannot be a name gives nothing.
func persons(text string) []string {
	text = dom.Squeeze(strings.ReplaceAll(text, "\u00a0", " "))
	if text == "" || len(text) > 400 {
		return nil
	}
	text = dropOpeners(text)
	for _, mark := range []string{" | ", " • ", " · ", " – ", " — ", " - ", " / ", "|", "•", "·"} {
		if i := strings.Index(text, mark); i > 0 {
			text = text[:i]
		}
	}
	if i := strings.IndexByte(text, '('); i > 0 {
		text = text[:i]
	}
	lower := strings.ToLower(text)
	for _, mark := range []string{" on ", " am ", " posted ", " published ", " updated ", " le ", " el ", " at ", " in ", " für ", " for ", " is a ", " ist ", " im gespräch", " shares", " comments", " @", " um ", " vom "} {
		if i := strings.Index(lower, mark); i > 0 {
			text, lower = text[:i], lower[:i]
		}
	}
	// Casing may change the length of a text; then its offsets are of no use.
	for _, sep := range []string{" und ", " and ", " et ", " & ", " y ", " e ", ";", " with ", " mit ", " sowie "} {
		text = strings.ReplaceAll(text, sep, "\n")
	}
	var out []string
	for part := range strings.SplitSeq(text, "\n") {
		pieces := strings.Split(part, ",")
		for i, piece := range pieces {
			piece = dropRole(dropOpeners(strings.Trim(dom.Squeeze(piece), " .:,;*\"'-–—&")))
			if !isName(piece) {
				if i == 0 {
					continue
				}
				break // a role, a place or a date: all that follows is no name either
			}
			if i > 0 && !strings.Contains(piece, " ") {
				if isDegree(piece) || len(pieces) == 2 {
					break
				}
			}
			out = append(out, piece)
		}
	}
	return out
}

func dropOpeners(s string) string {
	for range 3 {
		lower := strings.ToLower(s)
		dropped := false
		for _, o := range openers {
			if len(lower) == len(s) && strings.HasPrefix(lower, o) {
				rest := s[len(o):]
				if rest == "" {
					return ""
				}
				if strings.HasSuffix(o, ":") || rest[0] == ' ' || rest[0] == ':' {
					s, dropped = strings.TrimLeft(rest, " :"), true
					break
				}
			}
		}
		if !dropped {
			return s
		}
	}
	return s
}

// roleWords begin what somebody does, behind the name; lower case.
var roleWords = dom.NewNames(`writer editor senior junior staff content marketing manager director coordinator specialist expert founder co-founder ceo cto cfo chief head
	contributor contributing journalist reporter columnist analyst consultant author correspondent producer freelance freelancer redakteur redakteurin autor autorin
	korrespondent korrespondentin journalist journalistin chefredakteur chefredakteurin volontär volontärin geschäftsführer geschäftsführerin periodista rédacteur journaliste sponsored
	president professor lead vp vice executive product associate assistant`)

// dropRole cuts off what somebody does behind a name of at least two words.
func dropRole(s string) string {
	fields := strings.Fields(s)
	for i, f := range fields {
		if i >= 2 && roleWords[strings.ToLower(strings.Trim(f, ".,:"))] {
			return strings.Join(fields[:i], " ")
		}
	}
	return s
}

func isDegree(s string) bool {
	if len(s) > 8 {
		return false
	}
	upper := 0
	for _, r := range s {
		if unicode.IsUpper(r) {
			upper++
		}
	}
	return upper >= 2 || strings.HasSuffix(s, ".") || s == "Jr" || s == "Sr"
}

// isName tells whether s can be the name of somebody: one to six words, letters
// mostly, no address and no date.
func isName(s string) bool {
	if s == "" || len(s) > 80 || strings.ContainsAny(s, "@/<>{}=#_!?") || strings.Contains(s, "www.") || strings.Contains(s, "http") {
		return false
	}
	fields := strings.Fields(s)
	if len(fields) > 6 {
		return false
	}
	n, digits := 0, 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		} else if unicode.IsDigit(r) {
			digits++
		}
	}
	if n < 2 || digits > 2 && digits*3 > n {
		return false
	}
	lower := strings.ToLower(s)
	if noNames[lower] || len(fields) == 1 && strings.Count(s, ".") > 1 {
		return false
	}
	for _, f := range fields {
		if noNameWords[strings.ToLower(strings.Trim(f, ".,:"))] {
			return false
		}
	}
	return true
}

var noNames = dom.NewNames(`by von author autor share print email comment comments facebook twitter home unknown anonymous none null false true
	follow contact about posted published updated tags categories permalink`)

var noNameWords = dom.NewNames(`comments comment ago minutes hours views shares follow subscribe updated published posted read reading min kommentare
	januar februar april juni juli august september oktober november dezember january february june july october december uhr
	correspondent reporter editor-in-chief redakteur redakteurin korrespondent korrespondentin written author profile about everything posts
	articles beiträge artikel share print email newsletter bio publiziert zur zum artikelübersicht veröffentlicht publicado publié more`)

// organizationWords make a byline that of an organization.
var organizationWords = dom.NewNames(`team staff redaktion editors editorial admin administrator agency agentur news press presse media medien dpa afp
	reuters apa sda ap epd kna newsroom desk gmbh inc ltd llc corporation company ministerium university universität institute institut
	foundation stiftung association verein e.v online magazin magazine blog group gruppe department network rédaction redazione redacción
	webmaster contributor contributors wire service services bureau zeitung times post daily council commission club center centre society library`)

// isOrganization tells a name that is no person's.
func isOrganization(name string) bool {
	fields := strings.Fields(strings.ToLower(name))
	for _, f := range fields {
		if organizationWords[strings.Trim(f, ".,:")] {
			return true
		}
	}
	if len(fields) == 1 && len(name) <= 4 && strings.ToUpper(name) == name {
		return true // an abbreviation
	}
	return strings.Contains(name, ".com") || strings.Contains(name, ".de") || strings.Contains(name, ".org") || strings.Contains(name, ".net")
}
