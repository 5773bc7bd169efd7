package takedown

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"corpus/pipeline/privacy"
	"corpus/schema"
)

func keyOf(t testing.TB, digit string) *privacy.Key {
	t.Helper()
	path := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(path, []byte(strings.Repeat("0"+digit, 31)+"ff"), 0o600); err != nil {
		t.Fatal(err)
	}
	key, err := privacy.LoadKey(path)
	if err != nil {
		t.Fatal(err)
	}
	return &key
}

// matcherOf is the matcher of requests, which all ask for the comments to go.
func matcherOf(t testing.TB, requests ...Request) *Matcher {
	t.Helper()
	key := keyOf(t, "1")
	l := NewList(*key, "demo")
	for _, r := range requests {
		if r.Reason == "" {
			r.Reason = "A17"
		}
		if r.Cascade == "" {
			r.Cascade = CascadeDrop
		}
		l.Add(r)
	}
	m, err := NewMatcher(l, key)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func must(t testing.TB) func(Request, error) Request {
	return func(r Request, err error) Request {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
}

func ptr[T any](v T) *T { return &v }

func TestAddress(t *testing.T) {
	marker := NewMarker(*keyOf(t, "1"), "demo")
	m := matcherOf(t, must(t)(marker.URL("https://www.quay.example/a/b/?x=1&utm_source=mail#top")), must(t)(marker.Domain("ROPE.example.")))
	for address, gone := range map[string]bool{
		"http://quay.example/a/b?x=1":            true,
		"https://m.quay.example/a/b/?x=1":        true,
		"https://quay.example/a/b?x=2":           false,
		"https://quay.example/a":                 false,
		"https://rope.example/":                  true,
		"https://a.b.rope.example/x":             true,
		"https://rope.example.org/x":             false,
		"https://grope.example/x":                false,
		"https://example/x":                      false,
		"":                                       false,
		"rope.example":                           false,
		"https://" + strings.Repeat("a.", 300):   false,
		"https://user:pass@rope.example:8080/x?": true,
	} {
		if got := m.Address(address) >= 0; got != gone {
			t.Errorf("%.60q: %t", address, got)
		}
	}
	for _, wrong := range []string{"", "quay.example/a", "ftp://quay.example/a"} {
		if _, err := marker.URL(wrong); err == nil {
			t.Errorf("%q is an address", wrong)
		}
	}
	for _, wrong := range []string{"", "https://quay.example", "quay", "a b.example", "quay.example/x"} {
		if _, err := marker.Domain(wrong); err == nil {
			t.Errorf("%q is a domain", wrong)
		}
	}
}

func TestByline(t *testing.T) {
	marker := NewMarker(*keyOf(t, "1"), "demo")
	m := matcherOf(t, must(t)(marker.Author("Zoë O'Neil", "")), must(t)(marker.Author("Max Muster", "quay.example")))
	for _, c := range []struct {
		entry, host string
		gone        bool
	}{
		{"ZOË O'NEIL", "rope.example", true},
		{"By Zoë O'Neil, Reuters", "", true},
		{"Zoë O'Neilson", "", false},
		{"Max Muster and Zoë", "quay.example", true},
		{"Max Muster", "rope.example", false},
		{"", "quay.example", false},
		{strings.Repeat("word ", 10000), "quay.example", false},
	} {
		if got := m.byline(c.entry, c.host) >= 0; got != c.gone {
			t.Errorf("%.40q on %s: %t", c.entry, c.host, got)
		}
	}
}

// article is a present article with one block.
func article(text string) *schema.Article {
	a := &schema.Article{ArticleID: strings.Repeat("a", 32), State: schema.StatePresent, URL: ptr("https://quay.example/one"), Text: &text, NWords: 100}
	a.Blocks = []schema.Block{{Kind: schema.BlockParagraph, End: int32(utf8.RuneCountInString(text))}}
	a.TextSHA256 = digestOf(text)
	return a
}

// comment is a comment of blocks; a block that begins with > is a quote.
func comment(id byte, commenter string, blocks ...string) *schema.Comment {
	c := &schema.Comment{
		CommentID: strings.Repeat(string(id), 32), IDBasis: schema.BasisContent, ArticleID: strings.Repeat("a", 32), State: schema.StateVisible,
		PostedLocal: ptr("2026-01-02T10:0" + string('0'+id%10)), PostedPrecision: ptr(schema.PrecisionMinute), NWords: 20,
	}
	if commenter != "" {
		c.CommenterID = ptr(strings.Repeat(commenter, 32))
	}
	text := ""
	for _, b := range blocks {
		kind := schema.BlockParagraph
		if quoted, ok := strings.CutPrefix(b, ">"); ok {
			kind, b = schema.BlockQuote, quoted
		}
		if text != "" {
			text += "\n\n"
		}
		start := int32(utf8.RuneCountInString(text))
		text += b
		c.Blocks = append(c.Blocks, schema.Block{Kind: kind, Start: start, End: int32(utf8.RuneCountInString(text))})
	}
	c.Text, c.TextSHA256 = &text, digestOf(text)
	return c
}

func TestCuts(t *testing.T) {
	const said = "The harbour master counts the lamps every night, and one is always too many."
	marker := NewMarker(*keyOf(t, "1"), "demo")
	guard, err := privacy.New(keyOf(t, "2"), "demo", "")
	if err != nil {
		t.Fatal(err)
	}
	gone := comment('1', "e", said)
	m := matcherOf(t, must(t)(marker.ID(gone.CommentID)), must(t)(marker.Commenter("Hilda Quill", "quay.example", guard)),
		must(t)(marker.Commenter("Hope", "quay.example", guard)), must(t)(marker.Domain("rope.example")))
	hope := comment('2', "", "I wrote a word.")
	hope.CommenterID = ptr(guard.OfName("quay.example", "Hope"))
	for _, c := range []struct{ name, text, want string }{
		{"nothing", "The harbour is dark, and so am I.", "The harbour is dark, and so am I."},
		{"a quote", ">" + said + "\n\nI disagree.", "[removed]\n\nI disagree."},
		{"a short quote", ">one is always too many\n\nIs it?", "[removed]\n\nIs it?"},
		{"a quote with words between", ">The harbour master [sic] counts the lamps … one is always too many", "[removed]"},
		{"words of his own in running text", "They say he counts the lamps every night, and one is missing.", "They say he [removed] missing."},
		{"five words are no quote", "He counts the lamps every day.", "He counts the lamps every day."},
		{"other case and marks", "THE HARBOUR MASTER: counts the lamps — every night!", "[removed]!"},
		{"a name", "Ask Hilda Quill's cat, or HILDA  QUILL herself.", "Ask [removed]'s cat, or [removed] herself."},
		{"a name before an apostrophe", "Ask Hilda Quill 'ere long, and Hilda Quill ' or nobody '.", "Ask [removed] 'ere long, and [removed] ' or nobody '."},
		{"a blank before an apostrophe", "Nothing 'ere and nobody 's to see.", "Nothing 'ere and nobody 's to see."},
		{"a longer name", "Ask Hilda Quillfeather.", "Ask Hilda Quillfeather."},
		{"a name that is a word, where its person wrote", "I hope that Hope will come.", "I hope that [removed] will come."},
		{"a host", "See www.rope.example/spoons, please.", "See [removed], please."},
		{"another host", "See www.grope.example/spoons.", "See www.grope.example/spoons."},
		{"an address in brackets", "(http://a.rope.example/x?y=1)", "([removed])"},
	} {
		row := comment('3', "f", strings.Split(c.text, "\n\n")...)
		thread := &Thread{Article: article("An article."), Comments: []*schema.Comment{gone, hope, row}, Scope: func(int) string { return "quay.example" }}
		e := m.Match(thread)
		if e == nil {
			t.Fatalf("%s: nothing is found", c.name)
		}
		rows := e.Apply(&schema.Article{}, []schema.Comment{*gone, *hope, *row})
		if got := *rows[2].Text; got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		checkRow(t, &rows[2])
		if rows[0].State != schema.StateTombstone || rows[1].State != schema.StateTombstone {
			t.Errorf("%s: no tombstones", c.name)
		}
	}
}

// checkRow: blocks joined are the text, and removed spans hold their mask.
func checkRow(t interface{ Errorf(string, ...any) }, c *schema.Comment) {
	runes := []rune(*c.Text)
	var parts []string
	for _, b := range c.Blocks {
		if b.Start < 0 || b.End <= b.Start || int(b.End) > len(runes) {
			t.Errorf("block %v in %q", b, *c.Text)
			return
		}
		parts = append(parts, string(runes[b.Start:b.End]))
	}
	if got := strings.Join(parts, "\n\n"); got != *c.Text {
		t.Errorf("blocks give %q, the text is %q", got, *c.Text)
	}
	last := int32(0)
	for _, s := range c.Spans {
		if s.Start < last || s.End <= s.Start || int(s.End) > len(runes) {
			t.Errorf("span %v in %q", s, *c.Text)
			return
		}
		last = s.End
		if got := string(runes[s.Start:s.End]); s.Kind == schema.SpanRemoved && got != schema.MaskRemoved {
			t.Errorf("a span holds %q", got)
		}
	}
}

// Whatever is cut, blocks and spans stay what they are.
func TestCutKeepsForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var blocks []string
		for range rapid.IntRange(1, 4).Draw(t, "blocks") {
			words := rapid.SliceOfN(rapid.SampledFrom([]string{"lamp", "[user]", "über", "漢字", "x.y", "…", "https://a.example/b"}), 1, 8).Draw(t, "words")
			blocks = append(blocks, strings.Join(words, " "))
		}
		row := comment('1', "e", blocks...)
		runes := []rune(*row.Text)
		for i := 0; i+6 <= len(runes); i++ {
			if string(runes[i:i+6]) == "[user]" {
				row.Spans = append(row.Spans, schema.Span{Kind: schema.SpanMention, Start: int32(i), End: int32(i + 6)})
			}
		}
		c := newCutter(*row.Text, row.Blocks, row.Spans)
		for range rapid.IntRange(0, 5).Draw(t, "cuts") {
			b := c.blocks[rapid.IntRange(0, len(c.blocks)-1).Draw(t, "block")]
			start := rapid.IntRange(b.start, b.end).Draw(t, "start")
			end := rapid.IntRange(start, b.end).Draw(t, "end")
			for start < b.end && !utf8.RuneStart(c.text[start]) {
				start++
			}
			for end < b.end && !utf8.RuneStart(c.text[end]) {
				end++
			}
			c.add(start, end)
		}
		cuts := c.cuts()
		if _, err := (&TextCuts{SHA256: *row.TextSHA256, Cuts: cuts}).of(row.Text, row.TextSHA256, row.Blocks); err != nil {
			t.Fatalf("cuts %v of %q: %v", cuts, *row.Text, err)
		}
		row.Text, row.Blocks, row.Spans = cut(*row.Text, row.Blocks, row.Spans, cuts)
		checkRow(t, row)
		n := 0
		for _, s := range row.Spans {
			if s.Kind == schema.SpanRemoved {
				n++
			}
		}
		if n != len(cuts) || strings.Count(*row.Text, schema.MaskRemoved) != n {
			t.Fatalf("%d cuts, %d spans, %q", len(cuts), n, *row.Text)
		}
	})
}

