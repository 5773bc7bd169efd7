package htmlpage

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAuthors(t *testing.T) {
	const title = "<title>The gate is open again | Lock News</title>"
	ld := func(author string) string {
		return `<script type="application/ld+json">{"@type":"NewsArticle","headline":"The gate is open again","author":` + author + `}</script>`
	}
	meta := func(name, content string) string { return `<meta name="` + name + `" content="` + content + `">` }
	const h1 = "<h1>The gate is open again</h1>"
	for _, c := range []struct {
		name, head, above, below string
		want                     string // names, divided by bars
	}{
		{"byline at the headline before JSON-LD, who may have put it in", ld(`{"@type":"Person","name":"Una Pike"}`), h1 + `<p class="byline">By Corwin Ashby</p>`, "", "Corwin Ashby"},
		{"JSON-LD before a byline far below", ld(`{"@type":"Person","name":"Una Pike"}`), h1, body + `<p class="byline">By Corwin Ashby</p>`, "Una Pike"},
		{"JSON-LD in full, byline in part", ld(`{"@type":"Person","name":"Una Pike"}`), h1 + `<p>By Una PikePublished May 2019</p>`, "", "Una Pike"},
		{"byline before the site's owner", `<meta property="og:site_name" content="Una Pike">` + meta("author", "Una Pike"), h1 + `<p>by Bo Reed • 17 May 2019</p>`, "", "Bo Reed"},
		{"person whose name the host has", `<link rel="canonical" href="https://unapike.example/gate"><meta property="og:site_name" content="Water Notes">` + meta("author", "Una Pike"), h1 + `<p class="bookmark-author">Water Notes</p>`, "", "Una Pike"},
		{"account, name in full a few lines below", "", h1 + `<p>Posted by upike on May 17, 2019</p><p>On the canal</p><p>Blogbeitrag von Una Pike</p>`, "", "Una Pike"},
		{"account before where it is filed", "", h1 + `<p>Posted by Lockkeeper under Locks, Gates</p>`, "", "Lockkeeper"},
		{"account below a label, with its page", "", `<h4>by</h4><h3><a href="/profile/14">upike2</a></h3>` + h1, "", "upike2"},
		{"no account below a label", "", h1 + `<p>by</p><p>water</p>`, "", ""},
		{"first name and role below a label", "", h1 + `<p>Written by</p><p>Una - Product marketer</p>`, "", "Una"},
		{"list below a label", "", h1 + `<h6>Author(s)</h6><ul><li>Una Pike</li><li>Bo Reed</li></ul>`, "", "Una Pike|Bo Reed"},
		{"above a role", "", h1 + `<p>Una Pike</p><p>Co-Founder &amp; Lock Manager</p>`, "", "Una Pike"},
		{"role behind a bar", "", h1 + `<p>Una Pike | Senior Writer | 17 May 2019</p>`, "", "Una Pike"},
		{"two words above a sentence about an editor", "", h1 + `<p>Canal Life</p><p>the editor opened it.</p>`, "", ""},
		{"who asks", "", h1 + `<p class="author">Ein Interview von Una Pike mit Bo Reed</p>`, "", "Una Pike"},
		{"who asks, before meta", meta("author", "Corwin Ashby"), h1 + `<p>Ein Interview von Una Pike mit Bo Reed.</p>`, "", "Una Pike"},
		{"question", "", h1 + `<p>Interview: Kann Wasser Tore öffnen?</p>`, "", ""},
		{"agency beside a date", "", h1 + `<p>REUTERS</p><p>17 May 2019</p>`, "", "REUTERS"},
		{"abbreviation beside a date", "", h1 + `<p>LOCKS</p><p>17 May 2019</p>`, "", ""},
		{"account above its date", "", h1 + `<p>von Upike1</p><p>am 20.09.2020</p>`, "", "Upike1"},
		{"account before the clock", "", h1 + `<p>Filed under: Locks, Gates — upike @ 00:11</p>`, "", "upike"},
		{"role before the name", "", h1 + `<p>Autor: Rechtsanwalt Bo Reed</p>`, "", "Bo Reed"},
		{"press release of somebody", "", h1 + `<p class="author">Pressemitteilung von Una Pike</p>`, "", "Una Pike"},
		{"title as a line beside a date", "", h1 + `<p>The gate is open again</p><p>17 May 2019</p><img alt="The gate is open again">`, "", ""},
		{"list below a label, and a heading", "", h1 + `<h6>Authors</h6><div><p>Una Pike</p></div><div><h2>Related Weirs</h2></div>`, "", "Una Pike"},
		{"where it is filed behind the name", "", h1 + `<p>May 17, 2019 • Una Pike in Locks</p>`, "", "Una Pike"},
		{"long role behind the name", "", h1 + `<p>03/01/2017 by Una Pike, Representative of the Lower Lock to the Board of Works of the Canal</p>`, "", "Una Pike"},
		{"sentence at the headline about who wrote it", "", h1 + `<p>This post was written by <a href="/u">Una Pike, MD</a>, lock keeper, Canal Board.</p>`, "", "Una Pike, MD"},
		{"run into its opener", "", h1 + `<p><span>By</span><span>Una Pike</span></p>`, "", "Una Pike"},
		{"no opener but a word", "", h1 + `<p>Bystander Una Pike</p>`, "", ""},
		{"organization behind a date", "", h1 + `<p>March 15, 2022 · 3 min read · By Lock News</p>`, "", "Lock News"},
		{"among dates, above the headline", "", `<small>17.05.2019 | 13:10 Uhr | Una Pike</small>` + h1, "", "Una Pike"},
		{"among dates", "", h1 + `<p>Una Pike · May 17, 2019 · 5 min read</p>`, "", "Una Pike"},
		{"two words beside one", "", h1 + `<p>Canal Life | Locks</p>`, "", ""},
		{"among dates of another article", "", h1 + strings.Repeat("<p>a</p>", 10) + `<p>Una Pike | 17 May 2019</p>`, "", ""},
		{"list beside a date", meta("author", "locknews.example"), h1 + `<p>Una Pike, Corwin B. Ashby and Bo Reed</p><p>17 May 2019 • 3 min read</p>`, "", "Una Pike|Corwin B. Ashby|Bo Reed"},
		{"account below its date", "", h1 + `<p><time datetime="2019-05-17">5/17</time></p><p>by upike</p>`, "", "upike"},
		{"organization in one meta element, a person in another", meta("author", "The Lock Board") + meta("twitter:label1", "Interview by") + meta("twitter:data1", "Una Pike"), h1, "", "Una Pike"},
		{"organizations in two meta elements", meta("author", "The Lock Board") + meta("dc.creator", "The Weir Board"), h1, "", "The Lock Board"},
		{"link to an author's page in an aside at the headline", "", h1 + `<aside><a href="/blog/authors/una-pike">Una Pike</a></aside>`, "", "Una Pike"},
		{"link to an author's page in an aside farther away", "", h1 + strings.Repeat("<p>a</p>", 20) + `<aside><a href="/blog/authors/una-pike">Una Pike</a></aside>`, "", ""},
		{"alone at the headline and behind the text", "", h1 + "<p>Una Pike</p>", "</main><div><h5>Una Pike</h5><p>Keeps the lock.</p></div>", "Una Pike"},
		{"alone at the headline, introduced below, before an organization", ld(`{"@type":"Organization","name":"The Lock Board"}`), h1 + "<p>Una Pike</p>", "<p>Una Pike is a lock keeper.</p>", "Una Pike"},
		{"link of the site at the headline and behind the text", "", h1 + `<p><a href="/canal-life">Canal Life</a></p>`, `</main><div><a href="/canal-life">Canal Life</a></div>`, ""},
		{"alone at the headline, once", "", h1 + "<p>Canal Life</p>", "", ""},
		{"whom the article is about", "", "<h1>The gate is open again: Una Pike and her key</h1><p>Una Pike</p>", "<p>Una Pike is a lock keeper.</p>", ""},
		{"labelled behind the text, with degrees", ld(`{"@type":"Organization","name":"The Lock Board"}`), h1, `<p>Article written by:</p><h3>Una Pike, MD, PhD</h3><p>Article reviewed by:</p><h3>Bo Reed, MD</h3>`, "Una Pike, MD, PhD"},
		{"a label and no name", ld(`{"@type":"Organization","name":"The Lock Board"}`), h1, `<p>Written by</p><p>those who know.</p>`, "The Lock Board"},
		{"picture, name and biography", ld(`{"@type":"Organization","name":"The Lock Board"}`), h1, strings.Repeat("<p>a</p>", 9) + `<div><img src="a.jpg" alt="Una pike"><h3>Una Pike</h3><p>Una Pike is the head of the gates.</p></div>`, "Una Pike"},
		{"picture and name", ld(`{"@type":"Organization","name":"The Lock Board"}`), h1, strings.Repeat("<p>a</p>", 9) + `<div><img src="a.jpg" alt="Una Pike"><h3>Una Pike</h3><p>She keeps the gates.</p></div>`, "The Lock Board"},
		{"pictures of two", ld(`{"@type":"Organization","name":"The Lock Board"}`), h1, strings.Repeat("<p>a</p>", 9) + `<img alt="Una Pike"><h3>Una Pike</h3><p>Una Pike is the head of the gates.</p><img alt="Bo Reed"><h3>Bo Reed</h3><p>Bo Reed is a keeper.</p>`, "The Lock Board"},
		{"in bold as the last paragraph, before other parts", "", h1 + "<div>" + strings.Repeat(body, 5) + "<p><b><i>Una Pike</i></b></p></div>", "", "Una Pike"},
		{"in bold between paragraphs", "", h1 + "<div>" + strings.Repeat(body, 5) + "<p><b>Una Pike</b></p><p>She keeps the gates.</p></div>", "", ""},
		{"team, and a line that says who", ld(`{"@type":"Organization","name":"Lock-Redaktion"}`), h1, `<p>Autorin: Una Pike</p>`, "Una Pike"},
		{"copyright notice of a text in the first person", "", h1, "<p>" + strings.Repeat("I keep the gate and I know all the boats that pass. ", 5) + "</p></main><footer><p>© 2019 Una Pike. All rights reserved.</p></footer>", "Una Pike"},
		{"copyright notice without a year", "", h1, "<p>" + strings.Repeat("I keep the gate and I know all the boats that pass. ", 5) + "</p></main><footer><p>© Una Pike. All rights reserved.</p></footer>", ""},
		{"copyright notice of a text about others", "", h1, "</main><footer><p>© 2019 Una Pike. All rights reserved.</p></footer>", ""},
		{"copyright notice of a text of many", "", h1, "<p>" + strings.Repeat("We and our friends, I mean all, know the boats that pass; so do we and our cat. ", 9) + "</p></main><footer><p>© 2019 Una Pike. All rights reserved.</p></footer>", ""},
		{"credit of a picture above the byline", "", `<div class="x-license"><span class="author-name">Bo Reed</span></div>` + h1 + `<p class="author">Una Pike</p>`, "", "Una Pike"},
		{"both at the headline, one in a box below", "", h1 + `<div class="x-author">von Una Pike und Bo Reed</div>`, `<div class="x-author"><b class="x-author__name">Una Pike</b></div>`, "Una Pike|Bo Reed"},
		{"team beside a date", "", h1 + `<p>The Lock Team</p><p>17 May 2019</p>`, "", "The Lock Team"},
		{"on behalf of somebody", "", h1 + `<p class="author">Una Pike on behalf of the Lock Team</p>`, "", "Una Pike"},
		{"both who speak", "", h1 + `<p class="author">Una Pike im Gespräch mit Bo Reed</p>`, "", "Una Pike|Bo Reed"},
		{"role with an and", meta("author", "Una Pike, Head of Gates and Water Levels"), h1, "", "Una Pike"},
		{"two with roles", meta("author", "Una Pike, Lock and Gate Expert & Bo Reed, Water Expert"), h1, "", "Una Pike|Bo Reed"},
		{"name above a biography", "", h1, `<div class="post-author-text"><div>Una Pike</div><p>Una Pike has kept the lower lock since 1998 and knows every gate, every weir and every heron of the canal by name, by sight and by sound. She reads.</p></div>`, "Una Pike"},
		{"box of the author in a sidebar", "", h1, strings.Repeat("<p>a</p>", 120) + `<aside class="sidebar"><div class="x-author-box"><h4 class="x-author-box__name">Una Pike</h4></div></aside>`, "Una Pike"},
		{"boxes of two in a sidebar", "", h1, strings.Repeat("<p>a</p>", 120) + `<aside class="sidebar"><h4 class="x-author-box__name">Una Pike</h4><p>On the weir</p><h4 class="x-author-box__name">Bo Reed</h4></aside>`, ""},
		{"sentence about who wrote it", "", h1, `<div class="author-bio">This post was written by Una Pike, Head of Gates and Weirs</div>`, "Una Pike"},
		{"first and last name in JSON-LD", ld(`{"@type":"Person","givenName":"Una","familyName":"Pike"}`), h1, "", "Una Pike"},
		{"account in JSON-LD, name in the byline", ld(`{"@type":"Person","name":"upike"}`), h1 + `<p class="byline">By Una Pike</p>`, "", "Una Pike"},
		{"account in JSON-LD alone", ld(`{"@type":"Person","name":"upike_2"}`), h1, "", "upike_2"},
		{"site in JSON-LD, name in the byline", ld(`{"@type":"Organization","name":"Lock News"}`), h1 + `<p class="byline">By Una Pike</p>`, "", "Una Pike"},
		{"team in JSON-LD, link to somebody", ld(`{"@type":"Organization","name":"Lock News Staff"}`), h1 + `<a href="/author/bo-reed">Bo Reed</a>`, "", "Lock News Staff"},
		{"organization alone", meta("author", "Institute for Locks and Gates"), h1, "", "Institute for Locks and Gates"},
		{"owner of the site, link to a book", `<meta property="og:site_name" content="Una Pike">` + meta("author", "Una Pike"), h1 + `<a href="https://books.example/author/bo-reed">Bo Reed</a>`, "", "Una Pike"},
		{"degrees are part of the name", meta("author", "Una Pike, PhD, MSc"), h1, "", "Una Pike, PhD, MSc"},
		{"roles are not", meta("author", "Una Pike, Lock and Gate Expert"), h1, "", "Una Pike"},
		{"several in one element", meta("author", "Una Pike, Corwin Ashby and Bo Reed"), h1, "", "Una Pike|Corwin Ashby|Bo Reed"},
		{"bibliography", meta("citation_author", "Pike, Una") + meta("citation_author", "Reed, Bo"), h1, "", "Una Pike|Bo Reed"},
		{"profile as article:author", `<meta property="article:author" content="https://faces.example/upike">`, h1 + `<a rel="author" href="/u">Una Pike</a>`, "", "Una Pike"},
		{"label of a card", meta("twitter:label1", "Written by") + meta("twitter:data1", "Una Pike"), h1, "", "Una Pike"},
		{"reading time of a card", meta("twitter:label1", "Reading time") + meta("twitter:data1", "Una Pike"), h1, "", ""},
		{"two beside each other", "", h1 + `<p><a rel="author" href="/u">Una Pike</a> and <a rel="author" href="/b">Bo Reed</a></p>`, "", "Una Pike|Bo Reed"},
		{"author of another article", "", h1 + `<p><a rel="author" href="/u">Una Pike</a></p>`, `<h2>Also new: the weir</h2><p>From <a rel="author" href="/b">Bo Reed</a></p>`, "Una Pike"},
		{"author of a comment", "", h1 + `<p><span itemprop="author">Una Pike</span></p>`, `<div itemscope itemtype="https://schema.org/Comment"><span itemprop="author">Bo Reed</span>: Fine.</div>`, "Una Pike"},
		{"author of a cited work", "", h1 + `<p class="author">Una Pike</p>`, `<ol><li itemprop="citation" itemscope itemtype="https://schema.org/ScholarlyArticle"><span itemprop="author">Reed B</span> Weirs.</li></ol>`, "Una Pike"},
		{"date run into the name", "", h1 + `<div class="author-details"><p>Una Pike</p><small>17 May 2019</small></div>`, "", "Una Pike"},
		{"date behind the name", "", h1 + `<p class="author">Una Pike am 17. Mai 2019</p>`, "", "Una Pike"},
		{"link inside of prose", "", h1, `<p>What we think of all this can be found in the long and thorough book of <a href="/author/bo-reed">Bo Reed</a>, which came out in the spring and tells the history of all the gates along the canal.</p>`, ""},
		{"who reviewed it", "", h1 + `<p>Reviewed by <a href="/author/bo-reed">Bo Reed</a></p><p>By <a href="/author/una-pike">Una Pike</a></p>`, "", "Una Pike"},
		{"who took the photo", "", h1 + `<p class="author">Photo: Bo Reed | Text: Una Pike</p>`, "", "Una Pike"},
		{"written line", "", h1 + `<p>By Una Pike and Bo Reed</p>`, "", "Una Pike|Bo Reed"},
		{"written line in a part named as a sidebar", "", h1 + `<div class="article-tags"><p>Von Wilma Heckenrose</p></div>`, "", "Wilma Heckenrose"},
		{"no opener of its language", "", h1 + `<p>Da Vinci Una Pike</p>`, "", ""},
		{"behind a date", "", h1 + `<p>17.05.2019 13:30 von Una</p>`, "", "Una"},
		{"before a date", "", h1 + `<p>Posted in Locks by upike on May 17, 2019</p>`, "", "upike"},
		{"name below a label", "", h1 + `<p>Written by</p><p>Una Pike</p>`, "", "Una Pike"},
		{"no name below a label", "", h1 + `<p>Text</p><p>Table of contents</p>`, "", ""},
		{"beside a date, with a picture", "", h1 + `<img alt="Portrait of Una Pike"><p>Una Pike</p><p>17 May 2019</p>`, "", "Una Pike"},
		{"category beside a date", "", h1 + `<p>Canal Life</p><p>17 May 2019</p>`, "", ""},
		{"signature", "", h1, `<p><b>Una Pike</b></p>`, "Una Pike"},
		{"last sentence", "", h1, `<p><b>The End</b></p>`, ""},
		{"several words are no name", "", h1 + `<p>By The Time You Read This</p>`, "", ""},
		{"address", meta("author", "una@lock.example"), h1, "", ""},
		{"nobody", "", h1, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			head := title + c.head
			if strings.Contains(c.head, "og:site_name") {
				head = "<title>The gate is open again</title>" + c.head
			}
			got := strings.Join(draftOf(t, pageOf(head, c.above, c.below)).Authors, "|")
			if got != c.want {
				t.Errorf("authors %q, want %q", got, c.want)
			}
		})
	}
}

