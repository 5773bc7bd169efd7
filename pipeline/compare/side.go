package compare

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"

	"corpus/pipeline/spill"
	"corpus/pipeline/store"
)

// Side is one of the two versions: a finished one, see Open, or one whose
// tables are written and that has no number yet.
type Side struct {
	Dir      string           // folder that holds the files
	Manifest *store.Manifest  // what the version says of itself; of one without a number as far as it is known
	Lock     *store.Lock      // what it was built from, but for the inputs
	Tables   []store.FileInfo // files of the tables, each table's in the order of its shards

	// Inputs gives out what the lock says of the inputs, in its order.
	Inputs func() iter.Seq2[store.LockFile, error]

	// SHA256 is the digest of manifest.json, "" before it is written.
	SHA256 string
}

// Open opens the finished version in the folder dir: its manifest and its lock,
// which a release does not have, are read strictly, no other file is looked at.
func Open(dir string) (*Side, error) {
	data, err := store.ReadManifestBytes(dir)
	if err != nil {
		return nil, err
	}
	m, err := store.ParseManifest(data)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(data)
	s := &Side{Dir: dir, Manifest: m, Inputs: inputsOf(filepath.Join(dir, lockName)), SHA256: hex.EncodeToString(sum[:])}
	if m.Release != nil { // what a build read never leaves with a release
		s.Lock, s.Inputs = &store.Lock{Tool: m.Tool, KeyCheck: m.KeyCheck}, noInputs
	} else if s.Lock, err = store.LockHead(filepath.Join(dir, lockName)); err != nil {
		return nil, err
	}
	for _, f := range m.Files {
		if f.Table != "" {
			s.Tables = append(s.Tables, f)
		}
	}
	return s, nil
}

func noInputs() iter.Seq2[store.LockFile, error] {
	return func(func(store.LockFile, error) bool) {}
}

// inputsOf gives out the inputs of the lock at path.
func inputsOf(path string) func() iter.Seq2[store.LockFile, error] {
	return func() iter.Seq2[store.LockFile, error] {
		return func(yield func(store.LockFile, error) bool) {
			r, err := store.OpenLock(path)
			if err != nil {
				yield(store.LockFile{}, err)
				return
			}
			defer r.Close()
			for f, err := range r.Inputs() {
				if !yield(f, err) || err != nil {
					return
				}
			}
		}
	}
}

// lockName is the name of the lock in a version.
const lockName = "corpus.lock"

// Check reads all files that the manifest lists and compares their digests. An
// error that wraps store.ErrDamaged names the first that is another one.
func (s *Side) Check(ctx context.Context) error {
	root, err := os.OpenRoot(s.Dir) // no link in a version leads out of it
	if err != nil {
		return fmt.Errorf("the version cannot be read: %w", spill.WithoutPath(err))
	}
	defer root.Close()
	buffer := make([]byte, 256<<10)
	for _, f := range s.Manifest.Files {
		file, err := root.Open(filepath.FromSlash(f.Path))
		if err != nil {
			return fmt.Errorf("%s cannot be read: %w", f.Path, spill.WithoutPath(err))
		}
		sum, size, err := digest(ctx, file, buffer)
		file.Close()
		if err != nil {
			return fmt.Errorf("%s cannot be read: %w", f.Path, spill.WithoutPath(err))
		}
		if size != f.Bytes || sum != f.SHA256 {
			return fmt.Errorf("%s is %w: its bytes are not those that the manifest lists", f.Path, store.ErrDamaged)
		}
	}
	return nil
}

func digest(ctx context.Context, r io.Reader, buffer []byte) (sum string, size int64, err error) {
	h := sha256.New()
	for {
		if err := ctx.Err(); err != nil {
			return "", 0, err
		}
		n, err := r.Read(buffer)
		h.Write(buffer[:n])
		size += int64(n)
		if errors.Is(err, io.EOF) {
			return hex.EncodeToString(h.Sum(nil)), size, nil
		}
		if err != nil {
			return "", 0, err
		}
	}
}

// files are the files of a table in their order.
func (s *Side) files(table string) []store.FileInfo {
	var files []store.FileInfo
	for _, f := range s.Tables {
		if f.Table == table {
			files = append(files, f)
		}
	}
	return files
}

// rowsOf gives the rows of a table in their order, without the shards that the
// other version has byte for byte: no row of theirs can differ, nor can one be
// matched with a row of another shard.
func rowsOf[T any](s, other *Side, table string) iter.Seq2[T, error] {
	files, same := s.files(table), map[store.FileInfo]bool{}
	for _, f := range other.files(table) {
		same[f] = true // the path says which shard of how many
	}
	return func(yield func(T, error) bool) {
		for _, f := range files {
			if same[f] {
				continue
			}
			for row, err := range store.FileRows[T](s.Dir, f) {
				if !yield(row, err) || err != nil {
					return
				}
			}
		}
	}
}

// count is the number of rows of a table.
func (s *Side) count(table string) int64 {
	var n int64
	for _, f := range s.files(table) {
		n += f.Rows
	}
	return n
}
