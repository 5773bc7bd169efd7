package release_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"corpus/pipeline"
	"corpus/pipeline/store"
	"corpus/release"
	"corpus/release/releasetest"
	"corpus/schema"
)

// changes are what a test does to a release before it is written again.
type changes struct {
	article   func(*schema.Article)
	comment   func(*schema.Comment)
	commenter []schema.Commenter
	ledger    []schema.LedgerRow
	manifest  func(*store.Manifest)
	file      map[string]string // further files; "" leaves one out
}

// rewrite writes a release anew, changed, so that all its digests are right.
func rewrite(t *testing.T, dir string, c changes) string {
	t.Helper()
	m, err := store.ReadManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	v, err := store.CreateRelease(t.TempDir(), m.Corpus, m.Version)
	if err != nil {
		t.Fatal(err)
	}
	defer v.Abort()
	table(t, v, dir, schema.TableArticles, c.article, nil)
	table(t, v, dir, schema.TableComments, c.comment, nil)
	table(t, v, dir, schema.TableCommenters, nil, c.commenter)
	table[schema.Capture](t, v, dir, schema.TableCaptures, nil, nil)
	table[schema.Source](t, v, dir, schema.TableSources, nil, nil)
	table(t, v, dir, schema.TableLedger, nil, c.ledger)
	table[schema.Duplicate](t, v, dir, schema.TableDuplicates, nil, nil)
	for _, f := range m.Files {
		content, changed := c.file[f.Path]
		if f.Table != "" || changed && content == "" {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(f.Path)))
		if err != nil {
			t.Fatal(err)
		}
		if changed {
			data = []byte(content)
		}
		put(t, v, f.Path, data)
	}
	for path, content := range c.file {
		if content != "" && !slices.ContainsFunc(m.Files, func(f store.FileInfo) bool { return f.Path == path }) {
			put(t, v, path, []byte(content))
		}
	}
	if c.manifest != nil {
		c.manifest(m)
	}
	out := filepath.Join(filepath.Dir(v.Dir()), m.Version)
	if _, err := v.Seal(m); err != nil {
		t.Fatal(err)
	}
	return out
}

func put(t *testing.T, v *store.Version, path string, data []byte) {
	t.Helper()
	if _, err := v.WriteFile(path, data); err != nil {
		t.Fatal(err)
	}
}

