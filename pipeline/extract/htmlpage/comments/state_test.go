package comments

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// thread are the records of a page with ids and parents: "id<parent author time text".
func thread(f *Found) []string {
	var out []string
	for i, s := range lines(f) {
		c := f.Comments[i]
		if c.State != "" {
			s += " (" + c.State + ")"
		}
		out = append(out, c.ID+"<"+c.ParentID+" "+s)
	}
	return out
}

func TestState(t *testing.T) {
	next := `<script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":{"article":{"headline":"Moss","author":{"name":"Ed"},"body":"<p>Moss grows.</p>","createdAt":"2021-01-01T08:00:00Z"},
"latestComments":[{"id":9,"body":"Elsewhere.","author":{"name":"Zed"},"createdAt":"2021-01-05T08:00:00Z"}],
"comments":{"total":3,"nodes":[{"id":41,"body":"<p>Does it sing?</p>","author":{"displayName":"Fern","url":"/u/fern"},"createdAt":"2021-01-02T08:00:00Z","likes":3,"replies":[{"id":42,"body":"Only <b>in rain</b>.","author":{"displayName":"Lichen"},"createdAt":"2021-01-03T08:00:00Z"}]},
{"id":43,"isDeleted":true,"author":null,"createdAt":"2021-01-04T08:00:00Z"}]}}}}</script>`
	want := []string{
		"41< Fern 2021-01-02T08:00:00Z | Does it sing?",
		"42<41 Lichen 2021-01-03T08:00:00Z | Only in rain.",
		"43<  2021-01-04T08:00:00Z (gone)",
	}
	apollo := `<script>window.__APOLLO_STATE__ = {"ROOT_QUERY":{"__typename":"Query"},"User:1":{"__typename":"User","name":"Fern"},"User:2":{"__typename":"User","name":"Lichen"},
"Comment:41":{"__typename":"Comment","id":"41","text":"Does it sing?","author":{"__ref":"User:1"},"createdAt":"2021-01-02T08:00:00Z","parent":null},
"Comment:42":{"__typename":"Comment","id":"42","text":"Only in rain.","author":{"__ref":"User:2"},"createdAt":1609660800000,"parent":{"__ref":"Comment:41"}}};(function(){})()</script>`
	nuxt := `<script type="application/json" id="__NUXT_DATA__">[["Reactive",1],{"comments":2},[3,9],{"id":4,"content":5,"user":6,"created_at":8},41,"Does it sing?",{"name":7},"Fern","2021-01-02T08:00:00Z",{"id":10,"content":11,"user":12,"created_at":14,"parent_id":4},42,"Only in rain.",{"name":13},"Lichen","2021-01-03T08:00:00Z"]</script>`
	for _, c := range []struct {
		name, html string
		want       []string
	}{
		{"next", next, want},
		{"apollo", apollo, want[:2]},
		{"nuxt", nuxt, want[:2]},
		{"two lists", `<script type="application/json">{"a":{"comments":[{"id":1,"text":"x y","user":"A","date":"2020-01-01"}]},"b":{"comments":[{"id":2,"text":"x z","user":"B","date":"2020-01-01"}]}}</script>`, nil},
		{"articles", `<script type="application/json">{"mostCommented":[{"id":1,"title":"T","slug":"t","text":"x y","author":"A","date":"2020-01-01"}]}</script>`, nil},
		{"no author", `<script type="application/json">{"comments":[{"id":1,"text":"x y","date":"2020-01-01"}]}</script>`, nil},
		{"nuxt as a function", `<script>window.__NUXT__=(function(a,b,c){return {layout:"default",data:[{title:"Moss",comments:[{id:41,content:"Does it sing\u003F",user:{name:b},created_at:"2021-01-02T08:00:00Z",parent_id:a,spam:!1},{id:42,content:"Only in rain.",user:{name:"Lichen"},created_at:c,parent_id:41}]}],error:a}}(null,"Fern","2021-01-03T08:00:00Z"));</script>`, want[:2]},
		{"members set in the function", `<script>window.__NUXT__=(function(a,b){b.id=42;b.content="Only in rain.";b.user={name:"Lichen"};b.created_at=new Date(1609660800000);b.parent_id=41;return {data:[{comments:[{id:41,content:"Does it sing?",user:{name:"Fern"},created_at:"2021-01-02T08:00:00Z",parent_id:a},b]}]}}(null,{}))</script>`, want[:2]},
		{"JSON in a text", `<script>window.__PRELOADED_STATE__ = JSON.parse('{"comments":[{"id":41,"body":"Does it sing?","author":{"name":"Fern"},"createdAt":"2021-01-02T08:00:00Z"}]}');</script>`, want[:1]},
		{"what Svelte fetched", `<script type="application/json" data-sveltekit-fetched data-url="/api/comments?post=5">{"status":200,"body":"[{\"id\":41,\"body\":\"Does it sing?\",\"author\":{\"name\":\"Fern\"},\"createdAt\":\"2021-01-02T08:00:00Z\"}]"}</script>`, want[:1]},
		{"rows of Next in parts", `<script>self.__next_f.push([1,"4:[\"$\",\"b\",null,{}]\n5:[\"$\",\"div\",null,{\"comments\":[{\"id\":41,\"body\":\"Does it"])</script><script>self.__next_f.push([1," sing?\",\"author\":{\"name\":\"Fern\"},\"createdAt\":\"2021-01-02T08:00:00Z\"},{\"id\":42,\"body\":\"$1f\",\"author\":{\"name\":\"Fern\"},\"createdAt\":\"2021-01-02T08:00:00Z\"}]}]\n"])</script>`, want[:1]},
		{"a table by id", `<script>window.__INITIAL_STATE__={"comments":{"byId":{"41":{"id":41,"body":"Does it sing?","author":"Fern","createdAt":"2021-01-02T08:00:00Z"}},"allIds":[41]}}</script>`, want[:1]},
		{"a variable", `<script>var pageComments = [{id: 41, text: 'Does it sing?', user: 'Fern', date: '2021-01-02T08:00:00Z'}], n = 1;</script>`, want[:1]},
		{"a variable of recent ones", `<script>var recentComments = [{id: 41, text: 'Does it sing?', user: 'Fern', date: '2021-01-02T08:00:00Z'}];</script>`, nil},
		{"a program", `<script>function reply(comment){ if (comment.id == 4) { post({comments: load()}, function(){ comment = {text: comment.text} }) } }</script>`, nil},
		{"broken", `<script type="application/json">{"comments":[{"id":1,"text":"x y","user":"A","date":"2020-01-01"}`, []string{"1< A 2020-01-01 | x y"}},
		{"the page itself comes first", next + `<ol><li class="comment depth-1" id="comment-7"><b class="fn">Bo</b><time datetime="2020-02-02">x</time><div class="comment-content">Here.</div></li></ol>`, []string{"7< Bo 2020-02-02 | Here."}},
	} {
		f := read(t, c.html)
		if diff := cmp.Diff(c.want, thread(f)); diff != "" {
			t.Errorf("%s, by %q (-want +got):\n%s", c.name, f.System, diff)
		}
	}
	if f := read(t, next); f.System != "state" || f.Comments[0].AuthorURL != "/u/fern" || *f.Comments[0].VotesUp != 3 {
		t.Errorf("%s: %+v", f.System, f.Comments[0])
	}
	shown := read(t, strings.Replace(apollo, "Does it sing?", "Does it sing in the evening?", 1)+`<div><p>Does it sing in the evening?</p></div>`)
	if len(shown.Regions) != 1 {
		t.Errorf("regions %v: what a script states and the page shows is no article", shown.Regions)
	}
}

