package htmlpage

import (
	"corpus/pipeline/extract"
	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/schema"
)

// Observed is a block of a page, what the classifier sees of it, and whether the
// rules alone would take it. It is for the program that trains the classifier.
type Observed struct {
	extract.Block
	Chars    int   // letters and digits
	Linked   int   // of them in links
	Ruled    bool  // the rules take it
	Title    bool  // a heading that is the title
	Path     int32 // number of its kind of place in the page
	Features []int32

	Words, Openers []string   // its words
	Names          [][]string // words in the names of its element and of those above it
}

// FeatureNames are the names of the features of Observed in their order.
func FeatureNames() []string { return featureNames }

// Observe gives the blocks that may be a page's article, without the features
// that depend on words. thread tells a page whose article is the opening post of
// a discussion; the classifier has no part in it.
func Observe(in extract.Page) (blocks []Observed, thread bool, err error) {
	p, d, opening, err := prepare(in)
	if err != nil || opening != nil {
		return nil, opening != nil, err
	}
	root := p.container()
	if root == dom.None {
		return nil, false, nil
	}
	body := p.bodyElement()
	all := p.candidates(body, root, d)
	rows := p.observe(all, body, root, d, lexicons{})
	for i := range all {
		b := Observed{Block: all[i].Block, Chars: all[i].Chars, Linked: all[i].Linked, Ruled: all[i].kept, Path: all[i].path, Features: rows[i][:]}
		b.Title = rows[i][fTitle] == 1 && b.Kind == schema.BlockHeading
		blockWords(b.Text, func(word []byte, opener bool) {
			if opener {
				b.Openers = append(b.Openers, string(word))
			} else {
				b.Words = append(b.Words, string(word))
			}
		})
		for id := all[i].Node; id != dom.None && id != body; id = p.Parent(id) {
			var names []string
			if p.stats[id].prose <= p.total()/2 {
				nameWords(&p.Nodes[id], func(word string) { names = append(names, word) })
			}
			b.Names = append(b.Names, names)
		}
		blocks = append(blocks, b)
	}
	return blocks, false, nil
}

// Score fills in the features that depend on words, for the blocks of one page.
// words are the lexicons of the stored model.
func Score(blocks []Observed, words []map[string]int8) {
	texts, openers, lexicon := words[0], words[1], words[2]
	all := make([]candidate, len(blocks))
	rows := make([]row, len(blocks))
	for i := range blocks {
		b := &blocks[i]
		r := &rows[i]
		copy(r[:], b.Features)
		all[i].Block, all[i].Chars, all[i].Linked, all[i].path = b.Block, b.Chars, b.Linked, b.Path
		r[fTextSum], r[fTextLow], r[fTextHigh], r[fTextOpener] = 0, 0, 0, 0
		for _, word := range b.Words {
			v := int32(texts[word])
			r[fTextSum] += v
			r[fTextLow], r[fTextHigh] = min(r[fTextLow], v), max(r[fTextHigh], v)
		}
		for _, word := range b.Openers {
			r[fTextOpener] += int32(openers[word])
		}
		r[fNameOwn], r[fNameNear], r[fNameSum], r[fNameLow], r[fNameHigh] = 0, 0, 0, 0, 0
		for level, names := range b.Names {
			for _, word := range names {
				v := int32(lexicon[word])
				if level == 0 {
					r[fNameOwn] += v
				}
				if level < 3 {
					r[fNameNear] += v
				}
				r[fNameSum] += v
				r[fNameLow], r[fNameHigh] = min(r[fNameLow], v), max(r[fNameHigh], v)
			}
		}
		for j := range neighbourSteps {
			at := fNear + j*nCount
			r[at+nText], r[at+nNames] = 0, 0
		}
		r[fWindowBefore], r[fWindowAfter], r[fWindowKept] = 0, 0, 0
	}
	sections(all, rows)
	neighbours(rows)
	for i := range blocks {
		copy(blocks[i].Features, rows[i][:])
	}
}
