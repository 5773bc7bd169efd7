package textpage

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"corpus/pipeline/extract"
)

// Bounds of what stands at the end of an article and is no part of it.
const (
	tailFloor     = 120 // words of prose above it
	tailShare     = 3   // times as much prose above it as below
	tailWords     = 8   // words of its heading
	boxWords      = 150 // words of a box on the author
	restWords     = 30  // words of a paragraph that does not stand below anything else
	restTotal     = 90  // words of prose below anything else
	maxTails      = 4   // tails, one above the other
	captionWords  = 40  // words of a line below a picture
	creditWords   = 8   // words of the picture's credit
	pitchWords    = 45  // words that ask readers to subscribe or to give
	noticeWords   = 30  // words of a note on the licence
	navigateWords = 14  // words of a line that leads to another article
)

// cutTail ends the article where boxes on the author, other articles, notes on
// the licence and such begin. Authors, date and tags were read before: what they
// were read from may be cut.
func (a *article) cutTail(draft *extract.Draft) {
	end := a.end
	for range maxTails {
		i := a.findTail(draft)
		if i < 0 {
			break
		}
		a.end = i
	}
	if a.end < end {
		draft.Blocks = a.blocks(draft)
		markNote(draft)
	}
}

// findTail is the line at which the article is over, -1 for its end.
func (a *article) findTail(draft *extract.Draft) int {
	count := make([]int, a.end-a.start)
	column := a.proseColumn()
	total := 0
	for k := range count {
		if a.lines[a.start+k].column <= column {
			count[k] = a.proseWords(a.start + k)
		}
		total += count[k]
	}
	last := 0 // behind the last long paragraph
	for k, n := range count {
		if n >= restWords {
			last = k + 1
		}
	}
	above := 0
	for k, n := range count {
		if below := total - above; above >= tailFloor && above >= tailShare*below && a.tailBegins(a.start+k, below, k >= last && below <= restTotal, draft) {
			return a.start + k
		}
		above += n
	}
	return -1
}

// proseColumn is the column in which most of the article's prose begins.
func (a *article) proseColumn() int {
	var sum [maxIndex]int
	best := 0
	for i := a.start; i < a.end; i++ {
		if c := a.lines[i].column; c < maxIndex {
			sum[c] += a.proseWords(i)
			if sum[c] > sum[best] {
				best = c
			}
		}
	}
	return best
}

// proseWords are the words of line i where it is prose, and no entry of a list, no
// teaser and no aside.
func (a *article) proseWords(i int) int {
	l := &a.lines[i]
	if l.mark != noMark || a.aside(i) || strings.HasSuffix(l.text, "…") || strings.HasSuffix(l.text, "...") || !prose(l.text) {
		return 0
	}
	return wordCount(l.text)
}

// tailBegins tells that the article is over at line i, with so many words of
// prose from there on; spare, if none of them are a long paragraph.
func (a *article) tailBegins(i, below int, spare bool, draft *extract.Draft) bool {
	s := a.lines[i].text
	if s == "" || len(s) > maxParagraph {
		return false
	}
	low := strings.TrimLeft(lower(s), " »«›‹→←+#•|*_")
	n := len(words(s))
	if n == 0 {
		return false
	}
	if below > boxWords {
		return false
	}
	heading := n <= tailWords && !sentenceEnd(strings.TrimRight(s, ":"))
	if heading && boxHeadings.all[strings.TrimRight(low, " :*_")] {
		return true
	}
	if heading {
		if p := aboutWords.prefix(low); p != "" && capitals(strings.TrimSpace(s[len(s)-len(low)+len(p):])) {
			return true
		}
	}
	if strings.HasPrefix(low, "http") && strings.Contains(low, "/author/") && n <= tailWords {
		return true
	}
	if a.boxed(i) || noteOnAuthor(s, draft.Authors) {
		return true
	}
	if !spare {
		return false // a box between two paragraphs
	}
	if below <= restWords*2 && a.beginsAsHead(i) {
		return true
	}
	if heading {
		if p := tailHeadings.prefix(low); p != "" && !labels(low[len(p):]) || tailEndings.suffix(strings.TrimRight(low, " :*_")) != "" || strings.HasSuffix(s, ":") && moreWords.prefix(low) != "" {
			return true
		}
	}
	return n <= navigateWords && !sentenceEnd(s) && leads(s) || n <= noticeWords && containsAny(low, licenceParts)
}

// beginsAsHead tells a line that begins with what a short line at the top of the
// page says, above the title: the site's name, in its footer.
func (a *article) beginsAsHead(i int) bool {
	low := lower(a.lines[i].text)
	low = strings.TrimLeft(low, "©(c) 0123456789–-")
	seen := 0
	for j := 0; j < len(a.lines) && seen < headLines/2 && (a.title < 0 || j < a.title) && j < a.start; j++ {
		s := lower(a.lines[j].text)
		if s == "" {
			continue
		}
		seen++
		if n := len(words(s)); n > 1 && n <= easyNameWords+2 && a.lines[j].mark == noMark && strings.HasPrefix(low, s) && wordEdge(s, low[len(s):]) {
			return true
		}
	}
	return false
}

