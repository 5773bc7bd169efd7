package comments

import (
	"slices"
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract"
	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/pipeline/extract/htmlpage/prose"
	"corpus/pipeline/normalize/when"
)

// header takes the lines off a text that only repeat name and time, and reads
// them where the markup did not tell: "NAME DATE", "NAME says:", a name on a line
// of its own before a date, or "NAME — DATE" at the end. Lines of controls go.
func (p *Page) header(pieces []prose.Piece, end dom.ID, skip func(dom.ID) bool, c *extract.Comment) []prose.Piece {
	for range 4 {
		if len(pieces) == 0 || len(pieces) == 1 && !strings.Contains(pieces[0].Text, "\n") {
			return pieces
		}
		next := ""
		if len(pieces) > 2 {
			next = pieces[1].Text
		}
		line := pieces[0].Text
		if digits(strings.TrimLeft(line, "#+-")) && len(line) <= 6 {
			pieces = pieces[1:] // the number of the post
			continue
		}
		if first, rest, ok := strings.Cut(line, "\n"); ok {
			next, _, _ = strings.Cut(rest, "\n")
			if !p.headline(first, pieces[0].Start, end, skip, c) && !p.headerLine(first, next, c) {
				break
			}
			pieces[0].Start = p.lineAfter(first, pieces[0].Start, end, skip)
			pieces[0].Text = rest
			continue
		}
		if p.headline(line, pieces[0].Start, end, skip, c) {
			pieces = pieces[1:]
			continue
		}
		if label, name, ok := cutColon(line); ok && c.Author == "" && len(name) <= maxBeside && slices.Contains(nameLabels, strings.ToLower(label)) && cleanName(name) != "" {
			c.Author = cleanName(name)
			pieces = pieces[1:]
			continue
		}
		if len(pieces) > 2 && len(line) <= maxAbove && !strings.Contains(pieces[1].Text, "\n") && p.headline(pieces[1].Text, pieces[1].Start, end, skip, c) && c.Author != "" {
			// A title, or what stands for a picture ("A", "Ann's avatar") above name and time.
			if first := pieces[0]; !p.forPicture(line, c.Author) {
				pieces = pieces[1:]
				pieces[0] = first
				break
			}
			pieces = pieces[2:]
			continue
		}
		unnamed := c.Author == ""
		if unnamed && !p.headerLine(line, next, c) {
			// The whole line, with the date that was left out of the text.
			if whole, ok := p.Short(pieces[0].Node, maxHeader); ok && strings.HasPrefix(whole, line) {
				line = whole
			}
		}
		if !p.headerLine(line, next, c) {
			break
		}
		if ids, _, ok := p.texts(pieces[0].Text, pieces[0].Start, end, skip); ok && unnamed && len(ids) > 1 && dom.IsTag(p.Tag(p.Parent(ids[0])), atom.A, atom.B, atom.Strong) {
			if name := plainName(p.Nodes[ids[0]].Raw.Data); name != "" && strings.HasPrefix(c.Author, name) {
				c.Author = name // what stands behind it is where somebody lives
			}
		}
		pieces = pieces[1:]
	}
	pieces = p.trimmed(pieces, end, skip, c)
	if label, text, ok := cutColon(pieces[0].Text); ok && text != "" && textLabels[strings.ToLower(label)] && p.Parent(pieces[0].Start) != pieces[0].Node {
		pieces[0].Text = text // the label has an element of its own
	}
	p.signedBelow(pieces, c)
	if last := pieces[len(pieces)-1].Text; len(pieces) > 1 && p.find(last) != "" && p.headerLine(last, "", c) {
		pieces = pieces[:len(pieces)-1]
	}
	return pieces
}

// textLabels stand with a colon before a text; lower case.
var textLabels = map[string]bool{"comment": true, "message": true, "kommentar": true, "nachricht": true, "commentaire": true, "comentario": true, "comentário": true, "commento": true, "reactie": true, "komentarz": true, "комментарий": true, "评论": true, "内容": true, "コメント": true}

// maxAbove bounds a line above that of name and time, in bytes.
const maxAbove = 80

// forPicture tells a line that stands for the picture of an author: the first
// letters of the name, or the name and another word.
func (p *Page) forPicture(line, author string) bool {
	f, name := fold(line), fold(author)
	return name != "" && (strings.HasPrefix(name, f) || strings.HasPrefix(f, name) && strings.Count(f[len(name):], " ") <= 1) || visitorWords[f] || roleWords[f] != ""
}

// maxHeader bounds a line that states name and time, in bytes.
const maxHeader = 120

