package pipeline

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync/atomic"

	"corpus/datasheets/statistics"
	"corpus/pipeline/compare"
	"corpus/pipeline/config"
	"corpus/pipeline/normalize"
	"corpus/pipeline/plan"
	"corpus/pipeline/privacy"
	"corpus/pipeline/resolve"
	"corpus/pipeline/spill"
	"corpus/pipeline/store"
	"corpus/pipeline/takedown"
)

// Build builds the version that o.Config declares. An error that wraps
// ErrUsage is one of configuration or key. On any error, and on cancellation
// of ctx, no version and no temporary file is left.
func Build(ctx context.Context, o Options) (*Report, error) {
	if err := o.prepare(); err != nil {
		return nil, usage(err)
	}
	accepted, err := ParseAcceptance(o.AcceptRejects)
	if err != nil {
		return nil, usage(err)
	}
	defer limitMemory(o.Memory)()
	if err := checkKey(&o); err != nil {
		return nil, usage(err)
	}
	previous, err := openPrevious(&o)
	if err != nil {
		return nil, err
	}
	version, err := store.Create(o.Out, o.Config.Corpus, o.number())
	if err != nil {
		return nil, err
	}
	defer version.Abort() // does nothing after Seal

	o.Observer.Stage(StagePlan, -1)
	tmp, err := tempDir(o.Tmp, version)
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(tmp)
	onDisk := spill.Options{Dir: tmp, Memory: o.sortMemory()}
	inputs, err := planInputs(ctx, &o, onDisk)
	if err != nil {
		return nil, err
	}
	defer inputs.Close()
	var lock *locked
	if o.Locked {
		if lock, err = newLocked(&o, inputs, previous, spill.Options{Dir: tmp}); err != nil {
			return nil, err
		}
		defer lock.close()
	}
	if err := checkPrevious(ctx, &o, previous); err != nil {
		return nil, err
	}
	b := &build{Options: o, plan: inputs, version: version, tmp: tmp, accepted: accepted, locked: lock, previous: previous, number: o.number()}
	report, err := b.run(ctx)
	if err != nil {
		return nil, err
	}
	return report, nil
}

// build is one build on its way through the stages.
type build struct {
	Options
	plan     *plan.Plan
	version  *store.Version
	tmp      string
	accepted Acceptance
	locked   *locked       // nil without --locked
	previous *compare.Side // nil without previous:
	number   string        // of the version; store.Next until it is settled

	inputs     *inputsRead
	rejections *rejections
	ledger     *ledger
	captures   *spill.Sorter // documents in normal form, by article
	contents   *spill.Sorter // those known by their content alone
	finished   *spill.Sorter // threads, by article
	commenters *spill.Sorter
	finder     *resolve.Finder
	masked     privacy.Counts
	extraction []statistics.ExtractionScore // where expected records are given
	raw        *rawSizes
	articles   int64

	reservations reservations // of servers, out of web archives
	removed      int64        // parts of texts that were taken down
	taken        takedown.Tally
	pruned       *pruned // nil where the version is built from inputs

	cacheHits, cacheMisses int64 // batches of documents
	unread                 int64 // inputs
}

func (b *build) run(ctx context.Context) (*Report, error) {
	b.inputs, b.rejections = &inputsRead{sorter: b.sorter()}, &rejections{b.sorter()}
	defer b.inputs.close()
	defer b.rejections.sorter.Close()
	b.ledger = &ledger{rows: b.sorter()}
	b.raw = newRawSizes()
	b.captures, b.contents, b.finished, b.commenters = b.sorter(), b.sorter(), b.sorter(), b.sorter()
	for _, s := range []*spill.Sorter{b.ledger.rows, b.captures, b.contents, b.finished, b.commenters} {
		defer s.Close()
	}
	finder, err := resolve.NewFinder(b.tmp, b.sortMemory())
	if err != nil {
		return nil, err
	}
	b.finder = finder
	defer finder.Close()
	if err := b.readDocuments(ctx); err != nil {
		return nil, err
	}
	if err := b.buildThreads(ctx); err != nil {
		return nil, err
	}
	return b.write(ctx)
}

func (b *build) sorter() *spill.Sorter {
	return spill.New(spill.Options{Dir: b.tmp, Memory: b.sortMemory()})
}

