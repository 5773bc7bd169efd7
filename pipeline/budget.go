package pipeline

import (
	"context"

	"golang.org/x/sync/semaphore"
)

// pageFactor is how many bytes of memory a byte of a page takes while it is
// decoded, parsed and extracted: measured on saved pages, the tree alone is
// three times the page.
const pageFactor = 8

// budget admits documents to the workers: what they take together stays within
// a share of --memory, and a document that is larger than the share is alone.
type budget struct {
	size int64
	free *semaphore.Weighted
}

func newBudget(size int64) *budget { return &budget{size, semaphore.NewWeighted(size)} }

// weight is what documents of so many bytes take.
func (b *budget) weight(bytes int64) int64 { return min(bytes*pageFactor+64<<10, b.size) }

func (b *budget) acquire(ctx context.Context, n int64) error { return b.free.Acquire(ctx, n) }

func (b *budget) release(n int64) { b.free.Release(n) }
