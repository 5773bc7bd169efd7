package derive

import (
	"corpus/pipeline/config"
	"corpus/pipeline/privacy"
	"corpus/release/keep"
	"corpus/release/tables"
	"corpus/schema"
)

// reducer takes out of threads what a release does not keep.
type reducer struct {
	terms    keep.Terms
	corpus   string
	key      *privacy.Key
	articles *keep.Columns
	comments *keep.Columns
	captures *keep.Columns
}

func newReducer(terms keep.Terms, corpus string, key *privacy.Key) *reducer {
	return &reducer{
		terms: terms, corpus: corpus, key: key,
		articles: keep.For(schema.TableArticles), comments: keep.For(schema.TableComments), captures: keep.For(schema.TableCaptures),
	}
}

// reduced is what was done to a thread.
type reduced struct {
	withheldArticle  bool
	withheldComments int64
	excluded         int64 // comments that are left out, or of which only the place is left
	renamed          int64
}

// reduce brings a thread, whose article is not excluded, into the form of the
// release. Excluded comments go; one that others answer leaves its place, as a
// row of state missing, so that the thread keeps its shape.
func (r *reducer) reduce(t *tables.Thread) reduced {
	var done reduced
	done.excluded = leaveOut(t)
	withheld := r.article(t)
	done.withheldArticle = withheld && t.Article.Text != nil
	var said []keep.Said
	if withheld && t.Article.Text != nil {
		said = append(said, keep.Said{ID: t.Article.ArticleID, Chars: t.Article.NChars, Text: *t.Article.Text})
	}
	done.renamed = r.rename(t)
	t.Article.NComments = 0
	for i := range t.Comments {
		c := &t.Comments[i]
		if c.State != schema.StateMissing {
			t.Article.NComments++
		}
		r.commenter(c)
		keep.Times(c, r.terms.Precision)
		r.comments.TakeInternal(c)
		if r.terms.Text(c.Tier) {
			continue
		}
		if c.Text != nil {
			done.withheldComments++
			said = append(said, keep.Said{ID: c.CommentID, Chars: c.NChars, Text: *c.Text})
		}
		c.TextSHA256 = keep.Digest(c.TextSHA256, c.NChars)
		r.comments.TakeWording(c)
	}
	t.Article.ThreadSHA256 = keep.ThreadProof(said)
	if withheld {
		t.Article.WithheldSHA256 = keep.ArticleProof(&t.Article)
		t.Article.TextSHA256 = keep.Digest(t.Article.TextSHA256, t.Article.NChars)
		r.articles.TakeWording(&t.Article)
	}
	for i := range t.Captures {
		r.captures.TakeInternal(&t.Captures[i])
	}
	return done
}

// article takes out what is internal, and tells whether the text is withheld.
func (r *reducer) article(t *tables.Thread) bool {
	r.articles.TakeInternal(&t.Article)
	return !r.terms.Text(t.Article.Tier)
}

// leaveOut removes the excluded comments of a thread, and gives their number.
func leaveOut(t *tables.Thread) int64 {
	n := int64(0)
	at := make(map[string]int, len(t.Comments))
	for i := range t.Comments {
		at[t.Comments[i].CommentID] = i
		if !keep.Row(t.Comments[i].Tier, t.Comments[i].State) {
			n++
		}
	}
	if n == 0 {
		return 0
	}
	stays := make([]bool, len(t.Comments))
	for i := range t.Comments {
		if !keep.Row(t.Comments[i].Tier, t.Comments[i].State) {
			continue
		}
		for j := i; !stays[j]; {
			stays[j] = true
			if t.Comments[j].ParentID == nil {
				break
			}
			parent, ok := at[*t.Comments[j].ParentID]
			if !ok {
				break // verify has seen to it
			}
			j = parent
		}
	}
	left := t.Comments[:0:0]
	for i := range t.Comments {
		if !stays[i] {
			continue
		}
		c := t.Comments[i]
		if !keep.Row(c.Tier, c.State) {
			c = keep.Place(&c)
		}
		left = append(left, c)
	}
	has := func(id *string) bool { return id != nil && stays[at[*id]] }
	for i := range left {
		c := &left[i]
		if !has(c.InferredParentID) {
			c.InferredParentID, c.InferredBasis = nil, nil
		}
		for j := range c.Spans {
			if !has(c.Spans[j].RefID) {
				c.Spans[j].RefID = nil
			}
		}
	}
	t.Comments = left
	return n
}

// rename gives every comment whose id is made of its text another one, and
// their number.
func (r *reducer) rename(t *tables.Thread) int64 {
	names := map[string]string{}
	for i := range t.Comments {
		if c := &t.Comments[i]; c.IDBasis == schema.BasisContent {
			names[c.CommentID] = r.key.CommentID(r.corpus, c.CommentID)
		}
	}
	if len(names) == 0 {
		return 0
	}
	other := func(id *string) *string {
		if id != nil {
			if name, ok := names[*id]; ok {
				return &name
			}
		}
		return id
	}
	for i := range t.Comments {
		c := &t.Comments[i]
		c.CommentID, c.ThreadID = *other(&c.CommentID), *other(&c.ThreadID)
		c.ParentID, c.InferredParentID = other(c.ParentID), other(c.InferredParentID)
		for j := range c.Spans {
			c.Spans[j].RefID = other(c.Spans[j].RefID)
		}
	}
	return int64(len(names))
}

// commenter gives a comment the pseudonym that it has in the release.
func (r *reducer) commenter(c *schema.Comment) {
	if c.CommenterID == nil {
		return
	}
	switch r.terms.Scope {
	case config.ScopeArticle:
		id := r.key.ArticlePseudonym(r.corpus, c.ArticleID, *c.CommenterID)
		c.CommenterID = &id
	case config.ScopeNone:
		c.CommenterID = nil
	}
}
