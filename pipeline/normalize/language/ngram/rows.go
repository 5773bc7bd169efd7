package ngram

// A row holds the weights of one n-gram for all classes, a byte each, so that
// many are added at once: short n-grams have weights for most languages of their
// script, and of a text's n-grams three in four do.
type row [rowClasses / 8]uint64

const (
	rowClasses = 64  // classes that a row has room for
	rowLeast   = 12  // weights from which on an n-gram gets a row
	zero       = 128 // what stands for the weight 0, so that no byte is negative
	maxSummed  = 256 // rows whose bytes add up to no more than 16 bits hold
	lanes      = 0x00FF00FF00FF00FF
)

// makeRows gives rows to the n-grams that have weights for many classes.
func (m *Model) makeRows() {
	m.row = make([]uint16, len(m.low))
	if len(m.Classes) > rowClasses {
		return
	}
	for i := range m.low {
		weights := m.weights[m.from[i]:m.from[i+1]]
		if len(weights) < rowLeast || len(m.rows) == 1<<16-1 {
			continue
		}
		var r row
		for w := range r {
			r[w] = zero * 0x0101010101010101
		}
		for _, w := range weights {
			shift := w.Class % 8 * 8
			r[w.Class/8] ^= uint64(zero^uint8(int(w.Value)+zero)) << shift
		}
		m.rows = append(m.rows, r)
		m.row[i] = uint16(len(m.rows))
	}
}

// Sum adds the weights of n-grams to the scores, one a class.
func (m *Model) Sum(scores []int32, keys []uint32) {
	var sums [2 * len(row{})]uint64 // of 16 bits: those of even bytes, of odd ones
	n := int32(0)
	flush := func() {
		for class := range m.Classes {
			lane := sums[class/8*2+class%2] >> (class % 8 / 2 * 16) & 0xFFFF
			scores[class] += int32(lane) - zero*n
		}
		sums, n = [2 * len(row{})]uint64{}, 0
	}
	for _, key := range keys {
		i := m.find(key)
		if i < 0 {
			continue
		}
		if m.row[i] == 0 {
			for _, w := range m.weights[m.from[i]:m.from[i+1]] {
				scores[w.Class] += int32(w.Value)
			}
			continue
		}
		for w, x := range &m.rows[m.row[i]-1] {
			sums[2*w] += x & lanes
			sums[2*w+1] += x >> 8 & lanes
		}
		if n++; n == maxSummed {
			flush()
		}
	}
	if n > 0 {
		flush()
	}
}
