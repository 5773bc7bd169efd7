package rehydrate

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"corpus/schema"
)

// joined is a text of blocks.
func joined(parts []string) (string, []schema.Block) {
	var blocks []schema.Block
	at := int32(0)
	for _, p := range parts {
		n := int32(utf8.RuneCountInString(p))
		blocks = append(blocks, schema.Block{Kind: schema.BlockParagraph, Start: at, End: at + n})
		at += n + 2
	}
	return strings.Join(parts, "\n\n"), blocks
}

// spansOf are the masks in a text.
func spansOf(text string) []schema.Span {
	var spans []schema.Span
	for at := 0; ; {
		i := strings.Index(text[at:], schema.MaskRemoved)
		if i < 0 {
			return spans
		}
		at += i
		start := int32(utf8.RuneCountInString(text[:at]))
		spans = append(spans, schema.Span{Kind: schema.SpanRemoved, Start: start, End: start + maskWidth})
		at += len(schema.MaskRemoved)
	}
}

// Masks stand again where whole words were taken down, however many in a block.
func TestWithRemoved(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom([]string{"gull", "tide", "a", "Über", "né", "7"})
		var before, after []string
		several := false
		for range rapid.IntRange(1, 3).Draw(t, "blocks") {
			words := rapid.SliceOfN(word, 1, 12).Draw(t, "words")
			var left []string
			masks, last := 0, false
			for _, w := range words {
				if rapid.IntRange(0, 3).Draw(t, "gone") > 0 {
					left, last = append(left, w), false
					continue
				}
				if !last {
					left, last = append(left, schema.MaskRemoved), true
					masks++
				}
			}
			several = several || masks > 1
			before, after = append(before, strings.Join(words, " ")), append(after, strings.Join(left, " "))
		}
		text, blocks := joined(before)
		want, wanted := joined(after)
		f := facts{chars: int32(utf8.RuneCountInString(want)), blocks: wanted}
		got, ok := withRemoved(text, blocks, f, spansOf(want), func(s string) bool { return s == want })
		if !ok || got != want {
			t.Fatalf("%q of %q, not %q", got, text, want)
		}
		if got, ok := withRemoved(text, blocks, f, spansOf(want), nil); ok == several || ok && got != want {
			t.Fatalf("without a proof: %q, %t", got, ok)
		}
	})
}

// Where nothing fits there is none, and the search comes to an end.
func TestNotRemoved(t *testing.T) {
	never := func(string) bool { return false }
	for name, x := range map[string]struct{ text, want string }{
		"a shorter text":     {"The tide.", "The tide and [removed] came in."},
		"another text":       {strings.Repeat("a b c d e f ", 400), strings.Repeat("[removed] a ", 12) + "[removed]"},
		"masks without end":  {strings.Repeat("a ", 4000), strings.Repeat("[removed] ", 900)},
		"no room for a mask": {"a b", "a[removed] [removed]b"},
	} {
		text, blocks := joined([]string{x.text})
		want, wanted := joined([]string{x.want})
		f := facts{chars: int32(utf8.RuneCountInString(want)), blocks: wanted}
		if got, ok := withRemoved(text, blocks, f, spansOf(want), never); ok {
			t.Errorf("%s: %.80q", name, got)
		}
	}
	text, blocks := joined([]string{"a", "b"})
	if _, ok := withRemoved(text, blocks, facts{blocks: blocks[:1]}, nil, never); ok {
		t.Error("other blocks")
	}
	if _, ok := withRemoved("a", blocks, facts{blocks: blocks}, nil, never); ok {
		t.Error("blocks behind the text")
	}
}
