package textpage

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// family is the way in which a page writes the headers of its comments.
type family uint8

const (
	noFamily  family = iota
	says             // "NAME says:", the date on the line or on the next
	by               // "Posted by NAME on DATE"
	nameDate         // "NAME | DATE"
	dateName         // "DATE NAME"
	nameAbove        // NAME, below it DATE
	dateAbove        // DATE, below it NAME
	levelled         // "level 2", below it the date, at most with a name
	families
)

// kind is what a line is, seen by itself.
type kind uint8

const (
	textLine kind = iota
	blankLine
	markLine    // a mark alone
	headerLine  // a header of one line: the reading's family says which
	dateLine    // a date alone
	buttonLine  // controls
	sectionLine // heading of a section of comments
	finalLine   // what ends a section of comments
	roleLine    // "Author"
	pingLine    // note that another site links here
	levelLine   // "level 2"
)

// reading is what is known of a line.
type reading struct {
	kind     kind
	family   family
	name     string
	role     string
	sign     string // between name and date
	iso      string
	button   bool // a button stands behind
	short    bool // the name stands behind a word like "by" alone
	dated    bool // a date is stated, if only a relative one
	clock    bool // only a time of day is
	nameable bool // the line alone may be a name
	section  section
	level    int
}

// hit is a header that one family reads in the page.
type hit struct {
	family      family
	first, last int // lines
	name, role  string
	sign        string // between name and date
	iso         string
	dated       bool
	date        int  // line of the date, for dateAbove
	marked      bool // a mark stands before it
	button      bool // a button stands beside or above it
	short       bool // the name stands behind a word like "by" alone
	column      int  // where its text begins: the deeper, the further nested
}

// readLines reads each line by itself.
func readLines(lines []line, c *calendar) []reading {
	out := make([]reading, len(lines))
	for i := range lines {
		out[i] = readLine(&lines[i], c)
	}
	return out
}

func readLine(l *line, c *calendar) reading {
	switch {
	case l.blank():
		return reading{kind: blankLine}
	case l.text == "":
		return reading{kind: markLine}
	case len(l.text) > maxHeader:
		return reading{}
	}
	if roles[lower(trimPunct(l.text))] {
		return reading{kind: roleLine, role: trimPunct(l.text), nameable: plausibleName(trimPunct(l.text))}
	}
	if p := pingWords.prefix(lower(l.text)); p != "" && strings.Contains(l.text[len(p):], ":") {
		return reading{kind: pingLine}
	}
	if word, n, _ := strings.Cut(lower(l.text), " "); levelWords[word] && digits(n) && len(n) < 3 {
		level, _ := number(n)
		return reading{kind: levelLine, level: int(level)}
	}
	if s, ok := sectionHeading(l.text); ok {
		return reading{kind: sectionLine, section: s}
	}
	text := l.text
	if l.anchor != "" {
		if _, start, end := commentAnchor(text); end > 0 {
			text = text[:start] + text[end:]
		}
	}
	if r, ok := readHeader(text, c); ok {
		return r
	}
	if l.raw != l.text {
		if r, ok := readHeader(l.raw, c); ok {
			return r
		}
	}
	if controlLine(l.text) {
		return reading{kind: buttonLine}
	}
	name, _ := cleanName(trimControls(l.text))
	nameable := plausibleName(name) && !strings.HasSuffix(l.text, ",") && !strings.HasSuffix(l.text, ":")
	if l.mark != numberMark && (endLine(l.text) || loginNote(l.text)) {
		return reading{kind: finalLine}
	}
	return reading{nameable: nameable}
}

// readHeader reads s as a header of one line, or as a date alone.
func readHeader(s string, c *calendar) (reading, bool) {
	s = strings.TrimSpace(s)
	t := trimControls(s)
	if d, ok := c.find(t); ok {
		before := trimJoiners(trimWeekday(t[:d.start]))
		if d.clock && before != "" {
			if at := c.yearless(before); at < len(before) {
				before, d.clock = trimJoiners(trimWeekday(before[:at])), false
			}
		}
		after := trimLeadingJoiners(t[d.end:])
		r := reading{iso: d.iso, dated: true, clock: d.clock, button: len(t) < len(s)}
		switch {
		case before == "" && !hasLetter(after):
			r.kind = dateLine
			return r, true
		case !hasLetter(after) || roles[lower(after)] || controlLine(after):
			return headerBefore(before, signs(t[:d.start]), r)
		case before == "" && !d.clock:
			if r0, _ := utf8.DecodeRuneInString(t[d.end:]); letter(r0) && !unicode.IsUpper(r0) {
				return reading{}, false
			}
			return headerAfter(after, r)
		case controlLine(before) && controlLine(after):
			r.kind = dateLine
			return r, true
		}
		return reading{}, false
	}
	// "NAME says:" without a date
	if name, ok := beforeVerb(t, true); ok {
		name, role := cleanName(name)
		if plausibleName(name) {
			return reading{kind: headerLine, family: says, name: name, role: role}, true
		}
	}
	if name, phrase := behindBy(t); phrase != "" && !shortBy[phrase] {
		name, role := cleanName(name)
		if plausibleName(name) {
			return reading{kind: headerLine, family: by, name: name, role: role}, true
		}
	}
	return reading{}, false
}

