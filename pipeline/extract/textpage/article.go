package textpage

import (
	"strings"
	"unicode/utf8"

	"corpus/pipeline/extract"
	"corpus/schema"
)

// article reads what stands above the comments, or the whole page where there
// are none.
type article struct {
	lines    []line
	readings []reading
	thread   *thread
	calendar *calendar

	title      int // line of the title; -1 for none
	start, end int // lines of the body
}

// read fills the draft's article.
func (a *article) read(draft *extract.Draft) {
	a.bounds()
	a.findTitle(draft)
	a.findLede()
	draft.Blocks = a.blocks(draft)
	a.findByline(draft)
	a.findTags(draft)
	a.cutTail(draft)
}

// Weights of the lines in and around an article, in words.
const (
	proseFloor = 9  // words from which a line with a full stop is prose
	longFloor  = 22 // words from which it is prose without one
	shortCost  = 5  // of a line of navigation
	stopCost   = 12 // of a heading of comments, a form, a footer
)

// prose tells a line that is written rather than a label.
func prose(s string) bool {
	n := wordCount(s)
	if n >= longFloor {
		return true
	}
	return n >= proseFloor && sentenceEnd(s)
}

// sentenceEnd tells that s ends as sentences do.
func sentenceEnd(s string) bool {
	s = strings.TrimRight(s, " \"”“’'»«)]*")
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?:…。！？", r)
}

// weight is what a line says for being inside the article.
func (a *article) weight(i int) int {
	l, r := &a.lines[i], &a.readings[i]
	switch {
	case l.text == "":
		return 0
	case r.kind == finalLine || r.kind == sectionLine:
		return -stopCost
	case prose(l.text) && !a.furniture(i):
		return min(wordCount(l.text), 60)
	case l.level > 0:
		return -1
	case sentenceEnd(l.text) && !a.furniture(i):
		return 1
	}
	return -shortCost
}

// bounds finds the part of the page with the most prose and the least around
// it: the best sum of consecutive weights.
func (a *article) bounds() {
	best, sum, from := 0, 0, 0
	for i := range a.lines {
		if sum <= 0 {
			sum, from = 0, i
		}
		sum += a.weight(i)
		if sum > best {
			best, a.start, a.end = sum, from, i+1
		}
	}
}

// ledeReach is how far above the rest of the article its first paragraph may
// stand, in lines with text: a list of contents or a picture is between.
const ledeReach = 12

// findLede begins the article at the first prose below its title, if no furniture
// stands between.
func (a *article) findLede() {
	if a.title < 0 || a.title >= a.start {
		return
	}
	for i, n := a.start-1, 0; i > a.title && n < ledeReach; i-- {
		l, r := &a.lines[i], &a.readings[i]
		if l.text == "" {
			continue
		}
		n++
		if r.kind != textLine || a.furniture(i) {
			return
		}
		if _, dated := a.calendar.find(l.text); l.mark == noMark && sentenceEnd(l.text) && prose(l.text) && !dated && !a.aside(i) {
			a.start = i
		}
	}
}

// furniture tells a line of navigation and buttons.
func (a *article) furniture(i int) bool {
	l, r := &a.lines[i], &a.readings[i]
	if r.kind == buttonLine || r.kind == finalLine || r.kind == sectionLine {
		return true
	}
	low := strings.TrimLeft(lower(l.text), " »«›‹→←+#•|>")
	if p := furniture.prefix(low); p != "" {
		n := len(words(low[len(p):]))
		return n <= 3 || n <= 12 && !sentenceEnd(low)
	}
	return false
}

