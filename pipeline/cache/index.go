package cache

import (
	"cmp"
	"encoding/binary"
	"slices"
	"sync/atomic"
	"unsafe"
)

// place says where an entry lies. The prefix of its key finds it; the whole key
// stands with the entry.
type place struct {
	prefix uint64
	at     uint64 // number of the segment, and offset in it
	length uint32
}

const (
	placeBytes  = int64(unsafe.Sizeof(place{})) + 1
	offsetBits  = 44
	maxOffset   = 1<<offsetBits - 1
	maxSegments = 1<<(64-offsetBits) - 1
)

func (p *place) segment() int  { return int(p.at >> offsetBits) }
func (p *place) offset() int64 { return int64(p.at & maxOffset) }

func prefixOf(k Key) uint64 { return binary.BigEndian.Uint64(k[:]) }

// index is the places of all entries, by prefix. It is read by many.
type index struct {
	places []place
	used   []atomic.Uint32 // a bit an entry: it was read
}

func newIndex(places []place) index {
	slices.SortFunc(places, func(a, b place) int { return cmp.Or(cmp.Compare(a.prefix, b.prefix), cmp.Compare(b.at, a.at)) })
	return index{places, make([]atomic.Uint32, (len(places)+31)/32)}
}

// first is the place of the first entry whose key begins like k, if there is one.
func (x *index) first(k Key) int {
	i, _ := slices.BinarySearchFunc(x.places, prefixOf(k), func(p place, prefix uint64) int { return cmp.Compare(p.prefix, prefix) })
	return i
}

func (x *index) use(i int) {
	if word, bit := &x.used[i/32], uint32(1)<<(i%32); word.Load()&bit == 0 {
		word.Or(bit)
	}
}

func (x *index) wasUsed(i int) bool { return x.used[i/32].Load()&(1<<(i%32)) != 0 }
