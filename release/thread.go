package release

import (
	"fmt"
	"reflect"

	"corpus/licenses"
	"corpus/pipeline/config"
	"corpus/release/keep"
	"corpus/schema"
)

// thread is one article while it is checked: its comments without their texts,
// and its documents.
type thread struct {
	v                *verifier
	id               string
	article          *schema.Article
	articleFile      string
	tier             *licenses.Decision // on the article, nil where there is none
	file             string             // of the comments
	nodes            []node
	refs             []ref
	documents        map[place]*document
	order            []place // of documents, as they came
	captures         int
	used             []place
	ledgerRows       int
	asArticle        int // ledger rows of outcome article
	tombstones       int
	keptInTombstones int64       // comments kept by documents of outcome tombstone
	visible          int         // comments that n_comments counts
	said             []keep.Said // comments whose text a release withholds
}

// place is where a document was read.
type place struct{ sha256, locator string }

// document is what ledger, captures and comments say of one place. Equal files
// share a place.
type document struct {
	ledger, captures   int   // rows
	read, capturesRead int64 // comments read, by ledger and by captures
	kept, comments     int64 // comments kept, by ledger, and rows from there
}

// node is a comment in its thread.
type node struct {
	id       string
	parent   string // "" for none
	inferred string
	thread   string
	depth    int32
	position int32
}

// ref is a mention of another comment's author, in a span of its text.
type ref struct {
	from, to string
	span     int
}

func (t *thread) at(sha256, locator string) *document {
	p := place{sha256, locator}
	d := t.documents[p]
	if d == nil {
		d = &document{}
		t.documents[p] = d
		t.order = append(t.order, p)
	}
	return d
}

func (t *thread) addLedger(d shown) {
	t.ledgerRows++
	switch d.outcome {
	case schema.OutcomeArticle:
		t.asArticle++
	case schema.OutcomeTombstone:
		t.tombstones++
		t.keptInTombstones += int64(d.kept)
		return
	}
	doc := t.at(d.sha256, d.locator)
	doc.ledger++
	doc.read += int64(d.read)
	doc.kept += int64(d.kept)
}

func (t *thread) addCapture(s *stream[schema.Capture]) {
	row := &s.row
	t.captures++
	doc := t.at(row.InputSHA256, row.Locator)
	doc.captures++
	doc.capturesRead += int64(row.NCommentsRead)
	if row.Used {
		t.used = append(t.used, place{row.InputSHA256, row.Locator})
	}
}

// addComment checks a comment's row and keeps its place in the thread.
func (t *thread) addComment(s *stream[schema.Comment]) {
	row := &s.row
	t.file = s.file
	if w := (written{row.Text, row.Blocks, row.Spans, row.NChars, row.NWords, row.TextSHA256}); t.v.released.text(row.Tier, row.Text != nil) {
		checkText(w, t.v.masks(), s.wrong)
	} else {
		t.v.released.withheldText(schema.TableComments, w, s.wrong)
		if row.NChars > 0 {
			t.said = append(t.said, keep.Said{ID: row.CommentID, Chars: row.NChars})
		}
	}
	checkTime("posted", row.PostedAt, row.PostedLocal, row.PostedPrecision, s.wrong)
	t.v.countMasks(row.Spans)
	if t.v.counts && row.Text != nil {
		if n := countWords(*row.Text); row.NWords != n {
			s.wrong("n_words", "is %d, the text has %d", row.NWords, n)
		}
		if n := countQuoted(*row.Text, row.Blocks); row.NWordsQuoted != n {
			s.wrong("n_words_quoted", "is %d, the quotes have %d", row.NWordsQuoted, n)
		}
	}
	if (row.InferredParentID == nil) != (row.InferredBasis == nil) {
		s.wrong("inferred_basis", "is null, or inferred_parent_id is, but not both")
	}
	if row.InferredParentID != nil && row.ParentID != nil {
		s.wrong("inferred_parent_id", "is set, although the page states a parent")
	}
	if named := row.CommenterBasis == schema.CommenterAccount || row.CommenterBasis == schema.CommenterName; named != (row.CommenterID != nil) && !t.v.unnamed() {
		s.wrong("commenter_basis", "is %s, but commenter_id says otherwise", row.CommenterBasis)
	}
	if f, l := row.FirstCapturedAt, row.LastCapturedAt; (f == nil) != (l == nil) || f != nil && *f > *l {
		s.wrong("first_captured_at", "is not before last_captured_at")
	}
	t.v.checkSplit(row.Split, s.wrong)
	if t.article != nil {
		if !equal(row.NearDuplicateCluster, t.article.NearDuplicateCluster) {
			s.wrong("near_duplicate_cluster", "is not that of its article")
		}
		if t.v.manifest.Splits != config.SplitsCommenter && !equal(row.Split, t.article.Split) {
			s.wrong("split", "is not that of its article")
		}
	}
	switch row.State {
	case schema.StateMissing:
		if row.Text != nil {
			s.wrong("state", "is missing, but there is a text")
		}
	case schema.StateTombstone:
		checkTombstone(s.table, reflect.ValueOf(row).Elem(), tombstoneOfComment, s.wrong)
		t.visible++
	default:
		t.visible++
		t.at(row.InputSHA256, row.Locator).comments++
		if (int(row.NCaptures) > t.captures || row.NCaptures < 1) && !t.tombstone() {
			s.wrong("n_captures", "is %d, the article has %d", row.NCaptures, t.captures)
		}
	}
	n := node{id: row.CommentID, thread: row.ThreadID, depth: row.Depth, position: row.Position}
	if row.ParentID != nil {
		n.parent = *row.ParentID
	}
	if row.InferredParentID != nil {
		n.inferred = *row.InferredParentID
	}
	t.nodes = append(t.nodes, n)
	for i, span := range row.Spans {
		if span.RefID != nil {
			t.refs = append(t.refs, ref{row.CommentID, *span.RefID, i})
		}
	}
}

