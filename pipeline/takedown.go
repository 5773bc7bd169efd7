package pipeline

import (
	"errors"
	"fmt"
	"path/filepath"

	"corpus/datasheets/statistics"
	"corpus/licenses"
	"corpus/pipeline/assemble"
	"corpus/pipeline/normalize"
	"corpus/pipeline/privacy"
	"corpus/pipeline/takedown"
	"corpus/schema"
)

// TakedownPath is where the list of what was taken down stands.
func (o *Options) TakedownPath() string {
	name := o.Config.Takedown.List
	switch {
	case name == "":
		name = takedown.ListName
	case filepath.IsAbs(name):
		return name
	}
	return filepath.Join(o.ConfigDir, name)
}

// openTakedown reads the list. A list whose key is not here would let through
// what was asked to be gone, so that it is an error of the key.
func (o *Options) openTakedown() error {
	list, err := takedown.Load(o.TakedownPath(), o.Config.Corpus)
	if err != nil {
		return err
	}
	o.matcher, err = takedown.NewMatcher(list, o.TakedownKey)
	if errors.Is(err, takedown.ErrKey) {
		return fmt.Errorf("nothing is built while what was taken down cannot be told: %w", err)
	}
	return err
}

// subject is a thread as the matcher sees it.
func (t *threads) subject(th *assemble.Thread, docs []normalize.Document) *takedown.Thread {
	s := &takedown.Thread{Article: &th.Article, Comments: make([]*schema.Comment, len(th.Comments))}
	for i := range th.Comments {
		s.Comments[i] = &th.Comments[i].Row
	}
	scopes := map[string]string{}
	s.Scope = func(i int) string {
		source := th.Comments[i].SourceID
		scope, ok := scopes[source]
		if !ok {
			scope = takedown.ScopeOf(t.sources[source].IdentityScope, &th.Article)
			scopes[source] = scope
		}
		return scope
	}
	s.Author = func(i int) string { return th.Comments[i].Author }
	mine := func(doc *normalize.Document) bool {
		return doc.Article.ArticleID == th.Article.ArticleID || doc.ContentID == th.Article.ArticleID
	}
	for i := range docs {
		if !mine(&docs[i]) {
			continue
		}
		s.IDs = append(s.IDs, docs[i].ContentID)
		for _, address := range []*string{docs[i].Article.URL, docs[i].Article.CanonicalURL} {
			if address != nil {
				s.Addresses = append(s.Addresses, *address)
			}
		}
	}
	s.Bylines = func() []string {
		var all []string
		for i := range docs {
			if mine(&docs[i]) {
				all = append(all, docs[i].Article.Byline...)
			}
		}
		return all
	}
	return s
}

// takeDown leaves tombstones in a thread where the list says so, and keeps the
// counts of spans those of the texts as they stand.
func (t *threads) takeDown(th *assemble.Thread, docs []normalize.Document) {
	s := t.subject(th, docs)
	effects := t.matcher.Match(s)
	if effects == nil {
		return
	}
	effects.Account(th.Ledger, s.Comments)
	rows := make([]schema.Comment, len(th.Comments))
	for i := range th.Comments {
		rows[i] = th.Comments[i].Row
	}
	before := spanCounts(&th.Article, rows)
	done := effects.Tally(t.matcher.Requests(), rows)
	rows = effects.Apply(&th.Article, rows)
	decideAgain(t.policy, func(id string) string { return t.sources[id].Consent.GDPRBasis }, t.keepNames, &th.Article, rows)
	after := spanCounts(&th.Article, rows)
	for i := range rows {
		c := &th.Comments[i]
		c.Row = rows[i]
		if c.Row.State == schema.StateTombstone {
			c.Author, c.AuthorID, c.AuthorURL, c.Mentions = "", "", "", nil
		}
	}
	th.Comments = th.Comments[:len(rows)]
	if th.Article.State == schema.StateTombstone {
		th.Captures = nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for i := range after {
		after[i] -= before[i]
	}
	t.masked.Add(privacy.Counts{
		Mentions: after[0], Emails: after[1], Phones: after[2], IPs: after[3], Accounts: after[4], Handles: after[5], Links: after[6],
	})
	t.removed += after[7]
	t.taken.Add(done)
}

// decideAgain gives the records of a thread the tier that follows from what is
// left of them. A comment that stays under the tombstone of its article stands
// for itself.
func decideAgain(policy *licenses.Policy, gdprBasis func(sourceID string) string, open bool, a *schema.Article, comments []schema.Comment) {
	var article *licenses.Decision
	if a.State != schema.StateTombstone {
		d := policy.Decide(licenses.ArticleFacts(a, gdprBasis(a.SourceID), open))
		a.Tier, article = d.Tier, &d
	}
	for i := range comments {
		if c := &comments[i]; c.State != schema.StateTombstone {
			tier := policy.Decide(licenses.CommentFacts(c, gdprBasis(c.SourceID), open, article)).Tier
			if article != nil || licenses.Tighter(tier, c.Tier) { // what bound it may be gone with its article
				c.Tier = tier
			}
		}
	}
}

// spanKinds are the kinds of spans in the order of spanCounts.
var spanKinds = [...]string{
	schema.SpanMention, schema.SpanEmail, schema.SpanPhone, schema.SpanIP,
	schema.SpanAccount, schema.SpanHandle, schema.SpanLink, schema.SpanRemoved,
}

// spanCounts counts the spans of a thread by kind.
func spanCounts(a *schema.Article, comments []schema.Comment) (n [len(spanKinds)]int64) {
	count := func(spans []schema.Span) {
		for i := range spans {
			for k, kind := range spanKinds {
				if spans[i].Kind == kind {
					n[k]++
				}
			}
		}
	}
	count(a.Spans)
	for i := range comments {
		count(comments[i].Spans)
	}
	return n
}

// takedownStatistics are the requests for the documents, nil without any.
func (t *tables) takedownStatistics() *statistics.Takedown {
	requests, versions := t.matcher.Counts(t.taken.Honoured), t.matcher.Versions()
	if t.pruned != nil {
		requests, versions = t.pruned.erratum.Requests, t.pruned.erratum.Versions
	}
	if len(requests) == 0 {
		return nil
	}
	s := &statistics.Takedown{Requests: []statistics.Request{}, Versions: append([]string{}, versions...)}
	for _, r := range requests {
		s.Requests = append(s.Requests, statistics.Request{Reason: r.Reason, Requests: r.Requests, Honoured: r.Honoured})
	}
	return s
}
