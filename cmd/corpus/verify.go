package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"corpus/pipeline"
	"corpus/pipeline/config"
	"corpus/release"
)

// maxProblems is how many problems verify prints; all are counted.
const maxProblems = 100

func (a *app) verifyCommand() *cobra.Command {
	var file, key, format, build string
	var rebuild, personal bool
	cmd := &cobra.Command{
		Use:   "verify DIR",
		Short: "check a version or a release: checksums, schema, keys, threads, accounts",
		Long: `Checks that the version in DIR is what its manifest says: the digest of every
file, the footers and schemas of the tables, and every row: keys, order, shards,
threads, texts and their offsets, counts, and the accounts of the ledger. Needs
neither inputs nor key.

Of a release it checks as well that it holds what its tier allows and no more:
no wording in stand-off rows, nothing internal, times and digests cut. With
--build every row is held against the build that the release was made of.

With --rebuild the version is built again from the inputs of --config, under its
own corpus.lock, and compared byte for byte.

With --privacy the recognizers of the build look through every column of wording
for what is still there, and the result is printed by table, column and kind.
Names of commenters in running text are those that the build counted. Where the
configuration of --config has a privacy_limit and more is left, the exit code
is 4.`,
		Args: arguments(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if file != "" && !rebuild && !personal {
				return usage(errors.New("--config is for --rebuild and --privacy"))
			}
			if format != formatText && format != formatJSON || format == formatJSON && !personal {
				return usage(fmt.Errorf("--format: expected text, or with --privacy json, not %q", format))
			}
			found := &problems{app: a}
			summary, err := release.Verify(cmd.Context(), args[0], found.add)
			if err != nil {
				return err
			}
			if err := found.end(args[0]); err != nil {
				return err
			}
			if a.json {
				if err := a.event(map[string]any{"event": "verified", "summary": summary}); err != nil {
					return err
				}
			} else if !a.quiet && format != formatJSON {
				fmt.Fprintf(a.out, "%s %s is whole: %d files, %s rows, manifest sha256 %s\n",
					summary.Corpus, summary.Version, summary.Files, count(summary.Rows), summary.ManifestSHA256)
			}
			if build != "" {
				if err := a.against(cmd.Context(), args[0], build); err != nil {
					return err
				}
			}
			if rebuild {
				if err := a.rebuild(cmd.Context(), args[0], file, key); err != nil {
					return err
				}
			}
			if personal {
				return a.personal(cmd.Context(), args[0], file, format)
			}
			return nil
		},
	}
	f := cmd.Flags()
	f.BoolVar(&rebuild, "rebuild", false, "build the version again and compare the bytes")
	f.StringVar(&build, "build", "", "of a release: folder of the build that it was made of")
	f.BoolVar(&personal, "privacy", false, "count the personal data that are left")
	f.StringVar(&format, "format", formatText, "with --privacy: text or json")
	f.StringVar(&file, "config", "", "with --rebuild: the configuration (default: corpus.yaml); with --privacy: where a privacy_limit is declared")
	f.StringVar(&key, "key", "", "with --rebuild: file that holds the key")
	return cmd
}

// against holds a release against its build.
func (a *app) against(ctx context.Context, dir, build string) error {
	found := &problems{app: a}
	if err := release.Against(ctx, dir, build, found.add); err != nil {
		return buildError(err)
	}
	if err := found.end(dir); err != nil {
		return err
	}
	if a.json {
		return a.event(map[string]any{"event": "compared"})
	}
	if !a.quiet {
		fmt.Fprintln(a.out, "it holds what its terms keep of the build, and no more")
	}
	return nil
}

// rebuild builds a version again and compares.
func (a *app) rebuild(ctx context.Context, dir, file, keyFlag string) error {
	if file == "" {
		file = "corpus.yaml"
	}
	cfg, err := config.Load(file)
	if err != nil {
		return usage(err)
	}
	o := pipeline.Options{Config: cfg, ConfigDir: filepath.Dir(file), ConfigName: filepath.Base(file)}
	if o.Key, o.KeyFile, err = a.findKey(keyFlag, cfg.Privacy == config.PrivacyNone); err != nil {
		return usage(err)
	}
	if err := a.takedownKey(&o); err != nil {
		return usage(err)
	}
	watch := a.watch()
	o.Observer = watch
	found := &problems{app: a}
	report, err := release.Rebuild(ctx, dir, o, found.add)
	watch.Close()
	if err != nil {
		return buildError(err)
	}
	if err := found.end(dir); err != nil {
		return err
	}
	if a.json {
		return a.event(map[string]any{"event": "rebuilt", "manifest_sha256": report.ManifestSHA256})
	}
	if !a.quiet {
		fmt.Fprintf(a.out, "built again: the same %d files, byte for byte\n", report.Files)
	}
	return nil
}

// problems prints problems as they are found, and counts them.
type problems struct {
	app *app
	n   int
}

func (p *problems) add(problem release.Problem) {
	p.n++
	if p.app.json {
		_ = p.app.event(map[string]any{"event": "problem", "problem": problem}) // the exit code tells as well
	} else if p.n <= maxProblems {
		fmt.Fprintln(p.app.out, problem)
	}
}

// end is the error where there was a problem.
func (p *problems) end(dir string) error {
	if p.n == 0 {
		return nil
	}
	if p.n > maxProblems && !p.app.json {
		fmt.Fprintf(p.app.out, "… and %d more\n", p.n-maxProblems)
	}
	return &exitError{exitRefused, fmt.Errorf("%s in %s", number(int64(p.n), "problem"), dir)}
}
