package prune_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corpus/pipeline"
	"corpus/pipeline/config"
	"corpus/pipeline/privacy"
	"corpus/pipeline/store"
	"corpus/pipeline/takedown"
	"corpus/release"
	"corpus/release/derive"
	"corpus/release/erratum"
	"corpus/release/prune"
	"corpus/release/rehydrate"
	"corpus/release/releasetest"
	"corpus/schema"
)

// harbour is the corpus of releasetest with a thread in which people quote and
// name each other.
func harbour(t *testing.T, name string) *releasetest.Corpus {
	return releasetest.New(t, name, func(yaml string, files map[string][]releasetest.Record) string {
		files["mill"] = append(files["mill"], releasetest.Record{
			Source: "mill", URL: "https://mill.example/race", Title: "Who opened the sluice", License: "CC-BY-4.0", Authors: []string{"Ada Brine"},
			Text: "Somebody opened the sluice of the mill race on Sunday, and the duck house was found in the next parish with the ducks in it.",
			Comments: []releasetest.Comment{
				{ID: "r1", Author: "Wilhelmina Sturgeon", At: "2026-04-03T08:00:00", Text: "It was me, and I would open it again for a glass of the miller's cider."},
				{ID: "r2", Parent: "r1", Author: "Paddle", At: "2026-04-03T08:10:00", Text: "Wilhelmina Sturgeon wrote: I would open it again for a glass of the miller's cider. So would I, and so would the ducks."},
				{ID: "r3", Parent: "r2", Author: "Miller", At: "2026-04-03T09:00:00", Text: "The cider is not for sale."},
				{Parent: "r2", Author: "Guest", At: "2026-04-03T10:00:00", Text: "Nobody would open it again for a glass of the miller's cider if they had tried it."},
			},
		}, releasetest.Record{
			Source: "mill", URL: "https://mill.example/gate", Title: "The gate", License: "CC-BY-4.0", Text: "The gate of the mill yard is to be oiled, once it has been found out whose gate it is.",
			Comments: []releasetest.Comment{{ID: "g1", Author: "Miller", At: "2026-04-04T08:00:00", Text: "Wilhelmina Sturgeon opens it by day, and Wilhelmina Sturgeon leaves it open by night, twice over."}},
		})
		return yaml
	})
}

// requests makes a list, and a matcher of it.
func requests(t *testing.T, c *releasetest.Corpus, asks ...func(takedown.Marker, *privacy.Guard) (takedown.Request, error)) (*takedown.Matcher, *takedown.List) {
	t.Helper()
	corpus := c.Config(t).Corpus
	guard, err := privacy.New(&c.Key, corpus, config.PrivacyPseudonyms)
	if err != nil {
		t.Fatal(err)
	}
	list := takedown.NewList(c.Key, corpus)
	for _, ask := range asks {
		r, err := ask(takedown.NewMarker(c.Key, corpus), guard)
		if err != nil {
			t.Fatal(err)
		}
		r.Reason = "A17"
		if r.Cascade == "" {
			r.Cascade = takedown.CascadeDrop
		}
		list.Add(r)
	}
	m, err := takedown.NewMatcher(list, &c.Key)
	if err != nil {
		t.Fatal(err)
	}
	return m, list
}

type ask = func(takedown.Marker, *privacy.Guard) (takedown.Request, error)

func byURL(address, cascade string) ask {
	return func(m takedown.Marker, _ *privacy.Guard) (takedown.Request, error) {
		r, err := m.URL(address)
		r.Cascade = cascade
		return r, err
	}
}

func byID(id string) ask {
	return func(m takedown.Marker, _ *privacy.Guard) (takedown.Request, error) { return m.ID(id) }
}

func byCommenter(name, site string) ask {
	return func(m takedown.Marker, g *privacy.Guard) (takedown.Request, error) { return m.Commenter(name, site, g) }
}

func byDomain(domain string) ask {
	return func(m takedown.Marker, _ *privacy.Guard) (takedown.Request, error) { return m.Domain(domain) }
}

