package export

import (
	"bufio"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"corpus/schema"
)

func ptr[T any](v T) *T { return &v }

// reply is a comment as the form threads has it.
type reply struct {
	N       int
	Replies []reply
}

// nest writes a thread whose comment n replies to parents[n], -1 for none.
func nest(parents []int) ([]byte, error) {
	var out bytes.Buffer
	n := &nester{out: bufio.NewWriter(&out)}
	defer n.kept.close()
	n.begin()
	for i, p := range parents {
		row := schema.Comment{CommentID: fmt.Sprint("id", i)}
		if p >= 0 {
			row.ParentID = ptr(fmt.Sprint("id", p))
		}
		if err := n.add(&row, fmt.Appendf(nil, `{"n":%d`, i)); err != nil {
			return nil, err
		}
	}
	if err := n.write([]byte(`{"article":1`)); err != nil {
		return nil, err
	}
	err := n.out.Flush()
	return out.Bytes(), err
}

// TestNesting: every comment is there once, below the one it replies to, replies
// in their order; below the deepest level all stand in one list.
func TestNesting(t *testing.T) {
	check := func(t interface{ Fatalf(string, ...any) }, parents []int) {
		data, err := nest(parents)
		if err != nil {
			t.Fatalf("%v", err)
		}
		var article struct{ Comments []reply }
		if err := json.Unmarshal(data, &article); err != nil {
			t.Fatalf("%v in %.200s", err, data)
		}
		if bytes.Count(data, []byte("\n")) != 1 || data[len(data)-1] != '\n' {
			t.Fatalf("no line: %.200s", data)
		}
		depths := make([]int, len(parents))
		seen := 0
		var walk func(list []reply, parent, depth int)
		walk = func(list []reply, parent, depth int) {
			last := -1
			for _, r := range list {
				seen++
				depths[r.N] = depth
				p := parents[r.N]
				switch {
				case depth < deepest-1 && p != parent:
					t.Fatalf("%d stands below %d, it replies to %d", r.N, parent, p)
				case depth == deepest-1 && p != parent && depths[p] != deepest-1:
					t.Fatalf("%d stands in the last list below %d, it replies to %d", r.N, parent, p)
				case depth >= deepest:
					t.Fatalf("%d stands at level %d", r.N, depth)
				case depth < deepest-1 && r.N <= last:
					t.Fatalf("%d stands behind %d", r.N, last)
				}
				last = r.N
				walk(r.Replies, r.N, depth+1)
			}
		}
		walk(article.Comments, -1, 0)
		if seen != len(parents) {
			t.Fatalf("%d comments written, there are %d", seen, len(parents))
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		parents := make([]int, rapid.IntRange(0, 40).Draw(t, "n"))
		for i := range parents {
			parents[i] = rapid.IntRange(-1, i-1).Draw(t, "parent")
		}
		check(t, parents)
	})
	// A reply may stand before what it replies to.
	check(t, []int{2, -1, 1, 0})
	chain := make([]int, 3*deepest)
	for i := range chain {
		chain[i] = i - 1
		if i == 2*deepest || i == deepest+3 { // branches where all is one list
			chain[i] = deepest + 1
		}
	}
	check(t, chain)
}

func TestNoTree(t *testing.T) {
	for name, parents := range map[string][]int{"circle": {1, 0}, "itself": {-1, 1}} {
		if _, err := nest(parents); err == nil || !strings.Contains(err.Error(), "circle") {
			t.Errorf("%s: %v", name, err)
		}
	}
	n := &nester{out: bufio.NewWriter(io.Discard)}
	n.begin()
	row := schema.Comment{CommentID: "id"}
	if err := errors.Join(n.add(&row, []byte("{")), n.add(&row, []byte("{"))); err == nil || !strings.Contains(err.Error(), "twice") {
		t.Error(err)
	}
}

