package htmlpage

import (
	"strings"
	"testing"

	"corpus/pipeline/extract"
	"corpus/pipeline/read"
)

// body is a text long enough to be an article.
const body = `<p>The gate at the lower lock was opened on Monday by the keeper, who had looked for its key since March of the year before.</p>
<p>Nobody was surprised. The boats went through one after the other, and the heron that lives there did not move at all.</p>`

// draftOf extracts a page that was read from https://lock.example/gate.
func draftOf(t *testing.T, page string) *extract.Draft {
	t.Helper()
	d, err := New().Extract(extract.Page{Text: page, URL: "https://lock.example/gate"}, read.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// page puts a page together: what stands in its head, above its text and below.
func pageOf(head, above, below string) string {
	return "<!DOCTYPE html><html lang=en><head>" + head + "</head><body><main>" + above + body + below + "</main></body></html>"
}

func TestTitle(t *testing.T) {
	const want = "The gate is open again"
	og := func(s string) string { return `<meta property="og:title" content="` + s + `">` }
	for _, c := range []struct{ name, head, above string }{
		{"title alone", "<title>The gate is open again | Lock News</title>", ""},
		{"title that begins with the site", `<title>Lock News - The gate is open again</title><meta property="og:site_name" content="Lock News">`, ""},
		{"h1 that the title holds", "<title>The gate is open again – Lock News</title>", "<h1>The gate is open again</h1>"},
		{"h1 with hyphens of its template", "<title>The gate is open again – Lock News</title>" + og("The gate is open again"), "<h1>Lock News: all of it</h1><h1>The gate is o&shy;pen a&shy;gain</h1>"},
		{"h1 beside a title for search engines", "<title>Lower gate open again: all about it | Lock News</title>" + og("Lower gate open again: all about it"), "<h1>The gate is open again</h1>"},
		{"the only h1, with a word of the title", "<title>What you must know about your lock's gate today | Lock News</title>", "<h1>The gate is open again</h1>"},
		{"site's name as h1", "<title>The gate is open again | Lock News</title>", "<h1>Lock News</h1><h2>The gate is open again</h2>"},
		{"site's name in one word", "<title>The gate is open again | Lockkeeper</title>", `<h1><a href="https://lock.example/">Lockkeeper</a></h1>`},
		{"site's name as logo", "<title>Our gate, open | Lock News</title>" + og("Our gate, open"), `<h1 class="site-logo">Lock gate open</h1><h1>The gate is open again</h1>`},
		{"message in an h1", "<title>The gate is open again | Lock News</title>" + og("The gate is open again"), "<h2>The gate is open again</h2><h1>A word from our keeper</h1>"},
		{"h2 as last part", "<title>Lock News | The gate is open again</title>", `<h2><a href="/gate">The gate is open again</a></h2>`},
		{"headline of a first part although the h1 is all of a last part", "<title>Talk of the town – The gate is open again</title>" + og("The gate is open again"), "<h2>Talk of the town</h2><h1>The gate is open again</h1>"},
		{"sections as h1", "<title>Lock News</title>" + og("The gate is open again"), "<h1>The keeper</h1><p>Short.</p><h1>The heron</h1><p>Short.</p>"},
		{"named kicker", "<title>Canal: The gate is open again</title>", `<h1><span class="article__kicker">Canal</span> The gate is open again</h1>`},
		{"kicker that the title sets apart", "<title>The gate is open again - On the canal | Lock News</title>" + og("The gate is open again - On the canal"), `<h1><span class="top">On the canal</span><span>The gate is open again</span></h1>`},
		{"date in the h1", "<title>The gate is open again | Lock News</title>" + og("The gate is open again"), `<h1>The gate is open again <small>2 May 2019</small></h1>`},
		{"h1 with the name of the site", "<title>The gate is open again | Canal | Lock News</title>", `<h1>The gate is open again | Canal | Lock News</h1>`},
		{"number of the page", "<title>The gate is open again - Page 2 of 3 | Lock News</title>", ""},
		{"number of the page, in German", `<title>The gate is open again – Seite 2 – Lock News</title><meta property="og:site_name" content="Lock News">`, ""},
		{"site's name as og:title", `<title>Lock News</title><meta property="og:site_name" content="Lock News">` + og("Lock News"), "<h1>The gate is open again</h1>"},
		{"host before the title", "<title>lock.example // » The gate is open again</title><meta name=publisher content='The gate is open again'>", ""},
		{"two hyphens", "<title>The gate is open again --Lock News</title><meta property='og:site_name' content='Lock News'>", ""},
		{"sections in one word", "<title>The gate is open again</title>" + og("The gate is open again"), "<h1>lock_news/gate.md</h1><h1>Gate</h1><h1>Heron</h1>"},
		{"title of cards", "<title>Lower gate: what the keeper did | Lock News</title>" + og("Lower gate: what the keeper did") + `<meta name="twitter:title" content="The gate is open again">`, "<h3>The gate is open again</h3>"},
		{"end of the page's path", "<title>Lower lock | Lock News</title>" + og("Lower lock") + `<script type="application/ld+json">{"@type":"BreadcrumbList","itemListElement":[{"name":"Canal"},{"item":{"name":"The gate is open again"}}]}</script>`, `<div class="banner"><h1>The gate is open again</h1></div>`},
		{"h2 marked as headline beside a title for search engines", "<title>All about gates | Lock News</title>" + og("All about gates that open"), `<h2 itemprop="headline">The gate is open again</h2><h2>Canal</h2>`},
		{"h1 of other articles", `<link rel=canonical href="https://lock.example/gate"><title>Our gate | Lock News</title>` + og("Our gate"), `<h1>The gate is open again</h1><h1><a href="/heron">Heron at our gate</a></h1><a href="/key"><h1>Key of the gate</h1></a>`},
		{"standfirst as h1", "<title>The gate is open again | Lock News</title>" + og("The gate is open again"), "<h1>" + strings.Repeat("The keeper of the gate had looked for its key. ", 5) + "</h1>"},
		{"part of the path as h1, cut short", "<title>Gate open: what the keeper says | Lock News</title>" + og("Gate open? What the keeper says now"), `<div class="breadcrumb"><h1>Gate open: what the keeper says</h1></div><div itemprop="headline"><span class="highline">Canal</span> The gate is open again</div>`},
		{"h1 that is all of a path stays", "<title>The gate is open again</title>" + og("The gate is open again"), `<div class="breadcrumb"><h1>The gate is open again</h1></div><div itemprop="headline">Heron at the gate</div>`},
		{"headline that goes on", "<title>The gate | Lock News</title>" + og("The gate » all of it"), `<h1>The gate</h1><p class="Stage-headline">The gate is open again</p>`},
		{"subtitle above the headline", "<title>Canal – The gate is open again</title>" + og("Canal – The gate is open again"), `<h1><span class="subtitle">Canal</span> The gate is open again</h1>`},
		{"title element that names a place, h2 above the text", "<title>Lower lock - Canal</title>", "<h2>The gate is open again</h2>"},
		{"title element that names a place, line named as headline", "<title>lock.example | Gates</title>", `<ul><li><a href="/key">Keys</a></ul><div class="itc-headline">The gate is open again</div>`},
		{"title element that is a headline, h2 above and in the text", "<title>The gate is open again</title>", "<h2>What the keeper saw</h2><p>" + strings.Repeat("He saw the gate. ", 6) + "</p><h2>What he heard</h2>"},
		{"the only heading of the page", "<title>Society of the Keepers of Locks</title>", "<p>2 May<h4>The gate is open again</h4>"},
		{"several headings above the text", "<title>The gate is open again | Canal</title>", "<h2>Locks</h2><h2>Gates</h2>"},
		{"several h1, one marked", "<title>Lock News</title>", `<h1>Lock weather</h1><h1 class="page-title">The gate is open again</h1><h1>Post navigation</h1>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := draftOf(t, pageOf(c.head, c.above, "")).Title; strings.ReplaceAll(got, "\u00ad", "") != want {
				t.Errorf("title %q, want %q", got, want)
			}
		})
	}
}

// A place's name stays the title where no heading above the text is the only one.
func TestTitleOfPlace(t *testing.T) {
	for _, above := range []string{"", "<h2>Locks</h2><h2>Gates</h2>", `<aside><h2>Keys for sale</h2></aside>`, `<h2><a href="https://lock.example/">Lock News</a></h2>`} {
		if got := draftOf(t, pageOf("<title>Lower lock</title>", above, "<h2>Herons</h2>")).Title; got != "Lower lock" {
			t.Errorf("%s: title %q", above, got)
		}
	}
}

// Where nobody knows the page's address, a heading that links to the root of a
// host is the name of a site as well, and the title element may be nothing else.
func TestTitleWithoutAddress(t *testing.T) {
	page := pageOf("<title>Keepers of the Lower Lock</title>", `<h1><a href="https://lock.example/">Keepers of the Lower Lock</a></h1><h2><a href="https://lock.example/gate">The gate is open again</a></h2>`, "<h2>Herons</h2>")
	d, err := New().Extract(extract.Page{Text: page}, read.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if want := "The gate is open again"; d.Title != want {
		t.Errorf("title %q, want %q", d.Title, want)
	}
}

func TestSplitTitle(t *testing.T) {
	if got := strings.Join(splitTitle("A: B - C | D"), "/"); got != "A/B/C/D" {
		t.Error(got)
	}
	if n := len(splitTitle(strings.Repeat("a - ", 1000))); n > 20 {
		t.Errorf("%d parts", n)
	}
}

func TestShareOfWords(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"the gate is open", "the gate is shut", 66}, {"gate", "gate", 100}, {"gate", "heron", 0}, {"a b", "a b", 0}, {"", "", 0},
	} {
		if got := shareOfWords(c.a, c.b); got != c.want {
			t.Errorf("shareOfWords(%q, %q) = %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func TestTitleCompound(t *testing.T) {
	page := pageOf("<title>Schleusentor – was Schiffer wissen sollten</title>", "<h1>Neue Schleusentore am Kanal</h1>", "")
	if got := draftOf(t, page).Title; got != "Neue Schleusentore am Kanal" {
		t.Errorf("title %q", got)
	}
}

func TestTitleOfSiteAlone(t *testing.T) {
	page := pageOf(`<title>Lock News</title><meta property="og:site_name" content="Lock News"><meta property="og:title" content="Lock News">`, "", "")
	if got := draftOf(t, page).Title; got != "Lock News" {
		t.Errorf("title %q", got)
	}
}
