package pipeline_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"corpus/pipeline"
	"corpus/schema"
)

// saltmarshYAML declares the two exports of one invented blog.
const saltmarshYAML = `corpus: saltmarsh
version: 0.1.0
accept_rejects: 2
sources:
  - id: blog
    inputs: [saltmarsh.wordpress.xml]
    identity_scope: saltmarsh.example
`

const saltmarshDisqus = `  - id: disqus
    inputs: [saltmarsh.disqus.xml]
    identity_scope: saltmarsh.example
`

func saltmarsh(t *testing.T, yaml string) *corpusOf {
	t.Helper()
	files := map[string]string{}
	for _, name := range []string{"saltmarsh.wordpress.xml", "saltmarsh.disqus.xml"} {
		body, err := os.ReadFile(filepath.Join("testdata", "saltmarsh", name))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = string(body)
	}
	return newCorpus(t, yaml, files)
}

func ledgerOf(t *testing.T, version string) []string {
	t.Helper()
	var lines []string
	for _, r := range rowsOf[schema.LedgerRow](t, version, schema.TableLedger) {
		lines = append(lines, fmt.Sprintf("%s %s %s %s read %d kept %d duplicate %d excluded %d: %s", r.SourceID, r.Locator, r.Outcome, text(r.Reason),
			r.NCommentsRead, r.NCommentsKept, r.NCommentsDuplicate, r.NCommentsExcluded, text(r.Detail)))
	}
	return lines
}

func text(s *string) string {
	if s == nil {
		return "-"
	}
	return *s
}

