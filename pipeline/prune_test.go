package pipeline

import (
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corpus/schema"
)

// Every column of the table sources comes through the configuration and back,
// also one that is added later: prune makes the one of the other.
func TestSourceOf(t *testing.T) {
	var row schema.Source
	v := reflect.ValueOf(&row).Elem()
	for i := range v.NumField() {
		value := "value of " + v.Type().Field(i).Name
		switch f := v.Field(i); f.Kind() {
		case reflect.String:
			f.SetString(value)
		case reflect.Pointer:
			f.Set(reflect.ValueOf(&value))
		case reflect.Slice:
			f.Set(reflect.ValueOf([]string{value}))
		default:
			t.Fatalf("a column of kind %s", f.Kind())
		}
	}
	source := sourceOf(&row)
	if diff := cmp.Diff(row, sourceRow(&source)); diff != "" {
		t.Error(diff)
	}
}