// labels tells that what is behind a phrase is a colon and a value: the phrase
// names a property there and opens nothing.
func labels(rest string) bool {
	value, ok := strings.CutPrefix(strings.TrimLeft(rest, " *_"), ":")
	return ok && len(words(value)) > 0
}

// noteOnAuthor tells a paragraph about one of the authors that authorNote does
// not read: NAME and a verb.
func noteOnAuthor(s string, authors []string) bool {
	if _, note := authorNote(s); note || !prose(s) {
		return false
	}
	for _, who := range authors {
		if len(strings.Fields(who)) < 2 || len(s) <= len(who) || !strings.EqualFold(s[:len(who)], who) {
			continue
		}
		if verb := words(lower(s[len(who):])); s[len(who)] == ' ' && len(verb) > 0 && noteVerbs[verb[0]] {
			return true
		}
	}
	return false
}

// Lengths in bytes above which a line opens no tail, and is no aside.
const (
	maxParagraph = 2000
	maxAside     = 800
)

// boxed tells a name on a line of its own with a text below that begins with
// it, or with the first word of it.
func (a *article) boxed(i int) bool {
	s := a.lines[i].text
	fields := strings.Fields(s)
	if len(s) > creditLetters || len(fields) < 2 || len(fields) > 3 || !capitals(s) || sentenceEnd(s) || !plausibleName(s) {
		return false
	}
	for j := i + 1; j < a.end && j <= i+3; j++ {
		t := a.lines[j].text
		if t == "" {
			continue
		}
		return len(t) > len(s) && prose(t) && strings.HasPrefix(t, fields[0]+" ")
	}
	return false
}

// capitals tells a text of one to four words that all begin with capitals.
func capitals(s string) bool {
	fields := strings.Fields(s)
	for _, f := range fields {
		if r, _ := utf8.DecodeRuneInString(f); !unicode.IsUpper(r) {
			return false
		}
	}
	return len(fields) > 0 && len(fields) <= 4
}

// leads tells a line that leads to the article before or behind: an arrow at
// its outer end.
func leads(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune("‹←", first) || strings.ContainsRune("›→", last) || first == '«' && !strings.Contains(s, "»") || last == '»' && !strings.Contains(s, "«")
}

// aside tells a line inside the article that is no part of its text: below a
// picture, or asking readers to subscribe or to give.
func (a *article) aside(i int) bool {
	s := a.lines[i].text
	if a.lines[i].level > 0 || len(s) > maxAside {
		return false
	}
	n := len(words(s))
	if n <= captionWords && caption(s) || n <= pitchWords && pitch(lower(s)) {
		return true
	}
	// A question leads up to what readers are asked for.
	return n <= tailWords && strings.HasSuffix(s, "?") && i+1 < a.end && len(a.lines[i+1].text) <= maxAside && len(words(a.lines[i+1].text)) <= pitchWords && pitch(lower(a.lines[i+1].text))
}

// caption tells a line that begins or ends with the credit of a picture.
func caption(s string) bool {
	s = strings.TrimSpace(strings.Trim(s, "*_"))
	low := lower(s)
	if p := pictureLabels.prefix(low); p != "" && strings.HasPrefix(strings.TrimLeft(low[len(p):], " "), ":") && !strings.HasSuffix(s, ":") && len(words(low)) <= 2*creditWords {
		return true
	}
	if i := strings.LastIndex(s, "©"); i >= 0 && len(words(s[i:])) <= creditWords && !sentenceEnd(s) {
		return true
	}
	at := max(strings.LastIndex(s, ". "), strings.LastIndex(s, " ("), strings.LastIndex(s, "! "), strings.LastIndex(s, "? "))
	if at < 0 {
		return false
	}
	end := low[at+2:]
	if len(words(end)) > creditWords {
		return false
	}
	if p := pictureLabels.prefix(end); p != "" && strings.HasPrefix(end[len(p):], ":") {
		return true
	}
	return s[at] == '.' && agency(s[at+2:])
}

// agency tells the credit of a picture without a label: "Una Pike/Lock Press".
func agency(s string) bool {
	i := strings.IndexByte(s, '/')
	if i <= 0 || i+1 == len(s) || sentenceEnd(s) || len(strings.Fields(s)) > 6 || strings.Contains(s, "//") {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s[i+1:])
	return unicode.IsUpper(r) && capitals(s[:i])
}

// pitch tells a text in lower case that asks readers to subscribe or to give.
func pitch(low string) bool {
	low = strings.TrimLeft(low, " »›→*_")
	if supportPhrases.prefix(low) != "" {
		return true
	}
	return containsAny(low, subscribeParts) && containsAny(low, channelParts)
}
