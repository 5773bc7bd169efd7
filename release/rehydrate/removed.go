package rehydrate

import (
	"unicode"
	"unicode/utf8"

	"corpus/schema"
)

// maskWidth is how many code points the mask of a takedown has.
var maskWidth = int32(utf8.RuneCountInString(schema.MaskRemoved))

// Bounds of the search for the places of several masks in one block.
const (
	maxTexts = 4096    // texts that are held against the digest
	maxChars = 8 << 20 // code points of these texts together; one may be longer
	maxSteps = 1 << 16 // places that are looked at
	maxParts = 64      // parts between masks
)

// masked is a block of a text that still has what was taken down: code points
// of which the release says how many stand before, between and behind its masks.
type masked struct {
	part   []rune
	before int   // kept at the beginning
	middle []int // kept between two masks, one by one; where these begin is not known
	behind int   // kept at the end
	plain  bool  // there is no mask: all of it is kept

	starts []int // of the parts in the middle, as far as they are tried
}

// text appends what the block is with its masks.
func (m *masked) text(out []rune) []rune {
	if m.plain {
		return append(out, m.part...)
	}
	mask := []rune(schema.MaskRemoved)
	out = append(append(out, m.part[:m.before]...), mask...)
	for i, n := range m.middle {
		out = append(append(out, m.part[m.starts[i]:m.starts[i]+n]...), mask...)
	}
	return append(out, m.part[len(m.part)-m.behind:]...)
}

// withRemoved puts the mask of a takedown into a text that still has what was
// taken down: the release says at which code points of its own text the masks
// stand, and so how much is kept before, between and behind those of a block. Of
// several masks in a block that leaves open what is kept between them: the
// places at which words begin and end are tried until proves is satisfied, which
// is nil where nothing can prove the text. False where that does not tell.
func withRemoved(text string, blocks []schema.Block, want facts, spans []schema.Span, proves func(string) bool) (string, bool) {
	list, ok := maskedBlocks([]rune(text), blocks, want, spans)
	if !ok {
		return "", false
	}
	s := &search{blocks: list, chars: int(want.chars), proves: proves}
	parts := 0
	for i := range list {
		parts += len(list[i].middle)
	}
	if s.open = parts > 0; s.open && (proves == nil || parts > maxParts) {
		return "", false
	}
	ok = s.block(0)
	return s.found, ok
}

// maskedBlocks are the blocks of a text by what the release says of them.
func maskedBlocks(runes []rune, blocks []schema.Block, want facts, spans []schema.Span) ([]masked, bool) {
	if len(blocks) != len(want.blocks) {
		return nil, false
	}
	list := make([]masked, len(blocks))
	at := 0 // first span that was not looked at
	for i, b := range blocks {
		w := want.blocks[i]
		if b.Start < 0 || int(b.End) > len(runes) || b.Start > b.End {
			return nil, false
		}
		m := &list[i]
		m.part, m.plain = runes[b.Start:b.End], true
		kept := w.Start // code point of the release's text behind the last mask
		for ; at < len(spans) && spans[at].Start < w.End; at++ {
			x := spans[at]
			if x.Kind != schema.SpanRemoved {
				continue
			}
			if x.Start < kept || x.End > w.End || x.End-x.Start != maskWidth {
				return nil, false
			}
			if m.plain {
				m.before, m.plain = int(x.Start-kept), false
			} else {
				m.middle = append(m.middle, int(x.Start-kept))
			}
			kept = x.End
		}
		if m.plain {
			continue
		}
		m.behind = int(w.End - kept)
		m.starts = make([]int, len(m.middle))
		least := m.before + m.behind
		for _, n := range m.middle {
			least += n
		}
		if least > len(m.part) {
			return nil, false
		}
	}
	return list, true
}

// search looks for the places of what is kept between masks.
type search struct {
	blocks []masked
	chars  int
	proves func(string) bool
	open   bool // there is more than one way

	texts, steps int
	found        string
}

// block tries the blocks from the one with the index i on.
func (s *search) block(i int) bool {
	for i < len(s.blocks) && len(s.blocks[i].middle) == 0 {
		i++
	}
	if i == len(s.blocks) {
		return s.try()
	}
	return s.part(i, 0, s.blocks[i].before)
}

// part tries the places of the part with the index j of a block, which follows
// a mask for what begins at from.
func (s *search) part(i, j, from int) bool {
	m := &s.blocks[i]
	if j == len(m.middle) {
		return s.block(i + 1)
	}
	last := len(m.part) - m.behind // what is kept ends before it
	for _, n := range m.middle[j:] {
		last -= n + 1 // and each mask stands for one code point at least
	}
	for p := from + 1; p <= last; p++ {
		if s.steps++; s.steps > maxSteps || s.texts >= maxTexts || s.texts*s.chars > maxChars {
			return false
		}
		if end := p + m.middle[j]; atWord(m.part, p) && atWord(m.part, end) {
			m.starts[j] = p
			if s.part(i, j+1, end) {
				return true
			}
		}
	}
	return false
}

// try holds the text as the places are now against what proves it.
func (s *search) try() bool {
	s.texts++
	var out []rune
	for i := range s.blocks {
		if i > 0 {
			out = append(out, '\n', '\n')
		}
		out = s.blocks[i].text(out)
	}
	if len(out) != s.chars {
		return false
	}
	s.found = string(out)
	return !s.open || s.proves(s.found)
}

// atWord tells whether a word can begin or end at code point p: what was taken
// down are whole words.
func atWord(part []rune, p int) bool {
	return p <= 0 || p >= len(part) || !inWord(part[p-1]) || !inWord(part[p])
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }
