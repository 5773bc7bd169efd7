package dom

import "strings"

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
type Names struct{ words map[string]bool }

// NewNames makes a set of the white-space separated names.
func NewNames(list string) *Names {
	n := &Names{words: map[string]bool{}}
	for w := range strings.FieldsSeq(list) {
		n.words[w] = true
	}
	return n
}

// Has tells whether the set has the name.
func (n *Names) Has(name string) bool { return n != nil && n.words[name] }

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
	words := strings.FieldsSeq(class)
	if of != names {
		if len(class) > maxWords {
			return false
		}
		words = strings.FieldsFuncSeq(class, func(r rune) bool {
			return of == parts && (r == ' ' || r == '-') || of == letters && (r < 'a' || r > 'z')
		})
	}
	for word := range words {
		if set.Has(word) {
			return true
		}
	}
	return false
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
