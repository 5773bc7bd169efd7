package derive

import (
	"corpus/pipeline/config"
	"corpus/pipeline/privacy"
	"corpus/release/keep"
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

// thread is an article with its comments and captures.
type thread struct {
	article  schema.Article
	comments []schema.Comment
	captures []schema.Capture
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
func (r *reducer) reduce(t *thread) reduced {
	var done reduced
	done.excluded = t.leaveOut()
	withheld := r.article(t)
	done.withheldArticle = withheld && t.article.Text != nil
	var said []keep.Said
	if withheld && t.article.Text != nil {
		said = append(said, keep.Said{ID: t.article.ArticleID, Chars: t.article.NChars, Text: *t.article.Text})
	}
	done.renamed = r.rename(t)
	t.article.NComments = 0
	for i := range t.comments {
		c := &t.comments[i]
		if c.State != schema.StateMissing {
			t.article.NComments++
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
	t.article.ThreadSHA256 = keep.ThreadProof(said)
	if withheld {
		t.article.WithheldSHA256 = keep.ArticleProof(&t.article)
		t.article.TextSHA256 = keep.Digest(t.article.TextSHA256, t.article.NChars)
		r.articles.TakeWording(&t.article)
	}
	for i := range t.captures {
		r.captures.TakeInternal(&t.captures[i])
	}
	return done
}

// article takes out what is internal, and tells whether the text is withheld.
func (r *reducer) article(t *thread) bool {
	r.articles.TakeInternal(&t.article)
	return !r.terms.Text(t.article.Tier)
}

// leaveOut removes the excluded comments of a thread, and gives their number.
func (t *thread) leaveOut() int64 {
	n := int64(0)
	at := make(map[string]int, len(t.comments))
	for i := range t.comments {
		at[t.comments[i].CommentID] = i
		if !keep.Row(t.comments[i].Tier, t.comments[i].State) {
			n++
		}
	}
	if n == 0 {
		return 0
	}
	stays := make([]bool, len(t.comments))
	for i := range t.comments {
		if !keep.Row(t.comments[i].Tier, t.comments[i].State) {
			continue
		}
		for j := i; !stays[j]; {
			stays[j] = true
			if t.comments[j].ParentID == nil {
				break
			}
			parent, ok := at[*t.comments[j].ParentID]
			if !ok {
				break // verify has seen to it
			}
			j = parent
		}
	}
	left := t.comments[:0:0]
	for i := range t.comments {
		if !stays[i] {
			continue
		}
		c := t.comments[i]
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
	t.comments = left
	return n
}

// rename gives every comment whose id is made of its text another one, and
// their number.
func (r *reducer) rename(t *thread) int64 {
	names := map[string]string{}
	for i := range t.comments {
		if c := &t.comments[i]; c.IDBasis == schema.BasisContent {
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
	for i := range t.comments {
		c := &t.comments[i]
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
