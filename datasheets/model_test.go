package datasheets

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"corpus/datasheets/questions"
	"corpus/datasheets/statistics"
	"corpus/schema"
)

var update = flag.Bool("update", false, "write the golden files again")

func ptr[T any](v T) *T { return &v }

const day = int64(86_400_000_000)

// collected measures a small invented corpus.
func collected() *statistics.Collector {
	c := statistics.New(false)
	for i := range 6 {
		a := schema.Article{ArticleID: fmt.Sprintf("%032x", i+1), IDBasis: schema.BasisURL, State: schema.StatePresent, SourceID: "harbour", Title: ptr(fmt.Sprintf("Storm | surge *no* %d", i)),
			Byline: []string{"Ida Marlowe"}, CanonicalURL: ptr(fmt.Sprintf("https://harbour.example/%d", i)), PublishedLocal: ptr(fmt.Sprintf("2026-0%d-11", i%3+1)), PublishedAt: ptr(int64(i) * day),
			Lang: ptr("en"), Text: ptr("Some words."), NWords: int32(40 * i), NChars: int32(200 * i), CommentOrder: schema.OrderOldest}
		a.License, a.Tier, a.Extractor, a.Split = "CC-BY-4.0", schema.TierStandoff, "html/1", ptr(schema.SplitTrain)
		if i == 5 {
			a.License, a.SourceID, a.Lang, a.PublishedAt, a.Split, a.OptOut = schema.LicenseUnknown, "letters", nil, nil, ptr(schema.SplitTest), []string{"tdm-reservation: 1"}
		}
		var comments []schema.Comment
		for j := range i {
			m := schema.Comment{CommentID: fmt.Sprintf("%032x", 100*i+j), ArticleID: a.ArticleID, IDBasis: schema.BasisNative, State: schema.StateVisible, Text: ptr("Yes."), NWords: int32(j + 1), NChars: 4,
				CommenterBasis: schema.CommenterName, PostedLocal: ptr("2026-03-12T08"), PostedAt: ptr(int64(i)*day + int64(j)*600_000_000)}
			m.License, m.Tier, m.Split = schema.LicenseUnknown, schema.TierStandoff, a.Split
			if j > 1 {
				m.ParentID, m.Depth = &comments[j-1].CommentID, int32(j-1)
				m.Spans = []schema.Span{{Kind: schema.SpanMention}}
			}
			comments = append(comments, m)
		}
		c.AddThread(&a, comments, []schema.Capture{{ArticleID: a.ArticleID, CapturedAt: ptr(int64(i) * 30 * day), Used: true}})
	}
	for i, n := range []int32{1, 1, 2, 11} {
		c.AddCommenter(&schema.Commenter{CommenterID: fmt.Sprintf("%032x", i), NComments: n, NArticles: min(n, 5)})
	}
	for i := range 8 {
		row := schema.LedgerRow{SourceID: "harbour", Outcome: schema.OutcomeArticle, NCommentsRead: 2, NCommentsKept: 2}
		if i > 5 {
			row = schema.LedgerRow{SourceID: "letters", Outcome: schema.OutcomeRejected, Reason: ptr(schema.ReasonEmpty)}
		}
		c.AddLedgerRow(&row)
	}
	for i, rule := range []string{schema.RuleExact, schema.RuleNear, schema.RuleExact} {
		c.AddDuplicate(&schema.Duplicate{ClusterID: "a", Kept: i == 0, Rule: rule})
	}
	return c
}

