package comments

import (
	"slices"

	"corpus/pipeline/normalize/when"
)

// minDates is how many days tell by which of their numbers stays the same which
// one is the month.
const minDates = 3

// settled reads records again where the page's numeric dates do not tell whether
// day or month comes first, but their order does: the posts of a thread follow
// each other, and those of some days are rather of one month than all of one day
// of several months.
func (p *Page) settled(records []record, read func() []record) []record {
	if p.Order != when.OrderUnknown || len(records) < 2 {
		return records
	}
	for i := range records {
		if n := len(records[i].posted); n == 0 || n >= len("2006-01-02") {
			return records
		}
	}
	orders := [...]when.Order{when.DayFirst, when.MonthFirst}
	var runs [2]int // steps that go on in time
	var months [2]map[string]bool
	var days [2]map[string]bool
	var found [2][]record
	for k, order := range orders {
		p.Order = order
		found[k] = read()
		months[k], days[k] = map[string]bool{}, map[string]bool{}
		for i := range found[k] {
			iso := found[k][i].posted
			if len(iso) < len("2006-01-02") {
				continue
			}
			months[k][iso[:7]], days[k][iso[:10]] = true, true
			if i > 0 && iso >= found[k][i-1].posted {
				runs[k]++
			}
		}
	}
	p.Order = when.OrderUnknown
	n := len(records)
	pick := -1
	for k := range orders {
		other := 1 - k
		if len(found[k]) != n || len(found[other]) != n || len(days[k]) == 0 {
			break
		}
		if runs[k] == n-1 && (runs[other] < n-1 || len(days[k]) >= minDates && len(months[k]) == 1 && len(months[other]) == len(days[other])) {
			pick = k
			break
		}
	}
	if pick < 0 {
		return read() // as it was
	}
	p.Order = orders[pick]
	return read()
}

// dated is settled for records whose times are read with their texts.
func (p *Page) dated(records []record) []record {
	if p.Order != when.OrderUnknown || len(records) < 2 || records[0].plain {
		return records
	}
	return p.settled(p.withTimes(records), func() []record { return p.withTimes(records) })
}

// withTimes are the records with the times that their comments will have.
func (p *Page) withTimes(records []record) []record {
	p.roots = rootsOf(records)
	out := slices.Clone(records)
	for i := range out {
		if r := records[i]; len(r.posted) < len("2006-01-02") {
			r.posted = ""
			c, _ := p.comment(&r)
			if out[i].posted = c.PostedAt; r.relative {
				out[i].posted = ""
			}
		}
	}
	return out
}
