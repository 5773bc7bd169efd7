package main

import (
	"errors"
	"fmt"
	"io"
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
		Short: "write a table of a version as JSON Lines, CSV or an Arrow stream",
		Long: `Writes one table of the version in DIR to standard output, or to --out. JSON
Lines and CSV have timestamps in ISO 8601; a list is JSON in its field of CSV,
and an empty field is a null or an empty text. The Arrow stream (IPC) has the
types of the Parquet files.`,
		Args: arguments(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !slices.Contains(export.Formats(), format) {
				return usage(fmt.Errorf("--format: expected %s, not %q", strings.Join(export.Formats(), ", "), format))
			}
			if _, ok := schema.TableOf(table); !ok {
				return usage(fmt.Errorf("--table: there is no table %q; corpus show %s lists them", table, args[0]))
			}
			if out == "" {
				_, err := export.Write(cmd.Context(), args[0], table, format, a.out)
				return err
			}
			var rows int64
			err := a.toFile(out, func(w io.Writer) (err error) {
				rows, err = export.Write(cmd.Context(), args[0], table, format, w)
				return err
			})
			if err != nil || a.quiet {
				return err
			}
			if a.json {
				return a.event(map[string]any{"event": "exported", "table": table, "format": format, "rows": rows})
			}
			fmt.Fprintf(a.err, "%s of %s as %s\n", number(rows, "row"), table, format)
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVar(&format, "format", export.FormatJSONL, "jsonl, arrow or csv")
	f.StringVar(&table, "table", schema.TableComments, "articles, comments, commenters, sources, ledger, captures or duplicates")
	f.StringVar(&out, "out", "", "file to write, which must not be there yet (default: standard output)")
	return cmd
}

// toFile writes a new file under a temporary name, and gives it its own when it
// is whole.
func (a *app) toFile(path string, write func(io.Writer) error) error {
	if _, err := os.Lstat(path); err == nil {
		return usage(fmt.Errorf("%s is there already", path))
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-")
	if err != nil {
		return err
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
