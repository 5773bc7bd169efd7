package prune

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"corpus/datasheets/statistics"
	"corpus/pipeline"
	"corpus/pipeline/compare"
	"corpus/pipeline/config"
	"corpus/pipeline/spill"
	"corpus/pipeline/store"
	"corpus/release/erratum"
	"corpus/release/keep"
	"corpus/release/tables"
	"corpus/schema"
)

// Options say what is pruned.
type Options struct {
	Release string // folder of the release; it stays as it is
	Erratum *erratum.Erratum
	Out     string // the new release goes to Out/NAME/VERSION; "" for beside the old one
	Tmp     string // folder for temporary files; "" for beside the new release
}

// Result is what is left.
type Result struct {
	Corpus         string           `json:"corpus"`
	Version        string           `json:"version"` // with its tier
	Before         string           `json:"before"`  // version that was pruned
	Changes        erratum.Counts   `json:"changes"`
	Rows           map[string]int64 `json:"rows"` // by table
	ManifestSHA256 string           `json:"manifest_sha256"`
	Dir            string           `json:"-"`
}

// Prune takes out of a release what its erratum names, and writes the rest as
// the release of the build that follows: its tables are, byte for byte, those
// that the publisher derived. Left out are the documents that hold answers of
// people and citations, as by pipeline.Prune. An erratum of another release is
// pipeline.ErrOtherVersion.
func Prune(ctx context.Context, o Options) (*Result, error) {
	x := o.Erratum
	side, err := compare.Open(o.Release)
	if err != nil {
		return nil, err
	}
	if m := side.Manifest; m.Release == nil || m.Release.Rehydrated == nil { // that has a message of its own
		if x.Corpus != m.Corpus || x.ManifestSHA256 != side.SHA256 {
			return nil, pipeline.Usage("%w: it is about %s %s with the manifest %s, and this is %s %s with %s", pipeline.ErrOtherVersion, x.Corpus, x.Version, x.ManifestSHA256, m.Corpus, m.Version, side.SHA256)
		}
	}
	if side, err = openRelease(o.Release); err != nil {
		return nil, err
	}
	old := side.Manifest
	if x.Version != old.Version || !slices.EqualFunc(x.Sources, old.Sources, func(a, b store.SourceCounts) bool { return a.SourceID == b.SourceID }) {
		return nil, errDamaged
	}
	out := o.Out
	if out == "" {
		if out, err = tables.OutOf(o.Release, old.Corpus); err != nil {
			return nil, err
		}
	}
	version, err := store.CreateRelease(out, old.Corpus, x.Pruned())
	if err != nil {
		return nil, err
	}
	defer version.Abort() // does nothing after Seal
	if err := side.Check(ctx); err != nil {
		return nil, fmt.Errorf("%s %s: %w", old.Corpus, old.Version, err)
	}
	p := &pruning{Options: o, old: old, terms: keep.TermsOf(old.Release), version: version, masked: map[string]int64{}, withheld: map[string]int64{}}
	if err := p.tables(ctx); err != nil {
		return nil, err
	}
	sealed, m, err := p.seal(ctx)
	if err != nil {
		return nil, err
	}
	return &Result{
		Corpus: m.Corpus, Version: m.Version, Before: old.Version, Changes: x.Counts(), Rows: m.Rows, ManifestSHA256: sealed.SHA256,
		Dir: filepath.Join(out, m.Corpus, m.Version),
	}, nil
}

// errDamaged is the error of an erratum that names its release and is not about
// what it holds.
var errDamaged = errors.New("the erratum is damaged: it is not about what the release holds")

// pruning is one release on its way.
type pruning struct {
	Options
	old     *store.Manifest
	terms   keep.Terms
	version *store.Version

	measured *statistics.Collector
	masked   map[string]int64 // spans by kind
	withheld map[string]int64 // by table
	texts    bool             // comments have texts
}

