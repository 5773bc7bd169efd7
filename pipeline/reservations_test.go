package pipeline_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corpus/pipeline"
	"corpus/pipeline/read/warc/warctest"
	"corpus/release"
	"corpus/schema"
)

// What a server, its responses and its pages reserve is recorded in that order,
// whichever archive it stands in, and a policy acts on what is left of it; so is
// a licence in the response. The version that comes out is whole, and a second
// build takes all of it out of the cache.
func TestReservations(t *testing.T) {
	file := func(date, body string) []byte {
		return warctest.Record("response", "https://quay.example/.well-known/tdmrep.json", date, warctest.HTTP([]byte(body), "HTTP/1.1 200 OK", "Content-Type: application/json"))
	}
	capture := func(address, date, body string, fields ...string) []byte {
		return warctest.Record("response", address, date, warctest.HTTP([]byte(body), append([]string{"HTTP/1.1 200 OK", "Content-Type: text/html"}, fields...)...))
	}
	other := func(word string) string { return strings.ReplaceAll(page, "lamp", word) }
	archives := [][]byte{
		slices.Concat(
			capture("https://quay.example/news/lamp", "2021-03-01T00:00:00Z", page),
			capture("https://quay.example/news/crane", "2021-03-01T00:00:00Z", other("crane"), "tdm-reservation: 0", `Link: <https://creativecommons.org/licenses/by/4.0/>; rel="license"`),
			capture("https://quay.example/free/buoy", "2021-03-01T00:00:00Z", other("buoy"), "X-Robots-Tag: noai"),
			capture("https://pier.example/news/net", "2021-03-01T00:00:00Z", other("net")),
		),
		slices.Concat(
			file("2022-01-01T00:00:00Z", `[{"location": "/", "tdm-reservation": 0}]`), // too late for these pages
			file("2021-02-01T00:00:00Z", `[{"location": "/news/", "tdm-reservation": 1, "tdm-policy": "https://quay.example/policy"}]`),
			file("2020-01-01T00:00:00Z", `no JSON`),
		),
	}
	one, _ := warctest.File(warctest.GzipRecords, archives[0])
	two, _ := warctest.File(warctest.GzipRecords, archives[1])
	yaml := "corpus: web\nversion: 0.1.0\nsources:\n  - id: a\n    inputs: [\"*.warc.gz\"]\n    consent: {gdpr_basis: eu-gdpr:A6-1-e}\npolicy:\n  rules:\n    - {tier: excluded, opt_out: [tdm-reservation]}\n    - {tier: gated, opt_out: [any]}\n    - {tier: full, license: [CC-BY-*]}\n"
	var first string
	for i, names := range [][2]string{{"1.warc.gz", "2.warc.gz"}, {"2.warc.gz", "1.warc.gz"}, {"1.warc.gz", "2.warc.gz"}} {
		corpus := newCorpus(t, yaml, map[string]string{names[0]: string(one), names[1]: string(two)})
		o := corpus.options(t)
		o.Out, o.Cache = t.TempDir(), t.TempDir()
		version, report := corpus.build(t, o)
		if i == 2 { // out of the cache
			o.Out = t.TempDir()
			version, report = corpus.build(t, o)
			if report.CacheMisses != 0 {
				t.Errorf("%d batches were read again", report.CacheMisses)
			}
		}
		got := map[string]string{}
		for _, a := range articlesOf(t, version) {
			got[*a.URL] = strings.Join(a.OptOut, "|") + " → " + a.Tier + " " + a.License
		}
		for _, c := range rowsOf[schema.Comment](t, version, schema.TableComments) {
			if c.SourceID != "a" {
				t.Errorf("a comment of source %q", c.SourceID)
			}
		}
		want := map[string]string{
			"https://quay.example/news/lamp":  "tdmrep.json tdm-reservation: 1|tdmrep.json tdm-policy: https://quay.example/policy → excluded NOASSERTION",
			"https://quay.example/news/crane": "tdmrep.json tdm-reservation: 1|tdmrep.json tdm-policy: https://quay.example/policy|tdm-reservation: 0 → gated CC-BY-4.0",
			"https://quay.example/free/buoy":  "X-Robots-Tag: noai → gated NOASSERTION",
			"https://pier.example/news/net":   " → standoff NOASSERTION",
		}
		for address, line := range want {
			if got[address] != line {
				t.Errorf("%s\n%s\nwant\n%s", address, got[address], line)
			}
		}
		_, err := release.Verify(t.Context(), version, func(p release.Problem) { t.Error(p) })
		if err != nil {
			t.Fatal(err)
		}
		excluded := 0
		for _, row := range rowsOf[schema.LedgerRow](t, version, schema.TableLedger) {
			if row.Outcome == schema.OutcomeExcluded {
				excluded++
			}
		}
		if excluded != 3 {
			t.Errorf("%d documents are excluded, not the 3 files of reservations", excluded)
		}
		sum := report.ManifestSHA256
		if names[0] == "1.warc.gz" {
			if first == "" {
				first = sum
			} else if first != sum {
				t.Error("the cache gives another version")
			}
		}
	}
	// The policy is no part of what extraction is kept by.
	corpus := newCorpus(t, yaml, map[string]string{"1.warc.gz": string(one), "2.warc.gz": string(two)})
	o := corpus.options(t)
	o.Cache = t.TempDir()
	corpus.build(t, o)
	o.Config.Policy.Rules[0].Tier = schema.TierStandoff
	o.Out = t.TempDir()
	if _, report := corpus.build(t, o); report.CacheMisses != 0 {
		t.Errorf("another policy has %d batches extracted again", report.CacheMisses)
	}
}

