package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"corpus/release/export"
	"corpus/schema"
)

func (a *app) exportCommand() *cobra.Command {
	var format, table, out string
	cmd := &cobra.Command{
		Use:   "export DIR",
		Short: "write a version in another form: tables, threads, ConvoKit, TEI",
		Long: `Writes one table of the version in DIR to standard output, or to --out. JSON
Lines and CSV have timestamps in ISO 8601; a list is JSON in its field of CSV,
and an empty field is a null or an empty text. The Arrow stream (IPC) has the
types of the Parquet files.

Three forms join articles and comments: threads is a JSON object a line for each
article, with its comments inside of it and replies inside of comments; convokit
is the folder --out as ConvoKit loads it; tei is one XML document by the TEI
guidelines for computer-mediated communication.`,
		Args: arguments(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			view := slices.Contains(export.Views(), format)
			if known := slices.Concat(export.Formats(), export.Views()); !slices.Contains(known, format) {
				return usage(fmt.Errorf("--format: expected %s, not %q", strings.Join(known, ", "), format))
			}
			if view && cmd.Flags().Changed("table") {
				return usage(fmt.Errorf("--table: %s joins articles and comments", format))
			}
			if format == export.ViewConvoKit {
				return a.exportConvoKit(cmd.Context(), args[0], out)
			}
			if _, ok := schema.TableOf(table); !ok {
				return usage(fmt.Errorf("--table: there is no table %q; corpus show %s lists them", table, args[0]))
			}
			write := func(w io.Writer) (rows int64, err error) {
				switch format {
				case export.ViewThreads:
					return export.WriteThreads(cmd.Context(), args[0], w)
				case export.ViewTEI:
					return export.WriteTEI(cmd.Context(), args[0], w)
				}
				return export.Write(cmd.Context(), args[0], table, format, w)
			}
			if out == "" {
				_, err := write(a.out)
				return err
			}
			var rows int64
			err := a.toFile(out, func(w io.Writer) (err error) {
				rows, err = write(w)
				return err
			})
			if err != nil {
				return err
			}
			if view {
				return a.exportedView(format, rows)
			}
			if a.quiet {
				return nil
			}
			if a.json {
				return a.event(map[string]any{"event": "exported", "table": table, "format": format, "rows": rows})
			}
			fmt.Fprintf(a.err, "%s of %s as %s\n", number(rows, "row"), table, format)
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVar(&format, "format", export.FormatJSONL, "jsonl, arrow or csv; threads, convokit or tei")
	f.StringVar(&table, "table", schema.TableComments, "articles, comments, commenters, sources, ledger, captures or duplicates")
	f.StringVar(&out, "out", "", "file to write, for convokit folder, which must not be there yet (default: standard output)")
	return cmd
}

// exportedView says what a view holds.
func (a *app) exportedView(format string, rows int64) error {
	what := map[string]string{export.ViewThreads: "thread", export.ViewConvoKit: "utterance", export.ViewTEI: "post"}[format]
	switch {
	case a.quiet:
		return nil
	case a.json:
		return a.event(map[string]any{"event": "exported", "format": format, what + "s": rows})
	}
	fmt.Fprintf(a.err, "%s as %s\n", number(rows, what), format)
	return nil
}

// exportConvoKit writes a folder under a temporary name, and gives it its own
// when it is whole.
func (a *app) exportConvoKit(ctx context.Context, dir, out string) error {
	if out == "" {
		return usage(errors.New("--out: convokit is a folder: expected its name"))
	}
	if _, err := os.Lstat(out); err == nil {
		return usage(fmt.Errorf("--out: %s is there already: remove it, or choose another name", filepath.Base(out)))
	}
	tmp, err := os.MkdirTemp(filepath.Dir(filepath.Clean(out)), "."+filepath.Base(out)+"-")
	if err != nil {
		return notMade(out, err)
	}
	defer os.RemoveAll(tmp) // fails, as it should, after the renaming
	rows, err := export.WriteConvoKit(ctx, dir, tmp)
	if err != nil {
		return err
	}
	if err := os.Chmod(tmp, 0o755); err != nil {
		return err
	}
	if err := os.Rename(tmp, out); err != nil {
		return err
	}
	return a.exportedView(export.ViewConvoKit, rows)
}

// notMade says that a file or folder could not be made at --out, without the
// temporary name.
func notMade(path string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return usage(fmt.Errorf("--out: there is no folder that %s could stand in: make it first", filepath.Base(path)))
	}
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	return fmt.Errorf("--out: %s cannot be made: %w", filepath.Base(path), err)
}

// toFile writes a new file under a temporary name, and gives it its own when it
// is whole.
func (a *app) toFile(path string, write func(io.Writer) error) error {
	if _, err := os.Lstat(path); err == nil {
		return usage(fmt.Errorf("--out: %s is there already: remove it, or choose another name", filepath.Base(path)))
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-")
	if err != nil {
		return notMade(path, err)
	}
	defer os.Remove(f.Name()) // fails, as it should, after the renaming
	err = write(f)
	if err == nil {
		err = f.Chmod(0o644)
	}
	if err == nil {
		err = f.Sync()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
