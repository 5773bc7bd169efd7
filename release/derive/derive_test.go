package derive_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corpus/datasheets/questions"
	"corpus/pipeline"
	"corpus/pipeline/privacy"
	"corpus/pipeline/store"
	"corpus/release"
	"corpus/release/derive"
	"corpus/release/keep"
	"corpus/release/releasetest"
	"corpus/schema"
)

// verify fails where a release is not what it says, or not what follows from
// the build.
func verify(t *testing.T, dir, build string) {
	t.Helper()
	report := func(p release.Problem) { t.Errorf("%s: %s", filepath.Base(dir), p) }
	if _, err := release.Verify(t.Context(), dir, report); err != nil {
		t.Fatal(err)
	}
	if build == "" {
		return
	}
	if err := release.Against(t.Context(), dir, build, report); err != nil {
		t.Fatal(err)
	}
}

func TestTiers(t *testing.T) {
	c := releasetest.New(t, "weir-voices", nil)
	for tier, want := range map[string]struct{ articles, comments map[string]bool }{ // by address and by words: whether the text is there
		"full":     {map[string]bool{"salmon": true, "locked": false, "wheel": true, "dry": false}, map[string]bool{"eight years": true, "midnight": false, "circles": false}},
		"gated":    {map[string]bool{"salmon": true, "locked": false, "wheel": true, "dry": false}, map[string]bool{"eight years": true, "midnight": true, "circles": true, "upstream": false}},
		"standoff": {map[string]bool{"salmon": false, "locked": false, "wheel": false, "dry": false}, map[string]bool{"eight years": false, "midnight": false}},
	} {
		dir := c.Release(t, tier)
		if got := filepath.Base(dir); got != "1.2.0+"+tier {
			t.Errorf("the release is called %s", got)
		}
		verify(t, dir, c.Build)
		for address, there := range want.articles {
			found := false
			for _, a := range releasetest.Rows[schema.Article](t, dir, schema.TableArticles) {
				if strings.HasSuffix(*a.URL, "/"+address) {
					found = true
					if (a.Text != nil) != there || (a.Title != nil) != there {
						t.Errorf("%s: text of %s: %v", tier, address, a.Text != nil)
					}
				}
				if strings.Contains(*a.URL, "press.example") {
					t.Errorf("%s: an excluded article is there", tier)
				}
			}
			if !found {
				t.Errorf("%s: no article %s", tier, address)
			}
		}
		for words, there := range want.comments {
			found := false
			for _, m := range releasetest.Rows[schema.Comment](t, dir, schema.TableComments) {
				found = found || m.Text != nil && strings.Contains(*m.Text, words)
			}
			if found != there {
				t.Errorf("%s: “%s” is there: %v", tier, words, found)
			}
		}
		m, err := store.ReadManifest(dir)
		if err != nil {
			t.Fatal(err)
		}
		if m.Release.Excluded["articles"] != 1 || m.Release.Excluded["comments"] != 3 {
			t.Errorf("%s: excluded %v", tier, m.Release.Excluded)
		}
		if m.Rows["ledger"] != 0 || m.Release.Ledger["article"][""] == 0 {
			t.Errorf("%s: the ledger has %d rows and counts %v", tier, m.Rows["ledger"], m.Release.Ledger)
		}
	}
}

// An excluded comment that others answer leaves its place, any other goes.
func TestExcludedComments(t *testing.T) {
	c := releasetest.New(t, "weir-voices", nil)
	var places, all int
	for _, m := range releasetest.Rows[schema.Comment](t, c.Release(t, "gated"), schema.TableComments) {
		if m.Tier == schema.TierExcluded {
			places++
			if m.State != schema.StateMissing || m.Text != nil || m.NChars != 0 || m.PostedLocal != nil || m.CommenterID != nil {
				t.Errorf("more than its place is there: %+v", m)
			}
		}
		all++
	}
	if places != 1 || all != 4+4+2+2+1 {
		t.Errorf("%d places in %d rows", places, all)
	}
}

// A cluster that loses members is named anew, or goes.
func TestClusters(t *testing.T) {
	c := releasetest.New(t, "weir-voices", nil)
	if before := releasetest.Rows[schema.Duplicate](t, c.Build, schema.TableDuplicates); len(before) != 3 {
		t.Fatalf("the build has %d members of clusters", len(before))
	}
	after := releasetest.Rows[schema.Duplicate](t, c.Release(t, "full"), schema.TableDuplicates)
	if len(after) != 2 || after[0].ClusterID != after[0].RecordID || !slices.ContainsFunc(after, func(d schema.Duplicate) bool { return d.Kept }) {
		t.Errorf("%+v", after)
	}
	alone := releasetest.New(t, "weir-voices", func(yaml string, files map[string][]releasetest.Record) string {
		files["mill"] = append(files["mill"][:1], files["mill"][2])
		return yaml
	})
	if after := releasetest.Rows[schema.Duplicate](t, alone.Release(t, "full"), schema.TableDuplicates); len(after) != 0 {
		t.Errorf("a cluster of one is left: %+v", after)
	}
}

