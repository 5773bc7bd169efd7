package tables

import (
	"errors"
	"iter"

	"corpus/pipeline/store"
	"corpus/schema"
)

// Thread is an article with its comments and captures.
type Thread struct {
	Article  schema.Article
	Comments []schema.Comment
	Captures []schema.Capture
}

// Threads reads the threads of a version in the order of their articles.
type Threads struct {
	articles *Rows[schema.Article]
	comments *Rows[schema.Comment]
	captures *Rows[schema.Capture]
}

// OpenThreads begins with the first thread of the version in the folder dir.
func OpenThreads(dir string) (t *Threads, err error) {
	t = &Threads{}
	if t.articles, err = Open[schema.Article](dir, schema.TableArticles); err != nil {
		return nil, err
	}
	if t.comments, err = Open[schema.Comment](dir, schema.TableComments); err == nil {
		t.captures, err = Open[schema.Capture](dir, schema.TableCaptures)
	}
	if err != nil {
		t.Close()
		return nil, err
	}
	return t, nil
}

// Close ends the reading; it may come at any thread.
func (t *Threads) Close() {
	t.articles.Close()
	if t.comments != nil {
		t.comments.Close()
	}
	if t.captures != nil {
		t.captures.Close()
	}
}

// Next is the article_id of the thread that Thread will give; false at the end.
func (t *Threads) Next() (articleID string, ok bool) {
	return t.articles.Row.ArticleID, t.articles.OK
}

// Thread is the next thread. After the last one it is an error where comments
// or captures are left, which stand under no article.
func (t *Threads) Thread() (*Thread, error) {
	th := &Thread{Article: t.articles.Row}
	id := th.Article.ArticleID
	for t.comments.OK && t.comments.Row.ArticleID == id {
		th.Comments = append(th.Comments, t.comments.Row)
		if err := t.comments.Advance(); err != nil {
			return nil, err
		}
	}
	for t.captures.OK && t.captures.Row.ArticleID == id {
		th.Captures = append(th.Captures, t.captures.Row)
		if err := t.captures.Advance(); err != nil {
			return nil, err
		}
	}
	if err := t.articles.Advance(); err != nil {
		return nil, err
	}
	if !t.articles.OK && (t.comments.OK || t.captures.OK) {
		return nil, errors.New("comments or captures stand under an article that is not in the table articles; corpus verify says which")
	}
	return th, nil
}

// Writers write the tables that hold threads.
type Writers struct {
	articles *store.Shards[schema.Article]
	comments *store.Shards[schema.Comment]
	captures *store.Shards[schema.Capture]
}

// NewWriters begins the tables of v that hold threads.
func NewWriters(v *store.Version) (w *Writers, err error) {
	w = &Writers{}
	if w.articles, err = store.NewShards[schema.Article](v, schema.TableArticles); err != nil {
		return nil, err
	}
	if w.comments, err = store.NewShards[schema.Comment](v, schema.TableComments); err == nil {
		w.captures, err = store.NewShards[schema.Capture](v, schema.TableCaptures)
	}
	if err != nil {
		w.Abort()
		return nil, err
	}
	return w, nil
}

// Write writes the next thread.
func (w *Writers) Write(t *Thread) error {
	if err := w.articles.Write(t.Article); err != nil {
		return err
	}
	for i := range t.Comments {
		if err := w.comments.Write(t.Comments[i]); err != nil {
			return err
		}
	}
	for i := range t.Captures {
		if err := w.captures.Write(t.Captures[i]); err != nil {
			return err
		}
	}
	return nil
}

// Close ends the tables.
func (w *Writers) Close() error {
	if _, err := w.articles.Close(); err != nil {
		return err
	}
	if _, err := w.comments.Close(); err != nil {
		return err
	}
	_, err := w.captures.Close()
	return err
}

// Abort gives the tables up; after Close it does nothing.
func (w *Writers) Abort() {
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

// Write writes rows as a table of v, and shows each to see.
func Write[T any](v *store.Version, table string, rows iter.Seq2[T, error], see func(*T)) error {
	out, err := store.NewShards[T](v, table)
	if err != nil {
		return err
	}
	defer out.Abort()
	for row, err := range rows {
		if err != nil {
			return err
		}
		see(&row)
		if err := out.Write(row); err != nil {
			return err
		}
	}
	_, err = out.Close()
	return err
}

// Copy writes a table of the version in the folder dir into v as it stands, and
// shows each row to see.
func Copy[T any](v *store.Version, dir, table string, see func(*T)) error {
	return Write(v, table, store.Rows[T](dir, table), see)
}
