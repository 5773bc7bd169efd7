package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"path/filepath"

	"corpus/pipeline/compare"
	"corpus/pipeline/config"
	"corpus/pipeline/resolve"
	"corpus/pipeline/store"
	"corpus/schema"
)

// previousDir is the folder of the version that previous: names, "" for none.
func (o *Options) previousDir() string {
	p := o.Config.Previous
	switch {
	case p == "":
		return ""
	case config.IsNumber(p):
		dir := o.Versions
		if dir == "" {
			dir = filepath.Join(o.Out, o.Config.Corpus)
		}
		return filepath.Join(dir, p)
	case filepath.IsAbs(p):
		return p
	}
	return filepath.Join(o.ConfigDir, p)
}

// number is the number of the version, store.Next where it follows from a
// difference.
func (o *Options) number() string {
	if o.Config.Version == config.VersionNext && o.Config.Previous == "" {
		return compare.First
	}
	return o.Config.Version
}

// openPrevious opens the version that previous: names; nil without one. Its
// manifest and lock are read, its tables are not.
func openPrevious(o *Options) (*compare.Side, error) {
	if o.Config.Previous == "" {
		return nil, nil
	}
	wrong := func(format string, args ...any) error {
		return usage(fmt.Errorf("%sprevious: %w", o.Config.Where("previous"), fmt.Errorf(format, args...)))
	}
	side, err := compare.Open(o.previousDir())
	switch {
	case errors.Is(err, fs.ErrNotExist) && config.IsNumber(o.Config.Previous):
		return nil, wrong("there is no version %s of %s in the output folder (%w): build it, or give the path to its folder", o.Config.Previous, o.Config.Corpus, err)
	case err != nil:
		return nil, wrong("%w", err)
	case side.Manifest.Release != nil:
		return nil, wrong("this is a release, of %s: name the version itself", side.Manifest.Release.BuildVersion)
	case side.Manifest.Corpus != o.Config.Corpus:
		return nil, wrong("this is a version of another corpus, %s", side.Manifest.Corpus)
	case config.IsNumber(o.Config.Previous) && side.Manifest.Version != o.Config.Previous:
		return nil, wrong("the folder %s holds the version %s", o.Config.Previous, side.Manifest.Version)
	}
	if at := o.Config.Where("version"); config.IsNumber(o.Config.Version) && !compare.Less(side.Manifest.Version, o.Config.Version) {
		return nil, usage(fmt.Errorf("%sversion: %s does not come after the previous version %s: write a larger number, or next", at, o.Config.Version, side.Manifest.Version))
	}
	return side, nil
}

// checkPrevious reads the previous version once: what is damaged decides nothing.
func checkPrevious(ctx context.Context, o *Options, side *compare.Side) error {
	if side == nil {
		return nil
	}
	err := side.Check(ctx)
	if err == nil || ctx.Err() != nil {
		return err
	}
	return usage(fmt.Errorf("%sprevious: %s %s: %w", o.Config.Where("previous"), side.Manifest.Corpus, side.Manifest.Version, err))
}

// previousNumber and previousSHA256 name the previous version, "" without one.
func (b *build) previousNumber() string {
	if b.previous == nil {
		return ""
	}
	return b.previous.Manifest.Version
}

func (b *build) previousSHA256() string {
	if b.previous == nil {
		return ""
	}
	return b.previous.SHA256
}

// splitsBefore are the splits of the previous version, for articles and, where
// the shares are others, for commenters. Nothing stays where another rule made
// them.
type splitsBefore struct{ articles, commenters *resolve.Previous }

func (b *build) splitsBefore(ctx context.Context, o *resolve.SplitOptions) (s splitsBefore, err error) {
	if b.previous == nil || b.previous.Manifest.Splits != o.Rule {
		return s, nil
	}
	if s.articles, err = resolve.NewPrevious(b.tmp, "previous-articles", articleSplits(ctx, b.previous)); err != nil {
		return s, err
	}
	o.Previous = s.articles.Split
	if m := b.previous.Manifest.SplitShares; o.Rule != config.SplitsCommenter ||
		m[schema.SplitTrain] == o.Shares.Train && m[schema.SplitValidation] == o.Shares.Validation {
		return s, nil
	}
	sorter := b.sorter()
	defer sorter.Close()
	for row, err := range store.Rows[schema.Comment](b.previous.Dir, schema.TableComments) {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil && row.CommenterID != nil && row.Split != nil {
			err = sorter.Add([]byte(*row.CommenterID), []byte(*row.Split))
		}
		if err != nil {
			return s, fmt.Errorf("reading the splits of the previous version: %w", err)
		}
	}
	rows, err := sorter.Sort()
	if err != nil {
		return s, err
	}
	if s.commenters, err = resolve.NewPrevious(b.tmp, "previous-commenters", resolve.Sorted(rows)); err != nil {
		return s, err
	}
	o.PreviousCommenter = s.commenters.Split
	return s, nil
}

// articleSplits gives the articles of a version and their splits by id.
func articleSplits(ctx context.Context, side *compare.Side) iter.Seq2[[2]string, error] {
	return func(yield func([2]string, error) bool) {
		for row, err := range store.Rows[schema.Article](side.Dir, schema.TableArticles) {
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				yield([2]string{}, err)
				return
			}
			if row.Split != nil && !yield([2]string{row.ArticleID, *row.Split}, nil) {
				return
			}
		}
	}
}

func (s splitsBefore) err() error {
	for _, p := range []*resolve.Previous{s.articles, s.commenters} {
		if p != nil && p.Err() != nil {
			return p.Err()
		}
	}
	return nil
}

func (s splitsBefore) close() {
	for _, p := range []*resolve.Previous{s.articles, s.commenters} {
		if p != nil {
			p.Close()
		}
	}
}

// settle compares the tables with the previous version, takes the number that
// follows where the configuration says next, and refuses one that is too small.
func (t *tables) settle(ctx context.Context) error {
	if t.previous == nil {
		return nil
	}
	t.Observer.Stage(StageCompare, -1)
	manifest := t.manifest()
	manifest.Corpus, manifest.Format, manifest.Shards = t.Config.Corpus, store.FormatVersion, t.version.Shards()
	new := &compare.Side{Dir: t.version.Dir(), Manifest: manifest, Lock: t.lock(), Inputs: t.inputs.all, Tables: t.version.Files()}
	result, err := compare.Compare(ctx, t.previous, new, compare.Options{Dir: t.tmp, Memory: t.sortMemory() / 4})
	if err != nil {
		return fmt.Errorf("comparing with the previous version: %w", err)
	}
	defer result.Close()
	s := &result.Summary
	t.difference = s
	at := t.Config.Where("version")
	if t.number != store.Next {
		if s.Level != compare.None && compare.Less(t.number, s.Number) {
			return usage(fmt.Errorf("%sversion: %s is too small: after %s it has to be %s at least, since %s", at, t.number, s.Old, s.Number, s.Why()))
		}
		s.New = t.number
		return nil
	}
	if s.Level == compare.None {
		return usage(fmt.Errorf("%sversion: nothing differs from %s, so that no number follows: write one to build a version nevertheless", at, s.Old))
	}
	if t.locked != nil && t.locked.lock.Version != s.Number {
		return &DriftError{Differences: []string{fmt.Sprintf("version: %s in the lock, %s follows here", t.locked.lock.Version, s.Number)}}
	}
	if err := t.version.Name(s.Number); err != nil {
		return usage(fmt.Errorf("%sversion: after %s comes %s: %w; or name that one under previous", at, s.Old, s.Number, err))
	}
	t.number, s.New = s.Number, s.Number
	return nil
}
