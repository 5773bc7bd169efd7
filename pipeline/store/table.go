package store

import (
	"bytes"
	"fmt"
	"hash/maphash"
	"io"
	"reflect"

	"github.com/parquet-go/parquet-go"

	"corpus/schema"
)

// Writer writes the rows of one Parquet file. It is for one goroutine. It
// never checks their order: Shards does.
type Writer[T any] struct {
	table   schema.Table
	group   []int // index of the column that no row group may split; nil for none
	file    *file
	out     *sink
	parquet *parquet.GenericWriter[T]
	one     [1]T
	last    string // value of the group column in the row before
	raw     int64  // of the row group so far
	inGroup int64
	rows    int64
	seed    maphash.Seed
	sum     *rowSum // of the rows so far
	limit   int64   // raw bytes a row group
	failed  error
}

// NewWriter begins the file at path, which has "/", below the folder dir.
func NewWriter[T any](dir, path, table, corpus string) (*Writer[T], error) {
	t, err := tableFor[T](table)
	if err != nil {
		return nil, err
	}
	metadata, err := Metadata(t, corpus)
	if err != nil {
		return nil, err
	}
	return newWriter[T](dir, path, t, metadata, groupRawBytes)
}

func newWriter[T any](dir, path string, t schema.Table, metadata map[string]string, groupRaw int64) (*Writer[T], error) {
	if !portable {
		return nil, ErrNotPortable
	}
	f, err := createFile(dir, path)
	if err != nil {
		return nil, err
	}
	seed := maphash.MakeSeed()
	w := &Writer[T]{seed: seed, sum: newRowSum(t, seed), table: t, file: f, out: &sink{to: f}, limit: groupRaw}
	if c, ok := t.Column(t.Shard); ok {
		w.group = c.Index
	}
	err = guard(path, func() error {
		w.parquet = parquet.NewGenericWriter[T](w.out, writerOptions(t, metadata)...)
		return nil
	})
	if err != nil {
		f.abort()
		return nil, err
	}
	return w, nil
}

// Write writes a row. Rows of one shard key stay in one row group. An error is
// final.
func (w *Writer[T]) Write(row T) error {
	raw, err := rawBytes(schema.Columns(w.table), reflect.ValueOf(&row).Elem())
	if err != nil {
		return w.fail(fmt.Errorf("%s, row %d: %w", w.file.path, w.rows, err))
	}
	return w.write(&row, raw)
}

func (w *Writer[T]) write(row *T, raw int64) error {
	if w.failed != nil {
		return w.failed
	}
	key := ""
	if w.group != nil {
		key = reflect.ValueOf(row).Elem().FieldByIndex(w.group).String()
	}
	if (w.raw >= w.limit || w.inGroup >= groupRows) && (w.group == nil || key != w.last) {
		if err := guard(w.file.path, w.parquet.Flush); err != nil {
			return w.fail(err)
		}
		w.raw, w.inGroup = 0, 0
	}
	w.last = key
	// One row a call: parquet-go cuts pages by what it was given at once, so
	// that other batches would give other bytes.
	w.one[0] = *row
	err := guard(w.file.path, func() error {
		_, err := w.parquet.Write(w.one[:])
		return err
	})
	if err != nil {
		return w.fail(err)
	}
	w.sum.add(reflect.ValueOf(row).Elem())
	w.raw += raw
	w.inGroup++
	w.rows++
	return nil
}

// Close finishes the file, after it has been read back.
func (w *Writer[T]) Close() (FileInfo, error) {
	if w.failed != nil {
		return FileInfo{}, w.failed
	}
	if err := guard(w.file.path, w.parquet.Flush); err != nil {
		return FileInfo{}, w.fail(err)
	}
	var tail bytes.Buffer
	w.out.to = &tail
	if err := guard(w.file.path, w.parquet.Close); err != nil {
		return FileInfo{}, w.fail(err)
	}
	end, err := withoutBounds(tail.Bytes(), w.file.size, w.table)
	if err != nil {
		return FileInfo{}, w.fail(fmt.Errorf("%s: %w", w.file.path, err))
	}
	if _, err := w.file.Write(end); err != nil {
		return FileInfo{}, w.fail(err)
	}
	if err := w.readBack(); err != nil {
		return FileInfo{}, w.fail(err)
	}
	info, err := w.file.finish()
	if err != nil {
		return FileInfo{}, w.fail(err)
	}
	w.failed = fmt.Errorf("store: %s is closed", w.file.path)
	info.Table, info.Rows = w.table.Name, w.rows
	return info, nil
}

// Abort gives the file up; after Close it does nothing.
func (w *Writer[T]) Abort() {
	if w.failed == nil {
		_ = w.fail(fmt.Errorf("store: %s was given up", w.file.path))
	}
}

func (w *Writer[T]) fail(err error) error {
	if w.failed == nil {
		w.failed = err
		w.file.abort()
	}
	return w.failed
}

// sink is what parquet-go writes to: the file, and its end into memory.
type sink struct{ to io.Writer }

func (s *sink) Write(p []byte) (int, error) { return s.to.Write(p) }

// guard turns a panic of a library into an error.
func guard(path string, f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%s: a library failed on it: %v", path, r)
		}
	}()
	return f()
}
