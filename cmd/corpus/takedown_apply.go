package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"corpus/pipeline"
	"corpus/pipeline/config"
	list "corpus/pipeline/takedown"
	"corpus/release/export"
	"corpus/release/takedown"
	"corpus/schema"
)

func (t *takedownFlags) applyCommand() *cobra.Command {
	var withdraw []string
	var withdrawAll bool
	var tmp string
	cmd := &cobra.Command{
		Use:   "apply",
		Short: "purge caches, and list every version and input that still holds what was taken down",
		Long: `Reads all inputs and all versions at hand. Removes from the cache what it holds
of inputs in which something was taken down, and what builds that died have left;
lists every version and every input, with its place, that still holds a record;
and brings the list up to date with what else tells the records (other ids,
pseudonyms of accounts), as digests. Versions and inputs stay as they are: remove
them yourself.

--withdraw SOURCE/PATH marks an input that you are about to remove, so that
corpus build --locked accepts that it is gone; --withdraw-all marks every input
of which all documents were taken down.`,
		Args: arguments(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return t.apply(cmd, withdraw, withdrawAll, tmp)
		},
	}
	f := cmd.Flags()
	f.StringArrayVar(&withdraw, "withdraw", nil, "input to mark as withdrawn, as SOURCE/PATH; may be given several times")
	f.BoolVar(&withdrawAll, "withdraw-all", false, "mark every input that holds nothing but what was taken down")
	f.StringVar(&tmp, "tmp", "", "folder for temporary files that builds were given")
	return cmd
}

// applied is what corpus takedown apply did and found.
type applied struct {
	CacheEntries int                `json:"cache_entries"` // removed
	Temporary    int                `json:"temporary"`     // folders of dead processes, removed
	Running      int                `json:"running"`       // folders for temporary files of the last day, left alone
	Versions     []*takedown.Found  `json:"versions"`
	Documents    []pipeline.Holding `json:"documents"`
	Withdrawn    []string           `json:"withdrawn"`       // inputs, as SOURCE/PATH
	Mixed        []string           `json:"mixed,omitempty"` // of these, those that hold other records as well
	Learned      bool               `json:"learned"`         // the list has new digests
}

func (t *takedownFlags) apply(cmd *cobra.Command, withdraw []string, withdrawAll bool, tmp string) error {
	set, err := t.open(false)
	if err != nil {
		return err
	}
	if len(set.list.Requests) == 0 {
		return usage(errors.New("the list holds no request: corpus takedown add makes one"))
	}
	m, err := set.matcher(set.list)
	if err != nil {
		return err
	}
	set.options.Tmp = tmp
	watch := t.app.watch()
	set.options.Observer = watch
	h, err := pipeline.FindHoldings(cmd.Context(), set.options, m)
	watch.Close()
	if err != nil {
		return buildError(err)
	}
	var done applied
	done.Documents = h.Documents
	for id, marks := range h.Learned {
		if set.list.Extend(id, marks, nil) {
			done.Learned = true
		}
	}
	if m, err = set.matcher(set.list); err != nil {
		return err
	}
	versions, err := takedown.Versions(set.options.Out, set.options.Config.Corpus)
	if err != nil {
		return err
	}
	search := takedown.NewSearch(m)
	for _, v := range versions {
		found, err := search.Find(cmd.Context(), v, nil)
		if err != nil {
			return err
		}
		if !found.Holds() {
			continue
		}
		done.Versions = append(done.Versions, found)
		for _, id := range found.Requests {
			number, _, release := strings.Cut(v.Number, "+")
			if !release && set.list.Extend(id, found.Marks(id), []string{number}) {
				done.Learned = true
			}
		}
	}
	if done.Withdrawn, err = t.withdraw(set, h, withdraw, withdrawAll); err != nil {
		return err
	}
	for _, name := range done.Withdrawn {
		if !h.Whole[name] {
			done.Mixed = append(done.Mixed, name)
		}
	}
	if err := set.save(); err != nil {
		return err
	}
	if dir, err := cacheDir(); err == nil {
		if done.CacheEntries, err = pipeline.PurgeCache(dir, h.Documents); err != nil {
			return err
		}
	}
	if done.Temporary, done.Running, err = pipeline.PurgeTemporary(tmp); err != nil {
		return err
	}
	if t.app.json {
		return t.app.event(map[string]any{"event": "applied", "applied": &done})
	}
	if !t.app.quiet {
		t.printApplied(&done)
	}
	return nil
}

