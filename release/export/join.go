package export

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"corpus/pipeline/store"
	"corpus/schema"
)

// errOrder is the error where the tables do not fit together: verify says how.
var errOrder = errors.New("the comments do not follow the articles: corpus verify says what is wrong with this version")

// eachThread calls do with every article, in the order of their ids, and its
// comments in the order of their places. It holds one row of each table; the
// row of a comment is valid until the next one.
func eachThread(ctx context.Context, dir string, do func(a *schema.Article, comments iter.Seq2[*schema.Comment, error]) error) error {
	next, stop := iter.Pull2(store.Rows[schema.Comment](dir, schema.TableComments))
	defer stop()
	var row schema.Comment
	ok := true
	advance := func() (err error) {
		if row, err, ok = next(); err == nil {
			err = ctx.Err()
		}
		return err
	}
	if err := advance(); err != nil {
		return err
	}
	for a, err := range store.Rows[schema.Article](dir, schema.TableArticles) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		if ok && row.ArticleID < a.ArticleID {
			return errOrder
		}
		comments := func(yield func(*schema.Comment, error) bool) {
			for ok && row.ArticleID == a.ArticleID {
				if !yield(&row, nil) {
					return
				}
				if err := advance(); err != nil {
					yield(nil, err)
					return
				}
			}
		}
		if err := do(&a, comments); err != nil {
			return err
		}
		for ok && row.ArticleID == a.ArticleID { // what do did not ask for
			if err := advance(); err != nil {
				return err
			}
		}
	}
	if ok {
		return errOrder
	}
	return nil
}

// speaker is a commenter and how many comments of theirs are there.
type speaker struct {
	id       string
	comments int64
}

// eachSpeaker calls do with every commenter of the comments, in the order of
// their ids. The table commenters is not asked: a release may lack it.
func eachSpeaker(ctx context.Context, dir string, do func(speaker) error) (anonymous int64, err error) {
	ids := newIDs()
	defer ids.Close()
	for row, err := range store.Rows[schema.Comment](dir, schema.TableComments) {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil && row.State == schema.StateMissing {
			continue
		}
		if err == nil && row.CommenterID == nil {
			anonymous++
			continue
		}
		if err == nil {
			err = ids.Add([]byte(*row.CommenterID), nil)
		}
		if err != nil {
			return 0, err
		}
	}
	it, err := ids.Sort()
	if err != nil {
		return 0, err
	}
	defer it.Close()
	var last speaker
	for it.Next() {
		if id := string(it.Key()); id != last.id {
			if last.id != "" {
				if err := do(last); err != nil {
					return 0, err
				}
			}
			last = speaker{id: id}
		}
		last.comments++
	}
	if err := it.Err(); err != nil {
		return 0, fmt.Errorf("sorting commenters: %w", err)
	}
	if last.id != "" {
		err = do(last)
	}
	return anonymous, err
}
