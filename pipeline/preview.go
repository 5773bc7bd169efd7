package pipeline

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"

	"corpus/pipeline/plan"
	"corpus/pipeline/spill"
)

// Preview is what a build would read, without reading more than the beginning
// of every input.
type Preview struct {
	Corpus   string          `json:"corpus"`
	Version  string          `json:"version"`  // next where it follows from what the build will find
	Previous string          `json:"previous"` // version that it follows, "" for none
	Exists   bool            `json:"exists"`   // whether the version is there already
	Sources  []SourcePreview `json:"sources"`  // by id
}

// SourcePreview is a source of a Preview.
type SourcePreview struct {
	SourceID string           `json:"source_id"`
	Inputs   int64            `json:"inputs"`
	Bytes    int64            `json:"bytes"`
	Formats  map[string]int64 `json:"formats"` // inputs by format; those that none reads by the reason
}

// Look plans a build and tells formats apart. The error wraps ErrUsage where
// the build would end with it at once.
func Look(ctx context.Context, o Options) (*Preview, error) {
	previous, err := openPrevious(&o)
	if err != nil {
		return nil, err
	}
	inputs, err := planInputs(ctx, &o, spill.Options{})
	if err != nil {
		return nil, err
	}
	defer inputs.Close()
	p := &Preview{Corpus: o.Config.Corpus, Version: o.number()}
	if previous != nil {
		p.Previous = previous.Manifest.Version
	}
	if _, err := os.Lstat(filepath.Join(o.Out, o.Config.Corpus, p.Version)); err == nil {
		p.Exists = true
	}
	index := map[string]int{}
	for _, s := range sortedSources(o.Config.Sources) {
		index[s.ID] = len(p.Sources)
		p.Sources = append(p.Sources, SourcePreview{SourceID: s.ID, Formats: map[string]int64{}})
	}
	for in, err := range inputs.All() {
		if err = cmp.Or(err, ctx.Err()); err != nil {
			return nil, err
		}
		s := &p.Sources[index[in.Source.ID]]
		s.Inputs++
		s.Bytes += in.Size
		format, err := in.Format()
		if r, ok := rejection(err); ok {
			format = r.Reason
		} else if err != nil {
			return nil, err
		}
		s.Formats[format]++
	}
	return p, nil
}

// planInputs finds the inputs of a build.
func planInputs(ctx context.Context, o *Options, on spill.Options) (*plan.Plan, error) {
	dirs := []string{o.Out}
	if dir := o.previousDir(); dir != "" {
		dirs = append(dirs, dir)
	}
	p, err := plan.Inputs(ctx, o.Config, o.ConfigDir, plan.Exclude{
		Dirs:  dirs,
		Files: []string{filepath.Join(o.ConfigDir, o.ConfigName), o.KeyFile, o.TakedownPath()},
	}, on)
	if full := new(spill.SpaceError); errors.As(err, &full) || ctx.Err() != nil {
		return nil, err
	}
	if err != nil {
		return nil, usage(err)
	}
	return p, nil
}
