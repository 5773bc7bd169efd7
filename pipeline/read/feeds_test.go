package read

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corpus/schema"
)

// A feed that is cut off anywhere says so, and gives no article that the whole
// one does not hold.
func TestTruncatedFeeds(t *testing.T) {
	for _, c := range invented {
		if !strings.HasPrefix(c.input, "feeds/") {
			continue
		}
		body := inventedInput(t, c.input)
		end := bytes.LastIndexByte(body, '>')
		posts := map[string]bool{}
		for _, o := range outcomes(t, c.reader, bytes.NewReader(body), Limits{}) {
			if o.Entry != nil && !o.Entry.NoText {
				posts[o.Entry.Title+"\x00"+o.Entry.Content] = true
			}
		}
		tmp := t.TempDir()
		for cut := range end {
			if len(body) > 3000 && cut%11 != 0 {
				continue // of the larger ones not every byte
			}
			said := false
			for _, o := range outcomes(t, c.reader, bytes.NewReader(body[:cut]), Limits{Tmp: tmp}) {
				said = said || strings.HasPrefix(o.Rejected, schema.ReasonMalformed)
				if o.Entry != nil && !o.Entry.NoText && !posts[o.Entry.Title+"\x00"+o.Entry.Content] {
					t.Fatalf("%s cut at %d: %+v", c.input, cut, o.Entry)
				}
			}
			if !said {
				t.Fatalf("%s cut at %d of %d: nothing says so", c.input, cut, end)
			}
		}
	}
}

func TestFeedTimes(t *testing.T) {
	for in, want := range map[string]string{
		"Tue, 05 Jan 2010 10:00:00 GMT":   "2010-01-05T10:00:00Z",
		"Tue, 05 Jan 2010 10:00:00 UT":    "2010-01-05T10:00:00Z",
		"Tue, 05 Jan 2010 10:00:00 Z":     "2010-01-05T10:00:00Z",
		"Tue, 5 Jan 2010 10:00:00 EST":    "2010-01-05T10:00:00-05:00",
		"Tue, 5 Jan 2010 10:00:00 pdt":    "2010-01-05T10:00:00-07:00",
		"Sat, 7 Sep 02 00:00:01 GMT":      "2002-09-07T00:00:01Z",
		"Tue, 05 Jan 2010 10:00 +0100":    "2010-01-05T10:00+01:00",
		"05 Jan 2010 10:00:00 -0330":      "2010-01-05T10:00:00-03:30",
		"Tuesday, 05 January 2010 10:00":  "2010-01-05T10:00",
		"2010-01-05T10:00:00.001-08:00":   "2010-01-05T10:00:00-08:00",
		"2010-01-05T10:00:00Z":            "2010-01-05T10:00:00Z",
		"2010-01-05":                      "2010-01-05",
		"2010-01-05 10:00:00":             "2010-01-05T10:00:00",
		" Di, 05 Jan 2010 10:00:00 +0100": "2010-01-05T10:00:00+01:00",
		"":                                "",
		"soon":                            "",
		"Tue, 32 Jan 2010 10:00:00 GMT":   "",
		strings.Repeat("9", 5000):         "",
	} {
		if got := feedTime(in); got != want {
			t.Errorf("%.60q is %q, expected %q", in, got, want)
		}
	}
}

func TestCommentAddresses(t *testing.T) {
	for in, want := range map[string][2]string{
		"https://a.example/post/#comment-12":                           {"https://a.example/post/", "12"},
		"https://a.example/post/comment-page-3/#comment-12":            {"https://a.example/post/", "12"},
		"https://a.example/?p=4&cpage=2#comment-12":                    {"https://a.example/?p=4", "12"},
		"http://a.example/2011/p.html?showComment=1294659000000#c9002": {"http://a.example/2011/p.html", "9002"},
		"https://a.example/post#comment12":                             {"https://a.example/post", "12"},
		"https://a.example/post#c12":                                   {}, // a chapter, more likely
		"https://a.example/post#comments":                              {},
		"https://a.example/post#comment-":                              {},
		"https://a.example/post#comment-1x":                            {},
		"https://a.example/comment-12":                                 {},
		"#comment-12":                                                  {},
		"javascript:x#comment-12":                                      {},
	} {
		article, id, ok := commentAddress(in)
		if ok != (want[1] != "") || article != want[0] || id != want[1] {
			t.Errorf("%s: %s, %s, %v", in, article, id, ok)
		}
	}
}

