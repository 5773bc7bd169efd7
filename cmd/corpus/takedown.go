package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"corpus/pipeline"
	"corpus/pipeline/config"
	"corpus/pipeline/privacy"
	"corpus/pipeline/store"
	list "corpus/pipeline/takedown"
	"corpus/release/takedown"
)

// takedownFlags are what all commands of corpus takedown share.
type takedownFlags struct {
	app         *app
	file        string // corpus.yaml
	out         string
	key         string
	takedownKey string
}

func (a *app) takedownCommand() *cobra.Command {
	t := &takedownFlags{app: a}
	cmd := &cobra.Command{
		Use:   "takedown",
		Short: "take records out of every later build and release, and find where they still are",
		Long: `Keeps takedown.json beside corpus.yaml: what was asked to be gone, as digests
made with a key of its own, so that the list can be committed and names nobody.
Every build and release honours it; see docs/takedown.md.

The key of the list is taken from --takedown-key, else from the file that
CORPUS_TAKEDOWN_KEY_FILE names, else from your configuration folder; the first
corpus takedown add makes it. Without it nothing can be built: keep it safe.`,
		Args: arguments(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	f := cmd.PersistentFlags()
	f.StringVar(&t.file, "config", "corpus.yaml", "the configuration of the corpus")
	f.StringVar(&t.out, "out", "", "folder of the versions (default: dist beside the configuration)")
	f.StringVar(&t.key, "key", "", "file that holds the key of the pseudonyms")
	f.StringVar(&t.takedownKey, "takedown-key", "", "file that holds the key of the list")
	cmd.AddCommand(t.addCommand(), t.listCommand(), t.checkCommand(), t.applyCommand(), t.erratumCommand())
	return cmd
}

// subject says what a request is about.
type subject struct {
	url, id, commenter, domain, author string
	site, from                         string
}

func (s *subject) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&s.url, "url", "", "an article, by any of its addresses")
	f.StringVar(&s.id, "id", "", "an article or comment, by its id")
	f.StringVar(&s.commenter, "commenter", "", "all comments of a person: display name or address of the profile (with --site), or commenter_id")
	f.StringVar(&s.domain, "domain", "", "all articles of a host and the hosts below it")
	f.StringVar(&s.author, "author", "", "all articles with this name in their byline (of one site with --site)")
	f.StringVar(&s.site, "site", "", "host, or identity_scope of the source, where the name is this person's")
	f.StringVar(&s.from, "from", "", "file with what \"-\" stands for, one a line (default: standard input)")
}

// given is the one thing that the flags name, with its values: several where
// "-" reads them, so that no name has to stand in a list of processes.
func (s *subject) given(in io.Reader) (what string, values []string, err error) {
	value := ""
	for _, x := range []struct{ what, value string }{
		{list.WhatURL, s.url}, {list.WhatID, s.id}, {list.WhatCommenter, s.commenter}, {list.WhatDomain, s.domain}, {list.WhatAuthor, s.author},
	} {
		if x.value == "" {
			continue
		}
		if what != "" {
			return "", nil, fmt.Errorf("--%s and --%s: one at a time", what, x.what)
		}
		what, value = x.what, x.value
	}
	if what == "" {
		return "", nil, errors.New("say what: --url, --id, --commenter, --domain or --author; - reads it from standard input or --from FILE")
	}
	if value != "-" {
		return what, []string{value}, nil
	}
	if s.from != "" {
		f, err := os.Open(s.from)
		if err != nil {
			return "", nil, err
		}
		defer f.Close()
		in = f
	}
	const longest = 64 << 10
	lines := bufio.NewScanner(io.LimitReader(in, 16<<20))
	lines.Buffer(make([]byte, longest), longest)
	for lines.Scan() {
		if line := strings.TrimSpace(lines.Text()); line != "" {
			values = append(values, line)
		}
	}
	if err := lines.Err(); err != nil {
		return "", nil, fmt.Errorf("reading what to take down: %w", err)
	}
	if len(values) == 0 {
		return "", nil, fmt.Errorf("--%s -: nothing was there to read", what)
	}
	return what, values, nil
}

