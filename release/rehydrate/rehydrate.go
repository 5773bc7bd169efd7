// Package rehydrate fills the texts of a release in again, from captures of the
// same pages that its user has.
//
// It reads them as the build did and needs no key, since texts and masks depend
// on none. It must never fill in a text that a digest of the release speaks
// against, or change what the release says of a record.
package rehydrate

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"corpus/datasheets/statistics"
	"corpus/pipeline"
	"corpus/pipeline/config"
	"corpus/pipeline/privacy"
	"corpus/pipeline/spill"
	"corpus/pipeline/store"
	"corpus/release"
	"corpus/release/keep"
	"corpus/release/tables"
	"corpus/schema"
)

// Input is a file, folder or glob that the user has of a source.
type Input struct {
	Source string // id; "" where the release has but one
	Path   string
}

// Options say what is filled in and from what.
type Options struct {
	Release string  // folder of the release
	From    []Input // captures
	Indexes []Input // CSV files as index: of corpus.yaml names them
	CDX     []Input // CDX files that select records of web archives
	Out     string  // the result goes to Out/NAME/VERSION.rehydrated; "" for where the release stands
	Tmp     string  // folder for temporary files; "" for beside the result
	Workers int     // as in pipeline.Options
	Memory  int64   // likewise

	Observer pipeline.Observer // nil for none
	Report   func(Finding)     // takes what could not be filled in, one by one in the order of the rows
}

// What of a record could not be filled in.
const (
	Missing  = "missing"  // no input shows it
	Changed  = "changed"  // the inputs show it otherwise
	Unproven = "unproven" // too short for a digest of its own, and the one of its thread is that of other texts
)

// Finding is a record that was not, or not wholly, filled in.
type Finding struct {
	What   string `json:"what"`  // Missing, Changed or Unproven
	Table  string `json:"table"` // articles or comments
	ID     string `json:"id"`
	URL    string `json:"url"`    // of the article, "" where none is known
	Detail string `json:"detail"` // in words
}

// String is the finding as a line.
func (f Finding) String() string {
	s := fmt.Sprintf("%s: %s %s", f.What, f.Table, f.ID)
	if f.URL != "" {
		s += " of " + f.URL
	}
	return s + ": " + f.Detail
}

// Result is what was filled in.
type Result struct {
	Corpus         string            `json:"corpus"`
	Version        string            `json:"version"`
	Rows           map[string]int64  `json:"rows"`     // by table
	Withheld       map[string]int64  `json:"withheld"` // rows whose text the release keeps back
	Filled         map[string]int64  `json:"filled"`   // of these, those whose text is there again
	Weak           map[string]int64  `json:"weak"`     // of these, those that no digest proves: all of their thread is too short
	Missing        map[string]int64  `json:"missing"`
	Changed        map[string]int64  `json:"changed"`
	Unproven       map[string]int64  `json:"unproven"`
	Read           *pipeline.Report  `json:"-"` // of the reading
	Rejected       int64             `json:"rejected"`
	NoInputs       []string          `json:"no_inputs,omitempty"` // sources that no --from gave captures of
	ManifestSHA256 string            `json:"manifest_sha256"`
	Tool           map[string]string `json:"tool,omitzero"` // versions where the release was made by another one
	Dir            string            `json:"-"`
}

// Complete tells whether every record was filled in as it was.
func (r *Result) Complete() bool {
	for _, counts := range []map[string]int64{r.Missing, r.Changed, r.Unproven} {
		for _, n := range counts { // only asks whether there is one
			if n > 0 {
				return false
			}
		}
	}
	return true
}

// BrokenError is the error of a release that is not as it was made.
type BrokenError struct {
	Problems int
	First    release.Problem
}

func (e *BrokenError) Error() string {
	return fmt.Sprintf("the release is not as it was made, %d problems, the first: %s; corpus verify names them all", e.Problems, e.First)
}

