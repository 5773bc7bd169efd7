package store

import (
	"context"
	"os"
	"reflect"
	"strings"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/apache/arrow/go/v15/parquet"
	"github.com/apache/arrow/go/v15/parquet/pqarrow"

	"corpus/schema"
)

// readArrow reads a file with Arrow's reader, which restores the schema under
// ARROW:schema, as rows of plain values by column. Only tests may link it.
func readArrow(t fataler, path string, table schema.Table) []any {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	got, err := pqarrow.ReadTable(context.Background(), f, parquet.NewReaderProperties(memory.DefaultAllocator), pqarrow.ArrowReadProperties{}, memory.DefaultAllocator)
	if err != nil {
		t.Fatalf("%s by Arrow: %v", path, err)
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
