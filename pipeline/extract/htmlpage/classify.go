package htmlpage

import (
	_ "embed" // the model
	"sync"

	"corpus/pipeline/extract"
	"corpus/pipeline/extract/htmlpage/boost"
	"corpus/schema"
)

// blocksModel is written by tools/blockmodel.
//
//go:embed blocks.model
var blocksModel string

// classifier is the model, read when it is first asked for.
var classifier = sync.OnceValue(func() *boost.Model {
	m, err := boost.Parse(blocksModel, fCount)
	if err != nil {
		panic("htmlpage: blocks.model: " + err.Error()) // a test reads it as well
	}
	return m
})

// lexiconsOf are the lexicons of a model: of words of blocks, of those that open
// blocks, of those in names.
func lexiconsOf(words []map[string]int8) lexicons {
	return lexicons{text: newLexicon(words[0]), openers: newLexicon(words[1]), names: words[2]}
}

// scored are the lexicons of the classifier.
var scored = sync.OnceValue(func() lexicons { return lexiconsOf(classifier().Words) })

// minRepeated is the length of a block, in letters and digits, that is not said
// twice on purpose: pages hold the same text for wide and for small screens.
const minRepeated = 60

// surer is by how much a block must score higher that the rules leave out, in
// natural logarithms of its odds: it must be e times as likely the article's.
const surer = 1 << 16

// takeBlocks takes the blocks that the classifier holds for the article's. The title
// is none of them; code and captions in the article's container always are: they
// are blocks of their own kinds, which those who do not want them can tell.
func takeBlocks(all []candidate, rows []row) []extract.Block {
	examples := make([][]int32, len(rows))
	for i := range rows {
		examples[i] = rows[i][:]
	}
	scores := classifier().Scores(examples)
	keep := make([]bool, len(all))
	seen := map[string]bool{}
	taken := false
	for i := range all {
		c := &all[i]
		least := int32(0)
		if !c.kept {
			least = surer
		}
		switch {
		case c.Chars == 0 && c.Kind != schema.BlockCode || c.Kind == schema.BlockHeading && rows[i][fTitle] == 1:
			continue
		case c.away:
			continue
		case rows[i][fAuthor] == 1 && !c.kept: // a byline that the rules took off
			continue
		case rows[i][fLead] == 1: // the standfirst
		case (c.Kind == schema.BlockCode || c.Kind == schema.BlockCaption) && c.kept:
		case scores[i] <= least:
			continue
		}
		if c.Chars >= minRepeated {
			if seen[c.Text] {
				continue
			}
			seen[c.Text] = true
		}
		keep[i] = true
		taken = taken || c.Kind != schema.BlockHeading
	}
	if !taken { // a page of a kind that the classifier does not know
		for i := range all {
			keep[i] = all[i].kept
		}
	}
	dropLastHeadings(all, keep)
	var out []extract.Block
	for i := range all {
		if keep[i] {
			out = append(out, all[i].Block)
		}
	}
	return out
}
