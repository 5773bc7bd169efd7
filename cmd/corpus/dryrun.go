package main

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"corpus/pipeline"
	"corpus/pipeline/config"
)

// dryRun shows what a build would read.
func (a *app) dryRun(cmd *cobra.Command, file string, o pipeline.Options) error {
	cfg, err := config.Load(file)
	if err != nil {
		return usage(err)
	}
	o.Config, o.ConfigDir, o.ConfigName = cfg, filepath.Dir(file), filepath.Base(file)
	if o.Out == "" {
		o.Out = filepath.Join(o.ConfigDir, "dist")
	}
	preview, err := pipeline.Look(cmd.Context(), o)
	if errors.Is(err, pipeline.ErrUsage) {
		return usage(err)
	}
	if err != nil {
		return err
	}
	if a.json {
		return a.event(map[string]any{"event": "preview", "preview": preview})
	}
	if a.quiet {
		return nil
	}
	there := ""
	if preview.Exists {
		there = " (is there already)"
	}
	if preview.Previous != "" {
		there += " after " + preview.Previous
	}
	fmt.Fprintf(a.out, "%s %s%s\n", preview.Corpus, preview.Version, there)
	for _, s := range preview.Sources {
		fmt.Fprintf(a.out, "  %s: %s, %s\n", s.SourceID, number(s.Inputs, "input"), size(s.Bytes))
		for _, name := range sortedKeys(s.Formats) {
			fmt.Fprintf(a.out, "    %s %s\n", count(s.Formats[name]), name)
		}
	}
	return nil
}
