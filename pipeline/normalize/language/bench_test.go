package language

import (
	"strings"
	"testing"
)

func BenchmarkDetect(b *testing.B) {
	short := "Das glaube ich erst, wenn ich es selber sehe."
	for _, c := range []struct{ name, text string }{
		{"comment", short},
		{"article", strings.Repeat(short+" ", 100)},
		{"book", strings.Repeat(short+" ", 20000)},
		{"addresses", strings.Repeat("www.a.example/x?y ", 50000)},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.text)))
			b.ReportAllocs()
			for b.Loop() {
				Detect(c.text, nil)
			}
		})
	}
}
