package read

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"corpus/schema"
)

// lines reads JSON Lines and gives a line a document: "locator source" or
// "locator reason: detail".
func lines(in io.Reader, limits Limits) ([]string, error) {
	var out []string
	err := lineReader{}.Read(context.Background(), in, limits, func(doc *Document, rejected *Rejection, locator string) error {
		if rejected != nil {
			out = append(out, locator+" "+rejected.Error())
		} else {
			out = append(out, locator+" "+doc.Record.Source)
			if doc.Locator != locator || doc.Format != FormatJSONL {
				return fmt.Errorf("document %+v at %s", doc, locator)
			}
		}
		return nil
	})
	return out, err
}

func TestLines(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"nothing", "", ""},
		{"one", `{"source":"a"}`, "line=1 a"},
		{"blank lines count", "\n{\"source\":\"a\"}\n\n  \t\n{\"source\":\"b\"}\n\n", "line=2 a|line=5 b"},
		{"CRLF", "{\"source\":\"a\"}\r\n\r\n{\"source\":\"b\"}\r\n", "line=1 a|line=3 b"},
		{"mark", "\ufeff{\"source\":\"a\"}\n", "line=1 a"},
		{"mark and nothing", "\ufeff", ""},
		{"a broken line costs itself", "{\"source\":\"a\"}\n{oops\n{\"source\":\"c\"}", "line=1 a|line=2 malformed: line 2, column 2: no valid JSON|line=3 c"},
		{"cut off", `{"source":"a","text":"x`, "line=1 malformed: line 1, column 24, key \"/text\": the line is cut off"},
		{"list", `[{"source":"a"}]`, "line=1 malformed: line 1: expected a JSON object, { to }"},
		{"text", "hello", "line=1 malformed: line 1: expected a JSON object, { to }"},
		{"two in a line", `{"source":"a"} {"source":"b"}`, "line=1 malformed: line 1, column 16: no valid JSON"},
		{"unknown key", `{"source":"a","titel":"x"}`, `line=1 malformed: line 1, column 15, key "/titel": the key is not known: see schema.Record, or corpus extract for the form`},
		{"unknown key of a comment", `{"comments":[{"id":"1"},{"autor":"x"}]}`, `line=1 malformed: line 1, column 26, key "/comments/1/autor": the key is not known: see schema.Record, or corpus extract for the form`},
		{"key twice", `{"source":"a","source":"b"}`, `line=1 malformed: line 1, column 15, key "/source": the key stands twice in its object`},
		{"keys have a case", `{"Source":"a"}`, `line=1 malformed: line 1, column 2, key "/Source": the key is not known: see schema.Record, or corpus extract for the form`},
		{"number for text", `{"source":7}`, `line=1 malformed: line 1, column 11, key "/source": expected text, found a number`},
		{"text for number", `{"n_comments_stated":"7"}`, `line=1 malformed: line 1, column 22, key "/n_comments_stated": expected a whole number of 32 bits, found text`},
		{"too large a number", `{"n_comments_stated":3000000000}`, `line=1 malformed: line 1, column 22, key "/n_comments_stated": expected a whole number of 32 bits, found a number`},
		{"fraction", `{"comments":[{"votes_up":1.5}]}`, `line=1 malformed: line 1, column 26, key "/comments/0/votes_up": expected a whole number of 32 bits, found a number`},
		{"object for a list", `{"comments":{}}`, `line=1 malformed: line 1, column 13, key "/comments": expected a list, found an object`},
		{"text for truth", `{"comments":[{"featured":"yes"}]}`, `line=1 malformed: line 1, column 26, key "/comments/0/featured": expected true or false, found text`},
		{"list of lists", `{"blocks":[[]]}`, `line=1 malformed: line 1, column 12, key "/blocks/0": expected an object, found a list`},
		{"a parent that is not there", `{"comments":[{"id":"1","parent_id":"~9"}]}`, `line=1 malformed: line 1, key "/comments/0/parent_id": no comment of the record has the id "~9"`},
		{"a parent without an id of its own", `{"source":"a","comments":[{"id":""},{"id":"~x","parent_id":"~0"},{"parent_id":"~x"},{"parent_id":"77"}]}`, "line=1 a"},
		{"null is not stated", `{"source":"a","title":null,"comments":null}`, "line=1 a"},
		{"invalid UTF-8", "{\"source\":\"a\xffb\"}", "line=1 malformed: line 1, column 13: not UTF-8"},
		{"half a surrogate", `{"source":"\ud800"}`, `line=1 malformed: line 1, column 12, key "/source": no valid JSON`},
		{"UTF-16", "\xff\xfe{\x00", "undecodable"},
	} {
		for _, in := range []io.Reader{strings.NewReader(c.in), iotest.OneByteReader(strings.NewReader(c.in)), iotest.DataErrReader(strings.NewReader(c.in))} {
			got, err := lines(in, Limits{})
			if r := new(Rejection); errors.As(err, &r) {
				got, err = append(got, r.Reason), nil
			}
			if err != nil || strings.Join(got, "|") != c.want {
				t.Errorf("%s: %v\n got %s\nwant %s", c.name, err, strings.Join(got, "|"), c.want)
			}
		}
	}
}

