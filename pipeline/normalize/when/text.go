package when

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	longestText = 1024 // bytes of a text that may be a date, blanks included
	mostTokens  = 64   // words, numbers and marks of such a text
	longestDate = 96   // bytes of a date text inside a longer text
)

// Text reads a date, or date and time, as pages show it, and gives it in ISO
// 8601 as exact as stated: Resolve reads what it gives. Names of months and
// days are read in the languages of names.go, digits in several scripts. All of
// s must be the date, apart from a weekday, words like "Posted on", brackets
// and punctuation. Relative times ("3 years ago", "yesterday") are never dates.
//
// It gives what is certain and no more. Of a numeric date whose order neither
// its numbers, order, nor a stated weekday tell, that is the year alone; with a
// year of two digits nothing is. Two digits mean 1970 to 2069. An offset is
// given where the text states one by number, or by a name with one meaning in
// common use (see zones); other names of zones are passed over. Years of the
// Buddhist era beside a Thai month, of Japanese eras and the Minguo, and dates
// of the Iranian calendar are converted.
func Text(s string, order Order) (iso string, ok bool) {
	s = strings.TrimSpace(s)
	if len(s) < 4 || len(s) > longestText {
		return "", false
	}
	p := parser{s: s, order: order, whole: true, limit: len(s)}
	weekdays := uint8(0)
	for i := 0; ; {
		t := p.at(i)
		if t.kind == 0 || i > mostTokens {
			return "", false
		}
		if f, next, ok := p.read(i, weekdays); ok && p.edge(t.start) && p.onlyFiller(next) {
			return f.iso(), true
		}
		n, count := p.nameAt(i)
		if !filler(t, n) {
			return "", false
		}
		if n.weekdays != 0 {
			weekdays = n.weekdays
		}
		i += count
	}
}

// Find gives the first date text inside s, as Text reads it, and the bytes of s
// that it takes, s[start:end]. It asks for more than Text does, for prose is
// full of numbers: a year alone is no date text, a month with a year only with
// the month's name, and the date must not be part of a longer number, path or
// version. It takes time linear in s.
func Find(s string, order Order) (iso string, start, end int, ok bool) {
	p := parser{s: s, order: order}
	return p.find()
}

func (p *parser) find() (iso string, start, end int, ok bool) {
	s, nextDigit := p.s, -1
	for i := 0; ; i++ {
		if i >= 512 { // keep the window short
			p.toks = p.toks[:copy(p.toks, p.toks[i:])]
			i = 0
		}
		p.limit = len(s)
		if i >= len(p.toks) && nextDigit < p.pos {
			if nextDigit = digitFrom(s, p.pos); nextDigit < 0 {
				return "", 0, 0, false
			}
			p.skipTo(nextDigit - longestDate/2)
		}
		t := p.at(i)
		if t.kind == 0 {
			return "", 0, 0, false
		}
		if t.kind == mark {
			continue
		}
		if !p.edge(t.start) {
			p.limit = t.start + longestDate
			if f, next, ok := p.gluedDay(i); ok {
				return f.iso(), p.toks[i].start, p.toks[next-1].end, true
			}
			continue
		}
		if t.lookUp(s); t.kind == word && t.name == nil {
			continue
		}
		p.limit = t.start + longestDate
		if f, next, ok := p.findAt(i); ok {
			return f.iso(), p.toks[i].start, p.toks[next-1].end, true
		}
	}
}

// gluedDay reads "30. Mai 2019" where a word ends right before it, as in
// "Ann30. Mai 2019". Of "Ann12. Mai 2019" the day may be 12 or, after a name
// that ends in a 1, 2: the month is certain.
func (p *parser) gluedDay(i int) (f fields, next int, ok bool) {
	t := *p.at(i)
	if t.kind != number || t.digits > 2 || !letter(lastRune(p.s[:t.start])) {
		return f, 0, false
	}
	if f, next, ok = p.dayFirst(i); !ok || f.check() != nil {
		return f, 0, false
	}
	if f.precision == 3 {
		next = p.attach(&f, next)
		if t.value > 10 && t.value%10 != 0 {
			f.precision = 2
		}
	}
	return f, next, f.check() == nil && p.ends(next, true)
}

// findAt reads a date text that starts at token i, with its weekday.
func (p *parser) findAt(i int) (f fields, next int, ok bool) {
	if f, next, ok = p.read(i, 0); ok {
		if f.precision == 2 && p.afterDay(i) {
			return f, 0, false // "30 February 2019"
		}
		return f, next, p.ends(next, f.precision > 4) && f.year >= 1500 && f.year < 2200
	}
	n, count := p.nameAt(i)
	if n.weekdays == 0 {
		return f, 0, false
	}
	j := i + count
	for range 3 {
		t := p.at(j)
		m, c := p.nameAt(j)
		if t.kind == number || m.roles&(roleOf|roleFiller|roleAt) == 0 && t.r != ',' && t.r != '.' && t.r != '-' {
			break
		}
		j += c
	}
	if f, next, ok = p.read(j, n.weekdays); ok {
		return f, next, p.ends(next, f.precision > 4) && f.year >= 1500 && f.year < 2200
	}
	return f, 0, false
}

