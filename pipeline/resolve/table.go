package resolve

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"sort"
	"sync"

	"github.com/zeebo/xxh3"

	"corpus/pipeline/spill"
)

// table is a temporary file of records in the order of their keys, in blocks.
// In memory it holds the first key of every block and one block: about a
// hundredth of what it holds on disk.
type table struct {
	file   *os.File
	blocks []tableBlock

	mu     sync.Mutex
	loaded int // index of the block in data, or -1
	data   []byte
}

type tableBlock struct {
	first  string
	offset int64
	size   int
	sum    uint64 // xxh3 of the block
}

const tableBlockSize = 16 << 10

// tableWriter writes a table; keys come in ascending order, each once.
type tableWriter struct {
	dir    string
	table  *table
	w      *bufio.Writer
	block  []byte
	first  string
	last   []byte
	any    bool
	offset int64
}

func newTableWriter(dir, name string) (*tableWriter, error) {
	f, err := os.Create(filepath.Join(dir, name))
	if err != nil {
		return nil, spill.Explain(err, dir, 0)
	}
	return &tableWriter{dir: dir, table: &table{file: f, loaded: -1}, w: bufio.NewWriterSize(f, 64<<10)}, nil
}

func (w *tableWriter) add(key, value []byte) error {
	if w.any && string(key) <= string(w.last) {
		return fmt.Errorf("the same key twice, or keys out of order: %q after %q", key, w.last)
	}
	w.any = true
	w.last = append(w.last[:0], key...)
	if len(w.block) == 0 {
		w.first = string(key)
	}
	w.block = binary.AppendUvarint(w.block, uint64(len(key)))
	w.block = append(w.block, key...)
	w.block = binary.AppendUvarint(w.block, uint64(len(value)))
	w.block = append(w.block, value...)
	if len(w.block) >= tableBlockSize {
		return w.flush()
	}
	return nil
}

func (w *tableWriter) flush() error {
	if len(w.block) == 0 {
		return nil
	}
	if _, err := w.w.Write(w.block); err != nil {
		return spill.Explain(err, w.dir, int64(len(w.block)))
	}
	w.table.blocks = append(w.table.blocks, tableBlock{first: w.first, offset: w.offset, size: len(w.block), sum: xxh3.Hash(w.block)})
	w.offset += int64(len(w.block))
	w.block = w.block[:0]
	return nil
}

// finish gives the table, which the caller closes.
func (w *tableWriter) finish() (*table, error) {
	if err := w.flush(); err != nil {
		return nil, err
	}
	if err := w.w.Flush(); err != nil {
		return nil, spill.Explain(err, w.dir, int64(w.w.Buffered()))
	}
	return w.table, nil
}

// abort closes the file of a table that is not finished.
func (w *tableWriter) abort() { w.table.close() }

// writeTable writes what rows gives, in its order, and closes rows.
func writeTable(dir, name string, rows *spill.Iterator) (*table, error) {
	defer rows.Close()
	w, err := newTableWriter(dir, name)
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		if err := w.add(rows.Key(), rows.Value()); err != nil {
			w.abort()
			return nil, err
		}
	}
	if err := rows.Err(); err != nil {
		w.abort()
		return nil, err
	}
	t, err := w.finish()
	if err != nil {
		w.abort()
	}
	return t, err
}

// get gives the value of key. It is safe for concurrent use, and cheap where
// the keys asked for come in their order.
func (t *table) get(key string) (value string, ok bool, err error) {
	i := sort.Search(len(t.blocks), func(i int) bool { return t.blocks[i].first > key }) - 1
	if i < 0 {
		return "", false, nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.loaded != i {
		t.loaded = -1
		t.data, err = t.read(i, t.data)
		if err != nil {
			return "", false, err
		}
		t.loaded = i
	}
	for rest := t.data; len(rest) > 0; {
		var k, v []byte
		k, v, rest, err = tableRecord(rest)
		if err != nil {
			return "", false, err
		}
		if string(k) == key {
			return string(v), true, nil
		}
		if string(k) > key {
			break
		}
	}
	return "", false, nil
}

// tableRow is a row of a table; its bytes are valid until the next one.
type tableRow struct{ key, value []byte }

// all gives all rows in their order. An error ends it.
func (t *table) all() iter.Seq2[tableRow, error] {
	return func(yield func(tableRow, error) bool) {
		var data []byte
		for i := range t.blocks {
			var err error
			if data, err = t.read(i, data); err != nil {
				yield(tableRow{}, err)
				return
			}
			for rest := data; len(rest) > 0; {
				var row tableRow
				row.key, row.value, rest, err = tableRecord(rest)
				if !yield(row, err) || err != nil {
					return
				}
			}
		}
	}
}

func (t *table) read(i int, buf []byte) ([]byte, error) {
	b := t.blocks[i]
	if cap(buf) < b.size {
		buf = make([]byte, b.size)
	}
	buf = buf[:b.size]
	if _, err := t.file.ReadAt(buf, b.offset); err != nil {
		return nil, fmt.Errorf("reading a temporary file again: %w", spill.WithoutPath(err))
	}
	if xxh3.Hash(buf) != b.sum {
		return nil, errDamaged
	}
	return buf, nil
}

// tableRecord takes the first record off a block.
func tableRecord(b []byte) (key, value, rest []byte, err error) {
	var parts [2][]byte
	for i := range parts {
		n, size := binary.Uvarint(b)
		if size <= 0 || n > uint64(len(b)-size) {
			return nil, nil, nil, errDamaged
		}
		parts[i], b = b[size:size+int(n)], b[size+int(n):]
	}
	return parts[0], parts[1], b, nil
}

func (t *table) close() { _ = t.file.Close() }
