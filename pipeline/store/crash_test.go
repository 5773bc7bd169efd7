package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"corpus/schema"
)

// How a test tells its child where to die.
const (
	crashOut   = "CORPUS_TEST_CRASH_OUT"
	crashPoint = "CORPUS_TEST_CRASH_POINT"
	crashExit  = 86
)

var crashPoints = []string{"created", "in a table", "after a table", "after a document", "all but the manifest", "before the rename"}

// crash builds a version below out up to a point, and is gone without a word.
func crash(out, point string) {
	at := func(p string) {
		if p == point {
			os.Exit(crashExit) // neither deferred functions nor buffers run
		}
	}
	v, err := Create(out, "demo", "1.0.0")
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	at("created")
	s, err := NewShards[schema.Article](v, "articles")
	if err != nil {
		panic(err)
	}
	for i := range 500 {
		if err := s.Write(article(id(1, i))); err != nil {
			panic(err)
		}
	}
	at("in a table")
	if _, err := s.Close(); err != nil {
		panic(err)
	}
	at("after a table")
	if _, err := v.WriteFile("README.md", []byte("# Demo\n")); err != nil {
		panic(err)
	}
	at("after a document")
	writeEmptyTables(panicker{}, v)
	at("all but the manifest")
	v.sync = func(string) error { // the manifest is written, the name still missing
		at("before the rename")
		return nil
	}
	seal(panicker{}, v)
	os.Exit(0)
}

type panicker struct{}

func (panicker) Helper()                      {}
func (panicker) Fatal(args ...any)            { panic(fmt.Sprint(args...)) }
func (panicker) Fatalf(f string, args ...any) { panic(fmt.Sprintf(f, args...)) }

// A build that dies leaves no version, and the next one finds the way free.
func TestCrash(t *testing.T) {
	for _, point := range append(slices.Clone(crashPoints), "never") {
		t.Run(point, func(t *testing.T) {
			out := t.TempDir()
			cmd := exec.Command(os.Args[0])
			cmd.Env = append(os.Environ(), crashOut+"="+out, crashPoint+"="+point)
			output, err := cmd.CombinedOutput()
			if point == "never" {
				if err != nil {
					t.Fatalf("the child failed: %v\n%s", err, output)
				}
				if _, err := ReadManifest(filepath.Join(out, "demo", "1.0.0")); err != nil {
					t.Fatalf("a build that did not die left no version: %v", err)
				}
				return
			}
			var exit *exec.ExitError
			if !errors.As(err, &exit) || exit.ExitCode() != crashExit {
				t.Fatalf("the child did not die %q: %v\n%s", point, err, output)
			}
			if _, err := os.Lstat(filepath.Join(out, "demo", "1.0.0")); !errors.Is(err, fs.ErrNotExist) {
				t.Fatalf("there is a version: %v", err)
			}
			left := tree(t, filepath.Join(out, "demo"))
			if !slices.ContainsFunc(left, func(n string) bool { return strings.HasPrefix(n, ".1.0.0.partial") }) {
				t.Fatalf("the child left nothing, so it shows nothing: %v", left)
			}
			v, err := Create(out, "demo", "1.0.0")
			if err != nil {
				t.Fatalf("the next build: %v", err)
			}
			defer v.Abort()
			if left := tree(t, v.dir); len(left) != 0 {
				t.Errorf("the next build begins with %v", left)
			}
			writeEmptyTables(t, v)
			seal(t, v)
			if left := tree(t, filepath.Join(out, "demo")); slices.ContainsFunc(left, func(n string) bool { return strings.Contains(n, ".partial") || strings.Contains(n, ".tmp") }) {
				t.Errorf("the next build leaves %v", left)
			}
		})
	}
}

// TestManifestBeforeTheName: the version has its manifest, the newest of its
// files, when its folders are brought to the disk and it gets its name.
func TestManifestBeforeTheName(t *testing.T) {
	out := t.TempDir()
	v := newVersion(t, out, groupRawBytes)
	defer v.Abort()
	writeEmptyTables(t, v)
	synced := 0
	v.sync = func(dir string) error {
		synced++
		for _, folder := range []string{v.dir, filepath.Join(v.parent, v.version)} {
			if _, err := os.Stat(folder); err != nil {
				continue
			}
			if _, err := os.Stat(filepath.Join(folder, ManifestName)); err != nil {
				t.Errorf("%s has no manifest while %s is brought to the disk", filepath.Base(folder), filepath.Base(dir))
			}
		}
		return syncDir(dir)
	}
	seal(t, v)
	if synced < 3 {
		t.Errorf("%d folders were brought to the disk", synced)
	}
}
