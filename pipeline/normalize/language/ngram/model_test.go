package ngram

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"
	"pgregory.net/rapid"
)

func drawModel(t *rapid.T) (*Model, []Gram) {
	n := rapid.IntRange(0, 60).Draw(t, "classes")
	classes := make([]Class, n)
	bias := make([]int8, n)
	for i := range n {
		classes[i] = Class{
			Code:   rapid.StringMatching(`[a-z]{2,3}`).Draw(t, "code"),
			Script: Script(rapid.IntRange(1, Modelled-1).Draw(t, "script")),
		}
		bias[i] = rapid.Int8().Draw(t, "bias")
	}
	var grams []Gram
	for _, key := range rapid.SliceOfNDistinct(rapid.Uint32Range(0, 1<<KeyBits-1), 0, 80, rapid.ID[uint32]).Draw(t, "keys") {
		g := Gram{Key: key}
		for c := range n {
			if v := rapid.Int8Range(-3, 3).Draw(t, "weight"); v > 1 {
				g.Weights = append(g.Weights, Weight{Class: uint8(c), Value: v})
			}
		}
		grams = append(grams, g)
	}
	m, err := New(classes, bias, grams)
	if err != nil {
		t.Fatal(err)
	}
	return m, grams
}

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, grams := drawModel(t)
		file, err := m.Encode()
		if err != nil {
			t.Fatal(err)
		}
		again, err := Decode(file)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(again.Classes, m.Classes) || !slices.Equal(again.Bias, m.Bias) {
			t.Fatalf("classes %v, bias %v; were %v, %v", again.Classes, again.Bias, m.Classes, m.Bias)
		}
		weights := 0
		for _, g := range grams {
			weights += len(g.Weights)
			if diff := cmp.Diff(g.Weights, again.Weights(g.Key)[:len(g.Weights):len(g.Weights)]); len(g.Weights) > 0 && diff != "" {
				t.Fatalf("weights of key %d: %s", g.Key, diff)
			}
			if len(again.Weights(g.Key)) != len(g.Weights) {
				t.Fatalf("key %d has %d weights, had %d", g.Key, len(again.Weights(g.Key)), len(g.Weights))
			}
			scores := make([]int32, len(m.Classes))
			again.Add(scores, g.Key)
			for _, w := range g.Weights {
				scores[w.Class] -= int32(w.Value)
			}
			if slices.ContainsFunc(scores, func(v int32) bool { return v != 0 }) {
				t.Fatalf("Add of key %d added something else", g.Key)
			}
		}
		if n, w := again.Grams(); n != len(grams) || w != weights {
			t.Fatalf("%d n-grams, %d weights; were %d, %d", n, w, len(grams), weights)
		}
		other := rapid.Uint32Range(0, 1<<KeyBits-1).Draw(t, "other")
		if !slices.ContainsFunc(grams, func(g Gram) bool { return g.Key == other }) && len(again.Weights(other)) > 0 {
			t.Fatalf("key %d, which the model lacks, has weights", other)
		}
	})
}

// Sum adds what Add does for every key, also where the n-grams have rows.
func TestSum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, rowClasses+2).Draw(t, "classes")
		var grams []Gram
		for key := range uint32(rapid.IntRange(0, 5).Draw(t, "grams")) {
			g := Gram{Key: key}
			for c := range n {
				if v := rapid.Int8().Draw(t, "weight"); v != 0 {
					g.Weights = append(g.Weights, Weight{Class: uint8(c), Value: v})
				}
			}
			grams = append(grams, g)
		}
		m, err := New(make([]Class, n), make([]int8, n), grams)
		if err != nil {
			t.Fatal(err)
		}
		keys := rapid.SliceOfN(rapid.Uint32Range(0, 6), 0, 7).Draw(t, "keys")
		keys = slices.Repeat(keys, rapid.IntRange(0, 2*maxSummed).Draw(t, "times"))
		want, got := make([]int32, n), make([]int32, n)
		for _, key := range keys {
			m.Add(want, key)
		}
		m.Sum(got, keys)
		if !slices.Equal(got, want) {
			t.Fatalf("%d, want %d", got, want)
		}
	})
}

