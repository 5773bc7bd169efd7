package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"corpus/datasheets/questions"
	"corpus/pipeline"
	"corpus/pipeline/config"
	"corpus/release/derive"
	"corpus/schema"
)

func (a *app) releaseCommand() *cobra.Command {
	var o derive.Options
	var file, key string
	cmd := &cobra.Command{
		Use:   "release DIR --tier full|gated|standoff",
		Short: "derive what of a version may leave the house",
		Long: `Writes what of the version in DIR may be passed on to OUT/NAME/VERSION+TIER.
Each record leaves as far as its own tier and that of the release allow: with its
text, or as ids, address, times, numbers and digests. See docs/releases.md.

Gates are closed until somebody has opened them: legal basis, ethics review and
notice of every source of comments, retention, the questions that datasheet.yaml
asks for, the policy, privacy_limit. A closed gate says what opens it, exit code
4. The configuration and datasheet.yaml beside it have to be those of the build;
the key is taken as by corpus build.`,
		Args: arguments(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.Dir = args[0]
			if o.Today == "" {
				o.Today = time.Now().Format(time.DateOnly) // asked by a gate alone
			} else if _, err := time.Parse(time.DateOnly, o.Today); err != nil {
				return usage(fmt.Errorf("--today %s is no date: expected YYYY-MM-DD", o.Today))
			}
			return a.release(cmd, file, key, o)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.Tier, "tier", "", "full, gated or standoff")
	f.StringVar(&o.Today, "today", "", "day that retention_until is held against (default: today)")
	f.StringVar(&file, "config", "corpus.yaml", "the configuration of the version")
	f.StringVar(&key, "key", "", "file that holds the key")
	f.StringVar(&o.Out, "out", "", "folder of the versions (default: the one that DIR stands in)")
	f.StringVar(&o.Tmp, "tmp", "", "folder for temporary files (default: beside the release)")
	return cmd
}

func (a *app) release(cmd *cobra.Command, file, keyFlag string, o derive.Options) error {
	if o.Tier == "" {
		return usage(errors.New("--tier is missing: full, gated or standoff"))
	}
	cfg, err := config.Load(file)
	if err != nil {
		return usage(err)
	}
	o.Config = cfg
	if o.Datasheet, err = questions.Load(filepath.Join(filepath.Dir(file), questions.FileName)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return usage(err)
	}
	if o.Key, _, err = a.findKey(keyFlag, false); err != nil {
		return usage(err)
	}
	err = a.takedownGate(cmd.Context(), file, cfg, o.Dir)
	var refused *exitError
	switch {
	case errors.As(err, &refused) && refused.code == exitRefused:
		o.Closed = append(o.Closed, derive.Gate{
			Name: "takedown", Why: refused.Error(), Opens: "build a version with the list as it is now, or corpus prune this one, and release that",
		})
	case err != nil:
		return err
	}
	result, err := derive.Release(cmd.Context(), o)
	var closed *derive.GatesError
	switch {
	case errors.As(err, &closed):
		if a.json {
			if err := a.event(map[string]any{"event": "closed", "gates": closed.Gates}); err != nil {
				return err
			}
		}
		return &exitError{exitRefused, err}
	case errors.Is(err, pipeline.ErrUsage):
		return usage(err)
	case err != nil:
		return err
	}
	if a.json {
		return a.event(map[string]any{"event": "released", "result": result})
	}
	if !a.quiet {
		a.printRelease(result)
	}
	return nil
}

func (a *app) printRelease(r *derive.Result) {
	fmt.Fprintf(a.out, "%s %s in %s\n\n", r.Corpus, r.Version, shortPath(r.Dir))
	for _, table := range []string{schema.TableArticles, schema.TableComments} {
		fmt.Fprintf(a.out, "  %-9s %s rows, %s without their text; %s left out\n", table, count(r.Rows[table]), count(r.Withheld[table]), count(r.Excluded[table]))
	}
	fmt.Fprintf(a.out, "  persons   commenter_scope: %s, time_precision: %s, %s renamed\n", r.CommenterScope, r.TimePrecision, number(r.Renamed, "comment"))
	fmt.Fprintf(a.out, "  wrote     %d files\n", r.Files)
	fmt.Fprintf(a.out, "  build     manifest sha256 %s\n", r.BuildSHA256)
	fmt.Fprintf(a.out, "  manifest  sha256 %s\n", r.ManifestSHA256)
}
