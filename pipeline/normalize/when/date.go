package when

// read reads a date with or without a time of day, in either order, that
// starts at token i. The stated weekdays, bits as in name, may tell the order.
func (p *parser) read(i int, weekdays uint8) (f fields, next int, ok bool) {
	if f, next, ok = p.date(i, weekdays); ok {
		switch open := f; {
		case f.precision == 3:
			next = p.attach(&f, next)
		case f.precision == 1 && next-i > 2: // the day is open, and so its time
			next = p.attach(&open, next)
		}
		return f, next, f.check() == nil
	}
	c, j, ok := p.clock(i, false, false)
	if !ok || c.precision < 5 && !c.halved {
		return f, 0, false
	}
	j = p.zone(&c, j, false)
	for range 6 {
		t := p.at(j)
		n, count := p.nameAt(j)
		if t.kind == number || !filler(t, n) || n.month != 0 && n.weekdays == 0 {
			break
		}
		if n.weekdays != 0 {
			if weekdays = n.weekdays; n.month != 0 {
				if _, _, ok := p.date(j, weekdays); ok {
					break // "mar" is a month as well
				}
			}
		}
		j += count
	}
	f, next, ok = p.date(j, weekdays)
	if !ok {
		return f, 0, false
	}
	if f.precision == 3 {
		f.setClock(c)
	}
	return f, next, f.check() == nil
}

// date reads a date that starts at token i.
func (p *parser) date(i int, weekdays uint8) (f fields, next int, ok bool) {
	t := *p.at(i)
	switch t.kind {
	case number:
	case word:
		if year, j, ok := p.eraYear(i); ok {
			return p.yearFirst(year, j)
		}
		return p.monthFirst(i)
	default:
		return f, 0, false
	}
	if n, ok := p.numeric(i); ok {
		if weekdays == 0 {
			weekdays = p.weekdayAfter(n.next)
		}
		f, next, ok = p.arrange(n, weekdays)
		return f, p.yearSign(next), ok
	}
	if f, next, ok = p.iranian(i); ok {
		return f, next, true
	}
	if t.digits == 4 {
		if f, next, ok = p.yearFirst(t.value, i+1); ok {
			return f, next, true
		}
	}
	if t.digits <= 2 {
		if f, next, ok = p.dayFirst(i); ok {
			return f, next, true
		}
		if f, next, ok = p.monthFirst(i); ok { // 5月 30, 2019
			return f, next, true
		}
	}
	if p.whole {
		return p.bare(i)
	}
	return f, 0, false
}

// weekdayAfter is the weekdays that the word at token i names.
func (p *parser) weekdayAfter(i int) uint8 {
	if r := p.at(i).r; r == ',' || r == '(' {
		i++
	}
	n, _ := p.nameAt(i)
	return n.weekdays
}

// numbers is an all-numeric date: a, b and year as they stand.
type numbers struct {
	a, b, year int
	last       bool // whether the year stands last
	short      bool // whether the year has two digits
	dayFirst   bool // whether the form itself tells the order
	first      int  // its first token
	next       int  // the one after it
}

// dayFirstWords tells whether the words beside n are of a language that writes
// the day first: "05.11.2014 um 14:25 Uhr" on a page that claims to be American.
func (p *parser) dayFirstWords(n numbers) bool {
	for j := max(n.first-2, 0); j < n.next+6; j++ {
		if j == n.first {
			j = n.next
		}
		if word, _ := p.nameAt(j); word.roles&roleDayFirst != 0 {
			return true
		}
	}
	return false
}

