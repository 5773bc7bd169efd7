package entry

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corpus/licenses"
	"corpus/pipeline/extract"
	"corpus/pipeline/read"
	"corpus/schema"
)

// shown writes blocks a line each, with line breaks as "/".
func shown(blocks []extract.Block) []string {
	var list []string
	for _, b := range blocks {
		kind := b.Kind
		if b.Level > 0 {
			kind += fmt.Sprint(b.Level)
		}
		list = append(list, kind+": "+strings.ReplaceAll(b.Text, "\n", "/"))
	}
	return list
}

func TestBlocks(t *testing.T) {
	const html, wp, md, txt = read.ContentHTML, read.ContentWordPress, read.ContentMarkdown, read.ContentText
	for _, c := range []struct {
		kind, in string
		want     []string
	}{
		{html, "", nil},
		{html, " \n ", nil},
		{html, "one\n two", []string{"paragraph: one two"}},
		{html, "one<p>two<br>three<ul><li>four</ul>", []string{"paragraph: one", "paragraph: two/three", "list_item1: four"}},
		{html, "a <script>x()</script>&amp; b &lt;i&gt;", []string{"paragraph: a & b <i>"}},
		{html, "<frameset><frame></frameset>text", []string{"paragraph: text"}},
		{html, "<html><head><title>no</title></head><body>yes</body></html>", []string{"paragraph: yes"}},
		{html, "<blockquote>q</blockquote><pre>a\n  b</pre>", []string{"quote1: q", "code: a/  b"}},
		{html, strings.Repeat("<div>", 600) + "deep", []string{"paragraph: deep"}},

		{wp, "one\ntwo\n\nthree\r\n\r\n\r\nfour", []string{"paragraph: one/two", "paragraph: three", "paragraph: four"}},
		{wp, "<b>one</b>\n<i>two</i>\n\n<em>three</em>", []string{"paragraph: one/two", "paragraph: three"}},
		{wp, "<h2>Head</h2>\ntext\n<ul>\n\t<li>a</li>\n\t<li>b</li>\n</ul>\nmore", []string{"heading2: Head", "paragraph: text", "list_item1: a", "list_item1: b", "paragraph: more"}},
		{wp, "<pre>a\n\n  b\n</pre>\nafter", []string{"code: a//  b", "paragraph: after"}},
		{wp, "a < b\nand 3 > 2\n\n<3", []string{"paragraph: a < b/and 3 > 2", "paragraph: <3"}},
		{wp, "one<!--more-->two<!--nextpage-->three", []string{"paragraph: one", "paragraph: two", "paragraph: three"}},
		{wp, "<!-- wp:paragraph {\"a\":\"<b>\"} -->\n<p>one\ntwo</p>\n<!-- /wp:paragraph -->\n\nclassic\nline\n\n<!-- wp:latest-posts /-->\nend", []string{"paragraph: one two", "paragraph: classic/line", "paragraph: end"}},
		{wp, "<!-- wp:group --><div><!-- wp:code --><pre><code>x\n\ny</code></pre><!-- /wp:code --></div><!-- /wp:group -->", []string{"code: x//y"}},
		{wp, "<!-- wp:image --><figure><img src=a><figcaption>Cap</figcaption></figure><!-- /wp:image -->", []string{"caption: Cap"}},

		{wp, `[caption id="a" width="3"]<a href=x><img src=y></a> The <b>sea</b>[/caption]

after`, []string{"caption: The sea", "paragraph: after"}},
		{wp, `[caption caption="The &quot;sea&quot; <3"]<img>[/caption]`, []string{`caption: The "sea" <3`}},
		{wp, "[gallery]\n\n[embed]https://v.example/1[/embed]\n\n[audio mp3=\"a\"][/audio]text [contact-form-7 id=\"1\"]", []string{"paragraph: text"}},
		{wp, "[quote]a[/quote]b [code]x <y[/code]", []string{"quote1: a", "paragraph: b", "code: x <y"}},
		{wp, "[vc_row][et_pb_text a=\"b]c\"]kept[/et_pb_text][/vc_row]", []string{"paragraph: kept"}},
		{wp, "so [sic] said [1] [he], [not a shortcode] [a/b] [x=1] [ gallery ]", []string{"paragraph: so [sic] said [1] [he], [not a shortcode] [a/b] [x=1] [ gallery ]"}},
		{wp, "[[gallery ids=\"1\"]] shows pictures", []string{`paragraph: [gallery ids="1"] shows pictures`}},
		{wp, "[box]a[/box] [lone/] [/nothing]", []string{"paragraph: a [/nothing]"}},
		{wp, "[embed]never closed", []string{"paragraph: never closed"}},

		{txt, "one\ntwo\n\n> q\n> r\nafter <b>", []string{"paragraph: one/two", "quote1: q/r", "paragraph: after <b>"}},
		{txt, "* not a list", []string{"paragraph: * not a list"}},

		{md, "# Head #\ntext **bold** and *it* `co_de`\nsnake_case_word 2 * 3\n\n- a\n- b\n  more\n1. c", []string{
			"heading1: Head", "paragraph: text bold and it co_de/snake_case_word 2 * 3", "list_item: a", "list_item: b/more", "list_item: c"}},
		{md, "> q\n>\n> r\n\n---\n[text](https://x.example) ![](y) [left] \\*kept\\*", []string{"quote1: q", "quote1: r", "paragraph: text  [left] *kept*"}},
		{md, "```go\nx := *p\n\n# y\n```\nafter\n\n    indented\n      code", []string{"code: x := *p//# y", "paragraph: after", "code: indented/  code"}},
		{md, "~~gone~~ ~kept~ ***all*** __strong__ _em_ \\", []string{"paragraph: gone ~kept~ all strong em \\"}},
	} {
		if diff := cmp.Diff(c.want, shown(Blocks(c.in, c.kind, true))); diff != "" {
			t.Errorf("%s %.60q: %s", c.kind, c.in, diff)
		}
	}
}

