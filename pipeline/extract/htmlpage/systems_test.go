package htmlpage

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corpus/pipeline/extract"
	"corpus/pipeline/read"
)

// systemPage is an article with a discussion below it.
func systemPage(lang, title, head, article, discussion string) string {
	return `<!DOCTYPE html><html lang="` + lang + `"><head><meta charset="utf-8"><title>` + title + ` | Canal Post</title><meta property="og:title" content="` + title + `">` + head + `</head><body><nav><a href="/">Home</a></nav><main><article><h1>` + title + `</h1>` + article + `</article>` + discussion + `</main><footer>Canal Post 2020</footer></body></html>`
}

const systemArticle = `<p>The keeper of the lower lock has found a second key, which fits neither of the gates nor the door of his own house in the village.</p><p>It lay in a tin under the third beam, wrapped in a page of the regatta programme of 1931, and it was oiled by somebody last year.</p>`

// TestSystems: comments of systems that are not known by name, and of known ones
// in other forms: each page is one way of marking up the same two comments.
func TestSystems(t *testing.T) {
	for _, c := range []struct {
		name, page string
		want       []reply
	}{
		{"names of a design system", systemPage("en", "The second key", "", systemArticle, `<section class="c-discussion" id="discussion"><h2>3 responses</h2>
<div class="c-discussion__item" data-id="901"><div class="c-discussion__who"><a href="/people/ann">Ann Moor</a></div><time class="c-discussion__when" datetime="2020-03-01T10:00:00Z">1 March</time><div class="c-discussion__text"><p>I saw it too.</p></div><button>Answer</button>
 <div class="c-discussion__children"><div class="c-discussion__item" data-id="902"><div class="c-discussion__who"><a href="/people/bo">Bo</a></div><time datetime="2020-03-01T11:00:00Z">1 March</time><div class="c-discussion__text"><p>Where exactly?</p></div><button>Answer</button></div></div></div>
<div class="c-discussion__item" data-id="903"><div class="c-discussion__who"><a href="/people/cy">Cy</a></div><time datetime="2020-03-02T10:00:00Z">2 March</time><div class="c-discussion__text"><p>Keys are like that.</p></div><button>Answer</button></div></section>`), []reply{
			{"901", "", "Ann Moor", "2020-03-01T10:00:00Z", "I saw it too."},
			{"902", "901", "Bo", "2020-03-01T11:00:00Z", "Where exactly?"},
			{"903", "", "Cy", "2020-03-02T10:00:00Z", "Keys are like that."},
		}},
		{"names that a compiler made", systemPage("en", "The second key", "", systemArticle, `<section aria-label="Comments"><h3>Comments (2)</h3><ul class="css-1x2y3z"><li class="css-9abc"><div class="css-7"><span class="css-a1">Ann Moor</span><span class="css-a2"><time datetime="2020-03-01T10:00:00Z">Mar 1</time></span></div><div class="css-8"><p>I saw it too.</p></div><button class="css-b">Reply</button></li>
<li class="css-9abc"><div class="css-7"><span class="css-a1">Bo</span><span class="css-a2"><time datetime="2020-03-02T10:00:00Z">Mar 2</time></span></div><div class="css-8"><p>Where exactly? I looked for an hour.</p></div><button class="css-b">Reply</button></li></ul></section>`), []reply{
			{"~0", "", "Ann Moor", "2020-03-01T10:00:00Z", "I saw it too."},
			{"~1", "", "Bo", "2020-03-02T10:00:00Z", "Where exactly? I looked for an hour."},
		}},
		{"names for looks alone", systemPage("en", "The second key", "", systemArticle, `<section id="comments" class="mt-8"><h2 class="text-xl">2 Comments</h2><div class="flex gap-4 py-4"><img src="a.png" alt="Ann Moor" class="rounded-full"><div><div class="flex text-sm"><span class="font-bold">Ann Moor</span><span class="text-gray-500">March 1, 2020 at 10:00 am</span></div><p class="mt-2">I saw it too.</p></div></div>
<div class="flex gap-4 py-4"><img src="b.png" alt="Bo" class="rounded-full"><div><div class="flex text-sm"><span class="font-bold">Bo</span><span class="text-gray-500">March 2, 2020 at 9:30 pm</span></div><p class="mt-2">Where exactly? I looked for an hour.</p></div></div></section>`), []reply{
			{"~0", "", "Ann Moor", "2020-03-01T10:00", "I saw it too."},
			{"~1", "", "Bo", "2020-03-02T21:30", "Where exactly? I looked for an hour."},
		}},
		{"Arabic", systemPage("ar", "المفتاح الثاني", "", `<p>عثر حارس القفل السفلي على مفتاح ثان لا يناسب أيا من البوابتين ولا باب بيته في القرية.</p><p>كان في علبة تحت العارضة الثالثة ملفوفا في صفحة من برنامج سباق القوارب لعام 1931.</p>`, `<div class="comments-list"><h3>التعليقات (2)</h3><div class="comment-item"><span class="name">سعيد علي</span><span class="date">1 مارس 2020</span><div class="body">رأيته أنا أيضا.</div><a href="#">رد</a></div><div class="comment-item"><span class="name">منى</span><span class="date">2 مارس 2020</span><div class="body">أين بالضبط؟</div><a href="#">رد</a></div></div>`), []reply{
			{"~0", "", "سعيد علي", "2020-03-01", "رأيته أنا أيضا."},
			{"~1", "", "منى", "2020-03-02", "أين بالضبط؟"},
		}},
		{"Japanese, numbered", systemPage("ja", "二本目の鍵", "", `<p>下の水門の番人が二本目の鍵を見つけた。それはどの門にも、村にある自分の家の扉にも合わない。鍵は三本目の梁の下の缶の中にあった。</p><p>一九三一年のレガッタの番組表の一頁に包まれていて、去年誰かが油を差していた。番人は地図を広げた。</p>`, `<div id="comments"><h2>コメント</h2><ul class="comment-list"><li class="comment-item"><p class="comment-name">1. 林さん</p><p class="comment-date">2020年3月1日 10:00</p><div class="comment-body"><p>私も見ました。</p></div></li><li class="comment-item"><p class="comment-name">2. 名無しさん</p><p class="comment-date">2020年3月2日 21:30</p><div class="comment-body"><p>どこですか。<br>一時間も探しました。</p></div></li></ul></div>`), []reply{
			{"~0", "", "林さん", "2020-03-01T10:00", "私も見ました。"},
			{"~1", "", "名無しさん", "2020-03-02T21:30", "どこですか。\n一時間も探しました。"},
		}},
		{"Chinese, no word of English", systemPage("zh", "第二把钥匙", "", `<p>下游船闸的看守人发现了第二把钥匙，它既不合任何一道闸门，也不合他自己在村里的房门，谁也不知道它是开什么的。</p><p>钥匙放在第三根横梁下的铁盒里，用一九三一年赛船节目单的一页包着，去年还有人给它上过油，看守人这样说。</p>`, `<div class="pinglun"><h3>评论 2条</h3><div class="pl-item"><div class="pl-user"><a href="/user/12">王小明</a> <span>2020-03-01 10:00:12</span></div><div class="pl-content">我也看到了。</div><a>回复</a></div><div class="pl-item"><div class="pl-user"><a href="/user/13">李雷</a> <span>2020-03-02 21:30:00</span></div><div class="pl-content">到底在哪里？我找了一个小时。</div><a>回复</a></div></div>`), []reply{
			{"~0", "", "王小明", "2020-03-01T10:00:12", "我也看到了。"},
			{"~1", "", "李雷", "2020-03-02T21:30:00", "到底在哪里？我找了一个小时。"},
		}},
		{"Russian, depth in the class", systemPage("ru", "Второй ключ", "", `<p>Смотритель нижнего шлюза нашёл второй ключ, который не подходит ни к одним воротам, ни к двери его собственного дома в деревне.</p><p>Он лежал в жестянке под третьей балкой, завёрнутый в страницу программы регаты 1931 года, и был смазан маслом.</p>`, `<div class="b-comments"><div class="b-comment" id="c55"><div class="b-comment__head"><span class="b-comment__author">Аня</span> <span class="b-comment__date">1 марта 2020 в 10:00</span></div><div class="b-comment__text">Я тоже его видела.</div><span>Ответить</span></div><div class="b-comment b-comment_level_1" id="c56"><div class="b-comment__head"><span class="b-comment__author">Борис</span> <span class="b-comment__date">1 марта 2020 в 11:00</span></div><div class="b-comment__text">Где именно?</div><span>Ответить</span></div></div>`), []reply{
			{"55", "", "Аня", "2020-03-01T10:00", "Я тоже его видела."},
			{"56", "55", "Борис", "2020-03-01T11:00", "Где именно?"},
		}},
		{"a shadow tree in a template", systemPage("en", "The second key", "", systemArticle, `<x-comments><template shadowrootmode="open"><div class="comments"><div class="comment" id="comment-5"><span class="author">Ann Moor</span><time datetime="2020-03-01T10:00:00Z">x</time><div class="comment-body"><p>I saw it too.</p></div></div><div class="comment" id="comment-6"><span class="author">Bo</span><time datetime="2020-03-02T10:00:00Z">x</time><div class="comment-body"><p>Where exactly?</p></div></div></div></template></x-comments>`), []reply{
			{"5", "", "Ann Moor", "2020-03-01T10:00:00Z", "I saw it too."},
			{"6", "", "Bo", "2020-03-02T10:00:00Z", "Where exactly?"},
		}},
		{"JSON-LD: a discussion", systemPage("en", "The second key", `<script type="application/ld+json">{"@context": "https://schema.org", "@type": "DiscussionForumPosting", "headline": "The second key", "text": "What does it open?", "author": {"@type": "Person", "name": "Una"}, "datePublished": "2020-02-29T10:00:00Z", "comment": [{"@type": "Comment", "text": "I saw it too.", "author": {"@type": "Person", "name": "Ann Moor"}, "datePublished": "2020-03-01T10:00:00Z", "comment": [{"@type": "Comment", "text": "Where exactly?", "author": {"name": "Bo"}, "datePublished": "2020-03-01T11:00:00Z"}]}]}</script>`, ``, `<div id="app"></div>`), []reply{
			{"~0", "", "Ann Moor", "2020-03-01T10:00:00Z", "I saw it too."},
			{"~1", "~0", "Bo", "2020-03-01T11:00:00Z", "Where exactly?"},
		}},
		{"JSON-LD: comments in the graph", systemPage("en", "The second key", `<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "NewsArticle", "@id": "#a", "headline": "The second key", "commentCount": 2}, {"@type": "Comment", "@id": "#c1", "about": {"@id": "#a"}, "text": "I saw it too.", "author": {"@type": "Person", "name": "Ann Moor"}, "dateCreated": "2020-03-01T10:00:00Z"}, {"@type": "Comment", "@id": "#c2", "parentItem": {"@id": "#c1"}, "text": "Where exactly?", "creator": {"name": "Bo"}, "dateCreated": "2020-03-01T11:00:00Z"}]}</script>`, systemArticle, `<div id="comments-root"></div>`), []reply{
			{"1", "", "Ann Moor", "2020-03-01T10:00:00Z", "I saw it too."},
			{"2", "1", "Bo", "2020-03-01T11:00:00Z", "Where exactly?"},
		}},
		{"microdata: UserComments", systemPage("en", "The second key", "", systemArticle, `<div itemprop="comment" itemscope itemtype="http://schema.org/UserComments"><meta itemprop="commentTime" content="2020-03-01T10:00:00Z"><span itemprop="creator" itemscope itemtype="http://schema.org/Person"><span itemprop="name">Ann Moor</span></span><p itemprop="commentText">I saw it too.</p></div><div itemprop="comment" itemscope itemtype="http://schema.org/UserComments"><meta itemprop="commentTime" content="2020-03-02T10:00:00Z"><span itemprop="creator" itemscope itemtype="http://schema.org/Person"><span itemprop="name">Bo</span></span><p itemprop="commentText">Where exactly?</p></div>`), []reply{
			{"~0", "", "Ann Moor", "2020-03-01T10:00:00Z", "I saw it too."},
			{"~1", "", "Bo", "2020-03-02T10:00:00Z", "Where exactly?"},
		}},
		{"RDFa with a vocabulary", systemPage("en", "The second key", "", systemArticle, `<div vocab="https://schema.org/"><div property="comment" typeof="Comment" resource="#c1"><span property="author" typeof="Person"><span property="name">Ann Moor</span></span> <span property="dateCreated" content="2020-03-01T10:00:00Z">1 March</span><div property="text">I saw it too.</div></div><div property="comment" typeof="Comment" resource="#c2"><span property="author">Bo</span> <span property="dateCreated" content="2020-03-02T10:00:00Z">2 March</span><div property="text">Where exactly?</div></div></div>`), []reply{
			{"~0", "", "Ann Moor", "2020-03-01T10:00:00Z", "I saw it too."},
			{"~1", "", "Bo", "2020-03-02T10:00:00Z", "Where exactly?"},
		}},
		{"microformats: cite", systemPage("en", "The second key", "", systemArticle, `<div class="responses"><h3>Responses</h3><div class="u-comment h-cite"><a class="p-author h-card" href="https://ann.example/">Ann Moor</a> <a class="u-url" href="https://ann.example/1"><time class="dt-published" datetime="2020-03-01T10:00:00Z">1 Mar</time></a><div class="e-content p-name">I saw it too.</div></div><div class="p-comment h-cite"><a class="p-author h-card" href="https://bo.example/">Bo</a> <time class="dt-published" datetime="2020-03-02T10:00:00Z">2 Mar</time><p class="p-content">Where exactly?</p></div><ul><li class="u-like h-cite"><a class="p-author h-card" href="https://cy.example/">Cy</a> liked this <time class="dt-published" datetime="2020-03-03T10:00:00Z">3 Mar</time></li></ul></div>`), []reply{
			{"~0", "", "Ann Moor", "2020-03-01T10:00:00Z", "I saw it too."},
			{"~1", "", "Bo", "2020-03-02T10:00:00Z", "Where exactly?"},
		}},
		{"microformats: nested entries", systemPage("en", "The second key", "", systemArticle, `<ol class="comments"><li class="h-entry p-comment" id="r1"><span class="h-card p-author"><img class="u-photo" src="x"><span class="p-name">Ann Moor</span></span><time class="dt-published" datetime="2020-03-01T10:00:00Z">1 Mar</time><div class="e-content">I saw it too.</div><ol><li class="h-entry p-comment" id="r2"><span class="h-card p-author"><span class="p-name">Bo</span></span><time class="dt-published" datetime="2020-03-02T10:00:00Z">2 Mar</time><div class="e-content">Where exactly?</div></li></ol></li></ol>`), []reply{
			{"1", "", "Ann Moor", "2020-03-01T10:00:00Z", "I saw it too."},
			{"2", "1", "Bo", "2020-03-02T10:00:00Z", "Where exactly?"},
		}},
		{"Next", systemPage("en", "The second key", "", systemArticle, `<script id="__NEXT_DATA__" type="application/json">{"props": {"pageProps": {"article": {"title": "x", "comments": [{"id": 71, "body": "I saw it too.", "author": {"name": "Ann Moor"}, "createdAt": "2020-03-01T10:00:00Z", "parentId": null}, {"id": 72, "body": "Where exactly?", "author": {"name": "Bo"}, "createdAt": "2020-03-01T11:00:00Z", "parentId": 71}]}}}}</script>`), []reply{
			{"71", "", "Ann Moor", "2020-03-01T10:00:00Z", "I saw it too."},
			{"72", "71", "Bo", "2020-03-01T11:00:00Z", "Where exactly?"},
		}},
		{"Nuxt as JSON", systemPage("en", "The second key", "", systemArticle, `<script>window.__NUXT__={"data": [{"comments": [{"id": 71, "body": "I saw it too.", "author": {"name": "Ann Moor"}, "createdAt": "2020-03-01T10:00:00Z", "parentId": null}, {"id": 72, "body": "Where exactly?", "author": {"name": "Bo"}, "createdAt": "2020-03-01T11:00:00Z", "parentId": 71}]}], "state": {}};</script>`), []reply{
			{"71", "", "Ann Moor", "2020-03-01T10:00:00Z", "I saw it too."},
			{"72", "71", "Bo", "2020-03-01T11:00:00Z", "Where exactly?"},
		}},
		{"Nuxt as a function", systemPage("en", "The second key", "", systemArticle, `<script>window.__NUXT__=(function(a,b,c,d){return {layout:"default",data:[{article:{id:5,title:"The second key",comments:[{id:71,body:"I saw it too.",author:{name:"Ann Moor",avatar:a},createdAt:"2020-03-01T10:00:00Z",parentId:a,spam:b},{id:72,body:"Where exactly\u003F",author:{name:c,avatar:a},createdAt:d,parentId:71,spam:b}]}}],fetch:{},error:a,serverRendered:!0,routePath:"\u002Fx"}}(null,!1,"Bo","2020-03-01T11:00:00Z"));</script>`), []reply{
			{"71", "", "Ann Moor", "2020-03-01T10:00:00Z", "I saw it too."},
			{"72", "71", "Bo", "2020-03-01T11:00:00Z", "Where exactly?"},
		}},
		{"members set in a function", systemPage("en", "The second key", "", systemArticle, `<script>window.__NUXT__=(function(a,b){b.id=72;b.body="Where exactly?";b.author={name:"Bo"};b.createdAt="2020-03-01T11:00:00Z";b.parentId=71;return {data:[{comments:[{id:71,body:"I saw it too.",author:{name:"Ann Moor"},createdAt:"2020-03-01T10:00:00Z",parentId:a},b]}]}}(null,{}))</script>`), []reply{
			{"71", "", "Ann Moor", "2020-03-01T10:00:00Z", "I saw it too."},
			{"72", "71", "Bo", "2020-03-01T11:00:00Z", "Where exactly?"},
		}},
		{"Apollo", systemPage("en", "The second key", "", systemArticle, `<script>window.__APOLLO_STATE__={"ROOT_QUERY": {"article": {"__ref": "Article:5"}}, "Article:5": {"__typename": "Article", "title": "k", "comments": [{"__ref": "Comment:71"}, {"__ref": "Comment:72"}]}, "Comment:71": {"__typename": "Comment", "id": "71", "body": "I saw it too.", "author": {"__ref": "User:1"}, "createdAt": "2020-03-01T10:00:00Z"}, "Comment:72": {"__typename": "Comment", "id": "72", "body": "Where exactly?", "author": {"__ref": "User:2"}, "createdAt": "2020-03-01T11:00:00Z", "parent": {"__ref": "Comment:71"}}, "User:1": {"__typename": "User", "name": "Ann Moor"}, "User:2": {"__typename": "User", "name": "Bo"}}</script>`), []reply{
			{"71", "", "Ann Moor", "2020-03-01T10:00:00Z", "I saw it too."},
			{"72", "71", "Bo", "2020-03-01T11:00:00Z", "Where exactly?"},
		}},
		{"JSON in a text", systemPage("en", "The second key", "", systemArticle, `<script>window.__PRELOADED_STATE__ = JSON.parse("{\"comments\": [{\"id\": 71, \"body\": \"I saw it too.\", \"author\": {\"name\": \"Ann Moor\"}, \"createdAt\": \"2020-03-01T10:00:00Z\", \"parentId\": null}, {\"id\": 72, \"body\": \"Where exactly?\", \"author\": {\"name\": \"Bo\"}, \"createdAt\": \"2020-03-01T11:00:00Z\", \"parentId\": 71}]}");</script>`), []reply{
			{"71", "", "Ann Moor", "2020-03-01T10:00:00Z", "I saw it too."},
			{"72", "71", "Bo", "2020-03-01T11:00:00Z", "Where exactly?"},
		}},
		{"a variable", systemPage("en", "The second key", "", systemArticle, `<script>var pageComments = [{"id": 71, "body": "I saw it too.", "author": {"name": "Ann Moor"}, "createdAt": "2020-03-01T10:00:00Z", "parentId": null}, {"id": 72, "body": "Where exactly?", "author": {"name": "Bo"}, "createdAt": "2020-03-01T11:00:00Z", "parentId": 71}];</script>`), []reply{
			{"71", "", "Ann Moor", "2020-03-01T10:00:00Z", "I saw it too."},
			{"72", "71", "Bo", "2020-03-01T11:00:00Z", "Where exactly?"},
		}},
		{"a table by id", systemPage("en", "The second key", "", systemArticle, `<script>window.__INITIAL_STATE__={"comments": {"byId": {"71": {"id": 71, "body": "I saw it too.", "author": {"name": "Ann Moor"}, "createdAt": "2020-03-01T10:00:00Z", "parentId": null}, "72": {"id": 72, "body": "Where exactly?", "author": {"name": "Bo"}, "createdAt": "2020-03-01T11:00:00Z", "parentId": 71}}, "allIds": [71, 72]}}</script>`), []reply{
			{"71", "", "Ann Moor", "2020-03-01T10:00:00Z", "I saw it too."},
			{"72", "71", "Bo", "2020-03-01T11:00:00Z", "Where exactly?"},
		}},
		{"Svelte", systemPage("en", "The second key", "", systemArticle, `<script type="application/json" data-sveltekit-fetched data-url="/api/comments?post=5">{"status": 200, "statusText": "OK", "headers": {}, "body": "{\"comments\": [{\"id\": 71, \"body\": \"I saw it too.\", \"author\": {\"name\": \"Ann Moor\"}, \"createdAt\": \"2020-03-01T10:00:00Z\", \"parentId\": null}, {\"id\": 72, \"body\": \"Where exactly?\", \"author\": {\"name\": \"Bo\"}, \"createdAt\": \"2020-03-01T11:00:00Z\", \"parentId\": 71}]}"}</script>`), []reply{
			{"71", "", "Ann Moor", "2020-03-01T10:00:00Z", "I saw it too."},
			{"72", "71", "Bo", "2020-03-01T11:00:00Z", "Where exactly?"},
		}},
		{"Remix", systemPage("en", "The second key", "", systemArticle, `<script>window.__remixContext = {"state": {"loaderData": {"routes/x": {"comments": [{"id": 71, "body": "I saw it too.", "author": {"name": "Ann Moor"}, "createdAt": "2020-03-01T10:00:00Z", "parentId": null}, {"id": 72, "body": "Where exactly?", "author": {"name": "Bo"}, "createdAt": "2020-03-01T11:00:00Z", "parentId": 71}]}}}};</script>`), []reply{
			{"71", "", "Ann Moor", "2020-03-01T10:00:00Z", "I saw it too."},
			{"72", "71", "Bo", "2020-03-01T11:00:00Z", "Where exactly?"},
		}},
		{"rows of Next", systemPage("en", "The second key", "", systemArticle, `<script>self.__next_f.push([1,"5:[\"$\",\"div\",null,{\"comments\":[{\"id\": 71, \"body\": \"I saw it too.\", \"author\": {\"name\": \"Ann Moor\"}, \"createdAt\": \"2020-03-01T10:00:00Z\", \"parentId\": null}, {\"id\": 72, \"body\": \"Where exactly?\", \"author\": {\"name\": \"Bo\"}, \"createdAt\": \"2020-03-01T11:00:00Z\", \"parentId\": 71}]}]\n"])</script>`), []reply{
			{"71", "", "Ann Moor", "2020-03-01T10:00:00Z", "I saw it too."},
			{"72", "71", "Bo", "2020-03-01T11:00:00Z", "Where exactly?"},
		}},
		{"Livefyre", systemPage("en", "The second key", "", systemArticle, `<div class="fyre"><div class="fyre-comment-stream"><article class="fyre-comment-article fyre-comment-source-0" id="fyre-1" data-message-id="901"><div class="fyre-comment-wrapper"><header class="fyre-comment-head"><a class="fyre-comment-username">Ann Moor</a><time class="fyre-comment-date" datetime="2020-03-01T10:00:00Z">1 March 2020</time></header><section class="fyre-comment-body"><div class="fyre-comment"><p>I saw it too.</p></div></section><footer class="fyre-comment-footer"><a class="fyre-comment-reply">Reply</a></footer></div><section class="fyre-comment-reply-list"><article class="fyre-comment-article" data-message-id="902"><div class="fyre-comment-wrapper"><header class="fyre-comment-head"><a class="fyre-comment-username">Bo</a><time class="fyre-comment-date" datetime="2020-03-01T11:00:00Z">1 March 2020</time></header><section class="fyre-comment-body"><div class="fyre-comment"><p>Where exactly?</p></div></section></div></article></section></article></div></div>`), []reply{
			{"901", "", "Ann Moor", "2020-03-01T10:00:00Z", "I saw it too."},
			{"902", "901", "Bo", "2020-03-01T11:00:00Z", "Where exactly?"},
		}},
		{"Coral", systemPage("en", "The second key", "", systemArticle, `<div id="coral_thread"><div class="coral coral-stream" id="comments-allComments-log"><div class="coral coral-comment coral-indent coral-indent-0" data-comment-id="a1"><div class="coral-comment-header"><span class="coral coral-username coral-comment-username"><span>Ann Moor</span></span><time class="coral coral-timestamp coral-comment-timestamp" datetime="2020-03-01T10:00:00.000Z">1 March 2020</time></div><div class="coral coral-content coral-comment-content"><div>I saw it too.</div></div><button class="coral-reactButton">Respect 3</button></div><div class="coral coral-comment coral-indent coral-indent-1" data-comment-id="a2"><div class="coral-comment-header"><span class="coral coral-username coral-comment-username"><span>Bo</span></span><time class="coral coral-timestamp" datetime="2020-03-01T11:00:00.000Z">1 March 2020</time></div><div class="coral coral-content coral-comment-content"><div>Where exactly?</div></div></div></div></div>`), []reply{
			{"1", "", "Ann Moor", "2020-03-01T10:00:00Z", "I saw it too."},
			{"2", "1", "Bo", "2020-03-01T11:00:00Z", "Where exactly?"},
		}},
		{"Commento", systemPage("en", "The second key", "", systemArticle, `<div id="commento" class="commento-root"><div id="commento-comments-area"><div id="commento-comment-card-ab12" class="commento-card"><div class="commento-header"><div class="commento-avatar">A</div><div class="commento-name" id="commento-comment-name-ab12">Ann Moor</div><div class="commento-subtitle"><div class="commento-score">3 points</div><div class="commento-timeago" title="Sun Mar 01 2020 10:00:00 GMT+0000">2 years ago</div></div></div><div class="commento-contents"><div class="commento-body" id="commento-comment-text-ab12"><p>I saw it too.</p></div><div id="commento-comment-children-ab12"><div id="commento-comment-card-cd34" class="commento-card"><div class="commento-header"><div class="commento-name">Bo</div><div class="commento-subtitle"><div class="commento-score">1 point</div><div class="commento-timeago" title="Sun Mar 01 2020 11:00:00 GMT+0000">2 years ago</div></div></div><div class="commento-contents"><div class="commento-body"><p>Where exactly?</p></div></div></div></div></div></div></div></div>`), []reply{
			{"12", "", "Ann Moor", "2020-03-01T10:00:00Z", "I saw it too."},
			{"34", "12", "Bo", "2020-03-01T11:00:00Z", "Where exactly?"},
		}},
		{"Isso", systemPage("en", "The second key", "", systemArticle, `<section id="isso-thread"><h4 class="isso-thread-heading">2 Comments</h4><div id="isso-root"><div class="isso-comment" id="isso-71"><div class="isso-avatar"></div><div class="isso-text-wrapper"><div class="isso-comment-header" role="meta"><span class="isso-author">Ann Moor</span><span class="isso-spacer">•</span><a class="isso-permalink" href="#isso-71"><time title="2020-3-1, 10:00:00" datetime="2020-03-01T10:00:00Z">2 years ago</time></a></div><div class="isso-text"><p>I saw it too.</p></div><div class="isso-comment-footer"><span class="isso-votes">2</span><a class="isso-upvote" href="#">up</a><a class="isso-reply" href="#">Reply</a></div></div><div class="isso-follow-up"><div class="isso-comment" id="isso-72"><div class="isso-text-wrapper"><div class="isso-comment-header"><span class="isso-author">Bo</span><a class="isso-permalink" href="#isso-72"><time datetime="2020-03-01T11:00:00Z">2 years ago</time></a></div><div class="isso-text"><p>Where exactly?</p></div></div></div></div></div></div></section>`), []reply{
			{"71", "", "Ann Moor", "2020-03-01T10:00:00Z", "I saw it too."},
			{"72", "71", "Bo", "2020-03-01T11:00:00Z", "Where exactly?"},
		}},
		{"Giscus", systemPage("en", "The second key", "", systemArticle, `<div class="gsc-comments"><h4 class="gsc-comments-count">1 comment · 1 reply</h4><div class="gsc-timeline"><div class="gsc-comment"><div class="color-bg-primary"><div class="gsc-comment-header"><div class="gsc-comment-author"><a class="gsc-comment-author-avatar" href="https://github.com/ann"><img src="x"><span class="link-primary">Ann Moor</span></a><a class="link-secondary" href="https://github.com/x#discussioncomment-71"><time datetime="2020-03-01T10:00:00Z" title="Mar 1, 2020">Mar 1, 2020</time></a></div></div><div class="gsc-comment-content markdown"><p dir="auto">I saw it too.</p></div><div class="gsc-comment-footer">1</div></div><div class="gsc-replies"><div class="gsc-reply"><div class="gsc-reply-author"><a class="gsc-reply-author-avatar" href="https://github.com/bo"><span class="link-primary">Bo</span></a><a href="https://github.com/x#discussioncomment-72"><time datetime="2020-03-01T11:00:00Z">Mar 1, 2020</time></a></div><div class="gsc-reply-content markdown"><p>Where exactly?</p></div></div></div></div></div></div>`), []reply{
			{"~0", "", "Ann Moor", "2020-03-01T10:00:00Z", "I saw it too."},
			{"~1", "~0", "Bo", "2020-03-01T11:00:00Z", "Where exactly?"},
		}},
		{"Utterances", systemPage("en", "The second key", "", systemArticle, `<div class="timeline"><h1 class="timeline-header"><a class="text-link" href="https://github.com/x/issues/1">2 Comments</a></h1><article class="timeline-comment"><a class="avatar" href="https://github.com/ann"><img alt="@ann"></a><div class="comment"><header class="comment-header"><span class="comment-meta"><a class="text-link" href="https://github.com/ann"><strong>Ann Moor</strong></a> commented <a class="text-link" href="https://github.com/x/issues/1#issuecomment-71"><time datetime="2020-03-01T10:00:00Z">2 years ago</time></a></span></header><div class="markdown-body"><p>I saw it too.</p></div></div></article><article class="timeline-comment"><a class="avatar" href="https://github.com/bo"></a><div class="comment"><header class="comment-header"><span class="comment-meta"><a class="text-link" href="https://github.com/bo"><strong>Bo</strong></a> commented <a href="https://github.com/x/issues/1#issuecomment-72"><time datetime="2020-03-01T11:00:00Z">2 years ago</time></a></span></header><div class="markdown-body"><p>Where exactly?</p></div></div></article></div>`), []reply{
			{"~0", "", "Ann Moor", "2020-03-01T10:00:00Z", "I saw it too."},
			{"~1", "", "Bo", "2020-03-01T11:00:00Z", "Where exactly?"},
		}},
		{"Facebook plugin", systemPage("en", "The second key", "", systemArticle, `<div class="fb-comments _56q9"><div class="_5o4h"><span>2 Comments</span></div><div class="_4k-6"><div class="_3-8y _5nz1 clearfix" direction="left"><div class="_3-8m"><div class="_30o4"><span class="UFICommentActorName"><a class="UFICommentActorName" href="https://www.facebook.com/ann">Ann Moor</a></span><div class="_3-8m"><span class="_5mdd"><span>I saw it too.</span></span></div><div class="_2vq9 fsm fwn fcg"><a href="#">Like</a> · <a href="#">Reply</a> · <a href="#"><abbr class="UFISutroCommentTimestamp livetimestamp" data-utime="1583056800" title="Sunday, March 1, 2020 at 10:00 AM">2y</abbr></a></div></div></div></div><div class="_3-8y _5nz1 clearfix" direction="left"><div class="_3-8m"><div class="_30o4"><span><a class="UFICommentActorName" href="https://www.facebook.com/bo">Bo</a></span><div class="_3-8m"><span class="_5mdd"><span>Where exactly?</span></span></div><div class="_2vq9 fsm fwn fcg"><a href="#">Like</a> · <a href="#">Reply</a> · <a href="#"><abbr class="UFISutroCommentTimestamp livetimestamp" data-utime="1583060400" title="Sunday, March 1, 2020 at 11:00 AM">2y</abbr></a></div></div></div></div></div></div>`), []reply{
			{"~0", "", "Ann Moor", "2020-03-01T10:00", "I saw it too."},
			{"~1", "", "Bo", "2020-03-01T11:00", "Where exactly?"},
		}},
		{"Lemmy", systemPage("en", "The second key", "", systemArticle, `<div class="comments-area"><ul class="comments list-unstyled"><li class="comment" role="comment"><article id="comment-71" class="details comment-node py-2"><div class="ms-2"><div class="d-flex"><a class="person-listing d-inline-flex align-items-baseline text-info" title="ann" href="/u/ann">Ann Moor</a><a class="btn" href="/comment/71" title="link">link</a><span class="unselectable pointer ms-1 small" aria-label="3 points">3</span><span class="moment-time pointer unselectable" data-tippy-content="Sunday, March 1st, 2020 at 10:00:00 AM GMT+00:00">2 years ago</span></div><div class="comment-content"><div class="md-div"><p>I saw it too.</p></div></div></div></article><ul class="comments list-unstyled"><li class="comment" role="comment"><article id="comment-72" class="details comment-node py-2"><div class="ms-2"><div class="d-flex"><a class="person-listing" href="/u/bo">Bo</a><span class="moment-time" data-tippy-content="Sunday, March 1st, 2020 at 11:00:00 AM GMT+00:00">2 years ago</span></div><div class="comment-content"><div class="md-div"><p>Where exactly?</p></div></div></div></article></li></ul></li></ul></div>`), []reply{
			{"71", "", "Ann Moor", "2020-03-01T10:00:00Z", "I saw it too."},
			{"72", "71", "Bo", "2020-03-01T11:00:00Z", "Where exactly?"},
		}},
		{"Mastodon", systemPage("en", "The second key", "", ``, `<div class="activity-stream activity-stream--light h-entry"><div class="entry entry-center"><div class="detailed-status detailed-status--flex"><div class="p-author h-card"><a class="detailed-status__display-name u-url" href="https://m.example/@una"><span class="display-name"><bdi><strong class="display-name__html p-name emojify">Una</strong></bdi> <span class="display-name__account">@una@m.example</span></span></a></div><div class="status__content emojify"><div class="e-content"><p>The keeper of the lower lock has found a second key, which fits neither of the gates nor the door of his own house.</p></div></div><div class="detailed-status__meta"><data class="dt-published" value="2020-02-29T10:00:00Z"></data><a class="detailed-status__datetime u-url u-uid" href="https://m.example/@una/70"><time class="formatted" datetime="2020-02-29T10:00:00Z">Feb 29</time></a></div></div></div><div class="entry h-cite u-comment"><div class="status" data-id="71"><div class="status__info"><a class="status__relative-time u-url u-uid" href="https://m.example/@ann/71"><time class="time-ago" datetime="2020-03-01T10:00:00Z">Mar 1</time></a><data class="dt-published" value="2020-03-01T10:00:00Z"></data><div class="p-author h-card"><a class="status__display-name u-url" href="https://m.example/@ann"><span class="display-name"><bdi><strong class="display-name__html p-name emojify">Ann Moor</strong></bdi> <span class="display-name__account">@ann</span></span></a></div></div><div class="status__content emojify"><div class="e-content"><p>I saw it too.</p></div></div></div></div><div class="entry h-cite u-comment"><div class="status" data-id="72"><div class="status__info"><a class="u-url u-uid" href="https://m.example/@bo/72"><time datetime="2020-03-01T11:00:00Z">Mar 1</time></a><div class="p-author h-card"><a class="u-url" href="https://m.example/@bo"><strong class="p-name">Bo</strong></a></div></div><div class="status__content"><div class="e-content"><p>Where exactly?</p></div></div></div></div></div>`), []reply{
			{"~0", "", "Ann Moor", "2020-03-01T10:00:00Z", "I saw it too."},
			{"~1", "", "Bo", "2020-03-01T11:00:00Z", "Where exactly?"},
		}},
		{"Medium", systemPage("en", "The second key", "", systemArticle, `<div class="responses"><h2>Responses (2)</h2><div class="ab ca"><div><div class="l"><a href="/@ann?source=responses"><p class="be b">Ann Moor</p></a><p class="be"><span>Mar 1, 2020</span></p></div><pre class="nf"><div class="bm">I saw it too.</div></pre><div><button>Reply</button></div></div></div><div class="ab ca"><div><div class="l"><a href="/@bo?source=responses"><p class="be b">Bo</p></a><p class="be"><span>Mar 2, 2020</span></p></div><pre class="nf"><div class="bm">Where exactly?</div></pre><div><button>Reply</button></div></div></div></div>`), []reply{
			{"~0", "", "Ann Moor", "2020-03-01", "I saw it too."},
			{"~1", "", "Bo", "2020-03-02", "Where exactly?"},
		}},
		{"Substack", systemPage("en", "The second key", "", systemArticle, `<div class="comments-page"><div class="comment-list"><div class="comment-list-items"><div class="comment"><div id="comment-71" class="comment-anchor"></div><table class="comment-content"><tbody><tr><td class="profile-img-wrap"></td><td><div class="comment-meta"><span class="commenter-name"><a href="https://substack.example/profile/1-ann">Ann Moor</a></span><a class="comment-timestamp" href="https://x.example/p/k/comment/71" title="Mar 1, 2020, 10:00 AM">Mar 1, 2020</a></div><div class="comment-body"><p>I saw it too.</p></div><div class="comment-actions"><a>Like (2)</a><a>Reply</a></div></td></tr></tbody></table><div class="comment-list"><div class="comment-list-items"><div class="comment"><div id="comment-72" class="comment-anchor"></div><table class="comment-content"><tbody><tr><td></td><td><div class="comment-meta"><span class="commenter-name"><a href="https://substack.example/profile/2-bo">Bo</a></span><a class="comment-timestamp" href="https://x.example/p/k/comment/72" title="Mar 1, 2020, 11:00 AM">Mar 1, 2020</a></div><div class="comment-body"><p>Where exactly?</p></div></td></tr></tbody></table></div></div></div></div></div></div></div>`), []reply{
			{"71", "", "Ann Moor", "2020-03-01T10:00", "I saw it too."},
			{"72", "71", "Bo", "2020-03-01T11:00", "Where exactly?"},
		}},
		{"issues of a tracker", systemPage("en", "The second key", "", ``, `<div class="js-discussion"><div class="TimelineItem js-comment-container"><div class="timeline-comment-group js-minimizable-comment-group" id="issue-70"><div class="timeline-comment"><div class="timeline-comment-header"><h3><strong><a class="author" href="/una">una</a></strong> commented <a href="#issue-70" class="js-timestamp"><relative-time datetime="2020-02-29T10:00:00Z">Feb 29, 2020</relative-time></a></h3></div><div class="comment-body markdown-body js-comment-body"><p>The keeper of the lower lock has found a second key, which fits neither of the gates nor the door of his own house.</p></div></div></div></div><div class="TimelineItem js-comment-container"><div class="timeline-comment-group" id="issuecomment-71"><div class="timeline-comment"><div class="timeline-comment-header"><h3><strong><a class="author" href="/ann">Ann Moor</a></strong> commented <a href="#issuecomment-71"><relative-time datetime="2020-03-01T10:00:00Z">Mar 1, 2020</relative-time></a></h3></div><div class="comment-body markdown-body"><p>I saw it too.</p></div></div></div></div><div class="TimelineItem js-comment-container"><div class="timeline-comment-group" id="issuecomment-72"><div class="timeline-comment"><div class="timeline-comment-header"><h3><strong><a class="author" href="/bo">Bo</a></strong> commented <a href="#issuecomment-72"><relative-time datetime="2020-03-01T11:00:00Z">Mar 1, 2020</relative-time></a></h3></div><div class="comment-body markdown-body"><p>Where exactly?</p></div></div></div></div></div>`), []reply{
			{"71", "", "Ann Moor", "2020-03-01T10:00:00Z", "I saw it too."},
			{"72", "", "Bo", "2020-03-01T11:00:00Z", "Where exactly?"},
		}},
		{"list of terms", systemPage("en", "The second key", "", systemArticle, `<h2>Comments</h2><dl class="comments"><dt id="c71"><strong>Ann Moor</strong> on 1 March 2020, 10:00</dt><dd><p>I saw it too.</p></dd><dt id="c72"><strong>Bo</strong> on 2 March 2020, 21:30</dt><dd><p>Where exactly?</p></dd></dl>`), []reply{
			{"71", "", "Ann Moor", "2020-03-01T10:00", "I saw it too."},
			{"72", "", "Bo", "2020-03-02T21:30", "Where exactly?"},
		}},
		{"letters of readers", systemPage("de", "The second key", "", systemArticle, `<h2>Leserbriefe</h2><div class="leserbriefe"><div class="leserbrief"><b>Anna Moor, Köln</b> <i>01.03.2020, 10:00 Uhr</i><p>Ich habe ihn auch gesehen.</p></div><div class="leserbrief"><b>Bo</b> <i>02.03.2020, 21:30 Uhr</i><p>Wo genau?</p></div></div>`), []reply{
			{"~0", "", "Anna Moor, Köln", "2020-03-01T10:00", "Ich habe ihn auch gesehen."},
			{"~1", "", "Bo", "2020-03-02T21:30", "Wo genau?"},
		}},
		{"header and text named alike", systemPage("de", "The second key", "", systemArticle, `<div class="tx-comments"><div class="tx-comments-comment"><div class="tx-comments-comment-head"><span class="tx-comments-name">Ann Moor</span> schrieb am 01.03.2020 um 10:00:</div><div class="tx-comments-comment-text">Ich habe ihn auch gesehen.</div></div><div class="tx-comments-comment"><div class="tx-comments-comment-head"><span class="tx-comments-name">Bo</span> schrieb am 02.03.2020 um 21:30:</div><div class="tx-comments-comment-text">Wo genau?</div></div></div>`), []reply{
			{"~0", "", "Ann Moor", "2020-03-01T10:00", "Ich habe ihn auch gesehen."},
			{"~1", "", "Bo", "2020-03-02T21:30", "Wo genau?"},
		}},
		{"one id for all", systemPage("en", "The second key", "", systemArticle, `<div id="comments"><div class="comment" id="comment"><b class="author">Ann Moor</b> <span class="date">2020-03-01 10:00</span><p>I saw it too.</p></div><div class="comment" id="comment"><b class="author">Bo</b> <span class="date">2020-03-02 21:30</span><p>Where exactly?</p></div></div>`), []reply{
			{"~0", "", "Ann Moor", "2020-03-01T10:00", "I saw it too."},
			{"~1", "", "Bo", "2020-03-02T21:30", "Where exactly?"},
		}},
		{"times in attributes", systemPage("en", "The second key", "", systemArticle, `<ul class="replies-list"><li class="reply-row" data-reply-id="71" data-created="1583056800"><span class="nick">Ann Moor</span><span class="ago" data-time="1583056800">2 years ago</span><div class="reply-text">I saw it too.</div></li><li class="reply-row" data-reply-id="72" data-parent-id="71" data-created="1583060400"><span class="nick">Bo</span><span class="ago" data-time="1583060400">2 years ago</span><div class="reply-text">Where exactly?</div></li></ul>`), []reply{
			{"71", "", "Ann Moor", "2020-03-01T10:00:00Z", "I saw it too."},
			{"72", "71", "Bo", "2020-03-01T11:00:00Z", "Where exactly?"},
		}},
		{"in reply to", systemPage("en", "The second key", "", systemArticle, `<ol class="commentlist-x"><li class="reader-comment" id="rc71"><p class="by"><b>Ann Moor</b> | 1 Mar 2020 10:00</p><p>I saw it too.</p></li><li class="reader-comment" id="rc72"><p class="by"><b>Bo</b> | 1 Mar 2020 11:00 | <a href="#rc71">in reply to Ann Moor</a></p><p>Where exactly?</p></li></ol>`), []reply{
			{"71", "", "Ann Moor", "2020-03-01T10:00", "I saw it too."},
			{"72", "71", "Bo", "2020-03-01T11:00", "Where exactly?"},
		}},
		{"parents in attributes", systemPage("en", "The second key", "", systemArticle, `<div class="thread"><div class="cmt" data-id="71" data-parent=""><h4>Ann Moor</h4><time datetime="2020-03-01T10:00:00Z">1 Mar</time><div class="cmt-text"><p>I saw it too.</p></div></div><div class="cmt" data-id="72" data-parent="71"><h4>Bo</h4><time datetime="2020-03-01T11:00:00Z">1 Mar</time><div class="cmt-text"><p>Where exactly?</p></div></div></div>`), []reply{
			{"71", "", "Ann Moor", "2020-03-01T10:00:00Z", "I saw it too."},
			{"72", "71", "Bo", "2020-03-01T11:00:00Z", "Where exactly?"},
		}},
		{"indents", systemPage("en", "The second key", "", systemArticle, `<div class="comments"><div class="comment" style="margin-left:0px" id="c71"><span class="user">Ann Moor</span> <span class="time">2020-03-01 10:00</span><div class="comment-text">I saw it too.</div></div><div class="comment" style="margin-left:30px" id="c72"><span class="user">Bo</span> <span class="time">2020-03-01 11:00</span><div class="comment-text">Where exactly?</div></div><div class="comment" style="margin-left:0px" id="c73"><span class="user">Cy</span> <span class="time">2020-03-01 12:00</span><div class="comment-text">Keys are like that.</div></div></div>`), []reply{
			{"71", "", "Ann Moor", "2020-03-01T10:00", "I saw it too."},
			{"72", "71", "Bo", "2020-03-01T11:00", "Where exactly?"},
			{"73", "", "Cy", "2020-03-01T12:00", "Keys are like that."},
		}},
		{"levels in attributes", systemPage("en", "The second key", "", systemArticle, `<div class="comments"><div class="comment" data-level="0" id="c71"><span class="user">Ann Moor</span> <span class="time">2020-03-01 10:00</span><div class="comment-text">I saw it too.</div></div><div class="comment" data-level="1" id="c72"><span class="user">Bo</span> <span class="time">2020-03-01 11:00</span><div class="comment-text">Where exactly?</div></div></div>`), []reply{
			{"71", "", "Ann Moor", "2020-03-01T10:00", "I saw it too."},
			{"72", "71", "Bo", "2020-03-01T11:00", "Where exactly?"},
		}},
		{"levels for screen readers", systemPage("en", "The second key", "", systemArticle, `<div role="list" class="comments"><div role="article" aria-level="1" class="comment" id="c71"><span class="user">Ann Moor</span> <span class="time">2020-03-01 10:00</span><div class="comment-text">I saw it too.</div></div><div role="article" aria-level="2" class="comment" id="c72"><span class="user">Bo</span> <span class="time">2020-03-01 11:00</span><div class="comment-text">Where exactly?</div></div></div>`), []reply{
			{"71", "", "Ann Moor", "2020-03-01T10:00", "I saw it too."},
			{"72", "71", "Bo", "2020-03-01T11:00", "Where exactly?"},
		}},
		{"comments in an aside", systemPage("en", "The second key", "", systemArticle, `<aside class="comments"><h2>Comments</h2><div class="comment" id="c71"><span class="user">Ann Moor</span> <time datetime="2020-03-01T10:00:00Z">x</time><div class="comment-text">I saw it too.</div></div><div class="comment" id="c72"><span class="user">Bo</span> <time datetime="2020-03-01T11:00:00Z">x</time><div class="comment-text">Where exactly?</div></div></aside>`), []reply{
			{"71", "", "Ann Moor", "2020-03-01T10:00:00Z", "I saw it too."},
			{"72", "", "Bo", "2020-03-01T11:00:00Z", "Where exactly?"},
		}},
		{"no times", systemPage("en", "The second key", "", systemArticle, `<ol class="commentlist"><li class="comment depth-1" id="comment-71"><cite class="fn">Ann Moor</cite><p>I saw it too.</p></li><li class="comment depth-1" id="comment-72"><cite class="fn">Bo</cite><p>Where exactly?</p></li></ol>`), []reply{
			{"71", "", "Ann Moor", "", "I saw it too."},
			{"72", "", "Bo", "", "Where exactly?"},
		}},
		{"relative times", systemPage("en", "The second key", "", systemArticle, `<div class="comments"><div class="comment" data-comment-id="71"><span class="user">Ann Moor</span> <span class="time">3 hours ago</span><div class="comment-text">I saw it too.</div></div><div class="comment" data-comment-id="72"><span class="user">Bo</span> <span class="time">2 hours ago</span><div class="comment-text">Where exactly?</div></div></div>`), []reply{
			{"71", "", "Ann Moor", "", "I saw it too."},
			{"72", "", "Bo", "", "Where exactly?"},
		}},
		{"WordPress, headers", systemPage("en", "The second key", "", systemArticle, `<div class="entry-comments" id="comments"><h3>Comments</h3><ol class="comment-list"><li class="comment even thread-even depth-1" id="comment-71"><article id="article-comment-71"><header class="comment-header"><p class="comment-author"><img class="avatar"><span class="comment-author-name">Ann Moor</span> <span class="says">says</span></p><p class="comment-meta"><time class="comment-time"><a class="comment-time-link" href="https://x.example/key#comment-71">March 1, 2020 at 10:00 am</a></time></p></header><div class="comment-content"><p>I saw it too.</p></div><div class="comment-reply"><a class="comment-reply-link" href="#">Reply</a></div></article><ul class="children"><li class="comment depth-2" id="comment-72"><article><header class="comment-header"><p class="comment-author"><span class="comment-author-name">Bo</span> <span class="says">says</span></p><p class="comment-meta"><time class="comment-time"><a href="#comment-72">March 1, 2020 at 11:00 am</a></time></p></header><div class="comment-content"><p>Where exactly?</p></div></article></li></ul></li></ol></div>`), []reply{
			{"71", "", "Ann Moor", "2020-03-01T10:00", "I saw it too."},
			{"72", "71", "Bo", "2020-03-01T11:00", "Where exactly?"},
		}},
		{"WordPress, replies behind their box", systemPage("en", "The second key", "", systemArticle, `<div id="comments"><h3 id="comments-title">2 responses to “The second key”</h3><div class="commentlist"><div class="comment" id="comment-71"><div class="comment-head"><span class="name"><a href="https://ann.example" rel="external nofollow ugc" class="url">Ann Moor</a></span><span class="date">March 1, 2020 at 10:00 am</span></div><div class="comment-entry"><p>I saw it too.</p></div></div><div class="children"><div class="comment" id="comment-72"><div class="comment-head"><span class="name">Bo</span><span class="date">March 1, 2020 at 11:00 am</span></div><div class="comment-entry"><p>Where exactly?</p></div></div></div></div></div>`), []reply{
			{"71", "", "Ann Moor", "2020-03-01T10:00", "I saw it too."},
			{"72", "71", "Bo", "2020-03-01T11:00", "Where exactly?"},
		}},
		{"wpDiscuz 7", systemPage("en", "The second key", "", systemArticle, `<div id="wpdcom"><div class="wpd-thread-list"><div id="wpd-comm-71_0" class="comment even thread-even depth-1 wpd-comment wpd_comment_level-1"><div class="wpd-comment-wrap wpd-blog-guest"><div class="wpd-comment-left"><div class="wpd-avatar"></div></div><div id="comment-71" class="wpd-comment-right"><div class="wpd-comment-header"><div class="wpd-comment-author">Ann Moor</div><div class="wpd-comment-date" title="March 1, 2020 10:00 am"><i></i> 4 years ago</div></div><div class="wpd-comment-text"><p>I saw it too.</p></div><div class="wpd-comment-footer"><div class="wpd-vote"><div class="wpd-vote-result">2</div></div><div class="wpd-reply-button"><span>Reply</span></div></div></div></div><div id="wpd-comm-72_71" class="comment depth-2 wpd-comment wpd-reply wpd_comment_level-2"><div class="wpd-comment-wrap"><div id="comment-72" class="wpd-comment-right"><div class="wpd-comment-header"><div class="wpd-comment-author">Bo</div><div class="wpd-comment-date" title="March 1, 2020 11:00 am">4 years ago</div></div><div class="wpd-comment-text"><p>Where exactly?</p></div></div></div></div></div></div></div>`), []reply{
			{"71", "", "Ann Moor", "2020-03-01T10:00", "I saw it too."},
			{"72", "71", "Bo", "2020-03-01T11:00", "Where exactly?"},
		}},
		{"Drupal 10", systemPage("en", "The second key", "", systemArticle, `<section class="comments" id="comments"><h2 class="title">Comments</h2><article data-comment-user-id="0" id="comment-71" class="comment js-comment by-anonymous"><mark class="hidden" data-comment-timestamp="1583056800"></mark><footer class="comment__meta"><p class="comment__author"><span>Ann Moor</span></p><p class="comment__time">Sun, 03/01/2020 - 10:00</p><p class="comment__permalink"><a href="/comment/71#comment-71" rel="bookmark">Permalink</a></p></footer><div class="comment__content"><div class="text-formatted field field--name-comment-body"><p>I saw it too.</p></div><ul class="links inline"><li>Log in to post comments</li></ul></div></article><div class="indented"><article id="comment-72" class="comment js-comment"><mark class="hidden" data-comment-timestamp="1583060400"></mark><footer class="comment__meta"><p class="comment__author"><span>Bo</span></p><p class="comment__time">Sun, 03/01/2020 - 11:00</p><p class="visually-hidden">In reply to <a href="/comment/71#comment-71" class="permalink">I saw it too.</a> by <span>Ann Moor</span></p></footer><div class="comment__content"><div class="field field--name-comment-body"><p>Where exactly?</p></div></div></article></div></section>`), []reply{
			{"71", "", "Ann Moor", "2020-03-01T10:00", "I saw it too."},
			{"72", "71", "Bo", "2020-03-01T11:00", "Where exactly?"},
		}},
		{"Ghost", systemPage("en", "The second key", "", systemArticle, `<div class="gh-comments"><div data-testid="comment-component" class="mb-7"><div class="flex"><div><h4 class="font-sans">Ann Moor</h4><span title="1 March 2020, 10:00"><a>4 yrs ago</a></span></div></div><div class="gh-comment-content" data-testid="comment-content"><p>I saw it too.</p></div><button>Reply</button><div class="replies"><div data-testid="comment-component" class="mb-7"><div class="flex"><h4>Bo</h4><span title="1 March 2020, 11:00">4 yrs ago</span></div><div class="gh-comment-content"><p>Where exactly?</p></div></div></div></div></div>`), []reply{
			{"~0", "", "Ann Moor", "2020-03-01T10:00", "I saw it too."},
			{"~1", "~0", "Bo", "2020-03-01T11:00", "Where exactly?"},
		}},
		{"Discourse, embedded", systemPage("en", "The second key", "", systemArticle, `<section class="discourse-comments"><header><h4>2 replies</h4></header><article id="post-71" class="post"><a class="post-date" href="/t/1/2" title="Mar 1, 2020 10:00 am">Mar '20</a><h3 class="username"><a href="/users/ann">Ann Moor</a></h3><div class="cooked"><p>I saw it too.</p></div></article><article id="post-72" class="post"><a class="post-date" href="/t/1/3" title="Mar 1, 2020 11:00 am">Mar '20</a><h3 class="username"><a href="/users/bo">Bo</a></h3><div class="cooked"><p>Where exactly?</p></div></article></section>`), []reply{
			{"71", "", "Ann Moor", "2020-03-01T10:00", "I saw it too."},
			{"72", "", "Bo", "2020-03-01T11:00", "Where exactly?"},
		}},
		{"Korean", systemPage("ko", "두 번째 열쇠", "", `<p>아래쪽 갑문의 관리인이 두 번째 열쇠를 찾았는데, 그것은 어느 문에도, 마을에 있는 그의 집 문에도 맞지 않는다고 한다.</p><p>그것은 세 번째 들보 아래의 깡통 속에, 1931년 경주 프로그램 한 장에 싸여 있었고, 작년에 누군가 기름을 칠해 두었다.</p>`, `<div class="comment_area"><h3>댓글 2</h3><ul class="cmt_list"><li class="cmt_item"><strong class="cmt_nick">김철수</strong><div class="cmt_text">저도 봤어요.</div><span class="cmt_date">2020.03.01. 10:00</span><a href="#">답글</a></li><li class="cmt_item"><strong class="cmt_nick">이영희</strong><div class="cmt_text">정확히 어디인가요?</div><span class="cmt_date">2020.03.02. 21:30</span><a href="#">답글</a></li></ul></div>`), []reply{
			{"~0", "", "김철수", "2020-03-01T10:00", "저도 봤어요."},
			{"~1", "", "이영희", "2020-03-02T21:30", "정확히 어디인가요?"},
		}},
		{"Hebrew", systemPage("he", "המפתח השני", "", `<p>שומר הסכר התחתון מצא מפתח שני, שאינו מתאים לאף אחד מהשערים ולא לדלת ביתו שבכפר הקטן.</p><p>הוא היה מונח בקופסה מתחת לקורה השלישית, עטוף בדף מתוכנית המרוץ של 1931, ומישהו שימן אותו בשנה שעברה.</p>`, `<section id="comments" dir="rtl"><h3>2 תגובות</h3><div class="talkback"><div class="tb-head"><b>ענת</b><span>01/03/2020 10:00</span></div><div class="tb-text">גם אני ראיתי.</div><a>השב</a></div><div class="talkback"><div class="tb-head"><b>בועז</b><span>02/03/2020 21:30</span></div><div class="tb-text">איפה בדיוק?</div><a>השב</a></div></section>`), []reply{
			{"~0", "", "ענת", "2020-03-01T10:00", "גם אני ראיתי."},
			{"~1", "", "בועז", "2020-03-02T21:30", "איפה בדיוק?"},
		}},
		{"Turkish", systemPage("tr", "The second key", "", systemArticle, `<div class="yorumlar"><h3>Yorumlar (2)</h3><div class="yorum"><div class="yorum-ust"><span class="isim">Ayşe</span><span class="tarih">1 Mart 2020 10:00</span></div><p>Ben de gördüm.</p></div><div class="yorum"><div class="yorum-ust"><span class="isim">Burak</span><span class="tarih">2 Mart 2020 21:30</span></div><p>Tam olarak nerede?</p></div></div>`), []reply{
			{"~0", "", "Ayşe", "2020-03-01T10:00", "Ben de gördüm."},
			{"~1", "", "Burak", "2020-03-02T21:30", "Tam olarak nerede?"},
		}},
		{"Polish", systemPage("pl", "The second key", "", systemArticle, `<div class="komentarze"><h3>Komentarze (2)</h3><div class="koment"><span class="autor">Ania</span> <span class="data">1 marca 2020, 10:00</span><div class="tresc">Też go widziałam.</div></div><div class="koment"><span class="autor">Bolek</span> <span class="data">2 marca 2020, 21:30</span><div class="tresc">Gdzie dokładnie?</div></div></div>`), []reply{
			{"~0", "", "Ania", "2020-03-01T10:00", "Też go widziałam."},
			{"~1", "", "Bolek", "2020-03-02T21:30", "Gdzie dokładnie?"},
		}},
		{"Greek", systemPage("el", "The second key", "", systemArticle, `<div id="comments"><h4>2 σχόλια</h4><div class="sxolio"><div><strong>Άννα</strong> <em>1 Μαρτίου 2020, 10:00</em></div><div>Το είδα κι εγώ.</div></div><div class="sxolio"><div><strong>Βασίλης</strong> <em>2 Μαρτίου 2020, 21:30</em></div><div>Πού ακριβώς;</div></div></div>`), []reply{
			{"~0", "", "Άννα", "2020-03-01T10:00", "Το είδα κι εγώ."},
			{"~1", "", "Βασίλης", "2020-03-02T21:30", "Πού ακριβώς;"},
		}},
		{"Hindi", systemPage("hi", "The second key", "", systemArticle, `<section class="comments"><h3>टिप्पणियाँ</h3><div class="tip"><span class="nm">अनु</span><time datetime="2020-03-01T10:00:00Z">1 मार्च</time><p>मैंने भी देखा।</p></div><div class="tip"><span class="nm">बबलू</span><time datetime="2020-03-01T11:00:00Z">1 मार्च</time><p>ठीक कहाँ?</p></div></section>`), []reply{
			{"~0", "", "अनु", "2020-03-01T10:00:00Z", "मैंने भी देखा।"},
			{"~1", "", "बबलू", "2020-03-01T11:00:00Z", "ठीक कहाँ?"},
		}},
		{"a part that folds out", systemPage("en", "The second key", "", systemArticle, `<details id="comments"><summary>2 comments</summary><ol><li><p><cite>Ann Moor</cite>, <time datetime="2020-03-01T10:00:00Z">1 March</time></p><blockquote><p>I saw it too.</p></blockquote></li><li><p><cite>Bo</cite>, <time datetime="2020-03-01T11:00:00Z">1 March</time></p><blockquote><p>Where exactly?</p></blockquote></li></ol></details>`), []reply{
			{"~0", "", "Ann Moor", "2020-03-01T10:00:00Z", "I saw it too."},
			{"~1", "", "Bo", "2020-03-01T11:00:00Z", "Where exactly?"},
		}},
		{"quotes, lists, code, emoji", systemPage("en", "The second key", "", systemArticle, `<div class="comments"><div class="comment" data-id="71"><span class="author">Ann Moor</span><time datetime="2020-03-01T10:00:00Z">x</time><div class="comment-text"><p>I saw it too 😀 👩‍👩‍👧.<br>Twice.</p><ul><li>on Monday</li><li>on Friday</li></ul></div></div><div class="comment" data-id="72"><span class="author">Bo</span><time datetime="2020-03-01T11:00:00Z">x</time><div class="comment-text"><blockquote><p>on Monday</p></blockquote><p>Where exactly?</p><pre>key --find</pre></div></div></div>`), []reply{
			{"71", "", "Ann Moor", "2020-03-01T10:00:00Z", "I saw it too 😀 👩‍👩‍👧.\nTwice.|on Monday|on Friday"},
			{"72", "", "Bo", "2020-03-01T11:00:00Z", "on Monday|Where exactly?|key --find"},
		}},
		{"removed by a moderator", systemPage("en", "The second key", "", systemArticle, `<div class="comments"><div class="comment" id="c71"><span class="author">Ann Moor</span><time datetime="2020-03-01T10:00:00Z">x</time><div class="comment-text"><p>I saw it too.</p></div></div><div class="comment" id="c72"><span class="author">[deleted]</span><time datetime="2020-03-01T11:00:00Z">x</time><div class="comment-text"><p>[This comment was removed by a moderator]</p></div></div><div class="comment" id="c73"><span class="author">Cy</span><time datetime="2020-03-01T12:00:00Z">x</time><div class="comment-text"><p>Keys are like that.</p></div></div></div>`), []reply{
			{"71", "", "Ann Moor", "2020-03-01T10:00:00Z", "I saw it too."},
			{"72", "", "", "2020-03-01T11:00:00Z", ""},
			{"73", "", "Cy", "2020-03-01T12:00:00Z", "Keys are like that."},
		}},
		{"one comment alone", systemPage("en", "The second key", "", systemArticle, `<section id="comments"><h3>1 comment</h3><div class="css-1"><span class="css-2">Ann Moor</span> <span class="css-3">1 March 2020, 10:00</span><div class="css-4"><p>I saw it too.</p></div><button>Reply</button></div></section>`), []reply{
			{"~0", "", "Ann Moor", "2020-03-01T10:00", "I saw it too."},
		}},
		{"a thread in boxes for replies", systemPage("de", "Left handed spoons", "", ``, `<div class="topic"><div class="reply-box" id="r1"><div class="usr"><a href="/profile/burl">Burl</a></div><div class="dt">01.03.2020 10:00</div><div class="txt">Who carves spoons that stir the other way round, and do they ask more for them than for others?</div><a href="#">Quote</a></div><div class="reply-box" id="r2"><div class="usr"><a href="/profile/adze">Adze</a></div><div class="dt">01.03.2020 11:00</div><div class="txt">Only south of the line, and there they ask for less.</div><a href="#">Quote</a></div></div>`), []reply{
			{"2", "", "Adze", "2020-03-01T11:00", "Only south of the line, and there they ask for less."},
		}},
		{"a guest book, newest first", systemPage("en", "Guest book", "", ``, `<div class="guestbook"><div class="comment" id="c72"><span class="author">Bo</span> <span class="date">2020-03-02 21:30</span><p>A fine lock, and the tea was warm when we came by.</p></div><div class="comment" id="c71"><span class="author">Ann Moor</span> <span class="date">2020-03-01 10:00</span><p>We came by boat and shall come again in the autumn.</p></div></div>`), []reply{
			{"72", "", "Bo", "2020-03-02T21:30", "A fine lock, and the tea was warm when we came by."},
			{"71", "", "Ann Moor", "2020-03-01T10:00", "We came by boat and shall come again in the autumn."},
		}},
		{"comments of another page", systemPage("en", "The second key", "", ``, `<h2>2 comments</h2><div class="reader-comment" id="c71"><span class="author">Ann Moor</span> <span class="date">2020-03-01 10:00</span><p>I saw it too, up there by the elder.</p></div><div class="reader-comment" id="c72"><span class="author">Bo</span> <span class="date">2020-03-02 21:30</span><p>Where exactly? I looked for an hour.</p></div>`), []reply{
			{"71", "", "Ann Moor", "2020-03-01T10:00", "I saw it too, up there by the elder."},
			{"72", "", "Bo", "2020-03-02T21:30", "Where exactly? I looked for an hour."},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := New().Extract(extract.Page{Text: c.page, URL: "https://canal.example/key"}, read.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			var got []reply
			article := joined(d.Blocks)
			for _, c := range d.Comments {
				text := joined(c.Blocks)
				got = append(got, reply{c.ID, c.ParentID, c.Author, c.PostedAt, text})
				if text != "" && strings.Contains(article, text) {
					t.Errorf("the article holds %q", text)
				}
			}
			if diff := cmp.Diff(c.want, got, cmp.AllowUnexported(reply{})); diff != "" {
				t.Errorf("comments (-want +got):\n%s", diff)
			}
		})
	}
}

// TestSystemsSilent: what repeats with names and times near a heading or in a
// part that speaks of comments, and is none.
func TestSystemsSilent(t *testing.T) {
	row := func(form string, n int) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(strings.NewReplacer("{n}", string(rune('A'+i)), "{d}", string(rune('1'+i))).Replace(form))
		}
		return b.String()
	}
	for name, below := range map[string]string{
		"related under comments heading": `<h3>Comments</h3><p>No comments yet.</p><h3>Related</h3>` + row(`<div class="item"><a href="/s{n}">Story {n}</a> <span>Ann {n}</span> <span>{d} May 2019</span><p>The teaser of the story goes on elsewhere.</p></div>`, 4),
		"related without heading":        `<h3>Comments (0)</h3><p>No comments yet.</p><div class="more">` + row(`<div class="item"><a href="/s{n}">A longer story about {n}</a> <span>Ann {n}</span> <span>{d} May 2019</span><p>The teaser of the story goes on elsewhere.</p></div>`, 4) + `</div>`,
		"teasers short titles":           `<h3>Comments (0)</h3><p>No comments yet.</p><div class="more">` + row(`<div class="item"><h4><a href="/s{n}">Story {n}</a></h4> <span>Ann {n}</span> <span>{d} May 2019</span><p>The teaser of the story goes on elsewhere.</p></div>`, 4) + `</div>`,
		"teasers text first":             `<section id="comments"><h3>Comments</h3><p>Log in to comment.</p></section><div class="more">` + row(`<div class="item"><span>Ann {n}</span> <span>{d} May 2019</span><p>The teaser of the story goes on elsewhere. <a href="/s{n}">More</a></p></div>`, 4) + `</div>`,
		"latest aside":                   `<aside class="comments"><h3>Latest comments</h3><ul>` + row(`<li><a href="/other{n}#comment-{d}">Ann {n} on the other story</a> <time datetime="2019-05-0{d}">{d} May</time></li>`, 4) + `</ul></aside>`,
		"latest aside 2":                 `<aside class="comments"><h3>What readers say</h3><ul>` + row(`<li><b>Ann {n}</b> <time datetime="2019-05-0{d}">{d} May</time> <p>I think so too {n}.</p> <a href="/other{n}">On: The other story {n}</a></li>`, 4) + `</ul></aside>`,
		"latest section":                 `<section class="latest-comments"><h3>Latest comments</h3>` + row(`<div class="comment"><b class="author">Ann {n}</b> <time datetime="2019-05-0{d}">{d} May</time><p>I think so too {n}.</p><a href="/other{n}#comment-{d}">The other story</a></div>`, 4) + `</section>`,
		"ticker":                         `<h2>Discussion</h2>` + row(`<div class="entry"><b>1{d}:00, {d} May 2019</b><p>Minute {n}: nothing has happened yet, and it rains.</p></div>`, 6),
		"ticker relative":                `<section class="discussion"><h2>Live</h2>` + row(`<div class="entry"><span>{d} hours ago</span><p>Minute {n}: nothing has happened yet, and it rains.</p></div>`, 6) + `</section>`,
		"forum index":                    `<section class="discussion"><h2>Discussions</h2>` + row(`<div class="row"><a href="/t/{n}">How to oil {n}</a> <span>by Ann {n}</span> <span>{d} hours ago</span> <span>{d} replies</span></div>`, 6) + `</section>`,
		"versions":                       `<h2>Discussion</h2><dl>` + row(`<dt>Version 1.{d}, 2019-05-0{d}</dt><dd>Fixes the hinge {n}, and a rattle in the lid.</dd>`, 6) + `</dl>`,
		"state empty":                    `<script>window.__NUXT__=(function(a){return {data:[{comments:[],related:[{title:"x",slug:"y",comments:[{id:1,body:"z z",user:"Q",date:"2020-01-01"}]}]}]}}(null))</script>`,
		"state recent":                   `<script>var data={recentComments:[{id:1,body:"z z",user:"Q",date:"2020-01-01"}],latest:{comments:[{id:1,body:"z z",user:"Q",date:"2020-01-01"}]}}</script>`,
		"references":                     `<h2>Comments</h2><p>See also</p><ol>` + row(`<li><span>Moor, A. ({d} May 2019)</span> <i>The second key {n}</i>, Canal Press.</li>`, 5) + `</ol>`,
		"changelog named responses":      `<div class="responses"><table>` + row(`<tr><td>2019-05-0{d}</td><td>GET /keys/{n}</td><td>200 OK</td></tr>`, 5) + `</table></div>`,
		"article discussion":             `<h2>Discussion</h2>` + row(`<p>On {d} May 2019 the keeper went up the side arm with Ann {n} and found nothing but elder.</p>`, 5),
		"interview":                      `<h2>Discussion</h2>` + row(`<p><b>Ann:</b> On {d} May 2019 we went up the side arm.</p><p><b>Bo:</b> And found nothing but elder, as you know.</p>`, 4),
		"author box":                     `<div id="comments"><div class="about-author"><b>Una Pike</b> <span>since 1 May 2019</span><p>Una writes about locks.</p></div><p>Comments are closed.</p></div>`,
		"ld graph other":                 `<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"NewsArticle","@id":"https://x.example/a#article","headline":"The second key"},{"@type":"Comment","about":{"@id":"https://x.example/b#article"},"text":"Other.","author":{"name":"Q"},"dateCreated":"2020-01-01"}]}</script>`,
		"reviews of products":            `<h2>Comments</h2>` + row(`<div class="card"><img><a href="/p{n}"><h3>Key {n}</h3></a><span>{d} May 2019</span><p>A good key for doors of all kinds.</p></div>`, 4),
		"events":                         `<section class="responses"><h2>Dates</h2>` + row(`<div class="ev"><time datetime="2019-05-0{d}">{d} May</time><b>Evening {n}</b><p>Songs about doors, in the old hall.</p></div>`, 4) + `</section>`,
	} {
		d, err := New().Extract(extract.Page{Text: systemPage("en", "The second key", "", systemArticle, below), URL: "https://canal.example/key"}, read.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if len(d.Comments) > 0 {
			t.Errorf("%s: %d comments, the first by %q: %q", name, len(d.Comments), d.Comments[0].Author, joined(d.Comments[0].Blocks))
		}
		if len(d.Blocks) < 2 {
			t.Errorf("%s: %d blocks of the article", name, len(d.Blocks))
		}
	}
}

