package pipeline_test

import (
	"os"
	"path/filepath"
	"testing"

	"corpus/pipeline"
	"corpus/pipeline/config"
	"corpus/pipeline/privacy"
	"corpus/pipeline/store"
	"corpus/schema"
)

// corpusOf is a corpus on disk for a test: corpus.yaml and its inputs.
type corpusOf struct {
	dir string
	key *privacy.Key
}

// newCorpus writes a configuration and files, by path relative to it.
func newCorpus(t testing.TB, yaml string, files map[string]string) *corpusOf {
	t.Helper()
	c := &corpusOf{dir: t.TempDir()}
	c.write(t, "corpus.yaml", yaml)
	for name, body := range files {
		c.write(t, name, body)
	}
	return c
}

func (c *corpusOf) write(t testing.TB, name, body string) {
	t.Helper()
	path := filepath.Join(c.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
}

// options are those of a build with a key that every test shares, so that two
// builds of one corpus have the same pseudonyms.
func (c *corpusOf) options(t testing.TB) pipeline.Options {
	t.Helper()
	c.key = sharedKey(t)
	return c.optionsOf(t)
}

func (c *corpusOf) optionsOf(t fatal) pipeline.Options {
	cfg, err := config.Load(filepath.Join(c.dir, "corpus.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return pipeline.Options{Config: cfg, ConfigDir: c.dir, ConfigName: "corpus.yaml", Out: filepath.Join(c.dir, "dist"), Key: c.key}
}

// build builds with o and gives the folder of the version and the report.
func (c *corpusOf) build(t *testing.T, o pipeline.Options) (string, *pipeline.Report) {
	t.Helper()
	report, err := pipeline.Build(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(o.Out, o.Config.Corpus, report.Version), report
}

// sharedKey is a key of the tests; it protects nobody.
func sharedKey(t testing.TB) *privacy.Key {
	t.Helper()
	path := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(path, []byte("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	key, err := privacy.LoadKey(path)
	if err != nil {
		t.Fatal(err)
	}
	return &key
}

// rowsOf are all rows of a table.
func rowsOf[T any](t *testing.T, version, table string) []T {
	t.Helper()
	return rowsIn[T](t, version, table)
}

func rowsIn[T any](t fatal, version, table string) []T {
	var rows []T
	for row, err := range store.Rows[T](version, table) {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	return rows
}

func articlesOf(t *testing.T, version string) []schema.Article {
	return rowsOf[schema.Article](t, version, schema.TableArticles)
}

func commentsOf(t *testing.T, version string) []schema.Comment {
	return rowsOf[schema.Comment](t, version, schema.TableComments)
}