// numeric reads three numbers with one separator between them.
func (p *parser) numeric(i int) (numbers, bool) {
	first, sep1, second, sep2, third := *p.at(i), *p.at(i + 1), *p.at(i + 2), *p.at(i + 3), *p.at(i + 4)
	if first.kind != number || second.kind != number || third.kind != number || sep1.kind != mark || sep2.kind != mark {
		return numbers{}, false
	}
	n := numbers{a: first.value, b: second.value, year: third.value, last: true, first: i, next: i + 5}
	switch {
	case sep1.r == '/' && (sep2.r == '-' || sep2.r == '–') && third.digits == 4:
		n.dayFirst = true // 14/3-2012, Scandinavian
	case sep1.r == '.' && sep2.r == ',' && first.digits == 2 && second.digits == 2 && third.digits == 4 && (p.whole || p.at(i+5).r == '@'):
		n.dayFirst = true // 17.07, 2011 @ 13:04, day and month in one part of a template and the year in the next
	case sep1.r != sep2.r || sep1.r != '/' && sep1.r != '.' && sep1.r != '-':
		return numbers{}, false
	}
	blanks := sep1.spaced || sep2.spaced || second.spaced || third.spaced
	if blanks && !p.whole && (sep1.r == '-' || sep1.spaced) {
		return numbers{}, false
	}
	if first.digits == 4 && second.digits <= 2 && third.digits <= 2 {
		n.a, n.b, n.year, n.last = second.value, third.value, first.value, false
		return n, n.year >= 1500 || sep1.r == '-' && !first.persian // else of another calendar
	}
	if first.digits > 2 || second.digits > 2 {
		return numbers{}, false
	}
	switch third.digits {
	case 4:
		return n, n.year >= 1500
	case 1, 2:
		if n.short = true; third.digits == 1 && (!p.whole || first.digits < 2 || p.order != YearFirst && first.value < 32) {
			return numbers{}, false // "70. 1. 1."
		}
		if !p.whole && (sep1.r == '-' || blanks || sep1.r == '.' && (first.digits < 2 || second.digits < 2)) {
			return numbers{}, false // more often a version or a score
		}
		hour, _ := p.nameAt(n.next)
		return n, hour.roles&roleHour == 0 // "10.12.30 Uhr"
	}
	return numbers{}, false
}

// arrange finds which number of n is which, as far as that is certain.
func (p *parser) arrange(n numbers, weekdays uint8) (f fields, next int, ok bool) {
	f = fields{year: n.year, month: n.a, day: n.b, precision: 3}
	if !n.last {
		return f, n.next, f.check() == nil
	}
	if n.short {
		if n.a > 31 || p.order == YearFirst { // 99-03-04
			f = fields{year: century(n.a), month: n.b, day: n.year, precision: 3}
			return f, n.next, f.check() == nil
		}
		f.year = century(n.year)
	}
	// Words outweigh the order of the page, which may only be a declared one.
	byMonth := f
	byDay := f
	byDay.day, byDay.month = n.a, n.b
	d, m := byDay.check() == nil, byMonth.check() == nil
	switch {
	case !d && !m:
		return f, 0, false
	case d && (!m || n.a == n.b || n.dayFirst || p.order == DayFirst || p.order != YearFirst && p.dayFirstWords(n)):
		return byDay, n.next, true
	case n.dayFirst:
		return f, 0, false
	case m && (!d || p.order == MonthFirst):
		return byMonth, n.next, true
	}
	if weekdays != 0 {
		d, m = byDay.on(weekdays), byMonth.on(weekdays)
		if d != m {
			if d {
				return byDay, n.next, true
			}
			return byMonth, n.next, true
		}
	}
	if n.short {
		return f, 0, false
	}
	return fields{year: f.year, month: 1, day: 1, precision: 1}, n.next, true
}

// century gives a year of two digits its century.
func century(year int) int {
	if year >= 70 {
		return 1900 + year
	}
	return 2000 + year
}

// dayFirst reads "30. Mai 2019", "30th of May, 2019", "30-May-19".
func (p *parser) dayFirst(i int) (f fields, next int, ok bool) {
	day, dotted, j, ok := p.day(i)
	if !ok {
		return f, 0, false
	}
	if p.at(j).r == ',' && !p.whole {
		return f, 0, false // "in room 5, may 2000 people"
	}
	n, j, ok := p.month(p.join(j))
	if !ok {
		return f, 0, false
	}
	year, j, ok := p.year(j, n)
	if !ok {
		return f, 0, false
	}
	return n.fields(year, day, dotted), j, true
}

// monthFirst reads "May 30, 2019", "May 2019", and "May 30 10:12:00 2019".
func (p *parser) monthFirst(i int) (f fields, next int, ok bool) {
	n, j, ok := p.month(i)
	if !ok {
		return f, 0, false
	}
	if p.at(j).r == '.' {
		j++
	}
	if day, _, k, ok := p.day(p.join(j)); ok {
		if year, k, ok := p.year(k, n); ok {
			return n.fields(year, day, false), k, true
		}
		c, k, ok := p.clock(p.join(k), false, false)
		if !ok || c.precision < 5 {
			return f, 0, false
		}
		k = p.zone(&c, k, false)
		if t := p.at(k); t.kind == number && t.digits == 4 {
			f = n.fields(t.value, day, false)
			if f.precision == 3 {
				f.setClock(c)
			}
			return f, k + 1, true
		}
		return f, 0, false
	}
	t := p.at(i)
	if n.roles&roleOf != 0 || !p.whole && n.commonWord && p.s[t.start] >= 'a' {
		return f, 0, false // "may 2019", "ago 2019": more often another word
	}
	year, j, ok := p.year(j, n)
	if !ok || p.toks[j-1].kind == number && p.toks[j-1].digits != 4 {
		return f, 0, false
	}
	return n.fields(year, 0, false), j, true
}