// request makes a request of one value. Errors never repeat it.
func (s *subject) request(m list.Marker, guard *privacy.Guard, what, value string) (list.Request, error) {
	switch what {
	case list.WhatURL:
		return m.URL(value)
	case list.WhatID:
		return m.ID(value)
	case list.WhatCommenter:
		return m.Commenter(value, s.site, guard)
	case list.WhatDomain:
		return m.Domain(value)
	}
	return m.Author(value, s.site)
}

// setup is a corpus with its list and keys.
type setup struct {
	options pipeline.Options
	list    *list.List
	marker  list.Marker
	guard   *privacy.Guard // nil where the key of the corpus is not here
}

// open reads configuration, list and keys. With create a key is made for a
// corpus that has no list yet.
func (t *takedownFlags) open(create bool) (*setup, error) {
	cfg, err := config.Load(t.file)
	if err != nil {
		return nil, usage(err)
	}
	s := &setup{options: pipeline.Options{Config: cfg, ConfigDir: filepath.Dir(t.file), ConfigName: filepath.Base(t.file), Out: t.out}}
	if s.options.Out == "" {
		s.options.Out = filepath.Join(s.options.ConfigDir, "dist")
	}
	if s.list, err = list.Load(s.options.TakedownPath(), cfg.Corpus); err != nil {
		return nil, usage(err)
	}
	key, err := t.loadKey(create && s.list == nil)
	if errors.Is(err, errNoListKey) && s.list == nil {
		err = fmt.Errorf("there is no %s: nothing was taken down yet, and corpus takedown add begins the list", filepath.Base(s.options.TakedownPath()))
	}
	if err != nil {
		return nil, usage(err)
	}
	if s.list == nil {
		s.list = list.NewList(*key, cfg.Corpus)
	} else if err := s.list.CheckKey(key); err != nil {
		return nil, usage(err)
	}
	s.options.TakedownKey, s.marker = key, list.NewMarker(*key, cfg.Corpus)
	var pseudonyms *privacy.Key
	pseudonyms, s.options.KeyFile, err = t.app.findKey(t.key, true)
	if err != nil {
		return nil, usage(err)
	}
	s.options.Key = pseudonyms
	if pseudonyms != nil || cfg.Privacy == config.PrivacyNone {
		if s.guard, err = privacy.New(pseudonyms, cfg.Corpus, cfg.Privacy); err != nil {
			return nil, usage(err)
		}
	}
	return s, nil
}

var errNoListKey = errors.New("there is no key for the takedown list: copy the one that it was begun with to your configuration folder as corpus/takedown-key, or name it with --takedown-key FILE")

// loadKey loads the key of the list; with create it is made where there is none.
func (t *takedownFlags) loadKey(create bool) (*privacy.Key, error) {
	key, path, err := t.app.findTakedownKey(t.takedownKey)
	if err != nil || key != nil {
		return key, err
	}
	if !create {
		return nil, errNoListKey
	}
	made, err := privacy.CreateKey(path)
	if err != nil {
		return nil, err
	}
	if !t.app.quiet && !t.app.json {
		fmt.Fprintln(t.app.err, "made a new key for the takedown list; keep it safe: without it nothing can be built")
	}
	return &made, nil
}

// findTakedownKey loads the key of the takedown list from flag, environment or
// the user's configuration folder. It is nil where none is there, and path is
// where it would be.
func (a *app) findTakedownKey(flag string) (key *privacy.Key, path string, err error) {
	path = flag
	if path == "" {
		path = os.Getenv("CORPUS_TAKEDOWN_KEY_FILE")
	}
	if path == "" {
		home, err := os.UserConfigDir()
		if err != nil {
			return nil, "", fmt.Errorf("no configuration folder for the key of the takedown list (%w): give --takedown-key FILE", err)
		}
		path = filepath.Join(home, "corpus", "takedown-key")
	}
	loaded, err := privacy.LoadKey(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, path, nil
	}
	if err != nil {
		return nil, "", err
	}
	return &loaded, path, a.guarded(path)
}

// takedownKey gives a build the key of the list, where it is there; a build
// that needs it and has none says so itself.
func (a *app) takedownKey(o *pipeline.Options) error {
	key, _, err := a.findTakedownKey("")
	o.TakedownKey = key
	return err
}

// save writes the list.
func (s *setup) save() error {
	data, err := s.list.JSON()
	if err != nil {
		return err
	}
	path := s.options.TakedownPath()
	if err := store.WriteFile(filepath.Dir(path), filepath.Base(path), data); err != nil {
		return fmt.Errorf("the takedown list could not be written: %w", err)
	}
	return nil
}

