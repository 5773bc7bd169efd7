package statistics

import "math"

// MaxValue is the largest value that a distribution tells from larger ones.
const MaxValue = 1 << 16

// Distribution describes whole numbers from 0. Quantiles are of the nearest
// rank: the smallest value that at least so many per mille do not exceed.
// For them a value over MaxValue counts as MaxValue.
type Distribution struct {
	N       int64    `json:"n"`
	Sum     int64    `json:"sum"`
	Min     int64    `json:"min"` // 0 of nothing
	Max     int64    `json:"max"`
	P10     int64    `json:"p10"`
	P25     int64    `json:"p25"`
	P50     int64    `json:"p50"`
	P75     int64    `json:"p75"`
	P90     int64    `json:"p90"`
	P99     int64    `json:"p99"`
	Capped  int64    `json:"capped"` // values over MaxValue
	Buckets []Bucket `json:"buckets"`
}

// Bucket counts the values from From to To, both included.
type Bucket struct {
	From int64 `json:"from"`
	To   int64 `json:"to"` // -1 for all larger ones
	N    int64 `json:"n"`
}

// Lower bounds of the buckets.
var (
	wordBounds    = []int64{0, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000}
	countBounds   = []int64{0, 1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000, 10000}
	depthBounds   = []int64{0, 1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 50, 100}
	minutesBounds = []int64{0, 1, 5, 15, 60, 180, 720, 1440, 4320, 10080, 43200}
)

// histogram counts every value exactly up to MaxValue, in half a megabyte.
type histogram struct {
	n, sum   int64
	min, max int64
	counts   []int64 // by value; the last one holds all larger ones
	bounds   []int64
	buckets  []int64
}

func newHistogram(bounds []int64) *histogram {
	return &histogram{min: math.MaxInt64, counts: make([]int64, MaxValue+2), bounds: bounds, buckets: make([]int64, len(bounds))}
}

// add counts a value n times; a negative one counts as 0.
func (h *histogram) add(value, n int64) {
	if n <= 0 {
		return
	}
	value = max(value, 0)
	h.n += n
	h.sum += value * n
	h.min, h.max = min(h.min, value), max(h.max, value)
	h.counts[min(value, MaxValue+1)] += n
	for i := len(h.bounds) - 1; i >= 0; i-- {
		if value >= h.bounds[i] {
			h.buckets[i] += n
			return
		}
	}
}

func (h *histogram) quantile(perMille int64) int64 {
	if h.n == 0 {
		return 0
	}
	// The nearest rank, rounded up, without overflow.
	rank := h.n/1000*perMille + (h.n%1000*perMille+999)/1000
	var below int64
	for value, n := range h.counts {
		if below += n; below >= rank && n > 0 {
			return min(int64(value), MaxValue)
		}
	}
	return MaxValue
}

func (h *histogram) result() Distribution {
	d := Distribution{
		N: h.n, Sum: h.sum, Max: h.max,
		P10: h.quantile(100), P25: h.quantile(250), P50: h.quantile(500),
		P75: h.quantile(750), P90: h.quantile(900), P99: h.quantile(990),
		Capped: h.counts[MaxValue+1],
	}
	if h.n > 0 {
		d.Min = h.min
	}
	for i, from := range h.bounds {
		to := int64(-1)
		if i+1 < len(h.bounds) {
			to = h.bounds[i+1] - 1
		}
		d.Buckets = append(d.Buckets, Bucket{From: from, To: to, N: h.buckets[i]})
	}
	return d
}
