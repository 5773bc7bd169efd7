package erratum

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"reflect"
	"slices"

	"github.com/go-json-experiment/json"

	"corpus/pipeline/spill"
	"corpus/pipeline/store"
	"corpus/release/tables"
	"corpus/schema"
)

// Errors of rows that are not as the erratum says.
var (
	errNotThere = errors.New("the erratum names it, and it is not there")
	errThere    = errors.New("the erratum adds it, and it is there already")
)

// apply changes a row, a struct that can be set, as r says.
func (c *columns) apply(r *Row, row reflect.Value) error {
	for name, raw := range r.Set { // each sets another column
		column := c.byName[name]
		if column == nil {
			return fmt.Errorf("%.80q is no column that an erratum may change", name)
		}
		if err := decode(column, raw, row.FieldByIndex(column.Index)); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	text := c.byName[schema.LongText]
	if text == nil {
		return nil
	}
	field := row.FieldByIndex(text.Index)
	if len(r.Cuts) > 0 {
		if field.IsNil() {
			return errOtherText
		}
		now, err := withoutCuts(field.Elem().String(), r.Cuts)
		if err != nil {
			return err
		}
		field.Set(reflect.ValueOf(&now))
	}
	if digest, ok := row.FieldByName("TextSHA256").Interface().(*string); !field.IsNil() && (!ok || digest == nil || *digest != sha(field.Elem().String())) {
		return errOtherText
	}
	return nil
}

func sha(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

func wrap(table, id string, err error) error { return fmt.Errorf("%s %s: %w", table, id, err) }

// Threads gives the threads of the release in the folder dir, with the manifest
// m, as they are without what goes.
func (x *Erratum) Threads(ctx context.Context, dir string, m *store.Manifest) iter.Seq2[*tables.Thread, error] {
	p := &patcher{words: wordsOf(m), articles: columnsOf(schema.TableArticles), comments: columnsOf(schema.TableComments)}
	return func(yield func(*tables.Thread, error) bool) {
		threads, err := tables.OpenThreads(dir)
		if err != nil {
			yield(nil, err)
			return
		}
		defer threads.Close()
		rest := x.Articles
		for {
			if err := ctx.Err(); err != nil {
				yield(nil, err)
				return
			}
			id, ok := threads.Next()
			if !ok && len(rest) == 0 {
				return
			}
			var t *tables.Thread
			var change *Article
			if len(rest) > 0 && (!ok || rest[0].ID <= id) {
				change, rest = &rest[0], rest[1:]
			}
			if ok && (change == nil || change.ID == id) {
				if t, err = threads.Thread(); err != nil {
					yield(nil, err)
					return
				}
			}
			if change != nil {
				if t, err = p.thread(change, t); err != nil {
					yield(nil, err)
					return
				}
			}
			if t != nil && !yield(t, nil) {
				return
			}
		}
	}
}

// patcher applies what changes in threads.
type patcher struct {
	words              *words
	articles, comments *columns
}

// thread is a thread as it is without what goes, nil for none; t is nil where
// the release does not have it.
func (p *patcher) thread(x *Article, t *tables.Thread) (*tables.Thread, error) {
	switch {
	case t == nil && !x.New:
		return nil, wrap(schema.TableArticles, x.ID, errNotThere)
	case t != nil && x.New:
		return nil, wrap(schema.TableArticles, x.ID, errThere)
	case x.Gone:
		return nil, nil
	case t == nil:
		t = &tables.Thread{Article: schema.Article{ArticleID: x.ID}}
	}
	if x.changes() {
		if err := p.articles.apply(&x.Row, reflect.ValueOf(&t.Article).Elem()); err != nil {
			return nil, wrap(schema.TableArticles, x.ID, err)
		}
	}
	if x.New {
		if err := p.words.known(t.Article.SourceID, t.Article.Extractor); err != nil {
			return nil, wrap(schema.TableArticles, x.ID, err)
		}
	}
	if x.CapturesGone {
		if len(t.Captures) == 0 {
			return nil, wrap(schema.TableCaptures, x.ID, errNotThere)
		}
		t.Captures = nil
	}
	if len(x.Comments) == 0 {
		return t, nil
	}
	return t, p.replies(x, t)
}

// replies applies what changes in the comments of a thread.
func (p *patcher) replies(x *Article, t *tables.Thread) error {
	left := make([]schema.Comment, 0, len(t.Comments)+len(x.Comments))
	there := map[string]bool{}
	for i := range t.Comments {
		c := t.Comments[i]
		there[c.CommentID] = true
		at, ok := slices.BinarySearchFunc(x.Comments, c.CommentID, func(r Row, id string) int { return cmp.Compare(r.ID, id) })
		if ok {
			r := &x.Comments[at]
			switch {
			case r.New:
				return wrap(schema.TableComments, r.ID, errThere)
			case r.Gone:
				continue
			}
			if err := p.comments.apply(r, reflect.ValueOf(&c).Elem()); err != nil {
				return wrap(schema.TableComments, r.ID, err)
			}
		}
		left = append(left, c)
	}
	for i := range x.Comments {
		r := &x.Comments[i]
		if there[r.ID] {
			continue
		}
		if !r.New {
			return wrap(schema.TableComments, r.ID, errNotThere)
		}
		c := schema.Comment{CommentID: r.ID, ArticleID: x.ID}
		err := p.comments.apply(r, reflect.ValueOf(&c).Elem())
		if err == nil {
			err = p.words.known(c.SourceID, c.Extractor)
		}
		if err != nil {
			return wrap(schema.TableComments, r.ID, err)
		}
		left = append(left, c)
	}
	slices.SortFunc(left, func(a, b schema.Comment) int {
		return cmp.Or(cmp.Compare(a.Position, b.Position), cmp.Compare(a.CommentID, b.CommentID))
	})
	t.Comments = left
	return nil
}

// AllCommenters gives the commenters of the release in the folder dir as they
// are without what goes.
func (x *Erratum) AllCommenters(ctx context.Context, dir, tmp string) iter.Seq2[schema.Commenter, error] {
	return changed(ctx, x.Commenters, schema.TableCommenters, dir, tmp,
		func(r *schema.Commenter) *string { return &r.CommenterID },
		func(r *schema.Commenter) []byte { return []byte(r.CommenterID) })
}

// AllDuplicates gives the members of clusters of the release in the folder dir
// as they are without what goes; tmp is a folder for temporary files.
func (x *Erratum) AllDuplicates(ctx context.Context, dir, tmp string) iter.Seq2[schema.Duplicate, error] {
	return changed(ctx, x.Duplicates, schema.TableDuplicates, dir, tmp,
		func(r *schema.Duplicate) *string { return &r.RecordID },
		func(r *schema.Duplicate) []byte { return spill.Key([]byte(r.ClusterID), []byte(r.RecordID)) })
}

// changed gives the rows of a table as they are without what goes, sorted by
// order; key is the column by which a row is found.
func changed[T any](ctx context.Context, changes []Row, table, dir, tmp string, key func(*T) *string, order func(*T) []byte) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		rows, err := applied(ctx, changes, table, dir, tmp, key, order)
		if err != nil {
			yield(none, err)
			return
		}
		defer rows.Close()
		for rows.Next() {
			var row T
			if err := json.Unmarshal(rows.Value(), &row); err != nil {
				yield(none, fmt.Errorf("sorting the table %s: %w", table, err))
				return
			}
			if !yield(row, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(none, err)
		}
	}
}

func applied[T any](ctx context.Context, changes []Row, table, dir, tmp string, key func(*T) *string, order func(*T) []byte) (*spill.Iterator, error) {
	c := columnsOf(table)
	used := make([]bool, len(changes))
	s := spill.New(spill.Options{Dir: tmp})
	add := func(row *T) error {
		value, err := json.Marshal(row)
		if err != nil {
			return fmt.Errorf("sorting the table %s: %w", table, err)
		}
		return s.Add(order(row), value)
	}
	change := func(row *T) error {
		id := *key(row)
		at, ok := slices.BinarySearchFunc(changes, id, func(r Row, id string) int { return cmp.Compare(r.ID, id) })
		if !ok {
			return add(row)
		}
		used[at] = true
		switch {
		case changes[at].New:
			return wrap(table, id, errThere)
		case changes[at].Gone:
			return nil
		}
		if err := c.apply(&changes[at], reflect.ValueOf(row).Elem()); err != nil {
			return wrap(table, id, err)
		}
		return add(row)
	}
	for row, err := range store.Rows[T](dir, table) {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = change(&row)
		}
		if err != nil {
			_ = s.Close() // the error before says more
			return nil, err
		}
	}
	for i := range changes {
		if used[i] {
			continue
		}
		var row T
		*key(&row) = changes[i].ID
		err := errNotThere
		if changes[i].New {
			if err = c.apply(&changes[i], reflect.ValueOf(&row).Elem()); err == nil {
				err = add(&row)
			}
		}
		if err != nil {
			_ = s.Close() // the error before says more
			return nil, wrap(table, changes[i].ID, err)
		}
	}
	return s.Sort() // the iterator closes it
}