// No value of a document may come into the ledger by way of an error.
func TestErrorsKeepValuesOut(t *testing.T) {
	for _, in := range []string{`{"source":7, "text":"secret"}`, `{"n_comments_stated":"secret"}`, `{"text":"secret`, `{"text":"secret"}}`, `{"comments":[{"author":"secret","votes_up":"secret"}]}`} {
		got, err := lines(strings.NewReader(in), Limits{})
		if err != nil || len(got) != 1 || strings.Contains(got[0], "secret") {
			t.Errorf("%s: %v, %v", in, got, err)
		}
	}
	key := strings.Repeat("k", 10_000)
	if got, _ := lines(strings.NewReader(`{"`+key+`":1}`), Limits{}); len(got) != 1 || len(got[0]) > 300 {
		t.Errorf("a long key: %.400v", got)
	}
}

func TestLineLimits(t *testing.T) {
	body := func(n int) string { return `{"source":"` + strings.Repeat("x", n-len(`{"source":""}`)) + `"}` }
	fits := body(100)
	got, err := lines(strings.NewReader(fits+"\n"+body(101)+"\r\n"+fits+"\n"+body(200_000)), Limits{Bytes: 100})
	for i, want := range []string{"line=1 xxx", "line=2 too_large: line 2 has more than 100 bytes: see limits: bytes", "line=3 xxx", "line=4 too_large"} {
		if err != nil || len(got) != 4 || !strings.HasPrefix(got[i], want) {
			t.Fatalf("%v, %.300v", err, got)
		}
	}
	// a carriage return where the line is cut is not its end
	if got, _ := lines(strings.NewReader(`{"source":"a"}`+"\r"+`{"source":"b"}`+"\n"), Limits{Bytes: 14}); len(got) != 1 || !strings.Contains(got[0], "too_large") {
		t.Error(got)
	}
	two := `{"source":"a","comments":[{"id":"1"},{"id":"2"}]}`
	got, err = lines(strings.NewReader(two), Limits{Comments: 1})
	if err != nil || strings.Join(got, "|") != "line=1 too_many_comments: line 1: 2 comments, limits: comments is 1" {
		t.Errorf("%v, %v", err, got)
	}
	if got, _ := lines(strings.NewReader(two), Limits{Comments: 2}); len(got) != 1 || got[0] != "line=1 a" {
		t.Error(got)
	}
}

// endless is a line without an end, of n bytes.
func endless(n int64) io.Reader {
	return io.LimitReader(readerFunc(func(p []byte) (int, error) {
		for i := range p {
			p[i] = 'x'
		}
		return len(p), nil
	}), n)
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func TestLongLineIsNotKept(t *testing.T) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	got, err := lines(io.MultiReader(endless(256<<20), strings.NewReader("\n{\"source\":\"a\"}")), Limits{Bytes: 1 << 20})
	runtime.ReadMemStats(&after)
	if err != nil || len(got) != 2 || got[1] != "line=2 a" {
		t.Fatalf("%v, %.200v", err, got)
	}
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 16<<20 {
		t.Errorf("%d bytes for a line over the limit of 1 MiB", grown)
	}
}

// The end of a line is the same wherever the buffer ends.
func TestLineBreaksAtTheBuffersEnd(t *testing.T) {
	for n := 64<<10 - 3; n <= 64<<10+3; n++ {
		line := `{"source":"` + strings.Repeat("x", n-len(`{"source":""}`)) + `"}`
		var bodies []string
		err := lineReader{}.Read(context.Background(), strings.NewReader(line+"\r\n"+line+"\r\n"), Limits{Bytes: int64(n)}, func(doc *Document, rejected *Rejection, locator string) error {
			if rejected != nil {
				return rejected
			}
			bodies = append(bodies, string(doc.Body))
			return nil
		})
		if err != nil || len(bodies) != 2 || bodies[0] != line || bodies[1] != line {
			t.Fatalf("%d bytes: %v, %d lines", n, err, len(bodies))
		}
	}
}

func TestBodiesAreNotShared(t *testing.T) {
	var docs []*Document
	err := lineReader{}.Read(context.Background(), strings.NewReader("{\"source\":\"a\"}\n{\"source\":\"b\"}\n"), Limits{}, func(doc *Document, _ *Rejection, _ string) error {
		docs = append(docs, doc)
		return nil
	})
	if err != nil || string(docs[0].Body) != `{"source":"a"}` || docs[0].Record.Source != "a" {
		t.Errorf("%v, %q", err, docs[0].Body)
	}
}

