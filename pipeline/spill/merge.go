package spill

import (
	"cmp"
	"slices"
)

// maxOpen is how many runs are open at the same time.
const maxOpen = 64

// merge brings the runs down to as many as may be open, and opens those.
func (s *Sorter) merge() (*merger, error) {
	for {
		slices.SortStableFunc(s.runs, func(a, b *run) int { return cmp.Compare(a.bytes, b.bytes) })
		n := s.mergeable()
		if n == len(s.runs) {
			return newMerger(s.runs, s.codec)
		}
		// No more than needed, and the smallest first: every pass writes again.
		n = max(2, min(n, len(s.runs)-n+1))
		merged, err := s.mergeRuns(s.runs[:n])
		if err != nil {
			return nil, err
		}
		old := s.runs[:n]
		s.runs = append(slices.Clone(s.runs[n:]), merged)
		if err := removeAll(old); err != nil {
			return nil, err
		}
	}
}

// mergeable is how many of the smallest runs can be read at once: at least
// two, at most maxOpen, and no more than fit into the memory.
func (s *Sorter) mergeable() int {
	var memory int64
	for i, r := range s.runs {
		memory += r.cost()
		if i == maxOpen || i >= 2 && memory > s.opts.Memory {
			return i
		}
	}
	return len(s.runs)
}

func (s *Sorter) mergeRuns(runs []*run) (*run, error) {
	var needed int64
	for _, r := range runs {
		needed += r.bytes
	}
	m, err := newMerger(runs, s.codec)
	if err != nil {
		return nil, err
	}
	defer m.close()
	w, err := newRunWriter(s.opts.Dir, s.create, s.codec, needed)
	if err != nil {
		return nil, err
	}
	for {
		ok, err := m.next()
		if err == nil && ok {
			err = w.add(m.record())
		}
		if err != nil {
			w.abort()
			return nil, err
		}
		if !ok {
			return w.finish()
		}
	}
}

// merger gives out the records of several runs in one order. Its heap holds
// the runs by their current record.
type merger struct {
	heap    []*runReader
	started bool
}

func newMerger(runs []*run, c *codec) (*merger, error) {
	m := &merger{}
	for _, r := range runs {
		reader, err := openRun(r, c)
		if err != nil {
			m.close()
			return nil, err
		}
		m.heap = append(m.heap, reader)
	}
	return m, nil
}

// next goes to the next record; false at the end.
func (m *merger) next() (bool, error) {
	if !m.started {
		m.started = true
		for i := len(m.heap) - 1; i >= 0; i-- {
			if err := m.advance(i); err != nil {
				return false, err
			}
		}
		return len(m.heap) > 0, nil
	}
	if len(m.heap) == 0 {
		return false, nil
	}
	if err := m.advance(0); err != nil {
		return false, err
	}
	return len(m.heap) > 0, nil
}

// advance goes to the next record of the i-th reader, whose children are in
// order, and brings it to its place.
func (m *merger) advance(i int) error {
	ok, err := m.heap[i].next()
	if err != nil {
		return err
	}
	if !ok {
		m.heap[i].close()
		last := len(m.heap) - 1
		m.heap[i] = m.heap[last]
		m.heap = m.heap[:last]
		if i == last {
			return nil
		}
	}
	for {
		least := 2*i + 1
		if least >= len(m.heap) {
			return nil
		}
		if right := least + 1; right < len(m.heap) && m.less(right, least) {
			least = right
		}
		if !m.less(least, i) {
			return nil
		}
		m.heap[i], m.heap[least] = m.heap[least], m.heap[i]
		i = least
	}
}

func (m *merger) less(i, j int) bool {
	x, y := m.heap[i], m.heap[j]
	if x.prefix != y.prefix {
		return x.prefix < y.prefix
	}
	return compare(x.key, x.value, y.key, y.value) < 0
}

// record is the current record, valid until next.
func (m *merger) record() (key, value []byte) { return m.heap[0].key, m.heap[0].value }

func (m *merger) close() {
	for _, r := range m.heap {
		r.close()
	}
	m.heap = nil
}
