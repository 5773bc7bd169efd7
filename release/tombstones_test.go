package release

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"corpus/schema"
)

// Every column that a tombstone must not hold is reported where it is set, and
// no other, and never with its value.
func TestTombstone(t *testing.T) {
	for _, c := range []struct {
		table string
		row   reflect.Value
		keeps []string
	}{
		{schema.TableArticles, reflect.ValueOf(&schema.Article{}).Elem(), tombstoneOfArticle},
		{schema.TableComments, reflect.ValueOf(&schema.Comment{}).Elem(), tombstoneOfComment},
	} {
		table, _ := schema.TableOf(c.table)
		for _, column := range schema.Columns(table) {
			v := c.row.FieldByIndex(column.Index)
			switch v.Kind() {
			case reflect.String:
				v.SetString("secret")
			case reflect.Int32:
				v.SetInt(7)
			case reflect.Pointer:
				v.Set(reflect.New(v.Type().Elem()))
			case reflect.Slice:
				v.Set(reflect.MakeSlice(v.Type(), 1, 1))
			default:
				t.Fatalf("%s is of kind %s", column.Name, v.Kind())
			}
		}
		var wrong []string
		checkTombstone(table, c.row, c.keeps, func(column, format string, args ...any) {
			wrong = append(wrong, column)
			if strings.Contains(format, "secret") {
				t.Error("the value is reported")
			}
		})
		for _, column := range schema.Columns(table) {
			want := !slices.Contains(c.keeps, column.Name) || column.Name == "license" || column.Name == "tier"
			if slices.Contains(wrong, column.Name) != want {
				t.Errorf("%s.%s: reported %t, want %t", c.table, column.Name, !want, want)
			}
		}
	}
}
