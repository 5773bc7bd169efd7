package store

import (
	"fmt"
	"io"
	"iter"

	"github.com/parquet-go/parquet-go"
)

// WriteParquet writes rows that belong to no table of a version as a Parquet
// file, with the settings of the tables: compression, pages, row groups, and
// the same bytes for the same rows.
func WriteParquet[T any](w io.Writer, rows iter.Seq2[T, error]) error {
	if !portable {
		return ErrNotPortable
	}
	return guard("the Parquet file", func() error {
		out := parquet.NewGenericWriter[T](w, commonOptions(nil)...)
		var one [1]T
		n := 0
		for row, err := range rows {
			if err != nil {
				return err
			}
			one[0] = row
			if _, err := out.Write(one[:]); err != nil {
				return fmt.Errorf("writing a row: %w", err)
			}
			if n++; n%rowFileGroup == 0 {
				if err := out.Flush(); err != nil {
					return fmt.Errorf("writing a row group: %w", err)
				}
			}
		}
		return out.Close()
	})
}

// rowFileGroup is the number of rows of a row group: fewer than those of a
// table, since their sizes are not known.
const rowFileGroup = 10_000
