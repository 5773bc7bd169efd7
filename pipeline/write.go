package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"corpus/datasheets/statistics"
	"corpus/licenses"
	"corpus/pipeline/assemble/names"
	"corpus/pipeline/config"
	"corpus/pipeline/normalize/language"
	textform "corpus/pipeline/normalize/text"
	"corpus/pipeline/normalize/weburl"
	"corpus/pipeline/normalize/when"
	"corpus/pipeline/resolve"
	"corpus/pipeline/store"
	"corpus/schema"
)

// Files of a version that are no tables.
const (
	leaksPath = "audit/splits.json"

	// indexName and cdxName stand for the index and the CDX of a source in the lock: where it lies and
	// what it is called is no fact about the corpus.
	indexName = "index"
	cdxName   = "cdx"
)

// write runs resolve, write, document and seal, and gives the report.
func (b *build) write(ctx context.Context) (*Report, error) {
	b.Observer.Stage(StageResolve, -1)
	clusters, err := b.finder.Clusters(ctx)
	if err != nil {
		return nil, err
	}
	t := &tables{build: b, clusters: clusters, measured: statistics.New(b.Config.Privacy == config.PrivacyNone), bySplit: map[string]int64{}}
	if b.Config.Splits != config.SplitsNone {
		options := resolve.SplitOptions{Corpus: b.Config.Corpus, Rule: b.Config.Splits, Shares: sharesOf(b.Config)}
		t.before, err = b.splitsBefore(ctx, &options)
		defer t.before.close()
		if err != nil {
			return nil, err
		}
		if t.splits, err = resolve.NewSplits(ctx, clusters, options); err != nil {
			return nil, err
		}
		defer t.splits.Close()
		if t.leaks, err = resolve.NewLeakReport(b.tmp, b.sortMemory()); err != nil {
			return nil, err
		}
		defer t.leaks.Close()
	}
	if err := b.planShards(clusters); err != nil {
		return nil, err
	}
	b.Observer.Stage(StageWrite, b.articles)
	if err := t.all(ctx); err != nil {
		return nil, err
	}
	if err := t.settle(ctx); err != nil {
		return nil, err
	}
	b.Observer.Stage(StageSeal, -1)
	return t.seal(ctx)
}

// duplicateRaw is the size of a row of duplicates in raw bytes, roughly.
const duplicateRaw = 96

// planShards sets the number of shards of every table: never fewer than in the
// lock of the build before and in the previous version, so that a shard only
// ever splits in two.
func (b *build) planShards(clusters *resolve.Clusters) error {
	var before map[string]int
	lock, err := store.LockHead(b.lockPath())
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	case lock.Corpus == b.Config.Corpus:
		before = lock.Shards
	}
	raw := b.raw.sizes()
	raw[schema.TableDuplicates] = clusters.Articles() * duplicateRaw
	for _, t := range schema.Tables() {
		least := before[t.Name]
		if b.previous != nil {
			least = max(least, b.previous.Manifest.Shards[t.Name])
		}
		if err := b.version.Plan(t.Name, raw[t.Name], least); err != nil {
			return err
		}
	}
	return nil
}

// all writes every table.
func (t *tables) all(ctx context.Context) error {
	if err := t.articlesAndComments(ctx); err != nil {
		return err
	}
	// A disk that failed under a look-up has left records without their cluster.
	if err := t.clusters.Err(); err != nil {
		return fmt.Errorf("looking up near duplicates: %w", err)
	}
	if t.splits != nil {
		if err := t.splits.Err(); err != nil {
			return fmt.Errorf("looking up splits: %w", err)
		}
		if err := t.before.err(); err != nil {
			return err
		}
	}
	if err := t.commenterTable(ctx); err != nil {
		return err
	}
	if err := t.ledgerTable(ctx); err != nil {
		return err
	}
	if err := t.sourceTable(); err != nil {
		return err
	}
	return t.duplicateTable()
}

// seal writes the documents, the lock and, last, the manifest.
func (t *tables) seal(ctx context.Context) (*Report, error) {
	var leaks *resolve.Leaks
	if t.leaks != nil {
		found, err := t.leaks.Report()
		if err != nil {
			return nil, fmt.Errorf("looking for leaks between splits: %w", err)
		}
		leaks = &found
		data, err := json.Marshal(leaks, json.Deterministic(true), jsontext.WithIndent("  "))
		if err != nil {
			return nil, fmt.Errorf("writing %s: %w", leaksPath, err)
		}
		if _, err := t.version.WriteFile(leaksPath, append(data, '\n')); err != nil {
			return nil, err
		}
	}
	policy, err := t.Config.TierPolicy().JSON()
	if err != nil {
		return nil, err
	}
	if _, err := t.version.WriteFile(licenses.PolicyPath, policy); err != nil {
		return nil, err
	}
	if err := t.writeLock(); err != nil {
		return nil, err
	}
	manifest := t.manifest()
	if err := t.document(manifest, leaks); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	sealed, err := t.version.Seal(manifest)
	if err != nil {
		return nil, err
	}
	// The version is there: what fails from now on costs the lock beside the
	// configuration alone, which the version holds as well.
	if t.locked != nil || t.pruned != nil {
		return t.report(manifest, sealed), nil
	}
	if err := copyLock(t.version, t.ConfigDir); err != nil {
		return nil, fmt.Errorf("the version is built, but corpus.lock beside the configuration could not be written (copy it out of the version): %w", err)
	}
	return t.report(manifest, sealed), nil
}

