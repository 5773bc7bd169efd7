// Package releasetest has a small corpus whose records are of every tier, for
// the tests of releases: invented people under invented articles. It must never
// be used outside of tests.
package releasetest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"

	"corpus/datasheets/questions"
	"corpus/pipeline"
	"corpus/pipeline/config"
	"corpus/pipeline/privacy"
	"corpus/pipeline/store"
	"corpus/release/derive"
)

// Config is corpus.yaml with its gates open; NAME is the name of the corpus.
const Config = `corpus: NAME
version: 1.2.0
title: Weir Voices
splits: thread
policy:
  rules:
    - {name: hidden, tier: excluded, record: [comment], state: [spam]}
    - {name: press, tier: excluded, license: [LicenseRef-press]}
    - {name: open, tier: full, record: [article], license: [CC-BY-4.0]}
    - {name: letters, tier: full, record: [comment], license: [CC0-1.0]}
    - {name: asked, tier: gated, record: [comment], source: [weir]}
sources:
  - id: weir
    inputs: ["in/weir.jsonl"]
    time_zone: Europe/London
    languages: [en]
    rights: {comments_license: NOASSERTION}
    consent: &grounds
      gdpr_basis: eu-gdpr:A6-1-e
      art14: eu-gdpr:A14
      ethics_board: Board of the Weir
      ethics_ref: W-1
      ethics_date: 2026-01-31
    collection: {retention_until: 2036-01-01}
  - id: mill
    inputs: ["in/mill.jsonl"]
    time_zone: Europe/London
    languages: [en]
    rights: {comments_license: CC0-1.0}
    consent: *grounds
  - id: brook
    inputs: ["in/brook.jsonl"]
    languages: [en]
    rights: {comments_license: NOASSERTION}
    consent: *grounds
`

// Sheet is a datasheet.yaml that asks for nothing.
const Sheet = "schema: 1\nrequired: []\n"

// Record is a document of the inputs.
type Record struct {
	Source, URL, Title, License, Text string
	Authors, Tags                     []string
	Section                           string
	Comments                          []Comment
}

// Comment is a comment of a Record.
type Comment struct{ ID, Parent, Author, At, State, Text string }

// MarshalJSON writes the form of the format jsonl.
func (r Record) MarshalJSON() ([]byte, error) {
	list := []map[string]any{}
	for _, c := range r.Comments {
		m := map[string]any{"id": c.ID, "parent_id": nil, "author": c.Author, "author_url": nil, "posted_at": nil, "text": c.Text}
		if c.Parent != "" {
			m["parent_id"] = c.Parent
		}
		if c.At != "" {
			m["posted_at"] = c.At
		}
		if c.State != "" {
			m["state"] = c.State
		}
		list = append(list, m)
	}
	m := map[string]any{
		"source": r.Source, "url": r.URL, "site": nil, "title": r.Title, "authors": r.Authors, "published_at": "2026-03-01T08:00:00",
		"modified_at": nil, "license": nil, "tags": r.Tags, "lang": "en", "text": nil, "comments": list,
	}
	if r.Section != "" {
		m["section"] = r.Section
	}
	if r.Text != "" {
		m["text"] = r.Text
	}
	if r.License != "" {
		m["license"] = r.License
	}
	return json.Marshal(m, json.Deterministic(true))
}

const long = "The keeper of the weir counts the salmon that climb the ladder in the dark, and writes the number on the door of the hut when he is done."

