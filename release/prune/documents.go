package prune

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"corpus/datasheets"
	"corpus/datasheets/statistics"
	"corpus/licenses"
	"corpus/pipeline"
	"corpus/pipeline/config"
	"corpus/pipeline/spill"
	"corpus/pipeline/store"
	"corpus/release/keep"
	"corpus/release/tables"
)

// copied are the files of the release that hold on as they are: the policy, and
// how its texts were read.
var copied = []string{licenses.PolicyPath, keep.RecipePath}

// files writes what is no table.
func (p *pruning) files(m *store.Manifest) error {
	for _, path := range copied {
		data, err := os.ReadFile(filepath.Join(p.Release, filepath.FromSlash(path)))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return fmt.Errorf("%s cannot be read: %w", path, spill.WithoutPath(err))
		}
		if _, err := p.version.WriteFile(path, data); err != nil {
			return err
		}
	}
	leaks := p.Erratum.Leaks
	if (leaks == nil) != (m.Splits == config.SplitsNone) {
		return errDamaged
	}
	if leaks != nil {
		if err := tables.WriteLeaks(p.version, leaks); err != nil {
			return err
		}
	}
	declared, err := pipeline.DeclaredIn(p.Release, p.old)
	if err != nil {
		return err
	}
	model := tables.Describe(m, p.version.Files(), p.measured, pipeline.SplitStatistics(declared, leaks))
	model.Sources = pipeline.SourceFacts(declared)
	model.Statistics.Ledger = ledgerOf(m)
	documents, err := datasheets.Documents(model)
	if err != nil {
		return err
	}
	for _, d := range documents {
		if pipeline.PrunedWithout(d.Path) {
			continue
		}
		if _, err := p.version.WriteFile(d.Path, d.Data); err != nil {
			return err
		}
	}
	return nil
}

// ledgerOf is what became of the documents, by the accounts of a manifest: a
// release has no row of the ledger.
func ledgerOf(m *store.Manifest) statistics.Ledger {
	l := statistics.Ledger{Outcomes: []statistics.Count{}, Reasons: []statistics.Because{}, Sources: []statistics.Account{}}
	for outcome, reasons := range m.Release.Ledger { // sorted below
		all := int64(0)
		for reason, n := range reasons { // sorted below
			all += n
			if reason != "" && n > 0 {
				l.Reasons = append(l.Reasons, statistics.Because{Outcome: outcome, Reason: reason, N: n})
			}
		}
		if all > 0 {
			l.Outcomes = append(l.Outcomes, statistics.Count{Name: outcome, N: all})
		}
		l.Documents += all
	}
	byName := func(a, b statistics.Count) int { return cmp.Compare(a.Name, b.Name) }
	slices.SortFunc(l.Outcomes, byName)
	slices.SortFunc(l.Reasons, func(a, b statistics.Because) int {
		return cmp.Or(cmp.Compare(a.Outcome, b.Outcome), cmp.Compare(a.Reason, b.Reason))
	})
	for i := range m.Sources {
		s := &m.Sources[i]
		a := statistics.Account{
			SourceID: s.SourceID, Documents: s.Documents, Outcomes: []statistics.Count{},
			CommentsRead: s.CommentsRead, CommentsKept: s.CommentsKept, CommentsDuplicate: s.CommentsDuplicate, CommentsExcluded: s.CommentsExcluded,
		}
		for outcome, n := range s.Outcomes { // sorted below
			if n > 0 {
				a.Outcomes = append(a.Outcomes, statistics.Count{Name: outcome, N: n})
			}
		}
		slices.SortFunc(a.Outcomes, byName)
		l.Sources = append(l.Sources, a)
	}
	return l
}
