package spill

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"pgregory.net/rapid"
)

type record struct{ key, value string }

func compareRecords(a, b record) int {
	if c := strings.Compare(a.key, b.key); c != 0 {
		return c
	}
	return strings.Compare(a.value, b.value)
}

// drain gives all records of s, and closes it.
func drain(t interface{ Fatalf(string, ...any) }, s *Sorter) []record {
	it, err := s.Sort()
	if err != nil {
		t.Fatalf("Sort: %v", err)
	}
	var got []record
	for it.Next() {
		got = append(got, record{string(it.Key()), string(it.Value())})
	}
	if err := it.Err(); err != nil {
		t.Fatalf("iterating: %v", err)
	}
	if err := it.Close(); err != nil {
		t.Fatalf("Close: %v", err)
	}
	return got
}

func files(t *testing.T, dir string) int {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	return len(entries)
}

func TestOrderDependsOnRecordsAlone(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.OneOf(
			rapid.StringMatching(`[ab\x00\xff]{0,12}`),
			rapid.StringN(0, 40, 400),
		)
		records := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) record {
			return record{word.Draw(t, "key"), word.Draw(t, "value")}
		}), 0, 300).Draw(t, "records")
		memory := rapid.SampledFrom([]int64{1, 700, 4 << 10, 1 << 20}).Draw(t, "memory")
		workers := rapid.IntRange(1, 4).Draw(t, "workers")

		s := New(Options{Dir: dir, Memory: memory})
		defer s.Close()
		var group sync.WaitGroup
		errs := make([]error, workers)
		for w := range workers {
			group.Go(func() {
				for i := w; i < len(records); i += workers {
					if err := s.Add([]byte(records[i].key), []byte(records[i].value)); err != nil {
						errs[w] = err
						return
					}
				}
			})
		}
		group.Wait()
		if err := errors.Join(errs...); err != nil {
			t.Fatalf("Add: %v", err)
		}
		got := drain(t, s)
		want := slices.Clone(records)
		slices.SortFunc(want, compareRecords)
		if !slices.Equal(got, want) {
			t.Fatalf("got %q, want %q", got, want)
		}
	})
	if n := files(t, dir); n != 0 {
		t.Errorf("%d temporary files are left", n)
	}
}

func TestManyRunsAreMergedInPasses(t *testing.T) {
	dir := t.TempDir()
	s := New(Options{Dir: dir, Memory: 1})
	defer s.Close()
	const n = 3000
	for i := range n {
		if err := s.Add(fmt.Appendf(nil, "%05d", i*7919%n), bytes.Repeat([]byte{byte(i)}, 40)); err != nil {
			t.Fatal(err)
		}
	}
	if runs := len(s.runs); runs <= 2*maxOpen {
		t.Fatalf("only %d runs: the test proves nothing", runs)
	}
	it, err := s.Sort()
	if err != nil {
		t.Fatal(err)
	}
	defer it.Close()
	if open := len(it.merge.heap); open > maxOpen {
		t.Errorf("%d runs are open, at most %d may be", open, maxOpen)
	}
	count := 0
	for it.Next() {
		if want := fmt.Sprintf("%05d", count); string(it.Key()) != want {
			t.Fatalf("record %d has key %s", count, it.Key())
		}
		count++
	}
	if it.Err() != nil || count != n {
		t.Errorf("%d of %d records, error %v", count, n, it.Err())
	}
}

func TestMemoryIsCounted(t *testing.T) {
	const limit = 1 << 20
	s := New(Options{Dir: t.TempDir(), Memory: limit})
	defer s.Close()
	value := bytes.Repeat([]byte("v"), 90)
	for i := range 60_000 {
		v := value
		if i%1000 == 0 {
			v = bytes.Repeat([]byte("large"), 10_000)
		}
		if err := s.Add(fmt.Appendf(nil, "%08x", i), v); err != nil {
			t.Fatal(err)
		}
		var held int64
		for _, c := range s.buffer.chunks {
			held += int64(cap(c))
		}
		for _, c := range s.buffer.large {
			held += int64(cap(c))
		}
		held += int64(cap(s.buffer.entries)) * entrySize
		if held != s.buffer.allocated {
			t.Fatalf("after %d records %d bytes are held, %d are counted", i+1, held, s.buffer.allocated)
		}
		if held > limit {
			t.Fatalf("after %d records %d bytes are held, the limit is %d", i+1, held, limit)
		}
	}
	if len(s.runs) == 0 || len(s.runs) > 20 {
		t.Errorf("%d runs for nine times the memory", len(s.runs))
	}
}

