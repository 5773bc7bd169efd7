package pipeline

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"slices"
	"strings"
	"sync"

	"corpus/pipeline/compare"
	"corpus/pipeline/plan"
	"corpus/pipeline/spill"
	"corpus/pipeline/store"
	"corpus/pipeline/takedown"
	"corpus/schema"
)

// DriftError says in what a build under --locked differs from the lock.
type DriftError struct {
	Differences []string // in the order of source and path; of very many the first
	More        int      // how many are not listed
}

// maxDrift is how many differences the message of a DriftError names.
const maxDrift = 20

func (e *DriftError) Error() string {
	shown := e.Differences[:min(len(e.Differences), maxDrift)]
	all, more := len(e.Differences)+e.More, ""
	if all > len(shown) {
		more = fmt.Sprintf("\n  … and %d more", all-len(shown))
	}
	count := "1 difference"
	if all != 1 {
		count = fmt.Sprintf("%d differences", all)
	}
	return fmt.Sprintf("corpus.lock does not describe what is here (%s); build without --locked to accept it:\n  %s%s",
		count, strings.Join(shown, "\n  "), more)
}

// listedDrift is how many differences are kept.
const listedDrift = 1000

// locked holds a build against the lock of the one before.
type locked struct {
	lock    *store.Lock // without inputs and rejected documents
	path    string
	digests *spill.List // of the inputs in the lock, in the order of the plan

	mu    sync.Mutex
	drift []string
	more  int // differences that are not in drift
}

// newLocked reads the lock beside the configuration and compares all that can
// be compared before an input is read.
func newLocked(o *Options, p *plan.Plan, previous *compare.Side, on spill.Options) (*locked, error) {
	in, err := store.OpenLock(o.lockPath())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, usage(errors.New("--locked needs corpus.lock beside the configuration, and it is not there: build once without it"))
	}
	if err != nil {
		return nil, err
	}
	defer in.Close()
	lock := in.Head
	l := &locked{lock: lock, path: o.lockPath(), digests: spill.NewList(on)}
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
		{"takedown list (SHA-256 of its meaning)", lock.TakedownSHA256, o.matcher.Digest()},
	} {
		if c.locked != c.here {
			l.differs("%s: %s in the lock, %s here", c.what, quotedOrNone(c.locked), quotedOrNone(c.here))
		}
	}
	if err := l.inputs(p, in, o.matcher); err != nil {
		return nil, err
	}
	l.indexes(p)
	return l, l.err()
}

// inputs goes through the inputs of the plan and those of the lock, which have
// one order.
func (l *locked) inputs(p *plan.Plan, in *store.LockReader, taken *takedown.Matcher) error {
	next, stop := iter.Pull2(in.Inputs())
	defer stop()
	var failed error
	advance := func() (store.LockFile, bool) {
		f, err, ok := next()
		failed = cmp.Or(failed, err)
		return f, ok && err == nil
	}
	f, ok := advance()
	missing := func() {
		if !taken.Withdrawn(f.SHA256) {
			l.differs("%s/%s is in the lock and not here", f.Source, f.Path)
		}
		f, ok = advance()
	}
	for input, err := range p.All() {
		if err != nil {
			return err
		}
		here := store.LockFile{Source: input.Source.ID, Path: input.Path}
		for ok && store.CompareLockFiles(f, here) < 0 {
			missing()
		}
		if !ok || store.CompareLockFiles(f, here) > 0 {
			l.differs("%s/%s is not in the lock", here.Source, here.Path)
			continue
		}
		if f.SHA256 != "" && f.Bytes != input.Size {
			l.differs("%s/%s has %d bytes, %d in the lock", here.Source, here.Path, input.Size, f.Bytes)
		}
		if err := l.digests.Add([]byte(f.SHA256)); err != nil {
			return err
		}
		f, ok = advance()
	}
	for ok {
		missing()
	}
	if failed != nil {
		return failed
	}
	return in.Rest()
}

// indexes compares the index files, the CDX files and the expected records.
func (l *locked) indexes(p *plan.Plan) {
	indexes := map[[2]string]string{}
	for _, x := range p.Indexes {
		indexes[[2]string{x.SourceID, indexName}] = x.SHA256
	}
	for _, x := range p.Selections {
		indexes[[2]string{x.SourceID, cdxName}] = x.SHA256
	}
	for _, x := range p.Golds {
		indexes[[2]string{x.SourceID, goldName}] = x.SHA256
	}
	for _, f := range l.lock.Indexes {
		key := [2]string{f.Source, f.Path}
		if got := indexes[key]; got != f.SHA256 {
			l.differs("the %s of source %s is another one than in the lock", f.Path, f.Source)
		}
		delete(indexes, key)
	}
	added := make([]string, 0, len(indexes))
	for key := range indexes {
		added = append(added, fmt.Sprintf("the %s of source %s is not in the lock", key[1], key[0]))
	}
	slices.Sort(added)
	for _, a := range added {
		l.differs("%s", a)
	}
}

// differs notes a difference.
func (l *locked) differs(format string, args ...any) {
	if len(l.drift) == listedDrift {
		l.more++
		return
	}
	l.drift = append(l.drift, fmt.Sprintf(format, args...))
}

func quotedOrNone(s string) string {
	if s == "" {
		return "none"
	}
	return fmt.Sprintf("%.80q", s)
}

// read compares the digest of an input that was just read with that in the
// lock. It is safe for concurrent use.
func (l *locked) read(in *plan.Input, digest string) {
	if digest == in.SHA256 {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	// The smallest are kept, so that it does not matter which worker came first.
	if l.drift = append(l.drift, fmt.Sprintf("%s/%s has other bytes than in the lock", in.Source.ID, in.Path)); len(l.drift) == 2*listedDrift {
		slices.Sort(l.drift)
		l.drift, l.more = l.drift[:listedDrift], l.more+listedDrift
	}
}

// err is a DriftError where something differs.
func (l *locked) err() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.drift) == 0 {
		return nil
	}
	return &DriftError{Differences: slices.Clone(l.drift), More: l.more}
}

// sorted puts what workers found into an order of its own.
func (l *locked) sorted() error {
	slices.Sort(l.drift)
	return l.err()
}

// unknown gives out rejected documents, in the order of the lock, and counts
// those that are not in the lock.
func (l *locked) unknown(rejected iter.Seq2[store.LockRejected, error], n *int64) iter.Seq2[store.LockRejected, error] {
	return func(yield func(store.LockRejected, error) bool) {
		fail := func(err error) { yield(store.LockRejected{}, err) }
		in, err := store.OpenLock(l.path)
		if err != nil {
			fail(err)
			return
		}
		defer in.Close()
		for _, err := range in.Inputs() {
			if err != nil {
				fail(err)
				return
			}
		}
		next, stop := iter.Pull2(in.Rejected())
		defer stop()
		known, err, ok := next()
		for d, failed := range rejected {
			if failed != nil {
				fail(failed)
				return
			}
			for ok && err == nil && store.CompareLockRejected(known, d) < 0 {
				known, err, ok = next()
			}
			if err != nil {
				fail(err)
				return
			}
			if !ok || known != d {
				*n++
			}
			if !yield(d, nil) {
				return
			}
		}
	}
}

// close removes what the comparison has on disk.
func (l *locked) close() { _ = l.digests.Close() }

// rejectedRow is a ledger row as the lock keeps it.
func rejectedRow(row *schema.LedgerRow) store.LockRejected {
	return store.LockRejected{Source: row.SourceID, Path: row.InputPath, Locator: row.Locator, Reason: text(row.Reason)}
}
