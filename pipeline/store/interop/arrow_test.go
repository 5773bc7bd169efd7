// Package interop holds nothing but tests: Arrow's own Parquet reader, which
// shares no line of code with the writer, reads what the package store wrote.
// It stands apart since that reader links gRPC and much else.
package interop

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/apache/arrow/go/v15/parquet"
	"github.com/apache/arrow/go/v15/parquet/file"
	"github.com/apache/arrow/go/v15/parquet/pqarrow"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"corpus/pipeline/store"
	"corpus/pipeline/store/storetest"
	"corpus/schema"
)

// fataler is what testing.T and rapid.T share.
type fataler interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// Every table comes to Arrow as it was written, with the types of its Arrow
// schema.
func TestArrowReadsEveryTable(t *testing.T) {
	t.Run("articles", arrowReads[schema.Article])
	t.Run("comments", arrowReads[schema.Comment])
	t.Run("commenters", arrowReads[schema.Commenter])
	t.Run("captures", arrowReads[schema.Capture])
	t.Run("sources", arrowReads[schema.Source])
	t.Run("ledger", arrowReads[schema.LedgerRow])
	t.Run("duplicates", arrowReads[schema.Duplicate])
}

func arrowReads[T any](t *testing.T) {
	table, _ := schema.TableOf(filepath.Base(t.Name()))
	order, err := store.NewOrder[T](table.Name)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		rows := storetest.Rows[T](t, table, 0, 60)
		slices.SortStableFunc(rows, func(a, b T) int { return order.Compare(&a, &b) })
		compare(t, table, rows, write(t, table, rows))
	})
}

// More rows than a row group holds, and pages that are cut within one.
func TestArrowReadsSeveralGroups(t *testing.T) {
	table, _ := schema.TableOf(schema.TableArticles)
	rows := make([]schema.Article, 40)
	for i := range rows {
		text := strings.Repeat(fmt.Sprintf("text %d, ünlike the others. ", i), 40_000)
		rows[i] = schema.Article{ArticleID: fmt.Sprintf("%032x", i), Text: &text, Tags: []string{"a", fmt.Sprint(i)}}
		if i%3 == 0 {
			rows[i].Title = &rows[i].ArticleID
			rows[i].Spans = []schema.Span{{Kind: "mention"}, {Kind: "mention", RefID: &rows[i].ArticleID}}
		}
	}
	data := write(t, table, rows)
	f, err := file.NewParquetReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if n := f.NumRowGroups(); n != 2 {
		t.Errorf("%d row groups", n)
	}
	compare(t, table, rows, data)
}

// TestMain keeps the number of rapid's cases small: each writes a file.
func TestMain(m *testing.M) {
	flag.Parse()
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "rapid.checks" })
	if !given {
		if err := flag.Set("rapid.checks", "30"); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

// write writes rows into a file of a table and gives its content.
func write[T any](t fataler, table schema.Table, rows []T) []byte {
	t.Helper()
	dir, err := os.MkdirTemp("", "corpus-interop-")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	w, err := store.NewWriter[T](dir, "x.parquet", table.Name, "demo")
	if err != nil {
		t.Fatal(err)
	}
	defer w.Abort()
	for i := range rows {
		if err := w.Write(rows[i]); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, "x.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func compare[T any](t fataler, table schema.Table, rows []T, data []byte) {
	t.Helper()
	want := make([]any, 0, len(rows))
	for i := range rows {
		want = append(want, plainRow(schema.Columns(table), rows[i]))
	}
	if diff := cmp.Diff(want, readArrow(t, data, table), cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("(-written +read):\n%s", diff)
	}
}

// readArrow reads a file with Arrow's reader, which restores the schema under
// ARROW:schema, as rows of plain values by column. Only tests may link it.
func readArrow(t fataler, data []byte, table schema.Table) []any {
	t.Helper()
	got, err := pqarrow.ReadTable(context.Background(), bytes.NewReader(data), parquet.NewReaderProperties(memory.DefaultAllocator), pqarrow.ArrowReadProperties{}, memory.DefaultAllocator)
	if err != nil {
		t.Fatalf("Arrow cannot read it: %v", err)
	}
	defer got.Release()
	want := schema.Arrow(table)
	if got.Schema().NumFields() != want.NumFields() {
		t.Fatalf("Arrow sees %d columns, want %d", got.Schema().NumFields(), want.NumFields())
	}
	rows := make([]any, got.NumRows())
	for i := range rows {
		rows[i] = map[string]any{}
	}
	for i, c := range schema.Columns(table) {
		field := got.Schema().Field(i)
		if field.Name != c.Name || field.Nullable != c.Nullable || !sameArrowType(field.Type, want.Field(i).Type) {
			t.Fatalf("Arrow sees the column %v, want %v", field, want.Field(i))
		}
		n := 0
		for _, chunk := range got.Column(i).Data().Chunks() {
			for j := range chunk.Len() {
				rows[n].(map[string]any)[c.Name] = plainArrow(t, chunk, j)
				n++
			}
		}
		if n != len(rows) {
			t.Fatalf("Arrow sees %d rows of %s, %d of the table", n, c.Name, len(rows))
		}
	}
	return rows
}

// sameArrowType compares types but for the name and nullability of a list's
// elements, which this reader makes up.
func sameArrowType(got, want arrow.DataType) bool {
	a, ok := got.(*arrow.ListType)
	b, list := want.(*arrow.ListType)
	if ok && list {
		return arrow.TypeEqual(a.Elem(), b.Elem())
	}
	return arrow.TypeEqual(got, want)
}

// plainArrow is value i of an array: nil, a string, an int64, a bool, a list
// or a map by field.
func plainArrow(t fataler, a arrow.Array, i int) any {
	t.Helper()
	if a.IsNull(i) {
		return nil
	}
	switch a := a.(type) {
	case *array.String:
		return strings.Clone(a.Value(i))
	case *array.LargeString:
		return strings.Clone(a.Value(i))
	case *array.Int32:
		return int64(a.Value(i))
	case *array.Timestamp:
		return int64(a.Value(i))
	case *array.Boolean:
		return a.Value(i)
	case *array.List:
		list := []any{}
		start, end := a.ValueOffsets(i)
		for j := start; j < end; j++ {
			list = append(list, plainArrow(t, a.ListValues(), int(j)))
		}
		return list
	case *array.Struct:
		m := map[string]any{}
		for j := range a.NumField() {
			m[a.DataType().(*arrow.StructType).Field(j).Name] = plainArrow(t, a.Field(j), i)
		}
		return m
	}
	t.Fatalf("no column of ours is a %T", a)
	return nil
}

// plainRow is a Go row in the form of plainArrow.
func plainRow(columns []schema.Column, row any) map[string]any {
	m := map[string]any{}
	for _, c := range columns {
		m[c.Name] = plainValue(&c, reflect.ValueOf(row).FieldByIndex(c.Index))
	}
	return m
}

func plainValue(c *schema.Column, v reflect.Value) any {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return nil
		}
		v = v.Elem()
	}
	switch v.Kind() {
	case reflect.String:
		return v.String()
	case reflect.Bool:
		return v.Bool()
	case reflect.Slice:
		list := []any{}
		for i := range v.Len() {
			if len(c.Children) > 0 {
				list = append(list, plainRow(c.Children, v.Index(i).Interface()))
			} else {
				list = append(list, v.Index(i).String())
			}
		}
		return list
	}
	return v.Int()
}
