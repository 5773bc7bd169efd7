package release

import (
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/minio/sha256-simd"

	"corpus/pipeline/spill"
	"corpus/pipeline/store"
)

// files checks that the folder holds what the manifest lists, byte for byte,
// and nothing else.
func (v *verifier) files() error {
	root, err := os.OpenRoot(v.dir)
	if err != nil {
		return fmt.Errorf("the version cannot be read: %w", spill.WithoutPath(err))
	}
	defer root.Close()
	listed := map[string]store.FileInfo{}
	folders := map[string]bool{".": true}
	for _, f := range v.manifest.Files {
		listed[f.Path] = f
		for dir := pathDir(f.Path); dir != "."; dir = pathDir(dir) {
			folders[dir] = true
		}
	}
	err = fs.WalkDir(root.FS(), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return fmt.Errorf("%s cannot be read: %w", path, spill.WithoutPath(err))
		}
		if err := v.ctx.Err(); err != nil {
			return err
		}
		if d.IsDir() {
			if folders[path] {
				return nil
			}
			v.problem(Problem{File: path, What: "no file in this folder is listed in the manifest"})
			return fs.SkipDir
		}
		info, ok := listed[path]
		switch {
		case ok && !d.Type().IsRegular():
			delete(listed, path)
			v.problem(Problem{File: path, Table: info.Table, What: "is no file but a link or a device"})
		case ok:
			delete(listed, path)
			return v.content(root, info)
		case path != store.ManifestName:
			v.problem(Problem{File: path, What: "is not listed in the manifest"})
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, f := range v.manifest.Files {
		if _, missing := listed[f.Path]; missing {
			v.problem(Problem{File: f.Path, Table: f.Table, What: "is missing"})
		}
	}
	return v.lock()
}

func pathDir(path string) string { return filepath.ToSlash(filepath.Dir(filepath.FromSlash(path))) }

// content compares size and digest of a file with the manifest.
func (v *verifier) content(root *os.Root, info store.FileInfo) error {
	f, err := root.Open(filepath.FromSlash(info.Path))
	if err != nil {
		return fmt.Errorf("%s cannot be read: %w", info.Path, spill.WithoutPath(err))
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, contextReader{v, f})
	if err != nil {
		return fmt.Errorf("%s cannot be read: %w", info.Path, spill.WithoutPath(err))
	}
	if n != info.Bytes {
		v.problem(Problem{File: info.Path, Table: info.Table, What: fmt.Sprintf("has %d bytes, the manifest says %d", n, info.Bytes)})
	} else if got := hex.EncodeToString(h.Sum(nil)); got != info.SHA256 {
		v.problem(Problem{File: info.Path, Table: info.Table, What: fmt.Sprintf("has the SHA-256 %s, the manifest says %s", got, info.SHA256)})
	}
	return nil
}

// contextReader stops reading when the check is cancelled.
type contextReader struct {
	v *verifier
	r io.Reader
}

func (c contextReader) Read(p []byte) (int, error) {
	if err := c.v.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

// lockName is the lock in a version.
const lockName = "corpus.lock"

// lock compares the lock of the version with the manifest.
func (v *verifier) lock() error {
	listed := false
	for _, f := range v.manifest.Files {
		listed = listed || f.Path == lockName
	}
	if v.released != nil {
		if listed {
			v.problem(Problem{File: lockName, What: "is in a release, although it names inputs of the builder"})
		}
		return nil
	}
	if !listed {
		v.problem(Problem{File: lockName, What: "is not listed in the manifest: nobody can tell what the version was built from"})
		return nil
	}
	if v.summary.Problems > 0 {
		return nil // it may be missing, damaged or a link
	}
	lock, err := store.ReadLock(filepath.Join(v.dir, lockName))
	if err != nil {
		v.problem(Problem{File: lockName, What: err.Error()})
		return nil
	}
	v.inputs = lock
	m := v.manifest
	for _, same := range []struct {
		what, lock, manifest string
	}{
		{"corpus", lock.Corpus, m.Corpus},
		{"version", lock.Version, m.Version},
		{"tool version", lock.Tool.Version, m.Tool.Version},
		{"check value of the key", lock.KeyCheck, m.KeyCheck},
		{"previous version", lock.Previous, m.Previous},
	} {
		if same.lock != same.manifest {
			v.problem(Problem{File: lockName, What: fmt.Sprintf("its %s is %q, the manifest says %q", same.what, same.lock, same.manifest)})
		}
	}
	for _, t := range tablesInOrder() {
		if lock.Shards[t.Name] != m.Shards[t.Name] {
			v.problem(Problem{File: lockName, Table: t.Name, What: fmt.Sprintf("it says %d shards, the manifest %d", lock.Shards[t.Name], m.Shards[t.Name])})
		}
	}
	return nil
}
