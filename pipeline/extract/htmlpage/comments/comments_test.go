package comments

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corpus/pipeline/extract"
	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/pipeline/extract/htmlpage/jsonld"
	"corpus/schema"
)

func read(t *testing.T, html string) *Found {
	t.Helper()
	return readWith(t, html, nil)
}

// readWith reads a page that change knows more of.
func readWith(t *testing.T, html string, change func(*Page)) *Found {
	t.Helper()
	tree, err := dom.Parse(html)
	if err != nil {
		t.Fatal(err)
	}
	p := &Page{Tree: tree, Data: jsonld.Parse(tree), Resolve: func(ref string) string { return ref }}
	if change != nil {
		change(p)
	}
	return Read(p)
}

func TestCleanName(t *testing.T) {
	for in, want := range map[string]string{
		"Ann says:":              "Ann",
		"Ann  Lee\u00a0sagt:":    "Ann Lee",
		"Comment by Ann":         "Ann",
		"Von Ann":                "Ann",
		"Ann — 17.07. @ 13:04":   "Ann",
		"#12":                    "",
		"...":                    "",
		"Saysbury":               "Saysbury",
		"by":                     "by",
		strings.Repeat("x", 200): "",
	} {
		if got := cleanName(in); got != want {
			t.Errorf("cleanName(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestHeadingCount(t *testing.T) {
	for in, want := range map[string]int32{
		"3 comments": 3, "One thought on “Otters”": 1, "Comments (12)": 12, "1,204 Kommentare": 1204, "Ein Kommentar": 1, "Kommentare: 7": 7, "2 réponses à « Four »": 2,
		"Comments": -1, "Top 10 reasons": -1, "Leave a comment": -1, "": -1, "5 ways to comment": -1,
	} {
		got := int32(-1)
		if n := headingCount(in); n != nil {
			got = *n
		}
		if got != want {
			t.Errorf("headingCount(%q) = %d, want %d", in, got, want)
		}
	}
}

func TestOrder(t *testing.T) {
	at := func(times ...string) []extract.Comment {
		var out []extract.Comment
		for _, s := range times {
			out = append(out, extract.Comment{PostedAt: s})
		}
		return out
	}
	for _, c := range []struct {
		comments []extract.Comment
		want     string
	}{
		{at("2020-01-01T10:00", "2020-01-01T11:00"), schema.OrderOldest},
		{at("2020-01-02", "2020-01-01"), schema.OrderNewest},
		{at("2020-01-02", "2020-01-01", "2020-01-03"), ""},
		{at("2020-01-01", "2020-01-01"), ""},
		{at("2020-01-01", ""), ""},
		{at("2020-01-01T23:30:00+05:00", "2020-01-01T20:00:00-05:00"), ""},
		{at("2020-01-01T10:00", "2020-01-01"), ""},
		{at("2020-01-01"), ""},
		{nil, ""},
	} {
		if got := order(c.comments, false); got != c.want {
			t.Errorf("order(%v) = %q, want %q", c.comments, got, c.want)
		}
	}
}

// TestSilent: pages that look like a discussion and hold no comment.
func TestSilent(t *testing.T) {
	for name, html := range map[string]string{
		"empty list":       `<div id="comments"><ol class="comment-list"></ol></div>`,
		"form":             `<div id="respond" class="comment-respond"><form id="commentform"><p class="comment-form-comment">Comment</p></form></div>`,
		"template":         `<ol class="commentlist"><li class="comment depth-1" id="comment-0"><cite class="fn"></cite><div class="comment-content"></div></li></ol>`,
		"pingbacks alone":  `<ol class="commentlist"><li class="pingback depth-1" id="comment-3"><p>Pingback: <a href="x">A link</a></p></li></ol>`,
		"recent comments":  `<div class="widget widget_recent_comments"><ul id="recentcomments"><li id="comment-4" class="comment depth-1"><span class="fn">Bo</span> <div class="comment-content">Hm</div></li></ul></div>`,
		"list of articles": `<div class="post"><h2><a href="/a">A</a></h2><span class="author">Bo</span> <time datetime="2020-01-01">x</time><p>Teaser one of a list.</p></div><div class="post"><h2><a href="/b">B</a></h2><span class="author">Cy</span> <time datetime="2020-01-02">x</time><p>Teaser two of a list.</p></div>`,
		"live ticker":      `<div class="post"><time datetime="2020-01-01T10:00">10:00</time><p>Kick-off.</p></div><div class="post"><time datetime="2020-01-01T10:09">10:09</time><p>Nothing yet.</p></div>`,
		"note":             `<p class="comment-notes">Be kind. 3 May 2019</p>`,
	} {
		if f := read(t, html); len(f.Comments) > 0 {
			t.Errorf("%s: %d comments of %s, the first %+v", name, len(f.Comments), f.System, f.Comments[0])
		}
	}
}

func TestParents(t *testing.T) {
	box := func(id, class, more string) string {
		return `<div class="comment ` + class + `" id="comment-` + id + `"><b class="fn">N` + id + `</b><div class="comment-content">text ` + id + `</div>` + more + `</div>`
	}
	for _, c := range []struct {
		name, html string
		want       map[string]string
	}{
		{"by nesting", box("1", "depth-1", box("2", "depth-2", box("3", "depth-3", ""))) + box("4", "depth-1", ""), map[string]string{"1": "", "2": "1", "3": "2", "4": ""}},
		{"by class alone", box("1", "depth-1", "") + box("2", "depth-2", "") + box("3", "depth-3", "") + box("4", "depth-2", "") + box("5", "depth-1", ""), map[string]string{"1": "", "2": "1", "3": "2", "4": "1", "5": ""}},
		{"by link", box("1", "", "") + box("2", "", `<p class="in-reply-to">In reply to <a href="#comment-1">N1</a></p>`), map[string]string{"1": "", "2": "1"}},
		{"a reply to a pingback hangs on its parent", box("1", "depth-1", `<div class="pingback" id="comment-2"><p>Pingback</p>`+box("3", "depth-3", "")+`</div>`), map[string]string{"1": "", "3": "1"}},
	} {
		got := map[string]string{}
		for _, comment := range read(t, c.html).Comments {
			got[comment.ID] = comment.ParentID
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestSameID(t *testing.T) {
	f := read(t, `<div id="comment-5" class="comment"><b class="fn">A</b><div class="comment-content">one</div></div><div id="comment-5" class="comment"><b class="fn">B</b><div class="comment-content">two</div></div><div itemscope></div>`)
	ids := map[string]bool{}
	for _, c := range f.Comments {
		if ids[c.ID] {
			t.Errorf("id %q is there twice", c.ID)
		}
		ids[c.ID] = true
	}
	if len(f.Comments) == 0 {
		t.Error("no comment")
	}
}

func TestUnknownSystem(t *testing.T) {
	f := read(t, `<section class="reader-voices comments"><h2>2 comments</h2>
<div class="cmt-row comment-row"><div class="cmt-user author"><a href="/users/7">Ottilie</a></div><span class="cmt-when">12 June 2016, 08:40</span><p>The bridge has three arches, not four.</p><a href="#">Report</a></div>
<div class="cmt-row comment-row"><div class="cmt-user author"><a href="/users/9">Perrin</a></div><span class="cmt-when">12 June 2016, 10:05</span><p>It had four before the flood.</p><a href="#">Report</a></div></section>`)
	var got []string
	for _, c := range f.Comments {
		got = append(got, c.Author+" "+c.PostedAt+" "+c.Blocks[0].Text)
	}
	want := []string{"Ottilie 2016-06-12T08:40 The bridge has three arches, not four.", "Perrin 2016-06-12T10:05 It had four before the flood."}
	if diff := cmp.Diff(want, got); diff != "" || f.System != "repeated" {
		t.Errorf("%s %s", f.System, diff)
	}
}

// TestNamesBeside: the time in an element that is classed as author is no name,
// badges beside a name are roles, and the caption of a code box is no text.
func TestNamesBeside(t *testing.T) {
	f := read(t, `<h3 class="topic-title">Lamps</h3>
<div id="p11" class="post"><dl class="postprofile" id="profile11"><dt><a href="/memberlist.php?mode=viewprofile&u=1" class="username">Wick</a></dt></dl><div class="postbody"><p class="author"><a href="/viewtopic.php?p=11#p11">Thu Mar 28, 2024 6:08 am</a></p><div class="content">Which oil?</div></div></div>
<div id="p12" class="post"><dl class="postprofile" id="profile12"><dt><strong><span class="username">Anonymous</span></strong></dt></dl><div class="postbody"><p class="author"><a href="/viewtopic.php?p=12#p12">Thu Mar 28, 2024 11:26 am</a></p><div class="content">This: <div class="codebox"><p>Code: <a href="#">Select all</a></p><pre><code>lamp --oil</code></pre></div></div></div></div>`)
	want := []string{"11< Wick 2024-03-28T06:08 | Which oil?", "12< Anonymous 2024-03-28T11:26 | This: | lamp --oil"}
	if diff := cmp.Diff(want, thread(f)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for name, want := range map[string]string{"Original poster wick": "wick", "wick Thread starter": "wick", "Original Poster": "Original Poster", "poster": "poster"} {
		if got := withoutBadge(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

// TestRecentBeside: recent comments in a sidebar are none of the discussion, even
// where the theme prints both alike.
func TestRecentBeside(t *testing.T) {
	item := func(n, name, text string) string {
		return `<li class="comment depth-1" id="li-comment-` + n + `"><article id="comment-` + n + `" class="comment"><b class="fn">` + name + `</b> <time datetime="2020-02-02">x</time><div class="comment-text"><p>` + text + `</p></div></article></li>`
	}
	f := read(t, `<ol class="commentlist">`+item("7", "Bo", "Here.")+`</ol><aside class="widget widget_recentcomments"><h3>Recent</h3><ol class="commentlist">`+item("9", "Cy", "Elsewhere.")+`</ol></aside>`)
	if diff := cmp.Diff([]string{"7< Bo 2020-02-02 | Here."}, thread(f)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(f.Regions) != 2 {
		t.Errorf("regions %v: neither list is the article's", f.Regions)
	}
}
