package htmlpage

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corpus/pipeline/extract"
	"corpus/pipeline/read"
	"corpus/schema"
)

// work is what reading a page takes, in bytes allocated.
func work(t *testing.T, page string) uint64 {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := New().Extract(extract.Page{Text: page, URL: "https://site.example/a"}, read.Limits{})
	runtime.ReadMemStats(&after)
	if err != nil {
		t.Fatal(err)
	}
	return after.TotalAlloc - before.TotalAlloc
}

// shapes are pages of n parts that invite to look at everything for every part.
var shapes = map[string]func(n int) string{
	"tag soup": func(n int) string {
		return strings.Repeat(`<li class="comment"><b>Ann</i></b> 3 May 2019<td></p><div>text <p>more</li></div></ul>`, n)
	},
	"lists that nobody closes": func(n int) string {
		return strings.Repeat(`<ol class="comment-list"><li class="comment depth-1" id="comment-1"><cite class="fn">Ann</cite><p>text</ol>`, n)
	},
	"one id": func(n int) string {
		return strings.Repeat(`<div class="comment" id="comment-7"><b class="fn">Ann</b><time datetime="2019-05-03">x</time><div class="comment-content">text</div></div>`, n)
	},
	"comments": func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, `<li class="comment depth-%d" id="comment-%d"><cite class="fn">A%d</cite><time datetime="2019-05-03">x</time><div class="comment-content">text %d</div></li>`, i%5+1, i, i%100, i)
		}
		return `<ol class="commentlist">` + b.String() + `</ol>`
	},
	"nested by 500": func(n int) string {
		deep := strings.Repeat(`<div class="comment">`, 470)
		return deep + strings.Repeat(`<b class="fn">Ann</b> <time datetime="2019-05-03">x</time><p>text</p>`, n) + strings.Repeat(`</div>`, 470)
	},
	"times": func(n int) string {
		return `<h1>T</h1>` + strings.Repeat(`<div><b>By</b> <a href="/u/1">Ann</a> 3 May 2019, 10:15<p>text of a post, and more of it</p></div>`, n)
	},
	"rows of times": func(n int) string {
		return `<h1>T</h1><table>` + strings.Repeat(`<tr><td><b>Ann</b> wrote:</td><td>3 May 2019</td></tr><tr><td>text of a post, and more of it</td></tr>`, n) + `</table>`
	},
	"posts with quotes": func(n int) string {
		return strings.Repeat(`<div class="post" id="p7"><a class="username" href="u">A</a><div class="content"><blockquote><a href="#p7">^</a>x</blockquote>y</div></div>`, n)
	},
	"labels": func(n int) string {
		return `<div class="comment" id="comment-1"><b class="fn">Ann</b><dl>` + strings.Repeat(`<dt>Joined</dt><dd>3 May 2019</dd>`, n) + `</dl><div class="comment-content">text</div></div>`
	},
	"state": func(n int) string {
		return `<script type="application/json">{"comments":[` + strings.TrimSuffix(strings.Repeat(`{"id":1,"text":"a b","user":"A","date":"2019-05-03"},`, n), ",") + `]}</script>`
	},
	"references that go round": func(n int) string {
		return `<script type="application/json" id="__NUXT_DATA__">[{"comments":1},[` + strings.TrimSuffix(strings.Repeat("2,", n), ",") + `],{"replies":1,"comments":1,"id":3},5]</script>`
	},
	"questions": func(n int) string {
		return strings.Repeat(`<div itemscope itemtype="https://schema.org/Question"><i itemprop="name">Q</i><div itemscope itemtype="https://schema.org/Answer" itemprop="suggestedAnswer"><b itemprop="author">A</b><p itemprop="text">text</p></div></div>`, n)
	},
	"ids of texts": func(n int) string {
		return strings.Repeat(`<div id="post5"><div class="post" id="post_message_6"><b>x</b> 3 May 2019</div></div>`, n)
	},
	"parts named as comments": func(n int) string {
		return `<div id="comments"><h3>Comments</h3>` + strings.Repeat(`<div class="css-1"><span class="css-2">Ann</span> <span>3 hours ago</span><div class="css-3">text</div><a>Reply</a></div>`, n) + `</div>`
	},
	"headings of discussions": func(n int) string {
		return strings.Repeat(`<section><h3>Comments</h3><b>Ann</b> 3 May 2019<p>text of a comment, and more of it</p></section>`, n)
	},
	"levels": func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, `<div class="comment level-%d" style="margin-left:%dpx" data-parent-id="%d" id="c%d"><b class="user">Ann</b> <time datetime="2019-05-03">x</time><p>text</p></div>`, i%90, i%90, i, i+1)
		}
		return b.String()
	},
	"function with state": func(n int) string {
		return `<script>__NUXT__=(function(a,b){` + strings.Repeat(`b.x=a;`, n) + `return {comments:[` + strings.Repeat(`{id:1,text:"a b",user:a,date:"2019-05-03"},`, n) + `]}}("A",{}))</script>`
	},
	"beginnings of state": func(n int) string {
		return `<script>comments` + strings.Repeat(`={a:(function(a){return {b:["`, n) + `</script>`
	},
	"links to pages": func(n int) string {
		return `<link rel="canonical" href="https://site.example/a/2/">` + strings.Repeat(`<p><a href="/b/?page=1">1</a> text</p>`, n)
	},
	"right to left": func(n int) string {
		return `<div dir="rtl" class="comments">` + strings.Repeat(`<div class="comment" id="comment-9"><b class="fn">ענת</b> 3.5.2019<p>טקסט של תגובה</p></div>`, n) + `</div>`
	},
}

