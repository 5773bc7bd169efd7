package textpage

import "strings"

// maxGap is the number of blank lines that may part the lines of one header.
const maxGap = 3

// levelColumns is how far a stated level counts as indented.
const levelColumns = 4

// hitsOf gives the headers that one family finds, in the order of the page.
func hitsOf(f family, lines []line, readings []reading, c *calendar) []hit {
	var hits []hit
	last := -1
	for i := range readings {
		h, ok := hitAt(f, i, lines, readings, c)
		if !ok || h.first <= last {
			continue
		}
		h.undouble(lines, readings)
		h = extend(h, last, lines, readings)
		hits = append(hits, h)
		last = h.last
	}
	return hits
}

func hitAt(f family, i int, lines []line, readings []reading, c *calendar) (hit, bool) {
	r := &readings[i]
	switch f {
	case says, by, nameDate, dateName:
		if r.kind != headerLine || r.family != f {
			return hit{}, false
		}
		h := hit{family: f, first: i, last: i, name: r.name, role: r.role, sign: r.sign, iso: r.iso, dated: r.dated, button: r.button, short: r.short}
		if !h.dated {
			h.takeDate(readings)
		}
		return h, true
	case nameAbove:
		if r.kind != dateLine || r.clock {
			return hit{}, false
		}
		h := hit{family: f, last: i, iso: r.iso, dated: true, button: r.button}
		if j, name := besideProfile(i, lines, readings); j >= 0 {
			h.first, h.name = j, name
			return h, true
		}
		j := i
		for range 3 {
			if j = before(j, readings); j < 0 {
				return hit{}, false
			}
			p := &readings[j]
			if p.kind == roleLine && h.role == "" && !marked(lines, j) {
				if k := before(j, readings); k >= 0 && readings[k].kind == textLine && readings[k].nameable && namesAlone(lines[k].text) {
					h.role = p.role
					continue
				}
			}
			if !p.nameable || p.kind != textLine && p.kind != roleLine || !namesAlone(lines[j].text) {
				return hit{}, false
			}
			h.first = j
			var role string
			h.name, role = cleanName(trimControls(lines[j].text))
			if role != "" {
				h.role = role
			}
			return h, true
		}
	case dateAbove:
		if r.kind != dateLine || r.clock {
			return hit{}, false
		}
		h := hit{family: f, first: i, date: i, iso: r.iso, dated: true}
		j := after(i, readings)
		if j >= 0 && readings[j].kind == roleLine {
			h.role = readings[j].role
			j = after(j, readings)
		}
		for n := 0; n < 2 && j >= 0 && readings[j].kind == buttonLine; n++ { // of the comment above
			j = after(j, readings)
		}
		if j < 0 || !readings[j].nameable || readings[j].kind != textLine || !namesAlone(lines[j].text) {
			return hit{}, false
		}
		h.last = j
		h.name, _ = cleanName(trimControls(lines[j].text))
		return h, true
	}
	if f == levelled && r.kind == levelLine {
		h := hit{family: f, first: i, last: i}
		if j := after(i, readings); j >= 0 && readings[j].kind == textLine && readings[j].nameable {
			h.name, h.last = lines[j].text, j
		}
		j := after(h.last, readings)
		if j < 0 || len(lines[j].text) > maxHeader/2 {
			return hit{}, false
		}
		d, ok := c.find(lines[j].text)
		if !ok && readings[j].kind != buttonLine {
			return hit{}, false
		}
		if ok {
			h.iso, h.dated = d.iso, true
			if who, _ := cleanName(trimJoiners(lines[j].text[:d.start])); h.name == "" && plausibleName(who) {
				h.name = who
			}
		}
		h.last, h.marked = j, true
		return h, true
	}
	return hit{}, false
}

// namesAlone tells a line that names somebody and says no more: neither "By
// NAME", as bylines in lists do, nor "@ NAME", as answers do.
func namesAlone(s string) bool {
	_, phrase := behindBy(s)
	return phrase == "" && !strings.HasPrefix(s, "@ ")
}

