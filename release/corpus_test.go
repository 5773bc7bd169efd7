package release

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	textform "corpus/pipeline/normalize/text"
	"corpus/pipeline/store"
	"corpus/schema"
)

// corpus is a version as rows that tests can change before it is written. What
// follows from the rows, such as the sums of the manifest, is made right when
// it is written, so that only a look at the rows themselves finds a change.
type corpus struct {
	articles   []schema.Article
	comments   []schema.Comment
	commenters []schema.Commenter
	captures   []schema.Capture
	sources    []schema.Source
	ledger     []schema.LedgerRow
	duplicates []schema.Duplicate

	lock     *store.Lock
	shard    func(table string, row int, key string) int // where a row is put; nil for where it belongs
	manifest func(m *store.Manifest)                     // a last change of the manifest
	metadata string                                      // name of the corpus in the files' metadata
}

const shards = 2 // of articles and comments

func ptr[T any](v T) *T { return &v }

// ident is an id with a leading byte.
func ident(head byte, n int) string { return fmt.Sprintf("%02x%030x", head, n) }

func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// Ids of the corpus; a and b are in different shards.
var (
	idA, idB, idC              = ident(0x10, 1), ident(0x90, 2), ident(0xa0, 3)
	c1, c2, c3, gone, c4       = ident(0xc0, 1), ident(0xc0, 2), ident(0xc0, 3), ident(0xc0, 9), ident(0xc0, 4)
	c5                         = ident(0xc0, 5)
	pat, kim                   = ident(0x01, 1), ident(0xf0, 2)
	pageA, pageB, pageC        = digest("page a"), digest("page b"), digest("page c")
	pageA2                     = digest("page a, later")
	rights                     = schema.Rights{License: "NOASSERTION", Tier: "standoff"}
	minute               int64 = 60_000_000
)

// article is an article of two blocks, a heading and a paragraph.
func article(id, page, text string) schema.Article {
	head := "The Harbour"
	full := head + "\n\n" + text
	n := int32(utf8.RuneCountInString(full))
	start := int32(utf8.RuneCountInString(head))
	return schema.Article{
		ArticleID: id, IDBasis: "url", State: "present", SourceID: "gazette", URL: ptr("https://gazette.example/" + id[:4]),
		Title: &head, Text: &full, TextSHA256: ptr(digest(full)), NChars: n, NWords: countWords(full), NSentences: countSentences(full),
		Blocks:       []schema.Block{{Kind: "heading", Level: 2, Start: 0, End: start}, {Kind: "paragraph", Start: start + 2, End: n}},
		CommentOrder: "oldest", Lang: ptr("en"), LangScore: ptr(int32(990)), Rights: rights,
		PublishedAt: ptr(minute), PublishedLocal: ptr("1970-01-01T01:01"), PublishedPrecision: ptr("minute"),
		Provenance: schema.Provenance{InputSHA256: page, Locator: "offset=0", Extractor: "html 1"},
	}
}

// comment is a comment of one paragraph on the article.
func comment(id, article, page string, position int32, text string) schema.Comment {
	n := int32(utf8.RuneCountInString(text))
	return schema.Comment{
		CommentID: id, IDBasis: "native", ArticleID: article, SourceID: "gazette", ThreadID: id, Position: position,
		CommenterBasis: "none", State: "visible", Text: &text, TextSHA256: ptr(digest(text)), NChars: n, NWords: countWords(text),
		Blocks: []schema.Block{{Kind: "paragraph", End: n}}, NCaptures: 1, Rights: rights,
		Provenance: schema.Provenance{InputSHA256: page, Locator: "offset=0", Extractor: "html 1"},
	}
}

func (c *corpus) article(id string) *schema.Article {
	return &c.articles[slices.IndexFunc(c.articles, func(a schema.Article) bool { return a.ArticleID == id })]
}

func (c *corpus) comment(id string) *schema.Comment {
	return &c.comments[slices.IndexFunc(c.comments, func(a schema.Comment) bool { return a.CommentID == id })]
}

