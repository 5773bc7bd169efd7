package textpage_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corpus/pipeline/extract"
	"corpus/pipeline/extract/textpage"
	"corpus/pipeline/read"
)

// TestSeed compares the draft of the seed page with what is expected. The page
// is not ours to commit: it lies beside the repository, or where CORPUS_SHARED
// says.
func TestSeed(t *testing.T) {
	dir := os.Getenv("CORPUS_SHARED")
	if dir == "" {
		dir = "../../../../shared"
	}
	raw, err := os.ReadFile(filepath.Join(dir, "seed", "expected.json"))
	if os.IsNotExist(err) {
		t.Skip("the seed page is not here: ../shared/seed")
	}
	if err != nil {
		t.Fatal(err)
	}
	var want struct {
		Title    string
		Byline   []string
		Tags     []string
		Blocks   []struct{ Kind, Text string }
		Comments []struct{ Author, Text string }
	}
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join(dir, "seed", "page.txt"))
	if err != nil {
		t.Fatal(err)
	}
	got, err := textpage.New().Extract(extract.Page{Text: string(page)}, read.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if got.Title != want.Title || !cmp.Equal(got.Authors, want.Byline) || len(got.Tags) != len(want.Tags) {
		t.Errorf("title %q, authors %q, tags %q", got.Title, got.Authors, got.Tags)
	}
	type block struct{ Kind, Text string }
	var gotBlocks, wantBlocks []block
	for _, b := range got.Blocks {
		gotBlocks = append(gotBlocks, block{b.Kind, b.Text})
	}
	for _, b := range want.Blocks {
		wantBlocks = append(wantBlocks, block(b))
	}
	if diff := cmp.Diff(wantBlocks, gotBlocks); diff != "" {
		t.Errorf("blocks: %s", diff)
	}
	if len(got.Comments) != len(want.Comments) {
		t.Fatalf("%d comments, want %d", len(got.Comments), len(want.Comments))
	}
	for i, w := range want.Comments {
		c := got.Comments[i]
		if c.Author != w.Author || textOf(c.Blocks) != w.Text || c.ParentID != "" {
			t.Errorf("comment %d: author %q, parent %q, %s", i, c.Author, c.ParentID, cmp.Diff(w.Text, textOf(c.Blocks)))
		}
	}
}
