package prune_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"

	"corpus/pipeline/takedown"
	"corpus/release/erratum"
	"corpus/release/prune"
)

// An erratum that was changed, with its digest put right, gives no release:
// neither one that still holds what has to go nor one that holds anything else.
func TestTampered(t *testing.T) {
	t.Parallel()
	c := harbour(t, "weir-voices")
	m, _ := requests(t, c, all(t, c)...)
	old := released(t, c, c.Build, "gated")
	data, whole := made(t, c, old, c.Build, m)
	if !strings.Contains(string(data), `"new": true`) {
		t.Error("no row is new")
	}
	// of finds a row of comments.
	of := func(x *erratum.Erratum, is func(*erratum.Row) bool) *erratum.Row {
		for i := range x.Articles {
			for j := range x.Articles[i].Comments {
				if r := &x.Articles[i].Comments[j]; is(r) {
					return r
				}
			}
		}
		t.Fatal("there is no such row")
		return nil
	}
	cut := func(r *erratum.Row) bool { return len(r.Cuts) > 0 }
	taken := func(r *erratum.Row) bool { return string(r.Set["state"]) == `"tombstone"` && !r.New }
	for name, change := range map[string]func(*erratum.Erratum){
		"an article stays":      func(x *erratum.Erratum) { x.Articles = x.Articles[1:] },
		"a comment's text":      func(x *erratum.Erratum) { delete(of(x, taken).Set, "text") },
		"a comment's person":    func(x *erratum.Erratum) { delete(of(x, taken).Set, "commenter_id") },
		"a comment's votes":     func(x *erratum.Erratum) { of(x, cut).Set["votes_up"] = jsontext.Value("9") },
		"a cut elsewhere":       func(x *erratum.Erratum) { of(x, cut).Cuts[0].Start++ },
		"a cut behind the text": func(x *erratum.Erratum) { of(x, cut).Cuts = []takedown.Cut{{Start: 1 << 20, End: 1<<20 + 1}} },
		"a cut of no text": func(x *erratum.Erratum) {
			r := of(x, taken)
			r.Cuts = of(x, cut).Cuts
			delete(r.Set, "text")
			r.Set["text_sha256"] = jsontext.Value("null")
		},
		"a row that is there": func(x *erratum.Erratum) { r := of(x, taken); r.New = true },
		"a row that is not":   func(x *erratum.Erratum) { x.Duplicates = nil; x.Commenters = x.Commenters[1:] },
		"another row goes":    func(x *erratum.Erratum) { r := of(x, cut); *r = erratum.Row{ID: r.ID, Gone: true} },
		"no such commenter": func(x *erratum.Erratum) {
			x.Commenters = append(x.Commenters, erratum.Row{ID: strings.Repeat("f", 32), Gone: true})
		},
		"no such article": func(x *erratum.Erratum) {
			x.Articles = append(x.Articles, erratum.Article{Row: erratum.Row{ID: strings.Repeat("f", 32), Gone: true}})
		},
		"a source of its own": func(x *erratum.Erratum) {
			of(x, func(r *erratum.Row) bool { return r.New }).Set["source_id"] = jsontext.Value(`"others"`)
		},
		"a reader of its own": func(x *erratum.Erratum) {
			of(x, func(r *erratum.Row) bool { return r.New }).Set["extractor"] = jsontext.Value(`"others/1"`)
		},
		"a source too few":     func(x *erratum.Erratum) { x.Sources = x.Sources[1:] },
		"accounts":             func(x *erratum.Erratum) { x.Sources[0].CommentsKept++ },
		"outcomes":             func(x *erratum.Erratum) { x.Sources[0].Documents++ },
		"no leaks":             func(x *erratum.Erratum) { x.Leaks = nil },
		"another table":        func(x *erratum.Erratum) { x.Tables[0].SHA256 = strings.Repeat("0", 64) },
		"a table of more rows": func(x *erratum.Erratum) { x.Tables[0].Rows++ },
	} {
		x, err := erratum.Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		change(x)
		changed, err := x.JSON()
		if err != nil {
			t.Fatal(err)
		}
		if slices.Equal(changed, data) {
			t.Fatalf("%s: nothing changed", name)
		}
		if x, err = erratum.Parse(changed); err != nil {
			t.Errorf("%s: it does not come to pruning: %v", name, err)
			continue
		}
		out := t.TempDir()
		if _, err := prune.Prune(t.Context(), prune.Options{Release: old, Erratum: x, Out: out}); err == nil {
			t.Errorf("%s: taken", name)
		} else {
			t.Logf("%s: %v", name, err)
		}
		if left, _ := os.ReadDir(out + "/weir-voices"); len(left) > 1 { // the lock of the folder
			t.Errorf("%s: something was written: %v", name, left)
		}
	}
	pruned(t, old, whole)
}