// A comment is found again under another article and after an edit, and a page
// without an address by its text.
func TestFoundAgain(t *testing.T) {
	marker := NewMarker(*keyOf(t, "1"), "demo")
	c := comment('1', "e", "The lamp was lit by the man who lights the lamps.")
	r := must(t)(marker.ID(c.CommentID))
	r.Marks = append(r.Marks, marker.CommentMarks(c)...)
	a := article("A text of twelve words and a few more that tell it.")
	b := must(t)(marker.ID(a.ArticleID))
	b.Marks = append(b.Marks, marker.ArticleMarks(a)...)
	m := matcherOf(t, r, b)
	scope := func(int) string { return "quay.example" }

	elsewhere := *c
	elsewhere.CommentID, elsewhere.ArticleID = strings.Repeat("8", 32), strings.Repeat("9", 32)
	edited := *c
	edited.CommentID, edited.Text, edited.TextSHA256 = strings.Repeat("7", 32), ptr("It was lit."), digestOf("It was lit.")
	later := edited
	later.PostedLocal = ptr("2026-01-02T11:11")
	native := edited
	native.IDBasis = schema.BasisNative
	other := article("Another text.")
	other.ArticleID = strings.Repeat("b", 32)
	e := m.Match(&Thread{Article: other, Comments: []*schema.Comment{&elsewhere, &edited, &later, &native}, Scope: scope})
	if e == nil {
		t.Fatal("nothing is found")
	}
	if diff := cmp.Diff([]bool{true, true, false, false}, []bool{e.Comments[0] >= 0, e.Comments[1] >= 0, e.Comments[2] >= 0, e.Comments[3] >= 0}); diff != "" {
		t.Error(diff)
	}

	copied := article(*a.Text)
	copied.ArticleID = strings.Repeat("c", 32)
	copied.URL = ptr("https://rope.example/copy")
	if m.Match(&Thread{Article: copied, Scope: scope}) != nil {
		t.Error("a copy under an address of its own is taken without being asked for")
	}
	copied.URL = nil
	if m.Match(&Thread{Article: copied, Scope: scope}) == nil {
		t.Error("a page without an address comes back")
	}
}

