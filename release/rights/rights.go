// Package rights explains the licences and tiers of a version: which statements
// led to a record's licence, which rule of the policy to its tier, and how many
// records have which.
//
// It must never decide anything itself: what it prints is what package licenses
// decides on the rows that the version holds.
package rights

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"

	"corpus/licenses"
	"corpus/pipeline/config"
	"corpus/pipeline/store"
	"corpus/schema"
)

// version is a version that is read.
type version struct {
	dir      string
	manifest *store.Manifest
	policy   *licenses.Policy
	sources  map[string]*schema.Source
	open     bool // the corpus has privacy: none
}

// read opens the version in dir.
func read(dir string) (*version, error) {
	m, err := store.ReadManifest(dir)
	if err != nil {
		return nil, err
	}
	v := &version{dir: dir, manifest: m, sources: map[string]*schema.Source{}, open: m.Privacy == config.PrivacyNone}
	data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(licenses.PolicyPath)))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		v.policy = &licenses.Policy{} // built without one
	case err != nil:
		return nil, fmt.Errorf("%s cannot be read: %w", licenses.PolicyPath, withoutPath(err))
	default:
		if v.policy, err = licenses.ParsePolicy(data); err != nil {
			return nil, err
		}
	}
	for row, err := range store.Rows[schema.Source](dir, schema.TableSources) {
		if err != nil {
			return nil, err
		}
		v.sources[row.SourceID] = &row
	}
	return v, nil
}

func withoutPath(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// gdprBasis is what the source of a record declares.
func (v *version) gdprBasis(source string) string {
	if s := v.sources[source]; s != nil && s.GDPRBasis != nil {
		return *s.GDPRBasis
	}
	return ""
}

// record is an article, or a comment with its article; the other is nil.
type record struct {
	article  *schema.Article
	comment  *schema.Comment
	facts    licenses.Facts
	decision licenses.Decision
}

func (r *record) id() string {
	if r.comment != nil {
		return r.comment.CommentID
	}
	return r.article.ArticleID
}

func (r *record) table() string {
	if r.comment != nil {
		return schema.TableComments
	}
	return schema.TableArticles
}

func (r *record) rights() *schema.Rights {
	if r.comment != nil {
		return &r.comment.Rights
	}
	return &r.article.Rights
}

// records are all articles and comments with the decisions on them, a thread
// after the other: both tables are in the order of the articles.
func (v *version) records() iter.Seq2[record, error] {
	return func(yield func(record, error) bool) {
		next, stop := iter.Pull2(store.Rows[schema.Comment](v.dir, schema.TableComments))
		defer stop()
		comment, err, more := next()
		if err != nil {
			yield(record{}, err)
			return
		}
		for row, err := range store.Rows[schema.Article](v.dir, schema.TableArticles) {
			if err != nil {
				yield(record{}, err)
				return
			}
			a := record{article: &row}
			a.facts = licenses.ArticleFacts(&row, v.gdprBasis(row.SourceID), v.open)
			a.decision = v.policy.Decide(a.facts)
			if !yield(a, nil) {
				return
			}
			for more && comment.ArticleID <= row.ArticleID {
				c := record{article: &row, comment: &comment}
				article := &a.decision
				if comment.ArticleID != row.ArticleID || row.State == schema.StateTombstone {
					article = nil
				}
				c.facts = licenses.CommentFacts(&comment, v.gdprBasis(comment.SourceID), v.open, article)
				c.decision = v.policy.Decide(c.facts)
				if !yield(c, nil) {
					return
				}
				if comment, err, more = next(); err != nil {
					yield(record{}, err)
					return
				}
			}
		}
	}
}
