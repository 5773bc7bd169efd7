package compare

import (
	"context"
	"errors"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v15/arrow"

	"corpus/pipeline/store"
)

// A byte that changed anywhere is found, and the file named.
func TestCheck(t *testing.T) {
	dir := base().write(t)
	side, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range side.Manifest.Files {
		path := filepath.Join(dir, filepath.FromSlash(f.Path))
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		data[len(data)/2] ^= 1
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := side.Check(context.Background()); !errors.Is(err, store.ErrDamaged) || !strings.Contains(err.Error(), f.Path) {
			t.Errorf("%s: %v", f.Path, err)
		}
		data[len(data)/2] ^= 1
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := side.Check(context.Background()); err != nil {
		t.Error(err)
	}
	if err := os.Remove(filepath.Join(dir, "data", "sources", "train-00000-of-00001.parquet")); err != nil {
		t.Fatal(err)
	}
	if err := side.Check(context.Background()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file that is gone: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := side.Check(ctx); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, err := Compare(ctx, side, side, Options{Dir: t.TempDir()}); err == nil {
		t.Error("a comparison that was given up ends well")
	}
}

func TestColumns(t *testing.T) {
	text, number := arrow.BinaryTypes.String, arrow.PrimitiveTypes.Int32
	old := arrow.NewSchema([]arrow.Field{{Name: "a", Type: text}, {Name: "b", Type: text}, {Name: "c", Type: number}, {Name: "d", Type: number}}, nil)
	new := arrow.NewSchema([]arrow.Field{{Name: "a", Type: text}, {Name: "x", Type: text}, {Name: "c", Type: text}, {Name: "d", Type: number, Nullable: true}}, nil)
	var got []string
	for _, d := range compareColumns("articles", old, new) {
		got = append(got, d.RecordID+" "+d.Change+" "+d.Level.String())
	}
	want := "articles.b removed major|articles.c edited major|articles.d edited major|articles.x added minor"
	if strings.Join(got, "|") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, "|"), want)
	}
	if list := compareColumns("articles", old, old); len(list) != 0 {
		t.Errorf("equal columns differ: %v", list)
	}
}

// What a release was made of is not in it: against a build its inputs are not
// gone, they are not known.
func TestCausesOfReleases(t *testing.T) {
	file := store.LockFile{Source: "a", Path: "a.html", SHA256: sum("a")}
	build := &Side{Manifest: &store.Manifest{}, Lock: &store.Lock{ConfigSHA256: sum("c"), TakedownSHA256: sum("t")}, Inputs: func() iter.Seq2[store.LockFile, error] {
		return func(yield func(store.LockFile, error) bool) { yield(file, nil) }
	}}
	release := &Side{Manifest: &store.Manifest{Release: &store.Release{}}, Lock: &store.Lock{}, Inputs: noInputs}
	for _, c := range []struct {
		name     string
		old, new *Side
		sums     [2]string
		want     string
	}{
		{"two builds", build, &Side{Manifest: build.Manifest, Lock: build.Lock, Inputs: noInputs}, [2]string{file.SHA256, ""}, CauseInputRemoved},
		{"a build and a release", build, release, [2]string{file.SHA256, ""}, CauseOthers},
		{"a release and a build", release, build, [2]string{"", file.SHA256}, CauseOthers},
		{"two releases", release, release, [2]string{"", ""}, CauseOthers},
	} {
		causes, err := newCauses(c.old, c.new)
		if err != nil {
			t.Fatal(err)
		}
		if got := causes.record(c.sums[0], c.sums[1]); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
