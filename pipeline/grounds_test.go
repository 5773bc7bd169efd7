package pipeline_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corpus/release"
	"corpus/schema"
)

// The consent and the ground of mining that are known of one article or comment,
// from a record or from the index, go before what is declared for the source; the
// policy goes by them, and consent that is refused is never opened. Another index
// is another input, whatever the cache holds.
func TestGroundsOfOneRecord(t *testing.T) {
	yaml := `corpus: letters
version: 0.1.0
sources:
  - id: a
    inputs: ["*.jsonl"]
    rights: {tdm_basis: dsm-art4}
    consent: {consent_basis: not-consent-based}
  - {id: b, format: html, inputs: ["pages/*.html"], index: pages.csv, rights: {tdm_basis: dsm-art4}}
policy:
  default: full
  rules: [{tier: gated, tdm_basis: [agreement]}]
`
	record := `{"source":"x","url":"https://pier.example/1","site":null,"title":"The old wall","authors":[],"published_at":null,"modified_at":null,"license":null,"tags":[],"lang":"en","text":"The first notice hangs on the old wall beside the steps of the ferry.","consent_basis":"dpv:ConsentGiven","tdm_basis":"agreement","comments":[` +
		`{"id":"1","parent_id":null,"author":"Olafur","author_url":null,"posted_at":null,"text":"Seen by all of us at the pier.","consent_basis":"dpv:ConsentRefused","tdm_basis":"agreement"},` +
		`{"id":"2","parent_id":null,"author":"Bo","author_url":null,"posted_at":null,"text":"Not by me, and I was there the whole day."}]}` + "\n"
	wrong := strings.Replace(strings.Replace(record, "pier.example/1", "pier.example/2", 1), `"tdm_basis":"agreement","comments"`, `"tdm_basis":"by letter","comments"`, 1)
	corpus := newCorpus(t, yaml, map[string]string{
		"a.jsonl": record + wrong, "pages/lamp.html": page, "pages.csv": "path,tdm_basis,comments_tdm_basis,consent_basis,comments_consent_basis\npages/lamp.html,own-work,agreement,dpv:ConsentGiven,dpv:ConsentWithdrawn\n",
	})
	o := corpus.options(t)
	o.Cache = filepath.Join(corpus.dir, ".cache")
	o.Config.AcceptRejects = "1"
	build := func() map[string]string {
		o.Out = t.TempDir()
		version, report := corpus.build(t, o)
		if report.Rejected != 1 || !strings.Contains(strings.Join(report.Examples, " "), "tdm_basis") {
			t.Errorf("rejected: %v", report.Examples)
		}
		if _, err := release.Verify(t.Context(), version, func(p release.Problem) { t.Error(p) }); err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		say := func(r schema.Rights) string {
			return *r.ConsentBasis + " " + *r.TDMBasis + " " + r.Tier
		}
		for _, a := range articlesOf(t, version) {
			got[*a.CanonicalURL] = say(a.Rights)
		}
		for _, c := range rowsOf[schema.Comment](t, version, schema.TableComments) {
			got[c.SourceID+" "+*c.Text] = say(c.Rights)
		}
		return got
	}
	want := map[string]string{
		"https://pier.example/1":                      "dpv:ConsentGiven agreement gated",
		"a Seen by all of us at the pier.":            "dpv:ConsentRefused agreement standoff",
		"a Not by me, and I was there the whole day.": "not-consent-based dsm-art4 full",
		"https://quay.example/lamp":                   "dpv:ConsentGiven own-work full",
	}
	got := build()
	for key, line := range got {
		if strings.HasPrefix(key, "b ") {
			if line != "dpv:ConsentWithdrawn agreement standoff" {
				t.Errorf("%s: %s", key, line)
			}
			delete(got, key)
		}
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	corpus.write(t, "pages.csv", "path,tdm_basis,comments_tdm_basis,consent_basis,comments_consent_basis\npages/lamp.html,agreement,licence,dpv:ConsentGiven,dpv:ConsentWithdrawn\n")
	if got := build()["https://quay.example/lamp"]; got != "dpv:ConsentGiven agreement gated" {
		t.Errorf("by another index: %s", got)
	}
}