// In comments of WordPress square brackets are what their writer wrote.
func TestCommentsHaveNoShortcodes(t *testing.T) {
	got := shown(Blocks("[gallery] [b]bold[/b]\n\n<em>yes</em>", read.ContentWordPress, false))
	if diff := cmp.Diff([]string{"paragraph: [gallery] [b]bold[/b]", "paragraph: yes"}, got); diff != "" {
		t.Error(diff)
	}
}

func text(s string) *string { return &s }

func TestExtract(t *testing.T) {
	stated, up := int32(5), int32(2)
	d, err := Extract(&read.Entry{
		URL: "https://a.example/1", NativeID: "1", Title: "A &amp; <em>B</em>", Section: "S &amp; T", Tags: []string{"x&#39;y"}, Authors: []string{"Ann"},
		PublishedAt: "2024-01-02T03:04:05Z", License: "https://creativecommons.org/licenses/by/4.0/", Evidence: "creativeCommons:license", Lang: "en",
		Content: "<p>Text", Stated: &stated, Order: schema.OrderOldest, NotPublic: "status draft", Notes: []string{"n"}, Excluded: []read.ExcludedComments{{Reason: "spam", N: 2}},
		Comments: []read.EntryComment{
			{ID: "7", Author: "B &amp; C", AuthorID: "b", AuthorURL: "https://b.example", Role: "author", PostedAt: "2024-01-03", Content: "yes", VotesUp: &up, State: schema.StatePending},
			{ParentID: "7", Content: "> no", Kind: read.ContentMarkdown},
		},
	}, "wxr")
	if err != nil {
		t.Fatal(err)
	}
	want := &extract.Draft{
		URL: "https://a.example/1", NativeID: "1", Title: "A & B", Section: "S & T", Tags: []string{"x'y"}, Authors: []string{"Ann"},
		PublishedAt: "2024-01-02T03:04:05Z", License: "https://creativecommons.org/licenses/by/4.0/", LicenseEvidence: "creativeCommons:license", Lang: "en",
		Blocks: []extract.Block{{Kind: schema.BlockParagraph, Text: "Text"}}, CommentsStated: &stated, CommentOrder: schema.OrderOldest,
		Statements: []licenses.Statement{{Where: "creativeCommons:license", Covers: "article", License: text("CC-BY-4.0"), URL: text("https://creativecommons.org/licenses/by/4.0/")}},
		OptOut:     []string{"not public: status draft"}, Notes: []string{"n"}, Excluded: []read.ExcludedComments{{Reason: "spam", N: 2}}, Extractor: "entry/1 wxr",
		Comments: []extract.Comment{
			{ID: "7", Author: "B & C", AuthorID: "b", AuthorURL: "https://b.example", Role: "author", PostedAt: "2024-01-03", VotesUp: &up, State: schema.StatePending, Blocks: []extract.Block{{Kind: schema.BlockParagraph, Text: "yes"}}},
			{ID: "~1", ParentID: "7", Blocks: []extract.Block{{Kind: schema.BlockQuote, Level: 1, Text: "no"}}},
		},
	}
	if diff := cmp.Diff(want, d); diff != "" {
		t.Error(diff)
	}
}

