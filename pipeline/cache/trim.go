package cache

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"corpus/pipeline/cache/digests"
)

// manySegments is how many segments there are before small ones are joined.
const manySegments = 32

// orphaned is the age at which a data file without index is a dead process's.
const orphaned = 24 * time.Hour

// Stats is what a cache holds.
type Stats struct {
	Entries int64 `json:"entries"`
	Files   int64 `json:"files"` // whose digests are remembered
	Bytes   int64 `json:"bytes"` // of both
}

// Stats counts what the cache holds.
func (c *Cache) Stats() (Stats, error) {
	c.flush()
	list, err := c.segments()
	if err != nil {
		return Stats{}, fmt.Errorf("the cache cannot be read: %w", withoutPath(err))
	}
	var s Stats
	s.Files, s.Bytes = digests.Count(c.dir)
	for i := range list {
		s.Bytes += list[i].size
		err := list[i].records(func(record, int64) { s.Entries++ })
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return s, fmt.Errorf("the cache cannot be read: %w", withoutPath(err))
		}
	}
	return s, nil
}

// flush makes what was added visible to others.
func (c *Cache) flush() {
	c.writing.Lock()
	defer c.writing.Unlock()
	if c.writer != nil && c.writer.flush() != nil {
		c.broken = true
	}
}

// Remove removes all entries about something, whatever their keys, from the
// segments of all processes: their bytes are overwritten. It gives their number.
// The digests of files, which have no labels, go all. What a build adds at this
// moment it may miss.
func (c *Cache) Remove(about ...Label) (int, error) {
	c.flush()
	if err := digests.Remove(c.dir); err != nil {
		return 0, fmt.Errorf("the digests of files cannot be removed: %w", withoutPath(err))
	}
	wanted := map[Label]bool{}
	for _, a := range about {
		wanted[a] = true
	}
	list, err := c.segments()
	if err != nil {
		return 0, fmt.Errorf("the cache cannot be read: %w", withoutPath(err))
	}
	removed := 0
	for i := range list {
		n, err := list[i].erase(wanted)
		removed += n
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return removed, fmt.Errorf("entries of the cache cannot be removed: %w", withoutPath(err))
		}
	}
	return removed, nil
}

// erase overwrites the entries with one of these labels.
func (s *segmentFiles) erase(wanted map[Label]bool) (int, error) {
	type found struct {
		record
		at int64
	}
	var all []found
	if err := s.records(func(r record, at int64) {
		if wanted[r.about] {
			all = append(all, found{r, at})
		}
	}); err != nil || len(all) == 0 {
		return 0, err
	}
	data, err := os.OpenFile(s.path+dataSuffix, os.O_WRONLY, 0)
	if err != nil {
		return 0, err
	}
	defer data.Close()
	index, err := os.OpenFile(s.path+indexSuffix, os.O_WRONLY, 0)
	if err != nil {
		return 0, err
	}
	defer index.Close()
	info, err := data.Stat()
	if err != nil {
		return 0, err
	}
	for _, f := range all {
		zeros := make([]byte, max(0, min(f.length, info.Size()-f.offset)))
		if _, err := data.WriteAt(zeros, f.offset); err != nil {
			return 0, err
		}
		if _, err := index.WriteAt(make([]byte, recordSize), f.at); err != nil {
			return 0, err
		}
	}
	return len(all), errors.Join(data.Sync(), index.Sync())
}

// Trim ends adding. It removes what was not used for the longest time until the
// cache holds at most limit bytes, and joins small segments where they are many.
// Where nothing was added there is nothing to do.
func (c *Cache) Trim(limit int64) error {
	if c.added.Load() == 0 {
		return nil
	}
	c.writing.Lock()
	defer c.writing.Unlock()
	written := ""
	if c.writer != nil {
		written = c.writer.files.path
	}
	c.seal()
	list, err := c.segments()
	if err != nil {
		return fmt.Errorf("the cache cannot be read: %w", withoutPath(err))
	}
	c.removeOrphans()
	var sum int64
	for i := range list {
		sum += list[i].size
	}
	switch {
	case sum > limit:
		return c.shrink(list, written, limit)
	case len(list) > manySegments:
		return c.join(list)
	}
	return nil
}

