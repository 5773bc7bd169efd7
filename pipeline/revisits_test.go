package pipeline_test

import (
	"crypto/sha1"
	"encoding/base32"
	"fmt"
	"strings"
	"testing"

	"corpus/pipeline/read/warc/warctest"
	"corpus/schema"
)

// TestRevisitsAreCaptures joins a revisit to the record with its payload, which
// stands in another archive that is read later; one whose original is nowhere
// is in the ledger.
func TestRevisitsAreCaptures(t *testing.T) {
	digest := func(body string) string {
		sum := sha1.Sum([]byte(body))
		return "WARC-Payload-Digest: sha1:" + base32.StdEncoding.EncodeToString(sum[:])
	}
	head := warctest.HTTP(nil, "HTTP/1.1 200 OK", "Content-Type: text/html")
	first, _ := warctest.File(warctest.GzipRecords,
		warctest.Record("revisit", "https://quay.example/lamp", "2021-05-01T00:00:00Z", head, digest(page), "WARC-Profile: http://netpreserve.org/warc/1.0/revisit/identical-payload-digest"),
		warctest.Record("revisit", "https://quay.example/gone", "2021-05-02T00:00:00Z", head, digest("nowhere"), "WARC-Profile: http://netpreserve.org/warc/1.0/revisit/identical-payload-digest"),
	)
	second, _ := warctest.File(warctest.GzipRecords, warctest.Page("https://quay.example/lamp", "2021-03-01T00:00:00Z", page, digest(page)))
	corpus := newCorpus(t, "corpus: web\nversion: 0.1.0\nsources:\n  - id: a\n    inputs: [\"*.warc.gz\"]\n",
		map[string]string{"1.warc.gz": string(first), "2.warc.gz": string(second)})
	for _, workers := range []int{1, 4} {
		o := corpus.options(t)
		o.Workers, o.Out = workers, t.TempDir()
		version, _ := corpus.build(t, o)
		articles := articlesOf(t, version)
		if len(articles) != 1 || articles[0].CapturedAt == nil || *articles[0].CapturedAt != 1619827200e6 {
			t.Fatalf("articles: %+v", articles)
		}
		captures := rowsOf[schema.Capture](t, version, schema.TableCaptures)
		if len(captures) != 2 || !captures[0].Used || captures[1].Used || *captures[0].TextSHA256 != *captures[1].TextSHA256 {
			t.Errorf("captures: %+v", captures)
		}
		outcomes := map[string]int{}
		for _, row := range rowsOf[schema.LedgerRow](t, version, schema.TableLedger) {
			outcomes[row.Outcome]++
			if row.Outcome == schema.OutcomeExcluded && *row.Reason != schema.ReasonRevisit {
				t.Errorf("excluded as %s", *row.Reason)
			}
		}
		if outcomes[schema.OutcomeArticle] != 1 || outcomes[schema.OutcomeCapture] != 1 || outcomes[schema.OutcomeExcluded] != 1 {
			t.Errorf("outcomes: %v", outcomes)
		}
	}
}

// TestCDXSelectsRecords reads the records that a CDXJ names and no others; what
// is passed over is counted.
func TestCDXSelectsRecords(t *testing.T) {
	other := warctest.Page("https://quay.example/other", "2021-03-01T00:00:00Z", strings.ReplaceAll(page, "lamp", "crane"))
	archive, places := warctest.File(warctest.GzipRecords, other, warctest.Page("https://quay.example/lamp", "2021-03-01T00:00:00Z", page), other)
	corpus := newCorpus(t, "corpus: web\nversion: 0.1.0\nsources:\n  - id: a\n    inputs: [\"*.warc.gz\"]\n    cdx: one.cdxj\n", map[string]string{
		"1.warc.gz": string(archive),
		"one.cdxj":  fmt.Sprintf(`example,quay)/lamp 20210301000000 {"offset": "%d", "filename": "1.warc.gz"}`+"\n", places[1]),
	})
	version, report := corpus.build(t, corpus.options(t))
	articles := articlesOf(t, version)
	if len(articles) != 1 || *articles[0].URL != "https://quay.example/lamp" || report.Rejected != 0 {
		t.Fatalf("articles: %+v", articles)
	}
	for _, row := range rowsOf[schema.LedgerRow](t, version, schema.TableLedger) {
		if row.Outcome == schema.OutcomeExcluded && (*row.Reason != schema.ReasonNotSelected || !strings.HasPrefix(*row.Detail, "2 records")) {
			t.Errorf("excluded: %s, %s", *row.Reason, *row.Detail)
		}
	}
	if report.Documents != 2 {
		t.Errorf("%d ledger rows", report.Documents)
	}
}
