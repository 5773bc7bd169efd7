package erratum

import (
	"errors"
	"strings"
	"unicode/utf8"

	"corpus/pipeline/takedown"
	"corpus/schema"
)

// cutsOf are parts of a text that have to become schema.MaskRemoved so that it
// is another one, of which spans say where such masks stand; false where there
// are none. Each stretch between two masks is looked for behind the one before
// it, so that the time is that of reading the text.
func cutsOf(text, now string, spans []schema.Span) ([]takedown.Cut, bool) {
	var kept []string // before, between and behind the masks
	at, chars := 0, int32(0)
	for _, s := range spans {
		if s.Kind != schema.SpanRemoved {
			continue
		}
		start := at + offset(now[at:], int(s.Start-chars))
		if s.Start < chars || !strings.HasPrefix(now[start:], schema.MaskRemoved) {
			return nil, false
		}
		kept = append(kept, now[at:start])
		at, chars = start+len(schema.MaskRemoved), s.End
	}
	kept = append(kept, now[at:])
	if !strings.HasPrefix(text, kept[0]) {
		return nil, false
	}
	var cuts []takedown.Cut
	from, reached, chars := len(kept[0]), 0, int32(0) // byte at which a cut begins; byte and code point counted so far
	for i, k := range kept[1:] {
		if from == len(text) {
			return nil, false
		}
		_, first := utf8.DecodeRuneInString(text[from:]) // a cut takes one code point at least
		until := from + first
		if i == len(kept)-2 {
			if until > len(text)-len(k) || !strings.HasSuffix(text, k) {
				return nil, false
			}
			until = len(text) - len(k)
		} else {
			j := strings.Index(text[until:], k)
			if j < 0 {
				return nil, false
			}
			until += j
		}
		if part := text[from:until]; part != schema.MaskRemoved { // else it was gone before
			start := chars + int32(utf8.RuneCountInString(text[reached:from]))
			end := start + int32(utf8.RuneCountInString(part))
			cuts = append(cuts, takedown.Cut{Start: start, End: end})
			reached, chars = until, end
		}
		from = until + len(k)
	}
	again, err := withoutCuts(text, cuts)
	return cuts, err == nil && again == now
}

var errOtherText = errors.New("its text is not the one that the erratum is about")

// withoutCuts puts schema.MaskRemoved for parts of a text, which are in order.
func withoutCuts(text string, cuts []takedown.Cut) (string, error) {
	var b strings.Builder
	at, chars := 0, int32(0)
	for _, c := range cuts {
		if c.Start < chars || c.End <= c.Start {
			return "", errOtherText
		}
		start := at + offset(text[at:], int(c.Start-chars))
		end := start + offset(text[start:], int(c.End-c.Start))
		if utf8.RuneCountInString(text[start:end]) != int(c.End-c.Start) {
			return "", errOtherText // it is shorter
		}
		b.WriteString(text[at:start])
		b.WriteString(schema.MaskRemoved)
		at, chars = end, c.End
	}
	b.WriteString(text[at:])
	return b.String(), nil
}

// offset is the byte at which code point n of s begins, at most len(s).
func offset(s string, n int) int {
	at := 0
	for ; n > 0 && at < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[at:])
		at += size
	}
	return at
}
