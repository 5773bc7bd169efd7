package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"corpus/licenses"
	"corpus/pipeline/assemble"
	"corpus/pipeline/compare"
	"corpus/pipeline/config"
	"corpus/pipeline/privacy"
	"corpus/pipeline/resolve"
	"corpus/pipeline/spill"
	"corpus/pipeline/store"
	"corpus/pipeline/takedown"
	"corpus/schema"
)

// PruneOptions say how Prune runs.
type PruneOptions struct {
	Dir      string // the version to prune; it stays as it is
	Erratum  *takedown.Erratum
	Out      string // the new version goes to Out/NAME/NUMBER; "" for beside the old one
	Tmp      string // folder for temporary files; "" for beside the new version
	Memory   int64  // bytes; 0 for DefaultMemory
	Observer Observer
}

// ErrOtherVersion is the error of an erratum for another version.
var ErrOtherVersion = errors.New("the erratum is for another version")

// Prune takes out of a finished version what an erratum names, and writes the
// rest as a version of its own, with the number that follows: the tables are
// those that its builder gets who builds the same inputs again with the list
// behind the erratum. Neither inputs nor keys are needed. Left out are the
// documents that hold answers of people and citations, since these are not in
// the tables; the builder's next version has them.
func Prune(ctx context.Context, o PruneOptions) (*Report, error) {
	side, err := compare.Open(o.Dir)
	if err != nil {
		return nil, err
	}
	m, x := side.Manifest, o.Erratum
	if m.Release != nil {
		return nil, usage(fmt.Errorf("this is a release, of %s, and the erratum is one of builds: its publisher has one for the release (corpus takedown erratum)", m.Release.BuildVersion))
	}
	if x.Corpus != m.Corpus || x.ManifestSHA256 != side.SHA256 {
		return nil, usage(fmt.Errorf("%w: it is about %s %s with the manifest %s, and this is %s %s with %s", ErrOtherVersion, x.Corpus, x.Version, x.ManifestSHA256, m.Corpus, m.Version, side.SHA256))
	}
	if o.Out == "" {
		above, err := filepath.Abs(filepath.Join(o.Dir, "..", ".."))
		if err != nil {
			return nil, err
		}
		o.Out = above
	}
	cfg, err := DeclaredIn(o.Dir, m)
	if err != nil {
		return nil, err
	}
	opts := Options{Config: cfg, Out: o.Out, Tmp: o.Tmp, Memory: o.Memory, Observer: o.Observer, Workers: runtime.GOMAXPROCS(0)}
	if opts.Memory == 0 {
		opts.Memory = DefaultMemory
	}
	if opts.Observer == nil {
		opts.Observer = silent{}
	}
	defer limitMemory(opts.Memory)()
	version, err := store.Create(opts.Out, m.Corpus, store.Next)
	if err != nil {
		return nil, err
	}
	defer version.Abort() // does nothing after Seal
	if err := side.Check(ctx); err != nil {
		return nil, fmt.Errorf("%s %s: %w", m.Corpus, m.Version, err)
	}
	tmp, err := tempDir(opts.Tmp, version)
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(tmp)
	b := &build{Options: opts, version: version, tmp: tmp, previous: side, number: store.Next, pruned: &pruned{erratum: x, side: side}}
	return b.prune(ctx)
}

// pruned is what a pruned version has from the one that it was.
type pruned struct {
	erratum *takedown.Erratum
	side    *compare.Side
}

// PrunedWithout tells whether a document is left out of what is pruned, since it
// would have to guess what people answered.
func PrunedWithout(path string) bool {
	return slices.Contains([]string{"datasheet.md", "report.html", "datacite.json", "CITATION.cff", "ro-crate-metadata.json"}, path)
}

// lock is the old version's, but for what the pruning changes.
func (p *pruned) lock(t *tables) *store.Lock {
	l := *p.side.Lock
	l.Inputs, l.Rejected = nil, nil
	l.Version, l.Tool = t.number, tool()
	l.Previous, l.PreviousSHA256 = t.previousNumber(), t.previousSHA256()
	l.TakedownSHA256 = p.erratum.TakedownSHA256
	l.Shards = t.version.Shards()
	return &l
}

// manifest fills in what the old version says of how it was made.
func (p *pruned) manifest(m *store.Manifest) {
	old := p.side.Manifest
	m.SheetSHA256, m.KeyCheck, m.Unicode, m.IDRules = old.SheetSHA256, old.KeyCheck, old.Unicode, old.IDRules
	m.Extractors, m.LanguageModels, m.Rules = old.Extractors, old.LanguageModels, old.Rules
}

// DeclaredIn is as much of the configuration as the version in the folder dir,
// with the manifest m, holds.
func DeclaredIn(dir string, m *store.Manifest) (*config.Config, error) {
	c := &config.Config{
		Schema: 1, Corpus: m.Corpus, Version: config.VersionNext, Previous: m.Version,
		Title: m.Title, Description: m.Description, Privacy: m.Privacy, Splits: m.Splits,
	}
	if m.Splits != config.SplitsNone {
		c.SplitShares = &config.SplitShares{
			Train: m.SplitShares[schema.SplitTrain], Validation: m.SplitShares[schema.SplitValidation], Test: m.SplitShares[schema.SplitTest],
		}
	}
	for row, err := range store.Rows[schema.Source](dir, schema.TableSources) {
		if err != nil {
			return nil, err
		}
		c.Sources = append(c.Sources, sourceOf(&row))
	}
	data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(licenses.PolicyPath)))
	if errors.Is(err, fs.ErrNotExist) {
		return c, nil
	}
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", licenses.PolicyPath, spill.WithoutPath(err))
	}
	if c.Policy, err = licenses.ParsePolicy(data); err != nil {
		return nil, fmt.Errorf("%s: %w", licenses.PolicyPath, err)
	}
	return c, nil
}

