// Package boost decides by boosted regression trees (Friedman, "Greedy function
// approximation", 2001): the score of an example is the sum of what one leaf of
// each tree says. Examples, thresholds and leaves are whole numbers, so that
// every processor decides alike.
//
// It must never use a floating-point number, and never know what it decides on.
package boost

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// Leaf is the feature of a node that is a leaf.
const Leaf = 255

// Node is a split, whose examples with x[Feature] <= Value go on at the next
// node and the others at Right, or a leaf, which adds Value.
type Node struct {
	Feature uint8
	Right   uint16 // place within its tree
	Value   int32
}

// Model is a sum of trees. Words hold scores for the features that are made of
// words, one lexicon a kind of word.
type Model struct {
	Base  int32
	Trees [][]Node
	Words []map[string]int8
}

// magic begins a stored model; its last byte is the version of the format.
const magic = "boost\x00\x00\x01"

// Bounds of a stored model.
const (
	maxTrees = 1 << 12
	maxNodes = 1 << 10
	maxWords = 1 << 16
)

var errShort = errors.New("the model ends early")

// Score is the sum of the trees for an example, which has all features that the
// model names.
func (m *Model) Score(x []int32) int32 {
	s := m.Base
	for _, t := range m.Trees {
		n := &t[0]
		at := 0
		for n.Feature != Leaf {
			if x[n.Feature] <= n.Value {
				at++
			} else {
				at = int(n.Right)
			}
			n = &t[at]
		}
		s += n.Value
	}
	return s
}

// tile is how many examples Scores takes through a tree at a time: their
// features and the tree are then in the processor's nearest cache.
const tile = 16

// Scores is Score for many examples.
func (m *Model) Scores(xs [][]int32) []int32 {
	scores := make([]int32, len(xs))
	for from := 0; from < len(xs); from += tile {
		part := xs[from:min(len(xs), from+tile)]
		for i := range part {
			scores[from+i] = m.Base
		}
		for _, t := range m.Trees {
			for i, x := range part {
				n := &t[0]
				for at := 0; n.Feature != Leaf; n = &t[at] {
					at++
					if x[n.Feature] > n.Value {
						at = int(n.Right)
					}
				}
				scores[from+i] += n.Value
			}
		}
	}
	return scores
}

// Append writes the model; words in their order.
func (m *Model) Append(b []byte) []byte {
	b = append(b, magic...)
	b = binary.AppendVarint(b, int64(m.Base))
	b = binary.AppendUvarint(b, uint64(len(m.Trees)))
	for _, t := range m.Trees {
		b = binary.AppendUvarint(b, uint64(len(t)))
		for _, n := range t {
			b = append(b, n.Feature)
			if n.Feature != Leaf {
				b = binary.AppendUvarint(b, uint64(n.Right))
			}
			b = binary.AppendVarint(b, int64(n.Value))
		}
	}
	b = binary.AppendUvarint(b, uint64(len(m.Words)))
	for _, lexicon := range m.Words {
		words := make([]string, 0, len(lexicon))
		for w := range lexicon {
			words = append(words, w)
		}
		slices.Sort(words)
		b = binary.AppendUvarint(b, uint64(len(words)))
		for _, w := range words {
			b = binary.AppendUvarint(b, uint64(len(w)))
			b = append(b, w...)
			b = append(b, byte(lexicon[w]))
		}
	}
	return b
}

// reader reads numbers and remembers that one was missing.
type reader struct {
	s   string
	err error
}

func (r *reader) byte() byte {
	if r.s == "" {
		r.err = errShort
		return 0
	}
	c := r.s[0]
	r.s = r.s[1:]
	return c
}

func (r *reader) uvarint(most uint64) uint64 {
	var v uint64
	for shift := 0; shift < 35; shift += 7 {
		c := r.byte()
		v |= uint64(c&0x7f) << shift
		if c < 0x80 {
			if v > most && r.err == nil {
				r.err = fmt.Errorf("a number of the model is %d, at most %d", v, most)
			}
			if r.err != nil {
				return 0
			}
			return v
		}
	}
	if r.err == nil {
		r.err = errors.New("a number of the model has no end")
	}
	return 0
}

func (r *reader) varint() int32 {
	v := r.uvarint(1<<32 - 1)
	return int32(v>>1) ^ -int32(v&1)
}

func (r *reader) text(n int) string {
	if n > len(r.s) {
		r.err = errShort
		return ""
	}
	s := r.s[:n]
	r.s = r.s[n:]
	return s
}

// Parse reads a stored model whose examples have as many features as stated.
func Parse(stored string, features int) (*Model, error) {
	r := &reader{s: stored}
	if r.text(len(magic)) != magic {
		return nil, errors.New("this is no model, or one of another version")
	}
	m := &Model{Base: r.varint()}
	for range r.uvarint(maxTrees) {
		t := make([]Node, r.uvarint(maxNodes))
		for i := range t {
			n := &t[i]
			if n.Feature = r.byte(); n.Feature != Leaf {
				n.Right = uint16(r.uvarint(maxNodes))
				if int(n.Feature) >= features || int(n.Right) <= i+1 || int(n.Right) >= len(t) {
					r.err = errors.Join(r.err, errors.New("a node of the model leads nowhere"))
				}
			} else if i+1 < len(t) && i == 0 {
				r.err = errors.Join(r.err, errors.New("a tree of the model has nodes after its only leaf"))
			}
			n.Value = r.varint()
			if r.err != nil {
				return nil, r.err
			}
		}
		if len(t) == 0 || t[len(t)-1].Feature != Leaf {
			r.err = errors.Join(r.err, errors.New("a tree of the model has no end"))
		}
		if r.err != nil {
			return nil, r.err
		}
		m.Trees = append(m.Trees, t)
	}
	for range r.uvarint(16) {
		n := r.uvarint(maxWords)
		if r.err != nil {
			return nil, r.err
		}
		lexicon := make(map[string]int8, min(n, uint64(len(r.s))))
		for range n {
			w := r.text(int(r.uvarint(255)))
			lexicon[w] = int8(r.byte())
			if r.err != nil {
				return nil, r.err
			}
		}
		m.Words = append(m.Words, lexicon)
	}
	if r.err == nil && r.s != "" {
		r.err = errors.New("the model has bytes after its end")
	}
	if r.err != nil {
		return nil, r.err
	}
	return m, nil
}
