package schema

import (
	"testing"

	"github.com/apache/arrow/go/v15/arrow"
)

func TestArrow(t *testing.T) {
	for _, table := range Tables() {
		s := Arrow(table)
		if len(s.Fields()) != len(Columns(table)) {
			t.Fatalf("%s has %d fields and %d columns", table.Name, len(s.Fields()), len(Columns(table)))
		}
		for i, c := range Columns(table) {
			f := s.Field(i)
			if f.Name != c.Name || f.Nullable != c.Nullable {
				t.Errorf("%s.%s: field %s, nullable %v", table.Name, c.Name, f.Name, f.Nullable)
			}
			if class, ok := f.Metadata.GetValue("class"); !ok || class != c.Class {
				t.Errorf("%s.%s has the class %q", table.Name, c.Name, class)
			}
			if f.Type.ID() == arrow.DICTIONARY {
				t.Errorf("%s.%s is a dictionary, which datasets cannot load", table.Name, c.Name)
			}
			if list, ok := f.Type.(*arrow.ListType); ok != c.List || ok && (list.ElemField().Nullable || list.ElemField().Name != "element") {
				t.Errorf("%s.%s is %s", table.Name, c.Name, f.Type)
			}
		}
	}
	articles, _ := TableOf("articles")
	for name, want := range map[string]string{
		"article_id":   "utf8",
		"text":         "large_utf8",
		"published_at": "timestamp[us, tz=UTC]",
		"n_words":      "int32",
		"byline":       "list<element: utf8>",
	} {
		fields, _ := Arrow(articles).FieldsByName(name)
		if got := fields[0].Type.String(); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
}