func TestRecordsLargerThanTheMemory(t *testing.T) {
	dir := t.TempDir()
	s := New(Options{Dir: dir, Memory: 4 << 10})
	var want []record
	for i := range 6 {
		r := record{fmt.Sprintf("k%d", 5-i), strings.Repeat(string(rune('a'+i)), i*50_000)}
		want = append(want, r)
		if err := s.Add([]byte(r.key), []byte(r.value)); err != nil {
			t.Fatal(err)
		}
	}
	slices.SortFunc(want, compareRecords)
	if got := drain(t, s); !slices.Equal(got, want) {
		t.Error("large records come out wrong")
	}
	if n := files(t, dir); n != 0 {
		t.Errorf("%d temporary files are left", n)
	}
}

// spilled is a sorter with at least two runs on disk.
func spilled(t *testing.T, dir string) *Sorter {
	t.Helper()
	s := New(Options{Dir: dir, Memory: 512 << 10})
	for i := range 20_000 {
		if err := s.Add(fmt.Appendf(nil, "%05d", 19_999-i), []byte("some value that repeats")); err != nil {
			t.Fatal(err)
		}
	}
	if len(s.runs) < 2 {
		t.Fatal("nothing was written to disk")
	}
	return s
}

func TestCloseRemovesFiles(t *testing.T) {
	dir := t.TempDir()
	s := spilled(t, dir)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if n := files(t, dir); n != 0 {
		t.Errorf("%d temporary files are left after Close", n)
	}
	if err := s.Close(); err != nil {
		t.Errorf("a second Close: %v", err)
	}
	if err := s.Add([]byte("k"), nil); !errors.Is(err, ErrDone) {
		t.Errorf("Add after Close: %v", err)
	}
	if _, err := s.Sort(); !errors.Is(err, ErrDone) {
		t.Errorf("Sort after Close: %v", err)
	}

	s = spilled(t, dir)
	it, err := s.Sort()
	if err != nil {
		t.Fatal(err)
	}
	if !it.Next() {
		t.Fatal("no record")
	}
	if err := it.Close(); err != nil {
		t.Fatal(err)
	}
	if it.Next() || it.Key() != nil {
		t.Error("a record after Close")
	}
	if n := files(t, dir); n != 0 {
		t.Errorf("%d temporary files are left after Close of the iterator", n)
	}
}

func TestDamageIsAnError(t *testing.T) {
	damages := []struct {
		name   string
		damage func([]byte) []byte
	}{
		{"a bit in the middle", func(b []byte) []byte { b[len(b)/2] ^= 4; return b }},
		{"a bit of the checksum", func(b []byte) []byte { b[len(b)-1] ^= 1; return b }},
		{"a length of the header", func(b []byte) []byte { b[6] = 0xff; return b }},
		{"cut short", func(b []byte) []byte { return b[:len(b)-5] }},
		{"empty", func(b []byte) []byte { return nil }},
	}
	for _, d := range damages {
		t.Run(d.name, func(t *testing.T) {
			dir := t.TempDir()
			s := spilled(t, dir)
			path := s.runs[0].path
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, d.damage(data), 0o600); err != nil {
				t.Fatal(err)
			}
			it, err := s.Sort()
			if err == nil { // else a pass before the last one met it
				for it.Next() {
					if !bytes.Equal(it.Value(), []byte("some value that repeats")) {
						t.Fatalf("a damaged record is given out: %q", it.Value())
					}
				}
				err = it.Err()
				it.Close()
			}
			if !errors.Is(err, errDamaged) {
				t.Errorf("error is %v", err)
			}
			if n := files(t, dir); n != 0 {
				t.Errorf("%d temporary files are left", n)
			}
		})
	}
}

// fullDisk takes room bytes and no more.
type fullDisk struct {
	io.WriteCloser
	room int
}

func (f *fullDisk) Write(p []byte) (int, error) {
	if len(p) > f.room {
		return 0, &os.PathError{Op: "write", Path: "/secret/place", Err: syscall.ENOSPC}
	}
	f.room -= len(p)
	return f.WriteCloser.Write(p)
}

