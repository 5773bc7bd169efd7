package diff

import (
	"io"
	"iter"

	"corpus/pipeline/compare"
	"corpus/pipeline/store"
)

// row is a difference as a row of its table.
type row struct {
	compare.Difference
	Level string `parquet:"level,dict"`
}

// writeParquet writes a table with one row a difference.
func writeParquet(w io.Writer, r *compare.Result) error {
	return store.WriteParquet(w, iter.Seq2[row, error](func(yield func(row, error) bool) {
		for d, err := range r.Differences() {
			if !yield(row{d, d.Level.String()}, err) || err != nil {
				return
			}
		}
	}))
}
