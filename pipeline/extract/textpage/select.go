package textpage

// Evidence that is asked for before anything counts as a comment.
const (
	minHeaders     = 2  // headers in one style, where no heading announces them
	minPairs       = 3  // the same for headers of two lines, which chance makes sooner
	maxIntro       = 60 // words between the heading and the first header
	maxIntroLines  = 40
	headingWorth   = 15
	headerWorth    = 10
	maxBodyAverage = 600 // words a comment has at most, on average
)

// thread is where the comments of a page stand.
type thread struct {
	hits    []hit
	heading int  // line of the section's heading; -1 for none
	start   int  // first line that belongs to comments
	end     int  // line behind the last one that may
	below   bool // headers stand below the texts
	section section
}

// chooseThread finds the comments: the family of headers, and the part of the
// page, that speak best for it. ok is false for a page without comments.
func chooseThread(lines []line, readings []reading) (thread, bool) {
	counts := wordCounts(lines, readings)
	var best thread
	bestScore := 0
	for f := says; f < families; f++ {
		hits := hitsOf(f, lines, readings)
		for _, g := range groups(hits, readings) {
			t, score := judge(g, f, lines, readings, counts)
			if score > bestScore {
				best, bestScore = t, score
			}
		}
	}
	return best, bestScore > 0
}

// wordCounts are the words of text up to each line; buttons do not count.
func wordCounts(lines []line, readings []reading) []int {
	out := make([]int, len(lines)+1)
	for i := range lines {
		n := 0
		if k := readings[i].kind; k == textLine || k == headerLine || k == dateLine {
			n = len(words(lines[i].text))
		}
		out[i+1] = out[i] + n
	}
	return out
}

// groups cuts hits where a line between them ends the comments, unless such
// lines come with every comment.
func groups(hits []hit, readings []reading) [][]hit {
	if len(hits) == 0 {
		return nil
	}
	var cuts []int
	for k := 1; k < len(hits); k++ {
		for i := hits[k-1].last + 1; i < hits[k].first; i++ {
			if readings[i].kind == finalLine || readings[i].kind == sectionLine {
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

// judge tells how much speaks for a group of headers being comments; 0 for too
// little.
func judge(hits []hit, f family, lines []line, readings []reading, counts []int) (thread, int) {
	t := thread{hits: hits, heading: -1, section: section{stated: -1}}
	first, last := hits[0].first, hits[len(hits)-1].last
	intro := 0
	for i := first - 1; i >= 0; i-- {
		if readings[i].kind == sectionLine {
			t.heading, t.section = i, readings[i].section
			break
		}
		if readings[i].kind != blankLine {
			intro++
		}
		if intro > maxIntroLines*4 {
			break
		}
	}
	t.end = len(lines)
	for i := last + 1; i < len(lines); i++ {
		if readings[i].kind == finalLine || readings[i].kind == sectionLine {
			t.end = i
			break
		}
	}
	t.below = below(&t, lines, readings, counts)
	gap := 0
	if t.heading >= 0 {
		gap = counts[first] - counts[t.heading+1]
	}
	if t.heading >= 0 && !t.below && (gap > maxIntro || intro > maxIntroLines) {
		t.heading, t.section = -1, section{stated: -1}
	}
	if t.section.stated == 0 {
		return t, 0
	}
	withText, textWords := 0, 0
	for k := range hits {
		n := 0
		if t.below {
			from := t.heading + 1
			if k > 0 {
				from = hits[k-1].last + 1
			}
			n = counts[hits[k].first] - counts[from]
		} else {
			to := t.end
			if k+1 < len(hits) {
				to = hits[k+1].first
			}
			n = counts[to] - counts[hits[k].last+1]
		}
		if n > 0 {
			withText++
		}
		if k+1 < len(hits) || t.below {
			textWords += n
		}
	}
	if withText*2 < len(hits) || textWords > maxBodyAverage*len(hits) {
		return t, 0
	}
	if t.heading < 0 {
		need := minHeaders
		if f == nameAbove || f == dateAbove || f == nameDate || f == dateName {
			need = minPairs
		}
		if len(hits) < need || t.below {
			return t, 0
		}
		if textWords < 3*len(hits) {
			return t, 0
		}
	}
	t.start = first
	if t.heading >= 0 {
		t.start = t.heading
	}
	score := headerWorth*withText + int(families-f)
	if t.heading >= 0 {
		score += headingWorth
	}
	return t, score
}

// below tells whether the headers of a group stand below their texts.
func below(t *thread, lines []line, readings []reading, counts []int) bool {
	first, last := t.hits[0].first, t.hits[len(t.hits)-1].last
	marked := 0
	for i := range t.hits {
		if t.hits[i].marked {
			marked++
		}
	}
	if marked*2 > len(t.hits) {
		return false
	}
	if t.heading < 0 {
		return false
	}
	// Marks that stand before the texts, not before the headers.
	marks := 0
	for i := t.heading + 1; i < last; i++ {
		if lines[i].mark != noMark && lines[i].text != "" && readings[i].kind == textLine || readings[i].kind == markLine {
			marks++
		}
	}
	above := counts[first] - counts[t.heading+1]
	under := counts[t.end] - counts[last+1]
	if above == 0 {
		return false
	}
	if marks >= len(t.hits) && firstMark(t.heading+1, first, lines, readings) {
		return true
	}
	return under == 0 || t.hits[0].family == by && under < 4
}

// firstMark tells that a mark stands between the heading and the first header.
func firstMark(from, to int, lines []line, readings []reading) bool {
	for i := from; i < to; i++ {
		if lines[i].mark == numberMark || readings[i].kind == markLine {
			return true
		}
	}
	return false
}
