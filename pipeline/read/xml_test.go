package read

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corpus/schema"
)

var updateExports = flag.Bool("update-exports", false, "write the golden files of the exports")

// saltmarsh is an invented blog with its exports.
const saltmarsh = "../testdata/saltmarsh/"

func fixture(t testing.TB, name string) []byte {
	t.Helper()
	body, err := os.ReadFile(filepath.Join(saltmarsh, name))
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// outcome is what a reader gave for one document.
type outcome struct {
	Locator  string
	Rejected string `json:",omitempty"`
	Excluded bool   `json:",omitempty"`
	Comments int    `json:",omitempty"` // of an excluded document
	Entry    *Entry `json:",omitempty"`
}

// outcomes are all that a reader gives; what is left of the input is rejected
// without a locator.
func outcomes(t testing.TB, r Reader, in io.Reader, limits Limits) []outcome {
	t.Helper()
	var list []outcome
	if limits.Tmp == "" {
		limits.Tmp = t.TempDir()
	}
	err := r.Read(context.Background(), in, limits, func(doc *Document, rejected *Rejection, locator string) error {
		o := outcome{Locator: locator}
		if rejected != nil {
			o.Rejected, o.Excluded, o.Comments = rejected.Error(), rejected.Excluded, rejected.Comments
		} else {
			if doc.Locator != locator || len(doc.Body) == 0 || doc.Entry == nil {
				t.Fatalf("%s: a document of %d bytes at %s", locator, len(doc.Body), doc.Locator)
			}
			o.Entry = doc.Entry
		}
		list = append(list, o)
		return nil
	})
	var rejected *Rejection
	switch {
	case errors.As(err, &rejected):
		list = append(list, outcome{Rejected: rejected.Error()})
	case err != nil:
		t.Fatal(err)
	}
	return list
}

// The exports of the blog, as they are read by default and with what was not
// public. No e-mail or IP address and no user agent passes.
func TestExportsGolden(t *testing.T) {
	all := Rules{Unpublished: true, PostTypes: []string{"recipe"}}
	for _, c := range []struct {
		golden, input string
		reader        Reader
	}{
		{"wxr", "saltmarsh.wordpress.xml", wxrReader{}},
		{"wxr-unpublished", "saltmarsh.wordpress.xml", With(wxrReader{}, all)},
		{"disqus", "saltmarsh.disqus.xml", disqusReader{}},
		{"disqus-unpublished", "saltmarsh.disqus.xml", With(disqusReader{}, all)},
	} {
		t.Run(c.golden, func(t *testing.T) {
			var got bytes.Buffer
			encoder := json.NewEncoder(&got)
			encoder.SetEscapeHTML(false)
			encoder.SetIndent("", " ")
			for _, o := range outcomes(t, c.reader, bytes.NewReader(fixture(t, c.input)), Limits{Bytes: 1 << 20, Comments: 100}) {
				if err := encoder.Encode(o); err != nil {
					t.Fatal(err)
				}
			}
			for _, private := range []string{"mail.example", "192.0.2.", "198.51.100.", "Sandpiper"} {
				if strings.Contains(got.String(), private) {
					t.Errorf("%q passed the reader", private)
				}
			}
			path := filepath.Join("testdata", "exports", c.golden+".golden")
			if *updateExports {
				if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got.String()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A text in UTF-16 or a legacy charset gives what its UTF-8 gives.
func TestExportsInOtherCharsets(t *testing.T) {
	text := miniWXR(miniItem(1, "Möwen", "Sie schreien <b>über</b> dem Watt."))
	want := outcomes(t, wxrReader{}, strings.NewReader(text), Limits{})
	if want[0].Entry == nil || want[0].Entry.Title != "Möwen" {
		t.Fatalf("%+v", want[0])
	}
	latin := strings.Replace(text, `encoding="UTF-8"`, `encoding='ISO-8859-1'`, 1)
	latin = strings.NewReplacer("ö", "\xf6", "ü", "\xfc").Replace(latin)
	wide := []byte{0xff, 0xfe}
	for _, r := range text {
		wide = append(wide, byte(r), byte(r>>8))
	}
	for name, body := range map[string]string{"Latin-1": latin, "UTF-16": string(wide), "UTF-8 with a mark": byteOrderMark + text} {
		if diff := cmp.Diff(want, outcomes(t, wxrReader{}, strings.NewReader(body), Limits{})); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func miniWXR(items ...string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel>` +
		strings.Join(items, "\n") + `</channel></rss>`
}

func miniItem(id int, title, content string) string {
	return fmt.Sprintf(`<item><title>%s</title><link>https://m.example/%d</link><content:encoded><![CDATA[%s]]></content:encoded><wp:post_id>%d</wp:post_id></item>`, title, id, content, id)
}

func miniDisqus(parts ...string) string {
	return `<?xml version="1.0"?><disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">` + strings.Join(parts, "") + `</disqus>`
}

func miniThread(id int) string {
	return fmt.Sprintf(`<thread dsq:id="%d"><id/><link>https://m.example/%d</link></thread>`, id, id)
}

func miniPost(id, thread int, text string) string {
	return fmt.Sprintf(`<post dsq:id="%d"><message>%s</message><author><name>A</name></author><thread dsq:id="%d"/></post>`, id, text, thread)
}

// brief is outcomes in a line each: the locator, and the title and content, or
// the reason.
func brief(list []outcome) []string {
	var lines []string
	for _, o := range list {
		line := o.Locator + " "
		switch {
		case o.Entry == nil:
			line += o.Rejected
		case o.Entry.NoText:
			line += "thread"
			for _, c := range o.Entry.Comments {
				line += " " + c.ID + "=" + c.Content
			}
		default:
			line += o.Entry.Title + "|" + o.Entry.Content
		}
		lines = append(lines, strings.TrimSpace(line))
	}
	return lines
}

// What is broken costs itself.
func TestBrokenExports(t *testing.T) {
	one, three := miniItem(1, "One", "1"), miniItem(3, "Three", "3")
	bomb := `<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;'>"><!-- > ' --><!ENTITY c SYSTEM 'file:///etc/passwd'>]>`
	for _, c := range []struct {
		name, input string
		reader      Reader
		want        []string
	}{
		{"no end of the item", miniWXR(one, "<item><title>Two</title>", three), wxrReader{}, []string{
			"item=1 One|1", "item=2 malformed: item 2: its end is missing: the file is cut off there, or damaged", "item=3 Three|3"}},
		{"no end of a section", miniWXR(one, "<item><title>Two</title><content:encoded><![CDATA[2</content:encoded></item>", three), wxrReader{}, []string{
			"item=1 One|1", "item=2 malformed: item 2: its end is missing: the file is cut off there, or damaged", "item=3 Three|3"}},
		{"no end of the last section", miniWXR(one, "<item><title>Two</title><content:encoded><![CDATA[2</content:encoded></item>", "<item><title>Three</title><wp:post_id>3</wp:post_id></item>"), wxrReader{}, []string{
			"item=1 One|1", "item=2 malformed: item 2: its end is missing: the file is cut off there, or damaged", "item=3 malformed: item 3: its end is missing: the file is cut off there, or damaged"}},
		{"an export shown in a post", miniWXR(strings.Replace(one, "1]]>", "<item></item> <item><title><![CDATA[x]]]]><![CDATA[></title></item>]]>", 1), three), wxrReader{}, []string{
			"item=1 One|<item></item> <item><title><![CDATA[x]]></title></item>", "item=2 Three|3"}},
		{"no end of a tag", miniWXR(one, `<item><title lang="de>Two</title></item>`, three), wxrReader{}, []string{
			"item=1 One|1", "item=2 malformed: item 2: the end tags do not fit the start tags", "item=3 Three|3"}},
		{"a section in a section", miniWXR(one, "<item><content:encoded><![CDATA[a <script>//<![CDATA[\nx()\n//]]></script> b]]></content:encoded></item>", three), wxrReader{}, []string{
			"item=1 One|1", "item=2 malformed: item 2: the end tags do not fit the start tags", "item=3 Three|3"}},
		{"deep", miniWXR("<item>"+strings.Repeat("<a>", 100)+strings.Repeat("</a>", 100)+"</item>", three), wxrReader{}, []string{
			"item=1 too_deep: item 1: elements are nested more than 64 deep", "item=2 Three|3"}},
		{"too large", miniWXR(one, miniItem(2, "Two", strings.Repeat("x", 4000)), three), wxrReader{}, []string{
			"item=1 One|1", "item=2 too_large: item 2 has more than 2000 bytes: see limits: bytes", "item=3 Three|3"}},
		{"too large, no end of a section", miniWXR(one, "<item><title><![CDATA["+strings.Repeat("x", 4000)+"</title></item>", three), wxrReader{}, []string{
			"item=1 One|1", "item=2 too_large: item 2 has more than 2000 bytes: see limits: bytes", "item=3 Three|3"}},
		{"cut off behind an item", strings.TrimSuffix(miniWXR(one), "</channel></rss>"), wxrReader{}, []string{
			"item=1 One|1", "malformed: the file ends before </rss>, after 1 items: it is cut off"}},
		{"no export", "<html><body>x</body></html>", wxrReader{}, []string{"malformed: no element rss: not an export of WordPress, or cut off before it begins"}},
		{"entities are not expanded", strings.Replace(miniWXR(miniItem(1, "&b;&c;&nbsp;&#x41;&#0;&quot;&", "&b;")), "<rss", bomb+"<rss", 1), wxrReader{}, []string{
			"item=1 &b;&c;\u00a0A\ufffd\"&|&b;"}},
		{"an unquoted ampersand", miniWXR(strings.Replace(one, ".example/1", ".example/?a=1&copy=2&x;y=3", 1)), wxrReader{}, []string{"item=1 One|1"}},
		{"an element of another kind without its end", miniWXR("<wp:author><wp:author_login>x", one, three), wxrReader{}, []string{"item=1 One|1", "item=2 Three|3"}},
		{"warnings before it", "\nNotice: <b>Undefined</b> index\n" + miniWXR(one), wxrReader{}, []string{"item=1 One|1"}},
		{"a sign that is not escaped", miniWXR(miniItem(1, "1 < 2 <3", "1")), wxrReader{}, []string{"item=1 1 < 2 <3|1"}},
		{"elements of other namespaces", miniWXR(strings.Replace(one, "</item>", "<atom:link href='x'/><media:title>No</media:title><wfw:comment>x</wfw:comment></item>", 1)), wxrReader{}, []string{"item=1 One|1"}},
		{"items in comments and sections", miniWXR("<!-- <item> -->", miniItem(1, "One", "<item>1</item>")), wxrReader{}, []string{"item=1 One|<item>1</item>"}},

		{"a post without its end", miniDisqus(miniThread(1), `<post dsq:id="2"><message>a`, miniPost(3, 1, "b"), miniPost(2, 1, "c")), disqusReader{}, []string{
			"item=2 malformed: post 2: its end is missing: the file is cut off there, or damaged", "item=1 thread disqus:3=b disqus:2=c"}},
		{"a post's section without its end", miniDisqus(miniThread(1), miniPost(2, 1, "<![CDATA[a"), miniPost(3, 1, "<![CDATA[b]]>"), miniPost(4, 1, "c")), disqusReader{}, []string{
			"item=2 malformed: post 2: its end is missing: the file is cut off there, or damaged", "item=1 thread disqus:3=b disqus:4=c"}},
		{"a thread without its end", miniDisqus(`<thread dsq:id="1"><id>`, miniThread(2), miniPost(3, 2, "a"), miniPost(4, 1, "b")), disqusReader{}, []string{
			"item=1 malformed: thread 1: its end is missing: the file is cut off there, or damaged", "item=4 thread disqus:4=b", "item=2 thread disqus:3=a"}},
		{"a post without thread", miniDisqus(miniThread(1), strings.Replace(miniPost(3, 1, "a"), `<thread dsq:id="1"/>`, "", 1)), disqusReader{}, []string{
			"item=2 malformed: post 2: it names no thread", "item=1 no_content: a post without text and comments"}},
		{"a thread without id", miniDisqus(strings.Replace(miniThread(1), `dsq:id="1"`, "", 1)), disqusReader{}, []string{"item=1 malformed: thread 1: a thread without an id"}},
		{"threads by number", miniDisqus(miniThread(10), miniThread(9), miniPost(1, 10, "ten"), miniPost(2, 9, "nine")), disqusReader{}, []string{
			"item=2 thread disqus:2=nine", "item=1 thread disqus:1=ten"}},
		{"the thread's tag has an end tag", miniDisqus(miniThread(1), strings.Replace(miniPost(3, 1, "a"), `<thread dsq:id="1"/>`, `<thread dsq:id="1"></thread>`, 1)), disqusReader{}, []string{
			"item=1 thread disqus:3=a"}},
		{"too many posts", miniDisqus(miniThread(1), miniPost(1, 1, "a"), miniPost(2, 1, "a"), miniPost(3, 1, "a"), miniPost(4, 1, "a")), disqusReader{}, []string{
			"item=1 too_many_comments: 4 comments, limits: comments is 3"}},
		{"cut off behind a post", strings.TrimSuffix(miniDisqus(miniThread(1), miniPost(1, 1, "a")), "</disqus>"), disqusReader{}, []string{
			"item=1 thread disqus:1=a", "malformed: the file ends before </disqus>, after 2 threads and posts: it is cut off"}},
	} {
		got := brief(outcomes(t, c.reader, strings.NewReader(c.input), Limits{Bytes: 2000, Comments: 3}))
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

// A file that is cut off anywhere gives the documents before the cut as they
// are in the whole file, and says that it is cut off.
func TestTruncatedExports(t *testing.T) {
	for _, c := range []struct {
		name   string
		text   string
		reader Reader
	}{
		{"wxr", miniWXR(miniItem(1, "Ä &amp; B", "a <![CDATA[ b"), "<!-- c -->", miniItem(2, "Two", "x")), wxrReader{}},
		{"disqus", miniDisqus(miniThread(7), miniThread(8), miniPost(1, 7, "<![CDATA[<p>a</p>]]>"), miniPost(2, 8, "b")), disqusReader{}},
	} {
		whole := outcomes(t, c.reader, strings.NewReader(c.text), Limits{})
		known := map[string]bool{}
		for _, o := range whole {
			known[fmt.Sprintf("%s %+v", o.Locator, o.Entry)] = true
		}
		complete := strings.LastIndex(c.text, "</")
		end := len(c.text)
		for cut := range end {
			failed := false
			for _, o := range outcomes(t, c.reader, strings.NewReader(c.text[:cut]), Limits{Tmp: os.TempDir()}) {
				if o.Entry == nil {
					failed = true
				} else if c.name == "wxr" && !known[fmt.Sprintf("%s %+v", o.Locator, o.Entry)] {
					t.Fatalf("%s cut at %d of %d (all but the end tag are %d): %+v", c.name, cut, end, complete, o)
				}
			}
			if !failed {
				t.Fatalf("%s cut at %d of %d: nothing says so", c.name, cut, end)
			}
		}
	}
}

// stream repeats parts until size bytes are given out.
type stream struct {
	head, tail string
	part       func(i int) string
	size       int
	i          int
	pending    []byte
	ended      bool
}

func (s *stream) Read(p []byte) (int, error) {
	for len(s.pending) == 0 {
		switch {
		case s.ended:
			return 0, io.EOF
		case s.head != "":
			s.pending, s.head = []byte(s.head), ""
		case s.size <= 0:
			s.pending, s.ended = []byte(s.tail), true
		default:
			s.pending = []byte(s.part(s.i))
			s.i++
			s.size -= len(s.pending)
		}
	}
	n := copy(p, s.pending)
	s.pending = s.pending[n:]
	return n, nil
}

// largeWXR and largeDisqus are exports of size bytes.
func largeWXR(size int) *stream {
	text := strings.Repeat("<p>The tide comes in and goes out, and nobody writes it down.</p>\n\n", 20)
	comment := `<wp:comment><wp:comment_id>%d</wp:comment_id><wp:comment_author><![CDATA[Ann]]></wp:comment_author><wp:comment_content><![CDATA[Yes, it does so every day.]]></wp:comment_content></wp:comment>`
	return &stream{head: strings.TrimSuffix(miniWXR(), "</channel></rss>"), tail: "</channel></rss>", size: size, part: func(i int) string {
		return strings.Replace(miniItem(i, "Tide", text), "</item>", fmt.Sprintf(comment+comment+"</item>\n", 2*i, 2*i+1), 1)
	}}
}

func largeDisqus(size int) *stream {
	text := strings.Repeat("The tide comes in and goes out. ", 8)
	return &stream{head: strings.TrimSuffix(miniDisqus(), "</disqus>"), tail: "</disqus>", size: size, part: func(i int) string {
		if i < 1000 {
			return miniThread(i + 1)
		}
		return miniPost(i, i%1000+1, text)
	}}
}

// Memory does not grow with the input.
func TestExportsInBoundedMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 48 MiB")
	}
	for _, c := range []struct {
		name   string
		reader Reader
		in     *stream
		most   uint64
	}{
		{"wxr", wxrReader{}, largeWXR(16 << 20), 12 << 20},
		{"disqus", disqusReader{}, largeDisqus(32 << 20), 40 << 20},
	} {
		runtime.GC()
		var before, now runtime.MemStats
		runtime.ReadMemStats(&before)
		peak, n := uint64(0), 0
		err := c.reader.Read(t.Context(), c.in, Limits{Bytes: 1 << 20, Comments: 1000, Tmp: t.TempDir()}, func(doc *Document, rejected *Rejection, locator string) error {
			if rejected != nil {
				t.Fatalf("%s %s: %v", c.name, locator, rejected)
			}
			if n++; n%500 == 0 {
				runtime.GC()
				runtime.ReadMemStats(&now)
				peak = max(peak, now.HeapAlloc-min(before.HeapAlloc, now.HeapAlloc))
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if n < 900 || peak == 0 || peak > c.most {
			t.Errorf("%s: %d documents, %d KiB at the peak, expected at most %d", c.name, n, peak>>10, c.most>>10)
		}
	}
}

// A context that ends stops a reader.
func TestExportsStop(t *testing.T) {
	for _, r := range []Reader{wxrReader{}, disqusReader{}} {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		err := r.Read(ctx, strings.NewReader(miniWXR()), Limits{Tmp: t.TempDir()}, func(*Document, *Rejection, string) error { return nil })
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%T: %v", r, err)
		}
	}
}

func TestDetectExports(t *testing.T) {
	for want, heads := range map[string][]string{
		FormatWXR: {
			miniWXR(miniItem(1, "One", "1")), byteOrderMark + miniWXR(), "\r\n" + miniWXR(), "PHP Notice: x in y\n" + miniWXR(miniItem(1, "One", "1")),
			string(fixture(t, "saltmarsh.wordpress.xml")[:4000]),
		},
		FormatDisqus: {miniDisqus(), string(fixture(t, "saltmarsh.disqus.xml")[:4000])},
		"":           {`<disqus><x></x></disqus>`},
	} {
		for _, head := range heads {
			if got := Detect([]byte(head), "export.xml"); got != want {
				t.Errorf("%.60q is %q, expected %q", head, got, want)
			}
		}
	}
}

// fuzzExport holds a reader to what every input may expect.
func fuzzExport(f *testing.F, r Reader) {
	f.Fuzz(func(t *testing.T, body []byte) {
		limits := Limits{Bytes: 1 << 16, Comments: 50, Tmp: os.TempDir()}
		first := outcomes(t, r, bytes.NewReader(body), limits)
		// Read in small pieces it is the same.
		second := outcomes(t, r, bufio.NewReaderSize(&slow{body}, 16), limits)
		if diff := cmp.Diff(first, second); diff != "" {
			t.Fatal(diff)
		}
		seen := map[string]bool{}
		for _, o := range first {
			if seen[o.Locator] {
				t.Fatalf("%s stands twice", o.Locator)
			}
			seen[o.Locator] = true
			if o.Entry != nil && len(o.Entry.Comments) > limits.Comments {
				t.Fatalf("%s has %d comments", o.Locator, len(o.Entry.Comments))
			}
			if o.Rejected != "" {
				if reason, _, _ := strings.Cut(o.Rejected, ":"); !isReason(reason) {
					t.Fatalf("%q is no reason", reason)
				}
			}
		}
	})
}

func isReason(s string) bool {
	for _, r := range schema.Reasons() {
		if r == s {
			return true
		}
	}
	return false
}

// slow gives a byte at a time.
type slow struct{ rest []byte }

func (s *slow) Read(p []byte) (int, error) {
	if len(s.rest) == 0 {
		return 0, io.EOF
	}
	p[0], s.rest = s.rest[0], s.rest[1:]
	return 1, nil
}

func FuzzWXR(f *testing.F) {
	f.Add([]byte(miniWXR(miniItem(1, "One", "1"), miniItem(2, "&eacute;&#1;&x;", "<!-- -->"))))
	f.Add([]byte(miniWXR("<item><![CDATA[<item>", miniItem(2, "", ""))))
	f.Add([]byte("<!DOCTYPE rss [<!ENTITY a '\">'>]><rss><channel><item a='<'></item><item/></channel>"))
	f.Add(fixture(f, "saltmarsh.wordpress.xml")[:3000])
	fuzzExport(f, wxrReader{rules: Rules{Unpublished: true, PostTypes: []string{"recipe"}}})
}

func FuzzDisqus(f *testing.F) {
	f.Add([]byte(miniDisqus(miniThread(1), miniPost(1, 1, "a"), miniPost(1, 1, "b"), miniPost(2, 3, "<![CDATA[&amp;]]>"))))
	f.Add([]byte(miniDisqus(miniThread(1), miniThread(1), `<post dsq:id="1"><thread dsq:id=""/></post>`)))
	f.Add(fixture(f, "saltmarsh.disqus.xml")[:2000])
	fuzzExport(f, disqusReader{})
}

func BenchmarkWXR(b *testing.B)    { benchmarkExport(b, wxrReader{}, largeWXR) }
func BenchmarkDisqus(b *testing.B) { benchmarkExport(b, disqusReader{}, largeDisqus) }

func benchmarkExport(b *testing.B, r Reader, export func(size int) *stream) {
	body, err := io.ReadAll(export(8 << 20))
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		err := r.Read(b.Context(), bytes.NewReader(body), Limits{Bytes: 1 << 20, Comments: 1000, Tmp: b.TempDir()}, func(*Document, *Rejection, string) error { return nil })
		if err != nil {
			b.Fatal(err)
		}
	}
}
