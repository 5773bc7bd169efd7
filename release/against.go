package release

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"reflect"

	"corpus/pipeline"
	"corpus/pipeline/config"
	"corpus/pipeline/store"
	"corpus/release/keep"
	"corpus/schema"
)

// Against holds a release against the build that it says it was made of: every
// row that may leave is there and no other, every value that the terms keep is
// that of the build, and the digests of what is withheld are those of its
// texts. Both have to be whole, see Verify. It needs no key: of ids that were
// renamed it checks that each stands for one.
func Against(ctx context.Context, dir, build string, report func(Problem)) error {
	m, err := store.ReadManifest(dir)
	if err != nil {
		return err
	}
	switch r := m.Release; {
	case r == nil:
		return pipeline.Usage("%s %s is a build, and no release: only a release is held against its build", m.Corpus, m.Version)
	case r.Rehydrated != nil:
		return pipeline.Usage("%s %s is a release that was filled in: hold the release itself (manifest sha256 %s) against its build", m.Corpus, m.Version, r.Rehydrated.ReleaseSHA256)
	}
	data, err := store.ReadManifestBytes(build)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(data)
	if got := hex.EncodeToString(sum[:]); got != m.Release.BuildSHA256 {
		report(Problem{File: store.ManifestName, Column: "release.build_sha256", What: fmt.Sprintf("is %s, that build has %s", m.Release.BuildSHA256, got)})
		return nil
	}
	a := &against{
		ctx: ctx, report: report, terms: keep.TermsOf(m.Release),
		articles: keep.For(schema.TableArticles), comments: keep.For(schema.TableComments), captures: keep.For(schema.TableCaptures),
	}
	released, err := openThreads(dir)
	if err != nil {
		return err
	}
	defer released.close()
	built, err := openThreads(build)
	if err != nil {
		return err
	}
	defer built.close()
	return a.run(released, built)
}

type against struct {
	ctx                          context.Context
	report                       func(Problem)
	terms                        keep.Terms
	articles, comments, captures *keep.Columns
}

// wholeThread is an article with all that names it.
type wholeThread struct {
	article  schema.Article
	comments []schema.Comment
	captures []schema.Capture
}

// threadReader reads the threads of a version in the order of their articles.
type threadReader struct {
	articles *pulled[schema.Article]
	comments *pulled[schema.Comment]
	captures *pulled[schema.Capture]
}

type pulled[T any] struct {
	next func() (T, error, bool)
	stop func()
	row  T
	ok   bool
}

func pull[T any](dir, table string) (*pulled[T], error) {
	p := &pulled[T]{}
	p.next, p.stop = iter.Pull2(store.Rows[T](dir, table))
	if err := p.advance(); err != nil {
		p.stop()
		return nil, err
	}
	return p, nil
}

func (p *pulled[T]) advance() error {
	var err error
	p.row, err, p.ok = p.next()
	return err
}

func openThreads(dir string) (r *threadReader, err error) {
	r = &threadReader{}
	if r.articles, err = pull[schema.Article](dir, schema.TableArticles); err != nil {
		return nil, err
	}
	if r.comments, err = pull[schema.Comment](dir, schema.TableComments); err == nil {
		r.captures, err = pull[schema.Capture](dir, schema.TableCaptures)
	}
	if err != nil {
		r.close()
		return nil, err
	}
	return r, nil
}

func (r *threadReader) close() {
	r.articles.stop()
	if r.comments != nil {
		r.comments.stop()
	}
	if r.captures != nil {
		r.captures.stop()
	}
}

// thread is the current thread; the reader goes on to the next.
func (r *threadReader) thread() (*wholeThread, error) {
	t := &wholeThread{article: r.articles.row}
	for r.comments.ok && r.comments.row.ArticleID == t.article.ArticleID {
		t.comments = append(t.comments, r.comments.row)
		if err := r.comments.advance(); err != nil {
			return nil, err
		}
	}
	for r.captures.ok && r.captures.row.ArticleID == t.article.ArticleID {
		t.captures = append(t.captures, r.captures.row)
		if err := r.captures.advance(); err != nil {
			return nil, err
		}
	}
	return t, r.articles.advance()
}

