package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/net/publicsuffix"
	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"corpus/pipeline/extract"
	"corpus/pipeline/extract/htmlpage"
	"corpus/pipeline/normalize/charset"
	"corpus/pipeline/read"
	"corpus/schema"
)

// page is an annotated page with what the classifier sees of it.
type page struct {
	name, site    string
	with, without []string // passages that must and must not be there
	gold          []string // words of the whole text; nil for none
	thread        bool
	fixed         string // text of a thread, which the classifier does not choose
	blocks        []htmlpage.Observed
	words         [][]string
	masked        int
	label         []int8 // 1, 0, or -1 for not known
	weight        []float64
	hash          uint32 // of the site
	number        int32
}

type annotation struct {
	Path    string   `json:"path"`
	URL     string   `json:"url"`
	Type    string   `json:"type"`
	Text    string   `json:"text"`
	With    []string `json:"with"`
	Without []string `json:"without"`
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

// tokens are the words of a text, as score.py counts them.
func tokens(s string) []string {
	s = cases.Fold().String(norm.NFKC.String(s))
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '_' })
}

// site is the registered domain of an address, else of a file's name.
func site(address, name string) string {
	if u, err := url.Parse(address); err == nil && u.Hostname() != "" {
		if d, err := publicsuffix.EffectiveTLDPlusOne(u.Hostname()); err == nil {
			return d
		}
		return u.Hostname()
	}
	return name
}

// load reads the annotated pages; pages are found under dir.
func load(shared, dir string) ([]*page, error) {
	var out []*page
	raw, err := os.ReadFile(filepath.Join(shared, "pages.json"))
	if err != nil {
		return nil, err
	}
	var byName map[string]annotation
	if err := json.Unmarshal(raw, &byName); err != nil {
		return nil, err
	}
	for name, a := range byName {
		out = append(out, &page{name: name, site: site(a.URL, name), with: a.With, without: a.Without})
	}
	f, err := os.Open(filepath.Join(shared, "bodies.jsonl"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<26)
	for lines.Scan() {
		var a annotation
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			return nil, err
		}
		if a.Type == "article" {
			out = append(out, &page{name: a.Path, site: site(a.URL, a.Path), gold: append([]string{}, tokens(a.Text)...)})
		}
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	slices.SortFunc(out, func(a, b *page) int { return strings.Compare(a.name, b.name) })
	var wait sync.WaitGroup
	slots := make(chan struct{}, 2)
	errs := make([]error, len(out))
	for i, p := range out {
		wait.Add(1)
		slots <- struct{}{}
		go func() {
			defer wait.Done()
			defer func() { <-slots }()
			errs[i] = p.read(dir)
		}()
	}
	wait.Wait()
	for i, err := range errs {
		if err != nil {
			return nil, fmt.Errorf("%s: %w", out[i].name, err)
		}
	}
	return out, nil
}

func (p *page) read(dir string) error {
	body, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(p.name)))
	if err != nil {
		return err
	}
	decoded, err := charset.Decode(body, "")
	if err != nil {
		return nil // a page that is rejected has no text
	}
	in := extract.Page{Text: decoded.Text}
	p.blocks, p.thread, err = htmlpage.Observe(in)
	if err != nil {
		p.thread = true
		return nil
	}
	if p.thread {
		d, err := htmlpage.New().Extract(in, read.Limits{})
		if err != nil {
			return err
		}
		var texts []string
		for _, b := range d.Blocks {
			texts = append(texts, b.Text)
		}
		p.fixed = strings.Join(texts, "\n\n")
		return nil
	}
	for i := range p.blocks {
		p.words = append(p.words, tokens(p.blocks[i].Text))
	}
	p.label = make([]int8, len(p.blocks))
	p.weight = make([]float64, len(p.blocks))
	if p.gold != nil {
		p.align()
	} else {
		p.mark()
	}
	return nil
}

