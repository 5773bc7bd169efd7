package pipeline_test

import (
	"errors"
	"strings"
	"testing"

	"corpus/pipeline"
)

// TestLimitBeyondMemory: a document that the configuration lets in has to fit
// into the memory, whatever is in it.
func TestLimitBeyondMemory(t *testing.T) {
	c := newCorpus(t, "corpus: wide\nversion: 0.1.0\nlimits: {bytes: 12MiB}\nsources:\n  - id: a\n    inputs: [\"in/*\"]\n", map[string]string{"in/a.html": page})
	o := c.options(t)
	o.Memory = pipeline.MinMemory
	_, err := pipeline.Build(t.Context(), o)
	if !errors.Is(err, pipeline.ErrUsage) || !strings.Contains(err.Error(), "limits: bytes is 12MiB") || !strings.Contains(err.Error(), "lower the limit to 10 MiB") {
		t.Errorf("the build ended with %v", err)
	}
	o.Memory = 320 << 20
	if _, err := pipeline.Build(t.Context(), o); err != nil {
		t.Error(err)
	}
}
