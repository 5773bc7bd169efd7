package store

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/gofrs/flock"

	"corpus/schema"
)

// Names in the folder of a corpus that belong to unfinished versions.
const (
	lockFile    = ".lock"
	partialName = ".partial" // suffix of the folder of an unfinished version
	tempName    = ".tmp"     // suffix of the folder of its temporary files
)

// ErrExists is the error of a version that is there already.
var ErrExists = errors.New("exists, and a version is written once: choose another number, or another folder with --out")

// ErrBusy is the error of a build in an output folder where another one runs.
var ErrBusy = errors.New("another build is writing to this output folder; wait for it, or name another folder with --out")

// Version is a version that is being written. Nothing of it can be seen under
// its name before Seal.
type Version struct {
	parent  string // folder of the corpus
	name    string
	version string
	dir     string // of the unfinished version
	tmp     string
	lock    *flock.Flock
	shards  map[string]int
	files   []FileInfo
	done    bool

	groupRaw int64              // raw bytes a row group; tests take less
	sync     func(string) error // brings the names in a folder to the disk; tests let it fail
}

// Next stands for a version whose number follows from what is written into it.
const Next = "next"

// Create begins the version of the corpus name in out/name; version is its
// number, or Next where Name gives it later. Until Seal or Abort no other process can begin one there; a lock of a process that died is
// free. What died builds left in that folder is removed.
func Create(out, name, version string) (*Version, error) {
	if !ValidName(name) {
		return nil, fmt.Errorf("%q is no name of a corpus: lower case letters, digits, - and _, a letter or digit first", name)
	}
	if version != Next && !ValidVersion(version) {
		return nil, fmt.Errorf("%q is no version: it has to be MAJOR.MINOR.PATCH, such as 1.2.0", version)
	}
	return create(out, name, version)
}

// CreateRelease begins a release as Create does a version; version is such as
// 1.2.0+full.
func CreateRelease(out, name, version string) (*Version, error) {
	if !ValidName(name) {
		return nil, fmt.Errorf("%q is no name of a corpus", name)
	}
	if !ValidRelease(version) {
		return nil, fmt.Errorf("%q is no version of a release: it has to be such as 1.2.0+full", version)
	}
	return create(out, name, version)
}

func create(out, name, version string) (*Version, error) {
	if !portable {
		return nil, ErrNotPortable
	}
	parent := filepath.Join(out, name)
	if err := makeDirs(parent); err != nil {
		return nil, fmt.Errorf("the output folder cannot be made: %w", withoutPath(err))
	}
	v := &Version{
		parent:  parent,
		name:    name,
		version: version,
		dir:     filepath.Join(parent, "."+version+partialName),
		tmp:     filepath.Join(parent, "."+version+tempName),
		lock:    flock.New(filepath.Join(parent, lockFile)),
		shards:  map[string]int{},

		groupRaw: groupRawBytes,
		sync:     syncDir,
	}
	locked, err := v.lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("the output folder cannot be locked: %w", withoutPath(err))
	}
	if !locked {
		return nil, fmt.Errorf("corpus %s: %w", name, ErrBusy)
	}
	if err := v.prepare(); err != nil {
		_ = v.lock.Close() // the error before says more
		return nil, err
	}
	return v, nil
}

func (v *Version) prepare() error {
	if err := v.absent(); err != nil {
		return err
	}
	entries, err := os.ReadDir(v.parent)
	if err != nil {
		return fmt.Errorf("the output folder cannot be read: %w", withoutPath(err))
	}
	for _, e := range entries {
		middle, hidden := strings.CutPrefix(e.Name(), ".")
		partial, isPartial := strings.CutSuffix(middle, partialName)
		temp, isTemp := strings.CutSuffix(middle, tempName)
		if hidden && (isPartial && unfinished(partial) || isTemp && unfinished(temp)) {
			if err := os.RemoveAll(filepath.Join(v.parent, e.Name())); err != nil {
				return fmt.Errorf("what an interrupted build left cannot be removed: %w", withoutPath(err))
			}
		}
	}
	for _, dir := range []string{v.dir, v.tmp} {
		if err := os.Mkdir(dir, 0o755); err != nil {
			return fmt.Errorf("the output folder cannot be written to: %w", withoutPath(err))
		}
	}
	return nil
}

// unfinished tells whether a version could be called s while it is written.
func unfinished(s string) bool { return s == Next || ValidNumber(s) }

// Dir is the folder of the version: before it is sealed that of the unfinished
// one, where its closed tables can be read.
func (v *Version) Dir() string { return v.dir }

// Name gives a version that was begun as Next its number, before Seal.
func (v *Version) Name(version string) error {
	switch {
	case v.version != Next:
		return fmt.Errorf("store: the version is called %s already", v.version)
	case !ValidVersion(version):
		return fmt.Errorf("%q is no version: it has to be MAJOR.MINOR.PATCH, such as 1.2.0", version)
	}
	v.version = version
	if err := v.absent(); err != nil {
		v.version = Next
		return err
	}
	return nil
}

// absent is an error where the version is there.
func (v *Version) absent() error {
	if v.version == Next {
		return nil
	}
	_, err := os.Lstat(filepath.Join(v.parent, v.version))
	switch {
	case err == nil:
		return fmt.Errorf("%s %s %w", v.name, v.version, ErrExists)
	case errors.Is(err, fs.ErrNotExist):
		return nil
	}
	return fmt.Errorf("the output folder cannot be read: %w", withoutPath(err))
}

