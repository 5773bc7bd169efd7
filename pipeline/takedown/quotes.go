package takedown

import (
	"unicode"
	"unicode/utf8"

	"github.com/zeebo/xxh3"

	"corpus/schema"
)

// How many words in a row have to be those of a text that is gone before they
// count as its quotation: fewer where something says that it is one. The words
// are compared folded and without the marks between them.
const (
	plainRun  = 6
	quotedRun = 3
	// mostWords bounds how much of a text is compared, hence memory.
	mostWords = 200_000
)

// word is a word of a text.
type word struct {
	hash       uint64
	start, end int // bytes
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// wordsOf are the words of s from byte base on: runs of letters, digits and
// marks; in scripts without spaces every character is a word.
func wordsOf(s string, base int) []word {
	var out []word
	var folded []byte
	start := -1
	flush := func(end int) {
		if start >= 0 {
			out = append(out, word{xxh3.Hash(folded), base + start, base + end})
			folded, start = folded[:0], -1
		}
	}
	for i, r := range s {
		if len(out) >= mostWords {
			return out
		}
		switch {
		case unwritten(r) && !unicode.IsMark(r):
			flush(i)
			folded, start = append(folded, string(r)...), i
			flush(i + utf8.RuneLen(r))
		case isWord(r):
			if start < 0 {
				start = i
			}
			folded = append(folded, string(unicode.ToLower(r))...)
		default:
			flush(i)
		}
	}
	flush(len(s))
	return out
}

func unwritten(r rune) bool {
	return r >= 0x0e00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// saidWords are the runs of words of the texts that are gone.
type saidWords struct {
	plain, quoted map[uint64]struct{}
	whole         map[uint64]int // texts shorter than a run: hash of all their words → how many
}

func newSaidWords() *saidWords {
	return &saidWords{plain: map[uint64]struct{}{}, quoted: map[uint64]struct{}{}, whole: map[uint64]int{}}
}

// add takes a text; parts that are masks are passed over, since every text has them.
func (q *saidWords) add(s string) {
	words := wordsOf(s, 0)
	if len(words) > 0 && len(words) < quotedRun {
		q.whole[runHash(words)] = len(words)
	}
	for i := range words {
		if i+plainRun <= len(words) {
			q.plain[runHash(words[i:i+plainRun])] = struct{}{}
		}
		if i+quotedRun <= len(words) {
			q.quoted[runHash(words[i:i+quotedRun])] = struct{}{}
		}
	}
}

func (q *saidWords) empty() bool { return len(q.quoted) == 0 && len(q.whole) == 0 }

func runHash(words []word) uint64 {
	h := uint64(len(words))
	for _, w := range words {
		h = (h ^ w.hash) * 0x9e3779b97f4a7c15
		h ^= h >> 29
	}
	return h
}

// quotes marks in c what quotes the texts that are gone. In a block of kind
// quote, and where a mention of an author of theirs (persons tells the
// comment that the mention refers to) stands before it in the block or at the
// end of the block before, fewer words are enough; a quote of which half the
// words are found goes as a whole.
func (q *saidWords) quotes(c *cutter, author func(ref string) bool) {
	next := 0
	announced := false // the block before ends in the header of a quote
	for _, b := range c.blocks {
		words := wordsOf(c.text[b.start:b.end], b.start)
		header := -1 // byte from which on a quote is announced
		if announced {
			header = b.start
		}
		announced = false
		for ; next < len(c.spans) && c.spans[next].start < b.end; next++ {
			x := &c.spans[next]
			if x.start < b.start || x.Kind != schema.SpanMention || x.RefID == nil || !author(*x.RefID) {
				continue
			}
			if header < 0 {
				header = x.end
			}
			announced = true
		}
		if len(words) == 0 {
			continue
		}
		isQuote := b.kind == schema.BlockQuote
		if _, ok := q.whole[runHash(words)]; ok && isQuote && len(words) < quotedRun {
			c.add(b.start, b.end)
			continue
		}
		covered := make([]bool, len(words))
		found := 0
		cover := func(i, n int) {
			for k := i; k < i+n; k++ {
				if !covered[k] {
					covered[k] = true
					found++
				}
			}
		}
		for i := range words {
			if i+plainRun <= len(words) {
				if _, ok := q.plain[runHash(words[i:i+plainRun])]; ok {
					cover(i, plainRun)
				}
			}
			if i+quotedRun <= len(words) && (isQuote || header >= 0 && words[i].start >= header) {
				if _, ok := q.quoted[runHash(words[i:i+quotedRun])]; ok {
					cover(i, quotedRun)
				}
			}
		}
		if isQuote && 2*found >= len(words) && found > 0 {
			c.add(b.start, b.end)
			continue
		}
		for i := 0; i < len(words); i++ {
			if !covered[i] {
				continue
			}
			j := i
			for j+1 < len(words) && covered[j+1] {
				j++
			}
			c.add(words[i].start, words[j].end)
			i = j
		}
	}
}
