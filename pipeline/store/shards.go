package store

import (
	"fmt"
	"math/bits"
	"reflect"
	"strconv"
	"sync"

	"corpus/schema"
)

// Shard counts are powers of two: a table may only ever double its shards, so
// that a row of shard i of n is in shard 2i or 2i+1 of 2n.
const (
	shardRawBytes = 256 << 20 // raw bytes that a shard should stay below
	maxShards     = 1 << 16
)

// ShardCount is the number of shards of a table with raw bytes in its rows,
// never below minimum, the number in the previous version; 0 stands for none.
func ShardCount(raw int64, minimum int) (int, error) {
	if minimum < 0 || minimum > maxShards || minimum&(minimum-1) != 0 {
		return 0, fmt.Errorf("store: %d is no number of shards: it has to be a power of two up to %d", minimum, maxShards)
	}
	n := max(minimum, 1)
	for n < maxShards && raw/int64(n) > shardRawBytes {
		n *= 2
	}
	return n, nil
}

// ShardOf is the shard out of n that a row belongs to: the leading bits of its
// id, which is lower-case hexadecimal of at least 8 digits.
func ShardOf(id string, n int) (int, error) {
	if n < 1 || n > maxShards || n&(n-1) != 0 {
		return 0, fmt.Errorf("store: %d is no number of shards", n)
	}
	if len(id) < 8 {
		return 0, fmt.Errorf("%q is no id", id)
	}
	head, err := strconv.ParseUint(id[:8], 16, 32)
	if err != nil {
		return 0, fmt.Errorf("%q is no id", id)
	}
	return int(head >> (32 - bits.TrailingZeros(uint(n)))), nil
}

// ShardPath is the path of shard i of n of a table within a version. The name
// is that of the Hugging Face Hub for an unsplit table.
func ShardPath(t schema.Table, i, n int) string {
	return fmt.Sprintf("%s/train-%05d-of-%05d.parquet", t.Dir(), i, n)
}

// Batches that go to the goroutine of a Shards.
const (
	batchRows = 64
	batchRaw  = 256 << 10
)

// Shards writes a table into its shards. Rows come in the order of the table;
// a row out of order is an error. A goroutine of its own encodes them, in the
// order of Write. It is for one caller at a time.
type Shards[T any] struct {
	version  *Version
	table    schema.Table
	metadata map[string]string
	order    *Order[T]
	n        int

	// Of the caller.
	batch  []sized[T]
	raw    int64
	queue  chan []sized[T]
	done   chan struct{}
	closed bool

	// Of the goroutine, until done is closed.
	current *Writer[T]
	shard   int // that comes next
	last    T
	seen    bool
	files   []FileInfo

	mu  sync.Mutex
	err error
}

type sized[T any] struct {
	row T
	raw int64
}

// NewShards begins a table of v. The number of its shards is what v.Plan set,
// else one; tables without a shard key have one file.
func NewShards[T any](v *Version, table string) (*Shards[T], error) {
	t, err := tableFor[T](table)
	if err != nil {
		return nil, err
	}
	if !portable {
		return nil, ErrNotPortable
	}
	metadata, err := Metadata(t, v.name)
	if err != nil {
		return nil, err
	}
	order, err := NewOrder[T](table)
	if err != nil {
		return nil, err
	}
	s := &Shards[T]{
		version:  v,
		table:    t,
		metadata: metadata,
		order:    order,
		n:        v.shardsOf(table),
		queue:    make(chan []sized[T], 2),
		done:     make(chan struct{}),
	}
	go s.run()
	return s, nil
}

// Write takes the next row. What its pointers and slices refer to must not
// change afterwards. An error may be that of an earlier row; it is final.
func (s *Shards[T]) Write(row T) error {
	if s.closed {
		return fmt.Errorf("store: table %s is closed", s.table.Name)
	}
	if err := s.failure(); err != nil {
		return err
	}
	raw, err := rawBytes(schema.Columns(s.table), reflect.ValueOf(&row).Elem())
	if err != nil {
		return s.fail(fmt.Errorf("table %s, row %s: %w", s.table.Name, s.name(&row), err))
	}
	s.batch = append(s.batch, sized[T]{row, raw})
	s.raw += raw
	if len(s.batch) < batchRows && s.raw < batchRaw {
		return nil
	}
	return s.send()
}

