package comments

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// lines are the records of a page, one a line: "author time text".
func lines(f *Found) []string {
	var out []string
	for _, c := range f.Comments {
		s := c.Author + " " + c.PostedAt
		for _, b := range c.Blocks {
			s += " | " + b.Text
		}
		out = append(out, s)
	}
	return out
}

// Forums whose markup names nothing: times at the same path are all there is.
const (
	tableForum = `<body><h1>Soup in a kettle</h1><center>
<a name="71"></a><table><tr><td><b>By</b> <a href="who.pl?id=4">Ladle</a> <b>On</b> 2014.03.02 10:15</td></tr><tr><td>Can one cook soup in a kettle, and would the kettle ever forgive it?</td></tr></table><p>
<a name="72"></a><table><tr><td><b>By</b> <a href="who.pl?id=9">Tureen</a> <b>On</b> 2014.03.02 11:40</td></tr><tr><td>Thin soup, yes. Ours has kept a grudge since the barley.</td></tr></table><p>
<a name="73"></a><table><tr><td><b>By</b> <a href="who.pl?id=4">Ladle</a> <b>On</b> 2014.03.03 07:05</td></tr><tr><td>Barley it is, then. I shall apologise first.</td></tr></table>
</center></body>`
	plainForum = `<body><h1>Gate creaks</h1><div class="x1">
<div class="q"><div class="y">oiler · <span>03/04/2021 19:44</span></div><div><p>It creaks in the key of G, and only when somebody important calls.</p></div></div>
<div class="ad"></div>
<div class="q"><div class="y">hasp · <span>03/04/2021 19:49</span></div><div><p>Ours creaks for the postman alone. I take it as a compliment to him.</p></div></div>
<div class="q"><div class="y">oiler · <span>13/04/2021 08:02</span></div><div><p>Then I shall not oil it. It would be a loss to music.</p></div></div></div></body>`
	spokenForum = `<body><h1>Which spoon</h1><div>
<div class="i"><strong>wood</strong> Says:<br><time datetime="2012-05-06T07:08:09Z">6 May</time><br><br>A wooden one, always, and never the one that has stirred paint.</div>
<h3>Replies</h3>
<div class="i"><div>1</div><strong>tin</strong> Says:<br><time datetime="2012-05-07T07:08:09Z">7 May</time><br><br>Tin sings when it is dropped, which is half of cooking.</div>
<div class="i"><div>2</div><strong>wood</strong> Says:<br><time datetime="2012-05-08T07:08:09Z">8 May</time><br><br>Then drop it and leave the soup to me.</div></div></body>`
	rowForum = `<body><h1>Kite in a tree</h1><table>
<tr><td><b>Vane</b> wrote:</td><td>12 June 2016, 08:40</td></tr><tr><td colspan="2">It has been there since Easter and has begun to look at home.</td></tr>
<tr><td><b>Gust</b> wrote:</td><td>12 June 2016, 10:05</td></tr><tr><td colspan="2">Ask the tree politely, in a dry week, and bring a ladder.</td></tr>
<tr><td><b>Vane</b> wrote:</td><td>13 June 2016, 06:30</td></tr><tr><td colspan="2">The tree said no. The ladder stays with it as well.</td></tr></table></body>`
)

func TestAnchored(t *testing.T) {
	for _, c := range []struct {
		name, html string
		want       []string
	}{
		{"tables", tableForum, []string{
			"Ladle 2014-03-02T10:15 | Can one cook soup in a kettle, and would the kettle ever forgive it?",
			"Tureen 2014-03-02T11:40 | Thin soup, yes. Ours has kept a grudge since the barley.",
			"Ladle 2014-03-03T07:05 | Barley it is, then. I shall apologise first.",
		}},
		{"names beside dates", plainForum, []string{
			"oiler 2021-04-03T19:44 | It creaks in the key of G, and only when somebody important calls.",
			"hasp 2021-04-03T19:49 | Ours creaks for the postman alone. I take it as a compliment to him.",
			"oiler 2021-04-13T08:02 | Then I shall not oil it. It would be a loss to music.",
		}},
		{"says", spokenForum, []string{
			"wood 2012-05-06T07:08:09Z | A wooden one, always, and never the one that has stirred paint.",
			"tin 2012-05-07T07:08:09Z | Tin sings when it is dropped, which is half of cooking.",
			"wood 2012-05-08T07:08:09Z | Then drop it and leave the soup to me.",
		}},
		{"header and text in rows of their own", rowForum, []string{
			"Vane 2016-06-12T08:40 | It has been there since Easter and has begun to look at home.",
			"Gust 2016-06-12T10:05 | Ask the tree politely, in a dry week, and bring a ladder.",
			"Vane 2016-06-13T06:30 | The tree said no. The ladder stays with it as well.",
		}},
	} {
		f := readWith(t, c.html, func(p *Page) { p.Order = 1 })
		if diff := cmp.Diff(c.want, lines(f)); diff != "" || !f.Posts {
			t.Errorf("%s: posts %v (-want +got):\n%s", c.name, f.Posts, diff)
		}
	}
	f := read(t, tableForum)
	if len(f.Comments) != 3 || f.Comments[0].ID != "71" || f.Comments[2].ID != "73" {
		t.Errorf("ids of the anchors before the tables: %+v", f.Comments)
	}
}