// fullModel declares and answers what there is to declare, and leaves some open.
func fullModel(t testing.TB) *Model {
	t.Helper()
	sheet, err := questions.Load("../examples/datasheet.yaml")
	if err != nil {
		t.Fatal(err)
	}
	m := leastModel()
	m.Title, m.Description, m.Privacy = "Harbour Voices", "Articles and reader comments\nof two invented newspapers.", "pseudonyms"
	m.Datasheet = sheet
	m.Sources = []Source{
		{Source: schema.Source{SourceID: "harbour", Site: ptr("Harbour | Gazette"), Format: "html", License: ptr("CC-BY-4.0"), RightsHolder: ptr("Harbour Gazette"), Collector: ptr("A. Person"), Method: ptr("by hand"),
			CollectedFrom: ptr("2026-01-01"), CollectedTo: ptr("2026-01-31"), TermsURL: ptr("https://harbour.example/terms"), GDPRBasis: ptr("Art. 6(1)(e)")}, ConsentBasis: "a notice", AllowedUses: []string{"teaching", "research"}},
		{Source: schema.Source{SourceID: "letters", Format: "jsonl", Collector: ptr("A. Person")}, AllowedUses: []string{"research"}},
	}
	m.Previous, m.PreviousSHA256 = "0.1.0", strings.Repeat("ab", 32)
	m.Changes = &Changes{Old: "0.1.0", New: "0.2.0", Level: "minor", Reasons: []string{"1 article was added: 0001"},
		Tables: []TableChanges{{Table: "articles", Before: 5, After: 6, Added: 1, Edited: 2, Columns: []statistics.Count{{Name: "lang", N: 2}}, Causes: []statistics.Count{{Name: "input_changed", N: 2}, {Name: "input_added", N: 1}}}}}
	m.Statistics.Splits = &statistics.Splits{Rule: "thread", Shares: []statistics.Count{{Name: "train", N: 800}, {Name: "validation", N: 100}, {Name: "test", N: 100}},
		Leaks: []statistics.Leak{{Of: "test", In: "train", Articles: 1, Shared200: 1, Comments: 5, CommentsSeen: 4, Commenters: 3, CommentersSeen: 2}}}
	return m
}

