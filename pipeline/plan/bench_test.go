package plan

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"corpus/pipeline/cache/digests"
	"corpus/pipeline/read"
	"corpus/pipeline/spill"
)

// BenchmarkRead opens 200 pages of 50 KB and takes their digests and documents,
// the digests alone, or neither.
func BenchmarkRead(b *testing.B) {
	dir := b.TempDir()
	const pages = 200
	for i := range pages {
		write(b, filepath.Join(dir, fmt.Sprintf("%03d.html", i)), fmt.Sprintf("<html><body>%d%s</body></html>", i, strings.Repeat("<p>The tide is out.</p>", 2200)))
	}
	inputs := all(b, planned(b, sources([]string{"*.html"}), dir, Exclude{}))
	none := func(*read.Document, *read.Rejection, string) error { return nil }
	run := func(b *testing.B, earlier Earlier, unread bool) {
		var size int64
		for _, in := range inputs {
			size += in.Size
		}
		b.SetBytes(size)
		b.ReportAllocs()
		for b.Loop() {
			for _, in := range inputs {
				if err := in.Read(context.Background(), read.Limits{}, earlier, none); err != nil || in.Unread != unread {
					b.Fatal(in.Unread, err)
				}
			}
		}
		b.ReportMetric(pages*float64(b.N)/b.Elapsed().Seconds(), "pages/s")
	}
	known := func() (bool, error) { return true, nil }
	b.Run("new", func(b *testing.B) { run(b, Earlier{}, false) })
	b.Run("known", func(b *testing.B) { run(b, Earlier{Known: known}, false) })
	b.Run("unchanged", func(b *testing.B) {
		if runtime.GOOS != "linux" && runtime.GOOS != "darwin" {
			b.Skip("every file is read here")
		}
		time.Sleep(digests.Margin) // until the files are at rest
		kept := b.TempDir()
		files := digests.Open(kept, spill.Options{Dir: kept})
		for _, in := range inputs {
			must(b, in.Read(context.Background(), read.Limits{}, Earlier{Known: known, Files: files.Reader(true)}, none))
		}
		files.Save(1 << 20)
		must(b, files.Close())
		files = digests.Open(kept, spill.Options{Dir: kept})
		defer func() { _ = files.Close() }() // it was only read
		run(b, Earlier{Known: known, Files: files.Reader(true)}, true)
	})
}