// takeDate takes the date from the line below the header, behind a role.
func (h *hit) takeDate(readings []reading) {
	j := h.last
	role := ""
	for range 2 {
		if j = after(j, readings); j < 0 {
			return
		}
		switch r := &readings[j]; r.kind {
		case dateLine:
			h.iso, h.dated, h.last = r.iso, true, j
			if role != "" {
				h.role = role
			}
			return
		case roleLine:
			role = r.role
		default:
			return
		}
	}
}

// undouble takes the name once more below into the header, as the avatar's text
// before it may hold it twice.
func (h *hit) undouble(lines []line, readings []reading) {
	j := after(h.last, readings)
	if j < 0 || j != h.last+1 {
		return
	}
	next := lines[j].text
	if h.name == next+" "+next {
		h.name, h.last = next, j
	}
}

// before is the next line with text above i that a header may go on to; a mark
// alone is passed over. -1 for none.
func before(i int, readings []reading) int {
	blanks := 0
	for j := i - 1; j >= 0 && j >= i-6; j-- {
		switch readings[j].kind {
		case blankLine:
			if blanks++; blanks > maxGap {
				return -1
			}
		case markLine:
		default:
			return j
		}
	}
	return -1
}

// after is the next line with text below i, as before.
func after(i int, readings []reading) int {
	blanks := 0
	for j := i + 1; j < len(readings) && j <= i+6; j++ {
		switch readings[j].kind {
		case blankLine:
			if blanks++; blanks > maxGap {
				return -1
			}
		case markLine:
		default:
			return j
		}
	}
	return -1
}

// marked tells that a mark stands before line i, or alone above it.
func marked(lines []line, i int) bool {
	return lines[i].mark != noMark || i > 0 && lines[i-1].text == "" && lines[i-1].mark != noMark
}

// extend takes marks, roles, buttons and the name once more (the text of an
// avatar) above a header into it, and tells how far it is nested.
func extend(h hit, floor int, lines []line, readings []reading) hit {
	top := h.first
	h.column = lines[top].nest
	h.marked = lines[top].mark != noMark
	if h.family == levelled {
		h.column, h.marked = readings[top].level*levelColumns, true
		return h
	}
	blanks := 0
	for j := h.first - 1; j > floor && j >= h.first-8; j-- {
		r := &readings[j]
		switch {
		case r.kind == blankLine:
			if blanks++; blanks > 1 {
				return h
			}
			continue
		case r.kind == markLine:
			h.first, h.marked = j, true
			h.column = lines[j].nest
		case r.kind == roleLine && !blankBetween(readings, j, top):
			h.first = j
			if h.role == "" {
				h.role = r.role
			}
		case r.kind == buttonLine && lines[j].mark != noMark && blanks == 0:
			h.first, h.marked, h.button = j, true, true
			h.column = lines[j].nest
		case avatarText(lines[j].text, h.name):
			h.first = j
			if lines[j].mark != noMark {
				h.marked, h.column = true, lines[j].nest
			}
		default:
			return h
		}
	}
	return h
}

func blankBetween(readings []reading, i, j int) bool {
	for k := i + 1; k < j; k++ {
		if readings[k].kind == blankLine {
			return true
		}
	}
	return false
}

// avatarText tells a line that only names the commenter, as the text of an
// avatar does: the name, twice the name, "Avatar of NAME".
func avatarText(s, name string) bool {
	if name == "" || len(s) > len(name)*2+32 {
		return false
	}
	if strings.EqualFold(s, name) || strings.EqualFold(s, name+" "+name) {
		return true
	}
	low, ending := lower(s), lower(name)
	if !strings.HasSuffix(low, " "+ending) && !strings.HasPrefix(low, ending+" ") && !strings.HasPrefix(low, ending+"'") && !strings.HasPrefix(low, ending+"’") {
		return false
	}
	rest := strings.Fields(strings.Replace(low, ending, "", 1))
	if len(rest) > 3 {
		return false
	}
	for _, w := range rest {
		w = strings.Trim(w, "'’s:")
		if imageWords[w] || w == "benutzerbild" || w == "profilbild" || w == "profile" {
			return true
		}
	}
	return false
}
