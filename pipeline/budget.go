package pipeline

import (
	"bytes"
	"context"

	"golang.org/x/sync/semaphore"

	"corpus/pipeline/read"
)

// What documents take in bytes of memory, measured: for a byte of the input
// (the input, its decoded form, its text, its normal form and the JSON of that)
// and for a sign of markup (half an element of a parsed page).
const (
	byteFactor  = 13
	markupCost  = 240
	leastWeight = 64 << 10
)

// threadFactor is what a document in normal form takes for a byte of its JSON
// while its thread is assembled, masked and written.
const threadFactor = 6

// readingFactor is what a reader takes for a byte of the document that it is
// at: a line is gathered, copied and parsed.
const readingFactor = 4

// budget admits what takes memory: together it stays within a share of
// --memory, and what is larger than the share is alone. A reader holds its part
// of one budget while it waits for another one; a worker waits for none.
type budget struct {
	size int64
	free *semaphore.Weighted
}

func newBudget(size int64) *budget { return &budget{size, semaphore.NewWeighted(size)} }

// weight is how much of the budget so many bytes take.
func (b *budget) weight(bytes int64) int64 { return min(max(bytes, leastWeight), b.size) }

func (b *budget) acquire(ctx context.Context, n int64) error { return b.free.Acquire(ctx, n) }

func (b *budget) release(n int64) { b.free.Release(n) }

// documentWeight is what taking a document to normal form takes, in bytes.
func documentWeight(doc *read.Document) int64 {
	weight := byteFactor * int64(len(doc.Body))
	if doc.Format == read.FormatHTML {
		weight += markupCost * int64(bytes.Count(doc.Body, []byte{'<'}))
	}
	return weight
}

// readingWeight is what reading an input of so many bytes takes: that of one
// of its documents, which the limit bounds.
func readingWeight(size, limit int64) int64 {
	if limit > 0 {
		size = min(size, limit)
	}
	return readingFactor * size
}
