package takedown

import (
	"context"
	"fmt"
	"iter"

	"corpus/pipeline/store"
	"corpus/schema"
)

// Stored is a thread of a version that is built.
type Stored struct {
	Article  schema.Article
	Comments []schema.Comment
	Captures []schema.Capture
}

// Threads gives the threads of the version in the folder dir in their order.
func Threads(ctx context.Context, dir string) iter.Seq2[*Stored, error] {
	return func(yield func(*Stored, error) bool) {
		comments, stopComments := iter.Pull2(store.Rows[schema.Comment](dir, schema.TableComments))
		defer stopComments()
		captures, stopCaptures := iter.Pull2(store.Rows[schema.Capture](dir, schema.TableCaptures))
		defer stopCaptures()
		comment, err, hasComment := comments()
		if err != nil {
			yield(nil, err)
			return
		}
		capture, err, hasCapture := captures()
		if err != nil {
			yield(nil, err)
			return
		}
		for a, err := range store.Rows[schema.Article](dir, schema.TableArticles) {
			if err == nil {
				err = ctx.Err()
			}
			s := &Stored{Article: a}
			for err == nil && hasComment && comment.ArticleID == a.ArticleID {
				s.Comments = append(s.Comments, comment)
				comment, err, hasComment = comments()
			}
			for err == nil && hasCapture && capture.ArticleID == a.ArticleID {
				s.Captures = append(s.Captures, capture)
				capture, err, hasCapture = captures()
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(s, nil) {
				return
			}
		}
		if hasComment || hasCapture {
			yield(nil, fmt.Errorf("comments or captures stand under an article that is not in the table articles; corpus verify says which"))
		}
	}
}

// Scopes are the scopes that the sources of a version declare, by source_id.
func Scopes(dir string) (map[string]string, error) {
	scopes := map[string]string{}
	for row, err := range store.Rows[schema.Source](dir, schema.TableSources) {
		if err != nil {
			return nil, err
		}
		if row.IdentityScope != nil {
			scopes[row.SourceID] = *row.IdentityScope
		}
	}
	return scopes, nil
}

// Thread is the stored thread as a Matcher sees it.
func (s *Stored) Thread(scopes map[string]string) *Thread {
	t := &Thread{Article: &s.Article, Comments: make([]*schema.Comment, len(s.Comments))}
	for i := range s.Comments {
		t.Comments[i] = &s.Comments[i]
	}
	t.Scope = func(i int) string { return ScopeOf(scopes[s.Comments[i].SourceID], &s.Article) }
	return t
}

// NewErratum is what the matcher's list takes from the finished version in the
// folder dir, and what of it that is by request.
func (m *Matcher) NewErratum(ctx context.Context, dir string) (*Erratum, Tally, error) {
	var tally Tally
	data, err := store.ReadManifestBytes(dir)
	if err != nil {
		return nil, tally, err
	}
	manifest, err := store.ParseManifest(data)
	if err != nil {
		return nil, tally, err
	}
	if manifest.Corpus != m.corpus {
		return nil, tally, fmt.Errorf("this is a version of another corpus, %s", manifest.Corpus)
	}
	if manifest.Release != nil {
		return nil, tally, fmt.Errorf("this is a release, of %s: its rows are not those of a build", manifest.Release.BuildVersion)
	}
	scopes, err := Scopes(dir)
	if err != nil {
		return nil, tally, err
	}
	x := &Erratum{Corpus: manifest.Corpus, Version: manifest.Version, ManifestSHA256: *digestOf(string(data)), TakedownSHA256: m.Digest()}
	for s, err := range Threads(ctx, dir) {
		if err != nil {
			return nil, tally, err
		}
		t := s.Thread(scopes)
		if s.Article.State == schema.StateTombstone && len(s.Comments) == 0 {
			continue
		}
		e := m.Match(t)
		if e == nil {
			continue
		}
		done := e.Erratum(m.Requests(), &s.Article, t.Comments)
		if done.Taken == "" && done.Text == nil && len(done.Comments) == 0 {
			continue
		}
		tally.Add(e.Tally(m.Requests(), s.Comments))
		x.Articles = append(x.Articles, done)
	}
	x.Requests, x.Versions = m.Counts(tally.Honoured), m.Versions()
	return x, tally, nil
}

// Counts are the requests of the list by reason; honoured has those of which a
// record was found.
func (m *Matcher) Counts(honoured map[string]int) []RequestCount {
	if m == nil {
		return nil
	}
	var list []RequestCount
	for _, reason := range Reasons() {
		n := RequestCount{Reason: reason.Name}
		for i := range m.list.Requests {
			if r := &m.list.Requests[i]; r.Reason == reason.Name {
				n.Requests++
				if honoured[r.ID] > 0 {
					n.Honoured++
				}
			}
		}
		if n.Requests > 0 {
			list = append(list, n)
		}
	}
	return list
}

// Versions are the numbers of all versions that requests of the list were seen
// to touch.
func (m *Matcher) Versions() []string {
	if m == nil {
		return nil
	}
	all := List{Requests: []Request{{}}}
	for i := range m.list.Requests {
		all.Requests[0].Versions = append(all.Requests[0].Versions, m.list.Requests[i].Versions...)
	}
	all.sort()
	return all.Requests[0].Versions
}