func (s *setup) matcher(l *list.List) (*list.Matcher, error) {
	return list.NewMatcher(l, s.options.TakedownKey)
}

// alone is a list of one request.
func (s *setup) alone(r list.Request) *list.List {
	l := list.NewList(*s.options.TakedownKey, s.options.Config.Corpus)
	r.Marks = slices.Clone(r.Marks)
	l.Requests = []list.Request{r}
	return l
}

func (t *takedownFlags) addCommand() *cobra.Command {
	var s subject
	var reason, cascade string
	var withDuplicates bool
	cmd := &cobra.Command{
		Use:   "add",
		Short: "put a removal into the list",
		Long: `Takes an article, a comment, all comments of a person, a whole domain or all
articles of an author out of every later build and release. Says in which
versions they are, and names the near duplicates of an article, which
--with-duplicates takes as well.

A name given as a flag can be seen in the list of processes while the command
runs: "-" reads it from standard input, or from the file that --from names, one
a line.

Reasons: ` + reasonNames() + `; erasure stands for A17.`,
		Args: arguments(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			what, values, err := s.given(t.app.in)
			if err != nil {
				return usage(err)
			}
			if reason == "" {
				return usage(errors.New("--reason is missing: one of " + reasonNames()))
			}
			if reason, err = list.ParseReason(reason); err != nil {
				return usage(fmt.Errorf("--%w", err))
			}
			set, err := t.open(true)
			if err != nil {
				return err
			}
			if cascade == "" {
				if cascade = set.options.Config.Takedown.Cascade; cascade == "" {
					cascade = list.CascadeDrop
				}
			}
			if cascade != list.CascadeDrop && cascade != list.CascadeKeep {
				return usage(errors.New("--cascade: expected drop or keep"))
			}
			for _, value := range values {
				r, err := s.request(set.marker, set.guard, what, value)
				if err != nil {
					return usage(fmt.Errorf("--%s: %w", what, err))
				}
				r.Reason, r.Cascade = reason, cascade
				if err := t.add(cmd, set, r, withDuplicates); err != nil {
					return err
				}
			}
			return nil
		},
	}
	s.flags(cmd)
	f := cmd.Flags()
	f.StringVar(&reason, "reason", "", "why: one of the list above")
	f.StringVar(&cascade, "cascade", "", "what becomes of the comments of an article: drop or keep (default: takedown.cascade of the configuration, else drop)")
	f.BoolVar(&withDuplicates, "with-duplicates", false, "take the near duplicates of an article as well")
	return cmd
}

func reasonNames() string {
	var names []string
	for _, r := range list.Reasons() {
		names = append(names, r.Name)
	}
	return strings.Join(names, ", ")
}

// added is what corpus takedown add says of one request.
type added struct {
	Request    string            `json:"request"`
	What       string            `json:"what"`
	Reason     string            `json:"reason"`
	Known      bool              `json:"known"` // the list had it already
	Found      []*takedown.Found `json:"found"`
	Duplicates []string          `json:"duplicates"` // articles that are near duplicates
	Taken      bool              `json:"duplicates_taken"`
}

// add looks for the request in the versions at hand, and saves it.
func (t *takedownFlags) add(cmd *cobra.Command, set *setup, r list.Request, withDuplicates bool) error {
	ctx := cmd.Context()
	versions, err := takedown.Versions(set.options.Out, set.options.Config.Corpus)
	if err != nil {
		return err
	}
	result := added{Request: r.ID, What: r.What, Reason: r.Reason, Taken: withDuplicates, Found: []*takedown.Found{}, Duplicates: []string{}}
	m, err := set.matcher(set.alone(r))
	if err != nil {
		return err
	}
	search := takedown.NewSearch(m)
	for _, v := range versions {
		found, err := search.Find(ctx, v, nil)
		if err != nil {
			return err
		}
		r.Marks = append(r.Marks, found.Marks(r.ID)...)
		var near []string
		if r.What == list.WhatURL || r.What == list.WhatID {
			if near, err = takedown.Neighbours(ctx, v, found.Articles); err != nil {
				return err
			}
		}
		result.Duplicates = append(result.Duplicates, near...)
		if withDuplicates {
			rows, err := takedown.Articles(ctx, v, near)
			if err != nil {
				return err
			}
			for i := range rows {
				r.Marks = append(r.Marks, set.marker.ArticleMarks(&rows[i])...)
			}
		}
		if found.Holds() {
			result.Found = append(result.Found, found)
			if number, _, release := strings.Cut(v.Number, "+"); !release {
				r.Versions = append(r.Versions, number)
			}
		}
	}
	slices.Sort(result.Duplicates)
	result.Duplicates = slices.Compact(result.Duplicates)
	_, result.Known = set.list.Add(r)
	if err := set.save(); err != nil {
		return err
	}
	if t.app.json {
		return t.app.event(map[string]any{"event": "taken_down", "request": result})
	}
	if !t.app.quiet {
		t.printAdded(&result)
	}
	return nil
}

