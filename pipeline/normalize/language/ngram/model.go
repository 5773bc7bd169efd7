package ngram

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"github.com/klauspost/compress/zstd"
)

// Unit is one nat (natural unit of information) in the weights of a model.
const Unit = 8

// The upper bits of a key choose a bucket, the lower ones stand in it.
const (
	bucketBits = 16
	lowBits    = KeyBits - bucketBits
	buckets    = 1 << bucketBits
)

// most bounds what a damaged file can make Decode allocate, in bytes.
const most = 16 << 20

const magic = "corpus ngram model 1\n"

// Class is a language in a script: Serbian has two.
type Class struct {
	Code   string // ISO 639-1, else 639-3
	Script Script
}

// Weight adds to one class's score where an n-gram stands, in 1/Unit nat.
type Weight struct {
	Class uint8
	Value int8
}

// Gram is an n-gram's key with its weights, sorted by class; the classes that
// are not named get nothing.
type Gram struct {
	Key     uint32
	Weights []Weight
}

// Model is a sparse linear model over n-grams.
type Model struct {
	Classes []Class
	Bias    []int8 // one a class, in 1/Unit nat
	first   []uint32
	low     []uint16
	from    []uint32
	weights []Weight
	row     []uint16 // numbers of rows, from 1; 0 for none
	rows    []row
}

// New builds a model of n-grams. Their keys must differ and classes exist.
func New(classes []Class, bias []int8, grams []Gram) (*Model, error) {
	if len(classes) > 255 || len(classes) != len(bias) {
		return nil, fmt.Errorf("language model: %d classes with %d biases", len(classes), len(bias))
	}
	grams = slices.Clone(grams)
	slices.SortFunc(grams, func(a, b Gram) int { return int(a.Key) - int(b.Key) })
	m := &Model{Classes: classes, Bias: bias, first: make([]uint32, buckets+1)}
	for i, g := range grams {
		if i > 0 && g.Key == grams[i-1].Key || g.Key >= 1<<KeyBits {
			return nil, fmt.Errorf("language model: key %d twice or too large", g.Key)
		}
		m.first[g.Key>>lowBits+1]++
		m.low = append(m.low, uint16(g.Key&(1<<lowBits-1)))
		m.from = append(m.from, uint32(len(m.weights)))
		for k, w := range g.Weights {
			if int(w.Class) >= len(classes) || k > 0 && w.Class <= g.Weights[k-1].Class {
				return nil, fmt.Errorf("language model: weights of key %d are not sorted by class", g.Key)
			}
			m.weights = append(m.weights, w)
		}
	}
	m.from = append(m.from, uint32(len(m.weights)))
	for b := range buckets {
		m.first[b+1] += m.first[b]
	}
	m.makeRows()
	return m, nil
}

// Add adds the weights of an n-gram to the scores, one a class.
func (m *Model) Add(scores []int32, key uint32) {
	for _, w := range m.Weights(key) {
		scores[w.Class] += int32(w.Value)
	}
}

// Weights gives the weights of an n-gram, none where the model lacks it.
func (m *Model) Weights(key uint32) []Weight {
	if i := m.find(key); i >= 0 {
		return m.weights[m.from[i]:m.from[i+1]]
	}
	return nil
}

// find is the place of an n-gram, -1 where the model lacks it.
func (m *Model) find(key uint32) int {
	bucket, low := key>>lowBits, uint16(key&(1<<lowBits-1))
	for i := m.first[bucket]; i < m.first[bucket+1]; i++ {
		if m.low[i] == low {
			return int(i)
		}
	}
	return -1
}

// Grams is the number of n-grams, and of weights over all of them.
func (m *Model) Grams() (grams, weights int) { return len(m.low), len(m.weights) }

