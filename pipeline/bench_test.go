package pipeline_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"corpus/pipeline"
	"corpus/pipeline/config"
	"corpus/pipeline/plan"
	"corpus/pipeline/spill"
	"corpus/tools/synthesize/synthetic"
)

// BenchmarkBuild builds 500 generated pages, and 2000 records, without a cache.
func BenchmarkBuild(b *testing.B) {
	m := synthetic.New(1, 300, 6)
	b.Run("pages", func(b *testing.B) {
		c := newCorpus(b, "corpus: bench\nversion: 0.1.0\nsplits: thread\nsources:\n  - id: a\n    inputs: [\"in/**/*.html\"]\n", nil)
		var size int64
		for i := range uint64(500) {
			body := m.Page(i)
			size += int64(len(body))
			c.write(b, fmt.Sprintf("in/%02d/%04d.html", i/100, i), body)
		}
		benchmarkBuild(b, c, size, 500, "pages/s")
	})
	b.Run("records", func(b *testing.B) {
		c := newCorpus(b, "corpus: bench\nversion: 0.1.0\nsplits: thread\nsources:\n  - id: a\n    inputs: [in.jsonl]\n", nil)
		var body []byte
		for i := range uint64(2000) {
			line, err := m.Record(i)
			if err != nil {
				b.Fatal(err)
			}
			body = append(body, line...)
		}
		c.write(b, "in.jsonl", string(body))
		benchmarkBuild(b, c, int64(len(body)), 2000, "rows/s")
	})
}

func benchmarkBuild(b *testing.B, c *corpusOf, bytes int64, documents float64, unit string) {
	o := c.options(b)
	b.SetBytes(bytes)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := pipeline.Build(b.Context(), o); err != nil {
			b.Fatal(err)
		}
		if err := os.RemoveAll(o.Out); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(documents*float64(b.N)/b.Elapsed().Seconds(), unit)
}

// BenchmarkPlan finds 5000 inputs in 50 folders.
func BenchmarkPlan(b *testing.B) {
	c := newCorpus(b, "corpus: bench\nversion: 0.1.0\nsources:\n  - id: a\n    inputs: [\"in/**/*.html\"]\n", nil)
	for i := range 5000 {
		c.write(b, fmt.Sprintf("in/%02d/%04d.html", i/100, i), "x")
	}
	cfg, err := config.Load(filepath.Join(c.dir, "corpus.yaml"))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		p, err := plan.Inputs(b.Context(), cfg, c.dir, plan.Exclude{}, spill.Options{})
		if err != nil || p.Len() != 5000 {
			b.Fatal(p.Len(), err)
		}
		p.Close()
	}
	b.ReportMetric(5000*float64(b.N)/b.Elapsed().Seconds(), "inputs/s")
}
