package pipeline_test

import (
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corpus/pipeline"
	"corpus/pipeline/config"
	"corpus/pipeline/read"
	"corpus/schema"
)

const demoFolder = "../examples"

// exampleDocument is what was counted by hand in a document of the demo.
type exampleDocument struct {
	Title    string
	Comments int
	First    string // author of the first comment on the page
	Last     string // author of the last one
	Replies  int    // comments that state another comment as their parent
	Deleted  int    // comments that their authors took back
	Pending  int    // comments that wait for approval
	Lang     string
}

// exampleFile is what a file of the demo holds.
type exampleFile struct {
	Documents []exampleDocument
	Rejected  []string // reasons
}

// expectedExamples reads what was counted, by path below the demo's folder.
func expectedExamples(t *testing.T) map[string]exampleFile {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(demoFolder, "expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	var want map[string]exampleFile
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatalf("expected.json: %v", err)
	}
	return want
}

// TestExamples extracts every file of the demo and compares it with what was
// counted by hand.
func TestExamples(t *testing.T) {
	for name, want := range expectedExamples(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got exampleFile
			err := pipeline.Extract(t.Context(), []string{filepath.Join(demoFolder, filepath.FromSlash(name))}, pipeline.ExtractOptions{
				Format: read.FormatAuto,
				Record: func(r schema.Record) error {
					got.Documents = append(got.Documents, countRecord(r))
					return nil
				},
				Rejected: func(_, reason string) { got.Rejected = append(got.Rejected, reasonIn(reason)) },
			})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("counted by hand (-), extracted (+):\n%s", diff)
			}
		})
	}
}

// countRecord brings a record into the form of what was counted.
func countRecord(r schema.Record) exampleDocument {
	d := exampleDocument{Comments: len(r.Comments)}
	if r.Title != nil {
		d.Title = *r.Title
	}
	if r.Lang != nil {
		d.Lang = *r.Lang
	}
	if n := len(r.Comments); n > 0 {
		d.First, d.Last = r.Comments[0].Author, r.Comments[n-1].Author
	}
	for _, c := range r.Comments {
		if c.ParentID != nil && *c.ParentID != c.ID {
			d.Replies++
		}
		switch c.State {
		case schema.StateDeleted:
			d.Deleted++
		case schema.StatePending:
			d.Pending++
		}
	}
	return d
}

// reasonIn finds the reason of the closed list in a message of a rejection.
func reasonIn(message string) string {
	for part := range strings.SplitSeq(message, ": ") {
		if slices.Contains(schema.Reasons(), part) {
			return part
		}
	}
	return message
}

// TestExamplesAreComplete holds the list of what was counted against the files
// that are there, and its rejections against those that corpus.yaml accepts.
func TestExamplesAreComplete(t *testing.T) {
	want := expectedExamples(t)
	var files []string
	for _, folder := range []string{"pages", "dumps", "letters", "broken"} {
		err := fs.WalkDir(os.DirFS(demoFolder), folder, func(path string, entry fs.DirEntry, err error) error {
			if err == nil && !entry.IsDir() {
				files = append(files, path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(files)
	if diff := cmp.Diff(slices.Sorted(maps.Keys(want)), files); diff != "" {
		t.Errorf("expected.json (-), files (+):\n%s", diff)
	}
	rejected := 0
	for _, file := range want {
		rejected += len(file.Rejected)
	}
	cfg, err := config.Load(filepath.Join(demoFolder, "corpus.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if cfg.AcceptRejects != strconv.Itoa(rejected) {
		t.Errorf("corpus.yaml accepts %s rejected documents, %d are broken", cfg.AcceptRejects, rejected)
	}
}
