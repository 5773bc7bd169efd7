// Package synthetic makes documents that look like a corpus and are nobody's:
// articles of invented words in the letters of several languages, threads in
// several comment markups, near duplicates, second captures, and strings that
// the privacy rules have to mask. Tests and benchmarks are its only users.
//
// A document follows from the seed and its number alone, so that 1 000 of them
// are the first of 10 000. It must never read a clock, the environment or a
// file, and no float may decide: every processor makes the same bytes.
package synthetic

import (
	"fmt"
	"math/rand/v2"
	"time"
)

// document is what a page or a record says.
type document struct {
	number     uint64
	language   *language
	site       string
	url        string
	title      string
	author     string
	published  time.Time
	paragraphs []string
	comments   []comment
	markup     int
}

// comment is one comment; parent is the index of the one it answers, or -1.
type comment struct {
	id     string
	parent int
	author string
	posted time.Time
	text   []string // paragraphs
}

// Maker makes documents. It is for one goroutine.
type Maker struct {
	seed            uint64
	words, comments int
	vocabularies    []*vocabulary
}

// New is a maker of documents whose articles have so many words and whose
// threads so many comments on average.
func New(seed uint64, words, comments int) *Maker {
	m := &Maker{seed: seed, words: words, comments: comments}
	for i := range languages {
		m.vocabularies = append(m.vocabularies, newVocabulary(&languages[i], seed, uint64(i)))
	}
	return m
}

// What becomes of a document, by number: one in nearDuplicates tells the
// article of an earlier one in a few other words, one in captures is a later
// capture of the one before.
const (
	nearDuplicates = 25
	captures       = 40
	sites          = 12
)

func (m *Maker) rand(i uint64) *rand.Rand { return rand.New(rand.NewPCG(m.seed, i)) }

// document is the one with number i.
func (m *Maker) document(i uint64) *document {
	if i > 0 && i%captures == captures-1 {
		d := m.fresh(i - 1)
		r := m.rand(i)
		m.thread(d, r, len(d.comments)+1+r.IntN(3))
		d.number = i
		return d
	}
	d := m.fresh(i)
	if i > 0 && i%nearDuplicates == nearDuplicates-1 {
		r := m.rand(i)
		old := m.fresh(i - 1 - uint64(r.IntN(int(min(i, 20)))))
		d.language, d.title, d.paragraphs = old.language, old.title, old.paragraphs
		last := len(d.paragraphs) - 1
		d.paragraphs[last] += " " + m.vocabulary(d.language).sentence(r, 3+r.IntN(5))
	}
	return d
}

func (m *Maker) vocabulary(l *language) *vocabulary {
	for i, v := range m.vocabularies {
		if v.language == l {
			return m.vocabularies[i]
		}
	}
	return m.vocabularies[0]
}

// fresh is a document that repeats no other.
func (m *Maker) fresh(i uint64) *document {
	r := m.rand(i)
	v := m.vocabularies[min(r.IntN(len(languages)), r.IntN(len(languages)))] // the first ones more often
	host := fmt.Sprintf("site%02d.example", r.IntN(sites))
	d := &document{
		number:    i,
		language:  v.language,
		site:      host,
		url:       fmt.Sprintf("https://%s/%d/%07d.html", host, 2005+r.IntN(20), i),
		title:     v.sentence(r, 3+r.IntN(6)),
		author:    name(r),
		published: time.Unix(1_100_000_000+r.Int64N(600_000_000), 0).UTC(),
		markup:    r.IntN(markups),
	}
	for left := m.words/3 + r.IntN(m.words*4/3); left > 0; {
		n := min(left, 30+r.IntN(60))
		left -= n
		text := ""
		for n > 0 {
			k := min(n, 6+r.IntN(18))
			n -= k
			if text != "" {
				text += " "
			}
			text += v.sentence(r, k)
		}
		d.paragraphs = append(d.paragraphs, text)
	}
	// A text is told from a teaser by its length.
	for len(d.paragraphs) < 2 {
		d.paragraphs = append(d.paragraphs, v.sentence(r, 40))
	}
	if m.comments > 0 {
		m.thread(d, r, r.IntN(2*m.comments+1))
	}
	return d
}

// thread gives d n comments.
func (m *Maker) thread(d *document, r *rand.Rand, n int) {
	v := m.vocabulary(d.language)
	posted := d.published
	for i := len(d.comments); i < n; i++ {
		posted = posted.Add(time.Duration(1+r.IntN(7200)) * time.Second)
		c := comment{id: fmt.Sprint(100*d.number + uint64(i) + 1), parent: -1, author: name(r), posted: posted}
		if i > 0 && r.IntN(2) == 0 {
			c.parent = r.IntN(i)
		}
		text := v.sentence(r, 4+r.IntN(25))
		switch r.IntN(12) {
		case 0:
			text = d.someone(r) + ": " + text
		case 1:
			text = "@" + d.someone(r) + " " + text
		case 2:
			text += fmt.Sprintf(" reader%d@mail%d.example", r.IntN(1000), r.IntN(20))
		case 3:
			text += fmt.Sprintf(" +49 30 901820%d", r.IntN(10))
		case 4:
			text += fmt.Sprintf(" 192.0.2.%d https://site%02d.example/%d", r.IntN(256), r.IntN(sites), r.IntN(1000))
		}
		c.text = []string{text}
		if r.IntN(3) == 0 {
			c.text = append(c.text, v.sentence(r, 5+r.IntN(20)))
		}
		d.comments = append(d.comments, c)
	}
}

// someone is who wrote before, or nobody.
func (d *document) someone(r *rand.Rand) string {
	if len(d.comments) == 0 {
		return "Nobody"
	}
	return d.comments[r.IntN(len(d.comments))].author
}

// Page is document i as a web page.
func (m *Maker) Page(i uint64) string { return page(m.document(i)) }

// Record is document i as a line of the format jsonl.
func (m *Maker) Record(i uint64) ([]byte, error) { return record(m.document(i)) }

// WARC is document i as a response record of WARC 1.1.
func (m *Maker) WARC(i uint64) []byte { return archived(m.document(i)) }