// mark labels the blocks that hold an annotated passage.
func (p *page) mark() {
	for i := range p.blocks {
		p.label[i] = -1
		text := squeeze(p.blocks[i].Text)
		for _, w := range p.without {
			if strings.Contains(text, squeeze(w)) {
				p.label[i], p.weight[i] = 0, 0.3
			}
		}
		for _, w := range p.with {
			if strings.Contains(text, squeeze(w)) {
				p.label[i], p.weight[i] = 1, 0.3
			}
		}
	}
}

// align labels the blocks that the annotated text holds, in its order.
func (p *page) align() {
	type match struct{ block, from, to, best, prev int }
	at := map[string][]int{}
	grams := map[string]bool{}
	for i, w := range p.gold {
		at[w] = append(at[w], i)
		if i+4 <= len(p.gold) {
			grams[strings.Join(p.gold[i:i+4], " ")] = true
		}
	}
	var all []match
	for b, words := range p.words {
		if len(words) == 0 {
			continue
		}
		found := 0
		for _, from := range at[words[0]] {
			if from+len(words) <= len(p.gold) && slices.Equal(p.gold[from:from+len(words)], words) {
				all = append(all, match{block: b, from: from, to: from + len(words)})
				if found++; found >= 12 {
					break
				}
			}
		}
	}
	end := -1
	for i := range all {
		m := &all[i]
		own := 10 * (m.to - m.from)
		m.best, m.prev = own, -1
		for j := i - 1; j >= max(0, i-3000); j-- {
			o := &all[j]
			if o.block < m.block && o.to <= m.from {
				gain := o.best + own
				if o.to == m.from {
					gain += 5
				}
				if gain > m.best {
					m.best, m.prev = gain, j
				}
			}
		}
		if end < 0 || m.best > all[end].best {
			end = i
		}
	}
	next := len(p.gold)
	for i := end; i >= 0; i = all[i].prev {
		m := all[i]
		before := 0
		if m.prev >= 0 {
			before = all[m.prev].to
		}
		if m.to-m.from >= 3 || m.from == before || m.to == next {
			p.label[m.block] = 1
		}
		next = m.from
	}
	size := float64(max(30, len(p.gold)))
	for b, words := range p.words {
		if len(words) >= 8 && p.label[b] == 0 {
			held, n := 0, 0
			for i := 0; i+4 <= len(words); i++ {
				n++
				if grams[strings.Join(words[i:i+4], " ")] {
					held++
				}
			}
			if held*10 >= n*6 {
				p.label[b] = 1
				if held == n {
					p.label[b] = -1 // a text that stands twice in the page
				}
			}
		}
		p.weight[b] = min(1, float64(len(words))/size)
	}
}

// minMasked is the length of a run of text, in letters and digits, that an
// annotation does not leave out on purpose.
const minMasked = 500

// mask takes back the label of long runs of text that stand in the same place as
// annotated text: many annotations end before the article does. Code is never taken from
// the article, so that nothing is to be learned of it.
func (p *page) mask() {
	if p.gold == nil || p.thread {
		return
	}
	held := map[int32]int{}
	for i := range p.blocks {
		if p.label[i] == 1 {
			held[p.blocks[i].Path] += p.blocks[i].Chars
		}
	}
	for i := range p.blocks {
		b := &p.blocks[i]
		if b.Kind == schema.BlockCode && p.label[i] == 0 && b.Ruled || b.Title {
			p.label[i] = -1
		}
	}
	open := func(i int) bool { return p.label[i] == 0 && p.blocks[i].Ruled }
	for i := 0; i < len(p.blocks); {
		if !open(i) {
			i++
			continue
		}
		end, chars := i, 0
		for end < len(p.blocks) && (open(end) || !p.blocks[end].Ruled && p.label[end] != 1) {
			if b := &p.blocks[end]; open(end) && held[b.Path] > 100 && b.Chars >= 60 {
				chars += b.Chars
			}
			end++
		}
		for ; i < end; i++ {
			if chars >= minMasked && open(i) {
				p.label[i] = -1
				p.masked += p.blocks[i].Chars
			}
		}
	}
}
