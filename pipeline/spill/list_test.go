package spill

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"
)

// TestListGivesBackWhatItTook: with and without a file, as often as it is asked.
func TestListGivesBackWhatItTook(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		l := NewList(Options{Dir: dir, Memory: int64(rapid.IntRange(1, 200).Draw(t, "memory"))})
		defer l.Close()
		want := rapid.SliceOf(rapid.SliceOfN(rapid.Byte(), 0, 40)).Draw(t, "records")
		for _, r := range want {
			if err := l.Add(r); err != nil {
				t.Fatal(err)
			}
		}
		for range 2 {
			i := 0
			for r, err := range l.All() {
				if err != nil || !bytes.Equal(r, want[i]) {
					t.Fatalf("record %d is %q, %v; want %q", i, r, err, want[i])
				}
				i++
			}
			if i != len(want) || l.Len() != int64(i) {
				t.Fatalf("%d records and %d, want %d", i, l.Len(), len(want))
			}
		}
	})
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// TestDamagedListIsAnError: every byte of the file counts.
func TestDamagedListIsAnError(t *testing.T) {
	dir := t.TempDir()
	l := NewList(Options{Dir: dir, Memory: 64})
	defer l.Close()
	for i := range 40 {
		if err := l.Add(fmt.Appendf(nil, "record %d", i)); err != nil {
			t.Fatal(err)
		}
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	whole, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	for i := range whole {
		damaged := bytes.Clone(whole)
		damaged[i] ^= 0x41
		if err := os.WriteFile(files[0], damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		var last error
		for _, err := range l.All() {
			last = err
		}
		if !errors.Is(last, errDamaged) {
			t.Fatalf("byte %d: %v", i, last)
		}
	}
}