// said is the id of the comment in the build whose text holds words.
func said(t *testing.T, build, words string) string {
	t.Helper()
	for _, c := range releasetest.Rows[schema.Comment](t, build, schema.TableComments) {
		if c.Text != nil && strings.Contains(*c.Text, words) {
			return c.CommentID
		}
	}
	t.Fatalf("nobody said “%s”", words)
	return ""
}

// released makes the release of a build in a folder of its own.
func released(t *testing.T, c *releasetest.Corpus, build, tier string) string {
	t.Helper()
	return scoped(t, c, build, tier, "")
}

// scoped makes the release of a build with a commenter_scope, which may be
// another one than that of the build.
func scoped(t *testing.T, c *releasetest.Corpus, build, tier, scope string) string {
	t.Helper()
	o := c.Options(t, tier)
	o.Dir, o.Out = build, t.TempDir()
	if scope != "" {
		o.Config.Release = &config.Release{CommenterScope: scope}
	}
	result, err := derive.Release(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return result.Dir
}

// without prunes a build.
func without(t *testing.T, build string, m *takedown.Matcher) string {
	t.Helper()
	x, _, err := m.NewErratum(t.Context(), build)
	if err != nil {
		t.Fatal(err)
	}
	out := t.TempDir()
	report, err := pipeline.Prune(t.Context(), pipeline.PruneOptions{Dir: build, Erratum: x, Out: out})
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(out, report.Corpus, report.Version)
}

// made is the erratum of a release as its file, read again.
func made(t *testing.T, c *releasetest.Corpus, dir, build string, m *takedown.Matcher) ([]byte, *erratum.Erratum) {
	t.Helper()
	x, err := prune.Erratum(t.Context(), prune.ErratumOptions{Release: dir, Build: build, Matcher: m, Key: &c.Key, Tmp: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	data, err := x.JSON()
	if err != nil {
		t.Fatal(err)
	}
	if x, err = erratum.Parse(data); err != nil {
		t.Fatal(err)
	}
	return data, x
}

func pruned(t *testing.T, dir string, x *erratum.Erratum) string {
	t.Helper()
	result, err := prune.Prune(t.Context(), prune.Options{Release: dir, Erratum: x, Out: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	return result.Dir
}

// sameRelease fails where a pruned release is not what its publisher derives.
func sameRelease(t *testing.T, got, want string) {
	t.Helper()
	a, err := store.ReadManifest(got)
	if err != nil {
		t.Fatal(err)
	}
	b, err := store.ReadManifest(want)
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]store.FileInfo{}
	for _, f := range a.Files {
		there[f.Path] = f
	}
	tables := 0
	for _, f := range b.Files {
		same := f.Table != "" || slices.Contains([]string{"statistics.json", "audit/splits.json", "audit/policy.json", "rehydrate.json", "data-dictionary.md", "ATTRIBUTION.md"}, f.Path)
		if same && there[f.Path] != f {
			t.Errorf("%s is not what the publisher has", f.Path)
		}
		if f.Table != "" {
			tables++
		}
		if _, ok := there[f.Path]; ok == pipeline.PrunedWithout(f.Path) {
			t.Errorf("%s: is there: %t", f.Path, ok)
		}
	}
	if tables != len(schema.Tables()) {
		t.Errorf("%d files of tables were compared", tables)
	}
	a.Files, b.Files, a.Digest, b.Digest = nil, nil, "", ""
	if diff := cmp.Diff(b, a); diff != "" {
		t.Errorf("the manifest is another one:\n%s", diff)
	}
}

// sound fails where verify finds something wrong.
func sound(t *testing.T, dir, build string) {
	t.Helper()
	report := func(p release.Problem) { t.Errorf("%s: %s", filepath.Base(dir), p) }
	if _, err := release.Verify(t.Context(), dir, report); err != nil {
		t.Fatal(err)
	}
	if build != "" {
		if err := release.Against(t.Context(), dir, build, report); err != nil {
			t.Fatal(err)
		}
	}
}

// all is an article under whose tombstone the comments stay, one that goes with
// them, one that the policy excludes, a comment with replies and quotes, one that
// the policy excludes, one without an id of its site, and a person.
func all(t *testing.T, c *releasetest.Corpus) []ask {
	return []ask{
		byURL("https://weir.example/locked", takedown.CascadeKeep), byURL("https://mill.example/wheel", takedown.CascadeDrop), byDomain("press.example"),
		byID(said(t, c.Build, "nobody can count in the dark")), byID(said(t, c.Build, "Nobody answers this one")), byID(said(t, c.Build, "No!")),
		byCommenter("Wilhelmina Sturgeon", "mill.example"),
	}
}

// Whoever prunes a release gets what its publisher derives anew: for every tier,
// scope and kind of request.
func TestPruneGivesThePublishersRelease(t *testing.T) {
	t.Parallel()
	c := harbour(t, "weir-voices")
	tiers := []string{"full", "gated", "standoff"}
	secrets := []string{"mill.example", "weir.example", "press.example", "Wilhelmina", "Sturgeon", "cider", "Otter", "duck", "CC-BY", "LicenseRef", "Ada Brine", "salmon"}
	for _, x := range []struct {
		name          string
		asks          []ask
		scopes, tiers []string
	}{
		{"article", []ask{byURL("http://m.weir.example/salmon?utm_source=x", takedown.CascadeDrop)}, []string{""}, tiers[:1]},
		{"article without its comments", []ask{byURL("https://mill.example/race", takedown.CascadeKeep)}, []string{""}, tiers[2:]},
		{"comment", []ask{byID(said(t, c.Build, "It was me"))}, []string{""}, tiers[:1]},
		{"commenter", []ask{byCommenter("Wilhelmina Sturgeon", "mill.example")}, []string{""}, tiers[1:2]},
		{"domain", []ask{byDomain("mill.example")}, []string{""}, tiers[:1]},
		{"all", all(t, c), []string{config.ScopeCorpus, config.ScopeArticle, config.ScopeNone}, tiers},
	} {
		m, _ := requests(t, c, x.asks...)
		build := without(t, c.Build, m)
		for _, scope := range x.scopes {
			for _, tier := range x.tiers {
				t.Run(strings.Join([]string{x.name, scope, tier}, " "), func(t *testing.T) {
					t.Parallel()
					old, want := scoped(t, c, c.Build, tier, scope), scoped(t, c, build, tier, scope)
					data, x := made(t, c, old, c.Build, m)
					for _, s := range secrets {
						if bytes.Contains(data, []byte(s)) {
							t.Errorf("the erratum holds %q", s)
						}
					}
					got := pruned(t, old, x)
					sameRelease(t, got, want)
					sound(t, got, build)
					if filepath.Base(got) != "2.0.0+"+tier {
						t.Errorf("it is called %s", filepath.Base(got))
					}
				})
			}
		}
	}
}

// The erratum may be measured against a later build as well.
func TestErratumOfTheNextBuild(t *testing.T) {
	t.Parallel()
	c := harbour(t, "weir-voices")
	m, list := requests(t, c, all(t, c)...)
	data, err := list.JSON()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(c.Dir, takedown.ListName), data, 0o600); err != nil {
		t.Fatal(err)
	}
	old := released(t, c, c.Build, "full")
	cfg := c.Config(t)
	cfg.Version, cfg.Previous = config.VersionNext, "1.2.0"
	report, err := pipeline.Build(t.Context(), pipeline.Options{Config: cfg, ConfigDir: c.Dir, ConfigName: "corpus.yaml", Out: filepath.Join(c.Dir, "dist"), Key: &c.Key, TakedownKey: &c.Key})
	if err != nil {
		t.Fatal(err)
	}
	next := filepath.Join(c.Dir, "dist", cfg.Corpus, report.Version)
	_, x := made(t, c, old, next, m)
	got := pruned(t, old, x)
	sameRelease(t, got, released(t, c, next, "full"))
	sound(t, got, next)

	// A later build that still holds it will not do, nor one that is none of these.
	other, _ := requests(t, c, byID(said(t, c.Build, "The cider")))
	for name, o := range map[string]prune.ErratumOptions{
		"holds":          {Release: old, Build: next, Matcher: other, Key: &c.Key},
		"the release":    {Release: old, Build: old, Matcher: m, Key: &c.Key},
		"no build":       {Release: old, Matcher: m, Key: &c.Key},
		"another corpus": {Release: old, Build: harbour(t, "weir-papers").Build, Matcher: m, Key: &c.Key},
		"no key":         {Release: old, Build: c.Build, Matcher: m},
		"another key":    {Release: old, Build: c.Build, Matcher: m, Key: &privacy.Key{}},
		"a build":        {Release: c.Build, Build: next, Matcher: m, Key: &c.Key},
	} {
		if _, err := prune.Erratum(t.Context(), o); !errors.Is(err, pipeline.ErrUsage) {
			t.Errorf("%s: %v", name, err)
		} else {
			t.Logf("%s: %v", name, err)
		}
	}
}

// What was pruned can be pruned again, by the build that it names.
func TestPruneTwice(t *testing.T) {
	t.Parallel()
	c := harbour(t, "weir-voices")
	first, _ := requests(t, c, byURL("https://weir.example/locked", takedown.CascadeKeep))
	both, _ := requests(t, c, all(t, c)...)
	build := without(t, c.Build, first)
	old := released(t, c, c.Build, "standoff")
	_, x := made(t, c, old, c.Build, first)
	once := pruned(t, old, x)
	_, x = made(t, c, once, build, both)
	twice := pruned(t, once, x)
	last := without(t, build, both)
	sameRelease(t, twice, released(t, c, last, "standoff"))
	sound(t, twice, last)
	if filepath.Base(twice) != "3.0.0+standoff" {
		t.Errorf("it is called %s", filepath.Base(twice))
	}
}

// A release that holds nothing of it needs no erratum.
func TestNothing(t *testing.T) {
	t.Parallel()
	c := harbour(t, "weir-voices")
	m, _ := requests(t, c, byURL("https://weir.example/never", takedown.CascadeDrop))
	if _, err := prune.Erratum(t.Context(), prune.ErratumOptions{Release: released(t, c, c.Build, "full"), Build: c.Build, Matcher: m, Key: &c.Key}); !errors.Is(err, prune.ErrNothing) {
		t.Error(err)
	}
}

// Where the policy lets a text go that it kept back, since what spoke against it
// is cut, the erratum would have to hold the text.
func TestRefused(t *testing.T) {
	t.Parallel()
	c := releasetest.New(t, "weir-voices", func(yaml string, files map[string][]releasetest.Record) string {
		files["mill"] = []releasetest.Record{{
			Source: "mill", URL: "https://mill.example/race", Title: "Sluice", License: "CC-BY-4.0", Text: "Somebody opened the sluice of the mill race on Sunday.",
			Comments: []releasetest.Comment{
				{ID: "r1", Author: "Wilhelmina Sturgeon", At: "2026-04-03T08:00:00", Text: "It was me, write to sluice@mill.example for more of the same."},
				{ID: "r2", Parent: "r1", Author: "Paddle", At: "2026-04-03T08:10:00", Text: "It was me, write to sluice@mill.example for more of the same. I will not."},
			},
		}}
		return strings.Replace(yaml, "{name: letters, tier: full, record: [comment], license: [CC0-1.0]}", "{name: letters, tier: full, record: [comment], license: [CC0-1.0], personal: [none]}", 1)
	})
	m, _ := requests(t, c, byID(said(t, c.Build, "It was me")))
	_, err := prune.Erratum(t.Context(), prune.ErratumOptions{Release: released(t, c, c.Build, "full"), Build: c.Build, Matcher: m, Key: &c.Key})
	var refused *erratum.RefusedError
	if !errors.As(err, &refused) || !strings.Contains(err.Error(), "text") || strings.Contains(err.Error(), "I will not") {
		t.Errorf("%v", err)
	}
	t.Log(err)
	// It can be said where no text leaves.
	_, x := made(t, c, released(t, c, c.Build, "standoff"), c.Build, m)
	if x.Counts().Comments != 1 {
		t.Errorf("%+v", x.Counts())
	}
}

// Another release, or one that was filled in, is refused, and nothing is written.
func TestOtherReleases(t *testing.T) {
	t.Parallel()
	c := harbour(t, "weir-voices")
	m, _ := requests(t, c, byCommenter("Wilhelmina Sturgeon", "mill.example"))
	full, standoff := released(t, c, c.Build, "full"), released(t, c, c.Build, "standoff")
	_, x := made(t, c, full, c.Build, m)
	for _, dir := range []string{standoff, c.Build, released(t, harbour(t, "weir-papers"), harbour(t, "weir-papers").Build, "full")} {
		out := t.TempDir()
		if _, err := prune.Prune(t.Context(), prune.Options{Release: dir, Erratum: x, Out: out}); !errors.Is(err, pipeline.ErrOtherVersion) || !errors.Is(err, pipeline.ErrUsage) {
			t.Errorf("%s: %v", filepath.Base(dir), err)
		}
		if left, _ := os.ReadDir(out); len(left) > 0 {
			t.Error("something was written")
		}
	}
	filled := fill(t, full, c)
	if _, err := prune.Prune(t.Context(), prune.Options{Release: filled, Erratum: x, Out: t.TempDir()}); !errors.Is(err, pipeline.ErrUsage) || !strings.Contains(err.Error(), "rehydrate") {
		t.Error(err)
	}
	if _, err := prune.Erratum(t.Context(), prune.ErratumOptions{Release: filled, Matcher: m, Key: &c.Key}); !errors.Is(err, pipeline.ErrUsage) || !strings.Contains(err.Error(), "filled in") {
		t.Error(err)
	}
}

// fill rehydrates a release from all inputs of the corpus.
func fill(t *testing.T, dir string, c *releasetest.Corpus) string {
	t.Helper()
	o := rehydrate.Options{Release: dir, Out: t.TempDir()}
	for _, source := range []string{"weir", "mill", "brook"} {
		o.From = append(o.From, rehydrate.Input{Source: source, Path: filepath.Join(c.Dir, "in", source+".jsonl")})
	}
	o.Report = func(f rehydrate.Finding) { t.Logf("%s", f) }
	result, err := rehydrate.Rehydrate(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	sound(t, result.Dir, "")
	if result.Filled[schema.TableArticles] == 0 || result.Filled[schema.TableComments] == 0 {
		t.Errorf("filled in: %v", result.Filled)
	}
	none := map[string]int64{schema.TableArticles: 0, schema.TableComments: 0}
	if diff := cmp.Diff([]map[string]int64{none, none, none}, []map[string]int64{result.Missing, result.Unproven, result.Changed}); diff != "" {
		t.Errorf("%s: missing, unproven, changed:\n%s", filepath.Base(dir), diff)
	}
	return result.Dir
}

// A pruned release is filled in from inputs that still hold what was taken down,
// and nothing of it comes back.
func TestRehydratePruned(t *testing.T) {
	t.Parallel()
	c := harbour(t, "weir-voices")
	m, _ := requests(t, c, all(t, c)...)
	words := []string{"for a glass of the miller's cider", "Wilhelmina Sturgeon", "The mill wheel turns again", "It is not said who may print this", "nobody can count in the dark", "No!"}
	holds := func(dir, s string) bool {
		for _, a := range releasetest.Rows[schema.Article](t, dir, schema.TableArticles) {
			if a.Text != nil && strings.Contains(*a.Text, s) && !strings.HasSuffix(*a.URL, "wheel-again") {
				return true
			}
		}
		return slices.ContainsFunc(releasetest.Rows[schema.Comment](t, dir, schema.TableComments), func(c schema.Comment) bool { return c.Text != nil && strings.Contains(*c.Text, s) })
	}
	for _, tier := range []string{"full", "standoff"} {
		old := released(t, c, c.Build, tier)
		before := fill(t, old, c)
		for _, s := range words {
			if !holds(before, s) && s != "Wilhelmina Sturgeon" { // names are masked
				t.Errorf("%s: “%s” is not there before", tier, s)
			}
		}
		_, x := made(t, c, old, c.Build, m)
		after := fill(t, pruned(t, old, x), c)
		for _, s := range words {
			if holds(after, s) {
				t.Errorf("%s: “%s” came back", tier, s)
			}
		}
		if !holds(after, "[removed]") || !holds(after, "and so would the ducks") {
			t.Errorf("%s: what stays was not filled in", tier)
		}
	}
}