func TestAnsweredLine(t *testing.T) {
	page := "https://a.example/post/"
	for in, want := range map[string][2]string{
		"<p>In reply to <a href=\"https://a.example/post/#comment-3\">Ann</a>.</p>\n<p>Yes.</p>":                      {"3", "<p>Yes.</p>"},
		"Als Antwort auf <a href=\"https://a.example/post/comment-page-1/#comment-3\">Ann B.</a>.\n\nJa.":             {"3", "Ja."},
		"<p>In reply to <a href=\"https://b.example/post/#comment-3\">Ann</a>.</p>\n<p>Yes.</p>":                      {},
		"<p>In reply to <a href=\"https://a.example/post/#comment-3\">Ann</a>, who was wrong.</p>\n<p>Yes.</p>":       {},
		"<p><b>See</b> <a href=\"https://a.example/post/#comment-3\">this</a>.</p>\n<p>Yes.</p>":                      {},
		"<p>In reply to <a href=\"https://a.example/post/#comment-3\">Ann</a>.</p>":                                   {},
		"<p>" + strings.Repeat("long ", 30) + "<a href=\"https://a.example/post/#comment-3\">Ann</a>.</p>\n<p>Y.</p>": {},
	} {
		if parent, text := answered(in, page); parent != want[0] || text != want[1] {
			t.Errorf("%q: %q, %q", in, parent, text)
		}
	}
}

func TestLicencesInRights(t *testing.T) {
	for in, want := range map[string]string{
		"Copyright 2020 The Sluice":                                       "",
		"Text under https://creativecommons.org/licenses/by/4.0/, mostly": "https://creativecommons.org/licenses/by/4.0/",
		"See (http://www.creativecommons.org/licenses/by-nc/3.0/).":       "https://creativecommons.org/licenses/by-nc/3.0/",
		"CC BY-SA 4.0":                        "CC BY-SA 4.0",
		"This  work is in the\npublic domain": "This work is in the public domain",
		"accbyte":                             "",
		"Creative Commons is mentioned here. " + strings.Repeat("word ", 90): "",
	} {
		if got := licenseIn(in); got != want {
			t.Errorf("%.60q: %q", in, got)
		}
	}
}

func TestAuthorsOfRSS(t *testing.T) {
	for in, want := range map[string]string{
		"jo@a.example (Jo Name)": "Jo Name", "Jo Name": "Jo Name", "jo@a.example": "", "Jo <jo@a.example>": "Jo", "jo@a.example (jo@b.example)": "", "<jo@a.example>": "",
	} {
		if got := rssAuthor(in); got != want {
			t.Errorf("%q: %q", in, got)
		}
	}
}

// What feeds hold that no specification allows.
func TestSloppyFeeds(t *testing.T) {
	brief := func(in string) string { // a line a document, sorted
		var list []string
		for _, o := range outcomes(t, feedReader{}, strings.NewReader(in), Limits{Bytes: 1 << 16}) {
			line := o.Locator + " " + o.Rejected
			if o.Entry != nil {
				line += fmt.Sprintf("%s|%s|%s|%s|%s", o.Entry.URL, o.Entry.Title, o.Entry.Content, o.Entry.ContentKind, strings.Join(o.Entry.Authors, ","))
			}
			list = append(list, line+"\n")
		}
		slices.Sort(list)
		return strings.Join(list, "")
	}
	for _, c := range []struct{ what, in, want string }{
		{"RSS 0.91 with a document type", `<?xml version="1.0"?><!DOCTYPE rss PUBLIC "x" "y"><rss version="0.91"><channel><item><title>A</title><link>https://a.example/1</link><description>D &eacute; &copy;</description></item></channel></rss>`,
			"item=1 https://a.example/1|A|D é ©|html|\n"},
		{"no namespaces", `<rss><channel><item><title>A</title><dc:creator>Jo</dc:creator><content:encoded><![CDATA[<p>x</p>]]></content:encoded></item></channel></rss>`,
			"item=1 |A|<p>x</p>|html|Jo\n"},
		{"control characters", "<rss><channel><item><title>A\x01B</title><description>x\x00y\xffz</description></item></channel></rss>",
			"item=1 |AB|xy\ufffdz|html|\n"},
		{"all at one address", `<rss><channel><item><link>https://a.example/</link><guid isPermaLink="false">1</guid><description>One</description></item><item><link>https://a.example/</link><guid isPermaLink="false">2</guid><description>Two</description></item></channel></rss>`,
			"item=1 https://a.example/||One|html|\nitem=2 https://a.example/||Two|html|\n"},
		{"one id for all", `<rss><channel><item><link>https://a.example/1</link><guid isPermaLink="false">x</guid><description>One</description></item><item><link>https://a.example/2</link><guid isPermaLink="false">x</guid><description>Two</description></item></channel></rss>`,
			"item=1 https://a.example/1||One|html|\nitem=2 https://a.example/2||Two|html|\n"},
		{"address by guid and by feedburner", `<rss xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel><item><guid>https://a.example/1</guid><description>One</description></item><item><link>https://f.example/2</link><feedburner:origLink>https://a.example/2</feedburner:origLink><description>Two</description></item></channel></rss>`,
			"item=1 https://a.example/1||One|html|\nitem=2 https://a.example/2||Two|html|\n"},
		{"Atom 0.3", `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>A</title><link rel="alternate" href="https://a.example/1"/><content type="text/html" mode="escaped">&lt;p&gt;x&lt;/p&gt;</content></entry></feed>`,
			"item=1 https://a.example/1|A|<p>x</p>|html|\n"},
		{"content elsewhere", `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>u</id><title type="html">&lt;b&gt;A&lt;/b&gt;</title><content src="https://a.example/x.png" type="image/png"/><summary>Seen.</summary></entry></feed>`,
			"item=1 |<b>A</b>|Seen.|text|\n"},
		{"a comment without an article", `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0"><entry><id>u</id><thr:in-reply-to/><summary>Seen.</summary></entry></feed>`,
			"item=1 malformed: item 1: a comment that names neither an article nor a comment\n"},
		{"no feed", `<html></html>`, " malformed: no element feed, rss or RDF: not a feed, or cut off before it begins\n"},
		{"empty feed", `<feed xmlns="http://www.w3.org/2005/Atom"></feed>`, ""},
		{"nested too deep", `<rss><channel><item>` + strings.Repeat("<b>", 100) + strings.Repeat("</b>", 100) + `</item><item><description>x</description></item></channel></rss>`,
			"item=1 too_deep: item 1: elements are nested more than 64 deep\nitem=2 ||x|html|\n"},
		{"too large", `<rss><channel><item><description>` + strings.Repeat("x", 1<<17) + `</description></item><item><title>B</title><description>y</description></item></channel></rss>`,
			"item=1 too_large: item 1 has more than 65536 bytes: see limits: bytes\nitem=2 |B|y|html|\n"},
	} {
		if diff := cmp.Diff(c.want, brief(c.in)); diff != "" {
			t.Errorf("%s: %s", c.what, diff)
		}
	}
}

