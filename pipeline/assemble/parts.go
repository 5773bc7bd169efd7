package assemble

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"corpus/pipeline/normalize"
	"corpus/schema"
)

const (
	// repeated is how much of a page must stand in the pages before it for it
	// to say nothing new, per mille of its shingles: the article was shown whole
	// there, or the pages are those of its comments.
	repeated = 900
	// repeatedBlock is the length from which a block that stood on an earlier
	// page is left out, in bytes: standfirsts are printed on every page.
	repeatedBlock = 60
	// maxParts bounds the pages of an article.
	maxParts = 1000
)

// join appends to the article the texts of its further pages, each from the
// newest document that shows it, in the order of their numbers.
func join(a *schema.Article, docs []*normalize.Document, base *normalize.Document) {
	var parts []*normalize.Document
	seen := map[int32]bool{base.Part: true}
	for _, d := range docs {
		if d.Part > 1 && hasText(d) && !seen[d.Part] && len(parts) < maxParts {
			seen[d.Part] = true
			parts = append(parts, d)
		}
	}
	if len(parts) == 0 || a.Text == nil {
		return
	}
	slices.SortFunc(parts, func(x, y *normalize.Document) int { return cmp.Compare(x.Part, y.Part) })
	text, blocks := *a.Text, slices.Clone(a.Blocks)
	known := shingles(wordHashes(text), shingleWords)
	there := map[string]bool{}
	for _, block := range blockTexts(text, blocks) {
		there[block] = true
	}
	var b strings.Builder
	b.WriteString(text)
	at := int32(utf8.RuneCountInString(text))
	for _, d := range parts {
		own := shingles(wordHashes(*d.Article.Text), shingleWords)
		shared := 0
		for s := range own {
			if _, ok := known[s]; ok {
				shared++
			}
		}
		if len(own) > 0 && shared*1000 >= repeated*len(own) {
			continue
		}
		for s := range own {
			known[s] = struct{}{}
		}
		for i, block := range blockTexts(*d.Article.Text, d.Article.Blocks) {
			if len(block) >= repeatedBlock && there[block] {
				continue
			}
			there[block] = true
			b.WriteString("\n\n")
			b.WriteString(block)
			next := d.Article.Blocks[i]
			next.Start = at + int32(len("\n\n"))
			next.End = next.Start + int32(utf8.RuneCountInString(block))
			at = next.End
			blocks = append(blocks, next)
		}
	}
	whole := b.String()
	a.Text, a.Blocks = &whole, blocks
}

// blockTexts are the texts of blocks, in order; blocks never overlap.
func blockTexts(text string, blocks []schema.Block) []string {
	out := make([]string, len(blocks))
	at, rest := int32(0), text
	skip := func(to int32) string {
		n := 0
		for range to - at {
			_, size := utf8.DecodeRuneInString(rest[n:])
			n += size
		}
		part := rest[:n]
		at, rest = max(at, to), rest[n:]
		return part
	}
	for i, block := range blocks {
		skip(block.Start)
		out[i] = skip(block.End)
	}
	return out
}