// afterDay tells whether the month at token i stands after the number of a day.
func (p *parser) afterDay(i int) bool {
	for j := i - 1; j >= 0 && j >= i-3; j-- {
		t := p.at(j)
		if t.kind == number {
			return t.digits < 4
		}
		n, _ := p.nameAt(j)
		if t.r != '.' && t.r != '-' && t.r != '/' && n.roles&(roleOf|roleOrdinal|roleDay) == 0 {
			break
		}
	}
	return false
}

// filler tells whether t says nothing beside a date.
func filler(t *token, n name) bool {
	switch t.kind {
	case mark:
		return strings.ContainsRune(",.;:|·•–—-@()[]{}/'\"…»«›‹<>「」【】。、・~", t.r)
	case word:
		return n.weekdays != 0 || n.roles&(roleFiller|roleAt|roleOf) != 0
	}
	return false
}

func (p *parser) onlyFiller(i int) bool {
	for {
		t := p.at(i)
		if t.kind == 0 {
			return true
		}
		n, count := p.nameAt(i)
		if !filler(t, n) && !p.shortDay(i) {
			return false
		}
		i += count
	}
}

// shortDay tells whether token i is a weekday of one rune in brackets.
func (p *parser) shortDay(i int) bool {
	t := p.at(i)
	if i == 0 || t.kind != word || p.at(i-1).r != '(' || p.at(i+1).r != ')' {
		return false
	}
	for _, day := range shortDays {
		if strings.Contains(day, p.s[t.start:t.end]) {
			return true
		}
	}
	return false
}

// parser reads dates from the tokens of s.
type parser struct {
	s     string
	pos   int // where the next token is looked for
	toks  []token
	limit int // tokens that end after it are out of sight
	whole bool
	order Order
}

var noToken token

// reach scans up to token i.
func (p *parser) reach(i int) {
	if p.toks == nil {
		p.toks = make([]token, 0, min(32, len(p.s)/3+2)) // most texts are short
	}
	for len(p.toks) <= i {
		t, ok := scan(p.s, p.pos)
		if !ok {
			p.pos = len(p.s)
			return
		}
		p.pos = t.end
		p.toks = append(p.toks, t)
	}
}

// at is token i, of kind 0 where there is none in sight.
func (p *parser) at(i int) *token {
	p.reach(i)
	if i < 0 || i >= len(p.toks) || p.toks[i].end > p.limit {
		return &noToken
	}
	return &p.toks[i]
}

// nameAt is what the word at token i may stand for, with the number of tokens
// that it takes.
func (p *parser) nameAt(i int) (name, int) {
	t := p.at(i)
	if t.kind != word {
		return name{}, 1
	}
	t.lookUp(p.s)
	if t.name == nil {
		return name{}, 1
	}
	n := *t.name
	if n.roles&roleLead != 0 {
		if second := p.at(i + 1); second.kind == word && second.end-second.start <= longestWord {
			// at may have moved the tokens
			first := p.at(i)
			two := fold(p.s[first.start:first.end]) + " " + fold(p.s[second.start:second.end])
			if found := names[two]; found != nil {
				return *found, 2
			}
		}
	}
	return n, 1
}

// skipTo goes on at the first place from pos where a word may start.
func (p *parser) skipTo(pos int) {
	if pos <= p.pos {
		return
	}
	for pos < len(p.s) && !utf8.RuneStart(p.s[pos]) {
		pos++
	}
	for pos < len(p.s) {
		r, size := utf8.DecodeRuneInString(p.s[pos:])
		if solid(r) || !letter(r) && !unicode.Is(unicode.M, r) && !unseen(r) {
			break
		}
		pos += size
	}
	p.pos = pos
}

// digitFrom is where the first digit of s from pos is, or -1.
func digitFrom(s string, pos int) int {
	for ; pos < len(s); pos++ {
		switch c := s[pos]; {
		case c >= '0' && c <= '9':
			return pos
		case c == 0xd9 || c == 0xdb || c == 0xe0 || c == 0xef: // lead bytes of zeros
			if r, _ := utf8.DecodeRuneInString(s[pos:]); digit(r) >= 0 {
				return pos
			}
		}
	}
	return -1
}

// edge tells whether a date may start at byte pos of s.
func (p *parser) edge(pos int) bool {
	r, size := utf8.DecodeLastRuneInString(p.s[:pos])
	if size == 0 || solid(r) {
		return true
	}
	if letter(r) || digit(r) >= 0 || unicode.Is(unicode.M, r) {
		return glued(r, firstRune(p.s[pos:]))
	}
	before := lastRune(p.s[:pos-size])
	switch r {
	case '.', ',', ':':
		return digit(before) < 0
	case '-', '/', '_', '#', '=', '+', '&', '@', '\'':
		return digit(before) < 0 && !letter(before)
	}
	return true
}

// ends tells whether a date, with a time or not, may end before token i.
func (p *parser) ends(i int, timed bool) bool {
	limit := p.limit
	p.limit = len(p.s)
	defer func() { p.limit = limit }()
	t := p.at(i)
	if t.kind == 0 || t.spaced {
		return true
	}
	if t.kind != mark {
		first, second := utf8.DecodeRuneInString(p.s[t.start:])
		return solid(first) || glued(firstRune(p.s[t.start+second:]), first)
	}
	mark := t.r
	after := p.at(i + 1)
	if after.kind == 0 || after.spaced {
		return mark != '%'
	}
	switch mark {
	case '.', ':', ',':
		return after.kind != number
	case '-':
		return timed && after.kind == number // "10:00-11:00"
	case '/', '_', '@', '+', '=', '&':
		return false
	}
	return true
}
