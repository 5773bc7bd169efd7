package store

import (
	"cmp"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"

	"corpus/schema"
)

// LockSchema is the version of the form of corpus.lock.
const LockSchema = 1

// maxLock bounds corpus.lock, in bytes: some millions of inputs.
const maxLock = 1 << 30

// Lock is corpus.lock: what a version was built from, so that it can be built
// again. It names the tool by its version, never by its binary.
type Lock struct {
	Schema         int            `json:"schema"` // LockSchema
	Corpus         string         `json:"corpus"`
	Version        string         `json:"version"`
	Tool           Tool           `json:"tool"`
	ConfigSHA256   string         `json:"config_sha256"`
	SheetSHA256    string         `json:"datasheet_sha256"` // of datasheet.yaml, "" without one
	KeyCheck       string         `json:"key_check"`        // check value of the key, "" without one
	Previous       string         `json:"previous"`         // version that this one follows, "" for none
	PreviousSHA256 string         `json:"previous_sha256"`  // of its manifest.json, "" for none
	Shards         map[string]int `json:"shards"`           // by table; the next version has at least these
	Indexes        []LockFile     `json:"indexes"`          // index files of the sources
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

func compareRejected(a, b LockRejected) int {
	return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Path, b.Path), cmp.Compare(a.Locator, b.Locator), cmp.Compare(a.Reason, b.Reason))
}

// LockFile is a file that a build read.
type LockFile struct {
	Source string `json:"source"` // source id
	Path   string `json:"path"`   // relative to the fixed part of the glob, with "/"
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"` // lower-case hexadecimal; "" for an input that could not be read
}

func compareLockFiles(a, b LockFile) int {
	return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Path, b.Path))
}

// JSON is l as corpus.lock, its files sorted by source and path.
func (l *Lock) JSON() ([]byte, error) {
	sorted := *l
	sorted.Schema = LockSchema
	sorted.Indexes = slices.SortedFunc(slices.Values(l.Indexes), compareLockFiles)
	sorted.Inputs = slices.SortedFunc(slices.Values(l.Inputs), compareLockFiles)
	sorted.Rejected = slices.SortedFunc(slices.Values(l.Rejected), compareRejected)
	data, err := canonical(&sorted)
	if err != nil {
		return nil, fmt.Errorf("writing corpus.lock: %w", err)
	}
	if err := sorted.check(); err != nil {
		return nil, fmt.Errorf("writing corpus.lock: %w", err)
	}
	return data, nil
}

// ReadLock reads the lock at path, strictly. The error wraps os.ErrNotExist
// where it is not there.
func ReadLock(path string) (*Lock, error) {
	data, err := readLimited(opener(path), filepath.Base(path), maxLock)
	if err != nil {
		return nil, err
	}
	return ParseLock(data)
}

// ParseLock reads corpus.lock.
func ParseLock(data []byte) (*Lock, error) {
	l := &Lock{}
	if err := parseCanonical(data, l); err != nil {
		return nil, fmt.Errorf("corpus.lock: %w", err)
	}
	if err := l.check(); err != nil {
		return nil, fmt.Errorf("corpus.lock: %w", err)
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
	}
	for table, n := range l.Shards { // only a check: the order does not matter
		if _, ok := schema.TableOf(table); !ok {
			return fmt.Errorf("shards names a table that there is not: %q", table)
		}
		if _, err := ShardCount(0, n); err != nil || n == 0 {
			return fmt.Errorf("table %s cannot have %d shards", table, n)
		}
	}
	for _, list := range [][]LockFile{l.Indexes, l.Inputs} {
		for i, f := range list {
			if i > 0 && compareLockFiles(list[i-1], f) >= 0 {
				return fmt.Errorf("files are not in the order of source and path, or twice: %s %s", f.Source, f.Path)
			}
			if f.Source == "" || f.Path == "." || !fs.ValidPath(f.Path) {
				return fmt.Errorf("%q is no path of an input of source %q", f.Path, f.Source)
			}
			if f.Bytes < 0 || f.SHA256 != "" && !isHex(f.SHA256, 64) {
				return fmt.Errorf("%s %s has no size or digest", f.Source, f.Path)
			}
		}
	}
	for i, r := range l.Rejected {
		if i > 0 && compareRejected(l.Rejected[i-1], r) > 0 || r.Source == "" || r.Reason == "" {
			return fmt.Errorf("rejected documents are not in their order: %s %s", r.Source, r.Path)
		}
	}
	return nil
}
