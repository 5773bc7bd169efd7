package htmlpage

import (
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
)

// Bounds of the search for a line that names the author.
const (
	linesAbove  = 60  // nodes before the headline
	linesBelow  = 120 // lines from there on
	linesNear   = 25  // lines below the headline that may stand in a part beside the article
	linesPenned = 12  // lines below the headline in which names without capitals are looked for
	maxWritten  = 140 // bytes of such a line
)

// writtenAuthors is a line "By NAME" from the headline on; a line that only
// announces the author, and the name below it; a name alone beside a date or above
// a role at the headline; or a name in bold or italics alone as the last line of
// the text. The name of an account gives way to one in full a few lines below.
func (p *page) writtenAuthors() []string {
	head, lines := p.headLines()
	title := ""
	if head != dom.None {
		title = fold(p.Text(head))
	}
	announced, surely, below := 0, false, 0 // lines to go in which a name may be announced; lines below the headline
	account, left := "", 0
	for i, line := range lines {
		announced--
		if left--; account != "" && left < 0 {
			return []string{account}
		}
		if line.at > head && head != dom.None {
			below++
		}
		if line.text == "" || p.inComments(line.at) || p.beside(line.at) && (below == 0 || below > linesNear) || fold(line.text) == title {
			continue
		}
		if announced > 0 && len(line.text) <= 70 && (fullNames(line.text) || surely && p.signs(line)) {
			out := []string{line.text}
			for _, more := range lines[i+1:] { // a list of them
				if !isFullName(line.text) || !isFullName(more.text) || !p.listed(line.at, more.at) {
					break
				}
				out = append(out, more.text)
			}
			return out
		}
		lower := strings.ToLower(line.text)
		if announces(lower) {
			announced, surely = 3, true
			continue
		}
		s := p.afterOpener(line.text, lower)
		if s == "" && below > 0 && len(line.text) <= 40 && (i+1 < len(lines) && p.onlyDate(lines[i+1].text) || i > 0 && p.inTime(lines[i-1].at)) {
			if rest := dropOpeners(line.text); rest != line.text && isName(rest) && !strings.Contains(rest, " ") {
				s = line.text // "by upike2", beside the date
			}
		}
		if s != "" {
			if fullNames(dropOpeners(s)) || account != "" {
				return []string{s}
			}
			account, left = s, linesAfterAccount
			continue
		}
		if below > 0 && below <= linesPenned {
			if name := penned(line.text); name != "" {
				return []string{name}
			}
		}
		if account != "" || below > aloneBelow || below == 0 && i+aloneAbove < len(lines) && lines[i+aloneAbove].at < head {
			continue
		}
		if name := p.amongDates(line.text); name != "" {
			return []string{name}
		}
		if below > 0 && p.alone(lines, i) {
			return []string{line.text}
		}
	}
	if account != "" {
		return []string{account}
	}
	return p.signed()
}

// Lines above and below the headline in which a name may stand alone or among dates.
const (
	aloneAbove = 3
	aloneBelow = 8
)

// listed tells whether two texts stand alike in one list.
func (p *page) listed(a, b dom.ID) bool {
	for range 4 {
		if a, b = p.Parent(a), p.Parent(b); a == dom.None || b == dom.None || p.Tag(a) != p.Tag(b) {
			return false
		}
		if a == b {
			return true
		}
	}
	return false
}

// linesAfterAccount are the lines below the name of an account in which another
// may stand in full.
const linesAfterAccount = 8

// headLines are the lines around the headline.
func (p *page) headLines() (head dom.ID, lines []textLine) {
	head = p.heading()
	start := dom.ID(0)
	if head != dom.None {
		start = max(0, head-linesAbove)
	}
	return head, p.linesFrom(start)
}

// Lines around the headline in which one that begins with "By" is the byline,
// whatever is stated elsewhere.
const (
	openedAbove  = 2
	openedBelow  = 8
	openedBeside = 100 // bytes of a line that is text
)

