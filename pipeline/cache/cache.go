// Package cache keeps the extracted work of earlier builds, so that an input
// that did not change is not extracted again and a build that was killed goes
// on where it stopped. It is a folder of files, one an entry, in the manner of
// the Go command's build cache.
//
// An entry that is missing, damaged or of another build of the program is a
// miss, never an error: losing the cache costs time and changes no output. It
// holds names and unmasked texts, so folder and files are for their owner
// alone. It must never be part of what a version is made of.
package cache

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/klauspost/compress/zstd"
	"github.com/minio/sha256-simd"
)

// Key names an entry: the digest of everything that its content follows from.
type Key [sha256.Size]byte

// NewKey is the key of parts; each is preceded by its length.
func NewKey(parts ...string) Key {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:", len(p))
		io.WriteString(h, p)
	}
	return Key(h.Sum(nil))
}

const (
	layout     = "entries-1"              // folder of the entries; another form gets another one
	magic      = "corpus cache entry 1\n" // first bytes of an entry
	suffix     = ".entry"                 // of an entry's file
	maxEntry   = 1 << 30                  // bytes of an entry, unpacked
	freshness  = time.Hour                // how exact the time of last use is kept
	tempPrefix = ".new-"                  // of files that are being written
	staleTemp  = 24 * time.Hour           // age at which such a file is a dead process's
)

// Cache is a folder of entries. Several goroutines and processes may use it.
type Cache struct {
	dir    string
	coders sync.Pool
	added  atomic.Int64
	hits   atomic.Int64
	misses atomic.Int64
}

// Open opens the cache in the folder dir and makes it where it is not there.
func Open(dir string) (*Cache, error) {
	root := filepath.Join(dir, layout)
	if err := os.MkdirAll(root, 0o700); err != nil {
		return nil, fmt.Errorf("the cache cannot be used: %w", withoutPath(err))
	}
	for _, d := range []string{dir, root} { // also where it was there before
		if err := os.Chmod(d, 0o700); err != nil {
			return nil, fmt.Errorf("the cache cannot be used: %w", withoutPath(err))
		}
	}
	return &Cache{dir: root}, nil
}

func (c *Cache) path(k Key) string {
	name := hex.EncodeToString(k[:])
	return filepath.Join(c.dir, name[:2], name[2:]+suffix)
}

// Get gives the content of an entry; ok is false for a miss.
func (c *Cache) Get(k Key) (content []byte, ok bool) {
	path := c.path(k)
	content, err := c.read(path)
	if err != nil {
		c.misses.Add(1)
		return nil, false
	}
	c.hits.Add(1)
	// The time of last use decides what Trim removes; it reaches no output.
	if info, err := os.Stat(path); err == nil && time.Since(info.ModTime()) > freshness {
		now := time.Now()
		_ = os.Chtimes(path, now, now)
	}
	return content, true
}

var errDamaged = errors.New("the entry is damaged")

func (c *Cache) read(path string) ([]byte, error) {
	file, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	rest, ok := bytes.CutPrefix(file, []byte(magic))
	if !ok || len(rest) < sha256.Size {
		return nil, errDamaged
	}
	sum, packed := rest[:sha256.Size], rest[sha256.Size:]
	if got := sha256.Sum256(packed); !bytes.Equal(got[:], sum) {
		return nil, errDamaged
	}
	coder, err := c.coder()
	if err != nil {
		return nil, err
	}
	defer c.coders.Put(coder)
	return coder.unpack.DecodeAll(packed, nil)
}

// Put keeps content under a key. Where it cannot, the next build pays for it.
func (c *Cache) Put(k Key, content []byte) {
	if len(content) > maxEntry {
		return
	}
	coder, err := c.coder()
	if err != nil {
		return
	}
	defer c.coders.Put(coder)
	packed := coder.pack.EncodeAll(content, nil)
	sum := sha256.Sum256(packed)
	path := c.path(k)
	dir := filepath.Dir(path)
	if os.MkdirAll(dir, 0o700) != nil {
		return
	}
	f, err := os.CreateTemp(dir, tempPrefix) // mode 0600
	if err != nil {
		return
	}
	_, err = f.Write(slices.Concat([]byte(magic), sum[:], packed))
	if err := errors.Join(err, f.Close()); err != nil || os.Rename(f.Name(), path) != nil {
		_ = os.Remove(f.Name())
		return
	}
	c.added.Add(int64(len(packed)))
}

// coder packs and unpacks entries, each in one goroutine.
type coder struct {
	pack   *zstd.Encoder
	unpack *zstd.Decoder
}

func (c *Cache) coder() (*coder, error) {
	if old, ok := c.coders.Get().(*coder); ok {
		return old, nil
	}
	pack, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	unpack, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxEntry))
	if err != nil {
		return nil, err
	}
	return &coder{pack, unpack}, nil
}

// Uses tells how many entries were found and how many were not, since Open.
func (c *Cache) Uses() (hits, misses int64) { return c.hits.Load(), c.misses.Load() }

// Stats is what a cache holds.
type Stats struct {
	Entries int64 `json:"entries"`
	Bytes   int64 `json:"bytes"`
}

// entryFile is an entry on disk.
type entryFile struct {
	path string
	size int64
	used time.Time
}

// entries lists the entries; files of processes that died are removed.
func (c *Cache) entries() ([]entryFile, error) {
	var list []entryFile
	err := filepath.WalkDir(c.dir, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // another process trims
		}
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return nil
		}
		switch {
		case strings.HasPrefix(d.Name(), tempPrefix):
			if time.Since(info.ModTime()) > staleTemp {
				_ = os.Remove(path)
			}
		case strings.HasSuffix(d.Name(), suffix):
			list = append(list, entryFile{path, info.Size(), info.ModTime()})
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("the cache cannot be read: %w", withoutPath(err))
	}
	return list, nil
}

// Stats counts what the cache holds.
func (c *Cache) Stats() (Stats, error) {
	list, err := c.entries()
	s := Stats{Entries: int64(len(list))}
	for _, e := range list {
		s.Bytes += e.size
	}
	return s, err
}

// Trim removes the entries that were not used for the longest time until the
// cache holds at most limit bytes. Where nothing was added there is nothing to do.
func (c *Cache) Trim(limit int64) error {
	if c.added.Load() == 0 {
		return nil
	}
	list, err := c.entries()
	if err != nil {
		return err
	}
	var sum int64
	for _, e := range list {
		sum += e.size
	}
	if sum <= limit {
		return nil
	}
	slices.SortFunc(list, func(a, b entryFile) int {
		return cmp.Or(a.used.Compare(b.used), cmp.Compare(a.path, b.path))
	})
	for _, e := range list {
		if sum <= limit {
			break
		}
		if err := os.Remove(e.path); err == nil || errors.Is(err, fs.ErrNotExist) {
			sum -= e.size
		}
	}
	return nil
}

// Clear removes all entries.
func (c *Cache) Clear() error {
	if err := os.RemoveAll(c.dir); err != nil {
		return fmt.Errorf("the cache cannot be cleared: %w", withoutPath(err))
	}
	return nil
}

func withoutPath(err error) error {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return pathError.Err
	}
	return err
}
