package read

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"
	"pgregory.net/rapid"

	"corpus/schema"
)

// zstandard packs body with a window of so many bits.
func zstandard(t testing.TB, body []byte, window int) []byte {
	t.Helper()
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(min(1<<window, zstd.MaxWindowSize)))
	if err != nil {
		t.Fatal(err)
	}
	return encoder.EncodeAll(body, nil)
}

// longWindow is a zstd frame of raw blocks whose header asks for a window of
// 2^bits bytes, as zstd --long does (RFC 8878, section 3.1.1.1.2).
func longWindow(body []byte, bits int) []byte {
	frame := []byte{0x28, 0xb5, 0x2f, 0xfd, 0x00, byte(bits-10) << 3}
	for len(body) > 0 {
		n := min(len(body), 100_000)
		header := uint32(n) << 3
		if n == len(body) {
			header |= 1
		}
		frame = append(frame, byte(header), byte(header>>8), byte(header>>16))
		frame, body = append(frame, body[:n]...), body[n:]
	}
	return frame
}

// A packed dump gives what the dump gives, also with a window of 2 GiB; larger
// ones are refused.
func TestPackedDumps(t *testing.T) {
	for i, c := range []struct {
		name   string
		reader Reader
	}{{"dumps/reddit.ndjson", redditReader{}}, {"dumps/hackernews.ndjson", hackerNewsReader{}}} {
		body := inventedInput(t, c.name)
		want := outcomes(t, c.reader, bytes.NewReader(body), Limits{})
		if i == 0 { // once: it is much memory to ask for
			if diff := cmp.Diff(want, outcomes(t, c.reader, bytes.NewReader(longWindow(body, 31)), Limits{})); diff != "" {
				t.Errorf("%s with the window of --long=31: %s", c.name, diff)
			}
		}
		for _, packed := range [][]byte{
			zstandard(t, body, 20),
			longWindow(body, 27),
			append([]byte("\x50\x2a\x4d\x18\x03\x00\x00\x00abc"), zstandard(t, body, 20)...), // a skippable frame first
			append(zstandard(t, body[:100], 20), zstandard(t, body[100:], 20)...),            // two frames
		} {
			if diff := cmp.Diff(want, outcomes(t, c.reader, bytes.NewReader(packed), Limits{})); diff != "" {
				t.Errorf("%s: %s", c.name, diff)
			}
		}
		got := outcomes(t, c.reader, bytes.NewReader(longWindow(body, 32)), Limits{})
		if len(got) != 1 || !strings.Contains(got[0].Rejected, "the window is larger than 2147483648 bytes") {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

// A packed dump that breaks off or is damaged gives what stands before, and a
// ledger row that says so.
func TestBrokenPackedDumps(t *testing.T) {
	body := []byte(strings.Repeat(`{"id":"a1","link_id":"t3_p1","subreddit":"weirs","author":"coot","body":"Once more."}`+"\n", 4000))
	packed := longWindow(body, 20)
	for cut := range len(packed) / 10_007 {
		got := outcomes(t, redditReader{}, bytes.NewReader(packed[:cut*10_007]), Limits{})
		if cut == 0 {
			if len(got) != 0 {
				t.Errorf("nothing gave %+v", got)
			}
			continue
		}
		if last := got[len(got)-1]; !strings.HasPrefix(last.Rejected, "malformed: zstd: ") && !strings.HasPrefix(last.Rejected, "malformed: line") || last.Excluded {
			t.Fatalf("cut at %d: %+v", cut*10_007, last)
		}
	}
	packed[len(packed)-len(body)%100_000-3] ^= 6 // the header of the last block
	if got := outcomes(t, redditReader{}, bytes.NewReader(packed), Limits{}); len(got) != 2 || got[0].Entry == nil || got[1].Rejected != "malformed: zstd: the compressed data is damaged" {
		t.Errorf("%+v", got)
	}
	broken := errors.New("broken pipe")
	err := redditReader{}.Read(t.Context(), io.MultiReader(bytes.NewReader(packed[:50_000]), iotest.ErrReader(broken)), Limits{Tmp: t.TempDir()}, func(*Document, *Rejection, string) error { return nil })
	if !errors.Is(err, broken) {
		t.Errorf("an error of the file became %v", err)
	}
}

// However the lines stand, the documents are the same but for their locators.
func TestDumpsInAnyOrder(t *testing.T) {
	for _, c := range []struct {
		name   string
		reader Reader
	}{{"dumps/reddit.ndjson", redditReader{}}, {"dumps/hackernews.ndjson", hackerNewsReader{}}} {
		lines := strings.SplitAfter(string(inventedInput(t, c.name)), "\n")
		entries := func() (list []*Entry) {
			for _, o := range outcomes(t, c.reader, strings.NewReader(strings.Join(lines, "")), Limits{}) {
				if o.Entry != nil {
					list = append(list, o.Entry)
				}
			}
			return list
		}
		want := entries()
		random := rand.New(rand.NewPCG(1, 2))
		for range 20 {
			random.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
			if diff := cmp.Diff(want, entries()); diff != "" {
				t.Fatalf("%s: %s", c.name, diff)
			}
		}
	}
}

// A dump that is cut off anywhere gives no document that is not in the whole
// one but for its last line.
func TestTruncatedDumps(t *testing.T) {
	for _, c := range invented[len(invented)-2:] {
		body := inventedInput(t, c.input)
		tmp := t.TempDir()
		for cut := range len(body) {
			malformed := 0
			for _, o := range outcomes(t, c.reader, bytes.NewReader(body[:cut]), Limits{Bytes: 1 << 20, Tmp: tmp}) {
				if strings.HasPrefix(o.Rejected, schema.ReasonMalformed) {
					malformed++
				}
			}
			whole := bytes.Count(body[:cut], []byte("\n"))
			if cut > 0 && body[cut-1] != '\n' && body[cut] != '\n' && malformed == 0 {
				t.Fatalf("%s cut at %d, in line %d: nothing says so", c.input, cut, whole+1)
			}
		}
	}
}

func TestDumpLimits(t *testing.T) {
	comment := func(i int, text string) string {
		return fmt.Sprintf(`{"id":"c%d","link_id":"t3_p1","subreddit":"weirs","author":"coot","created_utc":%d,"body":%q}`+"\n", i, 1500000000+i, text)
	}
	post := `{"id":"p1","subreddit":"weirs","author":"coot","title":"T","selftext":"Text."}` + "\n"
	var many strings.Builder
	for i := range 5 {
		many.WriteString(comment(i, "Short."))
	}
	for _, c := range []struct {
		what, in string
		limits   Limits
		want     []string
	}{
		{"as many as allowed", post + many.String(), Limits{Comments: 5}, []string{"line=1"}},
		{"one too many", many.String() + post, Limits{Comments: 4}, []string{"line=6 too_many_comments: 5 comments, limits: comments is 4"}},
		{"one too many, without the post", many.String(), Limits{Comments: 4}, []string{"line=1 too_many_comments: 5 comments, limits: comments is 4"}},
		{"a long line", post + comment(1, strings.Repeat("x", 900)) + comment(2, "y"), Limits{Bytes: 900}, []string{"line=2 too_large: line 2 has more than 900 bytes: see limits: bytes", "line=1"}},
		{"long together", post + comment(1, strings.Repeat("x", 300)) + comment(2, strings.Repeat("x", 300)), Limits{Bytes: 600}, []string{"line=1 too_large: the post with its comments has more than 600 bytes: see limits: bytes"}},
	} {
		var got []string
		for _, o := range outcomes(t, redditReader{}, strings.NewReader(c.in), c.limits) {
			got = append(got, strings.TrimSpace(o.Locator+" "+o.Rejected))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", c.what, diff)
		}
	}
}

// Roots are what walking up from every node finds.
func TestRoots(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 60).Draw(t, "nodes")
		parents := map[uint64]uint64{}
		for _, id := range rapid.SliceOfNDistinct(rapid.Uint64Range(1, 80), n, n, rapid.ID).Draw(t, "ids") {
			parents[id] = 0
		}
		tree := newRoots("")
		defer func() { tree.close() }()
		for id := range parents {
			if rapid.Bool().Draw(t, "child") {
				parents[id] = rapid.Uint64Range(1, 80).Draw(t, "parent")
			}
			if err := tree.add(id, parents[id]); err != nil {
				t.Fatal(err)
			}
		}
		found, err := tree.resolve(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer found.close()
		for id := uint64(1); id <= 80; id++ {
			parent, known := parents[id]
			want, wantOK := uint64(0), known
			for steps := 0; parent != 0; steps++ {
				want = parent
				if parent, known = parents[parent]; !known {
					break
				}
				if steps > n {
					wantOK = false
					break
				}
			}
			root, ok, err := found.seek(id)
			if err != nil || ok != wantOK || ok && root != want {
				t.Fatalf("the root of %d is %d, %v (%v), expected %d, %v: %v", id, root, ok, err, want, wantOK, parents)
			}
		}
	})
}

func TestDumpNumbers(t *testing.T) {
	for in, want := range map[string]string{
		"1500000000": "2017-07-14T02:40:00Z", `"1500000000"`: "2017-07-14T02:40:00Z", "1500000000.0": "2017-07-14T02:40:00Z", `"1500000000.75"`: "2017-07-14T02:40:00Z",
		"0": "", "-5": "", "null": "", "false": "", "true": "", `""`: "", "1e9": "", "99999999999": "", `"x"`: "", "{}": "", "1.5.2": "",
	} {
		var n dumpNumber
		if err := n.UnmarshalJSON([]byte(in)); err != nil || n.time() != want {
			t.Errorf("%s is %q, %v", in, n.time(), err)
		}
	}
	n := dumpNumber{1 << 40, true}
	if n.count() != nil {
		t.Error("a count of more than 32 bits")
	}
}

// largeReddit and largeHackerNews are dumps of size bytes, whose comments stand
// far from what they belong to.
func largeReddit(size int) *stream {
	text := strings.Repeat("The tide comes in and goes out. ", 8)
	return &stream{size: size, part: func(i int) string {
		if i%50 == 7 {
			return fmt.Sprintf(`{"id":"p%d","subreddit":"tides","author":"ann","title":"Tide","selftext":%q,"created_utc":%d}`+"\n", i%1000, text, 1500000000+i)
		}
		return fmt.Sprintf(`{"id":"c%d","link_id":"t3_p%d","parent_id":"t3_p%d","subreddit":"tides","author":"ann","body":%q,"created_utc":%d,"score":3}`+"\n", i, i*7%20*50+7, i*7%20*50+7, text, 1500000000+i)
	}}
}

func largeHackerNews(size int) *stream {
	text := strings.Repeat("The tide comes in and goes out. ", 8)
	return &stream{size: size, part: func(i int) string {
		id := i + 1
		if id <= 1000 {
			return fmt.Sprintf(`{"id":%d,"type":"story","by":"ann","title":"Tide","url":"https://tide.example/","time":%d}`+"\n", id, 1500000000+i)
		}
		return fmt.Sprintf(`{"id":%d,"type":"comment","by":"ann","parent":%d,"text":%q,"time":%d}`+"\n", id, id-1000, text, 1500000000+i)
	}}
}

// Memory does not grow with the dump: 40 MiB are read with less.
func TestDumpsInBoundedMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 80 MiB")
	}
	for _, c := range []struct {
		name   string
		reader Reader
		in     *stream
	}{
		{"reddit", redditReader{}, largeReddit(40 << 20)},
		{"hackernews", hackerNewsReader{}, largeHackerNews(40 << 20)},
	} {
		peak, n := peakOf(t, c.reader, c.in, Limits{Comments: 100_000})
		if n < 15 || peak == 0 || peak > 56<<20 {
			t.Errorf("%s: %d documents, %d KiB at the peak", c.name, n, peak>>10)
		}
		if testing.Verbose() {
			t.Logf("%s: %d documents, %d KiB at the peak", c.name, n, peak>>10)
		}
	}
}