// readDocuments runs read, extract and normalize.
func (b *build) readDocuments(ctx context.Context) error {
	d := &documents{
		pages:    newPages(b.Config.Limits),
		plan:     b.plan,
		inputs:   b.inputs,
		rules:    map[string]normalize.Rules{},
		captures: b.captures,
		ledger:   b.ledger,
		observer: b.Observer,
		used:     map[string]*atomic.Int64{},
		locked:   b.locked,
		revisits: &revisits{originals: b.sorter(), records: b.sorter()},

		reservations: &b.reservations,
		recipe:       map[string]string{},
		selected:     map[string]string{},
		reading:      newBudget(b.readMemory()),
		budget:       newBudget(b.pageMemory()),
	}
	defer d.revisits.originals.Close()
	defer d.revisits.records.Close()
	d.pages.limits.Tmp = b.tmp
	if err := b.openCache(d); err != nil {
		return err
	}
	if b.matcher != nil && d.cache != nil {
		var err error
		if d.looking, err = b.looking(b.matcher); err != nil {
			return err
		}
	}
	if d.cache != nil {
		defer d.cache.Close()
		defer d.files.Close()
	}
	for _, x := range b.plan.Selections {
		d.selected[x.SourceID] = x.SHA256
	}
	for i := range b.Config.Sources {
		s := &b.Config.Sources[i]
		rules, err := rulesOf(s)
		if err != nil {
			return err
		}
		d.rules[s.ID] = rules
		d.used[s.ID] = new(atomic.Int64)
	}
	if err := d.run(ctx, b.Workers); err != nil {
		return err
	}
	if err := b.inputs.sort(ctx, spill.Options{Dir: b.tmp}); err != nil {
		return err
	}
	if err := d.revisits.join(ctx, b.captures, b.ledger, func(id string) { d.used[id].Add(1) }); err != nil {
		return err
	}
	if d.cache != nil {
		b.cacheHits, b.cacheMisses, b.unread = d.hits.Load(), d.misses.Load(), d.unread.Load()
		ofFiles := b.cacheLimit() / filesShare
		d.files.Save(ofFiles)
		if err := d.cache.Trim(b.cacheLimit() - ofFiles); err != nil {
			return err
		}
	}
	if b.locked != nil {
		if err := b.locked.sorted(); err != nil {
			return err
		}
	}
	for _, s := range b.Config.Sources {
		if d.used[s.ID].Load() == 0 {
			return fmt.Errorf("source %s yields nothing: none of its inputs could be used; corpus extract FILE says why for one of them", s.ID)
		}
	}
	return nil
}

// buildThreads runs assemble, privacy and rights.
func (b *build) buildThreads(ctx context.Context) error {
	guard, err := privacy.New(b.Key, b.Config.Corpus, b.Config.Privacy)
	if err != nil {
		return err
	}
	t := &threads{
		captures:   b.captures,
		contents:   b.contents,
		finished:   b.finished,
		commenters: b.commenters,
		ledger:     b.ledger,
		finder:     b.finder,
		guard:      guard,
		sources:    map[string]*config.Source{},
		policy:     b.Config.TierPolicy(),
		reserved:   b.reservations.sorted(),
		keepNames:  b.Config.Privacy == config.PrivacyNone,
		observer:   b.Observer,
		raw:        b.raw,
		matcher:    b.matcher,
		budget:     newBudget(b.pageMemory()),
	}
	for i := range b.Config.Sources {
		t.sources[b.Config.Sources[i].ID] = &b.Config.Sources[i]
	}
	if t.gold, err = b.readGold(ctx); err != nil {
		return err
	}
	if err := t.run(ctx, b.Workers); err != nil {
		return err
	}
	b.masked, b.articles = t.masked, t.articles
	b.extraction = t.gold.result()
	b.removed, b.taken = t.removed, t.taken
	return nil
}

// tempDir is a new folder for temporary files: in dir, else in the version's
// own unfinished folder, on the disk that has to hold the output anyway.
func tempDir(dir string, version *store.Version) (string, error) {
	if dir == "" {
		dir = version.TempParent()
	}
	tmp, err := os.MkdirTemp(dir, "corpus-build-")
	if err != nil {
		return "", fmt.Errorf("no folder for temporary files: %w", err)
	}
	return tmp, nil
}

// LockName is the name of the lock, beside corpus.yaml and in every version.
const LockName = "corpus.lock"

// checkKey compares the key with the one of the last build, whose check value
// the lock beside the configuration holds: another key would give every
// commenter a new pseudonym without anybody noticing.
func checkKey(o *Options) error {
	lock, err := store.LockHead(o.lockPath())
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if lock.Corpus != o.Config.Corpus || lock.KeyCheck == "" || o.Key == nil {
		return nil
	}
	if got := o.Key.Check(o.Config.Corpus); got != lock.KeyCheck {
		return fmt.Errorf("wrong key: corpus.lock was written with another one (check value %s, this key has %s); find that key, or delete corpus.lock to give every commenter a new pseudonym", lock.KeyCheck, got)
	}
	return nil
}
