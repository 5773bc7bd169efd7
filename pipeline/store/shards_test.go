package store

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"corpus/schema"
)

func TestShardCount(t *testing.T) {
	for _, c := range []struct {
		raw     int64
		minimum int
		want    int
	}{
		{0, 0, 1}, {shardRawBytes, 0, 1}, {shardRawBytes + 1, 0, 2}, {2*shardRawBytes + 2, 0, 4},
		{0, 8, 8}, {100 * shardRawBytes, 8, 128}, {1 << 62, 0, maxShards}, {1 << 62, maxShards, maxShards},
	} {
		got, err := ShardCount(c.raw, c.minimum)
		if err != nil || got != c.want {
			t.Errorf("%d bytes, at least %d: %d, %v; want %d", c.raw, c.minimum, got, err, c.want)
		}
	}
	for _, minimum := range []int{-1, 3, 6, maxShards + 1, maxShards * 2} {
		if n, err := ShardCount(0, minimum); err == nil {
			t.Errorf("at least %d: %d", minimum, n)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		raw := rapid.Int64Range(0, 1<<50).Draw(t, "raw")
		before, err := ShardCount(rapid.Int64Range(0, 1<<50).Draw(t, "before"), 0)
		if err != nil {
			t.Fatal(err)
		}
		n, err := ShardCount(raw, before)
		if err != nil || n < before || n&(n-1) != 0 {
			t.Fatalf("%d after %d, %v", n, before, err)
		}
	})
}

// Doubling the shards splits every one of them in two and moves no row else.
func TestShardsOnlySplit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id := fmt.Sprintf("%08x%024x", rapid.Uint32().Draw(t, "head"), rapid.Uint64().Draw(t, "tail"))
		before := 0
		for n := 1; n <= maxShards; n *= 2 {
			shard, err := ShardOf(id, n)
			if err != nil || shard < 0 || shard >= n {
				t.Fatalf("%s: shard %d of %d, %v", id, shard, n, err)
			}
			if n > 1 && shard/2 != before {
				t.Fatalf("%s: from shard %d of %d to shard %d of %d", id, before, n/2, shard, n)
			}
			before = shard
		}
	})
	for _, n := range []int{-1, 0, 3, maxShards * 2} {
		if _, err := ShardOf(id(1, 1), n); err == nil {
			t.Errorf("%d shards", n)
		}
	}
	for _, id := range []string{"", "0000000", "+0000000aa", "0x000000aa", "zzzzzzzz"} {
		if shard, err := ShardOf(id, 4); err == nil {
			t.Errorf("%q is in shard %d", id, shard)
		}
	}
}

// threads are comments of n articles in the order of the table.
func threads(n, comments int) []schema.Comment {
	var rows []schema.Comment
	for i := range n {
		article := id(byte(i*256/n), i)
		for j := range comments {
			text := fmt.Sprintf("comment %d of article %d: %s", j, i, strings.Repeat("words ", j%7))
			rows = append(rows, schema.Comment{
				CommentID: fmt.Sprintf("%032x", i*comments+j), IDBasis: "native", ArticleID: article, ThreadID: article,
				Position: int32(j), CommenterBasis: "none", State: "visible", Text: &text,
				Blocks: []schema.Block{{Kind: "paragraph", End: int32(len(text))}},
			})
		}
	}
	return rows
}