// headerLine tells whether a line is a header and reads it; next is the line after it.
func (p *Page) headerLine(line, next string, c *extract.Comment) bool {
	if len(line) > maxHeader || strings.Contains(line, "\n") {
		return false
	}
	if c.Author != "" && fold(cleanName(line)) == fold(c.Author) {
		return true
	}
	if rest, ok := strings.CutPrefix(line, c.Author); ok && c.Author != "" && rest != "" {
		_, isAgo := when.Ago(rest, "")
		if _, isTime := p.when(rest); isTime || isAgo {
			return true // in elements of their own, with no space between
		}
	}
	line = dom.Squeeze(line)
	iso, start, end, ok := when.Find(line, p.Order)
	if ok {
		before, after := strings.Trim(line[:start], " ,|·•–—-/@("), strings.Trim(line[end:], " .,:|·•–—-/@)#")
		if len(after) > 12 && !answers(after) && lineName(line, start, end) == "" || len(before) > 60 {
			return false
		}
		name := headName(before)
		if name == "" {
			name = lineName(line, start, end)
		}
		if glue[fold(name)] || slices.Contains(postedBy, fold(name)) {
			name = ""
		}
		if c.PostedAt != "" && iso[:min(len(iso), 10)] != c.PostedAt[:min(len(c.PostedAt), 10)] {
			return false // a date that the comment speaks of
		}
		if c.Author != "" && name != "" && !strings.Contains(fold(name), fold(c.Author)) && !strings.Contains(fold(c.Author), fold(name)) {
			return false
		}
		if c.Author == "" {
			c.Author = name
		}
		if c.PostedAt == "" {
			c.PostedAt = iso
		}
		return true
	}
	if c.Author != "" {
		return false
	}
	name := cleanName(line)
	says := strings.HasSuffix(line, ":") && name != strings.TrimSuffix(line, ":")
	if !says && (len(next) > 60 || p.find(next) == "") || strings.Count(name, " ") > 5 {
		return false
	}
	c.Author = name
	return true
}

// answers tells what begins like a line that says what a comment replies to.
func answers(s string) bool {
	s = fold(s)
	for _, w := range answerLines {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// answersBehind tells a line that says so behind a name: "NAME replied to …".
func answersBehind(s string) bool {
	s = fold(s)
	for _, w := range answerLines {
		if strings.Contains(s, " "+w+" ") {
			return true
		}
	}
	return false
}

// glue are words before a date that are no name.
var glue = map[string]bool{"am": true, "on": true, "le": true, "el": true, "il": true, "posted": true, "vom": true, "at": true, "geschrieben am": true, "posted on": true, "#": true}

// isControlLine tells a line of buttons: "Reply · Like (2) · Report".
func isControlLine(s string) bool {
	if len(s) > 80 {
		return false
	}
	controls := false
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune("·|•/\n", r) }) {
		part, _, _ = strings.Cut(part, "(")
		if part = fold(part); part != "" && !controlLines[part] && !replyLines[part] && !answerLine(part) {
			if _, isAgo := when.Ago(part, ""); !isAgo || !controls {
				return false
			}
		}
		controls = controls || part != ""
	}
	return true
}

// answerLine tells a line of a word to answer and words that say what, "Reply to
// this comment", folded.
func answerLine(s string) bool {
	verb, rest, ok := strings.Cut(s, " ")
	if !ok || !replyLines[verb] || len(rest) > 40 {
		return false
	}
	for w := range strings.FieldsSeq(rest) {
		if noteWords[w]&(wordNoun|wordFiller) == 0 {
			return false
		}
	}
	return true
}

var controlLines = map[string]bool{
	"reply": true, "antworten": true, "répondre": true, "responder": true, "rispondi": true, "edit": true, "report": true, "melden": true, "like": true,
	"permalink": true, "link": true, "quote": true, "zitieren": true, "reply to this comment": true, "auf diesen kommentar antworten": true, "share": true,
	"log in to reply": true, "reply link": true, "beantwoorden": true, "odpowiedz": true, "delete": true,
	"kommentar melden": true, "beitrag melden": true, "report comment": true, "report this comment": true, "flag": true,
	"gefällt mir": true, "gefällt mir nicht": true, "dislike": true, "j'aime": true, "signaler": true, "denunciar": true, "me gusta": true, "mi piace": true,
}

// signedBelow takes the line off the end of a text, behind a line break, that says
// who posted it and when: "posted by NAME at TIME".
func (p *Page) signedBelow(pieces []prose.Piece, c *extract.Comment) {
	last := &pieces[len(pieces)-1]
	i := strings.LastIndexByte(last.Text, '\n')
	if i <= 0 || c.Author == "" || len(last.Text)-i > maxHeader {
		return
	}
	line := last.Text[i+1:]
	if !strings.Contains(line, c.Author) || p.find(line) == "" {
		return
	}
	before, _, _ := strings.Cut(line, c.Author)
	if slices.Contains(postedBy, fold(before)) || before == "" {
		last.Text = strings.TrimRight(last.Text[:i], " \n")
	}
}