func equal(a, b *string) bool {
	return a == nil && b == nil || a != nil && b != nil && *a == *b
}

// finish checks what only the whole thread can tell. cluster is the cluster of
// the article in the table duplicates, nil for none.
func (t *thread) finish(cluster *string) {
	if t.article == nil {
		t.orphans(cluster)
		return
	}
	t.tree()
	if t.v.released == nil {
		t.accounts()
	}
	t.proofs()
	report := t.wrong
	if int(t.article.NComments) != t.visible {
		report("n_comments", "is %d, the article has %d", t.article.NComments, t.visible)
	}
	if !equal(cluster, t.article.NearDuplicateCluster) {
		report("near_duplicate_cluster", "is not what the table duplicates says")
	}
}

// wrong reports a problem of the article.
func (t *thread) wrong(column, format string, args ...any) {
	t.v.problem(Problem{File: t.articleFile, Table: schema.TableArticles, Record: t.id, Column: column, What: fmt.Sprintf(format, args...)})
}

// wrongComment reports a problem of a comment.
func (t *thread) wrongComment(id, column, format string, args ...any) {
	t.v.problem(Problem{File: t.file, Table: schema.TableComments, Record: id, Column: column, What: fmt.Sprintf(format, args...)})
}

// wrongCapture reports a problem of the article's rows in captures.
func (t *thread) wrongCapture(column, format string, args ...any) {
	t.v.problem(Problem{File: t.v.fileOf(schema.TableCaptures, t.id), Table: schema.TableCaptures, Record: t.id, Column: column, What: fmt.Sprintf(format, args...)})
}

// orphans reports rows of an article that is not there.
func (t *thread) orphans(cluster *string) {
	report := func(table, column, what string) {
		key := t.id
		if table == schema.TableDuplicates {
			key = *cluster
		}
		t.v.problem(Problem{File: t.v.fileOf(table, key), Table: table, Record: t.id, Column: column, What: what})
	}
	if n := len(t.nodes); n > 0 {
		report(schema.TableComments, "article_id", plural(n, "comment stands", "comments stand")+" under an article that is not in the table articles")
	}
	if t.captures > 0 {
		report(schema.TableCaptures, "article_id", plural(t.captures, "capture shows", "captures show")+" an article that is not in the table articles")
	}
	if t.ledgerRows > t.tombstones {
		report(schema.TableLedger, "article_id", plural(t.ledgerRows-t.tombstones, "row names", "rows name")+" an article that is not in the table articles")
	}
	if cluster != nil {
		report(schema.TableDuplicates, "record_id", "is not in the table articles")
	}
}