// TestStateShared: a text that many comments refer to is not taken for all of
// them, else a page could ask for far more memory than it has bytes.
func TestStateShared(t *testing.T) {
	long := strings.Repeat("a moth ", 20_000)
	for name, html := range map[string]string{
		"places":    `<script type="application/json" id="__NUXT_DATA__">[{"comments":1},[` + places(5, 300) + `],"` + long + `","Ann","2020-02-02",` + strings.TrimSuffix(strings.Repeat(`{"body":2,"user":3,"date":4},`, 300), ",") + `]</script>`,
		"arguments": `<script>__NUXT__=(function(a){return {comments:[` + strings.Repeat(`{body:a,user:"Ann",date:"2020-02-02"},`, 300) + `]}}("` + long + `"))</script>`,
	} {
		total := 0
		f := read(t, html)
		for _, c := range f.Comments {
			for _, b := range c.Blocks {
				total += len(b.Text)
			}
		}
		if len(f.Comments) == 0 || total > 2*len(html) {
			t.Errorf("%s: %d comments with %d bytes of text out of %d", name, len(f.Comments), total, len(html))
		}
	}
}

// places are n numbers from first on.
func places(first, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.Itoa(first + i))
	}
	return b.String()
}

// TestStateRounds: references that go round come to an end.
func TestStateRounds(t *testing.T) {
	for name, html := range map[string]string{
		"nuxt":   `<script type="application/json" id="__NUXT_DATA__">[{"comments":1},[2,2,2],{"replies":1,"children":1,"id":3},7]</script>`,
		"apollo": `<script>__APOLLO_STATE__={"Comment:1":{"__typename":"Comment","id":"1","text":"a b","user":"A","createdAt":"2020-01-01","replies":[{"__ref":"Comment:1"},{"__ref":"Comment:1"}],"parent":{"__ref":"Comment:1"}}}</script>`,
	} {
		f := read(t, html)
		seen := map[string]bool{}
		for _, c := range f.Comments {
			if seen[c.ID] || c.ParentID == c.ID {
				t.Errorf("%s: %q twice, or its own parent", name, c.ID)
			}
			seen[c.ID] = true
		}
	}
}

