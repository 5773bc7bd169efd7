// Package plan finds the inputs that a configuration declares, and opens them:
// globs, index and the bytes of a file with their digest.
//
// It must never write, follow a link to a folder, match what the build itself
// wrote, or let an absolute path reach an output or a message.
package plan

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"corpus/pipeline/config"
)

// Plan is what a build reads.
type Plan struct {
	Inputs  []Input // by source id, path
	Indexes []Index // by source id

	Selections []Index // CDX files, by source id
}

// Bytes is the size of all inputs as planned.
func (p *Plan) Bytes() int64 {
	var sum int64
	for i := range p.Inputs {
		sum += p.Inputs[i].Size
	}
	return sum
}

// Input is one file of a source. SHA256 and Index are set by Read before it
// gives out the first document.
type Input struct {
	Source  *config.Source
	Path    string    // input_path: relative to the fixed part of the glob, with /, in NFC
	Size    int64     // bytes, as planned
	ModTime time.Time // as planned; only to see a change
	SHA256  string    // of the bytes read; empty where they could not be
	Index   *IndexRow // row of the source's index; nil for none

	file    string      // how to open it; never written anywhere
	beside  string      // path relative to the configuration, with /: names it in the index
	info    fs.FileInfo // as planned; nil where the file could not be looked at
	blocked error       // why it could not be
	index   *index

	selected *selection // nil without a CDX
}

// Exclude is what no glob matches, beside the configuration's neighbours, the
// index files, versions that are built, and names that begin with a dot.
type Exclude struct {
	Dirs  []string // output, caches, folders for temporary files
	Files []string // the configuration, the key
}

// neighbours stand beside the configuration and are no inputs.
var neighbours = []string{"corpus.yaml", "corpus.lock", "datasheet.yaml"}

