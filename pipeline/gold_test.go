package pipeline_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"corpus/datasheets/statistics"
	"corpus/pipeline"
	"corpus/pipeline/config"
)

const goldRecord = `{"source":"x","url":"URL","site":null,"title":"The pier","authors":[],"published_at":null,"modified_at":null,"license":null,"tags":[],"lang":"en","text":TEXT,"comments":[COMMENTS]}` + "\n"

func goldLine(url, text, comments string) string {
	return strings.NewReplacer("URL", url, "TEXT", text, "COMMENTS", comments).Replace(goldRecord)
}

func goldComment(id, parent, author, at, text string) string {
	null := func(s string) string {
		if s == "" {
			return "null"
		}
		return `"` + s + `"`
	}
	return `{"id":"` + id + `","parent_id":` + null(parent) + `,"author":"` + author + `","author_url":null,"posted_at":` + null(at) + `,"text":"` + text + `"}`
}

// TestGold builds a corpus whose source has expected records and checks each
// count: words, comments, authors, parents, times, an article that is missing.
func TestGold(t *testing.T) {
	got := goldLine("https://pier.example/1", `"The old pier is closed for the winter."`, strings.Join([]string{
		goldComment("1", "", "Ada", "2021-03-05T10:00", "Good riddance."),
		goldComment("2", "1", "Bo", "2021-03-05T11:00", "Says who?"),
		goldComment("3", "", "Cy", "", "The same words."),
		goldComment("4", "", "Di", "", "The same words."),
		goldComment("5", "", "Ed", "", "Nobody expects this."),
	}, ",")) + goldLine("https://pier.example/2", `"Nothing is expected of this page."`, "")
	want := goldLine("https://pier.example/1", `"The old old pier is closed."`, strings.Join([]string{
		goldComment("a", "", "Ada", "2021-03-05T10:00", "Good  riddance."),
		goldComment("b", "", "Bob", "2021-03-05T11:30", "Says who?"),
		goldComment("c", "", "Di", "", "The same words."),
		goldComment("d", "", "Flo", "", "This one was lost."),
	}, ",")) + goldLine("https://pier.example/3", `"A page that nobody saved."`, goldComment("1", "", "Ada", "", "Where is it?"))
	dir := t.TempDir()
	yaml := "corpus: small\nversion: 0.1.0\nprivacy: none\nsources:\n  - id: a\n    inputs: [\"*.jsonl\"]\n    gold: gold.jsonl\n"
	for name, body := range map[string]string{"in.jsonl": got, "gold.jsonl": want, "corpus.yaml": yaml} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	build := func(out string, locked bool) (string, error) {
		cfg, err := config.Load(filepath.Join(dir, "corpus.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		o := pipeline.Options{Config: cfg, ConfigDir: dir, ConfigName: "corpus.yaml", Out: filepath.Join(dir, out), Locked: locked}
		_, err = pipeline.Build(t.Context(), o)
		return filepath.Join(dir, out, "small", "0.1.0"), err
	}
	version, err := build("dist", false)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(version, "statistics.json"))
	if err != nil {
		t.Fatal(err)
	}
	measured, err := statistics.Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	expected := []statistics.ExtractionScore{{
		SourceID: "a", Records: 2, Found: 1,
		Texts: statistics.TextScore{Expected: 6 + 5, Extracted: 8, Common: 5},
		// "The same words." is expected once: of the two the first takes the
		// place, whose author is another one.
		Comments: statistics.CommentScores{Expected: 5, Extracted: 5, Found: 3, Author: 1, Parent: 2, Time: 2},
	}}
	if !reflect.DeepEqual(measured.Extraction, expected) {
		t.Errorf("measured %+v\nexpected %+v", measured.Extraction, expected)
	}
	sheet, err := os.ReadFile(filepath.Join(version, "datasheet.md"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(sheet), "**Extraction against expected records**") {
		t.Error("datasheet.md does not say how extraction scored")
	}

	// The expected records are an input: the lock notices other ones.
	if _, err := build("again", true); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "gold.jsonl"), []byte(want+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := build("other", true); err == nil || !strings.Contains(err.Error(), "gold") {
		t.Errorf("other expected records under the lock: %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "gold.jsonl"), []byte(want+"{}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := build("broken", false); err == nil || !strings.Contains(err.Error(), "source a, gold, line=3") {
		t.Errorf("a line that is no record: %v", err)
	}
}
