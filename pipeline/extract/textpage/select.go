package textpage

import "strings"

// Evidence that is asked for before anything counts as a comment.
const (
	minHeaders     = 2   // headers in one style, where no heading announces them
	minPairs       = 3   // the same for headers that chance makes sooner
	maxIntro       = 60  // words between the heading and the first header
	maxIntroLines  = 40  // lines with text there
	nearLines      = 4   // lines there when a single header has nothing else to show
	minReaders     = 10  // words of a text on average, where no heading announces them
	readersLength  = 45  // words of the longest of them
	postLength     = 80  // the same where the headers state times of day only
	headerWorth    = 10  // of a header with text
	headingWorth   = 60  // of a heading that announces them
	maxBodyAverage = 600 // words a comment has at most, on average
)

// thread is where the comments of a page stand.
type thread struct {
	hits    []hit
	heading int // line of the section's heading; -1 for none
	section section
	start   int  // first line that belongs to comments
	end     int  // line behind the last one that may
	below   bool // headers stand below the texts
}

// pageView is the page as the later steps see it.
type pageView struct {
	lines    []line
	readings []reading
	words    []int // words of text in the lines before each line; buttons do not count
	prose    []int // lines that end as sentences do, before each line
}

func view(lines []line, readings []reading) *pageView {
	p := &pageView{lines: lines, readings: readings, words: make([]int, len(lines)+1), prose: make([]int, len(lines)+1)}
	for i := range lines {
		n, sentence := 0, 0
		if k := readings[i].kind; k == textLine || k == headerLine {
			n = wordCount(lines[i].text)
			if n >= 3 && sentenceEnd(lines[i].text) || n >= longFloor {
				sentence = 1
			}
		}
		p.words[i+1] = p.words[i] + n
		p.prose[i+1] = p.prose[i] + sentence
	}
	return p
}

// chooseThread finds the comments: the family of headers, and the part of the
// page, that speak best for it. ok is false for a page without comments.
func (p *pageView) chooseThread(c *calendar) (best thread, ok bool) {
	bestScore := 0
	for f := says; f < families; f++ {
		for _, g := range p.groups(hitsOf(f, p.lines, p.readings, c)) {
			t, score := p.judge(g, f)
			if score > bestScore {
				best, bestScore = t, score
			}
		}
	}
	return best, bestScore > 0
}

// groups cuts hits where a line between them ends the comments, unless such
// lines come with every comment.
func (p *pageView) groups(hits []hit) [][]hit {
	if len(hits) == 0 {
		return nil
	}
	var cuts []int
	for k := 1; k < len(hits); k++ {
		for i := hits[k-1].last + 1; i < hits[k].first; i++ {
			if p.closes(i) {
				cuts = append(cuts, k)
				break
			}
		}
	}
	if len(cuts)*2 > len(hits) && len(hits) > 3 {
		return [][]hit{hits}
	}
	var out [][]hit
	from := 0
	for _, k := range cuts {
		out = append(out, hits[from:k])
		from = k
	}
	return append(out, hits[from:])
}

// closes tells a line that ends a section of comments, or opens the next one.
func (p *pageView) closes(i int) bool {
	return p.readings[i].kind == finalLine || p.readings[i].kind == sectionLine
}

// judge tells how much speaks for a group of headers being comments; 0 for too
// little.
func (p *pageView) judge(hits []hit, f family) (thread, int) {
	t := thread{hits: hits, heading: -1, section: section{stated: -1}}
	first, last := hits[0].first, hits[len(hits)-1].last
	intro := 0
	for i := first - 1; i >= 0 && intro <= 4*maxIntroLines; i-- {
		if p.readings[i].kind == sectionLine {
			t.heading, t.section = i, p.readings[i].section
			break
		}
		if p.lines[i].text != "" {
			intro++
		}
	}
	t.dropUnmarked()
	for t.end = last + 1; t.end < len(p.lines) && !p.closes(t.end); t.end++ {
	}
	p.cutTail(&t)
	if f == dateAbove {
		p.shift(&t)
	}
	hits = t.hits
	first = hits[0].first
	t.below = p.below(&t)
	if t.heading >= 0 && !t.below && (p.words[first]-p.words[t.heading+1] > maxIntro || intro > maxIntroLines) {
		t.heading, t.section = -1, section{stated: -1}
	}
	if t.section.stated == 0 {
		return t, 0
	}
	e := p.texts(&t)
	if e.withText*4 < len(hits)*3 || e.total > maxBodyAverage*len(hits) {
		return t, 0
	}
	if t.heading >= 0 {
		if len(hits) == 1 && !p.single(&t, f, intro, e.total) {
			return t, 0
		}
		weak := f != says && f != levelled && !(f == by && !hits[0].short)
		if weak && len(hits) > 1 && e.withProse*2 < len(hits) && e.buttons*2 < len(hits) && e.timed*2 < len(hits) || sameName(hits) && (len(hits) > 4 || len(hits) > 2 && len(hits[0].iso) == len("2006-01-02")) {
			return t, 0
		}
	} else if !p.alone(&t, f, e) {
		return t, 0
	}
	t.start = first
	score := headerWorth*e.withText + int(families-f)
	if t.heading >= 0 {
		t.start = t.heading
		score += headingWorth
	}
	return t, score
}