func (a *against) wrong(table, record, column, format string, args ...any) {
	a.report(Problem{Table: table, Record: record, Column: column, What: fmt.Sprintf(format, args...)})
}

func (a *against) run(released, built *threadReader) error {
	for built.articles.ok || released.articles.ok {
		if err := a.ctx.Err(); err != nil {
			return err
		}
		if released.articles.ok && (!built.articles.ok || released.articles.row.ArticleID < built.articles.row.ArticleID) {
			t, err := released.thread()
			if err != nil {
				return err
			}
			a.wrong(schema.TableArticles, t.article.ArticleID, "article_id", "is not in the build")
			continue
		}
		b, err := built.thread()
		if err != nil {
			return err
		}
		leaves := keep.Row(b.article.Tier, b.article.State)
		there := released.articles.ok && released.articles.row.ArticleID == b.article.ArticleID
		switch {
		case leaves && !there:
			a.wrong(schema.TableArticles, b.article.ArticleID, "article_id", "may leave, and is not in the release")
		case there:
			r, err := released.thread()
			if err != nil {
				return err
			}
			if !leaves {
				a.wrong(schema.TableArticles, b.article.ArticleID, "tier", "is excluded in the build")
				continue
			}
			a.thread(r, b)
		}
	}
	return nil
}

// thread compares a thread of the release with that of the build.
func (a *against) thread(r, b *wholeThread) {
	var said []keep.Said
	want := b.article
	a.articles.TakeInternal(&want)
	if !a.terms.Text(want.Tier) {
		if want.Text != nil {
			said = append(said, keep.Said{ID: want.ArticleID, Chars: want.NChars, Text: *want.Text})
		}
		want.WithheldSHA256 = keep.ArticleProof(&want)
		want.TextSHA256 = keep.Digest(want.TextSHA256, want.NChars)
		a.articles.TakeWording(&want)
	}
	said = append(said, a.said(r, b)...)
	want.ThreadSHA256 = keep.ThreadProof(said)
	a.compare(schema.TableArticles, r.article.ArticleID, &want, &r.article)
	if len(r.captures) != len(b.captures) {
		a.wrong(schema.TableCaptures, r.article.ArticleID, "", "%d rows, the build has %d", len(r.captures), len(b.captures))
		return
	}
	for i := range b.captures {
		capture := b.captures[i]
		a.captures.TakeInternal(&capture)
		a.compare(schema.TableCaptures, r.article.ArticleID, &capture, &r.captures[i])
	}
}

