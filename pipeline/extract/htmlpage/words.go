package htmlpage

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"corpus/pipeline/extract/htmlpage/dom"
)

// lexicons give words a score: above zero for words of articles, below for those
// of what stands beside them. They hold words of many sites alone.
type lexicons struct {
	text    *lexicon        // words of blocks
	openers *lexicon        // the first and second word, and both of them
	names   map[string]int8 // words in class names and ids
}

// lexicon is a map of words to scores for the words of a text, most of which it
// lacks: an open hash table whose places are looked at before any word is.
type lexicon struct {
	places  []uint32 // numbers of entries, from 1; 0 for a free place
	entries []entry
}

type entry struct {
	hash  uint32
	score int8
	word  string
}

func newLexicon(words map[string]int8) *lexicon {
	size := 64
	for size < 3*len(words) {
		size *= 2
	}
	l := &lexicon{places: make([]uint32, size), entries: make([]entry, 0, len(words))}
	for word, score := range words { // their order shows in nothing but the places
		h := hashOf([]byte(word))
		at := h & uint32(size-1)
		for l.places[at] != 0 {
			at = (at + 1) & uint32(size-1)
		}
		l.entries = append(l.entries, entry{h, score, word})
		l.places[at] = uint32(len(l.entries))
	}
	return l
}

// hashOf is FNV-1a (draft-eastlake-fnv).
func hashOf(word []byte) uint32 {
	h := uint32(2166136261)
	for _, c := range word {
		h = (h ^ uint32(c)) * 16777619
	}
	return h
}

// score is that of a word with its hash; 0 for one that is not in the lexicon.
func (l *lexicon) score(word []byte, hash uint32) int32 {
	if l == nil {
		return 0
	}
	last := uint32(len(l.places) - 1)
	for at := hash & last; l.places[at] != 0; at = (at + 1) & last {
		if e := &l.entries[l.places[at]-1]; e.hash == hash && e.word == string(word) {
			return int32(e.score)
		}
	}
	return 0
}

// Bounds of the words that are looked at.
const (
	maxWorded = 400 // bytes of a block whose every word counts
	maxWords  = 48
	maxWord   = 40 // bytes
)

// blockWords hands over the words of a block in lower case: all of a short one,
// the first two of any. A word is only good until the next one.
func blockWords(text string, yield func(word []byte, opener bool)) {
	long := len(text) > maxWorded
	if long {
		text = text[:maxWorded]
	}
	var buffer [2*maxWord + 8]byte
	pair := 0 // end of the first word in buffer
	word, runes, n := buffer[:0], 0, 0
	flush := func() bool {
		if runes == 0 {
			return true
		}
		if n < 2 {
			yield(word, true)
		}
		if n == 1 && pair > 0 {
			yield(buffer[:pair+1+len(word)], true)
		}
		if !long && runes > 1 {
			yield(word, false)
		}
		n++
		if n == 1 {
			pair = len(word)
			buffer[pair] = ' '
			word = buffer[pair+1 : pair+1]
		} else {
			word = word[:0]
		}
		runes = 0
		return n < maxWords && !(long && n >= 2)
	}
	for _, r := range text {
		switch {
		case r >= 'a' && r <= 'z':
		case r >= 'A' && r <= 'Z':
			r += 'a' - 'A'
		case r >= 0x80 && unicode.IsLetter(r):
			r = unicode.ToLower(r)
		default:
			if !flush() {
				return
			}
			continue
		}
		if len(word) < maxWord-utf8.UTFMax {
			word = utf8.AppendRune(word, r)
		}
		runes++
	}
	flush()
}

// titleWords are the words of a title in lower case, each with the score 1.
func titleWords(title string) *lexicon {
	words := map[string]int8{}
	for w := range strings.FieldsSeq(title) {
		words[w] = 1
	}
	return newLexicon(words)
}

// words writes the scores of a block's words, and the share of those that the
// title has as well.
func (r *row) words(text string, l lexicons, title *lexicon) {
	var words, inTitle int32
	blockWords(text, func(word []byte, opener bool) {
		hash := hashOf(word)
		if opener {
			r[fTextOpener] += l.openers.score(word, hash)
			return
		}
		v := l.text.score(word, hash)
		r[fTextSum] += v
		r[fTextLow], r[fTextHigh] = min(r[fTextLow], v), max(r[fTextHigh], v)
		words++
		inTitle += title.score(word, hash)
	})
	r[fTitleWords] = share(inTitle, words)
}

// nameScore is what the words in names add up to, and the lowest and highest of them.
type nameScore struct{ sum, low, high int32 }

// nameWords hands over the words in the class names and the id of an element.
func nameWords(n *dom.Node, yield func(word string)) {
	for _, names := range [2]string{n.Class, n.Ident} {
		if len(names) > maxNames {
			names = names[:maxNames]
		}
		for w := range dom.Words(names) {
			if len(w) > 1 && len(w) <= maxWord {
				yield(w)
			}
		}
	}
}

// nameScore scores the names of an element; answers are kept, as those of hint.
func (p *page) nameScore(id dom.ID, lexicon map[string]int8) nameScore {
	n := &p.Nodes[id]
	if n.Class == "" && n.Ident == "" {
		return nameScore{}
	}
	key := hintKey{n.List, n.Ident}
	s, ok := p.scores[key]
	if !ok {
		nameWords(n, func(word string) {
			v := int32(lexicon[word])
			s.sum += v
			s.low, s.high = min(s.low, v), max(s.high, v)
		})
		p.scores[key] = s
	}
	return s
}
