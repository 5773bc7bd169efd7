package read_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/go-cmp/cmp"

	"corpus/pipeline/read"
	"corpus/pipeline/read/container"
	"corpus/pipeline/read/warc/warctest"
	"corpus/schema"
)

// What every format has to hold, whatever it is, through the one interface: a
// format that is not in the table of examples fails the test.

// example is a small input of a format. All are invented.
type example struct {
	name   string
	format string // read.FormatAuto for what is packed
	body   []byte
	// inOrder says that documents are given out as they stand in the input, so
	// that what is cut off later cannot change them. Formats that join threads
	// over the whole input cannot have that.
	inOrder bool
	// atOnce says that nothing can be read of an input that is cut off: the
	// directory of a zip archive stands at its end, and the block of zstd that
	// all of so small an input is in cannot be read in part.
	atOnce bool
}

func (e *example) read(ctx context.Context, in io.Reader, limits read.Limits, emit read.Emit) error {
	if e.format == read.FormatAuto {
		input := container.Input{In: in, Name: e.name}
		if b, ok := in.(*bytes.Reader); ok {
			input.At, input.Size = b, b.Size()
		}
		return container.Read(ctx, input, e.format, read.Rules{}, limits, emit)
	}
	reader, err := read.For(e.format)
	if err != nil {
		return err
	}
	return reader.Read(ctx, in, limits, emit)
}

