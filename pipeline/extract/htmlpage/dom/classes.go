package dom

import (
	"iter"
	"strings"
)

// list is the place of the class names of an attribute in Classes. Pages repeat
// them, so that each is put in form once.
func (t *Tree) list(value string) int32 {
	n, ok := t.lists[value]
	if ok {
		return n
	}
	class := classNames(value)
	n, ok = t.lists[class] // a form is its own form
	if !ok {
		n = int32(len(t.Classes))
		t.Classes = append(t.Classes, class)
		t.lists[class] = n
	}
	t.lists[value] = n
	return n
}

// Names is a set of class names, in the form of Node.Class, or of their words.
// A nil set is empty.
type Names struct {
	words map[string]bool
	quick [32]uint32 // lengths of its names, as bits, by the low bits of their first byte
}

// NewNames makes a set of the white-space separated names.
func NewNames(list string) *Names {
	n := &Names{words: map[string]bool{}}
	for w := range strings.FieldsSeq(list) {
		n.words[w] = true
		n.quick[w[0]&31] |= 1 << (len(w) & 31)
	}
	return n
}

// Has tells whether the set has the name. Most names that are asked for have no
// namesake of their length and first letter in it, which saves the map.
func (n *Names) Has(name string) bool {
	return n != nil && name != "" && n.quick[name[0]&31]&(1<<(len(name)&31)) != 0 && n.words[name]
}

// answer is what is known of class names.
type answer uint8

const (
	unknown answer = iota
	no
	yes
)

// manner is what of class names is looked for in a set.
type manner uint8

const (
	names   manner = iota // whole names
	parts                 // what stands between spaces and dashes
	letters               // runs of letters
)

// question is asked of every list of class names.
type question struct {
	set *Names
	of  manner
}

// maxWords bounds the bytes of class names whose words are looked at.
const maxWords = 1024

// asked tells whether one of the names in a list, or of their words, is in the
// set. The answer is kept: a page has hundreds of elements with the same names,
// and all of them are asked for the same dozens of sets.
func (t *Tree) asked(list int32, of manner, set *Names) bool {
	q := question{set, of}
	a, ok := t.answers[q]
	if !ok {
		a = make([]answer, len(t.Classes))
		t.answers[q] = a
	}
	if a[list] == unknown {
		a[list] = no
		if holds(t.Classes[list], of, set) {
			a[list] = yes
		}
	}
	return a[list] == yes
}

func holds(class string, of manner, set *Names) bool {
	if of != names && len(class) > maxWords {
		return false
	}
	from := 0
	for i := 0; i <= len(class); i++ {
		if i < len(class) {
			c := class[i]
			if within := of == letters && c >= 'a' && c <= 'z' || of == parts && c != ' ' && c != '-' || of == names && c != ' '; within {
				continue
			}
		}
		if set.Has(class[from:i]) {
			return true
		}
		from = i + 1
	}
	return false
}

// Words are the runs of letters in a name.
func Words(name string) iter.Seq[string] {
	return func(yield func(string) bool) {
		from := 0
		for i := 0; i <= len(name); i++ {
			if i < len(name) && name[i] >= 'a' && name[i] <= 'z' {
				continue
			}
			if from < i && !yield(name[from:i]) {
				return
			}
			from = i + 1
		}
	}
}

// HasAny tells whether the element has a class of the set.
func (t *Tree) HasAny(id ID, set *Names) bool {
	list := t.Nodes[id].List
	return list != 0 && t.asked(list, names, set)
}

// HasPart tells whether a part of the element's class names is in the set:
// "author" is one of "comment-author".
func (t *Tree) HasPart(id ID, set *Names) bool {
	list := t.Nodes[id].List
	return list != 0 && t.asked(list, parts, set)
}

// HasLetters tells whether a run of letters in the element's class names is in
// the set: "col" is one of "col2:wide".
func (t *Tree) HasLetters(id ID, set *Names) bool {
	list := t.Nodes[id].List
	return list != 0 && t.asked(list, letters, set)
}
