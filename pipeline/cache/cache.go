// Package cache keeps the extracted work of earlier builds, so that an input
// that did not change is not extracted again and a build that was killed goes
// on where it stopped.
//
// It is a folder of segments. Each build that extracts something writes one, by
// appending to it, and reads all of them, so that builds never wait for each
// other; an entry costs no file of its own, and a build that goes through its
// inputs in order reads the segment of the one before from its beginning to its
// end. The idea is that of the log-structured file system (Rosenblum and
// Ousterhout 1992).
//
// An entry that is missing, damaged or of another build of the program is a
// miss, never an error: losing the cache costs time and changes no output. It
// holds names and unmasked texts, so folder and files are for their owner
// alone. It must never be part of what a version is made of.
package cache

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	"github.com/minio/sha256-simd"

	"corpus/pipeline/cache/digests"
	"corpus/pipeline/spill"
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

// Label says what an entry is about, to remove it by: see Remove.
type Label [16]byte

// LabelOf is the label of entries about an input, by its SHA-256.
func LabelOf(digest [sha256.Size]byte) Label { return Label(digest[:16]) }

const (
	layout   = "entries-2" // folder of the segments; another form gets another one
	before   = "entries-1" // folder of an earlier form, which is removed
	maxEntry = 1 << 30     // bytes of an entry
)

// Cache is a folder of entries. Several goroutines and processes may use it.
type Cache struct {
	dir string

	loading sync.Once
	index   index
	readers []*segment // by number
	most    int        // entries that are looked up

	writing sync.Mutex
	writer  *writer // nil before the first Put
	broken  bool    // nothing can be written
	added   atomic.Int64
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
	if err := os.RemoveAll(filepath.Join(dir, before)); err != nil {
		return nil, fmt.Errorf("what an earlier version kept cannot be removed: %w", withoutPath(err))
	}
	return &Cache{dir: root, most: 1 << 31}, nil
}

// Remember bounds the memory for looking entries up, in bytes. Where there are
// more of them those of the segments that were used last are found. It has to be
// called before Get.
func (c *Cache) Remember(bytes int64) { c.most = int(bytes / placeBytes) }

// Get gives the content of an entry, in buffer where it is large enough; ok is
// false for a miss.
func (c *Cache) Get(k Key, buffer []byte) (content []byte, ok bool) {
	c.loading.Do(c.load)
	for i := c.index.first(k); i < len(c.index.places) && c.index.places[i].prefix == prefixOf(k); i++ {
		p := &c.index.places[i]
		if content, ok := c.readers[p.segment()].read(k, p, buffer); ok {
			c.index.use(i)
			return content, true
		}
	}
	return nil, false
}

// Put keeps content under a key. Where it cannot, the next build pays for it.
func (c *Cache) Put(k Key, about Label, content []byte) {
	if len(content) > maxEntry {
		return
	}
	c.writing.Lock()
	defer c.writing.Unlock()
	if c.broken {
		return
	}
	if c.writer == nil {
		w, err := newWriter(c.dir)
		if err != nil {
			c.broken = true
			return
		}
		c.writer = w
	}
	if c.writer.add(k, about, content) != nil {
		c.broken = true // a full disk, for one
		return
	}
	c.added.Add(int64(len(content)))
}

// Digests opens what is remembered of files that were read whole. It is a part of
// the cache, which Clear and Remove take with it.
func (c *Cache) Digests(on spill.Options) *digests.Index { return digests.Open(c.dir, on) }

// Close brings what was added to its file. It may be called more than once.
func (c *Cache) Close() {
	c.writing.Lock()
	defer c.writing.Unlock()
	c.seal()
	for _, s := range c.readers {
		s.close()
	}
	c.readers, c.index = nil, index{}
}

// seal ends the segment that is being written.
func (c *Cache) seal() {
	if c.writer != nil {
		c.writer.close()
		c.writer = nil
	}
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