// openedByline is such a line; empty where there is none.
func (p *page) openedByline() string {
	head, lines := p.headLines()
	if head == dom.None {
		return ""
	}
	below, long, first := 0, 0, 0
	for first < len(lines) && lines[first].at < head {
		first++
	}
	for _, line := range lines[max(0, first-openedAbove):] {
		if line.at > head {
			below++
		}
		if len(line.text) > openedBeside || line.text == "" {
			long++ // standfirsts, and then the text
		}
		if below > openedBelow || below > 0 && long > 2 {
			break
		}
		if line.text == "" || p.inComments(line.at) || p.beside(line.at) && below == 0 {
			continue
		}
		lower := strings.ToLower(line.text)
		for _, o := range bylineOpeners {
			if rest, ok := strings.CutPrefix(lower, o); ok && len(lower) == len(line.text) && fullNames(line.text[len(lower)-len(rest):]) {
				return line.text
			}
		}
	}
	return ""
}

// bylineOpeners begin the lines that are taken for such; lower case.
var bylineOpeners = []string{"by ", "by: ", "by:", "written by ", "written by: ", "words by ", "words: ", "story by ", "von ", "von: ", "text: ", "autor: ", "autorin: ", "ein gastbeitrag von ", "gastbeitrag von ", "ein interview von ", "interview von ", "ein beitrag von ", "ein kommentar von ", "eine kolumne von ", "eine analyse von ", "ein artikel von ", "por ", "par "}

// signs tells a line below a label such as "Written by" that is the name of an
// account with a link to its page, or a first name with what somebody does.
func (p *page) signs(line textLine) bool {
	people, _ := credits(line.text)
	if len(people) != 1 || strings.Contains(people[0], " ") {
		return false
	}
	if line.text != people[0] {
		return capital(people[0]) && hasRole(strings.TrimPrefix(line.text, people[0]))
	}
	for up, n := p.Parent(line.at), 0; up != dom.None && n < 4; up, n = p.Parent(up), n+1 {
		if p.Tag(up) == atom.A {
			return containsAny(strings.ToLower(p.Attr(up, "href")), accountPaths)
		}
	}
	return false
}

// accountPaths are parts of addresses of the pages of a site's users.
var accountPaths = []string{"/user/", "/users/", "/profile/", "/profiles/", "/member/", "/members/", "/u/", "/@", "/author", "/people/", "user=", "profile="}

// alone tells a line at the headline that is the first and last name of somebody,
// above a line that says what somebody does; or with that behind a bar; or beside a
// date, where a picture or a link bears the same name: categories stand beside
// dates as well. The name of the site beside a date is one, too, and so is a list of
// names.
func (p *page) alone(lines []textLine, i int) bool {
	s := lines[i].text
	if name, rest, ok := strings.Cut(s, " | "); ok && len(rest) <= 60 && isFullName(name) && hasRole(rest) {
		return true
	}
	dated := i > 0 && p.onlyDate(lines[i-1].text) || i+1 < len(lines) && p.onlyDate(lines[i+1].text)
	if !isFullName(s) {
		if dated && listOfNames(s) {
			return true
		}
		return dated && len(s) <= 40 && (isTeam(s) && capital(s) || agencies.Has(strings.ToLower(s)))
	}
	if i+1 < len(lines) && isRole(lines[i+1].text) {
		return true
	}
	return dated && p.pictured(lines[i].at, s)
}

// amongDates is the name in a line of parts with bars between them, of which all
// others are dates and times: "17.05.2019 | 13:10 Uhr | Una Pike".
func (p *page) amongDates(s string) string {
	if !strings.ContainsAny(s, "0123456789") || len(s) > 100 {
		return ""
	}
	parts := strings.Split(bars.Replace(s), "\n")
	if len(parts) < 2 || len(parts) > 4 {
		return ""
	}
	name, dates := "", 0
	for _, part := range parts {
		switch part = strings.TrimSpace(part); {
		case isFullName(part) && name == "":
			name = part
		case p.onlyDate(part):
			dates++
		case len(part) <= 20 && part != "" && part[0] >= '0' && part[0] <= '9': // the time of day, or to read it
		default:
			return ""
		}
	}
	if dates == 0 {
		return ""
	}
	return name
}

// listOfNames tells a line of two names or more in full with commas between them.
func listOfNames(s string) bool {
	n := 0
	for part := range strings.SplitSeq(strings.Replace(s, " and ", ", ", 1), ", ") {
		if !isFullName(strings.TrimSpace(part)) {
			return false
		}
		n++
	}
	return n > 1
}

