package privacy

import "corpus/schema"

// Place is a place of a text where personal data stand. It says what kind they
// are of, and never what they are.
type Place struct {
	Kind       string // schema.Span…, never SpanMention or SpanLink
	Start, End int    // bytes of the text
}

// Scan finds what the masks would cover in a text but for mentions, in order:
// in a masked text, what they left. lang is the text's language, "" where it is
// not known; blocks tell where it is code.
func Scan(text string, blocks []schema.Block, lang string) []Place {
	var out []Place
	for _, p := range recognise(text, blocks, nil, lang) {
		if _, masks := token(p.kind); masks {
			out = append(out, Place{Kind: p.kind, Start: p.start, End: p.end})
		}
	}
	return out
}
