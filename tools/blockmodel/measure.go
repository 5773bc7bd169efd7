package main

import (
	"fmt"
	"slices"
	"strings"

	"corpus/pipeline/extract/htmlpage"
	"corpus/schema"
)

// authored is the place of the feature that tells a byline.
var authored = slices.Index(htmlpage.FeatureNames(), "author")

// lead is the place of the feature that tells the standfirst.
var lead = slices.Index(htmlpage.FeatureNames(), "lead")

// surer is by how much a block must score higher that the rules leave out.
const surer = 1

// choose takes blocks as the extraction does, by scores that are numbers yet.
func choose(p *page, s []float64, bias float64) []bool {
	keep := make([]bool, len(s))
	seen := map[string]bool{}
	taken := false
	for i := range s {
		b := &p.blocks[i]
		switch {
		case b.Title || b.Features[authored] == 1 && !b.Ruled:
			continue
		case b.Features[lead] == 1:
		case (b.Kind == schema.BlockCode || b.Kind == schema.BlockCaption) && b.Ruled:
		case s[i] < bias || !b.Ruled && s[i] < bias+surer:
			continue
		}
		if b.Chars >= 60 {
			if seen[b.Text] {
				continue
			}
			seen[b.Text] = true
		}
		keep[i] = true
		taken = taken || b.Kind != schema.BlockHeading
	}
	for i := range keep {
		if !taken {
			keep[i] = p.blocks[i].Ruled
		}
	}
	for i := len(keep) - 1; i >= 0; i-- {
		if keep[i] && p.blocks[i].Kind != schema.BlockHeading {
			break
		}
		keep[i] = false
	}
	return keep
}

// text is what a choice makes of a page.
func (p *page) text(keep []bool) string {
	if p.thread {
		return p.fixed
	}
	var texts []string
	for i, taken := range keep {
		if taken {
			texts = append(texts, p.blocks[i].Text)
		}
	}
	return strings.Join(texts, "\n\n")
}

// report prints the figures of a choice of blocks, as score.py has them.
func report(name string, pages []*page, choose func(*page) []bool) {
	tp, fp, fn, n := 0, 0, 0, 0
	body := 0.0
	for _, p := range pages {
		text := p.text(choose(p))
		if p.gold != nil {
			n++
			body += similar(p.gold, tokens(text))
			continue
		}
		text = squeeze(text)
		for _, w := range p.with {
			if strings.Contains(text, squeeze(w)) {
				tp++
			} else {
				fn++
			}
		}
		for _, w := range p.without {
			if strings.Contains(text, squeeze(w)) {
				fp++
			}
		}
	}
	fmt.Printf("%-22s article F1 %.4f (found %d, unwanted %d, missed %d)  body F1 %.4f\n", name, 2*float64(tp)/float64(2*tp+fp+fn), tp, fp, fn, body/float64(n))
}

// byKind prints the body figure of the pages whose annotation is whole and of
// those whose annotation leaves text of the article out.
func byKind(pages []*page, choose func(*page) []bool) {
	var sum [2]float64
	var n [2]int
	for _, p := range pages {
		if p.gold == nil {
			continue
		}
		kind := 0
		if p.masked > 0 {
			kind = 1
		}
		sum[kind] += similar(p.gold, tokens(p.text(choose(p))))
		n[kind]++
	}
	fmt.Printf("body F1 %.4f on %d pages whose annotation is whole, %.4f on %d where it leaves text out\n", sum[0]/float64(n[0]), n[0], sum[1]/float64(n[1]), n[1])
}

// similar is the F1 of two texts by their words.
func similar(a, b []string) float64 {
	if len(a) == 0 || len(b) == 0 {
		if len(a) == len(b) {
			return 1
		}
		return 0
	}
	counts := map[string]int{}
	for _, w := range a {
		counts[w]++
	}
	common := 0
	for _, w := range b {
		if counts[w] > 0 {
			counts[w]--
			common++
		}
	}
	return 2 * float64(common) / float64(len(a)+len(b))
}
