package compare

import (
	"fmt"
	"strconv"
	"strings"
)

// Level is how much a difference matters to those who use the corpus, and so
// which part of the number it raises.
type Level int

// The levels. Major: what an earlier result rested on is gone or says something
// else. Minor: there is more, or what describes a record is another. Patch:
// counts, accounts, documents, encoding.
const (
	None Level = iota
	Patch
	Minor
	Major
)

// String is the name of the level.
func (l Level) String() string {
	switch l {
	case Patch:
		return "patch"
	case Minor:
		return "minor"
	case Major:
		return "major"
	}
	return "none"
}

// MarshalText is String, for JSON.
func (l Level) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText reads what String gives.
func (l *Level) UnmarshalText(text []byte) error {
	for _, known := range []Level{None, Patch, Minor, Major} {
		if known.String() == string(text) {
			*l = known
			return nil
		}
	}
	return fmt.Errorf("%.20q is no level", text)
}

// First is the number of a version that follows none.
const First = "0.1.0"

// Number is the smallest number that a version may have which differs from the
// one called previous by a difference of level l; previous itself where there
// is none. Versions below 1.0.0 are no exception: whoever loads one relies on
// it. previous has to be MAJOR.MINOR.PATCH.
func Number(previous string, l Level) string {
	n := parts(previous)
	switch l {
	case Major:
		n = [3]int64{n[0] + 1}
	case Minor:
		n = [3]int64{n[0], n[1] + 1}
	case Patch:
		n[2]++
	}
	return fmt.Sprintf("%d.%d.%d", n[0], n[1], n[2])
}

// Less tells whether the number a comes before b; both have to be
// MAJOR.MINOR.PATCH.
func Less(a, b string) bool {
	x, y := parts(a), parts(b)
	for i := range x {
		if x[i] != y[i] {
			return x[i] < y[i]
		}
	}
	return false
}

func parts(number string) [3]int64 {
	var n [3]int64
	number, _, _ = strings.Cut(number, "+") // a release has the number of its build
	for i, part := range strings.SplitN(number, ".", 3) {
		n[i], _ = strconv.ParseInt(part, 10, 64) // at most nine digits: callers have checked
	}
	return n
}