// tables writes the tables.
func (p *pruning) tables(ctx context.Context) error {
	parent := p.Tmp
	if parent == "" {
		parent = p.version.TempParent()
	}
	tmp, err := os.MkdirTemp(parent, "corpus-prune-")
	if err != nil {
		return fmt.Errorf("no folder for temporary files: %w", spill.WithoutPath(err))
	}
	defer os.RemoveAll(tmp)
	p.measured = statistics.NewReleased(p.old.Privacy == config.PrivacyNone, statistics.Released{
		Text: p.terms.Text, Commenters: p.terms.Scope != config.ScopeNone,
	})
	shards := map[string]int{}
	for _, f := range p.Erratum.Tables {
		shards[f.Table]++
	}
	for _, t := range schema.Tables() {
		if err := p.version.Plan(t.Name, 0, shards[t.Name]); err != nil {
			return err
		}
	}
	if err := tables.Copy(p.version, p.Release, schema.TableSources, p.measured.AddSource); err != nil {
		return err
	}
	if err := tables.Write(p.version, schema.TableDuplicates, p.Erratum.AllDuplicates(ctx, p.Release, tmp), p.measured.AddDuplicate); err != nil {
		return err
	}
	if err := p.threads(ctx); err != nil {
		return err
	}
	if err := tables.Write(p.version, schema.TableCommenters, p.Erratum.AllCommenters(ctx, p.Release, tmp), p.measured.AddCommenter); err != nil {
		return err
	}
	if err := tables.Copy(p.version, p.Release, schema.TableLedger, func(*schema.LedgerRow) {}); err != nil {
		return err
	}
	return p.same()
}

// threads writes articles, comments and captures.
func (p *pruning) threads(ctx context.Context) error {
	w, err := tables.NewWriters(p.version)
	if err != nil {
		return err
	}
	defer w.Abort()
	for t, err := range p.Erratum.Threads(ctx, p.Release, p.old) {
		if err != nil {
			return err
		}
		p.measured.AddThread(&t.Article, t.Comments, t.Captures)
		p.count(schema.TableArticles, t.Article.Tier, t.Article.NChars, t.Article.Spans)
		for i := range t.Comments {
			c := &t.Comments[i]
			p.count(schema.TableComments, c.Tier, c.NChars, c.Spans)
			p.texts = p.texts || c.Text != nil
		}
		if err := w.Write(t); err != nil {
			return err
		}
	}
	return w.Close()
}

func (p *pruning) count(table, tier string, chars int32, spans []schema.Span) {
	if chars > 0 && !p.terms.Text(tier) {
		p.withheld[table]++
	}
	for i := range spans {
		p.masked[spans[i].Kind]++
	}
}

// same holds the tables against those that the publisher derived.
func (p *pruning) same() error {
	var files []store.FileInfo
	for _, f := range p.version.Files() {
		if f.Table != "" {
			files = append(files, f)
		}
	}
	if slices.Equal(files, p.Erratum.Tables) {
		return nil
	}
	for i, f := range p.Erratum.Tables {
		if i < len(files) && files[i] == f {
			continue
		}
		if p.Erratum.Tool.Version != pipeline.ToolVersion {
			return fmt.Errorf("the table %s does not become that of the publisher, who used version %s of this program (this is %s): prune with that one", f.Table, p.Erratum.Tool.Version, pipeline.ToolVersion)
		}
		return fmt.Errorf("the erratum is damaged: the table %s does not become that of the publisher", f.Table)
	}
	return errDamaged
}

// manifest is what the release says of itself; Seal adds files, rows and shards.
func (p *pruning) manifest() *store.Manifest {
	x := p.Erratum
	m := *p.old
	m.Version = x.Pruned()
	m.Tool = store.Tool{Name: m.Tool.Name, Version: pipeline.ToolVersion}
	left := int64(0)
	if p.texts {
		left = x.NamesLeft
	}
	m.Masked = tables.Masked(p.masked, left)
	r := *p.old.Release
	r.BuildVersion, r.BuildSHA256, r.Excluded, r.Ledger = x.BuildVersion, x.BuildSHA256, x.Excluded, x.Ledger
	r.Withheld = map[string]int64{schema.TableArticles: p.withheld[schema.TableArticles], schema.TableComments: p.withheld[schema.TableComments]}
	m.Release, m.Sources = &r, x.Sources
	return &m
}

// seal writes what is no table and, last, the manifest.
func (p *pruning) seal(ctx context.Context) (store.FileInfo, *store.Manifest, error) {
	m := p.manifest()
	err := p.files(m)
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return store.FileInfo{}, nil, err
	}
	sealed, err := p.version.Seal(m)
	return sealed, m, err
}