// yearFirst reads "2019. május 30.", "2019 m. gegužės 30 d.", "2019年5月30日",
// and "2019年5月", from token j after the year.
func (p *parser) yearFirst(year, j int) (f fields, next int, ok bool) {
	marked := false
	for range 4 {
		t := p.at(j)
		n, count := p.nameAt(j)
		if n.roles&roleYear != 0 {
			marked = true
		} else if t.r != '.' && t.r != ',' && t.r != '-' && t.r != '/' {
			break
		}
		j += count
	}
	n, k, ok := p.month(j)
	if !ok {
		day, dotted, k, ok := p.day(j)
		if !ok {
			return f, 0, false
		}
		if n, k, ok = p.month(p.join(k)); !ok || n.after {
			return f, 0, false
		}
		return n.fields(n.era(year), day, dotted), k, true
	}
	year = n.era(year)
	if day, dotted, k, ok := p.day(p.join(k)); ok {
		return n.fields(year, day, dotted), k, true
	}
	if !marked && !p.whole {
		return f, 0, false
	}
	return n.fields(year, 0, false), k, true
}

// bare reads what is a date only where nothing else stands: "2019", "2019-05",
// "05/2019", "20190530", "20190530101200".
func (p *parser) bare(i int) (f fields, next int, ok bool) {
	t, sep, second := *p.at(i), *p.at(i + 1), *p.at(i + 2)
	joined := (sep.r == '-' || sep.r == '/' || sep.r == '.' && max(t.value, second.value) >= 1500) && second.kind == number && !second.spaced && !sep.spaced
	f = fields{year: t.value, month: 1, day: 1}
	switch {
	case t.digits == 4 && joined && second.digits <= 2 && (sep.r != '.' || second.digits == 2):
		f.month, f.precision = second.value, 2
		if sep.r != '-' && second.value == (t.value+1)%100 {
			f.month, f.precision = 1, 1 // 2011/12 may be two years
		}
		return f, i + 3, f.check() == nil
	case t.digits <= 2 && joined && second.digits == 4:
		f.year, f.month, f.precision = second.value, t.value, 2
		return f, p.yearSign(i + 3), f.check() == nil
	case t.digits == 4:
		f.precision = 1
		return f, i + 1, f.check() == nil
	case t.digits == 8:
		f.year, f.month, f.day, f.precision = t.value/10000, t.value/100%100, t.value%100, 3
		return f, i + 1, f.year >= 1900 && f.year < 2100 && f.check() == nil
	case t.digits == 14:
		date, clock := t.value/1000000, t.value%1000000
		f = fields{
			year: date / 10000, month: date / 100 % 100, day: date % 100,
			hour: clock / 10000, minute: clock / 100 % 100, second: clock % 100, precision: 6,
		}
		return f, i + 1, f.year >= 1900 && f.year < 2100 && f.check() == nil
	}
	return f, 0, false
}

// day reads the number of a day at token i, with what ends it: "30.", "30th".
func (p *parser) day(i int) (day int, dotted bool, next int, ok bool) {
	t := *p.at(i)
	if t.kind != number || t.digits > 2 || t.value < 1 || t.value > 31 {
		return 0, false, 0, false
	}
	switch u := p.at(i + 1); {
	case u.r == ':':
		return 0, false, 0, false
	case u.r == '.':
		return t.value, true, i + 2, true
	case u.r == '°':
		return t.value, false, i + 2, true
	case u.r == '-' && !u.spaced:
		if n, _ := p.nameAt(i + 2); n.roles&roleOrdinal != 0 && n.month == 0 {
			return t.value, false, i + 3, true
		}
	case u.kind == word:
		n, _ := p.nameAt(i + 1)
		if !u.spaced && n.roles&roleOrdinal != 0 || n.roles&roleDay != 0 {
			if p.at(i+2).r == '.' {
				return t.value, false, i + 3, true
			}
			return t.value, false, i + 2, true
		}
	}
	return t.value, false, i + 1, true
}

