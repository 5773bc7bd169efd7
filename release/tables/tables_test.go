package tables_test

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corpus/pipeline"
	"corpus/pipeline/store"
	"corpus/release/releasetest"
	"corpus/release/tables"
	"corpus/schema"
)

// What is read thread by thread and written again is the same tables.
func TestRoundTrip(t *testing.T) {
	c := releasetest.New(t, "weir-voices", nil)
	before, err := store.ReadManifest(c.Build)
	if err != nil {
		t.Fatal(err)
	}
	v, err := store.Create(t.TempDir(), "weir-voices", "1.2.0")
	if err != nil {
		t.Fatal(err)
	}
	defer v.Abort()
	threads, err := tables.OpenThreads(c.Build)
	if err != nil {
		t.Fatal(err)
	}
	defer threads.Close()
	w, err := tables.NewWriters(v)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Abort()
	for id, ok := threads.Next(); ok; id, ok = threads.Next() {
		th, err := threads.Thread()
		if err != nil || th.Article.ArticleID != id {
			t.Fatalf("%s, not %s: %v", th.Article.ArticleID, id, err)
		}
		if err := w.Write(th); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	seen := 0
	if err := tables.Copy(v, c.Build, schema.TableSources, func(*schema.Source) { seen++ }); err != nil {
		t.Fatal(err)
	}
	if seen != 3 {
		t.Errorf("%d sources", seen)
	}
	for _, f := range v.Files() {
		if want := before.TableFiles(f.Table); !reflect.DeepEqual(want, []store.FileInfo{f}) {
			t.Errorf("%s is another one:\n%s", f.Path, cmp.Diff(want, []store.FileInfo{f}))
		}
	}
	if n := len(v.Files()); n != 4 {
		t.Errorf("%d files", n)
	}
}

// What is made of a version goes beside it, where it stands under its corpus.
func TestOutOf(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dist", "weir-voices", "1.2.0")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	out, err := tables.OutOf(dir, "weir-voices")
	if err != nil || filepath.Base(out) != "dist" {
		t.Errorf("%s: %v", out, err)
	}
	if _, err := tables.OutOf(dir, "mill-voices"); !errors.Is(err, pipeline.ErrUsage) {
		t.Error(err)
	}
}
