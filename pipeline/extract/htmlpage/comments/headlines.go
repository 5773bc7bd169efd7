package comments

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract"
	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/pipeline/extract/htmlpage/prose"
	"corpus/pipeline/normalize/when"
)

// Bounds of a line that the machine writes around a text.
const (
	maxHeadline = 200 // bytes
	maxTexts    = 24
)

// token says what a text of such a line is.
type token uint8

const (
	tokenOther   token = iota
	tokenNeutral       // a label, a mark, a number
	tokenControl       // a link or button to answer, to report, to the comment itself
	tokenTold          // the name of the author, or when the comment was posted
)

// texts are the texts from from on that make up a line; ok is false where they
// are not the line's. left are the elements between them that were left out.
func (p *Page) texts(line string, from, end dom.ID, skip func(dom.ID) bool) (ids, left []dom.ID, ok bool) {
	want, have := visible(line), 0
	for id := from; id < end && have < want && len(ids) < maxTexts; {
		if p.IsText(id) {
			if n := visible(p.Nodes[id].Raw.Data); n > 0 {
				ids = append(ids, id)
				have += n
			}
			id++
		} else if dom.Unseen(p.Tag(id)) || skip(id) {
			if len(left) < maxTexts {
				left = append(left, id)
			}
			id = p.End(id)
		} else {
			id++
		}
	}
	return ids, left, have == want
}

// lineAfter is the first text behind a line.
func (p *Page) lineAfter(line string, from, end dom.ID, skip func(dom.ID) bool) dom.ID {
	ids, _, ok := p.texts(line, from, end, skip)
	if !ok || len(ids) == 0 {
		return from
	}
	for id := ids[len(ids)-1] + 1; id < end; id++ {
		if p.IsText(id) && visible(p.Nodes[id].Raw.Data) > 0 {
			return id
		}
	}
	return from
}

// visible is the length of a text without white space.
func visible(s string) int {
	n := 0
	for _, r := range s {
		if !unicode.IsSpace(r) {
			n++
		}
	}
	return n
}

// headline tells a line that says nothing but who wrote a comment and when, with
// labels, links and buttons beside it. Where the author is not known, the first
// text of the line can be the name.
func (p *Page) headline(line string, from, end dom.ID, skip func(dom.ID) bool, c *extract.Comment) bool {
	if len(line) > maxHeadline {
		return false
	}
	ids, left, ok := p.texts(line, from, end, skip)
	if !ok || len(ids) == 0 {
		return false
	}
	told, says, byName, controls := false, false, false, 0
	for _, id := range left { // name or time that were left out of the text already
		if s, ok := p.Short(id, maxHeader); ok && s != "" && p.wordToken(s, c) == tokenTold {
			told = true
			byName = byName || c.Author != "" && fold(cleanName(s)) == fold(c.Author)
		}
	}
	name, named := "", byName
	block := p.Above(ids[0], func(n dom.ID) bool { return dom.Breaks(p.Tag(n)) })
	for i, id := range ids {
		kind := p.token(id, c)
		if kind == tokenOther && named && len(p.Nodes[id].Raw.Data) <= 24 && p.Parent(id) != block {
			continue // what the site tells of the author, in elements of its own
		}
		if kind == tokenOther {
			if i > 0 || c.Author != "" || len(ids) == 1 {
				return false
			}
			if name = plainName(p.Nodes[id].Raw.Data); name == "" {
				return false
			}
			continue
		}
		told = told || kind == tokenTold
		named = named || kind == tokenTold && c.Author != "" && fold(cleanName(p.Nodes[id].Raw.Data)) == fold(c.Author) && p.Parent(id) != block
		if kind == tokenControl {
			controls++
		}
		says = says || slices.Contains(creditsAfter, fold(p.Nodes[id].Raw.Data))
	}
	if name != "" && (told || says) {
		c.Author = name
		told = true
	}
	if told && c.PostedAt == "" {
		c.PostedAt = p.find(line)
	}
	return told || controls == len(ids)
}

// plainName is a text that can be nothing but a name; else empty.
func plainName(s string) string {
	name := cleanName(s)
	if name == "" || len(name) > maxBeside || strings.Count(name, " ") >= maxBesideWords || strings.ContainsAny(name, "?!。:;，") || glue[fold(name)] || isControlLine(name) {
		return ""
	}
	return name
}

// control lines are at the end of a record: every text of them is a link or
// button, or repeats name and time.
func (p *Page) footline(line string, from, end dom.ID, skip func(dom.ID) bool, c *extract.Comment) bool {
	if len(line) > maxHeadline {
		return false
	}
	if isControlLine(line) {
		return true
	}
	ids, _, ok := p.texts(line, from, end, skip)
	if !ok || len(ids) == 0 {
		return false
	}
	some := false
	for _, id := range ids {
		kind := p.token(id, c)
		if kind == tokenOther {
			return false
		}
		some = some || kind == tokenControl || kind == tokenTold && anyDigit(p.Nodes[id].Raw.Data) // a name alone is a signature
	}
	return some
}

