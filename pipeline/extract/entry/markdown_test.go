package entry

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corpus/pipeline/read"
	"corpus/schema"
)

func TestMarkdownOfForums(t *testing.T) {
	for in, want := range map[string][]string{
		"<https://a.example/x?a=1&b=2>":             {"paragraph: https://a.example/x?a=1&b=2"},
		"a < b, <b>bold</b> and <3":                 {"paragraph: a < b, <b>bold</b> and <3"},
		"caf&eacute; &#8212; &x200B; AT&T &amp;lt;": {"paragraph: café — &x200B; AT&T &lt;"},
		"use `a*b*c` and ``x ` y`` or ` alone":      {"paragraph: use a*b*c and x ` y or ` alone"},
		">!he did it!< they say":                    {"paragraph: he did it they say"},
		"so >!he did it!<":                          {"paragraph: so he did it"},
		"if a >! b":                                 {"paragraph: if a  b"},
		"E = mc^2 and x^(y z) ^ alone":              {"paragraph: E = mc2 and x(y z) ^ alone"},
		"> quoted\nlazily\n\nanswer":                {"quote: quoted/lazily", "paragraph: answer"},
		">> twice\n\n>once":                         {"quote: twice", "quote: once"},
		"Depth|Place\n:--|--:\n2 m|the **weir**\n|3 m|mill|\n\nafter | it": {"table_row: Depth | Place", "table_row: 2 m | the weir", "table_row: 3 m | mill", "paragraph: after | it"},
		"text\na | b\n---|---": {"paragraph: text", "table_row: a | b"},
		"a | b\n\n---":         {"paragraph: a | b"},
		"[the *mill*](https://a.example/) and [left][1]": {"paragraph: the mill and [left][1]"},
		"/r/weirs and u/coot":                            {"paragraph: /r/weirs and u/coot"},
		"* a\n* b\n\n1) c":                               {"list_item: a", "list_item: b", "list_item: c"},
	} {
		var got []string
		for _, b := range Blocks(in, read.ContentMarkdown, false) {
			got = append(got, fmt.Sprintf("%s: %s", b.Kind, strings.ReplaceAll(b.Text, "\n", "/")))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q: %s", in, diff)
		}
	}
}

// BenchmarkHostileMarkdown is the rate for texts that are all marks: it is the
// same for short and long ones.
func BenchmarkHostileMarkdown(b *testing.B) {
	var runs strings.Builder
	for i := range 60 {
		runs.WriteString(strings.Repeat("`", i+1) + " ")
	}
	for _, part := range []string{"<", "[", "![", runs.String(), "*a ", "&", ">", "|", "a|b\n-|-\n", ">!", "\\"} {
		for _, n := range []int{20_000, 200_000} {
			body := strings.Repeat(part, n/len(part)+1)
			b.Run(fmt.Sprintf("%.8q/%d", part, n), func(b *testing.B) {
				b.SetBytes(int64(len(body)))
				for b.Loop() {
					Blocks(body, read.ContentMarkdown, false)
				}
			})
		}
	}
}

func FuzzMarkdown(f *testing.F) {
	for _, seed := range []string{"a|b\n-|-\nc|d", ">!x!< `a` ``b", "<https://x> &amp; ![a](b)", "```\n>\n\t\n~~~", "\\", "^", "<:>", "\xff`\xfe"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		total := 0
		for _, b := range Blocks(in, read.ContentMarkdown, false) {
			if strings.TrimSpace(b.Text) == "" || b.Kind == "" || b.Kind == schema.BlockHeading && b.Level == 0 {
				t.Fatalf("%+v", b)
			}
			total += len(b.Text)
		}
		if total > 4*len(in)+16 {
			t.Fatalf("%d bytes of %d", total, len(in))
		}
	})
}