// tree checks that the comments are a forest: every parent is there, depth and
// thread follow from it, nobody answers himself, and places are counted from 0.
func (t *thread) tree() {
	index := make(map[string]int, len(t.nodes))
	for i := range t.nodes {
		n := &t.nodes[i]
		if _, twice := index[n.id]; twice {
			t.wrongComment(n.id, "comment_id", "two comments of the thread have this id")
		}
		index[n.id] = i
		if right := int(n.position) == i || t.v.released != nil && (i == 0 || n.position > t.nodes[i-1].position); !right {
			t.wrongComment(n.id, "position", "is %d, it is comment %d of its article", n.position, i)
		}
	}
	for i := range t.nodes {
		n := &t.nodes[i]
		if n.inferred != "" {
			if _, ok := index[n.inferred]; !ok || n.inferred == n.id {
				t.wrongComment(n.id, "inferred_parent_id", "is %s, which is no other comment of its article", n.inferred)
			}
		}
		if n.parent == "" {
			if n.depth != 0 {
				t.wrongComment(n.id, "depth", "is %d, but it has no parent", n.depth)
			}
			if n.thread != n.id {
				t.wrongComment(n.id, "thread_id", "is %s, but it has no parent", n.thread)
			}
			continue
		}
		p, ok := index[n.parent]
		if !ok {
			t.wrongComment(n.id, "parent_id", "is %s, which is no comment of its article", n.parent)
			continue
		}
		parent := &t.nodes[p]
		if n.depth != parent.depth+1 {
			t.wrongComment(n.id, "depth", "is %d, but %d of its parent", n.depth, parent.depth)
		}
		if n.thread != parent.thread {
			t.wrongComment(n.id, "thread_id", "is %s, but %s of its parent", n.thread, parent.thread)
		}
	}
	t.cycles(index)
	for _, r := range t.refs {
		if _, ok := index[r.to]; !ok {
			t.wrongComment(r.from, fmt.Sprintf("spans[%d].ref_id", r.span), "is %s, which is no comment of its article", r.to)
		}
	}
}

// cycles reports one comment of every ring of parents.
func (t *thread) cycles(index map[string]int) {
	const unseen = 0
	walk := make([]int, len(t.nodes)) // number of the walk that came by first
	for i := range t.nodes {
		at, ok := i, true
		for ok && walk[at] == unseen {
			walk[at] = i + 1
			at, ok = index[t.nodes[at].parent]
		}
		if ok && walk[at] == i+1 {
			t.wrongComment(t.nodes[at].id, "parent_id", "leads from parent to parent back to the comment itself")
		}
	}
}

// tombstone tells whether the article was taken down.
func (t *thread) tombstone() bool {
	return t.article != nil && t.article.State == schema.StateTombstone
}

// tombstoneAccounts: every document of an article that was taken down ended as
// a tombstone, no capture is listed, and comments that stay are kept.
func (t *thread) tombstoneAccounts() {
	if n := t.ledgerRows - t.tombstones; n > 0 {
		t.wrong("state", "is tombstone, but %s of it did not end as tombstones", plural(n, "document", "documents"))
	}
	if t.captures > 0 {
		t.wrongCapture("article_id", "%s of an article that was taken down", plural(t.captures, "row tells", "rows tell"))
	}
	var kept, comments int64
	for _, p := range t.order {
		kept, comments = kept+t.documents[p].kept, comments+t.documents[p].comments
	}
	if kept += t.keptInTombstones; kept != comments {
		t.wrong("n_comments", "%s kept under it by the ledger, %s in comments", plural(int(kept), "is", "are"), plural(int(comments), "row is", "rows are"))
	}
}

// accounts holds ledger, captures, article and comments against each other.
func (t *thread) accounts() {
	if t.tombstone() {
		t.tombstoneAccounts()
		return
	}
	want := 0
	if t.article.State == schema.StatePresent {
		want = 1
	}
	if t.asArticle != want {
		t.wrong("state", "%s with outcome article, it has to be %d", plural(t.asArticle, "row of the ledger names it", "rows of the ledger name it"), want)
	}
	if len(t.used) != 1 {
		t.wrongCapture("used", "%s said to give the article's columns, it has to be one", plural(len(t.used), "capture is", "captures are"))
	} else if (place{t.article.InputSHA256, t.article.Locator}) != t.used[0] {
		t.wrong("locator", "is %s of input %s, but the capture that is used is %s of %s", t.article.Locator, t.article.InputSHA256, t.used[0].locator, t.used[0].sha256)
	}
	for _, p := range t.order {
		d := t.documents[p]
		if d.ledger != d.captures || d.read != d.capturesRead {
			t.wrongCapture("n_comments_read", "document %s of input %s: the ledger has %s with %d comments read, the captures have %s with %d",
				p.locator, p.sha256, plural(d.ledger, "row", "rows"), d.read, plural(d.captures, "row", "rows"), d.capturesRead)
		}
		if d.kept != d.comments {
			t.v.problem(Problem{
				File: t.v.fileOf(schema.TableLedger, ""), Table: schema.TableLedger, Record: t.id, Column: "n_comments_kept",
				What: fmt.Sprintf("is %d for document %s of input %s, but %s in comments", d.kept, p.locator, p.sha256, plural(int(d.comments), "row is", "rows are")),
			})
		}
	}
}
