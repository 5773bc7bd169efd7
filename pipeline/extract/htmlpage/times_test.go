package htmlpage

import (
	"strings"
	"testing"
)

func TestPublished(t *testing.T) {
	const h1 = "<h1>The gate is open again</h1>"
	ld := func(s string) string {
		return `<script type="application/ld+json">{"@type":"NewsArticle",` + s + `}</script>`
	}
	for _, c := range []struct{ name, head, above, below, want string }{
		{"JSON-LD", ld(`"datePublished":"2019-05-17T06:00:00Z"`), h1 + "<p>18 May 2019</p>", "", "2019-05-17T06:00:00Z"},
		{"JSON-LD, broken fraction", ld(`"datePublished":"2019-05-17T06:00:00:684Z"`), h1, "", "2019-05-17T06:00:00"},
		{"JSON-LD of the last change, the true one shown", ld(`"datePublished":"2024-02-02","dateModified":"2024-02-02"`), h1 + "<p>May 17, 2019</p>", "", "2019-05-17"},
		{"JSON-LD with an own change, an event shown", ld(`"datePublished":"2024-02-02","dateModified":"2024-03-02"`), h1 + "<p>May 17, 2019</p>", "", "2024-02-02"},
		{"clocks of two places", ld(`"datePublished":"2019-05-17T23:30:00Z"`), h1 + "<p>16 May 2019</p>", "", "2019-05-17T23:30:00Z"},
		{"numbers of day and month the other way round", ld(`"datePublished":"2019-07-05T23:30:00Z"`), h1 + "<p>7/5/2019</p>", "", "2019-07-05T23:30:00Z"},
		{"month in one meta element, day in another", `<meta name="citation_publication_date" content="2019/05"><meta name="dc.date" content="2019-05-17">`, h1, "", "2019-05-17"},
		{"meta of a cited work", "", h1 + "<p>17 May 2019</p>", `<p itemprop="citation" itemscope itemtype="https://schema.org/ScholarlyArticle"><meta itemprop="datePublished" content="2006">Reed, Weirs.</p>`, "2019-05-17"},
		{"time nearest to the headline", "", `<p>Next fair: <time datetime="2020-09-01">1 September</time></p><p>a</p><p>b</p><p>c</p><p>d</p>` + h1 + `<p><time datetime="2019-05-17">17 May</time></p>`, "", "2019-05-17"},
		{"time in an aside at the headline", "", `<article><aside><time datetime="2019-05-17">17 May 2019</time></aside>` + h1 + "</article>", "", "2019-05-17"},
		{"time of a change", "", h1 + `<p>Updated <time datetime="2021-01-01">1 January 2021</time></p><p>Published <time datetime="2019-05-17">17 May 2019</time></p>`, "", "2019-05-17"},
		{"line below the headline", "", h1 + "<p>Friday, 17 May 2019 | 3 min</p>", "", "2019-05-17"},
		{"line above a headline that is an h2", "<title>The gate is open again</title>", "<p>17 May 2019</p><h2>The gate is open again</h2>", "", "2019-05-17"},
		{"line about the date before a sentence with one", "", "<p>Freitag, 17. Mai 2019</p>" + h1 + "<p>a</p><p>b</p><p>First opened by the board of works on 14. August 2017</p>", "", "2019-05-17"},
		{"line of a change", "", h1 + "<p>Last updated: 1 January 2021</p><p>17 May 2019</p>", "", "2019-05-17"},
		{"change in the line above", "", h1 + "<p>Page updated:</p><p>1 January 2021</p>", "<p>Published</p><p>17 May 2019</p>", "2019-05-17"},
		{"a change alone", "", h1 + "<p>Page updated:</p><p>1 January 2021</p>", "", "2021-01-01"},
		{"a change alone, which is stated as well", ld(`"dateModified":"2021-01-01T10:00:00Z"`), h1 + "<aside><p>Last updated on:</p><p>1 January 2021</p></aside>", "", "2021-01-01"},
		{"a change alone, behind the text", "", h1, "<p>" + strings.Repeat("The keeper has found a second key, which fits neither of the gates. ", 3) + "</p></div><div><p>Last updated: 1 January 2021</p>", "2021-01-01"},
		{"a change that is stated but not shown", ld(`"dateModified":"2021-01-01T10:00:00Z"`), h1, "", ""},
		{"a marked time before the one that is stated anew", ld(`"datePublished":"2024-02-02","dateModified":"2024-03-02"`), h1 + "<p><time>17 May 2019</time></p>", "", "2019-05-17"},
		{"a date and a name in a line that is classed so", `<meta name="date" content="2019-05-24">`, h1 + `<p>a</p><p>b</p><div class="item-date">17.05.2019 - Redaktion: Una Pike, Reedham</div>`, "", "2019-05-17"},
		{"published between created and changed", ld(`"dateCreated":"2019-05-08","datePublished":"2019-06-12","dateModified":"2019-06-12"`), h1, `<p>Published <time pubdate datetime="2019-05-17">17 May 2019</time></p>`, "2019-05-17"},
		{"a label of two words", "", h1 + `<p><time datetime="2021-01-01">1 January 2021</time></p><p>a</p><p>b</p><h4>Publish date</h4><time datetime="2019-05-17">17 May 2019</time>`, "", "2019-05-17"},
		{"text that begins with its date, and one in a question below", "", h1, "<p>(17. Mai 2019) The keeper has found a second key, which fits neither of the gates nor his own front door, but is very old.</p>" + strings.Repeat("<p>a</p>", 10) + "<h3>What is new from 1. Juni 2019 on?</h3>", "2019-05-17"},
		{"month of another language behind the name, in an aside", "", `<aside><div class="x-author">By: Una Pike on 17-ago-2019 5:11:10</div></aside>` + strings.Repeat("<p>a</p>", 30) + h1, "", "2019-08-17T05:11:10"},
		{"date in a box about the author", "", h1, strings.Repeat("<p>a</p>", 30) + `<aside><div class="x-author">Una Pike came in on 17 May 2019</div></aside>`, ""},
		{"label elsewhere", "", h1, "<p>Date of publication: 17 May 2019</p>", "2019-05-17"},
		{"text that begins with its date", "", h1, "<p>(17. Mai 2019) The keeper has found a second key, which fits neither of the gates nor his own front door, but is very old.</p>", "2019-05-17"},
		{"year in meta, day in a line", `<meta name="date" content="2019">`, h1 + "<p>Published May 17, 2019</p>", "", "2019-05-17"},
		{"day in meta, an earlier clock in a line", `<meta name="date" content="2019-05-18">`, h1 + "<p>17.05.2019, 12:01 Uhr</p>", "", "2019-05-17T12:01"},
		{"time without a zone, an earlier clock in a line", `<meta name="date" content="2019-05-18T11:52:23">`, h1 + "<p>Stand: 17.05.2019 18:00 Uhr</p>", "", "2019-05-17T18:00"},
		{"two are stated, one is shown", ld(`"datePublished":"2018-12-06","dateModified":"2019-05-17"`) + `<meta property="article:published_time" content="2019-05-17T09:13:00">`, h1 + "<p>17.05.2019</p>", "", "2019-05-17T09:13:00"},
		{"two are stated, none is shown", ld(`"datePublished":"2018-12-06","dateModified":"2019-05-17"`) + `<meta property="article:published_time" content="2019-05-17T09:13:00">`, h1, "", "2018-12-06"},
		{"created before what is published and changed at once", ld(`"dateCreated":"2019-05-17T20:00:00Z","datePublished":"2019-05-18T00:25:56Z","dateModified":"2019-05-18T00:25:56Z"`), h1, "", "2019-05-17T20:00:00Z"},
		{"date of a book", ld(`"datePublished":"2019-05-17"`), h1 + "<p>Release date: 3 April 2018</p>", "", "2019-05-17"},
		{"label of a time farther away", "", h1 + `<p><time datetime="2021-01-01">1 January 2021</time></p><p>a</p><p>b</p><h4>Published</h4><time datetime="2019-05-17">17 May 2019</time>`, "", "2019-05-17"},
		{"behind a place", "", h1, "<p>REEDHAM, May 17, 2019 (LNA) – The keeper has found a second key, which fits neither of the gates nor his own front door, but is very old.</p>", "2019-05-17"},
		{"behind words", "", h1, "<p>Since May 17, 2019 (a Friday) the keeper has had a second key, which fits neither of the gates nor his own front door, but is very old.</p>", ""},
		{"hAtom", "", h1 + `<span class="updated" title="2019-05-17T18:52:11+00:00"></span>`, "", "2019-05-17T18:52:11Z"},
		{"none", "", h1, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := draftOf(t, pageOf(c.head, c.above, c.below)).PublishedAt; got != c.want {
				t.Errorf("published %q, want %q", got, c.want)
			}
		})
	}
}

