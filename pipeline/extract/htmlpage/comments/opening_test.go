package comments

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corpus/pipeline/extract/htmlpage/dom"
)

func TestOpening(t *testing.T) {
	post := func(n, name, time, text string) string {
		return `<div class="post" id="post` + n + `"><a class="username" href="/members/` + n + `">` + name + `</a> ` + time + `<div class="post-content">` + text + `</div></div>`
	}
	replies := post("2", "Bo", `<time datetime="2020-01-03T10:00">x</time>`, "<p>Second, and longer than the first.</p>") +
		post("3", "Cy", `<time datetime="2020-01-04T10:00">x</time>`, "<p>Third, and shorter than the first.</p>")
	for _, c := range []struct {
		name, html string
		want       []string
	}{
		{"the time stands below the headline", `<h1>T</h1><p><time datetime="2020-01-02">2 Jan</time></p>` + post("1", "Ann", "", "<p>First, and without a time of its own.</p>") + replies,
			[]string{"Ann 2020-01-02 | First, and without a time of its own."}},
		{"a picture", `<h1>T</h1>` + post("1", "Ann", `<time datetime="2020-01-02T10:00">x</time>`, `<img src="a.png">`) + replies,
			[]string{"Ann 2020-01-02T10:00"}},
		{"the accepted answer is repeated", `<h1>T</h1>` + post("1", "Ann", `<time datetime="2020-01-02T10:00">x</time>`, `<p>First: how?</p><div class="answer-field"><b>Best answer by Bo</b><p>Second, and longer than the first.</p></div>`) + replies,
			[]string{"Ann 2020-01-02T10:00 | First: how?"}},
		{"a question by its type", `<div itemscope itemtype="https://schema.org/Question"><h1 itemprop="name">T</h1><span itemprop="author" itemscope><span itemprop="name">Ann</span></span><time itemprop="dateCreated" datetime="2020-01-02T10:00">x</time><div itemprop="text">First: why?</div>
<div itemprop="suggestedAnswer" itemscope itemtype="https://schema.org/Answer"><span itemprop="author" itemscope><span itemprop="name">Bo</span></span><time itemprop="dateCreated" datetime="2020-01-03T10:00">x</time><div itemprop="text">Second, and longer than the first.</div></div>
<div itemprop="suggestedAnswer" itemscope itemtype="https://schema.org/Answer"><span itemprop="author" itemscope><span itemprop="name">Cy</span></span><time itemprop="dateCreated" datetime="2020-01-04T10:00">x</time><div itemprop="text">Third, and shorter than the first.</div></div></div>`,
			[]string{"Ann 2020-01-02T10:00 | First: why?"}},
	} {
		f := read(t, c.html)
		want := append(c.want, "Bo 2020-01-03T10:00 | Second, and longer than the first.", "Cy 2020-01-04T10:00 | Third, and shorter than the first.")
		if diff := cmp.Diff(want, lines(f)); diff != "" || !f.Posts {
			t.Errorf("%s: posts %v (-want +got):\n%s", c.name, f.Posts, diff)
		}
		for _, r := range f.Comments {
			if strings.HasPrefix(r.ParentID, "~") {
				t.Errorf("%s: %q replies to the opening post", c.name, r.ID)
			}
		}
	}
}

func TestLinksAlone(t *testing.T) {
	row := func(n, name, text string) string {
		return `<div class="message" id="m` + n + `"><a href="/profile/` + n + `">` + name + `</a> <time datetime="2020-01-0` + n + `T10:00">x</time><div class="message-body">` + text + `</div></div>`
	}
	f := read(t, `<h1>T</h1>`+row("1", "Ann", "Where are the kites of the old harbour sold?")+row("2", "Bo", "By the quay, in a shop without a name.")+row("3", "Spam", `<a href="/a">kites kites kites kites</a> <a href="/b">more kites and more kites</a>`))
	if len(f.Comments) != 3 || f.Comments[2].Author != "Spam" {
		t.Errorf("a post of links alone in a list of posts is one: %q", lines(f))
	}
}

func TestTimesBeside(t *testing.T) {
	for name, c := range map[string][2]string{
		"label before a value":  {`<div class="row"><div>Joined</div><div>2 Feb 2011</div></div><div class="posted"><b>Thu Apr 02, 2020 3:40 am</b></div>`, "2020-04-02T03:40"},
		"title of any element":  {`<span class="when" title="2020-04-02 03:40">yesterday</span>`, "2020-04-02T03:40"},
		"tip of a script":       {`<span class="when" data-tippy-content="Friday, October 4th, 2024 at 3:43:10 PM GMT+03:00">1 year ago</span>`, "2024-10-04T15:43:10+03:00"},
		"note of an edit":       {`<div class="post-edited">Last edited: <span title="2021-04-02 03:40">x</span></div><span title="2020-04-02 03:40">x</span>`, "2020-04-02T03:40"},
		"two digits of a year":  {`<span itemprop="datePublished" content="19-05-15">15/05/19</span>`, "2019-05-15"},
		"no-break space inside": {"<span class=\"when\" title=\"2020-04-02 03:40\u00a0\">x</span>", "2020-04-02T03:40"},
	} {
		f := readWith(t, `<div class="comments"><div class="comment" id="comment-5"><b class="author">Ann</b>`+c[0]+`<div class="comment-content">A text.</div></div></div>`, func(p *Page) { p.Order = 1 })
		if len(f.Comments) != 1 || f.Comments[0].PostedAt != c[1] {
			t.Errorf("%s: %q, want %q", name, lines(f), c[1])
		}
	}
}