func TestFirstNameFirst(t *testing.T) {
	for s, want := range map[string]string{
		"Pike, Una": "Una Pike", "Pike, Una M.": "Una M. Pike", "Una Pike": "Una Pike", "Una Pike, PhD": "Una Pike, PhD", "Una Pike, Bo Reed": "Una Pike, Bo Reed", "Pike, Una, Bo": "Pike, Una, Bo", ",": ",",
	} {
		if got := firstNameFirst(s); got != want {
			t.Errorf("firstNameFirst(%q) = %q, want %q", s, got, want)
		}
	}
}

func TestCredits(t *testing.T) {
	for _, c := range []struct {
		text                  string
		people, organizations []string
	}{
		{"Una Pike / The Canal Desk", []string{"Una Pike"}, nil},
		{"The Canal Desk", nil, []string{"The Canal Desk"}},
		{"Una (Poppy) Pike", []string{"Una (Poppy) Pike"}, nil},
		{"Una Pike (editor)", []string{"Una Pike"}, nil},
		{"ByUna Pike", []string{"Una Pike"}, nil},
		{"Una & Bo", []string{"Una", "Bo"}, nil},
		{"Una Pike, Reporter & Gardening", []string{"Una Pike"}, nil},
		{"[email protected]", nil, nil},
		{"Chapter 1: The Gate", nil, nil},
		{strings.Repeat("Una ", 200), nil, nil},
	} {
		people, organizations := credits(c.text)
		if len(people) == 0 {
			people = nil
		}
		if diff := cmp.Diff([][]string{c.people, c.organizations}, [][]string{people, organizations}); diff != "" {
			t.Errorf("credits(%q) (-want +got):\n%s", c.text, diff)
		}
	}
}

func TestManyAuthors(t *testing.T) {
	page := pageOf(`<title>`+strings.Repeat("The gate | ", 100_000)+`</title><script type="application/ld+json">{"@type":"NewsArticle","author":[`+strings.TrimSuffix(strings.Repeat(`"Una Pike","Bo Reed",`, 40_000), ",")+`]}</script>`, strings.Repeat("<h1>Gate</h1>", 1000), "")
	if got := strings.Join(draftOf(t, page).Authors, "|"); got != "Una Pike|Bo Reed" {
		t.Errorf("authors %q", got)
	}
}