// A version that was built with the list holds nothing of it: its tombstones
// are no record to take down, unless comments still hang on one.
func TestTombstoneIsGone(t *testing.T) {
	marker := NewMarker(*keyOf(t, "1"), "demo")
	a := article("A text of twelve words and a few more that tell it.")
	request := must(t)(marker.ID(a.ArticleID))
	request.Cascade = CascadeDrop
	m := matcherOf(t, request)
	said := comment('1', "e", "The lamp was lit by the man who lights the lamps.")
	present := &Thread{Article: a, Comments: []*schema.Comment{said}, Scope: func(int) string { return "quay.example" }}
	if e := m.Match(present); e == nil || e.Article < 0 || !e.Drop {
		t.Fatalf("an article is not found: %+v", e)
	}
	left := *a
	tombstoneArticle(&left)
	gone := *present
	gone.Article, gone.Comments = &left, nil
	if e := m.Match(&gone); e != nil {
		t.Errorf("the tombstone of an article is to be taken down: %+v", e)
	}
	gone.Comments = present.Comments // as a list with cascade keep left it
	if e := m.Match(&gone); e == nil || !e.Drop {
		t.Errorf("comments below a tombstone stay: %+v", e)
	}
}

// Where requests disagree on the comments of an article, their digests, by which
// the list is sorted, do not decide: what one of them takes is gone.
func TestDropGoesFirst(t *testing.T) {
	marker := NewMarker(*keyOf(t, "1"), "demo")
	a := article("A text of twelve words and a few more that tell it.")
	a.Byline = []string{"Ida Finch"}
	said := comment('1', "e", "The lamp was lit by the man who lights the lamps.")
	requests := []Request{must(t)(marker.ID(a.ArticleID)), must(t)(marker.URL(*a.URL)), must(t)(marker.Author("Ida Finch", "")), must(t)(marker.Author("Ida Finch", "quay.example"))}
	for i := range requests {
		requests[i].Marks = append(requests[i].Marks, marker.ArticleMarks(a)...) // as apply completes them
	}
	for drops := range requests {
		var list []Request
		for i, r := range requests {
			r.Cascade = CascadeKeep
			if i == drops {
				r.Cascade = CascadeDrop
			}
			list = append(list, r)
		}
		m := matcherOf(t, list...)
		if e := m.Match(&Thread{Article: a, Comments: []*schema.Comment{said}, Scope: func(int) string { return "quay.example" }}); e == nil || !e.Drop {
			t.Errorf("request %d asks for the comments too, and they stay", drops)
		}
	}
}

