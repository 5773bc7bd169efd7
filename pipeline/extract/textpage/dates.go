package textpage

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"corpus/pipeline/normalize/when"
)

// date is a date found in a line, with the bytes that it takes.
type date struct {
	iso        string // ISO 8601; empty for "3 days ago" and for a time of day alone
	start, end int
	clock      bool // a time of day alone
}

// calendar reads the dates of one page.
type calendar struct {
	order when.Order // of day and month where only figures are given
}

// maxDated is the length of a line in bytes up to which dates are looked for.
const maxDated = 200

// maxGlues bounds the places where a date may be glued to a name.
const maxGlues = 12

// findDate is a date in any order of day and month.
func findDate(s string) (iso string, start, end int, ok bool) {
	if !dateLike(s) {
		return "", 0, 0, false
	}
	return when.Find(s, when.OrderUnknown)
}

// dateLike is a quick look whether s can hold a date at all.
func dateLike(s string) bool {
	return len(s) <= maxDated && strings.ContainsAny(s, "0123456789")
}

// learn sets the order of day and month from all short lines with figures.
func (c *calendar) learn(lines []line, lang string) {
	var samples []string
	for i := range lines {
		if s := lines[i].raw; len(s) < 120 && strings.ContainsAny(s, "0123456789") && strings.ContainsAny(s, "./-") {
			samples = append(samples, s)
		}
	}
	c.order = when.Learn(samples, lang)
}

// find is the first date in s: with day, month and year, else one that is
// relative, else a time of day.
func (c *calendar) find(s string) (date, bool) {
	if len(s) > maxDated {
		return date{}, false
	}
	if strings.ContainsAny(s, "0123456789") {
		if t := strings.TrimRight(s, "0123456789"); len(t) < len(s) && len(s)-len(t) < 5 && (strings.HasSuffix(t, " am") || strings.HasSuffix(t, " pm") || strings.HasSuffix(t, " AM") || strings.HasSuffix(t, " PM")) {
			s = t // the number of a post, glued to its time
		}
		if day, hour := gluedTime(s); hour > 0 {
			d, ok := c.absolute(s[day:hour] + " " + s[hour:])
			d.start += day
			d.end += day - 1
			return d, ok
		}
		if at := commaYear(s); at > 0 {
			d, ok := c.absolute(s[at:at+5] + "." + s[at+7:])
			d.start += at
			d.end += at + 1
			return d, ok
		}
		d, ok := c.absolute(s)
		if ok {
			return d, true
		}
		if d, ok = relative(s); ok {
			return d, true
		}
		return clock(s)
	}
	if justNow[lower(trimPunct(s))] {
		return date{start: 0, end: len(s)}, true
	}
	return date{}, false
}

// commaYear is where "17.07, 2011" begins in s, 0 for nowhere.
func commaYear(s string) int {
	i := strings.Index(s, ", ")
	if i < 6 || i+6 > len(s) || !digits(s[i+2:i+6]) || !digits(s[i-2:i]) || s[i-3] != '.' || !digits(s[i-5:i-3]) {
		return 0
	}
	return i - 5
}

// gluedTime is where day and hour begin in a date that is glued to a time of
// day: "28.09.1913:39" can be read in one way only. 0 for none.
func gluedTime(s string) (day, hour int) {
	colon := strings.IndexByte(s, ':')
	if colon < 9 || !digits(s[colon-4:colon]) || s[colon-5] != '.' && s[colon-5] != '/' || !digits(s[colon-7:colon-5]) {
		return 0, 0
	}
	if sign := s[colon-5]; s[colon-8] != sign || !digits(s[colon-9:colon-8]) {
		return 0, 0
	}
	day = colon - 9
	if day > 0 && s[day-1] >= '0' && s[day-1] <= '3' {
		day--
	}
	return day, colon - 2
}

func (c *calendar) absolute(s string) (date, bool) {
	iso, start, end, ok := when.Find(s, c.order)
	ok = ok && exact(iso, end-start)
	// A name glued to a date hides its first figure or month.
	glues := 0
	for i := range s {
		if ok && i >= start || glues >= maxGlues {
			break
		}
		if i == 0 || !glue(s[:i], s[i:]) {
			continue
		}
		glues++
		tail, from, to, found := when.Find(s[i:], c.order)
		if found && from == 0 && exact(tail, to) && (!ok || i+to >= end) {
			iso, start, end, ok = tail, i, i+to, true
			break
		}
	}
	return date{iso: iso, start: start, end: end}, ok
}

// exact tells that a date names a day, if only in figures whose order is open.
func exact(iso string, length int) bool {
	return len(iso) >= len("2006-01-02") || len(iso) == len("2006") && length >= len("1.1.2006")
}

