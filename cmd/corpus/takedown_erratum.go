package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"corpus/pipeline/store"
	list "corpus/pipeline/takedown"
	"corpus/release/erratum"
	"corpus/release/prune"
)

func (t *takedownFlags) erratumCommand() *cobra.Command {
	var out, build, tmp string
	cmd := &cobra.Command{
		Use:   "erratum DIR",
		Short: "write what has to go from a published version or release: ids and digests, no text",
		Long: `Writes the erratum of the version or release in DIR to --out, for those who have
it: corpus prune takes out of their copy what the list takes down. It holds ids,
digests, numbers and offsets, and no word of what goes. Run corpus takedown apply
first, so that the list knows the pseudonyms of accounts.

For a release the key of the build is needed, and a build: the one that the
release was made of, beside it or at --build, which is pruned in a folder for
temporary files; or a later one, which has to be without what was taken down.
The release is derived from it anew and compared. Where a record has more in it
than before, such as a text that the policy lets go now, no erratum can say it:
exit code 4, and the new release has to be published instead.`,
		Args: arguments(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if out == "" {
				return usage(errors.New("--out FILE is missing"))
			}
			set, err := t.open(false)
			if err != nil {
				return err
			}
			m, err := set.matcher(set.list)
			if err != nil {
				return err
			}
			if m == nil || len(m.Requests()) == 0 {
				return usage(errors.New("the list holds no request: corpus takedown add makes one"))
			}
			manifest, err := store.ReadManifest(args[0])
			if err != nil {
				return err
			}
			if manifest.Release != nil {
				return t.releaseErratum(cmd, prune.ErratumOptions{Release: args[0], Build: build, Matcher: m, Key: set.options.Key, Tmp: tmp}, out)
			}
			if build != "" {
				return usage(errors.New("--build is for a release"))
			}
			return t.buildErratum(cmd, args[0], m, out)
		},
	}
	f := cmd.Flags()
	f.StringVar(&out, "out", "", "file to write, which must not be there yet")
	f.StringVar(&build, "build", "", "of a release: the build that it was made of, or a later one (default: the first, beside it)")
	f.StringVar(&tmp, "tmp", "", "of a release: folder for temporary files (default: that of the system)")
	return cmd
}

func (t *takedownFlags) buildErratum(cmd *cobra.Command, dir string, m *list.Matcher, out string) error {
	x, tally, err := m.NewErratum(cmd.Context(), dir)
	if err != nil {
		return err
	}
	data, err := x.JSON()
	if err != nil {
		return err
	}
	if err := t.app.toFile(out, func(w io.Writer) error { _, err := w.Write(data); return err }); err != nil {
		return err
	}
	if t.app.json {
		return t.app.event(map[string]any{"event": "erratum", "version": x.Version, "tally": &tally})
	}
	if !t.app.quiet {
		fmt.Fprintf(t.app.out, "erratum for %s %s: %s and %s are taken down, %s go with their article, %s cut out of %s\n", x.Corpus, x.Version,
			number(tally.Articles, "article"), number(tally.Comments, "comment"), number(tally.Dropped, "comment"), number(tally.Cuts, "part"), number(tally.Texts, "text"))
	}
	return nil
}

func (t *takedownFlags) releaseErratum(cmd *cobra.Command, o prune.ErratumOptions, out string) error {
	watch := t.app.watch()
	o.Observer = watch
	x, err := prune.Erratum(cmd.Context(), o)
	watch.Close()
	var refused *erratum.RefusedError
	if errors.As(err, &refused) {
		return &exitError{exitRefused, fmt.Errorf("%w. Publish the release that corpus release makes of the build without it, in the place of this one", err)}
	}
	if err != nil {
		return buildError(err)
	}
	data, err := x.JSON()
	if err != nil {
		return err
	}
	if err := t.app.toFile(out, func(w io.Writer) error { _, err := w.Write(data); return err }); err != nil {
		return err
	}
	n := x.Counts()
	if t.app.json {
		return t.app.event(map[string]any{"event": "erratum", "version": x.Version, "changes": n})
	}
	if !t.app.quiet {
		fmt.Fprintf(t.app.out, "erratum for %s %s: %s and %s go, %s cut out of %s, %s changed; what is left is %s\n", x.Corpus, x.Version,
			number(n.Articles, "article"), number(n.Comments, "comment"), number(n.Cuts, "part"), number(n.Texts, "text"), plural(int(n.Rows), "other row"), x.Pruned())
	}
	return nil
}