// The exports of one blog join: one thread an article, every comment once, and
// a line in the ledger for whatever is not in the tables.
func TestExportsOfOneBlogJoin(t *testing.T) {
	c := saltmarsh(t, saltmarshYAML+saltmarshDisqus)
	version, report := c.build(t, c.options(t))
	if report.RejectedTooMany || report.Rejected != 2 {
		t.Errorf("%d rejected: %v", report.Rejected, report.Examples)
	}
	var articles []string
	ids := map[string]string{}
	for _, a := range articlesOf(t, version) {
		ids[a.ArticleID] = text(a.Title)
		articles = append(articles, fmt.Sprintf("%s %s %s %d", text(a.URL), a.IDBasis, a.State, a.NComments))
	}
	slices.Sort(articles)
	if diff := cmp.Diff([]string{
		"- native no_text 1",
		"- native no_text 1",
		"https://saltmarsh.example/about/ url present 0",
		"https://saltmarsh.example/guestbook/ url no_text 2",
		"https://saltmarsh.example/heron-at-the-sluice/ url present 9",
		"https://saltmarsh.example/tide-tables/ url present 3",
	}, articles); diff != "" {
		t.Error(diff)
	}
	var heron []string
	comments := commentsOf(t, version)
	numbers := map[string]int{}
	for _, r := range comments {
		if strings.HasPrefix(ids[r.ArticleID], "The heron") {
			numbers[r.CommentID] = len(heron)
			parent := "-"
			if r.ParentID != nil {
				parent = fmt.Sprint(numbers[*r.ParentID])
			}
			heron = append(heron, fmt.Sprintf("%s depth %d to %s: %s", r.State, r.Depth, parent, text(r.Text)))
		}
	}
	if diff := cmp.Diff([]string{
		"visible depth 0 to -: I saw it too, from the bridge.\n\nIt looked hungry.",
		"visible depth 1 to 0: I saw it too\n\n@[user]: then it was two of us.",
		"visible depth 2 to 1: Three, with my dog.",
		"missing depth 0 to -: -",
		"visible depth 1 to 3: No boots, thanks.",
		"visible depth 0 to -: It is back today.",
		"visible depth 1 to 5: Where?",
		"deleted depth 2 to 6: -",
		"visible depth 3 to 7: Do not, Gull.",
		"visible depth 0 to -: A comment by way of the feed.",
	}, heron); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{
		"blog item=1 article - read 10 kept 4 duplicate 0 excluded 6: comments left out: 1 pending, 1 spam, 2 trash, 1 pingback, 1 trackback; characters that XML does not allow were dropped: 2",
		"blog item=2 article - read 0 kept 0 duplicate 0 excluded 0: -",
		"blog item=3 excluded not_public read 1 kept 0 duplicate 0 excluded 1: status draft",
		"blog item=4 excluded not_public read 0 kept 0 duplicate 0 excluded 0: status private",
		"blog item=5 excluded not_public read 0 kept 0 duplicate 0 excluded 0: status future",
		"blog item=6 excluded not_public read 0 kept 0 duplicate 0 excluded 0: status pending",
		"blog item=7 excluded not_public read 1 kept 0 duplicate 0 excluded 1: status trash",
		"blog item=8 excluded not_public read 2 kept 0 duplicate 0 excluded 2: behind a password",
		"blog item=9 excluded not_an_article read 1 kept 0 duplicate 0 excluded 1: post type attachment",
		"blog item=10 excluded not_an_article read 0 kept 0 duplicate 0 excluded 0: post type nav_menu_item",
		"blog item=11 excluded not_an_article read 0 kept 0 duplicate 0 excluded 0: post type revision",
		"blog item=12 excluded not_an_article read 1 kept 0 duplicate 0 excluded 1: post type recipe",
		"blog item=13 rejected malformed read 0 kept 0 duplicate 0 excluded 0: item 13: the end tags do not fit the start tags",
		"blog item=14 article - read 2 kept 2 duplicate 0 excluded 0: characters that XML does not allow were dropped: 1",
		"blog item=15 excluded no_content read 0 kept 0 duplicate 0 excluded 0: neither text nor comments",
		"disqus item=1 comments - read 4 kept 4 duplicate 0 excluded 0: -",
		"disqus item=2 comments - read 2 kept 1 duplicate 0 excluded 1: comments left out: 1 spam",
		"disqus item=3 comments - read 2 kept 1 duplicate 1 excluded 0: -",
		"disqus item=4 excluded no_content read 0 kept 0 duplicate 0 excluded 0: a post without text and comments",
		"disqus item=5 comments - read 1 kept 1 duplicate 0 excluded 0: -",
		"disqus item=6 excluded not_public read 1 kept 0 duplicate 0 excluded 1: the thread is deleted",
		"disqus item=7 comments - read 2 kept 2 duplicate 0 excluded 0: characters that XML does not allow were dropped: 1",
		"disqus item=19 rejected malformed read 0 kept 0 duplicate 0 excluded 0: post 19: the end tags do not fit the start tags",
		"disqus item=21 comments - read 1 kept 1 duplicate 0 excluded 0: -",
	}, ledgerOf(t, version)); diff != "" {
		t.Error(diff)
	}
	for _, r := range comments {
		if r.Rights.Tier != schema.TierStandoff {
			t.Errorf("a comment of tier %s", r.Rights.Tier)
		}
	}
}

// What was not public is kept where the source asks for it: with its state, and
// never of the tier full.
func TestUnpublishedIsKeptOnDemand(t *testing.T) {
	c := saltmarsh(t, saltmarshYAML+"    unpublished: include\n    post_types: [recipe]\n    rights: {license: CC-BY-4.0, comments_license: CC0-1.0}\n")
	version, _ := c.build(t, c.options(t))
	states, optOut := map[string]int{}, map[string]int{}
	for _, a := range articlesOf(t, version) {
		for _, o := range a.Rights.OptOut {
			optOut[o]++
		}
		if a.Rights.Tier == schema.TierFull {
			t.Errorf("%s is of tier full", text(a.Title))
		}
	}
	for _, r := range commentsOf(t, version) {
		states[r.State]++
		if r.Rights.Tier == schema.TierFull {
			t.Errorf("a comment in state %s is of tier full", r.State)
		}
	}
	if diff := cmp.Diff(map[string]int{schema.StateVisible: 10, schema.StatePending: 1, schema.StateSpam: 1, schema.StateRemoved: 3}, states); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[string]int{
		"not public: status draft": 1, "not public: status private": 1, "not public: status future": 1,
		"not public: status pending": 1, "not public: status trash": 1, "not public: behind a password": 1,
	}, optOut); diff != "" {
		t.Error(diff)
	}
}

