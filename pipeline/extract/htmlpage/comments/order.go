package comments

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract"
	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/schema"
)

// sorts are names of orders as pages show them; lower case.
var sorts = map[string]string{
	"oldest": schema.OrderOldest, "oldest first": schema.OrderOldest, "old": schema.OrderOldest, "chronological": schema.OrderOldest, "date (oldest first)": schema.OrderOldest,
	"älteste": schema.OrderOldest, "älteste zuerst": schema.OrderOldest, "chronologisch": schema.OrderOldest, "les plus anciens": schema.OrderOldest, "más antiguos": schema.OrderOldest,
	"newest": schema.OrderNewest, "newest first": schema.OrderNewest, "new": schema.OrderNewest, "latest": schema.OrderNewest, "most recent": schema.OrderNewest, "date (newest first)": schema.OrderNewest,
	"neueste": schema.OrderNewest, "neueste zuerst": schema.OrderNewest, "les plus récents": schema.OrderNewest, "más recientes": schema.OrderNewest,
	"best": schema.OrderRanked, "top": schema.OrderRanked, "best voted": schema.OrderRanked, "most voted": schema.OrderRanked, "most liked": schema.OrderRanked, "most popular": schema.OrderRanked,
	"top rated": schema.OrderRanked, "highest score (default)": schema.OrderRanked, "votes": schema.OrderRanked, "most relevant": schema.OrderRanked, "relevance": schema.OrderRanked,
	"beliebteste": schema.OrderRanked, "beste": schema.OrderRanked, "beliebteste zuerst": schema.OrderRanked, "relevanteste": schema.OrderRanked, "les mieux notés": schema.OrderRanked, "más valorados": schema.OrderRanked,
}

// chosenWords are words of class names of what is chosen out of several.
var chosenWords = dom.NewNames(`selected active current chosen`)

// maxSortNodes bounds the nodes before the first comment that may say how they are sorted.
const maxSortNodes = 400

// sorted is the order that the page says it shows its comments in: the chosen
// one of a list before the first comment.
func (p *Page) sorted(regions []dom.ID) string {
	if len(regions) == 0 {
		return ""
	}
	found := ""
	for id := max(0, regions[0]-maxSortNodes); id < regions[0]; id++ {
		if p.IsText(id) {
			continue
		}
		chosen := p.Nodes[id].Class != "" && p.word(id, chosenWords) || p.Tag(id) == atom.Option && p.Has(id, "selected") ||
			p.Attr(id, "aria-selected") == "true" || p.Attr(id, "aria-current") == "true" || p.Attr(id, "aria-pressed") == "true"
		if !chosen {
			continue
		}
		if s, ok := p.Short(id, 40); ok {
			if order := sorts[fold(s)]; order != "" {
				found = order
			}
		}
	}
	return found
}

// order is the order of the comments on the page, where the times of the
// comments on the article prove one; in flat threads, where quotes alone tell
// who replies to whom, the times of all.
func order(comments []extract.Comment, flat bool) string {
	up, down := 0, 0
	last := ""
	for i := range comments {
		c := &comments[i]
		if c.ParentID != "" && !flat {
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
