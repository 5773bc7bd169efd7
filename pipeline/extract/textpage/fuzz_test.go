package textpage_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"corpus/pipeline/extract"
	"corpus/pipeline/extract/textpage"
	"corpus/pipeline/read"
)

// FuzzExtract asks of any input: no panic, the same draft twice, no more text
// than the page has, and parents that stand before their replies.
func FuzzExtract(f *testing.F) {
	pages, _ := filepath.Glob("testdata/*.txt")
	for _, page := range pages {
		raw, err := os.ReadFile(page)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(raw))
	}
	for _, form := range forms {
		f.Add(page(form.write, "•", "5 Comments\n", "Leave a Reply\n"))
	}
	for _, s := range []string{"", "\n", "[", "[](", "#", "#1", "1.", "1. 1", "•", "a says:", "A\u0300 says:\u2028x", "İ says:\nİ", "12.12.1212:12", "Ann\xff\xff 12:30", "Ⱥ says: 1:23", "4.4, 2021", "\xff\xfe says:\n", "Comments (1)\n\nA\n4 May 2021\nb", "level 1\n1 day ago\nx", ">>>>", "**__**", "By ", "Tags: ,,,"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<16 {
			return
		}
		draft, err := textpage.New().Extract(extract.Page{Text: text}, read.Limits{})
		if err != nil {
			t.Fatalf("an error, where a page without content is no error: %v", err)
		}
		size := 0
		for _, b := range draft.Blocks {
			size += len(b.Text)
		}
		seen := map[string]bool{}
		for i := range draft.Comments {
			c := &draft.Comments[i]
			if seen[c.ID] || c.ParentID != "" && !seen[c.ParentID] {
				t.Fatalf("comment %d: id %q, parent %q", i, c.ID, c.ParentID)
			}
			seen[c.ID] = true
			size += len(c.Author)
			for _, b := range c.Blocks {
				size += len(b.Text)
			}
		}
		if size > len(text) {
			t.Fatalf("%d bytes of text out of %d", size, len(text))
		}
		if utf8.ValidString(text) {
			for _, b := range draft.Blocks {
				if !utf8.ValidString(b.Text) {
					t.Fatalf("a block is cut inside a letter: %q", b.Text)
				}
			}
		}
	})
}

// hostile are inputs on which careless readers take quadratic time.
var hostile = map[string]string{
	"brackets":    "[",
	"links":       "[a](b",
	"marks":       "• ",
	"numbers":     "1. ",
	"stubs":       "[1a]",
	"controls":    "Reply",
	"headers":     "A says:\n",
	"dates":       "A\n4 May 2021\n",
	"names":       "Anna Smith\n",
	"titles":      "12 Comments\n",
	"blanks":      "\n",
	"spaces":      " ",
	"quotes":      "“",
	"figures":     "1.1.2021 ",
	"indents":     "        A says:\n",
	"wrapped":     strings.Repeat("word ", 15) + "\n",
	"paragraphs":  strings.Repeat("Some words that make a sentence. ", 8) + "\n\n",
	"levels":      "level 1\n2 days ago\n",
	"final lines": "Leave a Reply\nA says:\nx y z.\n",
	"site names":  "A title of it | B - C\n",
}

// TestHostile reads half a megabyte of each: what is not linear does not end within
// the test's time limit.
func TestHostile(t *testing.T) {
	for name, unit := range hostile {
		t.Run(name, func(t *testing.T) {
			text := strings.Repeat(unit, 1<<19/len(unit))
			draft, err := textpage.New().Extract(extract.Page{Text: text}, read.Limits{})
			if err != nil || draft == nil {
				t.Fatal(err)
			}
		})
	}
}

func BenchmarkExtract(b *testing.B) {
	for name, text := range map[string]string{
		"small": page(forms[0].write, "•", "5 Comments\n", "Leave a Reply\n"),
		"large": story + "5 Comments\n" + strings.Repeat(strings.TrimPrefix(page(forms[2].write, "•", "", ""), story), 200),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				if _, err := textpage.New().Extract(extract.Page{Text: text}, read.Limits{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
