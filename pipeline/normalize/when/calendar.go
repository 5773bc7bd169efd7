package when

import "time"

// iranian reads a date of the Iranian (solar Hijri) calendar: "۱۳ خرداد ۱۳۹۸",
// or "۱۳۹۸/۰۳/۱۳" in Persian digits. A month without a day lies in two months
// of the common calendar, so it gives the year, if that is one.
func (p *parser) iranian(i int) (f fields, next int, ok bool) {
	first, second, third := *p.at(i), *p.at(i + 2), *p.at(i + 4)
	sep := p.at(i + 1).r
	if first.persian && first.digits == 4 && second.kind == number && third.kind == number &&
		(sep == '/' || sep == '-' || sep == '.') && p.at(i+3).r == sep && second.digits <= 2 && third.digits <= 2 {
		return solarDate(first.value, second.value, third.value, i+5)
	}
	day, _, j, ok := p.day(i)
	if !ok {
		return f, 0, false
	}
	n, count := p.nameAt(j)
	year := p.at(p.join(j + count))
	if n.iranian == 0 || year.kind != number || year.digits != 4 {
		return f, 0, false
	}
	return solarDate(year.value, int(n.iranian), day, p.join(j+count)+1)
}

// solarLeaps are the leap years of the 33-year cycle, which agrees with the
// equinox from 1178 to 1633 (Heydari-Malayeri 2004, "A concise review of the
// Iranian calendar").
const solarLeaps = 1<<1 | 1<<5 | 1<<9 | 1<<13 | 1<<17 | 1<<22 | 1<<26 | 1<<30

// solarDate is a day of the Iranian calendar; years other than 1300 to 1499,
// which is 1921 to 2121, are more likely of another calendar.
func solarDate(year, month, day, next int) (f fields, _ int, ok bool) {
	if year < 1300 || year > 1499 || month < 1 || month > 12 || day < 1 {
		return f, 0, false
	}
	length := 31
	switch {
	case month == 12 && solarLeaps>>(year%33)&1 == 0:
		length = 29
	case month > 6:
		length = 30
	}
	if day > length {
		return f, 0, false
	}
	days := day - 1 + 31*min(month-1, 6) + 30*max(month-7, 0)
	for y := 1300; y < year; y++ {
		days += 365 + solarLeaps>>(y%33)&1
	}
	// The first day of 1300 was 21 March 1921.
	t := time.Date(1921, time.March, 21+days, 0, 0, 0, 0, time.UTC)
	return fields{year: t.Year(), month: int(t.Month()), day: t.Day(), precision: 3}, next, true
}

// eraYear reads a year of an era: "令和元年", "民國108年".
func (p *parser) eraYear(i int) (year, next int, ok bool) {
	n, count := p.nameAt(i)
	if n.before == 0 {
		return 0, 0, false
	}
	t := *p.at(i + count)
	switch {
	case t.kind == number && t.digits <= 3 && t.value > 0:
		year = int(n.before) + t.value
	case t.kind == word && p.s[t.start:t.end] == "元":
		year = int(n.before) + 1
	default:
		return 0, 0, false
	}
	return year, i + count + 1, true
}
