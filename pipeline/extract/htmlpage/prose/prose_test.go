package prose

import (
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html/atom"
	"pgregory.net/rapid"

	"corpus/pipeline/extract/htmlpage/dom"
)

func TestBlocks(t *testing.T) {
	for _, c := range []struct{ name, html, want string }{
		{"paragraphs", `<p>One <b>two</b>.</p><p>Three</p>`, "paragraph:One two.|paragraph:Three"},
		{"text beside elements", `lead<p>p</p>tail`, "paragraph:lead|paragraph:p|paragraph:tail"},
		{"line breaks", `<p>a<br>b<br><br>c</p>`, "paragraph:a\nb|paragraph:c"},
		{"white space", "<p>\n  a \t b&nbsp;c\n</p>", "paragraph:a b c"},
		{"headings", `<h2>a</h2><h4>b</h4>`, "heading2:a|heading4:b"},
		{"heading in a box", `<div><h3><a href="#">a</a></h3>b</div>`, "heading3:a|paragraph:b"},
		{"list", `<ul><li>a</li><li><p>b</p><p>c</p></li></ul>`, "list_item1:a|list_item1:b|list_item1:c"},
		{"nested list", `<ul><li>a<ul><li>b</li></ul></li></ul>`, "list_item1:a|list_item2:b"},
		{"quote", `<blockquote><p>a</p><ul><li>b</li></ul></blockquote>c`, "quote1:a|quote1:b|paragraph:c"},
		{"nested quotes", `<blockquote>a<blockquote>b</blockquote>c</blockquote><blockquote>d</blockquote>`, "quote1:a|quote2:b|quote1:c|quote1:d"},
		{"quote in a box", `<div class="quote"><div>A wrote:</div><blockquote>b<div class="quote"><blockquote>c</blockquote></div></blockquote></div>d`, "quote1:A wrote:|quote1:b|quote2:c|paragraph:d"},
		{"data table", `<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>`, "table_row:a | b|table_row:1 | 2"},
		{"layout table", `<table><tr><td><p>a</p><p>b</p></td></tr></table>`, "paragraph:a|paragraph:b"},
		{"code", "<pre>a\n  b</pre>", "code:a\n  b"},
		{"inline code", `<p>run <code>x</code></p>`, "paragraph:run x"},
		{"caption", `<figure><img><figcaption>a</figcaption></figure>`, "caption:a"},
		{"unseen", `<p>a<script>x</script><style>y</style></p><textarea>z</textarea>`, "paragraph:a"},
		{"smiley", `<p>a <img class="wp-smiley" alt=":-)"> <img alt="photo"></p>`, "paragraph:a :-)"},
		{"terms", `<dl><dt>a</dt><dd>b</dd></dl>`, "list_item1:a|list_item1:b"},
		{"nothing", `<p> </p><div></div>`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			tree, err := dom.Parse("<body>" + c.html)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range Of(tree, tree.FirstTag(0, atom.Body), nil) {
				kind := p.Kind
				if p.Level > 0 {
					kind += string(rune('0' + p.Level))
				}
				got = append(got, kind+":"+p.Text)
			}
			if diff := cmp.Diff(c.want, strings.Join(got, "|")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestSkipAndLinks(t *testing.T) {
	tree, err := dom.Parse(`<body><p>ab <a href="x">cd</a></p><p class="no">gone</p>`)
	if err != nil {
		t.Fatal(err)
	}
	pieces := Of(tree, 0, func(id dom.ID) bool { return tree.HasClass(id, "no") })
	if len(pieces) != 1 || pieces[0].Chars != 4 || pieces[0].Linked != 2 || tree.Tag(pieces[0].Node) != atom.P {
		t.Errorf("%+v", pieces)
	}
}

// A text is what its runes are, whichever of them are written together.
func TestText(t *testing.T) {
	parts := []string{"a", "Bc", "9", ".", " ", "  ", "\n", "\v", "é", "ж", "…", "\u00a0", "\u0085", "\u2003", "\xff", "\xc3"}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(rapid.SampledFrom(parts)).Draw(t, "parts"), "")
		tree, err := dom.Parse("<body><p>" + text + "</p>")
		if err != nil {
			t.Fatal(err)
		}
		want, chars := string([]rune(dom.Squeeze(text))), 0 // what is no UTF-8 becomes U+FFFD
		for _, r := range want {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				chars++
			}
		}
		got := Piece{}
		if pieces := Of(tree, 0, nil); len(pieces) > 0 {
			got = pieces[0]
		}
		if got.Text != want || got.Chars != chars {
			t.Fatalf("%q has %q with %d letters and digits, want %q with %d", text, got.Text, got.Chars, want, chars)
		}
	})
}
