package pipeline

import (
	"context"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/minio/sha256-simd"

	"corpus/pipeline/cache"
	"corpus/pipeline/cache/digests"
	"corpus/pipeline/plan"
	"corpus/pipeline/read"
	"corpus/schema"
)

func (d *documents) readInput(ctx context.Context, job job, memory *scratch, batches chan<- *batch) error {
	input := job.input
	held := d.reading.weight(readingWeight(input.Size, d.pages.limits.Bytes))
	if err := d.reading.acquire(ctx, held); err != nil {
		return err
	}
	defer d.reading.release(held)
	o := &openInput{documents: d, input: input, scratch: memory, batches: batches, batch: &batch{input: input}}
	earlier := plan.Earlier{Files: memory.files}
	if d.cache != nil {
		earlier.Known = o.known
	}
	err := input.Read(ctx, d.pages.limits, earlier, func(doc *read.Document, rejected *read.Rejection, locator string) error {
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

// scratch is what a reader uses again.
type scratch struct {
	files        *digests.Reader // nil without a cache
	input, batch []byte          // memory
}

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
