package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"corpus/pipeline/config"
	"corpus/release"
)

// Forms of a report.
const (
	formatText = "text"
	formatJSON = "json"
)

// personal counts the personal data that are left in a version and holds them
// against the limit of the configuration, if one is named.
func (a *app) personal(ctx context.Context, dir, file, format string) error {
	var limit *config.PrivacyLimit
	if file != "" {
		cfg, err := config.Load(file)
		if err != nil {
			return usage(err)
		}
		limit = cfg.PrivacyLimit
	}
	left, err := release.CountPersonalData(ctx, dir)
	if err != nil {
		return err
	}
	switch {
	case format == formatJSON:
		if err := json.MarshalWrite(a.out, left, jsontext.WithIndent("  ")); err != nil {
			return err
		}
		fmt.Fprintln(a.out)
	case a.json:
		if err := a.event(map[string]any{"event": "personal_data", "left": left}); err != nil {
			return err
		}
	case !a.quiet:
		a.printPersonal(left)
	}
	if over := left.Over(limit); over != nil {
		return &exitError{exitRefused, errors.New(strings.Join(over, "; "))}
	}
	return nil
}

// printPersonal prints what is left as a table.
func (a *app) printPersonal(left *release.PersonalData) {
	if len(left.Places) > 0 {
		w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
		fmt.Fprintln(w, "table\tcolumn\tkind\tplaces\trows")
		for _, c := range left.Places {
			rows := "-"
			if c.Rows > 0 {
				rows = count(c.Rows)
			}
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", c.Table, c.Column, c.Kind, count(c.Places), rows)
		}
		w.Flush()
	}
	names := "a number of names in running text that the version does not tell"
	switch {
	case left.Names == nil:
	case left.AtMost:
		names = "at most " + number(*left.Names, "name") + " of commenters in running text, as many as in the whole build"
	default:
		names = number(*left.Names, "name") + " of commenters in running text, as the build counted"
	}
	fmt.Fprintf(a.out, "personal data left: %s, addresses of pages aside; %s\n", number(left.Found, "place"), names)
}
