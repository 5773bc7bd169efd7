package textpage

import (
	"strings"

	"corpus/pipeline/extract"
)

// Bounds of a title.
const (
	minTitleWords = 2
	maxTitleWords = 30
	maxTitleBytes = 250
	titleReach    = 60 // lines above the body in which it is looked for
)

// findTitle looks for the title above the body. A heading of comments that
// names it is the best witness.
func (a *article) findTitle(draft *extract.Draft) {
	a.title = -1
	if named := a.thread.section.title; named != "" {
		for i := range a.lines[:min(a.end, len(a.lines))] {
			if sameLetters(a.lines[i].text, named) {
				a.title = i
				draft.Title = a.lines[i].text
				return
			}
		}
	}
	vocabulary := map[string]bool{}
	for i := a.start; i < a.end; i++ {
		for _, w := range words(lower(a.lines[i].text)) {
			if len(w) > 3 {
				vocabulary[w] = true
			}
		}
	}
	best := 0
	for i := max(0, a.start-titleReach); i < a.end && i < a.start+5; i++ {
		score := a.titleScore(i, vocabulary)
		if score > best {
			best, a.title = score, i
		}
	}
	if a.title >= 0 {
		draft.Title = a.lines[a.title].text
	}
}

// titleScore is what speaks for line i being the title, 0 for nothing.
func (a *article) titleScore(i int, vocabulary map[string]bool) int {
	l := &a.lines[i]
	list := words(l.text)
	if len(list) < minTitleWords || len(list) > maxTitleWords || len(l.text) > maxTitleBytes || a.furniture(i) {
		return 0
	}
	r := &a.readings[i]
	if r.kind == dateLine || r.kind == headerLine || r.kind == buttonLine || containsAny(lower(l.text), captionParts) {
		return 0
	}
	if d, ok := a.calendar.find(l.text); ok && (d.iso != "" && len(list) < 12 || d.clock) {
		return 0
	}
	if _, phrase := behindBy(l.text); phrase != "" && articleBy[phrase] && len(list) <= maxNameWords {
		return 0
	}
	known := 0
	for _, w := range list {
		if vocabulary[lower(w)] {
			known++
		}
	}
	score := 10 + known*40/len(list) + min(len(list), 8)*2
	switch {
	case l.level == 1:
		score += 40
	case l.level == 2:
		score += 15
	}
	if l.mark != noMark {
		score -= 25
	}
	if strings.HasSuffix(l.text, ".") || strings.HasSuffix(l.text, ":") || strings.HasSuffix(l.text, "…") || strings.HasPrefix(l.text, "(") {
		score -= 25
	}
	if i == 0 || i+1 < len(a.lines) && a.lines[i-1].text == "" && a.lines[i+1].text == "" {
		score += 8
	}
	if personName(l.text) && len(list) <= 3 {
		score -= 15
	}
	// Byline and date stand below a title, not above.
	if a.metaNear(i, 1) {
		score += 18
	}
	if a.metaNear(i, -1) {
		score -= 12
	}
	// The nearer to the body, the likelier; inside it, hardly.
	if i < a.start {
		score -= (a.start - i) / 3
	} else if i > a.start {
		score -= 10
	}
	return max(score, 0)
}

// metaNear tells a byline or a date among the next two lines with text, in the
// given direction.
func (a *article) metaNear(i, step int) bool {
	seen := 0
	for j := i + step; j >= 0 && j < len(a.lines) && seen < 2 && (j-i)*step < 8; j += step {
		if a.lines[j].text == "" {
			continue
		}
		seen++
		if r := &a.readings[j]; r.kind == dateLine && r.iso != "" || r.kind == headerLine && r.dated {
			return true
		}
		if len(a.lines[j].text) > maxDated {
			return false
		}
		if _, phrase := behindBy(a.lines[j].text); phrase != "" && articleBy[phrase] && len(words(a.lines[j].text)) <= maxNameWords {
			return true
		}
	}
	return false
}

// sameLetters tells two texts that agree in letters and figures.
func sameLetters(a, b string) bool {
	if len(a) > 2*len(b)+16 || len(b) > 2*len(a)+16 {
		return false
	}
	x, y := words(lower(a)), words(lower(b))
	if len(x) != len(y) || len(x) == 0 {
		return false
	}
	for i := range x {
		if x[i] != y[i] {
			return false
		}
	}
	return true
}
