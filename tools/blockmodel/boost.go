package main

// Boosting as in Friedman, "Greedy function approximation" (2001), with second
// derivatives, leaf-wise growth and histograms as in LightGBM (Ke et al., 2017).

import (
	"math"
	"math/rand/v2"
	"slices"
)

// options of the training.
type options struct {
	trees, leaves int
	rate          float64
	minWeight     float64
	lambda        float64
	bins          int
	seed          uint64
	bias          float64 // score from which a block is taken
	segment       float64 // weight of a block with an annotated passage
	constant      float64 // weight of a block of a page with its whole text annotated, beside its length
	rows, columns float64 // shares of the examples and of the features that a tree sees
}

// table holds examples by column.
type table struct {
	cuts  [][]int32 // ascending upper bounds of the bins of each feature
	cols  [][]uint8
	label []float64
	w     []float64
	group []int32 // number of the page
	use   []int   // features that the next tree may use
}

func makeCuts(rows [][]int32, bins int) [][]int32 {
	n := len(rows[0])
	cuts := make([][]int32, n)
	for f := range n {
		values := make([]int32, len(rows))
		for i := range rows {
			values[i] = rows[i][f]
		}
		slices.Sort(values)
		distinct := slices.Compact(slices.Clone(values))
		if len(distinct) <= bins {
			for _, v := range distinct[:len(distinct)-1] {
				cuts[f] = append(cuts[f], v)
			}
			continue
		}
		for b := 1; b < bins; b++ {
			v := values[len(values)*b/bins]
			if len(cuts[f]) == 0 || v > cuts[f][len(cuts[f])-1] {
				cuts[f] = append(cuts[f], v)
			}
		}
		if k := len(cuts[f]); k > 0 && cuts[f][k-1] == distinct[len(distinct)-1] {
			cuts[f] = cuts[f][:k-1]
		}
	}
	return cuts
}

func makeTable(rows [][]int32, label, w []float64, bins int) *table {
	t := &table{cuts: makeCuts(rows, bins), label: label, w: w}
	for f := range t.cuts {
		col := make([]uint8, len(rows))
		for i := range rows {
			at, _ := slices.BinarySearch(t.cuts[f], rows[i][f])
			col[i] = uint8(at)
		}
		t.cols = append(t.cols, col)
	}
	return t
}

// node is a split (x[feature] <= cut goes left) or a leaf.
type node struct {
	feature     int32 // -1 for a leaf
	cut         int32
	bin         int32
	left, right int32
	value       float64
}

type tree []node

type model struct {
	base  float64
	trees []tree
	gain  []float64
}

func (m *model) score(x []int32) float64 {
	s := m.base
	for _, t := range m.trees {
		n := &t[0]
		for n.feature >= 0 {
			if x[n.feature] <= n.cut {
				n = &t[n.left]
			} else {
				n = &t[n.right]
			}
		}
		s += n.value
	}
	return s
}

type sums struct{ g, h float64 }

type leaf struct {
	rows   []int32
	hist   [][]sums
	total  sums
	node   int32
	gain   float64
	f, bin int
}

