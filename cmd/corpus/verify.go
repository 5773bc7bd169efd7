package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"corpus/release"
)

// maxProblems is how many problems verify prints; all are counted.
const maxProblems = 100

func (a *app) verifyCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "verify DIR",
		Short: "check a version: checksums, schema, keys, threads, accounts",
		Args:  arguments(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			problems := 0
			summary, err := release.Verify(cmd.Context(), args[0], func(p release.Problem) {
				problems++
				if problems > maxProblems {
					return
				}
				if a.json {
					_ = a.event(map[string]any{"event": "problem", "problem": p}) // the exit code tells as well
				} else {
					fmt.Fprintln(a.out, p)
				}
			})
			if err != nil {
				return err
			}
			if problems > maxProblems && !a.json {
				fmt.Fprintf(a.out, "… and %d more\n", problems-maxProblems)
			}
			if problems > 0 {
				return &exitError{exitRefused, fmt.Errorf("%d problems in %s", problems, args[0])}
			}
			if a.json {
				return a.event(map[string]any{"event": "verified", "summary": summary})
			}
			if !a.quiet {
				fmt.Fprintf(a.out, "%s %s is whole: %d files, %s rows, manifest sha256 %s\n",
					summary.Corpus, summary.Version, summary.Files, count(summary.Rows), summary.ManifestSHA256)
			}
			return nil
		},
	}
}