// TempParent is a folder for temporary files on the disk of the version. It
// goes with Seal or Abort.
func (v *Version) TempParent() string { return v.tmp }

// Plan sets the number of shards of a table from the raw bytes of its rows, by
// ShardCount, before NewShards begins it. minimum is the number in the lock of
// the previous version, 0 for none.
func (v *Version) Plan(table string, raw int64, minimum int) error {
	t, ok := schema.TableOf(table)
	if !ok {
		return fmt.Errorf("store: there is no table %s", table)
	}
	n, err := ShardCount(raw, minimum)
	if err != nil {
		return fmt.Errorf("table %s: %w", table, err)
	}
	if t.Shard == "" {
		n = 1
	}
	v.shards[table] = n
	return nil
}

func (v *Version) shardsOf(table string) int { return max(v.shards[table], 1) }

// Shards are the numbers of shards by table, for the lock.
func (v *Version) Shards() map[string]int {
	all := map[string]int{}
	for _, t := range schema.Tables() {
		all[t.Name] = v.shardsOf(t.Name)
	}
	return all
}

// Files are the files written so far, by path: tables that are closed and what
// WriteFile wrote.
func (v *Version) Files() []FileInfo {
	files := slices.Clone(v.files)
	slices.SortFunc(files, func(a, b FileInfo) int { return strings.Compare(a.Path, b.Path) })
	return files
}

func (v *Version) add(files ...FileInfo) { v.files = append(v.files, files...) }

// WriteFile puts a document at path, which has "/", into the version.
func (v *Version) WriteFile(path string, data []byte) (FileInfo, error) {
	return v.WriteStream(path, written(data))
}

// written is a document that is in memory.
func written(data []byte) func(io.Writer) error {
	return func(w io.Writer) error { _, err := w.Write(data); return err }
}

// WriteStream puts what write writes at path, which has "/", into the version.
func (v *Version) WriteStream(path string, write func(io.Writer) error) (FileInfo, error) {
	if err := checkPath(path); err != nil {
		return FileInfo{}, err
	}
	for _, f := range v.files {
		if f.Path == path {
			return FileInfo{}, fmt.Errorf("store: %s is written twice", path)
		}
	}
	info, err := put(v.dir, path, write)
	if err != nil {
		return FileInfo{}, err
	}
	v.add(info)
	return info, nil
}

// Seal writes the manifest, last of all files, and gives the version its name.
// It fills in what the version knows: schema, corpus, version, format, files,
// rows and shards. It returns manifest.json as a file; after an error nothing
// can be seen of the version.
func (v *Version) Seal(m *Manifest) (FileInfo, error) {
	if v.done {
		return FileInfo{}, errors.New("store: the version is sealed or given up")
	}
	if v.version == Next {
		return FileInfo{}, errors.New("store: the version has no number yet")
	}
	m.Schema, m.Corpus, m.Version, m.Format = schema.Version, v.name, v.version, FormatVersion
	m.Files = v.Files()
	m.Shards = v.Shards()
	m.Rows = map[string]int64{}
	for _, t := range schema.Tables() {
		m.Rows[t.Name] = 0
	}
	for _, f := range m.Files {
		if f.Table != "" {
			m.Rows[f.Table] += f.Rows
		}
	}
	data, err := m.JSON()
	if err != nil {
		return FileInfo{}, err
	}
	if _, err := ParseManifest(data); err != nil {
		return FileInfo{}, fmt.Errorf("the version cannot be sealed: %w", err)
	}
	info, err := put(v.dir, ManifestName, written(data))
	if err != nil {
		return FileInfo{}, err
	}
	if err := v.publish(); err != nil {
		return FileInfo{}, err
	}
	v.done, v.dir = true, filepath.Join(v.parent, v.version)
	_ = os.RemoveAll(v.tmp)
	_ = v.lock.Close() // the version is whole
	return info, nil
}

// publish brings all folders to the disk and renames the version.
func (v *Version) publish() error {
	err := filepath.WalkDir(v.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		return v.sync(path)
	})
	if err != nil {
		return explain(err, v.dir, "the version's folders", 0)
	}
	if err := v.absent(); err != nil {
		return err
	}
	final := filepath.Join(v.parent, v.version)
	if err := os.Rename(v.dir, final); err != nil {
		return explain(err, v.parent, "the version's folder", 0)
	}
	if err := v.sync(v.parent); err != nil {
		_ = os.Rename(final, v.dir) // so that an error and a version never come together
		return explain(err, v.parent, "the version's folder", 0)
	}
	return nil
}

// makeDirs makes dir and those above it that are not there, and brings each
// new name to the disk.
func makeDirs(dir string) error {
	if info, err := os.Stat(dir); err == nil {
		if !info.IsDir() {
			return &fs.PathError{Op: "mkdir", Path: dir, Err: syscall.ENOTDIR}
		}
		return nil
	}
	above := filepath.Dir(dir)
	if above != dir {
		if err := makeDirs(above); err != nil {
			return err
		}
	}
	if err := os.Mkdir(dir, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncDir(above)
}

// Abort removes the unfinished version; after Seal it does nothing. A table
// that is still being written has to be aborted first.
func (v *Version) Abort() {
	if v.done {
		return
	}
	v.done = true
	_ = os.RemoveAll(v.dir) // the next build removes what is left
	_ = os.RemoveAll(v.tmp)
	_ = v.lock.Close()
}
