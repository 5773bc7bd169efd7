package read

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"corpus/pipeline/read/warc"
	"corpus/pipeline/read/warc/warctest"
	"corpus/schema"
)

const pondPage = "<!DOCTYPE html><html><head><title>The pond</title></head><body><p>The heron stood still.</p></body></html>"

const pondDate = "2020-01-02T03:04:05Z"

// archived reads an archive; rejections are documents without a body here.
type archived struct {
	*Document
	rejected *Rejection
	locator  string
}

func (a archived) String() string {
	if a.rejected != nil {
		left := map[bool]string{true: "excluded", false: "rejected"}[a.rejected.Excluded]
		return fmt.Sprintf("%s %s %s", a.locator, left, a.rejected)
	}
	return fmt.Sprintf("%s %s %s", a.locator, a.Format, a.URL)
}

func readArchive(t testing.TB, in io.Reader, limits Limits) []archived {
	t.Helper()
	var out []archived
	err := warcReader{}.Read(context.Background(), in, limits, func(doc *Document, rejected *Rejection, locator string) error {
		if (doc == nil) == (rejected == nil) || doc != nil && doc.Locator != locator || rejected != nil && rejected.Detail == "" {
			t.Fatalf("at %s: document %v, rejection %v", locator, doc, rejected)
		}
		out = append(out, archived{doc, rejected, locator})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func response(body string, lines ...string) []byte {
	return warctest.Record("response", "https://heron.example/", pondDate, warctest.HTTP([]byte(body), lines...), "Content-Type: application/http; msgtype=response")
}

func gzipMember(text string) string { return string(warctest.Gzip([]byte(text))) }

func TestWARCRecords(t *testing.T) {
	html := "Content-Type: text/html; charset=utf-8"
	long := strings.Repeat("<p>The heron saw a frog.</p>", 5000)
	for _, c := range []struct {
		name   string
		record []byte
		want   string // format, or reason: detail
	}{
		{"page", response(pondPage, "HTTP/1.1 200 OK", html), "html"},
		{"page of another success", response(pondPage, "HTTP/1.1 203 Non-Authoritative", html), "html"},
		{"page without a status", response(pondPage, "HTTP/1.1 OK", html), "html"},
		{"page without a content type", response(pondPage, "HTTP/1.1 200 OK"), "html"},
		{"page with a wrong content type", response(pondPage, "HTTP/1.1 200 OK", "Content-Type: text/plain"), "html"},
		{"XHTML", response(`<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>`, "HTTP/1.1 200 OK", "Content-Type: application/xhtml+xml"), "html"},
		{"fragment", response("The heron <b>stood</b> still.", "HTTP/1.1 200 OK", html), "html"},
		{"text sent as a page", response("The heron stood still.", "HTTP/1.1 200 OK", html), "html"},
		{"no HTTP at all", warctest.Record("response", "https://heron.example/", pondDate, []byte(pondPage), "Content-Type: text/html"), "html"},
		{"gzip", response(gzipMember(pondPage), "HTTP/1.1 200 OK", html, "Content-Encoding: gzip"), "html"},
		{"chunked", response(fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(pondPage), pondPage), "HTTP/1.1 200 OK", html, "Transfer-Encoding: chunked"), "html"},
		{"chunked and long", response(fmt.Sprintf("%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n", len(pondPage), pondPage, len(long), long), "HTTP/1.1 200 OK", html, "Transfer-Encoding: chunked"), "html"},
		{"a very long head", response(pondPage, "HTTP/1.1 200 OK", "X-Long: "+strings.Repeat("x", 200_000), html), "html"},
		{"resource", warctest.Record("resource", "file:///pond.html", pondDate, []byte(pondPage), "Content-Type: text/html"), "html"},
		{"resource that begins as HTTP does", warctest.Record("resource", "file:///pond.txt", pondDate, []byte("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nThe heron"), "Content-Type: text/plain"), "not_html: text/plain"},
		{"conversion to text", warctest.Record("conversion", "https://heron.example/", pondDate, []byte("The heron stood still."), "Content-Type: text/plain"), "textpage"},
		{"conversion to HTML", warctest.Record("conversion", "https://heron.example/", pondDate, []byte(pondPage), "Content-Type: text/html"), "html"},
		{"conversion to a picture", warctest.Record("conversion", "https://heron.example/", pondDate, []byte("\x89PNG\r\n\x1a\n"), "Content-Type: image/png"), "not_html: image/png"},

		{"redirect", response("<a href=/>there</a>", "HTTP/1.1 301 Moved Permanently", html, "Location: /pond"), "redirect: status 301"},
		{"not found", response(pondPage, "HTTP/1.1 404 Not Found", html), "http_error: status 404"},
		{"server's error", response(pondPage, "HTTP/1.1 500", html), "http_error: status 500"},
		{"not modified", response("", "HTTP/1.1 304 Not Modified"), "http_error: status 304"},
		{"a part", response(pondPage, "HTTP/1.1 206 Partial Content", html), "http_error: status 206: a part of the page"},
		{"no body", response("", "HTTP/1.1 200 OK", html), "empty: the response has no body"},
		{"blank body", response(" \r\n ", "HTTP/1.1 200 OK", html), "empty: the response has no body"},
		{"blank body, long", response(strings.Repeat(" ", 100_000), "HTTP/1.1 200 OK", html), "empty: the response has no body"},
		{"picture", response("\x89PNG\r\n\x1a\n", "HTTP/1.1 200 OK", "Content-Type: image/png"), "not_html: image/png"},
		{"picture sent as a page", response("\x89PNG\r\n\x1a\n", "HTTP/1.1 200 OK", html), "not_html: text/html, but the content is none"},
		{"drawing", response("<svg xmlns='http://www.w3.org/2000/svg'><text>x</text></svg>", "HTTP/1.1 200 OK", "Content-Type: image/svg+xml"), "not_html: image/svg+xml"},
		{"style", response("p { color: red }", "HTTP/1.1 200 OK", "Content-Type: text/css"), "not_html: text/css"},
		{"feed", response(`<?xml version="1.0"?><rss version="2.0"><channel><title>x</title></channel></rss>`, "HTTP/1.1 200 OK", "Content-Type: application/rss+xml"), "not_html: application/rss+xml"},
		{"text", response("The heron stood still.", "HTTP/1.1 200 OK", "Content-Type: text/plain"), "not_html: text/plain"},
		{"bytes", response("The heron", "HTTP/1.1 200 OK"), "not_html: no content type"},
		{"a content type with a name in it", response("x", "HTTP/1.1 200 OK", "Content-Type: J\u00f6 H\u00e9ron\x01; x"), "not_html: jhron"},
		{"a name", warctest.Record("response", "dns:heron.example", pondDate, []byte("heron.example. 1 IN A 192.0.2.7"), "Content-Type: text/dns"), "not_html: text/dns"},
		{"segments", warctest.Page("https://heron.example/", pondDate, pondPage, "WARC-Segment-Number: 1"), "segmented: the first of several records"},

		{"revisit", warctest.Record("revisit", "https://heron.example/", pondDate, nil, "WARC-Payload-Digest: sha1:VAKVCIKNA5ZQPIOOSEO3JLGNV5H3GSKD"), "html"},
		{"revisit, not modified", warctest.Record("revisit", "https://heron.example/", pondDate, warctest.HTTP(nil, "HTTP/1.1 304 Not Modified")), "html"},
		{"revisit of a picture", warctest.Record("revisit", "https://heron.example/", pondDate, warctest.HTTP(nil, "HTTP/1.1 200 OK", "Content-Type: image/png")), "not_html: image/png"},
		{"revisit of a redirect", warctest.Record("revisit", "https://heron.example/", pondDate, warctest.HTTP(nil, "HTTP/1.1 302 Found", html)), "redirect: status 302"},

		{"request", warctest.Record("request", "https://heron.example/", pondDate, []byte("GET / HTTP/1.1\r\n\r\n")), ""},
		{"metadata", warctest.Record("metadata", "https://heron.example/", pondDate, []byte("via: x\r\n")), ""},
		{"warcinfo", warctest.Record("warcinfo", "", pondDate, []byte("software: x\r\n")), ""},
		{"continuation", warctest.Record("continuation", "https://heron.example/", pondDate, []byte(pondPage), "WARC-Segment-Number: 2"), ""},
		{"of a type to come", warctest.Record("screenshot", "https://heron.example/", pondDate, []byte(pondPage)), ""},
	} {
		for _, form := range []warctest.Form{warctest.Plain, warctest.GzipRecords} {
			file, places := warctest.File(form, warctest.Record("warcinfo", "", pondDate, nil), c.record)
			found := readArchive(t, iotest.HalfReader(bytes.NewReader(file)), Limits{Bytes: 1 << 20})
			got := ""
			if len(found) == 1 {
				if got = found[0].rejectedAs(); found[0].Document != nil {
					got = found[0].Format
				} else if !found[0].rejected.Excluded {
					t.Errorf("%s: counts as a failure", c.name)
				}
				if found[0].locator != fmt.Sprintf("offset=%d", places[1]) {
					t.Errorf("%s: at %s", c.name, found[0].locator)
				}
			}
			if len(found) > 1 || got != c.want {
				t.Errorf("%s, %s: got %v, want %q", c.name, form, found, c.want)
			}
		}
	}
}

func (a archived) rejectedAs() string {
	if a.rejected == nil {
		return ""
	}
	return a.rejected.Error()
}

func TestWARCDocument(t *testing.T) {
	record := warctest.Record("response", "<https://heron.example/a pond>", "2020-01-02T03:04:05.678901Z",
		warctest.HTTP([]byte(gzipMember(pondPage)), "HTTP/1.1 200 OK", "content-type: text/html; charset=utf-8", "Content-Encoding: gzip",
			"X-Robots-Tag: noai, noimageai", "X-Robots-Tag: otherbot: NoIndex", "x-robots-tag: all", "TDM-Reservation: 1", "tdm-policy: https://heron.example/tdm.json"),
		"Content-Type: application/http; msgtype=response", "WARC-Payload-Digest: "+warc.SHA1([]byte(gzipMember(pondPage))).String())
	doc := readArchive(t, bytes.NewReader(record), Limits{})[0].Document
	for _, c := range []struct{ what, got, want string }{
		{"body", string(doc.Body), pondPage},
		{"URL", doc.URL, "https://heron.example/a pond"},
		{"captured", doc.CapturedAt, "2020-01-02T03:04:05.678901Z"},
		{"content type", doc.ContentType, "text/html; charset=utf-8"},
		{"opt-outs", strings.Join(doc.OptOut, "|"), "X-Robots-Tag: noai, noimageai|X-Robots-Tag: otherbot: NoIndex|tdm-reservation: 1|tdm-policy: https://heron.example/tdm.json"},
		{"payload", doc.Payload, warc.SHA1([]byte(gzipMember(pondPage))).String()},
		{"warning", doc.Warning, ""},
		{"locator", doc.Locator, "offset=0"},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %q, want %q", c.what, c.got, c.want)
		}
	}
	if doc.Revisit {
		t.Error("a revisit")
	}
	arc := append(warctest.ARCFile(), warctest.ARC("http://heron.example/", "20010203040506", "text/html", warctest.HTTP([]byte(pondPage), "HTTP/1.0 200 OK"))...)
	doc = readArchive(t, bytes.NewReader(arc), Limits{})[0].Document
	if doc.CapturedAt != "2001-02-03T04:05:06Z" || doc.ContentType != "text/html" || doc.URL != "http://heron.example/" || string(doc.Body) != pondPage || doc.Payload != warc.SHA1([]byte(pondPage)).String() {
		t.Errorf("ARC: %+v", doc)
	}
	for stated, want := range map[string]string{
		"2016": "2016", "2016-07": "2016-07", "20160708": "2016-07-08", "201607081011": "2016-07-08T10:11Z", "20160708101112": "2016-07-08T10:11:12Z", "": "", "yesterday": "yesterday",
	} {
		if got := captureDate(stated); got != want {
			t.Errorf("%s: got %s, want %s", stated, got, want)
		}
	}
}

// A digest that does not match is told, and the page is kept.
func TestWARCDigests(t *testing.T) {
	sum := func(s string) string { return warc.SHA1([]byte(s)).String() }
	chunks := fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(gzipMember(pondPage)), gzipMember(pondPage))
	for _, c := range []struct{ name, payload, block, fields, want string }{
		{"none", "", "", "", ""},
		{"of the chunks", sum(chunks), "", "", ""},
		{"of the coded page", sum(gzipMember(pondPage)), "", "", ""},
		{"of the page", sum(pondPage), "", "", ""},
		{"of something else", sum("x"), "", "", "the payload digest does not match"},
		{"of an algorithm to come", "blake9:xyz", "", "", ""},
		{"of the block", "", "block", "", ""},
		{"of the block, where the payload's is of something else", sum("x"), "block", "", "the payload digest does not match"},
		{"of another block", "", sum("x"), "", "the block digest does not match"},
		{"both wrong", sum("x"), sum("y"), "", "the block digest does not match; the payload digest does not match"},
		{"truncated", sum("x"), sum("y"), "WARC-Truncated: length", "truncated when it was captured (length)"},
	} {
		block := warctest.HTTP([]byte(chunks), "HTTP/1.1 200 OK", "Content-Type: text/html", "Transfer-Encoding: chunked", "Content-Encoding: gzip")
		fields := []string{"X: y"}
		if c.payload != "" {
			fields = append(fields, "WARC-Payload-Digest: "+c.payload)
		}
		if c.block == "block" {
			c.block = sum(string(block))
		}
		if c.block != "" {
			fields = append(fields, "WARC-Block-Digest: "+c.block)
		}
		if c.fields != "" {
			fields = append(fields, c.fields)
		}
		found := readArchive(t, bytes.NewReader(warctest.Record("response", "https://heron.example/", pondDate, block, fields...)), Limits{})
		if len(found) != 1 || found[0].Document == nil || string(found[0].Body) != pondPage || found[0].Warning != c.want {
			t.Errorf("%s: %v, warning %q, want %q", c.name, found, found[0].Warning, c.want)
		}
		want := c.payload
		if want == "" {
			want = sum(gzipMember(pondPage))
		}
		if found[0].Payload != want {
			t.Errorf("%s: payload %s, want %s", c.name, found[0].Payload, want)
		}
	}
}

