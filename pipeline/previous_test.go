package pipeline_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corpus/pipeline"
	"corpus/pipeline/store"
	"corpus/schema"
)

// noticeOf is a line of JSON Lines with one article.
func noticeOf(t *testing.T, url, text string, comments ...string) string {
	t.Helper()
	list := []any{}
	for i, author := range comments {
		list = append(list, map[string]any{
			"id": fmt.Sprint(i + 1), "parent_id": nil, "author": author, "author_url": nil,
			"posted_at": nil, "text": fmt.Sprintf("Remark number %d.", i+1),
		})
	}
	line, err := json.Marshal(map[string]any{
		"source": "a", "url": url, "site": nil, "title": "Notice", "authors": []string{}, "published_at": nil, "modified_at": nil,
		"license": nil, "tags": []string{}, "lang": "en", "text": text, "comments": list,
	})
	if err != nil {
		t.Fatal(err)
	}
	return string(line) + "\n"
}

// window is a text of n words of an endless one, from the given word on: two
// windows that overlap far enough are near duplicates.
func window(kind string, from, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%s%d ", kind, from+i)
	}
	return strings.TrimSpace(b.String())
}

func steady(version, previous, more string) string {
	if previous != "" {
		previous = "previous: " + previous + "\n"
	}
	return "corpus: steady\nversion: " + version + "\n" + previous + more + "sources:\n  - id: a\n    inputs: [\"in/*.jsonl\"]\n"
}

func splitsOf(t *testing.T, version string) map[string]string {
	t.Helper()
	splits := map[string]string{}
	for _, a := range articlesOf(t, version) {
		splits[*a.CanonicalURL] = *a.Split
	}
	return splits
}

// TestSplitsStay follows articles over three versions: what was there stays
// where it was though the shares change, a near duplicate joins it, and one that
// bridges two splits is unassigned. A share of all for test shows that it was
// not drawn anew.
func TestSplitsStay(t *testing.T) {
	const thread = "splits: thread\nsplit_shares: {train: 500, validation: 0, test: 500}\n"
	const test = "splits: thread\nsplit_shares: {train: 0, validation: 0, test: 1000}\n"
	const train = "splits: thread\nsplit_shares: {train: 1000, validation: 0, test: 0}\n"
	corpus := newCorpus(t, steady("next", "", thread), nil)
	// A and B are too far apart for near duplicates; C between them is one of each.
	a, b, c := window("w", 0, 1000), window("w", 160, 1000), window("w", 80, 1000)
	corpus.write(t, "in/a.jsonl", noticeOf(t, "https://pier.example/a", a, "Anna"))
	var first map[string]string
	var version string
	for i := range 40 { // an address that is drawn into another split than a
		url := fmt.Sprintf("https://pier.example/b%d", i)
		corpus.write(t, "in/b.jsonl", noticeOf(t, url, b, "Bert"))
		o := corpus.options(t)
		o.Out = filepath.Join(corpus.dir, fmt.Sprintf("dist%d", i))
		version, _ = corpus.build(t, o)
		first = splitsOf(t, version)
		if first["https://pier.example/a"] != first[url] {
			break
		}
	}
	if len(first) != 2 || len(articlesOf(t, version)) != 2 {
		t.Fatalf("%v", first)
	}
	if rows := rowsOf[schema.Duplicate](t, version, "duplicates"); len(rows) != 0 {
		t.Fatalf("a and b are near duplicates: %v", rows)
	}

	corpus.write(t, "corpus.yaml", steady("next", version, test))
	corpus.write(t, "in/d.jsonl", noticeOf(t, "https://pier.example/like-a", window("w", 10, 1000)))
	corpus.write(t, "in/e.jsonl", noticeOf(t, "https://pier.example/e", window("v", 0, 1000)))
	version, report := corpus.build(t, corpus.options(t))
	second := splitsOf(t, version)
	if report.Version != "0.2.0" || second["https://pier.example/e"] != schema.SplitTest || second["https://pier.example/like-a"] != first["https://pier.example/a"] {
		t.Errorf("%s: %v after %v", report.Version, second, first)
	}
	for url, split := range first {
		if second[url] != split {
			t.Errorf("%s was in %s and is in %s", url, split, second[url])
		}
	}

	corpus.write(t, "corpus.yaml", steady("next", "0.2.0", train))
	corpus.write(t, "in/c.jsonl", noticeOf(t, "https://pier.example/c", c, "Cleo"))
	version, report = corpus.build(t, corpus.options(t))
	third := splitsOf(t, version)
	if report.Version != "0.3.0" || third["https://pier.example/c"] != schema.SplitUnassigned {
		t.Errorf("%s: %v after %v", report.Version, third, second)
	}
	for url, split := range second {
		if third[url] != split {
			t.Errorf("%s was in %s and is in %s", url, split, third[url])
		}
	}
	for _, c := range commentsOf(t, version) {
		for _, a := range articlesOf(t, version) {
			if a.ArticleID == c.ArticleID && *a.Split != *c.Split {
				t.Errorf("a comment is in %s, its article in %s", *c.Split, *a.Split)
			}
		}
	}
}

