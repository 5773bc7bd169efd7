package diff

import (
	"io"
	"iter"

	"corpus/pipeline/compare"
	"corpus/pipeline/store"
)

// row is a difference as a row of its table.
type row struct {
	Table     string  `parquet:"table,dict"`
	RecordID  string  `parquet:"record_id,plain"`
	ArticleID *string `parquet:"article_id,plain"`
	Change    string  `parquet:"change,dict"`
	Column    *string `parquet:"column,dict"`
	Old       *string `parquet:"old,plain"`
	New       *string `parquet:"new,plain"`
	Cause     string  `parquet:"cause,dict"`
	Level     string  `parquet:"level,dict"`
}

// writeParquet writes a table with one row a difference.
func writeParquet(w io.Writer, r *compare.Result) error {
	return store.WriteParquet(w, iter.Seq2[row, error](func(yield func(row, error) bool) {
		for d, err := range r.Differences() {
			if !yield(row{d.Table, d.RecordID, d.ArticleID, d.Change, d.Column, d.Old, d.New, d.Cause, d.Level.String()}, err) || err != nil {
				return
			}
		}
	}))
}
