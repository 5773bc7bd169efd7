package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"corpus/pipeline"
	"corpus/pipeline/config"
	"corpus/pipeline/privacy"
	"corpus/pipeline/store"
	list "corpus/pipeline/takedown"
	"corpus/release/takedown"
	"corpus/schema"
)

func (t *takedownFlags) checkCommand() *cobra.Command {
	var s subject
	var inputs, records, gone bool
	cmd := &cobra.Command{
		Use:   "check [DIR...]",
		Short: "tell which records of an address, a person, a domain are there, in which version",
		Long: `Answers an access request: which articles and comments there are, in every
version at hand or in those in DIR, by their ids. A person is named by site and
display name, for which the key of the pseudonyms is needed; a person with an
account is found by name in the inputs alone (--inputs), or by commenter_id. The
list need not have the request, and is not changed.

--records prints the rows as JSON Lines: what the corpus holds of somebody.
--gone ends with exit code 4 where anything is still there.`,
		Args: arguments(cobra.ArbitraryArgs),
		RunE: func(cmd *cobra.Command, dirs []string) error {
			return t.check(cmd, &s, dirs, inputs, records, gone)
		},
	}
	s.flags(cmd)
	f := cmd.Flags()
	f.BoolVar(&inputs, "inputs", false, "look into the inputs as well")
	f.BoolVar(&records, "records", false, "print the rows of what is found as JSON Lines")
	f.BoolVar(&gone, "gone", false, "exit code 4 where anything is still there")
	return cmd
}

func (t *takedownFlags) check(cmd *cobra.Command, s *subject, dirs []string, inputs, records, gone bool) error {
	what, values, err := s.given(t.app.in)
	if err != nil {
		return usage(err)
	}
	set, err := t.anonymous()
	if err != nil {
		return err
	}
	wanted := list.NewList(*set.options.TakedownKey, set.options.Config.Corpus)
	for _, value := range values {
		r, err := s.request(set.marker, set.guard, what, value)
		if err != nil {
			return usage(fmt.Errorf("--%s: %w", what, err))
		}
		if what == list.WhatCommenter && set.guard == nil && !inputs {
			return usage(errors.New("a person is found in a version by the pseudonym, for which the key of the corpus is needed: name it with --key"))
		}
		r.Reason, r.Cascade = "Other", list.CascadeDrop
		wanted.Add(r)
	}
	versions, err := t.versions(set, dirs)
	if err != nil {
		return err
	}
	var documents []pipeline.Holding
	if inputs {
		m, err := set.matcher(wanted)
		if err != nil {
			return err
		}
		h, err := pipeline.FindHoldings(cmd.Context(), set.options, m)
		if err != nil {
			return buildError(err)
		}
		documents = h.Documents
		for id, marks := range h.Learned {
			wanted.Extend(id, marks, nil)
		}
	}
	m, err := set.matcher(wanted)
	if err != nil {
		return err
	}
	there := len(documents) > 0
	search := takedown.NewSearch(m)
	for _, v := range versions {
		var each func(*list.Stored, *list.Effects) error
		if records {
			each = t.printRecords
		}
		found, err := search.Find(cmd.Context(), v, each)
		if err != nil {
			return err
		}
		there = there || found.Holds()
		switch {
		case t.app.json:
			if err := t.app.event(map[string]any{"event": "found", "found": found}); err != nil {
				return err
			}
		case records || t.app.quiet:
		case !found.Holds():
			fmt.Fprintf(t.app.out, "  %s  nothing\n", v.Number)
		default:
			printFound(t.app.out, found)
		}
	}
	if !records {
		if err := t.printDocuments(documents); err != nil {
			return err
		}
	}
	if gone && there {
		return &exitError{exitRefused, errors.New("it is still there")}
	}
	return nil
}

// anonymous is a setup for looking: where there is no list yet, its key need
// not be there either.
func (t *takedownFlags) anonymous() (*setup, error) {
	cfg, err := config.Load(t.file)
	if err != nil {
		return nil, usage(err)
	}
	o := pipeline.Options{Config: cfg, ConfigDir: filepath.Dir(t.file)}
	if l, err := list.Load(o.TakedownPath(), cfg.Corpus); l != nil || err != nil {
		return t.open(false)
	}
	// A key for this look alone.
	dir, err := os.MkdirTemp("", "corpus-check-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "key")
	if _, err := privacy.CreateKey(path); err != nil {
		return nil, err
	}
	alone := *t
	alone.takedownKey = path
	return alone.open(false)
}

// versions are those in the output folder, or in the folders that are named.
func (t *takedownFlags) versions(set *setup, dirs []string) ([]takedown.Version, error) {
	if len(dirs) == 0 {
		return takedown.Versions(set.options.Out, set.options.Config.Corpus)
	}
	var all []takedown.Version
	for _, dir := range dirs {
		m, err := store.ReadManifest(dir)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", dir, err)
		}
		if m.Corpus != set.options.Config.Corpus {
			return nil, usage(fmt.Errorf("%s is a version of another corpus, %s", dir, m.Corpus))
		}
		all = append(all, takedown.Version{Dir: dir, Number: m.Version})
	}
	return all, nil
}

// printRecords prints the rows that a request finds.
func (t *takedownFlags) printRecords(s *list.Stored, e *list.Effects) error {
	if e.Article >= 0 {
		if err := t.printRow(schema.TableArticles, &s.Article); err != nil {
			return err
		}
	}
	for i := range s.Comments {
		if e.Comments[i] >= 0 {
			if err := t.printRow(schema.TableComments, &s.Comments[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *takedownFlags) printDocuments(documents []pipeline.Holding) error {
	if t.app.json {
		for i := range documents {
			if err := t.app.event(map[string]any{"event": "input", "document": &documents[i]}); err != nil {
				return err
			}
		}
		return nil
	}
	if t.app.quiet {
		return nil
	}
	for i := range documents {
		d := &documents[i]
		what := number(int64(d.Comments), "comment")
		if d.Article {
			what = "the article"
		}
		fmt.Fprintf(t.app.out, "  input %s/%s %s: %s\n", d.Source, d.Path, d.Locator, what)
	}
	return nil
}
