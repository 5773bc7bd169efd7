package derive

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"corpus/datasheets"
	"corpus/datasheets/statistics"
	"corpus/licenses"
	"corpus/pipeline"
	"corpus/pipeline/config"
	"corpus/pipeline/spill"
	"corpus/pipeline/store"
	"corpus/release"
	"corpus/release/keep"
	"corpus/schema"
)

// leaksPath is the leak report of a version.
const leaksPath = "audit/splits.json"

// namesLeft is the count of names that the build left standing, among the masks.
const namesLeft = "names_left"

// seal asks the gates, writes all that is no table and, last, the manifest.
func (d *derivation) seal(ctx context.Context) (*Result, error) {
	m := d.manifest()
	left, err := release.CountIn(ctx, d.version.Dir(), m)
	if err != nil {
		return nil, err
	}
	closed, err := d.gates(left)
	if err != nil {
		return nil, err
	}
	if len(closed) > 0 {
		return nil, &GatesError{closed}
	}
	if err := d.files(); err != nil {
		return nil, err
	}
	if err := d.documents(m); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	sealed, err := d.version.Seal(m)
	if err != nil {
		return nil, err
	}
	return &Result{
		Corpus: m.Corpus, Version: m.Version, BuildSHA256: d.buildSHA256, CommenterScope: d.terms.Scope, TimePrecision: d.terms.Precision,
		Rows: m.Rows, Withheld: m.Release.Withheld, Excluded: m.Release.Excluded, Renamed: d.renamed,
		Files: len(m.Files) + 1, ManifestSHA256: sealed.SHA256,
	}, nil
}

// manifest is what the release says of itself; Seal adds files, rows and shards.
func (d *derivation) manifest() *store.Manifest {
	m := *d.build
	m.Version = store.ReleaseVersion(d.build.Version, d.terms.Tier)
	m.Tool = store.Tool{Name: d.build.Tool.Name, Version: pipeline.ToolVersion}
	m.Previous, m.PreviousSHA256 = "", "" // a release names its build, which names the one before
	m.SheetSHA256 = d.Datasheet.Digest()
	m.Masked = map[string]int64{}
	t, _ := schema.TableOf(schema.TableComments)
	spans, _ := t.Column("spans")
	for _, kind := range spans.Children[0].Values {
		m.Masked[kind] = d.masked[kind]
	}
	if d.texts > 0 { // of all texts of the build: nobody else knows the names
		m.Masked[namesLeft] = d.build.Masked[namesLeft]
	} else {
		m.Masked[namesLeft] = 0
	}
	both := func(counts map[string]int64) map[string]int64 {
		return map[string]int64{schema.TableArticles: counts[schema.TableArticles], schema.TableComments: counts[schema.TableComments]}
	}
	m.Release = &store.Release{
		Tier: d.terms.Tier, BuildVersion: d.build.Version, BuildSHA256: d.buildSHA256,
		CommenterScope: d.terms.Scope, TimePrecision: d.terms.Precision,
		Withheld: both(d.withheld), Excluded: both(d.excluded), Ledger: d.ledger,
	}
	m.Files, m.Shards, m.Rows = d.version.Files(), d.version.Shards(), map[string]int64{}
	return &m
}

// files writes what is neither table nor document.
func (d *derivation) files() error {
	policy, err := os.ReadFile(filepath.Join(d.Dir, filepath.FromSlash(licenses.PolicyPath)))
	switch {
	case errors.Is(err, fs.ErrNotExist): // a build without one
	case err != nil:
		return fmt.Errorf("%s cannot be read: %w", licenses.PolicyPath, spill.WithoutPath(err))
	default:
		if _, err := d.version.WriteFile(licenses.PolicyPath, policy); err != nil {
			return err
		}
	}
	sources := slices.SortedFunc(slices.Values(d.Config.Sources), func(a, b config.Source) int { return strings.Compare(a.ID, b.ID) })
	recipe, err := keep.NewRecipe(d.Config, d.build.Tool, sources).JSON()
	if err != nil {
		return err
	}
	if _, err := d.version.WriteFile(keep.RecipePath, recipe); err != nil {
		return err
	}
	if d.found == nil {
		return nil
	}
	leaks, err := json.Marshal(d.found, json.Deterministic(true), jsontext.WithIndent("  "))
	if err != nil {
		return fmt.Errorf("writing %s: %w", leaksPath, err)
	}
	_, err = d.version.WriteFile(leaksPath, append(leaks, '\n'))
	return err
}

// documents writes all documents of the release, from its own rows.
func (d *derivation) documents(m *store.Manifest) error {
	files := d.version.Files()
	build := statistics.Build{Corpus: m.Corpus, Version: m.Version, NamesLeft: m.Masked[namesLeft], Splits: pipeline.SplitStatistics(d.Config, d.found)}
	digest := sha256.New()
	for _, f := range files {
		if f.Table == "" {
			continue
		}
		fmt.Fprintf(digest, "%s  %s\n", f.SHA256, f.Path)
		build.Files = append(build.Files, statistics.File{Table: f.Table, Bytes: f.Bytes})
	}
	build.TablesSHA256 = hex.EncodeToString(digest.Sum(nil))
	model := &datasheets.Model{
		Corpus: m.Corpus, Version: m.Version, Title: m.Title, Description: m.Description, Privacy: m.Privacy, Tool: m.Tool.Version,
		Extractors: m.Extractors, LanguageModels: m.LanguageModels, Sources: pipeline.SourceFacts(d.Config),
		Statistics: d.measured.Statistics(build), Datasheet: d.Datasheet,
		Release: &datasheets.Release{
			Tier: d.terms.Tier, BuildVersion: d.build.Version, BuildSHA256: d.buildSHA256, CommenterScope: d.terms.Scope,
			TimePrecision: d.terms.Precision, Withheld: maps.Clone(m.Release.Withheld), Excluded: maps.Clone(m.Release.Excluded),
		},
	}
	model.Credits, model.Credited = d.measured.Credits()
	for _, f := range files {
		model.Files = append(model.Files, datasheets.File{Path: f.Path, Table: f.Table, Bytes: f.Bytes, Rows: f.Rows, SHA256: f.SHA256})
	}
	documents, err := datasheets.Documents(model)
	if err != nil {
		return err
	}
	for _, doc := range documents {
		if _, err := d.version.WriteFile(doc.Path, doc.Data); err != nil {
			return err
		}
	}
	return nil
}