func (t *takedownFlags) printAdded(r *added) {
	w := t.app.out
	verb := "added"
	if r.Known {
		verb = "known already, brought up to date:"
	}
	fmt.Fprintf(w, "request %s %s (%s, %s)\n", r.Request, verb, r.What, r.Reason)
	if len(r.Found) == 0 {
		fmt.Fprintln(w, "  no version at hand holds it; it holds for those to come")
	}
	for _, f := range r.Found {
		printFound(w, f)
	}
	if n := len(r.Duplicates); n > 0 {
		what := "not taken: --with-duplicates takes them as well"
		if r.Taken {
			what = "taken as well"
		}
		fmt.Fprintf(w, "  %s, %s\n", plural(n, "near duplicate"), what)
		for _, id := range r.Duplicates {
			fmt.Fprintf(w, "    article %s\n", id)
		}
	}
	if len(r.Found) > 0 {
		fmt.Fprintln(w, "  next: corpus takedown apply, then build a new version; corpus takedown erratum for one that is published")
	}
}

// maxNamed is how many ids of a kind are printed.
const maxNamed = 20

func printFound(w io.Writer, f *takedown.Found) {
	if f.Build != "" {
		fmt.Fprintf(w, "  %s  a release of %s, with what its tier leaves of it: derive it anew from the next build, and write an erratum (corpus takedown erratum) where it is published\n", f.Version, f.Build)
		return
	}
	fmt.Fprintf(w, "  %s  %s with %s, %s, and %s in other texts\n", f.Version, number(int64(len(f.Articles)), "article"), number(f.Under, "comment"), number(int64(len(f.Comments)), "comment besides"), number(f.Cuts, "place"))
	for _, x := range []struct {
		what string
		ids  []string
	}{{"article", f.Articles}, {"comment", f.Comments}} {
		for i, id := range x.ids {
			if i == maxNamed {
				fmt.Fprintf(w, "    … and %d more\n", len(x.ids)-maxNamed)
				break
			}
			fmt.Fprintf(w, "    %s %s\n", x.what, id)
		}
	}
}

func (t *takedownFlags) listCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "show the removals in the list",
		Long: `Shows the requests of the list: what each is about, its reason, and the versions
that held it. Whom or what they name is in nobody's list.`,
		Args: arguments(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			cfg, err := config.Load(t.file)
			if err != nil {
				return usage(err)
			}
			o := pipeline.Options{Config: cfg, ConfigDir: filepath.Dir(t.file)}
			l, err := list.Load(o.TakedownPath(), cfg.Corpus)
			if err != nil {
				return usage(err)
			}
			if l == nil {
				l = &list.List{}
			}
			if t.app.json {
				return t.app.event(map[string]any{"event": "takedown_list", "requests": l.Requests, "withdrawn": len(l.Withdrawn), "sha256": l.Digest()})
			}
			for i := range l.Requests {
				r := &l.Requests[i]
				held := "no version"
				if len(r.Versions) > 0 {
					held = strings.Join(r.Versions, ", ")
				}
				fmt.Fprintf(t.app.out, "%s  %-9s  %-26s  cascade %s, %s, held by %s\n", r.ID, r.What, r.Reason, r.Cascade, number(int64(len(r.Marks)), "mark"), held)
			}
			fmt.Fprintf(t.app.out, "%s, %s\n", number(int64(len(l.Requests)), "request"), number(int64(len(l.Withdrawn)), "input withdrawn"))
			return nil
		},
	}
}

// plural is n of something of two words.
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return count(int64(n)) + " " + noun + "s"
}
