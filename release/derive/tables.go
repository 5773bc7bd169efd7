package derive

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"iter"

	"corpus/pipeline/config"
	"corpus/pipeline/spill"
	"corpus/pipeline/store"
	"corpus/release/keep"
	"corpus/schema"
)

// rows gives the rows of a table one by one.
type rows[T any] struct {
	next func() (T, error, bool)
	stop func()
	row  T
	ok   bool
}

func open[T any](dir, table string) (*rows[T], error) {
	r := &rows[T]{}
	r.next, r.stop = iter.Pull2(store.Rows[T](dir, table))
	if err := r.advance(); err != nil {
		r.stop()
		return nil, err
	}
	return r, nil
}

func (r *rows[T]) advance() error {
	var err error
	r.row, err, r.ok = r.next()
	return err
}

// threads writes articles, comments and captures: one thread at a time.
func (d *derivation) threads(ctx context.Context) error {
	comments, err := open[schema.Comment](d.Dir, schema.TableComments)
	if err != nil {
		return err
	}
	defer comments.stop()
	captures, err := open[schema.Capture](d.Dir, schema.TableCaptures)
	if err != nil {
		return err
	}
	defer captures.stop()
	w, err := newWriters(d.version)
	if err != nil {
		return err
	}
	defer w.abort()
	r := newReducer(d.terms, d.build.Corpus, d.Key)
	for article, err := range store.Rows[schema.Article](d.Dir, schema.TableArticles) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		t := &thread{article: article}
		for comments.ok && comments.row.ArticleID == article.ArticleID {
			t.comments = append(t.comments, comments.row)
			if err := comments.advance(); err != nil {
				return err
			}
		}
		for captures.ok && captures.row.ArticleID == article.ArticleID {
			t.captures = append(t.captures, captures.row)
			if err := captures.advance(); err != nil {
				return err
			}
		}
		if !keep.Row(article.Tier, article.State) {
			d.excluded[schema.TableArticles]++
			d.excluded[schema.TableComments] += int64(len(t.comments))
			continue
		}
		if err := d.thread(t, r, w); err != nil {
			return err
		}
	}
	return w.close()
}

// thread writes one thread that leaves.
func (d *derivation) thread(t *thread, r *reducer, w *writers) error {
	cluster := t.article.NearDuplicateCluster
	if d.clusters != nil {
		var err error
		if cluster, err = d.clusters.of(t.article.ArticleID); err != nil {
			return err
		}
	}
	t.article.NearDuplicateCluster = cluster
	for i := range t.comments {
		t.comments[i].NearDuplicateCluster = cluster
	}
	if err := d.look(t); err != nil {
		return err
	}
	done := r.reduce(t)
	d.excluded[schema.TableComments] += done.excluded
	d.withheld[schema.TableComments] += done.withheldComments
	d.renamed += done.renamed
	if done.withheldArticle {
		d.withheld[schema.TableArticles]++
	}
	d.of(t.article.SourceID).articles++
	d.count(t.article.Spans)
	for i := range t.comments {
		c := &t.comments[i]
		d.count(c.Spans)
		if c.State != schema.StateMissing {
			d.of(c.SourceID).comments++
		}
		if c.Text != nil {
			d.texts++
		}
		if err := d.said(c); err != nil {
			return err
		}
	}
	d.measured.AddThread(&t.article, t.comments, t.captures)
	return w.write(t)
}

// look shows the records that leave to the leak report, with the texts and the
// pseudonyms of the build: a leak is one whatever the release withholds.
func (d *derivation) look(t *thread) error {
	if d.leaks == nil {
		return nil
	}
	a := &t.article
	if err := d.leaks.AddArticle(a.ArticleID, value(a.Split), value(a.Text)); err != nil {
		return err
	}
	for i := range t.comments {
		c := &t.comments[i]
		if !keep.Row(c.Tier, c.State) {
			continue
		}
		if err := d.leaks.AddComment(c.ArticleID, value(c.Split), value(c.CommenterID)); err != nil {
			return err
		}
	}
	return nil
}

func (d *derivation) count(spans []schema.Span) {
	for i := range spans {
		d.masked[spans[i].Kind]++
	}
}

// said files a comment under its commenter.
func (d *derivation) said(c *schema.Comment) error {
	if d.commenters == nil || c.CommenterID == nil {
		return nil
	}
	v := []byte{0}
	if c.Text != nil || c.NChars == 0 {
		v[0] = 1 // nothing of it is withheld
	}
	if c.PostedAt != nil {
		v = binary.BigEndian.AppendUint64(v, uint64(*c.PostedAt))
	}
	return d.commenters.Add(spill.Key([]byte(*c.CommenterID), []byte(c.ArticleID), []byte(c.CommentID)), v)
}

// writers write the tables that hold threads.
type writers struct {
	articles *store.Shards[schema.Article]
	comments *store.Shards[schema.Comment]
	captures *store.Shards[schema.Capture]
}