// Beside saved pages the index says which input is the file of a server, and
// when it was fetched. It counts for the pages of the server in all sources, and
// one that cannot be read is no silent permission.
func TestReservationsBesidePages(t *testing.T) {
	at := func(path, word string) string {
		return strings.ReplaceAll(strings.ReplaceAll(page, "https://quay.example/lamp", "https://quay.example"+path), "lamp", word)
	}
	yaml := "corpus: web\nversion: 0.1.0\nsources:\n  - id: a\n    format: html\n    inputs: [\"pages/*\"]\n    index: pages.csv\n  - {id: b, inputs: [\"more/*.html\"]}\n"
	files := map[string]string{
		"pages/news.html": at("/news/crane", "crane"), "pages/free.html": at("/free/buoy", "buoy"), "more/old.html": at("/news/wall", "wall"),
		"pages/tdmrep.json":  `[{"location": "/news/", "tdm-reservation": 1, "tdm-policy": "https://quay.example/policy"}]`,
		"pages/tdmrep2.json": `[{"location": "/", "tdm-reservation": 0}]`,
		"pages.csv": "path,url,captured_at\n" +
			"pages/tdmrep.json,https://quay.example/.well-known/tdmrep.json,2021-02-01T00:00:00Z\n" +
			"pages/tdmrep2.json,https://quay.example/.well-known/tdmrep.json,2022-02-01T00:00:00Z\n" +
			"pages/news.html,,2021-03-01T00:00:00Z\npages/free.html,,2022-03-01T00:00:00Z\n",
	}
	corpus := newCorpus(t, yaml, files)
	var sums []string
	for range 2 { // the second out of the cache
		o := corpus.options(t)
		o.Out, o.Cache = t.TempDir(), filepath.Join(corpus.dir, ".cache")
		version, report := corpus.build(t, o)
		sums = append(sums, report.ManifestSHA256)
		got := map[string]string{}
		for _, a := range articlesOf(t, version) {
			got[*a.CanonicalURL] = strings.Join(a.OptOut, "|")
		}
		const reserved = "tdmrep.json tdm-reservation: 1|tdmrep.json tdm-policy: https://quay.example/policy"
		want := map[string]string{
			"https://quay.example/news/crane": reserved,
			"https://quay.example/news/wall":  reserved, // captured at no known time: the oldest file
			"https://quay.example/free/buoy":  "tdmrep.json tdm-reservation: 0",
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Error(d)
		}
		if _, err := release.Verify(t.Context(), version, func(p release.Problem) { t.Error(p) }); err != nil {
			t.Fatal(err)
		}
		excluded := 0
		for _, row := range rowsOf[schema.LedgerRow](t, version, schema.TableLedger) {
			if row.Outcome == schema.OutcomeExcluded && strings.HasPrefix(row.InputPath, "tdmrep") {
				excluded++
			}
		}
		if excluded != 2 || report.Rejected != 0 {
			t.Errorf("%d files of reservations in the ledger, %d rejected", excluded, report.Rejected)
		}
		preview, err := pipeline.Look(t.Context(), o)
		if err != nil || preview.Sources[0].Formats["tdmrep"] != 2 {
			t.Errorf("before the build: %+v, %v", preview, err)
		}
	}
	if sums[0] != sums[1] {
		t.Error("the cache gives another version")
	}

	for name, body := range map[string]string{"no list": "<html>not found</html>", "too large": "[" + strings.Repeat(" ", 1<<20) + "]", "empty": ""} {
		corpus.write(t, "pages/tdmrep2.json", body)
		o := corpus.options(t)
		o.Out = t.TempDir()
		_, report := corpus.build(t, o)
		if report.Rejected != 1 || !report.RejectedTooMany {
			t.Errorf("%s: %d rejected: %v", name, report.Rejected, report.Examples)
		}
	}
}
