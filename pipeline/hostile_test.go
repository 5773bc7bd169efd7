package pipeline_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corpus/pipeline"
	"corpus/pipeline/store"
	"corpus/schema"
	"corpus/tools/synthesize/synthetic"
)

const hostile = "corpus: hostile\nversion: 0.1.0\naccept_rejects: 100%\nsources:\n  - id: a\n    inputs: [\"in/**\"]\n"

// outcomes are what the ledger says of an input: its reason, else its outcome.
func outcomes(t *testing.T, version string) map[string]string {
	t.Helper()
	got := map[string]string{}
	for _, row := range rowsOf[schema.LedgerRow](t, version, schema.TableLedger) {
		got[row.InputPath] = row.Outcome
		if row.Reason != nil {
			got[row.InputPath] = *row.Reason
		}
	}
	return got
}

func expect(t *testing.T, got, want map[string]string) {
	t.Helper()
	for path, outcome := range want {
		if got[path] != outcome {
			t.Errorf("%q: %q in the ledger, want %q", path, got[path], outcome)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d rows in the ledger, want %d: %v", len(got), len(want), got)
	}
}

// TestHostilePages: a page of 200 MB, nesting without end, entities that
// explode, formatting that the parser opens again and again, and a thread of
// 20,000 comments, beside a page in its right mind.
func TestHostilePages(t *testing.T) {
	var laughs strings.Builder
	laughs.WriteString("<?xml version=\"1.0\"?>\n<!DOCTYPE rss [\n<!ENTITY l0 \"ha\">\n")
	for i := range 9 {
		fmt.Fprintf(&laughs, "<!ENTITY l%d \"%s\">\n", i+1, strings.Repeat(fmt.Sprintf("&l%d;", i), 10))
	}
	laughs.WriteString("]>\n<rss version=\"2.0\"><channel><title>Laughs</title><item><title>L</title><link>https://quay.example/l</link><description>&l9;</description></item></channel></rss>")
	var crowd strings.Builder
	crowd.WriteString(strings.Replace(strings.TrimSuffix(page, "</body></html>"), "/lamp", "/crowd", 1) + `<div id="comments"><ol class="commentlist">`)
	const comments = 20_000
	for i := range comments {
		fmt.Fprintf(&crowd, `<li class="comment" id="comment-%d"><cite class="fn">Reader %d</cite><div class="comment-body"><p>Note %d on the lamp.</p></div></li>`+"\n", i+1, i%97, i)
	}
	crowd.WriteString("</ol></div></body></html>")
	var formats strings.Builder
	formats.WriteString("<html><body><p>")
	for i := range 400 {
		fmt.Fprintf(&formats, "<font size=%d>", i)
	}
	formats.WriteString(strings.Repeat("<p>The lamp at the end of the mole burns again.", 20_000))
	corpus := newCorpus(t, hostile, map[string]string{
		"in/good.html":     page,
		"in/deep.html":     "<html><body>" + strings.Repeat("<div>", 100_000) + "deep",
		"in/laughs.xml":    laughs.String(),
		"in/crowd.html":    crowd.String(),
		"in/formats.html":  formats.String(),
		"in/elements.html": "<html><body>" + strings.Repeat("<p>a", 1_000_000),
		"in/huge.html":     "<html><body><p>" + strings.Repeat("a page without end ", 1<<14),
	})
	if err := os.Truncate(filepath.Join(corpus.dir, "in", "huge.html"), 200<<20); err != nil {
		t.Fatal(err)
	}
	version, _ := corpus.build(t, corpus.options(t))
	expect(t, outcomes(t, version), map[string]string{
		"good.html":     schema.OutcomeArticle,
		"deep.html":     schema.ReasonTooDeep,
		"laughs.xml":    schema.OutcomeArticle, // of its title: no entity of a document type is looked up
		"crowd.html":    schema.OutcomeArticle,
		"formats.html":  schema.OutcomeArticle,
		"elements.html": schema.ReasonTooLarge,
		"huge.html":     schema.ReasonTooLarge,
	})
	for _, a := range articlesOf(t, version) {
		if a.Title != nil && *a.Title == "L" && a.NChars > 100 {
			t.Errorf("the entities that explode give %d characters", a.NChars)
		}
		if a.NChars > 2<<20 {
			t.Errorf("%v has %d characters", a.Title, a.NChars)
		}
	}
	if n := len(commentsOf(t, version)); n != comments {
		t.Errorf("%d comments, want %d", n, comments)
	}
}

// TestHostileNames: names that look like ways out of the folder, line breaks,
// bytes that are no text, and links in circles.
func TestHostileNames(t *testing.T) {
	n := 0
	other := func() string {
		n++
		return strings.ReplaceAll(strings.Replace(page, "/lamp", fmt.Sprintf("/lamp%d", n), 1), "three months", fmt.Sprintf("%d months", n))
	}
	corpus := newCorpus(t, hostile, map[string]string{
		"in/two\nlines.html":     other(),
		"in/a..html":             other(),
		"in/x/..y/plain.html":    other(),
		"in/x/z.../plain.html":   other(),
		"in/\"quoted\", $(x).h":  other(),
		"in/tab\tand\x1b[0m.htm": other(),
	})
	for link, to := range map[string]string{"in/folder": "..", "in/x/again": "../x", "in/self.html": "self.html", "in/ping.html": "pong.html", "in/pong.html": "ping.html", "in/nowhere.html": "/nowhere/page.html"} {
		if err := os.Symlink(to, filepath.Join(corpus.dir, filepath.FromSlash(link))); err != nil {
			t.Skip("no links here")
		}
	}
	version, _ := corpus.build(t, corpus.options(t))
	got := outcomes(t, version)
	expect(t, got, map[string]string{
		"two%0Alines.html":    schema.OutcomeArticle,
		"a..html":             schema.OutcomeArticle,
		"x/z.../plain.html":   schema.OutcomeArticle,
		"\"quoted\", $(x).h":  schema.OutcomeArticle,
		"tab%09and%1B[0m.htm": schema.OutcomeArticle,
		"self.html":           schema.ReasonUnreadable,
		"ping.html":           schema.ReasonUnreadable,
		"pong.html":           schema.ReasonUnreadable,
		"nowhere.html":        schema.ReasonUnreadable,
	})
}

// TestPermissionDenied: a file and a folder that may not be read cost
// themselves. Root may read everything, so the test steps down to another user.
func TestPermissionDenied(t *testing.T) {
	corpus := newCorpus(t, hostile, map[string]string{"in/good.html": page, "in/closed.html": page, "in/folder/page.html": page})
	o := corpus.options(t)
	o.Tmp = ""
	for path, mode := range map[string]os.FileMode{"in/closed.html": 0, "in/folder": 0} {
		full := filepath.Join(corpus.dir, filepath.FromSlash(path))
		if err := os.Chmod(full, mode); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.Chmod(full, 0o700) })
	}
	stepDown(t, corpus.dir)
	version, _ := corpus.build(t, o)
	expect(t, outcomes(t, version), map[string]string{
		"good.html":   schema.OutcomeArticle,
		"closed.html": schema.ReasonUnreadable,
		"folder":      schema.ReasonUnreadable,
	})
}

