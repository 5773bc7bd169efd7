package htmlpage

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html/atom"
	"pgregory.net/rapid"

	"corpus/pipeline/extract"
	"corpus/pipeline/extract/htmlpage/boost"
	"corpus/pipeline/extract/htmlpage/dom"
)

func TestModel(t *testing.T) {
	m, err := boost.Parse(blocksModel, fCount)
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Trees) == 0 || len(m.Words) != 3 {
		t.Fatalf("%d trees and %d lexicons", len(m.Trees), len(m.Words))
	}
	if len(featureNames) != fCount || fCount >= boost.Leaf {
		t.Errorf("%d features with %d names", fCount, len(featureNames))
	}
	if again := string(m.Append(nil)); again != blocksModel {
		t.Error("the model is not as it would be written")
	}
}

// What the training sees is what the extraction sees.
func TestObserve(t *testing.T) {
	words := classifier().Words
	for _, name := range pages(t) {
		body, err := os.ReadFile(filepath.Join("testdata", name+".html"))
		if err != nil {
			t.Fatal(err)
		}
		in := extract.Page{Text: string(body), URL: "https://" + name + ".example/page"}
		blocks, thread, err := Observe(in)
		if err != nil {
			t.Fatal(err)
		}
		p, d, opening, err := prepare(in)
		if err != nil {
			t.Fatal(err)
		}
		if thread != (opening != nil) {
			t.Errorf("%s: thread is %v", name, thread)
		}
		if thread {
			continue
		}
		root := p.container()
		all := p.candidates(p.bodyElement(), root, d)
		rows := p.observe(all, p.bodyElement(), root, d, lexiconsOf(words))
		Score(blocks, words)
		if len(blocks) != len(rows) {
			t.Fatalf("%s: %d blocks and %d rows", name, len(blocks), len(rows))
		}
		for i := range rows {
			for f := range rows[i] {
				if got := blocks[i].Features[f]; got != rows[i][f] {
					t.Errorf("%s: block %d: %s is %d in training and %d in use", name, i, featureNames[f], got, rows[i][f])
				}
			}
		}
	}
}

