package textpage

import (
	"strings"
	"unicode/utf8"
)

// Limits of what counts as wrapped by a program: lines between minWrap and
// maxWrap columns, and enough of them that are full.
const (
	minWrap  = 30
	maxWrap  = 132
	minFull  = 4
	maxIndex = 256 // right margins are kept for this many indentations
)

// unwrap joins lines that a program has broken at its right margin. A line was
// broken there when the next word would not have fitted. Breaks of the page
// itself stay, and so does everything on a page that was not wrapped.
func unwrap(lines []line) []line {
	margin := wrapMargin(lines)
	if margin == 0 {
		return lines
	}
	margins := marginsByColumn(lines, margin)
	out := lines[:0]
	last := 0 // width of the last piece of the line that is growing
	var parts []string
	flush := func() {
		if len(parts) > 1 {
			l := &out[len(out)-1]
			typed := l.raw[:max(0, len(l.raw)-len(l.text))]
			l.text = strings.Join(parts, "")
			l.raw = typed + l.text
		}
		parts = parts[:0]
	}
	for i := range lines {
		l := lines[i]
		if len(parts) > 0 {
			cur := &out[len(out)-1]
			if continues(cur, &l, last, margins[min(cur.column, maxIndex-1)]) && !dated(parts[len(parts)-1], len(parts) == 1, l.text) {
				text := l.text
				if l.mark != noMark {
					text = l.raw
				}
				if !ideographs(parts[len(parts)-1], text) {
					parts = append(parts, " ")
				}
				parts = append(parts, text)
				last = l.width
				cur.hard = l.hard
				continue
			}
		}
		flush()
		out = append(out, l)
		last = l.width
		if l.text != "" {
			parts = append(parts, l.text)
		}
	}
	flush()
	return out
}

// continues tells that l goes on where cur, of the given width, was broken.
func continues(cur, l *line, width, margin int) bool {
	if l.text == "" || cur.text == "" || cur.hard || l.indent != cur.column || l.level > 0 || margin == 0 {
		return false
	}
	if l.mark == bulletMark && !strings.HasPrefix(l.raw, "-") && !strings.HasPrefix(l.raw, "–") && !strings.HasPrefix(l.raw, "—") {
		return false
	}
	if controlLine(l.text) {
		return false
	}
	n := columns(firstWord(l.raw))
	if n > 0 && ideographs(cur.text, l.raw) {
		n = 2
	}
	return width+1+n > margin
}

// maxDatedHead is the longest line in bytes that counts as a header by its date.
const maxDatedHead = 100

// dated tells that a sentence ends before a line that holds little but a date, or
// that the line before, if it is the first of its text, was little else and ended
// in one: no program broke there.
func dated(before string, first bool, line string) bool {
	if len(line) <= maxDatedHead && sentenceEnd(before) {
		if _, start, end, ok := findDate(line); ok && len(words(line[:start])) <= easyNameWords+2 && len(words(line[end:])) <= easyNameWords && !sentenceEnd(line[end:]) {
			return true
		}
	}
	if first && len(before) <= maxDatedHead && !clockLine(line) {
		if _, start, end, ok := findDate(before); ok && len(words(before[:start])) <= easyNameWords && len(words(before[end:])) <= 2 {
			return true
		}
	}
	return false
}

// clockLine tells a line of a time of day, or of the end of one: "at 3:39 pm",
// "15:39 Uhr", "pm".
func clockLine(s string) bool {
	const most = 16
	if len(s) > most {
		return false
	}
	if d, ok := clock(s); ok {
		return len(words(s[:d.start])) <= 1
	}
	low := lower(strings.Trim(s, " .:,"))
	return low == "am" || low == "pm" || low == "uhr" || low == "min" || low == "h" || low == "a.m" || low == "p.m"
}

// firstWord is what s begins with and no program breaks: a word, with the mark of
// quotation before it, behind which French sets a blank.
func firstWord(s string) string {
	from := 0
	if strings.HasPrefix(s, "« ") {
		from = len("« ")
	}
	if i := strings.IndexAny(s[from:], " \t"); i >= 0 {
		return s[:from+i]
	}
	return s
}

// ideographs tells that two pieces of text meet without a space.
func ideographs(a, b string) bool {
	x, _ := utf8.DecodeLastRuneInString(a)
	y, _ := utf8.DecodeRuneInString(b)
	return wide(x) && wide(y)
}

// wrapMargin is the right margin at which the dump was wrapped, 0 for none:
// hardly a line is longer, and many lines are as long as the next word allows.
func wrapMargin(lines []line) int {
	var histogram [maxWrap + 1]int
	long, total := 0, 0
	for i := range lines {
		l := &lines[i]
		if l.text == "" || !strings.Contains(l.text, " ") && !wideText(l.text) {
			continue
		}
		total++
		if l.width > maxWrap {
			long++
			continue
		}
		histogram[l.width]++
	}
	if total == 0 || long > 2 && long*100 > total {
		return 0
	}
	// The longest lines may be tables and code: one in two hundred is passed over.
	margin, over := maxWrap, long
	for margin > 0 && over+histogram[margin] <= total/200+long {
		over += histogram[margin]
		margin--
	}
	if margin < minWrap {
		return 0
	}
	full, pairs := 0, 0
	for i := 1; i < len(lines); i++ {
		a, b := &lines[i-1], &lines[i]
		if a.text == "" || b.text == "" || b.indent != a.column || b.mark != noMark {
			continue
		}
		pairs++
		word, _, _ := strings.Cut(b.text, " ")
		if a.width+1+columns(word) > margin-margin/8 {
			full++
		}
	}
	if full < minFull || full*4 < pairs {
		return 0
	}
	return margin
}

func wideText(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return wide(r)
}

// marginsByColumn gives the right margin of each column of text: programs take
// some off at the right of lists, as they do at the left.
func marginsByColumn(lines []line, margin int) [maxIndex]int {
	var longest, count [maxIndex]int
	for i := range lines {
		l := &lines[i]
		if l.text == "" || l.width > margin || l.column >= maxIndex {
			continue
		}
		count[l.column]++
		longest[l.column] = max(longest[l.column], l.width)
	}
	var out [maxIndex]int
	for c := range out {
		// Few lines say little: then a line counts as full a little earlier.
		out[c] = max(longest[c], margin-margin/8)
		if count[c] < 6 {
			out[c] = min(max(longest[c], margin-margin/6), margin)
		}
	}
	return out
}
