package names

import (
	"unicode"
	"unicode/utf8"
)

// Matcher finds known names at given places of a text. Comparison is by
// simple case folding, rune for rune, with any run of white space equal to
// one space; a match is found in time linear in its length, however many
// names there are.
type Matcher struct {
	next  map[edge]int32 // the trie's edges
	entry []int32        // by node: id of the name that ends there, or -1
	byID  []string       // by id: the name as added first
}

type edge struct {
	node int32
	r    rune
}

// NewMatcher makes a matcher without names.
func NewMatcher() *Matcher {
	return &Matcher{next: make(map[edge]int32), entry: []int32{-1}}
}

// Add adds a name and gives its id; a name that compares equal to an older
// one gets that one's id, and added is false. An empty name gives -1.
func (m *Matcher) Add(name string) (id int32, added bool) {
	node := int32(0)
	space := true
	for _, r := range name {
		r = foldRune(r)
		if r == ' ' {
			if space {
				continue
			}
			space = true
		} else {
			space = false
		}
		key := edge{node, r}
		child, ok := m.next[key]
		if !ok {
			child = int32(len(m.entry))
			m.entry = append(m.entry, -1)
			m.next[key] = child
		}
		node = child
	}
	if node == 0 {
		return -1, false
	}
	if m.entry[node] >= 0 {
		return m.entry[node], false
	}
	m.entry[node] = int32(len(m.byID))
	m.byID = append(m.byID, name)
	return m.entry[node], true
}

// Name is the name with this id as it was added.
func (m *Matcher) Name(id int32) string { return m.byID[id] }

// Len is the number of names.
func (m *Matcher) Len() int { return len(m.byID) }

// At gives the names that stand in text from byte at on, shortest first; each
// ends at a word boundary. It stops when found returns false.
func (m *Matcher) At(text string, at int, found func(end int, id int32) bool) {
	node := int32(0)
	space := false
	for i := at; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		folded := foldRune(r)
		if folded == '\n' {
			return
		}
		if folded == ' ' && space {
			i += size
			continue
		}
		space = folded == ' '
		child, ok := m.next[edge{node, folded}]
		if !ok {
			return
		}
		node = child
		i += size
		if id := m.entry[node]; id >= 0 && boundary(text, i, r) {
			if !found(i, id) {
				return
			}
		}
	}
}

// boundary reports whether a word can end in text before byte at, after last.
func boundary(text string, at int, last rune) bool {
	if at >= len(text) || !IsWord(last) {
		return true
	}
	next, _ := utf8.DecodeRuneInString(text[at:])
	return !IsWord(next) || unwritten(last) || unwritten(next)
}

// IsWord reports whether r can stand inside a word or a name.
func IsWord(r rune) bool {
	return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// unwritten reports whether r is of a script that writes no space between words.
func unwritten(r rune) bool {
	return r >= 0x0e00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// foldRune is the smallest rune of the simple case folding orbit of r; spaces
// other than a line break are one, and so are apostrophes.
func foldRune(r rune) rune {
	if r < utf8.RuneSelf {
		switch {
		case 'a' <= r && r <= 'z':
			return r - 'a' + 'A'
		case r == '\t' || r == '\r':
			return ' '
		}
		return r
	}
	if r == '’' || r == '‘' {
		return '\''
	}
	if unicode.IsSpace(r) {
		return ' '
	}
	least := r
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		least = min(least, f)
	}
	return least
}