// prune runs the stages from assemble's result on.
func (b *build) prune(ctx context.Context) (*Report, error) {
	b.inputs, b.rejections = &inputsRead{sorter: b.sorter()}, &rejections{b.sorter()}
	defer b.inputs.close()
	defer b.rejections.sorter.Close()
	b.ledger, b.raw = &ledger{rows: b.sorter()}, newRawSizes()
	b.finished, b.commenters = b.sorter(), b.sorter()
	for _, s := range []*spill.Sorter{b.ledger.rows, b.finished, b.commenters} {
		defer s.Close()
	}
	finder, err := resolve.NewFinder(b.tmp, b.sortMemory())
	if err != nil {
		return nil, err
	}
	b.finder = finder
	defer finder.Close()
	if err := b.lockedInputs(ctx); err != nil {
		return nil, err
	}
	b.Observer.Stage(StageThreads, -1)
	accounts, err := b.prunedThreads(ctx)
	if err != nil {
		return nil, err
	}
	for row, err := range store.Rows[schema.LedgerRow](b.pruned.side.Dir, schema.TableLedger) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		accounts.Row(&row)
		if err := b.ledger.add(row); err != nil {
			return nil, err
		}
	}
	if err := accounts.Done(); err != nil {
		return nil, err
	}
	return b.write(ctx)
}

// lockedInputs takes over what the lock of the old version says of the inputs.
func (b *build) lockedInputs(ctx context.Context) error {
	r, err := store.OpenLock(filepath.Join(b.pruned.side.Dir, LockName))
	if err != nil {
		return err
	}
	defer r.Close()
	for f, err := range r.Inputs() {
		if err != nil {
			return err
		}
		if err := b.inputs.enter(f); err != nil {
			return err
		}
	}
	return b.inputs.sort(ctx, spill.Options{Dir: b.tmp, Memory: b.sortMemory()})
}

// prunedThreads applies the erratum to every thread, and files what is left.
func (b *build) prunedThreads(ctx context.Context) (*takedown.Accounts, error) {
	dir := b.pruned.side.Dir
	t := &threads{finished: b.finished, commenters: b.commenters, finder: b.finder, raw: b.raw, keepNames: b.Config.Privacy == config.PrivacyNone}
	gdpr := map[string]string{}
	for i := range b.Config.Sources {
		gdpr[b.Config.Sources[i].ID] = b.Config.Sources[i].Consent.GDPRBasis
	}
	names, err := b.namesBefore(t.keepNames)
	if err != nil {
		return nil, err
	}
	accounts := takedown.NewAccounts()
	rest := b.pruned.erratum.Articles
	for s, err := range takedown.Threads(ctx, dir) {
		if err != nil {
			return nil, err
		}
		if len(rest) > 0 && rest[0].ArticleID < s.Article.ArticleID {
			return nil, fmt.Errorf("the erratum names the article %s, which is not there", rest[0].ArticleID)
		}
		out := thread{Article: s.Article, Comments: s.Comments, Captures: s.Captures}
		if len(rest) > 0 && rest[0].ArticleID == s.Article.ArticleID {
			effects, err := rest[0].Effects(&s.Article, s.Comments)
			if err != nil {
				return nil, err
			}
			rest = rest[1:]
			accounts.Thread(effects, &s.Article, s.Comments)
			out.Comments = effects.Apply(&out.Article, s.Comments)
			decideAgain(b.Config.TierPolicy(), func(id string) string { return gdpr[id] }, t.keepNames, &out.Article, out.Comments)
			if out.Article.State == schema.StateTombstone {
				out.Captures = nil
			}
		}
		b.articles++
		counts := spanCounts(&out.Article, out.Comments)
		b.masked.Add(privacy.Counts{Mentions: counts[0], Emails: counts[1], Phones: counts[2], IPs: counts[3], Accounts: counts[4], Handles: counts[5], Links: counts[6]})
		b.removed += counts[7]
		if err := t.fileRows(&out, names); err != nil {
			return nil, err
		}
	}
	if len(rest) > 0 {
		return nil, fmt.Errorf("the erratum names the article %s, which is not there", rest[0].ArticleID)
	}
	// Names are no longer known, so that the places where one was left standing
	// are those that the build counted.
	b.masked.NamesLeft = b.pruned.side.Manifest.Masked["names_left"]
	return accounts, nil
}

// namesBefore are the names of commenters, in a corpus that keeps them.
func (b *build) namesBefore(kept bool) (map[string]string, error) {
	if !kept {
		return nil, nil
	}
	names := map[string]string{}
	for row, err := range store.Rows[schema.Commenter](b.pruned.side.Dir, schema.TableCommenters) {
		if err != nil {
			return nil, err
		}
		if row.Name != nil {
			names[row.CommenterID] = *row.Name
		}
	}
	return names, nil
}

// fileRows files a thread of a version that is built.
func (t *threads) fileRows(out *thread, names map[string]string) error {
	for i := range out.Comments {
		c := assemble.Comment{}
		c.Row = out.Comments[i]
		if id := c.Row.CommenterID; id != nil {
			c.Author = names[*id]
		}
		if err := t.addCommenter(&c); err != nil {
			return err
		}
	}
	// What resolve gives is given anew.
	out.Article.Split, out.Article.NearDuplicateCluster = nil, nil
	for i := range out.Comments {
		out.Comments[i].Split, out.Comments[i].NearDuplicateCluster = nil, nil
	}
	return t.file(out)
}
