package compare

import (
	"bytes"
	"context"
	"fmt"
	"iter"

	"github.com/go-json-experiment/json"

	"corpus/pipeline/spill"
)

// stream gives rows one by one, in the order of their keys.
type stream[T any] struct {
	key  []byte
	row  T
	ok   bool // false at the end
	next func() ([]byte, T, error, bool)
	stop func()
}

// ordered is a stream of rows that come in the order of what key makes of them.
func ordered[T any](rows iter.Seq2[T, error], key func(*T) []byte) *stream[T] {
	next, stop := iter.Pull2(rows)
	return &stream[T]{stop: stop, next: func() ([]byte, T, error, bool) {
		row, err, ok := next()
		if err != nil || !ok {
			return nil, row, err, ok
		}
		return key(&row), row, nil, true
	}}
}

// sorted is a stream of rows that come in any order.
func sorted[T any](ctx context.Context, sorter *spill.Sorter, rows iter.Seq2[T, error], key func(*T) []byte) (*stream[T], error) {
	for row, err := range rows {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		if err := add(sorter, key(&row), &row); err != nil {
			return nil, err
		}
	}
	it, err := sorter.Sort()
	if err != nil {
		return nil, err
	}
	return fromSorter[T](it), nil
}

// fromSorter is a stream of what add put into a sorter.
func fromSorter[T any](it *spill.Iterator) *stream[T] {
	return &stream[T]{stop: func() { it.Close() }, next: func() (key []byte, row T, err error, ok bool) {
		if !it.Next() {
			return nil, row, it.Err(), false
		}
		if err := json.Unmarshal(it.Value(), &row); err != nil {
			return nil, row, fmt.Errorf("reading a record again: %w", err), false
		}
		return bytes.Clone(it.Key()), row, nil, true
	}}
}

// add puts a row into a sorter.
func add(sorter *spill.Sorter, key []byte, row any) error {
	value, err := json.Marshal(row)
	if err != nil {
		return fmt.Errorf("writing a record to sort it: %w", err)
	}
	return sorter.Add(key, value)
}

func (s *stream[T]) advance() error {
	var err error
	s.key, s.row, err, s.ok = s.next()
	return err
}

// join goes through two streams in the order of their keys, and calls f with
// the rows of equal keys, one by one; with nil for a side that has none.
func join[T any](ctx context.Context, old, new *stream[T], f func(old, new *T) error) error {
	defer old.stop()
	defer new.stop()
	for _, s := range []*stream[T]{old, new} {
		if err := s.advance(); err != nil {
			return err
		}
	}
	for old.ok || new.ok {
		if err := ctx.Err(); err != nil {
			return err
		}
		order := 1
		switch {
		case !new.ok:
			order = -1
		case old.ok:
			order = bytes.Compare(old.key, new.key)
		}
		var a, b *T
		if order <= 0 {
			row := old.row
			a = &row
			if err := old.advance(); err != nil {
				return err
			}
		}
		if order >= 0 {
			row := new.row
			b = &row
			if err := new.advance(); err != nil {
				return err
			}
		}
		if err := f(a, b); err != nil {
			return err
		}
	}
	return nil
}
