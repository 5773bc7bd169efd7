package release

import (
	"fmt"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/sentences"
	"github.com/clipperhouse/uax29/v2/words"

	"corpus/pipeline/store"
	"corpus/schema"
)

// countWords counts the segments of UAX 29 with a letter or a digit. The rule
// is that of the data dictionary; the build has code of its own for it.
func countWords(s string) int32 {
	n := int32(0)
	for w := words.FromString(s); w.Next(); {
		n += countIfText(w.Value())
	}
	return n
}

func countSentences(s string) int32 {
	n := int32(0)
	for w := sentences.FromString(s); w.Next(); {
		n += countIfText(w.Value())
	}
	return n
}

func countIfText(segment string) int32 {
	for _, r := range segment {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return 1
		}
	}
	return 0
}

// countQuoted counts the words in blocks of kind quote; offsets that are wrong
// are another check's business.
func countQuoted(text string, blocks []schema.Block) int32 {
	at := newOffsets(text, utf8.RuneCountInString(text))
	n := int32(0)
	for _, b := range blocks {
		if b.Kind == schema.BlockQuote && b.Start >= 0 && b.Start <= b.End && int(b.End) <= at.chars {
			n += countWords(at.slice(int(b.Start), int(b.End)))
		}
	}
	return n
}

// spanKinds are the kinds of spans that the manifest counts.
var spanKinds = []string{
	schema.SpanMention, schema.SpanEmail, schema.SpanPhone, schema.SpanIP,
	schema.SpanAccount, schema.SpanHandle, schema.SpanLink, schema.SpanRemoved,
}

func (v *verifier) countMasks(spans []schema.Span) {
	for i := range spans {
		v.masked[spans[i].Kind]++
	}
}

// compareMasks holds the spans of all texts against the manifest's counts.
func (v *verifier) compareMasks() {
	for _, kind := range spanKinds {
		if said := v.manifest.Masked[kind]; said != v.masked[kind] {
			v.problem(Problem{File: store.ManifestName, Column: "masked", What: fmt.Sprintf("says %d spans of kind %s, the texts have %d", said, kind, v.masked[kind])})
		}
	}
}