// agencies whose names stand in bylines alone; lower case.
var agencies = dom.NewNames(`ap afp dpa apa sda ats epd kna sid reuters ansa efe jiji kyodo xinhua tass interfax pti ians upi belga anp ritzau ntb stt pap mti europress dapd idea`)

// isFullName tells a text that is the first and last name of somebody and nothing else.
func isFullName(s string) bool {
	fields := strings.Fields(s)
	if len(fields) < 2 || len(fields) > 3 || strings.ContainsAny(s, "0123456789,.|") && !initials(fields) || !capital(s) || s == strings.ToUpper(s) {
		return false
	}
	people, _ := credits(s)
	return len(people) == 1 && people[0] == s && !hasRole(s)
}

// inTime tells a text in a time element.
func (p *page) inTime(at dom.ID) bool {
	up := p.Parent(at)
	return up != dom.None && p.Tag(up) == atom.Time
}

// isRole tells a line that says what somebody does: a few words with a role among
// them, most of them with a capital.
func isRole(s string) bool {
	fields := strings.Fields(s)
	if len(fields) == 0 || len(fields) > 6 || len(s) > 60 || strings.ContainsAny(s, "0123456789.:?!") || !hasRole(s) {
		return false
	}
	small := 0
	for _, f := range fields {
		if r := []rune(f)[0]; unicode.IsLower(r) && len(f) > 3 {
			small++
		}
	}
	return small == 0
}

// pictured tells whether a picture or the address of a link around a node bears a
// name, or a picture anywhere nothing but that name.
func (p *page) pictured(at dom.ID, name string) bool {
	const portrait = 12 // letters for "portrait of"
	slug := compact(name)
	for id := range p.Len() {
		near := id >= at-40 && id < at+20
		switch p.Tag(id) {
		case atom.Img:
			alt := p.Attr(id, "alt")
			if len(alt) >= 200 {
				continue
			}
			if alt = compact(alt); strings.Contains(alt, slug) && (near || len(alt) <= len(slug)+portrait) {
				return true
			}
			if near && strings.Contains(compact(p.Attr(id, "src")), slug) {
				return true
			}
		case atom.A:
			if href := p.Attr(id, "href"); near && len(href) < 400 && strings.HasSuffix(strings.TrimRight(compact(href), "/"), slug) {
				return true
			}
		}
	}
	return false
}

// initials tells whether all dots in a name stand behind one letter.
func initials(fields []string) bool {
	for _, f := range fields {
		if strings.ContainsAny(f, "0123456789,|") || strings.Contains(f, ".") && len(f) > 3 {
			return false
		}
	}
	return true
}

// droppedIn tells a node in a part of an element that is no part of the article.
func (p *page) droppedIn(id, root dom.ID) bool {
	for ; id != dom.None && id != root; id = p.Parent(id) {
		if p.drop[id] {
			return true
		}
	}
	return false
}

// announcements only announce the name of the author below them; lower case.
var announcements = dom.NewNames(`by von par author authors author(s) autor autorin autoren autor(en) auteur por contributors contributor text words redaktion autore door av af автор`)

// announces tells such a line, or one of a longer opener.
func announces(lower string) bool {
	lower = strings.TrimRight(lower, " :")
	if announcements.Has(lower) {
		return true
	}
	for _, o := range openers {
		if o == lower && strings.Contains(o, " ") && o != "about the author" {
			return true
		}
	}
	return false
}

