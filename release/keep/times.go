package keep

import (
	"time"

	"corpus/pipeline/config"
	"corpus/schema"
)

// cuts are the lengths of "2006-01-02T15:04:05" at each precision, the most
// exact last.
var cuts = []struct {
	precision string
	length    int
}{
	{schema.PrecisionYear, 4}, {schema.PrecisionMonth, 7}, {schema.PrecisionDay, 10},
	{schema.PrecisionHour, 13}, {schema.PrecisionMinute, 16}, {schema.PrecisionSecond, 19},
}

const localLayout = "2006-01-02T15:04:05"

// Times makes the times of a comment no more exact than a time_precision. The
// instant becomes the one at which the local year, month, day, hour or minute
// began, so that it says no more than the local time does.
func Times(c *schema.Comment, precision string) {
	at := index(precision)
	if precision == config.PrecisionStated || at < 0 {
		return
	}
	offset := int64(0) // microseconds from UTC to the clock of the page
	if c.PostedAt != nil && c.PostedLocal != nil {
		if wall, ok := wallClock(*c.PostedLocal); ok {
			offset = wall - *c.PostedAt
		}
	}
	c.EditedAt = cutInstant(c.EditedAt, offset, at)
	if c.PostedPrecision == nil || c.PostedLocal == nil {
		c.PostedAt = cutInstant(c.PostedAt, offset, at)
		return
	}
	if stated := index(*c.PostedPrecision); stated <= at || len(*c.PostedLocal) < cuts[at].length {
		return
	}
	local, cut := (*c.PostedLocal)[:cuts[at].length], cuts[at].precision
	c.PostedAt = cutInstant(c.PostedAt, offset, at)
	c.PostedLocal, c.PostedPrecision = &local, &cut
}

func index(precision string) int {
	for i, c := range cuts {
		if c.precision == precision {
			return i
		}
	}
	return -1
}

// wallClock is a local time, cut at any precision, read as UTC in microseconds.
func wallClock(local string) (int64, bool) {
	if len(local) > len(localLayout) {
		return 0, false
	}
	t, err := time.Parse(localLayout[:len(local)], local)
	return t.UnixMicro(), err == nil
}

// cutInstant is the beginning of the year, month, … of an instant on a clock
// that is offset from UTC.
func cutInstant(us *int64, offset int64, at int) *int64 {
	if us == nil {
		return nil
	}
	t := time.UnixMicro(*us + offset).UTC()
	parts := []int{t.Year(), int(t.Month()), t.Day(), t.Hour(), t.Minute()}
	for i := range parts {
		if i > at {
			parts[i] = 0
			if i == 1 || i == 2 {
				parts[i] = 1
			}
		}
	}
	second := 0
	if at >= index(schema.PrecisionSecond) {
		second = t.Second()
	}
	cut := time.Date(parts[0], time.Month(parts[1]), parts[2], parts[3], parts[4], second, 0, time.UTC).UnixMicro() - offset
	return &cut
}
