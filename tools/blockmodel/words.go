package main

import "math"

// minSites is on how many sites a word must have been seen.
const minSites = 10

// tally counts, site by site, how often the blocks with a word are the article's.
type tally struct {
	share float64
	sites int
}

// lexicons learn the scores of words from the pages that are wanted.
func lexicons(pages []*page, want func(*page) bool) []map[string]int8 {
	var all [3]map[string]*tally
	for i := range all {
		all[i] = map[string]*tally{}
	}
	bySite := map[string][]*page{}
	var order []string
	for _, p := range pages {
		if want(p) {
			if bySite[p.site] == nil {
				order = append(order, p.site)
			}
			bySite[p.site] = append(bySite[p.site], p)
		}
	}
	for _, s := range order {
		var site [3]map[string]*[2]float64
		for i := range site {
			site[i] = map[string]*[2]float64{}
		}
		for _, p := range bySite[s] {
			for i := range p.blocks {
				if p.label[i] < 0 {
					continue
				}
				l := p.label[i]
				b := &p.blocks[i]
				count := func(m map[string]*[2]float64, word string) {
					if m[word] == nil {
						m[word] = &[2]float64{}
					}
					m[word][l]++
				}
				for _, word := range b.Words {
					count(site[0], word)
				}
				for _, word := range b.Openers {
					count(site[1], word)
				}
				for _, list := range b.Names {
					for _, word := range list {
						count(site[2], word)
					}
				}
			}
		}
		for i := range site {
			for word, n := range site[i] {
				t := all[i][word]
				if t == nil {
					t = &tally{}
					all[i][word] = t
				}
				t.sites++
				t.share += n[1] / (n[0] + n[1])
			}
		}
	}
	score := func(m map[string]*tally) map[string]int8 {
		var sum, n float64
		for _, t := range m {
			sum += t.share
			n += float64(t.sites)
		}
		prior := sum / n
		base := math.Log(prior / (1 - prior))
		out := map[string]int8{}
		for word, t := range m {
			if t.sites < minSites {
				continue
			}
			q := (t.share + 3*prior) / (float64(t.sites) + 3)
			v := math.Round(16 * (math.Log(q/(1-q)) - base))
			if v >= 4 || v <= -4 {
				out[word] = int8(max(-100, min(100, v)))
			}
		}
		return out
	}
	return []map[string]int8{score(all[0]), score(all[1]), score(all[2])}
}