// The same release is the same bytes; another day changes nothing.
func TestSameBytes(t *testing.T) {
	c := releasetest.New(t, "weir-voices", nil)
	for _, tier := range []string{"full", "gated", "standoff"} {
		var manifests []string
		for _, day := range []string{"2026-06-01", "2027-12-24"} {
			o := c.Options(t, tier)
			o.Out, o.Today = t.TempDir(), day
			result, err := derive.Release(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			manifests = append(manifests, result.ManifestSHA256)
		}
		if manifests[0] != manifests[1] {
			t.Errorf("%s: two releases differ", tier)
		}
	}
}

// A draft has the tables of the release, whatever the gates say.
func TestDraft(t *testing.T) {
	c := releasetest.New(t, "weir-voices", nil)
	for _, tier := range []string{"full", "gated", "standoff"} {
		want, err := store.ReadManifest(c.Release(t, tier))
		if err != nil {
			t.Fatal(err)
		}
		draft, err := derive.NewDraft(t.Context(), derive.DraftOptions{Dir: c.Build, Out: t.TempDir(), Terms: keep.TermsOf(want.Release), Key: &c.Key})
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range schema.Tables() {
			if diff := cmp.Diff(want.TableFiles(table.Name), draft.Manifest.TableFiles(table.Name)); diff != "" {
				t.Errorf("%s: %s", tier, diff)
			}
		}
		if diff := cmp.Diff(want.Release, draft.Manifest.Release); diff != "" {
			t.Errorf("%s: %s", tier, diff)
		}
	}
	for name, o := range map[string]derive.DraftOptions{
		"no key":      {Dir: c.Build},
		"another key": {Dir: c.Build, Key: &privacy.Key{}},
		"a release":   {Dir: filepath.Join(filepath.Dir(c.Build), "1.2.0+full"), Key: &c.Key},
	} {
		o.Out, o.Terms = t.TempDir(), keep.Terms{Tier: "full", Scope: "article", Precision: "day"}
		if _, err := derive.NewDraft(t.Context(), o); !errors.Is(err, pipeline.ErrUsage) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func pseudonyms(t *testing.T, dir string) map[string]bool {
	t.Helper()
	ids := map[string]bool{}
	for _, m := range releasetest.Rows[schema.Comment](t, dir, schema.TableComments) {
		if m.CommenterID != nil {
			ids[*m.CommenterID] = true
		}
	}
	return ids
}

func common(a, b map[string]bool) int {
	n := 0
	for id := range a {
		if b[id] {
			n++
		}
	}
	return n
}

// Two corpora of one input have no pseudonym in common, nor two open releases
// with different scopes; one corpus built again has all.
func TestPseudonyms(t *testing.T) {
	scoped := func(scope string) func(string, map[string][]releasetest.Record) string {
		return func(yaml string, _ map[string][]releasetest.Record) string {
			return yaml + "release: {commenter_scope: " + scope + "}\n"
		}
	}
	one, again := releasetest.New(t, "weir-voices", nil), releasetest.New(t, "weir-voices", nil)
	other := releasetest.New(t, "weir-papers", nil)
	corpusWide := releasetest.New(t, "weir-voices", scoped("corpus"))
	nobody := releasetest.New(t, "weir-voices", scoped("none"))
	full, fullAgain := pseudonyms(t, one.Release(t, "full")), pseudonyms(t, again.Release(t, "full"))
	if len(full) < 6 || common(full, fullAgain) != len(full) || len(full) != len(fullAgain) {
		t.Errorf("%d pseudonyms, %d of the same corpus built again, %d in common", len(full), len(fullAgain), common(full, fullAgain))
	}
	build := pseudonyms(t, one.Build)
	wide := pseudonyms(t, corpusWide.Release(t, "full"))
	for name, n := range map[string]int{
		"two corpora":                    common(full, pseudonyms(t, other.Release(t, "full"))),
		"the builds of two corpora":      common(build, pseudonyms(t, other.Build)),
		"releases with different scopes": common(full, wide),
		"a release and its build":        common(full, build),
		"a release without":              len(pseudonyms(t, nobody.Release(t, "full"))),
	} {
		if n != 0 {
			t.Errorf("%s: %d", name, n)
		}
	}
	if len(wide) == 0 || common(wide, build) != len(wide) {
		t.Error("the scope of the corpus has other pseudonyms than the build")
	}
	// Otter writes under two articles: two persons to whoever reads the release.
	if len(full) <= len(wide) {
		t.Errorf("%d pseudonyms by article, %d by corpus", len(full), len(wide))
	}
	for _, dir := range []string{one.Release(t, "standoff"), nobody.Release(t, "standoff")} {
		if n := len(releasetest.Rows[schema.Commenter](t, dir, schema.TableCommenters)); n != 0 {
			t.Errorf("%d commenters", n)
		}
		verify(t, dir, "")
	}
	if got, want := len(releasetest.Rows[schema.Commenter](t, corpusWide.Release(t, "standoff"), schema.TableCommenters)), len(wide); got != want {
		t.Errorf("%d commenters, %d pseudonyms", got, want)
	}
}

// Ids that are made of texts do not leave, and what refers to them still does.
func TestRenamed(t *testing.T) {
	c := releasetest.New(t, "weir-voices", nil)
	content := map[string]bool{}
	for _, m := range releasetest.Rows[schema.Comment](t, c.Build, schema.TableComments) {
		if m.IDBasis == schema.BasisContent {
			content[m.CommentID] = true
		}
	}
	if len(content) != 4 {
		t.Fatalf("%d ids of the build are made of texts", len(content))
	}
	for _, tier := range []string{"full", "gated", "standoff"} {
		var all []string
		for _, m := range releasetest.Rows[schema.Comment](t, c.Release(t, tier), schema.TableComments) {
			all = append(all, m.CommentID, m.ThreadID)
			for _, id := range []*string{m.ParentID, m.InferredParentID} {
				if id != nil {
					all = append(all, *id)
				}
			}
			for _, s := range m.Spans {
				if s.RefID != nil {
					all = append(all, *s.RefID)
				}
			}
		}
		for _, id := range all {
			if content[id] {
				t.Errorf("%s: %s is made of a text", tier, id)
			}
		}
	}
}

func TestTimes(t *testing.T) {
	c := releasetest.New(t, "weir-voices", nil)
	for _, m := range releasetest.Rows[schema.Comment](t, c.Release(t, "full"), schema.TableComments) {
		if m.PostedLocal != nil && len(*m.PostedLocal) > len("2026-03-01") {
			t.Errorf("posted at %s", *m.PostedLocal)
		}
	}
	exact := false
	for _, m := range releasetest.Rows[schema.Comment](t, c.Release(t, "gated"), schema.TableComments) {
		exact = exact || m.PostedLocal != nil && *m.PostedLocal == "2026-03-01T09:10:11"
	}
	if !exact {
		t.Error("a release that leaves on agreement alone has cut its times")
	}
}

// Every gate is closed by default, all that are closed are named, and each says
// what opens it.
func TestGates(t *testing.T) {
	closed := func(o derive.Options) map[string]derive.Gate {
		t.Helper()
		_, err := derive.Release(t.Context(), o)
		var gates *derive.GatesError
		if !errors.As(err, &gates) {
			t.Fatalf("no gate is closed: %v", err)
		}
		byName := map[string]derive.Gate{}
		for _, g := range gates.Gates {
			byName[g.Name] = g
			if g.Why == "" || g.Opens == "" || !strings.Contains(err.Error(), g.Opens) {
				t.Errorf("%s does not say what opens it", g.Name)
			}
		}
		left, err := os.ReadDir(filepath.Dir(o.Dir))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range left {
			if strings.Contains(e.Name(), "+"+o.Tier) {
				t.Errorf("%s was left", e.Name())
			}
		}
		return byName
	}
	bare := releasetest.New(t, "weir-voices", func(yaml string, _ map[string][]releasetest.Record) string {
		yaml = strings.ReplaceAll(yaml, "    consent: *grounds\n", "")
		return strings.Replace(yaml, "      art14: eu-gdpr:A14\n", "      art14: not-informed\n", 1)
	})
	o := bare.Options(t, "full")
	o.Datasheet, o.Today = nil, "2036-01-02"
	got := closed(o)
	for name, record := range map[string][]string{
		"grounds of weir":   {"art14"},
		"grounds of mill":   {"gdpr_basis", "ethics_board", "ethics_ref", "ethics_date", "art14"},
		"grounds of brook":  {"gdpr_basis", "ethics_board", "ethics_ref", "ethics_date", "art14"},
		"retention of weir": {"2036-01-01"},
		"datasheet":         questions.Required(),
	} {
		g, ok := got[name]
		if !ok {
			t.Errorf("the gate %s is open", name)
			continue
		}
		record = slices.Clone(record)
		slices.Sort(record)
		have := slices.Sorted(slices.Values(g.Record))
		if name == "datasheet" { // gdpr_basis and ethics_review are declared of a source alone
			continue
		}
		if d := cmp.Diff(record, have); d != "" {
			t.Errorf("%s:\n%s", name, d)
		}
	}
	if len(got) != 5 {
		t.Errorf("%d gates are closed", len(got))
	}
	// On its last day a source may still be released.
	o.Today = "2036-01-01"
	if _, late := closed(o)["retention of weir"]; late {
		t.Error("the last day is too late")
	}

	open := releasetest.New(t, "weir-voices", func(yaml string, _ map[string][]releasetest.Record) string {
		return yaml + "privacy_limit: {found: 0, names: 0}\n"
	})
	// mink@lamps.example is masked; nothing is left that a limit of 0 forbids.
	open.Release(t, "gated")
	named := releasetest.New(t, "weir-voices", func(yaml string, files map[string][]releasetest.Record) string {
		files["weir"][0].Comments[3].Text = "In the dark Heron has never seen anything, and everybody knows it."
		return yaml + "privacy_limit: {names: 0}\n"
	})
	if _, ok := closed(named.Options(t, "gated"))["privacy"]; !ok {
		t.Error("a name that is left does not close the gate")
	}
	named.Release(t, "standoff") // no text leaves, and no name in it

	changed := open.Options(t, "full")
	changed.Config.Sources[0].Rights.License = "CC-BY-4.0"
	if _, ok := closed(changed)["configuration"]; !ok {
		t.Error("another configuration does not close the gate")
	}
}

// Without masks texts leave only where the persons' agreement is declared.
func TestUnmasked(t *testing.T) {
	plain := func(yaml string, _ map[string][]releasetest.Record) string {
		return strings.Replace(yaml, "splits: thread\n", "splits: thread\nprivacy: none\n", 1)
	}
	c := releasetest.New(t, "weir-voices", plain)
	_, err := derive.Release(t.Context(), c.Options(t, "gated"))
	var gates *derive.GatesError
	if !errors.As(err, &gates) || len(gates.Gates) != 1 || gates.Gates[0].Name != "consent" {
		t.Fatalf("%v", err)
	}
	other := releasetest.New(t, "weir-voices", func(yaml string, files map[string][]releasetest.Record) string {
		return strings.Replace(plain(yaml, files), "      gdpr_basis:", "      consent_basis: not-consent-based\n      gdpr_basis:", 1)
	})
	if _, err := derive.Release(t.Context(), other.Options(t, "gated")); !errors.As(err, &gates) || gates.Gates[0].Name != "consent" {
		t.Fatalf("other grounds than consent open the gate: %v", err)
	}
	agreed := releasetest.New(t, "weir-voices", func(yaml string, files map[string][]releasetest.Record) string {
		return strings.Replace(plain(yaml, files), "      gdpr_basis:", "      consent_basis: dpv:ConsentGiven\n      gdpr_basis:", 1)
	})
	dir := agreed.Release(t, "gated")
	verify(t, dir, agreed.Build)
	names := map[bool]int{}
	for _, row := range releasetest.Rows[schema.Commenter](t, dir, schema.TableCommenters) {
		names[row.Name != nil]++
	}
	if names[true] == 0 || names[false] == 0 { // Newt and Toad of the brook are standoff
		t.Errorf("names are there and not: %v", names)
	}
	for _, row := range releasetest.Rows[schema.Commenter](t, agreed.Release(t, "standoff"), schema.TableCommenters) {
		t.Errorf("a stand-off release has the commenter %s", row.CommenterID)
	}
}

func TestUsage(t *testing.T) {
	c := releasetest.New(t, "weir-voices", nil)
	released := c.Release(t, "full")
	wrong := func(name, want string, change func(o *derive.Options)) {
		t.Helper()
		o := c.Options(t, "gated")
		change(&o)
		_, err := derive.Release(t.Context(), o)
		if !errors.Is(err, pipeline.ErrUsage) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	other := privacy.Key{}
	wrong("another key", "wrong key", func(o *derive.Options) { o.Key = &other })
	wrong("no key", "needs the key", func(o *derive.Options) { o.Key = nil })
	wrong("a release", "this is a release", func(o *derive.Options) { o.Dir = released })
	wrong("another tier", "full, gated and standoff", func(o *derive.Options) { o.Tier = "excluded" })
	wrong("another corpus", "weir-papers", func(o *derive.Options) { o.Config.Corpus = "weir-papers" })
	if _, err := derive.Release(t.Context(), c.Options(t, "full")); !errors.Is(err, store.ErrExists) {
		t.Errorf("a release is written over: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := derive.Release(ctx, c.Options(t, "gated")); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	// A damaged build is not released.
	file := filepath.Join(c.Build, "data", "comments", "train-00000-of-00001.parquet")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/2] ^= 1
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	var gates *derive.GatesError
	if _, err := derive.Release(t.Context(), c.Options(t, "gated")); !errors.As(err, &gates) || gates.Gates[0].Name != "build" {
		t.Errorf("%v", err)
	}
}
