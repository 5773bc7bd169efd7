package when

import "time"

// Epoch reads the seconds (10 digits) or milliseconds (13 digits) since 1970
// UTC that attributes such as data-time hold, and gives them in ISO 8601 with
// Z, to the second. Times before 1990 or after 2100 are more likely some other
// number.
func Epoch(s string) (iso string, ok bool) {
	if len(s) != 10 && len(s) != 13 {
		return "", false
	}
	n := int64(0)
	for i := range len(s) {
		c := s[i]
		if c < '0' || c > '9' {
			return "", false
		}
		n = n*10 + int64(c-'0')
	}
	if len(s) == 13 {
		n /= 1000
	}
	t := time.Unix(n, 0).UTC()
	if t.Year() < 1990 || t.Year() > 2100 {
		return "", false
	}
	return t.Format("2006-01-02T15:04:05Z"), true
}
