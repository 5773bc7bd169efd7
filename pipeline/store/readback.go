package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/maphash"
	"reflect"

	"corpus/schema"
)

// errReadBack is the error of a file that does not hold what was written.
var errReadBack = errors.New("the file does not give back the rows that were written into it; please report this")

// rowSum is a digest of rows in their order. It never leaves the process: its
// seed is another one each time.
type rowSum struct {
	hash    maphash.Hash
	columns []schema.Column
}

func newRowSum(t schema.Table, seed maphash.Seed) *rowSum {
	s := &rowSum{columns: schema.Columns(t)}
	s.hash.SetSeed(seed)
	return s
}

func (s *rowSum) add(row reflect.Value) { s.row(s.columns, row) }

func (s *rowSum) row(columns []schema.Column, row reflect.Value) {
	for i := range columns {
		c := &columns[i]
		v := row.FieldByIndex(c.Index)
		if c.Nullable {
			if v.IsNil() {
				s.number(0)
				continue
			}
			s.number(1)
			v = v.Elem()
		}
		switch {
		case c.List:
			s.number(int64(v.Len()))
			for j := range v.Len() {
				if len(c.Children) > 0 {
					s.row(c.Children, v.Index(j))
				} else {
					s.text(v.Index(j).String())
				}
			}
		case c.Type == schema.TypeBool:
			if v.Bool() {
				s.number(1)
			} else {
				s.number(0)
			}
		case c.Type == schema.TypeInt32 || c.Type == schema.TypeTimestamp:
			s.number(v.Int())
		default:
			s.text(v.String())
		}
	}
}

func (s *rowSum) number(n int64) {
	var b [8]byte
	binary.LittleEndian.PutUint64(b[:], uint64(n))
	_, _ = s.hash.Write(b[:]) // it never fails
}

func (s *rowSum) text(t string) {
	s.number(int64(len(t)))
	_, _ = s.hash.WriteString(t) // it never fails
}

// readBack reads the unfinished file as any reader would, checksums of pages
// included, and compares its rows with those that were written. Releases of
// the Parquet library have lost values without an error.
func (w *Writer[T]) readBack() error {
	got := newRowSum(w.table, w.seed)
	n := int64(0)
	for row, err := range FileRows[T](w.file.dir, FileInfo{Path: w.file.tmpBase(), Table: w.table.Name}) {
		if err != nil {
			return fmt.Errorf("%s: %w: %w", w.file.path, errReadBack, err)
		}
		got.add(reflect.ValueOf(&row).Elem())
		n++
	}
	if n != w.rows || got.hash.Sum64() != w.sum.hash.Sum64() {
		return fmt.Errorf("%s: %w", w.file.path, errReadBack)
	}
	return nil
}
