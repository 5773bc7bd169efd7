package when

import (
	"slices"
	"strings"
)

// Order says which number of an all-numeric date comes first, where the date
// alone does not tell.
type Order int

// The orders.
const (
	OrderUnknown Order = iota
	DayFirst
	MonthFirst
	YearFirst // also with two digits, so that a date with its year last is still unclear
)

// Learn tells the order of the numeric dates of one page from samples of them:
// a number over 12 is a day, and a stated weekday tells as well. Samples that
// contradict each other, of texts that the page did not write itself, tell
// nothing. Where no sample tells, the declared language does (a BCP 47 tag;
// the orders are those of the short dates of the Unicode CLDR): month first in
// the United States and a few more, year first in East Asia, Hungary and a few
// more, day first elsewhere, unknown for English without a region.
func Learn(samples []string, lang string) Order {
	declared := orderOf(lang)
	days, months := false, false
	for _, sample := range samples {
		p := parser{s: sample, whole: len(sample) <= longestDate, limit: min(len(sample), longestText)}
		if declared == YearFirst {
			p.order = YearFirst
		}
		for i := 0; i < mostTokens && p.at(i).kind != 0; i++ {
			d, m := p.tells(i)
			days, months = days || d, months || m
		}
	}
	switch {
	case days && months:
		return OrderUnknown
	case days:
		return DayFirst
	case months:
		return MonthFirst
	}
	return declared
}

// yearFirst are languages that write numeric dates from the year down.
var yearFirst = []string{"eu", "hu", "ja", "ko", "lt", "mn", "zh", "yue", "dz", "si", "ne", "ii", "ug"}

// monthRegions are regions that write the month first, whatever the language.
var monthRegions = []string{"AS", "FM", "GU", "MH", "MP", "PH", "PW", "US", "UM", "VI"}

func orderOf(lang string) Order {
	parts := strings.FieldsFunc(lang, func(r rune) bool { return r == '-' || r == '_' })
	if len(parts) == 0 {
		return OrderUnknown
	}
	language, region := strings.ToLower(parts[0]), ""
	for _, p := range parts[1:] {
		if len(p) == 1 {
			break // extensions
		}
		if len(p) == 2 || len(p) == 3 && p[0] >= '0' && p[0] <= '9' {
			region = strings.ToUpper(p)
			break
		}
	}
	switch {
	case len(language) < 2 || len(language) > 3 || language == "und" || language == "mul" || language == "zxx":
		return OrderUnknown
	case slices.Contains(yearFirst, language):
		return YearFirst
	case language == "en" && region == "" || region == "CA" && language == "en":
		return OrderUnknown
	case language == "fil" || language == "tl":
		return MonthFirst
	case slices.Contains(monthRegions, region) && (language == "en" || region == "PH"):
		return MonthFirst
	}
	return DayFirst
}

// tells whether a numeric date at token i must have its day or its month first.
func (p *parser) tells(i int) (day, month bool) {
	if t := p.at(i); t.kind != number || !p.edge(t.start) {
		return false, false
	}
	n, ok := p.numeric(i)
	if !ok || !n.last || !p.ends(n.next, false) || n.a == n.b {
		return false, false
	}
	f, _, ok := p.arrange(n, p.weekdaysAround(i, n.next))
	if !ok || f.precision < 3 {
		return false, false
	}
	return f.day == n.a && f.month == n.b, f.day == n.b && f.month == n.a
}

// weekdaysAround is the weekdays named before token i or at token next.
func (p *parser) weekdaysAround(i, next int) uint8 {
	if w := p.weekdayAfter(next); w != 0 {
		return w
	}
	for j := i - 1; j >= 0 && j >= i-2; j-- {
		if n, _ := p.nameAt(j); n.weekdays != 0 {
			return n.weekdays
		}
	}
	return 0
}
