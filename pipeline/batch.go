package pipeline

import (
	"fmt"

	"corpus/pipeline/cache"
	"corpus/pipeline/normalize"
	"corpus/pipeline/normalize/when"
	"corpus/pipeline/plan"
	"corpus/pipeline/read"
)

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
