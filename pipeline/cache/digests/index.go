package digests

import (
	"bytes"
	"encoding/binary"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"sync/atomic"

	"github.com/zeebo/xxh3"

	"corpus/pipeline/spill"
)

// The index is a file of records in their order, in blocks that end with a
// checksum; the last block may be shorter. Only the key that each begins with is
// in memory, a few bytes for every hundred files, and a look-up reads one block:
// the sorted table of Bigtable (Chang et al. 2006).
const (
	name      = "digests-1" // another form gets another name
	perBlock  = 64          // one bit each in Index.used
	checkSize = 8
	blockSize = perBlock*recordSize + checkSize
)

// Index is what is remembered. Several goroutines may use it, each by a Reader.
type Index struct {
	dir   string
	file  *os.File        // nil where there is none
	size  int64           // of file, in bytes
	first [][keySize]byte // of every block
	used  []atomic.Uint64 // of every block: the records that were looked up
	added *spill.Sorter
	n     atomic.Int64 // records in added
}

// Open opens the index that is in a folder; one that is missing or cannot be
// read is empty. What is added is sorted with the memory and in the folder of on.
func Open(dir string, on spill.Options) *Index {
	x := &Index{dir: dir, added: spill.New(on)}
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		return x
	}
	info, err := f.Stat()
	if err != nil {
		_ = f.Close()
		return x
	}
	x.file, x.size = f, info.Size()
	for at := int64(0); at < x.size; at += blockSize {
		var key [keySize]byte
		if _, err := f.ReadAt(key[:], at); err != nil {
			break // cut off
		}
		x.first = append(x.first, key)
	}
	x.used = make([]atomic.Uint64, len(x.first))
	return x
}

// Close gives up what was added and not saved. It may be called more than once.
func (x *Index) Close() error {
	if x.file != nil {
		_ = x.file.Close() // it was only read
		x.file, x.first = nil, nil
	}
	return x.added.Close()
}

// block reads a block of records and gives them without their checksum; none
// where it is damaged.
func (x *Index) block(i int, buffer []byte) []byte {
	at := int64(i) * blockSize
	buffer = buffer[:min(blockSize, x.size-at)]
	if _, err := x.file.ReadAt(buffer, at); err != nil || len(buffer)%recordSize != checkSize {
		return nil
	}
	records, sum := buffer[:len(buffer)-checkSize], buffer[len(buffer)-checkSize:]
	if xxh3.Hash(records) != binary.BigEndian.Uint64(sum) {
		return nil
	}
	return records
}

// Reader looks digests up. It is for one goroutine; nil knows nothing and
// remembers nothing.
type Reader struct {
	index   *Index
	trust   bool
	number  int    // of the block in memory, -1 for none
	records []byte // of it
	buffer  [blockSize]byte
}

// Reader is a new Reader. Without trust it gives no digest, and still remembers
// those of files that were read.
func (x *Index) Reader(trust bool) *Reader { return &Reader{index: x, trust: trust, number: -1} }

// Digest is the digest that the file had when it was read last; ok is false
// where it may have changed since.
func (r *Reader) Digest(f File) (sum Sum, ok bool) {
	if r == nil || !r.trust {
		return sum, false
	}
	return r.find(f.stamp)
}

// find looks a stamp up.
func (r *Reader) find(s stamp) (sum Sum, ok bool) {
	if s == (stamp{}) {
		return sum, false
	}
	key := s.key()
	first := r.index.first
	i := sort.Search(len(first), func(i int) bool { return bytes.Compare(first[i][:], key[:]) > 0 }) - 1
	if i < 0 {
		return sum, false
	}
	if i != r.number { // files that were made together often stand together
		r.number, r.records = i, r.index.block(i, r.buffer[:])
	}
	n := len(r.records) / recordSize
	at := sort.Search(n, func(i int) bool { return bytes.Compare(r.records[i*recordSize:][:keySize], key[:]) >= 0 })
	if at == n {
		return sum, false
	}
	record := r.records[at*recordSize:][:recordSize]
	if want := s.append(nil); !bytes.HasPrefix(record, want) {
		return sum, false
	}
	r.index.used[i].Or(1 << at)
	return Sum(record[recordSize-len(sum):]), true
}

// Add remembers the digest of a file that was read whole; after is what the file
// system said then. A file that may have changed meanwhile, or that changed so
// shortly before that a change now could give it the same stamp, is not
// remembered.
func (r *Reader) Add(f File, after fs.FileInfo, sum Sum) error {
	if r == nil || f.stamp == (stamp{}) || f.stamp != stampOf(after) || !f.stamp.settled(f.at) {
		return nil
	}
	if old, ok := r.find(f.stamp); ok && old == sum {
		return nil
	}
	record := append(f.stamp.append(make([]byte, 0, recordSize)), sum[:]...)
	r.index.n.Add(1)
	return r.index.added.Add(record[:keySize], record[keySize:])
}