// Files are the inputs, by name.
func Files() map[string][]Record {
	twin := "The mill wheel turns again after nine years of standing still, and the children of the village have painted its twelve paddles in twelve colours for the feast."
	return map[string][]Record{
		"weir": {
			{Source: "weir", URL: "https://weir.example/salmon", Title: "Salmon at the ladder", License: "CC-BY-4.0", Text: long,
				Authors: []string{"Ada Brine"}, Tags: []string{"fish"}, Section: "River",
				Comments: []Comment{
					{ID: "11", Author: "Otter", At: "2026-03-01T09:10:11", Text: "I stood there until midnight with a lamp and counted forty, and the keeper wrote down less than half of them."},
					{ID: "12", Parent: "11", Author: "Heron", At: "2026-03-01T23:59:59", Text: "Otter: nobody can count in the dark."},
					{ID: "13", Parent: "12", Author: "Mink", At: "2026-03-02T00:00:01", State: "spam", Text: "Buy a lamp from me, write to mink@lamps.example today."},
					{ID: "14", Parent: "13", Author: "Otter", At: "2026-03-02T07:00:00", Text: "No, thank you, and please stop asking people here."},
					{ID: "15", Author: "Mink", At: "2026-03-02T07:30:00", State: "spam", Text: "Nobody answers this one, which is why it goes."},
				}},
			{Source: "weir", URL: "https://weir.example/locked", Title: "A page without a licence", Text: long + " It is not said who may print this.",
				Authors: []string{"Col Reed"}, Comments: []Comment{
					{Author: "Otter", At: "2026-03-03T10:00:01", Text: "Yes."}, {Author: "Heron", At: "2026-03-03T10:00:02", Text: "Yes."}, {Author: "Otter", At: "2026-03-03T10:00:02", Text: "No!"},
					{Author: "Guest", At: "2026-03-03T11:00:00", Text: "This goes round in circles, and has done so for as long as I have been reading here."},
				}},
		},
		"mill": {
			{Source: "mill", URL: "https://mill.example/wheel", Title: "The wheel turns", License: "CC-BY-4.0", Text: twin,
				Comments: []Comment{{ID: "1", Author: "Miller", At: "2026-04-01T12:00:00+02:00", Text: "It was eight years."}, {ID: "2", Parent: "1", Author: "Paddle", Text: "Miller: nine, I painted the red one."}}},
			{Source: "mill", URL: "https://mill.example/wheel-again", Title: "The wheel turns, once more", License: "CC-BY-4.0", Text: twin},
			{Source: "mill", URL: "https://press.example/wheel", Title: "Press: the wheel turns", License: "LicenseRef-press", Text: twin,
				Comments: []Comment{{ID: "9", Author: "Miller", Text: "The press had it first."}}},
		},
		"brook": {
			{Source: "brook", URL: "https://brook.example/dry", Title: "Dry", Text: "No water.",
				Comments: []Comment{{ID: "b1", Author: "Newt", At: "2026-05", Text: "Dry indeed."}, {ID: "b2", Parent: "b1", Author: "Toad", At: "2026-05-02T10:00:00Z", Text: "Newt: as a bone, and it has been so since the first week of April, whatever they say upstream."}}},
			{Source: "brook", URL: "https://brook.example/thread", Title: "Only a thread", Comments: []Comment{{ID: "t1", Author: "Newt", Text: "Hm."}}},
		},
	}
}

// Corpus is the corpus on disk.
type Corpus struct {
	Dir   string
	Key   privacy.Key
	Build string // folder of the build
}

// New writes and builds the corpus NAME; pages, if given, are further inputs by
// their address, as files in the folder pages.
func New(t testing.TB, name string, change func(yaml string, files map[string][]Record) string, pages ...map[string]string) *Corpus {
	t.Helper()
	c := &Corpus{Dir: t.TempDir()}
	files := Files()
	yaml := strings.Replace(Config, "NAME", name, 1)
	if change != nil {
		yaml = change(yaml, files)
	}
	Write(t, filepath.Join(c.Dir, "in"), files)
	for _, p := range pages {
		if err := os.MkdirAll(filepath.Join(c.Dir, "pages"), 0o755); err != nil {
			t.Fatal(err)
		}
		for url, page := range p {
			write(t, filepath.Join(c.Dir, "pages", filepath.Base(url)+".html"), page)
		}
	}
	write(t, filepath.Join(c.Dir, "corpus.yaml"), yaml)
	write(t, filepath.Join(c.Dir, questions.FileName), Sheet)
	key := filepath.Join(c.Dir, ".key")
	write(t, key, "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n")
	var err error
	if c.Key, err = privacy.LoadKey(key); err != nil {
		t.Fatal(err)
	}
	cfg := c.Config(t)
	report, err := pipeline.Build(t.Context(), pipeline.Options{Config: cfg, ConfigDir: c.Dir, ConfigName: "corpus.yaml", Out: filepath.Join(c.Dir, "dist"), Key: &c.Key})
	if err != nil {
		t.Fatal(err)
	}
	c.Build = filepath.Join(c.Dir, "dist", cfg.Corpus, report.Version)
	return c
}

// Config is corpus.yaml as it stands.
func (c *Corpus) Config(t testing.TB) *config.Config {
	t.Helper()
	cfg, err := config.Load(filepath.Join(c.Dir, "corpus.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

// Options are those of a release of a tier.
func (c *Corpus) Options(t testing.TB, tier string) derive.Options {
	t.Helper()
	sheet, err := questions.Load(filepath.Join(c.Dir, questions.FileName))
	if err != nil {
		t.Fatal(err)
	}
	return derive.Options{Dir: c.Build, Tier: tier, Today: "2026-06-01", Config: c.Config(t), Datasheet: sheet, Key: &c.Key}
}

// Release makes the release of a tier and gives its folder.
func (c *Corpus) Release(t testing.TB, tier string) string {
	t.Helper()
	result, err := derive.Release(t.Context(), c.Options(t, tier))
	if err != nil {
		t.Fatal(err)
	}
	return result.Dir
}

// Write writes inputs as JSON Lines, a file a source.
func Write(t testing.TB, dir string, files map[string][]Record) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, records := range files {
		var b strings.Builder
		for _, r := range records {
			line, err := json.Marshal(r)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&b, "%s\n", line)
		}
		write(t, filepath.Join(dir, name+".jsonl"), b.String())
	}
}

func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// Rows are the rows of a table of a version.
func Rows[T any](t *testing.T, dir, table string) []T {
	t.Helper()
	var rows []T
	for row, err := range store.Rows[T](dir, table) {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	return rows
}