func (s *Shards[T]) send() error {
	if err := s.failure(); err != nil {
		return err
	}
	if len(s.batch) > 0 {
		s.queue <- s.batch
		s.batch, s.raw = make([]sized[T], 0, batchRows), 0
	}
	return nil
}

// Close finishes the table: all of its shards exist, also those without a row.
func (s *Shards[T]) Close() ([]FileInfo, error) {
	if s.closed {
		return nil, fmt.Errorf("store: table %s is closed", s.table.Name)
	}
	err := s.send()
	s.stop()
	if err == nil {
		err = s.failure()
	}
	if err == nil {
		err = s.finish()
	}
	if err != nil {
		s.abort()
		return nil, err
	}
	s.version.add(s.files...)
	return s.files, nil
}

// Abort gives the table up; after Close it does nothing.
func (s *Shards[T]) Abort() {
	if !s.closed {
		_ = s.fail(fmt.Errorf("store: table %s was given up", s.table.Name))
		s.stop()
		s.abort()
	}
}

func (s *Shards[T]) stop() {
	s.closed = true
	close(s.queue)
	<-s.done
}

func (s *Shards[T]) abort() {
	if s.current != nil {
		s.current.Abort()
	}
}

func (s *Shards[T]) fail(err error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil {
		s.err = err
	}
	return s.err
}

func (s *Shards[T]) failure() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
}

// run writes what comes out of the queue; after an error it only empties it.
func (s *Shards[T]) run() {
	defer close(s.done)
	for batch := range s.queue {
		if s.failure() != nil {
			continue
		}
		for i := range batch {
			if err := s.write(&batch[i]); err != nil {
				_ = s.fail(err)
				break
			}
		}
	}
}

func (s *Shards[T]) write(r *sized[T]) error {
	if s.seen {
		if err := s.order.Check(&s.last, &r.row); err != nil {
			return fmt.Errorf("table %s, row %s: %w", s.table.Name, s.name(&r.row), err)
		}
	}
	shard := 0
	if s.table.Shard != "" {
		var err error
		if shard, err = ShardOf(s.key(&r.row), s.n); err != nil {
			return fmt.Errorf("table %s: %w", s.table.Name, err)
		}
	}
	if s.current == nil || shard >= s.shard {
		if err := s.open(shard); err != nil {
			return err
		}
	}
	s.last, s.seen = r.row, true
	return s.current.write(&r.row, r.raw)
}

// open finishes the shards before shard and begins that one.
func (s *Shards[T]) open(shard int) error {
	for s.shard <= shard {
		if err := s.closeCurrent(); err != nil {
			return err
		}
		w, err := newWriter[T](s.version.dir, ShardPath(s.table, s.shard, s.n), s.table, s.metadata, s.version.groupRaw)
		if err != nil {
			return err
		}
		s.current = w
		s.shard++
	}
	return nil
}

func (s *Shards[T]) closeCurrent() error {
	if s.current == nil {
		return nil
	}
	info, err := s.current.Close()
	if err != nil {
		return err
	}
	s.current = nil
	s.files = append(s.files, info)
	return nil
}

func (s *Shards[T]) finish() error {
	if s.shard < s.n {
		if err := s.open(s.n - 1); err != nil {
			return err
		}
	}
	return s.closeCurrent()
}

func (s *Shards[T]) key(row *T) string {
	c, _ := s.table.Column(s.table.Shard) // every Shard names a column: a test sees to it
	return reflect.ValueOf(row).Elem().FieldByIndex(c.Index).String()
}

// name names a row in an error by its key, or by what it is sorted by.
func (s *Shards[T]) name(row *T) string { return RowName(s.table, row) }

// RowName names a row in a message: its key, or its shard key where it has none.
func RowName[T any](t schema.Table, row *T) string {
	key := t.Key
	if len(key) == 0 {
		key = []string{t.Shard}
	}
	name := ""
	for i, k := range key {
		if c, ok := t.Column(k); ok {
			if i > 0 {
				name += " "
			}
			name += reflect.ValueOf(row).Elem().FieldByIndex(c.Index).String()
		}
	}
	return name
}