// evidence is what the texts below or above headers say for being comments.
type evidence struct {
	withText  int // headers that have a text
	withProse int // whose text has a sentence
	opening   int // whose text begins with one: teasers begin with a headline
	buttons   int // that have a button below them
	total     int // words of all texts
	longest   int // words of the longest text
	timed     int // headers that state a time of day
	posts     int // that stand below the title of a thread or beside a member's profile
}

// texts weighs the texts of a thread.
func (p *pageView) texts(t *thread) evidence {
	var e evidence
	for k := range t.hits {
		from, to := t.hits[k].last+1, t.end
		if t.below {
			from, to = t.heading+1, t.hits[k].first
			if k > 0 {
				from = t.hits[k-1].last + 1
			}
		} else if k+1 < len(t.hits) {
			to = t.hits[k+1].first
		}
		n := p.words[to] - p.words[from]
		if n > 0 {
			e.withText++
		}
		if p.prose[to] > p.prose[from] {
			e.withProse++
		}
		opened := false
		button := t.hits[k].button
		for i := from; i < to && !(button && opened); i++ {
			button = button || p.readings[i].kind == buttonLine && containsAny(lower(p.lines[i].text), replyParts)
			if !opened && p.lines[i].text != "" {
				opened = true
				if p.prose[i+1] > p.prose[i] {
					e.opening++
				}
			}
		}
		if button {
			e.buttons++
		}
		if len(t.hits[k].iso) > len("2006-01-02") {
			e.timed++
		}
		if p.post(&t.hits[k]) {
			e.posts++
		}
		if k+1 < len(t.hits) || t.below || len(t.hits) == 1 {
			e.total += min(n, 4*maxBodyAverage) // behind the last stands the rest of the page
			e.longest = max(e.longest, n)
		}
	}
	return e
}

// profileLines are lines around a post of a forum in which its member's profile
// and the thread's title stand.
const profileLines = 8

// post tells a header as forums have them: right below "Re: TITLE", or beside
// how many posts the member has sent.
func (p *pageView) post(h *hit) bool {
	for i := h.first + 1; i < h.last; i++ {
		if profileEntry(lower(p.lines[i].text)) {
			return true
		}
	}
	for step := -1; step <= 1; step += 2 {
		seen := 0
		i := h.first - 1
		if step > 0 {
			i = h.last + 1
		}
		for ; i >= 0 && i < len(p.lines) && seen < profileLines; i += step {
			s := p.lines[i].text
			if s == "" {
				continue
			}
			seen++
			if len(s) > maxProfile {
				break
			}
			low := lower(s)
			if step < 0 && seen <= 2 && hasAnyPrefix(low, answerMarks) {
				return true
			}
			if profileEntry(low) {
				return true
			}
		}
	}
	return false
}

// maxProfile is the length in bytes of the longest line of a profile.
const maxProfile = 120

