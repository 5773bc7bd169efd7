package spill

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"
)

// buffer holds records in large chunks, so that the collector sees few
// pointers, and counts every byte that it has allocated.
type buffer struct {
	limit     int64
	chunkSize int
	chunks    [][]byte // of chunkSize; those after current are empty
	current   int      // index of the chunk that takes the next record
	large     [][]byte // records too large to share a chunk
	entries   []entry

	allocated   int64 // capacity of chunks, large and entries, in bytes
	recordBytes int64 // keys and values held
}

// entry says where a record lies. prefix is the start of its key, which
// settles most comparisons without a look at the record.
type entry struct {
	prefix           uint64
	chunk, offset    uint32 // chunk has the bit isLarge for an index in large
	keyLen, valueLen uint32
}

const (
	entrySize    = 24
	isLarge      = 1 << 31
	minChunk     = 256
	maxChunk     = 1 << 20
	firstEntries = 16
)

func newBuffer(limit int64) *buffer {
	return &buffer{limit: limit, chunkSize: int(min(max(limit/32, minChunk), maxChunk)), current: -1}
}

// fits tells whether a record of n bytes can be added within the limit. The
// first record always fits.
func (b *buffer) fits(n int) bool {
	need := b.need(n)
	return len(b.entries) == 0 || need == 0 || b.allocated+need <= b.limit
}

// need is what adding a record of n bytes allocates at its peak.
func (b *buffer) need(n int) int64 {
	var need int64
	if len(b.entries) == cap(b.entries) {
		need += int64(b.grown()) * entrySize // the old ones stay while they are copied
	}
	switch {
	case b.alone(n):
		need += int64(n)
	case !b.hasRoom(n) && b.current+1 == len(b.chunks):
		need += int64(b.chunkSize)
	}
	return need
}

// grown is the capacity of entries after their next growth.
func (b *buffer) grown() int { return max(firstEntries, cap(b.entries)+cap(b.entries)/2) }

// alone tells whether a record of n bytes gets memory of its own.
func (b *buffer) alone(n int) bool { return n > b.chunkSize/4 }

func (b *buffer) hasRoom(n int) bool {
	return b.current >= 0 && b.chunkSize-len(b.chunks[b.current]) >= n
}

func (b *buffer) add(key, value []byte) {
	n := len(key) + len(value)
	if len(b.entries) == 0 && b.allocated+b.need(n) > b.limit {
		// A record as large as the limit: what is kept for reuse makes room.
		*b = buffer{limit: b.limit, chunkSize: b.chunkSize, current: -1}
	}
	if len(b.entries) == cap(b.entries) {
		grown := make([]entry, len(b.entries), b.grown())
		copy(grown, b.entries)
		b.allocated += int64(cap(grown)-cap(b.entries)) * entrySize
		b.entries = grown
	}
	e := entry{prefix: prefix(key), keyLen: uint32(len(key)), valueLen: uint32(len(value))}
	if b.alone(n) {
		e.chunk = isLarge | uint32(len(b.large))
		b.large = append(b.large, append(append(make([]byte, 0, n), key...), value...))
		b.allocated += int64(n)
	} else {
		if !b.hasRoom(n) {
			b.current++
			if b.current == len(b.chunks) {
				b.chunks = append(b.chunks, make([]byte, 0, b.chunkSize))
				b.allocated += int64(b.chunkSize)
			}
		}
		c := &b.chunks[b.current]
		e.chunk, e.offset = uint32(b.current), uint32(len(*c))
		*c = append(append(*c, key...), value...)
	}
	b.entries = append(b.entries, e)
	b.recordBytes += int64(n)
}

// record is the i-th record; it is valid until the next reset.
func (b *buffer) record(i int) (key, value []byte) { return b.at(&b.entries[i]) }

func (b *buffer) at(e *entry) (key, value []byte) {
	var data []byte
	if e.chunk&isLarge != 0 {
		data = b.large[e.chunk&^isLarge]
	} else {
		data = b.chunks[e.chunk][e.offset:]
	}
	end := e.keyLen + e.valueLen
	return data[:e.keyLen:e.keyLen], data[e.keyLen:end:end]
}

func (b *buffer) sort() {
	slices.SortFunc(b.entries, func(x, y entry) int {
		if x.prefix != y.prefix {
			return cmp.Compare(x.prefix, y.prefix)
		}
		kx, vx := b.at(&x)
		ky, vy := b.at(&y)
		return compare(kx, vx, ky, vy)
	})
}

// reset forgets the records and keeps the chunks for the next ones.
func (b *buffer) reset() {
	for i := range b.chunks {
		b.chunks[i] = b.chunks[i][:0]
	}
	for _, l := range b.large {
		b.allocated -= int64(len(l))
	}
	b.large = nil
	b.current = min(0, len(b.chunks)-1)
	b.entries = b.entries[:0]
	b.recordBytes = 0
}

// prefix is the first eight bytes of key as a number that orders like them.
func prefix(key []byte) uint64 {
	if len(key) >= 8 {
		return binary.BigEndian.Uint64(key)
	}
	var p uint64
	for i, c := range key {
		p |= uint64(c) << (56 - 8*i)
	}
	return p
}

// compare is the order of records.
func compare(kx, vx, ky, vy []byte) int {
	if c := bytes.Compare(kx, ky); c != 0 {
		return c
	}
	return bytes.Compare(vx, vy)
}
