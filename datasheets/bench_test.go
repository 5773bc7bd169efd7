package datasheets

import "testing"

// BenchmarkDocuments writes all documents of a version out of what was measured:
// it does not depend on the size of the corpus.
func BenchmarkDocuments(b *testing.B) {
	m := fullModel(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Documents(m); err != nil {
			b.Fatal(err)
		}
	}
}
