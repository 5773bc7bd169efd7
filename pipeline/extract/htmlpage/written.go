package htmlpage

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
)

// Bounds of the search for a line that names the author.
const (
	linesAbove = 60  // nodes before the headline
	linesBelow = 120 // lines from there on
	linesNear  = 25  // lines below the headline that may stand in a part beside the article
	maxWritten = 140 // bytes of such a line
)

// writtenAuthors is a line "By NAME" from the headline on; a line that only
// announces the author, and the name below it; a name alone beside a date at the
// headline; or a name in bold or italics alone as the last line of the text.
func (p *page) writtenAuthors() []string {
	head, start := p.heading(), dom.ID(0)
	if head != dom.None {
		start = max(0, head-linesAbove)
	}
	lines := p.linesFrom(start)
	announced, below := 0, 0 // lines to go in which a name may be announced; lines below the headline
	for i, line := range lines {
		announced--
		if line.at > head && head != dom.None {
			below++
		}
		if line.text == "" || p.inComments(line.at) || p.beside(line.at) && (below == 0 || below > linesNear) {
			continue
		}
		if announced > 0 && len(line.text) <= 70 && fullNames(line.text) {
			return []string{line.text}
		}
		lower := strings.ToLower(line.text)
		if announces(lower) {
			announced = 3
			continue
		}
		if s := p.afterOpener(line.text, lower); s != "" {
			return []string{s}
		}
		if below > 0 && below <= 6 && p.besideDate(lines, i) {
			return []string{line.text}
		}
	}
	return p.signed()
}

// linesFrom are the first lines from a node on.
func (p *page) linesFrom(start dom.ID) []textLine {
	if p.top.lines != nil && p.top.from == start {
		return p.top.lines
	}
	lines := make([]textLine, 0, linesBelow)
	for line := range p.lines(start, p.Len()) {
		if lines = append(lines, line); len(lines) == linesBelow {
			break
		}
	}
	p.top = firstLines{lines, start}
	return lines
}

// firstLines are the lines that linesFrom gave last.
type firstLines struct {
	lines []textLine
	from  dom.ID
}

// besideDate tells a line that is the first and last name of somebody and nothing
// else, right before or after a line that is a date, where a picture or a link
// beside it bears the same name: categories stand beside dates as well.
func (p *page) besideDate(lines []textLine, i int) bool {
	s := lines[i].text
	fields := strings.Fields(s)
	if len(fields) < 2 || len(fields) > 3 || strings.ContainsAny(s, "0123456789,.|") && !initials(fields) || !capital(s) || s == strings.ToUpper(s) {
		return false
	}
	people, _ := credits(s)
	if len(people) != 1 || people[0] != s || hasRole(s) {
		return false
	}
	if !p.pictured(lines[i].at, s) {
		return false
	}
	for _, n := range []int{i - 1, i + 1} {
		if n >= 0 && n < len(lines) && p.onlyDate(lines[n].text) {
			return true
		}
	}
	return false
}

