package pipeline_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corpus/pipeline"
	"corpus/schema"
)

const page = `<!doctype html><html lang="en"><head><title>The lamp on the mole</title><link rel="canonical" href="https://quay.example/lamp"></head><body><article><h1>The lamp on the mole</h1>
<p>The lamp at the end of the mole burns again, after the council had found the money for a new lens in last year's budget.</p>
<p>Boats had steered by the light of the fish market for three months, which the harbour master called a disgrace in his report.</p></article></body></html>`

// TestBadInputCostsItselfAlone gives a source every kind of bad input beside a
// good page: each has a ledger row with its reason, and the good page is there.
func TestBadInputCostsItselfAlone(t *testing.T) {
	want := map[string]string{ // input_path → reason
		"empty.html":        schema.ReasonEmpty,
		"blank.txt":         schema.ReasonEmpty,
		"picture.html":      schema.ReasonBinary,
		"zeros.html":        schema.ReasonBinary,
		"deep.html":         schema.ReasonTooDeep,
		"nothing.html":      schema.ReasonNoContent,
		"wiki.xml":          schema.ReasonUnknownFormat,
		"large.html":        schema.ReasonTooLarge,
		"crowded.jsonl":     schema.ReasonTooManyComments,
		"cutoff.jsonl":      schema.ReasonMalformed,
		"unknownkey.jsonl":  schema.ReasonMalformed,
		"badstate.jsonl":    schema.ReasonMalformed,
		"invalidutf8.jsonl": schema.ReasonMalformed,
	}
	comment := `{"id":"1","parent_id":null,"author":"A","author_url":null,"posted_at":null,"text":"One of too many."}`
	record := func(more string) string {
		return `{"source":"x","url":null,"site":null,"title":"T","authors":[],"published_at":null,"modified_at":null,"license":null,"tags":[],"lang":null,"text":"Words of a record."` + more + "}\n"
	}
	corpus := newCorpus(t, "corpus: bad\nversion: 0.1.0\naccept_rejects: 13\nlimits: {bytes: 64KiB, comments: 3}\nsources:\n  - id: a\n    inputs: [\"in/*\"]\n", map[string]string{
		"in/good.html":         page,
		"in/truncated.html":    page[:len(page)-40],
		"in/brokenbytes.html":  strings.Replace(strings.Replace(page, "lamp", "l\xffmp", 2), "/lamp", "/lump", 1),
		"in/empty.html":        "",
		"in/blank.txt":         " \n\t\n",
		"in/picture.html":      "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
		"in/zeros.html":        "<html><body>\x00\x00\x00\x00text</body></html>",
		"in/deep.html":         "<html><body>" + strings.Repeat("<div>", 600) + "deep",
		"in/nothing.html":      "<html><head><title>T</title></head><body><nav><a href=/>Home</a></nav></body></html>",
		"in/wiki.xml":          `<?xml version="1.0"?><mediawiki version="0.11"><page><title>T</title><revision><text>x</text></revision></page></mediawiki>`,
		"in/large.html":        page + strings.Repeat("<!-- filler -->", 6000),
		"in/crowded.jsonl":     record(`,"comments":[` + strings.Repeat(comment+",", 3) + comment + "]"),
		"in/cutoff.jsonl":      strings.TrimSuffix(record(`,"comments":[]`), "}\n"),
		"in/unknownkey.jsonl":  record(`,"comments":[],"colour":"red"`),
		"in/badstate.jsonl":    record(`,"comments":[],"state":"gone fishing"`),
		"in/invalidutf8.jsonl": strings.Replace(record(`,"comments":[]`), "Words", "W\xffrds", 1),
	})
	version, report := corpus.build(t, corpus.options(t))
	if report.RejectedTooMany || report.Rejected != int64(len(want)) {
		t.Errorf("%d rejected, expected %d: %v", report.Rejected, len(want), report.Examples)
	}
	for _, row := range rowsOf[schema.LedgerRow](t, version, schema.TableLedger) {
		reason, bad := want[row.InputPath]
		if !bad {
			if row.Outcome == schema.OutcomeRejected {
				t.Errorf("%s is rejected: %s", row.InputPath, *row.Reason)
			}
			continue
		}
		if row.Reason == nil || *row.Reason != reason || row.Outcome != schema.OutcomeRejected {
			t.Errorf("%s: outcome %s, reason %v, want %s", row.InputPath, row.Outcome, row.Reason, reason)
			continue
		}
		if row.Detail == nil || *row.Detail == "" {
			t.Errorf("%s: no detail", row.InputPath)
		}
		delete(want, row.InputPath)
	}
	if len(want) > 0 {
		t.Errorf("not in the ledger: %v", want)
	}
}

