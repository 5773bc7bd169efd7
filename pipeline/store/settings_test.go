package store

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v15/arrow/ipc"
	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"corpus/schema"
)

// longArticles are articles with different texts of about size bytes that do
// not compress to nothing.
func longArticles(n, size int) []schema.Article {
	rows := make([]schema.Article, n)
	for i := range rows {
		rows[i] = article(id(byte(i*256/n), i))
		var b strings.Builder
		for x := uint32(i*7919 + 1); b.Len() < size; {
			x = x*1664525 + 1013904223
			fmt.Fprintf(&b, "w%x ", x>>16)
		}
		rows[i].Text = ptr(b.String())
		rows[i].Title = ptr("Title with a secret word " + b.String()[:40])
		rows[i].Byline = []string{"Pat Example"}
		rows[i].Tags = []string{"harbour", "tides"}
		rows[i].Site = ptr("Harbour Gazette")
		rows[i].PublishedAt = ptr(int64(i) * 1_000_000)
		rows[i].Blocks = []schema.Block{{Kind: "paragraph", End: int32(b.Len())}}
		rows[i].Spans = []schema.Span{{Kind: "mention", RefID: ptr(id(1, 1))}, {Kind: "link"}}
	}
	return rows
}

// The settings are those of docs and research: what a file says of itself.
func TestSettings(t *testing.T) {
	v := newVersion(t, t.TempDir(), 3<<20)
	defer v.Abort()
	files := writeTable(t, v, "articles", longArticles(400, 20_000))
	path := filepath.Join(v.dir, filepath.FromSlash(files[0].Path))
	raw, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	f, err := parquet.OpenFile(raw, files[0].Bytes)
	if err != nil {
		t.Fatal(err)
	}
	m := f.Metadata()
	if m.CreatedBy != "corpus version 1(build format-1)" {
		t.Errorf("created by %q", m.CreatedBy)
	}
	table, _ := schema.TableOf("articles")
	if n := len(m.RowGroups); n != 3 {
		t.Errorf("%d row groups: they should end after 3 MiB of raw bytes", n)
	}
	encodings := map[format.Encoding]bool{}
	for g := range m.RowGroups {
		if len(m.RowGroups[g].SortingColumns) != 1 || m.RowGroups[g].SortingColumns[0].ColumnIdx != 0 || m.RowGroups[g].SortingColumns[0].Descending {
			t.Errorf("row group %d is sorted by %v", g, m.RowGroups[g].SortingColumns)
		}
		for _, c := range m.RowGroups[g].Columns {
			name := c.MetaData.PathInSchema[0]
			leaf := strings.Join(c.MetaData.PathInSchema, ".")
			column, _ := table.Column(name)
			for _, e := range c.MetaData.Encoding {
				encodings[e] = true
			}
			if c.MetaData.Codec != format.Zstd {
				t.Errorf("%s is compressed with %v", leaf, c.MetaData.Codec)
			}
			if dict := slices.Contains(c.MetaData.Encoding, format.RLEDictionary); dict != (column.Dictionary || strings.HasSuffix(leaf, ".kind") || name == "license_statements") {
				t.Errorf("%s: dictionary pages %v", leaf, dict)
			}
			if column.Type == schema.TypeTimestamp && !slices.Contains(c.MetaData.Encoding, format.DeltaBinaryPacked) {
				t.Errorf("%s is encoded by %v", leaf, c.MetaData.Encoding)
			}
			if (c.ColumnIndexOffset != 0) == isWording(column) || c.OffsetIndexOffset == 0 {
				t.Errorf("%s: a column index at %d, an offset index at %d", leaf, c.ColumnIndexOffset, c.OffsetIndexOffset)
			}
			s := c.MetaData.Statistics
			if bounds := s.MinValue != nil || s.MaxValue != nil || s.Min != nil || s.Max != nil; bounds && isWording(column) {
				t.Errorf("the footer holds bounds of %s", leaf)
			} else if !bounds && name == "article_id" {
				t.Errorf("the footer holds no bounds of %s", leaf)
			}
		}
	}
	want := map[format.Encoding]bool{format.Plain: true, format.RLE: true, format.RLEDictionary: true, format.DeltaBinaryPacked: true}
	if !maps.Equal(encodings, want) {
		t.Errorf("encodings %v: older readers know %v", encodings, want)
	}
	metadata, err := Metadata(table, "demo")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, kv := range m.KeyValueMetadata {
		got[kv.Key] = kv.Value
	}
	if !maps.Equal(got, metadata) {
		t.Errorf("metadata %v", slices.Sorted(maps.Keys(got)))
	}

	pages := checkPages(t, f, table)
	if pages < 5 {
		t.Errorf("%d pages of text: 8 MB should give more", pages)
	}
	if data, _ := os.ReadFile(path); bytes.Contains(data, []byte("secret word")) {
		t.Error("a title stands uncompressed in the file")
	}
}

