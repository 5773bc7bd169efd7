package assemble

import (
	"unicode"

	"github.com/zeebo/xxh3"

	"corpus/pipeline/normalize"
	"corpus/schema"
)

const (
	// believable is how much of the smaller text must stand in the larger one
	// for both to be one article, per mille of its shingles. Half leaves room
	// for a teaser against the whole text, and for a rewritten article.
	believable = 500
	// shingleWords is the length of a shingle in words (Broder, "On the
	// resemblance and containment of documents", 1997).
	shingleWords = 3
	// shortWords is the length below which texts are compared word by word:
	// three shingles decide nothing.
	shortWords = 12
	// comparedWords bounds how much of a text is compared, hence memory.
	comparedWords = 200_000
)

// Believed reports whether the id that the documents claim holds: false where
// it rests on a URL that several different texts claim. The order of the
// documents does not matter.
func Believed(docs []normalize.Document) bool {
	return len(docs) == 0 || !disbelieved(newest(docs))
}

// Fallback gives a document the id that it has by its content alone, and marks
// it for the ledger where it had another.
func Fallback(doc *normalize.Document) {
	if doc.Article.IDBasis != schema.BasisContent {
		doc.Disbelieved = true
	}
	doc.Article.ArticleID, doc.Article.IDBasis = doc.ContentID, schema.BasisContent
}

// disbelieved reports whether the documents, newest first, claim one URL for
// different texts. Each is held against the newest with text of the same page;
// documents without text agree with any.
func disbelieved(docs []*normalize.Document) bool {
	if docs[0].Article.IDBasis != schema.BasisURL {
		return false
	}
	type newest struct {
		text  string
		words []uint64 // of the text; made when another one is held against it
	}
	pages := map[int32]*newest{}
	for _, d := range docs {
		if !hasText(d) {
			continue
		}
		text, page := *d.Article.Text, pages[d.Part]
		if page == nil {
			pages[d.Part] = &newest{text: text}
			continue
		}
		if text == page.text {
			continue
		}
		if page.words == nil {
			page.words = wordHashes(page.text)
		}
		if contained(page.words, wordHashes(text)) < believable {
			return true
		}
	}
	return false
}

// contained is the share of the smaller text's shingles that stand in the
// larger one, per mille.
func contained(a, b []uint64) int {
	k := shingleWords
	if min(len(a), len(b)) < shortWords {
		k = 1
	}
	small, large := shingles(a, k), shingles(b, k)
	if len(small) > len(large) {
		small, large = large, small
	}
	if len(small) == 0 {
		if len(large) == 0 {
			return 1000 // neither says a word: nothing speaks against one article
		}
		return 0
	}
	shared := 0
	for s := range small {
		if _, ok := large[s]; ok {
			shared++
		}
	}
	return shared * 1000 / len(small)
}

// shingles is the set of runs of k words.
func shingles(words []uint64, k int) map[uint64]struct{} {
	set := make(map[uint64]struct{}, max(len(words)-k+1, 0))
	for i := 0; i+k <= len(words); i++ {
		set[shingle(words[i:i+k])] = struct{}{}
	}
	return set
}

// shingle mixes the hashes of words in their order.
func shingle(words []uint64) uint64 {
	h := uint64(len(words))
	for _, w := range words {
		h = (h ^ w) * 0x9e3779b97f4a7c15
		h ^= h >> 29
	}
	return h
}

// wordHashes are the words of a text, folded: runs of letters, digits and
// marks; in scripts without spaces every character is a word.
func wordHashes(text string) []uint64 {
	var hashes []uint64
	var word []byte
	flush := func() {
		if len(word) > 0 {
			hashes = append(hashes, xxh3.Hash(word))
			word = word[:0]
		}
	}
	for _, r := range text {
		if len(hashes) >= comparedWords {
			return hashes
		}
		switch {
		case r >= 0x0e00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
			flush()
			word = append(word, string(r)...)
			flush()
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			word = append(word, string(unicode.ToLower(r))...)
		default:
			flush()
		}
	}
	flush()
	return hashes
}
