package main

import (
	"math"
	"slices"
	"sync"

	"corpus/pipeline/extract/htmlpage"
	"corpus/pipeline/extract/htmlpage/boost"
)

// standard are the options of the stored model. They were chosen by
// cross-validation: larger models, and a larger weight of the annotated passages,
// which a model soon knows by heart, widen the distance to sites not trained on.
func standard() options {
	return options{
		trees: 140, leaves: 24, rate: 0.1, minWeight: 3, lambda: 1, bins: 64,
		rows: 0.7, columns: 0.5, segment: 0.06, constant: 0.01, bias: 0.1, seed: 1,
	}
}

// inner is the number of groups of sites within the training: the words of a
// page are scored as the other groups saw them, else they would know the answer.
const inner = 4

// learned is a model before it is stored.
type learned struct {
	*model
	words []map[string]int8
}

func (p *page) fold(folds int) int { return int(p.hash>>8) % folds }
func (p *page) inner() int         { return int(p.hash>>20) % inner }

// fit trains on the pages that are wanted.
func fit(pages []*page, want func(*page) bool, o options) *learned {
	var rows [][]int32
	var label, weight []float64
	var group []int32
	for k := range inner {
		words := lexicons(pages, func(p *page) bool { return want(p) && p.inner() != k })
		for _, p := range pages {
			if !want(p) || p.inner() != k {
				continue
			}
			x := scored(p, words)
			for i := range x {
				if p.label[i] < 0 {
					continue
				}
				rows = append(rows, x[i].Features)
				label = append(label, float64(p.label[i]))
				group = append(group, p.number)
				if p.gold == nil {
					weight = append(weight, o.segment)
				} else {
					weight = append(weight, p.weight[i]+o.constant)
				}
			}
		}
	}
	var sum float64
	for _, w := range weight {
		sum += w
	}
	for i := range weight {
		weight[i] *= float64(len(weight)) / sum
	}
	t := makeTable(rows, label, weight, o.bins)
	t.group = group
	return &learned{model: train(t, o), words: lexicons(pages, want)}
}

// scored are a page's blocks with the features that depend on words.
func scored(p *page, words []map[string]int8) []htmlpage.Observed {
	x := slices.Clone(p.blocks)
	for i := range x {
		x[i].Features = slices.Clone(x[i].Features)
	}
	htmlpage.Score(x, words)
	return x
}

func (l *learned) scores(p *page) []float64 {
	x := scored(p, l.words)
	s := make([]float64, len(x))
	for i := range x {
		s[i] = l.score(x[i].Features)
	}
	return s
}

// stored is the model in whole numbers: scores in 65536ths, above 0 for the
// article's blocks.
func (l *learned) stored(bias float64) *boost.Model {
	q := func(v float64) int32 { return int32(math.Round(v * 65536)) }
	m := &boost.Model{Base: q(l.base - bias), Words: l.words}
	for _, t := range l.trees {
		var nodes []boost.Node
		var add func(at int32)
		add = func(at int32) {
			n := t[at]
			if n.feature < 0 {
				nodes = append(nodes, boost.Node{Feature: boost.Leaf, Value: q(n.value)})
				return
			}
			i := len(nodes)
			nodes = append(nodes, boost.Node{Feature: uint8(n.feature), Value: n.cut})
			add(n.left)
			nodes[i].Right = uint16(len(nodes))
			add(n.right)
		}
		add(0)
		m.Trees = append(m.Trees, nodes)
	}
	return m
}

// cross gives each page the scores of a model that saw no page of its site, and
// what the features were worth.
func cross(pages []*page, o options, folds int) (map[*page][]float64, map[string]float64) {
	scores, gain := map[*page][]float64{}, map[string]float64{}
	var mu sync.Mutex
	var wait sync.WaitGroup
	slots := make(chan struct{}, 2)
	for f := range folds {
		wait.Add(1)
		slots <- struct{}{}
		go func() {
			defer wait.Done()
			defer func() { <-slots }()
			l := fit(pages, func(p *page) bool { return p.fold(folds) != f }, o)
			mu.Lock()
			defer mu.Unlock()
			for i, name := range htmlpage.FeatureNames() {
				gain[name] += l.gain[i]
			}
			for _, p := range pages {
				if p.fold(folds) == f {
					scores[p] = l.scores(p)
				}
			}
		}()
	}
	wait.Wait()
	return scores, gain
}
