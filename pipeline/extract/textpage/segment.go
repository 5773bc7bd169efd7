package textpage

import (
	"strings"

	"corpus/pipeline/extract"
	"corpus/pipeline/extract/htmlpage/comments"
	"corpus/schema"
)

// segment is one comment: its header and the lines of its text.
type segment struct {
	hit  hit
	body []int // lines, in order
}

// segments cuts the thread into comments.
func segments(t *thread, lines []line, readings []reading) []segment {
	t.undouble()
	t.takePlaces(lines, readings)
	t.takeSubjects(lines, readings)
	out := make([]segment, len(t.hits))
	for k := range t.hits {
		h := t.hits[k]
		var from, to int
		if t.below {
			from, to = t.heading+1, h.first
			if k > 0 {
				from = t.hits[k-1].last + 1
			}
		} else {
			from, to = h.last+1, t.end
			if k+1 < len(t.hits) {
				to = t.hits[k+1].first
			}
		}
		out[k].hit = h
		for i := from; i < to; i++ {
			out[k].body = append(out[k].body, i)
		}
	}
	if t.below {
		cutIntro(&out[0], lines, readings)
		for k := range out {
			nestByMark(&out[k], lines)
		}
		last := t.hits[len(t.hits)-1].last + 1
		for last < t.end && (readings[last].kind == buttonLine || readings[last].kind == blankLine) {
			last++
		}
		t.end = last
	} else {
		datesAbove(out, lines, readings)
		cutLast(t, out, lines, readings)
	}
	for k := range out {
		cutFinal(&out[k], readings)
	}
	return out
}

// undouble halves names that most headers hold twice: the text of the avatar
// stands before the name.
func (t *thread) undouble() {
	n := 0
	for k := range t.hits {
		if half(t.hits[k].name) != "" {
			n++
		}
	}
	if n < 2 || n*2 <= len(t.hits) {
		return
	}
	for k := range t.hits {
		if s := half(t.hits[k].name); s != "" {
			t.hits[k].name = s
		}
	}
}

// half is a name that stands twice in s; empty where none does.
func half(s string) string {
	n := len(s) / 2
	if n > 2 && len(s)%2 == 0 && s[:n] == s[n:] {
		return s[:n]
	}
	if len(s)%2 == 1 && s[n] == ' ' && s[:n] == s[n+1:] {
		return s[:n]
	}
	return ""
}

// takePlaces takes the name from the line above what stands for it between name
// and date: where readers are from. All headers must have such a line.
func (t *thread) takePlaces(lines []line, readings []reading) {
	if len(t.hits) < 3 || t.hits[0].family != nameAbove || t.below {
		return
	}
	above := make([]int, len(t.hits))
	for k := range t.hits {
		j := before(t.hits[k].first, readings)
		if j <= t.heading || k > 0 && j <= t.hits[k-1].last || j < 0 || readings[j].kind != textLine || !readings[j].nameable || !namesAlone(lines[j].text) || sentenceEnd(lines[j].text) {
			return
		}
		if i := before(j, readings); k > 0 && i > t.hits[k-1].last && readings[i].kind == textLine && readings[i].nameable && hasLetter(lines[i].text) {
			return // one more: then it is the text's
		}
		if k > 0 && after(t.hits[k-1].last, readings) == j {
			return // the text before is but this line
		}
		above[k] = j
	}
	for k, j := range above {
		h := &t.hits[k]
		h.name, _ = cleanName(trimControls(lines[j].text))
		h.first = j
	}
}

// maxSubject is the length in bytes of the subject that a comment may have.
const maxSubject = 120

// takeSubjects takes the line above each header into it where it is the comment's
// subject: a heading, a line that answers by "Re:", or the words that the text
// begins with.
func (t *thread) takeSubjects(lines []line, readings []reading) {
	if t.below || len(t.hits) < 2 {
		return
	}
	above, free := make([]int, len(t.hits)), make([]int, len(t.hits))
	n := 0
	for k := range t.hits {
		h := &t.hits[k]
		above[k], free[k] = -1, -1
		j := before(h.first, readings)
		if j < 0 || j <= t.heading || k > 0 && j <= t.hits[k-1].last || lines[j].text == "" || len(lines[j].text) > maxSubject || readings[j].kind == buttonLine || readings[j].kind == sectionLine {
			continue
		}
		l := &lines[j]
		if readings[j].kind == textLine && l.mark == noMark && j > 0 && lines[j-1].text == "" {
			free[k] = j
		}
		i := after(h.last, readings)
		opens := i >= 0 && len(words(l.text)) > 1 && strings.HasPrefix(lower(lines[i].text), strings.TrimRight(lower(l.text), " .…"))
		if l.level > 0 || l.mark == noMark && l.indent < lines[h.first].indent && l.indent == 0 || opens || hasAnyPrefix(lower(l.text), answerMarks) {
			above[k] = j
			n++
		}
	}
	if n*4 < len(t.hits)*3 {
		return
	}
	for k, j := range above {
		if j < 0 {
			j = free[k]
		}
		if j >= 0 {
			t.hits[k].first = j
		}
	}
}

