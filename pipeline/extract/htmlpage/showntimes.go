package htmlpage

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/pipeline/normalize/when"
)

// dateWords are words of class names whose element shows the date of the article.
var dateWords = dom.NewNames(`date datum fecha datetime pubdate published publish publication posted dateline timestamp time created submitted meta byline
	postmetadata postinfo info authored details timedata docdata`)

// visibleTime is a date in the text: of the lines around the headline, else of an
// element classed as one, else at the beginning or the end of the text, or of a
// line that says what it is.
func (p *page) visibleTime(read func(string) string) string {
	if iso := p.shownTime(); iso != "" {
		return iso
	}
	find := p.finder()
	for id := dom.ID(0); id < p.Len(); id++ {
		if p.Nodes[id].Class == "" || p.IsText(id) || p.inComments(id) {
			continue
		}
		signed := p.bylineRank(id) <= 1 // "By NAME on DATE", wherever it stands
		if !signed && (!p.named(id, dateWords) || p.aside(id)) {
			continue
		}
		if text, ok := p.Short(id, 300); ok && !anyPrefix(strings.ToLower(text), updatedWords) {
			if signed && p.aside(id) && !anyPrefix(strings.ToLower(text), bylineOpeners) {
				continue
			}
			if iso := find(text); iso != "" {
				return iso
			}
		}
	}
	if iso := p.statedTime(find); iso != "" {
		return iso
	}
	if root := p.container(); root != dom.None {
		if iso := p.opensWith(root); iso != "" {
			return iso
		}
		if iso := p.nearTime(root, 1, 20, false, find); iso != "" {
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
	if p.shownTime(); p.changedAt != "" {
		return p.changedAt
	}
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
		if iso := p.nearTime(p.End(root)-1, -1, 10, false, find); iso != "" {
			return iso
		}
		return p.nearTime(p.End(root), 1, 10, false, func(s string) string {
			if !anyPrefix(strings.ToLower(strings.TrimSpace(s)), updatedWords) {
				return ""
			}
			return find(s)
		})
	}
	return ""
}

// Lines around the headline in which a date is looked for, and the letters that
// may stand beside it: in any line, and in one that is about the date.
const (
	shownBelow  = 10
	shownBeside = 60
	shownPlain  = 20
)

// maxTimed is how many nodes the time element may stand from the beginning of its line.
const maxTimed = 6

// shownTime is the date in the short lines right below the headline, else right
// above it, lines that are about a date first; one that is said to be that of a
// change is not meant, but kept in p.changedAt. Whether it is such a line is kept
// in p.plain, and whether its date is marked as a time in p.timed.
func (p *page) shownTime() string {
	if p.showed {
		return p.shownAt
	}
	p.showed = true
	head := p.heading()
	if head == dom.None {
		return ""
	}
	type found struct {
		iso string
		at  dom.ID
	}
	var plain, other [2]found // below and above
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
		if otherDate(before[:start]) {
			continue
		}
		if containsAny(before[:start], updatedWords) || start == 0 && len(label) < 40 && !strings.ContainsAny(label, "0123456789") && anyPrefix(label, updatedWords) {
			if n := letters(line.text[end:]); p.changedAt == "" && after == 0 && n <= shownBeside {
				p.changedAt = iso
			}
			continue
		}
		switch n := letters(line.text[:start]) + letters(line.text[end:]); {
		case (n <= shownPlain || n <= shownBeside && (after == 0 && seen <= 2 || start == 0 && p.dated(line.at))) && (after == 1 || plain[0].iso == ""): // above, the nearest
			plain[after] = found{iso, line.at}
		case n <= shownBeside && (after == 1 || other[0].iso == ""):
			other[after] = found{iso, line.at}
		}
	}
	for i, f := range []found{plain[0], plain[1], other[0], other[1]} {
		if f.iso != "" {
			p.shownAt, p.plain = f.iso, i < 2
			end := min(p.Len(), f.at+maxTimed)
			p.timed = p.FirstIn(max(0, f.at-maxTimed), end, func(n dom.ID) bool { return p.Tag(n) == atom.Time && p.End(n) > f.at }) != dom.None
			break
		}
	}
	return p.shownAt
}

// dated tells whether the element of a text is classed as that of a date.
func (p *page) dated(at dom.ID) bool {
	up := p.Parent(at)
	return up != dom.None && p.Nodes[up].Class != "" && p.named(up, dateWords)
}

// otherDateWords are labels of dates that are not those of the page; lower case.
var otherDateWords = dom.NewNames(`release released event deadline due valid expires expiry starts begins beginn ende termin einsendeschluss anmeldeschluss geboren born died gestorben founded
	gegründet joined registered registriert mitglied member isbn erscheinungsdatum erscheinungstermin erschienen kinostart verkaufsstart`)

// otherDate tells whether the label before a date, in lower case, is one of
// something that the page is about: "release date: ".
func otherDate(before string) bool {
	if !strings.HasSuffix(strings.TrimRight(before, " "), ":") {
		return false
	}
	for word := range strings.FieldsSeq(before) {
		if otherDateWords.Has(strings.Trim(word, ".,:()")) {
			return true
		}
	}
	return false
}

func containsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// opensWith is the date that one of the first paragraphs of the text begins
// with, alone or behind the place as agencies have it: "REEDHAM, May 17, 2019 (LNA) –".
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
		if iso, start, end, ok := when.Find(s, p.order()); ok && (start == 0 || dateline(s[:start], s[end:])) && len(iso) >= 10 && plausible(iso) {
			return iso
		}
	}
	return ""
}

// dateline tells whether a date at the beginning of a text stands between a place
// in capitals and what ends such a line.
func dateline(place, rest string) bool {
	place, ok := strings.CutSuffix(strings.TrimRight(place, " "), ",")
	if !ok || len(place) < 3 || len(place) > 40 || strings.ToUpper(place) != place || letters(place) == 0 {
		return false
	}
	rest = strings.TrimLeft(rest, " ")
	for _, mark := range []string{"(", "–", "—", "-", "/", ":"} {
		if strings.HasPrefix(rest, mark) {
			return true
		}
	}
	return false
}

// publishedWords say that the date beside them is that of publication; lower case.
var publishedWords = []string{"published", "publish date", "veröffentlicht", "publié", "publicado", "pubblicato", "posted on", "erschienen am", "gepubliceerd", "opublikowano", "date of publication"}

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