// pictured tells whether a picture or the address of a link around a node bears a name.
func (p *page) pictured(at dom.ID, name string) bool {
	slug := compact(name)
	for id := max(0, at-40); id < min(p.Len(), at+20); id++ {
		switch p.Tag(id) {
		case atom.Img:
			if alt := p.Attr(id, "alt"); len(alt) < 200 && strings.Contains(compact(alt), slug) {
				return true
			}
		case atom.A:
			if href := p.Attr(id, "href"); len(href) < 400 && strings.HasSuffix(strings.TrimRight(compact(href), "/"), slug) {
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

// signed is a name in bold or italics alone as the last line of the text.
func (p *page) signed() []string {
	root := p.container()
	if root == dom.None {
		return nil
	}
	last := dom.None
	for id := p.End(root) - 1; id > root; id-- {
		if p.IsText(id) && strings.TrimSpace(p.Nodes[id].Raw.Data) != "" && !dom.Unseen(p.Tag(p.Parent(id))) && !p.droppedIn(id, root) {
			last = id
			break
		}
	}
	if last == dom.None || len(p.Nodes[last].Raw.Data) > 60 {
		return nil
	}
	marked := false
	for up := p.Parent(last); up != dom.None && up != root; up = p.Parent(up) {
		if dom.IsTag(p.Tag(up), atom.B, atom.Strong, atom.I, atom.Em) {
			marked = true
		}
		if dom.Breaks(p.Tag(up)) {
			s, ok := p.Short(up, 60)
			if fields := strings.Fields(s); marked && ok && len(fields) >= 2 && len(fields) <= 3 && capital(s) && initials(fields) && !hasRole(s) {
				if people, _ := credits(s); len(people) == 1 && people[0] == s {
					return []string{s}
				}
			}
			return nil
		}
	}
	return nil
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
var announcements = dom.NewNames(`by von par author authors autor autorin autoren auteur por contributors contributor text words redaktion autore door av af автор`)

// announces tells such a line, or one of a longer opener.
func announces(lower string) bool {
	lower = strings.TrimRight(lower, " :")
	if announcements[lower] {
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
	if len(s) > maxWritten || len(lower) != len(s) {
		return ""
	}
	for _, o := range openers {
		if !strings.HasPrefix(lower, o) || o == "author" || o == "autor" || o == "text" || o == "about the author" || o == "autorin" || o == "authors" || o == "autoren" || o == "auteur" {
			continue
		}
		rest := s[len(o):]
		if rest == "" || !strings.HasSuffix(o, ":") && rest[0] != ' ' && rest[0] != ':' || !p.speaks(o) {
			continue
		}
		if fullNames(rest) {
			return s
		}
		// An opener in two words, or a date behind it, makes an account's name one.
		if people := persons(rest); len(people) == 1 && !strings.Contains(people[0], " ") && (strings.Contains(o, " ") || strings.HasSuffix(o, ":")) && strings.ContainsAny(rest, "0123456789") && len(cutDate(rest)) < 40 {
			return s
		}
		return ""
	}
	if !strings.ContainsAny(s, "0123456789") || len(s) > 110 {
		return ""
	}
	for _, by := range []string{" by ", " von ", " par ", " por ", " von: ", " autor: ", " autorin: ", " author: ", " redaktion: ", " by: "} {
		i := strings.LastIndex(lower, by)
		if i < 0 {
			continue
		}
		before, rest := s[:i], cutDate(s[i+len(by):])
		dated := strings.ContainsAny(before, "0123456789")
		if dated && p.onlyDate(before) || !dated && anyPrefix(lower, postedOpeners) || fullNames(rest) && (dated && len(fold(cutDate("x "+before))) <= 20) {
			if people := persons(rest); len(people) > 0 && len(rest) <= 60 && (capital(people[0]) || !strings.Contains(people[0], " ")) {
				return rest
			}
		}
	}
	return ""
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

// textLine is one line of the page.
type textLine struct {
	at   dom.ID // its first text
	text string // empty for one that is too long
}

// maxLine bounds a line, in bytes.
const maxLine = 300

// lines calls yield with the lines of a range of nodes that have text.
func (p *page) lines(from, to dom.ID) func(yield func(textLine) bool) {
	return func(yield func(textLine) bool) {
		var b strings.Builder
		at, long := dom.None, false
		flush := func() bool {
			defer func() { at, long = dom.None, false; b.Reset() }()
			if at == dom.None {
				return true
			}
			if long {
				return yield(textLine{at: at})
			}
			return yield(textLine{at: at, text: dom.Squeeze(b.String())})
		}
		owner := dom.None // element that breaks the line around the text at hand
		for id := from; id < to; id++ {
			if !p.IsText(id) {
				if dom.Unseen(p.Tag(id)) {
					id = p.End(id) - 1
				} else if dom.Breaks(p.Tag(id)) && !flush() {
					return
				}
				continue
			}
			s := p.Nodes[id].Raw.Data
			if strings.TrimSpace(s) == "" {
				if b.Len() > 0 {
					b.WriteByte(' ')
				}
				continue
			}
			up := p.Parent(id)
			for up != dom.None && !dom.Breaks(p.Tag(up)) {
				up = p.Parent(up)
			}
			if up != owner && !flush() {
				return
			}
			if owner = up; at == dom.None {
				at = id
			}
			if long = long || b.Len()+len(s) > 4*maxLine; !long {
				b.WriteString(s)
			}
		}
		flush()
	}
}
