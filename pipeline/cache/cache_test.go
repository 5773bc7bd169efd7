package cache

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
)

func open(t *testing.T, dir string) *Cache {
	t.Helper()
	c, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// filled is a cache with n entries that a process before wrote.
func filled(t *testing.T, dir string, from, to int) {
	t.Helper()
	c := open(t, dir)
	for i := from; i < to; i++ {
		c.Put(keyOf(i), labelOf(i), contentOf(i))
	}
	c.Close()
}

func keyOf(i int) Key        { return NewKey("entry", strconv.Itoa(i)) }
func labelOf(i int) Label    { return Label{byte(i), byte(i >> 8), 1} }
func contentOf(i int) []byte { return fmt.Appendf(nil, "what page %d gave", i) }

// found counts the entries that are there; another content is a failure.
func found(t *testing.T, c *Cache, n int) int {
	t.Helper()
	got := 0
	var buffer []byte
	for i := range n {
		content, ok := c.Get(keyOf(i), buffer)
		if ok && !bytes.Equal(content, contentOf(i)) {
			t.Fatalf("entry %d is %q", i, content)
		}
		if ok {
			got++
			buffer = content[:0]
		}
	}
	return got
}

func files(t *testing.T, dir, suffix string) []string {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(dir, layout, "*"+suffix))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestEntriesAreFound(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, before, "ab"), 0o700); err != nil {
		t.Fatal(err)
	}
	filled(t, dir, 0, 300)
	filled(t, dir, 300, 500)
	if got := found(t, open(t, dir), 600); got != 500 {
		t.Errorf("%d entries, want 500", got)
	}
	c := open(t, dir)
	c.Remember(100 * placeBytes)
	if got := found(t, c, 600); got != 100 {
		t.Errorf("%d entries are looked up, want 100", got)
	}
	if _, ok := c.Get(NewKey("entry1", ""), nil); ok {
		t.Error("parts run into each other")
	}
	if _, err := os.Stat(filepath.Join(dir, before)); !os.IsNotExist(err) {
		t.Errorf("what an earlier version kept is there: %v", err)
	}
	for _, path := range append(files(t, dir, ""), filepath.Join(dir, layout)) {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s is for others as well: %v, %v", path, info.Mode(), err)
		}
	}
}

