package main

import (
	"cmp"
	"fmt"
	"math/bits"
	"slices"
	"sync"

	"corpus/pipeline/normalize/language/ngram"
)

// Sizes of the training. vocabulary is how many words are drawn for a language.
const (
	vocabulary   = 600_000
	denseRounds  = 3_000_000
	sparseRounds = 3_000_000
)

// unit is one nat in the weights while they are trained.
const unit = 1 << 16

// group is the languages of one script with their words.
type group struct {
	script  ngram.Script
	classes []class
	words   [][][]rune // by class
	index   map[uint32]int32
	keys    []uint32 // chosen n-grams, sorted
	common  []uint64 // how common each is, over all classes
	random  source
	draw    []int // classes, each as often as its share
}

// load draws the words of every class, two classes at a time.
func (g *group) load(dir string) error {
	g.words = make([][][]rune, len(g.classes))
	failed := make([]error, len(g.classes))
	var wait sync.WaitGroup
	slots := make(chan struct{}, 2)
	for i := range g.classes {
		wait.Add(1)
		go func() {
			defer wait.Done()
			slots <- struct{}{}
			defer func() { <-slots }()
			c := &g.classes[i]
			tables, err := readTables(dir, c.tables)
			if err != nil {
				failed[i] = err
				return
			}
			s := newSampler(tables)
			random := source(seedOf(c.Code, c.Script))
			for len(g.words[i]) < vocabulary {
				g.words[i] = append(g.words[i], c.words(s.word(&random))...)
			}
			g.words[i] = c.add(g.words[i], &random)
		}()
	}
	wait.Wait()
	for _, err := range failed {
		if err != nil {
			return err
		}
	}
	return nil
}

// seedOf starts a class's stream of random numbers; it depends on nothing else,
// so that a new language changes no other one's words.
func seedOf(code string, script ngram.Script) uint64 {
	h := uint64(script)
	for _, b := range []byte(code) {
		h = h*257 + uint64(b)
	}
	return h
}

// choose keeps the n-grams that say most about the class: the sum over classes
// of share · log(share / mean share), the mutual information of an n-gram that
// is rare. In Latin letters one word in sixteen counts without accents as well.
func (g *group) choose(limit int) {
	type count struct {
		key   uint32
		class int32
		n     int64
	}
	least := 8
	if g.script == ngram.Devanagari { // each word of a list stands there once
		least = 1
	}
	var counts []count
	for i, words := range g.words {
		var keys []uint32
		for k, w := range words {
			keys = ngram.Keys(keys, w)
			if g.script == ngram.Latin && k%16 == 0 {
				keys = ngram.Keys(keys, plain(w))
			}
		}
		slices.Sort(keys)
		for k := 0; k < len(keys); {
			end := k
			for end < len(keys) && keys[end] == keys[k] {
				end++
			}
			if end-k >= least {
				counts = append(counts, count{keys[k], int32(i), int64(end-k) * 1e9 / int64(len(keys))})
			}
			k = end
		}
	}
	slices.SortFunc(counts, func(a, b count) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.class, b.class))
	})
	type gram struct {
		key         uint32
		gain, total int64
	}
	var grams []gram
	for k := 0; k < len(counts); {
		end, total := k, int64(0)
		for end < len(counts) && counts[end].key == counts[k].key {
			total += counts[end].n
			end++
		}
		mean := max(1, total/int64(len(g.classes)))
		gain := int64(0)
		for _, c := range counts[k:end] {
			gain += c.n * (log2(uint64(c.n)) - log2(uint64(mean))) >> 16
		}
		grams = append(grams, gram{counts[k].key, gain, total})
		k = end
	}
	slices.SortFunc(grams, func(a, b gram) int {
		return cmp.Or(cmp.Compare(b.gain, a.gain), cmp.Compare(a.key, b.key))
	})
	grams = grams[:min(limit, len(grams))]
	slices.SortFunc(grams, func(a, b gram) int { return cmp.Compare(a.key, b.key) })
	g.index = map[uint32]int32{}
	for i, x := range grams {
		g.index[x.key] = int32(i)
		g.keys = append(g.keys, x.key)
		g.common = append(g.common, uint64(x.total))
	}
}

// log2 is the binary logarithm in 1/65536, by repeated squaring (Knuth, TAOCP
// vol. 1, 1.2.2 exercise 25).
func log2(v uint64) int64 {
	if v == 0 {
		return 0
	}
	e := bits.Len64(v) - 1
	out := int64(e) << 16
	x := v << (63 - e) // 1.63 fixed point in [1,2)
	for b := 15; b >= 0; b-- {
		high, _ := bits.Mul64(x, x)
		if high>>63 != 0 {
			out |= 1 << b
			x = high
		} else {
			x = high << 1
		}
	}
	return out
}

// exps is e^(-i/256) in 1/2^30.
var exps = func() []int64 {
	const ratio = 1069555885 // e^(-1/256) · 2^30
	table := []int64{1 << 30}
	for range 20 * 256 {
		last := table[len(table)-1]
		table = append(table, last*ratio>>30)
	}
	return table
}()