func hasAnyPrefix(s string, prefixes []string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

// single tells whether one header below a heading is enough: it says that
// somebody says something, states a time of day, or stands close to the heading.
func (p *pageView) single(t *thread, f family, intro, total int) bool {
	if total < 2 {
		return false
	}
	timed := len(t.hits[0].iso) > len("2006-01-02")
	switch f {
	case says:
		return true
	case by:
		return !t.hits[0].short || intro <= nearLines && timed
	case dateAbove:
		return timed && intro <= nearLines && !t.below
	}
	return timed || intro <= nearLines
}

// alone tells whether headers are enough without a heading. "NAME says:" is; a
// name with a date is no more than any list of news has, so that it takes
// buttons below the texts, or texts of readers' length that begin at once.
func (p *pageView) alone(t *thread, f family, e evidence) bool {
	n := len(t.hits)
	if n < minHeaders || t.below || sameName(t.hits) || e.total < 4*n {
		return false
	}
	if f == says || f == levelled {
		return e.withProse*2 >= n
	}
	if n < minPairs || e.withProse*4 < 3*n {
		return false
	}
	if e.total < minReaders*n {
		return false
	}
	if f == nameAbove || f == dateAbove {
		fields := 0
		for i := range t.hits {
			fields += strings.Count(t.hits[i].name, " ") + 1
		}
		if fields*2 > 5*n {
			return false // the headlines of a list
		}
	}
	if e.posts*2 >= n && e.timed*2 >= n {
		return true
	}
	if f == by && t.hits[0].short {
		return e.buttons*2 >= n
	}
	return e.buttons*2 >= n || e.opening*4 >= 3*n && e.longest >= readersLength ||
		e.timed*5 >= 4*n && e.longest >= postLength && e.total >= 2*minReaders*n
}

// sameName tells that all headers name the same, as captions do.
func sameName(hits []hit) bool {
	for i := range hits {
		if hits[i].name != hits[0].name || hits[i].name == "" {
			return false
		}
	}
	return true
}

// below tells whether the headers of a group stand below their texts.
func (p *pageView) below(t *thread) bool {
	if t.heading < 0 {
		return false
	}
	first, last := t.hits[0].first, t.hits[len(t.hits)-1].last
	marked := 0
	for i := range t.hits {
		if t.hits[i].marked {
			marked++
		}
	}
	if marked*2 > len(t.hits) || p.words[first] == p.words[t.heading+1] {
		return false
	}
	// Marks that stand before the texts, not before the headers.
	withMark := 0
	from := t.heading + 1
	for k := range t.hits {
		if p.markedText(from, t.hits[k].first) {
			withMark++
		} else if k == 0 {
			break
		}
		from = t.hits[k].last + 1
	}
	if withMark*5 >= len(t.hits)*4 {
		return true
	}
	if len(t.hits) == 1 && t.hits[0].family != by || p.textLines(t.heading+1, first) > maxIntroLines {
		return false
	}
	// Sentences before the first header, and none right behind the last.
	return p.prose[first] > p.prose[t.heading+1] && !p.proseNear(last+1, t.end)
}

// markedText tells a mark with text, or alone, between two lines.
func (p *pageView) markedText(from, to int) bool {
	for i := from; i < to; i++ {
		if p.lines[i].mark != noMark && (p.readings[i].kind == textLine || p.readings[i].kind == markLine) {
			return true
		}
	}
	return false
}

// dropUnmarked drops the few headers without a mark where almost all have one:
// the comments quote somebody.
func (t *thread) dropUnmarked() {
	n := 0
	for i := range t.hits {
		if t.hits[i].marked {
			n++
		}
	}
	if n < 5 || n == len(t.hits) || n*10 < len(t.hits)*9 {
		return
	}
	kept := make([]hit, 0, n)
	for _, h := range t.hits {
		if h.marked {
			kept = append(kept, h)
		}
	}
	t.hits = kept
}

// cutTail drops headers at the end whose dates have another precision than all
// before: the list of something else.
func (p *pageView) cutTail(t *thread) {
	const sure = 4
	for k := sure; k < len(t.hits); k++ {
		h, h0 := &t.hits[k], &t.hits[0]
		if h.iso != "" && h0.iso != "" && len(h.iso) != len(h0.iso) || h.sign != h0.sign {
			if h.family != says && 2*k >= len(t.hits) {
				t.end, t.hits = t.hits[k].first, t.hits[:k]
			}
			return
		}
	}
}

// textLines counts lines with text.
func (p *pageView) textLines(from, to int) int {
	n := 0
	for i := from; i < to; i++ {
		if p.lines[i].text != "" {
			n++
		}
	}
	return n
}

// proseNear tells a sentence among the first lines of text from a line on.
func (p *pageView) proseNear(from, end int) bool {
	seen := 0
	for i := from; i < end && seen < 3; i++ {
		if p.lines[i].text == "" {
			continue
		}
		if p.prose[i+1] > p.prose[i] {
			return true
		}
		seen++
	}
	return false
}

// shift reads dates above names as dates below texts, where a name and a text
// stand above the first of them. The name stands there as the others do.
func (p *pageView) shift(t *thread) {
	if t.heading < 0 || len(t.hits) < 2 || sameName(t.hits) {
		return
	}
	last := t.hits[len(t.hits)/2]
	found, strict := hit{first: -1}, false
	for i := p.behindForm(t.heading+1, t.hits[0].first); i < t.hits[0].first; i++ {
		if !p.readings[i].nameable || p.readings[i].kind != textLine || p.lines[i].column != p.lines[last.last].column {
			continue
		}
		h := hit{family: nameAbove, first: i, last: i}
		h.name, h.role = cleanName(trimControls(p.lines[i].text))
		h.undouble(p.lines, p.readings)
		j := after(h.last, p.readings)
		if j < 0 || j >= t.hits[0].first || p.readings[j].kind != textLine || p.gapBelow(h.last) != p.gapBelow(last.last) {
			continue
		}
		s := !p.readings[j].nameable
		if found.first >= 0 && (strict || !s) {
			continue
		}
		found, strict = h, s
	}
	if found.first < 0 {
		return
	}
	hits := append(make([]hit, 0, len(t.hits)+1), extend(found, t.heading, p.lines, p.readings))
	for k := range t.hits {
		old := &t.hits[k]
		hits = append(hits, hit{family: nameAbove, first: old.date + 1, last: old.last, name: old.name, role: old.role, marked: old.marked, column: old.column})
	}
	t.hits = hits
}

// behindForm is the line behind the last button or form between two lines that
// has text below it.
func (p *pageView) behindForm(from, to int) int {
	text := false
	for i := to - 1; i >= from; i-- {
		switch p.readings[i].kind {
		case textLine:
			text = true
		case buttonLine, finalLine, sectionLine:
			if text {
				return i + 1
			}
		}
	}
	return from
}

// gapBelow tells a blank line below line i.
func (p *pageView) gapBelow(i int) bool {
	return i+1 < len(p.lines) && p.lines[i+1].text == ""
}