// Exports through extract and jsonl give the same corpus, but for provenance.
func TestExtractedExportsBuildTheSameCorpus(t *testing.T) {
	for _, yaml := range []string{saltmarshYAML, saltmarshYAML[:strings.Index(saltmarshYAML, "  - id")] + saltmarshDisqus} {
		c := saltmarsh(t, strings.NewReplacer("id: disqus", "id: extract", "id: blog", "id: extract").Replace(yaml))
		o := c.options(t)
		direct, _ := c.build(t, o)
		var lines bytes.Buffer
		err := pipeline.Extract(t.Context(), []string{filepath.Join(c.dir, o.Config.Sources[0].Inputs[0])}, pipeline.ExtractOptions{
			Format:   "auto",
			Record:   func(r schema.Record) error { return json.NewEncoder(&lines).Encode(r) },
			Rejected: func(string, string) {},
		})
		if err != nil {
			t.Fatal(err)
		}
		again := newCorpus(t, strings.NewReplacer("saltmarsh.wordpress.xml", "r.jsonl", "saltmarsh.disqus.xml", "r.jsonl", "id: blog", "id: extract", "id: disqus", "id: extract").Replace(yaml), map[string]string{"r.jsonl": lines.String()})
		indirect, _ := again.build(t, again.options(t))
		provenance := cmpopts.IgnoreFields(schema.Provenance{}, "InputSHA256", "Locator", "Extractor")
		if diff := cmp.Diff(articlesOf(t, direct), articlesOf(t, indirect), provenance); diff != "" {
			t.Errorf("articles: %s", diff)
		}
		if diff := cmp.Diff(commentsOf(t, direct), commentsOf(t, indirect), provenance); diff != "" {
			t.Errorf("comments: %s", diff)
		}
	}
}

// samplesFolder holds exports of other people, where the project has them.
const samplesFolder = "../../shared/samples"

// Every sample builds, with the counts that its file holds.
func TestSamplesOfExports(t *testing.T) {
	for _, c := range []struct {
		path                                 string
		outcomes                             map[string]int64
		read, kept, duplicate, excluded, all int64
	}{
		{"disqus/isso-disqus.xml", map[string]int64{schema.OutcomeComments: 3, schema.OutcomeExcluded: 1}, 6, 6, 0, 0, 4},
		{"wordpress/isso-wordpress.xml", map[string]int64{schema.OutcomeComments: 2, schema.OutcomeExcluded: 1}, 8, 8, 0, 0, 3},
		{"wordpress/themeunittestdata.wordpress.xml", map[string]int64{schema.OutcomeArticle: 66, schema.OutcomeComments: 1, schema.OutcomeExcluded: 113}, 32, 24, 0, 8, 180},
	} {
		body, err := os.ReadFile(filepath.Join(samplesFolder, filepath.FromSlash(c.path)))
		if err != nil {
			t.Skip("the samples are not here")
		}
		corpus := newCorpus(t, "corpus: sample\nversion: 0.1.0\nsources:\n  - {id: sample, inputs: [export.xml]}\n", map[string]string{"export.xml": string(body)})
		_, report := corpus.build(t, corpus.options(t))
		got := report.Sources[0]
		if diff := cmp.Diff(c.outcomes, got.Outcomes); diff != "" {
			t.Errorf("%s: %s", c.path, diff)
		}
		if got.CommentsRead != c.read || got.CommentsKept != c.kept || got.CommentsRepeated != c.duplicate || got.CommentsExcluded != c.excluded || got.Documents != c.all {
			t.Errorf("%s: %+v", c.path, got)
		}
	}
}
