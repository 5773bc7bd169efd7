package derive

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"

	"corpus/pipeline/config"
	"corpus/pipeline/spill"
	"corpus/pipeline/store"
	"corpus/release/keep"
	"corpus/release/tables"
	"corpus/schema"
)

// threads writes articles, comments and captures: one thread at a time.
func (d *derivation) threads(ctx context.Context) error {
	threads, err := tables.OpenThreads(d.Dir)
	if err != nil {
		return err
	}
	defer threads.Close()
	w, err := tables.NewWriters(d.version)
	if err != nil {
		return err
	}
	defer w.Abort()
	r := newReducer(d.terms, d.build.Corpus, d.Key)
	for _, ok := threads.Next(); ok; _, ok = threads.Next() {
		if err := ctx.Err(); err != nil {
			return err
		}
		t, err := threads.Thread()
		if err != nil {
			return err
		}
		if !keep.Row(t.Article.Tier, t.Article.State) {
			d.excluded[schema.TableArticles]++
			d.excluded[schema.TableComments] += int64(len(t.Comments))
			continue
		}
		if err := d.thread(t, r, w); err != nil {
			return err
		}
	}
	return w.Close()
}

// thread writes one thread that leaves.
func (d *derivation) thread(t *tables.Thread, r *reducer, w *tables.Writers) error {
	cluster := t.Article.NearDuplicateCluster
	if d.clusters != nil {
		var err error
		if cluster, err = d.clusters.of(t.Article.ArticleID); err != nil {
			return err
		}
	}
	t.Article.NearDuplicateCluster = cluster
	for i := range t.Comments {
		t.Comments[i].NearDuplicateCluster = cluster
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
	d.of(t.Article.SourceID).articles++
	d.count(t.Article.Spans)
	for i := range t.Comments {
		c := &t.Comments[i]
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
	d.measured.AddThread(&t.Article, t.Comments, t.Captures)
	return w.Write(t)
}

// look shows the records that leave to the leak report, with the texts and the
// pseudonyms of the build: a leak is one whatever the release withholds.
func (d *derivation) look(t *tables.Thread) error {
	if d.leaks == nil {
		return nil
	}
	a := &t.Article
	if err := d.leaks.AddArticle(a.ArticleID, value(a.Split), value(a.Text)); err != nil {
		return err
	}
	for i := range t.Comments {
		c := &t.Comments[i]
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

// sourceTable writes the sources as they stand: what is declared of them is
// what a user has to know.
func (d *derivation) sourceTable() error {
	return tables.Copy(d.version, d.Dir, schema.TableSources, func(row *schema.Source) {
		d.sources = append(d.sources, *row)
		d.measured.AddSource(row)
	})
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
	names, err := tables.Open[schema.Commenter](d.Dir, schema.TableCommenters)
	if err != nil {
		return err
	}
	defer names.Close()
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
		for names.OK && names.Row.CommenterID < current.CommenterID {
			if err := names.Advance(); err != nil {
				return err
			}
		}
		if open && names.OK && names.Row.CommenterID == current.CommenterID {
			current.Name = names.Row.Name
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
