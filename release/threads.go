package release

import (
	"fmt"
	"reflect"

	"corpus/pipeline/spill"
	"corpus/pipeline/store"
	"corpus/release/keep"
	"corpus/schema"
)

// sorted gives the records of a sorter one by one.
type sorted struct {
	it         *spill.Iterator
	key, value string
	ok         bool
}

func openSorted(s *spill.Sorter) (*sorted, error) {
	it, err := s.Sort()
	if err != nil {
		return nil, err
	}
	r := &sorted{it: it}
	return r, r.advance()
}

func (r *sorted) advance() error {
	r.ok = r.it.Next()
	r.key, r.value = string(r.it.Key()), string(r.it.Value())
	return r.it.Err()
}

// joined are the tables that name articles, each at its current row.
type joined struct {
	articles *stream[schema.Article]
	comments *stream[schema.Comment]
	captures *stream[schema.Capture]
	ledger   *sorted
	members  *sorted
}

// threads joins articles, comments, captures, ledger and clusters by article:
// all are in that order, so that one thread is held at a time. Of the texts
// none is held.
func (v *verifier) threads(sources map[string]bool, ledger, members, said, ids *spill.Sorter) (err error) {
	var j joined
	if j.ledger, err = openSorted(ledger); err != nil {
		return err
	}
	defer j.ledger.it.Close()
	if j.members, err = openSorted(members); err != nil {
		return err
	}
	defer j.members.it.Close()
	if j.articles, err = open[schema.Article](v, schema.TableArticles); err != nil {
		return err
	}
	defer j.articles.close()
	if j.comments, err = open[schema.Comment](v, schema.TableComments); err != nil {
		return err
	}
	defer j.comments.close()
	if j.captures, err = open[schema.Capture](v, schema.TableCaptures); err != nil {
		return err
	}
	defer j.captures.close()
	for {
		id, ok := j.least()
		if !ok {
			return nil
		}
		if err := v.thread(&j, id, sources, said, ids); err != nil {
			return err
		}
	}
}

// least is the smallest article that any of the tables stands at.
func (j *joined) least() (string, bool) {
	id, ok := "", false
	take := func(other string, has bool) {
		if has && (!ok || other < id) {
			id, ok = other, true
		}
	}
	take(j.articles.row.ArticleID, j.articles.ok)
	take(j.comments.row.ArticleID, j.comments.ok)
	take(j.captures.row.ArticleID, j.captures.ok)
	take(j.ledger.key, j.ledger.ok)
	take(j.members.key, j.members.ok)
	return id, ok
}

// thread checks the article id and moves all tables behind it.
func (v *verifier) thread(j *joined, id string, sources map[string]bool, said, ids *spill.Sorter) error {
	t := &thread{v: v, id: id, documents: map[place]*document{}}
	if j.articles.ok && j.articles.row.ArticleID == id {
		row := j.articles.row
		t.article, t.articleFile = &row, j.articles.file
		checkArticle(j.articles, sources)
		t.tier = v.tiers.article(&row, j.articles.wrong)
		if err := j.articles.advance(); err != nil {
			return err
		}
	}
	for j.ledger.ok && j.ledger.key == id {
		d, err := decodeShown([]byte(j.ledger.value))
		if err != nil {
			return err
		}
		t.addLedger(d)
		if err := j.ledger.advance(); err != nil {
			return err
		}
	}
	for j.captures.ok && j.captures.row.ArticleID == id {
		t.addCapture(j.captures)
		if err := j.captures.advance(); err != nil {
			return err
		}
	}
	for j.comments.ok && j.comments.row.ArticleID == id {
		if !sources[j.comments.row.SourceID] {
			j.comments.wrong("source_id", "is %q, which is not in the table sources", j.comments.row.SourceID)
		}
		if c := &j.comments.row; v.released == nil || keep.Row(c.Tier, c.State) { // of an excluded one only the place is left
			v.tiers.comment(c, t.tier, j.comments.wrong)
		}
		t.addComment(j.comments)
		if err := spillComment(&j.comments.row, said, ids); err != nil {
			return err
		}
		if err := j.comments.advance(); err != nil {
			return err
		}
	}
	var cluster *string
	for j.members.ok && j.members.key == id {
		if cluster != nil {
			v.problem(Problem{File: v.fileOf(schema.TableDuplicates, j.members.value), Table: schema.TableDuplicates, Record: id, Column: "record_id", What: "the record is in two clusters"})
		}
		value := j.members.value
		cluster = &value
		if err := j.members.advance(); err != nil {
			return err
		}
	}
	t.finish(cluster)
	return nil
}

// checkArticle checks what an article's row says of itself.
func checkArticle(s *stream[schema.Article], sources map[string]bool) {
	row := &s.row
	if row.State == schema.StateTombstone {
		checkTombstone(s.table, reflect.ValueOf(row).Elem(), tombstoneOfArticle, s.wrong)
	}
	if !sources[row.SourceID] {
		s.wrong("source_id", "is %q, which is not in the table sources", row.SourceID)
	}
	if hasText := row.Text != nil && *row.Text != "" || s.v.released != nil && row.NChars > 0; hasText != (row.State == schema.StatePresent) {
		s.wrong("state", "is %s, but the text says otherwise", row.State)
	}
	if w := (written{row.Text, row.Blocks, row.Spans, row.NChars, row.NWords, row.TextSHA256}); s.v.released.text(row.Tier, row.Text != nil) {
		checkText(w, s.v.masks(), s.wrong)
	} else {
		s.v.released.withheldText(schema.TableArticles, w, s.wrong)
	}
	s.v.countMasks(row.Spans)
	if s.v.counts && row.Text != nil {
		words, sentences := countWords(*row.Text), countSentences(*row.Text)
		if row.NWords != words {
			s.wrong("n_words", "is %d, the text has %d", row.NWords, words)
		}
		if row.NSentences != sentences {
			s.wrong("n_sentences", "is %d, the text has %d", row.NSentences, sentences)
		}
	}
	checkTime("published", row.PublishedAt, row.PublishedLocal, row.PublishedPrecision, s.wrong)
	s.v.checkSplit(row.Split, s.wrong)
	for i, span := range row.Spans {
		if span.RefID != nil {
			s.wrong(fmt.Sprintf("spans[%d].ref_id", i), "is set, but an article answers no comment")
		}
	}
}

// fileOf is the file of a table in which rows of a shard key stand.
func (v *verifier) fileOf(table, key string) string {
	files := v.manifest.TableFiles(table)
	if len(files) == 1 {
		return files[0].Path
	}
	shard, err := store.ShardOf(key, len(files))
	if err != nil {
		return "" // another problem tells of the key
	}
	return files[shard].Path
}

func plural(n int, one, many string) string {
	if n == 1 {
		return fmt.Sprintf("%d %s", n, one)
	}
	return fmt.Sprintf("%d %s", n, many)
}
