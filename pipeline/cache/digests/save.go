package digests

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/zeebo/xxh3"
)

// Save writes the index anew, with what was added, if anything was. It takes at
// most limit bytes: where there is more, what was neither looked up nor added
// goes first. Where it cannot be written the next build reads more, and of two
// builds that save at the same time the second one's is kept. It is not brought
// to the disk, since what a crash takes of it shows in the checksums.
func (x *Index) Save(limit int64) {
	if x.n.Load() == 0 {
		return
	}
	removeLeftovers(x.dir)
	f, err := os.CreateTemp(x.dir, name+".*") // mode 0600
	if err != nil {
		return
	}
	err = x.write(f, limit/blockSize*perBlock)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), filepath.Join(x.dir, name))
	}
	if err != nil {
		_ = os.Remove(f.Name()) // else the next Save removes it
	}
}

// write writes at most so many records.
func (x *Index) write(to *os.File, most int64) error {
	w := &writer{out: bufio.NewWriter(to), left: most}
	full := int64(len(x.first))*perBlock+x.n.Load() > most
	next, stop := iter.Pull2(x.records())
	defer stop()
	old, used, ok := next()
	keep := func() {
		if used || !full {
			w.put(old)
		}
		old, used, ok = next()
	}
	added, err := x.added.Sort()
	if err != nil {
		return err
	}
	defer added.Close()
	var before, record []byte
	for added.Next() {
		if bytes.Equal(added.Key(), before) {
			continue // a file that was met twice
		}
		before = append(before[:0], added.Key()...)
		for ok && bytes.Compare(old[:keySize], before) < 0 {
			keep()
		}
		if ok && bytes.Equal(old[:keySize], before) {
			old, used, ok = next() // of the file as it was
		}
		record = append(append(record[:0], before...), added.Value()...)
		w.put(record)
	}
	for ok {
		keep()
	}
	return errors.Join(added.Err(), w.end())
}

// records gives out what the file holds, each valid until the next one, and
// whether it was looked up. Damaged blocks are passed over.
func (x *Index) records() iter.Seq2[[]byte, bool] {
	return func(yield func([]byte, bool) bool) {
		buffer := make([]byte, blockSize)
		for i := range x.first {
			records := x.block(i, buffer)
			for j := 0; j < len(records); j += recordSize {
				used := x.used[i].Load()&(1<<(j/recordSize)) != 0
				if !yield(records[j:j+recordSize], used) {
					return
				}
			}
		}
	}
}

// writer writes records in blocks.
type writer struct {
	out   *bufio.Writer
	block []byte
	left  int64 // how many records may be written
	err   error
}

func (w *writer) put(record []byte) {
	if w.left == 0 {
		return
	}
	w.left--
	if w.block = append(w.block, record...); len(w.block) == perBlock*recordSize {
		w.flush()
	}
}

func (w *writer) flush() {
	w.block = binary.BigEndian.AppendUint64(w.block, xxh3.Hash(w.block))
	_, err := w.out.Write(w.block)
	w.err, w.block = errors.Join(w.err, err), w.block[:0]
}

func (w *writer) end() error {
	if len(w.block) > 0 {
		w.flush()
	}
	return errors.Join(w.err, w.out.Flush())
}

// Count is how many files the index in a folder has, and its size in bytes.
func Count(dir string) (files, size int64) {
	info, err := os.Stat(filepath.Join(dir, name))
	if err != nil {
		return 0, 0
	}
	return info.Size()/blockSize*perBlock + info.Size()%blockSize/recordSize, info.Size()
}

// Remove removes the index in a folder. A build that runs at this moment may
// write it again.
func Remove(dir string) error {
	if err := os.Remove(filepath.Join(dir, name)); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// leftover is the age at which an unfinished index is a dead process's.
const leftover = 24 * time.Hour

func removeLeftovers(dir string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		if info, err := e.Info(); err == nil && strings.HasPrefix(e.Name(), name+".") && time.Since(info.ModTime()) > leftover {
			_ = os.Remove(filepath.Join(dir, e.Name())) // it takes room, and nobody reads it
		}
	}
}
