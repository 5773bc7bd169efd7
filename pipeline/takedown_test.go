package pipeline_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corpus/pipeline"
	"corpus/pipeline/config"
	"corpus/pipeline/privacy"
	"corpus/pipeline/store"
	"corpus/pipeline/takedown"
	"corpus/release"
	"corpus/schema"
)

// quay is the corpus of testdata/takedown, copied so that a test may change it.
func quay(t *testing.T) *corpusOf {
	t.Helper()
	c := &corpusOf{dir: t.TempDir()}
	for _, name := range []string{"corpus.yaml", "in/quay.jsonl", "in/rope.jsonl"} {
		data, err := os.ReadFile(filepath.Join("testdata", "takedown", filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		c.write(t, name, string(data))
	}
	return c
}

// asked puts requests into the list beside corpus.yaml, and gives its key.
func (c *corpusOf) asked(t *testing.T, requests ...func(takedown.Marker, *privacy.Guard) (takedown.Request, error)) *privacy.Key {
	t.Helper()
	key := sharedKey(t)
	guard, err := privacy.New(key, "quay-voices", config.PrivacyPseudonyms)
	if err != nil {
		t.Fatal(err)
	}
	list := takedown.NewList(*key, "quay-voices")
	for _, ask := range requests {
		r, err := ask(takedown.NewMarker(*key, "quay-voices"), guard)
		if err != nil {
			t.Fatal(err)
		}
		if r.Reason == "" {
			r.Reason = "A17"
		}
		if r.Cascade == "" {
			r.Cascade = takedown.CascadeDrop
		}
		list.Add(r)
	}
	data, err := list.JSON()
	if err != nil {
		t.Fatal(err)
	}
	c.write(t, takedown.ListName, string(data))
	return key
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

func byAuthor(name string) ask {
	return func(m takedown.Marker, _ *privacy.Guard) (takedown.Request, error) { return m.Author(name, "") }
}

// sound fails where verify finds something wrong.
func sound(t *testing.T, dir string) {
	t.Helper()
	_, err := release.Verify(t.Context(), dir, func(p release.Problem) { t.Errorf("verify: %s", p) })
	if err != nil {
		t.Fatal(err)
	}
}

// commentOf is the comment whose text begins with start.
func commentOf(t *testing.T, version, start string) schema.Comment {
	t.Helper()
	for _, c := range commentsOf(t, version) {
		if c.Text != nil && strings.HasPrefix(*c.Text, start) {
			return c
		}
	}
	t.Fatalf("no comment begins with %q", start)
	return schema.Comment{}
}

func articleAt(t *testing.T, version, part string) schema.Article {
	t.Helper()
	for _, a := range articlesOf(t, version) {
		if a.URL != nil && strings.Contains(*a.URL, part) {
			return a
		}
	}
	t.Fatalf("no article has %q in its address", part)
	return schema.Article{}
}

func TestTakedown(t *testing.T) {
	c := quay(t)
	o := c.options(t)
	before, _ := c.build(t, o)
	sound(t, before)
	said := commentOf(t, before, "You can boil")
	fare := articleAt(t, before, "2026/ferry-fare/")

	o.TakedownKey = c.asked(t, byURL("http://m.quay.example/2026/ferry-fare/?utm_medium=x", ""), byID(said.CommentID),
		byCommenter("hilda quillfeather", "quay.example"), byDomain("ropewalk.example"))
	o.Out = filepath.Join(c.dir, "after")
	after, report := c.build(t, o)
	sound(t, after)

	for _, a := range articlesOf(t, after) {
		gone := a.ArticleID == fare.ArticleID || a.SourceID == "rope"
		if gone != (a.State == schema.StateTombstone) {
			t.Errorf("article %s has the state %s", a.ArticleID, a.State)
		}
		if gone && (a.URL != nil || a.CanonicalURL != nil || a.Title != nil || a.Text != nil || len(a.Byline) > 0 || len(a.Tags) > 0 || a.NComments != 0) {
			t.Errorf("the tombstone of %s holds something", a.ArticleID)
		}
	}
	states := map[string]int{}
	for _, x := range commentsOf(t, after) {
		states[x.State]++
		if x.State == schema.StateTombstone && (x.Text != nil || x.CommenterID != nil || x.PostedLocal != nil || x.PostedAt != nil) {
			t.Errorf("the tombstone of %s holds something", x.CommentID)
		}
		if x.CommentID == said.CommentID && (x.ThreadID != said.ThreadID || x.Position != said.Position || x.State != schema.StateTombstone) {
			t.Errorf("the comment has lost its place: %+v", x)
		}
	}
	// Of 15 comments, four went with the article and the domain; one was asked
	// for, and one that is left is by the commenter: "hilda.q" is another name.
	if states[schema.StateTombstone] != 2 || states[schema.StateVisible] != 9 {
		t.Errorf("states of comments: %v", states)
	}
	var all strings.Builder
	for _, a := range articlesOf(t, after) {
		if a.Text != nil {
			all.WriteString(*a.Text + "\n")
		}
	}
	for _, x := range commentsOf(t, after) {
		if x.Text != nil {
			all.WriteString(*x.Text + "\n")
		}
	}
	for _, gone := range []string{"taste of the harbour", "Hilda Quillfeather", "ferry-fare/", "ropewalk", "cooked under a blanket", "nine hours"} {
		if strings.Contains(all.String(), gone) {
			t.Errorf("%q is left: %s", gone, all.String())
		}
	}
	for _, stays := range []string{"Your aunt should be asked", "had pepper", "I agree that", "ferry-fare-update", "nobody doubts the blanket", "for more."} {
		if stays != "ferry-fare-update" && !strings.Contains(all.String(), stays) {
			t.Errorf("%q went as well: %s", stays, all.String())
		}
	}
	if report.Masked[schema.SpanRemoved] == 0 {
		t.Error("nothing was counted as removed")
	}
	outcomes := map[string]int64{}
	for _, s := range report.Sources {
		for name, n := range s.Outcomes {
			outcomes[name] += n
		}
	}
	if outcomes[schema.OutcomeTombstone] != 3 || outcomes[schema.OutcomeArticle] != 4 || report.CommentsExcluded != 6 {
		t.Errorf("outcomes %v, %d comments excluded", outcomes, report.CommentsExcluded)
	}
}

// A later capture under another address of the same canonical one, and an old
// input that comes back, bring nothing back.
func TestTakedownHolds(t *testing.T) {
	c := quay(t)
	o := c.options(t)
	o.TakedownKey = c.asked(t, byURL("https://quay.example/2026/ferry-fare/", ""))
	later, err := os.ReadFile(filepath.Join("testdata", "takedown", "later.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	c.write(t, "in/quay-later.jsonl", string(later))
	dir, report := c.build(t, o)
	sound(t, dir)
	for _, a := range articlesOf(t, dir) {
		if a.Text != nil && strings.Contains(*a.Text, "mussel") {
			t.Error("the later capture is there")
		}
	}
	if n := report.Sources[0].Outcomes[schema.OutcomeTombstone]; n != 2 {
		t.Errorf("%d documents ended as tombstones", n)
	}
}

func TestTakedownKeepsComments(t *testing.T) {
	c := quay(t)
	o := c.options(t)
	before, _ := c.build(t, o)
	o.TakedownKey = c.asked(t, byURL("https://quay.example/2026/ferry-fare/", takedown.CascadeKeep), byAuthor("WINIFRED Ashlar"))
	o.Out = filepath.Join(c.dir, "after")
	after, _ := c.build(t, o)
	sound(t, after)
	id := articleAt(t, before, "2026/ferry-fare/").ArticleID
	kept := 0
	for _, x := range commentsOf(t, after) {
		if x.ArticleID == id && x.Text != nil {
			kept++
		}
	}
	if kept != 2 {
		t.Errorf("%d comments are kept", kept)
	}
	for _, a := range articlesOf(t, after) {
		if strings.Contains(strings.Join(a.Byline, "|"), "Ashlar") {
			t.Error("an article of the author is left")
		}
	}
}

// Nothing depends on the number of workers, and a list without its key, or
// with another one, builds nothing.
func TestTakedownKey(t *testing.T) {
	c := quay(t)
	o := c.options(t)
	key := c.asked(t, byDomain("ropewalk.example"), byCommenter("Hilda Quillfeather", "quay.example"))
	var digests []string
	for _, workers := range []int{1, 4} {
		o.TakedownKey, o.Workers, o.Out = key, workers, t.TempDir()
		_, report := c.build(t, o)
		digests = append(digests, report.ManifestSHA256)
	}
	if digests[0] != digests[1] {
		t.Error("the number of workers reaches the output")
	}
	other, err := privacy.CreateKey(filepath.Join(t.TempDir(), "key"))
	if err != nil {
		t.Fatal(err)
	}
	for _, wrong := range []*privacy.Key{nil, &other} {
		o.TakedownKey, o.Out = wrong, t.TempDir()
		if _, err := pipeline.Build(t.Context(), o); !errors.Is(err, pipeline.ErrUsage) || !errors.Is(err, takedown.ErrKey) {
			t.Errorf("with a wrong key: %v", err)
		}
	}
}

// What prune makes of the old version with an erratum is what the builder gets
// who builds again: the same tables byte for byte, the same counts.
func TestPruneIsRebuild(t *testing.T) {
	for _, x := range []struct{ name, cascade, from, to string }{
		{"drop", takedown.CascadeDrop, "", ""},
		{"keep", takedown.CascadeKeep, "", ""},
		{"names", takedown.CascadeKeep, "title:", "privacy: none\ntitle:"},
		{"commenter", takedown.CascadeDrop, "splits: thread", "splits: commenter"},
		{"time", takedown.CascadeDrop, "splits: thread", "splits: time"},
		{"unsplit", takedown.CascadeDrop, "splits: thread", "splits: none"},
		{"policy", takedown.CascadeKeep, "sources:", "policy:\n  default: full\n  rules:\n    - {personal: [masked], tier: gated}\nsources:"},
	} {
		t.Run(x.name, func(t *testing.T) {
			c, cascade := quay(t), x.cascade
			c.write(t, "corpus.yaml", strings.Replace(readText(t, filepath.Join(c.dir, "corpus.yaml")), x.from, x.to, 1))
			o := c.options(t)
			before, _ := c.build(t, o)
			said := commentOf(t, before, "You can boil")
			o.TakedownKey = c.asked(t, byURL("https://quay.example/2026/ferry-fare/", cascade), byID(said.CommentID),
				byCommenter("Hilda Quillfeather", "quay.example"), byDomain("ropewalk.example"))

			list, err := takedown.Load(filepath.Join(c.dir, takedown.ListName), "quay-voices")
			if err != nil {
				t.Fatal(err)
			}
			matcher, err := takedown.NewMatcher(list, o.TakedownKey)
			if err != nil {
				t.Fatal(err)
			}
			erratum, _, err := matcher.NewErratum(t.Context(), before)
			if err != nil {
				t.Fatal(err)
			}
			data, err := erratum.JSON()
			if err != nil {
				t.Fatal(err)
			}
			for _, secret := range []string{"quay.example", "ropewalk", "Hilda", "harbour master", "oyster"} {
				if strings.Contains(string(data), secret) {
					t.Errorf("the erratum holds %q", secret)
				}
			}
			again, err := takedown.ParseErratum(data)
			if err != nil {
				t.Fatal(err)
			}
			report, err := pipeline.Prune(t.Context(), pipeline.PruneOptions{Dir: before, Erratum: again, Out: filepath.Join(c.dir, "pruned")})
			if err != nil {
				t.Fatal(err)
			}
			pruned := filepath.Join(c.dir, "pruned", "quay-voices", report.Version)
			sound(t, pruned)

			c.write(t, "corpus.yaml", strings.Replace(readText(t, filepath.Join(c.dir, "corpus.yaml")), "version: 0.1.0", "version: next\nprevious: 0.1.0", 1))
			next := c.options(t)
			next.TakedownKey = o.TakedownKey
			rebuilt, built := c.build(t, next)
			sound(t, rebuilt)
			if report.Version != built.Version || built.Version != "1.0.0" {
				t.Errorf("pruned is %s, rebuilt %s", report.Version, built.Version)
			}
			a, b := manifestOf(t, pruned), manifestOf(t, rebuilt)
			byPath := map[string]string{}
			for _, f := range b.Files {
				byPath[f.Path] = f.SHA256
			}
			for _, f := range a.Files {
				if f.Table == "" && f.Path != "corpus.lock" && f.Path != "statistics.json" && f.Path != "audit/splits.json" && f.Path != "audit/policy.json" {
					continue
				}
				if byPath[f.Path] != f.SHA256 {
					t.Errorf("%s is not what the rebuild has", f.Path)
				}
			}
			if diff := cmp.Diff(a.Sources, b.Sources); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(a.Masked[schema.SpanRemoved], b.Masked[schema.SpanRemoved]); diff != "" {
				t.Error(diff)
			}
			if a.Masked[schema.SpanRemoved] == 0 {
				t.Error("nothing was cut")
			}
			// Another version cannot be pruned with it.
			if _, err := pipeline.Prune(t.Context(), pipeline.PruneOptions{Dir: rebuilt, Erratum: again, Out: t.TempDir()}); !errors.Is(err, pipeline.ErrOtherVersion) {
				t.Errorf("another version: %v", err)
			}
		})
	}
}

func readText(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func manifestOf(t *testing.T, dir string) *store.Manifest {
	t.Helper()
	m, err := store.ReadManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// The inputs that still hold what was taken down are named with their place,
// and the cache keeps nothing of them, now and after the next build.
func TestHoldings(t *testing.T) {
	c := quay(t)
	o := c.options(t)
	o.Cache = filepath.Join(c.dir, "cache")
	before, _ := c.build(t, o)
	said := commentOf(t, before, "The wall has better manners")
	key := c.asked(t, byDomain("ropewalk.example"), byID(said.CommentID), byCommenter("hilda.q", "quay.example"))
	list, err := takedown.Load(filepath.Join(c.dir, takedown.ListName), "quay-voices")
	if err != nil {
		t.Fatal(err)
	}
	m, err := takedown.NewMatcher(list, key)
	if err != nil {
		t.Fatal(err)
	}
	o.TakedownKey, o.Out = key, filepath.Join(c.dir, "after")
	h, err := pipeline.FindHoldings(t.Context(), o, m)
	if err != nil {
		t.Fatal(err)
	}
	var places []string
	for _, d := range h.Documents {
		places = append(places, fmt.Sprintf("%s/%s %s article %t, %d comments", d.Source, d.Path, d.Locator, d.Article, d.Comments))
	}
	want := []string{
		"quay/quay.jsonl line=4 article false, 1 comments",
		"quay/quay.jsonl line=5 article false, 1 comments",
		"rope/rope.jsonl line=1 article true, 0 comments",
		"rope/rope.jsonl line=2 article true, 0 comments",
	}
	if diff := cmp.Diff(want, places); diff != "" {
		t.Error(diff)
	}
	// hilda.q has an account, whose pseudonym only the inputs tell.
	learned := 0
	for _, marks := range h.Learned {
		for _, mark := range marks {
			if mark.Kind == takedown.KindCommenter {
				learned++
			}
		}
	}
	if learned != 1 {
		t.Errorf("%d pseudonyms were learned", learned)
	}
	removed, err := pipeline.PurgeCache(o.Cache, h.Documents)
	if err != nil || removed != 2 {
		t.Errorf("%d entries were removed from the cache: %v", removed, err)
	}
	after, _ := c.build(t, o)
	sound(t, after)
	if removed, err = pipeline.PurgeCache(o.Cache, h.Documents); err != nil || removed != 0 {
		t.Errorf("the build has put %d entries back into the cache: %v", removed, err)
	}
}
