package pipeline

import (
	"cmp"
	"context"
	"encoding/hex"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/go-json-experiment/json"
	"github.com/minio/sha256-simd"
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

	reservations *reservations
	ledger       *ledger
	observer     Observer
	used         map[string]*atomic.Int64 // documents in normal form, by source id
	locked       *locked                  // nil without --locked
	cache        *cache.Cache             // nil for none
	looking      *threads                 // finds what was taken down; nil where nothing was
	recipe       map[string]string        // by source id: all that results follow from but the input; only looked up
	selected     map[string]string        // by source id: digest of the CDX; only looked up
	reading      *budget                  // of the readers
	budget       *budget                  // of the documents that wait for a worker or are with one

	hits, misses atomic.Int64 // batches of documents that were in the cache, and that were extracted
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

	key    cache.Key // of its entry in the cache
	lookUp bool      // in the cache
	keep   bool      // in the cache
	taken  bool      // holds what was taken down, which no cache keeps
	before []byte    // what stands before the results in the entry
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
	for job := range next {
		input := job.input
		if err := d.readInput(ctx, job, &memory, batches); err != nil {
			return fmt.Errorf("source %s, %s: %w", input.Source.ID, input.Path, err)
		}
		if err := d.inputs.add(input); err != nil {
			return err
		}
		d.observer.Advance(1)
	}
	return nil
}

func (d *documents) readInput(ctx context.Context, job job, memory *scratch, batches chan<- *batch) error {
	input := job.input
	held := d.reading.weight(readingWeight(input.Size, d.pages.limits.Bytes))
	if err := d.reading.acquire(ctx, held); err != nil {
		return err
	}
	defer d.reading.release(held)
	o := &openInput{documents: d, input: input, scratch: memory, batches: batches, batch: &batch{input: input}}
	var known func() (bool, error)
	if d.cache != nil {
		known = o.known
	}
	err := input.Read(ctx, d.pages.limits, known, func(doc *read.Document, rejected *read.Rejection, locator string) error {
		return o.emit(ctx, doc, rejected, locator)
	})
	if d.locked != nil {
		d.locked.read(input, job.locked)
	}
	if o.done {
		return err
	}
	lasting := true // what it gave follows from its bytes
	if r, ok := rejection(err); ok {
		lasting = r.Reason != schema.ReasonUnreadable
		err = o.reject("", r)
	} else if err == nil && !o.given {
		err = o.reject("", &read.Rejection{Reason: schema.ReasonEmpty, Detail: "the input holds no document"})
	}
	if err != nil {
		return err
	}
	return o.end(ctx, lasting)
}

// openInput is an input while it is read.
type openInput struct {
	*documents
	input   *plan.Input
	batches chan<- *batch
	batch   *batch
	key     cache.Key
	scratch *scratch
	done    bool   // what it gives was known
	given   bool   // it gave a document or a rejection
	several bool   // a batch was sent before the last one
	entry   []byte // of the cache: rejections, and keys of the batches that were sent
	large   bool   // entry is too large to be kept
}

// scratch is memory that a reader uses again.
type scratch struct{ input, batch []byte }

// maxInputEntry bounds what is gathered of an input for its entry of the cache.
const maxInputEntry = 1 << 20

// known looks the input up in the cache, and hands on what an earlier build made
// of it.
func (o *openInput) known() (bool, error) {
	o.key = o.inputKey(o.input)
	content, ok := o.cache.Get(o.key, o.scratch.input)
	if !ok {
		return false, nil
	}
	o.scratch.input = content[:0]
	results, ok := decodeResults(content)
	if !ok {
		return false, nil
	}
	// All of it has to be there before any of it is handed on.
	batches := 0
	for i := range results {
		if results[i].kind == resultBatch {
			batches++
			if _, ok := o.batchOf(&results[i]); !ok {
				return false, nil
			}
		}
	}
	for i := range results {
		if results[i].kind != resultBatch {
			continue
		}
		of, ok := o.batchOf(&results[i])
		if !ok {
			return false, fmt.Errorf("the cache lost an entry while it was read: build again")
		}
		if err := o.file(o.input, of); err != nil {
			return false, err
		}
	}
	o.done = true
	o.hits.Add(int64(max(batches, 1)))
	return true, o.file(o.input, results)
}

// batchOf is what a batch of the input gave.
func (o *openInput) batchOf(r *result) ([]result, bool) {
	if len(r.value) != len(cache.Key{}) {
		return nil, false
	}
	content, ok := o.cache.Get(cache.Key(r.value), o.scratch.batch)
	if !ok {
		return nil, false
	}
	o.scratch.batch = content[:0]
	results, ok := decodeResults(content)
	return results, ok && !slices.ContainsFunc(results, func(r result) bool { return r.kind == resultBatch })
}

func (o *openInput) emit(ctx context.Context, doc *read.Document, rejected *read.Rejection, locator string) error {
	o.given = true
	if rejected != nil {
		return o.reject(locator, rejected)
	}
	b := o.batch
	b.docs = append(b.docs, doc)
	b.bytes += int64(len(doc.Body))
	b.weight += documentWeight(doc)
	if len(b.docs) < batchDocuments && b.bytes < batchBytes {
		return nil
	}
	o.several = true
	return o.send(ctx)
}