// TestOddRecordsLoseNothing builds comments that claim to be their own parent,
// that answer each other in a circle, and dates that no calendar has.
func TestOddRecordsLoseNothing(t *testing.T) {
	corpus := newCorpus(t, "corpus: odd\nversion: 0.1.0\nsources:\n  - id: a\n    inputs: [in.jsonl]\n", map[string]string{"in.jsonl": `{"source":"x","url":"https://quay.example/odd","site":null,"title":"Odd","authors":[],"published_at":"0000-01-01","modified_at":"9999-12-31T23:59:59Z","license":null,"tags":[],"lang":"en","text":"A short notice about the odd things that readers write below it.","comments":[
{"id":"1","parent_id":"1","author":"Ann Ode","author_url":null,"posted_at":"2020-02-30","text":"I am my own parent."},
{"id":"2","parent_id":"3","author":"Bo Ree","author_url":null,"posted_at":"9999-12-31","text":"I answer the third."},
{"id":"3","parent_id":"2","author":"Cy Tee","author_url":null,"posted_at":"0000","text":"And I answer the second."},
{"id":"4","parent_id":"99","author":"Di Vee","author_url":null,"posted_at":"2020-02-03","text":"I answer one who is gone."}]}`})
	// JSON Lines: one line a record.
	body, err := os.ReadFile(filepath.Join(corpus.dir, "in.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	corpus.write(t, "in.jsonl", strings.ReplaceAll(string(body), "\n", "")+"\n")
	version, _ := corpus.build(t, corpus.options(t))
	articles := articlesOf(t, version)
	if a := articles[0]; a.PublishedLocal != nil || a.ModifiedAt == nil {
		t.Errorf("published %v, modified %v: year 0 is no year here, 9999 is", a.PublishedLocal, a.ModifiedAt)
	}
	comments := commentsOf(t, version)
	if len(comments) != 5 {
		t.Fatalf("%d comments, want 4 and the missing parent", len(comments))
	}
	byState := map[string]int{}
	top := 0
	for _, c := range comments {
		byState[c.State]++
		if c.ParentID == nil {
			top++
		}
		if c.ParentID != nil && *c.ParentID == c.CommentID {
			t.Errorf("comment %s is its own parent", c.CommentID)
		}
	}
	if byState[schema.StateMissing] != 1 || byState[schema.StateVisible] != 4 || top != 3 {
		t.Errorf("states %v, %d at the top", byState, top)
	}
	rows := rowsOf[schema.LedgerRow](t, version, schema.TableLedger)
	if rows[0].Detail == nil || !strings.Contains(*rows[0].Detail, "circle") {
		t.Errorf("the ledger does not tell of the circle: %v", rows[0].Detail)
	}
}

// TestVanishedInputIsUnreadable removes one input after it was planned.
func TestVanishedInputIsUnreadable(t *testing.T) {
	corpus := newCorpus(t, "corpus: gone\nversion: 0.1.0\naccept_rejects: 1\nsources:\n  - id: a\n    inputs: [\"in/*\"]\n", map[string]string{
		"in/a.html": page, "in/b.html": strings.ReplaceAll(page, "/lamp", "/lamp2"),
	})
	o := corpus.options(t)
	o.Observer = onStage{pipeline.StageRead, func() { _ = os.Remove(filepath.Join(corpus.dir, "in", "b.html")) }}
	version, report := corpus.build(t, o)
	if report.Rejected != 1 || report.Reasons[schema.ReasonUnreadable] != 1 || report.Rows["articles"] != 1 {
		t.Errorf("rejected %d, reasons %v, rows %v", report.Rejected, report.Reasons, report.Rows)
	}
	for _, row := range rowsOf[schema.LedgerRow](t, version, schema.TableLedger) {
		if row.InputPath == "b.html" && (row.InputSHA256 != nil || row.Outcome != schema.OutcomeRejected) {
			t.Errorf("the vanished input: %+v", row)
		}
	}
}

// TestChangedInputFails changes one input after it was planned: its digest
// would be of no state that the corpus was planned from.
func TestChangedInputFails(t *testing.T) {
	corpus := newCorpus(t, "corpus: moved\nversion: 0.1.0\nsources:\n  - id: a\n    inputs: [\"in/*\"]\n", map[string]string{"in/a.html": page})
	o := corpus.options(t)
	o.Observer = onStage{pipeline.StageRead, func() { corpus.write(t, "in/a.html", page+"<!-- more -->") }}
	_, err := pipeline.Build(t.Context(), o)
	if err == nil || !strings.Contains(err.Error(), "a.html") || errors.Is(err, pipeline.ErrUsage) {
		t.Fatalf("the build ended with %v", err)
	}
	if _, err := os.Stat(filepath.Join(o.Out, "moved", "0.1.0")); err == nil {
		t.Error("there is a version")
	}
}

// onStage does something when a stage begins.
type onStage struct {
	stage string
	do    func()
}

func (s onStage) Stage(name string, _ int64) {
	if name == s.stage {
		s.do()
	}
}

func (onStage) Advance(int64) {}