func TestNodeBB(t *testing.T) {
	post := func(pid, name, epoch, more, text string) string {
		return `<li component="post" data-pid="` + pid + `" data-username="` + name + `" data-timestamp="` + epoch + `" itemprop="comment" itemtype="http://schema.org/Comment" itemscope>` + more +
			`<a href="/user/` + name + `" data-username="` + name + `">` + name + `</a> <a component="post/vote-count" data-votes="4">4</a><div component="post/content" itemprop="text"><p>` + text + `</p></div></li>`
	}
	f := read(t, `<p>Looks like your connection was lost. Wait while we try again, please.</p><h1>Stilts</h1><ul>`+
		post("10", "heron", "1584021600000", "", "How high may stilts be before they count as a house?")+
		post("11", "stork", "1584025200000", "", "Until somebody nests on them.")+
		post("12", "heron", "1584028800000", `<div component="post/parent" data-parent-pid="11"><span class="timeago" title="2020-03-12T15:00:00Z"></span></div>`, "Too late, then.")+`</ul>`)
	want := []string{
		"heron 2020-03-12T14:00:00Z | How high may stilts be before they count as a house?",
		"stork 2020-03-12T15:00:00Z | Until somebody nests on them.",
		"heron 2020-03-12T16:00:00Z | Too late, then.",
	}
	if diff := cmp.Diff(want, lines(f)); diff != "" || f.System != "nodebb" || !f.Posts {
		t.Errorf("%s %v\n%s", f.System, f.Posts, diff)
	}
	if f.Comments[2].ParentID != "11" || *f.Comments[1].Score != 4 {
		t.Errorf("parent %q, score %v", f.Comments[2].ParentID, f.Comments[1].Score)
	}
}

func TestElementBefore(t *testing.T) {
	tree, err := dom.Parse(`<body><p><b>1</b> <i>2</i>x<u>3</u></p></body>`)
	if err != nil {
		t.Fatal(err)
	}
	p := &Page{Tree: tree}
	at := map[string]dom.ID{}
	for id := range tree.Nodes {
		at[tree.Nodes[id].Raw.Data] = dom.ID(id)
	}
	for of, want := range map[string]dom.ID{"b": dom.None, "i": at["b"], "u": dom.None} {
		if got := p.elementBefore(at[of]); got != want {
			t.Errorf("before %s: %d, want %d", of, got, want)
		}
	}
}

func TestFlarum(t *testing.T) {
	post := func(name, text string) string {
		return `<article><div class="PostUser"><h3 class="PostUser-name">` + name + `</h3></div><div class="Post-body"><p>` + text + `</p></div></article>`
	}
	f := read(t, `<noscript id="flarum-content"><div class="container"><h1>Gulls</h1><div>`+post("tern", "Who feeds them?")+post("skua", "Nobody admits it.")+`</div></div></noscript>`)
	if diff := cmp.Diff([]string{"tern  | Who feeds them?", "skua  | Nobody admits it."}, lines(f)); diff != "" || f.System != "flarum" || !f.Posts {
		t.Errorf("%s %v\n%s", f.System, f.Posts, diff)
	}
}

// TestItems: the replies stand in the item of the list, behind the box of the
// comment; its author is who "by" tells, and no title or score.
func TestItems(t *testing.T) {
	item := func(id, title, name, more string) string {
		return `<li class="comment" id="tree_` + id + `"><div class="cw" id="comment_` + id + `"><h4><a href="/c?cid=` + id + `">` + title + `</a> <span>(<a href="#">Score:</a>5)</span></h4><span>by <a href="/~` + name + `">` + name + `</a></span> on Friday January 12, 2024 @11:51AM<div class="commentBody"><p>Text of ` + name + `.</p></div></div><ul id="commtree_` + id + `">` + more + `</ul></li>`
	}
	f := read(t, `<h1>T</h1><p>An article.</p><ul id="commentlisting">`+item("641", "Maybe rust", "dee", item("642", "Re:", "evi", item("643", "Re:", "flo", "")))+item("644", "Maybe not", "gus", "")+`</ul>`)
	var got []string
	for _, c := range f.Comments {
		got = append(got, c.ID+"<"+c.ParentID+" "+c.Author+" "+c.PostedAt)
	}
	want := []string{"641< dee 2024-01-12T11:51", "642<641 evi 2024-01-12T11:51", "643<642 flo 2024-01-12T11:51", "644< gus 2024-01-12T11:51"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", f.System, diff)
	}
}
