// Package storetest draws rows of the tables for property tests of what writes
// and reads them. It must never be linked into the command.
package storetest

import (
	"fmt"
	"reflect"
	"strings"

	"pgregory.net/rapid"

	"corpus/schema"
)

// texts are strings that have to survive: empty, long, of every plane, with
// the characters that formats like to stumble over.
var texts = []string{
	"", " ", "a", "plain words", "naïve café", "日本語のコメント", "😀👩‍👩‍👧", "\x00", "line\nbreak\r\n", "\u200b\ufeff",
	"\"quoted\", 'and' `ticks`", "\U0010ffff", "zzzz", strings.Repeat("long words ", 40), strings.Repeat("ä", 300),
}

func text() *rapid.Generator[string] {
	return rapid.OneOf(rapid.SampledFrom(texts), rapid.StringN(0, 12, 40))
}

// value draws a value of any type that a row of a table holds.
func value(t *rapid.T, v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if rapid.IntRange(0, 2).Draw(t, "null") > 0 {
			v.Set(reflect.New(v.Type().Elem()))
			value(t, v.Elem())
		}
	case reflect.Slice:
		n := rapid.IntRange(0, 4).Draw(t, "len")
		if n > 0 {
			v.Set(reflect.MakeSlice(v.Type(), n, n))
		}
		for i := range n {
			value(t, v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			value(t, v.Field(i))
		}
	case reflect.String:
		v.SetString(text().Draw(t, "string"))
	case reflect.Bool:
		v.SetBool(rapid.Bool().Draw(t, "bool"))
	case reflect.Int32:
		v.SetInt(int64(rapid.Int32().Draw(t, "int32")))
	case reflect.Int64:
		v.SetInt(rapid.Int64().Draw(t, "int64"))
	default:
		t.Fatalf("no rows of %s", v.Type())
	}
}

// Rows draws rows of a table, in no order and with keys that may stand twice.
// They have ids where the table shards by them: few different ones, so that
// threads have several rows.
func Rows[T any](t *rapid.T, table schema.Table, least, most int) []T {
	n := rapid.IntRange(least, most).Draw(t, "rows")
	rows := make([]T, n)
	for i := range rows {
		v := reflect.ValueOf(&rows[i]).Elem()
		value(t, v)
		if c, ok := table.Column(table.Shard); ok {
			head := rapid.Uint8().Draw(t, "shard")
			v.FieldByIndex(c.Index).SetString(fmt.Sprintf("%02x%030x", head, head%3))
		}
	}
	return rows
}
