package plan

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"corpus/pipeline/config"
	"corpus/pipeline/spill"
)

// Inputs finds the inputs of all sources. Globs are relative to configDir. A
// glob that matches nothing, a file that two sources claim and an index that
// cannot be read are errors; all that are found are reported. The plan sorts and
// keeps what does not fit into the memory of on in its folder.
func Inputs(ctx context.Context, cfg *config.Config, configDir string, exclude Exclude, on spill.Options) (*Plan, error) {
	configDir, err := filepath.Abs(configDir)
	if err != nil {
		return nil, fmt.Errorf("the folder of the configuration: %w", withoutPath(err))
	}
	exclude.Files = slices.Clone(exclude.Files)
	for _, name := range neighbours {
		exclude.Files = append(exclude.Files, filepath.Join(configDir, name))
	}
	for i := range cfg.Sources {
		if index := cfg.Sources[i].Index; index != "" {
			exclude.Files = append(exclude.Files, absolute(configDir, index))
		}
		if cdx := cfg.Sources[i].CDX; cdx != "" {
			exclude.Files = append(exclude.Files, absolute(configDir, cdx))
		}
		if gold := cfg.Sources[i].Gold; gold != "" {
			exclude.Files = append(exclude.Files, absolute(configDir, gold))
		}
	}
	f := &finder{
		cfg: cfg, configDir: configDir, walker: newWalker(configDir, exclude), failed: make([][]error, len(cfg.Sources)),
		found: spill.New(on), distinct: spill.New(on),
		plan: &Plan{sources: make([]declared, len(cfg.Sources)), inputs: spill.NewList(on)},
	}
	defer f.found.Close()
	defer f.distinct.Close()
	if err := f.run(ctx); err != nil {
		_ = f.plan.Close() // the error says more
		return nil, err
	}
	return f.plan, nil
}

// finder makes a plan in three steps: it walks through the folders; sorts what
// it found by file, which shows the files that are met twice; and sorts the rest
// by source and path. Nothing of it grows in memory with the inputs.
type finder struct {
	cfg       *config.Config
	configDir string
	walker    *walker
	found     *spill.Sorter // by file
	distinct  *spill.Sorter // by source and path
	plan      *Plan
	failed    [][]error // by source
}

func (f *finder) run(ctx context.Context) error {
	for i := range f.cfg.Sources {
		if err := f.source(ctx, i); err != nil {
			return err
		}
	}
	if err := f.byFile(ctx); err != nil {
		return err
	}
	if err := f.byPath(ctx); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	var all []error
	for _, of := range f.failed {
		all = append(all, of...)
	}
	bySource := func(a, b Index) int { return cmp.Compare(a.SourceID, b.SourceID) }
	slices.SortFunc(f.plan.Indexes, bySource)
	slices.SortFunc(f.plan.Selections, bySource)
	return errors.Join(all...)
}

// wrong notes an error of a source; key is where it stands in the configuration.
func (f *finder) wrong(source int, key, format string, args ...any) {
	args = append([]any{f.cfg.Where(fmt.Sprintf("sources[%d].%s", source, key)), f.cfg.Sources[source].ID}, args...)
	f.failed[source] = append(f.failed[source], fmt.Errorf("%ssource %s"+format, args...))
}

// source expands the globs of a source and reads its index and its CDX. The
// error is none of the source's: it ends everything.
func (f *finder) source(ctx context.Context, number int) error {
	source := &f.cfg.Sources[number]
	for i, glob := range source.Inputs {
		n := 0
		var stopped error
		err := f.walker.expand(ctx, glob, func(in *Input) error {
			n++
			var e encoder
			stopped = f.found.Add([]byte(in.file), e.record(number, in))
			return stopped
		})
		if err := cmp.Or(ctx.Err(), stopped); err != nil {
			return err
		}
		if err == nil && n == 0 {
			err = errors.New("matches no file" + f.walker.whyNone(glob))
		}
		if err != nil {
			f.wrong(number, fmt.Sprintf("inputs[%d]", i), ": the glob %q %w", shown(glob), err)
		}
	}
	p := &f.plan.sources[number]
	p.source = source
	var err error
	if source.Index != "" {
		if p.index, err = readIndex(absolute(f.configDir, source.Index), source); err != nil {
			f.wrong(number, "index", ", index: %w", err)
		}
	}
	if source.Gold != "" {
		if gold, err := readGold(absolute(f.configDir, source.Gold), source); err != nil {
			f.wrong(number, "gold", ", gold: %w", err)
		} else {
			f.plan.Golds = append(f.plan.Golds, gold)
		}
	}
	if source.CDX != "" {
		if p.selected, err = readCDX(absolute(f.configDir, source.CDX), source); err != nil {
			f.wrong(number, "cdx", ", cdx: %w", err)
		} else {
			f.plan.Selections = append(f.plan.Selections, p.selected.Index)
		}
	}
	return nil
}

