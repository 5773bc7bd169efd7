package htmlpage

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"corpus/pipeline/extract"
	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/pipeline/extract/htmlpage/jsonld"
	"corpus/pipeline/read"
)

func TestCleanTitle(t *testing.T) {
	for _, c := range []struct{ title, site, host, want string }{
		{"The last tram | Tramway Times", "Tramway Times", "", "The last tram"},
		{"The last tram - Tramway Times", "Tramway Times", "", "The last tram"},
		{"Tramway Times: The last tram", "Tramway Times", "", "Tramway Times: The last tram"},
		{"Tramway Times – The last tram", "Tramway Times", "", "The last tram"},
		{"The last tram – and the first - Tramway Times", "Tramway Times", "", "The last tram – and the first"},
		{"The last tram - tramway-times.example", "", "tramway-times.example", "The last tram"},
		{"The last tram | News | Tramway Times", "Tramway Times", "", "The last tram"},
		{"Trams | Buses", "", "", "Trams | Buses"},
		{"Straßenbahn » Verkehr » Blatt", "Blatt", "", "Straßenbahn » Verkehr"},
		{"  Two \n lines ", "", "", "Two lines"},
		{"", "", "", ""},
		{" | ", "", "", "|"},
	} {
		if got := cleanTitle(c.title, c.site, c.host); got != c.want {
			t.Errorf("cleanTitle(%q, %q, %q) = %q, want %q", c.title, c.site, c.host, got, c.want)
		}
	}
}

func TestPersons(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"By Corwin Ashby", []string{"Corwin Ashby"}},
		{"by Corwin Ashby and Una Pike", []string{"Corwin Ashby", "Una Pike"}},
		{"Von Wilma Heckenrose und Kreszenz Almer", []string{"Wilma Heckenrose", "Kreszenz Almer"}},
		{"Par Solène Garrigou, publié le 5 novembre 2023", []string{"Solène Garrigou"}},
		{"Written by: Theodora Finch | 12 May 2022", []string{"Theodora Finch"}},
		{"Posted by Ignatz on June 14, 2009", []string{"Ignatz"}},
		{"Theodora Finch, Editor-in-chief", []string{"Theodora Finch"}},
		{"Theodora Finch, PhD", []string{"Theodora Finch, PhD"}},
		{"Ann Lee, Bo Reed & Cy Dunn", []string{"Ann Lee", "Bo Reed", "Cy Dunn"}},
		{"https://profiles.example/ann", nil},
		{"ann@post.example", nil},
		{"12 May 2022", nil},
		{"3 comments", nil},
		{"", nil},
	} {
		if diff := cmp.Diff(c.want, persons(c.text)); diff != "" {
			t.Errorf("persons(%q) (-want +got):\n%s", c.text, diff)
		}
	}
}

func TestIsOrganization(t *testing.T) {
	for name, want := range map[string]bool{"Corwin Ashby": false, "Redaktion": true, "The Harbour Team": true, "dpa": true, "valley.com": true, "Teamson Reed": false} {
		if got := isOrganization(name); got != want {
			t.Errorf("isOrganization(%q) = %v", name, got)
		}
	}
}

func TestPathDate(t *testing.T) {
	for address, want := range map[string]string{
		"https://a.example/2017/09/12/title":     "2017-09-12",
		"https://a.example/b/2017/9/2/title/":    "2017-09-02",
		"https://a.example/2017/09/title":        "",
		"https://a.example/12/09/2017":           "",
		"https://a.example/r/20170912_Talk.html": "2017-09-12",
		"https://a.example/r/20171912_Talk.html": "",
		"https://a.example/r/2017091233":         "",
		"":                                       "",
	} {
		if got := pathDate(address); got != want {
			t.Errorf("pathDate(%q) = %q, want %q", address, got, want)
		}
	}
}

func TestHints(t *testing.T) {
	for _, c := range []struct {
		class string
		want  hint
	}{
		{" sidebar ", hintDrop},
		{" post-sidebar-right ", hintDrop},
		{" no-sidebar ", 0},
		{" has-comments ", 0},
		{" comment-list ", hintComment},
		{" entry-content ", hintBody},
		{" sharebuttons ", hintDrop},
		{" elementor-widget ", 0},
		{" standfirst ", hintLead},
		{" post-meta ", hintSmall},
	} {
		if got := hintOf(c.class, ""); got != c.want {
			t.Errorf("hintOf(%q) = %b, want %b", c.class, got, c.want)
		}
	}
}