// checkPages looks at the page index: no page of text is much over 1 MiB, none
// has bounds, and those of ids have.
func checkPages(t *testing.T, f *parquet.File, table schema.Table) (textPages int) {
	t.Helper()
	for g, group := range f.RowGroups() {
		for i, chunk := range group.ColumnChunks() {
			column, _ := table.Column(f.Schema().Columns()[i][0])
			index, err := chunk.ColumnIndex()
			if isWording(column) != errors.Is(err, parquet.ErrMissingColumnIndex) || err != nil && !isWording(column) {
				t.Fatalf("the column index of %s: %v", column.Name, err)
			}
			offsets, err := chunk.OffsetIndex()
			if err != nil {
				t.Fatal(err)
			}
			if column.Name == schema.LongText {
				textPages += offsets.NumPages()
			}
			if column.Name == "article_id" {
				for p := range index.NumPages() {
					if len(index.MinValue(p).ByteArray()) == 0 {
						t.Errorf("group %d page %d of article_id has no bounds", g, p)
					}
				}
			}
			pages := chunk.Pages()
			for {
				page, err := pages.ReadPage()
				if err != nil {
					break
				}
				if column.Name == schema.LongText && page.Size() > pageBytes+64*20_000 {
					t.Errorf("a page of text has %d bytes", page.Size())
				}
				parquet.Release(page)
			}
			pages.Close()
		}
	}
	return textPages
}

// Every nullable column is a pointer in the row and every other is none:
// parquet-go loses nulls of values that a tag calls optional.
func TestNullableIsPointer(t *testing.T) {
	for _, table := range schema.Tables() {
		s := parquet.SchemaOf(zero(table))
		for _, c := range schema.Columns(table) {
			field := table.Row.FieldByIndex(c.Index)
			if strings.Contains(field.Tag.Get("parquet"), "optional") {
				t.Errorf("%s.%s has the tag optional", table.Name, c.Name)
			}
			leaf, ok := s.Lookup(c.Name)
			if !ok {
				if !c.List {
					t.Errorf("%s.%s is no column of the file", table.Name, c.Name)
				}
				continue
			}
			if leaf.Node.Optional() != c.Nullable {
				t.Errorf("%s.%s: null in the file %v, in the schema %v", table.Name, c.Name, leaf.Node.Optional(), c.Nullable)
			}
		}
	}
}

// ARROW:schema is the Arrow schema of the one definition.
func TestArrowMetadata(t *testing.T) {
	for _, table := range schema.Tables() {
		metadata, err := Metadata(table, "demo")
		if err != nil {
			t.Fatal(err)
		}
		data, err := base64.StdEncoding.DecodeString(metadata["ARROW:schema"])
		if err != nil {
			t.Fatal(err)
		}
		r, err := ipc.NewReader(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if !r.Schema().Equal(schema.Arrow(table)) {
			t.Errorf("%s: %v", table.Name, r.Schema())
		}
		r.Release()
		again, err := ArrowSchema(metadata)
		if err != nil || !again.Equal(schema.Arrow(table)) {
			t.Errorf("%s: %v, %v", table.Name, again, err)
		}
	}
	for _, value := range []string{"", "!", "AAAA", base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{0xff}, 400))} {
		if s, err := ArrowSchema(map[string]string{"ARROW:schema": value}); err == nil {
			t.Errorf("%q is the schema %v", value, s)
		}
	}
}