// Encode writes a model: magic, then a zstd frame of columns, each of which
// compresses better than rows would.
func (m *Model) Encode() ([]byte, error) {
	var body []byte
	body = binary.AppendUvarint(body, uint64(len(m.Classes)))
	for i, c := range m.Classes {
		body = append(body, byte(len(c.Code)))
		body = append(body, c.Code...)
		body = append(body, byte(c.Script), byte(m.Bias[i]))
	}
	body = binary.AppendUvarint(body, uint64(len(m.low)))
	body = binary.AppendUvarint(body, uint64(len(m.weights)))
	for b := range buckets {
		n := m.first[b+1] - m.first[b]
		if n > 255 {
			return nil, fmt.Errorf("language model: bucket %d holds %d n-grams", b, n)
		}
		body = append(body, byte(n))
	}
	for _, v := range m.low {
		body = append(body, byte(v>>8))
	}
	for _, v := range m.low {
		body = append(body, byte(v))
	}
	for i := range m.low {
		body = append(body, byte(m.from[i+1]-m.from[i]))
	}
	for i := range m.low {
		last := uint8(0)
		for _, w := range m.weights[m.from[i]:m.from[i+1]] {
			body = append(body, w.Class-last)
			last = w.Class
		}
	}
	for _, w := range m.weights {
		body = append(body, byte(w.Value))
	}
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, fmt.Errorf("language model: %w", err)
	}
	return encoder.EncodeAll(body, []byte(magic)), encoder.Close()
}

var errDamaged = errors.New("language model: the file is damaged")

// Decode reads what Encode wrote; it checks all that Add relies on.
func Decode(file []byte) (*Model, error) {
	frame, ok := bytes.CutPrefix(file, []byte(magic))
	if !ok {
		return nil, errDamaged
	}
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(most))
	if err != nil {
		return nil, fmt.Errorf("language model: %w", err)
	}
	defer decoder.Close()
	body, err := decoder.DecodeAll(frame, nil)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errDamaged, err)
	}
	r := reader{rest: body}
	m := &Model{}
	for range r.number(255) {
		code := string(r.take(int(r.byte())))
		m.Classes = append(m.Classes, Class{Code: code, Script: Script(r.byte())})
		m.Bias = append(m.Bias, int8(r.byte()))
	}
	grams, weights := r.number(most), r.number(most)
	counts, high, low, sizes := r.take(buckets), r.take(grams), r.take(grams), r.take(grams)
	classes, values := r.take(weights), r.take(weights)
	if r.damaged || len(r.rest) > 0 {
		return nil, errDamaged
	}
	m.first = make([]uint32, buckets+1)
	for b, n := range counts {
		m.first[b+1] = m.first[b] + uint32(n)
	}
	if int(m.first[buckets]) != grams {
		return nil, errDamaged
	}
	m.low = make([]uint16, grams)
	m.from = make([]uint32, grams+1)
	m.weights = make([]Weight, weights)
	at := 0
	for i := range grams {
		m.low[i] = uint16(high[i])<<8 | uint16(low[i])
		class := uint8(0)
		for range sizes[i] {
			if at == weights {
				return nil, errDamaged
			}
			class += classes[at]
			if int(class) >= len(m.Classes) {
				return nil, errDamaged
			}
			m.weights[at] = Weight{Class: class, Value: int8(values[at])}
			at++
		}
		m.from[i+1] = uint32(at)
	}
	if at != weights {
		return nil, errDamaged
	}
	for _, c := range m.Classes {
		if c.Script == None || c.Script >= Modelled {
			return nil, errDamaged
		}
	}
	m.makeRows()
	return m, nil
}

// reader takes fields from the front and remembers that one was missing.
type reader struct {
	rest    []byte
	damaged bool
}

func (r *reader) take(n int) []byte {
	if n > len(r.rest) || r.damaged {
		r.damaged = true
		return nil
	}
	var field []byte
	field, r.rest = r.rest[:n], r.rest[n:]
	return field
}

func (r *reader) byte() byte {
	if b := r.take(1); len(b) == 1 {
		return b[0]
	}
	return 0
}

func (r *reader) number(limit uint64) int {
	v, n := binary.Uvarint(r.rest)
	if n <= 0 || v > limit {
		r.damaged = true
		return 0
	}
	r.rest = r.rest[n:]
	return int(v)
}
