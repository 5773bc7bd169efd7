package read

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/go-cmp/cmp"
)

// invented are the feeds and dumps of testdata: blogs, forums and people that
// do not exist.
var invented = []struct {
	golden, input string
	reader        Reader
}{
	{"feeds/blogger2010", "feeds/blogger2010.xml", bloggerReader{}},
	{"feeds/blogger2010-unpublished", "feeds/blogger2010.xml", With(bloggerReader{}, Rules{Unpublished: true})},
	{"feeds/blogger2018", "feeds/blogger2018.xml", bloggerReader{}},
	{"feeds/blogger2018-unpublished", "feeds/blogger2018.xml", With(bloggerReader{}, Rules{Unpublished: true})},
	{"feeds/rss2", "feeds/rss2.xml", feedReader{}},
	{"feeds/rss1", "feeds/rss1.xml", feedReader{}},
	{"feeds/atom", "feeds/atom.xml", feedReader{}},
	{"feeds/comments-rss", "feeds/comments.rss", feedReader{}},
	{"feeds/comments-atom", "feeds/comments.atom", feedReader{}},
	{"dumps/reddit", "dumps/reddit.ndjson", redditReader{}},
	{"dumps/hackernews", "dumps/hackernews.ndjson", hackerNewsReader{}},
}

func inventedInput(t testing.TB, name string) []byte {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// printed are outcomes as golden files have them.
func printed(t testing.TB, list []outcome) []byte {
	t.Helper()
	var out bytes.Buffer
	for _, o := range list {
		line, err := json.Marshal(o, json.OmitZeroStructFields(true), jsontext.WithIndent(" "))
		if err != nil {
			t.Fatal(err)
		}
		out.Write(append(line, '\n'))
	}
	return out.Bytes()
}

// What is read of each feed and dump. No e-mail address passes.
func TestFeedsAndDumpsGolden(t *testing.T) {
	for _, c := range invented {
		t.Run(c.golden, func(t *testing.T) {
			got := printed(t, outcomes(t, c.reader, bytes.NewReader(inventedInput(t, c.input)), Limits{Bytes: 1 << 20, Comments: 100}))
			if bytes.Contains(got, []byte("@")) {
				t.Error("an e-mail address passed the reader")
			}
			path := filepath.Join("testdata", c.golden+".golden")
			if *updateExports {
				if err := os.WriteFile(path, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDetectFeedsAndDumps(t *testing.T) {
	for _, c := range invented {
		want := FormatFeed
		switch {
		case strings.Contains(c.input, "blogger"):
			want = FormatBlogger
		case strings.Contains(c.input, "reddit"):
			want = FormatReddit
		case strings.Contains(c.input, "hackernews"):
			want = FormatHackerNews
		}
		body := inventedInput(t, c.input)
		if got := Detect(body, "x"); got != want {
			t.Errorf("%s: %q, want %q", c.input, got, want)
		}
	}
}
