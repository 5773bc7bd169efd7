package pipeline_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"

	"corpus/schema"
)

const dumpsYAML = "corpus: dumps\nversion: 0.1.0\naccept_rejects: 4\nsources:\n  - id: forum\n    inputs: [\"in/*\"]\n    languages: [en]\n"

// divided gives the lines with a mark and those without.
func divided(text, mark string) (with, without string) {
	for line := range strings.SplitAfterSeq(text, "\n") {
		if strings.Contains(line, mark) {
			with += line
		} else {
			without += line
		}
	}
	return with, without
}

var redditArticles = []string{
	"https://www.reddit.com/r/millponds/comments/p1/the_pond/|url|present|The pond & its wheel|5 comments|NOASSERTION|[wenna_k]",
	"https://www.reddit.com/r/millponds/comments/p2/a_mill/|url|present|A mill in the news|0 comments|NOASSERTION|[coot]",
	"https://www.reddit.com/r/weirs/comments/old9/|url|no_text|-|2 comments|NOASSERTION|[]",
}

var redditComments = []string{
	"0 deleted, to -: -",
	"1 visible, to 0: How deep is it?\n\nTwo metres, give or take.",
	"2 visible, to 1: Please be kind.",
	"3 removed, to -: -",
	"4 visible, to -: Thanks all!",
}

const redditPost = "https://www.reddit.com/r/millponds/comments/p1/the_pond/"

// Submissions and comments of Reddit join whether they stand in one file or in
// two, packed or not.
func TestRedditDump(t *testing.T) {
	whole := invented(t, "dumps/reddit.ndjson")
	comments, submissions := divided(whole, `"link_id"`)
	encoder, err := zstd.NewWriter(nil, zstd.WithWindowSize(8<<20))
	if err != nil {
		t.Fatal(err)
	}
	packed := func(s string) string { return string(encoder.EncodeAll([]byte(s), nil)) }
	for name, files := range map[string]map[string]string{
		"one file":   {"in/all.ndjson": whole},
		"two files":  {"in/RS.ndjson": submissions, "in/RC.ndjson": comments},
		"two packed": {"in/RS_2017-07.zst": packed(submissions), "in/RC_2017-07.zst": packed(comments)},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCorpus(t, dumpsYAML, files)
			version, report := c.build(t, c.options(t))
			if report.Rejected != 4 || report.RejectedTooMany {
				t.Errorf("%d rejected: %v", report.Rejected, report.Examples)
			}
			if diff := cmp.Diff(redditArticles, articleLines(t, version)); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(redditComments, commentLines(t, version, redditPost)); diff != "" {
				t.Error(diff)
			}
			for _, a := range articlesOf(t, version) {
				if text(a.Title) == "A mill in the news" && text(a.Text) != "https://news.example/mill?a=1&b=2" {
					t.Errorf("a link is %q", text(a.Text))
				}
			}
			reasons := map[string]int{}
			for _, r := range rowsOf[schema.LedgerRow](t, version, schema.TableLedger) {
				reasons[r.Outcome+" "+text(r.Reason)]++
				if r.Outcome != schema.OutcomeRejected && !strings.HasPrefix(r.Locator, "line=") {
					t.Errorf("locator %s", r.Locator)
				}
			}
			want := map[string]int{"article -": 2, "comments -": 1, "excluded no_content": 1, "rejected malformed": 4}
			if len(files) == 2 {
				want["comments -"] = 2
			}
			if diff := cmp.Diff(want, reasons); diff != "" {
				t.Error(diff)
			}
			balanced(t, version)
			for _, r := range commentsOf(t, version) {
				row := r
				switch {
				case text(row.Text) == "Please be kind.":
					if text(row.CommenterRole) != "moderator" || *row.Score != -2 || *row.VotesUp != 3 || *row.VotesDown != 5 || row.CommenterBasis != schema.CommenterAccount {
						t.Errorf("%+v", row)
					}
				case row.State == schema.StateDeleted && (row.CommenterID != nil || row.Score != nil):
					t.Errorf("a deleted comment has an author or a hidden score: %+v", row)
				case strings.HasPrefix(text(row.Text), "How deep") && (row.EditedAt == nil || *row.EditedAt != 1500000300_000000):
					t.Errorf("edited at %v", row.EditedAt)
				}
			}
		})
	}
}

func TestHackerNewsDump(t *testing.T) {
	c := newCorpus(t, strings.Replace(dumpsYAML, "accept_rejects: 4", "accept_rejects: 5", 1), map[string]string{"in/items.json": invented(t, "dumps/hackernews.ndjson")})
	version, report := c.build(t, c.options(t))
	if report.Rejected != 5 || report.RejectedTooMany {
		t.Errorf("%d rejected: %v", report.Rejected, report.Examples)
	}
	if diff := cmp.Diff([]string{
		"https://news.ycombinator.com/item?id=1001|url|present|A water clock in 40 lines|4 comments|NOASSERTION|[weirkeeper]",
		"https://news.ycombinator.com/item?id=1010|url|present|Poll: best escapement|1 comments|NOASSERTION|[coot]",
		"https://news.ycombinator.com/item?id=1020|url|present|Mill Works is hiring|0 comments|NOASSERTION|[mill]",
		"https://news.ycombinator.com/item?id=1030|url|no_text|-|2 comments|NOASSERTION|[]",
	}, articleLines(t, version)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{
		"0 visible, to -: Does it \"drift\"?",
		"1 visible, to 0: Mine runs backwards.\n\nSince Tuesday.",
		"2 deleted, to 1: -",
		"3 removed, to 2: -",
	}, commentLines(t, version, "https://news.ycombinator.com/item?id=1001")); diff != "" {
		t.Error(diff)
	}
	for _, a := range articlesOf(t, version) {
		if text(a.Title) == "Poll: best escapement" && text(a.Text) != "Which one?\n\nAnchor\n\nVerge" {
			t.Errorf("%q", text(a.Text))
		}
	}
	balanced(t, version)
}

// Nothing of a dump depends on the number of workers, and no temporary file of
// the readers stays.
func TestDumpsLeaveNothingBehind(t *testing.T) {
	comments, submissions := divided(invented(t, "dumps/reddit.ndjson"), `"link_id"`)
	var manifests [][]byte
	for _, workers := range []int{1, 4} {
		c := newCorpus(t, dumpsYAML, map[string]string{"in/RS.ndjson": submissions, "in/RC.ndjson": comments})
		o := c.options(t)
		o.Workers, o.Tmp = workers, t.TempDir()
		version, _ := c.build(t, o)
		manifest, err := os.ReadFile(filepath.Join(version, "manifest.json"))
		if err != nil {
			t.Fatal(err)
		}
		manifests = append(manifests, manifest)
		err = filepath.WalkDir(o.Tmp, func(path string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				t.Errorf("%s is left", filepath.Base(path))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(manifests[0], manifests[1]) {
		t.Error("the manifest depends on the number of workers")
	}
}
