package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"corpus/pipeline/compare"
	"corpus/pipeline/plan"
	"corpus/pipeline/store"
	"corpus/schema"
)

// DriftError says in what a build under --locked differs from the lock.
type DriftError struct {
	Differences []string // in the order of source and path
}

// maxDrift is how many differences the message of a DriftError names.
const maxDrift = 20

func (e *DriftError) Error() string {
	shown := e.Differences
	more := ""
	if len(shown) > maxDrift {
		more = fmt.Sprintf("\n  … and %d more", len(shown)-maxDrift)
		shown = shown[:maxDrift]
	}
	return fmt.Sprintf("corpus.lock does not describe what is here (%d differences); build without --locked to accept it:\n  %s%s",
		len(e.Differences), strings.Join(shown, "\n  "), more)
}

// locked holds a build against the lock of the one before.
type locked struct {
	lock     *store.Lock
	inputs   map[[2]string]store.LockFile // by source and path; only looked up
	rejected map[store.LockRejected]bool  // only looked up
	mu       sync.Mutex
	drift    []string
}

// newLocked reads the lock beside the configuration and compares all that can
// be compared before an input is read.
func newLocked(o *Options, p *plan.Plan, previous *compare.Side) (*locked, error) {
	lock, err := store.ReadLock(o.lockPath())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, usage(errors.New("--locked needs corpus.lock beside the configuration, and it is not there: build once without it"))
	}
	if err != nil {
		return nil, err
	}
	l := &locked{lock: lock, inputs: map[[2]string]store.LockFile{}, rejected: map[store.LockRejected]bool{}}
	for _, r := range lock.Rejected {
		l.rejected[r] = true
	}
	check := ""
	if o.Key != nil {
		check = o.Key.Check(o.Config.Corpus)
	}
	number, before, beforeSHA := o.number(), "", ""
	if number == store.Next {
		number = lock.Version // settled later
	}
	if previous != nil {
		before, beforeSHA = previous.Manifest.Version, previous.SHA256
	}
	for _, c := range []struct{ what, locked, here string }{
		{"corpus", lock.Corpus, o.Config.Corpus},
		{"version", lock.Version, number},
		{"previous version", lock.Previous, before},
		{"manifest of the previous version (SHA-256)", lock.PreviousSHA256, beforeSHA},
		{"version of the tool", lock.Tool.Version, ToolVersion},
		{"configuration (SHA-256 of its meaning)", lock.ConfigSHA256, o.Config.Digest()},
		{"datasheet.yaml (SHA-256 of its meaning)", lock.SheetSHA256, o.datasheet.Digest()},
		{"check value of the key", lock.KeyCheck, check},
	} {
		if c.locked != c.here {
			l.drift = append(l.drift, fmt.Sprintf("%s: %s in the lock, %s here", c.what, quotedOrNone(c.locked), quotedOrNone(c.here)))
		}
	}
	here := map[[2]string]bool{}
	for _, f := range lock.Inputs {
		l.inputs[[2]string{f.Source, f.Path}] = f
	}
	for i := range p.Inputs {
		in := &p.Inputs[i]
		key := [2]string{in.Source.ID, in.Path}
		here[key] = true
		f, ok := l.inputs[key]
		switch {
		case !ok:
			l.drift = append(l.drift, fmt.Sprintf("%s/%s is not in the lock", in.Source.ID, in.Path))
		case f.SHA256 != "" && f.Bytes != in.Size:
			l.drift = append(l.drift, fmt.Sprintf("%s/%s has %d bytes, %d in the lock", in.Source.ID, in.Path, in.Size, f.Bytes))
		}
	}
	for _, f := range lock.Inputs {
		if !here[[2]string{f.Source, f.Path}] {
			l.drift = append(l.drift, fmt.Sprintf("%s/%s is in the lock and not here", f.Source, f.Path))
		}
	}
	indexes := map[[2]string]string{}
	for _, x := range p.Indexes {
		indexes[[2]string{x.SourceID, indexName}] = x.SHA256
	}
	for _, x := range p.Selections {
		indexes[[2]string{x.SourceID, cdxName}] = x.SHA256
	}
	for _, f := range lock.Indexes {
		key := [2]string{f.Source, f.Path}
		if got := indexes[key]; got != f.SHA256 {
			l.drift = append(l.drift, fmt.Sprintf("the %s of source %s is another one than in the lock", f.Path, f.Source))
		}
		delete(indexes, key)
	}
	added := make([]string, 0, len(indexes))
	for key := range indexes {
		added = append(added, fmt.Sprintf("the %s of source %s is not in the lock", key[1], key[0]))
	}
	slices.Sort(added)
	l.drift = append(l.drift, added...)
	return l, l.err()
}

func quotedOrNone(s string) string {
	if s == "" {
		return "none"
	}
	return fmt.Sprintf("%.80q", s)
}

// read compares the digest of an input that was just read. It is safe for
// concurrent use.
func (l *locked) read(in *plan.Input) {
	f, ok := l.inputs[[2]string{in.Source.ID, in.Path}]
	if !ok || f.SHA256 == in.SHA256 {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.drift = append(l.drift, fmt.Sprintf("%s/%s has other bytes than in the lock", in.Source.ID, in.Path))
}

// err is a DriftError where something differs.
func (l *locked) err() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.drift) == 0 {
		return nil
	}
	return &DriftError{Differences: slices.Clone(l.drift)}
}

// sorted puts what workers found into an order of its own.
func (l *locked) sorted() error {
	slices.Sort(l.drift)
	return l.err()
}

// rejectedRow is a ledger row as the lock keeps it.
func rejectedRow(row *schema.LedgerRow) store.LockRejected {
	return store.LockRejected{Source: row.SourceID, Path: row.InputPath, Locator: row.Locator, Reason: text(row.Reason)}
}