// token judges one text of a line.
func (p *Page) token(id dom.ID, c *extract.Comment) token {
	s := dom.Squeeze(p.Nodes[id].Raw.Data)
	if kind := p.wordToken(s, c); kind != tokenOther {
		return kind
	}
	for up, n := p.Parent(id), 0; up != dom.None && n < 3 && !dom.Breaks(p.Tag(up)); up, n = p.Parent(up), n+1 {
		if p.Tag(up) == atom.Button {
			return tokenControl
		}
		if p.Tag(up) == atom.A {
			href, leads := p.Tree.Value(up, "href")
			if !leads && len(s) <= 24 && !p.Has(up, "name") && p.Nodes[up].Ident == "" {
				return tokenControl // a script's
			}
			if len(s) <= 40 && (strings.HasPrefix(href, "#") || strings.HasPrefix(strings.ToLower(href), "javascript:") || strings.Contains(href, "replytocom=") || strings.Contains(href, "#comment") || strings.Contains(href, "#respond")) {
				return tokenControl
			}
			break
		}
	}
	return tokenOther
}

// wordToken judges a text by its words.
func (p *Page) wordToken(s string, c *extract.Comment) token {
	f := fold(strings.Trim(s, " ·•|,/@#№>»«→—–-▲▼△▽↑↓👍👎♥❤\ufe0f\u00a0"))
	switch {
	case f == "":
		return tokenNeutral
	case c.Author != "" && (f == fold(c.Author) || fold(cleanName(s)) == fold(c.Author)):
		return tokenTold
	case floorNumber(f):
		return tokenNeutral
	case len(f) <= 12 && strings.Trim(f, "0123456789:.+-/ ") == "":
		return tokenNeutral // a number, a time of day
	case replyLines[f] || controlLines[f] || contactWords[f]:
		return tokenControl
	case visitorWords[f] || glue[f] || slices.Contains(postedBy, f) || slices.Contains(dateJoins, f) || slices.Contains(nameLabels, f) || slices.Contains(creditsAfter, f) || slices.Contains(sayingsAfter, f) || roleWords[f] != "" || numberedLine(f):
		return tokenNeutral
	}
	if _, ok := when.Ago(s, ""); ok {
		return tokenTold
	}
	if !anyDigit(s) || len(s) > maxTime {
		return tokenOther
	}
	iso, start, end, ok := when.Find(s, p.Order)
	if !ok || c.PostedAt != "" && iso[:min(len(iso), 10)] != c.PostedAt[:min(len(c.PostedAt), 10)] {
		return tokenOther
	}
	if before := strings.TrimSpace(s[:start]); before != "" && p.wordToken(before, c) == tokenOther && !(strings.HasSuffix(before, ":") && len(before) <= 24 && !strings.Contains(strings.TrimLeft(before, " -–—|"), " ")) || end < len(s) && p.wordToken(s[end:], c) == tokenOther {
		return tokenOther
	}
	return tokenTold
}

// visitorWords stand beside a name and tell whether somebody is known to a site; folded.
var visitorWords = map[string]bool{"visitor": true, "verified owner": true, "verified buyer": true, "verified purchase": true, "verifizierter besitzer": true, "verifizierter kauf": true, "propriétaire vérifié": true, "achat vérifié": true, "compra verificada": true, "member": true, "guest": true, "registered": true, "besucher": true, "mitglied": true, "gast": true, "visiteur": true, "membre": true, "invité": true, "visitante": true, "miembro": true, "invitado": true, "ospite": true, "utente": true, "гость": true, "гости": true, "посетители": true, "not verified": true, "nicht überprüft": true, "non vérifié": true, "no verificado": true, "non verificato": true, "niet gecontroleerd": true, "anonymous": true}

// floorNumber tells the number of a comment: "#12", "12楼", "12F".
func floorNumber(s string) bool {
	rest := strings.TrimPrefix(s, "#")
	number := strings.TrimLeft(rest, "0123456789")
	if len(number) == len(rest) {
		return false
	}
	switch strings.Trim(number, " .:") {
	case "":
		return len(rest) < len(s)
	case "楼", "樓", "f", "F", "층", "번":
		return true
	}
	return false
}

// numberedLine tells "comment 12" and its like, folded.
func numberedLine(f string) bool {
	for _, w := range numberedWords {
		if rest, ok := strings.CutPrefix(f, w); ok {
			return strings.Trim(rest, " #№no.0123456789") == ""
		}
	}
	return false
}

// trimmed takes the last lines off pieces that are no text of the comment.
func (p *Page) trimmed(pieces []prose.Piece, end dom.ID, skip func(dom.ID) bool, c *extract.Comment) []prose.Piece {
	for range 4 {
		if len(pieces) < 2 {
			break
		}
		last := &pieces[len(pieces)-1]
		if strings.Contains(last.Text, "\n") || !p.footline(last.Text, last.Start, end, skip, c) {
			break
		}
		pieces = pieces[:len(pieces)-1]
	}
	return pieces
}

// unaddressed takes off the first line of a text where it only says whom the comment
// replies to, with a link to that comment.
func (p *Page) unaddressed(pieces []prose.Piece, end dom.ID, skip func(dom.ID) bool) []prose.Piece {
	if len(pieces) < 2 || len(pieces[0].Text) > maxAbove || strings.Contains(pieces[0].Text, "\n") {
		return pieces
	}
	ids, _, ok := p.texts(pieces[0].Text, pieces[0].Start, end, skip)
	if !ok {
		return pieces
	}
	linked := false
	for _, id := range ids {
		if a := p.Parent(id); p.Tag(a) == atom.A && len(p.Attr(a, "href")) > 1 && p.Attr(a, "href")[0] == '#' {
			linked = true
			continue
		}
		if s := fold(strings.Trim(p.Nodes[id].Raw.Data, " :@,")); s != "" && !replyLines[s] && !slices.Contains(answerLines, s) {
			return pieces
		}
	}
	if linked {
		return pieces[1:]
	}
	return pieces
}