// said compares the comments, and gives those that are withheld.
func (a *against) said(r, b *wholeThread) []keep.Said {
	var said []keep.Said
	names := map[string]string{} // ids of the build → of the release
	persons, back := map[string]string{}, map[string]string{}
	byPosition := map[int32]*schema.Comment{}
	for i := range r.comments {
		byPosition[r.comments[i].Position] = &r.comments[i]
	}
	for i := range b.comments {
		c := &b.comments[i]
		got := byPosition[c.Position]
		if got == nil {
			if keep.Row(c.Tier, c.State) {
				a.wrong(schema.TableComments, c.CommentID, "comment_id", "may leave, and is not in the release")
			}
			continue
		}
		names[c.CommentID] = got.CommentID
		if c.IDBasis == schema.BasisNative && got.CommentID != c.CommentID {
			a.wrong(schema.TableComments, c.CommentID, "comment_id", "is %s in the release, although it is the site's own", got.CommentID)
		}
		if c.IDBasis == schema.BasisContent && got.CommentID == c.CommentID {
			a.wrong(schema.TableComments, c.CommentID, "comment_id", "is made of a text and leaves as it is")
		}
	}
	if extra := len(r.comments) - len(names); extra > 0 {
		a.wrong(schema.TableComments, r.article.ArticleID, "", "%d rows that the build does not have", extra)
	}
	name := func(id *string) *string {
		if id != nil {
			if other, ok := names[*id]; ok {
				return &other
			}
		}
		return nil
	}
	for i := range b.comments {
		c := b.comments[i]
		got := byPosition[c.Position]
		if got == nil {
			continue
		}
		if !keep.Row(c.Tier, c.State) {
			c = keep.Place(&c)
		}
		a.person(&c, got, persons, back)
		keep.Times(&c, a.terms.Precision)
		a.comments.TakeInternal(&c)
		if !a.terms.Text(c.Tier) {
			if c.Text != nil {
				said = append(said, keep.Said{ID: got.CommentID, Chars: c.NChars, Text: *c.Text})
			}
			c.TextSHA256 = keep.Digest(c.TextSHA256, c.NChars)
			a.comments.TakeWording(&c)
		}
		c.CommentID, c.CommenterID = got.CommentID, got.CommenterID
		c.ParentID = name(c.ParentID)
		if id := name(&c.ThreadID); id != nil {
			c.ThreadID = *id
		}
		if c.InferredParentID = name(c.InferredParentID); c.InferredParentID == nil {
			c.InferredBasis = nil
		}
		spans := append([]schema.Span(nil), c.Spans...)
		for j := range spans {
			spans[j].RefID = name(spans[j].RefID)
		}
		c.Spans = spans
		a.compare(schema.TableComments, got.CommentID, &c, got)
	}
	return said
}

// person: one pseudonym of the build is one of the release within a thread.
func (a *against) person(c, got *schema.Comment, persons, back map[string]string) {
	switch {
	case a.terms.Scope == config.ScopeNone:
		c.CommenterID = nil
	case c.CommenterID == nil || got.CommenterID == nil:
		if c.CommenterID != got.CommenterID {
			a.wrong(schema.TableComments, got.CommentID, "commenter_id", "is there in one of the two alone")
		}
		return
	case a.terms.Scope == config.ScopeCorpus && *c.CommenterID != *got.CommenterID:
		a.wrong(schema.TableComments, got.CommentID, "commenter_id", "is another one than in the build, although the scope is the corpus")
	case a.terms.Scope == config.ScopeArticle && *c.CommenterID == *got.CommenterID:
		a.wrong(schema.TableComments, got.CommentID, "commenter_id", "is that of the build, although the scope is the article")
	}
	if got.CommenterID == nil || c.CommenterID == nil {
		return
	}
	if other, ok := persons[*c.CommenterID]; ok && other != *got.CommenterID {
		a.wrong(schema.TableComments, got.CommentID, "commenter_id", "is the second one of one person in this thread")
	}
	if other, ok := back[*got.CommenterID]; ok && other != *c.CommenterID {
		a.wrong(schema.TableComments, got.CommentID, "commenter_id", "stands for two persons in this thread")
	}
	persons[*c.CommenterID], back[*got.CommenterID] = *got.CommenterID, *c.CommenterID
}

// compare names the columns in which a row of the release is not what follows
// from the build; those that are computed anew Verify counts.
func (a *against) compare(table, record string, want, got any) {
	t, _ := schema.TableOf(table)
	w, g := reflect.ValueOf(want).Elem(), reflect.ValueOf(got).Elem()
	for _, c := range schema.Columns(t) {
		if c.Release == schema.ReleaseAnew {
			continue
		}
		x, y := w.FieldByIndex(c.Index), g.FieldByIndex(c.Index)
		if c.List && x.Len() == 0 && y.Len() == 0 {
			continue
		}
		if !reflect.DeepEqual(x.Interface(), y.Interface()) {
			a.wrong(table, record, c.Name, "is not what the build gives")
		}
	}
}
