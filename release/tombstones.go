package release

import (
	"reflect"
	"slices"

	"corpus/schema"
)

// What a tombstone may hold beside its state: what has to stand so that the
// thread keeps its shape, the ledger balances and the record can be looked up.
var (
	tombstoneOfArticle = []string{
		"article_id", "id_basis", "state", "source_id", "comment_order", "n_comments", "license", "tier", "split",
		"input_sha256", "locator", "extractor",
		"thread_sha256", // of the comments that stay under it
	}
	tombstoneOfComment = []string{
		"comment_id", "id_basis", "article_id", "source_id", "parent_id", "thread_id", "depth", "position", "commenter_basis", "state",
		"license", "tier", "split", "near_duplicate_cluster", "input_sha256", "locator", "extractor",
	}
)

// checkTombstone reports what a tombstone still holds of the record.
func checkTombstone(t schema.Table, row reflect.Value, keeps []string, report reporter) {
	for _, c := range schema.Columns(t) {
		if slices.Contains(keeps, c.Name) {
			continue
		}
		v := row.FieldByIndex(c.Index)
		if c.List && v.Len() > 0 || !c.List && !v.IsZero() {
			report(c.Name, "is set, although the record was taken down") // never the value
		}
	}
	for name, want := range map[string]string{"license": schema.LicenseUnknown, "tier": schema.TierExcluded} {
		if c, ok := t.Column(name); ok && row.FieldByIndex(c.Index).String() != want {
			report(name, "is not %s, although the record was taken down", want)
		}
	}
}
