package statistics

import (
	"slices"
	"strings"

	"corpus/schema"
)

// MaxCredits is how many articles are credited one by one.
const MaxCredits = 2000

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
	list []Credit
	n    int64
}

func (c *credits) add(a *schema.Article) {
	if a.License == schema.LicenseUnknown || a.Text == nil {
		return
	}
	if c.n++; c.n > MaxCredits {
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
// ids, and their number; the list is empty where they are more than MaxCredits.
// They hold wording and names, and are no part of the statistics.
func (c *Collector) Credits() ([]Credit, int64) { return c.credits.list, c.credits.n }