// Rehydrate fills a release in. Records that could not be filled in are no
// error: they stay as the release has them, and Report takes them. An error of
// usage wraps pipeline.ErrUsage.
func Rehydrate(ctx context.Context, o Options) (*Result, error) {
	data, err := store.ReadManifestBytes(o.Release)
	if err != nil {
		return nil, err
	}
	m, err := store.ParseManifest(data)
	if err != nil {
		return nil, err
	}
	if m.Release == nil {
		return nil, pipeline.Usage("this is a build, whose texts are all there: name the folder of a release")
	}
	if m.Release.Rehydrated != nil {
		return nil, pipeline.Usage("this release was filled in already: name the folder of the release itself")
	}
	if err := verify(ctx, o.Release); err != nil {
		return nil, err
	}
	recipeData, err := os.ReadFile(filepath.Join(o.Release, keep.RecipePath))
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", keep.RecipePath, spill.WithoutPath(err))
	}
	recipe, err := keep.ParseRecipe(recipeData)
	if err != nil {
		return nil, err
	}
	out := o.Out
	if out == "" {
		if out, err = tables.OutOf(o.Release, m.Corpus); err != nil {
			return nil, err
		}
	}
	sum := sha256.Sum256(data)
	h := &rehydration{Options: o, release: m, sha256: hex.EncodeToString(sum[:]), recipe: recipe, terms: keep.TermsOf(m.Release), result: newResult(m)}
	if m.Tool.Version != pipeline.ToolVersion {
		h.result.Tool = map[string]string{"release": recipe.Tool.Version, "here": pipeline.ToolVersion}
	}
	if h.Report == nil {
		h.Report = func(Finding) {}
	}
	if h.version, err = store.CreateRelease(out, m.Corpus, m.Version+store.RehydratedName); err != nil {
		return nil, err
	}
	defer h.version.Abort()
	if err := h.run(ctx); err != nil {
		return nil, err
	}
	h.result.Dir = filepath.Join(out, m.Corpus, h.result.Version)
	return h.result, nil
}

func newResult(m *store.Manifest) *Result {
	r := &Result{Corpus: m.Corpus, Version: m.Version + store.RehydratedName, Withheld: m.Release.Withheld}
	for _, counts := range []*map[string]int64{&r.Filled, &r.Weak, &r.Missing, &r.Changed, &r.Unproven} {
		*counts = map[string]int64{schema.TableArticles: 0, schema.TableComments: 0}
	}
	return r
}

func verify(ctx context.Context, dir string) error {
	var first *release.Problem
	summary, err := release.Verify(ctx, dir, func(p release.Problem) {
		if first == nil {
			first = &p
		}
	})
	if err != nil {
		return err
	}
	if first != nil {
		return &BrokenError{summary.Problems, *first}
	}
	return nil
}

// rehydration is one release on its way.
type rehydration struct {
	Options
	release *store.Manifest
	sha256  string // of its manifest.json
	recipe  *keep.Recipe
	terms   keep.Terms
	version *store.Version
	result  *Result

	built      string // folder of what was built of the inputs
	commenters *spill.Sorter
	measured   *statistics.Collector
	sources    []schema.Source
	masked     map[string]int64
}

// run reads the inputs and joins what they give with the release.
func (h *rehydration) run(ctx context.Context) error {
	parent := h.Tmp
	if parent == "" {
		parent = h.version.TempParent()
	}
	tmp, err := os.MkdirTemp(parent, "corpus-rehydrate-")
	if err != nil {
		return fmt.Errorf("no folder for temporary files: %w", spill.WithoutPath(err))
	}
	defer os.RemoveAll(tmp)
	if err := h.read(ctx, tmp); err != nil {
		return err
	}
	h.commenters = spill.New(spill.Options{Dir: tmp})
	defer h.commenters.Close()
	h.measured = statistics.NewReleased(h.release.Privacy == config.PrivacyNone, statistics.Released{
		Text: h.terms.Text, Commenters: h.terms.Scope != config.ScopeNone,
	})
	return h.write(ctx)
}

// read builds a version of the inputs under the recipe of the release. Its
// pseudonyms are made with no key worth the name, and none of them is used.
func (h *rehydration) read(ctx context.Context, tmp string) error {
	dir := filepath.Join(tmp, "config")
	if err := os.Mkdir(dir, 0o700); err != nil {
		return fmt.Errorf("no folder for temporary files: %w", spill.WithoutPath(err))
	}
	c, err := h.config(dir)
	if err != nil {
		return err
	}
	report, err := pipeline.Build(ctx, pipeline.Options{
		Config: c, ConfigDir: dir, ConfigName: "corpus.yaml", Out: filepath.Join(tmp, "built"), Tmp: tmp,
		Workers: h.Workers, Memory: h.Memory, Key: &privacy.Key{}, Observer: h.Observer,
	})
	if err != nil {
		return fmt.Errorf("reading the inputs: %w", err)
	}
	h.built = filepath.Join(tmp, "built", c.Corpus, c.Version)
	h.result.Read, h.result.Rejected = report, report.Rejected
	return nil
}

var errSource = errors.New("say whose captures these are: --from SOURCE=PATH")
