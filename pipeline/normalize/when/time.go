// Package when reads times: ISO 8601 at any precision, and the date texts that
// pages show in many languages. A time without a zone stays a local one; the
// instant is known only with an offset or a declared zone.
//
// It must never read a clock, guess what day "yesterday" was where nobody says
// when that was read, or use the zone data of the machine.
package when

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"corpus/schema"
)

// Time is a time as the tables hold it.
type Time struct {
	Local     string // ISO 8601 cut at its precision, without zone
	Precision string // schema.PrecisionYear, ...
	At        *int64 // the instant in microseconds since 1970 UTC, where it is known
	WallUS    int64  // the local clock read as UTC, in microseconds: only for ordering
}

// errTime is the error of everything that is no time.
var errTime = errors.New("expected a time in ISO 8601, such as 2019-05-30T10:12:00+02:00")

// fields are the parts of a time as stated.
type fields struct {
	year, month, day     int
	hour, minute, second int
	precision            int  // number of fields stated, 1 to 6
	offset               int  // seconds east of UTC
	zoned                bool // whether an offset is stated
}

var precisions = [...]string{
	1: schema.PrecisionYear, schema.PrecisionMonth, schema.PrecisionDay,
	schema.PrecisionHour, schema.PrecisionMinute, schema.PrecisionSecond,
}

// cuts are the lengths of "2006-01-02T15:04:05" at each precision.
var cuts = [...]int{1: 4, 7, 10, 13, 16, 19}

// Resolve reads an ISO 8601 time at any precision, with a blank for the T if
// need be; fractions of a second are cut. Years are 1000 to 9999. The instant
// is set from the offset, else from zone, for times that state an hour. Of a
// local time that a zone has twice the first one is taken; one that it skips
// is read with the offset before the gap.
func Resolve(iso string, zone *time.Location) (Time, error) {
	f, err := parseISO(strings.TrimSpace(iso))
	if err != nil {
		return Time{}, err
	}
	wall := time.Date(f.year, time.Month(f.month), f.day, f.hour, f.minute, f.second, 0, time.UTC)
	t := Time{
		Local:     wall.Format("2006-01-02T15:04:05")[:cuts[f.precision]],
		Precision: precisions[f.precision],
		WallUS:    wall.UnixMicro(),
	}
	if f.precision < 4 {
		return t, nil
	}
	switch {
	case f.zoned:
		if at := t.WallUS - int64(f.offset)*1e6; at <= lastInstant {
			t.At = &at
		}
	case zone != nil:
		if at := instant(wall, zone); at <= lastInstant {
			t.At = &at
		}
	}
	return t, nil
}

// lastInstant is the last second of the year 9999 in UTC: the date types of
// Python and SQL hold no later one, so a whole column could not be loaded.
const lastInstant = 253402300799 * int64(1e6)

// instant is the local time wall in zone. time.Date leaves open which of two
// instants it takes; here it is always the one of the larger offset, which
// comes first, and in a gap the offset that held before.
func instant(wall time.Time, zone *time.Location) int64 {
	_, before := wall.Add(-26 * time.Hour).In(zone).Zone()
	_, after := wall.Add(26 * time.Hour).In(zone).Zone()
	for _, offset := range []int{max(before, after), min(before, after)} {
		at := wall.Add(-time.Duration(offset) * time.Second)
		if _, got := at.In(zone).Zone(); got == offset {
			return at.UnixMicro()
		}
	}
	return wall.Add(-time.Duration(before) * time.Second).UnixMicro()
}

func parseISO(s string) (fields, error) {
	f := fields{month: 1, day: 1}
	if len(s) > 64 || len(s) < 4 {
		return f, errTime
	}
	rest := s
	number := func(digits int) (int, bool) {
		if len(rest) < digits {
			return 0, false
		}
		n := 0
		for i := range digits {
			c := rest[i]
			if c < '0' || c > '9' {
				return 0, false
			}
			n = n*10 + int(c-'0')
		}
		rest = rest[digits:]
		return n, true
	}
	next := func(separators string) bool {
		if rest == "" || strings.IndexByte(separators, rest[0]) < 0 {
			return false
		}
		rest = rest[1:]
		return true
	}
	parts := []struct {
		before string
		digits int
		into   *int
	}{{"", 4, &f.year}, {"-", 2, &f.month}, {"-", 2, &f.day}, {"Tt ", 2, &f.hour}, {":", 2, &f.minute}, {":", 2, &f.second}}
	for i, p := range parts {
		if p.before != "" && !next(p.before) {
			break
		}
		n, ok := number(p.digits)
		if !ok {
			return f, errTime
		}
		*p.into = n
		f.precision = i + 1
	}
	if f.precision == 6 && next(".,") {
		if _, ok := number(1); !ok {
			return f, errTime
		}
		rest = strings.TrimLeft(rest, "0123456789")
	}
	if err := f.parseOffset(strings.TrimLeft(rest, " ")); err != nil {
		return f, err
	}
	return f, f.check()
}

// parseOffset reads "Z", "UTC", "GMT", "+02:00", "+0200", "+02", or nothing.
func (f *fields) parseOffset(s string) error {
	if s == "" {
		return nil
	}
	if f.precision < 4 {
		return errTime
	}
	switch strings.ToUpper(s) {
	case "Z", "UTC", "GMT":
		f.zoned = true
		return nil
	}
	digits := s[1:]
	if len(digits) == 5 && digits[2] == ':' {
		digits = digits[:2] + digits[3:]
	}
	if s[0] != '+' && s[0] != '-' || len(digits) != 2 && len(digits) != 4 || strings.Trim(digits, "0123456789") != "" {
		return errTime
	}
	hours := int(digits[0]-'0')*10 + int(digits[1]-'0')
	minutes := 0
	if len(digits) == 4 {
		minutes = int(digits[2]-'0')*10 + int(digits[3]-'0')
	}
	if hours > 14 || minutes > 59 {
		return errTime
	}
	f.offset, f.zoned = hours*3600+minutes*60, true
	if s[0] == '-' {
		f.offset = -f.offset
	}
	return nil
}

// check refuses days that no calendar has.
func (f *fields) check() error {
	if f.year < 1000 || f.month < 1 || f.month > 12 || f.day < 1 || f.day > daysIn(f.year, f.month) ||
		f.hour > 23 || f.minute > 59 || f.second > 60 {
		return fmt.Errorf("there is no such time: %w", errTime)
	}
	f.second = min(f.second, 59) // a leap second
	return nil
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// iso is the time as ISO 8601 at its precision, with its offset.
func (f *fields) iso() string {
	wall := time.Date(f.year, time.Month(f.month), f.day, f.hour, f.minute, f.second, 0, time.UTC)
	s := wall.Format("2006-01-02T15:04:05")[:cuts[f.precision]]
	if !f.zoned || f.precision < 4 {
		return s
	}
	if f.offset == 0 {
		return s + "Z"
	}
	sign, offset := '+', f.offset
	if offset < 0 {
		sign, offset = '-', -offset
	}
	return fmt.Sprintf("%s%c%02d:%02d", s, sign, offset/3600, offset%3600/60)
}
