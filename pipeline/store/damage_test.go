package store

import (
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"corpus/schema"
)

// readAll reads a file and gives its first error.
func readAll[T any](dir string, info FileInfo) (rows int, err error) {
	for _, err := range FileRows[T](dir, info) {
		if err != nil {
			return rows, err
		}
		rows++
	}
	return rows, nil
}

// pageRanges are where the pages of the row groups of a file lie.
func pageRanges(t testing.TB, dir string, info FileInfo) (ranges [][2]int64) {
	t.Helper()
	f, closer, err := OpenParquet(dir, info)
	if err != nil {
		t.Fatal(err)
	}
	defer closer.Close()
	for _, g := range f.Metadata().RowGroups {
		for _, c := range g.Columns {
			start := c.MetaData.DataPageOffset
			if d := c.MetaData.DictionaryPageOffset; d != 0 {
				start = d
			}
			ranges = append(ranges, [2]int64{start, start + c.MetaData.TotalCompressedSize})
		}
	}
	return ranges
}

// A flipped bit in a page is an error and never a wrong row: every bit of some
// hundred bytes spread over all columns is tried.
func TestFlippedBit(t *testing.T) {
	v := newVersion(t, t.TempDir(), 200_000)
	defer v.Abort()
	files := writeTable(t, v, "articles", longArticles(100, 3000))
	path := filepath.Join(v.dir, filepath.FromSlash(files[0].Path))
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := readAll[schema.Article](v.dir, files[0]); err != nil || n != 100 {
		t.Fatalf("%d rows, %v", n, err)
	}
	tried := 0
	for i, r := range pageRanges(t, v.dir, files[0]) {
		// The end of a chunk lies in the data of its last page, behind every header.
		at := r[1] - 1 - int64(i)%min(8, r[1]-r[0]-1)
		bit := byte(1) << (i % 8)
		data[at] ^= bit
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
		data[at] ^= bit
		_, err := readAll[schema.Article](v.dir, files[0])
		if !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), files[0].Path) {
			t.Errorf("byte %d, bit %d: %v", at, i%8, err)
		}
		tried++
	}
	if tried < 90 {
		t.Errorf("only %d pages", tried)
	}
}

// A file that is cut, empty, of another table or none at all.
func TestNoTable(t *testing.T) {
	v := newVersion(t, t.TempDir(), groupRawBytes)
	defer v.Abort()
	info := writeTable(t, v, "articles", longArticles(3, 100))[0]
	path := filepath.Join(v.dir, filepath.FromSlash(info.Path))
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	tail := func(n uint32) []byte {
		return append(binary.LittleEndian.AppendUint32([]byte("PAR1"), n), "PAR1"...)
	}
	for name, content := range map[string][]byte{
		"empty":                nil,
		"short":                []byte("PAR1"),
		"no Parquet":           []byte(strings.Repeat("no Parquet file ", 100)),
		"cut":                  data[:len(data)-1],
		"half":                 data[:len(data)/2],
		"without a beginning":  data[len(data)/2:],
		"footer of no bytes":   tail(0),
		"footer of 4 GB":       tail(1<<32 - 1),
		"an encrypted footer":  append(data[:len(data)-4:len(data)-4], "PARE"...),
		"a list without bytes": footerFile([]byte{0x19, 0xfc, 0xff, 0xff, 0xff, 0xff, 0x07}),
	} {
		if err := os.WriteFile(path, content, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := readAll[schema.Article](v.dir, info); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	info.Table = "comments"
	if _, err := readAll[schema.Comment](v.dir, info); !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), "columns") {
		t.Errorf("articles as comments: %v", err)
	}
	if _, err := readAll[schema.Article](v.dir, info); err == nil {
		t.Error("comments as articles")
	}
	// A link that leads out of the version.
	outside := filepath.Join(t.TempDir(), "outside.parquet")
	if err := os.Rename(path, outside); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, path); err != nil {
		t.Fatal(err)
	}
	info.Table = "articles"
	if _, err := readAll[schema.Article](v.dir, info); err == nil {
		t.Error("a link out of the version is followed")
	}
}

// Other programs write strings that are not UTF-8 and values that make no
// rows; the reader says so.
func TestStringsAreUTF8(t *testing.T) {
	type row struct {
		ClusterID  string `parquet:"cluster_id,plain"`
		RecordID   string `parquet:"record_id,plain"`
		Table      string `parquet:"table,dict"`
		Kept       bool   `parquet:"kept"`
		Similarity int32  `parquet:"similarity"`
		Rule       string `parquet:"rule,dict"`
	}
	dir := t.TempDir()
	f, err := os.Create(filepath.Join(dir, "x.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	w := parquet.NewGenericWriter[row](f, parquet.NewSchema("Duplicate", parquet.SchemaOf(new(schema.Duplicate))))
	if _, err := w.Write([]row{{RecordID: "bad \xff"}}); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
	_, err = readAll[schema.Duplicate](dir, FileInfo{Path: "x.parquet", Table: "duplicates"})
	if !errors.Is(err, errUTF8) || !strings.Contains(err.Error(), "record_id") {
		t.Error(err)
	}
}
