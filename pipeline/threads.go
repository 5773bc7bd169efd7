package pipeline

import (
	"bytes"
	"context"
	"fmt"
	"sync"

	"github.com/go-json-experiment/json"
	"golang.org/x/sync/errgroup"

	"corpus/licenses"
	"corpus/pipeline/assemble"
	"corpus/pipeline/config"
	"corpus/pipeline/normalize"
	"corpus/pipeline/privacy"
	"corpus/pipeline/resolve"
	"corpus/pipeline/spill"
	"corpus/pipeline/takedown"
	"corpus/schema"
)

// threads runs assemble, privacy and rights over the captures of one article
// after the other. Finished threads go to finished, sorted by article.
type threads struct {
	captures   *spill.Sorter
	contents   *spill.Sorter // captures known by their content: after all others
	finished   *spill.Sorter
	commenters *spill.Sorter
	ledger     *ledger
	finder     *resolve.Finder
	guard      *privacy.Guard
	sources    map[string]*config.Source // by id; only looked up
	policy     *licenses.Policy
	reserved   reservedByHost
	keepNames  bool // privacy: none
	observer   Observer
	raw        *rawSizes
	gold       *gold             // expected records; nil for none
	matcher    *takedown.Matcher // of what was taken down; nil for nothing
	budget     *budget           // of the documents that are with the workers

	inspect func(docs []normalize.Document, th *assemble.Thread) error // looks at threads instead of finishing them; nil in a build

	mu       sync.Mutex
	masked   privacy.Counts
	articles int64
	removed  int64 // parts of texts that were taken down
	taken    takedown.Tally
}

// thread is a finished thread without any name: what the tables will hold.
type thread struct {
	Article  schema.Article
	Comments []schema.Comment
	Captures []schema.Capture
}

// commenterRow is one comment seen from its commenter.
type commenterRow struct {
	Name     string // only with privacy: none
	PostedAt *int64
}

// run takes the captures in two passes. An article whose URL is not believed
// is known by its content, like those that state no URL: they come second, so
// that equal pages meet wherever they came from.
func (t *threads) run(ctx context.Context, workers int) error {
	t.observer.Stage(StageThreads, -1)
	if err := t.pass(ctx, workers, t.captures, true); err != nil {
		return err
	}
	return t.pass(ctx, workers, t.contents, false)
}

func (t *threads) pass(ctx context.Context, workers int, from *spill.Sorter, first bool) error {
	rows, err := from.Sort()
	if err != nil {
		return fmt.Errorf("sorting captures: %w", err)
	}
	defer rows.Close()
	group, ctx := errgroup.WithContext(ctx)
	groups := make(chan captureGroup, workers)
	group.Go(func() error {
		defer close(groups)
		return articles(ctx, rows, t.budget, groups)
	})
	for range workers {
		group.Go(func() error {
			for g := range groups {
				err := t.group(g.docs, first)
				t.budget.release(g.weight)
				if err != nil {
					return err
				}
				t.observer.Advance(1)
			}
			return nil
		})
	}
	return group.Wait()
}

// captureGroup is the documents of one article on their way to a worker.
type captureGroup struct {
	docs   []normalize.Document
	weight int64 // of the budget
}

