package resolve

import (
	"strings"
	"testing"
)

func BenchmarkNewFingerprint(b *testing.B) {
	g := newTexts(1)
	text := strings.Join(g.words(300), " ")
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		f := NewFingerprint("a", text, "2020")
		if len(f.Shingles) < 290 {
			b.Fatal("not a text of 300 words")
		}
	}
}
