package takedown

import (
	"slices"
	"strings"
	"unicode/utf8"

	"corpus/pipeline/normalize/text"
	"corpus/schema"
)

// cut puts schema.MaskRemoved for the parts of a text, shifts its blocks and
// spans, and adds a span for each. A span inside a cut goes; one that a cut
// runs into has to be inside, see whole.
func cut(s string, blocks []schema.Block, spans []schema.Span, cuts []Cut) (*string, []schema.Block, []schema.Span) {
	var b strings.Builder
	b.Grow(len(s))
	at, chars := 0, int32(0) // byte and code point reached
	width := int32(utf8.RuneCountInString(schema.MaskRemoved))
	starts := make([]int32, len(cuts)) // of the cuts in the new text
	shift := int32(0)
	for i, c := range cuts {
		start := at + runeOffset(s[at:], int(c.Start-chars))
		end := start + runeOffset(s[start:], int(c.End-c.Start))
		b.WriteString(s[at:start])
		b.WriteString(schema.MaskRemoved)
		starts[i] = c.Start + shift
		shift += width - (c.End - c.Start)
		at, chars = end, c.End
	}
	b.WriteString(s[at:])
	out := b.String()

	// move gives an offset its place; inside of a cut it goes to the mask's end.
	move := func(p int32) int32 {
		i, found := slices.BinarySearchFunc(cuts, p, func(c Cut, p int32) int { return int(c.End) - int(p) })
		if found {
			return starts[i] + width
		}
		if i < len(cuts) && p > cuts[i].Start {
			return starts[i] + width
		}
		if i == 0 {
			return p
		}
		return starts[i-1] + width + p - cuts[i-1].End
	}
	moved := make([]schema.Block, len(blocks))
	for i, k := range blocks {
		k.Start, k.End = move(k.Start), move(k.End)
		moved[i] = k
	}
	marked := make([]schema.Span, 0, len(spans)+len(cuts))
	next := 0
	removed := func(until int32) {
		for ; next < len(cuts) && cuts[next].Start < until; next++ {
			marked = append(marked, schema.Span{Kind: schema.SpanRemoved, Start: starts[next], End: starts[next] + width})
		}
	}
	for _, x := range spans {
		removed(x.End)
		if next > 0 && x.Start < cuts[next-1].End {
			continue // inside
		}
		x.Start, x.End = move(x.Start), move(x.End)
		marked = append(marked, x)
	}
	removed(1<<31 - 1)
	return &out, moved, marked
}

// cutter gathers the parts of one text that have to go, in bytes.
type cutter struct {
	text   string
	blocks []blockRange
	spans  []byteSpan
	ranges [][2]int
}

type blockRange struct {
	start, end int // bytes
	kind       string
}

type byteSpan struct {
	start, end int
	schema.Span
}

func newCutter(s string, blocks []schema.Block, spans []schema.Span) *cutter {
	c := &cutter{text: s}
	at, chars := 0, int32(0)
	for _, b := range blocks {
		if b.Start < chars || b.End < b.Start {
			continue
		}
		start := at + runeOffset(s[at:], int(b.Start-chars))
		end := start + runeOffset(s[start:], int(b.End-b.Start))
		c.blocks = append(c.blocks, blockRange{start, end, b.Kind})
		at, chars = end, b.End
	}
	if len(c.blocks) == 0 {
		c.blocks = []blockRange{{0, len(s), schema.BlockParagraph}}
	}
	at, chars = 0, 0
	for _, x := range spans {
		if x.Start < chars || x.End < x.Start {
			continue
		}
		start := at + runeOffset(s[at:], int(x.Start-chars))
		end := start + runeOffset(s[start:], int(x.End-x.Start))
		c.spans = append(c.spans, byteSpan{start, end, x})
		at, chars = end, x.End
	}
	return c
}

// add marks a part, which has to lie within one block.
func (c *cutter) add(start, end int) {
	if start < end {
		c.ranges = append(c.ranges, [2]int{start, end})
	}
}

// cuts are the parts in order: grown to the spans that they run into, joined
// where they meet or only white space and marks stand between them in a block.
func (c *cutter) cuts() []Cut {
	if len(c.ranges) == 0 {
		return nil
	}
	slices.SortFunc(c.ranges, func(a, b [2]int) int { return slices.Compare(a[:], b[:]) })
	var joined [][2]int
	next := 0 // spans before it end before the range
	block := 0
	for _, r := range c.ranges {
		for next < len(c.spans) && c.spans[next].end <= r[0] {
			next++
		}
		for i := next; i < len(c.spans) && c.spans[i].start < r[1]; i++ {
			r[0], r[1] = min(r[0], c.spans[i].start), max(r[1], c.spans[i].end)
		}
		for block < len(c.blocks)-1 && c.blocks[block].end <= r[0] {
			block++
		}
		if n := len(joined); n > 0 {
			last := &joined[n-1]
			if r[0] <= last[1] || last[0] >= c.blocks[block].start && !hasWord(c.text[last[1]:r[0]]) {
				last[1] = max(last[1], r[1])
				continue
			}
		}
		joined = append(joined, r)
	}
	out := make([]Cut, 0, len(joined))
	at, chars := 0, int32(0)
	for _, r := range joined {
		start := chars + int32(utf8.RuneCountInString(c.text[at:r[0]]))
		end := start + int32(utf8.RuneCountInString(c.text[r[0]:r[1]]))
		out = append(out, Cut{start, end})
		at, chars = r[1], end
	}
	return out
}

func hasWord(s string) bool { return strings.IndexFunc(s, isWord) >= 0 }

// runeOffset is the byte at which code point n of s begins, at most len(s).
func runeOffset(s string, n int) int {
	at := 0
	for ; n > 0 && at < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[at:])
		at += size
	}
	return at
}

// quotedWords counts the words in blocks of kind quote.
func quotedWords(s string, blocks []schema.Block) int32 {
	words := int32(0)
	at, chars := 0, int32(0)
	for _, b := range blocks {
		if b.Kind != schema.BlockQuote || b.Start < chars || b.End < b.Start {
			continue
		}
		start := at + runeOffset(s[at:], int(b.Start-chars))
		end := start + runeOffset(s[start:], int(b.End-b.Start))
		words += text.Words(s[start:end])
		at, chars = end, b.End
	}
	return words
}
