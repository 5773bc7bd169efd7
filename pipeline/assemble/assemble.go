package assemble

import (
	"fmt"
	"slices"

	"corpus/pipeline/normalize"
	"corpus/schema"
)

// Assemble makes the thread of the documents that claim one article id, in any
// order: the result depends on what they are, not on how they stand. It gives
// several threads, by article id, when the URL behind the id is not believed.
// The documents are not changed.
//
// An error means that the documents do not claim one id; they never come from
// what a page says.
func Assemble(docs []normalize.Document) ([]Thread, error) {
	if len(docs) == 0 {
		return nil, nil
	}
	for i := range docs {
		if docs[i].Article.ArticleID != docs[0].Article.ArticleID {
			return nil, fmt.Errorf("assemble: documents of two articles, %s and %s, in one thread",
				docs[0].Article.ArticleID, docs[i].Article.ArticleID)
		}
	}
	ordered := newest(docs)

	if !disbelieved(ordered) {
		first := ordered[0].Article
		return []Thread{merge(group{id: first.ArticleID, basis: first.IDBasis, docs: ordered})}, nil
	}

	byContent := make(map[string][]*normalize.Document)
	var ids []string
	for _, d := range ordered {
		if _, ok := byContent[d.ContentID]; !ok {
			ids = append(ids, d.ContentID)
		}
		byContent[d.ContentID] = append(byContent[d.ContentID], d)
	}
	slices.Sort(ids)
	threads := make([]Thread, 0, len(ids))
	for _, id := range ids {
		threads = append(threads, merge(group{id: id, basis: schema.BasisContent, disbelieved: true, docs: byContent[id]}))
	}
	return threads, nil
}

// group is the documents of one thread, newest first.
type group struct {
	id          string
	basis       string
	disbelieved bool // the URL that the documents claim is not believed
	docs        []*normalize.Document
}

// merge makes the thread of a group.
func merge(g group) Thread {
	base := articleDocument(g.docs)
	t := Thread{Article: g.docs[base].Article}
	t.Article.ArticleID = g.id
	t.Article.IDBasis = g.basis
	if hasText(g.docs[base]) {
		t.Article.State = schema.StatePresent
	} else {
		t.Article.State = schema.StateNoText
	}
	provenance(&t.Article.Provenance, g.docs[base])
	join(&t.Article, g.docs, g.docs[base])

	u := unite(g)
	u.place(t.Article.CommentOrder)
	f := plant(g, u)
	t.Comments = f.comments
	for i := range t.Comments {
		if t.Comments[i].Row.State != schema.StateMissing {
			t.Article.NComments++
		}
	}
	speakers := identify(t.Comments)
	address(t.Comments, speakers)
	infer(t.Comments, speakers, &t.Article)

	t.Captures = captures(g, base)
	t.Ledger = ledger(g, base, u, f)
	return t
}

// articleDocument is the index of the document that gives the article's
// columns: the newest one with text, else the newest. Of a paged article it is
// that of the first page which is there.
func articleDocument(docs []*normalize.Document) int {
	best := -1
	for i, d := range docs {
		if hasText(d) && (best < 0 || d.Part < docs[best].Part) {
			best = i
		}
	}
	return max(best, 0)
}

func hasText(d *normalize.Document) bool {
	return d.Article.Text != nil && *d.Article.Text != ""
}

// provenance fills what the document knows of where it was read.
func provenance(p *schema.Provenance, d *normalize.Document) {
	p.CapturedAt = d.Origin.CapturedAt
	p.InputSHA256 = d.Origin.InputSHA256
	p.Locator = d.Origin.Locator
	if p.Extractor == "" {
		p.Extractor = d.Article.Extractor
	}
}
