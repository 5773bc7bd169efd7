package pipeline_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"corpus/pipeline"
)

var update = flag.Bool("update", false, "write golden files again")

// TestBytesDoNotDependOnHow builds one corpus with other numbers of workers,
// little memory, files made in another order and sources listed in another
// order: the manifest, which has the digest of every file, stays the same.
func TestBytesDoNotDependOnHow(t *testing.T) {
	const head = "corpus: steady\nversion: 0.1.0\nsplits: thread\naccept_rejects: 100%\nsources:\n"
	const first = "  - id: first\n    inputs: [\"first/**/*\"]\n"
	const second = "  - id: second\n    inputs: [\"second/*\"]\n    time_zone: Europe/Berlin\n"
	var names []string
	files := map[string]string{}
	for i, page := range examplePages(t) {
		body, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		name := fmt.Sprintf("first/%s", filepath.Base(page))
		if i%3 == 0 {
			name = fmt.Sprintf("second/%d-%s", i, filepath.Base(page))
		}
		if _, ok := files[name]; ok {
			name = fmt.Sprintf("first/deep/%d/%s", i, filepath.Base(page))
		}
		names = append(names, name)
		files[name] = string(body)
	}
	digest := ""
	for _, c := range []struct {
		name    string
		yaml    string
		workers int
		memory  int64
		seed    uint64
	}{
		{"one worker", head + first + second, 1, 0, 0},
		{"seven workers", head + first + second, 7, 0, 0},
		{"least memory", head + first + second, 3, pipeline.MinMemory, 0},
		{"files made in another order", head + first + second, 2, 0, 7},
		{"sources in another order", head + second + first, 2, 0, 9},
	} {
		order := slices.Clone(names)
		if c.seed != 0 {
			rand.New(rand.NewPCG(c.seed, c.seed)).Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		}
		corpus := newCorpus(t, c.yaml, nil)
		for _, name := range order {
			corpus.write(t, name, files[name])
		}
		o := corpus.options(t)
		o.Workers, o.Memory = c.workers, c.memory
		_, report := corpus.build(t, o)
		if report.Rows["comments"] == 0 || report.Rows["articles"] == 0 {
			t.Fatalf("%s: %v", c.name, report.Rows)
		}
		if digest == "" {
			digest = report.ManifestSHA256
		}
		if report.ManifestSHA256 != digest {
			t.Errorf("%s: the manifest is another one", c.name)
		}
	}
}

// TestDemoBytes compares the demo with the digest that the repository keeps:
// other bytes need another version of the tool.
func TestDemoBytes(t *testing.T) {
	corpus := &corpusOf{dir: t.TempDir()}
	if err := os.CopyFS(corpus.dir, os.DirFS(examplesFolder)); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(corpus.dir, "dist")); err != nil {
		t.Fatal(err)
	}
	_ = os.Remove(filepath.Join(corpus.dir, pipeline.LockName)) // there only after a build
	o := corpus.options(t)
	_, report := corpus.build(t, o)
	if report.RejectedTooMany {
		t.Errorf("%d rejected, %s accepted: %v", report.Rejected, report.Accepted, report.Examples)
	}
	got := fmt.Sprintf("%s %s\n", pipeline.ToolVersion, report.ManifestSHA256)
	const golden = "testdata/demo.sha256"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if strings.TrimSpace(got) != strings.TrimSpace(string(want)) {
		t.Errorf("the demo has manifest %s the repository keeps %s: where the bytes change, ToolVersion changes (go test ./pipeline -run TestDemoBytes -update)", got, want)
	}
}