// glue tells that a date may begin at r although no space stands before it.
func glue(before, rest string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	r, n := utf8.DecodeRuneInString(rest)
	switch {
	case unicode.IsDigit(r):
		return !unicode.IsDigit(last) && !space(last)
	case unicode.IsUpper(r):
		next, _ := utf8.DecodeRuneInString(rest[n:])
		return unicode.IsLower(last) || unicode.IsDigit(last) || unicode.IsPunct(last) || unicode.IsUpper(last) && unicode.IsLower(next)
	}
	return false
}

// yearless finds a day and a month at the end of s, and gives where they begin;
// len(s) for none. ISO 8601 has no form for them.
func (c *calendar) yearless(s string) int {
	t := strings.TrimRight(s, " ,.;:|/·•–—-@(")
	if t == "" || len(t) > maxDated {
		return len(s)
	}
	const year = " 2000"
	iso, start, end, ok := when.Find(t+year, c.order)
	if !ok || end != len(t)+len(year) || len(iso) != len("2006-01-02") || start == 0 && end < 4 {
		return len(s)
	}
	return start
}

// relative finds "3 hours ago" and its like.
func relative(s string) (date, bool) {
	low := lower(s)
	at := 0
	prevStart, prev, prevNumber := 0, "", false
	beforeStart, before := 0, ""
	for at < len(low) {
		start, end := token(low, at)
		if end == start {
			break
		}
		w := low[start:end]
		if prevNumber && timeUnits[w] {
			d := date{start: prevStart, end: end}
			if agoBefore[before] {
				d.start = beforeStart
				if strings.HasPrefix(low[end:], " her") || strings.HasPrefix(low[end:], " ago") {
					d.end = end + 4
				}
				return d, true
			}
			if s2, e2 := token(low, end); e2 > s2 && agoAfter[low[s2:e2]] {
				d.end = e2
				return d, true
			}
		}
		if !prevNumber || !numberToken(w) {
			beforeStart, before = prevStart, prev
			if prev == "a" && strings.HasPrefix(low[max(0, prevStart-5):], "il y ") {
				beforeStart = max(0, prevStart-5)
			}
		}
		prevStart, prev, prevNumber = start, w, numberToken(w)
		at = end
	}
	return date{}, false
}

// numberToken tells figures, and "a" or "einem" in their place.
func numberToken(w string) bool {
	switch w {
	case "a", "an", "einem", "einer", "un", "une", "una", "um", "uma", "een", "en", "ett", "et", "one":
		return true
	}
	return digits(w)
}

// token is the next run of letters or of digits in s.
func token(s string, at int) (start, end int) {
	start = at
	for start < len(s) {
		r, n := utf8.DecodeRuneInString(s[start:])
		if letter(r) || unicode.IsDigit(r) {
			break
		}
		start += n
	}
	end = start
	isDigit := false
	for end < len(s) {
		r, n := utf8.DecodeRuneInString(s[end:])
		d := unicode.IsDigit(r)
		if !letter(r) && !d && r != '.' || r == '.' && d {
			break
		}
		if end > start && d != isDigit {
			break
		}
		isDigit = d
		end += n
	}
	return start, max(start, start+len(strings.TrimRight(s[start:end], ".")))
}

// clock finds a time of day at the end of s ("Anna21:00", "21.00 Uhr").
func clock(s string) (date, bool) {
	t := strings.TrimRight(s, " .")
	low := lower(t)
	for _, suffix := range []string{"uhr", "am", "pm", "a.m", "p.m", "h", "hrs"} {
		if strings.HasSuffix(low, suffix) {
			t = strings.TrimRight(t[:len(low)-len(suffix)], " ")
			break
		}
	}
	end := len(t)
	i := end
	for i > 0 && end-i < 8 && (t[i-1] >= '0' && t[i-1] <= '9' || t[i-1] == ':') {
		i--
	}
	h, m, ok := strings.Cut(t[i:end], ":")
	if !ok || len(h) == 0 || len(h) > 2 || len(m) < 2 || !digits(h) || !digits(m[:2]) || m[:2] > "59" {
		return date{}, false
	}
	return date{start: i, end: len(s), clock: true}, true
}

// trimWeekday cuts a weekday off the end of s, also one glued to a name.
func trimWeekday(s string) string {
	t := strings.TrimRight(s, " ,.")
	low := lower(t)
	last, _ := utf8.DecodeLastRuneInString(low)
	for _, p := range weekdays.byLast[last] {
		if !strings.HasSuffix(low, p) {
			continue
		}
		cut := t[:len(t)-len(p)]
		first, _ := utf8.DecodeRuneInString(t[len(cut):])
		before, _ := utf8.DecodeLastRuneInString(cut)
		if cut == "" || !letter(before) || unicode.IsUpper(first) {
			return cut
		}
	}
	if i := strings.LastIndexAny(low, " ,"); shortWeekdays[low[i+1:]] && (i > 0 || i < 0) {
		return t[:i+1]
	}
	return s
}