// TestCommentersStay: with the rule commenter a person keeps the split, though
// the shares change; with another rule everything is drawn anew.
func TestCommentersStay(t *testing.T) {
	names := []string{"Anna", "Bert", "Cleo", "Dora", "Emil", "Finn", "Gina", "Hugo"}
	corpus := newCorpus(t, steady("next", "", "splits: commenter\nsplit_shares: {train: 500, validation: 0, test: 500}\n"), nil)
	corpus.write(t, "in/a.jsonl", noticeOf(t, "https://pier.example/a", window("w", 0, 100), names...))
	version, _ := corpus.build(t, corpus.options(t))
	before := map[string]string{}
	drawn := map[string]int{}
	for _, c := range commentsOf(t, version) {
		before[*c.CommenterID] = *c.Split
		drawn[*c.Split]++
	}
	if len(drawn) != 2 {
		t.Fatalf("all are in one split: %v", drawn)
	}
	corpus.write(t, "corpus.yaml", steady("next", "0.1.0", "splits: commenter\nsplit_shares: {train: 0, validation: 1000, test: 0}\n"))
	corpus.write(t, "in/b.jsonl", noticeOf(t, "https://pier.example/b", window("v", 0, 100), append(names, "Ivo")...))
	version, report := corpus.build(t, corpus.options(t))
	if report.Version != "0.2.0" {
		t.Errorf("%s: %s", report.Version, report.Difference.Why())
	}
	for _, c := range commentsOf(t, version) {
		want, known := before[*c.CommenterID]
		if !known {
			want = schema.SplitValidation
		}
		if *c.Split != want {
			t.Errorf("a commenter was in %q and is in %s", before[*c.CommenterID], *c.Split)
		}
	}
	corpus.write(t, "corpus.yaml", steady("next", "0.2.0", "splits: thread\nsplit_shares: {train: 0, validation: 1000, test: 0}\n"))
	version, report = corpus.build(t, corpus.options(t))
	if report.Version != "1.0.0" {
		t.Errorf("%s: %s", report.Version, report.Difference.Why())
	}
	for _, c := range commentsOf(t, version) {
		if *c.Split != schema.SplitValidation {
			t.Errorf("a comment stays in %s under another rule", *c.Split)
		}
	}
}

