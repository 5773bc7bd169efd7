package boost

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// stump has one split: x[1] <= 5 gives -7, else 9.
var stump = []Node{{Feature: 1, Right: 2, Value: 5}, {Feature: Leaf, Value: -7}, {Feature: Leaf, Value: 9}}

// deep asks twice: x[0] <= 0 gives 1; else x[1] <= -3 gives 2, else 3.
var deep = []Node{
	{Feature: 0, Right: 2, Value: 0}, {Feature: Leaf, Value: 1},
	{Feature: 1, Right: 4, Value: -3}, {Feature: Leaf, Value: 2}, {Feature: Leaf, Value: 3},
}

func TestScore(t *testing.T) {
	m := &Model{Base: 100, Trees: [][]Node{stump, deep}}
	for _, c := range []struct {
		x    []int32
		want int32
	}{
		{[]int32{0, 5}, 100 - 7 + 1},
		{[]int32{0, 6}, 100 + 9 + 1},
		{[]int32{1, -3}, 100 - 7 + 2},
		{[]int32{1, -2}, 100 - 7 + 3},
	} {
		if got := m.Score(c.x); got != c.want {
			t.Errorf("score of %v = %d, want %d", c.x, got, c.want)
		}
	}
}

// Scores gives what Score does, also across tiles.
func TestScores(t *testing.T) {
	m := &Model{Base: 100, Trees: [][]Node{stump, deep}}
	rapid.Check(t, func(t *rapid.T) {
		xs := rapid.SliceOfN(rapid.SliceOfN(rapid.Int32Range(-7, 7), 2, 2), 0, 3*tile).Draw(t, "examples")
		for i, got := range m.Scores(xs) {
			if want := m.Score(xs[i]); got != want {
				t.Fatalf("score of %v = %d, want %d", xs[i], got, want)
			}
		}
	})
}

func TestStored(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := &Model{Base: rapid.Int32().Draw(t, "base")}
		for range rapid.IntRange(1, 5).Draw(t, "trees") {
			var tree []Node
			var grow func(depth int)
			grow = func(depth int) {
				value := rapid.Int32().Draw(t, "value")
				if depth == 0 || rapid.Bool().Draw(t, "leaf") {
					tree = append(tree, Node{Feature: Leaf, Value: value})
					return
				}
				at := len(tree)
				tree = append(tree, Node{Feature: rapid.Uint8Range(0, 3).Draw(t, "feature"), Value: value})
				grow(depth - 1)
				tree[at].Right = uint16(len(tree))
				grow(depth - 1)
			}
			grow(4)
			m.Trees = append(m.Trees, tree)
		}
		for range rapid.IntRange(1, 3).Draw(t, "lexicons") {
			m.Words = append(m.Words, rapid.MapOf(rapid.StringMatching(`[a-zß]{1,9}`), rapid.Int8()).Draw(t, "words"))
		}
		got, err := Parse(string(m.Append(nil)), 4)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(m, got); diff != "" {
			t.Fatalf("another model is read than was written (-want +got):\n%s", diff)
		}
	})
}

func TestParseRejects(t *testing.T) {
	good := string((&Model{Trees: [][]Node{stump}, Words: []map[string]int8{{"a": 1}}}).Append(nil))
	if _, err := Parse(good, 2); err != nil {
		t.Fatal(err)
	}
	if _, err := Parse(good, 1); err == nil {
		t.Error("a model that asks for a feature that there is not was read")
	}
	for i := range len(good) {
		if _, err := Parse(good[:i], 2); err == nil {
			t.Errorf("a model cut after %d of %d bytes was read", i, len(good))
		}
	}
	for _, c := range []struct {
		name string
		tree []Node
	}{
		{"a split at the end", []Node{{Feature: 0, Right: 1, Value: 1}}},
		{"back to the root", []Node{{Feature: 0, Right: 0}, {Feature: Leaf}, {Feature: Leaf}}},
		{"to itself", []Node{{Feature: 0, Right: 1}, {Feature: Leaf}, {Feature: Leaf}}},
		{"beyond the end", []Node{{Feature: 0, Right: 3}, {Feature: Leaf}, {Feature: Leaf}}},
		{"no nodes", nil},
	} {
		if _, err := Parse(string((&Model{Trees: [][]Node{c.tree}}).Append(nil)), 2); err == nil {
			t.Errorf("a tree was read: %s", c.name)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add((&Model{Base: -5, Trees: [][]Node{stump, deep}, Words: []map[string]int8{{"a": 1}, {}}}).Append(nil))
	f.Add([]byte(magic))
	f.Fuzz(func(t *testing.T, stored []byte) {
		m, err := Parse(string(stored), 2)
		if err != nil {
			return
		}
		for _, x := range [][]int32{{0, 0}, {math.MaxInt32, math.MinInt32}, {math.MinInt32, math.MaxInt32}} {
			m.Score(x) // ends, whatever was read
		}
	})
}
