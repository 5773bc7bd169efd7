package statistics

import (
	"slices"
	"strings"

	"corpus/schema"
)

// Articles are credited one by one where they are no more than MaxCredits, and
// what has to be said of them no more than maxCreditBytes.
const (
	MaxCredits     = 2000
	maxCreditBytes = 4 << 20
)

// Credit names an article whose licence asks for attribution: title, authors,
// source and licence.
type Credit struct {
	ArticleID  string
	Title      string
	Authors    []string
	URL        string
	License    string
	LicenseURL string
}

// credits keeps those of the first articles, and counts all.
type credits struct {
	list  []Credit
	n     int64
	bytes int
}

func (c *credits) add(a *schema.Article) {
	if a.License == schema.LicenseUnknown || a.Text == nil {
		return
	}
	c.n++
	c.bytes += len(text(a.Title)) + len(text(a.CanonicalURL)) + len(text(a.URL)) + len(text(a.LicenseURL))
	for _, author := range a.Byline {
		c.bytes += len(author)
	}
	if c.n > MaxCredits || c.bytes > maxCreditBytes {
		c.list = nil // all of them or none
		return
	}
	url := text(a.CanonicalURL)
	if url == "" {
		url = text(a.URL)
	}
	authors := slices.Clone(a.Byline)
	for i := range authors {
		authors[i] = strings.Clone(authors[i])
	}
	c.list = append(c.list, Credit{
		ArticleID: a.ArticleID, Title: text(a.Title), Authors: authors, URL: url, License: a.License, LicenseURL: text(a.LicenseURL),
	})
}

// Credits are the articles with text and a known licence, in the order of their
// ids, and their number; the list is empty where they are too many to be named.
// They hold wording and names, and are no part of the statistics.
func (c *Collector) Credits() ([]Credit, int64) { return c.credits.list, c.credits.n }