// headLines is how many lines at the top of a page may stand at its end again.
const headLines = 12

// repeatsHead tells a line that says what one at the top of the page does, figures
// aside: the site's name in its footer.
func repeatsHead(i, start int, lines []line) bool {
	s := bareLetters(lines[i].text)
	if s == "" {
		return false
	}
	seen := 0
	for j := 0; j < start && seen < headLines; j++ {
		if lines[j].text == "" {
			continue
		}
		seen++
		if bareLetters(lines[j].text) == s {
			return true
		}
	}
	return false
}

// bareLetters are the letters of a short line.
func bareLetters(s string) string {
	if len(s) > maxSubject {
		return ""
	}
	return strings.Map(func(r rune) rune {
		if letter(r) {
			return r
		}
		return -1
	}, lower(s))
}

// cutIntro drops what stands between the heading and the first text, where
// headers stand below: the first comment begins at its mark.
func cutIntro(s *segment, lines []line, readings []reading) {
	for n, i := range s.body {
		if lines[i].mark == numberMark || readings[i].kind == markLine {
			s.body = s.body[n:]
			return
		}
	}
}

// nestByMark takes the column of a comment whose header stands below from the
// mark before its text.
func nestByMark(s *segment, lines []line) {
	for _, i := range s.body {
		if lines[i].mark != noMark {
			s.hit.column, s.hit.marked = lines[i].nest, true
			return
		}
		if lines[i].text != "" {
			s.hit.column = lines[i].nest
			return
		}
	}
}

// datesAbove gives headers the dates of the lines directly above them, where
// the first has one there and almost all have.
func datesAbove(out []segment, lines []line, readings []reading) {
	if out[0].hit.dated {
		return
	}
	above := func(h *hit) int {
		j := h.first - 1
		for j >= 0 && readings[j].kind == markLine {
			j--
		}
		if j >= 0 && readings[j].kind == dateLine {
			return j
		}
		return -1
	}
	n := 0
	for k := range out {
		if above(&out[k].hit) >= 0 {
			n++
		}
	}
	if above(&out[0].hit) < 0 || n*5 < len(out)*4 {
		return
	}
	for k := range out {
		h := &out[k].hit
		j := above(h)
		if j < 0 {
			continue
		}
		h.iso, h.dated = readings[j].iso, true
		if lines[j].mark != noMark {
			h.marked, h.column = true, lines[j].nest
		}
		h.first = j
		if k > 0 {
			b := out[k-1].body
			for len(b) > 0 && b[len(b)-1] >= j {
				b = b[:len(b)-1]
			}
			out[k-1].body = b
		}
	}
}

// cutFinal ends a comment at a line that can only stand behind it.
func cutFinal(s *segment, readings []reading) {
	for n, i := range s.body {
		if k := readings[i].kind; k == finalLine || k == sectionLine || k == pingLine {
			s.body = s.body[:n]
			return
		}
	}
}

// cutLast finds where the last comment ends, by what the others are like.
func cutLast(t *thread, out []segment, lines []line, readings []reading) {
	last := &out[len(out)-1]
	others := out[:len(out)-1]
	buttons := 0
	gap := 1
	for k := range others {
		if endsInButton(others[k].body, lines, readings) {
			buttons++
		}
		gap = max(gap, longestGap(others[k].body, readings))
	}
	if len(others) == 0 {
		gap = maxGap
	}
	byButton := buttons*2 > len(others) || len(others) == 0
	floor := min(lines[last.hit.first].indent, last.hit.column)
	for _, i := range last.body {
		if k := readings[i].kind; (k == textLine || k == headerLine) && hasLetter(lines[i].text) {
			floor = min(floor, lines[i].indent)
			break
		}
	}
	blanks, textSeen := 0, false
	end := len(last.body)
	for n, i := range last.body {
		r := &readings[i]
		switch {
		case r.kind == blankLine:
			blanks++
			continue
		case blanks > gap && textSeen,
			lines[i].indent < floor && floor > 0,
			r.kind == finalLine, r.kind == sectionLine,
			textSeen && blanks > 0 && repeatsHead(i, t.start, lines):
			end = n
		case r.kind == buttonLine && textSeen && byButton:
			end = n
			if j := after(i, readings); j >= 0 && readings[j].kind == dateLine && !last.hit.dated {
				last.hit.iso, last.hit.dated = readings[j].iso, true
			}
		case r.kind == textLine || r.kind == headerLine || r.kind == dateLine:
			textSeen = true
		}
		blanks = 0
		if end < len(last.body) {
			break
		}
	}
	last.body = cutMenu(last.body[:end], lines, readings)
	t.end = last.hit.last + 1
	if n := len(last.body); n > 0 {
		t.end = last.body[n-1] + 1
	}
}

