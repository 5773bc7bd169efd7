package tables

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"path/filepath"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"corpus/datasheets"
	"corpus/datasheets/statistics"
	"corpus/pipeline"
	"corpus/pipeline/resolve"
	"corpus/pipeline/spill"
	"corpus/pipeline/store"
	"corpus/schema"
)

// NamesLeft is the count of names that the build left standing, among the masks
// of a manifest.
const NamesLeft = "names_left"

// Masked are the masks that the manifest of a release counts: spans by kind, and
// the names that were left standing.
func Masked(spans map[string]int64, namesLeft int64) map[string]int64 {
	t, _ := schema.TableOf(schema.TableComments)
	column, _ := t.Column("spans")
	masked := map[string]int64{NamesLeft: namesLeft}
	for _, kind := range column.Children[0].Values {
		masked[kind] = spans[kind]
	}
	return masked
}

// StatisticsPath is the file with the figures of a version.
const StatisticsPath = "statistics.json"

// OutOf is the output folder in which a version stands under the name of its
// corpus: what is made of it goes there unless another folder is named.
func OutOf(dir, corpus string) (string, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("the folder of the version: %w", spill.WithoutPath(err))
	}
	if filepath.Base(filepath.Dir(abs)) != corpus {
		return "", pipeline.Usage("the version does not stand in a folder %s: name the folder for the result with --out", corpus)
	}
	return filepath.Dir(filepath.Dir(abs)), nil
}

// Describe is what the documents of a release say of it, from its manifest, the
// files of its tables and what was measured while they were written; sources,
// datasheet and what else only some know are the caller's.
func Describe(m *store.Manifest, files []store.FileInfo, measured *statistics.Collector, splits *statistics.Splits) *datasheets.Model {
	build := statistics.Build{Corpus: m.Corpus, Version: m.Version, NamesLeft: m.Masked[NamesLeft], Splits: splits}
	digest := sha256.New()
	for _, f := range files {
		if f.Table != "" {
			fmt.Fprintf(digest, "%s  %s\n", f.SHA256, f.Path)
			build.Files = append(build.Files, statistics.File{Table: f.Table, Bytes: f.Bytes})
		}
	}
	build.TablesSHA256 = hex.EncodeToString(digest.Sum(nil))
	model := &datasheets.Model{
		Corpus: m.Corpus, Version: m.Version, Title: m.Title, Description: m.Description, Privacy: m.Privacy, Tool: m.Tool.Version,
		Extractors: m.Extractors, LanguageModels: m.LanguageModels, Statistics: measured.Statistics(build),
		Release: &datasheets.Release{
			Tier: m.Release.Tier, BuildVersion: m.Release.BuildVersion, BuildSHA256: m.Release.BuildSHA256, CommenterScope: m.Release.CommenterScope,
			TimePrecision: m.Release.TimePrecision, Withheld: maps.Clone(m.Release.Withheld), Excluded: maps.Clone(m.Release.Excluded),
		},
	}
	model.Credits, model.Credited = measured.Credits()
	for _, f := range files {
		model.Files = append(model.Files, datasheets.File{Path: f.Path, Table: f.Table, Bytes: f.Bytes, Rows: f.Rows, SHA256: f.SHA256})
	}
	return model
}

// LeaksPath is the leak report of a version.
const LeaksPath = "audit/splits.json"

// WriteLeaks writes the leak report of a version.
func WriteLeaks(v *store.Version, leaks *resolve.Leaks) error {
	data, err := json.Marshal(leaks, json.Deterministic(true), jsontext.WithIndent("  "))
	if err != nil {
		return fmt.Errorf("writing %s: %w", LeaksPath, err)
	}
	_, err = v.WriteFile(LeaksPath, append(data, '\n'))
	return err
}