// TestLinear: four times the page takes little more than four times the memory.
// What looks through the rest of the page for every part would take sixteen
// times as much, where it makes anything of what it sees.
func TestLinear(t *testing.T) {
	for name, shape := range shapes {
		t.Run(name, func(t *testing.T) {
			small, large := shape(300), shape(1200)
			work(t, small) // tables that are made once
			a, b := work(t, small), work(t, large)
			if most := a*uint64(len(large))/uint64(len(small))*3/2 + 1<<16; b > most {
				t.Errorf("%d bytes for %d of page, %d for %d", a, len(small), b, len(large))
			}
			if most := uint64(len(large))*600 + 8<<20; b > most {
				t.Errorf("%d bytes for a page of %d", b, len(large))
			}
		})
	}
}

// TestManyComments: 10,000 comments are all read, in either order, replies under
// what they reply to.
func TestManyComments(t *testing.T) {
	const n = 10_000
	for _, newest := range []bool{false, true} {
		var b strings.Builder
		b.WriteString(`<h1>Moths</h1><p>They come to the lamp of the ferry, and nobody has asked them why.</p><ol class="comment-list">`)
		for i := range n / 2 {
			day := i
			if newest {
				day = n/2 - 1 - i
			}
			fmt.Fprintf(&b, `<li class="comment depth-1" id="comment-%d"><b class="fn">Ann %d</b><time datetime="%d-%02d-%02dT10:00">x</time><div class="comment-content"><p>Moth %d.</p></div>`, 2*i+1, i, 2001+day/336, 1+day/28%12, 1+day%28, i)
			fmt.Fprintf(&b, `<ul class="children"><li class="comment depth-2" id="comment-%d"><b class="fn">Bo</b><time datetime="2020-01-01T10:00">x</time><div class="comment-content"><p>Reply to %d.</p></div></li></ul></li>`, 2*i+2, i)
		}
		b.WriteString(`</ol>`)
		d, err := New().Extract(extract.Page{Text: b.String()}, read.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		order := schema.OrderOldest
		if newest {
			order = schema.OrderNewest
		}
		if len(d.Comments) != n || d.CommentOrder != order {
			t.Fatalf("%d comments in order %q, want %d in order %q", len(d.Comments), d.CommentOrder, n, order)
		}
		for i := 0; i < n; i += 2 {
			up, reply := d.Comments[i], d.Comments[i+1]
			if want := fmt.Sprintf("Moth %d.", i/2); up.ParentID != "" || joined(up.Blocks) != want {
				t.Fatalf("comment %d: parent %q, text %q", i, up.ParentID, joined(up.Blocks))
			}
			if want := fmt.Sprintf("Reply to %d.", i/2); reply.ParentID != up.ID || joined(reply.Blocks) != want {
				t.Fatalf("comment %d: parent %q, text %q", i+1, reply.ParentID, joined(reply.Blocks))
			}
		}
	}
}

// TestBrokenPages: what is left of a discussion on pages that are broken, and in
// scripts of all directions.
func TestBrokenPages(t *testing.T) {
	item := func(id, name, more, text string) string {
		return `<li class="comment depth-1" id="comment-` + id + `"><b class="fn">` + name + `</b><time datetime="2020-03-04T10:00">x</time><div class="comment-content"` + more + `>` + text + `</div>`
	}
	for _, c := range []struct {
		name, html string
		want       []reply
	}{
		{"nobody closed the items", `<ol class="comment-list">` + item("1", "Ann", "", "<p>One.") + item("2", "Bo", "", "<p>Two."),
			[]reply{{"1", "", "Ann", "2020-03-04T10:00", "One."}, {"2", "", "Bo", "2020-03-04T10:00", "Two."}}},
		{"one id for two", `<ol class="comment-list">` + item("1", "Ann", "", "One.") + `</li>` + item("1", "Bo", "", "Two.") + `</li></ol>`,
			[]reply{{"1", "", "Ann", "2020-03-04T10:00", "One."}, {"~1", "", "Bo", "2020-03-04T10:00", "Two."}}},
		{"the same comment twice", `<ol class="comment-list">` + item("1", "Ann", "", "One.") + `</li>` + item("1", "Ann", "", "One.") + `</li></ol>`,
			[]reply{{"1", "", "Ann", "2020-03-04T10:00", "One."}}},
		{"hidden text", `<ol class="comment-list">` + item("1", "Ann", "", `One.<span style="display:none"> sp4m</span><p hidden>trap</p><p style="visibility: hidden">trap</p><span aria-hidden="true"> ★</span>`) + `</li></ol>`,
			[]reply{{"1", "", "Ann", "2020-03-04T10:00", "One."}}},
		{"right to left", `<ol class="comment-list" dir="rtl">` + item("1", "ענת", ` dir="rtl"`, "<p>מאיפה באים העשים?</p><p>شكرا 12</p>") + `</li></ol>`,
			[]reply{{"1", "", "ענת", "2020-03-04T10:00", "מאיפה באים העשים?|شكرا 12"}}},
		{"Chinese and Japanese", `<ol class="comment-list">` + item("1", "林さん", "", "<p>蛾は灯に来る。<br>なぜだろう。</p>") + `</li>` + item("2", "王小明", "", "它们喜欢光。") + `</li></ol>`,
			[]reply{{"1", "", "林さん", "2020-03-04T10:00", "蛾は灯に来る。\nなぜだろう。"}, {"2", "", "王小明", "2020-03-04T10:00", "它们喜欢光。"}}},
		{"two encodings in one page, read as one", `<ol class="comment-list">` + item("1", "ZoÃ«", "", "CafÃ© and café and caf\ufffd.") + `</li></ol>`,
			[]reply{{"1", "", "ZoÃ«", "2020-03-04T10:00", "CafÃ© and café and caf\ufffd."}}},
		{"tags across each other", `<ol class="comment-list">` + item("1", "Ann", "", "<b>One<i> and</b> a half</i>.</p></span>") + `</div></td></li>` + item("2", "Bo", "", "<table><tr><td>Two</table>.") + `</ol>`,
			[]reply{{"1", "", "Ann", "2020-03-04T10:00", "One and a half."}, {"2", "", "Bo", "2020-03-04T10:00", "Two|."}}},
	} {
		d, err := New().Extract(extract.Page{Text: "<h1>Moths</h1><p>They come to the lamp of the ferry, and nobody has asked them why.</p>" + c.html}, read.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		var got []reply
		for _, r := range d.Comments {
			got = append(got, reply{r.ID, r.ParentID, r.Author, r.PostedAt, joined(r.Blocks)})
		}
		if diff := cmp.Diff(c.want, got, cmp.AllowUnexported(reply{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}
