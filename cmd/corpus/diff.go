package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"corpus/pipeline/compare"
	"corpus/release/diff"
)

func (a *app) diffCommand() *cobra.Command {
	var format, out string
	var exitCode bool
	cmd := &cobra.Command{
		Use:   "diff A B",
		Short: "show what changed from version A to version B, record by record, and why",
		Long: `Compares two versions of one corpus, given as their folders: which records were
added, removed, edited (by column), moved to another parent or article, or have
another id; why (another input, tool, configuration, index or key); and the
number that follows for the second version. Names of persons are never shown.

text is for people and shows the first records of each table. json is JSON
Lines: an object with the summary, then one a difference. parquet is a table
with one row a difference.`,
		Args: arguments(cobra.ExactArgs(2)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !slices.Contains(diff.Formats(), format) {
				return usage(fmt.Errorf("--format: expected %s, not %q", strings.Join(diff.Formats(), ", "), format))
			}
			if format == diff.FormatParquet && out == "" {
				return usage(errors.New("--format parquet needs --out FILE"))
			}
			var sides [2]*compare.Side
			for i, dir := range args {
				side, err := compare.Open(dir)
				if err != nil {
					return fmt.Errorf("%s: %w", dir, err)
				}
				sides[i] = side
			}
			if x, y := sides[0].Manifest.Corpus, sides[1].Manifest.Corpus; x != y {
				return usage(fmt.Errorf("%s and %s are versions of two corpora, %s and %s", args[0], args[1], x, y))
			}
			result, err := compare.Compare(cmd.Context(), sides[0], sides[1], compare.Options{Keep: true})
			if err != nil {
				return err
			}
			defer result.Close()
			switch {
			case out != "":
				err = a.toFile(out, func(w io.Writer) error { return diff.Write(w, result, format) })
			case !a.quiet:
				err = diff.Write(a.out, result, format)
			}
			if err != nil {
				return err
			}
			if a.json {
				if err := a.event(map[string]any{"event": "compared", "summary": &result.Summary}); err != nil {
					return err
				}
			}
			if exitCode && result.Summary.Level != compare.None {
				return &exitError{exitRefused, nil}
			}
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVar(&format, "format", diff.FormatText, "text, json or parquet")
	f.StringVar(&out, "out", "", "file to write, which must not be there yet (default: standard output)")
	f.BoolVar(&exitCode, "exit-code", false, "end with exit code 4 where anything differs")
	return cmd
}
