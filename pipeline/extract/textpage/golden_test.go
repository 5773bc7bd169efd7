package textpage_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corpus/pipeline/extract"
	"corpus/pipeline/extract/textpage"
	"corpus/pipeline/read"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden is a draft as the golden files have it: what is empty is left out.
type golden struct {
	Title       string          `json:"title,omitempty"`
	Authors     []string        `json:"authors,omitempty"`
	PublishedAt string          `json:"published_at,omitempty"`
	Tags        []string        `json:"tags,omitempty"`
	Blocks      []goldenBlock   `json:"blocks,omitempty"`
	Stated      *int32          `json:"comments_stated,omitempty"`
	Comments    []goldenComment `json:"comments,omitempty"`
}

type goldenBlock struct {
	Kind  string `json:"kind"`
	Level int32  `json:"level,omitempty"`
	Text  string `json:"text"`
}

type goldenComment struct {
	ID       string        `json:"id"`
	ParentID string        `json:"parent_id,omitempty"`
	Author   string        `json:"author,omitempty"`
	Role     string        `json:"role,omitempty"`
	PostedAt string        `json:"posted_at,omitempty"`
	Blocks   []goldenBlock `json:"blocks,omitempty"`
}

func goldenOf(d *extract.Draft) golden {
	g := golden{Title: d.Title, Authors: d.Authors, PublishedAt: d.PublishedAt, Tags: d.Tags, Stated: d.CommentsStated}
	g.Blocks = goldenBlocks(d.Blocks)
	for i := range d.Comments {
		c := &d.Comments[i]
		g.Comments = append(g.Comments, goldenComment{c.ID, c.ParentID, c.Author, c.Role, c.PostedAt, goldenBlocks(c.Blocks)})
	}
	return g
}

func goldenBlocks(blocks []extract.Block) []goldenBlock {
	var out []goldenBlock
	for _, b := range blocks {
		out = append(out, goldenBlock{b.Kind, b.Level, b.Text})
	}
	return out
}

// TestGolden reads a page in each style of headers and of dump programs. The
// pages whose name begins with "none" have no comments.
func TestGolden(t *testing.T) {
	pages, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(pages) == 0 {
		t.Fatal("no pages in testdata", err)
	}
	for _, page := range pages {
		name := strings.TrimSuffix(filepath.Base(page), ".txt")
		t.Run(name, func(t *testing.T) {
			raw, err := os.ReadFile(page)
			if err != nil {
				t.Fatal(err)
			}
			draft, err := textpage.New().Extract(extract.Page{Text: string(raw)}, read.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasPrefix(name, "none") != (len(draft.Comments) == 0) {
				t.Errorf("%d comments", len(draft.Comments))
			}
			got := goldenOf(draft)
			file := filepath.Join("testdata", name+".json")
			if *update {
				out, err := json.MarshalIndent(got, "", " ")
				if err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(file, append(out, '\n'), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			raw, err = os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var want golden
			if err := json.Unmarshal(raw, &want); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestLineBreaks reads every page with the line breaks of other systems.
func TestLineBreaks(t *testing.T) {
	pages, _ := filepath.Glob("testdata/*.txt")
	for _, page := range pages {
		raw, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		want, _ := textpage.New().Extract(extract.Page{Text: string(raw)}, read.Limits{})
		for _, end := range []string{"\r\n", "\r"} {
			text := strings.ReplaceAll(string(raw), "\n", end)
			got, _ := textpage.New().Extract(extract.Page{Text: text}, read.Limits{})
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s with %q: %s", page, end, diff)
			}
		}
	}
}
