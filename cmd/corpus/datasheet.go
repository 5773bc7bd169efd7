package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"corpus/datasheets"
	"corpus/datasheets/questions"
	"corpus/pipeline"
	"corpus/pipeline/config"
)

func (a *app) datasheetCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "datasheet",
		Short: "see which questions of the datasheet are open",
		Args:  arguments(cobra.NoArgs),
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.datasheetStatusCommand(), a.datasheetNewCommand())
	return cmd
}

func (a *app) datasheetStatusCommand() *cobra.Command {
	var all bool
	cmd := &cobra.Command{
		Use:   "status [CONFIG]",
		Short: "list the questions that nobody has answered",
		Long: `Reads CONFIG (default: corpus.yaml) and datasheet.yaml beside it, and lists the
questions that are open: those that a person has to answer in datasheet.yaml,
and declarations that are missing. Exit code 4 where a question is open that
datasheet.yaml requires before a release.`,
		Args: arguments(cobra.MaximumNArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			file := "corpus.yaml"
			if len(args) == 1 {
				file = args[0]
			}
			return a.datasheetStatus(file, all)
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, "list every question with the state of its answer")
	return cmd
}

func (a *app) datasheetNewCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "new [DIR]",
		Short: "write a datasheet.yaml with every question and no answer",
		Args:  arguments(cobra.MaximumNArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			dir := "."
			if len(args) == 1 {
				dir = args[0]
			}
			return a.newDatasheet(dir)
		},
	}
}

// newDatasheet writes the skeleton of datasheet.yaml where there is none.
func (a *app) newDatasheet(dir string) error {
	file := filepath.Join(dir, questions.FileName)
	if err := writeNew(file, questions.Skeleton()); err != nil {
		return err
	}
	if !a.quiet {
		fmt.Fprintf(a.out, "wrote %s\n", shortPath(file))
	}
	return nil
}

// datasheetState is what --json prints.
type datasheetState struct {
	Event   string               `json:"event"`
	Open    []datasheets.Hole    `json:"open"`
	Waiting []datasheets.Waiting `json:"waiting"`
}

func (a *app) datasheetStatus(file string, all bool) error {
	cfg, err := config.Load(file)
	if err != nil {
		return usage(err)
	}
	sheet, err := questions.Load(filepath.Join(filepath.Dir(file), questions.FileName))
	missing := errors.Is(err, fs.ErrNotExist)
	if err != nil && !missing {
		return usage(err)
	}
	sources := pipeline.SourceFacts(cfg)
	open := datasheets.Open(sources, sheet)
	waiting := datasheets.Waits(&datasheets.Model{Datasheet: sheet})
	var required []string
	for _, h := range open {
		if h.Required {
			required = append(required, h.ID)
		}
	}
	switch {
	case a.json:
		if err := a.event(datasheetState{"datasheet", open, waiting}); err != nil {
			return err
		}
	case !a.quiet:
		if missing {
			fmt.Fprintf(a.out, "there is no %s beside the configuration; corpus datasheet new writes one\n\n", questions.FileName)
		}
		a.printDatasheet(sheet, open, waiting, all)
	}
	if len(required) > 0 {
		return &exitError{exitRefused, fmt.Errorf("open, and asked for before a release: %s", strings.Join(required, ", "))}
	}
	return nil
}

func (a *app) printDatasheet(sheet *questions.File, open []datasheets.Hole, waiting []datasheets.Waiting, all bool) {
	holes := map[string]datasheets.Hole{}
	for _, h := range open {
		holes[h.ID] = h
	}
	section, answered := "", 0
	for _, q := range questions.All() {
		h, isOpen := holes[q.ID]
		if !isOpen {
			answered++
		}
		if !isOpen && !all {
			continue
		}
		if q.Section != section {
			section = q.Section
			fmt.Fprintf(a.out, "%s\n", section)
		}
		fmt.Fprintf(a.out, "  %-22s %s\n", q.ID, q.Ask)
		switch answer := sheet.Answer(q.ID); {
		case isOpen:
			fmt.Fprintf(a.out, "  %-22s %s\n", "", openState(h))
		case answer != nil:
			fmt.Fprintf(a.out, "  %-22s answered by %s, %s\n", "", answer.By, answer.At)
		case q.Optional:
			fmt.Fprintf(a.out, "  %-22s optional\n", "")
		default:
			fmt.Fprintf(a.out, "  %-22s %s\n", "", q.Kinds[0])
		}
	}
	if section != "" {
		fmt.Fprintln(a.out)
	}
	for _, w := range waiting {
		fmt.Fprintf(a.out, "%s is not written without %s\n", w.Path, strings.Join(w.Missing, ", "))
	}
	fmt.Fprintf(a.out, "%s open, %d answered, declared, measured or optional\n", number(int64(len(open)), "question"), answered)
}

// openState says what is missing.
func openState(h datasheets.Hole) string {
	s := "OPEN"
	if h.Required {
		s += ", asked for before a release"
	}
	if len(h.Missing) > 0 {
		s += "; not declared: " + strings.Join(h.Missing, "; ")
	}
	return s
}
