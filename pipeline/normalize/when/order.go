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
)

// Learn tells the order of the numeric dates of one page from samples of them:
// a first number over 12 is a day, and so is a second one. Samples that
// contradict each other, of texts that the page did not write itself, tell
// nothing. Where no sample tells, the declared language does (a BCP 47 tag;
// the orders are those of the short dates of the Unicode CLDR): month first in
// the United States and a few more, day first elsewhere, unknown for English
// without a region and for languages that put the year first.
func Learn(samples []string, lang string) Order {
	days, months := false, false
	for _, s := range samples {
		a, b, ok := firstNumbers(s)
		if !ok {
			continue
		}
		days = days || a > 12
		months = months || b > 12
	}
	switch {
	case days && months:
		return OrderUnknown
	case days:
		return DayFirst
	case months:
		return MonthFirst
	}
	return orderOf(lang)
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
		return OrderUnknown
	case language == "en" && region == "" || region == "CA" && language == "en":
		return OrderUnknown
	case language == "fil" || language == "tl":
		return MonthFirst
	case slices.Contains(monthRegions, region) && (language == "en" || region == "PH"):
		return MonthFirst
	}
	return DayFirst
}

// firstNumbers are the first two numbers of a numeric date in s that ends with
// its year.
func firstNumbers(s string) (a, b int, ok bool) {
	p := parser{s: s, order: DayFirst}
	for i := 0; ; i++ {
		if p.reach(i); i >= len(p.toks) || p.toks[i].start > longestText {
			return 0, 0, false
		}
		if p.toks[i].kind != number || !p.edge(i) {
			continue
		}
		if n, ok := p.numeric(i); ok && n.last && p.ends(n.next) {
			return n.a, n.b, true
		}
	}
}
