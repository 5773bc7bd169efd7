package comments

import (
	"strings"

	"corpus/pipeline/extract"
	"corpus/schema"
)

// order is the order of the comments on the page, where the times of the
// comments on the article prove one.
func order(comments []extract.Comment) string {
	up, down := 0, 0
	last := ""
	for i := range comments {
		c := &comments[i]
		if c.ParentID != "" {
			continue
		}
		if len(c.PostedAt) < 10 {
			return ""
		}
		if last != "" {
			a, b := comparable(last, c.PostedAt)
			switch {
			case a < b:
				up++
			case a > b:
				down++
			}
		}
		last = c.PostedAt
	}
	switch {
	case up > 0 && down == 0:
		return schema.OrderOldest
	case down > 0 && up == 0:
		return schema.OrderNewest
	}
	return ""
}

// comparable cuts two times to the shorter precision; times of different
// offsets compare by their days alone.
func comparable(a, b string) (string, string) {
	n := min(len(a), len(b))
	n = min(n, len("2006-01-02T15:04:05"))
	if zone(a) != zone(b) {
		n = min(n, 10)
	}
	return a[:n], b[:n]
}

func zone(s string) string {
	if i := strings.LastIndexAny(s, "+Z-"); i > 10 {
		return s[i:]
	}
	return ""
}