// What stands behind a block does not cost a page whose digest matches.
func TestWARCJunkBehindTheBlock(t *testing.T) {
	good := string(warctest.Page("https://heron.example/", pondDate, pondPage, "WARC-Payload-Digest: "+warc.SHA1([]byte(pondPage)).String()))
	bad := string(warctest.Page("https://heron.example/", pondDate, pondPage, "WARC-Payload-Digest: "+warc.SHA1([]byte("x")).String()))
	junk := "junk\r\n\r\n"
	for _, c := range []struct{ first, want string }{
		{strings.TrimSuffix(good, "\r\n\r\n"), "no record follows the block: its length is wrong"},
		{strings.TrimSuffix(bad, "\r\n\r\n"), "corrupt_record: no record follows the block: its length is wrong"},
	} {
		found := readArchive(t, strings.NewReader(c.first+junk+good), Limits{})
		got := found[0].rejectedAs()
		if found[0].Document != nil {
			got = found[0].Warning
		}
		if len(found) != 2 || got != c.want || found[1].Document == nil {
			t.Errorf("got %v, %q, want %q", found, got, c.want)
		}
	}
}

func TestWARCLimits(t *testing.T) {
	big := pondPage + strings.Repeat("<p>frog</p>", 100_000)
	small := response(pondPage, "HTTP/1.1 200 OK")
	picture := response("\x89PNG\r\n\x1a\n"+big, "HTTP/1.1 200 OK", "Content-Type: image/png")
	for name, record := range map[string][]byte{
		"stored":           response(big, "HTTP/1.1 200 OK"),
		"gzip":             response(gzipMember(big), "HTTP/1.1 200 OK", "Content-Encoding: gzip"),
		"gzip, no picture": response(gzipMember(big), "HTTP/1.1 200 OK", "Content-Encoding: gzip", "Content-Type: image/png"),
		"conversion":       warctest.Record("conversion", "https://heron.example/", pondDate, []byte(big), "Content-Type: text/plain"),
	} {
		for _, form := range warctest.Forms() {
			file, _ := warctest.File(form, small, record, picture, small)
			found := readArchive(t, bytes.NewReader(file), Limits{Bytes: 100_000})
			if name == "gzip, no picture" {
				if len(found) != 4 || found[1].rejected == nil {
					t.Errorf("%s, %s: %v", name, form, found)
				}
				continue
			}
			if len(found) != 4 || found[0].Document == nil || found[1].rejected == nil || found[1].rejected.Reason != schema.ReasonTooLarge ||
				found[1].rejected.Excluded || found[2].rejected.Reason != schema.ReasonNotHTML || found[3].Document == nil {
				t.Errorf("%s, %s: %v", name, form, found)
			}
		}
	}
	for _, limit := range []int64{0, int64(len(pondPage))} {
		if found := readArchive(t, bytes.NewReader(small), Limits{Bytes: limit}); found[0].Document == nil {
			t.Errorf("limit %d: %v", limit, found)
		}
	}
}

