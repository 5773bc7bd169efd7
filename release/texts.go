package release

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
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
func checkText(w written, masked bool, report func(format string, args ...any)) {
	if w.text == nil {
		if len(w.blocks) > 0 || len(w.spans) > 0 || w.chars != 0 || w.words != 0 || w.sha256 != nil {
			report("has no text, but blocks, spans, a length or a digest")
		}
		return
	}
	text := *w.text
	sum := sha256.Sum256([]byte(text))
	switch digest := hex.EncodeToString(sum[:]); {
	case w.sha256 == nil:
		report("text_sha256 is null, the text has %s", digest)
	case *w.sha256 != digest:
		report("text_sha256 is %s, the text has %s", *w.sha256, digest)
	}
	chars := utf8.RuneCountInString(text)
	if int(w.chars) != chars {
		report("n_chars is %d, the text has %d code points", w.chars, chars)
	}
	if w.words > w.chars {
		report("n_words is %d in %d code points", w.words, w.chars)
	}
	at := newOffsets(text, chars)
	checkBlocks(w.blocks, at, report)
	for i, s := range w.spans {
		if s.Start < 0 || s.End <= s.Start || int(s.End) > chars {
			report("spans[%d] goes from %d to %d in %d code points", i, s.Start, s.End, chars)
			continue
		}
		if s.RefID != nil && s.Kind != schema.SpanMention {
			report("spans[%d] is no mention, but means somebody", i)
		}
		if mask, ok := maskOf(s.Kind); ok && masked {
			if got := at.slice(int(s.Start), int(s.End)); got != mask {
				report("spans[%d] does not hold %s", i, mask) // what it holds may be a name
			}
		}
	}
}

// checkBlocks: the blocks joined by a blank line are the text.
func checkBlocks(blocks []schema.Block, at *offsets, report func(format string, args ...any)) {
	want := 0
	for i, b := range blocks {
		if int(b.Start) != want || b.End <= b.Start || int(b.End) > at.chars {
			report("blocks[%d] goes from %d to %d in %d code points, it has to begin at %d", i, b.Start, b.End, at.chars, want)
			return
		}
		if i < len(blocks)-1 && (int(b.End)+len(separator) > at.chars || at.slice(int(b.End), int(b.End)+len(separator)) != separator) {
			report("blocks[%d] is not followed by a blank line", i)
			return
		}
		want = int(b.End) + len(separator)
	}
	if want != at.chars+len(separator) {
		report("the blocks end before the text does")
	}
}

// maskOf is the mask in texts for a kind of span; links have none.
func maskOf(kind string) (string, bool) {
	switch kind {
	case schema.SpanMention:
		return "[user]", true
	case schema.SpanEmail, schema.SpanPhone, schema.SpanIP, schema.SpanAccount, schema.SpanHandle:
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
func checkTime(name string, at *int64, local, precision *string, report func(format string, args ...any)) {
	if (local == nil) != (precision == nil) {
		report("%s_local and %s_precision are not null together", name, name)
		return
	}
	if at != nil && local == nil {
		report("%s_at is known, but %s_local is null", name, name)
	}
	if local == nil {
		return
	}
	if want, ok := localLengths(*precision); ok && len(*local) != want {
		report("%s_local is %.40q, which is not exact to the %s", name, *local, *precision)
	}
}

func localLengths(precision string) (int, bool) {
	switch precision {
	case schema.PrecisionYear:
		return len("2006"), true
	case schema.PrecisionMonth:
		return len("2006-01"), true
	case schema.PrecisionDay:
		return len("2006-01-02"), true
	case schema.PrecisionHour:
		return len("2006-01-02T15"), true
	case schema.PrecisionMinute:
		return len("2006-01-02T15:04"), true
	case schema.PrecisionSecond:
		return len("2006-01-02T15:04:05"), true
	}
	return 0, false
}

// masks tells whether texts of the version are masked.
func (v *verifier) masks() bool { return v.manifest.Privacy != config.PrivacyNone }

// checkSplit: records have a split where the corpus has splits.
func (v *verifier) checkSplit(split *string, report func(format string, args ...any)) {
	none := v.manifest.Splits == config.SplitsNone
	if none && split != nil {
		report("split is %s, but the corpus has no splits", fmt.Sprint(*split))
	}
	if !none && split == nil {
		report("split is null, but the corpus has splits")
	}
}