func TestKeyCheck(t *testing.T) {
	key, other := keyOf(t, "1"), keyOf(t, "2")
	l := NewList(*key, "demo")
	if m, err := NewMatcher(l, nil); m != nil || err != nil {
		t.Errorf("an empty list needs a key: %v", err)
	}
	l.Add(Request{ID: strings.Repeat("1", 16), What: WhatID, Reason: "A17", Cascade: CascadeDrop, Marks: []Mark{{Kind: KindRecord, Digest: strings.Repeat("2", 32)}}})
	for _, wrong := range []*privacy.Key{nil, other} {
		if _, err := NewMatcher(l, wrong); !errors.Is(err, ErrKey) {
			t.Errorf("a wrong key: %v", err)
		}
	}
	if _, err := NewMatcher(l, key); err != nil {
		t.Error(err)
	}
	// Two corpora have no digest in common.
	a, b := must(t)(NewMarker(*key, "demo").Domain("rope.example")), must(t)(NewMarker(*key, "other").Domain("rope.example"))
	if a.ID == b.ID || a.Marks[0].Digest == b.Marks[0].Digest {
		t.Error("lists of two corpora can be held against each other")
	}
}

// The order in which requests were added, and layout, are no facts of a list.
func TestListForm(t *testing.T) {
	marker := NewMarker(*keyOf(t, "1"), "demo")
	one, two := must(t)(marker.Domain("rope.example")), must(t)(marker.URL("https://quay.example/1"))
	for _, r := range []*Request{&one, &two} {
		r.Reason, r.Cascade = "Copyright", CascadeKeep
	}
	two.Versions = []string{"0.10.0", "0.2.0", "0.10.0"}
	a, b := NewList(*keyOf(t, "1"), "demo"), NewList(*keyOf(t, "1"), "demo")
	a.Add(one)
	a.Add(two)
	b.Add(two)
	b.Add(one)
	b.Add(one)
	x, err := a.JSON()
	if err != nil {
		t.Fatal(err)
	}
	y, err := b.JSON()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(x), string(y)); diff != "" || a.Digest() != b.Digest() {
		t.Error(diff)
	}
	if !strings.Contains(string(x), "\"0.2.0\",\n        \"0.10.0\"") {
		t.Errorf("versions are not in their order: %s", x)
	}
	again, err := ParseList(x)
	if err != nil {
		t.Fatal(err)
	}
	before := again.Digest()
	again.Withdrawn = []string{strings.Repeat("3", 32)}
	if again.Digest() != before {
		t.Error("withdrawn inputs reach the digest, and with it the bytes of a build")
	}
	again.Requests[0].Cascade = CascadeDrop
	if again.Digest() == before {
		t.Error("the cascade does not reach the digest")
	}
}