// menuRun is the number of short lines that make a menu.
const menuRun = 4

// cutMenu drops a run of short lines without a full stop from the end of the
// last comment: what a page shows behind its comments.
func cutMenu(body []int, lines []line, readings []reading) []int {
	run, start := 0, len(body)
	for n := len(body) - 1; n >= 0; n-- {
		i := body[n]
		if readings[i].kind == blankLine {
			continue
		}
		if readings[i].kind == textLine && !menuLike(lines[i].text) {
			break
		}
		run++
		start = n
	}
	if run >= menuRun && start > 0 {
		return body[:start]
	}
	return body
}

func menuLike(s string) bool {
	if len(s) > 80 || len(words(s)) > 6 {
		return false
	}
	switch s[len(s)-1] {
	case '.', '!', '?', ',', ')', ':':
		return false
	}
	return true
}

func endsInButton(body []int, lines []line, readings []reading) bool {
	for n := len(body) - 1; n >= 0; n-- {
		switch readings[body[n]].kind {
		case blankLine, markLine, dateLine:
		case buttonLine:
			return true
		default:
			return false
		}
	}
	return false
}

// longestGap is the longest run of blank lines inside a text.
func longestGap(body []int, readings []reading) int {
	longest, run, seen := 0, 0, false
	for _, i := range body {
		if readings[i].kind == blankLine {
			run++
			continue
		}
		if seen {
			longest = max(longest, run)
		}
		run, seen = 0, true
	}
	return longest
}

// threadComments turns the segments into comments.
func threadComments(out []segment, lines []line, readings []reading) []extract.Comment {
	trimTemplates(out, lines, readings)
	trimSignatures(out, lines)
	blocks := make([][]extract.Block, len(out))
	for k := range out {
		blocks[k] = out[k].blocks(lines, readings)
	}
	out, blocks = withText(out, blocks)
	parents := nesting(out)
	ids := commentIDs(out, lines)
	result := make([]extract.Comment, len(out))
	for k := range out {
		s := &out[k]
		c := extract.Comment{
			ID:     ids[k],
			Author: s.hit.name,
			Role:   s.hit.role,
		}
		if parents[k] >= 0 {
			c.ParentID = ids[parents[k]]
		}
		c.Blocks, c.PostedAt = blocks[k], s.hit.iso
		readNotes(&c)
		result[k] = c
	}
	return result
}

// readNotes makes a note that stands for a text the comment's state: it was
// removed, or waits for approval. The note is no text.
func readNotes(c *extract.Comment) {
	if len(c.Blocks) == 0 {
		return
	}
	first, rest, more := strings.Cut(c.Blocks[0].Text, "\n")
	state, known := comments.Note(strings.Trim(first, "*_ "))
	switch {
	case !known || state == "":
	case state == schema.StatePending:
		c.State = state
		if c.Blocks[0].Text = rest; !more {
			c.Blocks = c.Blocks[1:]
		}
	case !more && len(c.Blocks) == 1:
		c.State, c.Blocks = state, nil
	}
}

// withText drops headers without a text, unless something is nested in them:
// most were never headers.
func withText(out []segment, blocks [][]extract.Block) ([]segment, [][]extract.Block) {
	parents := nesting(out)
	answered := make([]bool, len(out))
	for _, p := range parents {
		if p >= 0 {
			answered[p] = true
		}
	}
	n := 0
	for k := range out {
		if len(blocks[k]) > 0 || answered[k] {
			out[n], blocks[n] = out[k], blocks[k]
			n++
		}
	}
	return out[:n], blocks[:n]
}