// blocks is the article's text.
func (a *article) blocks(draft *extract.Draft) []extract.Block {
	var out []extract.Block
	var part []string
	partKind, level := schema.BlockParagraph, int32(0)
	flush := func() {
		if len(part) > 0 {
			out = append(out, extract.Block{Kind: partKind, Level: level, Text: strings.Join(part, "\n")})
		}
		part, partKind, level = part[:0], schema.BlockParagraph, 0
	}
	seen := 0
	for i := a.start; i < a.end; i++ {
		l := &a.lines[i]
		if l.text == "" {
			if l.mark == noMark {
				flush()
			}
			continue
		}
		if seen++; seen <= headMeta && a.metaLine(i) {
			flush()
			continue
		}
		if i == a.title && !strings.HasSuffix(l.text, ".") || a.furniture(i) || a.aside(i) || a.label(l.text, tagLabels) || i != a.title && strings.EqualFold(l.text, draft.Title) {
			flush()
			continue
		}
		kind, lv := a.kindOf(i)
		if kind != schema.BlockParagraph || partKind != schema.BlockParagraph || len(part) > 0 && ownParagraph(part[len(part)-1]) {
			flush()
		}
		partKind, level = kind, lv
		text := l.text
		if kind == schema.BlockQuote {
			text = strings.TrimSpace(strings.TrimPrefix(text, ">"))
		}
		part = append(part, text)
	}
	flush()
	for len(out) > 0 && out[len(out)-1].Kind == schema.BlockHeading {
		out = out[:len(out)-1]
	}
	return out
}

// headMeta is the number of lines of a body in which the byline may stand: the
// standfirst is above it.
const headMeta = 5

// metaLine tells a line that says who wrote the article or when, and no more.
func (a *article) metaLine(i int) bool {
	s := a.lines[i].text
	if i == a.title || len(s) > maxAside/8 || a.lines[i].level > 0 {
		return false
	}
	if d, ok := a.calendar.find(s); ok && len(d.iso) >= len("2006-01-02") {
		before, behind := words(s[:d.start]), words(s[d.end:])
		return !sentenceEnd(s) && len(before)+len(behind) <= easyNameWords || len(before) > 0 && len(before) <= 2 && len(behind) <= maxMetaWords/2 && containsAny(lower(s), publishedParts) && !sentenceEnd(s)
	}
	who, phrase := behindBy(s)
	return phrase != "" && articleBy[phrase] && !sentenceEnd(s) && len(words(s)) <= maxNameWords && len(fullNames(who)) > 0
}

// publishedParts say that a line tells when an article appeared or changed; lower case.
var publishedParts = []string{"published", "updated", "posted", "veröffentlicht", "aktualisiert", "publié", "mis à jour", "publicado", "actualizado", "pubblicato", "aggiornato", "atualizado", "gepubliceerd", "bijgewerkt", "publicerad", "uppdaterad", "opublikowano", "aktualizacja", "опубликовано", "обновлено"}

// wholeLine is the length in bytes from which a line that ends as sentences do
// is a paragraph by itself, blank line or not.
const wholeLine = 140

func ownParagraph(s string) bool { return len(s) >= wholeLine && sentenceEnd(s) }

// kindOf tells what kind of block line i belongs to.
func (a *article) kindOf(i int) (string, int32) {
	l := &a.lines[i]
	switch {
	case l.level > 0:
		return schema.BlockHeading, l.level
	case strings.HasPrefix(l.text, ">"):
		return schema.BlockQuote, 0
	case l.mark != noMark:
		return schema.BlockListItem, 0
	case a.headingLike(i):
		return schema.BlockHeading, 0
	}
	return schema.BlockParagraph, 0
}

// Longest heading, in words and bytes.
const (
	maxHeadingWords = 14
	maxHeadingBytes = 140
)

// headingLike tells a short line without a closing point that stands alone,
// with text somewhere below.
func (a *article) headingLike(i int) bool {
	l := &a.lines[i]
	if len(l.text) > maxHeadingBytes || len(words(l.text)) > maxHeadingWords || len(words(l.text)) == 0 {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(l.text)
	if r == '?' && strings.Contains(l.text, ": ") {
		return false // somebody asks
	}
	if strings.ContainsRune(".,;:…!\"”’»)", r) {
		return false
	}
	if i > a.start && a.lines[i-1].text != "" || i+1 < len(a.lines) && a.lines[i+1].text != "" {
		return false
	}
	return i+1 < a.end
}

// label tells a line that begins with one of the labels.
func (a *article) label(s string, labels *phraseTable) bool {
	if len(s) > maxHeader {
		return false
	}
	low := strings.TrimLeft(lower(s), " *•+")
	p := labels.prefix(low)
	if p == "" {
		return false
	}
	rest := strings.TrimLeft(low[len(p):], " ")
	return rest == "" || strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, "#")
}