// TestHeadingInDiscussion: a heading tells what a part is whose name is vague.
func TestHeadingInDiscussion(t *testing.T) {
	found := read(t, `<body><main><h1>The lamp</h1><p>The keeper tried three switches and a broom before he admitted that the lamp had a mind of its own.</p>
<section id="discussion"><h2>3 comments</h2>
<div class="row1"><b>Tom Quill</b> <time datetime="2025-03-04T10:00:00Z">4 March</time><p>It kept me awake for a month.</p>
<div class="row1"><b>Ada Finch</b> <time datetime="2025-03-04T11:00:00Z">4 March</time><p>Buy a curtain, Tom.</p></div></div>
<div class="row1"><b>Olaf Berg</b> <time datetime="2025-03-05T11:00:00Z">5 March</time><p>I steer by it still.</p></div>
</section></main></body>`)
	want := []string{
		"Tom Quill 2025-03-04T10:00:00Z | It kept me awake for a month.",
		"Ada Finch 2025-03-04T11:00:00Z | Buy a curtain, Tom.",
		"Olaf Berg 2025-03-05T11:00:00Z | I steer by it still.",
	}
	if diff := cmp.Diff(want, lines(found)); diff != "" {
		t.Error(diff)
	}
}

// TestFoldedDiscussion: what folds out below "2 comments" holds them.
func TestFoldedDiscussion(t *testing.T) {
	found := read(t, `<body><main><h1>The lamp</h1><p>The keeper tried three switches and a broom before he admitted that the lamp had a mind of its own.</p>
<details open><summary>2 comments</summary><article><header><h4>Tom Quill</h4><time datetime="2025-03-04T10:00:00Z">yesterday</time></header><p>It kept me awake.</p></article>
<article><header><h4>Ada Finch</h4><time datetime="2025-03-04T11:00:00Z">yesterday</time></header><p>Buy a curtain.</p></article></details></main></body>`)
	want := []string{"Tom Quill 2025-03-04T10:00:00Z | It kept me awake.", "Ada Finch 2025-03-04T11:00:00Z | Buy a curtain."}
	if diff := cmp.Diff(want, lines(found)); diff != "" {
		t.Error(diff)
	}
}

// TestSentencesInDiscussion: a section of an article that reports who said what is
// no discussion of its readers.
func TestSentencesInDiscussion(t *testing.T) {
	found := read(t, `<body><main><h1>The lamp</h1><p>The keeper tried three switches and a broom before he admitted that the lamp had a mind of its own.</p>
<section id="discussion"><h2>Discussion</h2><p>As <b>Tom Quill</b> said on <time datetime="2025-03-04T10:00:00Z">4 March</time>, lamps do as they please.</p>
<p><b>Ada Finch</b> answered on <time datetime="2025-03-05T10:00:00Z">5 March</time> that curtains are cheap.</p></section></main></body>`)
	if got := lines(found); len(got) > 0 {
		t.Errorf("%q", got)
	}
}

// TestNotAnchored: what repeats with times and is no discussion.
func TestNotAnchored(t *testing.T) {
	row := func(format string, n int) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(strings.NewReplacer("{n}", string(rune('A'+i)), "{d}", string(rune('1'+i))).Replace(format))
		}
		return b.String()
	}
	for name, html := range map[string]string{
		"articles":     row(`<div class="k"><h2><a href="/{n}">Story {n} of the week</a></h2><i>by <a href="/author/x">Bo</a>, {d} May 2019</i><p>The teaser of the story {n}, which goes on elsewhere.</p></div>`, 5),
		"teasers":      row(`<li><a href="/s/{n}">A story about the letter {n}</a><span>by <a href="/author/{n}">Bo {n}</a></span> <span>{d} May 2019</span><span>The letter was found in a drawer.</span></li>`, 5),
		"ticker":       row(`<div><b>1{d}:00, {d} May 2019</b><p>Minute {n}: nothing has happened yet, and it rains.</p></div>`, 6),
		"events":       row(`<tr><td>{d} May 2019</td><td>Hall {n}</td><td>An evening with songs about doors</td></tr>`, 6),
		"testimonials": row(`<div><p>“Very quick and very kind, {n} times.”</p><p>Letter of a client, May 201{d}</p></div>`, 6),
		"versions":     row(`<dl><dt>Version 1.{d}, 2019-05-0{d}</dt><dd>Fixes the hinge {n}, and a rattle in the lid.</dd></dl>`, 6),
		"one author":   row(`<div class="r"><b>Bo</b> <span>{d} May 2019</span><p>Entry {n} of my diary of doors.</p></div>`, 5),
	} {
		if f := read(t, "<body><h1>Doors</h1>"+html+"</body>"); len(f.Comments) > 0 {
			t.Errorf("%s: %d comments, the first %+v", name, len(f.Comments), f.Comments[0])
		}
	}
}

// TestEmbedded: posts of other sites in an article, each with words of the
// article behind it, are no thread.
func TestEmbedded(t *testing.T) {
	post := func(name, day string) string {
		return `<div class="embed-preview"><p>We have said so before, and we say so again, at some length.</p>by <a href="/user/` + name + `">` + name + `</a> <a href="#">` + day + ` May 2019</a></div>`
	}
	html := `<h1>Rents</h1><div>` + post("A", "3") + `<p>Nobody was surprised, least of all those who had said so.</p>` + post("B", "4") + `<p>The rest of the article.</p></div>`
	if f := read(t, html); len(f.Comments) > 0 {
		t.Errorf("%q", lines(f))
	}
}
