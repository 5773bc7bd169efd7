package main

import (
	"math/bits"
	"sort"
	"unicode/utf8"
)

// source is a stream of random numbers (splitmix64, Steele, Lea and Flood 2014):
// written out here so that no release of a library changes the model.
type source uint64

func (s *source) next() uint64 {
	*s += 0x9E3779B97F4A7C15
	z := uint64(*s)
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

// below gives a number from 0 to n-1.
func (s *source) below(n uint64) uint64 {
	high, _ := bits.Mul64(s.next(), n)
	return high
}

// choice is what may follow a context: letters with running sums of weight; the
// rest up to total is the end of the word.
type choice struct {
	letters []rune
	sums    []uint64
	total   uint64
}

func (c *choice) add(r rune, weight uint64) {
	if weight == 0 {
		return
	}
	sum := weight
	if n := len(c.sums); n > 0 {
		sum += c.sums[n-1]
	}
	c.letters, c.sums = append(c.letters, r), append(c.sums, sum)
}

// sampler writes words with the statistics of a language's tables.
type sampler struct {
	begin map[string]*choice // by the word so far, up to three letters
	run   map[string]*choice // by the last four letters
}

// noise is the weight below which a difference of probabilities is rounding.
const noise = 1 << 12

// newSampler turns tables of n-grams inside words into a model of whole words.
// The tables state no word boundaries, yet these follow: what an n-gram is seen
// more often than all its extensions to the left begins words, and likewise to
// the right.
func newSampler(tables []table) *sampler {
	joint := make([]map[string]uint64, len(tables))
	for n, t := range tables {
		joint[n] = make(map[string]uint64, len(t))
		for g, p := range t {
			if n == 0 {
				joint[n][g] = p << 16
				continue
			}
			high, low := bits.Mul64(joint[n-1][head(g)], p)
			joint[n][g] = high<<24 | low>>40
		}
	}
	// first[n] is the weight with which an n-gram of n+1 letters begins a word.
	first := make([]map[string]uint64, 4)
	for n := range first {
		inside := map[string]uint64{}
		for g, p := range joint[n+1] {
			inside[tail(g)] += p
		}
		first[n] = map[string]uint64{}
		for g, p := range joint[n] {
			if in := inside[g]; p > in+noise {
				first[n][g] = p - in
			}
		}
	}
	s := &sampler{begin: map[string]*choice{}, run: map[string]*choice{}}
	get := func(m map[string]*choice, context string) *choice {
		c := m[context]
		if c == nil {
			c = &choice{}
			m[context] = c
		}
		return c
	}
	for n := range first {
		for _, g := range table(first[n]).sorted() {
			r, _ := utf8.DecodeLastRuneInString(g)
			get(s.begin, head(g)).add(r, first[n][g])
		}
	}
	for context, c := range s.begin {
		sum := c.sums[len(c.sums)-1]
		c.total = sum
		if n := utf8.RuneCountInString(context); n > 0 {
			c.total = max(sum, first[n-1][context])
		}
	}
	for _, g := range tables[4].sorted() {
		r, _ := utf8.DecodeLastRuneInString(g)
		get(s.run, head(g)).add(r, tables[4][g])
	}
	for _, c := range s.run {
		c.total = max(one, c.sums[len(c.sums)-1])
	}
	return s
}

// word writes one word of at most 40 letters.
func (s *sampler) word(random *source) string {
	var letters []rune
	for len(letters) < 40 {
		var c *choice
		if len(letters) < 4 {
			c = s.begin[string(letters)]
		} else {
			c = s.run[string(letters[len(letters)-4:])]
		}
		if c == nil {
			break
		}
		at := random.below(c.total)
		i := sort.Search(len(c.sums), func(i int) bool { return c.sums[i] > at })
		if i == len(c.sums) {
			break
		}
		letters = append(letters, c.letters[i])
	}
	return string(letters)
}