// goodCorpus is a version without a fault: three articles, two of them near
// duplicates, one with a thread in which every relation occurs.
func goodCorpus() *corpus {
	c := &corpus{metadata: "demo"}
	c.articles = []schema.Article{
		article(idA, pageA2, "Ferries füllen the harbour again. 😀 Nobody knows why."),
		article(idB, pageB, "A budget was passed. It is small."),
		article(idC, pageC, "A budget was passed. It is smaller."),
	}
	c.articles[0].NComments = 4
	c.articles[1].NComments = 1
	for i := 1; i < 3; i++ {
		c.articles[i].NearDuplicateCluster = &idB
	}

	first := comment(c1, idA, pageA2, 0, "Good news.")
	first.CommenterID, first.CommenterBasis, first.PostedAt = &pat, "account", ptr(10*minute)
	first.PostedLocal, first.PostedPrecision = ptr("1970-01-01T01:10"), ptr("minute")
	first.NCaptures = 2
	reply := comment(c2, idA, pageA2, 1, "Nonsense, and a quote.")
	reply.ParentID, reply.ThreadID, reply.Depth = &c1, c1, 1
	reply.CommenterID, reply.CommenterBasis = &kim, "name"
	third := comment(c3, idA, pageA, 2, "[user]: write to [email], ünlike you.")
	third.InferredParentID, third.InferredBasis = &c2, ptr("address")
	third.CommenterID, third.CommenterBasis, third.PostedAt = &pat, "account", ptr(5*minute)
	third.PostedLocal, third.PostedPrecision = ptr("1970-01-01T01:05:00"), ptr("second")
	third.Spans = []schema.Span{{Kind: "mention", Start: 0, End: 6, RefID: &c2}, {Kind: "email", Start: 17, End: 24}}
	missing := schema.Comment{
		CommentID: gone, IDBasis: "native", ArticleID: idA, SourceID: "gazette", ThreadID: gone, Position: 3, CommenterBasis: "none", State: "missing", Rights: rights,
		Provenance: schema.Provenance{InputSHA256: pageA2, Locator: "offset=0", Extractor: "html 1"},
	}
	orphan := comment(c4, idA, pageA2, 4, "I answer somebody who is gone.")
	orphan.ParentID, orphan.ThreadID, orphan.Depth = &gone, gone, 1
	orphan.CommenterBasis = "generic"
	other := comment(c5, idB, pageB, 0, "Small indeed.")
	other.CommenterID, other.CommenterBasis, other.NearDuplicateCluster = &pat, "account", &idB
	other.PostedAt, other.PostedLocal, other.PostedPrecision = ptr(20*minute), ptr("1970-01-01T01:20"), ptr("minute")
	c.comments = []schema.Comment{first, reply, third, missing, orphan, other}

	c.commenters = []schema.Commenter{
		{CommenterID: pat, NComments: 3, NArticles: 2, FirstPostedAt: ptr(5 * minute), LastPostedAt: ptr(20 * minute)},
		{CommenterID: kim, NComments: 1, NArticles: 1},
	}
	c.captures = []schema.Capture{
		{ArticleID: idA, InputSHA256: pageA2, Locator: "offset=0", CapturedAt: ptr(9 * minute), NCommentsRead: 3, Used: true},
		{ArticleID: idA, InputSHA256: pageA, Locator: "offset=0", CapturedAt: ptr(8 * minute), NCommentsRead: 2},
		{ArticleID: idB, InputSHA256: pageB, Locator: "offset=0", NCommentsRead: 1, Used: true},
		{ArticleID: idC, InputSHA256: pageC, Locator: "offset=0", Used: true},
	}
	c.sources = []schema.Source{{SourceID: "gazette", Format: "html"}, {SourceID: "letters", Format: "textpage"}}
	row := func(path, page, outcome, article string, read, kept, duplicate int32) schema.LedgerRow {
		return schema.LedgerRow{SourceID: "gazette", InputPath: path, InputSHA256: ptr(page), Locator: "offset=0", Outcome: outcome, ArticleID: &article, NCommentsRead: read, NCommentsKept: kept, NCommentsDuplicate: duplicate}
	}
	older := row("a-1.html", pageA, "capture", idA, 2, 1, 1)
	older.Reason = ptr("newer_capture")
	c.ledger = []schema.LedgerRow{
		older,
		row("a-2.html", pageA2, "article", idA, 3, 3, 0),
		row("b.html", pageB, "article", idB, 1, 1, 0),
		row("c.html", pageC, "article", idC, 0, 0, 0),
		{SourceID: "letters", InputPath: "empty.txt", InputSHA256: ptr(digest("")), Outcome: "rejected", Reason: ptr("empty")},
		{SourceID: "letters", InputPath: "vanished.txt", Outcome: "rejected", Reason: ptr("unreadable")},
	}
	c.duplicates = []schema.Duplicate{
		{ClusterID: idB, RecordID: idB, Table: "articles", Kept: true, Similarity: 1000, Rule: "near"},
		{ClusterID: idB, RecordID: idC, Table: "articles", Similarity: 870, Rule: "near"},
	}
	c.lock = &store.Lock{
		Corpus: "demo", Version: "1.0.0", Tool: store.Tool{Name: "corpus", Version: "test"}, ConfigSHA256: digest("config"),
		Shards: map[string]int{},
	}
	for _, r := range c.ledger {
		f := store.LockFile{Source: r.SourceID, Path: r.InputPath, Bytes: 1}
		if r.InputSHA256 != nil {
			f.SHA256 = *r.InputSHA256
		}
		c.lock.Inputs = append(c.lock.Inputs, f)
	}
	return c
}