func table[T any](t *testing.T, v *store.Version, dir, name string, change func(*T), more []T) {
	t.Helper()
	out, err := store.NewShards[T](v, name)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Abort()
	for row, err := range store.Rows[T](dir, name) {
		if err != nil {
			t.Fatal(err)
		}
		if change != nil {
			change(&row)
		}
		if err := out.Write(row); err != nil {
			t.Fatal(err)
		}
	}
	for _, row := range more {
		if err := out.Write(row); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := out.Close(); err != nil {
		t.Fatal(err)
	}
}

func ptr[T any](v T) *T { return &v }

// article and comment change one row: the one whose URL ends so, and the one at
// a position of an article with so many comments.
func onArticle(url string, change func(*schema.Article)) func(*schema.Article) {
	return func(a *schema.Article) {
		if a.URL != nil && strings.HasSuffix(*a.URL, url) {
			change(a)
		}
	}
}

func onComment(is func(*schema.Comment) bool, change func(*schema.Comment)) func(*schema.Comment) {
	done := false
	return func(c *schema.Comment) {
		if !done && is(c) {
			change(c)
			done = true
		}
	}
}

// A release that holds more than its terms allow, or proves less, is found out,
// however right its digests are.
func TestReleaseThatHoldsTooMuch(t *testing.T) {
	c := releasetest.New(t, "weir-voices", nil)
	dirs := map[string]string{"standoff": c.Release(t, "standoff"), "full": c.Release(t, "full")}
	short := func(c *schema.Comment) bool {
		return c.NChars > 0 && c.NChars < schema.MinDigest && c.Tier != schema.TierFull
	}
	long := func(c *schema.Comment) bool { return c.NChars >= schema.MinDigest && c.Tier != schema.TierFull }
	place := func(c *schema.Comment) bool { return c.Tier == schema.TierExcluded }
	said := func(c *schema.Comment) bool { return c.CommenterID != nil }
	digest := ptr(strings.Repeat("0", 64))
	for name, x := range map[string]struct {
		tier   string
		change changes
		column string // of a problem
		what   string // part of what is said of it
	}{
		"a title":               {"standoff", changes{article: onArticle("/salmon", func(a *schema.Article) { a.Title = ptr("Salmon") })}, "title", "keeps it back"},
		"an author":             {"standoff", changes{article: onArticle("/salmon", func(a *schema.Article) { a.Byline = []string{"Ada Brine"} })}, "byline", "keeps it back"},
		"a title beside others": {"full", changes{article: onArticle("/locked", func(a *schema.Article) { a.Title = ptr("A page") })}, "title", "keeps it back"},
		"a statement of licence": {"standoff", changes{article: onArticle("/salmon", func(a *schema.Article) {
			a.LicenseStatements = []schema.LicenseStatement{{Where: "text", Covers: "article", Raw: ptr("by Ada Brine")}}
		})}, "license_statements", "keeps it back"},
		"a text":                {"full", changes{comment: onComment(long, func(c *schema.Comment) { c.Text = ptr(strings.Repeat("a", int(c.NChars))) })}, "text", "keeps it back"},
		"a role":                {"full", changes{comment: onComment(long, func(c *schema.Comment) { c.CommenterRole = ptr("keeper of the weir") })}, "commenter_role", "keeps it back"},
		"an input":              {"full", changes{article: onArticle("/salmon", func(a *schema.Article) { a.InputSHA256 = *digest })}, "input_sha256", "keeps it back"},
		"a place in an input":   {"full", changes{comment: onComment(long, func(c *schema.Comment) { c.Locator = "member=ada/pages.html" })}, "locator", "keeps it back"},
		"a digest of little":    {"standoff", changes{comment: onComment(short, func(c *schema.Comment) { c.TextSHA256 = digest })}, "text_sha256", "could be found by trying"},
		"no digest of much":     {"standoff", changes{comment: onComment(long, func(c *schema.Comment) { c.TextSHA256 = nil })}, "text_sha256", "nobody can prove"},
		"no digest of a thread": {"standoff", changes{article: onArticle("/salmon", func(a *schema.Article) { a.ThreadSHA256 = nil })}, "thread_sha256", "nobody can prove"},
		"a digest of no thread": {"standoff", changes{article: onArticle("/thread", func(a *schema.Article) { a.ThreadSHA256 = digest })}, "thread_sha256", "could prove"},
		"no digest of a title":  {"standoff", changes{article: onArticle("/salmon", func(a *schema.Article) { a.WithheldSHA256 = nil })}, "withheld_sha256", "nobody can prove"},
		"a digest too many":     {"full", changes{article: onArticle("/salmon", func(a *schema.Article) { a.WithheldSHA256 = digest })}, "withheld_sha256", "could prove"},
		"an exact time":         {"full", changes{comment: onComment(said, func(c *schema.Comment) { c.PostedLocal, c.PostedPrecision = ptr("2026-03-01T09:10"), ptr("minute") })}, "posted_at", "more exact"},
		"an exact instant":      {"full", changes{comment: onComment(said, func(c *schema.Comment) { c.EditedAt = ptr(int64(1)) })}, "posted_at", "more exact"},
		"an excluded article":   {"full", changes{article: onArticle("/salmon", func(a *schema.Article) { a.Tier = schema.TierExcluded })}, "tier", "no release holds"},
		"more than its place":   {"full", changes{comment: onComment(place, func(c *schema.Comment) { c.PostedLocal, c.PostedPrecision = ptr("2026"), ptr("year") })}, "tier", "no more of such a record"},
		"another tier":          {"standoff", changes{comment: onComment(long, func(c *schema.Comment) { c.Tier = schema.TierFull })}, "tier", "the policy of the version gives"},
		"a length":              {"standoff", changes{comment: onComment(long, func(c *schema.Comment) { c.NChars++ })}, "blocks", "end before the text does"},
		"a span beyond the text": {"standoff", changes{comment: onComment(long, func(c *schema.Comment) {
			c.Spans = append(c.Spans, schema.Span{Kind: "link", Start: 1, End: c.NChars + 1})
		})}, "spans", "goes from 1 to"},
		"one person everywhere": {"full", changes{comment: func(c *schema.Comment) {
			if c.CommenterID != nil {
				c.CommenterID = ptr(strings.Repeat("a", 32))
			}
		}}, "commenter_id", "although the scope is the article"},
		"a commenter":            {"full", changes{commenter: []schema.Commenter{{CommenterID: strings.Repeat("a", 32), NComments: 1, NArticles: 1}}}, "", "has 1 rows"},
		"a row of the ledger":    {"full", changes{ledger: []schema.LedgerRow{{SourceID: "weir", InputPath: "weir.jsonl", Outcome: "article", Reason: nil}}}, "", "the ledger leaves as counts"},
		"other counts":           {"full", changes{manifest: func(m *store.Manifest) { m.Release.Ledger["article"][""]++ }}, "release.ledger", "the sources have"},
		"fewer withheld":         {"full", changes{manifest: func(m *store.Manifest) { m.Release.Withheld["comments"]-- }}, "release.withheld", "there are"},
		"the lock":               {"full", changes{file: map[string]string{"corpus.lock": "{}\n"}}, "", "names inputs of the builder"},
		"no recipe":              {"full", changes{file: map[string]string{"rehydrate.json": ""}}, "", "nobody can fill"},
		"another recipe":         {"full", changes{file: map[string]string{"rehydrate.json": `{"schema":1,"corpus":"mill","privacy":"none","tool":{"name":"","version":""},"limits":{"bytes":1,"comments":1,"depth":1},"sources":[]}`}}, "", "another corpus"},
		"a thread out of place":  {"full", changes{comment: onComment(place, func(c *schema.Comment) { c.ParentID = ptr(strings.Repeat("b", 32)) })}, "parent_id", "no comment of its article"},
		"pseudonyms where none":  {"full", changes{manifest: func(m *store.Manifest) { m.Release.CommenterScope = "none" }}, "commenter_id", "without pseudonyms"},
		"words where there none": {"full", changes{manifest: func(m *store.Manifest) { m.Release.TimePrecision = "year" }}, "posted_at", "more exact"},
	} {
		dir := rewrite(t, dirs[x.tier], x.change)
		var problems []release.Problem
		if _, err := release.Verify(t.Context(), dir, func(p release.Problem) { problems = append(problems, p) }); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if !slices.ContainsFunc(problems, func(p release.Problem) bool {
			return strings.HasPrefix(p.Column, x.column) && strings.Contains(p.What, x.what)
		}) {
			t.Errorf("%s is not found: %v", name, problems)
		}
	}
	// Written anew as it is, it is whole.
	for tier, dir := range dirs {
		if _, err := release.Verify(t.Context(), rewrite(t, dir, changes{}), func(p release.Problem) { t.Errorf("%s: %s", tier, p) }); err != nil {
			t.Fatal(err)
		}
	}
}

// What is right by itself and not by the build is found beside it.
func TestReleaseOfAnotherBuild(t *testing.T) {
	c := releasetest.New(t, "weir-voices", nil)
	dir := c.Release(t, "full")
	digest := ptr(strings.Repeat("0", 64))
	full := func(c *schema.Comment) bool { return c.Tier == schema.TierFull }
	native := func(c *schema.Comment) bool {
		return c.IDBasis == schema.BasisNative && c.ParentID == nil && c.State == schema.StateVisible
	}
	content := func(c *schema.Comment) bool { return c.IDBasis == schema.BasisContent }
	for name, x := range map[string]struct {
		change changes
		column string
	}{
		"another digest":    {changes{article: onArticle("/locked", func(a *schema.Article) { a.TextSHA256 = digest })}, "text_sha256"},
		"another thread":    {changes{article: onArticle("/locked", func(a *schema.Article) { a.ThreadSHA256 = digest })}, "thread_sha256"},
		"another title":     {changes{article: onArticle("/salmon", func(a *schema.Article) { a.Title = ptr("Trout") })}, "title"},
		"another withheld":  {changes{article: onArticle("/locked", func(a *schema.Article) { a.WithheldSHA256 = digest })}, "withheld_sha256"},
		"another vote":      {changes{comment: onComment(full, func(c *schema.Comment) { c.VotesUp = ptr(int32(7)) })}, "votes_up"},
		"another id":        {changes{comment: onComment(native, func(c *schema.Comment) { c.CommentID, c.ThreadID = strings.Repeat("a", 32), strings.Repeat("a", 32) })}, "comment_id"},
		"a day of the week": {changes{comment: onComment(content, func(c *schema.Comment) { c.PostedLocal = ptr("2026-03-04") })}, "posted_local"},
	} {
		var found []string
		if err := release.Against(t.Context(), rewrite(t, dir, x.change), c.Build, func(p release.Problem) { found = append(found, p.Column) }); err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(found, x.column) {
			t.Errorf("%s is not found: %v", name, found)
		}
	}
	other := releasetest.New(t, "weir-voices", func(yaml string, files map[string][]releasetest.Record) string {
		files["weir"][0].Title = "Trout at the ladder"
		return yaml
	})
	var found []release.Problem
	if err := release.Against(t.Context(), dir, other.Build, func(p release.Problem) { found = append(found, p) }); err != nil || len(found) != 1 || found[0].Column != "release.build_sha256" {
		t.Errorf("%v, %v", found, err)
	}
	if err := release.Against(t.Context(), c.Build, c.Build, func(release.Problem) {}); !errors.Is(err, pipeline.ErrUsage) {
		t.Errorf("a build is taken for a release: %v", err)
	}
}
