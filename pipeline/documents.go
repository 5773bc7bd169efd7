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
	inputs   *inputsRead
	rules    map[string]normalize.Rules // by source id; only looked up
	captures *spill.Sorter
	revisits *revisits
	ledger   *ledger
	observer Observer
	used     map[string]*atomic.Int64 // documents in normal form, by source id
	locked   *locked                  // nil without --locked
	cache    *cache.Cache             // nil for none
	recipe   map[string]string        // by source id: all that results follow from but the input; only looked up
	reading  *budget                  // of the readers
	budget   *budget                  // of the documents that wait for a worker or are with one
}

// Bounds of a batch: what comes first ends it.
const (
	batchDocuments = 64
	batchBytes     = 1 << 20
)

// batch is consecutive documents of one input on their way from its reader to
// a worker, and the unit of the cache.
type batch struct {
	docs   []*read.Document
	bytes  int64
	weight int64 // bytes of memory that it takes to normal form
	input  *plan.Input
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
	for job := range next {
		input := job.input
		if err := d.readInput(ctx, job, batches); err != nil {
			return fmt.Errorf("source %s, %s: %w", input.Source.ID, input.Path, err)
		}
		if err := d.inputs.add(input); err != nil {
			return err
		}
		d.observer.Advance(1)
	}
	return nil
}

func (d *documents) readInput(ctx context.Context, job job, batches chan<- *batch) error {
	input := job.input
	held := d.reading.weight(readingWeight(input.Size, d.pages.limits.Bytes))
	if err := d.reading.acquire(ctx, held); err != nil {
		return err
	}
	defer d.reading.release(held)
	given := false
	b := &batch{input: input}
	send := func() error {
		if len(b.docs) == 0 {
			return nil
		}
		b.weight = d.budget.weight(b.weight)
		if err := d.budget.acquire(ctx, b.weight); err != nil {
			return err
		}
		select {
		case batches <- b:
			b = &batch{input: input}
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	emit := func(doc *read.Document, rejected *read.Rejection, locator string) error {
		given = true
		if rejected != nil {
			return d.ledger.reject(input, locator, rejected)
		}
		b.docs = append(b.docs, doc)
		b.bytes += int64(len(doc.Body))
		b.weight += documentWeight(doc)
		if len(b.docs) < batchDocuments && b.bytes < batchBytes {
			return nil
		}
		return send()
	}
	err := input.Read(ctx, d.pages.limits, emit)
	if d.locked != nil {
		d.locked.read(input, job.locked)
	}
	if r, ok := rejection(err); ok {
		err = d.ledger.reject(input, "", r)
	} else if err == nil && !given {
		err = d.ledger.reject(input, "", &read.Rejection{Reason: schema.ReasonEmpty, Detail: "the input holds no document"})
	}
	if err != nil {
		return err
	}
	return send()
}

// normalize takes the documents of a batch to normal form, or takes what an
// earlier build made of them out of the cache, and files the results.
func (d *documents) normalize(b *batch) error {
	if d.cache == nil {
		results, err := d.results(b)
		if err != nil {
			return err
		}
		return d.file(b, results)
	}
	key := d.key(b)
	if content, ok := d.cache.Get(key); ok {
		if results, ok := decodeResults(content); ok {
			return d.file(b, results)
		}
	}
	results, err := d.results(b)
	if err != nil {
		return err
	}
	d.cache.Put(key, encodeResults(results))
	return d.file(b, results)
}

// key names what a batch gives: the input, where its documents stand in it,
// and the recipe of its source.
func (d *documents) key(b *batch) cache.Key {
	var locators strings.Builder
	for _, doc := range b.docs {
		locators.WriteString(doc.Locator)
		locators.WriteByte('\n')
	}
	index := ""
	if row := b.input.Index; row != nil {
		index = strings.Join([]string{row.URL, row.CapturedAt, row.License}, "\x00")
	}
	return cache.NewKey(d.recipe[b.input.Source.ID], b.input.Path, b.input.SHA256, index, locators.String())
}

// results takes the documents of a batch to normal form. Each is let go as
// soon as it is done.
func (d *documents) results(b *batch) ([]result, error) {
	out := make([]result, 0, len(b.docs))
	for i, doc := range b.docs {
		r, err := d.result(doc, b.input)
		if err != nil {
			return nil, fmt.Errorf("source %s, %s at %s: %w", b.input.Source.ID, b.input.Path, doc.Locator, err)
		}
		out = append(out, r)
		b.docs[i] = nil
	}
	return out, nil
}

func (d *documents) result(doc *read.Document, input *plan.Input) (result, error) {
	origin := normalize.Origin{
		SourceID:    input.Source.ID,
		InputPath:   input.Path,
		InputSHA256: input.SHA256,
		Locator:     doc.Locator,
		CapturedAt:  capturedAt(doc, input.Index),
	}
	if doc.Revisit {
		return newResult(resultRevisit, &revisit{Payload: doc.Payload, URL: doc.URL, Origin: origin})
	}
	normal, err := d.pages.document(doc, origin, d.rules[input.Source.ID], input.Index)
	if r, ok := rejection(err); ok {
		row := rejectedDocument(input, doc.Locator, r)
		return newResult(resultLedger, &row)
	}
	if err != nil {
		return result{}, err
	}
	r, err := newResult(resultDocument, normal)
	r.key = captureKey(normal)
	if doc.Payload != "" {
		r.payload = originKey(doc.Payload, &normal.Origin)
	}
	return r, err
}

// file hands the results of a batch on.
func (d *documents) file(b *batch, results []result) error {
	for i := range results {
		if err := d.fileOne(b, &results[i]); err != nil {
			return err
		}
	}
	return nil
}

func (d *documents) fileOne(b *batch, r *result) error {
	switch r.kind {
	case resultDocument:
		d.used[b.input.Source.ID].Add(1)
		if len(r.payload) > 0 {
			if err := d.revisits.originals.Add(r.payload, r.value); err != nil {
				return err
			}
		}
		return d.captures.Add(r.key, r.value)
	case resultLedger:
		var row schema.LedgerRow
		if err := json.Unmarshal(r.value, &row); err != nil {
			return fmt.Errorf("reading a ledger row: %w", err)
		}
		return d.ledger.add(row)
	case resultRevisit:
		var v revisit
		if err := json.Unmarshal(r.value, &v); err != nil {
			return fmt.Errorf("reading a revisit: %w", err)
		}
		return d.revisits.add(&v)
	}
	return fmt.Errorf("a document gave something of an unknown kind %d", r.kind) // not reached: decodeResults knows the kinds
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
	return s.Add(captureKey(doc), value)
}

// captureKey sorts documents by the article that they claim.
func captureKey(doc *normalize.Document) []byte {
	o := &doc.Origin
	return []byte(strings.Join([]string{doc.Article.ArticleID, o.SourceID, o.InputPath, o.Locator}, "\x00"))
}
