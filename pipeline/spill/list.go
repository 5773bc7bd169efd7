package spill

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"iter"
	"os"
)

// List keeps records in the order in which they are added, in memory as long
// as they are few and in a temporary file from then on. It gives them out as
// often as it is asked.
type List struct {
	opts    Options
	pending []byte // not yet in the file
	file    *os.File
	written int64 // bytes in the file
	sum     uint32
	n       int64
	err     error // the first failure; nothing works after it
}

// NewList is a list without records. Options.Memory is what it holds in memory
// before it takes a file, 0 for 1 MiB.
func NewList(opts Options) *List {
	if opts.Memory <= 0 {
		opts.Memory = 1 << 20
	}
	return &List{opts: opts}
}

var checksum = crc32.MakeTable(crc32.Castagnoli)

// Add appends a record, which is copied. It is for one goroutine; an error is final.
func (l *List) Add(record []byte) error {
	if l.err != nil {
		return l.err
	}
	l.pending = append(binary.AppendUvarint(l.pending, uint64(len(record))), record...)
	l.n++
	if limit := l.opts.Memory; int64(len(l.pending)) > limit || l.file != nil && len(l.pending) > blockSize {
		l.err = l.flush()
	}
	return l.err
}

func (l *List) flush() error {
	if l.file == nil {
		f, err := os.CreateTemp(l.opts.Dir, "corpus-list-")
		if err != nil {
			return Explain(err, l.opts.Dir, int64(len(l.pending)))
		}
		l.file = f
	}
	if _, err := l.file.Write(l.pending); err != nil {
		return Explain(err, l.opts.Dir, int64(len(l.pending)))
	}
	l.written += int64(len(l.pending))
	l.sum = crc32.Update(l.sum, checksum, l.pending)
	l.pending = l.pending[:0]
	if cap(l.pending) > 4*blockSize {
		l.pending = nil // from now on it is written in blocks
	}
	return nil
}

// Len is the number of records.
func (l *List) Len() int64 { return l.n }

// All gives out the records in their order; each is valid until the next one.
// Nothing may be added meanwhile. An error, which is the last thing that is
// given, may also say that records given before were damaged.
func (l *List) All() iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		if l.err != nil {
			yield(nil, l.err)
			return
		}
		if l.file != nil {
			in := &summed{in: io.NewSectionReader(l.file, 0, l.written)}
			buffered := bufio.NewReaderSize(in, blockSize)
			var record []byte
			for {
				n, err := binary.ReadUvarint(buffered)
				if errors.Is(err, io.EOF) {
					break
				}
				if err == nil && n > uint64(l.written) {
					err = errDamaged
				}
				if err == nil {
					record = sized(record, int(n))
					_, err = io.ReadFull(buffered, record)
				}
				if err != nil {
					yield(nil, damaged(err))
					return
				}
				if !yield(record, nil) {
					return
				}
			}
			if in.sum != l.sum {
				yield(nil, errDamaged)
				return
			}
		}
		for rest := l.pending; len(rest) > 0; {
			n, size := binary.Uvarint(rest)
			end := size + int(n)
			if !yield(rest[size:end:end], nil) {
				return
			}
			rest = rest[end:]
		}
	}
}

// Close gives up the records and removes the temporary file. It may be called
// more than once.
func (l *List) Close() error {
	l.pending = nil
	if l.err == nil {
		l.err = ErrDone
	}
	if l.file == nil {
		return nil
	}
	f := l.file
	l.file = nil
	_ = f.Close() // what was not written is not wanted
	if err := removeFile(f.Name()); err != nil {
		return fmt.Errorf("a list on disk: %w", err)
	}
	return nil
}

// summed takes the checksum of what is read.
type summed struct {
	in  io.Reader
	sum uint32
}

func (s *summed) Read(p []byte) (int, error) {
	n, err := s.in.Read(p)
	s.sum = crc32.Update(s.sum, checksum, p[:n])
	return n, err
}
