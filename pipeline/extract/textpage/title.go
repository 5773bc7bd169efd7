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
	if r.kind == dateLine || r.kind == headerLine && r.dated || r.kind == buttonLine {
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
	if strings.HasSuffix(l.text, ".") || strings.HasSuffix(l.text, ":") {
		score -= 15
	}
	if i == 0 || i+1 < len(a.lines) && a.lines[i-1].text == "" && a.lines[i+1].text == "" {
		score += 8
	}
	// The nearer to the body, the likelier; inside it, hardly.
	if i < a.start {
		score -= (a.start - i) / 3
	} else if i > a.start {
		score -= 10
	}
	return max(score, 0)
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
