package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"corpus/pipeline/spill"
	"corpus/schema"
)

// fullDisk lets the temporary file of name below dir lie on a disk without room.
func fullDisk(t *testing.T, dir, name string) {
	t.Helper()
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("no /dev/full on this system")
	}
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("/dev/full", filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".tmp")); err != nil {
		t.Fatal(err)
	}
}

func checkSpaceError(t *testing.T, err error, dir string) {
	t.Helper()
	var full *spill.SpaceError
	if !errors.As(err, &full) || !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("no error of a full disk: %v", err)
	}
	if full.Needed <= 0 || full.Free <= 0 {
		t.Errorf("needed %d, free %d", full.Needed, full.Free)
	}
	if s := err.Error(); !strings.Contains(s, "--out") || strings.Contains(s, dir) {
		t.Errorf("the error is for no person, or names a path: %s", s)
	}
}

func TestNoSpace(t *testing.T) {
	out := t.TempDir()
	v := newVersion(t, out, groupRawBytes)
	defer v.Abort()

	fullDisk(t, v.dir, "README.md")
	_, err := v.WriteFile("README.md", []byte("# Demo\n"))
	checkSpaceError(t, err, out)

	// Of a table: through the Parquet library, the goroutine and Close.
	tab, _ := schema.TableOf("articles")
	fullDisk(t, v.dir, ShardPath(tab, 0, 1))
	s, err := NewShards[schema.Article](v, "articles")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Abort()
	for i := range 1000 {
		row := article(id(1, i))
		row.Text = ptr(strings.Repeat("text ", 100))
		if err = s.Write(row); err != nil {
			break
		}
	}
	if err == nil {
		_, err = s.Close()
	}
	checkSpaceError(t, err, out)
	if _, again := s.Close(); again == nil {
		t.Error("the table can be closed after all")
	}

	fullDisk(t, v.dir, ManifestName)
	writeTable(t, v, "articles", []schema.Article{article(id(1, 1))})
	writeEmptyTables(t, v)
	_, err = v.Seal(&Manifest{})
	checkSpaceError(t, err, out)
	v.Abort()
	if left := tree(t, out); len(left) != 2 {
		t.Errorf("left: %v", left)
	}
}

func TestErrorsNameNoPath(t *testing.T) {
	out := t.TempDir()
	occupied := filepath.Join(out, "file")
	if err := os.WriteFile(occupied, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	check := func(what string, err error, is error) {
		t.Helper()
		if !errors.Is(err, is) || strings.Contains(err.Error(), out) {
			t.Errorf("%s: %v", what, err)
		}
	}
	_, err := Create(occupied, "demo", "1.0.0")
	check("output below a file", err, syscall.ENOTDIR)
	_, err = ReadManifest(out)
	check("no manifest", err, fs.ErrNotExist)
	_, err = ReadLock(filepath.Join(out, "corpus.lock"))
	check("no lock", err, fs.ErrNotExist)
	check("a file below a file", WriteFile(occupied, "corpus.lock", nil), syscall.ENOTDIR)
	tab, _ := schema.TableOf("articles")
	for _, err := range FileRows[schema.Article](out, FileInfo{Path: ShardPath(tab, 0, 1), Table: "articles"}) {
		check("no shard", err, fs.ErrNotExist)
	}
	if os.Getuid() == 0 {
		return // nothing is forbidden to root
	}
	closed := filepath.Join(out, "closed")
	if err := os.Mkdir(closed, 0o500); err != nil {
		t.Fatal(err)
	}
	_, err = Create(closed, "demo", "1.0.0")
	check("a folder without permission", err, fs.ErrPermission)
}

func TestWriteFile(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"", "../x", "a/b", "/x"} {
		if err := WriteFile(dir, name, nil); err == nil {
			t.Errorf("%q is a file name", name)
		}
	}
	for _, content := range []string{"one", "two, which is longer", ""} {
		if err := WriteFile(dir, "corpus.lock", []byte(content)); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(filepath.Join(dir, "corpus.lock")); err != nil || string(got) != content {
			t.Errorf("%q, %v; want %q", got, err, content)
		}
	}
	// What fails leaves the old file.
	fullDisk(t, dir, "corpus.lock")
	checkSpaceError(t, WriteFile(dir, "corpus.lock", []byte("new")), dir)
	if left := tree(t, dir); len(left) != 1 || left[0] != "corpus.lock" {
		t.Errorf("left: %v", left)
	}
}