// Inputs finds the inputs of all sources. Globs are relative to configDir. A
// glob that matches nothing, a file that two sources claim and an index that
// cannot be read are errors; all that are found are reported.
func Inputs(ctx context.Context, cfg *config.Config, configDir string, exclude Exclude) (*Plan, error) {
	configDir, err := filepath.Abs(configDir)
	if err != nil {
		return nil, fmt.Errorf("the folder of the configuration: %w", withoutPath(err))
	}
	for _, name := range neighbours {
		exclude.Files = append(slices.Clone(exclude.Files), filepath.Join(configDir, name))
	}
	for i := range cfg.Sources {
		if index := cfg.Sources[i].Index; index != "" {
			exclude.Files = append(exclude.Files, absolute(configDir, index))
		}
		if cdx := cfg.Sources[i].CDX; cdx != "" {
			exclude.Files = append(exclude.Files, absolute(configDir, cdx))
		}
	}
	w := newWalker(configDir, exclude)
	p := &Plan{}
	var failed []error
	claims := map[string]claim{}
	for i := range cfg.Sources {
		source := &cfg.Sources[i]
		where := func(key string) string { return cfg.Where(fmt.Sprintf("sources[%d].%s", i, key)) }
		inputs, err := sourceInputs(ctx, w, source, where)
		if err != nil {
			failed = append(failed, err)
			continue
		}
		if err := claimAll(claims, inputs, where("id")); err != nil {
			failed = append(failed, err)
		}
		if source.Index != "" {
			index, err := readIndex(absolute(configDir, source.Index), source, inputs)
			if err != nil {
				failed = append(failed, fmt.Errorf("%ssource %s, index: %w", where("index"), source.ID, err))
				continue
			}
			p.Indexes = append(p.Indexes, index.Index)
		}
		if source.CDX != "" {
			selected, err := readCDX(absolute(configDir, source.CDX), source)
			if err != nil {
				failed = append(failed, fmt.Errorf("%ssource %s, cdx: %w", where("cdx"), source.ID, err))
				continue
			}
			p.Selections = append(p.Selections, selected.Index)
			for j := range inputs {
				inputs[j].selected = selected
			}
		}
		p.Inputs = append(p.Inputs, inputs...)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := errors.Join(failed...); err != nil {
		return nil, err
	}
	slices.SortStableFunc(p.Inputs, func(a, b Input) int {
		return cmp.Or(cmp.Compare(a.Source.ID, b.Source.ID), cmp.Compare(a.Path, b.Path), cmp.Compare(a.beside, b.beside))
	})
	bySource := func(a, b Index) int { return cmp.Compare(a.SourceID, b.SourceID) }
	slices.SortFunc(p.Indexes, bySource)
	slices.SortFunc(p.Selections, bySource)
	return p, nil
}

// claim is the first source that claimed a file.
type claim struct{ source, path string }

// claimAll enters the inputs of one source, by what the file really is, and
// reports those that another source has.
func claimAll(claims map[string]claim, inputs []Input, where string) error {
	const most = 5
	var both []string
	n := 0
	for i := range inputs {
		in := &inputs[i]
		first, ok := claims[in.file]
		if !ok {
			claims[in.file] = claim{in.Source.ID, in.Path}
			continue
		}
		if n++; n <= most {
			both = append(both, fmt.Sprintf("%s (as %s of source %s)", in.Path, first.path, first.source))
		}
	}
	if n == 0 {
		return nil
	}
	if n > most {
		both = append(both, fmt.Sprintf("and %d more", n-most))
	}
	return fmt.Errorf("%ssource %s claims files that another source claims too: %s; narrow the globs of one of them", where, inputs[0].Source.ID, strings.Join(both, ", "))
}

// sourceInputs expands the globs of one source. A file that several of them
// match is one input, under its longest path: the one that tells most of it.
func sourceInputs(ctx context.Context, w *walker, source *config.Source, where func(string) string) ([]Input, error) {
	byFile := map[string]int{}
	var inputs []Input
	var failed []error
	for i, glob := range source.Inputs {
		n := 0
		err := w.expand(ctx, glob, func(in Input) {
			n++
			in.Source = source
			j, ok := byFile[in.file]
			if !ok {
				byFile[in.file] = len(inputs)
				inputs = append(inputs, in)
				return
			}
			if old := inputs[j].Path; len(in.Path) > len(old) || len(in.Path) == len(old) && in.Path < old {
				inputs[j] = in
			}
		})
		if err == nil && n == 0 {
			err = errors.New("matches no file" + w.whyNone(glob))
		}
		if err != nil {
			failed = append(failed, fmt.Errorf("%ssource %s: the glob %q %w", where(fmt.Sprintf("inputs[%d]", i)), source.ID, shown(glob), err))
		}
	}
	slices.SortFunc(inputs, func(a, b Input) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.beside, b.beside))
	})
	if err := distinct(inputs); err != nil {
		failed = append(failed, fmt.Errorf("%ssource %s: %w", where("inputs"), source.ID, err))
	}
	return inputs, errors.Join(failed...)
}

// distinct is an error where two of the inputs, which are in order, have one
// path: the ledger could not tell them apart.
func distinct(inputs []Input) error {
	const most = 5
	var both []string
	for i := 1; i < len(inputs); i++ {
		if p := inputs[i].Path; p == inputs[i-1].Path && !slices.Contains(both[max(0, len(both)-1):], p) {
			both = append(both, p)
		}
	}
	if len(both) == 0 {
		return nil
	}
	if len(both) > most {
		both = append(both[:most], fmt.Sprintf("and %d more", len(both)-most))
	}
	return fmt.Errorf("several files would be %s in the ledger: name their folders in one glob such as {one,two}/**, or make them two sources", strings.Join(both, ", "))
}

// absolute is a path of the configuration as the system opens it.
func absolute(configDir, path string) string {
	path = filepath.FromSlash(path)
	if filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	return filepath.Join(configDir, path)
}

// withoutPath is err without the path that errors of the file system carry.
func withoutPath(err error) error {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return pathError.Err
	}
	return err
}