// articles sends the documents of one article after the other. It waits until
// the workers have let go of as much memory as the next document takes.
func articles(ctx context.Context, rows *spill.Iterator, memory *budget, groups chan<- captureGroup) error {
	var g captureGroup
	var current, value []byte
	send := func() error {
		if len(g.docs) == 0 {
			return nil
		}
		select {
		case groups <- g:
			g = captureGroup{}
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	for rows.Next() {
		id, _, _ := bytes.Cut(rows.Key(), []byte{0})
		if !bytes.Equal(id, current) {
			if err := send(); err != nil {
				return err
			}
			current = bytes.Clone(id)
		}
		size, _, err := unpackedSize(rows.Value())
		if err != nil {
			return err
		}
		// Nobody else takes of this budget, so what is held is given back.
		weight := min(threadFactor*size, memory.size-g.weight)
		if err := memory.acquire(ctx, weight); err != nil {
			return err
		}
		g.weight += weight
		if value, err = unpack(rows.Value(), value); err != nil {
			return err
		}
		var doc normalize.Document
		if err := json.Unmarshal(value, &doc); err != nil {
			return fmt.Errorf("reading a document in normal form: %w", err)
		}
		g.docs = append(g.docs, doc)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("sorting captures: %w", err)
	}
	return send()
}

// group turns the documents of one article into its thread.
func (t *threads) group(docs []normalize.Document, first bool) error {
	if first && (docs[0].Article.IDBasis == schema.BasisContent || !assemble.Believed(docs)) {
		for i := range docs {
			doc := &docs[i]
			assemble.Fallback(doc)
			if err := addCapture(t.contents, doc); err != nil {
				return err
			}
		}
		return nil
	}
	result, err := assemble.Assemble(docs)
	if err != nil {
		return fmt.Errorf("assembling a thread: %w", err)
	}
	for i := range result {
		if t.inspect != nil {
			err = t.inspect(docs, &result[i])
		} else {
			err = t.finish(&result[i], docs)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// finish masks names, sets rights and files what the tables will hold.
func (t *threads) finish(th *assemble.Thread, docs []normalize.Document) error {
	t.gold.measure(th)
	counts, err := t.guard.Apply(th, func(id string) string { return t.sources[id].IdentityScope })
	if err != nil {
		return fmt.Errorf("article %s: %w", th.Article.ArticleID, err)
	}
	t.mu.Lock()
	t.masked.Add(counts)
	t.articles++
	t.mu.Unlock()
	t.rights(th)
	t.takeDown(th, docs)
	out := thread{Article: th.Article, Captures: th.Captures, Comments: make([]schema.Comment, len(th.Comments))}
	for i := range th.Comments {
		c := &th.Comments[i]
		out.Comments[i] = c.Row
		if err := t.addCommenter(c); err != nil {
			return err
		}
	}
	for _, row := range th.Ledger {
		if err := t.ledger.add(row); err != nil {
			return err
		}
	}
	return t.file(&out)
}

// file hands a thread on to resolve and write.
func (t *threads) file(out *thread) error {
	a := &out.Article
	if a.Text != nil {
		if err := t.finder.Add(resolve.NewFingerprint(a.ArticleID, *a.Text, text(a.PublishedLocal))); err != nil {
			return fmt.Errorf("looking for near duplicates: %w", err)
		}
	}
	if err := t.raw.add(out); err != nil {
		return fmt.Errorf("article %s: %w", a.ArticleID, err)
	}
	value, err := json.Marshal(out)
	if err != nil {
		return fmt.Errorf("writing a thread: %w", err)
	}
	if value, err = pack(value); err != nil {
		return err
	}
	return t.finished.Add([]byte(a.ArticleID), value)
}

func (t *threads) addCommenter(c *assemble.Comment) error {
	if c.Row.CommenterID == nil {
		return nil
	}
	row := commenterRow{PostedAt: c.Row.PostedAt}
	if t.keepNames {
		row.Name = c.Author
	}
	value, err := json.Marshal(row)
	if err != nil {
		return fmt.Errorf("writing a commenter: %w", err)
	}
	return t.commenters.Add([]byte(*c.Row.CommenterID+"\x00"+c.Row.ArticleID+"\x00"+c.Row.CommentID), value)
}

// rights gives the records of a thread their rights and, by the policy, their tier.
func (t *threads) rights(th *assemble.Thread) {
	a, source := &th.Article, t.sources[th.Article.SourceID]
	t.reserved.add(th)
	a.Rights = licenses.Article(a.Rights, a.LicenseStatements, declaredRights(source))
	decision := t.policy.Decide(licenses.ArticleFacts(a, source.Consent.GDPRBasis, t.keepNames))
	a.Tier = decision.Tier
	for i := range th.Comments {
		c := &th.Comments[i]
		source := t.sources[c.SourceID]
		c.Row.SourceID = c.SourceID
		c.Row.Rights = licenses.Comment(c.Row.Rights, declaredRights(source))
		c.Row.Tier = t.policy.Decide(licenses.CommentFacts(&c.Row, source.Consent.GDPRBasis, t.keepNames, &decision)).Tier
	}
}

func declaredRights(s *config.Source) licenses.Declared {
	return licenses.Declared{
		License:         s.Rights.License,
		LicenseRule:     s.Rights.LicenseRule,
		CommentsLicense: s.Rights.CommentsLicense,
		RightsHolder:    s.Rights.RightsHolder,
		TDMBasis:        s.Rights.TDMBasis,
		ConsentBasis:    s.Consent.ConsentBasis,
		AllowedUses:     s.Rights.AllowedUses,
	}
}