func TestHeadlineWithoutHeading(t *testing.T) {
	page := pageOf(`<title>The gate is open again</title><meta property="og:title" content="The gate is open again">`, "<div><p>The gate is open again</p></div><div><p>The Lock Team</p></div><div><p>17 May 2019</p></div>", "<div><p>12 April 2020</p></div>")
	if d := draftOf(t, page); d.PublishedAt != "2019-05-17" || len(d.Authors) != 1 || d.Authors[0] != "The Lock Team" {
		t.Errorf("published %q by %q", d.PublishedAt, d.Authors)
	}
}

func TestPathBeforeEvent(t *testing.T) {
	page := pageOf(`<link rel="canonical" href="https://lock.example/2019/05/20/fair/">`, "<h1>Results of the fair, Sunday 19 May 2019</h1>", "")
	if got := draftOf(t, page).PublishedAt; got != "2019-05-20" {
		t.Errorf("published %q", got)
	}
	page = pageOf(`<link rel="canonical" href="https://lock.example/2019/05/20/fair/">`, "<h1>The fair</h1><p>a</p><p>b</p><p>All the keepers of the canal met on 12 May 2019</p>", "")
	if got := draftOf(t, page).PublishedAt; got != "2019-05-20" {
		t.Errorf("published %q", got)
	}
}

