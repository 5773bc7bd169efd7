package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/go-json-experiment/json"
	"golang.org/x/sync/errgroup"

	"corpus/pipeline/cache"
	"corpus/pipeline/cache/digests"
	"corpus/pipeline/normalize"
	"corpus/pipeline/plan"
	"corpus/pipeline/spill"
)

// documents runs read, extract and normalize over all inputs. Documents in
// normal form go to captures, sorted by the article that they claim; the others
// to the ledger.
type documents struct {
	pages    *pages
	plan     *plan.Plan
	inputs   *inputsRead
	rules    map[string]normalize.Rules // by source id; only looked up
	captures *spill.Sorter
	revisits *revisits

	reservations *reservations
	ledger       *ledger
	observer     Observer
	used         map[string]*atomic.Int64 // documents in normal form, by source id
	locked       *locked                  // nil without --locked
	cache        *cache.Cache             // nil for none
	files        *digests.Index           // digests of files that were read before; nil without a cache
	trust        bool                     // inputs whose files did not change need not be read
	looking      *threads                 // finds what was taken down; nil where nothing was
	recipe       map[string]string        // by source id: all that results follow from but the input; only looked up
	selected     map[string]string        // by source id: digest of the CDX; only looked up
	reading      *budget                  // of the readers
	budget       *budget                  // of the documents that wait for a worker or are with one

	hits, misses atomic.Int64 // batches of documents that were in the cache, and that were extracted
	unread       atomic.Int64 // inputs that were not read
}

func (d *documents) run(ctx context.Context, workers int) error {
	d.observer.Stage(StageRead, d.plan.Len())
	group, ctx := errgroup.WithContext(ctx)
	// Readers and workers are as many: a large input of many documents feeds all
	// workers, and many small inputs are opened by all of them.
	next := make(chan job)
	batches := make(chan *batch, workers)
	group.Go(func() error {
		defer close(next)
		return d.jobs(ctx, next)
	})
	var readers sync.WaitGroup
	readers.Add(workers)
	for range workers {
		group.Go(func() error {
			defer readers.Done()
			return d.read(ctx, next, batches)
		})
		group.Go(func() error {
			for b := range batches {
				err := d.normalize(b)
				d.budget.release(b.weight)
				if err != nil {
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
		close(batches)
		return nil
	})
	return group.Wait()
}

// job is an input that is to be read.
type job struct {
	input  *plan.Input
	locked string // its digest in the lock, where there is one to hold it against
}

// jobs sends the inputs of the plan to the readers.
func (d *documents) jobs(ctx context.Context, next chan<- job) error {
	digest := func() ([]byte, error, bool) { return nil, nil, true }
	if d.locked != nil {
		var stop func()
		digest, stop = iter.Pull2(d.locked.digests.All())
		defer stop()
	}
	for input, err := range d.plan.All() {
		sum, failed, _ := digest() // as many as there are inputs
		if err = cmp.Or(err, failed); err != nil {
			return err
		}
		select {
		case next <- job{input, string(sum)}:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// read opens one input after the other and sends their documents to batches.
func (d *documents) read(ctx context.Context, next <-chan job, batches chan<- *batch) error {
	var memory scratch
	if d.files != nil {
		memory.files = d.files.Reader(d.trust)
	}
	for job := range next {
		input := job.input
		if err := d.readInput(ctx, job, &memory, batches); err != nil {
			return fmt.Errorf("source %s, %s: %w", input.Source.ID, input.Path, err)
		}
		if err := d.inputs.add(input); err != nil {
			return err
		}
		if input.Unread {
			d.unread.Add(1)
		}
		d.observer.Advance(1)
	}
	return nil
}

// file hands the results of an input on.
func (d *documents) file(in *plan.Input, results []result) error {
	for i := range results {
		if err := d.fileOne(in, &results[i]); err != nil {
			return err
		}
	}
	return nil
}

func (d *documents) fileOne(in *plan.Input, r *result) error {
	switch r.kind {
	case resultDocument:
		d.used[in.Source.ID].Add(1)
		if len(r.payload) > 0 {
			if err := d.revisits.originals.Add(r.payload, r.value); err != nil {
				return err
			}
		}
		return d.captures.Add(r.key, r.value)
	case resultLedger:
		return d.ledger.rows.Add(r.key, r.value)
	case resultReservations:
		return d.reservations.file(r.value, d.ledger)
	case resultRevisit:
		var v revisit
		if err := json.Unmarshal(r.value, &v); err != nil {
			return fmt.Errorf("reading a revisit: %w", err)
		}
		return d.revisits.add(&v)
	}
	return nil // the key of a batch, which was handed on by itself
}

// addCapture files doc under the article that it claims.
func addCapture(s *spill.Sorter, doc *normalize.Document) error {
	value, err := json.Marshal(doc)
	if err != nil {
		return fmt.Errorf("writing a document in normal form: %w", err)
	}
	if value, err = pack(value); err != nil {
		return err
	}
	return s.Add(captureKey(doc), value)
}

// captureKey sorts documents by the article that they claim.
func captureKey(doc *normalize.Document) []byte {
	o := &doc.Origin
	return []byte(strings.Join([]string{doc.Article.ArticleID, o.SourceID, o.InputPath, o.Locator}, "\x00"))
}