func TestNewRefuses(t *testing.T) {
	two := []Class{{"de", Latin}, {"en", Latin}}
	for name, c := range map[string]struct {
		bias  []int8
		grams []Gram
	}{
		"bias is missing": {[]int8{1}, nil},
		"key twice":       {[]int8{1, 2}, []Gram{{Key: 5}, {Key: 5}}},
		"key too large":   {[]int8{1, 2}, []Gram{{Key: 1 << KeyBits}}},
		"unknown class":   {[]int8{1, 2}, []Gram{{Key: 5, Weights: []Weight{{2, 1}}}}},
		"class twice":     {[]int8{1, 2}, []Gram{{Key: 5, Weights: []Weight{{1, 1}, {1, 2}}}}},
		"not sorted":      {[]int8{1, 2}, []Gram{{Key: 5, Weights: []Weight{{1, 1}, {0, 2}}}}},
	} {
		if _, err := New(two, c.bias, c.grams); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// small is a model of two languages, and its file.
func small(t testing.TB) (*Model, []byte) {
	t.Helper()
	m, err := New([]Class{{"de", Latin}, {"ru", Cyrillic}}, []int8{3, -3}, []Gram{
		{Key: 7, Weights: []Weight{{0, 9}, {1, -9}}}, {Key: 1<<KeyBits - 1, Weights: []Weight{{1, 127}}}, {Key: 8},
	})
	if err != nil {
		t.Fatal(err)
	}
	file, err := m.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return m, file
}

// pack makes a file of a body, as Encode does.
func pack(t testing.TB, body []byte) []byte {
	t.Helper()
	encoder, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer encoder.Close()
	return encoder.EncodeAll(body, []byte(magic))
}

// unpack gives the body of a file.
func unpack(t testing.TB, file []byte) []byte {
	t.Helper()
	decoder, err := zstd.NewReader(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer decoder.Close()
	body, err := decoder.DecodeAll(bytes.TrimPrefix(file, []byte(magic)), nil)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func TestDecodeDamaged(t *testing.T) {
	_, file := small(t)
	body := unpack(t, file)
	if _, err := Decode(pack(t, body)); err != nil {
		t.Fatalf("the body packed again: %v", err)
	}
	damaged := map[string][]byte{
		"empty":         nil,
		"magic only":    []byte(magic),
		"other version": append([]byte("corpus ngram model 2\n"), file[len(magic):]...),
		"cut":           file[:len(file)-5],
		"trailing":      pack(t, append(slices.Clone(body), 0)),
		"no body":       pack(t, nil),
		"bomb":          pack(t, make([]byte, 2*most)),
		"huge counts":   pack(t, slices.Concat([]byte{0}, bytes.Repeat([]byte{0xFF}, 9), []byte{1})),
	}
	for n := range 20 {
		damaged["body cut"] = pack(t, body[:len(body)*n/20])
		for name, file := range damaged {
			if m, err := Decode(file); err == nil || m != nil {
				t.Errorf("%s (%d): %v, %v", name, n, m, err)
			}
		}
	}
	change := func(name string, at int, b byte) {
		other := slices.Clone(body)
		other[at] = b
		if _, err := Decode(pack(t, other)); !errors.Is(err, errDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	change("script that is not modelled", 4, byte(Greek))
	change("no script", 4, byte(None))
	change("fewer classes than named", 0, 3)
	change("n-grams not in buckets", 13+100, 1)
	change("class that is not there", len(body)-2*3, 9)
	change("more weights than there are", len(body)-2*3-1, 9)
}

// Model files come with the program, but a damaged one must be an error.
func FuzzDecode(f *testing.F) {
	_, file := small(f)
	body := unpack(f, file)
	f.Add(body, true)
	f.Add(file, false)
	f.Add(body[:40], true)
	f.Add([]byte(magic), false)
	f.Fuzz(func(t *testing.T, data []byte, packed bool) {
		if packed {
			data = pack(t, data)
		}
		m, err := Decode(data)
		if err != nil {
			if m != nil {
				t.Fatal("a model and an error")
			}
			return
		}
		scores := make([]int32, len(m.Classes))
		for key := uint32(0); key < 1<<KeyBits; key += 997 {
			m.Add(scores, key)
		}
		again, err := m.Encode()
		if err != nil {
			return // more n-grams a bucket than a file holds
		}
		if _, err := Decode(again); err != nil {
			t.Fatalf("what was decoded and encoded does not decode: %v", err)
		}
	})
}
