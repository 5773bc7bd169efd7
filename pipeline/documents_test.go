package pipeline_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"corpus/pipeline"
	"corpus/pipeline/read"
	"corpus/pipeline/store"
	"corpus/schema"
)

// TestDocumentsNameNobody builds the demo and looks through every file that is
// no table: no name of a commenter, no path of this machine, no time of day that
// no page or declaration states.
func TestDocumentsNameNobody(t *testing.T) {
	corpus := &corpusOf{dir: t.TempDir()}
	if err := os.CopyFS(corpus.dir, os.DirFS(examplesFolder)); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(corpus.dir, "dist")); err != nil {
		t.Fatal(err)
	}
	_ = os.Remove(filepath.Join(corpus.dir, pipeline.LockName)) // there only after a build
	names := map[string]bool{}
	err := pipeline.Extract(t.Context(), examplePages(t), pipeline.ExtractOptions{
		Format: read.FormatAuto,
		Record: func(r schema.Record) error {
			for _, c := range r.Comments {
				if strings.Contains(c.Author, " ") {
					names[c.Author] = true
				}
			}
			return nil
		},
		Rejected: func(string, string) {},
	})
	if err != nil {
		t.Fatal(err)
	}
	version, _ := corpus.build(t, corpus.options(t))
	for a, err := range store.Rows[schema.Article](version, schema.TableArticles) {
		if err != nil {
			t.Fatal(err)
		}
		for _, author := range a.Byline {
			delete(names, author) // reporters who answer below their articles
		}
	}
	if len(names) < 10 {
		t.Fatalf("only %d names to look for", len(names))
	}
	manifest, err := store.ReadManifest(version)
	if err != nil {
		t.Fatal(err)
	}
	instant := regexp.MustCompile(`20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:]+`)
	var seen []string
	for _, f := range manifest.Files {
		if f.Table != "" {
			continue
		}
		seen = append(seen, f.Path)
		data, err := os.ReadFile(filepath.Join(version, f.Path))
		if err != nil {
			t.Fatal(err)
		}
		text := string(data)
		for name := range names {
			if strings.Contains(text, name) {
				t.Errorf("%s names %s", f.Path, name)
			}
		}
		for _, path := range []string{corpus.dir, os.TempDir() + "/"} {
			if strings.Contains(text, path) {
				t.Errorf("%s holds the path %s", f.Path, path)
			}
		}
		for _, at := range instant.FindAllString(text, -1) {
			if !strings.HasPrefix(at, "2026-0") { // the demo's pages are of these months
				t.Errorf("%s holds the time %s", f.Path, at)
			}
		}
	}
	for _, path := range []string{"README.md", "datasheet.md", "report.html", "statistics.json", "croissant.json", "datacite.json", "CITATION.cff", "ATTRIBUTION.md", "datapackage.json", "ro-crate-metadata.json", "data-dictionary.md"} {
		if !slices.Contains(seen, path) {
			t.Errorf("%s is not there", path)
		}
	}
}
