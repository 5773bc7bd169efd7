package assemble

import (
	"cmp"
	"slices"

	"corpus/pipeline/normalize"
)

// newestFirst orders documents by when they show the article: the newest
// capture first, none last; then the newest stated change, none last; then the
// smallest digest. Source, path and locator settle what is left, so that no
// two documents of a corpus are equal.
func newestFirst(a, b *normalize.Document) int {
	return cmp.Or(
		newer(a.Origin.CapturedAt, b.Origin.CapturedAt),
		newer(a.ModifiedUS, b.ModifiedUS),
		cmp.Compare(a.Origin.DocSHA256, b.Origin.DocSHA256),
		cmp.Compare(a.Origin.InputSHA256, b.Origin.InputSHA256),
		cmp.Compare(a.Origin.SourceID, b.Origin.SourceID),
		cmp.Compare(a.Origin.InputPath, b.Origin.InputPath),
		cmp.Compare(a.Origin.Locator, b.Origin.Locator),
	)
}

// newest gives the documents, newest first.
func newest(docs []normalize.Document) []*normalize.Document {
	ordered := make([]*normalize.Document, len(docs))
	for i := range docs {
		ordered[i] = &docs[i]
	}
	slices.SortStableFunc(ordered, newestFirst)
	return ordered
}

// newer puts the later instant first, and none last.
func newer(a, b *int64) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	}
	return cmp.Compare(*b, *a)
}