// draft reads a page that stands in a test.
func draft(t *testing.T, html string) *extract.Draft {
	t.Helper()
	d, err := New().Extract(extract.Page{Text: html, URL: "https://site.example/2001/02/03/x"}, read.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

const prose1 = `<p>There was a time when the clock on the town hall was right twice a day, and people were content with that.</p>`

func TestDates(t *testing.T) {
	for _, c := range []struct{ name, html, want string }{
		{"JSON-LD before meta", `<meta property="article:published_time" content="2019-01-01"><script type="application/ld+json">{"@type":"Article","datePublished":"2019-05-06"}</script>` + prose1, "2019-05-06"},
		{"meta", `<meta property="article:published_time" content="2019-01-01T10:00:00Z">` + prose1, "2019-01-01T10:00:00Z"},
		{"time element", `<h1>Clock</h1><time datetime="2018-04-05">last spring</time>` + prose1, "2018-04-05"},
		{"class", `<h1>Clock</h1><span class="post-date">5 April 2018</span>` + prose1, "2018-04-05"},
		{"day first, since one date of the page says so", `<h1>Clock</h1><span class="date">04.05.2018</span>` + prose1 + `<p>Stand: 31.05.2018</p>`, "2018-05-04"},
		{"line after the headline", `<h1>Clock</h1><p>5. April 2018, 12:30 Uhr</p>` + prose1, "2018-04-05T12:30"},
		{"said to be it", `<h1>Clock</h1>` + prose1 + prose1 + `<aside class="sidebar"><h4>Published</h4><div>July 8, 2016</div></aside>`, "2016-07-08"},
		{"address", `<h1>Clock</h1>` + prose1, "2001-02-03"},
		{"a comment's time is not the article's", `<h1>Clock</h1>` + prose1 + `<div id="comments"><ol class="commentlist"><li class="comment depth-1" id="comment-5"><cite class="fn">Bo</cite> <time datetime="2020-02-02">x</time><div class="comment-content"><p>Hm.</p></div></li></ol></div>`, "2001-02-03"},
	} {
		if got := draft(t, c.html).PublishedAt; got != c.want {
			t.Errorf("%s: published %q, want %q", c.name, got, c.want)
		}
	}
}

func TestLicence(t *testing.T) {
	for _, c := range []struct{ name, html, license, evidence string }{
		{"rel", `<a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC</a>`, "CC-BY-4.0", "rel=license"},
		{"link in the footer", `<footer>Texts: <a href="http://creativecommons.org/licenses/by-sa/3.0/">CC BY-SA</a></footer>`, "CC-BY-SA-3.0", "link"},
		{"two that disagree", `<p><a href="https://creativecommons.org/licenses/by/4.0/">a</a></p><p><a href="https://creativecommons.org/licenses/by-nc/4.0/">b</a></p>`, "", "conflict: link CC-BY-4.0; link CC-BY-NC-4.0"},
		{"a photo's", `<figure><img><figcaption><a href="https://creativecommons.org/licenses/by/2.0/">CC</a></figcaption></figure>`, "", ""},
		{"a line about photos", `<p>Photo by Bo, <a href="https://creativecommons.org/licenses/by/2.0/">CC BY</a></p>`, "", ""},
		{"a text's beside a photo's", `<p>This text is under <a href="https://creativecommons.org/licenses/by-nd/4.0/">CC BY-ND</a>. The photos are not.</p>`, "CC-BY-ND-4.0", "link"},
		{"name alone", `<footer>Texts: CC BY-SA 4.0, unless stated otherwise</footer>`, "CC-BY-SA-4.0", "text"},
		{"names that disagree", `<p>CC BY 4.0 or CC BY-SA 3.0</p>`, "", "conflict: text CC-BY-4.0; text CC-BY-SA-3.0"},
		{"a photo's name", `<p>Photo: Bo Reed, CC BY 2.0</p>`, "", ""},
		{"without version", `<a rel="license" href="https://creativecommons.org/licenses/by/">CC</a>`, "LicenseRef-CC-BY", "rel=license"},
		{"meta", `<meta name="dcterms.license" content="https://creativecommons.org/publicdomain/zero/1.0/">`, "CC0-1.0", "meta dcterms.license"},
		{"reserved", `<a href="/terms">All rights reserved</a>`, "LicenseRef-AllRightsReserved", "text"},
		{"none", `<a href="/terms">Our terms</a>`, "", ""},
	} {
		d := draft(t, c.html+prose1)
		if d.License != c.license || d.LicenseEvidence != c.evidence {
			t.Errorf("%s: %q by %q, want %q by %q", c.name, d.License, d.LicenseEvidence, c.license, c.evidence)
		}
	}
}

func TestTooDeep(t *testing.T) {
	deep := make([]byte, 0, 6000)
	for range 1000 {
		deep = append(deep, "<div>"...)
	}
	_, err := New().Extract(extract.Page{Text: string(deep)}, read.Limits{})
	rejected, ok := err.(*read.Rejection)
	if !ok || rejected.Reason != "too_deep" {
		t.Errorf("error %v, want a rejection for depth", err)
	}
}

// TestMeasures: the measures of a page add up, whatever is dropped.
func TestMeasures(t *testing.T) {
	tree, err := dom.Parse(`<body><nav><p>A long line of words in the navigation that is no link at all, to be dropped.</p></nav>` + prose1 + prose1 + prose1 + `</body>`)
	if err != nil {
		t.Fatal(err)
	}
	p := &page{Tree: tree, data: &jsonld.Graph{}}
	p.judge()
	sum := int32(0)
	for id := dom.ID(0); id < p.Len(); id++ {
		if p.stats[id].kept > p.stats[id].prose {
			t.Errorf("node %d keeps %d of %d", id, p.stats[id].kept, p.stats[id].prose)
		}
		if p.Parent(id) == dom.None {
			sum += p.stats[id].prose
		}
	}
	if sum != p.total() || p.left() >= sum || p.left() == 0 {
		t.Errorf("total %d, sum %d, left %d", p.total(), sum, p.left())
	}
}
