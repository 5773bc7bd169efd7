// Package derive makes the release of a build: what of it may leave the house,
// under the terms of a tier.
//
// Every gate is closed until somebody has opened it, and a closed one says what
// opens it. The package must never decide on a tier, write into the build, or
// let the day on which it runs reach an output.
package derive

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"corpus/datasheets/questions"
	"corpus/datasheets/statistics"
	"corpus/pipeline"
	"corpus/pipeline/config"
	"corpus/pipeline/privacy"
	"corpus/pipeline/resolve"
	"corpus/pipeline/spill"
	"corpus/pipeline/store"
	"corpus/release"
	"corpus/release/keep"
	"corpus/release/tables"
	"corpus/schema"
)

// sortMemory is what each sorter may hold, in bytes; four work at a time.
const sortMemory = 24 << 20

// Options say what is released and how.
type Options struct {
	Dir       string          // folder of the build
	Out       string          // the release goes to Out/NAME/VERSION+TIER; "" for where the build stands
	Tier      string          // full, gated or standoff
	Today     string          // YYYY-MM-DD: the day that retention_until is held against
	Config    *config.Config  // corpus.yaml of the build
	Datasheet *questions.File // datasheet.yaml, nil where there is none
	Key       *privacy.Key    // of the build
	Closed    []Gate          // gates that the caller found closed
	Tmp       string          // folder for temporary files; "" for beside the release
}

// Result is what was released.
type Result struct {
	Corpus         string           `json:"corpus"`
	Version        string           `json:"version"` // with its tier
	BuildSHA256    string           `json:"build_sha256"`
	CommenterScope string           `json:"commenter_scope"`
	TimePrecision  string           `json:"time_precision"`
	Rows           map[string]int64 `json:"rows"`     // by table
	Withheld       map[string]int64 `json:"withheld"` // rows without their text
	Excluded       map[string]int64 `json:"excluded"` // rows that are left out
	Renamed        int64            `json:"renamed"`  // comments with another id
	Files          int              `json:"files"`
	ManifestSHA256 string           `json:"manifest_sha256"`
	Dir            string           `json:"-"`
}

// Release makes the release of a build. A closed gate is a *GatesError, which
// names all of them; then, and after any other error, nothing can be seen of
// the release. An error of usage, configuration or key wraps pipeline.ErrUsage.
func Release(ctx context.Context, o Options) (*Result, error) {
	d, err := open(o)
	if err != nil {
		return nil, err
	}
	if err := o.check(d.build); err != nil {
		return nil, err
	}
	d.terms = keep.Terms{Tier: o.Tier, Scope: o.Config.ScopeFor(o.Tier), Precision: o.Config.PrecisionFor(o.Tier)}
	out := o.Out
	if out == "" {
		if out, err = tables.OutOf(o.Dir, d.build.Corpus); err != nil {
			return nil, err
		}
	}
	if err := d.begin(ctx, out); err != nil {
		return nil, err
	}
	defer d.version.Abort()
	if err := d.run(ctx); err != nil {
		return nil, err
	}
	result, err := d.seal(ctx)
	if err != nil {
		return nil, err
	}
	result.Dir = filepath.Join(out, d.build.Corpus, result.Version)
	return result, nil
}

// open reads the manifest of the build.
func open(o Options) (*derivation, error) {
	data, err := store.ReadManifestBytes(o.Dir)
	if err != nil {
		return nil, err
	}
	build, err := store.ParseManifest(data)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(data)
	return &derivation{
		Options: o, build: build, buildSHA256: hex.EncodeToString(sum[:]),
		withheld: map[string]int64{}, excluded: map[string]int64{}, rows: map[string]int64{}, masked: map[string]int64{},
		leaving: map[string]*leaving{}, ledger: map[string]map[string]int64{},
	}, nil
}

// begin checks the build and begins the release of it in out.
func (d *derivation) begin(ctx context.Context, out string) (err error) {
	if err := d.verify(ctx); err != nil {
		return err
	}
	d.version, err = store.CreateRelease(out, d.build.Corpus, store.ReleaseVersion(d.build.Version, d.terms.Tier))
	return err
}

// check tells what cannot be released at all.
func (o *Options) check(build *store.Manifest) error {
	switch {
	case build.Release != nil:
		return errRelease(build)
	case o.Tier != schema.TierFull && o.Tier != schema.TierGated && o.Tier != schema.TierStandoff:
		return pipeline.Usage("there are releases of tier full, gated and standoff, none of %q", o.Tier)
	case o.Config.Corpus != build.Corpus:
		return pipeline.Usage("the configuration is that of the corpus %s, the version one of %s", o.Config.Corpus, build.Corpus)
	}
	return checkKey(build, o.Key)
}

