package read

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"

	"corpus/pipeline/spill"
)

// roots finds the root of every node of a forest whose nodes each name their
// parent, in any order and in bounded memory: pointer doubling (Wyllie, "The
// Complexity of Parallel Computations", 1979) with an external sort a round. A
// round lets every node that has not arrived jump to where the node it points
// at points to, so that the number of rounds is the logarithm of the depth.
type roots struct {
	dir   string
	nodes *spill.Sorter // the table of the round to come, with its questions
	n     uint64
	open  uint64 // nodes that have not arrived
}

// A record of a round is either the node itself, or a question to it: who asks.
const (
	rootsNode = iota
	rootsQuestion
)

func newRoots(dir string) *roots { return &roots{dir: dir, nodes: rootsSorter(dir)} }

func rootsSorter(dir string) *spill.Sorter {
	return spill.New(spill.Options{Dir: dir, Memory: threadMemory})
}

func (r *roots) close() { _ = r.nodes.Close() }

// add takes a node and its parent, which is 0 for a root. Of a node that is
// added twice the smaller parent holds.
func (r *roots) add(id, parent uint64) error {
	r.n++
	return r.put(id, parent, parent == 0)
}

// put writes where a node points; arrived is that it points at its root.
func (r *roots) put(id, at uint64, arrived bool) error {
	value := binary.BigEndian.AppendUint64(nil, at)
	if arrived {
		return r.nodes.Add(rootsKey(id, rootsNode), append(value, 1))
	}
	r.open++
	if err := r.nodes.Add(rootsKey(id, rootsNode), append(value, 0)); err != nil {
		return err
	}
	return r.nodes.Add(rootsKey(at, rootsQuestion), binary.BigEndian.AppendUint64(nil, id))
}

func rootsKey(id uint64, kind byte) []byte {
	return append(binary.BigEndian.AppendUint64(nil, id), kind)
}

// resolve gives an iterator over nodes by id, each with its root. The root of a
// node whose ancestors lead out of the input is the first that is not there; a
// node whose ancestors go in a circle has not arrived. No more can be added.
func (r *roots) resolve(ctx context.Context) (*rootsIterator, error) {
	for rounds := bits.Len64(r.n) + 1; r.open > 0 && rounds > 0; rounds-- {
		if err := r.round(ctx); err != nil {
			return nil, err
		}
	}
	it, err := r.nodes.Sort()
	if err != nil {
		return nil, err
	}
	return &rootsIterator{in: it}, nil
}

// round answers all questions, which makes the table of the next round.
func (r *roots) round(ctx context.Context) error {
	it, err := r.nodes.Sort()
	if err != nil {
		return err
	}
	defer it.Close()
	r.nodes, r.open = rootsSorter(r.dir), 0
	var node uint64 // the node that the questions are put to
	var at uint64
	known, arrived := false, false
	for i := 0; it.Next(); i++ {
		if i%4096 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		id, kind, err := rootsRecord(it.Key(), it.Value())
		if err != nil {
			return err
		}
		value := binary.BigEndian.Uint64(it.Value())
		if kind == rootsNode {
			if known && id == node {
				continue // added twice
			}
			node, at, known, arrived = id, value, true, it.Value()[8] == 1
			if arrived {
				if err := r.put(id, at, true); err != nil {
					return err
				}
			}
			continue
		}
		asks, to, there := value, id, true // outside of the input: the end of the way
		if known && id == node {
			to, there = at, arrived
			if arrived && at == 0 {
				to = id
			}
		}
		if err := r.put(asks, to, there); err != nil {
			return err
		}
	}
	return it.Err()
}

func rootsRecord(key, value []byte) (id uint64, kind byte, err error) {
	if len(key) != 9 || len(value) < 8 || key[8] == rootsNode && len(value) != 9 {
		return 0, 0, fmt.Errorf("finding roots: %w", errors.New("a record of another form"))
	}
	return binary.BigEndian.Uint64(key), key[8], nil
}

// rootsIterator goes over the nodes in the order of their ids.
type rootsIterator struct {
	in            *spill.Iterator
	id, root      uint64
	arrived, some bool
}

// seek goes on to node id: whether it is there and has a root. A root's root is 0.
func (r *rootsIterator) seek(id uint64) (root uint64, ok bool, err error) {
	for (!r.some || r.id < id) && r.in.Next() {
		at, kind, err := rootsRecord(r.in.Key(), r.in.Value())
		if err != nil {
			return 0, false, err
		}
		if kind != rootsNode || r.some && at == r.id {
			continue
		}
		r.some, r.id, r.root, r.arrived = true, at, binary.BigEndian.Uint64(r.in.Value()), r.in.Value()[8] == 1
	}
	if err := r.in.Err(); err != nil {
		return 0, false, err
	}
	return r.root, r.some && r.id == id && r.arrived, nil
}

func (r *rootsIterator) close() { _ = r.in.Close() }
