package store

import (
	"fmt"
	"testing"

	"corpus/schema"
)

// benchComments are comments of about 500 bytes of text that compress as text
// does: words out of a small vocabulary.
func benchComments(n int) ([]schema.Comment, int64) {
	rows := threads(n/20, 20)
	vocabulary := []string{"the", "harbour", "council", "ferry", "budget", "again", "never", "reader", "tide", "of", "and", "to", "road", "since", "winter", "people", "a", "in"}
	var raw int64
	x := uint32(1)
	for i := range rows {
		text := make([]byte, 0, 500)
		for len(text) < 480 {
			x = x*1664525 + 1013904223
			text = append(append(text, vocabulary[(x>>16)%uint32(len(vocabulary))]...), ' ')
		}
		s := string(text)
		rows[i].Text, rows[i].NChars = &s, int32(len(s))
		rows[i].Blocks = []schema.Block{{Kind: "paragraph", End: int32(len(s))}}
		n, err := RawBytes("comments", &rows[i])
		if err != nil {
			panic(err)
		}
		raw += n
	}
	return rows, raw
}

func BenchmarkWrite(b *testing.B) {
	rows, raw := benchComments(20_000)
	b.SetBytes(raw)
	b.ReportAllocs()
	for b.Loop() {
		v := newVersion(b, b.TempDir(), groupRawBytes)
		writeTable(b, v, "comments", rows)
		v.Abort()
	}
	b.ReportMetric(float64(len(rows))*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkRead(b *testing.B) {
	rows, raw := benchComments(20_000)
	v := newVersion(b, b.TempDir(), groupRawBytes)
	defer v.Abort()
	info := writeTable(b, v, "comments", rows)[0]
	b.SetBytes(raw)
	b.ReportAllocs()
	for b.Loop() {
		if n, err := readAll[schema.Comment](v.dir, info); err != nil || n != len(rows) {
			b.Fatal(n, err)
		}
	}
	b.ReportMetric(float64(len(rows))*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkSeal begins a version, writes 50 small files and empty tables into it
// and seals it. It is done in memory where the system has such a folder, since
// what a disk takes is no fact about the program.
func BenchmarkSeal(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		out, remove := tempDir(b)
		v := newVersion(b, out, groupRawBytes)
		writeEmptyTables(b, v)
		for i := range 50 {
			if _, err := v.WriteFile(fmt.Sprintf("audit/part-%03d.txt", i), []byte("part")); err != nil {
				b.Fatal(err)
			}
		}
		seal(b, v)
		v.Abort()
		remove()
	}
}