func train(t *table, o options) *model {
	n := len(t.label)
	m := &model{gain: make([]float64, len(t.cols))}
	var pos, all float64
	for i := range n {
		pos += t.w[i] * t.label[i]
		all += t.w[i]
	}
	m.base = math.Log(pos / (all - pos))
	score := make([]float64, n)
	for i := range score {
		score[i] = m.base
	}
	g, h := make([]float64, n), make([]float64, n)
	random := rand.New(rand.NewPCG(o.seed, 2))
	for range o.trees {
		for i := range n {
			p := 1 / (1 + math.Exp(-score[i]))
			g[i] = t.w[i] * (t.label[i] - p)
			h[i] = t.w[i] * p * (1 - p)
		}
		t.use = t.use[:0]
		for f := range t.cols {
			if random.Float64() < o.columns {
				t.use = append(t.use, f)
			}
		}
		var rows []int32
		if o.rows >= 1 {
			for i := range n {
				rows = append(rows, int32(i))
			}
		} else {
			chosen := map[int32]bool{}
			for i := range n {
				c, ok := chosen[t.group[i]]
				if !ok {
					c = random.Float64() < o.rows
					chosen[t.group[i]] = c
				}
				if c {
					rows = append(rows, int32(i))
				}
			}
		}
		tr := t.grow(rows, g, h, o, m.gain)
		for i := range n {
			k := int32(0)
			for tr[k].feature >= 0 {
				if int(t.cols[tr[k].feature][i]) <= int(tr[k].bin) {
					k = tr[k].left
				} else {
					k = tr[k].right
				}
			}
			score[i] += tr[k].value
		}
		m.trees = append(m.trees, tr)
	}
	return m
}

func (t *table) grow(rows []int32, g, h []float64, o options, gains []float64) tree {
	root := &leaf{rows: rows}
	t.fill(root, g, h)
	t.best(root, o)
	tr := tree{{feature: -1}}
	leaves := []*leaf{root}
	for len(leaves) < o.leaves {
		var top *leaf
		at := 0
		for i, l := range leaves {
			if l.gain > 0 && (top == nil || l.gain > top.gain) {
				top, at = l, i
			}
		}
		if top == nil {
			break
		}
		gains[top.f] += top.gain
		col := t.cols[top.f]
		var l, r leaf
		for _, i := range top.rows {
			if int(col[i]) <= top.bin {
				l.rows = append(l.rows, i)
			} else {
				r.rows = append(r.rows, i)
			}
		}
		small, large := &l, &r
		if len(l.rows) > len(r.rows) {
			small, large = &r, &l
		}
		t.fill(small, g, h)
		large.hist = top.hist
		for f := range large.hist {
			for b := range large.hist[f] {
				large.hist[f][b].g -= small.hist[f][b].g
				large.hist[f][b].h -= small.hist[f][b].h
			}
		}
		large.total = sums{top.total.g - small.total.g, top.total.h - small.total.h}
		t.best(&l, o)
		t.best(&r, o)
		k := int32(len(tr))
		tr[top.node] = node{feature: int32(top.f), cut: t.cuts[top.f][top.bin], bin: int32(top.bin), left: k, right: k + 1}
		l.node, r.node = k, k+1
		tr = append(tr, node{feature: -1}, node{feature: -1})
		leaves[at] = &l
		leaves = append(leaves, &r)
	}
	for _, l := range leaves {
		v := o.rate * l.total.g / (l.total.h + o.lambda)
		tr[l.node].value = v
	}
	return tr
}

func (t *table) fill(l *leaf, g, h []float64) {
	l.hist = make([][]sums, len(t.cols))
	for _, f := range t.use {
		col := t.cols[f]
		hist := make([]sums, len(t.cuts[f])+1)
		for _, i := range l.rows {
			b := &hist[col[i]]
			b.g += g[i]
			b.h += h[i]
		}
		l.hist[f] = hist
	}
	for _, i := range l.rows {
		l.total.g += g[i]
		l.total.h += h[i]
	}
}

func (t *table) best(l *leaf, o options) {
	l.gain = 0
	whole := l.total.g * l.total.g / (l.total.h + o.lambda)
	for _, f := range t.use {
		var left sums
		for b := 0; b < len(t.cuts[f]); b++ {
			left.g += l.hist[f][b].g
			left.h += l.hist[f][b].h
			right := sums{l.total.g - left.g, l.total.h - left.h}
			if left.h < o.minWeight || right.h < o.minWeight {
				continue
			}
			gain := left.g*left.g/(left.h+o.lambda) + right.g*right.g/(right.h+o.lambda) - whole
			if gain > l.gain+1e-9 {
				l.gain, l.f, l.bin = gain, f, b
			}
		}
	}
}