func TestThreadsStayInOneShardAndRowGroup(t *testing.T) {
	rows := threads(64, 9)
	v := newVersion(t, t.TempDir(), 1000)
	defer v.Abort()
	if err := v.Plan("comments", 0, 4); err != nil {
		t.Fatal(err)
	}
	files := writeTable(t, v, "comments", rows)
	if len(files) != 4 {
		t.Fatalf("%d shards", len(files))
	}
	i, groups := 0, 0
	for shard, info := range files {
		f, closer, err := OpenParquet(v.dir, info)
		if err != nil {
			t.Fatal(err)
		}
		groups += len(f.RowGroups())
		for _, g := range f.RowGroups() {
			if n := g.NumRows(); n%9 != 0 || n == 0 {
				t.Errorf("%s has a row group of %d rows: a thread is split", info.Path, n)
			}
		}
		closer.Close()
		for row, err := range FileRows[schema.Comment](v.dir, info) {
			if err != nil {
				t.Fatal(err)
			}
			if want, _ := ShardOf(row.ArticleID, 4); want != shard {
				t.Fatalf("article %s is in shard %d", row.ArticleID, shard)
			}
			if row.CommentID != rows[i].CommentID {
				t.Fatalf("row %d is comment %s, want %s", i, row.CommentID, rows[i].CommentID)
			}
			i++
		}
	}
	if i != len(rows) || groups < 8 {
		t.Errorf("%d rows in %d row groups", i, groups)
	}
}

// All shards are there, with or without rows, whatever the order of ids.
func TestEmptyShards(t *testing.T) {
	for _, heads := range [][]byte{nil, {0x00}, {0xff}, {0x40, 0xc0}} {
		v := newVersion(t, t.TempDir(), groupRawBytes)
		defer v.Abort()
		if err := v.Plan("articles", 0, 4); err != nil {
			t.Fatal(err)
		}
		var rows []schema.Article
		for _, head := range heads {
			rows = append(rows, article(id(head, 1)))
		}
		files := writeTable(t, v, "articles", rows)
		n := 0
		for i, f := range files {
			if want := fmt.Sprintf("data/articles/train-%05d-of-00004.parquet", i); f.Path != want {
				t.Errorf("file %d is %s", i, f.Path)
			}
			for _, err := range FileRows[schema.Article](v.dir, f) {
				if err != nil {
					t.Fatal(err)
				}
				n++
			}
		}
		if len(files) != 4 || n != len(heads) {
			t.Errorf("%d files with %d rows", len(files), n)
		}
		v.Abort()
	}
}

func TestPlan(t *testing.T) {
	v := newVersion(t, t.TempDir(), groupRawBytes)
	defer v.Abort()
	if err := v.Plan("pages", 0, 0); err == nil {
		t.Error("a table that there is not")
	}
	if err := v.Plan("articles", 0, 3); err == nil {
		t.Error("three shards")
	}
	for _, table := range []string{"ledger", "sources"} {
		if err := v.Plan(table, 1<<40, 0); err != nil {
			t.Fatal(err)
		}
		if n := v.Shards()[table]; n != 1 {
			t.Errorf("%s has %d files", table, n)
		}
	}
}

func TestShardsRefuse(t *testing.T) {
	bad := "bad \xff"
	a, b := article(id(1, 1)), article(id(1, 2))
	for name, c := range map[string]struct {
		rows []schema.Article
		want string
	}{
		"out of order":       {[]schema.Article{b, a}, "out of order by article_id"},
		"twice":              {[]schema.Article{a, a}, "the same article_id"},
		"no id":              {[]schema.Article{article("hello, world")}, "no id"},
		"invalid UTF-8":      {[]schema.Article{{ArticleID: id(1, 1), Title: &bad}}, "title is not valid UTF-8"},
		"in a list":          {[]schema.Article{{ArticleID: id(1, 1), Tags: []string{"a", bad}}}, "tags is not valid UTF-8"},
		"in a list of parts": {[]schema.Article{{ArticleID: id(1, 1), Spans: []schema.Span{{RefID: &bad}}}}, "spans: column ref_id is not valid UTF-8"},
	} {
		t.Run(name, func(t *testing.T) {
			v := newVersion(t, t.TempDir(), groupRawBytes)
			defer v.Abort()
			s, err := NewShards[schema.Article](v, "articles")
			if err != nil {
				t.Fatal(err)
			}
			defer s.Abort()
			for i := range c.rows {
				if err = s.Write(c.rows[i]); err != nil {
					if again := s.Write(b); again == nil {
						t.Error("an error is not final")
					}
					break
				}
			}
			if files, closing := s.Close(); closing == nil {
				t.Fatalf("written: %v", files)
			} else if err == nil {
				err = closing
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %q", err, c.want)
			}
			if left := tree(t, v.dir); slices.ContainsFunc(left, func(n string) bool { return strings.HasSuffix(n, ".tmp") }) {
				t.Errorf("left: %v", left)
			}
			if len(v.Files()) != 0 {
				t.Errorf("files: %v", v.Files())
			}
		})
	}
	v := newVersion(t, t.TempDir(), groupRawBytes)
	defer v.Abort()
	if _, err := NewShards[schema.Article](v, "comments"); err == nil {
		t.Error("articles can be written as comments")
	}
	if _, err := NewWriter[schema.Article](v.dir, "x.parquet", "comments", "demo"); err == nil {
		t.Error("articles can be written as comments")
	}
}

