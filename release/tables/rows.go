package tables

import (
	"iter"

	"corpus/pipeline/store"
)

// Rows gives the rows of a table one by one: Row is the current one where OK.
type Rows[T any] struct {
	Row T
	OK  bool

	next func() (T, error, bool)
	stop func()
}

// Open begins with the first row of a table of the version in the folder dir.
func Open[T any](dir, table string) (*Rows[T], error) {
	r := &Rows[T]{}
	r.next, r.stop = iter.Pull2(store.Rows[T](dir, table))
	if err := r.Advance(); err != nil {
		r.stop()
		return nil, err
	}
	return r, nil
}

// Advance goes on to the next row.
func (r *Rows[T]) Advance() error {
	var err error
	r.Row, err, r.OK = r.next()
	return err
}

// Close ends the reading; it may come at any row.
func (r *Rows[T]) Close() { r.stop() }