// TestRelativeTimes: a time before the capture becomes a date only where the
// page gives the comment an id of its own. Other ids are made of time and text,
// and two captures of one comment must give the same.
func TestRelativeTimes(t *testing.T) {
	page := func(first, second string) string {
		return systemPage("en", "The second key", "", systemArticle, `<div class="comments"><div class="comment"`+first+`><span class="user">Ann Moor</span> <span class="time">3 days ago</span><div class="comment-text">I saw it too.</div></div><div class="comment"`+second+`><span class="user">Bo</span> <span class="time">2 days ago</span><div class="comment-text">Where exactly?</div></div></div>`)
	}
	for _, c := range []struct {
		name, first, second string
		want                []string
	}{
		{"ids", ` data-comment-id="71"`, ` data-comment-id="72"`, []string{"2020-03", "2020-03"}},
		{"no ids", "", "", []string{"", ""}},
		{"one id twice", ` data-comment-id="71"`, ` data-comment-id="71"`, []string{"2020-03", ""}},
	} {
		d, err := New().Extract(extract.Page{Text: page(c.first, c.second), URL: "https://canal.example/key", CapturedAt: "2020-03-20T12:00:00Z"}, read.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if len(d.Comments) != len(c.want) {
			t.Fatalf("%s: %d comments", c.name, len(d.Comments))
		}
		for i, want := range c.want {
			if got := d.Comments[i].PostedAt; !strings.HasPrefix(got, want) || want == "" && got != "" {
				t.Errorf("%s: comment %d was posted %q, want %q", c.name, i+1, got, want)
			}
		}
	}
}
