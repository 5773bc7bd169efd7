package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"corpus/datasheets"
	"corpus/datasheets/statistics"
	"corpus/pipeline/compare"
	"corpus/pipeline/config"
	"corpus/pipeline/resolve"
	"corpus/pipeline/store"
	"corpus/schema"
)

// document writes all documents of the version: what was measured while the
// rows were written, what is declared, and what people answered.
func (t *tables) document(m *store.Manifest, leaks *resolve.Leaks) error {
	files := t.version.Files()
	build := statistics.Build{Corpus: t.Config.Corpus, Version: t.number, NamesLeft: t.masked.NamesLeft, Extraction: t.extraction, Splits: t.splitStatistics(leaks), Takedown: t.takedownStatistics()}
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
		Corpus:         t.Config.Corpus,
		Version:        t.number,
		Title:          t.Config.Title,
		Description:    t.Config.Description,
		Privacy:        t.Config.Privacy,
		Tool:           ToolVersion,
		Previous:       t.previousNumber(),
		PreviousSHA256: t.previousSHA256(),
		Extractors:     m.Extractors,
		LanguageModels: m.LanguageModels,
		Sources:        SourceFacts(t.Config),
		Statistics:     t.measured.Statistics(build),
		Datasheet:      t.datasheet,
		Changes:        changes(t.difference),
	}
	model.Credits, model.Credited = t.measured.Credits()
	for _, f := range files {
		model.Files = append(model.Files, datasheets.File{Path: f.Path, Table: f.Table, Bytes: f.Bytes, Rows: f.Rows, SHA256: f.SHA256})
	}
	documents, err := datasheets.Documents(model)
	if err != nil {
		return err
	}
	for _, d := range documents {
		if t.pruned != nil && PrunedWithout(d.Path) {
			continue
		}
		if _, err := t.version.WriteFile(d.Path, d.Data); err != nil {
			return err
		}
	}
	return nil
}

// SourceFacts are what the configuration declares of its sources, for the
// datasheet, in the order of their ids.
func SourceFacts(c *config.Config) []datasheets.Source {
	var list []datasheets.Source
	for _, s := range sortedSources(c.Sources) {
		list = append(list, datasheets.Source{
			Source: sourceRow(s), ConsentBasis: s.Consent.ConsentBasis, CommentsLicense: s.Rights.CommentsLicense, AllowedUses: s.Rights.AllowedUses,
		})
	}
	return list
}

// splitStatistics picks out of the leak report what the documents say.
func (t *tables) splitStatistics(leaks *resolve.Leaks) *statistics.Splits {
	return SplitStatistics(t.Config, leaks)
}

// SplitStatistics picks out of a leak report what the documents say; nil without one.
func SplitStatistics(c *config.Config, leaks *resolve.Leaks) *statistics.Splits {
	if leaks == nil {
		return nil
	}
	shares := sharesOf(c)
	s := &statistics.Splits{Rule: c.Splits, Shares: []statistics.Count{
		{Name: schema.SplitTrain, N: int64(shares.Train)}, {Name: schema.SplitValidation, N: int64(shares.Validation)}, {Name: schema.SplitTest, N: int64(shares.Test)},
	}}
	articles := map[string]int64{schema.SplitTrain: leaks.Articles.Train, schema.SplitValidation: leaks.Articles.Validation, schema.SplitTest: leaks.Articles.Test}
	for i, x := range leaks.Texts {
		c := leaks.Commenters[i] // of the same pair
		s.Leaks = append(s.Leaks, statistics.Leak{
			Of: x.Of, In: x.In, Articles: articles[x.Of], EqualTexts: x.EqualTexts, Shared200: x.Shared200,
			Comments: c.Comments, CommentsSeen: c.CommentsSeen, Commenters: c.Commenters, CommentersSeen: c.CommentersSeen,
		})
	}
	return s
}

// changes is the difference to the previous version, for CHANGES.md.
func changes(s *compare.Summary) *datasheets.Changes {
	if s == nil {
		return nil
	}
	c := &datasheets.Changes{Old: s.Old, New: s.New, Level: s.Level.String()}
	for _, r := range s.Reasons {
		c.Reasons = append(c.Reasons, r.String())
	}
	for _, x := range s.Tables {
		one := datasheets.TableChanges{Table: x.Table, Before: x.OldRows, After: x.NewRows, Added: x.Added, Removed: x.Removed, Renamed: x.Reidentified, Moved: x.Moved, Edited: x.Edited}
		for _, name := range sortedKeys(x.Columns) {
			one.Columns = append(one.Columns, statistics.Count{Name: name, N: x.Columns[name]})
		}
		for _, name := range sortedKeys(x.Causes) {
			one.Causes = append(one.Causes, statistics.Count{Name: name, N: x.Causes[name]})
		}
		c.Tables = append(c.Tables, one)
	}
	return c
}
