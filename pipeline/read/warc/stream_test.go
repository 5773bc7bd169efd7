package warc

import (
	"bytes"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"corpus/pipeline/read/warc/warctest"
)

// endless writes records until n bytes of them went out, in one stream or in a
// member each.
func endless(t *testing.T, out *io.PipeWriter, form warctest.Form, n int) {
	text := strings.Repeat("<p>The heron stood still in the shallow water.</p>\n", 4000)
	record := warctest.Page("https://heron.example/", "2020-01-02T03:04:05Z", text)
	var once []byte
	var in io.Writer = out
	switch form {
	case warctest.GzipRecords:
		once = warctest.Gzip(record)
	case warctest.ZstdRecords:
		once = warctest.Zstd(record, nil)
	case warctest.GzipStream:
		z, _ := gzip.NewWriterLevel(out, gzip.BestSpeed)
		defer z.Close()
		in, once = z, record
	case warctest.ZstdStream:
		z, err := zstd.NewWriter(out, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest))
		if err != nil {
			t.Error(err)
		}
		defer z.Close()
		in, once = z, record
	default:
		once = record
	}
	for sent := 0; sent < n; sent += len(record) {
		if _, err := in.Write(once); err != nil {
			t.Error(err)
			return
		}
	}
	// One record that is larger than any memory is meant to be.
	if form == warctest.Plain {
		head := warctest.Record("resource", "https://heron.example/film", "2020-01-02T03:04:05Z", nil, "Content-Length: 100000000")
		in.Write(head[:len(head)-4])
		for range 100 {
			in.Write(make([]byte, 1_000_000))
		}
		in.Write([]byte("\r\n\r\n"))
	}
}

func TestMemoryDoesNotGrow(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 300 MB in every form")
	}
	for _, form := range []warctest.Form{warctest.Plain, warctest.GzipRecords, warctest.GzipStream, warctest.ZstdRecords, warctest.ZstdStream} {
		in, out := io.Pipe()
		go func() {
			endless(t, out, form, 300<<20)
			out.Close()
		}()
		r := NewReader(in)
		records, peak := 0, uint64(0)
		var stats runtime.MemStats
		for {
			_, err := r.Next()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", form, err)
			}
			if records++; records%200 == 0 {
				runtime.ReadMemStats(&stats)
				peak = max(peak, stats.HeapAlloc)
			}
		}
		r.Close()
		if records < 1500 {
			t.Errorf("%s: %d records", form, records)
		}
		if peak > 64<<20 {
			t.Errorf("%s: %d bytes in use", form, peak)
		}
	}
}

// Every file can be read to its end in time that is linear in it, whatever its
// heads say: all these records reach to the end of the file.
func TestHostileLengths(t *testing.T) {
	head := "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 1000000000\r\n\r\n"
	file := strings.Repeat(head, 8<<20/len(head))
	r := NewReader(strings.NewReader(file))
	damaged := 0
	for {
		_, err := r.Next()
		if err == io.EOF {
			break
		}
		if damage := new(Damage); errors.As(err, &damage) {
			damaged++
		} else if err != nil {
			t.Fatal(err)
		}
	}
	if damaged == 0 {
		t.Error("no damage told")
	}
	if spent := r.s.src.spent; spent > int64(len(file))+17*lookback {
		t.Errorf("%d bytes were read a second time", spent)
	}
}

// Members that begin and come to nothing do not make the search slow.
func TestHostileMembers(t *testing.T) {
	var file bytes.Buffer
	file.Write(warctest.Gzip(pond()[0]))
	for range 200_000 {
		file.WriteString("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff\x00\x00\x00\xff\xff") // an empty stored block, and no end
	}
	file.Write(warctest.Gzip(pond()[1]))
	r := NewReader(&file)
	total := int64(file.Len())
	for {
		if _, err := r.Next(); err == io.EOF {
			break
		}
	}
	if spent := r.s.src.spent; spent > total+17*lookback {
		t.Errorf("%d bytes were read a second time", spent)
	}
}

func FuzzRecords(f *testing.F) {
	for _, form := range warctest.Forms() {
		for _, records := range [][][]byte{pond(), arcPond()} {
			file, _ := warctest.File(form, records...)
			f.Add(file)
			f.Add(file[:len(file)*2/3])
		}
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		Detect(in)
		last := Place{-1, 0}
		r := NewReader(bytes.NewReader(in))
		defer r.Close()
		for n := 0; ; n++ {
			record, err := r.Next()
			place := Place{}
			if damage := new(Damage); errors.As(err, &damage) {
				place = damage.Place
			} else if err == io.EOF {
				return
			} else if err != nil {
				t.Fatal(err)
			} else if place = record.Place; n%2 == 0 {
				read, err := io.Copy(io.Discard, record)
				if err == nil && read != record.Length {
					t.Fatalf("%d bytes of %d", read, record.Length)
				}
			}
			if place.Offset > int64(len(in)) || n > len(in)+1 {
				t.Fatalf("record %d at %s of %d bytes", n, place, len(in))
			}
			if place.Offset < last.Offset {
				t.Fatalf("%s after %s", place, last)
			}
			last = place
		}
	})
}