func invented(t testing.TB, name string) []byte {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("testdata", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return body
}

const page = "<!DOCTYPE html><html><head><title>The pond</title></head><body><p>The heron stood still.</p></body></html>\n"

const records = `{"source":"a","title":"One","text":"The heron stood still."}
{"source":"a","title":"Two","comments":[{"id":"1","text":"It did."},{"id":"2","parent_id":"1","text":"Did it?"}]}
{"source":
{"source":"a","title":"Four","text":"The frogs were glad."}
`

const wxr = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Pond</title><wp:wxr_version>1.2</wp:wxr_version>
<item><title>One</title><link>https://pond.example/1</link><content:encoded><![CDATA[The heron.]]></content:encoded><wp:post_id>1</wp:post_id><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_author>Gull</wp:comment_author><wp:comment_content>It did.</wp:comment_content><wp:comment_approved>1</wp:comment_approved></wp:comment>
<wp:comment><wp:comment_id>2</wp:comment_id><wp:comment_content>Did it?</wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_parent>1</wp:comment_parent></wp:comment></item>
<item><title>Two</title><wp:post_id>2</wp:post_id><wp:status>draft</wp:status><wp:post_type>post</wp:post_type></item>
<item><title>Three<wp:post_id>3</wp:post_id></item>
<item><title>Four</title><link>https://pond.example/4</link><content:encoded><![CDATA[The frogs.]]></content:encoded><wp:post_id>4</wp:post_id><wp:status>publish</wp:status><wp:post_type>page</wp:post_type></item>
</channel></rss>
`

const disqus = `<?xml version="1.0"?><disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<thread dsq:id="1"><id>1</id><link>https://pond.example/1</link><title>One</title></thread>
<thread dsq:id="2"><id/><link>https://pond.example/2</link></thread>
<post dsq:id="11"><message>It did.</message><author><name>Gull</name></author><thread dsq:id="1"/></post>
<post dsq:id="12"><message>Did it?</message><author><name>Frog</name></author><thread dsq:id="1"/><parent dsq:id="11"/></post>
<post dsq:id="13"><message>Where?</message><thread dsq:id="2"/></post>
</disqus>
`

const blogger = `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:blogger="http://schemas.google.com/blogger/2018"><title>Pond</title>
<entry><id>tag:blogger.com,1999:blog-5.post-1</id><blogger:type>POST</blogger:type><blogger:status>LIVE</blogger:status><title>One</title><content type="html">The heron.</content><link rel="alternate" href="https://pond.example/1"/></entry>
<entry><id>tag:blogger.com,1999:blog-5.post-2</id><blogger:type>POST</blogger:type><blogger:status>DRAFT</blogger:status><title>Two</title></entry>
<entry><id>tag:blogger.com,1999:blog-5.post-3</id><blogger:type>COMMENT</blogger:type><blogger:status>LIVE</blogger:status><blogger:parent>tag:blogger.com,1999:blog-5.post-1</blogger:parent><content>It did.</content></entry>
<entry><id>tag:blogger.com,1999:blog-5.post-4</id><blogger:type>COMMENT</blogger:type><blogger:status>LIVE</blogger:status><blogger:parent>tag:blogger.com,1999:blog-5.post-1</blogger:parent><content>Did it?</content></entry>
</feed>
`

const feed = `<rss version="2.0"><channel><title>Pond</title>
<item><title>One</title><link>https://pond.example/1</link><description>The heron stood still.</description></item>
<item><title>Two<link></item>
<item><title>Three</title><link>https://pond.example/3</link><description>The frogs were glad.</description></item>
</channel></rss>
`

const reddit = `{"id":"aa","subreddit":"pond","title":"One","selftext":"The heron.","created_utc":1577934245,"num_comments":2}
{"id":"c1","subreddit":"pond","link_id":"t3_aa","parent_id":"t3_aa","author":"gull","body":"It did."}
{"id":
{"id":"c2","subreddit":"pond","link_id":"t3_aa","parent_id":"t1_c1","author":"frog","body":"Did it?"}
{"id":"ab","subreddit":"pond","title":"Two","selftext":"The frogs.","created_utc":1577934246,"num_comments":0}
`

const hackerNews = `{"id":1,"type":"story","by":"gull","time":1577934245,"title":"One","text":"The heron."}
{"id":2,"type":"comment","by":"frog","time":1577934246,"parent":1,"text":"It did."}
{"id":
{"id":3,"type":"comment","by":"gull","time":1577934247,"parent":2,"text":"Did it?"}
{"id":4,"type":"story","by":"frog","time":1577934248,"title":"Two","text":"The frogs."}
`

func captures() []byte {
	body, _ := warctest.File(warctest.Plain,
		warctest.Record("warcinfo", "", "2020-01-02T03:04:05Z", []byte("software: none\r\n")),
		warctest.Page("https://pond.example/1", "2020-01-02T03:04:05Z", page),
		warctest.Record("response", "https://pond.example/2", "2020-01-02T03:04:06Z", warctest.HTTP(nil, "HTTP/1.1 404 Not Found", "Content-Type: text/html")),
		warctest.Page("https://pond.example/3", "2020-01-02T03:04:07Z", strings.ReplaceAll(page, "heron", "frog")),
	)
	return body
}

func tarred(members ...string) []byte {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for i := 0; i < len(members); i += 2 {
		must(w.WriteHeader(&tar.Header{Name: members[i], Size: int64(len(members[i+1])), Mode: 0o600, Format: tar.FormatUSTAR}))
		must2(io.WriteString(w, members[i+1]))
	}
	must(w.Close())
	return b.Bytes()[:b.Len()-1024+512] // one zero block is enough
}

func zipped(members ...string) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(members); i += 2 {
		f, err := w.Create(members[i])
		must(err)
		must2(io.WriteString(f, members[i+1]))
	}
	must(w.Close())
	return b.Bytes()
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func must2(_ int, err error) { must(err) }

// examples are inputs of every format, and of every way of packing.
func examples(t testing.TB) []example {
	gzip := warctest.Gzip
	return []example{
		{name: "html", format: read.FormatHTML, body: []byte(page)},
		{name: "textpage", format: read.FormatTextPage, body: []byte("The pond\n\nGull says:\nIt did.\n")},
		{name: "jsonl", format: read.FormatJSONL, body: []byte(records), inOrder: true},
		{name: "warc", format: read.FormatWARC, body: captures(), inOrder: true},
		{name: "wxr", format: read.FormatWXR, body: []byte(wxr), inOrder: true},
		{name: "disqus", format: read.FormatDisqus, body: []byte(disqus)},
		{name: "blogger", format: read.FormatBlogger, body: []byte(blogger)},
		{name: "feed", format: read.FormatFeed, body: []byte(feed)},
		{name: "reddit", format: read.FormatReddit, body: []byte(reddit)},
		{name: "hackernews", format: read.FormatHackerNews, body: []byte(hackerNews)},

		{name: "records.jsonl.gz", format: read.FormatAuto, body: gzip([]byte(records)), inOrder: true},
		{name: "records.jsonl.zst", format: read.FormatAuto, body: warctest.Zstd([]byte(records), nil), inOrder: true, atOnce: true},
		{name: "records.jsonl.bz2", format: read.FormatAuto, body: invented(t, "packed/records.jsonl.bz2"), inOrder: true},
		{name: "records.jsonl.xz", format: read.FormatAuto, body: invented(t, "packed/records.jsonl.xz"), inOrder: true},
		{name: "all.tar", format: read.FormatAuto, inOrder: true, body: tarred("a.html", page, "a.png", "\x89PNG\r\n\x1a\n", "a.html", page)},
		{name: "all.tar.zst", format: read.FormatAuto, inOrder: true, atOnce: true, body: warctest.Zstd(tarred("a.html.gz", string(gzip([]byte(page))), "b.warc", string(captures()), "c.xml", wxr), nil)},
		{name: "all.zip", format: read.FormatAuto, inOrder: true, atOnce: true, body: zipped("a.html", page, "b/", "", "b/b.jsonl", records, "c.tar.gz", string(gzip(tarred("../d.html", page))))},
		{name: "all.zip.gz", format: read.FormatAuto, inOrder: true, atOnce: true, body: gzip(zipped("a.html", page, "a.jsonl", records, "a.html", page))},
	}
}

// outcome is what was given out for one document.
type outcome struct {
	Locator  string
	Rejected string
	Excluded bool
	Document *read.Document
}

func (o outcome) String() string {
	line, err := json.Marshal(o, json.OmitZeroStructFields(true), jsontext.AllowInvalidUTF8(true), json.Deterministic(true))
	must(err)
	return string(line)
}

// outcomes reads an input to its end. That it is rejected as a whole is its
// last outcome; any other error fails.
func (e *example) outcomes(t testing.TB, in io.Reader, limits read.Limits) []outcome {
	t.Helper()
	var list []outcome
	err := e.read(t.Context(), in, limits, func(doc *read.Document, rejected *read.Rejection, locator string) error {
		o := outcome{Locator: locator, Document: doc}
		switch {
		case (doc == nil) == (rejected == nil):
			t.Fatalf("%s: %s: document %v, rejection %v", e.name, locator, doc, rejected)
		case rejected != nil:
			o.Rejected, o.Excluded = rejected.Error(), rejected.Excluded
		case doc.Locator != locator:
			t.Fatalf("%s: a document that says %s is given out at %s", e.name, doc.Locator, locator)
		}
		if rejected != nil && !slices.Contains(schema.Reasons(), rejected.Reason) {
			t.Fatalf("%s: the reason %q is not of the ledger", e.name, rejected.Reason)
		}
		list = append(list, o)
		return nil
	})
	if r := new(read.Rejection); errors.As(err, &r) {
		list = append(list, outcome{Rejected: r.Error(), Excluded: r.Excluded})
	} else if err != nil {
		t.Fatalf("%s: %v", e.name, err)
	}
	seen := map[string]bool{}
	for _, o := range list {
		if seen[o.Locator] {
			t.Fatalf("%s: %q is the locator of two documents", e.name, o.Locator)
		}
		if strings.ContainsFunc(o.Locator, func(r rune) bool { return r < ' ' || r == 0x7f }) {
			t.Fatalf("%s: a control character in %q", e.name, o.Locator)
		}
		seen[o.Locator] = true
	}
	return list
}

func texts(list []outcome) []string {
	lines := make([]string, len(list))
	for i, o := range list {
		lines[i] = o.String()
	}
	return lines
}

func documents(list []outcome) int {
	n := 0
	for _, o := range list {
		if o.Document != nil {
			n++
		}
	}
	return n
}

// limited are limits that no example comes near.
func limited(t testing.TB) read.Limits {
	return read.Limits{Bytes: 1 << 20, Comments: 1000, Depth: 100, Tmp: t.TempDir()}
}

func TestEveryFormatIsInTheTable(t *testing.T) {
	have := map[string]bool{read.FormatAuto: true}
	for _, e := range examples(t) {
		have[e.format] = true
		if got := e.outcomes(t, bytes.NewReader(e.body), limited(t)); documents(got) == 0 {
			t.Errorf("%s: no document: %v", e.name, texts(got))
		}
	}
	for _, format := range read.Formats() {
		if !have[format] {
			t.Errorf("the format %s is not in the table", format)
		}
	}
}

// The content tells the format.
func TestContentTellsTheFormat(t *testing.T) {
	for _, e := range examples(t) {
		if e.format == read.FormatAuto {
			continue
		}
		if got := read.Detect(e.body, "x"); got != e.format {
			t.Errorf("%s: %q", e.name, got)
		}
		for _, body := range [][]byte{e.body, warctest.Gzip(e.body), warctest.Gzip(warctest.Zstd(e.body, nil))} {
			c, err := container.Look(t.Context(), container.Input{In: bytes.NewReader(body), Name: "x.txt"}, read.Limits{})
			if err != nil || c.Format != e.format || c.Archive || c.Text {
				t.Errorf("%s: %+v, %v", e.name, c, err)
			}
		}
	}
}

// An input is read alike twice, and however its bytes come in.
func TestReadingIsDeterministic(t *testing.T) {
	for _, e := range examples(t) {
		want := texts(e.outcomes(t, bytes.NewReader(e.body), limited(t)))
		for how, in := range map[string]io.Reader{
			"again":                bytes.NewReader(e.body),
			"byte by byte":         iotest.OneByteReader(bytes.NewReader(e.body)),
			"by halves":            iotest.HalfReader(bytes.NewReader(e.body)),
			"with the end at once": iotest.DataErrReader(bytes.NewReader(e.body)),
		} {
			if diff := cmp.Diff(want, texts(e.outcomes(t, in, limited(t)))); diff != "" {
				t.Errorf("%s, %s: %s", e.name, how, diff)
			}
		}
	}
}

// A locator finds its document again, and no other one.
func TestLocatorsFindDocuments(t *testing.T) {
	for _, e := range examples(t) {
		for _, want := range e.outcomes(t, bytes.NewReader(e.body), limited(t)) {
			var got []string
			for _, o := range e.outcomes(t, bytes.NewReader(e.body), limited(t)) {
				if o.Locator == want.Locator {
					got = append(got, o.String())
				}
			}
			if len(got) != 1 || got[0] != want.String() {
				t.Errorf("%s: %s finds %v", e.name, want.Locator, got)
			}
		}
	}
}

// An input that is cut off gives what stands before the cut, and nothing that
// is not in the whole one.
func TestTruncatedAtEveryByte(t *testing.T) {
	for _, e := range examples(t) {
		limits := limited(t)
		whole := map[string]string{}
		titles := map[string]string{}
		full := e.outcomes(t, bytes.NewReader(e.body), limits)
		for _, o := range full {
			whole[o.Locator] = o.String()
			if o.Document != nil && o.Document.Entry != nil {
				titles[o.Locator] = o.Document.Entry.NativeID
			}
		}
		best := 0
		for cut := range e.body {
			got := e.outcomes(t, bytes.NewReader(e.body[:cut]), limits)
			intact := 0
			for i, o := range got {
				switch {
				case o.Document == nil:
				case whole[o.Locator] == o.String():
					intact++
				case e.inOrder && i < len(got)-2:
					t.Errorf("%s cut at %d: another document at %s", e.name, cut, o.Locator)
				case o.Document.Entry != nil && o.Document.Entry.NativeID != "" && titles[o.Locator] != "" && titles[o.Locator] != o.Document.Entry.NativeID:
					t.Errorf("%s cut at %d: %s is another post", e.name, cut, o.Locator)
				}
			}
			if e.inOrder && intact < best {
				t.Errorf("%s cut at %d: %d documents intact, before %d", e.name, cut, intact, best)
			}
			best = max(best, intact)
			if len(got) == 0 && cut > 0 && e.format == read.FormatAuto {
				t.Errorf("%s cut at %d: nothing in the ledger", e.name, cut)
			}
		}
		if e.inOrder && !e.atOnce && documents(full) > 1 && best < documents(full)-1 {
			t.Errorf("%s: %d of %d documents intact before the last cut", e.name, best, documents(full))
		}
	}
}

// No document is larger than the limits; those that would be are in the ledger.
func TestLimitsHold(t *testing.T) {
	for _, e := range examples(t) {
		full := e.outcomes(t, bytes.NewReader(e.body), limited(t))
		large := 0
		for _, o := range full {
			if o.Document != nil {
				large = max(large, len(o.Document.Body))
			}
		}
		for _, limits := range []read.Limits{
			{Bytes: 1, Comments: 1000, Depth: 100, Tmp: t.TempDir()},
			{Bytes: int64(large) - 1, Comments: 1000, Depth: 100, Tmp: t.TempDir()},
			{Bytes: 1 << 20, Comments: 1, Depth: 100, Tmp: t.TempDir()},
		} {
			got := e.outcomes(t, bytes.NewReader(e.body), limits)
			if len(got) == 0 {
				t.Errorf("%s: nothing in the ledger under %+v", e.name, limits)
			}
			for _, o := range got {
				if err := within(o.Document, limits); err != nil {
					t.Errorf("%s: %s: %v", e.name, o.Locator, err)
				}
			}
		}
	}
}

func within(doc *read.Document, limits read.Limits) error {
	switch {
	case doc == nil:
	case int64(len(doc.Body)) > limits.Bytes:
		return fmt.Errorf("%d bytes, the limit is %d", len(doc.Body), limits.Bytes)
	case doc.Record != nil && len(doc.Record.Comments) > limits.Comments:
		return fmt.Errorf("%d comments, the limit is %d", len(doc.Record.Comments), limits.Comments)
	case doc.Entry != nil && len(doc.Entry.Comments) > limits.Comments:
		return fmt.Errorf("%d comments, the limit is %d", len(doc.Entry.Comments), limits.Comments)
	}
	return nil
}

// A reader stops when it is told to: by the context or by what takes the
// documents.
func TestReadersStop(t *testing.T) {
	stop := errors.New("stop")
	for _, e := range examples(t) {
		full := e.outcomes(t, bytes.NewReader(e.body), limited(t))
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		n := 0
		if err := e.read(ctx, bytes.NewReader(e.body), limited(t), func(*read.Document, *read.Rejection, string) error { n++; return nil }); !errors.Is(err, context.Canceled) || n != 0 {
			t.Errorf("%s, cancelled before: %v, %d documents", e.name, err, n)
		}
		ctx, cancel = context.WithCancel(t.Context())
		n = 0
		err := e.read(ctx, bytes.NewReader(e.body), limited(t), func(*read.Document, *read.Rejection, string) error { n++; cancel(); return nil })
		cancel()
		if len(full) > 2 && (!errors.Is(err, context.Canceled) || n > 2) {
			t.Errorf("%s, cancelled at the first document: %v, %d documents", e.name, err, n)
		}
		for at := range full {
			n := 0
			err := e.read(t.Context(), bytes.NewReader(e.body), limited(t), func(*read.Document, *read.Rejection, string) error {
				if n++; n > at {
					return stop
				}
				return nil
			})
			if full[at].Locator != "" && (!errors.Is(err, stop) || n != at+1) {
				t.Errorf("%s, stopped at %d: %v after %d", e.name, at, err, n)
			}
		}
	}
}

// Reading that was stopped goes on in a second one: what it gave before is what
// the whole gives first, by locator, and the second gives the rest.
func TestReadingIsResumed(t *testing.T) {
	stop := errors.New("stop")
	for _, e := range examples(t) {
		full := e.outcomes(t, bytes.NewReader(e.body), limited(t))
		want := texts(full)
		for at := range full {
			done := map[string]bool{}
			limits := limited(t)
			_ = e.read(t.Context(), bytes.NewReader(e.body), limits, func(_ *read.Document, _ *read.Rejection, locator string) error {
				if len(done) == at {
					return stop
				}
				done[locator] = true
				return nil
			})
			// The second reading finds the same folder for temporary files.
			var rest []string
			for i, o := range e.outcomes(t, bytes.NewReader(e.body), limits) {
				if done[o.Locator] != (i < at) {
					t.Fatalf("%s, stopped at %d: document %d, %s, is done: %v", e.name, at, i, o.Locator, done[o.Locator])
				}
				if !done[o.Locator] {
					rest = append(rest, o.String())
				}
			}
			if diff := cmp.Diff(want[at:], rest); diff != "" {
				t.Errorf("%s, stopped at %d: %s", e.name, at, diff)
			}
		}
	}
}

// An input whose file fails is no damaged input: the error comes through.
func TestErrorsOfTheFileComeThrough(t *testing.T) {
	broken := errors.New("the disk is broken")
	for _, e := range examples(t) {
		for cut := 0; cut < len(e.body); cut += 1 + len(e.body)/50 {
			in := io.MultiReader(bytes.NewReader(e.body[:cut]), iotest.ErrReader(broken))
			err := e.read(t.Context(), in, limited(t), func(*read.Document, *read.Rejection, string) error { return nil })
			if !errors.Is(err, broken) {
				t.Fatalf("%s, broken at %d of %d: %v", e.name, cut, len(e.body), err)
			}
		}
	}
}

// Whatever the bytes, a reader gives the same twice, within the limits, and
// errors are rejections.
func FuzzFormats(f *testing.F) {
	list := examples(f)
	for i, e := range list {
		f.Add(byte(i), e.body)
		f.Add(byte(i), e.body[:len(e.body)*2/3])
	}
	f.Fuzz(func(t *testing.T, which byte, body []byte) {
		e := &list[int(which)%len(list)]
		limits := read.Limits{Bytes: 1 << 16, Comments: 50, Depth: 100, Tmp: os.TempDir()}
		got := e.outcomes(t, bytes.NewReader(body), limits)
		for _, o := range got {
			if err := within(o.Document, limits); err != nil {
				t.Errorf("%s: %v", o.Locator, err)
			}
		}
		if diff := cmp.Diff(texts(got), texts(e.outcomes(t, iotest.HalfReader(bytes.NewReader(body)), limits))); diff != "" {
			t.Errorf("%s, by halves: %s", e.name, diff)
		}
	})
}
