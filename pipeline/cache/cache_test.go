package cache

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// TestDamagedEntryIsAMiss changes each byte of an entry, and cuts it off.
func TestDamagedEntryIsAMiss(t *testing.T) {
	c, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	key, content := NewKey("one", "two"), []byte("what a page gave, what a page gave")
	c.Put(key, content)
	if got, ok := c.Get(key); !ok || !bytes.Equal(got, content) {
		t.Fatalf("got %q, %v", got, ok)
	}
	if _, ok := c.Get(NewKey("onetwo", "")); ok {
		t.Error("parts run into each other")
	}
	whole, err := os.ReadFile(c.path(key))
	if err != nil {
		t.Fatal(err)
	}
	for i := range whole {
		for _, damaged := range [][]byte{whole[:i], append(append(bytes.Clone(whole[:i]), whole[i]^0x10), whole[i+1:]...)} {
			if err := os.WriteFile(c.path(key), damaged, 0o600); err != nil {
				t.Fatal(err)
			}
			if got, ok := c.Get(key); ok {
				t.Fatalf("byte %d: a damaged entry gave %q", i, got)
			}
		}
	}
}

// TestTrimKeepsTheLimit: the cache shrinks to its limit and no further than needed.
func TestTrimKeepsTheLimit(t *testing.T) {
	dir := t.TempDir()
	c, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 20 {
		c.Put(NewKey(strconv.Itoa(i)), []byte("content "+strconv.Itoa(i)))
	}
	before, err := c.Stats()
	if err != nil || before.Entries != 20 {
		t.Fatal(before, err)
	}
	if err := c.Trim(before.Bytes / 2); err != nil {
		t.Fatal(err)
	}
	after, err := c.Stats()
	if err != nil || after.Bytes > before.Bytes/2 || after.Entries < 8 {
		t.Fatal(after, err)
	}
	if info, err := os.Stat(filepath.Join(dir, layout)); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder is %v, %v", info.Mode(), err)
	}
	if err := c.Clear(); err != nil {
		t.Fatal(err)
	}
	if s, err := c.Stats(); err == nil && s.Entries != 0 {
		t.Errorf("%d entries are left", s.Entries)
	}
}