// leastModel is a version of which nothing is declared.
func leastModel() *Model {
	c := collected()
	m := &Model{Corpus: "harbour-voices", Version: "0.2.0", Privacy: "none", Tool: "0.1.0", Extractors: []string{"html/1"}, LanguageModels: []string{"own/1"},
		Sources: []Source{{Source: schema.Source{SourceID: "harbour", Format: "auto"}}, {Source: schema.Source{SourceID: "letters", Format: "auto"}}}}
	var files []statistics.File
	for i, table := range schema.Tables() {
		for part := range 1 + i%2 {
			bytes := int64(1000*i + part)
			files = append(files, statistics.File{Table: table.Name, Bytes: bytes})
			m.Files = append(m.Files, File{Path: fmt.Sprintf("%s/train-%05d-of-%05d.parquet", table.Dir(), part, 1+i%2), Table: table.Name, Bytes: bytes, Rows: int64(i), SHA256: fmt.Sprintf("%064x", 10*i+part)})
		}
	}
	slices.SortFunc(m.Files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	m.Files = append(m.Files, File{Path: "corpus.lock", Bytes: 12, SHA256: strings.Repeat("c", 64)})
	m.Statistics = c.Statistics(statistics.Build{Corpus: m.Corpus, Version: m.Version, TablesSHA256: strings.Repeat("d", 64), Files: files, NamesLeft: 3})
	m.Credits, m.Credited = c.Credits()
	return m
}

// Every document of a full and of an empty declaration, word for word.
func TestDocuments(t *testing.T) {
	for name, m := range map[string]*Model{"full": fullModel(t), "least": leastModel()} {
		documents, err := Documents(m)
		if err != nil {
			t.Fatal(err)
		}
		again := leastModel()
		if name == "full" {
			again = fullModel(t)
		}
		second, err := Documents(again)
		if err != nil {
			t.Fatal(err)
		}
		var paths []string
		for i, d := range documents {
			paths = append(paths, d.Path)
			if d.Path != "data-dictionary.md" { // schema has its golden file
				golden(t, filepath.Join(name, d.Path), d.Data)
			}
			if string(second[i].Data) != string(d.Data) {
				t.Errorf("%s/%s is another one the second time", name, d.Path)
			}
		}
		want := []string{"statistics.json", "README.md", "datasheet.md", "report.html", "data-dictionary.md", "croissant.json", "datacite.json", "CITATION.cff", "ATTRIBUTION.md", "CHANGES.md", "datapackage.json", "ro-crate-metadata.json"}
		if name == "least" {
			want = []string{"statistics.json", "README.md", "datasheet.md", "report.html", "data-dictionary.md", "croissant.json", "ATTRIBUTION.md", "datapackage.json"}
		}
		if d := cmp.Diff(want, paths); d != "" {
			t.Error(d)
		}
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
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

// What waits for a declaration says for which.
func TestWaits(t *testing.T) {
	want := []Waiting{
		{"datacite.json", []string{"citation.creators", "citation.publisher", "citation.released"}},
		{"CITATION.cff", []string{"citation.creators"}},
		{"ro-crate-metadata.json", []string{"citation.released"}},
	}
	if d := cmp.Diff(want, Waits(leastModel())); d != "" {
		t.Error(d)
	}
	if w := Waits(fullModel(t)); len(w) > 0 {
		t.Error(w)
	}
}

// A hole is closed by an answer or by declarations of every source, by nothing else.
func TestOpen(t *testing.T) {
	full := fullModel(t)
	state := func(sources []Source, f *questions.File) map[string]Hole {
		holes := map[string]Hole{}
		for _, h := range Open(sources, f) {
			holes[h.ID] = h
		}
		return holes
	}
	empty := state(leastModel().Sources, nil)
	for _, q := range questions.All() {
		_, open := empty[q.ID]
		if want := !q.Optional && (q.Is(questions.Human) || q.Is(questions.Declared)); open != want {
			t.Errorf("%s is open: %v", q.ID, open)
		}
	}
	for _, id := range questions.Required() {
		if !empty[id].Required {
			t.Errorf("a release does not ask for %s", id)
		}
	}
	// The demo's answers beside the invented sources.
	some := state(full.Sources, full.Datasheet)
	for id, h := range some {
		if full.Datasheet.Answer(id) != nil || h.Kind != questions.Declared {
			t.Errorf("%+v", h)
		}
	}
	if h := some["timeframe"]; !slices.Equal(h.Missing, []string{"collected_from of letters", "collected_to of letters"}) {
		t.Errorf("%+v", h)
	}
	sources := slices.Clone(full.Sources)
	sources[1].CollectedFrom, sources[1].CollectedTo = ptr("2026-01-01"), ptr("2026-01-02")
	if _, open := state(sources, full.Datasheet)["timeframe"]; open {
		t.Error("all sources declare it, and it is open")
	}
	only := &questions.File{Required: []string{"summary"}}
	for id, h := range state(full.Sources, only) {
		if h.Required != (id == "summary") {
			t.Errorf("%+v", h)
		}
	}
}

// What people declare cannot break out of its place in any document.
func TestDeclarationsStayInTheirPlace(t *testing.T) {
	words := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "---", "a\n---\nb", `a "b" \`, "a: b # c", "| a | b |", "# a\n\n## b", "'", "- x", "null", "\u2028", "a\tb", "<script>alert(1)</script>", "]]>", "</title>", "[a](javascript:b)", "`", "**b**\n\n|a|\n|-|"}))
	plain, err := Documents(fullModel(t))
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(rt *rapid.T) {
		m := fullModel(t)
		m.Title, m.Description = words.Draw(rt, "title"), words.Draw(rt, "description")
		m.Sources[0].Site, m.Sources[0].RightsHolder, m.Sources[0].Collector = ptr(words.Draw(rt, "site")), ptr(words.Draw(rt, "holder")), ptr(words.Draw(rt, "collector"))
		m.Credits[0].Title = words.Draw(rt, "headline")
		m.Datasheet.Answers[0].Text = "x " + words.Draw(rt, "answer")
		m.Datasheet.Citation.Creators[2].Name = words.Draw(rt, "creator")
		documents, err := Documents(m)
		if err != nil {
			rt.Fatal(err)
		}
		for i, d := range documents {
			text := string(d.Data)
			switch filepath.Ext(d.Path) {
			case ".json":
				var v any
				if err := json.Unmarshal(d.Data, &v); err != nil {
					rt.Fatalf("%s: %v", d.Path, err)
				}
			case ".cff":
				var v struct {
					Title   string
					Authors []map[string]string
				}
				if err := yaml.Unmarshal(d.Data, &v); err != nil || v.Title != m.title() || len(v.Authors) < 2 {
					rt.Fatalf("%s: %v, %+v", d.Path, err, v)
				}
			case ".html":
				// Declarations add text and no element.
				for _, tag := range []string{"<script", "<section", "<svg", "<table", "</title>", "<article"} {
					if strings.Count(text, tag) != strings.Count(string(plain[i].Data), tag) {
						rt.Fatalf("%s: %s", d.Path, tag)
					}
				}
			case ".md":
				if d.Path == "README.md" {
					if got := frontOf(rt, d.Data); got.Name != m.title() || len(got.Configs) != withRows(m) {
						rt.Fatalf("title %q is read as %q", m.Title, got.Name)
					}
				}
				if got, want := headings(text), headings(string(plain[i].Data)); got != want {
					rt.Fatalf("%s: %d headings, not %d", d.Path, got, want)
				}
				if got, want := strings.Count(text, "\n|"), strings.Count(string(plain[i].Data), "\n|"); got != want {
					rt.Fatalf("%s: %d rows of tables, not %d", d.Path, got, want)
				}
			}
		}
	})
}

var heading = regexp.MustCompile(`(?m)^#+ `)

func headings(text string) int { return len(heading.FindAllString(text, -1)) }

// front is the front matter of a card as a loader reads it.
type front struct {
	Name     string         `yaml:"pretty_name"`
	Language []string       `yaml:"language"`
	License  string         `yaml:"license"`
	Rest     map[string]any `yaml:",inline"`
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
	rest, ok := strings.CutPrefix(string(card), "---\n")
	matter, _, closed := strings.Cut(rest, "\n---\n")
	if !ok || !closed {
		t.Fatalf("no front matter in %q", card)
	}
	var f front
	if err := yaml.Unmarshal([]byte(matter), &f); err != nil {
		t.Fatalf("front matter: %v\n%s", err, matter)
	}
	return f
}

// A loader finds every table that has a row under its own name, articles first
// of all.
func TestFrontMatterHasEveryTable(t *testing.T) {
	m := fullModel(t)
	f := frontOf(t, Card(m))
	if n := withRows(m); f.Name != "Harbour Voices" || !cmp.Equal(f.Language, []string{"en"}) || f.License != "other" || len(f.Configs) != n || n < 5 {
		t.Fatalf("%+v", f)
	}
	i := 0
	for _, table := range schema.Tables() {
		if m.table(table.Name).Rows == 0 {
			continue
		}
		c := f.Configs[i]
		i++
		if c.Name != table.Name || c.Default != (table.Name == schema.TableArticles) || len(c.Files) != 1 || c.Files[0].Split != "train" || c.Files[0].Path != table.Dir()+"/train-*.parquet" {
			t.Errorf("%s: %+v", table.Name, c)
		}
	}
}

func TestHubLicense(t *testing.T) {
	for _, c := range []struct {
		licenses  []string
		key, name string
	}{
		{nil, "unknown", ""},
		{[]string{schema.LicenseUnknown}, "unknown", ""},
		{[]string{"CC-BY-4.0"}, "cc-by-4.0", ""},
		{[]string{"ODbL-1.0"}, "odbl", ""},
		{[]string{"CC-BY-SA-2.5"}, "other", "by-record"},
		{[]string{"LicenseRef-own"}, "other", "by-record"},
		{[]string{"CC-BY-4.0", schema.LicenseUnknown}, "other", "by-record"},
	} {
		if key, name := hubLicense(c.licenses); key != c.key || name != c.name {
			t.Errorf("%v: %s, %s", c.licenses, key, name)
		}
	}
	for n, want := range map[int64]string{0: "n<1K", 999: "n<1K", 1000: "1K<n<10K", 123456: "100K<n<1M", 1e12: "n>1T"} {
		if got := sizeCategory(n); got != want {
			t.Errorf("%d is %s", n, got)
		}
	}
}

// A plot never loses a number when it is made smaller, and stays in its frame.
func TestPlots(t *testing.T) {
	inFrame := regexp.MustCompile(`<rect class="bar" x="(-?\d+)" y="(-?\d+)" width="(-?\d+)" height="(-?\d+)"`)
	rapid.Check(t, func(t *rapid.T) {
		p := plot{Kind: rapid.SampledFrom([]plotKind{bars, columns}).Draw(t, "kind"), Title: "<t>", Unit: "things"}
		var sum int64
		for i, v := range rapid.SliceOfN(rapid.Int64Range(0, 1<<40), 0, 300).Draw(t, "values") {
			p.add(fmt.Sprint("n", i), v)
			sum += v
		}
		f := p.fold()
		var folded int64
		for _, v := range f.Values {
			folded += v
		}
		if folded != sum || len(f.Values) > mostColumns {
			t.Fatalf("%d of %d in %d", folded, sum, len(f.Values))
		}
		drawn := inFrame.FindAllStringSubmatch(p.svg("p"), -1)
		if len(drawn) != len(f.Values) {
			t.Fatalf("%d bars of %d", len(drawn), len(f.Values))
		}
		for i, bar := range drawn {
			var n [4]int
			for j := range n {
				fmt.Sscan(bar[j+1], &n[j])
			}
			size := n[2]
			if p.Kind == columns {
				size = n[3]
			}
			if n[0] < 0 || n[1] < 0 || n[0]+n[2] > 340 || n[2] < 0 || n[3] < 0 || (size == 0) != (f.Values[i] == 0) {
				t.Fatalf("bar %v of %d", n, f.Values[i])
			}
		}
	})
}

// withRows is the number of tables that have a row.
func withRows(m *Model) int {
	n := 0
	for _, t := range m.Statistics.Tables {
		if t.Rows > 0 {
			n++
		}
	}
	return n
}
