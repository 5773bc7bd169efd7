package main

import (
	"bufio"
	"errors"
	"fmt"

	"github.com/go-json-experiment/json"
	"github.com/spf13/cobra"

	"corpus/pipeline"
	"corpus/schema"
)

func (a *app) extractCommand() *cobra.Command {
	var o pipeline.ExtractOptions
	cmd := &cobra.Command{
		Use:   "extract FILE…",
		Short: "print what would be extracted, one JSON object a document",
		Long: `Prints the documents of each FILE ("-" for standard input) in normal form, one
JSON object a line, names not yet masked: to look before building, or to feed
the input format jsonl.`,
		Args: arguments(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			out := bufio.NewWriterSize(a.out, 1<<16)
			rejected := 0
			o.Stdin = a.in
			o.Record = func(r schema.Record) error {
				line, err := json.Marshal(r)
				if err != nil {
					return err
				}
				if _, err = out.Write(append(line, '\n')); err != nil {
					return fmt.Errorf("writing the record: %w", err)
				}
				return nil
			}
			o.Rejected = func(file, reason string) {
				rejected++
				if a.json {
					_ = a.event(map[string]any{"event": "rejected", "input": file, "reason": reason}) // the exit code tells as well
				} else if !a.quiet {
					fmt.Fprintf(a.err, "corpus: %s: %s\n", file, reason)
				}
			}
			o.Excluded = func(file, reason string) { // by a rule: no failure
				if a.json {
					_ = a.event(map[string]any{"event": "excluded", "input": file, "reason": reason}) // nothing depends on it
				} else if !a.quiet {
					fmt.Fprintf(a.err, "corpus: %s: left out: %s\n", file, reason)
				}
			}
			err := pipeline.Extract(cmd.Context(), args, o)
			if errors.Is(err, pipeline.ErrUsage) {
				err = usage(err)
			}
			if err := errors.Join(err, out.Flush()); err != nil {
				return err
			}
			if rejected > 0 {
				return &exitError{exitRejected, nil}
			}
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.Format, "format", "auto", "input format: auto, html, textpage, jsonl, warc, wxr, disqus, blogger, feed, reddit or hackernews")
	f.StringVar(&o.URL, "url", "", "address of the page, where it does not state one")
	f.StringVar(&o.Locator, "locator", "", "only the document at this place in its file, such as line=7")
	f.StringVar(&o.TimeZone, "time-zone", "", "IANA time zone of the local times")
	f.StringSliceVar(&o.Languages, "languages", nil, "languages to expect (ISO 639)")
	f.IntVar(&o.Workers, "workers", 0, "number of workers (default: the processors); the order is that of the files")
	return cmd
}