// shardsOf is the number of files of a table of the corpus.
func shardsOf(table string) int {
	if table == schema.TableArticles || table == schema.TableComments {
		return shards
	}
	return 1
}

// write writes the version and gives its folder.
func (c *corpus) write(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	m := &store.Manifest{
		Schema: schema.Version, Corpus: "demo", Version: "1.0.0", Tool: c.lock.Tool, Format: store.FormatVersion,
		Privacy: "pseudonyms", Splits: "none", Unicode: textform.UnicodeVersion,
		Rows: map[string]int64{}, Shards: map[string]int{}, Masked: map[string]int64{},
	}
	for _, a := range c.articles {
		for _, s := range a.Spans {
			m.Masked[s.Kind]++
		}
	}
	for _, x := range c.comments {
		for _, s := range x.Spans {
			m.Masked[s.Kind]++
		}
	}
	m.Sources = accounts(c.sources, c.ledger)
	writeRows(t, c, m, dir, schema.TableArticles, c.articles)
	writeRows(t, c, m, dir, schema.TableComments, c.comments)
	writeRows(t, c, m, dir, schema.TableCommenters, c.commenters)
	writeRows(t, c, m, dir, schema.TableCaptures, c.captures)
	writeRows(t, c, m, dir, schema.TableSources, c.sources)
	writeRows(t, c, m, dir, schema.TableLedger, c.ledger)
	writeRows(t, c, m, dir, schema.TableDuplicates, c.duplicates)
	lock := *c.lock
	lock.Shards = m.Shards
	if len(c.lock.Shards) > 0 {
		lock.Shards = c.lock.Shards
	}
	data, err := lock.JSON()
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{"README.md": []byte("# Demo\n"), lockName: data} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil {
			t.Fatal(err)
		}
		m.Files = append(m.Files, store.FileInfo{Path: name, Bytes: int64(len(content)), SHA256: digest(string(content))})
	}
	if c.manifest != nil {
		c.manifest(m)
	}
	writeManifest(t, dir, m)
	return dir
}

func writeManifest(t *testing.T, dir string, m *store.Manifest) {
	t.Helper()
	slices.SortFunc(m.Files, func(a, b store.FileInfo) int { return strings.Compare(a.Path, b.Path) })
	data, err := m.JSON()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, store.ManifestName), data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// writeRows writes a table without a look at the order of its rows.
func writeRows[T any](t *testing.T, c *corpus, m *store.Manifest, dir, table string, rows []T) {
	t.Helper()
	tab, _ := schema.TableOf(table)
	n := shardsOf(table)
	m.Shards[table], m.Rows[table] = n, int64(len(rows))
	for i := range n {
		w, err := store.NewWriter[T](dir, store.ShardPath(tab, i, n), table, c.metadata)
		if err != nil {
			t.Fatal(err)
		}
		defer w.Abort()
		for j := range rows {
			if n > 1 {
				column, _ := tab.Column(tab.Shard)
				key := reflect.ValueOf(rows[j]).FieldByIndex(column.Index).String()
				shard, err := store.ShardOf(key, n)
				if c.shard != nil {
					shard, err = c.shard(table, j, key), nil
				}
				if err != nil || shard != i {
					continue
				}
			}
			if err := w.Write(rows[j]); err != nil {
				t.Fatal(err)
			}
		}
		info, err := w.Close()
		if err != nil {
			t.Fatal(err)
		}
		m.Files = append(m.Files, info)
	}
}

// accounts are the accounts of the sources, out of the ledger.
func accounts(sources []schema.Source, ledger []schema.LedgerRow) []store.SourceCounts {
	var list []store.SourceCounts
	for _, s := range sources {
		n := store.SourceCounts{SourceID: s.SourceID, Outcomes: map[string]int64{}, Rejected: map[string]int64{}}
		for i := range ledger {
			if ledger[i].SourceID == s.SourceID {
				addCounts(&n, &ledger[i])
			}
		}
		list = append(list, n)
	}
	return list
}

// verify gives the problems of the version in dir.
func verify(t *testing.T, dir string) ([]Problem, Summary) {
	t.Helper()
	var problems []Problem
	summary, err := Verify(context.Background(), dir, func(p Problem) { problems = append(problems, p) })
	if err != nil {
		t.Fatal(err)
	}
	if summary.Problems != len(problems) {
		t.Errorf("%d problems counted, %d reported", summary.Problems, len(problems))
	}
	return problems, summary
}

func lines(problems []Problem) string {
	var b strings.Builder
	for _, p := range problems {
		fmt.Fprintf(&b, "\n    %s", p)
	}
	return b.String()
}