// join is the token after those that join day, month and year.
func (p *parser) join(i int) int {
	for range 4 {
		t := p.at(i)
		switch t.kind {
		case mark:
			if t.r != '.' && t.r != ',' && t.r != '-' && t.r != '/' && t.r != '\'' {
				return i
			}
			i++
		case word:
			n, count := p.nameAt(i)
			if n.roles&(roleOf|roleYear) == 0 || n.month != 0 {
				return i
			}
			i += count
		default:
			return i
		}
	}
	return i
}

// monthName is a month as named in a text.
type monthName struct {
	name
	commonWord bool // whether its name is a common word as well
	after      bool // whether it is a number with a sign after it
}

// month reads the month at token i.
func (p *parser) month(i int) (monthName, int, bool) {
	t := *p.at(i)
	if t.kind == number {
		sign, _ := p.nameAt(i + 1)
		m := monthName{after: true}
		if t.digits > 2 || t.value < 1 || t.value > 12 || sign.roles&roleMonthAfter == 0 {
			return m, 0, false
		}
		m.month, m.dotted = uint8(t.value), uint8(t.value)
		return m, i + 2, true
	}
	n, count := p.nameAt(i)
	if n.roles&roleMonthBefore != 0 && n.month == 0 {
		if u := p.at(i + count); u.kind == number && u.digits <= 2 && u.value >= 1 && u.value <= 12 {
			return monthName{name: name{month: uint8(u.value), dotted: uint8(u.value)}}, i + count + 1, true
		}
	}
	if n.month == 0 && !n.twofold {
		return monthName{}, 0, false
	}
	return monthName{name: n, commonWord: t.end-t.start < 8 && commonWords[fold(p.s[t.start:t.end])]}, i + count, true
}

// year reads the year after what joins it to the month before token i.
func (p *parser) year(i int, n monthName) (year, next int, ok bool) {
	j := p.join(i)
	t := *p.at(j)
	if t.kind != number || t.digits != 4 && t.digits != 2 {
		return 0, 0, false
	}
	switch after := *p.at(j + 1); {
	case t.digits == 4:
		if after.r == ':' && p.at(j+2).kind == number && !p.at(j+2).spaced && !p.commonLog(j+1) || t.value < 1000 {
			return 0, 0, false
		}
		year = n.era(t.value)
	case j > i && p.at(j-1).r == '\'':
		year = century(t.value)
	case !p.whole && (j == i || t.spaced || p.at(j-1).r != '-' && p.at(j-1).r != '/'):
		return 0, 0, false // "May 3, 20 people"
	default:
		hour, _ := p.nameAt(j + 1)
		if after.r == ':' || after.r == '.' && p.at(j+2).kind == number || hour.roles&(roleHour|roleAM|rolePM) != 0 {
			return 0, 0, false
		}
		year = century(t.value)
	}
	return year, p.yearSign(j + 1), true
}

// yearSign is the token after the sign of the year at token i, if it is one:
// "г.", "r.".
func (p *parser) yearSign(i int) int {
	n, count := p.nameAt(i)
	if n.roles&roleYear == 0 || n.month != 0 {
		return i
	}
	if i += count; p.at(i).r == '.' {
		i++
	}
	return i
}

// commonLog tells whether token i is the colon of "04/Mar/2011:05:06:07".
func (p *parser) commonLog(i int) bool {
	return p.at(i+1).kind == number && p.at(i+2).r == ':' && p.at(i+3).kind == number
}

// era is the year of the common era.
func (n monthName) era(year int) int {
	if n.thai && year > 2400 {
		return year - 543
	}
	return year
}

// fields is the date, or the month if day is 0; the year alone where the name
// of the month leaves two.
func (n monthName) fields(year, day int, dotted bool) fields {
	m, other := n.month, n.dotted
	if dotted {
		m, other = other, m
	}
	if n.twofold && m != 0 && other != 0 && day > daysIn(year, int(m)) {
		m = other
	}
	if m == 0 || n.twofold && day == 0 {
		return fields{year: year, month: 1, day: 1, precision: 1}
	}
	if day == 0 {
		return fields{year: year, month: int(m), day: 1, precision: 2}
	}
	return fields{year: year, month: int(m), day: day, precision: 3}
}

// on tells whether the day is one of weekdays.
func (f *fields) on(weekdays uint8) bool {
	return weekdays>>weekday(f.year, f.month, f.day)&1 == 1
}
