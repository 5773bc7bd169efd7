// Package privacy takes persons out of a thread: names where they are
// addressed, mentioned or quoted, addresses, numbers and accounts become masks
// in the texts, and authors become pseudonyms.
//
// Masks are a pure function of the thread, so texts and their digests never
// depend on the key; only commenter_id does. It must never write a name, an
// address or the key anywhere, errors included, and it promises nothing for
// the places where a name stands in running text: it counts them.
package privacy

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"corpus/pipeline/assemble"
	"corpus/pipeline/normalize/text"
	"corpus/pipeline/normalize/weburl"
	"corpus/schema"
)

// Modes of a corpus: what corpus.yaml says under privacy.
const (
	ModePseudonyms = "pseudonyms" // masks and keyed pseudonyms; the default
	ModeNone       = "none"       // texts as they are; the same places are in spans
)

// Guard applies one corpus's privacy rules. It may be used by several
// goroutines at once.
type Guard struct {
	key    *Key
	corpus string
	masks  bool
}

// New makes the guard of a corpus; mode "" is ModePseudonyms. Pseudonyms need
// a key; without masks the key may be nil.
func New(key *Key, corpus, mode string) (*Guard, error) {
	switch mode {
	case "", ModePseudonyms:
		if key == nil {
			return nil, errors.New("privacy: pseudonyms needs a key: name its file with --key, or make one with corpus init")
		}
		return &Guard{key: key, corpus: corpus, masks: true}, nil
	case ModeNone:
		return &Guard{key: key, corpus: corpus}, nil
	}
	return nil, fmt.Errorf("privacy: %q is no mode; it is pseudonyms or none", mode)
}

// Counts are the places found in texts, by kind.
type Counts struct {
	Mentions, Emails, Phones, IPs, Accounts, Handles, Links int64

	// NamesLeft are the other places in comments where the name of a commenter
	// of the thread stands, spelled as displayed, with four letters or more.
	NamesLeft int64
}

// Add adds other to c.
func (c *Counts) Add(other Counts) {
	c.Mentions += other.Mentions
	c.Emails += other.Emails
	c.Phones += other.Phones
	c.IPs += other.IPs
	c.Accounts += other.Accounts
	c.Handles += other.Handles
	c.Links += other.Links
	c.NamesLeft += other.NamesLeft
}

// Apply masks the texts of a thread and gives its commenters their pseudonyms
// within the scope that the source of their comment declares; where it declares
// none, scopes gives "", and the scope is the host of the article, else its
// source. It sets text, blocks, spans, counts and digest of the article and of
// every comment. The names beside the rows are left for the caller to drop.
func (g *Guard) Apply(t *assemble.Thread, scopes func(sourceID string) string) (Counts, error) {
	var counts Counts
	page := ""
	for _, address := range []*string{t.Article.URL, t.Article.CanonicalURL} {
		if address != nil && *address != "" {
			page = *address
		}
	}
	host := weburl.Host(page)
	if host == "" {
		host = t.Article.SourceID
	}

	a := &t.Article
	if a.Text != nil {
		m := mask(*a.Text, a.Blocks, nil, value(a.Lang), g.masks)
		a.Text, a.Blocks, a.Spans = &m.text, m.blocks, m.spans
		a.NChars, a.NWords, a.NSentences = text.Count(m.text)
		a.TextSHA256 = digest(m.text)
		counts.Add(tally(m.spans))
	} else {
		a.Spans, a.NChars, a.NWords, a.NSentences, a.TextSHA256 = nil, 0, 0, 0, nil
	}

	known := newBystanders(t.Comments)
	for i := range t.Comments {
		c := &t.Comments[i]
		scope := scopes(c.SourceID)
		if scope == "" {
			scope = host
		}
		g.pseudonym(&c.Comment, scope, page)
		row := &c.Row
		if row.Text == nil {
			row.Spans, row.NChars, row.NWords, row.NWordsQuoted, row.TextSHA256 = nil, 0, 0, 0, nil
			continue
		}
		mentions := make([]found, 0, len(c.Mentions))
		for _, m := range c.Mentions {
			if m.Target < 0 || m.Target >= len(t.Comments) {
				return counts, fmt.Errorf("privacy: comment %s mentions a comment that its thread does not have", row.CommentID)
			}
			ref := t.Comments[m.Target].Row.CommentID
			mentions = append(mentions, found{start: int(m.Start), end: int(m.End), kind: schema.SpanMention, ref: &ref})
		}
		before := *row.Text
		m := mask(before, row.Blocks, mentions, value(row.Lang), g.masks)
		counts.NamesLeft += known.count(before, m.covered)
		row.Text, row.Blocks, row.Spans = &m.text, m.blocks, m.spans
		row.NChars, row.NWords, _ = text.Count(m.text)
		row.NWordsQuoted = quotedWords(m.text, m.blocks)
		row.TextSHA256 = digest(m.text)
		counts.Add(tally(m.spans))
	}
	return counts, nil
}

// tally counts spans by kind.
func tally(spans []schema.Span) Counts {
	var c Counts
	for _, s := range spans {
		switch s.Kind {
		case schema.SpanMention:
			c.Mentions++
		case schema.SpanEmail:
			c.Emails++
		case schema.SpanPhone:
			c.Phones++
		case schema.SpanIP:
			c.IPs++
		case schema.SpanAccount:
			c.Accounts++
		case schema.SpanHandle:
			c.Handles++
		case schema.SpanLink:
			c.Links++
		}
	}
	return c
}

// quotedWords counts the words in blocks of kind quote.
func quotedWords(masked string, blocks []schema.Block) int32 {
	words := int32(0)
	at, chars := 0, int32(0)
	for _, b := range blocks {
		if b.Kind != schema.BlockQuote || b.Start < chars || b.End < b.Start {
			continue
		}
		start := at + runeOffset(masked[at:], int(b.Start-chars))
		end := start + runeOffset(masked[start:], int(b.End-b.Start))
		words += text.Words(masked[start:end])
		at, chars = end, b.End
	}
	return words
}

func digest(s string) *string {
	sum := sha256.Sum256([]byte(s))
	d := hex.EncodeToString(sum[:])
	return &d
}

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
