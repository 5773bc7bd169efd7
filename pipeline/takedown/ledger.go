package takedown

import (
	"cmp"
	"fmt"
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

// Accounts make the ledger of a finished version say what an erratum did.
type Accounts struct {
	taken  map[string]map[place]int32 // by article
	entomb map[string]bool            // articles
}

// NewAccounts are the accounts of an erratum that did nothing yet.
func NewAccounts() *Accounts {
	return &Accounts{taken: map[string]map[place]int32{}, entomb: map[string]bool{}}
}

// Thread notes the effects on a thread, before they are applied.
func (a *Accounts) Thread(e *Effects, article *schema.Article, comments []schema.Comment) {
	if e.Article != none {
		a.entomb[article.ArticleID] = true
	}
	for i := range comments {
		c := &comments[i]
		if (e.Drop || e.Comments[i] != none) && c.State != schema.StateMissing && c.State != schema.StateTombstone {
			if a.taken[article.ArticleID] == nil {
				a.taken[article.ArticleID] = map[place]int32{}
			}
			a.taken[article.ArticleID][place{c.InputSHA256, c.Locator}]++
		}
	}
}

// Row makes a row of the ledger say it; rows come in the order of the table.
func (a *Accounts) Row(row *schema.LedgerRow) {
	if row.ArticleID == nil {
		return
	}
	exclude(row, a.taken[*row.ArticleID])
	if a.entomb[*row.ArticleID] {
		entomb(row)
	}
}

// Done is an error where a comment was found in no document.
func (a *Accounts) Done() error {
	left := int32(0)
	for _, places := range a.taken {
		for _, n := range places {
			left += n
		}
	}
	if left > 0 {
		return fmt.Errorf("%d comments that were taken down stand in no document of the ledger; corpus verify says what is wrong with the version", left)
	}
	return nil
}
