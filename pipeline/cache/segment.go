package cache

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/minio/sha256-simd"
	"github.com/zeebo/xxh3"
)

// A segment is two files that only grow. In NAME.data lie the entries: the
// content, the key and a checksum of both. NAME.index says where each of them is, in
// records of 64 bytes: the key, the label, the offset of the entry and its
// length as little-endian numbers, and a checksum. It is written after the data
// that it tells of; what a crash has left of either is not found, or is a miss.
const (
	dataSuffix  = ".data"
	indexSuffix = ".index"
	recordSize  = 64
	checkSize   = 8 // of the checksum of an entry
	overhead    = sha256.Size + checkSize
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// record is an index record.
type record struct {
	key    Key
	about  Label
	offset int64
	length int64 // of the whole entry
}

func (r *record) append(b []byte) []byte {
	start := len(b)
	b = append(append(b, r.key[:]...), r.about[:]...)
	b = binary.LittleEndian.AppendUint64(b, uint64(r.offset))
	b = binary.LittleEndian.AppendUint32(b, uint32(r.length))
	return binary.LittleEndian.AppendUint32(b, crc32.Checksum(b[start:], castagnoli))
}

// parseRecord reads a record; ok is false where it is damaged or was removed.
func parseRecord(b []byte) (r record, ok bool) {
	const checked = recordSize - crc32.Size
	if binary.LittleEndian.Uint32(b[checked:]) != crc32.Checksum(b[:checked], castagnoli) {
		return r, false
	}
	copy(r.key[:], b)
	copy(r.about[:], b[len(r.key):])
	r.offset = int64(binary.LittleEndian.Uint64(b[48:]))
	r.length = int64(binary.LittleEndian.Uint32(b[56:]))
	return r, r.offset >= 0 && r.offset <= maxOffset && r.length >= overhead && r.length <= maxEntry+overhead
}

// checksum is that of an entry without it.
func checksum(entry []byte) uint64 { return xxh3.Hash(entry) }

// segmentFiles is a segment as the folder shows it.
type segmentFiles struct {
	path string // without suffix
	size int64  // of both files
	used time.Time
}

// segments lists the segments, the one that was used last first.
func (c *Cache) segments() ([]segmentFiles, error) {
	entries, err := os.ReadDir(c.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil // another process clears it
	}
	if err != nil {
		return nil, err
	}
	var list []segmentFiles
	for _, e := range entries {
		name, isIndex := strings.CutSuffix(e.Name(), indexSuffix)
		if !isIndex {
			continue
		}
		s := segmentFiles{path: filepath.Join(c.dir, name)}
		index, err := e.Info()
		if err != nil {
			continue // another process trims
		}
		s.size, s.used = index.Size(), index.ModTime()
		if data, err := os.Stat(s.path + dataSuffix); err == nil {
			s.size += data.Size()
		}
		list = append(list, s)
	}
	slices.SortFunc(list, func(a, b segmentFiles) int { return cmp.Or(b.used.Compare(a.used), cmp.Compare(a.path, b.path)) })
	return list, nil
}

// records calls each for the records of a segment; at is where one stands.
func (s *segmentFiles) records(each func(r record, at int64)) error {
	f, err := os.Open(s.path + indexSuffix)
	if err != nil {
		return err
	}
	defer f.Close()
	buffer := make([]byte, 4096*recordSize)
	for at := int64(0); ; {
		n, err := io.ReadFull(f, buffer)
		for b := buffer[:n]; len(b) >= recordSize; b, at = b[recordSize:], at+recordSize {
			if r, ok := parseRecord(b); ok {
				each(r, at)
			}
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func (s *segmentFiles) remove() {
	_ = os.Remove(s.path + indexSuffix) // what stays is removed the next time
	_ = os.Remove(s.path + dataSuffix)
}

// load reads the index of every segment, those that were used last first.
func (c *Cache) load() {
	list, err := c.segments()
	if err != nil {
		return
	}
	var places []place
	for i := range list {
		if len(places) >= c.most || i > maxSegments {
			break
		}
		c.readers = append(c.readers, &segment{files: list[i]})
		_ = list[i].records(func(r record, _ int64) { // what cannot be read is a miss
			if len(places) < c.most {
				places = append(places, place{prefixOf(r.key), uint64(i)<<offsetBits | uint64(r.offset), uint32(r.length)})
			}
		})
	}
	c.index = newIndex(places)
}

// segment is a segment that entries are read from.
type segment struct {
	files segmentFiles
	open  sync.Once
	data  *os.File // nil where it cannot be read
}

// read reads an entry; ok is false where it is another one or damaged.
func (s *segment) read(k Key, p *place, buffer []byte) (content []byte, ok bool) {
	s.open.Do(func() {
		s.data, _ = os.Open(s.files.path + dataSuffix) // a miss where it is gone
		// The time of last use decides what Trim removes; it reaches no output.
		now := time.Now()
		_ = os.Chtimes(s.files.path+indexSuffix, now, now)
	})
	if s.data == nil {
		return nil, false
	}
	n := int(p.length)
	if cap(buffer) < n {
		buffer = make([]byte, n, n+n/4)
	}
	entry := buffer[:n]
	if _, err := s.data.ReadAt(entry, p.offset()); err != nil {
		return nil, false
	}
	body, sum := entry[:n-checkSize], entry[n-checkSize:]
	content, key := body[:len(body)-sha256.Size], body[len(body)-sha256.Size:]
	if !bytes.Equal(key, k[:]) || checksum(body) != binary.LittleEndian.Uint64(sum) {
		return nil, false
	}
	return content, true
}

func (s *segment) close() {
	if s.data != nil {
		_ = s.data.Close() // it was only read
		s.data = nil
	}
}
