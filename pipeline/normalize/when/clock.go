package when

import (
	"strings"
	"time"
)

func weekday(year, month, day int) int {
	return int(time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Weekday())
}

// clock is a time of day.
type clock struct {
	hour, minute, second int
	precision            int  // 4 to 6, as in fields
	halved               bool // whether before or after noon is stated
	offset               int
	zoned                bool
}

func (f *fields) setClock(c clock) {
	f.hour, f.minute, f.second, f.precision = c.hour, c.minute, c.second, c.precision
	f.offset, f.zoned = c.offset, c.zoned
}

// attach reads the time of day and the zone after the date f, if there are any,
// and gives the token after them.
func (p *parser) attach(f *fields, i int) int {
	t := p.at(i)
	if t.kind == word && !t.spaced && t.end-t.start == 1 && p.s[t.start]|0x20 == 't' {
		if c, j, ok := p.clock(i+1, true, true); ok {
			j = p.zone(&c, j, true)
			f.setClock(c)
			return j
		}
		return i
	}
	at := false
	for j := i; j < i+8; {
		if c, k, ok := p.clock(j, at, false); ok {
			k = p.zone(&c, k, false)
			f.setClock(c)
			return k
		}
		t := p.at(j)
		n, count := p.nameAt(j)
		switch {
		case t.kind == mark && strings.ContainsRune(",.;:|·•–—-@()[]'/", t.r) || p.shortDay(j):
		case n.roles&roleAt != 0:
			at = true
		case n.weekdays != 0:
		default:
			return i
		}
		j += count
	}
	return i
}

// clock reads a time of day at token i. After a word like "at", or if the text
// is nothing but a date, "10.12" is one.
func (p *parser) clock(i int, at, iso bool) (c clock, next int, ok bool) {
	pm, stated, i := p.half(i, true)
	t := *p.at(i)
	if iso && t.kind == number && (t.digits == 4 || t.digits == 6) {
		return p.basic(t, i+1)
	}
	if t.kind != number || t.digits > 2 {
		return c, 0, false
	}
	c = clock{hour: t.value, precision: 4}
	j := i + 1
	sep, minute := *p.at(j), *p.at(j + 1)
	unit, _ := p.nameAt(j)
	two := minute.kind == number && minute.digits == 2 && !minute.spaced
	dotted := false
	switch {
	case sep.r == ':' && two:
		c.minute, c.precision, j = minute.value, 5, j+2
		if second := p.at(j + 1); p.at(j).r == ':' && second.kind == number && second.digits == 2 {
			c.second, c.precision, j = second.value, 6, j+2
			if r := p.at(j).r; (r == '.' || r == ',') && p.at(j+1).kind == number && !p.at(j+1).spaced {
				j += 2
			}
		}
	case sep.r == '.' && two && !sep.spaced:
		c.minute, c.precision, j, dotted = minute.value, 5, j+2, true
		if second := p.at(j + 1); p.at(j).r == '.' && second.kind == number && second.digits == 2 && !second.spaced {
			c.second, c.precision, j = second.value, 6, j+2
		}
	case unit.roles&roleHour != 0:
		j, at = p.units(&c, j+1), true
	case iso:
	default:
		at = false // the hour alone needs its half of the day
		if !stated {
			if _, after, _ := p.half(j, false); !after {
				return c, 0, false
			}
		}
	}
	if n, count := p.nameAt(j); n.roles&roleHour != 0 && c.precision > 4 {
		j, at = j+count, true
	}
	if !stated {
		var k int
		if pm, stated, k = p.half(j, false); stated && (pm || c.hour <= 12) {
			j = k
		} else {
			stated = false
		}
	}
	if dotted && !at && !stated && !p.whole {
		return c, 0, false
	}
	c.halved = stated
	switch {
	case stated && pm && c.hour < 12:
		c.hour += 12
	case stated && !pm && c.hour == 12:
		c.hour = 0
	}
	return c, j, c.hour < 24 && c.minute < 60 && c.second <= 60
}

// basic reads the basic form of ISO 8601, "101200" or "1012".
func (p *parser) basic(t token, next int) (c clock, _ int, ok bool) {
	c = clock{precision: 5}
	if t.digits == 6 {
		c.second, c.precision = t.value%100, 6
		t.value /= 100
	}
	c.hour, c.minute = t.value/100, t.value%100
	return c, next, c.hour < 24 && c.minute < 60 && c.second <= 60
}

// units reads minutes and seconds after the sign of the hour: "14 h 05",
// "15時04分05秒".
func (p *parser) units(c *clock, j int) int {
	t := *p.at(j)
	sign, count := p.nameAt(j + 1)
	minutes := sign.roles&roleMinute != 0
	if t.kind != number || t.digits > 2 || !minutes && t.digits != 2 {
		return j
	}
	c.minute, c.precision, j = t.value, 5, j+1
	if !minutes {
		return j
	}
	j += count
	t = *p.at(j)
	sign, count = p.nameAt(j + 1)
	if t.kind == number && t.digits <= 2 && sign.roles&roleSecond != 0 {
		c.second, c.precision, j = t.value, 6, j+1+count
	}
	return j
}

