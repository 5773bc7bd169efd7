package export_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/ipc"

	"corpus/pipeline"
	"corpus/pipeline/config"
	"corpus/pipeline/store"
	"corpus/release/export"
	"corpus/schema"
)

// version builds a small version without a key: text with commas, quotes, line
// breaks and emoji, nulls, empty and filled lists.
func version(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	var lines strings.Builder
	for i := range 50 {
		fmt.Fprintf(&lines, `{"source":"x","url":"https://quay.example/%d","site":null,"title":"No. %d, \"the quay\"","authors":["Ida Pell"],"published_at":"2021-03-04T05:06:07.5Z","modified_at":null,"license":null,"tags":["a,b","c"],"lang":"en","text":"A notice, in two lines:\nthis one and 🙂.\n\nMail ida@quay.example for more.","comments":[{"id":"1","parent_id":null,"author":"Olaf","author_url":null,"posted_at":"2021-03-05","text":"Seen."},{"id":"2","parent_id":"1","author":"","author_url":null,"posted_at":null,"text":"@Olaf so did I"}]}`+"\n", i, i)
	}
	for name, body := range map[string]string{
		"in.jsonl":    lines.String(),
		"corpus.yaml": "corpus: small\nversion: 0.1.0\nprivacy: none\nsplits: thread\nsources:\n  - id: a\n    inputs: [in.jsonl]\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cfg, err := config.Load(filepath.Join(dir, "corpus.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	o := pipeline.Options{Config: cfg, ConfigDir: dir, ConfigName: "corpus.yaml", Out: filepath.Join(dir, "dist")}
	if _, err := pipeline.Build(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "dist", "small", "0.1.0")
}

// TestEveryTableInEveryForm reads back what was written: as many rows, every
// column, and the values of the first column of text.
func TestEveryTableInEveryForm(t *testing.T) {
	dir := version(t)
	manifest, err := store.ReadManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range schema.Tables() {
		want := manifest.Rows[table.Name]
		for _, format := range export.Formats() {
			var out bytes.Buffer
			rows, err := export.Write(t.Context(), dir, table.Name, format, &out)
			if err != nil {
				t.Fatalf("%s as %s: %v", table.Name, format, err)
			}
			columns := len(schema.Columns(table))
			var got int64
			switch format {
			case export.FormatJSONL:
				d := json.NewDecoder(&out)
				for d.More() {
					var object map[string]any
					if err := d.Decode(&object); err != nil {
						t.Fatal(err)
					}
					if len(object) != columns {
						t.Errorf("%s: %d keys, %d columns", table.Name, len(object), columns)
					}
					got++
				}
			case export.FormatCSV:
				records, err := csv.NewReader(&out).ReadAll()
				if err != nil {
					t.Fatal(err)
				}
				if len(records[0]) != columns {
					t.Errorf("%s: %d fields, %d columns", table.Name, len(records[0]), columns)
				}
				got = int64(len(records) - 1)
			case export.FormatArrow:
				r, err := ipc.NewReader(&out)
				if err != nil {
					t.Fatal(err)
				}
				if !r.Schema().Equal(schema.Arrow(table)) {
					t.Errorf("%s: another schema: %s", table.Name, r.Schema())
				}
				for r.Next() {
					got += r.Record().NumRows()
				}
				if r.Err() != nil {
					t.Fatal(r.Err())
				}
				r.Release()
			}
			if rows != want || got != want {
				t.Errorf("%s as %s: %d rows written, %d read, %d there", table.Name, format, rows, got, want)
			}
		}
	}
}

// TestValuesSurvive compares texts, lists, times and nulls of the three forms
// with those of the rows.
func TestValuesSurvive(t *testing.T) {
	dir := version(t)
	var articles []schema.Article
	for a, err := range store.Rows[schema.Article](dir, schema.TableArticles) {
		if err != nil {
			t.Fatal(err)
		}
		articles = append(articles, a)
	}
	var lines, fields, stream bytes.Buffer
	for format, out := range map[string]*bytes.Buffer{export.FormatJSONL: &lines, export.FormatCSV: &fields, export.FormatArrow: &stream} {
		if _, err := export.Write(t.Context(), dir, schema.TableArticles, format, out); err != nil {
			t.Fatal(err)
		}
	}
	records, err := csv.NewReader(&fields).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := map[string]int{}
	for i, name := range records[0] {
		column[name] = i
	}
	r, err := ipc.NewReader(&stream)
	if err != nil || !r.Next() {
		t.Fatal(err, r.Err())
	}
	defer r.Release()
	texts := r.Record().Column(r.Schema().FieldIndices("text")[0]).(*array.LargeString)
	modified := r.Record().Column(r.Schema().FieldIndices("modified_at")[0])
	decoder := json.NewDecoder(&lines)
	for i, a := range articles {
		var object struct {
			Text        string
			Tags        []string
			PublishedAt string  `json:"published_at"`
			ModifiedAt  *string `json:"modified_at"`
			Blocks      []schema.Block
		}
		if err := decoder.Decode(&object); err != nil {
			t.Fatal(err)
		}
		row := records[i+1]
		if object.Text != *a.Text || row[column["text"]] != *a.Text || texts.Value(i) != *a.Text {
			t.Errorf("article %d: texts differ", i)
		}
		if object.PublishedAt != "2021-03-04T05:06:07Z" || row[column["published_at"]] != object.PublishedAt {
			t.Errorf("article %d: published_at is %s and %s", i, object.PublishedAt, row[column["published_at"]])
		}
		if object.ModifiedAt != nil || row[column["modified_at"]] != "" || !modified.IsNull(i) {
			t.Errorf("article %d: modified_at is no null", i)
		}
		if len(object.Tags) != 2 || row[column["tags"]] != `["a,b","c"]` || len(object.Blocks) != len(a.Blocks) {
			t.Errorf("article %d: lists differ: %v %s", i, object.Tags, row[column["tags"]])
		}
	}
}

func TestErrors(t *testing.T) {
	dir := version(t)
	for _, c := range []struct{ dir, table, format, want string }{
		{dir, "articles", "pdf", "jsonl, arrow, csv"},
		{dir, "words", "csv", "articles, comments"},
		{t.TempDir(), "articles", "csv", "manifest.json"},
	} {
		_, err := export.Write(t.Context(), c.dir, c.table, c.format, &bytes.Buffer{})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s as %s: %v, expected %q", c.table, c.format, err, c.want)
		}
	}
}

