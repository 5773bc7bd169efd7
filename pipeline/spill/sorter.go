// Package spill sorts more records than fit into memory: it gathers them up to
// a limit, writes sorted runs to temporary files and merges these.
//
// The order is that of the bytes, first of the key, then of the value. It must
// never depend on the order of Add, on the memory, on the number of runs or on
// the folder, and no file of its own may outlive Close.
//
// The method is the external merge sort of Knuth, The Art of Computer
// Programming, vol. 3, section 5.4.
package spill

import (
	"errors"
	"fmt"
	"os"
	"sync"
)

// Options say where and with how much memory a Sorter works. They never change
// what it gives out.
type Options struct {
	Dir    string // folder for temporary files, which has to exist; "" for the system's
	Memory int64  // bytes that records may take, their bookkeeping included; 0 for DefaultMemory
}

// DefaultMemory is the memory of a Sorter that states none, in bytes.
const DefaultMemory = 64 << 20

// MaxRecord is the most bytes that a key or a value may have.
const MaxRecord = 1 << 30

// ErrDone is the error of Add after Sort or Close, and of a second Sort.
var ErrDone = errors.New("the sorter takes no more records")

// Sorter takes records in any order and gives them out sorted. It holds at
// most Options.Memory bytes of records, or a single record that is larger.
type Sorter struct {
	opts Options

	create createTemp

	mu     sync.Mutex
	buffer *buffer
	codec  *codec // made at the first run
	runs   []*run
	err    error // the first failure; nothing works after it
	done   bool
}

// New is a Sorter without records. It touches no file before the memory is full.
func New(opts Options) *Sorter {
	if opts.Memory <= 0 {
		opts.Memory = DefaultMemory
	}
	return &Sorter{opts: opts, create: createFile, buffer: newBuffer(opts.Memory)}
}

// Add takes a record; the sorter keeps copies of key and value. It is safe for
// concurrent use. Where the memory is full, the caller waits until a run is
// written. An error is final.
func (s *Sorter) Add(key, value []byte) error {
	if len(key) > MaxRecord || len(value) > MaxRecord {
		return fmt.Errorf("a record of %d bytes is too large to sort: the most is %d", max(len(key), len(value)), MaxRecord)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err != nil {
		return s.err
	}
	if s.done {
		return ErrDone
	}
	if !s.buffer.fits(len(key) + len(value)) {
		if err := s.flush(); err != nil {
			return s.fail(err)
		}
	}
	s.buffer.add(key, value)
	return nil
}

// Sort ends adding and gives out the records in their order. The iterator
// reads from the sorter's temporary files: close it before the sorter's
// folder goes. Sort works once.
func (s *Sorter) Sort() (*Iterator, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err != nil {
		return nil, s.err
	}
	if s.done {
		return nil, ErrDone
	}
	s.done = true
	if len(s.runs) == 0 {
		s.buffer.sort()
		it := &Iterator{sorter: s, memory: s.buffer}
		s.buffer = nil
		return it, nil
	}
	if err := s.flush(); err != nil {
		return nil, s.fail(err)
	}
	s.buffer = nil // the merge needs the memory
	m, err := s.merge()
	if err != nil {
		return nil, s.fail(err)
	}
	return &Iterator{sorter: s, merge: m}, nil
}

// Close gives up the records and removes the temporary files. It may be called
// at any time but during Next, and more than once.
func (s *Sorter) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.done = true
	s.buffer = nil
	return s.remove()
}

// flush writes the records in memory to a run of their own.
func (s *Sorter) flush() error {
	if len(s.buffer.entries) == 0 {
		return nil
	}
	if s.codec == nil {
		c, err := newCodec()
		if err != nil {
			return err
		}
		s.codec = c
	}
	s.buffer.sort()
	w, err := newRunWriter(s.opts.Dir, s.create, s.codec, s.buffer.recordBytes)
	if err != nil {
		return err
	}
	for i := range s.buffer.entries {
		if err := w.add(s.buffer.record(i)); err != nil {
			w.abort()
			return err
		}
	}
	r, err := w.finish()
	if err != nil {
		return err
	}
	s.runs = append(s.runs, r)
	s.buffer.reset()
	return nil
}

// fail makes err final and removes what is on disk.
func (s *Sorter) fail(err error) error {
	s.err = fmt.Errorf("sorting on disk: %w", err)
	s.buffer = nil
	_ = s.remove() // the failure before says more
	return s.err
}

func (s *Sorter) remove() error {
	failed := removeAll(s.runs)
	s.runs = nil
	if s.codec != nil {
		s.codec.close()
		s.codec = nil
	}
	return failed
}

// removeAll removes the files of runs, and gives the first error.
func removeAll(runs []*run) error {
	var failed error
	for _, r := range runs {
		if err := r.remove(); err != nil && failed == nil {
			failed = err
		}
	}
	return failed
}

// removeFile removes a temporary file; one that is gone already is no error.
func removeFile(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("removing a temporary file: %w", WithoutPath(err))
	}
	return nil
}
