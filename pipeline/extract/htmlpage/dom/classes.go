package dom

import (
	"reflect"
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
// It must not change once a tree was asked for it.
type Names map[string]bool

// NewNames makes a set of the white-space separated names.
func NewNames(list string) Names {
	m := Names{}
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}

// answer is what is known of class names.
type answer uint8

const (
	unknown answer = iota
	no
	yes
)

// answers are those of all lists of class names for one set, which they keep so
// that no other set gets its place in memory.
type answers struct {
	set   Names
	lists []answer
}

// What of class names is looked for in a set. There are fewer than a map is aligned by.
const (
	names   uintptr = iota // whole names
	parts                  // what stands between spaces and dashes
	letters                // runs of letters
)

// maxWords bounds the bytes of class names whose words are looked at.
const maxWords = 1024

// asked tells whether one of the names in a list, or of their words, is in the
// set. The answer is kept: a page has hundreds of elements with the same names,
// and all of them are asked for the same dozens of sets.
func (t *Tree) asked(list int32, of uintptr, set Names) bool {
	key := reflect.ValueOf(set).Pointer() | of
	a, ok := t.answers[key]
	if !ok {
		a = answers{set, make([]answer, len(t.Classes))}
		t.answers[key] = a
	}
	if a.lists[list] == unknown {
		a.lists[list] = no
		if holds(t.Classes[list], of, set) {
			a.lists[list] = yes
		}
	}
	return a.lists[list] == yes
}

func holds(class string, of uintptr, set Names) bool {
	if of == names {
		for name := range strings.FieldsSeq(class) {
			if set[name] {
				return true
			}
		}
		return false
	}
	if len(class) > maxWords {
		return false
	}
	start := 0
	for i := 0; i < len(class); i++ { // a list ends with a space
		c := class[i]
		if of == parts && c != ' ' && c != '-' || of == letters && c >= 'a' && c <= 'z' {
			continue
		}
		if i > start && set[class[start:i]] {
			return true
		}
		start = i + 1
	}
	return false
}

// HasAny tells whether the element has a class of the set.
func (t *Tree) HasAny(id ID, set Names) bool {
	list := t.Nodes[id].List
	return list != 0 && t.asked(list, names, set)
}

// HasPart tells whether a part of the element's class names is in the set:
// "author" is one of "comment-author".
func (t *Tree) HasPart(id ID, set Names) bool {
	list := t.Nodes[id].List
	return list != 0 && t.asked(list, parts, set)
}

// HasLetters tells whether a run of letters in the element's class names is in
// the set: "col" is one of "col2:wide".
func (t *Tree) HasLetters(id ID, set Names) bool {
	list := t.Nodes[id].List
	return list != 0 && t.asked(list, letters, set)
}