// TestViews: every view holds every article and comment, twice the same, and
// names nobody.
func TestViews(t *testing.T) {
	dir := version(t)
	views := map[string]func() ([]byte, int64){
		export.ViewThreads: func() ([]byte, int64) {
			var out bytes.Buffer
			n, err := export.WriteThreads(t.Context(), dir, &out)
			if err != nil {
				t.Fatal(err)
			}
			return out.Bytes(), n
		},
		export.ViewTEI: func() ([]byte, int64) {
			var out bytes.Buffer
			n, err := export.WriteTEI(t.Context(), dir, &out)
			if err != nil {
				t.Fatal(err)
			}
			return out.Bytes(), n
		},
		export.ViewConvoKit: func() ([]byte, int64) {
			folder := t.TempDir()
			n, err := export.WriteConvoKit(t.Context(), dir, folder)
			if err != nil {
				t.Fatal(err)
			}
			var all []byte
			for _, name := range []string{"utterances.jsonl", "speakers.json", "conversations.json", "corpus.json", "index.json"} {
				data, err := os.ReadFile(filepath.Join(folder, name))
				if err != nil {
					t.Fatal(err)
				}
				all = append(all, data...)
			}
			return all, n
		},
	}
	for name, want := range map[string]int64{export.ViewThreads: 50, export.ViewTEI: 100, export.ViewConvoKit: 150} {
		first, n := views[name]()
		second, _ := views[name]()
		if n != want {
			t.Errorf("%s: %d, expected %d", name, n, want)
		}
		if !bytes.Equal(first, second) {
			t.Errorf("%s: other bytes the second time", name)
		}
		// Without privacy the texts keep the name, once in each "@Olaf so did I".
		if got := bytes.Count(first, []byte("Olaf")); got != 50 {
			t.Errorf("%s has the name of a commenter at %d places, in texts there are 50", name, got)
		}
		if name != export.ViewThreads && bytes.Contains(first, []byte("Ida Pell")) {
			t.Errorf("%s has a byline", name)
		}
	}
	if len(export.Views()) != len(views) {
		t.Error("there is a view without a test")
	}
}