// TestNoSpaceLeft builds where the disk of the version, then that of temporary
// files, is too small: the error states bytes needed and free, and nothing is
// left on it.
func TestNoSpaceLeft(t *testing.T) {
	m := synthetic.New(1, 300, 3)
	var lines strings.Builder
	for i := range uint64(600) {
		line, err := m.Record(i)
		if err != nil {
			t.Fatal(err)
		}
		lines.Write(line)
	}
	for _, disk := range []string{"version", "temporary files"} {
		t.Run(disk, func(t *testing.T) {
			small := smallDisk(t)
			corpus := newCorpus(t, "corpus: full\nversion: 0.1.0\nsources:\n  - id: a\n    inputs: [in.jsonl]\n", map[string]string{"in.jsonl": lines.String()})
			o := corpus.options(t)
			if disk == "version" {
				o.Out, o.Tmp = filepath.Join(small, "dist"), t.TempDir()
			} else {
				o.Tmp = small
			}
			_, err := pipeline.Build(t.Context(), o)
			if err == nil {
				t.Fatal("the build found room")
			}
			if s := err.Error(); !strings.Contains(s, "no space left for the "+disk) && !strings.Contains(s, "no space left for "+disk) || !strings.Contains(s, "needed") || !strings.Contains(s, "free") {
				t.Errorf("the error is %q", s)
			}
			left := ""
			err = filepath.WalkDir(small, func(path string, d os.DirEntry, err error) error {
				if err == nil && !d.IsDir() && d.Name() != ".lock" {
					left += " " + d.Name()
				}
				return err
			})
			if err != nil || left != "" {
				t.Errorf("left on the disk:%s, %v", left, err)
			}
		})
	}
}

// TestTwoBuildsAtOnce: the second one is refused while the first one runs.
func TestTwoBuildsAtOnce(t *testing.T) {
	corpus := newCorpus(t, "corpus: twice\nversion: 0.1.0\nsources:\n  - id: a\n    inputs: [\"*.jsonl\"]\n", map[string]string{"one.jsonl": records(20)})
	o := corpus.options(t)
	var second error
	o.Observer = onStage{pipeline.StageThreads, func() {
		again := corpus.options(t)
		_, second = pipeline.Build(context.WithoutCancel(t.Context()), again)
	}}
	corpus.build(t, o)
	if !errors.Is(second, store.ErrBusy) {
		t.Errorf("the second build ended with %v", second)
	}
}