// mostNamed is how many files an error names.
const mostNamed = 5

// named gathers names for an error.
type named struct {
	names []string
	n     int
}

func (n *named) add(name string) {
	if n.n++; len(n.names) < mostNamed {
		n.names = append(n.names, name)
	}
}

func (n *named) String() string {
	if n.n > mostNamed {
		return fmt.Sprintf("%s, and %d more", strings.Join(n.names, ", "), n.n-mostNamed)
	}
	return strings.Join(n.names, ", ")
}

// byFile looks at all that was found of one file. What several globs of a source
// match is one input, under its longest path: the one that tells most of it.
func (f *finder) byFile(ctx context.Context) error {
	rows, err := f.found.Sort()
	if err != nil {
		return err
	}
	defer rows.Close()
	claimed := make([]named, len(f.cfg.Sources))
	best := map[int]*Input{} // by source; only looked up
	flush := func() error {
		first := -1
		for i := range f.cfg.Sources {
			in := best[i]
			switch {
			case in == nil:
			case first < 0:
				first = i
				var e encoder
				key := spill.Key([]byte(f.cfg.Sources[i].ID), []byte(in.Path), []byte(in.beside))
				if err := f.distinct.Add(key, e.record(i, in)); err != nil {
					return err
				}
			default:
				claimed[i].add(fmt.Sprintf("%s (as %s of source %s)", in.Path, best[first].Path, f.cfg.Sources[first].ID))
			}
		}
		clear(best)
		return nil
	}
	current := ""
	for rows.Next() {
		if err := ctx.Err(); err != nil {
			return err
		}
		if string(rows.Key()) != current {
			if err := flush(); err != nil {
				return err
			}
			current = string(rows.Key())
		}
		var d decoder
		source, in := d.input(rows.Value())
		if old := best[source]; old == nil || len(in.Path) > len(old.Path) || len(in.Path) == len(old.Path) && in.Path < old.Path {
			best[source] = in
		}
	}
	if err := cmp.Or(rows.Err(), flush()); err != nil {
		return err
	}
	for i := range claimed {
		if claimed[i].n > 0 {
			f.wrong(i, "id", " claims files that another source claims too: %s; narrow the globs of one of them", &claimed[i])
		}
	}
	return nil
}

// byPath puts the inputs in their order. Two of one path are an error, since the
// ledger could not tell them apart.
func (f *finder) byPath(ctx context.Context) error {
	rows, err := f.distinct.Sort()
	if err != nil {
		return err
	}
	defer rows.Close()
	twice := make([]named, len(f.cfg.Sources))
	var e encoder
	before, beforeSource, told := "", -1, ""
	for rows.Next() {
		if err := ctx.Err(); err != nil {
			return err
		}
		var d decoder
		source, in := d.input(rows.Value())
		if source == beforeSource && in.Path == before && in.Path != told {
			twice[source].add(in.Path)
			told = in.Path
		}
		if source != beforeSource {
			told = ""
		}
		before, beforeSource = in.Path, source
		if x := f.plan.sources[source].index; x != nil {
			x.see(in)
		}
		f.plan.bytes += in.Size
		if err := f.plan.inputs.Add(e.record(source, in)); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for i := range f.cfg.Sources {
		if twice[i].n > 0 {
			f.wrong(i, "inputs", ": several files would be %s in the ledger: name their folders in one glob such as {one,two}/**, or make them two sources", &twice[i])
		}
		if x := f.plan.sources[i].index; x != nil {
			if err := x.seen(&f.cfg.Sources[i]); err != nil {
				f.wrong(i, "index", ", index: %w", err)
				continue
			}
			f.plan.Indexes = append(f.plan.Indexes, x.Index)
		}
	}
	return nil
}
