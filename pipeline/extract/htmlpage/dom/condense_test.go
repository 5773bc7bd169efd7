package dom

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

// asRead gives a page as the parser reads it, in pieces of any size.
func asRead(t interface{ Fatal(...any) }, page string) string {
	b, err := io.ReadAll(iotest.OneByteReader(condense(page)))
	if err != nil {
		t.Fatal(err)
	}
	if whole, err := io.ReadAll(condense(page)); err != nil || string(whole) != string(b) {
		t.Fatal("in larger pieces it is", string(whole), err)
	}
	return string(b)
}

func TestCondense(t *testing.T) {
	for _, c := range []struct{ name, page, want string }{
		{"between lines", "<ul>\n  <li>one</li>\n  <li>two</li>\n</ul>\n", "<ul><li>one</li><li>two</li></ul>\n"},
		{"before a word in a line", "<p>a <b>b</b> <i>c</i> d</p>", "<p>a <b>b</b> <i>c</i> d</p>"},
		{"at the ends of a line", "<div>\n <a>x</a> <a>y</a>\n</div>", "<div><a>x</a> <a>y</a></div>"},
		{"around what nobody sees", "<div>\n<script>1</script>\n<!-- x -->\n<p>a", "<div><script>1</script><!-- x --><p>a"},
		{"between words apart by comments", "<div>a<!-- --> <!-- -->b</div>", "<div>a<!-- --> <!-- -->b</div>"},
		{"verbatim", "<pre>\n<div>1</div>\n<div>2</div>\n</pre>\n<p>a", "<pre>\n<div>1</div>\n<div>2</div>\n</pre><p>a"},
		{"styles", "<STYLE media='a'>\np > a {}\n</STYLE><p>a", "<STYLE media='a'></STYLE><p>a"},
		{"styles with markup in them", "<style>a { content: '<' }</style>", "<style>a { content: '<' }</style>"},
		{"a sign behind a tag", "<p>Home > <a>News</a></p>", "<p>Home > <a>News</a></p>"},
		{"a sign in an attribute", "<p title='a > '> <b title=\"c > <p>\">x</b>", "<p title='a > '> <b title=\"c > <p>\">x</b>"},
		{"no break space", "<p>\u00a0<p>", "<p>\u00a0<p>"},
		{"an end that is cut off", "<p>\n<div", "<p><div"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := asRead(t, c.page); got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

// TestCondenseKeepsTheWords: whatever is taken out, the page has the words that a
// reader sees, apart where they were.
func TestCondenseKeepsTheWords(t *testing.T) {
	part := rapid.SampledFrom([]string{"<p>", "</p>", "<div class='a'>", "</div>", "<a href=\"x>y\">", "</a>", "<b>", "</b>", "<li>", "<br>", "<td>",
		"<span title='it''s'>", "</span>", "<style>a{}", "</style>", "<pre>", "</pre>", "<!--", "-->", "<script>", "</script>", " ", "\n  ", "\t", ">", "<", "one", "two", "&nbsp;"})
	rapid.Check(t, func(t *rapid.T) {
		page := strings.Join(rapid.SliceOf(part).Draw(t, "parts"), "")
		once := asRead(t, page)
		if len(once) > len(page) {
			t.Fatalf("%q grew to %q", page, once)
		}
		tree, err := Parse(page)
		if err != nil {
			t.Fatal(err)
		}
		plain, err := parsed(strings.NewReader(page), 0)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := tree.Text(0), plain.Text(0); strings.Join(strings.Fields(got), "") != strings.Join(strings.Fields(want), "") {
			t.Errorf("%q\ngives %q\ninstead of %q", page, got, want)
		}
	})
}

// BenchmarkCondenseHostile repeats what has no end: time per byte must not grow.
func BenchmarkCondenseHostile(b *testing.B) {
	for _, part := range []string{"<", "<a ", "<a '", "<!--", "<script>", "<style>", "<pre>", "<p>\n"} {
		for _, size := range []int{1 << 16, 1 << 22} {
			page := strings.Repeat(part, size/len(part))
			b.Run(fmt.Sprintf("%q/%d", part, size), func(b *testing.B) {
				b.SetBytes(int64(len(page)))
				for b.Loop() {
					condense(page)
				}
			})
		}
	}
}
