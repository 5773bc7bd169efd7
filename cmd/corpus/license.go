package main

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/spf13/cobra"

	"corpus/pipeline/config"
	"corpus/release/rights"
)

func (a *app) licenseCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "license",
		Short: "see licences and tiers: of one record, or of all",
		Args:  arguments(cobra.NoArgs),
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.licenseExplainCommand(), a.licenseReportCommand())
	return cmd
}

func (a *app) licenseExplainCommand() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "explain ID [DIR]",
		Short: "print how a record came to its licence and its tier",
		Long: `Prints the way to the licence and the tier of a record of the version in DIR:
every statement about a licence with what it covers, what the source declares,
what follows, and which rule of the policy gave the tier. ID is the beginning of
an article_id or comment_id. Without DIR it is the version that corpus.yaml in
this folder names, in dist/.`,
		Args: arguments(cobra.RangeArgs(1, 2)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := textOrJSON(format); err != nil {
				return err
			}
			dir := ""
			if len(args) == 2 {
				dir = args[1]
			} else {
				var err error
				if dir, err = declaredVersion(); err != nil {
					return usage(err)
				}
			}
			e, err := rights.Explain(cmd.Context(), dir, args[0])
			if errors.Is(err, rights.ErrNotFound) {
				return usage(err)
			}
			if err != nil {
				return err
			}
			if format == formatJSON {
				return a.indented(e)
			}
			return e.Text(a.out)
		},
	}
	cmd.Flags().StringVar(&format, "format", formatText, "text or json")
	return cmd
}

func (a *app) licenseReportCommand() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "report DIR",
		Short: "count the records of a version by source, licence and tier",
		Long: `Counts the articles and comments of the version in DIR by tier, by source,
licence and tier, by where the licence was found, and by the rule of the policy
that decided.`,
		Args: arguments(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := textOrJSON(format); err != nil {
				return err
			}
			r, err := rights.ReportOn(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			if format == formatJSON {
				return a.indented(r)
			}
			return r.Text(a.out)
		},
	}
	cmd.Flags().StringVar(&format, "format", formatText, "text or json")
	return cmd
}

// declaredVersion is the folder of the version that corpus.yaml in this folder names.
func declaredVersion() (string, error) {
	cfg, err := config.Load("corpus.yaml")
	if err != nil {
		return "", fmt.Errorf("which version? name its folder, or go to the folder of its corpus.yaml: %w", err)
	}
	if cfg.Version == config.VersionNext {
		return "", errors.New("which version? corpus.yaml says next: name its folder")
	}
	return filepath.Join("dist", cfg.Corpus, cfg.Version), nil
}

func textOrJSON(format string) error {
	if format != formatText && format != formatJSON {
		return usage(fmt.Errorf("--format %s: it is text or json", format))
	}
	return nil
}

// indented prints a value as JSON for people and programs.
func (a *app) indented(v any) error {
	data, err := json.Marshal(v, json.Deterministic(true), jsontext.WithIndent("  "))
	if err != nil {
		return err
	}
	_, err = a.out.Write(append(data, '\n'))
	return err
}
