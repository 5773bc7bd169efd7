package htmlpage

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corpus/pipeline/extract"
	"corpus/pipeline/read"
)

// template is the markup of comments below an article, and what they are.
type template struct {
	name, lang, body string
	want             []string // "PARENT ¦ AUTHOR ¦ TIME ¦ TEXT ¦ STATE", the parent by its place or "-", paragraphs parted by "|", lines by "/"
}

// readTemplates reads a file of templates: "@@ NAME @ LANGUAGE", the markup, "@=",
// and a line for each comment.
func readTemplates(t *testing.T, file string) []template {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []template
	for _, part := range strings.Split("\n"+string(text), "\n@@ ")[1:] {
		head, rest, _ := strings.Cut(part, "\n")
		body, want, ok := strings.Cut(rest, "\n@=")
		at := strings.LastIndex(head, " @ ")
		if !ok || at < 0 {
			t.Fatalf("%s: %q is no template", file, head)
		}
		c := template{name: head[:at], lang: strings.TrimSpace(head[at+3:]), body: body}
		for line := range strings.SplitSeq(want, "\n") {
			if strings.TrimSpace(line) != "" {
				fields := strings.Split(line, "¦")
				for i := range fields {
					fields[i] = strings.TrimSpace(fields[i])
				}
				c.want = append(c.want, strings.Join(fields, " ¦ "))
			}
		}
		out = append(out, c)
	}
	return out
}

// TestTemplates: the markup that programs, themes and widgets give to comments,
// each on a page of our own, and what tempts to be taken for comments (silent.txt).
// Nothing of them is in the article.
func TestTemplates(t *testing.T) {
	files, err := filepath.Glob("testdata/templates/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no templates", err)
	}
	for _, file := range files {
		for _, c := range readTemplates(t, file) {
			t.Run(strings.TrimSuffix(filepath.Base(file), ".txt")+"/"+c.name, func(t *testing.T) {
				a, ok := templateArticles[c.lang]
				if !ok {
					t.Fatalf("no article in %q", c.lang)
				}
				page := systemPage(c.lang, a[0], "", "<p>"+a[1]+"</p><p>"+a[2]+"</p>", c.body)
				d, err := New().Extract(extract.Page{Text: page, URL: "https://canal.example/key"}, read.Limits{})
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(c.want, shownComments(d)); diff != "" {
					t.Errorf("comments (-want +got):\n%s", diff)
				}
				if len(c.want) > 0 && joined(d.Blocks) != a[1]+"|"+a[2] {
					t.Errorf("the article is %q", joined(d.Blocks))
				}
			})
		}
	}
}

// shownComments are the comments of a draft in the form of a template's.
func shownComments(d *extract.Draft) []string {
	at := map[string]int{}
	for i := range d.Comments {
		at[d.Comments[i].ID] = i
	}
	var out []string
	for i := range d.Comments {
		c := &d.Comments[i]
		parent := "-"
		if c.ParentID != "" {
			parent = strconv.Itoa(at[c.ParentID])
		}
		fields := []string{parent, c.Author, c.PostedAt, strings.ReplaceAll(joined(c.Blocks), "\n", "/")}
		if c.State != "" && c.State != "visible" {
			fields = append(fields, c.State)
		}
		out = append(out, strings.Join(fields, " ¦ "))
	}
	return out
}
