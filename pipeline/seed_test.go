package pipeline_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corpus/pipeline"
	"corpus/pipeline/config"
	"corpus/pipeline/store"
	"corpus/schema"
)

// sharedFolder is the folder of material that is not ours to commit.
func sharedFolder(t *testing.T) string {
	dir := os.Getenv("CORPUS_SHARED")
	if dir == "" {
		dir = "../../shared"
	}
	if _, err := os.Stat(filepath.Join(dir, "seed")); err != nil {
		t.Skip("the seed page is not here: ../shared/seed")
	}
	return dir
}

type seedBlock struct{ Kind, Text string }

type seedPage struct {
	Title    string
	Byline   []string
	Tags     []string
	Blocks   []seedBlock
	Comments []struct {
		Author, Text string
		Position     int32
		Addressee    *string
	}
	NotContent []string `json:"not_content"`
}

// TestSeed builds the seed page and compares every record with what is expected.
func TestSeed(t *testing.T) {
	shared := sharedFolder(t)
	raw, err := os.ReadFile(filepath.Join(shared, "seed", "expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	var want seedPage
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join(shared, "seed", "page.txt"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, body := range map[string]string{
		"page.txt":    string(page),
		"corpus.yaml": "corpus: seed\nversion: 0.1.0\nprivacy: none\nsources:\n  - id: seed\n    inputs: [page.txt]\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cfg, err := config.Load(filepath.Join(dir, "corpus.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	report, err := pipeline.Build(t.Context(), pipeline.Options{Config: cfg, ConfigDir: dir, ConfigName: "corpus.yaml", Out: filepath.Join(dir, "dist")})
	if err != nil {
		t.Fatal(err)
	}
	if report.Rejected != 0 {
		t.Errorf("rejected %v", report.Examples)
	}
	version := filepath.Join(dir, "dist", "seed", "0.1.0")
	var got seedPage
	for a, err := range store.Rows[schema.Article](version, schema.TableArticles) {
		if err != nil {
			t.Fatal(err)
		}
		got.Title, got.Byline, got.Tags = *a.Title, a.Byline, a.Tags
		runes := []rune(*a.Text)
		for _, b := range a.Blocks {
			got.Blocks = append(got.Blocks, seedBlock{b.Kind, string(runes[b.Start:b.End])})
		}
	}
	if got.Title != want.Title || !cmp.Equal(got.Byline, want.Byline) || len(got.Tags) != 0 {
		t.Errorf("title %q, byline %q, tags %q", got.Title, got.Byline, got.Tags)
	}
	if diff := cmp.Diff(want.Blocks, got.Blocks); diff != "" {
		t.Errorf("blocks: %s", diff)
	}
	names := map[string]string{}
	for c, err := range store.Rows[schema.Commenter](version, "commenters") {
		if err != nil {
			t.Fatal(err)
		}
		names[c.CommenterID] = *c.Name
	}
	var comments []schema.Comment
	for c, err := range store.Rows[schema.Comment](version, schema.TableComments) {
		if err != nil {
			t.Fatal(err)
		}
		comments = append(comments, c)
	}
	if len(comments) != len(want.Comments) {
		t.Fatalf("%d comments, want %d", len(comments), len(want.Comments))
	}
	for i, w := range want.Comments {
		c := comments[i]
		if c.Position != w.Position || names[*c.CommenterID] != w.Author || *c.Text != w.Text || c.ParentID != nil {
			t.Errorf("comment %d: position %d, author %q, parent %v, %s", i, c.Position, names[*c.CommenterID], c.ParentID, cmp.Diff(w.Text, *c.Text))
		}
		if w.Addressee == nil {
			if c.InferredParentID != nil {
				t.Errorf("comment %d: an inferred parent, none expected", i)
			}
			continue
		}
		addressed := ""
		for j := range comments {
			if c.InferredParentID != nil && comments[j].CommentID == *c.InferredParentID {
				addressed = names[*comments[j].CommenterID]
			}
		}
		if addressed != *w.Addressee {
			t.Errorf("comment %d is addressed to %q, want %q", i, addressed, *w.Addressee)
		}
	}
}