// withdraw marks inputs that may be absent from now on.
func (t *takedownFlags) withdraw(set *setup, h *pipeline.Holdings, named []string, all bool) ([]string, error) {
	digests := map[string]string{}
	var order []string
	for i := range h.Documents {
		d := &h.Documents[i]
		name := d.Source + "/" + d.Path
		if digests[name] == "" {
			order = append(order, name)
		}
		digests[name] = d.SHA256
	}
	var chosen []string
	for _, name := range named {
		if digests[name] == "" {
			return nil, usage(fmt.Errorf("--withdraw: %s is no input that holds anything of what was taken down", name))
		}
		chosen = append(chosen, name)
	}
	if all {
		for _, name := range order {
			if h.Whole[name] {
				chosen = append(chosen, name)
			}
		}
	}
	for _, name := range chosen {
		set.list.Withdrawn = append(set.list.Withdrawn, set.marker.InputDigest(digests[name]))
	}
	return chosen, nil
}

func (t *takedownFlags) printApplied(a *applied) {
	w := t.app.out
	fmt.Fprintf(w, "removed %s of the inputs concerned from the cache, and %s for temporary files of processes that died\n", number(int64(a.CacheEntries), "item"), number(int64(a.Temporary), "folder"))
	if a.Running > 0 {
		fmt.Fprintf(w, "  %s of the last day: whoever runs there may hold more; run this again when they have ended\n", number(int64(a.Running), "folder"))
	}
	if len(a.Versions) == 0 {
		fmt.Fprintln(w, "no version at hand holds anything of it")
	} else {
		fmt.Fprintln(w, "versions that still hold it; remove or prune them, and publish an erratum (corpus takedown erratum):")
	}
	for _, f := range a.Versions {
		printFound(w, f)
	}
	if len(a.Documents) == 0 {
		fmt.Fprintln(w, "no input holds anything of it")
	} else {
		fmt.Fprintln(w, "inputs that still hold it:")
	}
	_ = t.printDocuments(a.Documents) // text on a terminal
	for _, name := range a.Withdrawn {
		fmt.Fprintf(w, "  withdrawn: %s may be removed; corpus build --locked accepts that it is gone\n", name)
	}
	for _, name := range a.Mixed {
		fmt.Fprintf(w, "  note: %s holds other records as well, which leave the corpus with it\n", name)
	}
	if a.Learned {
		fmt.Fprintln(w, "the list has new digests: commit it")
	}
}

// printRow prints a row as a line of JSON.
func (t *takedownFlags) printRow(table string, row any) error {
	def, _ := schema.TableOf(table) // callers name tables that there are
	return export.Row(def, row, t.app.out)
}

// takedownGate is closed for a version that holds what was taken down after it
// was built.
func (a *app) takedownGate(ctx context.Context, file string, cfg *config.Config, dir string) error {
	o := pipeline.Options{Config: cfg, ConfigDir: filepath.Dir(file)}
	l, err := list.Load(o.TakedownPath(), cfg.Corpus)
	if err != nil {
		return usage(err)
	}
	if err := a.takedownKey(&o); err != nil {
		return usage(err)
	}
	m, err := list.NewMatcher(l, o.TakedownKey)
	if err != nil {
		return usage(err)
	}
	if len(m.Requests()) == 0 {
		return nil
	}
	found, err := takedown.Find(ctx, m, takedown.Version{Dir: dir, Number: filepath.Base(dir)}, nil)
	if err != nil {
		return err
	}
	if found.Holds() {
		return refusedByList(found)
	}
	return nil
}

// refusedByList says that a version may not leave since it holds what was taken down.
func refusedByList(found *takedown.Found) error {
	return &exitError{exitRefused, fmt.Errorf("the version holds %s and %s that were taken down, and %s of them in other texts: build a new one, which will not", number(int64(len(found.Articles)), "article"), number(int64(len(found.Comments)), "comment"), number(found.Cuts, "place"))}
}
