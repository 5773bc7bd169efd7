package textpage

import (
	"strings"
	"unicode"
	"unicode/utf8"

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
				a.findSite(draft)
				return
			}
		}
	}
	vocabulary := map[string]int{}
	for i := a.start; i < a.end; i++ {
		for _, w := range words(lower(a.lines[i].text)) {
			if len(w) > 3 {
				vocabulary[w]++
			}
		}
	}
	for i := range draft.Blocks { // of an opening post
		for _, w := range words(lower(draft.Blocks[i].Text)) {
			if len(w) > 3 {
				vocabulary[w]++
			}
		}
	}
	seen := map[string]int{}
	for i := range a.lines {
		if len(a.lines[i].text) <= maxTitleBytes {
			seen[lower(a.lines[i].text)]++
		}
	}
	best := 0
	for i := max(0, a.start-titleReach); i < a.end && i < a.start+5; i++ {
		score := a.titleScore(i, vocabulary, seen)
		if score > best {
			best, a.title = score, i
		}
	}
	if a.title >= 0 {
		draft.Title = bareTitle(strings.TrimLeft(a.lines[a.title].text, "# "))
		a.findSite(draft)
	}
}

// threadLabels stand before the title of a forum's thread.
var threadLabels = []string{"topic: ", "thread: ", "thema: ", "subject: ", "sujet : ", "sujet: ", "tema: ", "тема: "}

// bareTitle is a title without such a label and how often the thread was read.
func bareTitle(s string) string {
	low := lower(s)
	for _, label := range threadLabels {
		if !strings.HasPrefix(low, label) || len(s) == len(label) {
			continue
		}
		s = s[len(label):]
		if i := strings.LastIndex(s, " ("); i > 0 && strings.HasSuffix(s, ")") && strings.ContainsAny(s[i:], "0123456789") {
			s = s[:i]
		}
		break
	}
	return s
}

// findSite cuts the site's name off the title, where the page has the title
// without it as well: "TITLE | SITE" and "TITLE".
func (a *article) findSite(draft *extract.Draft) {
	whole, alone := -1, -1
	var title, site string
	for i := range a.lines[:min(len(a.lines), a.start+1)] {
		s := a.lines[i].text
		if len(s) > maxTitleBytes {
			continue
		}
		for _, sep := range []string{" | ", " – ", " — ", " - ", " · ", " » "} {
			if j := strings.LastIndex(s, sep); j > 0 && strings.EqualFold(s[:j], draft.Title) {
				whole, title, site = i, s[:j], s[j+len(sep):]
			}
		}
		if strings.EqualFold(s, draft.Title) {
			alone = i
		}
	}
	if whole < 0 {
		for _, sep := range []string{" | ", " – ", " — ", " - ", " · ", " » "} {
			j := strings.LastIndex(draft.Title, sep)
			if j <= 0 {
				continue
			}
			for i := range a.lines[:min(len(a.lines), a.start+1)] {
				if strings.EqualFold(a.lines[i].text, draft.Title[:j]) {
					whole, alone, title, site = a.title, i, a.lines[i].text, draft.Title[j+len(sep):]
				}
			}
		}
	}
	if i := strings.LastIndex(draft.Title, " | "); whole < 0 && i > 0 && len(words(draft.Title[:i])) > 2 && len(words(draft.Title[i:])) <= 4 {
		draft.Title, draft.Site = strings.TrimSpace(draft.Title[:i]), draft.Title[i+len(" | "):]
		return
	}
	if whole >= 0 && alone >= 0 && len(words(site)) <= 6 {
		draft.Title, draft.Site = title, site
		a.title = max(whole, alone)
	}
}