func TestBlockWords(t *testing.T) {
	long := strings.Repeat("wort ", 200)
	for _, c := range []struct {
		name, text     string
		words, openers []string
	}{
		{"short", "Read Also: Ünïcode, 3 a day", []string{"read", "also", "ünïcode", "day"}, []string{"read", "also", "read also"}},
		{"one word", "Teilen", []string{"teilen"}, []string{"teilen"}},
		{"long: the first two alone", "Der Bach " + long, nil, []string{"der", "bach", "der bach"}},
		{"no letters", "1 2 – 3", nil, nil},
		{"empty", "", nil, nil},
	} {
		var words, openers []string
		blockWords(c.text, func(word []byte, opener bool) {
			if opener {
				openers = append(openers, string(word))
			} else {
				words = append(words, string(word))
			}
		})
		if diff := cmp.Diff(c.words, words); diff != "" {
			t.Errorf("%s: words (-want +got):\n%s", c.name, diff)
		}
		if diff := cmp.Diff(c.openers, openers); diff != "" {
			t.Errorf("%s: openers (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestLexicon(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.MapOf(rapid.StringMatching(`[a-zß ]{0,3}`), rapid.Int8Range(1, 9)).Draw(t, "words")
		l := newLexicon(words)
		for _, w := range rapid.SliceOf(rapid.StringMatching(`[a-zß ]{0,3}`)).Draw(t, "asked") {
			if got := l.score([]byte(w), hashOf([]byte(w))); got != int32(words[w]) {
				t.Fatalf("%q has %d, want %d", w, got, words[w])
			}
		}
		for w, score := range words {
			if got := l.score([]byte(w), hashOf([]byte(w))); got != int32(score) {
				t.Fatalf("%q has %d, want %d", w, got, score)
			}
		}
	})
	var none *lexicon
	if none.score([]byte("a"), 1) != 0 {
		t.Error("a lexicon that is none has words")
	}
}

func FuzzBlockWords(f *testing.F) {
	f.Add("Read Also: Ünïcode, 3 a day")
	f.Add(strings.Repeat("ꭰ", 300) + " İİ \xff\xf0")
	f.Fuzz(func(t *testing.T, text string) {
		n := 0
		blockWords(text, func(word []byte, opener bool) {
			n++
			if len(word) == 0 || len(word) > 2*maxWord+1 {
				t.Fatalf("a word of %d bytes", len(word))
			}
		})
		if n > maxWords+3 {
			t.Fatalf("%d words", n)
		}
	})
}

func TestPhrases(t *testing.T) {
	for _, line := range furnitureLines {
		if !furnitureSet().in("so " + line + " it goes") {
			t.Errorf("%q is not found", line)
		}
	}
	for _, text := range []string{"", "so", "subscribe to ou", "the newsletter of the village has four pages"} {
		want := slices.ContainsFunc(furnitureLines, func(line string) bool { return strings.Contains(text, line) })
		if got := furnitureSet().in(text); got != want {
			t.Errorf("in(%q) = %v", text, got)
		}
	}
}

// paragraphs are running text for pages that stand in a test.
func paragraphs(n int) string {
	lines := []string{
		"The ferry left the quay an hour late, since nobody had told the captain that the clocks had changed in the night.",
		"On the other side of the water the baker had waited with the rolls, which were cold by then, and with some news.",
		"Her cousin had seen the bridge that the county wants to build, in a drawing, and it had five arches and a toll.",
		"Nobody on the island has asked for a bridge, the baker said, but nobody had asked for the ferry either, long ago.",
		"The captain thinks that a bridge cannot be late, which is the one thing that speaks for it, and went to bed.",
	}
	var b strings.Builder
	for i := range n {
		b.WriteString("<p>" + lines[i%len(lines)] + " It was the " + strings.Repeat("very ", i) + "same story as before.</p>\n")
	}
	return b.String()
}

func TestRepeatedText(t *testing.T) {
	text := paragraphs(4)
	d := draft(t, `<title>The late ferry</title><article><h1>The late ferry</h1><div class="d-none d-md-block">`+text+`</div><div class="d-md-none">`+text+`</div></article>`)
	if len(d.Blocks) != 4 {
		t.Errorf("%d blocks, want each of the 4 once: %q", len(d.Blocks), joined(d.Blocks))
	}
}

func TestCodeStays(t *testing.T) {
	d := draft(t, `<title>The late ferry</title><article><h1>The late ferry</h1>`+paragraphs(3)+`<pre><code class="language-go">x := []int{1, 2}
for range x {}</code></pre>`+paragraphs(2)+`</article>`)
	if !slices.ContainsFunc(d.Blocks, func(b extract.Block) bool { return b.Kind == "code" && strings.Contains(b.Text, "for range x") }) {
		t.Errorf("the code is gone: %q", joined(d.Blocks))
	}
}

func TestTitleIsNoText(t *testing.T) {
	d := draft(t, `<title>The late ferry</title><article><h1>The late ferry</h1>`+paragraphs(3)+`</article>`)
	if d.Title != "The late ferry" || len(d.Blocks) != 3 || strings.Contains(joined(d.Blocks), "The late ferry") {
		t.Errorf("title %q, text %q", d.Title, joined(d.Blocks))
	}
}

// Time grows with the page alone, however its blocks are nested.
func TestObserveDeep(t *testing.T) {
	deep := strings.Repeat("<div>", 400) + paragraphs(3) + strings.Repeat("</div>", 400)
	p, d, _, err := prepare(extract.Page{Text: "<body>" + strings.Repeat(deep, 5)})
	if err != nil {
		t.Fatal(err)
	}
	root := p.container()
	all := p.candidates(p.bodyElement(), root, d)
	if len(all) != 15 {
		t.Fatalf("%d blocks", len(all))
	}
	rows := p.observe(all, p.bodyElement(), root, d, lexicons{})
	for i := range rows {
		if rows[i][fTag] != tagNumber(atom.P) || rows[i][fDepth] < 400 {
			t.Errorf("block %d: tag %d at depth %d", i, rows[i][fTag], rows[i][fDepth])
		}
	}
	if p.Tag(p.bodyElement()) != atom.Body || p.bodyElement() == dom.None {
		t.Error("no body")
	}
}