// half reads which half of the day is stated at token i: "am", "p.m.", "오후".
func (p *parser) half(i int, before bool) (pm, ok bool, next int) {
	t := p.at(i)
	if t.kind != word {
		return false, false, i
	}
	n, count := p.nameAt(i)
	text := p.s[t.start:t.end]
	if n.roles&(roleAM|rolePM) != 0 && (!before || n.roles&roleFiller == 0 || text == "AM") && !p.germanAm(i) {
		next = i + count
		if p.at(next).r == '.' && t.end-t.start <= 4 {
			next++
		}
		return n.roles&rolePM != 0, true, next
	}
	if before && n.roles&roleNoon != 0 {
		hour := p.at(i + 1).value
		return hour < 6 || hour == 12, true, i + 1
	}
	if before {
		// Hungarian writes "de." and "du." before the hour.
		if (text == "de" || text == "du") && p.at(i+1).r == '.' && p.at(i+2).kind == number {
			return text == "du", true, i + 2
		}
		return false, false, i
	}
	glued := !t.spaced
	first := fold(text)
	if text == "SA" || text == "CH" { // Vietnamese
		return text == "CH", true, i + 1
	}
	next = i + 1
	if p.at(next).r == '.' {
		next++
	}
	if u := p.at(next); u.kind == word {
		second := fold(p.s[u.start:u.end])
		switch first + second {
		case "am", "πμ", "قظ", "проб":
			pm, ok = false, true
		case "pm", "μμ", "بظ", "слоб":
			pm, ok = true, true
		}
		if ok {
			if next++; p.at(next).r == '.' {
				next++
			}
			return pm, true, next
		}
	}
	if glued && (first == "a" || first == "p") {
		return first == "p", true, i + 1
	}
	return false, false, i
}

// germanAm tells whether token i is the "am" of "um 12:30 am 30. Mai".
func (p *parser) germanAm(i int) bool {
	t, um := p.at(i), p.at(i-4)
	return p.s[t.start:t.end] == "am" && um.kind == word && strings.EqualFold(p.s[um.start:um.end], "um")
}

// zone reads the zone after the time c, if there is one at token i, and gives
// the token after it.
func (p *parser) zone(c *clock, i int, iso bool) int {
	j, bracket := i, false
	if p.at(j).r == '(' {
		j, bracket = j+1, true
	}
	t := *p.at(j)
	n, _ := p.nameAt(j)
	switch {
	case t.kind == word && n.roles&roleZone != 0:
		c.offset, c.zoned, j = int(n.offset), true, j+1
		if n.offset == 0 { // GMT+2
			if k := p.offset(c, j, true); k > j {
				j = k
			}
		}
	case t.kind == word && n.roles&roleZoneVague != 0:
		j++
	case t.r == '+' || t.r == '-':
		k := p.offset(c, j, iso)
		if k == j {
			return i
		}
		j = k
	default:
		return i
	}
	if bracket {
		if p.at(j).r == ')' {
			return j + 1
		}
		return j
	}
	return p.zoneComment(j)
}

// zoneComment skips a zone in brackets after an offset, such as "(CEST)" or
// "(Central European Time)".
func (p *parser) zoneComment(i int) int {
	if p.at(i).r != '(' {
		return i
	}
	for j := i + 1; j < i+6; j++ {
		switch t := p.at(j); {
		case t.r == ')':
			return j + 1
		case t.kind != word:
			return i
		}
	}
	return i
}

// offset reads "+02:00", "-0500" or "+2" at token i.
func (p *parser) offset(c *clock, i int, exact bool) int {
	sign, t := *p.at(i), *p.at(i + 1)
	if sign.r != '+' && sign.r != '-' || t.kind != number || t.spaced {
		return i
	}
	hours, minutes, next := t.value, 0, i+2
	switch {
	case t.digits == 4:
		hours, minutes = t.value/100, t.value%100
	case t.digits > 2:
		return i
	default:
		if m := p.at(i + 3); p.at(i+2).r == ':' && m.kind == number && m.digits == 2 {
			// "10:00-11:00" is a span of time.
			if !exact && sign.r == '-' && c.precision < 6 && !sign.spaced {
				return i
			}
			minutes, next = m.value, i+4
		} else if t.digits == 1 && !exact {
			return i
		}
	}
	if hours > 14 || minutes > 59 || !exact && minutes%15 != 0 {
		return i
	}
	c.offset, c.zoned = hours*3600+minutes*60, true
	if sign.r == '-' {
		c.offset = -c.offset
	}
	return next
}
