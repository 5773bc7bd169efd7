package pipeline_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corpus/schema"
)

// invented gives a file of the fixtures of the readers.
func invented(t *testing.T, name string) string {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("read", "testdata", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// articleLines are the articles, a line each, and commentLines the comments
// below them in their order.
func articleLines(t *testing.T, version string) []string {
	t.Helper()
	var lines []string
	for _, a := range articlesOf(t, version) {
		lines = append(lines, fmt.Sprintf("%s|%s|%s|%s|%d comments|%s|%v", text(a.URL), a.IDBasis, a.State, text(a.Title), a.NComments, a.Rights.License, a.Byline))
	}
	slices.Sort(lines)
	return lines
}

func commentLines(t *testing.T, version, url string) []string {
	t.Helper()
	article := ""
	for _, a := range articlesOf(t, version) {
		if text(a.URL) == url {
			article = a.ArticleID
		}
	}
	var lines []string
	numbers := map[string]int{}
	for _, r := range commentsOf(t, version) {
		if r.ArticleID != article {
			continue
		}
		parent := "-"
		if r.ParentID != nil {
			parent = fmt.Sprint(numbers[*r.ParentID])
		}
		numbers[r.CommentID] = len(lines)
		lines = append(lines, fmt.Sprintf("%d %s, to %s: %s", len(lines), r.State, parent, text(r.Text)))
	}
	return lines
}

// balanced holds what the ledger says against the tables: the comments kept are
// the rows, but for parents that are missing.
func balanced(t *testing.T, version string) {
	t.Helper()
	read, kept, duplicate, excluded := 0, 0, 0, 0
	for _, r := range rowsOf[schema.LedgerRow](t, version, schema.TableLedger) {
		read += int(r.NCommentsRead)
		kept += int(r.NCommentsKept)
		duplicate += int(r.NCommentsDuplicate)
		excluded += int(r.NCommentsExcluded)
	}
	rows := 0
	for _, c := range commentsOf(t, version) {
		if c.State != schema.StateMissing {
			rows++
		}
	}
	if read != kept+duplicate+excluded || kept != rows || read == 0 {
		t.Errorf("comments: %d read, %d kept, %d duplicate, %d excluded, %d rows", read, kept, duplicate, excluded, rows)
	}
}

// A feed of articles and the feeds of their comments, found by their content,
// join by the address of the article.
func TestFeedsJoin(t *testing.T) {
	c := newCorpus(t, "corpus: sluice\nversion: 0.1.0\naccept_rejects: 2\nsources:\n  - id: feeds\n    inputs: [\"in/*\"]\n", map[string]string{
		"in/feed.xml":      invented(t, "feeds/rss2.xml"),
		"in/comments.xml":  invented(t, "feeds/comments.rss"),
		"in/comments.atom": invented(t, "feeds/comments.atom"),
		"in/rdf.xml":       invented(t, "feeds/rss1.xml"),
		"in/atom.xml":      invented(t, "feeds/atom.xml"),
	})
	version, report := c.build(t, c.options(t))
	if report.RejectedTooMany || report.Rejected != 2 {
		t.Errorf("%d rejected: %v", report.Rejected, report.Examples)
	}
	if diff := cmp.Diff([]string{
		"http://ferry.example/1|url|present|De eerste overtocht|0 comments|CC-BY-1.0|[Sjoerd]",
		"https://elsewhere.example/page|url|no_text|-|1 comments|NOASSERTION|[]",
		"https://sluice.example/after/|url|present|After the broken one|0 comments|CC-BY-SA-4.0|[]",
		"https://sluice.example/gate-and-keeper/|url|present|Gate & keeper|2 comments|CC-BY-SA-4.0|[Kerra Jory]",
		"https://sluice.example/teaser/|url|present|Only a teaser|0 comments|CC0-1.0|[Jory]",
		"https://towpath.example/locks|url|present|Locks < 5 & bridges|2 comments|CC-BY-4.0|[Editors of Towpath]",
	}, articleLines(t, version)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{
		"0 visible, to -: Did he really?",
		"1 visible, to 0: He did.",
	}, commentLines(t, version, "https://sluice.example/gate-and-keeper/")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{
		"feeds item=1 article - read 2 kept 2 duplicate 0 excluded 0: -",
		"feeds item=4 comments - read 1 kept 1 duplicate 0 excluded 0: -",
		"feeds item=5 rejected malformed read 0 kept 0 duplicate 0 excluded 0: item 5: the comments that it answers go in a circle",
		"feeds item=1 comments - read 2 kept 2 duplicate 0 excluded 0: -",
		"feeds item=1 capture newer_capture read 2 kept 0 duplicate 2 excluded 0: -",
		"feeds item=1 article - read 0 kept 0 duplicate 0 excluded 0: -",
		"feeds item=2 article - read 0 kept 0 duplicate 0 excluded 0: -",
		"feeds item=3 excluded no_content read 0 kept 0 duplicate 0 excluded 0: a post without text and comments",
		"feeds item=4 rejected malformed read 0 kept 0 duplicate 0 excluded 0: item 4: its end is missing: the file is cut off there, or damaged",
		"feeds item=5 article - read 0 kept 0 duplicate 0 excluded 0: -",
		"feeds item=1 article - read 0 kept 0 duplicate 0 excluded 0: -",
	}, ledgerOf(t, version)); diff != "" {
		t.Error(diff)
	}
	balanced(t, version)
}

// An export of Blogger: comments at their posts, drafts and templates in the
// ledger alone, and a saved page of a post joins it.
func TestBloggerExport(t *testing.T) {
	page := `<!doctype html><html><head><title>Ice on the pond</title><link rel="canonical" href="http://millpond.example/2011/01/ice.html"></head><body><article><h1>Ice on the pond</h1><p>The pond froze over in the night, and the wheel stands still.</p><p>We walked across at noon.</p></article></body></html>`
	c := newCorpus(t, "corpus: pond\nversion: 0.1.0\nsources:\n  - id: blog\n    inputs: [\"in/*.xml\"]\n  - id: pages\n    inputs: [\"pages/*\"]\n", map[string]string{
		"in/a.xml":       invented(t, "feeds/blogger2010.xml"),
		"in/b.xml":       invented(t, "feeds/blogger2018.xml"),
		"pages/ice.html": page,
	})
	version, report := c.build(t, c.options(t))
	if report.Rejected != 0 {
		t.Errorf("%d rejected: %v", report.Rejected, report.Examples)
	}
	if diff := cmp.Diff([]string{
		"-|native|present|Gauges|0 comments|NOASSERTION|[Perran]",
		"-|native|present|High water|3 comments|NOASSERTION|[Perran]",
		"http://millpond.example/2010/06/reeds.html|url|no_text|-|1 comments|NOASSERTION|[]",
		"http://millpond.example/2011/01/ice.html|url|present|Ice on the pond|4 comments|NOASSERTION|[Wenna]",
		"http://millpond.example/p/about.html|url|present|About the mill|0 comments|NOASSERTION|[Wenna]",
	}, articleLines(t, version)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{
		"0 visible, to -: Did it hold?",
		"1 visible, to -: Ours freezes from the outlet first.\n\nNever from the wheel.",
		"2 visible, to 0: It did, all the way.",
		"3 deleted, to -: -",
	}, commentLines(t, version, "http://millpond.example/2011/01/ice.html")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{
		"blog item=1 excluded not_an_article read 0 kept 0 duplicate 0 excluded 0: kind template",
		"blog item=2 excluded not_an_article read 0 kept 0 duplicate 0 excluded 0: kind settings",
		"blog item=4 article - read 4 kept 4 duplicate 0 excluded 0: -",
		"blog item=8 excluded not_public read 1 kept 0 duplicate 0 excluded 1: status draft",
		"blog item=10 comments - read 1 kept 1 duplicate 0 excluded 0: -",
		"blog item=11 article - read 0 kept 0 duplicate 0 excluded 0: -",
		"blog item=5 article - read 4 kept 3 duplicate 0 excluded 1: comments left out: 1 spam",
		"blog item=6 excluded not_public read 0 kept 0 duplicate 0 excluded 0: status draft",
		"blog item=7 article - read 0 kept 0 duplicate 0 excluded 0: -",
		"pages offset=0 capture newer_capture read 0 kept 0 duplicate 0 excluded 0: -",
	}, ledgerOf(t, version)); diff != "" {
		t.Error(diff)
	}
	balanced(t, version)
}