// afterOpener is the line where it begins with an opener and names somebody with
// first and last name; or what stands behind "by" where a date is before it.
func (p *page) afterOpener(s, lower string) string {
	if len(s) > maxWritten || len(lower) != len(s) || strings.HasSuffix(s, "?") {
		return ""
	}
	if name := beforeClock(s); name != "" {
		return name
	}
	if anyPrefix(lower, pictureOpeners) && fullNames(s) {
		return s
	}
	for _, o := range openers {
		if !strings.HasPrefix(lower, o) || o == "author" || o == "autor" || o == "text" || o == "about the author" || o == "autorin" || o == "authors" || o == "autoren" || o == "auteur" {
			continue
		}
		rest := s[len(o):]
		if rest == "" || !p.speaks(o) {
			continue
		}
		if !strings.HasSuffix(o, ":") && rest[0] != ' ' && rest[0] != ':' && !(strings.HasSuffix(o, "by") && capital(rest) && strings.Contains(rest, " ")) { // "ByUna Pike"
			continue
		}
		if fullNames(rest) {
			return s
		}
		// An opener in two words, or a date behind it, makes an account's name one.
		if strings.Contains(o, " ") && account(rest) {
			return s
		}
		if people := persons(rest); len(people) == 1 && !strings.Contains(people[0], " ") && (strings.Contains(o, " ") || strings.HasSuffix(o, ":")) && strings.ContainsAny(rest, "0123456789") && len(cutDate(rest)) < 40 {
			return s
		}
		return ""
	}
	if !strings.ContainsAny(s, "0123456789") || len(s) > 110 {
		return ""
	}
	if name := p.filed(s); name != "" {
		return name
	}
	for _, by := range []string{" by ", " von ", " par ", " por ", " von: ", " autor: ", " autorin: ", " author: ", " redaktion: ", " by: "} {
		i := strings.LastIndex(lower, by)
		if i < 0 {
			continue
		}
		before, rest := s[:i], cutDate(s[i+len(by):])
		dated := strings.ContainsAny(before, "0123456789")
		if dated && p.onlyDate(before) || !dated && anyPrefix(lower, postedOpeners) || fullNames(rest) && (dated && len(fold(cutDate("x "+before))) <= 20) {
			if name, _, _ := strings.Cut(rest, ","); len(name) <= 60 && credited(rest) {
				return rest
			}
		}
	}
	return ""
}

// filed is the name in "May 17, 2019 • Una Pike in Locks".
func (p *page) filed(s string) string {
	parts := strings.Split(bars.Replace(s), "\n")
	if len(parts) != 2 {
		return ""
	}
	name, _, ok := strings.Cut(parts[1], " in ")
	if !ok || !p.onlyDate(strings.TrimSpace(parts[0])) || !isFullName(strings.TrimSpace(name)) {
		return ""
	}
	return strings.TrimSpace(name)
}

// beforeClock is the name in "Filed under: Locks — upike @ 00:11", as old
// templates of WordPress have it.
func beforeClock(s string) string {
	before, clock, ok := strings.Cut(s, " @ ")
	if !ok || len(clock) < 4 || len(clock) > 8 || clock[0] < '0' || clock[0] > '9' || !strings.Contains(clock, ":") {
		return ""
	}
	at := strings.LastIndex(before, "— ")
	if at < 0 || !isName(before[at+len("— "):]) {
		return ""
	}
	return before[at+len("— "):]
}

// account tells a text that is a name in one word and what leads on to where it
// was posted.
func account(s string) bool {
	name, rest, ok := strings.Cut(strings.TrimSpace(s), " ")
	return ok && isName(name) && anyPrefix(" "+strings.ToLower(rest)+" ", []string{" under ", " in ", " on ", " at ", " am ", " um "})
}

// postedOpeners begin a line about the publication; lower case.
var postedOpeners = []string{"posted ", "published ", "written ", "submitted ", "erstellt ", "veröffentlicht ", "geschrieben ", "verfasst ", "gepostet ", "eingestellt ", "gespeichert ", "publié ", "publicado ", "pubblicato ", "geplaatst "}

// fullNames tells a text that begins with the first and last name of somebody.
func fullNames(s string) bool {
	people, organizations := credits(s)
	if len(people) == 0 {
		return len(organizations) > 0 && capital(organizations[0]) && len(s) <= 60
	}
	return strings.Contains(people[0], " ") && capital(people[0])
}

// languages of openers that are words of other kinds elsewhere.
var openerLanguages = map[string]string{"di": "it", "da": "it", "door": "nl", "av": "sv no nb nn", "af": "da", "par": "fr", "por": "es pt ca gl", "napsal": "cs"}

// speaks tells whether an opener may be one in the language of the page.
func (p *page) speaks(opener string) bool {
	languages, ok := openerLanguages[opener]
	if !ok {
		return true
	}
	lang, _, _ := strings.Cut(strings.ToLower(p.lang), "-")
	return lang != "" && strings.Contains(languages, lang) || lang == "" && (opener == "par" || opener == "por")
}
