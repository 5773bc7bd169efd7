package release

import (
	"encoding/binary"

	"corpus/pipeline/config"
	"corpus/pipeline/spill"
	"corpus/schema"
)

// spillComment files a comment under its id, and under its commenter.
func spillComment(row *schema.Comment, said, ids *spill.Sorter) error {
	if err := ids.Add([]byte(row.CommentID), []byte(row.ArticleID)); err != nil {
		return err
	}
	if row.CommenterID == nil {
		return nil
	}
	var posted []byte
	if row.PostedAt != nil {
		posted = binary.BigEndian.AppendUint64(nil, uint64(*row.PostedAt))
	}
	return said.Add(spill.Key([]byte(*row.CommenterID), []byte(row.ArticleID)), posted)
}

// uniqueComments reports ids that comments of two articles share.
func (v *verifier) uniqueComments(ids *spill.Sorter) error {
	s, err := openSorted(ids)
	if err != nil {
		return err
	}
	defer s.it.Close()
	var last, article string
	for s.ok {
		if s.key == last && s.value != article { // within an article, its thread told
			v.problem(Problem{File: v.fileOf(schema.TableComments, s.value), Table: schema.TableComments, Record: s.key, Column: "comment_id", What: "comments of the articles " + article + " and " + s.value + " have this id"})
		}
		last, article = s.key, s.value
		if err := s.advance(); err != nil {
			return err
		}
	}
	return nil
}

// commenters recounts the table commenters.
func (v *verifier) commenters(said *spill.Sorter) error {
	counted, err := openSorted(said)
	if err != nil {
		return err
	}
	defer counted.it.Close()
	if v.released != nil && v.released.terms.Scope != config.ScopeCorpus {
		return v.scope(counted)
	}
	s, err := open[schema.Commenter](v, schema.TableCommenters)
	if err != nil {
		return err
	}
	defer s.close()
	next, more, err := nextCommenter(counted)
	if err != nil {
		return err
	}
	for s.ok || more {
		switch {
		case !s.ok || more && next.CommenterID < s.row.CommenterID:
			v.problem(Problem{File: v.fileOf(schema.TableCommenters, next.CommenterID), Table: schema.TableCommenters, Record: next.CommenterID, Column: "commenter_id", What: "is not in the table, but has comments"})
			if next, more, err = nextCommenter(counted); err != nil {
				return err
			}
		case !more || s.row.CommenterID < next.CommenterID:
			s.wrong("commenter_id", "has no comments")
			if err := s.advance(); err != nil {
				return err
			}
		default:
			compareCommenter(s, next)
			if err := s.advance(); err != nil {
				return err
			}
			if next, more, err = nextCommenter(counted); err != nil {
				return err
			}
		}
	}
	return nil
}

// compareCommenter compares the current row with what was counted.
func compareCommenter(s *stream[schema.Commenter], want schema.Commenter) {
	row := &s.row
	if row.NComments != want.NComments {
		s.wrong("n_comments", "is %d, there are %d", row.NComments, want.NComments)
	}
	if row.NArticles != want.NArticles {
		s.wrong("n_articles", "is %d, there are %d", row.NArticles, want.NArticles)
	}
	if !equalTimes(row.FirstPostedAt, want.FirstPostedAt) {
		s.wrong("first_posted_at", "is not that of the oldest comment")
	}
	if !equalTimes(row.LastPostedAt, want.LastPostedAt) {
		s.wrong("last_posted_at", "is not that of the newest comment")
	}
	if row.Name != nil && s.v.masks() {
		s.wrong("name", "is set, although the corpus is built with pseudonyms")
	}
}

func equalTimes(a, b *int64) bool {
	return a == nil && b == nil || a != nil && b != nil && *a == *b
}

// commenterOf is the commenter and the article of a comment that spillComment filed.
func commenterOf(s *sorted) (id, article string, err error) {
	parts, err := spill.Parts([]byte(s.key))
	if err != nil || len(parts) != 2 {
		return "", "", spill.ErrKey
	}
	return string(parts[0]), string(parts[1]), nil
}

// nextCommenter counts the comments of the next commenter.
func nextCommenter(s *sorted) (c schema.Commenter, ok bool, err error) {
	article := ""
	for s.ok {
		id, in, err := commenterOf(s)
		if err != nil {
			return c, false, err
		}
		if ok && id != c.CommenterID {
			return c, true, nil
		}
		c.CommenterID, ok = id, true
		c.NComments++
		if c.NArticles == 0 || in != article {
			c.NArticles++
			article = in
		}
		if len(s.value) == 8 {
			at := int64(binary.BigEndian.Uint64([]byte(s.value)))
			if c.FirstPostedAt == nil || at < *c.FirstPostedAt {
				c.FirstPostedAt = &at
			}
			if c.LastPostedAt == nil || at > *c.LastPostedAt {
				c.LastPostedAt = &at
			}
		}
		if err := s.advance(); err != nil {
			return c, false, err
		}
	}
	return c, ok, nil
}
