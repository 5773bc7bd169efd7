package normalize

import (
	"fmt"
	"strings"
	"testing"

	"corpus/pipeline/extract"
)

// BenchmarkNormalize brings an article of 300 words with six comments of forty
// into normal form.
func BenchmarkNormalize(b *testing.B) {
	sentence := "The ferry left the quay at half past seven, and nobody who stood on the pier knew whether it would come back before the storm. "
	d := &extract.Draft{
		URL: "https://www.pier.example/ferry/?utm_source=x", Title: "The ferry runs again", Authors: []string{"Ann Pole"}, PublishedAt: "2026-01-02T03:04:05+01:00", Extractor: "html/1",
	}
	size := 0
	for range 4 {
		d.Blocks = append(d.Blocks, paragraph(strings.Repeat(sentence, 3))...)
		size += 3 * len(sentence)
	}
	for i := range 6 {
		d.Comments = append(d.Comments, extract.Comment{ID: fmt.Sprintf("c%d", i), Author: fmt.Sprintf("Reader %d", i), PostedAt: "2026-01-02 05:06", Blocks: paragraph(strings.Repeat(sentence, 2)[:220])})
		size += 220
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		normalized(b, d, rules)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "documents/s")
}