// TestPreviousErrors: what previous names has to be a version of this corpus,
// whole, and before this one; the message says where that is written.
func TestPreviousErrors(t *testing.T) {
	corpus := newCorpus(t, steady("1.0.0", "", ""), nil)
	corpus.write(t, "in/a.jsonl", noticeOf(t, "https://pier.example/a", window("w", 0, 100), "Anna", "Bert"))
	version, _ := corpus.build(t, corpus.options(t))
	other := newCorpus(t, strings.Replace(steady("1.0.0", "", ""), "steady", "other", 1), nil)
	other.write(t, "in/a.jsonl", noticeOf(t, "https://pier.example/a", window("w", 0, 100)))
	otherVersion, _ := other.build(t, other.options(t))
	damaged := filepath.Join(corpus.dir, "damaged")
	if err := os.CopyFS(damaged, os.DirFS(version)); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(damaged, "data", "articles", "train-00000-of-00001.parquet")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/2] ^= 1
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	unsealed := filepath.Join(corpus.dir, "unsealed")
	if err := os.CopyFS(unsealed, os.DirFS(version)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(unsealed, store.ManifestName), []byte("{}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ version, previous, want string }{
		{"1.1.0", "0.9.0", "corpus.yaml:3:11: previous: there is no version 0.9.0 of steady in the output folder"},
		{"1.1.0", "../nowhere", "corpus.yaml:3:11: previous: this folder is no version"},
		{"next", otherVersion, "corpus.yaml:3:11: previous: this is a version of another corpus, other"},
		{"next", "damaged", "corpus.yaml:3:11: previous: steady 1.0.0: data/articles/train-00000-of-00001.parquet is damaged"},
		{"next", "./unsealed", "corpus.yaml:3:11: previous: manifest.json"},
		{"1.0.0", "dist/steady/1.0.0", "corpus.yaml:2:10: version: 1.0.0 does not come after the previous version 1.0.0"},
		{"0.9.9", "1.0.0", "corpus.yaml:2:10: version: 0.9.9 does not come after the previous version 1.0.0"},
		{"next", "1.0.0", "corpus.yaml:2:10: version: nothing differs from 1.0.0"},
	} {
		corpus.write(t, "corpus.yaml", steady(c.version, c.previous, ""))
		o := corpus.options(t)
		o.Out = filepath.Join(corpus.dir, "dist")
		if c.version == "1.0.0" {
			o.Out = filepath.Join(corpus.dir, "elsewhere")
		}
		_, err := pipeline.Build(t.Context(), o)
		if !errors.Is(err, pipeline.ErrUsage) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s after %s: %v", c.version, c.previous, err)
		}
		if err != nil && strings.Contains(err.Error(), corpus.dir) {
			t.Errorf("the message names a folder: %v", err)
		}
		if left, _ := filepath.Glob(filepath.Join(o.Out, "steady", ".*.*")); len(left) > 0 {
			t.Errorf("%s after %s: %v is left", c.version, c.previous, left)
		}
	}

	// A larger number than the one that follows may be asked for, also where
	// nothing differs.
	corpus.write(t, "corpus.yaml", steady("1.0.1", "1.0.0", ""))
	version, report := corpus.build(t, corpus.options(t))
	if report.Difference == nil || report.Difference.Why() != "" {
		t.Errorf("%+v", report.Difference)
	}
	m, err := store.ReadManifest(version)
	if err != nil {
		t.Fatal(err)
	}
	lock, err := store.ReadLock(filepath.Join(version, pipeline.LockName))
	if err != nil {
		t.Fatal(err)
	}
	if m.Previous != "1.0.0" || len(m.PreviousSHA256) != 64 || lock.Previous != m.Previous || lock.PreviousSHA256 != m.PreviousSHA256 {
		t.Errorf("manifest %q %q, lock %q %q", m.Previous, m.PreviousSHA256, lock.Previous, lock.PreviousSHA256)
	}
	before, err := store.ReadManifest(filepath.Join(corpus.dir, "dist", "steady", "1.0.0"))
	if err != nil {
		t.Fatal(err)
	}
	sums := map[string]string{}
	for _, f := range before.Files {
		sums[f.Path] = f.SHA256
	}
	for _, f := range m.Files {
		if f.Table != "" && f.SHA256 != sums[f.Path] {
			t.Errorf("%s has other bytes though nothing differs", f.Path)
		}
	}
	// Too small: a comment less is major.
	corpus.write(t, "in/a.jsonl", noticeOf(t, "https://pier.example/a", window("w", 0, 100), "Anna"))
	corpus.write(t, "corpus.yaml", steady("1.9.0", "1.0.1", ""))
	_, err = pipeline.Build(t.Context(), corpus.options(t))
	if !errors.Is(err, pipeline.ErrUsage) || !strings.Contains(err.Error(), "corpus.yaml:2:10: version: 1.9.0 is too small: after 1.0.1 it has to be 2.0.0 at least, since 1 comment was removed: ") {
		t.Errorf("got %v", err)
	}
}

// TestLockedPrevious: the previous version is an input like any other.
func TestLockedPrevious(t *testing.T) {
	corpus := newCorpus(t, steady("1.0.0", "", ""), nil)
	corpus.write(t, "in/a.jsonl", noticeOf(t, "https://pier.example/a", window("w", 0, 100), "Anna"))
	corpus.build(t, corpus.options(t))
	corpus.write(t, "in/b.jsonl", noticeOf(t, "https://pier.example/b", window("v", 0, 100), "Anna"))
	corpus.write(t, "corpus.yaml", steady("next", "dist/steady/1.0.0", ""))
	_, first := corpus.build(t, corpus.options(t))
	o := corpus.options(t)
	o.Locked, o.Out = true, filepath.Join(corpus.dir, "again")
	_, again := corpus.build(t, o)
	if first.Version != "1.1.0" || again.ManifestSHA256 != first.ManifestSHA256 {
		t.Errorf("%s %s, then %s %s", first.Version, first.ManifestSHA256, again.Version, again.ManifestSHA256)
	}
	// Another version under the same number: other bytes, the same name.
	another := newCorpus(t, steady("1.0.0", "", ""), nil)
	another.write(t, "in/a.jsonl", noticeOf(t, "https://pier.example/a", window("w", 0, 90), "Anna"))
	path, _ := another.build(t, another.options(t))
	corpus.write(t, "corpus.yaml", steady("next", path, ""))
	o = corpus.options(t)
	o.Locked, o.Out = true, filepath.Join(corpus.dir, "third")
	_, err := pipeline.Build(t.Context(), o)
	var drift *pipeline.DriftError
	if !errors.As(err, &drift) || !strings.Contains(err.Error(), "manifest of the previous version") {
		t.Errorf("got %v", err)
	}
	corpus.write(t, "corpus.yaml", steady("next", "", ""))
	o = corpus.options(t)
	o.Locked, o.Out = true, filepath.Join(corpus.dir, "fourth")
	if _, err := pipeline.Build(t.Context(), o); !errors.As(err, &drift) || !strings.Contains(err.Error(), `previous version: "1.1.0"`) && !strings.Contains(err.Error(), `previous version: "1.0.0" in the lock, none here`) {
		t.Errorf("got %v", err)
	}
}