func TestPathDateWithMonth(t *testing.T) {
	for address, want := range map[string]string{
		"https://lock.example/2019/05/17/fair":                      "2019-05-17",
		"https://lock.example/news/2019/may/7/":                     "2019-05-07",
		"https://lock.example/2019/September/7/x":                   "2019-09-07",
		"https://lock.example/20190517_fair.html":                   "2019-05-17",
		"https://lock.example/2019/gates/17/":                       "",
		"https://lock.example/2019/mayor/17/":                       "",
		"https://lock.example/2019/05/":                             "",
		"https://lock.example/2019//17/":                            "",
		"https://lock.example/20191317_fair.html":                   "",
		"https://lock.example/" + strings.Repeat("2019/05/17/", 30): "",
	} {
		if got := pathDate(address); got != want {
			t.Errorf("pathDate(%q) = %q, want %q", address, got, want)
		}
	}
}

func TestNear(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"2019-05-17", "2019-05-17T10:00:00Z", true}, {"2019-05-31", "2019-06-01", true}, {"2019-05-17", "2019-05-19", false}, {"2019-05", "2019-05-17", true}, {"", "2019-05-17", false}, {"2019", "2020-01-01", false},
	} {
		if got := near(c.a, c.b); got != c.want {
			t.Errorf("near(%q, %q) = %v", c.a, c.b, got)
		}
	}
}

func TestISOPrefix(t *testing.T) {
	for s, want := range map[string]string{"2019-05-17T06:00:00:684Z": "2019-05-17T06:00:00", "2019-05-17 06:00": "2019-05-17", "2019-05": "", "": "", "17 May": ""} {
		if got := isoPrefix(s); got != want {
			t.Errorf("isoPrefix(%q) = %q, want %q", s, got, want)
		}
	}
}
