package resolve

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"github.com/zeebo/xxh3"

	"corpus/pipeline/spill"
)

// setFile keeps sets of shingles in a temporary file, one after the other in
// little-endian 64-bit numbers, each set followed by a checksum.
type setFile struct {
	dir string

	mu   sync.Mutex
	file *os.File
	w    *bufio.Writer
	size int64
	buf  []byte // of read
}

func newSetFile(dir string) (*setFile, error) {
	f, err := os.Create(filepath.Join(dir, "shingles"))
	if err != nil {
		return nil, spill.Explain(err, dir, 0)
	}
	return &setFile{dir: dir, file: f, w: bufio.NewWriterSize(f, 256<<10)}, nil
}

// add appends set and tells where it stands. It is safe for concurrent use.
func (s *setFile) add(set []uint64) (offset int64, err error) {
	packed := make([]byte, 0, 8*len(set)+8)
	for _, x := range set {
		packed = binary.LittleEndian.AppendUint64(packed, x)
	}
	packed = binary.LittleEndian.AppendUint64(packed, xxh3.Hash(packed))
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := s.w.Write(packed); err != nil {
		return 0, spill.Explain(err, s.dir, int64(len(packed)))
	}
	offset = s.size
	s.size += int64(len(packed))
	return offset, nil
}

// flush ends adding.
func (s *setFile) flush() error {
	return spill.Explain(s.w.Flush(), s.dir, int64(s.w.Buffered()))
}

// read appends the set of m to dst. It is for one goroutine, after flush.
func (s *setFile) read(m *member, dst []uint64) ([]uint64, error) {
	n := 8*int64(m.shingles) + 8
	if m.shingles < 0 || m.offset < 0 || m.offset > s.size || n < 0 || n > s.size-m.offset {
		return nil, errDamaged
	}
	if int64(cap(s.buf)) < n {
		s.buf = make([]byte, n)
	}
	b := s.buf[:n]
	if _, err := s.file.ReadAt(b, m.offset); err != nil {
		return nil, fmt.Errorf("reading shingles again: %w", spill.WithoutPath(err))
	}
	body := b[:n-8]
	if binary.LittleEndian.Uint64(b[n-8:]) != xxh3.Hash(body) {
		return nil, errDamaged
	}
	for ; len(body) > 0; body = body[8:] {
		dst = append(dst, binary.LittleEndian.Uint64(body))
	}
	return dst, nil
}

func (s *setFile) close() { _ = s.file.Close() }
