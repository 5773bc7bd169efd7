package rehydrate_test

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/google/go-cmp/cmp"

	"corpus/pipeline"
	"corpus/pipeline/read/warc/warctest"
	"corpus/release"
	"corpus/release/rehydrate"
	"corpus/release/releasetest"
	"corpus/schema"
)

// fill rehydrates a release from a folder with a file a source, and gives the
// folder of the result, what was counted and what was not filled in.
func fill(t *testing.T, dir, inputs string) (string, *rehydrate.Result, []rehydrate.Finding) {
	t.Helper()
	o := rehydrate.Options{Release: dir, Out: t.TempDir()}
	for _, source := range []string{"weir", "mill", "brook"} {
		if _, err := os.Stat(filepath.Join(inputs, source+".jsonl")); err == nil {
			o.From = append(o.From, rehydrate.Input{Source: source, Path: filepath.Join(inputs, source+".jsonl")})
		}
	}
	var findings []rehydrate.Finding
	o.Report = func(f rehydrate.Finding) { findings = append(findings, f) }
	result, err := rehydrate.Rehydrate(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := release.Verify(t.Context(), result.Dir, func(p release.Problem) { t.Errorf("%s: %s", filepath.Base(result.Dir), p) }); err != nil {
		t.Fatal(err)
	}
	return result.Dir, result, findings
}

// same compares the rows of the build that may leave with those that were
// filled in, but for what the release renamed and counted anew.
func same(t *testing.T, build, filled string, scopeOfCorpus bool) {
	t.Helper()
	comments := map[string]schema.Comment{}
	place := func(c *schema.Comment) string { return c.ArticleID + string(rune(c.Position)) }
	for _, c := range releasetest.Rows[schema.Comment](t, filled, schema.TableComments) {
		comments[place(&c)] = c
	}
	articles := map[string]schema.Article{}
	for _, a := range releasetest.Rows[schema.Article](t, filled, schema.TableArticles) {
		articles[a.ArticleID] = a
	}
	n := 0
	for _, want := range releasetest.Rows[schema.Article](t, build, schema.TableArticles) {
		if want.Tier == schema.TierExcluded {
			continue
		}
		got := articles[want.ArticleID]
		want.NComments, want.NearDuplicateCluster = got.NComments, got.NearDuplicateCluster
		n += compare(t, schema.TableArticles, want.ArticleID, want, got)
	}
	for _, want := range releasetest.Rows[schema.Comment](t, build, schema.TableComments) {
		got, ok := comments[place(&want)]
		if want.Tier == schema.TierExcluded || !ok && articles[want.ArticleID].ArticleID == "" {
			continue
		}
		if want.IDBasis == schema.BasisContent {
			want.CommentID = got.CommentID
		}
		want.ParentID, want.ThreadID, want.InferredParentID = got.ParentID, got.ThreadID, got.InferredParentID
		if !scopeOfCorpus {
			want.CommenterID = got.CommenterID
		}
		want.NearDuplicateCluster = got.NearDuplicateCluster
		for i := range want.Spans {
			want.Spans[i].RefID = got.Spans[i].RefID
		}
		n += compare(t, schema.TableComments, want.CommentID, want, got)
	}
	if n < 300 {
		t.Errorf("only %d values were compared", n)
	}
}

func compare(t *testing.T, table, id string, want, got any) int {
	t.Helper()
	tab, _ := schema.TableOf(table)
	w, g := reflect.ValueOf(want), reflect.ValueOf(got)
	for _, c := range schema.Columns(tab) {
		if d := cmp.Diff(w.FieldByIndex(c.Index).Interface(), g.FieldByIndex(c.Index).Interface()); d != "" {
			t.Errorf("%s.%s of %s:\n%s", table, c.Name, id, d)
		}
	}
	return len(schema.Columns(tab))
}

// From the inputs of the build, without its key, every tier becomes the build.
func TestFromTheSameInputs(t *testing.T) {
	c := releasetest.New(t, "weir-voices", nil)
	for _, tier := range []string{"full", "gated", "standoff"} {
		dir, result, findings := fill(t, c.Release(t, tier), filepath.Join(c.Dir, "in"))
		if len(findings) > 0 || !result.Complete() {
			t.Errorf("%s: %v", tier, findings)
		}
		for table, n := range result.Withheld {
			if result.Filled[table] != n {
				t.Errorf("%s: %d of %d texts of %s", tier, result.Filled[table], n, table)
			}
		}
		same(t, c.Build, dir, tier == "gated")
		if tier != "gated" {
			continue
		}
		for _, row := range releasetest.Rows[schema.Commenter](t, dir, schema.TableCommenters) {
			if row.NComments == 0 {
				t.Errorf("%+v", row)
			}
		}
	}
}

// The order of the user's files, other records among them and the number of
// workers change nothing.
func TestOtherInputsBeside(t *testing.T) {
	c := releasetest.New(t, "weir-voices", nil)
	dir := c.Release(t, "standoff")
	files := releasetest.Files()
	slices.Reverse(files["weir"])
	files["weir"] = append(files["weir"], releasetest.Record{Source: "weir", URL: "https://weir.example/new", Text: "A page that the release does not know, with words enough to be one."})
	in := t.TempDir()
	releasetest.Write(t, in, files)
	filled, _, findings := fill(t, dir, in)
	if len(findings) > 0 {
		t.Error(findings)
	}
	var manifests []string
	for _, workers := range []int{1, 3} {
		result, err := rehydrate.Rehydrate(t.Context(), rehydrate.Options{
			Release: dir, Out: t.TempDir(), Workers: workers,
			From: []rehydrate.Input{{Source: "weir", Path: filepath.Join(in, "weir.jsonl")}, {Source: "mill", Path: filepath.Join(in, "mill.jsonl")}, {Source: "brook", Path: filepath.Join(in, "brook.jsonl")}},
		})
		if err != nil {
			t.Fatal(err)
		}
		manifests = append(manifests, result.ManifestSHA256)
	}
	if manifests[0] != manifests[1] {
		t.Error("the number of workers changes the bytes")
	}
	for _, a := range releasetest.Rows[schema.Article](t, filled, schema.TableArticles) {
		if strings.HasSuffix(*a.URL, "/new") {
			t.Error("a record that the release does not have is there")
		}
	}
}

// Each record that the inputs show otherwise is named, and stays without text.
func TestAlteredInputs(t *testing.T) {
	c := releasetest.New(t, "weir-voices", nil)
	dir := c.Release(t, "standoff")
	ids := map[string]string{} // by words of the text
	for _, m := range releasetest.Rows[schema.Comment](t, c.Build, schema.TableComments) {
		if m.Text != nil {
			ids[*m.Text] = m.CommentID
		}
	}
	byURL := map[string]string{}
	for _, a := range releasetest.Rows[schema.Article](t, c.Build, schema.TableArticles) {
		byURL[*a.URL] = a.ArticleID
	}
	find := func(words string) string {
		for text, id := range ids {
			if strings.Contains(text, words) {
				return id
			}
		}
		t.Fatalf("no comment with %q", words)
		return ""
	}
	salmon, locked, dry := byURL["https://weir.example/salmon"], byURL["https://weir.example/locked"], byURL["https://brook.example/dry"]
	for _, x := range []struct {
		name   string
		change func(files map[string][]releasetest.Record)
		want   map[string]string // id of the record, or "renamed" for one that has another in the release → what
		places int               // records named, where more than those of want
	}{
		{"an article's text", func(f map[string][]releasetest.Record) { f["weir"][0].Text += " Not." }, map[string]string{salmon: rehydrate.Changed}, 1},
		{"an article's title", func(f map[string][]releasetest.Record) { f["weir"][0].Title = "Trout at the ladder" }, map[string]string{salmon: rehydrate.Changed}, 1},
		{"an author", func(f map[string][]releasetest.Record) { f["weir"][0].Authors = []string{"Ada Brin"} }, map[string]string{salmon: rehydrate.Changed}, 1},
		{"a tag", func(f map[string][]releasetest.Record) { f["weir"][0].Tags = nil }, map[string]string{salmon: rehydrate.Changed}, 1},
		{"an article that is gone", func(f map[string][]releasetest.Record) { f["weir"] = f["weir"][1:] },
			map[string]string{salmon: rehydrate.Missing, find("midnight"): rehydrate.Missing, find("count in the dark"): rehydrate.Missing, find("stop asking"): rehydrate.Missing}, 4},
		{"a long comment", func(f map[string][]releasetest.Record) {
			f["weir"][0].Comments[0].Text = strings.Replace(f["weir"][0].Comments[0].Text, "forty", "fifty", 1)
		}, map[string]string{find("midnight"): rehydrate.Changed}, 1},
		{"a comment that is gone", func(f map[string][]releasetest.Record) { f["weir"][0].Comments = f["weir"][0].Comments[1:] }, map[string]string{find("midnight"): rehydrate.Missing}, 1},
		// The short ones of a thread stand and fall together.
		{"a short comment of the same length", func(f map[string][]releasetest.Record) {
			f["weir"][0].Comments[1].Text = "Otter: nobody can count in the Dark."
		}, map[string]string{find("count in the dark"): rehydrate.Unproven, find("stop asking"): rehydrate.Unproven}, 2},
		{"a short comment of another length", func(f map[string][]releasetest.Record) {
			f["weir"][0].Comments[1].Text = "Otter: nobody can count in the darkness."
		}, map[string]string{find("count in the dark"): rehydrate.Changed, find("stop asking"): rehydrate.Unproven}, 2},
		{"a long comment without native id", func(f map[string][]releasetest.Record) { f["weir"][1].Comments[3].Text += " Goodbye." }, map[string]string{}, 4},
		{"a short comment without native id", func(f map[string][]releasetest.Record) { f["weir"][1].Comments[2].Text = "Na!" }, map[string]string{}, 3},
		{"a text that is too short", func(f map[string][]releasetest.Record) { f["brook"][0].Text = "No waters." }, map[string]string{dry: rehydrate.Changed}, 2},
		{"a source that is not there", func(f map[string][]releasetest.Record) { delete(f, "brook") }, map[string]string{dry: rehydrate.Missing}, 5},
		{"an article known by its content alone", func(f map[string][]releasetest.Record) { f["weir"][1].URL = "https://weir.example/elsewhere" }, map[string]string{locked: rehydrate.Missing}, 5},
	} {
		files := releasetest.Files()
		x.change(files)
		in := t.TempDir()
		releasetest.Write(t, in, files)
		filled, result, findings := fill(t, dir, in)
		if result.Complete() {
			t.Errorf("%s: it is said to be complete", x.name)
		}
		got := map[string]string{}
		for _, f := range findings {
			got[f.ID] = f.What
			if f.URL == "" || f.Detail == "" {
				t.Errorf("%s: %+v", x.name, f)
			}
		}
		for id, what := range x.want {
			if got[id] != what {
				t.Errorf("%s: %s is %q, not %q", x.name, id, got[id], what)
			}
		}
		if len(findings) != x.places {
			t.Errorf("%s: %d records are named, not %d: %v", x.name, len(findings), x.places, findings)
		}
		// What is named has no text of others, and no other record lost its own.
		want := map[string]string{}
		for _, m := range releasetest.Rows[schema.Comment](t, c.Build, schema.TableComments) {
			if m.Text != nil {
				want[*m.Text] = m.CommentID
			}
		}
		for _, m := range releasetest.Rows[schema.Comment](t, filled, schema.TableComments) {
			if m.Text == nil {
				continue
			}
			if _, ok := want[*m.Text]; !ok || got[m.CommentID] != "" {
				t.Errorf("%s: %s has a text that the build does not have, or was named: %q", x.name, m.CommentID, *m.Text)
			}
		}
	}
}

// A text of another record never takes a place, however like it is.
func TestEqualOnesInOrder(t *testing.T) {
	c := releasetest.New(t, "weir-voices", nil)
	dir, _, _ := fill(t, c.Release(t, "standoff"), filepath.Join(c.Dir, "in"))
	var said []string
	for _, m := range releasetest.Rows[schema.Comment](t, dir, schema.TableComments) {
		if m.IDBasis == schema.BasisContent {
			said = append(said, *m.Text)
		}
	}
	if d := cmp.Diff([]string{"Yes.", "Yes.", "No!", "This goes round in circles, and has done so for as long as I have been reading here."}, said); d != "" {
		t.Error(d)
	}
}

func TestUsage(t *testing.T) {
	c := releasetest.New(t, "weir-voices", nil)
	dir := c.Release(t, "standoff")
	in := filepath.Join(c.Dir, "in")
	for name, x := range map[string]struct {
		o    rehydrate.Options
		want string
	}{
		"a build":            {rehydrate.Options{Release: c.Build, From: []rehydrate.Input{{Path: in}}}, "this is a build"},
		"no source":          {rehydrate.Options{Release: dir, From: []rehydrate.Input{{Path: in}}}, "brook, mill, weir"},
		"another source":     {rehydrate.Options{Release: dir, From: []rehydrate.Input{{Source: "pond", Path: in}}}, `no source "pond"`},
		"no such file":       {rehydrate.Options{Release: dir, From: []rehydrate.Input{{Source: "weir", Path: filepath.Join(in, "none")}}}, "no such file"},
		"nothing":            {rehydrate.Options{Release: dir}, "no inputs"},
		"an index of nobody": {rehydrate.Options{Release: dir, From: []rehydrate.Input{{Source: "weir", Path: in}}, Indexes: []rehydrate.Input{{Path: "x.csv"}}}, "--index"},
	} {
		x.o.Out = t.TempDir()
		if _, err := rehydrate.Rehydrate(t.Context(), x.o); !errors.Is(err, pipeline.ErrUsage) || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	// A folder with one named after each source is as good as naming each.
	byName := t.TempDir()
	for _, source := range []string{"weir", "mill", "brook"} {
		data, err := os.ReadFile(filepath.Join(in, source+".jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Join(byName, source), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(byName, source, "[1] records*.jsonl"), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	result, err := rehydrate.Rehydrate(t.Context(), rehydrate.Options{Release: dir, Out: t.TempDir(), From: []rehydrate.Input{{Path: byName}}})
	if err != nil || !result.Complete() {
		t.Errorf("%v, %+v", err, result)
	}
	// Where one is not among them, the result says of which source nothing was given.
	if err := os.RemoveAll(filepath.Join(byName, "mill")); err != nil {
		t.Fatal(err)
	}
	result, err = rehydrate.Rehydrate(t.Context(), rehydrate.Options{Release: dir, Out: t.TempDir(), From: []rehydrate.Input{{Path: byName}}})
	if err != nil || result.Complete() || !slices.Equal(result.NoInputs, []string{"mill"}) {
		t.Errorf("%v, %+v", err, result)
	}
	// A release that somebody changed proves nothing.
	file := filepath.Join(dir, "data", "articles", "train-00000-of-00001.parquet")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/2] ^= 1
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	var broken *rehydrate.BrokenError
	if _, err := rehydrate.Rehydrate(t.Context(), rehydrate.Options{Release: dir, Out: t.TempDir(), From: []rehydrate.Input{{Path: byName}}}); !errors.As(err, &broken) {
		t.Errorf("%v", err)
	}
}

// The pages of a release made of files on disk, as a web archive, as records and
// as files: the same texts.
func TestOtherForms(t *testing.T) {
	pages := map[string]string{}
	for i, words := range []string{
		"The lock gates were oiled on the first of May, as they are each year, and the lock keeper let nobody else near the pump while it was done.",
		"Two barges met in the lock that is built for one, and both skippers say until this day that the other one had seen the red light first.",
	} {
		url := fmt.Sprintf("https://lock.example/%d", i)
		pages[url] = fmt.Sprintf(`<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Lock %d</title><link rel="canonical" href="%s"></head>
<body><article><h1>Lock %d</h1><p>%s</p></article>
<ol class="comment-list"><li class="comment" id="comment-%d1"><article class="comment-body"><footer class="comment-meta"><div class="comment-author vcard"><b class="fn">Sluice</b></div>
<div class="comment-metadata"><a href="%s#comment-%d1"><time datetime="2026-05-02T10:00:00+00:00">2 May 2026</time></a></div></footer><div class="comment-content"><p>I was there and it was not like this at all, neither the light nor the barges.</p></div></article></li></ol></body></html>`, i, url, i, words, i, url, i)
	}
	c := releasetest.New(t, "lock-voices", func(yaml string, files map[string][]releasetest.Record) string {
		at := strings.Index(yaml, "policy:")
		return yaml[:at] + `sources:
  - id: lock
    inputs: ["pages/*.html"]
    format: html
    languages: [en]
    consent: {gdpr_basis: eu-gdpr:A6-1-e, art14: eu-gdpr:A14, ethics_board: Board, ethics_ref: L-1, ethics_date: 2026-01-31}
`
	}, pages)
	dir := c.Release(t, "standoff")
	forms := map[string]string{"files": filepath.Join(c.Dir, "pages")}
	var records [][]byte
	for _, url := range slices.Sorted(maps.Keys(pages)) {
		records = append(records, warctest.Page(url, "2026-05-03T00:00:00Z", pages[url]))
	}
	archive, _ := warctest.File(warctest.GzipRecords, records...)
	forms["web archive"] = filepath.Join(t.TempDir(), "lock.warc.gz")
	if err := os.WriteFile(forms["web archive"], archive, 0o600); err != nil {
		t.Fatal(err)
	}
	var lines strings.Builder
	err := pipeline.Extract(t.Context(), []string{forms["web archive"]}, pipeline.ExtractOptions{
		Format: "auto", Languages: []string{"en"},
		Record:   func(r schema.Record) error { return json.MarshalWrite(&lines, r) },
		Rejected: func(_, reason string) { t.Error(reason) },
	})
	if err != nil {
		t.Fatal(err)
	}
	forms["records"] = filepath.Join(t.TempDir(), "lock.jsonl")
	if err := os.WriteFile(forms["records"], []byte(strings.ReplaceAll(lines.String(), "}{", "}\n{")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for form, path := range forms {
		var findings []rehydrate.Finding
		result, err := rehydrate.Rehydrate(t.Context(), rehydrate.Options{
			Release: dir, Out: t.TempDir(), From: []rehydrate.Input{{Path: path}}, Report: func(f rehydrate.Finding) { findings = append(findings, f) },
		})
		if err != nil {
			t.Fatalf("%s: %v", form, err)
		}
		if !result.Complete() || result.Filled[schema.TableArticles] != 2 || result.Filled[schema.TableComments] != 2 {
			t.Errorf("%s: %+v %v", form, result, findings)
		}
	}
}

func TestParseInput(t *testing.T) {
	for s, want := range map[string]rehydrate.Input{
		"pages":         {Path: "pages"},
		"weir=pages":    {Source: "weir", Path: "pages"},
		"a/b=c":         {Path: "a/b=c"},
		"weir=a=b.warc": {Source: "weir", Path: "a=b.warc"},
		"=x":            {Path: "=x"},
	} {
		if got := rehydrate.ParseInput(s); got != want {
			t.Errorf("%q: %+v", s, got)
		}
	}
}
