package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"corpus/pipeline"
	"corpus/pipeline/config"
	"corpus/release/rehydrate"
	"corpus/schema"
)

func (a *app) rehydrateCommand() *cobra.Command {
	var o rehydrate.Options
	var from, indexes, cdx []string
	var memory string
	cmd := &cobra.Command{
		Use:   "rehydrate RELEASE --from [SOURCE=]PATH",
		Short: "fill a release in from your own captures of its pages",
		Long: `Reads your own captures of the pages of a release (folders, files or globs, of
any format that corpus build reads) as the build did, proves each text by the
digest that the release holds, and writes the release with its texts to
OUT/NAME/VERSION.rehydrated. Needs no key. See docs/releases.md.

Records that no input shows, or that the inputs show otherwise, are named with id
and address; they stay without their text, and the exit code is 4.`,
		Args: arguments(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.Release = args[0]
			if len(from) == 0 {
				return usage(errors.New("--from is missing: a folder, file or glob with captures of the pages"))
			}
			if memory != "" {
				size, err := config.ParseSize(memory)
				if err != nil {
					return usage(fmt.Errorf("--memory: %w", err))
				}
				o.Memory = int64(size)
			}
			for _, list := range []struct {
				given []string
				into  *[]rehydrate.Input
			}{{from, &o.From}, {indexes, &o.Indexes}, {cdx, &o.CDX}} {
				for _, s := range list.given {
					*list.into = append(*list.into, rehydrate.ParseInput(s))
				}
			}
			return a.rehydrate(cmd, o)
		},
	}
	f := cmd.Flags()
	f.StringArrayVar(&from, "from", nil, "captures: a folder, file or glob; SOURCE= before it where the release has several sources, or a folder that holds one named after each")
	f.StringArrayVar(&indexes, "index", nil, "CSV that gives pages their address and time of capture, as index: in corpus.yaml")
	f.StringArrayVar(&cdx, "cdx", nil, "CDX that selects records of web archives, as cdx: in corpus.yaml")
	f.StringVar(&o.Out, "out", "", "folder of the versions (default: the one that RELEASE stands in)")
	f.IntVar(&o.Workers, "workers", 0, "number of workers (default: the processors); the output does not depend on it")
	f.StringVar(&memory, "memory", "1GiB", "memory to stay within, at least 256MiB; the output does not depend on it")
	f.StringVar(&o.Tmp, "tmp", "", "folder for temporary files (default: beside the result)")
	return cmd
}

func (a *app) rehydrate(cmd *cobra.Command, o rehydrate.Options) error {
	shown := 0
	o.Report = func(f rehydrate.Finding) {
		shown++
		if a.json {
			_ = a.event(map[string]any{"event": "record", "finding": f}) // the exit code tells as well
		} else if shown <= maxProblems {
			fmt.Fprintln(a.out, f)
		}
	}
	watch := a.watch()
	o.Observer = watch
	result, err := rehydrate.Rehydrate(cmd.Context(), o)
	watch.Close()
	var broken *rehydrate.BrokenError
	switch {
	case errors.As(err, &broken):
		return &exitError{exitRefused, err}
	case errors.Is(err, pipeline.ErrUsage):
		return usage(err)
	case err != nil:
		return err
	}
	if shown > maxProblems && !a.json {
		fmt.Fprintf(a.out, "… and %d more\n", shown-maxProblems)
	}
	if a.json {
		if err := a.event(map[string]any{"event": "rehydrated", "result": result}); err != nil {
			return err
		}
	} else if !a.quiet {
		a.printRehydrated(result)
	}
	if !result.Complete() {
		return &exitError{exitRefused, fmt.Errorf("%s could not be filled in as they were: look for captures of the time that the column captured_at states", number(int64(shown), "record"))}
	}
	return nil
}

func (a *app) printRehydrated(r *rehydrate.Result) {
	fmt.Fprintf(a.out, "%s %s in %s\n\n", r.Corpus, r.Version, shortPath(r.Dir))
	for _, table := range []string{schema.TableArticles, schema.TableComments} {
		fmt.Fprintf(a.out, "  %-9s %s of %s texts filled in; %s missing, %s changed, %s unproven\n",
			table, count(r.Filled[table]), count(r.Withheld[table]), count(r.Missing[table]), count(r.Changed[table]), count(r.Unproven[table]))
	}
	if weak := r.Weak[schema.TableArticles] + r.Weak[schema.TableComments]; weak > 0 {
		fmt.Fprintf(a.out, "  note      %s in threads that are too short for any digest: filled in by place and length alone\n", number(weak, "text"))
	}
	if len(r.NoInputs) > 0 {
		fmt.Fprintf(a.out, "  note      no --from gave captures of %s\n", strings.Join(r.NoInputs, ", "))
	}
	if r.Rejected > 0 {
		fmt.Fprintf(a.out, "  rejected  %s of the inputs; corpus extract says why\n", number(r.Rejected, "document"))
	}
	if len(r.Tool) > 0 {
		fmt.Fprintf(a.out, "  note      the build was made by corpus %s, this is %s: texts may come out otherwise\n", r.Tool["release"], r.Tool["here"])
	}
	fmt.Fprintf(a.out, "  manifest  sha256 %s\n", r.ManifestSHA256)
}