// Documents are not changed by what is read after them.
func TestWARCBodiesAreNotShared(t *testing.T) {
	var file []byte
	for i := range 5 {
		file = append(file, response(strings.ReplaceAll(pondPage, "heron", fmt.Sprintf("heron %d", i)), "HTTP/1.1 200 OK", "Content-Encoding: identity")...)
	}
	for i, a := range readArchive(t, bytes.NewReader(file), Limits{}) {
		if !strings.Contains(string(a.Body), fmt.Sprintf("heron %d", i)) {
			t.Errorf("%d: %s", i, a.Body)
		}
	}
}

func TestWARCErrors(t *testing.T) {
	broken := errors.New("broken pipe")
	file := response(pondPage, "HTTP/1.1 200 OK")
	none := func(*Document, *Rejection, string) error { return nil }
	for n := range len(file) {
		err := warcReader{}.Read(context.Background(), io.MultiReader(bytes.NewReader(file[:n]), iotest.ErrReader(broken)), Limits{}, none)
		if !errors.Is(err, broken) {
			t.Fatalf("after %d bytes: %v", n, err)
		}
	}
	if err := (warcReader{}).Read(context.Background(), bytes.NewReader(file), Limits{}, func(*Document, *Rejection, string) error { return broken }); !errors.Is(err, broken) {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := (warcReader{}).Read(ctx, bytes.NewReader(file), Limits{}, none); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// Archives of other writers are read, with as many pages as warcio 1.8.1 finds
// in them; one of them is cut off and one has a wrong length.
func TestWARCSamples(t *testing.T) {
	folder := filepath.Join("..", "..", "..", "shared", "samples", "warc")
	want := map[string]struct{ documents, revisits, excluded, corrupt int }{
		"20130729-heritrix-original.warc.gz":                                       {1, 0, 0, 0},
		"20130729-heritrix-revisit-with-http-headers.warc.gz":                      {0, 1, 0, 0},
		"20141124-heritrix-server-not-modified.warc.gz":                            {0, 1, 0, 0},
		"20141129-heritrix-original.warc.gz":                                       {1, 0, 0, 0},
		"20141129-heritrix-revisit-with-http-headers-and-new-warc-headers.warc.gz": {0, 1, 0, 0},
		"bad.arc":                             {0, 0, 1, 2},
		"example-bad-non-chunked.warc.gz":     {1, 1, 0, 0},
		"example-bad.warc.gz.bad":             {1, 1, 1, 0},
		"example-digest.warc":                 {0, 0, 0, 0},
		"example-iana.org-chunked.warc":       {1, 0, 0, 0},
		"example-resource.warc.gz":            {1, 0, 0, 0},
		"example-space-in-target-uri.warc.gz": {0, 0, 1, 0},
		"example-space-in-url.arc":            {0, 0, 0, 1},
		"example-trunc.warc":                  {0, 0, 0, 1},
		"example-wget-bad-target-uri.warc.gz": {1, 0, 2, 0},
		"example-wrong-chunks.warc.gz":        {1, 0, 0, 0},
		"example.arc":                         {1, 0, 0, 0},
		"example.arc.gz":                      {1, 0, 0, 0},
		"example.warc":                        {1, 1, 0, 0},
		"example.warc.gz":                     {1, 1, 0, 0},
		"hello-world.warc":                    {0, 0, 3, 0},
		"hello-world.warc.gz":                 {0, 0, 3, 0},
		"post-test.warc.gz":                   {0, 0, 3, 0},
		"sample-0000.warc.gz":                 {22, 0, 2, 0},
		"sample-0001.warc.gz":                 {15, 0, 2, 0},
	}
	if _, err := os.Stat(folder); err != nil {
		t.Skip("the samples are not here")
	}
	for name, want := range want {
		file, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Error(err)
			continue
		}
		if got := Detect(file[:min(len(file), DetectBytes)], name); got != FormatWARC {
			t.Errorf("%s: detected as %q", name, got)
		}
		got := want
		got.documents, got.revisits, got.excluded, got.corrupt = 0, 0, 0, 0
		for _, a := range readArchive(t, bytes.NewReader(file), Limits{Bytes: 64 << 20}) {
			switch {
			case a.rejected != nil && a.rejected.Excluded:
				got.excluded++
			case a.rejected != nil:
				got.corrupt++
			case a.Revisit:
				got.revisits++
			default:
				got.documents++
			}
		}
		if got != want {
			t.Errorf("%s: got %+v, want %+v", name, got, want)
		}
	}
}

func FuzzWARC(f *testing.F) {
	records := [][]byte{response(pondPage, "HTTP/1.1 200 OK", "Content-Type: text/html"), response(gzipMember(pondPage), "HTTP/1.1 200 OK", "Content-Encoding: gzip"),
		warctest.Record("revisit", "https://heron.example/", pondDate, nil)}
	for _, form := range warctest.Forms() {
		file, _ := warctest.File(form, records...)
		f.Add(file, 0)
		f.Add(file[:len(file)-20], 100)
	}
	f.Add(append(warctest.ARCFile(), warctest.ARC("http://heron.example/", "20010203040506", "text/html", []byte(pondPage))...), 50)
	f.Fuzz(func(t *testing.T, in []byte, limit int) {
		limits := Limits{Bytes: int64(max(limit, 0))}
		places := map[string]bool{}
		whole := readArchive(t, bytes.NewReader(in), limits)
		for _, a := range whole {
			if places[a.locator] {
				t.Fatalf("two at %s", a.locator)
			}
			places[a.locator] = true
			if a.Document != nil && (a.Revisit != (len(a.Body) == 0) || limits.Bytes > 0 && int64(len(a.Body)) > limits.Bytes) {
				t.Fatalf("%s: revisit %v, %d bytes", a.locator, a.Revisit, len(a.Body))
			}
		}
		if parts := readArchive(t, iotest.HalfReader(bytes.NewReader(in)), limits); fmt.Sprint(parts) != fmt.Sprint(whole) {
			t.Fatalf("in parts: %v\nat once: %v", parts, whole)
		}
	})
}

func BenchmarkWARC(b *testing.B) {
	var records [][]byte
	for i := range 200 {
		text := strings.Repeat(fmt.Sprintf("<p>The heron saw %d frogs in the %d. pond.</p>\n", i*7919%1000, i), 800)
		records = append(records, warctest.Page(fmt.Sprintf("https://heron.example/%d", i), pondDate, pondPage+text, "WARC-Payload-Digest: "+warc.SHA1([]byte(pondPage+text)).String()))
	}
	size := 0
	for _, r := range records {
		size += len(r)
	}
	for _, form := range warctest.Forms() {
		file, _ := warctest.File(form, records...)
		b.Run(form.String(), func(b *testing.B) {
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				err := warcReader{}.Read(context.Background(), bytes.NewReader(file), Limits{Bytes: 64 << 20}, func(*Document, *Rejection, string) error { return nil })
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