// soft turns scores into probabilities in 1/unit (softmax).
func soft(scores, out []int64) {
	top := slices.Max(scores)
	sum := int64(0)
	for i, s := range scores {
		if k := (top - s) >> 8; k < int64(len(exps)) {
			out[i] = exps[k]
		} else {
			out[i] = 0
		}
		sum += out[i]
	}
	for i := range out {
		out[i] = out[i] * unit / sum
	}
}

// lengths is how many words a training text has.
var lengths = [...]int{1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 5, 6, 7, 8, 10, 12, 14, 18, 24}

// text draws a class and writes a text in it. Some texts in Latin letters lack
// accents, some have an English word.
func (g *group) text(buf []rune) (int, []rune) {
	class := g.draw[g.random.below(uint64(len(g.draw)))]
	n := lengths[g.random.below(uint64(len(lengths)))]
	bare := g.script == ngram.Latin && g.random.below(14) == 0
	mixed := g.script == ngram.Latin && n > 2 && g.random.below(12) == 0
	buf = append(buf[:0], ngram.Pad)
	for i := range n {
		from := class
		if mixed && i == 0 {
			from = g.english()
		}
		words := g.words[from]
		w := words[g.random.below(uint64(len(words)))]
		if bare {
			w = plain(w)
		}
		buf = append(buf, w[1:]...)
	}
	return class, buf
}

func (g *group) english() int {
	return slices.IndexFunc(g.classes, func(c class) bool { return c.Code == "en" })
}

// weights are a group's weights while they are trained: one row an n-gram, the
// last row is the bias. Masked ones stay 0.
type weights struct {
	rows  []int32
	mask  []bool // nil: all may change
	steps []int64
	n     int // classes
}

func newWeights(grams, classes int) *weights {
	return &weights{rows: make([]int32, (grams+1)*classes), steps: make([]int64, grams+1), n: classes}
}

// learn runs stochastic gradient descent on the cross entropy of whole texts
// (Bottou 2010), in integers. A row's rate falls with the root of the errors it
// has taken part in (AdaGrad, Duchi, Hazan and Singer 2011, one rate a row).
func (g *group) learn(w *weights, rounds int, rate int64) (errors int) {
	scores, p := make([]int64, w.n), make([]int64, w.n)
	var buf []rune
	var keys []uint32
	var rows []int32
	for round := range rounds {
		var class int
		class, buf = g.text(buf)
		keys = ngram.Keys(keys[:0], buf)
		rows = append(rows[:0], int32(len(g.keys)))
		for _, k := range keys {
			if i, ok := g.index[k]; ok {
				rows = append(rows, i)
			}
		}
		clear(scores)
		for _, r := range rows {
			row := w.rows[int(r)*w.n : int(r+1)*w.n]
			for c, v := range row {
				scores[c] += int64(v)
			}
		}
		soft(scores, p)
		wrong := unit - p[class]
		if 2*wrong > unit && round > rounds*9/10 {
			errors++
		}
		if wrong < unit/512 {
			continue
		}
		p[class] -= unit
		for _, r := range rows {
			w.steps[r] += wrong
			step := rate * unit / (unit + root(w.steps[r]*unit)) // rate / (1+√errors)
			base := int(r) * w.n
			for c, d := range p {
				if w.mask == nil || w.mask[base+c] {
					w.rows[base+c] -= int32(d * step >> 16)
				}
			}
		}
	}
	return errors
}

// root is the integer square root (Newton).
func root(v int64) int64 {
	if v < 2 {
		return v
	}
	x := int64(1) << ((bits.Len64(uint64(v)) + 1) / 2)
	for {
		y := (x + v/x) / 2
		if y >= x {
			return x
		}
		x = y
	}
}

// prune moves every row so that its middle value is 0, then keeps the weights
// that change scores most: weight² · how common the n-gram is.
func (g *group) prune(w *weights, keep int) {
	type cell struct {
		at    int
		worth uint64
	}
	cells := make([]cell, 0, len(w.rows))
	sorted := make([]int32, w.n)
	for r := range g.keys {
		row := w.rows[r*w.n : (r+1)*w.n]
		copy(sorted, row)
		slices.Sort(sorted)
		middle := sorted[w.n/2]
		for c := range row {
			row[c] -= middle
			v := uint64(max(row[c], -row[c])) >> 6
			cells = append(cells, cell{r*w.n + c, v * v * (g.common[r] >> 6)})
		}
	}
	slices.SortFunc(cells, func(a, b cell) int {
		return cmp.Or(cmp.Compare(b.worth, a.worth), cmp.Compare(a.at, b.at))
	})
	w.mask = make([]bool, len(w.rows))
	for _, c := range cells[:min(keep, len(cells))] {
		w.mask[c.at] = true
	}
	for c := range w.n {
		w.mask[len(g.keys)*w.n+c] = true
	}
	for i := range w.rows {
		if !w.mask[i] {
			w.rows[i] = 0
		}
	}
}

// round8 turns a trained weight into a model's.
func round8(v int32) int8 {
	const grain = unit / ngram.Unit
	q := (int64(v) + grain/2) >> 13
	return int8(max(-127, min(127, q)))
}

// report prints one line of progress.
func report(format string, values ...any) { fmt.Printf(format+"\n", values...) }
