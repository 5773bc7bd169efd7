package store

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"reflect"

	"github.com/parquet-go/parquet-go"

	"corpus/schema"
)

// readRows is how many rows a reader holds at a time.
const readRows = 16

// Rows gives the rows of a table of the version in the folder dir, in their
// order. It holds one page a column in memory. An error ends it; one that
// wraps ErrDamaged says that a file is not as it was written.
func Rows[T any](dir, table string) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		m, err := ReadManifest(dir)
		if err != nil {
			yield(*new(T), err)
			return
		}
		for _, f := range m.TableFiles(table) {
			for row, err := range FileRows[T](dir, f) {
				if !yield(row, err) || err != nil {
					return
				}
			}
		}
	}
}

// FileRows gives the rows of one file of the version in the folder dir. The
// checksum of every page is checked on the way.
func FileRows[T any](dir string, info FileInfo) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		f, err := openTable[T](dir, info)
		if err != nil {
			yield(*new(T), err)
			return
		}
		defer f.close()
		for {
			rows, err := f.next()
			for i := range rows {
				if !yield(rows[i], nil) {
					return
				}
			}
			if err != nil {
				yield(*new(T), err)
				return
			}
			if len(rows) == 0 {
				return
			}
		}
	}
}

// OpenParquet opens a Parquet file of the version in the folder dir. Nothing
// of it is read but magic bytes and footer.
func OpenParquet(dir string, info FileInfo) (f *parquet.File, closer io.Closer, err error) {
	root, err := os.OpenRoot(dir) // no link in a version leads out of it
	if err != nil {
		return nil, nil, fmt.Errorf("%s cannot be read: %w", info.Path, withoutPath(err))
	}
	defer root.Close()
	file, err := root.Open(filepath.FromSlash(info.Path))
	if err != nil {
		return nil, nil, fmt.Errorf("%s cannot be read: %w", info.Path, withoutPath(err))
	}
	defer func() {
		if err != nil {
			file.Close()
		}
	}()
	stat, err := file.Stat()
	if err != nil {
		return nil, nil, fmt.Errorf("%s cannot be read: %w", info.Path, withoutPath(err))
	}
	if err := checkFooter(file, stat.Size()); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", info.Path, err)
	}
	err = guard(info.Path, func() error {
		f, err = parquet.OpenFile(file, stat.Size(), parquet.SkipBloomFilters(true), parquet.SkipPageIndex(true))
		return err
	})
	if err != nil {
		return nil, nil, damaged(info.Path, err)
	}
	return f, file, nil
}

func damaged(path string, err error) error {
	return fmt.Errorf("%s is %w: %w", path, ErrDamaged, err)
}

// SameSchema tells whether a file has exactly the columns of table t: names,
// order, types, nullability.
func SameSchema(f *parquet.File, t schema.Table) bool {
	want := parquet.SchemaOf(zero(t))
	return parquet.EqualNodes(want, f.Schema()) && want.String() == f.Schema().String()
}

// zero is a pointer to a row of t without values.
func zero(t schema.Table) any { return reflect.New(t.Row).Interface() }

// tableReader reads the rows of one file.
type tableReader[T any] struct {
	path      string
	file      io.Closer
	groups    []parquet.RowGroup // that come after the current one
	current   parquet.Rows       // nil before a row group
	assembler *assembler
	values    []parquet.Row
	rows      []T
	left      int64 // rows that the footer still promises
}

func openTable[T any](dir string, info FileInfo) (*tableReader[T], error) {
	t, err := tableFor[T](info.Table)
	if err != nil {
		return nil, err
	}
	f, closer, err := OpenParquet(dir, info)
	if err != nil {
		return nil, err
	}
	r := &tableReader[T]{
		path:      info.Path,
		file:      closer,
		assembler: newAssembler(t),
		values:    make([]parquet.Row, readRows),
		rows:      make([]T, readRows),
	}
	err = guard(info.Path, func() error {
		if !SameSchema(f, t) {
			return fmt.Errorf("its columns are not those of table %s", t.Name)
		}
		r.groups, r.left = f.RowGroups(), f.NumRows()
		return nil
	})
	if err != nil {
		closer.Close()
		return nil, damaged(info.Path, err)
	}
	return r, nil
}

// next gives the next rows, which the caller may keep; none at the end.
func (r *tableReader[T]) next() ([]T, error) {
	var rows []T
	err := guard(r.path, func() (err error) {
		rows, err = r.read()
		return err
	})
	if err != nil {
		return rows, damaged(r.path, err)
	}
	return rows, nil
}

func (r *tableReader[T]) read() ([]T, error) {
	for {
		if r.current == nil {
			if len(r.groups) == 0 {
				if r.left != 0 {
					return nil, fmt.Errorf("its footer tells of %d rows more or fewer", r.left)
				}
				return nil, nil
			}
			r.current, r.groups = r.groups[0].Rows(), r.groups[1:]
		}
		n, err := r.current.ReadRows(r.values)
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		clear(r.rows) // so that no row shares memory with one given out before
		for i := range n {
			if err := r.assembler.row(r.values[i], reflect.ValueOf(&r.rows[i]).Elem()); err != nil {
				return r.rows[:i], err
			}
		}
		r.left -= int64(n)
		switch {
		case err != nil: // the end of the row group
			current := r.current
			r.current = nil
			if err := current.Close(); err != nil {
				return r.rows[:n], err
			}
		case n == 0:
			return nil, errors.New("it stops in the middle")
		}
		if n > 0 {
			return r.rows[:n], nil
		}
	}
}

func (r *tableReader[T]) close() {
	_ = guard(r.path, func() error {
		if r.current == nil {
			return nil
		}
		return r.current.Close()
	})
	_ = r.file.Close()
}
