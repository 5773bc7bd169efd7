package main

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"corpus/pipeline"
	"corpus/pipeline/config"
	list "corpus/pipeline/takedown"
	"corpus/release/erratum"
	"corpus/release/prune"
	"corpus/schema"
)

// removeBefore is what is left to do when a version was pruned.
const removeBefore = "\nThe version before still holds what was taken down: remove it, and every copy."

func (a *app) pruneCommand() *cobra.Command {
	var o pipeline.PruneOptions
	var file, memory string
	cmd := &cobra.Command{
		Use:   "prune DIR --erratum FILE",
		Short: "take out of a version or a release what an erratum names",
		Long: `Writes the version or release in DIR without what its publisher's erratum names,
as a version of its own with the number that follows. Needs neither inputs nor
keys. The tables are those that the publisher gets who builds again, or derives
the release anew. Left out are the documents that hold people's answers and
citations, since these are not in the tables: the publisher's next version has
them.

DIR stays as it is: remove it, and every copy, when the new version is there.`,
		Args: arguments(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if file == "" {
				return usage(errors.New("--erratum FILE is missing"))
			}
			size, err := config.ParseSize(memory)
			if err != nil {
				return usage(fmt.Errorf("--memory: %w", err))
			}
			data, err := list.ReadErratum(file)
			if err != nil {
				return usage(err)
			}
			o.Dir, o.Memory = args[0], int64(size)
			if erratum.Is(data) {
				x, err := erratum.Parse(data)
				if err != nil {
					return usage(err)
				}
				return a.pruneRelease(cmd, prune.Options{Release: o.Dir, Erratum: x, Out: o.Out, Tmp: o.Tmp})
			}
			if o.Erratum, err = list.ParseErratum(data); err != nil {
				return usage(err)
			}
			return a.pruneBuild(cmd, o)
		},
	}
	f := cmd.Flags()
	f.StringVar(&file, "erratum", "", "the publisher's erratum for this version")
	f.StringVar(&o.Out, "out", "", "folder of the versions (default: the one that DIR stands in)")
	f.StringVar(&o.Tmp, "tmp", "", "folder for temporary files (default: beside the version)")
	f.StringVar(&memory, "memory", "1GiB", "memory to stay within; of a build")
	return cmd
}

func (a *app) pruneBuild(cmd *cobra.Command, o pipeline.PruneOptions) error {
	watch := a.watch()
	o.Observer = watch
	report, err := pipeline.Prune(cmd.Context(), o)
	watch.Close()
	if err != nil {
		return buildError(err)
	}
	if a.json {
		return a.event(map[string]any{"event": "pruned", "report": report})
	}
	if !a.quiet {
		out := o.Out
		if out == "" {
			out = filepath.Join(o.Dir, "..", "..")
		}
		fmt.Fprintf(a.out, "%s %s in %s\n\n", report.Corpus, report.Version, shortPath(filepath.Join(out, report.Corpus, report.Version)))
		fmt.Fprintf(a.out, "  differs   from %s: %s\n", report.Difference.Old, because(report.Difference))
		fmt.Fprintf(a.out, "  holds     %s, %s by %s\n", number(report.Rows[schema.TableArticles], "article"), number(report.Rows[schema.TableComments], "comment"), number(report.Rows[schema.TableCommenters], "commenter"))
		fmt.Fprintf(a.out, "  manifest  sha256 %s\n", report.ManifestSHA256)
		fmt.Fprintln(a.out, removeBefore)
	}
	return nil
}

func (a *app) pruneRelease(cmd *cobra.Command, o prune.Options) error {
	result, err := prune.Prune(cmd.Context(), o)
	if err != nil {
		return buildError(err)
	}
	if a.json {
		return a.event(map[string]any{"event": "pruned", "release": result})
	}
	if !a.quiet {
		n := result.Changes
		fmt.Fprintf(a.out, "%s %s in %s\n\n", result.Corpus, result.Version, shortPath(result.Dir))
		fmt.Fprintf(a.out, "  differs   from %s: %s and %s gone, %s cut out of %s, %s changed\n", result.Before, number(n.Articles, "article"), number(n.Comments, "comment"), number(n.Cuts, "part"), number(n.Texts, "text"), plural(int(n.Rows), "other row"))
		fmt.Fprintf(a.out, "  holds     %s, %s\n", number(result.Rows[schema.TableArticles], "article"), number(result.Rows[schema.TableComments], "comment"))
		fmt.Fprintf(a.out, "  manifest  sha256 %s\n", result.ManifestSHA256)
		fmt.Fprintln(a.out, removeBefore)
	}
	return nil
}