func newWriters(v *store.Version) (w *writers, err error) {
	w = &writers{}
	if w.articles, err = store.NewShards[schema.Article](v, schema.TableArticles); err != nil {
		return nil, err
	}
	if w.comments, err = store.NewShards[schema.Comment](v, schema.TableComments); err != nil {
		w.abort()
		return nil, err
	}
	if w.captures, err = store.NewShards[schema.Capture](v, schema.TableCaptures); err != nil {
		w.abort()
		return nil, err
	}
	return w, nil
}

func (w *writers) write(t *thread) error {
	if err := w.articles.Write(t.article); err != nil {
		return err
	}
	for i := range t.comments {
		if err := w.comments.Write(t.comments[i]); err != nil {
			return err
		}
	}
	for i := range t.captures {
		if err := w.captures.Write(t.captures[i]); err != nil {
			return err
		}
	}
	return nil
}

func (w *writers) close() error {
	if _, err := w.articles.Close(); err != nil {
		return err
	}
	if _, err := w.comments.Close(); err != nil {
		return err
	}
	_, err := w.captures.Close()
	return err
}

func (w *writers) abort() {
	if w.articles != nil {
		w.articles.Abort()
	}
	if w.comments != nil {
		w.comments.Abort()
	}
	if w.captures != nil {
		w.captures.Abort()
	}
}

// sourceTable writes the sources as they stand: what is declared of them is
// what a user has to know.
func (d *derivation) sourceTable() error {
	out, err := store.NewShards[schema.Source](d.version, schema.TableSources)
	if err != nil {
		return err
	}
	defer out.Abort()
	for row, err := range store.Rows[schema.Source](d.Dir, schema.TableSources) {
		if err != nil {
			return err
		}
		d.sources = append(d.sources, row)
		d.measured.AddSource(&row)
		if err := out.Write(row); err != nil {
			return err
		}
	}
	_, err = out.Close()
	return err
}

// commenterTable counts the commenters over the rows that are left. A name,
// which only a corpus with privacy: none has, leaves where nothing that the
// commenter wrote is withheld.
func (d *derivation) commenterTable(ctx context.Context) error {
	out, err := store.NewShards[schema.Commenter](d.version, schema.TableCommenters)
	if err != nil {
		return err
	}
	defer out.Abort()
	if d.terms.Scope != config.ScopeCorpus {
		_, err := out.Close()
		return err
	}
	names, err := open[schema.Commenter](d.Dir, schema.TableCommenters)
	if err != nil {
		return err
	}
	defer names.stop()
	said, err := d.commenters.Sort()
	if err != nil {
		return fmt.Errorf("sorting commenters: %w", err)
	}
	defer said.Close()
	var current schema.Commenter
	var article []byte
	open := true // nothing of the commenter is withheld
	flush := func() error {
		if current.CommenterID == "" {
			return nil
		}
		for names.ok && names.row.CommenterID < current.CommenterID {
			if err := names.advance(); err != nil {
				return err
			}
		}
		if open && names.ok && names.row.CommenterID == current.CommenterID {
			current.Name = names.row.Name
		}
		d.measured.AddCommenter(&current)
		return out.Write(current)
	}
	for said.Next() {
		if err := ctx.Err(); err != nil {
			return err
		}
		parts, err := spill.Parts(said.Key())
		if err != nil || len(parts) != 3 || len(said.Value()) == 0 {
			return spill.ErrKey
		}
		if string(parts[0]) != current.CommenterID {
			if err := flush(); err != nil {
				return err
			}
			current, article, open = schema.Commenter{CommenterID: string(parts[0])}, nil, true
		}
		current.NComments++
		if !bytes.Equal(parts[1], article) || article == nil {
			current.NArticles++
			article = bytes.Clone(parts[1])
		}
		open = open && said.Value()[0] == 1
		if v := said.Value()[1:]; len(v) == 8 {
			at := int64(binary.BigEndian.Uint64(v))
			if current.FirstPostedAt == nil || at < *current.FirstPostedAt {
				current.FirstPostedAt = &at
			}
			if current.LastPostedAt == nil || at > *current.LastPostedAt {
				current.LastPostedAt = &at
			}
		}
	}
	if err := said.Err(); err != nil {
		return fmt.Errorf("sorting commenters: %w", err)
	}
	if err := flush(); err != nil {
		return err
	}
	_, err = out.Close()
	return err
}

// ledgerTable writes the ledger without a row, and counts those of the build by
// outcome and reason.
func (d *derivation) ledgerTable(ctx context.Context) error {
	out, err := store.NewShards[schema.LedgerRow](d.version, schema.TableLedger)
	if err != nil {
		return err
	}
	defer out.Abort()
	for row, err := range store.Rows[schema.LedgerRow](d.Dir, schema.TableLedger) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		d.measured.AddDocument(&row)
		byReason := d.ledger[row.Outcome]
		if byReason == nil {
			byReason = map[string]int64{}
			d.ledger[row.Outcome] = byReason
		}
		byReason[value(row.Reason)]++
	}
	_, err = out.Close()
	return err
}

// value is *s, or nothing.
func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