// The bytes of a version follow from its rows: not from when rows come, who
// writes at the same time, how many processors there are, or the folder.
func TestSameBytes(t *testing.T) {
	comments := threads(40, 6)
	articles := make([]schema.Article, 40)
	for i := range articles {
		articles[i] = article(comments[i*6].ArticleID)
		articles[i].Title = ptr(fmt.Sprintf("Title %d", i))
	}
	build := func(processors int, together bool) []FileInfo {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
		v := newVersion(t, filepath.Join(t.TempDir(), fmt.Sprint(rand.Int64())), 3000)
		defer v.Abort()
		for _, table := range []string{"articles", "comments"} {
			if err := v.Plan(table, 0, 2); err != nil {
				t.Fatal(err)
			}
		}
		a, err := NewShards[schema.Article](v, "articles")
		if err != nil {
			t.Fatal(err)
		}
		c, err := NewShards[schema.Comment](v, "comments")
		if err != nil {
			t.Fatal(err)
		}
		defer a.Abort()
		defer c.Abort()
		writeArticles := func() {
			for i := range articles {
				if err := a.Write(articles[i]); err != nil {
					t.Error(err)
				}
				if i%7 == 0 {
					runtime.Gosched()
				}
			}
		}
		writeComments := func() {
			for i := range comments {
				if err := c.Write(comments[i]); err != nil {
					t.Error(err)
				}
			}
		}
		if together {
			var wg sync.WaitGroup
			wg.Go(writeArticles)
			wg.Go(writeComments)
			wg.Wait()
		} else {
			writeComments()
			writeArticles()
		}
		if _, err := c.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := a.Close(); err != nil {
			t.Fatal(err)
		}
		return v.Files()
	}
	want := build(1, false)
	if len(want) != 4 {
		t.Fatalf("files: %v", want)
	}
	for _, processors := range []int{1, 2, 8} {
		for _, together := range []bool{false, true} {
			if got := build(processors, together); !slices.Equal(got, want) {
				t.Errorf("%d processors, together %v: other bytes", processors, together)
			}
		}
	}
}

// A file written row by row is that of Shards, and no row of the batches that
// Shards sends to its goroutine moves a page.
func TestWriterGivesTheBytesOfShards(t *testing.T) {
	rows := threads(30, 10)
	v := newVersion(t, t.TempDir(), groupRawBytes)
	defer v.Abort()
	files := writeTable(t, v, "comments", rows)
	dir := t.TempDir()
	w, err := NewWriter[schema.Comment](dir, files[0].Path, "comments", "demo")
	if err != nil {
		t.Fatal(err)
	}
	for i := range rows {
		if err := w.Write(rows[i]); err != nil {
			t.Fatal(err)
		}
	}
	info, err := w.Close()
	if err != nil {
		t.Fatal(err)
	}
	if info != files[0] {
		t.Errorf("%+v, want %+v", info, files[0])
	}
	if err := w.Write(rows[0]); err == nil {
		t.Error("a closed writer writes")
	}
}