func errRelease(m *store.Manifest) error {
	return pipeline.Usage("this is a release, of %s: name the folder of the build", m.Release.BuildVersion)
}

// checkKey tells whether a release can be derived with a key.
func checkKey(build *store.Manifest, key *privacy.Key) error {
	switch {
	case key == nil:
		return pipeline.Usage("a release needs the key of the build: name its file with --key, or make one with corpus init")
	case build.KeyCheck != "" && key.Check(build.Corpus) != build.KeyCheck:
		return pipeline.Usage("wrong key: the version was built with another one (check value %s, this key has %s)", build.KeyCheck, key.Check(build.Corpus))
	}
	return nil
}

// derivation is one release on its way.
type derivation struct {
	Options
	build       *store.Manifest
	buildSHA256 string
	terms       keep.Terms
	version     *store.Version
	tmp         string
	sources     []schema.Source // in the order of their ids

	commenters *spill.Sorter // comments by commenter; nil where the table stays empty
	clusters   *clusters     // nil where no record is excluded
	leaks      *resolve.LeakReport
	found      *resolve.Leaks // nil without splits
	measured   *statistics.Collector

	withheld, excluded, rows map[string]int64 // by table
	masked                   map[string]int64 // spans by kind
	texts                    int64            // comments that keep their text
	renamed                  int64
	leaving                  map[string]*leaving
	ledger                   map[string]map[string]int64
}

// leaving counts the rows of a source that leave.
type leaving struct{ articles, comments int64 }

func (d *derivation) of(source string) *leaving {
	l := d.leaving[source]
	if l == nil {
		l = &leaving{}
		d.leaving[source] = l
	}
	return l
}

// verify stops at a build that is not whole, or whose tiers are not those that
// its policy gives.
func (d *derivation) verify(ctx context.Context) error {
	var first []release.Problem
	summary, err := release.Verify(ctx, d.Dir, func(p release.Problem) {
		if len(first) < maxNamed {
			first = append(first, p)
		}
	})
	if err != nil {
		return err
	}
	if summary.Problems > 0 {
		return &GatesError{[]Gate{brokenBuild(summary.Problems, first)}}
	}
	return nil
}

// run writes the tables of the release.
func (d *derivation) run(ctx context.Context) (err error) {
	parent := d.Tmp
	if parent == "" {
		parent = d.version.TempParent()
	}
	if d.tmp, err = os.MkdirTemp(parent, "corpus-release-"); err != nil {
		return fmt.Errorf("no folder for temporary files: %w", spill.WithoutPath(err))
	}
	defer os.RemoveAll(d.tmp)
	d.measured = statistics.NewReleased(d.build.Privacy == config.PrivacyNone, statistics.Released{
		Text: d.terms.Text, Commenters: d.terms.Scope != config.ScopeNone,
	})
	if d.terms.Scope == config.ScopeCorpus {
		d.commenters = d.sorter()
		defer d.commenters.Close()
	}
	if d.build.Splits != config.SplitsNone {
		if d.leaks, err = resolve.NewLeakReport(d.tmp, sortMemory); err != nil {
			return err
		}
		defer d.leaks.Close()
	}
	if err := d.plan(); err != nil {
		return err
	}
	if err := d.sourceTable(); err != nil {
		return err
	}
	if err := d.duplicateTable(ctx); err != nil {
		return err
	}
	if d.clusters != nil {
		defer d.clusters.close()
	}
	if err := d.threads(ctx); err != nil {
		return err
	}
	if err := d.commenterTable(ctx); err != nil {
		return err
	}
	if err := d.ledgerTable(ctx); err != nil {
		return err
	}
	if d.leaks != nil {
		found, err := d.leaks.Report()
		if err != nil {
			return fmt.Errorf("looking for leaks between splits: %w", err)
		}
		d.found = &found
	}
	return nil
}

func (d *derivation) sorter() *spill.Sorter {
	return spill.New(spill.Options{Dir: d.tmp, Memory: sortMemory})
}

// plan gives every table the number of shards that it has in the build; one
// where nothing is left of it.
func (d *derivation) plan() error {
	for _, t := range schema.Tables() {
		shards := d.build.Shards[t.Name]
		if t.Name == schema.TableCommenters && d.terms.Scope != config.ScopeCorpus {
			shards = 1
		}
		if err := d.version.Plan(t.Name, 0, shards); err != nil {
			return err
		}
	}
	return nil
}

// errNoLock is the error of a build whose lock cannot be read; verify has seen it.
var errNoLock = errors.New("the lock of the version cannot be read")
