package takedown

import (
	"cmp"
	"slices"

	"corpus/schema"
)

// place is where a document was read.
type place struct{ sha256, locator string }

// Account makes the ledger say what the effects did: a comment whose row is
// gone or a tombstone is excluded from the document that it came from, and the
// documents of an article that was taken down end as tombstones. rows are all
// of the thread's, and comments those before Apply.
func (e *Effects) Account(rows []schema.LedgerRow, comments []*schema.Comment) {
	taken := map[place]int32{}
	for i, c := range comments {
		if (e.Drop || e.Comments[i] != none) && c.State != schema.StateMissing && c.State != schema.StateTombstone {
			taken[place{c.InputSHA256, c.Locator}]++
		}
	}
	order := make([]*schema.LedgerRow, len(rows))
	for i := range rows {
		order[i] = &rows[i]
	}
	slices.SortStableFunc(order, func(a, b *schema.LedgerRow) int {
		return cmp.Or(cmp.Compare(a.SourceID, b.SourceID), cmp.Compare(a.InputPath, b.InputPath))
	})
	for _, row := range order {
		exclude(row, taken)
		if e.Article != none {
			entomb(row)
		}
	}
}

// exclude takes comments off a document; equal files share a place.
func exclude(row *schema.LedgerRow, taken map[place]int32) {
	if row.InputSHA256 == nil {
		return
	}
	at := place{*row.InputSHA256, row.Locator}
	n := min(taken[at], row.NCommentsKept)
	if n > 0 {
		taken[at] -= n
		row.NCommentsKept -= n
		row.NCommentsExcluded += n
	}
}

// entomb is the end of a document that shows an article which was taken down.
func entomb(row *schema.LedgerRow) {
	reason := schema.ReasonTakenDown
	row.Outcome, row.Reason, row.Detail = schema.OutcomeTombstone, &reason, nil
}