func hasLetter(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }

// signs are the signs right before a date, such as the bar behind the name.
func signs(s string) string {
	s = strings.TrimSpace(s)
	i := len(s)
	for i > 0 {
		r, n := utf8.DecodeLastRuneInString(s[:i])
		if !unicode.IsPunct(r) && !unicode.IsSymbol(r) {
			break
		}
		i -= n
	}
	return s[i:]
}

// headerBefore reads what stands before a date: a name, or words around one.
func headerBefore(s, sign string, r reading) (reading, bool) {
	if controlLine(s) {
		r.kind = dateLine
		return r, true
	}
	r.kind, r.family = headerLine, nameDate
	if name, phrase := behindBy(s); phrase != "" {
		s, r.family, r.short = name, by, shortBy[phrase]
	} else if name, ok := beforeVerb(s, false); ok {
		s, r.family = name, says
	} else if sign == ":" {
		return r, false // "Updated: 4 May 2011"
	}
	r.name, r.role = cleanName(trimJoiners(s))
	r.sign = sign
	return r, plausibleName(r.name) && !digits(r.name) && !openEnd(r.name)
}

// headerAfter reads what stands behind a date.
func headerAfter(s string, r reading) (reading, bool) {
	r.kind, r.family = headerLine, dateName
	if name, phrase := behindBy(s); phrase != "" {
		s = name
	}
	if name, ok := beforeVerb(s, true); ok {
		s, r.family = name, says
	} else {
		s = strings.TrimSuffix(s, ":")
	}
	r.name, r.role = cleanName(s)
	return r, plausibleName(r.name) && !digits(r.name) && !openEnd(r.name)
}

// openEnd tells that s goes on: "NAME on", before the title of an article.
func openEnd(s string) bool {
	i := strings.LastIndexByte(s, ' ')
	return i > 0 && s[i+1:] == lower(s[i+1:]) && sectionCompany[s[i+1:]]
}

// beforeVerb is the name before "says:"; sign asks for a colon, dots or nothing
// but the verb in the line's end.
func beforeVerb(s string, sign bool) (string, bool) {
	t := strings.TrimRight(s, " .…:,»")
	if sign && len(t) == len(s) {
		return "", false
	}
	low := lower(t)
	p := sayVerbs.suffix(low)
	if p == "" || len(p) == len(t) {
		return "", false
	}
	name := t[:len(t)-len(p)]
	if !strings.HasSuffix(name, " ") && !ideograph([]rune(p)[0]) {
		return "", false
	}
	return trimPunct(name), true
}

// behindBy is the name behind "Posted by", and the phrase. One short word or
// sign may stand before it.
func behindBy(s string) (name, phrase string) {
	s = trimPunct(s)
	for range 2 {
		low := lower(s)
		p := byPhrases.prefix(low)
		if p != "" && len(p) < len(s) && !letter(rune(s[len(p)])) {
			return trimPunct(s[len(p):]), p
		}
		word, rest, ok := strings.Cut(s, " ")
		if !ok || len(word) > 2 {
			return "", ""
		}
		s = trimPunct(rest)
	}
	return "", ""
}

// trimJoiners cuts what stands between a name and a date off the end of s.
func trimJoiners(s string) string {
	for range 4 {
		s = strings.TrimRight(trimPunct(s), "(")
		low := lower(s)
		p := joiners.suffix(low)
		if p == "" || len(p) < len(s) && !strings.HasSuffix(s[:len(s)-len(p)], " ") && !strings.HasSuffix(s[:len(s)-len(p)], ",") {
			return trimPunct(s)
		}
		s = s[:len(s)-len(p)]
	}
	return trimPunct(s)
}

// trimLeadingJoiners cuts what stands behind a date off the start of s.
func trimLeadingJoiners(s string) string {
	for range 3 {
		s = strings.TrimLeft(trimPunct(s), ")].")
		p := joiners.prefix(lower(s))
		if p == "" || p == "de" {
			break
		}
		s = s[len(p):]
	}
	return trimPunct(s)
}