// reject enters a rejection into the ledger.
func (o *openInput) reject(locator string, rejected *read.Rejection) error {
	row := rejectedDocument(o.input, locator, rejected)
	r, err := ledgerResult(&row)
	if err != nil {
		return err
	}
	o.note(&r)
	return o.fileOne(o.input, &r)
}

// note keeps a result for the entry of the input.
func (o *openInput) note(r *result) {
	if o.cache == nil || o.large {
		return
	}
	if o.entry = appendResult(o.entry, r); len(o.entry) > maxInputEntry {
		o.entry, o.large = nil, true
	}
}

// send gives the batch to a worker.
func (o *openInput) send(ctx context.Context) error {
	b := o.batch
	if o.cache != nil && o.several {
		b.key, b.lookUp, b.keep = o.batchKey(b), true, true
		o.note(&result{kind: resultBatch, value: b.key[:]})
	}
	b.weight = o.budget.weight(b.weight)
	if err := o.budget.acquire(ctx, b.weight); err != nil {
		return err
	}
	select {
	case o.batches <- b:
		o.batch = &batch{input: o.input}
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// end sends what is left. Where that is all of the input, it is kept under the
// key of the input; else that key leads to those of the batches. lasting is
// whether what the input gave follows from its bytes.
func (o *openInput) end(ctx context.Context, lasting bool) error {
	keep := o.cache != nil && lasting && !o.large
	last := len(o.batch.docs) > 0
	if last && !o.several && keep {
		o.batch.key, o.batch.keep, o.batch.before = o.key, true, o.entry
		return o.send(ctx)
	}
	if last {
		o.several = true
		if err := o.send(ctx); err != nil {
			return err
		}
	}
	if keep && !o.large {
		if !o.several {
			o.misses.Add(1) // an input of rejections alone
		}
		o.cache.Put(o.key, labelOf(o.input), o.entry)
	}
	return nil
}

// normalize takes the documents of a batch to normal form, or takes what an
// earlier build made of them out of the cache, and files the results.
func (d *documents) normalize(b *batch) error {
	if b.lookUp {
		if content, ok := d.cache.Get(b.key, nil); ok {
			if results, ok := decodeResults(content); ok {
				d.hits.Add(1)
				return d.file(b.input, results)
			}
		}
	}
	results, err := d.results(b)
	if err != nil {
		return err
	}
	d.misses.Add(1)
	if b.keep && !b.taken {
		d.cache.Put(b.key, labelOf(b.input), encodeResults(b.before, results))
	}
	return d.file(b.input, results)
}

// inputKey names what an input gives: its bytes, and all else that is known
// before it is read.
func (d *documents) inputKey(in *plan.Input) cache.Key {
	index := ""
	if row := in.Index; row != nil {
		index = strings.Join([]string{row.URL, row.CapturedAt, row.License, row.ConsentBasis, row.CommentsConsentBasis, row.TDMBasis, row.CommentsTDMBasis}, "\x00")
	}
	return cache.NewKey(d.recipe[in.Source.ID], in.Path, in.SHA256, index, d.selected[in.Source.ID])
}

// batchKey names what a batch gives: the input and where its documents stand in it.
func (o *openInput) batchKey(b *batch) cache.Key {
	var locators strings.Builder
	for _, doc := range b.docs {
		locators.WriteString(doc.Locator)
		locators.WriteByte('\n')
	}
	return cache.NewKey(string(o.key[:]), locators.String())
}

// labelOf is what entries about an input are removed by.
func labelOf(in *plan.Input) cache.Label {
	var digest [sha256.Size]byte
	_, _ = hex.Decode(digest[:], []byte(in.SHA256)) // it is one: it was just taken
	return cache.LabelOf(digest)
}

// results takes the documents of a batch to normal form. Each is let go as
// soon as it is done.
func (d *documents) results(b *batch) ([]result, error) {
	out := make([]result, 0, len(b.docs))
	for i, doc := range b.docs {
		r, err := d.result(doc, b)
		if err != nil {
			return nil, fmt.Errorf("source %s, %s at %s: %w", b.input.Source.ID, b.input.Path, doc.Locator, err)
		}
		out = append(out, r)
		b.docs[i] = nil
	}
	return out, nil
}

func (d *documents) result(doc *read.Document, b *batch) (result, error) {
	input := b.input
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
	if doc.Format == read.FormatReservations {
		return reservationsResult(doc, input, origin)
	}
	normal, err := d.pages.document(doc, origin, d.rules[input.Source.ID], input.Index)
	if r, ok := rejection(err); ok {
		row := rejectedDocument(input, doc.Locator, r)
		return ledgerResult(&row)
	}
	if err != nil {
		return result{}, err
	}
	if b.keep && d.looking != nil && !b.taken {
		if b.taken, err = d.looking.touches(normal); err != nil {
			return result{}, err
		}
	}
	r, err := newResult(resultDocument, normal)
	if err != nil {
		return result{}, err
	}
	if r.value, err = pack(r.value); err != nil {
		return result{}, err
	}
	r.key = captureKey(normal)
	if doc.Payload != "" {
		r.payload = originKey(doc.Payload, &normal.Origin)
	}
	return r, nil
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