// writeLock writes the lock into the version, and counts under --locked the
// rejected documents that the other lock does not have.
func (t *tables) writeLock() error {
	rejected := t.rejections.all()
	if t.locked != nil {
		rejected = t.locked.unknown(rejected, &t.newReject)
	}
	_, err := t.version.WriteStream(LockName, func(w io.Writer) error {
		return t.lock().WriteTo(w, t.inputs.all(), rejected)
	})
	return err
}

// copyLock puts the lock of a sealed version beside the configuration.
func copyLock(v *store.Version, dir string) error {
	return store.WriteStream(dir, LockName, func(w io.Writer) error {
		f, err := os.Open(filepath.Join(v.Dir(), LockName))
		if err != nil {
			return err
		}
		defer f.Close()
		_, err = io.Copy(w, f)
		return err
	})
}

// lock names what the version was built from, but for its inputs and what was
// rejected of them.
func (t *tables) lock() *store.Lock {
	if t.pruned != nil {
		return t.pruned.lock(t)
	}
	l := &store.Lock{
		Corpus:         t.Config.Corpus,
		Version:        t.number,
		Tool:           tool(),
		ConfigSHA256:   t.Config.Digest(),
		SheetSHA256:    t.datasheet.Digest(),
		KeyCheck:       t.keyCheck(),
		TakedownSHA256: t.matcher.Digest(),
		Previous:       t.previousNumber(),
		PreviousSHA256: t.previousSHA256(),
		Shards:         t.version.Shards(),
	}
	for _, x := range t.plan.Indexes {
		l.Indexes = append(l.Indexes, store.LockFile{Source: x.SourceID, Path: indexName, Bytes: x.Bytes, SHA256: x.SHA256})
	}
	for _, x := range t.plan.Selections {
		l.Indexes = append(l.Indexes, store.LockFile{Source: x.SourceID, Path: cdxName, Bytes: x.Bytes, SHA256: x.SHA256})
	}
	for _, x := range t.plan.Golds {
		l.Indexes = append(l.Indexes, store.LockFile{Source: x.SourceID, Path: goldName, Bytes: x.Bytes, SHA256: x.SHA256})
	}
	slices.SortFunc(l.Indexes, store.CompareLockFiles)
	return l
}

func tool() store.Tool { return store.Tool{Name: "corpus", Version: ToolVersion} }

// keyCheck is the check value of the key, "" where none is used.
func (t *tables) keyCheck() string {
	if t.Key == nil {
		return ""
	}
	return t.Key.Check(t.Config.Corpus)
}

// manifest is what the version says of itself; Seal adds files, rows and shards.
func (t *tables) manifest() *store.Manifest {
	m := &store.Manifest{
		Title:          t.Config.Title,
		Description:    t.Config.Description,
		Tool:           tool(),
		Previous:       t.previousNumber(),
		PreviousSHA256: t.previousSHA256(),
		SheetSHA256:    t.datasheet.Digest(),
		Privacy:        t.Config.Privacy,
		KeyCheck:       t.keyCheck(),
		Unicode:        textform.UnicodeVersion,
		Splits:         t.Config.Splits,
		SplitShares:    map[string]int{},
		IDRules:        weburl.RulesVersion,
		Extractors:     extractorNames(),
		LanguageModels: []string{language.Model},
		Rules: map[string]string{
			"generic_names": strconv.Itoa(names.GenericVersion),
			"time_zones":    when.ZoneData,
		},
		Masked: maskedCounts(t.masked),
	}
	if t.matcher != nil || t.pruned != nil {
		m.Masked[schema.SpanRemoved] = t.removed
	}
	if t.pruned != nil {
		t.pruned.manifest(m)
	}
	if t.splits != nil {
		s := sharesOf(t.Config)
		m.SplitShares = map[string]int{schema.SplitTrain: s.Train, schema.SplitValidation: s.Validation, schema.SplitTest: s.Test}
	}
	for _, tally := range t.tallies {
		m.Sources = append(m.Sources, store.SourceCounts{
			SourceID:          tally.SourceID,
			Documents:         tally.Documents,
			Outcomes:          tally.Outcomes,
			Rejected:          tally.Rejected,
			CommentsRead:      tally.CommentsRead,
			CommentsKept:      tally.CommentsKept,
			CommentsDuplicate: tally.CommentsRepeated,
			CommentsExcluded:  tally.CommentsExcluded,
		})
	}
	slices.SortFunc(m.Sources, func(a, b store.SourceCounts) int { return cmp.Compare(a.SourceID, b.SourceID) })
	return m
}

func (t *tables) report(m *store.Manifest, sealed store.FileInfo) *Report {
	r := &Report{
		Corpus:         t.Config.Corpus,
		Version:        t.number,
		Difference:     t.difference,
		Rows:           m.Rows,
		Clusters:       t.clusters.Count(),
		Splits:         t.bySplit,
		Masked:         m.Masked,
		Examples:       t.examples,
		Files:          len(m.Files) + 1,
		OutputBytes:    sealed.Bytes,
		ManifestSHA256: sealed.SHA256,
		Accepted:       t.AcceptRejects,
		CacheHits:      t.cacheHits,
		CacheMisses:    t.cacheMisses,
		Unread:         t.unread,
	}
	if t.plan != nil {
		r.Inputs, r.InputBytes = t.plan.Len(), t.plan.Bytes()
	}
	if r.Accepted == "" {
		r.Accepted = "0"
	}
	for _, f := range m.Files {
		r.OutputBytes += f.Bytes
	}
	r.count(t.tallies)
	r.RejectedTooMany = !t.accepted.Takes(r.Rejected, r.Documents)
	if t.locked != nil {
		r.RejectedTooMany = t.newReject > 0
		r.Accepted = "those in corpus.lock"
	}
	return r
}

func sortedKeys(m map[string]int64) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
