package pipeline_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corpus/pipeline"
)

// stopper cancels a build when a stage begins, or in the middle of it.
type stopper struct {
	stage   string
	advance bool
	now     string
	cancel  context.CancelFunc
	reached bool
}

func (s *stopper) Stage(name string, _ int64) {
	s.now = name
	if name == s.stage && !s.advance {
		s.reached = true
		s.cancel()
	}
}

func (s *stopper) Advance(int64) {
	if s.now == s.stage && s.advance {
		s.reached = true
		s.cancel()
	}
}

// records are JSON Lines of n small articles with comments.
func records(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `{"source":"x","url":"https://quay.example/%d","site":null,"title":"Notice %d","authors":[],"published_at":"2021-03-04","modified_at":null,"license":null,"tags":[],"lang":"en","text":"The harbour board put up notice number %d on the old wall by the ferry steps.","comments":[{"id":"c%d","parent_id":null,"author":"Reader %d","author_url":null,"posted_at":"2021-03-05T10:00:00Z","text":"I have read number %d twice and still do not know when the ferry leaves."}]}`+"\n", i, i, i, i, i%7, i)
	}
	return b.String()
}

// TestInterruptLeavesNothing cancels a build at every stage: no version, no
// temporary file, no lock beside the configuration; and the next build works.
func TestInterruptLeavesNothing(t *testing.T) {
	for _, c := range []struct {
		stage   string
		advance bool
	}{
		{pipeline.StagePlan, false}, {pipeline.StageRead, false}, {pipeline.StageRead, true}, {pipeline.StageThreads, false},
		{pipeline.StageThreads, true}, {pipeline.StageResolve, false}, {pipeline.StageWrite, false}, {pipeline.StageWrite, true}, {pipeline.StageSeal, false},
	} {
		name := c.stage
		if c.advance {
			name += ", in the middle"
		}
		t.Run(name, func(t *testing.T) {
			corpus := newCorpus(t, "corpus: cut\nversion: 0.1.0\nsplits: thread\nsources:\n  - id: a\n    inputs: [\"*.jsonl\"]\n",
				map[string]string{"one.jsonl": records(60), "two.jsonl": records(30)})
			o := corpus.options(t)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			stop := &stopper{stage: c.stage, advance: c.advance, cancel: cancel}
			o.Observer = stop
			_, err := pipeline.Build(ctx, o)
			if !stop.reached {
				t.Fatal("the build never came there")
			}
			if !errors.Is(err, context.Canceled) {
				t.Fatalf("the build ended with %v", err)
			}
			left := ""
			err = filepath.WalkDir(corpus.dir, func(path string, d fs.DirEntry, err error) error {
				switch {
				case err != nil || d.IsDir():
					return err
				case strings.HasSuffix(path, ".jsonl"), d.Name() == "corpus.yaml", d.Name() == ".lock":
					return nil
				}
				left += " " + d.Name()
				return nil
			})
			if err != nil || left != "" {
				t.Fatalf("left behind:%s, %v", left, err)
			}
			if _, err := os.Stat(filepath.Join(o.Out, "cut", "0.1.0")); !errors.Is(err, fs.ErrNotExist) {
				t.Fatalf("there is a version: %v", err)
			}
			o.Observer = nil
			if _, report := corpus.build(t, o); report.Rows["articles"] != 60 {
				t.Errorf("the next build has %d articles", report.Rows["articles"])
			}
		})
	}
}