// peakOf reads in and gives the most bytes that were alive beside those before,
// measured while reading and at every document.
func peakOf(t testing.TB, r Reader, in io.Reader, limits Limits) (peak uint64, documents int) {
	t.Helper()
	runtime.GC()
	var before, now runtime.MemStats
	runtime.ReadMemStats(&before)
	measure := func() {
		runtime.GC()
		runtime.ReadMemStats(&now)
		peak = max(peak, now.HeapAlloc-min(before.HeapAlloc, now.HeapAlloc))
	}
	limits.Tmp = t.TempDir()
	read := 0
	err := r.Read(t.Context(), readerFunc(func(p []byte) (int, error) {
		n, err := in.Read(p)
		if read += n; read > 4<<20 {
			read = 0
			measure()
		}
		return n, err
	}), limits, func(doc *Document, rejected *Rejection, locator string) error {
		if rejected != nil {
			t.Fatalf("%s: %v", locator, rejected)
		}
		if documents++; documents%100 == 1 {
			measure()
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return peak, documents
}

func FuzzReddit(f *testing.F) {
	body := inventedInput(f, "dumps/reddit.ndjson")
	f.Add(body)
	for _, line := range bytes.SplitAfter(body, []byte("\n")) {
		f.Add(line)
	}
	fuzzExport(f, redditReader{})
}

func FuzzHackerNews(f *testing.F) {
	body := inventedInput(f, "dumps/hackernews.ndjson")
	f.Add(body)
	f.Add([]byte(`{"id":1,"type":"comment","parent":1,"text":"x"}` + "\n" + `{"id":1,"type":"comment","parent":2,"text":"x"}` + "\n" + `{"id":9223372036854775807,"type":"pollopt","poll":3}`))
	for _, line := range bytes.SplitAfter(body, []byte("\n")) {
		f.Add(line)
	}
	fuzzExport(f, hackerNewsReader{})
}

func BenchmarkReddit(b *testing.B)     { benchmarkExport(b, redditReader{}, largeReddit) }
func BenchmarkHackerNews(b *testing.B) { benchmarkExport(b, hackerNewsReader{}, largeHackerNews) }