func FuzzParseList(f *testing.F) {
	f.Add([]byte(`{"schema":1,"corpus":"demo","key_check":"0123456789abcdef","requests":[{"id":"0123456789abcdef","what":"url","reason":"A17","cascade":"drop","marks":[{"kind":"url","digest":"0123456789abcdef0123456789abcdef"}]}]}`))
	f.Add([]byte(`{"schema":1,"requests":[{"marks":[{}]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := ParseList(data)
		if err != nil {
			return
		}
		out, err := l.JSON()
		if err != nil {
			t.Fatal(err)
		}
		again, err := ParseList(out)
		if err != nil || again.Digest() != l.Digest() {
			t.Fatalf("a list does not come back as it was: %v", err)
		}
	})
}

func FuzzParseErratum(f *testing.F) {
	d := strings.Repeat("ab", 32)
	f.Add([]byte(`{"schema":1,"corpus":"demo","version":"0.1.0","manifest_sha256":"` + d + `","takedown_sha256":"` + d + `","requests":[],"versions":[],"articles":[{"article_id":"` + d[:32] + `","taken":"A17","cascade":"drop"}]}`))
	f.Add([]byte(`{"schema":1,"manifest_sha256":"` + d + `","takedown_sha256":"` + d + `","articles":[{"article_id":"` + d[:32] + `","text":{"sha256":"` + d + `","cuts":[{"start":0,"end":3}]},"comments":[{"comment_id":"` + d[:32] + `","text":{"sha256":"` + d + `","cuts":[{"start":-5,"end":900}]}}]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		x, err := ParseErratum(data)
		if err != nil {
			return
		}
		// Whatever an erratum says, it is refused or leaves whole rows.
		for i := range x.Articles {
			c := comment('1', "e", "lamp lamp", "über", ">漢字")
			if len(x.Articles[i].Comments) > 0 {
				c.CommentID = x.Articles[i].Comments[0].CommentID
				if text := x.Articles[i].Comments[0].Text; text != nil {
					text.SHA256 = *c.TextSHA256
				}
			}
			a := article("lamp")
			if text := x.Articles[i].Text; text != nil {
				text.SHA256 = *a.TextSHA256
			}
			rows := []schema.Comment{*c}
			e, err := x.Articles[i].Effects(a, rows)
			if err != nil {
				continue
			}
			for k := range e.Apply(a, rows) {
				if rows[k].Text != nil {
					checkRow(t, &rows[k])
				}
			}
		}
	})
}

// BenchmarkMatch measures a thread of 200 comments with all kinds of requests.
func BenchmarkMatch(b *testing.B) {
	marker := NewMarker(*keyOf(b, "1"), "demo")
	guard, err := privacy.New(keyOf(b, "2"), "demo", "")
	if err != nil {
		b.Fatal(err)
	}
	m := matcherOf(b, must(b)(marker.Commenter("Hilda Quill", "quay.example", guard)), must(b)(marker.Domain("rope.example")), must(b)(marker.URL("https://quay.example/x")))
	text := strings.Repeat("The harbour master counts the lamps every night, and one is too many. ", 5)
	th := &Thread{Article: article(text), Scope: func(int) string { return "quay.example" }}
	for i := range 200 {
		th.Comments = append(th.Comments, comment(byte('0'+i%10), "e", strings.TrimSpace(text)))
	}
	b.SetBytes(int64(200 * len(text)))
	for b.Loop() {
		m.Match(th)
	}
}
