package release

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"time"
	"unicode/utf8"

	"corpus/pipeline/config"
	"corpus/schema"
)

// written is what a text and the columns about it say.
type written struct {
	text   *string
	blocks []schema.Block
	spans  []schema.Span
	chars  int32
	words  int32
	sha256 *string
}

// separator stands between two blocks of a text.
const separator = "\n\n"

// checkText recounts a text and checks the offsets of its blocks and spans.
// masked tells that spans hold masks.
func checkText(w written, masked bool, report reporter) {
	if w.text == nil {
		if len(w.blocks) > 0 || len(w.spans) > 0 || w.chars != 0 || w.words != 0 || w.sha256 != nil {
			report("text", "is null, but there are blocks, spans, a length or a digest")
		}
		return
	}
	text := *w.text
	sum := sha256.Sum256([]byte(text))
	switch digest := hex.EncodeToString(sum[:]); {
	case w.sha256 == nil:
		report("text_sha256", "is null, the text has %s", digest)
	case *w.sha256 != digest:
		report("text_sha256", "is %s, the text has %s", *w.sha256, digest)
	}
	chars := utf8.RuneCountInString(text)
	if int(w.chars) != chars {
		report("n_chars", "is %d, the text has %d code points", w.chars, chars)
	}
	at := newOffsets(text, chars)
	checkBlocks(w.blocks, at, report)
	for i, s := range w.spans {
		column := fmt.Sprintf("spans[%d]", i)
		if s.Start < 0 || s.End <= s.Start || int(s.End) > chars {
			report(column, "goes from %d to %d in %d code points", s.Start, s.End, chars)
			continue
		}
		if s.RefID != nil && s.Kind != schema.SpanMention {
			report(column+".ref_id", "is set, but the span is no mention")
		}
		if mask, ok := maskOf(s.Kind); ok && masked {
			if got := at.slice(int(s.Start), int(s.End)); got != mask {
				report(column, "does not hold %s", mask) // what it holds may be a name
			}
		}
	}
}

// checkBlocks: the blocks joined by a blank line are the text.
func checkBlocks(blocks []schema.Block, at *offsets, report reporter) {
	want := 0
	for i, b := range blocks {
		column := fmt.Sprintf("blocks[%d]", i)
		checkLevel(column, b, report)
		if int(b.Start) != want || b.End <= b.Start || int(b.End) > at.chars {
			report(column, "goes from %d to %d in %d code points, it has to begin at %d", b.Start, b.End, at.chars, want)
			return
		}
		if i < len(blocks)-1 && (int(b.End)+len(separator) > at.chars || at.slice(int(b.End), int(b.End)+len(separator)) != separator) {
			report(column, "is not followed by a blank line")
			return
		}
		want = int(b.End) + len(separator)
	}
	if want != at.chars+len(separator) {
		report("blocks", "end before the text does")
	}
}

// checkLevel: only headings, quotes and list items have a level, where the page
// tells it.
func checkLevel(column string, b schema.Block, report reporter) {
	most := int32(0)
	switch b.Kind {
	case schema.BlockHeading:
		most = 6
	case schema.BlockQuote, schema.BlockListItem:
		most = math.MaxInt32
	}
	if b.Level > most {
		report(column+".level", "is %d, which no %s can have", b.Level, b.Kind)
	}
}

// maskOf is the mask in texts for a kind of span; links have none.
func maskOf(kind string) (string, bool) {
	switch kind {
	case schema.SpanMention:
		return "[user]", true
	case schema.SpanEmail, schema.SpanPhone, schema.SpanIP, schema.SpanAccount, schema.SpanHandle, schema.SpanRemoved:
		return "[" + kind + "]", true
	}
	return "", false
}

// offsets finds code points in a text: it knows the byte of every 64th.
type offsets struct {
	text  string
	chars int
	every []int
}

const offsetStep = 64

func newOffsets(text string, chars int) *offsets {
	o := &offsets{text: text, chars: chars}
	if chars == len(text) {
		return o // ASCII
	}
	o.every = make([]int, 0, chars/offsetStep+1)
	n := 0
	for i := range text {
		if n%offsetStep == 0 {
			o.every = append(o.every, i)
		}
		n++
	}
	return o
}

// byteOf is the byte at which code point n begins.
func (o *offsets) byteOf(n int) int {
	switch {
	case o.every == nil:
		return n
	case n >= o.chars:
		return len(o.text)
	}
	at := o.every[n/offsetStep]
	for range n % offsetStep {
		_, size := utf8.DecodeRuneInString(o.text[at:])
		at += size
	}
	return at
}

func (o *offsets) slice(start, end int) string { return o.text[o.byteOf(start):o.byteOf(end)] }

// checkTime: a local time is as long as its precision, and an instant has one.
func checkTime(name string, at *int64, local, precision *string, report reporter) {
	if (local == nil) != (precision == nil) {
		report(name+"_precision", "is null, or %s_local is, but not both", name)
		return
	}
	if at != nil && local == nil {
		report(name+"_local", "is null, but %s_at is known", name)
	}
	if local == nil {
		return
	}
	if layout, ok := localLayout(*precision); ok && !isTime(layout, *local) {
		report(name+"_local", "is %.40q, which is no time exact to the %s", *local, *precision)
	}
}

func localLayout(precision string) (string, bool) {
	switch precision {
	case schema.PrecisionYear:
		return "2006", true
	case schema.PrecisionMonth:
		return "2006-01", true
	case schema.PrecisionDay:
		return "2006-01-02", true
	case schema.PrecisionHour:
		return "2006-01-02T15", true
	case schema.PrecisionMinute:
		return "2006-01-02T15:04", true
	case schema.PrecisionSecond:
		return "2006-01-02T15:04:05", true
	}
	return "", false
}

// isTime tells whether s is a time in that layout, to the letter.
func isTime(layout, s string) bool {
	at, err := time.Parse(layout, s)
	return err == nil && at.Format(layout) == s
}

// masks tells whether texts of the version are masked.
func (v *verifier) masks() bool { return v.manifest.Privacy != config.PrivacyNone }

// checkSplit: records have a split where the corpus has splits.
func (v *verifier) checkSplit(split *string, report reporter) {
	none := v.manifest.Splits == config.SplitsNone
	if none && split != nil {
		report("split", "is %s, but the corpus has no splits", *split)
	}
	if !none && split == nil {
		report("split", "is null, but the corpus has splits")
	}
}
