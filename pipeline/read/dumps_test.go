package read

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"corpus/schema"
)

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
