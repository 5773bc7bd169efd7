package htmlpage

import (
	"strings"
	"time"
)

// pathDate is the date in the path of an address: /2017/09/12/, /2017/sep/12/ or
// /20170912_x.
func pathDate(address string) string {
	parts := strings.Split(address, "/")
	if len(parts) > 64 {
		return ""
	}
	digits := func(s string, n int) bool { return len(s) == n && strings.Trim(s, "0123456789") == "" }
	for i := 3; i+2 < len(parts); i++ {
		y, m, d := parts[i], parts[i+1], parts[i+2]
		if !digits(y, 4) || m == "" || d == "" || len(d) > 2 || !digits(d, len(d)) {
			continue
		}
		if n := monthNumber(m); n != "" {
			m = n
		}
		if len(m) <= 2 && digits(m, len(m)) {
			return y + "-" + ("0" + m)[len(m)-1:] + "-" + ("0" + d)[len(d)-1:]
		}
	}
	for i := 3; i < len(parts); i++ {
		s := parts[i]
		if len(s) > 8 && digits(s[:8], 8) && (s[:2] == "19" || s[:2] == "20") && strings.ContainsAny(s[8:9], "-_.") {
			if _, err := time.Parse("20060102", s[:8]); err == nil {
				return s[:4] + "-" + s[4:6] + "-" + s[6:8]
			}
		}
	}
	return ""
}

// monthNumber is the number of a month by its English name or the first three
// letters of it; empty for none.
func monthNumber(s string) string {
	for m := time.January; m <= time.December; m++ {
		if name := m.String(); strings.EqualFold(s, name) || strings.EqualFold(s, name[:3]) {
			return time.Date(2000, m, 1, 0, 0, 0, 0, time.UTC).Format("01")
		}
	}
	return ""
}