// TestRowFile: what is kept comes back, out of memory and out of the file.
func TestRowFile(t *testing.T) {
	var f rowFile
	defer f.close()
	type part struct{ offset, length int64 }
	for round := range 2 {
		var want bytes.Buffer
		var parts []part
		for i := range 60 {
			data := bytes.Repeat([]byte{byte(i + round)}, 400_000+i)
			offset, err := f.add(data)
			if err != nil {
				t.Fatal(err)
			}
			parts = append(parts, part{offset, int64(len(data))})
			want.Write(data)
		}
		if f.file == nil || len(f.memory) > keptMemory {
			t.Fatalf("%d bytes in memory, file %v", len(f.memory), f.file)
		}
		var got bytes.Buffer
		for _, p := range parts {
			if err := f.copy(&got, p.offset, p.length); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(got.Bytes(), want.Bytes()) {
			t.Fatal("other bytes came back")
		}
		f.reset()
	}
}

// TestTEIKeepsTheText: the wording of a post is that of the comment, whatever
// characters are in it, and spans hold what they held.
func TestTEIKeepsTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		piece := rapid.OneOf(rapid.SampledFrom([]string{"<", ">", "&", "]]>", "\n", "\"", "'", "🙂", "é", "\x01", "\ufffe", " ", "https://pier.example/?a=1&b=2"}), rapid.StringN(1, 5, -1))
		var text strings.Builder
		var blocks []schema.Block
		var spans []schema.Span
		chars := int32(0)
		kinds := []string{schema.BlockParagraph, schema.BlockQuote, schema.BlockListItem, schema.BlockCode, schema.BlockHeading, schema.BlockCaption}
		for i := range rapid.IntRange(1, 5).Draw(t, "blocks") {
			if i > 0 {
				text.WriteString("\n\n")
				chars += 2
			}
			b := schema.Block{Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Level: int32(rapid.IntRange(0, 3).Draw(t, "level")), Start: chars}
			for range rapid.IntRange(1, 4).Draw(t, "pieces") {
				s := strings.ToValidUTF8(piece.Draw(t, "piece"), "?")
				n := int32(utf8.RuneCountInString(s))
				if n > 0 && rapid.Bool().Draw(t, "span") {
					span := schema.Span{Kind: schema.SpanLink, Start: chars, End: chars + n}
					if rapid.Bool().Draw(t, "mention") {
						span.Kind, span.RefID = schema.SpanMention, ptr("00ff")
					}
					spans = append(spans, span)
				}
				text.WriteString(s)
				chars += n
			}
			b.End = chars
			blocks = append(blocks, b)
		}
		c := &schema.Comment{CommentID: "ff", State: schema.StateVisible, Text: ptr(text.String()), Blocks: blocks, Spans: spans}
		var out bytes.Buffer
		w := &tei{out: bufio.NewWriter(&out)}
		w.post(c)
		if err := w.out.Flush(); err != nil {
			t.Fatal(err)
		}
		var got strings.Builder
		seen, opened := 0, 0
		for d := xml.NewDecoder(&out); ; {
			token, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%v in %s", err, out.String())
			}
			switch token := token.(type) {
			case xml.StartElement:
				switch token.Name.Local {
				case "lb":
					got.WriteString("\n")
				case "ref", "seg":
					seen++
				case "p", "ab", "item":
					if opened++; opened > 1 {
						got.WriteString("\n\n")
					}
				}
			case xml.CharData:
				got.Write(token)
			}
		}
		want := strings.Map(func(r rune) rune {
			if r == '\t' || r == '\n' || r == '\r' || r >= 0x20 && r <= 0xd7ff || r >= 0xe000 && r <= 0xfffd || r >= 0x10000 {
				return r
			}
			return '\ufffd'
		}, text.String())
		if got := strings.TrimSuffix(got.String(), "\n"); got != want { // a line break ends the post
			t.Fatalf("text\n%q\nbecame\n%q", want, got)
		}
		if seen != len(spans) {
			t.Fatalf("%d spans, %d elements", len(spans), seen)
		}
	})
}

func TestMoment(t *testing.T) {
	for _, c := range []struct {
		at               *int64
		local, precision string
		when, iso        string
	}{
		{ptr(int64(1_614_920_767_500_000)), "2021-03-05T06:06:07", "second", "2021-03-05T05:06:07.5Z", ""},
		{ptr(int64(1_614_920_760_000_000)), "2021-03-05T06:06", "minute", "2021-03-05", "2021-03-05T06:06"},
		{nil, "2021-03-05T06:06:07", "second", "2021-03-05T06:06:07", ""},
		{nil, "2021-03-05T06", "hour", "2021-03-05", "2021-03-05T06"},
		{nil, "2021-03", "month", "2021-03", ""},
		{nil, "2021", "year", "2021", ""},
	} {
		when, iso := moment(c.at, &c.local, &c.precision)
		if when != c.when || iso != c.iso {
			t.Errorf("%s: %q and %q, expected %q and %q", c.local, when, iso, c.when, c.iso)
		}
	}
	if when, iso := moment(nil, nil, nil); when != "" || iso != "" {
		t.Errorf("no time is %q, %q", when, iso)
	}
}

func TestSeconds(t *testing.T) {
	for _, c := range []struct {
		at    *int64
		local *string
		want  any
		basis any
	}{
		{ptr(int64(1_500_000)), ptr("2021"), int64(1), "instant"},
		{ptr(int64(-1)), nil, int64(-1), "instant"},
		{nil, ptr("1970-01-02T00:01"), int64(86_460), "local"},
		{nil, ptr("1971"), int64(365 * 86_400), "local"},
		{nil, ptr("yesterday"), nil, nil},
		{nil, nil, nil, nil},
	} {
		if got, basis := seconds(c.at, c.local); got != c.want || basis != c.basis {
			t.Errorf("%v, %v: %v, %v", c.at, c.local, got, basis)
		}
	}
}
