package diff

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"corpus/pipeline/compare"
	"corpus/pipeline/store"
	"corpus/schema"
)

var update = flag.Bool("update", false, "write golden files again")

func ptr[T any](v T) *T { return &v }

// id is an id that people can tell apart.
func id(n int) string { return fmt.Sprintf("%032x", n) }

// versionOf writes a version with n articles, of which the first ones have a
// title of their own, and comments of a person under the first.
func versionOf(t *testing.T, number, title string, n int, texts []string, name string) *compare.Side {
	t.Helper()
	out := t.TempDir()
	v, err := store.Create(out, "demo", number)
	if err != nil {
		t.Fatal(err)
	}
	defer v.Abort()
	var articles []schema.Article
	for i := range n {
		a := schema.Article{ArticleID: id(i + 1), State: schema.StatePresent, Title: ptr("Title " + fmt.Sprint(i+1)), Text: ptr("Text")}
		if i == 0 {
			a.Title = &title
		}
		a.Tier, a.InputSHA256 = schema.TierStandoff, strings.Repeat("0", 62)+number[:1]+"0"
		articles = append(articles, a)
	}
	var comments []schema.Comment
	for i, text := range texts {
		c := schema.Comment{CommentID: id(100 + i), ArticleID: id(1), ThreadID: id(100 + i), Position: int32(i), Text: &text, State: schema.StateVisible}
		c.Tier = schema.TierStandoff
		comments = append(comments, c)
	}
	write(t, v, schema.TableArticles, articles)
	write(t, v, schema.TableComments, comments)
	write(t, v, schema.TableCommenters, []schema.Commenter{{CommenterID: id(7), Name: &name}})
	write(t, v, schema.TableSources, []schema.Source{})
	write(t, v, schema.TableCaptures, []schema.Capture{})
	write(t, v, schema.TableLedger, []schema.LedgerRow{})
	write(t, v, schema.TableDuplicates, []schema.Duplicate{})
	lock := store.Lock{Corpus: "demo", Version: number, ConfigSHA256: strings.Repeat("0", 64), Shards: v.Shards()}
	data, err := lock.JSON()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := v.WriteFile("corpus.lock", data); err != nil {
		t.Fatal(err)
	}
	if _, err := v.Seal(&store.Manifest{}); err != nil {
		t.Fatal(err)
	}
	side, err := compare.Open(filepath.Join(out, "demo", number))
	if err != nil {
		t.Fatal(err)
	}
	return side
}

func write[T any](t *testing.T, v *store.Version, table string, rows []T) {
	t.Helper()
	s, err := store.NewShards[T](v, table)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Abort()
	for _, row := range rows {
		if err := s.Write(row); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// written compares two versions and writes the result in a format.
func written(t *testing.T, old, new *compare.Side, format string) []byte {
	t.Helper()
	r, err := compare.Compare(context.Background(), old, new, compare.Options{Keep: true})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var b bytes.Buffer
	if err := Write(&b, r, format); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const long = "A title that is a good deal longer than a line of a terminal should ever be, which is why it is cut around the place where it changes"

func versions(t *testing.T) (old, new *compare.Side) {
	t.Helper()
	old = versionOf(t, "1.0.0", long+".", 3, []string{"First.", "An \x1b[31mescape\x1b[0m.", "Third."}, "Anna Secret")
	new = versionOf(t, "2.0.0", long+"!", 60, []string{"First.", "Another \x1b[31mescape\u202e.", "Third."}, "Anna Other")
	return old, new
}

func TestText(t *testing.T) {
	old, new := versions(t)
	got := written(t, old, new, FormatText)
	golden(t, "testdata/text.golden", got)
	for _, bad := range []string{"\x1b", "\u202e", "Secret", "Anna"} {
		if bytes.Contains(got, []byte(bad)) {
			t.Errorf("the text holds %q", bad)
		}
	}
	golden(t, "testdata/same.golden", written(t, old, old, FormatText))
}

func golden(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s: got\n%s", path, got)
	}
}

// The same differences stand in JSON Lines and in Parquet, and none is left out.
func TestJSONAndParquet(t *testing.T) {
	old, new := versions(t)
	lines := bytes.Split(bytes.TrimSpace(written(t, old, new, FormatJSON)), []byte("\n"))
	var head struct{ Summary compare.Summary }
	if err := json.Unmarshal(lines[0], &head); err != nil {
		t.Fatal(err)
	}
	if s := head.Summary; s.Number != "2.0.0" || s.Level != compare.Major || len(s.Reasons) == 0 {
		t.Errorf("%+v", s)
	}
	data := written(t, old, new, FormatParquet)
	if again := written(t, old, new, FormatParquet); !bytes.Equal(data, again) {
		t.Error("the same differences give other bytes")
	}
	rows, err := parquet.Read[row](bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != len(lines)-1 || len(rows) < 60 {
		t.Fatalf("%d rows, %d lines", len(rows), len(lines))
	}
	for i := range rows {
		var d compare.Difference
		if err := json.Unmarshal(lines[i+1], &d); err != nil {
			t.Fatal(err)
		}
		got := rows[i]
		if got.Level != d.Level.String() || got.Table != d.Table || got.RecordID != d.RecordID || got.Change != d.Change || got.Cause != d.Cause ||
			!same(got.Column, d.Column) || !same(got.Old, d.Old) || !same(got.New, d.New) || !same(got.ArticleID, d.ArticleID) {
			t.Errorf("row %d is %+v, the line %+v", i, got, d)
		}
		if d.Column != nil && *d.Column == "name" && (d.Old != nil || d.New != nil) {
			t.Errorf("a name is given out: %+v", d)
		}
	}
	f, err := parquet.OpenFile(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, c := range f.Schema().Columns() {
		names = append(names, c[0])
	}
	if got := strings.Join(names, " "); got != "table record_id article_id change column old new cause level" {
		t.Errorf("columns %s", got)
	}
}

func same(a, b *string) bool { return a == nil && b == nil || a != nil && b != nil && *a == *b }

func TestFormats(t *testing.T) {
	old, new := versions(t)
	r, err := compare.Compare(context.Background(), old, new, compare.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if err := Write(&bytes.Buffer{}, r, "csv"); err == nil || !strings.Contains(err.Error(), "csv") {
		t.Errorf("got %v", err)
	}
}

func TestExcerpt(t *testing.T) {
	for _, c := range []struct{ old, new, a, b string }{
		{"a", "b", "“a”", "“b”"},
		{"", "b", "“”", "“b”"},
		{strings.Repeat("ä", 200) + "x", strings.Repeat("ä", 200) + "y", "“…" + strings.Repeat("ä", 20) + "x”", "“…" + strings.Repeat("ä", 20) + "y”"},
		{strings.Repeat("ä", 200) + "é", strings.Repeat("ä", 200) + "è", "“…" + strings.Repeat("ä", 20) + "é”", "“…" + strings.Repeat("ä", 20) + "è”"},
		{"one\ntwo", "one\rtwo", "“one two”", "“one two”"},
	} {
		if a, b := short(&c.old, &c.new); a != c.a || b != c.b {
			t.Errorf("%.20q and %.20q: %s and %s", c.old, c.new, a, b)
		}
	}
	if a, b := short(nil, ptr("x")); a != "none" || b != "“x”" {
		t.Errorf("%s and %s", a, b)
	}
}
