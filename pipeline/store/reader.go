package store

import (
	"encoding/binary"
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

// maxFooter bounds the footer of a file, in bytes.
const maxFooter = 256 << 20

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
	if err := checkFooterSize(file, stat.Size()); err != nil {
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

// checkFooterSize looks at the length of the footer before a library makes
// room for it.
func checkFooterSize(f io.ReaderAt, size int64) error {
	var tail [footerTail]byte
	if size < 4+footerTail {
		return fmt.Errorf("%w: it is too short for a Parquet file", ErrDamaged)
	}
	if _, err := f.ReadAt(tail[:], size-footerTail); err != nil {
		return fmt.Errorf("the footer cannot be read: %w", withoutPath(err))
	}
	if n := int64(binary.LittleEndian.Uint32(tail[:])); n > size-4-footerTail || n > maxFooter {
		return fmt.Errorf("%w: its footer cannot be %d bytes long", ErrDamaged, n)
	}
	return nil
}

func damaged(path string, err error) error {
	return fmt.Errorf("%s is %w: %w", path, ErrDamaged, err)
}

// SameSchema tells whether a file has exactly the columns of table t: names,
// order, types, nullability.
func SameSchema(f *parquet.File, t schema.Table) bool {
	want := parquet.SchemaOf(reflect.New(t.Row).Interface())
	return parquet.EqualNodes(want, f.Schema()) && want.String() == f.Schema().String()
}

// tableReader reads the rows of one file.
type tableReader[T any] struct {
	path   string
	file   io.Closer
	reader *parquet.GenericReader[T]
	rows   []T
	left   int64
	end    bool
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
	r := &tableReader[T]{path: info.Path, file: closer, rows: make([]T, readRows), left: f.NumRows()}
	err = guard(info.Path, func() error {
		if !SameSchema(f, t) {
			return fmt.Errorf("its columns are not those of table %s", t.Name)
		}
		r.reader = parquet.NewGenericReader[T](f)
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
	if r.end {
		return nil, nil
	}
	clear(r.rows) // so that no row shares memory with one given out before
	n := 0
	err := guard(r.path, func() error {
		var err error
		n, err = r.reader.Read(r.rows)
		return err
	})
	r.left -= int64(n)
	switch {
	case errors.Is(err, io.EOF):
		r.end = true
		if r.left != 0 {
			return r.rows[:n], damaged(r.path, fmt.Errorf("its footer tells of %d rows more or fewer", r.left))
		}
		return r.rows[:n], nil
	case err != nil:
		r.end = true
		return r.rows[:n], damaged(r.path, err)
	case n == 0:
		r.end = true
		return nil, damaged(r.path, errors.New("it stops in the middle"))
	}
	return r.rows[:n], nil
}

func (r *tableReader[T]) close() {
	_ = guard(r.path, r.reader.Close)
	_ = r.file.Close()
}
