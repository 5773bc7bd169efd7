package store

import (
	"bytes"
	"cmp"
	"fmt"
	"io/fs"
	"iter"
	"slices"

	"corpus/schema"
)

// LockSchema is the version of the form of corpus.lock.
const LockSchema = 1

// Lock is corpus.lock: what a version was built from, so that it can be built
// again. It names the tool by its version, never by its binary. Inputs and
// Rejected, which grow with the corpus, are its last fields: see LockReader.
type Lock struct {
	Schema         int            `json:"schema"` // LockSchema
	Corpus         string         `json:"corpus"`
	Version        string         `json:"version"`
	Tool           Tool           `json:"tool"`
	ConfigSHA256   string         `json:"config_sha256"`
	SheetSHA256    string         `json:"datasheet_sha256"`         // of datasheet.yaml, "" without one
	KeyCheck       string         `json:"key_check"`                // check value of the key, "" without one
	TakedownSHA256 string         `json:"takedown_sha256,omitzero"` // of the list of what was taken down, "" without one
	Previous       string         `json:"previous"`                 // version that this one follows, "" for none
	PreviousSHA256 string         `json:"previous_sha256"`          // of its manifest.json, "" for none
	Shards         map[string]int `json:"shards"`                   // by table; the next version has at least these
	Indexes        []LockFile     `json:"indexes"`                  // index files of the sources
	Inputs         []LockFile     `json:"inputs"`
	Rejected       []LockRejected `json:"rejected"` // documents that could not be used, so that --locked sees new ones
}

// LockRejected is a document that the build rejected.
type LockRejected struct {
	Source  string `json:"source"`  // source id
	Path    string `json:"path"`    // as in LockFile
	Locator string `json:"locator"` // "" for an input that gave no document
	Reason  string `json:"reason"`  // one of schema.Reasons
}

// CompareLockRejected orders rejected documents as the lock does.
func CompareLockRejected(a, b LockRejected) int {
	return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Path, b.Path), cmp.Compare(a.Locator, b.Locator), cmp.Compare(a.Reason, b.Reason))
}

// LockFile is a file that a build read.
type LockFile struct {
	Source string `json:"source"` // source id
	Path   string `json:"path"`   // relative to the fixed part of the glob, with "/"
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"` // lower-case hexadecimal; "" for an input that could not be read
}

// CompareLockFiles orders files as the lock does, by source and path.
func CompareLockFiles(a, b LockFile) int {
	return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Path, b.Path))
}

// JSON is l as corpus.lock, its files sorted by source and path.
func (l *Lock) JSON() ([]byte, error) {
	sorted := *l
	sorted.Indexes = slices.SortedFunc(slices.Values(l.Indexes), CompareLockFiles)
	inputs := slices.SortedFunc(slices.Values(l.Inputs), CompareLockFiles)
	rejected := slices.SortedFunc(slices.Values(l.Rejected), CompareLockRejected)
	var out bytes.Buffer
	if err := sorted.WriteTo(&out, sequence(inputs), sequence(rejected)); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func sequence[T any](list []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, x := range list {
			if !yield(x, nil) {
				return
			}
		}
	}
}

// ReadLock reads the lock at path whole, strictly. The error wraps
// os.ErrNotExist where it is not there.
func ReadLock(path string) (*Lock, error) {
	r, err := OpenLock(path)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return r.whole()
}

// ParseLock reads corpus.lock.
func ParseLock(data []byte) (*Lock, error) {
	r, err := newLockReader(bytes.NewReader(data), bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	return r.whole()
}

// whole reads all that a lock holds into memory.
func (r *LockReader) whole() (*Lock, error) {
	l := r.Head
	for f, err := range r.Inputs() {
		if err != nil {
			return nil, err
		}
		l.Inputs = append(l.Inputs, f)
	}
	for d, err := range r.Rejected() {
		if err != nil {
			return nil, err
		}
		l.Rejected = append(l.Rejected, d)
	}
	return l, nil
}

func (l *Lock) check() error {
	switch {
	case l.Schema != LockSchema:
		return fmt.Errorf("schema is %d, this program reads %d", l.Schema, LockSchema)
	case !ValidName(l.Corpus):
		return fmt.Errorf("corpus is no name: %q", l.Corpus)
	case !ValidVersion(l.Version):
		return fmt.Errorf("version is none: %q", l.Version)
	case l.Previous != "" && !ValidVersion(l.Previous):
		return fmt.Errorf("previous is no version: %q", l.Previous)
	case (l.Previous == "") != (l.PreviousSHA256 == "") || l.Previous != "" && !isHex(l.PreviousSHA256, 64):
		return fmt.Errorf("previous_sha256 is no digest of the version %q", l.Previous)
	case !isHex(l.ConfigSHA256, 64):
		return fmt.Errorf("config_sha256 is no digest")
	case l.SheetSHA256 != "" && !isHex(l.SheetSHA256, 64):
		return fmt.Errorf("datasheet_sha256 is no digest")
	case l.TakedownSHA256 != "" && !isHex(l.TakedownSHA256, 64):
		return fmt.Errorf("takedown_sha256 is no digest")
	}
	for table, n := range l.Shards { // only a check: the order does not matter
		if _, ok := schema.TableOf(table); !ok {
			return fmt.Errorf("shards names a table that there is not: %q", table)
		}
		if _, err := ShardCount(0, n); err != nil || n == 0 {
			return fmt.Errorf("table %s cannot have %d shards", table, n)
		}
	}
	check := checkedFiles()
	for _, f := range l.Indexes {
		if err := check(f); err != nil {
			return err
		}
	}
	return nil
}

// checkedFiles checks the files of a list, one after the other.
func checkedFiles() func(LockFile) error {
	var before LockFile
	return func(f LockFile) error {
		switch {
		case before.Source != "" && CompareLockFiles(before, f) >= 0:
			return fmt.Errorf("files are not in the order of source and path, or twice: %s %s", f.Source, f.Path)
		case f.Source == "" || f.Path == "." || !fs.ValidPath(f.Path):
			return fmt.Errorf("%q is no path of an input of source %q", f.Path, f.Source)
		case f.Bytes < 0 || f.SHA256 != "" && !isHex(f.SHA256, 64):
			return fmt.Errorf("%s %s has no size or digest", f.Source, f.Path)
		}
		before = f
		return nil
	}
}

// checkedRejected checks the rejected documents, one after the other.
func checkedRejected() func(LockRejected) error {
	var before LockRejected
	return func(r LockRejected) error {
		if r.Source == "" || r.Reason == "" || before.Source != "" && CompareLockRejected(before, r) > 0 {
			return fmt.Errorf("rejected documents are not in their order: %s %s", r.Source, r.Path)
		}
		before = r
		return nil
	}
}
