package resolve

import (
	"fmt"
	"strings"
)

// texts invents texts out of a seed.
type texts struct{ state uint64 }

func newTexts(seed uint64) *texts { return &texts{state: seed} }

func (g *texts) below(n int) int { return int(splitmix(&g.state) % uint64(n)) }

// word invents a word that the rest of the text is unlikely to hold.
func (g *texts) word() string {
	const consonants, vowels = "bdfgklmnprstvz", "aeiou"
	var b strings.Builder
	for range 2 + g.below(3) {
		b.WriteByte(consonants[g.below(len(consonants))])
		b.WriteByte(vowels[g.below(len(vowels))])
	}
	return b.String()
}

func (g *texts) words(n int) []string {
	w := make([]string, n)
	for i := range w {
		w[i] = g.word()
	}
	return w
}

// text invents a text of n words in sentences.
func (g *texts) text(n int) string { return sentences(g.words(n)) }

// sentences sets words as sentences of twelve.
func sentences(words []string) string {
	var b strings.Builder
	for i, w := range words {
		switch {
		case i%12 == 0 && i > 0:
			b.WriteString(". ")
			w = strings.ToUpper(w[:1]) + w[1:]
		case i > 0:
			b.WriteByte(' ')
		}
		b.WriteString(w)
	}
	return b.String() + "."
}

// edited is words with n of them replaced, evenly spread.
func (g *texts) edited(words []string, n int) []string {
	out := append([]string(nil), words...)
	for i := range n {
		out[(2*i+1)*len(words)/(2*n)] = g.word() + "x"
	}
	return out
}

// id is the n-th of ids that look like those of articles.
func id(n int) string {
	state := uint64(n)
	return fmt.Sprintf("%016x%016x", splitmix(&state), splitmix(&state))
}
