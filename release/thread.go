package release

import (
	"fmt"

	"corpus/pipeline/config"
	"corpus/schema"
)

// thread is one article while it is checked: its comments without their texts,
// and its documents.
type thread struct {
	v           *verifier
	id          string
	article     *schema.Article
	articleFile string
	file        string // of the comments
	nodes       []node
	refs        []ref
	documents   map[place]*document
	order       []place // of documents, as they came
	captures    int
	used        []place
	ledgerRows  int
	asArticle   int // ledger rows of outcome article
	tombstones  int
	visible     int // comments that n_comments counts
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

// ref is a mention of another comment's author.
type ref struct{ from, to string }

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
	checkText(written{row.Text, row.Blocks, row.Spans, row.NChars, row.NWords, row.TextSHA256}, t.v.masks(), s.wrong)
	checkTime("posted", row.PostedAt, row.PostedLocal, row.PostedPrecision, s.wrong)
	if row.NWordsQuoted > row.NWords {
		s.wrong("n_words_quoted is %d of %d words", row.NWordsQuoted, row.NWords)
	}
	if (row.InferredParentID == nil) != (row.InferredBasis == nil) {
		s.wrong("inferred_parent_id and inferred_basis are not null together")
	}
	if row.InferredParentID != nil && row.ParentID != nil {
		s.wrong("a parent is inferred although the page states one")
	}
	if named := row.CommenterBasis == schema.CommenterAccount || row.CommenterBasis == schema.CommenterName; named != (row.CommenterID != nil) {
		s.wrong("commenter_basis is %s, but commenter_id says otherwise", row.CommenterBasis)
	}
	if f, l := row.FirstCapturedAt, row.LastCapturedAt; (f == nil) != (l == nil) || f != nil && *f > *l {
		s.wrong("first_captured_at is not before last_captured_at")
	}
	t.v.checkSplit(row.Split, s.wrong)
	if t.article != nil {
		if !equal(row.NearDuplicateCluster, t.article.NearDuplicateCluster) {
			s.wrong("near_duplicate_cluster is not that of its article")
		}
		if t.v.manifest.Splits != config.SplitsCommenter && !equal(row.Split, t.article.Split) {
			s.wrong("split is not that of its article")
		}
	}
	switch row.State {
	case schema.StateMissing:
		if row.Text != nil {
			s.wrong("the state is missing, but there is a text")
		}
	case schema.StateTombstone:
		t.visible++
	default:
		t.visible++
		t.at(row.InputSHA256, row.Locator).comments++
		if int(row.NCaptures) > t.captures || row.NCaptures < 1 {
			s.wrong("n_captures is %d, the article has %d", row.NCaptures, t.captures)
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
	for _, span := range row.Spans {
		if span.RefID != nil {
			t.refs = append(t.refs, ref{row.CommentID, *span.RefID})
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
	t.accounts()
	report := t.wrong
	if int(t.article.NComments) != t.visible {
		report("n_comments is %d, the article has %d", t.article.NComments, t.visible)
	}
	if !equal(cluster, t.article.NearDuplicateCluster) {
		report("near_duplicate_cluster is not what the table duplicates says")
	}
}

// wrong reports a problem of the article.
func (t *thread) wrong(format string, args ...any) {
	t.v.problem(Problem{File: t.articleFile, Table: schema.TableArticles, Record: t.id, What: fmt.Sprintf(format, args...)})
}

// wrongComment reports a problem of a comment.
func (t *thread) wrongComment(id, format string, args ...any) {
	t.v.problem(Problem{File: t.file, Table: schema.TableComments, Record: id, What: fmt.Sprintf(format, args...)})
}

// orphans reports rows of an article that is not there.
func (t *thread) orphans(cluster *string) {
	report := func(table, format string, args ...any) {
		t.v.problem(Problem{Table: table, Record: t.id, What: fmt.Sprintf(format, args...)})
	}
	if n := len(t.nodes); n > 0 {
		report(schema.TableComments, "%s under an article that is not in the table articles", plural(n, "comment stands", "comments stand"))
	}
	if t.captures > 0 {
		report(schema.TableCaptures, "%s an article that is not in the table articles", plural(t.captures, "capture shows", "captures show"))
	}
	if t.ledgerRows > t.tombstones {
		report(schema.TableLedger, "%s an article that is not in the table articles", plural(t.ledgerRows, "row names", "rows name"))
	}
	if cluster != nil {
		report(schema.TableDuplicates, "the record is not in the table articles")
	}
}

// tree checks that the comments are a forest: every parent is there, depth and
// thread follow from it, and places are counted from 0. A depth above 0 is one
// more than that of a comment which is there, so there can be no cycle.
func (t *thread) tree() {
	index := make(map[string]int, len(t.nodes))
	for i := range t.nodes {
		n := &t.nodes[i]
		if _, twice := index[n.id]; twice {
			t.wrongComment(n.id, "two comments of the thread have this id")
		}
		index[n.id] = i
		if int(n.position) != i {
			t.wrongComment(n.id, "position is %d, it is comment %d of its article", n.position, i)
		}
	}
	for i := range t.nodes {
		n := &t.nodes[i]
		if n.inferred != "" {
			if _, ok := index[n.inferred]; !ok || n.inferred == n.id {
				t.wrongComment(n.id, "inferred_parent_id is no other comment of its article")
			}
		}
		if n.parent == "" {
			if n.depth != 0 || n.thread != n.id {
				t.wrongComment(n.id, "has no parent, but depth %d and thread_id %s", n.depth, n.thread)
			}
			continue
		}
		p, ok := index[n.parent]
		if !ok {
			t.wrongComment(n.id, "parent_id is no comment of its article")
			continue
		}
		if parent := &t.nodes[p]; n.depth != parent.depth+1 || n.thread != parent.thread {
			t.wrongComment(n.id, "has depth %d and thread_id %s, its parent %d and %s", n.depth, n.thread, parent.depth, parent.thread)
		}
	}
	for _, r := range t.refs {
		if _, ok := index[r.to]; !ok {
			t.wrongComment(r.from, "ref_id of a span is no comment of its article")
		}
	}
}

// accounts holds ledger, captures, article and comments against each other.
func (t *thread) accounts() {
	if t.article.State == schema.StateTombstone {
		return
	}
	want := 0
	if t.article.State == schema.StatePresent {
		want = 1
	}
	if t.asArticle != want {
		t.wrong("%s with outcome article, it has to be %d", plural(t.asArticle, "row of the ledger names it", "rows of the ledger name it"), want)
	}
	if len(t.used) != 1 {
		t.wrong("%s said to give its columns, it has to be one", plural(len(t.used), "capture is", "captures are"))
	} else if (place{t.article.InputSHA256, t.article.Locator}) != t.used[0] {
		t.wrong("it was read at %s, but the capture that is used at %s", t.article.Locator, t.used[0].locator)
	}
	for _, p := range t.order {
		d := t.documents[p]
		if d.ledger != d.captures || d.read != d.capturesRead {
			t.wrong("document %s of input %s: the ledger has %s with %d comments read, the captures have %s with %d",
				p.locator, p.sha256, plural(d.ledger, "row", "rows"), d.read, plural(d.captures, "row", "rows"), d.capturesRead)
		}
		if d.kept != d.comments {
			t.wrong("document %s of input %s: the ledger says %d comments kept, %s", p.locator, p.sha256, d.kept, plural(int(d.comments), "is there", "are there"))
		}
	}
}
