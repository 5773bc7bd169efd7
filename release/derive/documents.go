package derive

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"corpus/datasheets"
	"corpus/licenses"
	"corpus/pipeline"
	"corpus/pipeline/config"
	"corpus/pipeline/spill"
	"corpus/pipeline/store"
	"corpus/release"
	"corpus/release/keep"
	"corpus/release/tables"
	"corpus/schema"
)

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
	left := int64(0)
	if d.texts > 0 { // of all texts of the build: nobody else knows the names
		left = d.build.Masked[tables.NamesLeft]
	}
	m.Masked = tables.Masked(d.masked, left)
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
	return tables.WriteLeaks(d.version, d.found)
}

// documents writes all documents of the release, from its own rows.
func (d *derivation) documents(m *store.Manifest) error {
	model := tables.Describe(m, d.version.Files(), d.measured, pipeline.SplitStatistics(d.Config, d.found))
	model.Sources, model.Datasheet = pipeline.SourceFacts(d.Config), d.Datasheet
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
