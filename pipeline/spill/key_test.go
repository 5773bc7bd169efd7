package spill

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestKeysCompareLikeTheirParts(t *testing.T) {
	part := rapid.SliceOfN(rapid.SampledFrom([]byte{0, 1, 2, 'a', 0xfe, 0xff}), 0, 4)
	parts := rapid.SliceOfN(part, 0, 4)
	rapid.Check(t, func(t *rapid.T) {
		x, y := parts.Draw(t, "x"), parts.Draw(t, "y")
		want := slices.CompareFunc(x, y, bytes.Compare)
		if got := bytes.Compare(Key(x...), Key(y...)); got != want {
			t.Fatalf("%q against %q: %d, want %d", x, y, got, want)
		}
	})
}

func TestPartsGiveBackWhatKeyTook(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOf(rapid.SliceOf(rapid.Byte())).Draw(t, "parts")
		got, err := Parts(Key(want...))
		if err != nil || !slices.EqualFunc(got, want, bytes.Equal) {
			t.Fatalf("%q, %v; want %q", got, err, want)
		}
	})
}

func TestKeyBytes(t *testing.T) {
	got := Key([]byte("a"), nil, []byte{0, 'b'})
	want := []byte{'a', 0, 1, 0, 1, 0, 0xff, 'b', 0, 1}
	if !bytes.Equal(got, want) {
		t.Errorf("%x, want %x", got, want)
	}
}

func FuzzParts(f *testing.F) {
	f.Add([]byte("a\x00\x01b\x00\xff\x00\x01"))
	f.Add([]byte{0})
	f.Add([]byte{0, 2})
	f.Fuzz(func(t *testing.T, key []byte) {
		parts, err := Parts(key)
		if err != nil {
			if !errors.Is(err, ErrKey) {
				t.Fatal(err)
			}
			return
		}
		if again := Key(parts...); !bytes.Equal(again, key) {
			t.Fatalf("%x came back as %x", key, again)
		}
	})
}
