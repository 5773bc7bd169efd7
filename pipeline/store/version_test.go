package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"corpus/schema"
)

func TestCreateRefuses(t *testing.T) {
	out := t.TempDir()
	v := newVersion(t, out, groupRawBytes)
	defer v.Abort()

	if _, err := Create(out, "demo", "2.0.0"); !errors.Is(err, ErrBusy) {
		t.Errorf("a second build on the folder: %v", err)
	}
	other, err := Create(out, "other", "1.0.0")
	if err != nil {
		t.Fatalf("a build of another corpus: %v", err)
	}
	other.Abort()

	writeEmptyTables(t, v)
	seal(t, v)
	before := tree(t, out)
	_, err = Create(out, "demo", "1.0.0")
	if !errors.Is(err, ErrExists) || !strings.Contains(err.Error(), "demo 1.0.0 exists") || !strings.Contains(err.Error(), "--out") {
		t.Errorf("a version that is there: %v", err)
	}
	if after := tree(t, out); !slices.Equal(before, after) {
		t.Errorf("a refused build left %v, there was %v", after, before)
	}
	if err := os.WriteFile(filepath.Join(out, "demo", "3.0.0"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Create(out, "demo", "3.0.0"); !errors.Is(err, ErrExists) {
		t.Errorf("a file with the name of the version: %v", err)
	}

	for _, name := range []string{"", ".", "..", "a/b", "Demo", "-a", "_a", "ä", strings.Repeat("a", 101)} {
		if _, err := Create(out, name, "1.0.0"); err == nil {
			t.Errorf("%q names a corpus", name)
		}
	}
	for _, version := range []string{"", "1", "1.0", "1.0.0.0", "01.0.0", "1.0.x", "1.0.-1", "1.0.0+full", "../..", "1.0.1000000000"} {
		if _, err := Create(out, "demo", version); err == nil {
			t.Errorf("%q is a version", version)
		}
	}
}

func TestAbortLeavesNothing(t *testing.T) {
	out := t.TempDir()
	v := newVersion(t, out, groupRawBytes)
	writeTable(t, v, "articles", []schema.Article{article(id(1, 1))})
	if _, err := v.WriteFile("README.md", []byte("x")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(v.TempParent(), "run"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := NewShards[schema.Comment](v, "comments")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Write(schema.Comment{ArticleID: id(1, 1)}); err != nil {
		t.Fatal(err)
	}
	s.Abort()
	v.Abort()
	v.Abort()
	if left := tree(t, out); !slices.Equal(left, []string{"demo/", "demo/.lock"}) {
		t.Errorf("left: %v", left)
	}
	if _, err := v.Seal(&Manifest{}); err == nil {
		t.Error("a version that was given up can be sealed")
	}
	again := newVersion(t, out, groupRawBytes) // the lock is free
	again.Abort()
}

func TestSeal(t *testing.T) {
	out := t.TempDir()
	v := newVersion(t, out, groupRawBytes)
	defer v.Abort()
	final := filepath.Join(out, "demo", "1.0.0")
	if err := v.Plan("articles", 0, 2); err != nil {
		t.Fatal(err)
	}
	writeTable(t, v, "articles", []schema.Article{article(id(0x01, 1)), article(id(0x90, 1))})
	if _, err := v.WriteFile("README.md", []byte("# Demo\n")); err != nil {
		t.Fatal(err)
	}
	if _, err := v.WriteFile("README.md", []byte("again")); err == nil {
		t.Error("a file can be written twice")
	}
	for _, path := range []string{"", ".", "../x", "/x", "a//b", ".hidden", "data/.x", ManifestName, "a b", "ä", strings.Repeat("a", 256)} {
		if _, err := v.WriteFile(path, nil); err == nil {
			t.Errorf("a version can hold %q", path)
		}
	}

	if _, err := v.Seal(&Manifest{}); err == nil {
		t.Fatal("a version without most of its tables can be sealed")
	}
	if _, err := os.Lstat(final); !errors.Is(err, fs.ErrNotExist) {
		t.Fatal("it has got its name")
	}
	writeEmptyTables(t, v)
	bad := &Manifest{Sources: []SourceCounts{{SourceID: "harbour", Documents: 3, Outcomes: map[string]int64{schema.OutcomeArticle: 2}}}}
	if _, err := v.Seal(bad); err == nil || !strings.Contains(err.Error(), "harbour") {
		t.Fatalf("accounts that do not balance can be sealed: %v", err)
	}

	// The manifest comes last: when the folders are brought to the disk it is
	// there with all others, and the version has no name yet.
	synced := 0
	v.sync = func(dir string) error {
		synced++
		if _, err := os.Lstat(filepath.Join(v.dir, ManifestName)); err != nil && dir != v.parent {
			t.Errorf("no manifest while %s is synced: %v", filepath.Base(dir), err)
		}
		if _, err := os.Lstat(final); err == nil && dir != v.parent {
			t.Error("the version has its name before its folders are on the disk")
		}
		return nil
	}
	info := seal(t, v)
	if synced < 10 { // the version, data, audit, seven tables, the parent
		t.Errorf("%d folders were synced", synced)
	}
	if info.Path != ManifestName {
		t.Errorf("Seal gives %s", info.Path)
	}
	v.Abort() // does nothing
	m, err := ReadManifest(final)
	if err != nil {
		t.Fatal(err)
	}
	if m.Rows["articles"] != 2 || m.Shards["articles"] != 2 || m.Shards["sources"] != 1 || m.Rows["comments"] != 0 || m.Corpus != "demo" || m.Version != "1.0.0" || m.Format != FormatVersion || m.Schema != schema.Version {
		t.Errorf("manifest: %+v", m)
	}
	var files []string
	for _, f := range m.Files {
		files = append(files, f.Path)
	}
	var there []string
	for _, name := range tree(t, final) {
		if !strings.HasSuffix(name, "/") && name != ManifestName {
			there = append(there, name)
		}
	}
	slices.Sort(there)
	if !slices.Equal(files, there) {
		t.Errorf("the manifest lists %v, there are %v", files, there)
	}
	if left := tree(t, filepath.Join(out, "demo")); slices.ContainsFunc(left, func(n string) bool { return strings.Contains(n, "tmp") || strings.Contains(n, "partial") }) {
		t.Errorf("left: %v", left)
	}
	n := 0
	for _, err := range Rows[schema.Article](final, "articles") {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	if n != 2 {
		t.Errorf("%d articles", n)
	}
	if _, err := v.Seal(&Manifest{}); err == nil {
		t.Error("a version can be sealed twice")
	}
}

// An error of Seal and a version never come together, whichever folder fails.
func TestSealFails(t *testing.T) {
	for fail := range 11 {
		out := t.TempDir()
		v := newVersion(t, out, groupRawBytes)
		writeEmptyTables(t, v)
		n := 0
		v.sync = func(dir string) error {
			if n++; n == fail+1 {
				return &fs.PathError{Op: "sync", Path: dir, Err: syscall.EIO}
			}
			return nil
		}
		_, err := v.Seal(&Manifest{})
		if n <= fail {
			if err != nil || fail < 10 {
				t.Fatalf("only %d folders were synced: %v", n, err)
			}
			return
		}
		if !errors.Is(err, syscall.EIO) || strings.Contains(err.Error(), out) {
			t.Errorf("folder %d: %v", fail, err)
		}
		if _, err := os.Lstat(filepath.Join(out, "demo", "1.0.0")); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("folder %d: there is a version", fail)
		}
		v.Abort()
		if left := tree(t, out); !slices.Equal(left, []string{"demo/", "demo/.lock"}) {
			t.Errorf("folder %d: left %v", fail, left)
		}
	}
}

// What dead builds of other versions left goes; what is none of ours stays.
func TestCreateSweeps(t *testing.T) {
	out := t.TempDir()
	parent := filepath.Join(out, "demo")
	for _, name := range []string{".0.9.0.partial/data", ".0.9.0.tmp", ".mine.partial", ".1.0.partial", "0.8.0"} {
		if err := os.MkdirAll(filepath.Join(parent, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	v := newVersion(t, out, groupRawBytes)
	v.Abort()
	if left := tree(t, parent); !slices.Equal(left, []string{".1.0.partial/", ".lock", ".mine.partial/", "0.8.0/"}) {
		t.Errorf("left: %v", left)
	}
}

// A version may be begun without a number: it gets one before it is sealed, and
// what a dead build left under no number is removed.
func TestNext(t *testing.T) {
	out := t.TempDir()
	left := filepath.Join(out, "demo", ".next.partial", "data")
	if err := os.MkdirAll(left, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(out, "demo", "1.0.0"), 0o755); err != nil {
		t.Fatal(err)
	}
	v, err := Create(out, "demo", Next)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Lstat(left); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what a dead build left is there: %v", err)
	}
	if _, err := v.Seal(&Manifest{}); err == nil {
		t.Error("a version without a number is sealed")
	}
	if err := v.Name("next"); err == nil {
		t.Error("next is a number")
	}
	if err := v.Name("1.0.0"); !errors.Is(err, ErrExists) {
		t.Errorf("a version that is there: %v", err)
	}
	if err := v.Name("1.1.0"); err != nil {
		t.Error(err)
	}
	if err := v.Name("1.2.0"); err == nil {
		t.Error("a version is named twice")
	}
	v.Abort()
	if _, err := os.Lstat(v.Dir()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the given-up version is there: %v", err)
	}
}