// titleScore is what speaks for line i being the title, 0 for nothing.
func (a *article) titleScore(i int, vocabulary map[string]int, seen map[string]int) int {
	l := &a.lines[i]
	list := words(l.text)
	if n := wordCount(l.text); n < minTitleWords || n > maxTitleWords || len(l.text) > maxTitleBytes || a.furniture(i) {
		return 0
	}
	r := &a.readings[i]
	if r.kind == dateLine || r.kind == headerLine || r.kind == buttonLine || containsAny(lower(l.text), captionParts) {
		return 0
	}
	if d, ok := a.calendar.find(l.text); ok && (d.iso != "" && len(list) < 12 && !(len(words(l.text[:d.start])) > 2 && len(words(l.text[d.end:])) > 1) || d.clock) {
		return 0
	}
	if trail(l.text) || strings.HasPrefix(l.text, "Link: ") || hasAnyPrefix(lower(l.text), filedParts) {
		return 0
	}
	if _, phrase := behindBy(l.text); phrase != "" && articleBy[phrase] && len(list) <= maxNameWords {
		return 0
	}
	if strings.Contains(l.text, ". ") && prose(l.text) {
		return 0 // more than one sentence
	}
	if stubs(l.text) || keywords(l.text) || hasAnyPrefix(lower(l.text), answerMarks) {
		return 0
	}
	inside := 0 // the line's own words count for nothing
	if i >= a.start && i < a.end {
		inside = 1
	}
	known := 0
	for _, w := range list {
		if vocabulary[lower(w)] > inside {
			known++
		}
	}
	score := 10 + known*40/max(len(list), 1) + min(wordCount(l.text), 8)*2
	switch {
	case l.level == 1:
		score += 40
	case l.level == 2:
		score += 15
	}
	if l.mark != noMark {
		score -= 25
	}
	if r, _ := utf8.DecodeRuneInString(l.text); unicode.IsLower(r) {
		score -= 25
	}
	if n := len(list) - longTitle; n > 0 {
		score -= 3 * n // rather a standfirst
	}
	if strings.HasSuffix(l.text, ".") || strings.HasSuffix(l.text, ":") || strings.HasSuffix(l.text, "…") || strings.HasPrefix(l.text, "(") && strings.HasSuffix(l.text, ")") {
		score -= 25
	}
	if i == 0 || i+1 < len(a.lines) && a.lines[i-1].text == "" && a.lines[i+1].text == "" {
		score += 8
	}
	if personName(l.text) && len(list) <= 3 {
		score -= 15
		if j := after(i, a.readings); j >= 0 && a.readings[j].kind == dateLine && a.readings[j].iso != "" {
			score -= 25 // who wrote it, above when
		}
	}
	// Byline and date stand below a title, not above.
	if a.metaNear(i, 1) {
		score += 18
	}
	if a.metaNear(i, -1) && !(i+1 < len(a.lines) && a.lines[i+1].text == "" && a.dateAbove(i)) {
		score -= 12
	}
	if i == 0 && len(list) > 2 && a.metaNear(0, 1) {
		score += 30 // a part cut out by hand begins with its title
	}
	// The nearer to the body, the likelier; inside it, hardly.
	if i < a.start {
		score -= (a.start - i) / 3
	} else if i > a.start {
		score -= 12
	}
	if n := seen[lower(l.text)]; n == 2 || n == 3 {
		score += 6 // breadcrumbs and buttons repeat it
	}
	return max(score, 0)
}

// dateAbove tells whether the nearest line above is a date and nothing else, as
// blogs have it above the posts of a day.
func (a *article) dateAbove(i int) bool {
	for j := i - 1; j >= 0 && j >= i-3; j-- {
		if a.lines[j].text != "" {
			return a.readings[j].kind == dateLine && a.readings[j].iso != ""
		}
	}
	return false
}

// longTitle is the number of words from which on a line is rather a standfirst.
const longTitle = 14

// filedParts begin lines that say where an article is filed; lower case.
var filedParts = []string{"abgelegt unter", "filed under", "posted in", "veröffentlicht in", "kategorie:", "kategorien:", "category:", "categories:", "classé dans", "publié dans", "publicado en", "categoría:", "archiviato in", "categoria:", "geplaatst in", "categorie:", "рубрика:", "you are here", "sie sind hier", "vous êtes ici", "usted está aquí", "estás aquí", "当前位置", "您的位置", "您现在的位置", "現在位置"}

// trail tells the places above a page: "Home > Locks > Keys".
func trail(s string) bool {
	for _, sep := range []string{" > ", " » ", " › ", " / ", ">", "»"} {
		if n := strings.Count(s, sep); n > 1 && len(words(s)) <= 8*(n+1) {
			return true
		}
	}
	return false
}

// stubs tells a line of nothing but stubs of images: "[icon][logo]".
func stubs(s string) bool {
	return strings.HasPrefix(s, "[") && strings.HasSuffix(s, "]") && !strings.Contains(s, " ")
}

// keywords tells a list of at least four short entries between commas.
func keywords(s string) bool {
	parts := strings.Split(s, ", ")
	if len(parts) < 4 {
		return false
	}
	for _, part := range parts {
		if len(strings.Fields(part)) > 2 {
			return false
		}
	}
	return true
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
		if step > 0 && hasAnyPrefix(lower(a.lines[j].text), filedParts) {
			return true
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
