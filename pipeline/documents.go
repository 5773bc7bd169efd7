package pipeline

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/go-json-experiment/json"
	"golang.org/x/sync/errgroup"

	"corpus/pipeline/normalize"
	"corpus/pipeline/normalize/when"
	"corpus/pipeline/plan"
	"corpus/pipeline/read"
	"corpus/pipeline/spill"
	"corpus/schema"
)

// documents runs read, extract and normalize over all inputs. Documents in
// normal form go to captures, sorted by the article that they claim; the others
// to the ledger.
type documents struct {
	pages    *pages
	plan     *plan.Plan
	rules    map[string]normalize.Rules // by source id; only looked up
	captures *spill.Sorter
	ledger   *ledger
	observer Observer
	used     map[string]*atomic.Int64 // documents in normal form, by source id
	locked   *locked                  // nil without --locked
}

// job is one document on its way from its reader to a worker.
type job struct {
	doc   *read.Document
	input *plan.Input
}

func (d *documents) run(ctx context.Context, workers int) error {
	inputs := d.plan.Inputs
	d.observer.Stage(StageRead, int64(len(inputs)))
	group, ctx := errgroup.WithContext(ctx)
	// Readers and workers are as many: a large input of many documents feeds all
	// workers, and many small inputs are opened by all of them.
	next := make(chan *plan.Input)
	jobs := make(chan job, workers)
	group.Go(func() error {
		defer close(next)
		for i := range inputs {
			select {
			case next <- &inputs[i]:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	var readers sync.WaitGroup
	readers.Add(workers)
	for range workers {
		group.Go(func() error {
			defer readers.Done()
			return d.read(ctx, next, jobs)
		})
		group.Go(func() error {
			for j := range jobs {
				if err := d.normalize(j); err != nil {
					return err
				}
				if err := ctx.Err(); err != nil {
					return err
				}
			}
			return nil
		})
	}
	group.Go(func() error {
		readers.Wait()
		close(jobs)
		return nil
	})
	return group.Wait()
}

// read opens one input after the other and sends their documents to jobs.
func (d *documents) read(ctx context.Context, next <-chan *plan.Input, jobs chan<- job) error {
	for input := range next {
		if err := d.readInput(ctx, input, jobs); err != nil {
			return fmt.Errorf("source %s, %s: %w", input.Source.ID, input.Path, err)
		}
		d.observer.Advance(1)
	}
	return nil
}

func (d *documents) readInput(ctx context.Context, input *plan.Input, jobs chan<- job) error {
	given := false
	emit := func(doc *read.Document, rejected *read.Rejection, locator string) error {
		given = true
		if rejected != nil {
			return d.ledger.reject(input, locator, rejected)
		}
		select {
		case jobs <- job{doc, input}:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	err := input.Read(ctx, d.pages.limits, emit)
	if d.locked != nil {
		d.locked.read(input)
	}
	if r, ok := rejection(err); ok {
		return d.ledger.reject(input, "", r)
	}
	if err == nil && !given {
		return d.ledger.reject(input, "", &read.Rejection{Reason: schema.ReasonEmpty, Detail: "the input holds no document"})
	}
	return err
}

// normalize takes one document to normal form and files it by its article.
func (d *documents) normalize(j job) error {
	input := j.input
	origin := normalize.Origin{
		SourceID:    input.Source.ID,
		InputPath:   input.Path,
		InputSHA256: input.SHA256,
		Locator:     j.doc.Locator,
	}
	if t := capturedAt(j.doc, input.Index); t != nil {
		origin.CapturedAt = t
	}
	doc, err := d.pages.document(j.doc, origin, d.rules[input.Source.ID], input.Index)
	if r, ok := rejection(err); ok {
		return d.ledger.reject(input, j.doc.Locator, r)
	}
	if err != nil {
		return fmt.Errorf("source %s, %s at %s: %w", input.Source.ID, input.Path, j.doc.Locator, err)
	}
	d.used[input.Source.ID].Add(1)
	return addCapture(d.captures, doc)
}

// capturedAt is the time that container or index state for the capture.
func capturedAt(doc *read.Document, index *plan.IndexRow) *int64 {
	stated := doc.CapturedAt
	if index != nil && index.CapturedAt != "" {
		stated = index.CapturedAt
	}
	if stated == "" {
		return nil
	}
	t, err := when.Resolve(stated, nil)
	if err != nil {
		return nil
	}
	return t.At
}

// addCapture files doc under the article that it claims.
func addCapture(s *spill.Sorter, doc *normalize.Document) error {
	value, err := json.Marshal(doc)
	if err != nil {
		return fmt.Errorf("writing a document in normal form: %w", err)
	}
	o := doc.Origin
	key := strings.Join([]string{doc.Article.ArticleID, o.SourceID, o.InputPath, o.Locator}, "\x00")
	return s.Add([]byte(key), value)
}