// A post of which nothing is left is left out, with the account of its comments.
func TestNothingLeft(t *testing.T) {
	_, err := Extract(&read.Entry{NoText: true, Content: "not looked at", Excluded: []read.ExcludedComments{{Reason: "spam", N: 2}, {Reason: "pending", N: 1}}}, "disqus")
	var r *read.Rejection
	if !errors.As(err, &r) || !r.Excluded || r.Comments != 3 || r.Error() != "no_content: neither text nor comments; comments left out: 2 spam, 1 pending" {
		t.Errorf("%v", err)
	}
}

var kinds = []string{read.ContentHTML, read.ContentWordPress, read.ContentMarkdown, read.ContentText}

func FuzzBlocks(f *testing.F) {
	for i, s := range []string{
		"one\n\n<b>two</b>", "<!-- wp:quote --><blockquote>x</blockquote><!-- /wp:quote -->", "[caption]a[/caption][embed]b[/embed][[c]]",
		"- a\n> b\n```\nc\n# d\n[t](u) *e* _f_ \\*", "<!--", "<", "[", "[/a", "[a b='", "&amp;", "\x00\xff",
	} {
		f.Add(s, i)
	}
	f.Fuzz(func(t *testing.T, s string, kind int) {
		k := kinds[uint(kind)%uint(len(kinds))]
		for _, post := range []bool{true, false} {
			for _, b := range Blocks(s, k, post) {
				if strings.TrimSpace(b.Text) == "" {
					t.Fatalf("an empty block of %q", s)
				}
			}
		}
	})
}

// FuzzContentStatements: whatever a post holds, what it says of licences is
// SPDX, bounded, and none of the comments'.
func FuzzContentStatements(f *testing.F) {
	for i, s := range []string{
		`<p>x <a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC</a></p>`, "This text: CC BY-SA 3.0\nAll rights reserved", `<figure><img alt="CC BY 4.0"></figure>`,
		`<div class="license">Permission is hereby granted, free of charge, to any person</div>`, `<span property="cc:license" resource="x">`, "<footer>CC0", "&lt;a rel=license",
	} {
		f.Add(s, i)
	}
	f.Fuzz(func(t *testing.T, s string, kind int) {
		d, err := Extract(&read.Entry{Content: s, ContentKind: kinds[uint(kind)%uint(len(kinds))], Comments: []read.EntryComment{{Content: s}}}, "feed")
		if err != nil {
			return
		}
		if len(d.Statements) > licenses.MaxStatements {
			t.Fatalf("%d statements", len(d.Statements))
		}
		for _, x := range d.Statements {
			if x.License != nil && licenses.Valid(*x.License) != nil {
				t.Fatalf("%q is no SPDX", *x.License)
			}
		}
		alone, err := Extract(&read.Entry{NoText: true, Comments: []read.EntryComment{{Content: s, Kind: kinds[uint(kind)%uint(len(kinds))]}}}, "feed")
		if err == nil && len(alone.Statements) > 0 {
			t.Fatalf("a comment states %+v", alone.Statements)
		}
	})
}

// Time is linear in the content: a repeated part takes no longer than itself.
func BenchmarkBlocks(b *testing.B) {
	for name, part := range map[string]string{
		"prose": "The tide comes in,\nand goes out.\n\n", "brackets": "[", "open": "[embed]", "closed": "[embed][/embed]", "quotes": "[a b=\"", "tags": "<", "comments": "<!--",
		"links": "[a](", "stars": "*a ",
	} {
		s := strings.Repeat(part, 1<<18/len(part))
		for _, kind := range []string{read.ContentWordPress, read.ContentMarkdown} {
			b.Run(name+"/"+kind, func(b *testing.B) {
				b.SetBytes(int64(len(s)))
				for b.Loop() {
					Blocks(s, kind, true)
				}
			})
		}
	}
}
