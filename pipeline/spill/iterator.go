package spill

import "fmt"

// Iterator gives out the records of a Sorter in their order. It is for one
// goroutine.
type Iterator struct {
	sorter *Sorter
	memory *buffer // where nothing was written to disk
	index  int
	merge  *merger

	key, value []byte
	err        error
	closed     bool
}

// Next goes to the next record; false at the end, after an error and after Close.
func (it *Iterator) Next() bool {
	it.key, it.value = nil, nil
	if it.err != nil || it.closed {
		return false
	}
	if it.memory != nil {
		if it.index == len(it.memory.entries) {
			return false
		}
		it.key, it.value = it.memory.record(it.index)
		it.index++
		return true
	}
	ok, err := it.merge.next()
	if err != nil {
		it.err = fmt.Errorf("sorting on disk: %w", err)
		return false
	}
	if !ok {
		return false
	}
	it.key, it.value = it.merge.record()
	return true
}

// Key is the key of the current record, valid until Next or Close.
func (it *Iterator) Key() []byte { return it.key }

// Value is the value of the current record, valid until Next or Close.
func (it *Iterator) Value() []byte { return it.value }

// Err is the error that ended the iteration, if one did. A caller that has
// seen the last record has to ask for it.
func (it *Iterator) Err() error { return it.err }

// Close ends the iteration and removes the sorter's temporary files. It may be
// called more than once.
func (it *Iterator) Close() error {
	if it.closed {
		return nil
	}
	it.closed = true
	it.key, it.value, it.memory = nil, nil, nil
	if it.merge != nil {
		it.merge.close()
	}
	return it.sorter.Close()
}
