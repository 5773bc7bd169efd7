package statistics

import (
	"fmt"
	"testing"

	"corpus/schema"
)

// BenchmarkAddThread measures an article with twenty comments.
func BenchmarkAddThread(b *testing.B) {
	a := schema.Article{ArticleID: "a", SourceID: "s", State: schema.StatePresent, IDBasis: schema.BasisURL, CommentOrder: schema.OrderOldest, Text: ptr("x"), NWords: 300, PublishedLocal: ptr("2026-01-02T03:04:05")}
	comments := make([]schema.Comment, 20)
	for i := range comments {
		comments[i] = schema.Comment{CommentID: fmt.Sprint(i), State: schema.StateVisible, IDBasis: schema.BasisNative, CommenterBasis: schema.CommenterName, Depth: int32(i % 3), PostedAt: ptr(int64(i)), PostedLocal: ptr("2026-01-02T03:04:05"), Text: ptr("x"), NWords: 12}
	}
	c := New(false)
	b.ReportAllocs()
	for b.Loop() {
		c.AddThread(&a, comments, nil)
	}
}