func TestReadersPassErrorsOn(t *testing.T) {
	broken := errors.New("broken pipe")
	for _, format := range []string{FormatHTML, FormatTextPage, FormatJSONL} {
		reader, err := For(format)
		if err != nil {
			t.Fatal(err)
		}
		if err := reader.Read(context.Background(), iotest.ErrReader(broken), Limits{Bytes: 10}, func(*Document, *Rejection, string) error { return nil }); !errors.Is(err, broken) {
			t.Errorf("%s: %v", format, err)
		}
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		if err := reader.Read(ctx, strings.NewReader("{}"), Limits{}, func(*Document, *Rejection, string) error { return nil }); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", format, err)
		}
	}
}

func TestWholePages(t *testing.T) {
	for _, c := range []struct {
		body  string
		limit int64
		want  string
	}{
		{"<p>x", 0, "<p>x"}, {"<p>x", 4, "<p>x"}, {"<p>x", 5, "<p>x"}, {"<p>x", 3, schema.ReasonTooLarge},
		{"", 0, schema.ReasonEmpty}, {" \n", 0, schema.ReasonEmpty}, {"\ufeff\n", 5, schema.ReasonEmpty},
	} {
		got := ""
		err := wholeReader{FormatHTML}.Read(context.Background(), strings.NewReader(c.body), Limits{Bytes: c.limit}, func(doc *Document, rejected *Rejection, locator string) error {
			if locator != "offset=0" {
				t.Errorf("locator %s", locator)
			}
			if rejected != nil {
				got += rejected.Reason
			} else {
				got += string(doc.Body)
			}
			return nil
		})
		if err != nil || got != c.want {
			t.Errorf("%q with limit %d: %q, %v", c.body, c.limit, got, err)
		}
	}
}

func TestFor(t *testing.T) {
	for format, want := range map[string]string{FormatAuto: "the content decides", "mhtml": `there is no reader for the format "mhtml": expected auto, html, textpage, jsonl`} {
		if _, err := For(format); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", format, err)
		}
	}
}

func FuzzLines(f *testing.F) {
	for _, seed := range []string{"{\"source\":\"a\"}\r\n\n{", "\ufeff{}", "{\"comments\":[{\"id\":\"1\"}]}\n[]\n", "\xff\xfe", "{\"a\":{\"b\":[[[[", "{\"source\":\"a\\ud800\"}"} {
		f.Add([]byte(seed), 16)
	}
	f.Fuzz(func(t *testing.T, in []byte, limit int) {
		limits := Limits{Bytes: int64(max(limit, 0)), Comments: 2}
		last := 0
		err := lineReader{}.Read(context.Background(), iotest.HalfReader(strings.NewReader(string(in))), limits, func(doc *Document, rejected *Rejection, locator string) error {
			var line int
			if _, err := fmt.Sscanf(locator, "line=%d", &line); err != nil || line <= last {
				t.Fatalf("locator %q after line %d", locator, last)
			}
			last = line
			if (doc == nil) == (rejected == nil) {
				t.Fatal("neither a document nor a rejection, or both")
			}
			if doc != nil && (limits.Bytes > 0 && int64(len(doc.Body)) > limits.Bytes || len(doc.Record.Comments) > 2) {
				t.Fatal("over the limits")
			}
			if rejected != nil && rejected.Detail == "" {
				t.Fatal("no detail")
			}
			return nil
		})
		if r := new(Rejection); err != nil && !errors.As(err, &r) {
			t.Fatal(err)
		}
	})
}

// BenchmarkJSONL reads 2000 records with two comments each.
func BenchmarkJSONL(b *testing.B) {
	const records = 2000
	var body strings.Builder
	text := strings.Repeat("The tide is out, and the crane stands still. ", 20)
	for i := range records {
		fmt.Fprintf(&body, `{"source":"a","url":"https://pier.example/%d","title":"Tide %d","text":%q,"comments":[{"id":"1","author":"Ida","posted_at":"2026-01-02T03:04:05Z","text":"Yes."},{"id":"2","parent_id":"1","author":"Bo","text":"No."}]}`+"\n", i, i, text)
	}
	b.SetBytes(int64(body.Len()))
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		err := lineReader{}.Read(b.Context(), strings.NewReader(body.String()), Limits{}, func(doc *Document, _ *Rejection, _ string) error {
			if doc != nil {
				n++
			}
			return nil
		})
		if err != nil || n != records {
			b.Fatal(n, err)
		}
	}
	b.ReportMetric(records*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
