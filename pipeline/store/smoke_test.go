package store

import (
	"fmt"
	"testing"

	"corpus/schema"
)

func TestSmoke(t *testing.T) {
	out := t.TempDir()
	v, err := Create(out, "demo", "1.0.0")
	if err != nil {
		t.Fatal(err)
	}
	defer v.Abort()
	if err := v.Plan("articles", 0, 4); err != nil {
		t.Fatal(err)
	}
	a, err := NewShards[schema.Article](v, "articles")
	if err != nil {
		t.Fatal(err)
	}
	text := "héllo 😀"
	for i := range 100 {
		r := schema.Article{ArticleID: fmt.Sprintf("%02x%030x", i*2, i), IDBasis: "url", Byline: []string{"a"}, Blocks: []schema.Block{{Kind: "paragraph", End: 7}}}
		if i%3 == 0 {
			r.Text = &text
			r.Title = &text
			r.Spans = []schema.Span{{Kind: "mention"}, {Kind: "mention", RefID: &text}}
		}
		if err := a.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	files, err := a.Close()
	if err != nil {
		t.Fatal(err)
	}
	t.Log(files)
	n := 0
	for _, f := range files {
		for row, err := range FileRows[schema.Article](v.dir, f) {
			if err != nil {
				t.Fatal(err)
			}
			if n < 2 {
				t.Logf("%#v %#v", row.ArticleID, row.Spans)
			}
			n++
		}
	}
	if n != 100 {
		t.Fatal(n)
	}
}
