package pipeline_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"corpus/pipeline"
	"corpus/schema"
)

// examplesFolder is the demo's corpus.
const examplesFolder = "../examples"

// examplePages are the pages and text dumps of the demo, in the order of their paths.
func examplePages(t *testing.T) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(examplesFolder, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && d.Name() == "dist" {
			return fs.SkipDir
		}
		if ext := filepath.Ext(path); ext == ".html" || ext == ".txt" {
			files = append(files, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestExtractedRecordsBuildTheSameCorpus takes the demo's pages through extract
// and jsonl: articles and comments are those of the pages, but for provenance.
func TestExtractedRecordsBuildTheSameCorpus(t *testing.T) {
	pages := examplePages(t)
	const yaml = "corpus: same\nversion: 0.1.0\naccept_rejects: 100%\nsources:\n  - id: extract\n    inputs: "
	direct := newCorpus(t, yaml+"[\"pages/**/*\"]\n", nil)
	for _, page := range pages {
		body, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		rel, err := filepath.Rel(examplesFolder, page)
		if err != nil {
			t.Fatal(err)
		}
		direct.write(t, filepath.Join("pages", rel), string(body))
	}
	var lines bytes.Buffer
	records := 0
	err := pipeline.Extract(t.Context(), pages, pipeline.ExtractOptions{
		Format: "auto",
		Record: func(r schema.Record) error {
			records++
			return json.NewEncoder(&lines).Encode(r)
		},
		Rejected: func(string, string) {},
	})
	if err != nil {
		t.Fatal(err)
	}
	indirect := newCorpus(t, yaml+"[records.jsonl]\n", map[string]string{"records.jsonl": lines.String()})

	one, report := direct.build(t, direct.options(t))
	two, again := indirect.build(t, indirect.options(t))
	if again.Rejected != 0 {
		t.Fatalf("records that extract printed are rejected: %v", again.Examples)
	}
	if int64(records) != report.Documents-report.Rejected {
		t.Fatalf("extract printed %d records, the build used %d documents", records, report.Documents-report.Rejected)
	}
	provenance := cmpopts.IgnoreFields(schema.Provenance{}, "InputSHA256", "Locator", "Extractor")
	if diff := cmp.Diff(articlesOf(t, one), articlesOf(t, two), provenance); diff != "" {
		t.Errorf("articles: %s", diff)
	}
	comments := commentsOf(t, one)
	if diff := cmp.Diff(comments, commentsOf(t, two), provenance); diff != "" {
		t.Errorf("comments: %s", diff)
	}
	if len(comments) == 0 {
		t.Error("the demo has no comments")
	}
}
