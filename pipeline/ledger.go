package pipeline

import (
	"fmt"
	"strings"

	"corpus/pipeline/plan"
	"corpus/pipeline/read"
	"corpus/pipeline/spill"
	"corpus/schema"
)

// ledger collects one row a document, in the order of source, input and locator.
type ledger struct{ rows *spill.Sorter }

func (l *ledger) add(row schema.LedgerRow) error {
	r, err := ledgerResult(&row)
	if err != nil {
		return err
	}
	return l.rows.Add(r.key, r.value)
}

// ledgerResult is a ledger row with its key.
func ledgerResult(row *schema.LedgerRow) (result, error) {
	r, err := newResult(resultLedger, row)
	r.key = []byte(strings.Join([]string{row.SourceID, row.InputPath, locatorKey(row.Locator)}, "\x00"))
	return r, err
}

// rejectedDocument is the row of a document that is rejected or excluded.
func rejectedDocument(input *plan.Input, locator string, r *read.Rejection) schema.LedgerRow {
	row := schema.LedgerRow{
		SourceID:  input.Source.ID,
		InputPath: input.Path,
		Locator:   locator,
		Outcome:   schema.OutcomeRejected,
		Reason:    &r.Reason,
	}
	if input.SHA256 != "" {
		row.InputSHA256 = &input.SHA256
	}
	if r.Excluded {
		row.Outcome = schema.OutcomeExcluded
		row.NCommentsRead, row.NCommentsExcluded = int32(r.Comments), int32(r.Comments)
	}
	if r.Detail != "" {
		row.Detail = &r.Detail
	}
	return row
}

// locatorKey sorts the numbers of locators by value: line=2 before line=10,
// whatever member of an archive they are in. Names of members sort as bytes.
func locatorKey(locator string) string {
	parts := strings.Split(locator, ";")
	for i, part := range parts {
		name, number, ok := strings.Cut(part, "=")
		if !ok || name == "member" {
			continue
		}
		offset, inner, _ := strings.Cut(number, "+")
		parts[i] = name + "=" + padded(offset) + "+" + padded(inner)
	}
	return strings.Join(parts, ";")
}

func padded(number string) string { return strings.Repeat("0", max(20-len(number), 0)) + number }

// Tally counts what became of the documents of a source.
type Tally struct {
	SourceID         string           `json:"source_id"`
	Documents        int64            `json:"documents"`
	Outcomes         map[string]int64 `json:"outcomes"` // by schema.Outcome…
	Rejected         map[string]int64 `json:"rejected"` // by schema.Reason…
	CommentsRead     int64            `json:"comments_read"`
	CommentsKept     int64            `json:"comments_kept"`
	CommentsRepeated int64            `json:"comments_duplicate"`
	CommentsExcluded int64            `json:"comments_excluded"`
}

func (t *Tally) add(row *schema.LedgerRow) {
	t.Documents++
	t.Outcomes[row.Outcome]++
	if row.Outcome == schema.OutcomeRejected && row.Reason != nil {
		t.Rejected[*row.Reason]++
	}
	t.CommentsRead += int64(row.NCommentsRead)
	t.CommentsKept += int64(row.NCommentsKept)
	t.CommentsRepeated += int64(row.NCommentsDuplicate)
	t.CommentsExcluded += int64(row.NCommentsExcluded)
}

// balance is an error where documents or comments of the source got lost.
func (t *Tally) balance() error {
	var outcomes int64
	for _, n := range t.Outcomes {
		outcomes += n
	}
	if outcomes != t.Documents {
		return fmt.Errorf("the ledger of source %s does not balance: %d documents, %d outcomes; please report this", t.SourceID, t.Documents, outcomes)
	}
	if sum := t.CommentsKept + t.CommentsRepeated + t.CommentsExcluded; sum != t.CommentsRead {
		return fmt.Errorf("the ledger of source %s does not balance: %d comments read, %d accounted for; please report this", t.SourceID, t.CommentsRead, sum)
	}
	return nil
}