func TestLinkedThread(t *testing.T) {
	page := `<script type="application/ld+json">{"@type":"QAPage","mainEntity":{"@type":"Question","name":"Knots","text":"Which knot holds in wet rope?","dateCreated":"2022-03-01T08:00:00Z","author":{"@type":"Person","name":"Hawser"},
"acceptedAnswer":{"@type":"Answer","@id":"#answer-5","text":"<p>The one you can untie.</p>","dateCreated":"2022-03-02T08:00:00Z","author":{"name":"Bight"},"upvoteCount":7,"comment":[{"@type":"Comment","text":"I cannot.","author":{"name":"Hawser"},"dateCreated":"2022-03-02T09:00:00Z"}]},
"suggestedAnswer":[{"@type":"Answer","text":"Use a chain.","dateCreated":"2022-03-03T08:00:00Z","author":{"name":"Link"}}]}}</script>`
	f := read(t, page)
	want := []string{
		"~0< Hawser 2022-03-01T08:00:00Z | Which knot holds in wet rope?",
		"5< Bight 2022-03-02T08:00:00Z | The one you can untie.",
		"~2<5 Hawser 2022-03-02T09:00:00Z | I cannot.",
		"~3< Link 2022-03-03T08:00:00Z | Use a chain.",
	}
	if diff := cmp.Diff(want, thread(f)); diff != "" || !f.Posts {
		t.Errorf("posts %v (-want +got):\n%s", f.Posts, diff)
	}
	f = read(t, page+`<article><p>Which knot holds in wet rope?</p></article>`)
	want = []string{want[1], "~1<5 Hawser 2022-03-02T09:00:00Z | I cannot.", "~2< Link 2022-03-03T08:00:00Z | Use a chain."}
	if diff := cmp.Diff(want, thread(f)); diff != "" || f.Posts {
		t.Errorf("with the question in the page: posts %v (-want +got):\n%s", f.Posts, diff)
	}
	f = read(t, `<script type="application/ld+json">{"@type":"FAQPage","mainEntity":[{"@type":"Question","name":"Q","acceptedAnswer":{"@type":"Answer","text":"We do."}},{"@type":"Question","name":"R","acceptedAnswer":{"@type":"Answer","text":"We do not."}}]}</script>`)
	if len(f.Comments) > 0 {
		t.Errorf("frequent questions are no thread: %q", thread(f))
	}
}

func TestTemplates(t *testing.T) {
	item := func(n, name, text string) string {
		return `<li class="comment depth-1" id="comment-` + n + `"><b class="fn">` + name + `</b><time datetime="2020-02-02">x</time><div class="comment-content">` + text + `</div></li>`
	}
	for _, c := range []struct {
		name, html string
		want       []string
	}{
		{"kept in a template", `<template><ol>` + item("7", "Bo", "Here.") + `</ol></template>`, []string{"7< Bo 2020-02-02 | Here."}},
		{"a model beside comments", `<ol>` + item("7", "Bo", "Here.") + `</ol><template>` + item("0", "Name", "Text") + `</template>`, []string{"7< Bo 2020-02-02 | Here."}},
		{"a model alone", `<template>` + item("0", "{{name}}", "{{text}}") + `</template>`, nil},
		{"noscript", `<noscript><ol>` + item("7", "Bo", "Here.") + `</ol></noscript>`, []string{"7< Bo 2020-02-02 | Here."}},
	} {
		if diff := cmp.Diff(c.want, thread(read(t, c.html))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}
