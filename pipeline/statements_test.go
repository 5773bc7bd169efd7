package pipeline

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"

	"corpus/licenses"
	"corpus/pipeline/assemble"
	"corpus/pipeline/config"
	"corpus/pipeline/normalize"
	"corpus/pipeline/plan"
	"corpus/pipeline/privacy"
	"corpus/pipeline/read"
	"corpus/schema"
)

// licenceCase is a statement about a licence in one of the forms in which pages,
// headers, feeds, an index or a configuration make it.
type licenceCase struct {
	Name     string `json:"name"`
	HTML     string `json:"html"`   // of a page whose text is added
	More     string `json:"more"`   // a paragraph of that text
	Header   string `json:"header"` // HTTP Link
	Feed     string `json:"feed"`   // in place of a page
	Index    string `json:"index"`
	Declared string `json:"declared"`
	Rule     string `json:"rule"` // license_rule
	License  string `json:"license"`
	Evidence string `json:"evidence"`
	Tier     string `json:"tier"`
}

// licencePolicy opens what is free and said to machines or declared, gates what
// is less free or less sure, and excludes what is reserved.
const licencePolicy = `
policy:
  rules:
    - {name: reserved, tier: excluded, opt_out: [noai, tdm-reservation]}
    - {name: free, tier: full, record: [article], license: [CC0-1.0, CC-PDM-1.0, CC-PDDC, CC-BY-*, CC-BY-SA-*], license_evidence: [markup, declared, index]}
    - {name: less free, tier: gated, record: [article], license: [CC0-1.0, CC-BY-*, CC-BY-SA-*, CC-BY-ND-*, CC-BY-NC-*, CC-BY-NC-SA-*, CC-BY-NC-ND-*, LicenseRef-agreement-*]}
`

const articleText = `<article><h1>Lamps on the pier</h1><p>The harbour board put up new lamps on the old pier last week, and the ferry crews say that they can see the steps from far out again.</p><p>Nobody had asked for them, but nobody wants them taken down either, and the board says that more of them will follow in the spring.</p></article>`

// A table of real forms of statements, read all the way to licence, evidence and tier.
func TestLicenceStatements(t *testing.T) {
	data, err := os.ReadFile("testdata/license-statements.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []licenceCase
	if err := json.Unmarshal(data, &cases, json.RejectUnknownMembers(true)); err != nil {
		t.Fatal(err)
	}
	if len(cases) < 80 {
		t.Fatalf("%d cases", len(cases))
	}
	cfg, err := config.Parse([]byte("corpus: odd\nversion: 0.1.0\nsources: [{id: a, inputs: [a]}]\n"+licencePolicy), "corpus.yaml")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(path, []byte(strings.Repeat("0123456789abcdef", 4)+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	key, err := privacy.LoadKey(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			doc := c.document(t)
			source := config.Source{ID: "a", Rights: config.Rights{License: c.Declared, LicenseRule: c.Rule}}
			var index *plan.IndexRow
			if c.Index != "" {
				index = &plan.IndexRow{License: c.Index}
			}
			normal, err := newPages(config.DefaultLimits()).document(doc, normalize.Origin{}, normalize.Rules{SourceID: "a"}, index)
			if err != nil {
				t.Fatal(err)
			}
			guard, err := privacy.New(&key, "odd", privacy.ModePseudonyms)
			if err != nil {
				t.Fatal(err)
			}
			list, err := assemble.Assemble([]normalize.Document{*normal})
			if err != nil {
				t.Fatal(err)
			}
			th := &list[0]
			if _, err := guard.Apply(th, func(string) string { return "" }); err != nil {
				t.Fatal(err)
			}
			r := &threads{policy: cfg.TierPolicy(), sources: map[string]*config.Source{"a": &source}}
			r.rights(th)
			a := &th.Article
			if a.License != c.License || text(a.LicenseEvidence) != c.Evidence || a.Tier != c.Tier {
				t.Errorf("%s by %q → %s\nwant %s by %q → %s\n%+v", a.License, text(a.LicenseEvidence), a.Tier, c.License, c.Evidence, c.Tier, a.LicenseStatements)
			}
			if err := licenses.Valid(a.License); err != nil {
				t.Error(err)
			}
			for _, s := range a.LicenseStatements {
				if s.License != nil && licenses.Valid(*s.License) != nil {
					t.Errorf("a statement gives %s", *s.License)
				}
			}
		})
	}
}

func (c *licenceCase) document(t *testing.T) *read.Document {
	t.Helper()
	if c.Feed == "" {
		return &read.Document{Format: read.FormatHTML, Locator: "offset=0", Body: []byte("<!DOCTYPE html><html lang=en><head><title>Lamps on the pier</title></head><body>" + c.HTML + strings.Replace(articleText, "</article>", c.More+"</article>", 1) + "</body></html>"), Licenses: licenses.LinkHeader(c.Header)}
	}
	reader, err := read.For(read.FormatFeed)
	if err != nil {
		t.Fatal(err)
	}
	var found *read.Document
	err = reader.Read(t.Context(), strings.NewReader(c.Feed), read.Limits{}, func(doc *read.Document, rejected *read.Rejection, _ string) error {
		if rejected != nil {
			return rejected
		}
		found = doc
		return nil
	})
	if err != nil || found == nil {
		t.Fatalf("the feed gives %v, %v", found, err)
	}
	return found
}

// A record that corpus extract printed says the same of licences when it is read
// again.
func TestLicenceStatementsComeBack(t *testing.T) {
	pages := newPages(config.DefaultLimits())
	for _, c := range []licenceCase{
		{HTML: `<a rel="license" href="https://creativecommons.org/licenses/by/4.0/">x</a><footer>All rights reserved, ` + strings.Repeat("all of them ", 40) + `</footer>`},
		{HTML: `<p>CC BY 4.0 or CC BY-SA 3.0</p><figure><figcaption><a href="https://creativecommons.org/licenses/by/2.0/">CC</a></figcaption></figure>`},
		{HTML: `<a rel="license" href="https://quay.example/terms">our terms</a>`},
	} {
		first, err := pages.document(c.document(t), normalize.Origin{}, normalize.Rules{SourceID: "a"}, nil)
		if err != nil {
			t.Fatal(err)
		}
		record := first.Record("a")
		line, err := json.Marshal(record)
		if err != nil {
			t.Fatal(err)
		}
		var again schema.Record
		if err := json.Unmarshal(line, &again, json.RejectUnknownMembers(true)); err != nil {
			t.Fatal(err)
		}
		second, err := pages.document(&read.Document{Format: read.FormatJSONL, Record: &again, Body: line}, normalize.Origin{}, normalize.Rules{SourceID: "a"}, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, pair := range [][2]any{{first.Article.LicenseStatements, second.Article.LicenseStatements}, {first.Article.Rights, second.Article.Rights}} {
			a, _ := json.Marshal(pair[0])
			b, _ := json.Marshal(pair[1])
			if string(a) != string(b) {
				t.Errorf("%s\nreads\n%s\nand again\n%s", c.HTML, a, b)
			}
		}
	}
}