// largeBlogger and largeFeed are a blog's export and feed of size bytes.
func largeBlogger(size int) *stream {
	text := strings.Repeat("The tide comes in and goes out. ", 8)
	return &stream{head: `<feed xmlns='http://www.w3.org/2005/Atom' xmlns:blogger='http://schemas.google.com/blogger/2018'><title>Tides</title>`, tail: "</feed>", size: size, part: func(i int) string {
		if i%20 == 7 {
			return fmt.Sprintf("<entry><id>tag:blogger.com,1999:blog-1.post-%d</id><blogger:type>POST</blogger:type><blogger:status>LIVE</blogger:status><title>Tide</title><content type='html'>%s</content></entry>\n", 1000000+i, text)
		}
		return fmt.Sprintf("<entry><id>tag:blogger.com,1999:blog-1.post-%d</id><blogger:type>COMMENT</blogger:type><blogger:status>LIVE</blogger:status><blogger:parent>tag:blogger.com,1999:blog-1.post-%d</blogger:parent><content type='html'>%s</content></entry>\n", 2000000+i, 1000007+i*7%500*20, text)
	}}
}

func largeFeed(size int) *stream {
	text := strings.Repeat("The tide comes in and goes out. ", 8)
	return &stream{head: `<feed xmlns='http://www.w3.org/2005/Atom' xmlns:thr='http://purl.org/syndication/thread/1.0'><title>Tides</title>`, tail: "</feed>", size: size, part: func(i int) string {
		if i%20 == 7 {
			return fmt.Sprintf("<entry><id>urn:p%d</id><link href='https://tide.example/%d'/><title>Tide</title><content type='html'>%s</content></entry>\n", i, i, text)
		}
		return fmt.Sprintf("<entry><id>urn:c%d</id><thr:in-reply-to ref='urn:p%d'/><content type='html'>%s</content></entry>\n", i, 7+i*7%500*20, text)
	}}
}

func TestFeedsInBoundedMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 80 MiB")
	}
	for _, c := range []struct {
		name   string
		reader Reader
		in     *stream
	}{
		{"blogger", bloggerReader{}, largeBlogger(40 << 20)},
		{"feed", feedReader{}, largeFeed(40 << 20)},
	} {
		peak, n := peakOf(t, c.reader, c.in, Limits{Bytes: 16 << 20, Comments: 100_000})
		if n < 500 || peak == 0 || peak > 36<<20 {
			t.Errorf("%s: %d documents, %d KiB at the peak", c.name, n, peak>>10)
		}
	}
}

func FuzzFeed(f *testing.F) {
	for _, c := range invented {
		if strings.HasPrefix(c.input, "feeds/") && !strings.Contains(c.input, "blogger") {
			f.Add(inventedInput(f, c.input))
		}
	}
	f.Add([]byte(`<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry xmlns:b="http://purl.org/syndication/thread/1.0"><b:in-reply-to ref="x"/><a:content type="xhtml"><c:p>x`))
	fuzzExport(f, feedReader{})
}

func FuzzBlogger(f *testing.F) {
	f.Add(inventedInput(f, "feeds/blogger2010.xml"))
	f.Add(inventedInput(f, "feeds/blogger2018.xml"))
	fuzzExport(f, bloggerReader{})
}

func BenchmarkFeed(b *testing.B)    { benchmarkExport(b, feedReader{}, largeFeed) }
func BenchmarkBlogger(b *testing.B) { benchmarkExport(b, bloggerReader{}, largeBlogger) }
