package htmlpage

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corpus/pipeline/extract"
	"corpus/pipeline/read"
)

// Paragraphs of the pages of this file.
const (
	modernOne   = `For eleven years nobody in Harrow End had heard the millstones turn, and then, on a Tuesday in March, the sound came back shortly after midnight and went on until the milkman came.`
	modernTwo   = `The council sent an engineer, who found the sluice open, the gears greased and a sack of flour on the landing. The flour was good, he said, and he took some home with him for his wife.`
	modernThree = `Records kept in the parish chest show that the mill was last licensed in 1962. The licence ran for sixty years, which means that whoever is grinding there has been doing so within the law, but only just.`
)

// modernPage is an article of those paragraphs in the manner of a template.
func modernPage(head, above, between, below string) string {
	return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>The mill that grinds at night | Canal Post</title><meta property="og:title" content="The mill that grinds at night">` + head +
		`</head><body><div class="top"><a href="/">Canal Post</a></div><div class="wrap"><h1>The mill that grinds at night</h1>` + above + `<div class="text"><p>` + modernOne + `</p><p>` + modernTwo + `</p>` + between + `<p>` + modernThree + `</p></div>` + below + `</div></body></html>`
}

// TestModern: what templates of today put around and into an article.
func TestModern(t *testing.T) {
	for _, c := range []struct {
		name, head, above, between, below string
		want                              []string // blocks beside the three paragraphs, at their place
		at                                int
		authors                           []string
		section                           string
	}{
		{name: "a box for an address, without a form or a name", between: `<div class="my-8 p-6"><p class="font-semibold">Get the morning briefing</p><p class="text-sm">The day in Harrow End, by seven o'clock. We never pass on an address.</p><input type="email"><button>Go</button></div>`},
		{name: "cards of other articles, named for their looks", below: `<div class="mt-12"><h2>More on this</h2><div class="grid"><div><a href="/a"><h3>The hill that would not stay</h3></a><p>Geologists have measured it for a year, and it has moved each time they looked away.</p></div><div><a href="/b"><h3>Sunday greens</h3></a><p>The old trams have friends in high places, and some of them sit on the board.</p></div></div></div>`},
		{name: "a section called newsletter", below: `<div class="group"><h3>Newsletter</h3><p>Once a month we write what is in the oven and what was in it the month before.</p></div>`},
		{name: "headings in buttons", between: `<div class="accordion-item"><h3 class="accordion-header"><button class="accordion-button">Who is grinding?</button></h3><div><p>We do not know. The lock has not been forced and nobody has applied for a licence.</p></div></div>`, want: []string{"Who is grinding?", "We do not know. The lock has not been forced and nobody has applied for a licence."}, at: 2},
		{name: "times of a ticker", between: `<div><time datetime="2024-10-03T07:10:00Z">07.10</time></div>`},
		{name: "a wall", below: `<div class="regwall"><h2>Continue reading with a free account</h2><p>You have read three articles this month. Create an account to read two more about mills.</p></div>`},
		{name: "affiliates", above: `<p>When you purchase through links on our site, we may earn an affiliate commission. Here is how it works.</p>`},
		{name: "a byline with a date", above: `<p>By Una Pike, 11 May 2003</p>`, authors: []string{"Una Pike"}},
		{name: "who made the pictures as well", above: `<div class="credit-line">Photographs and text: Una Pike</div>`, authors: []string{"Una Pike"}},
		{name: "a text off the screen", between: `<p style="position: absolute; left: -9999px">Cheap watches, cheap loans, cheap casinos: visit our partners today and tomorrow and never come back again.</p>`},
		{name: "the form for comments and one without a time", below: `<div class="card"><h5>Leave a comment:</h5><div><textarea></textarea></div></div><div class="media"><h5>Tilda</h5>It kept us awake as well, all of us, until the cat moved in.</div>`},
		{name: "when it was published", above: `<p>Published on 8 May 2023, 11:30</p>`},
		{name: "where it was taken from", below: `<p>Source: Harrow End Gazette</p>`},
		{name: "the label of an advertisement", between: `<div class="css-x"><span>Advertisement</span></div>`},
		{name: "the foot of a letter", below: `<p>You receive this email because you once told us where you live.</p>`},
		{name: "a press contact", below: `<h3>Media contact</h3><p>Press office, Mill Lane, +00 555 0137</p>`},
		{name: "a part that folds out in a small box", between: `<div class="block-toggle"><details open><summary>And on Sundays?</summary><div>On Sundays it rests, as far as anybody can tell.</div></details></div>`, want: []string{"And on Sundays?", "On Sundays it rests, as far as anybody can tell."}, at: 2},
		{name: "two authors, one of them stated", head: `<script type="application/ld+json">{"@type":"Article","@context":"https://schema.org","author":{"@type":"Person","name":"Una Pike"}}</script>`, above: `<h4 class="author-name"><a href="/author/una">Una Pike</a>, <a href="/author/bo">Bo Reed</a></h4>`, authors: []string{"Una Pike", "Bo Reed"}},
		{name: "a category", above: `<div class="taxonomy-category"><a href="/category/mills" rel="tag">Mills</a></div>`, section: "Mills"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := New().Extract(extract.Page{Text: modernPage(c.head, c.above, c.between, c.below), URL: "https://canal.example/mill"}, read.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			want := []string{modernOne, modernTwo, modernThree}
			want = append(want[:c.at:c.at], append(append([]string{}, c.want...), want[c.at:]...)...)
			var got []string
			for _, b := range d.Blocks {
				got = append(got, b.Text)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("blocks (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.authors, d.Authors); c.authors != nil && diff != "" {
				t.Errorf("authors (-want +got):\n%s", diff)
			}
			if d.Section != c.section {
				t.Errorf("section %q, want %q", d.Section, c.section)
			}
		})
	}
}

// TestPenned: authors of languages whose names are not told by capitals.
func TestPenned(t *testing.T) {
	for line, want := range map[string]string{
		"2023-11-20 09:15　来源：云台周刊　作者：林晚": "林晚",
		"文：浜田しず":                     "浜田しず",
		"山田記者":                       "山田",
		"한소리 기자 sori@namhae.example": "한소리",
		"بقلم: نادية الشامي":         "نادية الشامي",
		"מאת: יעל אורן":              "יעל אורן",
		"编辑：赵平":                      "",
		"中文：第二把钥匙":                   "",
		"记者会在今天举行，市长没有出席，也没有说明原因": "",
		"By Una Pike":               "",
		"":                          "",
		strings.Repeat("作者：林晚", 40): "",
	} {
		if got := penned(line); got != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
}
