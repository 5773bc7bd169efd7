package cache

import (
	"encoding/binary"
	"os"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// writer writes a segment.
type writer struct {
	files   segmentFiles
	data    *os.File
	index   *os.File
	lock    *flock.Flock // so that nobody joins it with others while it grows
	pending []byte       // of data
	records []byte       // of index, whose entries are in pending
	offset  int64        // of the next entry
	flushed time.Time
}

// What a writer holds back: a build that is killed loses no more.
const (
	heldBytes = 64 << 10
	heldTime  = 200 * time.Millisecond
)

func newWriter(dir string) (*writer, error) {
	data, err := os.CreateTemp(dir, "*"+dataSuffix) // mode 0600, a name of its own
	if err != nil {
		return nil, err
	}
	path := strings.TrimSuffix(data.Name(), dataSuffix)
	index, err := os.OpenFile(path+indexSuffix, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		_ = data.Close()
		_ = os.Remove(data.Name())
		return nil, err
	}
	lock := flock.New(path + dataSuffix)
	_, _ = lock.TryLock() // where it cannot be had, what another process joins too early is lost
	return &writer{files: segmentFiles{path: path}, data: data, index: index, lock: lock, flushed: time.Now()}, nil
}

// add appends an entry.
func (w *writer) add(k Key, about Label, content []byte) error {
	start := len(w.pending)
	w.pending = append(append(w.pending, content...), k[:]...)
	w.pending = binary.LittleEndian.AppendUint64(w.pending, checksum(w.pending[start:]))
	r := record{key: k, about: about, offset: w.offset, length: int64(len(w.pending) - start)}
	w.records = r.append(w.records)
	w.offset += r.length
	if len(w.pending) < heldBytes && time.Since(w.flushed) < heldTime {
		return nil
	}
	return w.flush()
}

// flush writes what is held back, the index last.
func (w *writer) flush() error {
	if _, err := w.data.Write(w.pending); err != nil {
		return err
	}
	if _, err := w.index.Write(w.records); err != nil {
		return err
	}
	w.pending, w.records, w.flushed = w.pending[:0], w.records[:0], time.Now()
	if cap(w.pending) > 16*heldBytes {
		w.pending = nil // a single large entry
	}
	return nil
}

func (w *writer) close() {
	_ = w.flush() // what cannot be written is a miss
	_ = w.data.Close()
	_ = w.index.Close()
	_ = w.lock.Close()
}
