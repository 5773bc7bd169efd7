package resolve

import (
	"slices"
	"unicode"

	"github.com/zeebo/xxh3"
)

// NGramWords is the length of the word sequences that the leak report compares
// texts by: that of Brown et al., Language Models are Few-Shot Learners
// (NeurIPS 2020), appendix C.
const NGramWords = 13

// unspaced are scripts that set no blanks between words: there, every letter
// counts as a word.
var unspaced = []*unicode.RangeTable{
	unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar,
}

// plainWords is text as its words in lower case, each followed by a blank, and
// where each of them ends. It cuts words at everything that is no letter, mark
// or number: on purpose another way than that of the fingerprints.
func plainWords(text string) (plain []byte, ends []int) {
	plain = make([]byte, 0, len(text)+8)
	open := false // whether a word has begun
	end := func() {
		if open {
			plain = append(plain, ' ')
			ends = append(ends, len(plain))
			open = false
		}
	}
	for _, r := range text {
		switch {
		case unicode.IsLetter(r) && r >= 0x0e00 && unicode.In(r, unspaced...):
			end()
			fallthrough
		case unicode.IsLetter(r), unicode.IsNumber(r):
			plain = append(plain, string(unicode.ToLower(r))...)
			open = true
		case unicode.IsMark(r):
			if open {
				plain = append(plain, string(r)...)
			}
		default:
			end()
		}
	}
	end()
	return plain, ends
}

// ngrams are the hashes of the sequences of NGramWords words, ascending and
// each once.
func ngrams(plain []byte, ends []int) []uint64 {
	if len(ends) < NGramWords {
		return nil
	}
	hashes := make([]uint64, 0, len(ends)-NGramWords+1)
	start := 0
	for i := NGramWords - 1; i < len(ends); i++ {
		hashes = append(hashes, xxh3.Hash(plain[start:ends[i]]))
		start = ends[i-NGramWords+1]
	}
	slices.Sort(hashes)
	return slices.Compact(hashes)
}
