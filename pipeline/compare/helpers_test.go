package compare

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"corpus/pipeline/store"
	"corpus/schema"
)

// TestMain keeps temporary folders in memory where the system has such: every
// test writes versions, and each of their files is brought to the disk.
func TestMain(m *testing.M) {
	if info, err := os.Stat("/dev/shm"); err == nil && info.IsDir() && os.Getenv("TMPDIR") == "" {
		if err := os.Setenv("TMPDIR", "/dev/shm"); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

// world is what a version is made of.
type world struct {
	number     string
	shards     int
	articles   []schema.Article
	comments   []schema.Comment
	commenters []schema.Commenter
	sources    []schema.Source
	captures   []schema.Capture
	ledger     []schema.LedgerRow
	duplicates []schema.Duplicate
	lock       store.Lock
	manifest   store.Manifest
}

func ptr[T any](v T) *T { return &v }

func sum(s string) string {
	d := sha256.Sum256([]byte(s))
	return hex.EncodeToString(d[:])
}

func id(s string) string { return sum(s)[:32] }

// article is one that the source's input file holds.
func article(name, file string) schema.Article {
	a := schema.Article{
		ArticleID: id(name), IDBasis: schema.BasisURL, State: schema.StatePresent, SourceID: "s", CanonicalURL: ptr("https://a.example/" + name),
		Title: ptr("Title " + name), Text: ptr("Text " + name), TextSHA256: ptr(sum("Text " + name)),
		PublishedLocal: ptr("2026-01-05"), Byline: []string{"Jo Writer"}, CommentOrder: schema.OrderOldest,
	}
	a.InputSHA256, a.Tier, a.License, a.Split = sum(file), schema.TierStandoff, "NOASSERTION", ptr(schema.SplitTrain)
	a.Blocks = []schema.Block{{Kind: schema.BlockParagraph, End: 6}}
	return a
}

// comment is one under the article called on, by the person called by.
func comment(on, name, by, file string) schema.Comment {
	c := schema.Comment{
		CommentID: id(on + "/" + name), IDBasis: schema.BasisNative, ArticleID: id(on), ThreadID: id(on + "/" + name),
		CommenterID: ptr(id("person " + by)), CommenterBasis: schema.CommenterName, State: schema.StateVisible,
		PostedLocal: ptr("2026-01-06T10:00:00"), Text: ptr("Remark " + name), TextSHA256: ptr(sum("Remark " + name)),
	}
	c.InputSHA256, c.Tier, c.License, c.Split = sum(file), schema.TierStandoff, "NOASSERTION", ptr(schema.SplitTrain)
	return c
}

// setText gives a comment or article another text.
func setText(c *schema.Comment, text string) { c.Text, c.TextSHA256 = &text, ptr(sum(text)) }

// base is a version with two articles from two inputs and a thread of three.
func base() *world {
	w := &world{number: "1.4.2", shards: 2}
	w.articles = []schema.Article{article("one", "one.html"), article("two", "two.html")}
	w.comments = []schema.Comment{
		comment("one", "a", "anna", "one.html"), comment("one", "b", "bert", "one.html"), comment("one", "c", "cleo", "one.html"),
		comment("two", "d", "anna", "two.html"),
	}
	w.reply(1, 0)
	w.reply(2, 1)
	w.commenters = []schema.Commenter{{CommenterID: id("person anna"), Name: ptr("Anna Secret"), NComments: 2}, {CommenterID: id("person bert"), NComments: 1}, {CommenterID: id("person cleo"), NComments: 1}}
	w.sources = []schema.Source{{SourceID: "s", Format: "html"}}
	for _, f := range []string{"one.html", "two.html"} {
		w.ledger = append(w.ledger, schema.LedgerRow{SourceID: "s", InputPath: f, InputSHA256: ptr(sum(f)), Locator: "item=1", Outcome: schema.OutcomeArticle})
		w.captures = append(w.captures, schema.Capture{ArticleID: id(f[:3]), InputSHA256: sum(f), Locator: "item=1"})
		w.lock.Inputs = append(w.lock.Inputs, store.LockFile{Source: "s", Path: f, Bytes: 1, SHA256: sum(f)})
	}
	w.duplicates = []schema.Duplicate{{ClusterID: id("one"), RecordID: id("one"), Table: "articles", Rule: schema.RuleNear}}
	w.lock.ConfigSHA256, w.lock.Tool, w.lock.KeyCheck = sum("configuration"), store.Tool{Name: "corpus", Version: "0.1.0"}, "aa"
	w.manifest.Tool, w.manifest.Privacy, w.manifest.Splits = w.lock.Tool, "pseudonyms", "thread"
	return w
}

// reply makes the comment at i a reply to the one at parent.
func (w *world) reply(i, parent int) {
	p := &w.comments[parent]
	c := &w.comments[i]
	c.ParentID, c.ThreadID, c.Depth, c.Position = &p.CommentID, p.ThreadID, p.Depth+1, int32(i)
}

// write writes the version and gives its folder.
func (w *world) write(t *testing.T) string {
	t.Helper()
	out := t.TempDir()
	v, err := store.Create(out, "demo", w.number)
	if err != nil {
		t.Fatal(err)
	}
	defer v.Abort()
	for _, table := range []string{schema.TableArticles, schema.TableComments} {
		if err := v.Plan(table, 0, w.shards); err != nil {
			t.Fatal(err)
		}
	}
	write(t, v, schema.TableArticles, w.articles)
	write(t, v, schema.TableComments, w.comments)
	write(t, v, schema.TableCommenters, w.commenters)
	write(t, v, schema.TableSources, w.sources)
	write(t, v, schema.TableCaptures, w.captures)
	write(t, v, schema.TableLedger, w.ledger)
	write(t, v, schema.TableDuplicates, w.duplicates)
	lock := w.lock
	lock.Corpus, lock.Version, lock.Shards = "demo", w.number, v.Shards()
	data, err := lock.JSON()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := v.WriteFile(lockName, data); err != nil {
		t.Fatal(err)
	}
	manifest := w.manifest
	if _, err := v.Seal(&manifest); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(out, "demo", w.number)
}

func write[T any](t *testing.T, v *store.Version, table string, rows []T) {
	t.Helper()
	s, err := store.NewShards[T](v, table)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Abort()
	order, err := store.NewOrder[T](table)
	if err != nil {
		t.Fatal(err)
	}
	sorted := slices.Clone(rows)
	slices.SortStableFunc(sorted, func(a, b T) int { return order.Compare(&a, &b) })
	for _, row := range sorted {
		if err := s.Write(row); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// compareDirs compares two versions and gives all differences.
func compareDirs(t *testing.T, old, new string, memory int64) (Summary, []Difference) {
	t.Helper()
	var sides [2]*Side
	for i, dir := range []string{old, new} {
		s, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Check(context.Background()); err != nil {
			t.Fatal(err)
		}
		sides[i] = s
	}
	tmp := t.TempDir()
	r, err := Compare(context.Background(), sides[0], sides[1], Options{Dir: tmp, Memory: memory, Keep: true})
	if err != nil {
		t.Fatal(err)
	}
	var list []Difference
	for d, err := range r.Differences() {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, d)
	}
	r.Close()
	if left, _ := os.ReadDir(tmp); len(left) > 0 {
		t.Errorf("%d temporary files are left", len(left))
	}
	return r.Summary, list
}

// line is a difference in short.
func line(d Difference) string {
	column := "-"
	if d.Column != nil {
		column = *d.Column
	}
	return fmt.Sprintf("%s %s %s %s %s", d.Table, d.Change, column, d.Level, d.Cause)
}
