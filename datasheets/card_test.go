package datasheets

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"corpus/schema"
)

var update = flag.Bool("update", false, "write the golden files again")

// allTables are the tables as a build gives them, with invented numbers.
func allTables() []TableFacts {
	var tables []TableFacts
	for i, t := range schema.Tables() {
		tables = append(tables, TableFacts{Name: t.Name, Folder: t.Folder, Rows: int64(i) * 1000, Files: 1 << (i % 3)})
	}
	return tables
}

func facts() Facts {
	return Facts{
		Corpus: "harbour-voices", Version: "0.1.0", Title: "Harbour Voices", Description: "Articles and reader comments\nof two invented newspapers.\n",
		Privacy: "pseudonyms", Tool: "0.1.0", Languages: []string{"de", "en"}, Tables: allTables(), Documents: 17, Rejected: 2,
		Sources: []SourceFacts{
			{ID: "harbour", Site: "Harbour | Gazette", License: "CC-BY-4.0", RightsHolder: "Harbour Gazette", Collector: "A. Person", From: "2026-01-01", To: "2026-01-31", Documents: 12, Comments: 40},
			{ID: "letters", Documents: 5, Comments: 0},
		},
		Splits:   []Count{{"test", 2}, {"train", 10}},
		Tiers:    []Count{{"standoff", 52}},
		TestSeen: &SeenFacts{Comments: 9, CommentsSeen: 4, Articles: 2, ArticlesShared: 1},
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), string(got)); d != "" {
		t.Errorf("%s:\n%s", name, d)
	}
}

func TestCard(t *testing.T) {
	golden(t, "card.md", Card(facts()))
	least := Facts{Corpus: "c", Version: "1.0.0", Privacy: "none", Tool: "0.1.0", Tables: allTables(), Sources: []SourceFacts{{ID: "a"}}, Tiers: []Count{{"standoff", 0}}}
	golden(t, "least.md", Card(least))
}

// front is the front matter of a card as a loader reads it.
type front struct {
	Name     string   `yaml:"pretty_name"`
	Language []string `yaml:"language"`
	Configs  []struct {
		Name    string `yaml:"config_name"`
		Default bool   `yaml:"default"`
		Files   []struct {
			Split string `yaml:"split"`
			Path  string `yaml:"path"`
		} `yaml:"data_files"`
	} `yaml:"configs"`
}

func frontOf(t interface{ Fatalf(string, ...any) }, card []byte) front {
	rest, ok := bytes.CutPrefix(card, []byte("---\n"))
	matter, _, closed := bytes.Cut(rest, []byte("\n---\n"))
	if !ok || !closed {
		t.Fatalf("no front matter in %q", card)
	}
	var f front
	if err := yaml.UnmarshalWithOptions(matter, &f, yaml.Strict()); err != nil {
		t.Fatalf("front matter: %v\n%s", err, matter)
	}
	return f
}

// A loader finds every table under its own name, articles first of all.
func TestFrontMatterHasEveryTable(t *testing.T) {
	f := frontOf(t, Card(facts()))
	if f.Name != "Harbour Voices" || !cmp.Equal(f.Language, []string{"de", "en"}) || len(f.Configs) != len(schema.Tables()) {
		t.Errorf("%+v", f)
	}
	for i, table := range schema.Tables() {
		c := f.Configs[i]
		if c.Name != table.Name || c.Default != (table.Name == schema.TableArticles) || len(c.Files) != 1 || c.Files[0].Split != "train" || c.Files[0].Path != table.Dir()+"/train-*.parquet" {
			t.Errorf("%s: %+v", table.Name, c)
		}
	}
}

// What people declare cannot break out of its place.
func TestDeclarationsStayInTheirPlace(t *testing.T) {
	words := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "---", "a\n---\nb", `a "b" \`, "a: b # c", "| a | b |", "# a\n\n## b", "'", "- x", "null", "\u2028", "a\tb"}))
	rapid.Check(t, func(t *rapid.T) {
		f := facts()
		f.Title = words.Draw(t, "title")
		f.Sources[0].Site, f.Sources[0].RightsHolder, f.Sources[0].Collector = words.Draw(t, "site"), words.Draw(t, "holder"), words.Draw(t, "collector")
		card := Card(f)
		title := line(f.Title)
		if title == "" {
			title = f.Corpus
		}
		if got := frontOf(t, card); got.Name != title || len(got.Configs) != len(f.Tables) {
			t.Fatalf("title %q is read as %q", f.Title, got.Name)
		}
		columns, found := 0, false
		for row := range strings.Lines(string(card)) {
			if strings.HasPrefix(row, "| harbour |") {
				found = true
				columns = strings.Count(strings.ReplaceAll(row, `\|`, ""), "|")
			}
		}
		if !found || columns != 8 {
			t.Fatalf("the row of the source has %d borders", columns)
		}
	})
}
