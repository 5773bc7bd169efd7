package pipeline_test

import (
	"os"
	"path/filepath"
	"testing"

	"corpus/pipeline"
	"corpus/pipeline/store"
)

// TestLockedCountsNewRejects: a document that was rejected before is accepted
// under --locked; one that the lock does not have is not.
func TestLockedCountsNewRejects(t *testing.T) {
	c := newCorpus(t, "corpus: held\nversion: 0.1.0\naccept_rejects: 100%\nsources:\n  - id: a\n    inputs: [\"in/*\"]\n",
		map[string]string{"in/good.html": page, "in/empty.html": " ", "in/void.html": "\n"})
	c.build(t, c.options(t))
	path := filepath.Join(c.dir, pipeline.LockName)
	lock, err := store.ReadLock(path)
	if err != nil || len(lock.Rejected) != 2 {
		t.Fatalf("%+v, %v", lock, err)
	}
	rejected := lock.Rejected
	for left := 2; left >= 0; left-- {
		lock.Rejected = rejected[2-left:]
		data, err := lock.JSON()
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		o := c.options(t)
		o.Locked, o.Out = true, t.TempDir()
		report, err := pipeline.Build(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		if report.RejectedTooMany != (left < 2) {
			t.Errorf("%d of 2 in the lock: too many %v", left, report.RejectedTooMany)
		}
	}
}
