package rehydrate

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"corpus/datasheets"
	"corpus/datasheets/statistics"
	"corpus/licenses"
	"corpus/pipeline/config"
	"corpus/pipeline/spill"
	"corpus/pipeline/store"
	"corpus/release/keep"
	"corpus/release/tables"
	"corpus/schema"
)

// write writes the tables, filled in, and all else.
func (h *rehydration) write(ctx context.Context) error {
	h.masked = map[string]int64{}
	for _, t := range schema.Tables() {
		if err := h.version.Plan(t.Name, 0, h.release.Shards[t.Name]); err != nil {
			return err
		}
	}
	if err := h.threads(ctx); err != nil {
		return err
	}
	if err := h.commenterTable(); err != nil {
		return err
	}
	if err := tables.Copy(h.version, h.Options.Release, schema.TableSources, func(row *schema.Source) {
		h.sources = append(h.sources, *row)
		h.measured.AddSource(row)
	}); err != nil {
		return err
	}
	if err := tables.Copy(h.version, h.Options.Release, schema.TableDuplicates, h.measured.AddDuplicate); err != nil {
		return err
	}
	if err := tables.Copy(h.version, h.Options.Release, schema.TableLedger, func(*schema.LedgerRow) {}); err != nil {
		return err
	}
	return h.seal(ctx)
}

// threads fills in and writes one thread after the other.
func (h *rehydration) threads(ctx context.Context) error {
	released, err := tables.OpenThreads(h.Options.Release)
	if err != nil {
		return err
	}
	defer released.Close()
	built, err := tables.OpenThreads(h.built)
	if err != nil {
		return err
	}
	defer built.Close()
	w, err := tables.NewWriters(h.version)
	if err != nil {
		return err
	}
	defer w.Abort()
	f := &filler{terms: h.terms, articles: keep.For(schema.TableArticles), report: h.Report, result: h.result}
	for _, ok := released.Next(); ok; _, ok = released.Next() {
		if err := ctx.Err(); err != nil {
			return err
		}
		t, err := released.Thread()
		if err != nil {
			return err
		}
		var shown *tables.Thread
		for id, ok := built.Next(); shown == nil && ok && id <= t.Article.ArticleID; id, ok = built.Next() {
			b, err := built.Thread()
			if err != nil {
				return err
			}
			if b.Article.ArticleID == t.Article.ArticleID {
				shown = b
			}
		}
		f.fill(t, shown)
		h.measured.AddThread(&t.Article, t.Comments, t.Captures)
		h.count(t.Article.Spans)
		for i := range t.Comments {
			h.count(t.Comments[i].Spans)
			if err := h.said(&t.Comments[i]); err != nil {
				return err
			}
		}
		if err := w.Write(t); err != nil {
			return err
		}
	}
	return w.Close()
}

func (h *rehydration) count(spans []schema.Span) {
	for i := range spans {
		h.masked[spans[i].Kind]++
	}
}

// said files the time of a comment under its commenter.
func (h *rehydration) said(c *schema.Comment) error {
	if h.terms.Scope != config.ScopeCorpus || c.CommenterID == nil || c.PostedAt == nil {
		return nil
	}
	return h.commenters.Add([]byte(*c.CommenterID), binary.BigEndian.AppendUint64(nil, uint64(*c.PostedAt)))
}

// commenterTable writes the commenters of the release, with their times as
// exact as those of their comments are now.
func (h *rehydration) commenterTable() error {
	times, err := h.commenters.Sort()
	if err != nil {
		return err
	}
	defer times.Close()
	more := times.Next()
	var failed error
	err = tables.Copy(h.version, h.Options.Release, schema.TableCommenters, func(row *schema.Commenter) {
		for more && bytes.Compare(times.Key(), []byte(row.CommenterID)) < 0 {
			more = times.Next()
		}
		row.FirstPostedAt, row.LastPostedAt = nil, nil
		for more && string(times.Key()) == row.CommenterID && len(times.Value()) == 8 {
			at := int64(binary.BigEndian.Uint64(times.Value()))
			if row.FirstPostedAt == nil || at < *row.FirstPostedAt {
				row.FirstPostedAt = &at
			}
			if row.LastPostedAt == nil || at > *row.LastPostedAt {
				row.LastPostedAt = &at
			}
			more = times.Next()
		}
		h.measured.AddCommenter(row)
	})
	if failed = times.Err(); failed != nil {
		return failed
	}
	return err
}

// copied are the files of the release that hold on as they are.
var copied = []string{licenses.PolicyPath, tables.LeaksPath}

// seal writes what is no table and, last, the manifest.
func (h *rehydration) seal(ctx context.Context) error {
	for _, path := range copied {
		data, err := os.ReadFile(filepath.Join(h.Options.Release, filepath.FromSlash(path)))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return fmt.Errorf("%s cannot be read: %w", path, spill.WithoutPath(err))
		}
		if _, err := h.version.WriteFile(path, data); err != nil {
			return err
		}
	}
	m := *h.release
	m.Version = h.result.Version
	r := *m.Release
	r.Rehydrated = &store.Rehydrated{
		ReleaseSHA256: h.sha256, Filled: h.result.Filled, Missing: h.result.Missing, Changed: h.result.Changed, Unproven: h.result.Unproven,
	}
	m.Release = &r
	if err := h.documents(&m); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	sealed, err := h.version.Seal(&m)
	if err != nil {
		return err
	}
	h.result.Rows, h.result.ManifestSHA256 = m.Rows, sealed.SHA256
	return nil
}

// figures are those of the release: what became of the documents, and how far
// the splits leak, is not in its rows.
func (h *rehydration) figures() (*statistics.Statistics, error) {
	data, err := os.ReadFile(filepath.Join(h.Options.Release, tables.StatisticsPath))
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", tables.StatisticsPath, spill.WithoutPath(err))
	}
	return statistics.Parse(data)
}

// documents writes those that describe the rows; what people said of the corpus
// stands in the datasheet of the release.
func (h *rehydration) documents(m *store.Manifest) error {
	model := tables.Describe(m, h.version.Files(), h.measured, nil)
	model.Release.Filled = m.Release.Rehydrated.Filled
	said, err := h.figures()
	if err != nil {
		return err
	}
	model.Statistics.Ledger, model.Statistics.Splits = said.Ledger, said.Splits
	for i := range h.sources {
		model.Sources = append(model.Sources, datasheets.Source{Source: h.sources[i]})
	}
	figures, err := model.Statistics.JSON()
	if err != nil {
		return err
	}
	for _, d := range []datasheets.Document{
		{Path: tables.StatisticsPath, Data: figures},
		{Path: "README.md", Data: datasheets.Card(model)},
		{Path: "data-dictionary.md", Data: datasheets.Dictionary(model)},
		{Path: "ATTRIBUTION.md", Data: datasheets.Attribution(model)},
	} {
		if _, err := h.version.WriteFile(d.Path, d.Data); err != nil {
			return err
		}
	}
	return nil
}