func TestFullDisk(t *testing.T) {
	for _, passes := range []int{0, 3} {
		dir := t.TempDir()
		s := New(Options{Dir: dir, Memory: 8 << 10})
		made := 0
		s.create = func(dir string) (io.WriteCloser, string, error) {
			f, path, err := createFile(dir)
			if made++; made > passes {
				f = &fullDisk{WriteCloser: f, room: 100}
			}
			return f, path, err
		}
		var err error
		for i := 0; i < 100_000 && err == nil; i++ {
			err = s.Add(fmt.Appendf(nil, "%d", i*7919), nil)
		}
		var space *SpaceError
		if !errors.As(err, &space) || !errors.Is(err, syscall.ENOSPC) {
			t.Fatalf("error is %v", err)
		}
		if space.Needed <= 0 || space.Free == 0 {
			t.Errorf("needed %d, free %d", space.Needed, space.Free)
		}
		if strings.Contains(err.Error(), "secret") {
			t.Errorf("the error names a path: %v", err)
		}
		if n := files(t, dir); n != 0 {
			t.Errorf("%d temporary files are left after the error", n)
		}
		if again := s.Add(nil, nil); again == nil {
			t.Error("Add works after an error")
		}
		if _, again := s.Sort(); again == nil {
			t.Error("Sort works after an error")
		}
		s.Close()
	}
}

func TestMissingFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "gone")
	s := New(Options{Dir: dir, Memory: 1})
	defer s.Close()
	var err error
	for i := 0; i < 1000 && err == nil; i++ {
		err = s.Add(fmt.Appendf(nil, "%d", i), nil)
	}
	if !errors.Is(err, os.ErrNotExist) || strings.Contains(err.Error(), dir) {
		t.Errorf("error is %v", err)
	}
}

func TestSortWorksOnce(t *testing.T) {
	s := New(Options{})
	defer s.Close()
	if err := s.Add([]byte("k"), []byte("v")); err != nil {
		t.Fatal(err)
	}
	it, err := s.Sort()
	if err != nil {
		t.Fatal(err)
	}
	defer it.Close()
	if _, err := s.Sort(); !errors.Is(err, ErrDone) {
		t.Errorf("a second Sort: %v", err)
	}
	if err := s.Add([]byte("k"), nil); !errors.Is(err, ErrDone) {
		t.Errorf("Add after Sort: %v", err)
	}
}

// FuzzRunReader reads bytes that no sorter wrote as a run.
func FuzzRunReader(f *testing.F) {
	dir := f.TempDir()
	s := New(Options{Dir: dir, Memory: 1 << 10})
	for i := range 100 {
		if err := s.Add(fmt.Appendf(nil, "key %d", i), []byte("value")); err != nil {
			f.Fatal(err)
		}
	}
	for _, r := range s.runs {
		data, err := os.ReadFile(r.path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	s.Close()
	f.Add([]byte{})
	f.Add([]byte{0, 0, 0, 0, 1, 0, 0, 0})
	c, err := newCodec()
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(c.close)
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "run")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		r, err := openRun(&run{path: path, blocks: 1000, maxRaw: 1 << 20, maxPacked: 1 << 20}, c)
		if err != nil {
			t.Fatal(err)
		}
		defer r.close()
		for {
			ok, err := r.next()
			if err != nil {
				return
			}
			if !ok {
				t.Fatal("a run with fewer than its blocks ends without an error")
			}
		}
	})
}

func BenchmarkSort(b *testing.B) {
	for _, memory := range []int64{8 << 20, 256 << 20} {
		b.Run(fmt.Sprintf("memory=%dMiB", memory>>20), func(b *testing.B) {
			const n = 1_000_000
			key, value := make([]byte, 9), bytes.Repeat([]byte("v"), 39)
			b.SetBytes(n * int64(len(key)+len(value)))
			for b.Loop() {
				s := New(Options{Dir: b.TempDir(), Memory: memory})
				x := uint64(1)
				for range n {
					x = x*6364136223846793005 + 1442695040888963407
					for j := range 8 {
						key[j] = byte(x >> (56 - 8*j))
					}
					if err := s.Add(key, value); err != nil {
						b.Fatal(err)
					}
				}
				it, err := s.Sort()
				if err != nil {
					b.Fatal(err)
				}
				count := 0
				for it.Next() {
					count++
				}
				if it.Err() != nil || count != n {
					b.Fatal(it.Err(), count)
				}
				it.Close()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/record")
		})
	}
}