// removeOrphans removes data files whose index a crash or a removal cut off.
func (c *Cache) removeOrphans() {
	entries, err := os.ReadDir(c.dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		name, isData := strings.CutSuffix(e.Name(), dataSuffix)
		if info, err := e.Info(); !isData || err != nil || time.Since(info.ModTime()) < orphaned {
			continue
		}
		s := segmentFiles{path: c.dir + string(os.PathSeparator) + name}
		if _, err := os.Stat(s.path + indexSuffix); errors.Is(err, fs.ErrNotExist) {
			s.remove()
		}
	}
}

// shrink keeps segments as long as they fit, those that were used last first. Of
// one that does not fit it keeps what this process used or wrote.
func (c *Cache) shrink(list []segmentFiles, written string, limit int64) error {
	left := limit
	for i := range list {
		s := &list[i]
		if s.size <= left {
			left -= s.size
			continue
		}
		if live := c.live(s, written); live != nil {
			size, err := c.rewrite([]segmentFiles{*s}, live, left)
			if err != nil {
				return err
			}
			left -= size
		}
		s.remove()
	}
	return nil
}

// live tells which entries of a segment this process read or wrote; nil for none.
func (c *Cache) live(s *segmentFiles, written string) func(record) bool {
	if s.path == written {
		return func(record) bool { return true }
	}
	for number, reader := range c.readers {
		if reader.files.path != s.path || reader.data == nil {
			continue
		}
		return func(r record) bool {
			for i := c.index.first(r.key); i < len(c.index.places) && c.index.places[i].prefix == prefixOf(r.key); i++ {
				if p := &c.index.places[i]; p.segment() == number && p.offset() == r.offset {
					return c.index.wasUsed(i)
				}
			}
			return false
		}
	}
	return nil
}

// join makes one segment of the small ones, but for those that another process
// writes to.
func (c *Cache) join(list []segmentFiles) error {
	var quiet []segmentFiles
	for _, s := range list {
		if s.size >= joined {
			continue
		}
		lock := flock.New(s.path + dataSuffix)
		if ok, err := lock.TryLock(); err == nil && ok {
			defer lock.Close()
			quiet = append(quiet, s)
		}
	}
	if len(quiet) < 2 {
		return nil
	}
	if _, err := c.rewrite(quiet, func(record) bool { return true }, joined*manySegments); err != nil {
		return err
	}
	for i := range quiet {
		quiet[i].remove()
	}
	return nil
}

// joined is the size of segments that are joined, in bytes.
const joined = 64 << 20

// rewrite copies the entries that are live into a segment of their own, as long
// as they fit into limit. It gives its size.
func (c *Cache) rewrite(from []segmentFiles, live func(record) bool, limit int64) (int64, error) {
	w, err := newWriter(c.dir)
	if err != nil {
		return 0, nil // what cannot be kept is a miss
	}
	var size int64
	var failed error
	for i := range from {
		reader := &segment{files: from[i]}
		reader.open.Do(func() { reader.data, _ = os.Open(from[i].path + dataSuffix) }) // without a new time of use
		var buffer []byte
		err := from[i].records(func(r record, _ int64) {
			if failed != nil || !live(r) || size+r.length+recordSize > limit {
				return
			}
			p := place{at: uint64(r.offset), length: uint32(r.length)}
			if content, ok := reader.read(r.key, &p, buffer); ok {
				buffer = content[:0]
				size += r.length + recordSize
				failed = w.add(r.key, r.about, content)
			}
		})
		reader.close()
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			failed = err
		}
	}
	w.close()
	if failed != nil {
		w.files.remove()
		return 0, fmt.Errorf("the cache cannot be trimmed: %w", withoutPath(failed))
	}
	return size, nil
}
