// Blockmodel trains the classifier that tells the blocks of an article from what
// stands beside it, and measures it.
//
// The training reads annotated pages: pages.json (passages that must and must not
// be in the article) and bodies.jsonl (whole texts), which are those of the
// trafilatura project and of WCXB with their notes and are no part of this
// repository; pages.txt names every file with its digest. The features of a block
// are those of corpus/pipeline/extract/htmlpage, computed by the same code that
// the extraction runs. In this folder:
//
//	go run . -annotations ANNOTATIONS -pages PAGES -out ../../pipeline/extract/htmlpage/blocks.model
//	go run . -annotations ANNOTATIONS -pages PAGES -folds 5
//
// where PAGES holds the unpacked pages as DIRECTORY/NAME. The second prints what a
// model reaches on sites that it was not trained on. All random numbers come from
// one seed, so that the same pages give the same bytes on one kind of processor;
// the model itself holds whole numbers alone.
//
// It must never be imported by the module corpus.
package main

import (
	"cmp"
	"crypto/sha256"
	"flag"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	annotations := flag.String("annotations", "", "`folder` of pages.json and bodies.jsonl")
	dir := flag.String("pages", "", "`folder` of the pages")
	out := flag.String("out", "", "train on all pages, and write the model to this `file`")
	folds := flag.Int("folds", 0, "cross-validate by site in `N` parts")
	list := flag.String("list", "pages.txt", "`file` with the digest of every page; written with -out, else compared")
	o := standard()
	flag.IntVar(&o.trees, "trees", o.trees, "trees")
	flag.IntVar(&o.leaves, "leaves", o.leaves, "most leaves of a tree")
	flag.Float64Var(&o.minWeight, "minweight", o.minWeight, "least weight of a leaf")
	flag.Float64Var(&o.lambda, "lambda", o.lambda, "weight of the leaf value 0")
	flag.Float64Var(&o.segment, "segment", o.segment, "weight of a block with an annotated passage")
	flag.Parse()
	if err := run(*annotations, *dir, *out, *list, *folds, o); err != nil {
		fmt.Fprintln(os.Stderr, "blockmodel:", err)
		os.Exit(1)
	}
}

func run(annotations, dir, out, list string, folds int, o options) error {
	pages, err := load(annotations, dir)
	if err != nil {
		return err
	}
	if err := digests(annotations, dir, list, pages, out != ""); err != nil {
		return err
	}
	describe(pages)
	if folds > 0 {
		scores, gain := cross(pages, o, folds)
		report("sites not trained on", pages, func(p *page) []bool { return choose(p, scores[p], o.bias) })
		byKind(pages, func(p *page) []bool { return choose(p, scores[p], o.bias) })
		features(gain)
	}
	l := fit(pages, func(*page) bool { return true }, o)
	all := map[*page][]float64{}
	for _, p := range pages {
		all[p] = l.scores(p)
	}
	report("trained on", pages, func(p *page) []bool { return choose(p, all[p], o.bias) })
	if out == "" {
		return nil
	}
	return os.WriteFile(out, l.stored(o.bias).Append(nil), 0o644)
}

// describe says what there is to learn from, and where its limits are.
func describe(pages []*page) {
	blocks, labelled, positive, cut := 0, 0, 0, 0
	for i, p := range pages {
		p.number = int32(i)
		h := fnv.New32a()
		h.Write([]byte(p.site))
		p.hash = h.Sum32()
		p.mask()
		if p.masked > 0 {
			cut++
		}
		blocks += len(p.blocks)
		for _, label := range p.label {
			if label >= 0 {
				labelled++
			}
			if label == 1 {
				positive++
			}
		}
	}
	fmt.Printf("%d pages, %d blocks, %d of them labelled, %d as the article's; %d annotations end before the article or leave text out of it\n", len(pages), blocks, labelled, positive, cut)
	report("rules alone", pages, func(p *page) []bool {
		keep := make([]bool, len(p.blocks))
		for i := range keep {
			keep[i] = p.blocks[i].Ruled
		}
		return keep
	})
	report("no mistake", pages, func(p *page) []bool {
		keep := make([]bool, len(p.blocks))
		for i := range keep {
			keep[i] = p.label[i] == 1 || p.label[i] < 0 && p.blocks[i].Ruled
		}
		return keep
	})
}

// digests writes or compares the list of pages with their digests.
func digests(annotations, dir, list string, pages []*page, write bool) error {
	files := []string{"pages.json", "bodies.jsonl"}
	for _, p := range pages {
		files = append(files, p.name)
	}
	slices.Sort(files[2:])
	var b strings.Builder
	for i, name := range files {
		from := dir
		if i < 2 {
			from = annotations
		}
		body, err := os.ReadFile(filepath.Join(from, filepath.FromSlash(name)))
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "%x  %s\n", sha256.Sum256(body), name)
	}
	if write {
		return os.WriteFile(list, []byte(b.String()), 0o644)
	}
	stored, err := os.ReadFile(list)
	if err == nil && string(stored) != b.String() {
		fmt.Fprintln(os.Stderr, "blockmodel: the pages are not those of", list)
	}
	return nil
}

// features prints what the features were worth.
func features(gain map[string]float64) {
	names := make([]string, 0, len(gain))
	for name := range gain {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(gain[b], gain[a]), strings.Compare(a, b))
	})
	for _, name := range names {
		fmt.Printf("%s %.0f  ", name, gain[name]/1000)
	}
	fmt.Println()
}
