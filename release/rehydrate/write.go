package rehydrate

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"

	"corpus/datasheets"
	"corpus/datasheets/statistics"
	"corpus/licenses"
	"corpus/pipeline/config"
	"corpus/pipeline/spill"
	"corpus/pipeline/store"
	"corpus/release/keep"
	"corpus/schema"
)

// rows gives the rows of a table one by one.
type rows[T any] struct {
	next func() (T, error, bool)
	stop func()
	row  T
	ok   bool
}

func open[T any](dir, table string) (*rows[T], error) {
	r := &rows[T]{}
	r.next, r.stop = iter.Pull2(store.Rows[T](dir, table))
	if err := r.advance(); err != nil {
		r.stop()
		return nil, err
	}
	return r, nil
}

func (r *rows[T]) advance() error {
	var err error
	r.row, err, r.ok = r.next()
	return err
}

// version reads threads in the order of their articles.
type version struct {
	articles *rows[schema.Article]
	comments *rows[schema.Comment]
	captures *rows[schema.Capture]
}

func openVersion(dir string) (v *version, err error) {
	v = &version{}
	if v.articles, err = open[schema.Article](dir, schema.TableArticles); err != nil {
		return nil, err
	}
	if v.comments, err = open[schema.Comment](dir, schema.TableComments); err != nil {
		v.close()
		return nil, err
	}
	if v.captures, err = open[schema.Capture](dir, schema.TableCaptures); err != nil {
		v.close()
		return nil, err
	}
	return v, nil
}

func (v *version) close() {
	v.articles.stop()
	if v.comments != nil {
		v.comments.stop()
	}
	if v.captures != nil {
		v.captures.stop()
	}
}

// thread is the current thread; the version goes on to the next.
func (v *version) thread() (*thread, error) {
	t := &thread{article: v.articles.row}
	id := t.article.ArticleID
	for v.comments.ok && v.comments.row.ArticleID <= id {
		if v.comments.row.ArticleID == id {
			t.comments = append(t.comments, v.comments.row)
		}
		if err := v.comments.advance(); err != nil {
			return nil, err
		}
	}
	for v.captures.ok && v.captures.row.ArticleID <= id {
		if v.captures.row.ArticleID == id {
			t.captures = append(t.captures, v.captures.row)
		}
		if err := v.captures.advance(); err != nil {
			return nil, err
		}
	}
	return t, v.articles.advance()
}

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
	if err := copyTable(h, schema.TableSources, func(row *schema.Source) {
		h.sources = append(h.sources, *row)
		h.measured.AddSource(row)
	}); err != nil {
		return err
	}
	if err := copyTable(h, schema.TableDuplicates, h.measured.AddDuplicate); err != nil {
		return err
	}
	if err := copyTable(h, schema.TableLedger, func(*schema.LedgerRow) {}); err != nil {
		return err
	}
	return h.seal(ctx)
}

// copyTable writes a table as the release has it.
func copyTable[T any](h *rehydration, table string, see func(*T)) error {
	out, err := store.NewShards[T](h.version, table)
	if err != nil {
		return err
	}
	defer out.Abort()
	for row, err := range store.Rows[T](h.Options.Release, table) {
		if err != nil {
			return err
		}
		see(&row)
		if err := out.Write(row); err != nil {
			return err
		}
	}
	_, err = out.Close()
	return err
}

// threads fills in and writes one thread after the other.
func (h *rehydration) threads(ctx context.Context) error {
	released, err := openVersion(h.Options.Release)
	if err != nil {
		return err
	}
	defer released.close()
	built, err := openVersion(h.built)
	if err != nil {
		return err
	}
	defer built.close()
	articles, err := store.NewShards[schema.Article](h.version, schema.TableArticles)
	if err != nil {
		return err
	}
	defer articles.Abort()
	comments, err := store.NewShards[schema.Comment](h.version, schema.TableComments)
	if err != nil {
		return err
	}
	defer comments.Abort()
	captures, err := store.NewShards[schema.Capture](h.version, schema.TableCaptures)
	if err != nil {
		return err
	}
	defer captures.Abort()
	f := &filler{terms: h.terms, articles: keep.For(schema.TableArticles), report: h.Report, result: h.result}
	for released.articles.ok {
		if err := ctx.Err(); err != nil {
			return err
		}
		t, err := released.thread()
		if err != nil {
			return err
		}
		var shown *thread
		for shown == nil && built.articles.ok && built.articles.row.ArticleID <= t.article.ArticleID {
			b, err := built.thread()
			if err != nil {
				return err
			}
			if b.article.ArticleID == t.article.ArticleID {
				shown = b
			}
		}
		f.fill(t, shown)
		h.measured.AddThread(&t.article, t.comments, t.captures)
		if err := articles.Write(t.article); err != nil {
			return err
		}
		h.count(t.article.Spans)
		for i := range t.comments {
			h.count(t.comments[i].Spans)
			if err := h.said(&t.comments[i]); err != nil {
				return err
			}
			if err := comments.Write(t.comments[i]); err != nil {
				return err
			}
		}
		for i := range t.captures {
			if err := captures.Write(t.captures[i]); err != nil {
				return err
			}
		}
	}
	for _, s := range []interface {
		Close() ([]store.FileInfo, error)
	}{articles, comments, captures} {
		if _, err := s.Close(); err != nil {
			return err
		}
	}
	return nil
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
	err = copyTable(h, schema.TableCommenters, func(row *schema.Commenter) {
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
var copied = []string{licenses.PolicyPath, "audit/splits.json"}

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
	data, err := os.ReadFile(filepath.Join(h.Options.Release, figuresPath))
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", figuresPath, spill.WithoutPath(err))
	}
	return statistics.Parse(data)
}

const figuresPath = "statistics.json"

// documents writes those that describe the rows; what people said of the corpus
// stands in the datasheet of the release.
func (h *rehydration) documents(m *store.Manifest) error {
	files := h.version.Files()
	build := statistics.Build{Corpus: m.Corpus, Version: m.Version, NamesLeft: m.Masked["names_left"]}
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
		Extractors: m.Extractors, LanguageModels: m.LanguageModels, Statistics: h.measured.Statistics(build),
		Release: &datasheets.Release{
			Tier: m.Release.Tier, BuildVersion: m.Release.BuildVersion, BuildSHA256: m.Release.BuildSHA256, CommenterScope: m.Release.CommenterScope,
			TimePrecision: m.Release.TimePrecision, Withheld: m.Release.Withheld, Excluded: m.Release.Excluded, Filled: m.Release.Rehydrated.Filled,
		},
	}
	said, err := h.figures()
	if err != nil {
		return err
	}
	model.Statistics.Ledger, model.Statistics.Splits = said.Ledger, said.Splits
	for i := range h.sources {
		model.Sources = append(model.Sources, datasheets.Source{Source: h.sources[i]})
	}
	model.Credits, model.Credited = h.measured.Credits()
	figures, err := model.Statistics.JSON()
	if err != nil {
		return err
	}
	for _, d := range []datasheets.Document{
		{Path: figuresPath, Data: figures},
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