// TestDamagedEntryIsAMiss changes each byte of both files, and cuts them off.
func TestDamagedEntryIsAMiss(t *testing.T) {
	dir := t.TempDir()
	filled(t, dir, 0, 3)
	for _, path := range append(files(t, dir, dataSuffix), files(t, dir, indexSuffix)...) {
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for i := range whole {
			for _, damaged := range [][]byte{whole[:i], append(append(bytes.Clone(whole[:i]), whole[i]^0x10), whole[i+1:]...)} {
				if err := os.WriteFile(path, damaged, 0o600); err != nil {
					t.Fatal(err)
				}
				c := open(t, dir)
				if got := found(t, c, 3); got > 2 {
					t.Fatalf("%s, byte %d: all entries are found", filepath.Ext(path), i)
				}
				c.Close()
			}
		}
		if err := os.WriteFile(path, whole, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if got := found(t, open(t, dir), 3); got != 3 {
		t.Errorf("%d entries of the whole files", got)
	}
}

// TestKilledWriterLosesLittle: what a process added is there without its end.
func TestKilledWriterLosesLittle(t *testing.T) {
	dir := t.TempDir()
	c := open(t, dir) // never closed before the other looks
	for i := range 10_000 {
		c.Put(keyOf(i), labelOf(i), contentOf(i))
	}
	if got := found(t, open(t, dir), 10_000); got < 8000 {
		t.Errorf("%d of 10000 entries are found", got)
	}
}

// TestTrimKeepsTheLimit: the cache shrinks to its limit and no further than needed.
func TestTrimKeepsTheLimit(t *testing.T) {
	dir := t.TempDir()
	filled(t, dir, 0, 50)
	filled(t, dir, 50, 100)
	c := open(t, dir)
	for i := range 20 { // of the first segment
		if _, ok := c.Get(keyOf(i), nil); !ok {
			t.Fatal(i)
		}
	}
	c.Put(keyOf(100), labelOf(100), contentOf(100))
	before, err := c.Stats()
	if err != nil || before.Entries != 101 {
		t.Fatal(before, err)
	}
	limit := before.Bytes * 30 / 100
	if err := c.Trim(limit); err != nil {
		t.Fatal(err)
	}
	after, err := c.Stats()
	if err != nil || after.Bytes > limit || after.Entries < 20 {
		t.Fatal(after, err)
	}
	next := open(t, dir)
	for i := range 20 {
		if _, ok := next.Get(keyOf(i), nil); !ok {
			t.Errorf("entry %d was used and is gone", i)
		}
	}
	if err := c.Clear(); err != nil {
		t.Fatal(err)
	}
	if s, err := c.Stats(); err != nil || s.Entries != 0 {
		t.Errorf("%d entries are left, %v", s.Entries, err)
	}
}

// TestSmallSegmentsAreJoined: the number of files does not grow with the builds.
func TestSmallSegmentsAreJoined(t *testing.T) {
	dir := t.TempDir()
	busy := open(t, dir) // a build that runs meanwhile
	busy.Put(keyOf(1000), labelOf(0), contentOf(1000))
	if _, err := busy.Stats(); err != nil {
		t.Fatal(err)
	}
	for i := range 2 * manySegments {
		c := open(t, dir)
		c.Put(keyOf(i), labelOf(i), contentOf(i))
		if err := c.Trim(1 << 30); err != nil {
			t.Fatal(err)
		}
		c.Close()
	}
	if n := len(files(t, dir, "")); n > 2*manySegments+4 {
		t.Errorf("%d files", n)
	}
	if got := found(t, open(t, dir), 2*manySegments); got != 2*manySegments {
		t.Errorf("%d entries, want %d", got, 2*manySegments)
	}
	busy.Put(keyOf(1001), labelOf(0), contentOf(1001))
	busy.Close()
	c := open(t, dir)
	for _, i := range []int{1000, 1001} {
		if _, ok := c.Get(keyOf(i), nil); !ok {
			t.Errorf("entry %d of a build that ran meanwhile is lost", i)
		}
	}
}

// TestRemoveLeavesNoByte: what is removed is gone from the disk and from caches
// that other processes have open.
func TestRemoveLeavesNoByte(t *testing.T) {
	dir := t.TempDir()
	filled(t, dir, 0, 40)
	other := open(t, dir)
	if got := found(t, other, 40); got != 40 {
		t.Fatal(got)
	}
	c := open(t, dir)
	c.Put(keyOf(40), labelOf(7), contentOf(40))
	if n, err := c.Remove(labelOf(7), labelOf(99)); n != 2 || err != nil {
		t.Fatal(n, err)
	}
	for _, path := range files(t, dir, "") {
		body, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(body, []byte("page 7 gave")) || bytes.Contains(body, []byte("page 40 gave")) {
			t.Errorf("%s still holds it", filepath.Base(path))
		}
	}
	if got := found(t, other, 40); got != 39 {
		t.Errorf("another process finds %d, want 39", got)
	}
	if got := found(t, open(t, dir), 41); got != 39 {
		t.Errorf("%d entries, want 39", got)
	}
	if n, err := c.Remove(labelOf(7)); n != 0 || err != nil {
		t.Error(n, err)
	}
}

// TestManyAtOnce reads and writes with several goroutines and caches.
func TestManyAtOnce(t *testing.T) {
	dir := t.TempDir()
	filled(t, dir, 0, 200)
	one, two := open(t, dir), open(t, dir)
	var group sync.WaitGroup
	for w := range 4 {
		c := one
		if w%2 == 1 {
			c = two
		}
		group.Go(func() {
			var buffer []byte
			for i := range 200 {
				content, ok := c.Get(keyOf(i), buffer)
				if !ok || !bytes.Equal(content, contentOf(i)) {
					t.Errorf("entry %d is %q", i, content)
				}
				buffer = content[:0]
				c.Put(keyOf(1000*w+i), labelOf(i), contentOf(1000*w+i))
			}
		})
	}
	group.Wait()
	one.Close()
	two.Close()
	if got := found(t, open(t, dir), 3200); got != 800 {
		t.Errorf("%d entries, want 800", got)
	}
}

func FuzzSegment(f *testing.F) {
	r := record{key: keyOf(1), about: labelOf(1), offset: 5, length: overhead + 3}
	f.Add(r.append(nil), []byte("data of no entry"))
	f.Fuzz(func(t *testing.T, indexFile, data []byte) {
		dir := t.TempDir()
		c := open(t, dir)
		name := filepath.Join(dir, layout, "x")
		if os.WriteFile(name+indexSuffix, indexFile, 0o600) != nil || os.WriteFile(name+dataSuffix, data, 0o600) != nil {
			t.Skip()
		}
		for b := indexFile; len(b) >= recordSize; b = b[recordSize:] {
			if r, ok := parseRecord(b); ok {
				c.Get(r.key, nil)
			}
		}
		if _, err := c.Remove(labelOf(1)); err != nil {
			t.Fatal(err)
		}
	})
}
