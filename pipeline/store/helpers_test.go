package store

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"corpus/pipeline/store/storetest"
	"corpus/schema"
)

// fataler is what testing.T and rapid.T share.
type fataler interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// genRows draws rows of a table in its order, no key twice.
func genRows[T any](t *rapid.T, table string, least, most int) []T {
	tab, err := tableFor[T](table)
	if err != nil {
		t.Fatal(err)
	}
	order, err := NewOrder[T](table)
	if err != nil {
		t.Fatal(err)
	}
	rows := storetest.Rows[T](t, tab, least, most)
	slices.SortStableFunc(rows, func(a, b T) int { return order.Compare(&a, &b) })
	return slices.CompactFunc(rows, func(a, b T) bool { return order.strict && order.Compare(&a, &b) == 0 })
}

// newVersion begins a version below a new folder; row groups end after
// groupRaw raw bytes.
func newVersion(t fataler, out string, groupRaw int64) *Version {
	t.Helper()
	v, err := Create(out, "demo", "1.0.0")
	if err != nil {
		t.Fatal(err)
	}
	v.groupRaw = groupRaw
	return v
}

// writeTable writes rows into the shards of a table.
func writeTable[T any](t fataler, v *Version, table string, rows []T) []FileInfo {
	t.Helper()
	s, err := NewShards[T](v, table)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Abort()
	for i := range rows {
		if err := s.Write(rows[i]); err != nil {
			t.Fatal(err)
		}
	}
	files, err := s.Close()
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// tempDir is a new folder, in memory where the system has such: a rapid check
// makes many of them, and every file is brought to the disk.
func tempDir(t fataler) (string, func()) {
	parent := "/dev/shm"
	if info, err := os.Stat(parent); err != nil || !info.IsDir() {
		parent = ""
	}
	dir, err := os.MkdirTemp(parent, "corpus-store-")
	if err != nil {
		t.Fatal(err)
	}
	return dir, func() { os.RemoveAll(dir) }
}

// writeEmptyTables writes every table that v has no file of.
func writeEmptyTables(t fataler, v *Version) {
	t.Helper()
	have := map[string]bool{}
	for _, f := range v.Files() {
		have[f.Table] = true
	}
	for _, table := range schema.Tables() {
		if have[table.Name] {
			continue
		}
		switch table.Name {
		case schema.TableArticles:
			writeTable[schema.Article](t, v, table.Name, nil)
		case schema.TableComments:
			writeTable[schema.Comment](t, v, table.Name, nil)
		case schema.TableCommenters:
			writeTable[schema.Commenter](t, v, table.Name, nil)
		case schema.TableCaptures:
			writeTable[schema.Capture](t, v, table.Name, nil)
		case schema.TableSources:
			writeTable[schema.Source](t, v, table.Name, nil)
		case schema.TableLedger:
			writeTable[schema.LedgerRow](t, v, table.Name, nil)
		case schema.TableDuplicates:
			writeTable[schema.Duplicate](t, v, table.Name, nil)
		default:
			t.Fatalf("a new table %s: write it here too", table.Name)
		}
	}
}

// seal seals v with a manifest of nothing but its files.
func seal(t fataler, v *Version) FileInfo {
	t.Helper()
	info, err := v.Seal(&Manifest{Tool: Tool{Name: "corpus", Version: "test"}, Privacy: "pseudonyms"})
	if err != nil {
		t.Fatal(err)
	}
	return info
}

// tree are the names below dir, folders with a slash, in order.
func tree(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || path == dir {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if d.IsDir() {
			name += "/"
		}
		names = append(names, filepath.ToSlash(name))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func ptr[T any](v T) *T { return &v }

// article is a row with what a row cannot be without.
func article(id string) schema.Article {
	return schema.Article{ArticleID: id, IDBasis: "url", State: "present", SourceID: "harbour", CommentOrder: "oldest", Provenance: schema.Provenance{InputSHA256: strings.Repeat("a", 64)}}
}

// id is an id whose leading byte is head.
func id(head byte, n int) string { return fmt.Sprintf("%02x%030x", head, n) }
