package store

import (
	"errors"
	"os"
	"reflect"
	"testing"

	"corpus/schema"
)

// A file that holds other rows than were written is not finished.
func TestReadBack(t *testing.T) {
	row := article(id(1, 1))
	row.Tags, row.Spans, row.Title = []string{"a"}, []schema.Span{{Kind: "link", End: 1}}, ptr("")
	for name, change := range map[string]func(r *schema.Article){
		"a null for an empty string": func(r *schema.Article) { r.Title = nil },
		"an empty string for a null": func(r *schema.Article) { r.Subtitle = ptr("") },
		"a zero for a null":          func(r *schema.Article) { r.LangScore = ptr(int32(0)) },
		"a shorter list":             func(r *schema.Article) { r.Tags = nil },
		"a field of a list":          func(r *schema.Article) { r.Spans = []schema.Span{{Kind: "link", End: 2}} },
		"a null in a list":           func(r *schema.Article) { r.Spans = []schema.Span{{Kind: "link", End: 1, RefID: ptr("")}} },
		"a number":                   func(r *schema.Article) { r.NChars++ },
		"nothing":                    func(r *schema.Article) {},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			w, err := NewWriter[schema.Article](dir, "x.parquet", "articles", "demo")
			if err != nil {
				t.Fatal(err)
			}
			if err := w.Write(row); err != nil {
				t.Fatal(err)
			}
			// As if the library had been given another row.
			given := row
			change(&given)
			w.sum = newRowSum(w.table, w.seed)
			w.sum.add(reflect.ValueOf(&given).Elem())
			_, err = w.Close()
			if name == "nothing" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			if !errors.Is(err, errReadBack) {
				t.Fatal(err)
			}
			if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
				t.Errorf("left: %v, %v", left, err)
			}
		})
	}
}
