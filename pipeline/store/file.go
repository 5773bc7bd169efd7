package store

import (
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"os"
	"path"
	"path/filepath"

	"github.com/minio/sha256-simd"
)

// FileInfo is a file of a version, as the manifest lists it.
type FileInfo struct {
	Path   string `json:"path"`   // within the version, with "/"
	Table  string `json:"table"`  // "" for a file that is no table
	Bytes  int64  `json:"bytes"`  // size
	Rows   int64  `json:"rows"`   // 0 for a file that is no table
	SHA256 string `json:"sha256"` // lower-case hexadecimal
}

// file is a file on its way into a folder: it has a temporary name until it is
// whole and on the disk. Its digest is taken while it is written.
type file struct {
	dir  string // folder on disk
	name string // final name in it
	path string // within the version, for errors and FileInfo
	tmp  *os.File
	hash hash.Hash
	size int64
}

// createFile begins the file at name below root; name has "/" and is local.
func createFile(root, name string) (*file, error) {
	dir := filepath.Join(root, filepath.FromSlash(path.Dir(name)))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, explain(err, root, name, 0)
	}
	f := &file{dir: dir, name: path.Base(name), path: name, hash: sha256.New()}
	tmp, err := os.OpenFile(f.tmpName(), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return nil, explain(err, dir, name, 0)
	}
	f.tmp = tmp
	return f, nil
}

func (f *file) tmpBase() string { return "." + f.name + ".tmp" }

func (f *file) tmpName() string { return filepath.Join(f.dir, f.tmpBase()) }

// Write writes to file and digest.
func (f *file) Write(p []byte) (int, error) {
	n, err := f.tmp.Write(p)
	f.hash.Write(p[:n])
	f.size += int64(n)
	if err != nil {
		return n, explain(err, f.dir, f.path, int64(len(p)-n))
	}
	return n, nil
}

// finish brings the file to the disk and gives it its name.
func (f *file) finish() (FileInfo, error) {
	if err := f.tmp.Sync(); err != nil {
		f.abort()
		return FileInfo{}, explain(err, f.dir, f.path, f.size)
	}
	if err := f.tmp.Close(); err != nil {
		f.abort()
		return FileInfo{}, explain(err, f.dir, f.path, f.size)
	}
	if err := os.Rename(f.tmpName(), filepath.Join(f.dir, f.name)); err != nil {
		f.abort()
		return FileInfo{}, explain(err, f.dir, f.path, f.size)
	}
	if err := syncDir(f.dir); err != nil {
		return FileInfo{}, explain(err, f.dir, f.path, f.size)
	}
	return FileInfo{Path: f.path, Bytes: f.size, SHA256: hex.EncodeToString(f.hash.Sum(nil))}, nil
}

// abort removes what was written. It does no harm after finish.
func (f *file) abort() {
	_ = f.tmp.Close()
	_ = os.Remove(f.tmpName())
}

// syncDir brings the names in a folder to the disk.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	if err := d.Sync(); err != nil {
		d.Close()
		return err
	}
	return d.Close()
}

// put writes the file at name below root: wholly or not at all.
func put(root, name string, write func(io.Writer) error) (FileInfo, error) {
	f, err := createFile(root, name)
	if err != nil {
		return FileInfo{}, err
	}
	if err := write(f); err != nil {
		f.abort()
		return FileInfo{}, err
	}
	return f.finish()
}

// WriteFile puts data at dir/name: wholly or not at all, also in a crash.
func WriteFile(dir, name string, data []byte) error { return WriteStream(dir, name, written(data)) }

// WriteStream puts what write writes at dir/name: wholly or not at all, also in
// a crash.
func WriteStream(dir, name string, write func(io.Writer) error) error {
	if name != filepath.Base(name) {
		return fmt.Errorf("store: %q is no file name", name)
	}
	_, err := put(dir, name, write)
	return err
}
