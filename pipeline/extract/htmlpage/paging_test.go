package htmlpage

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corpus/pipeline/extract"
	"corpus/pipeline/read"
)

func TestNumbered(t *testing.T) {
	for _, c := range []struct {
		address, base string
		number        int
		comments      bool
	}{
		{"https://a.example/2019/05/key/2/", "https://a.example/2019/05/key/", 2, false},
		{"https://a.example/key/page/3", "https://a.example/key", 3, false},
		{"https://a.example/key/seite-2/", "https://a.example/key/", 2, false},
		{"https://a.example/threads/key.12/page-4", "https://a.example/threads/key.12", 4, false},
		{"https://a.example/12-key-2.html", "https://a.example/12-key.html", 2, false},
		{"https://a.example/thread-12-page-2.html", "https://a.example/thread-12.html", 2, false},
		{"https://a.example/key?page=2", "https://a.example/key", 2, false},
		{"https://a.example/show.php?id=7&PAGE=2&x=1", "https://a.example/show.php?id=7&x=1", 2, false},
		{"https://a.example/viewtopic.php?id=7&p=2", "https://a.example/viewtopic.php?id=7", 2, false},
		{"https://a.example/viewtopic.php?t=7&start=15", "https://a.example/viewtopic.php?t=7", 15, false},
		{"https://a.example/index.php?topic=7.15", "https://a.example/index.php?topic=7.0", 15, false},
		{"https://a.example/key/comment-page-2/#comments", "https://a.example/key/", 2, true},
		{"https://a.example/key?cpage=2", "https://a.example/key", 2, true},
		{"https://a.example/?p=12", "", 0, false},        // an id
		{"https://a.example/page/2/", "", 0, false},      // the list of a site's articles
		{"https://a.example/2019/", "", 0, false},        // a year
		{"https://a.example/news/12345", "", 0, false},   // an id
		{"https://a.example/area-51", "", 0, false},      // a name
		{"https://a.example/key?page=two", "", 0, false}, // no number
		{"https://a.example/key", "", 0, false},
		{"/key/2/", "", 0, false},
		{"https://a.example/key?page=99999999999999999999", "", 0, false},
	} {
		f, ok := numbered(c.address)
		if !ok {
			f = further{}
		}
		if f.base != c.base || f.number != c.number || f.comments != c.comments {
			t.Errorf("%s: page %d of %q, comments %v", c.address, f.number, f.base, f.comments)
		}
	}
}

// TestFurtherPages: a page that continues an article, its comments or a thread is
// filed under the address of the first one; others keep their own.
func TestFurtherPages(t *testing.T) {
	const item = `<li class="comment depth-1" id="comment-9"><b class="fn">Heron</b> <time datetime="2019-05-19T12:00:00+01:00">19 May</time><div class="comment-content"><p>And the elder?</p></div></li>`
	article := func(canonical, head, text, below string) string {
		return `<html lang="en"><head><title>The keeper and the second key - Page 2 of 2 | Canal Post</title><link rel="canonical" href="` + canonical + `"><meta property="og:type" content="article">` + head + `</head><body><main><article><h1>The keeper and the second key</h1><p class="byline">By Una Pike</p><div class="entry-content">` + text + below + `</div></article></main></body></html>`
	}
	thread := func(canonical, first, pages string) string {
		post := func(n, name, text string) string {
			return `<article class="message message--post" data-author="` + name + `" data-content="post-` + n + `" id="js-post-` + n + `"><div class="message-cell--user"><h4 class="message-name"><a class="username" href="/members/` + name + `/">` + name + `</a></h4></div><time class="u-dt" datetime="2022-11-0` + n + `T20:14:09Z">x</time><div class="message-body"><div class="bbWrapper">` + text + `</div></div></article>`
		}
		return `<html lang="en"><head><title>Left handed spoons | Page 2</title><link rel="canonical" href="` + canonical + `"></head><body><h1 class="p-title-value">Left handed spoons</h1>` + pages + post("5", first, "Who carves them?") + post("6", "Adze", "Nobody south of the line.") + `</body></html>`
	}
	for _, c := range []struct {
		name, page, canonical string
		part                  int32
		blocks                int
		authors               []string
		comments              []string
	}{
		{"second page of an article", article("https://canal.example/key/2/", `<link rel="prev" href="https://canal.example/key/">`, familyTwo, ""), "https://canal.example/key/", 2, 4, []string{"Una Pike"}, nil},
		{"links with numbers", article("https://canal.example/key?page=2", "", familyTwo, `<p class="pages"><a href="/key">1</a> 2 <a href="/key?page=3">3</a></p>`), "https://canal.example/key", 2, 4, []string{"Una Pike"}, nil},
		{"pages that count from nought", article("https://canal.example/key?page=1", `<link rel="prev" href="https://canal.example/key">`, familyTwo, ""), "https://canal.example/key", 2, 4, []string{"Una Pike"}, nil},
		{"the first page says so", article("https://canal.example/key?page=1", `<link rel="next" href="https://canal.example/key?page=2">`, familyOne, ""), "https://canal.example/key", 0, 4, []string{"Una Pike"}, nil},
		{"nothing leads back", article("https://canal.example/key/2/", "", familyTwo, ""), "https://canal.example/key/2/", 0, 4, []string{"Una Pike"}, nil},
		{"no article", strings.Replace(article("https://canal.example/locks/page/2/", `<link rel="prev" href="https://canal.example/locks/">`, familyTwo, ""), `content="article"`, `content="website"`, 1), "https://canal.example/locks/page/2/", 0, 4, []string{"Una Pike"}, nil},
		{"second page of comments", article("https://canal.example/key/comment-page-2/", "", familyOne, `<ol class="comment-list">`+item+`</ol>`), "https://canal.example/key/", 0, 4, []string{"Una Pike"}, []string{"Heron: And the elder?"}},
		{"first page of comments", article("https://canal.example/key/comment-page-1/", "", familyOne, `<ol class="comment-list">`+item+`</ol>`), "https://canal.example/key/", 0, 4, []string{"Una Pike"}, []string{"Heron: And the elder?"}},
		{"a headline with the number of the page", `<html lang="en"><head><title>Lamps of the mole - Page 2</title><link rel="canonical" href="https://canal.example/lamps?page=2"><link rel="prev" href="https://canal.example/lamps"><meta property="og:type" content="article"></head><body><article><h1>Lamps of the mole - Page 2</h1>` + familyTwo + `</article></body></html>`, "https://canal.example/lamps", 2, 4, nil, nil},
		{"second page of a thread", thread("https://spoons.example/threads/left.12/page-2", "Burl", `<a href="/threads/left.12/">1</a>`), "https://spoons.example/threads/left.12", 0, 0, nil, []string{"Burl: Who carves them?", "Adze: Nobody south of the line."}},
		{"first page of a thread", thread("https://spoons.example/threads/left.12/", "Burl", `<a href="/threads/left.12/page-2">2</a>`), "https://spoons.example/threads/left.12/", 0, 1, []string{"Burl"}, []string{"Adze: Nobody south of the line."}},
	} {
		d, err := New().Extract(extract.Page{Text: c.page}, read.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range d.Comments {
			got = append(got, r.Author+": "+joined(r.Blocks))
		}
		if d.CanonicalURL != c.canonical || d.Part != c.part || len(d.Blocks) != c.blocks {
			t.Errorf("%s: part %d of %q with %d blocks: %q", c.name, d.Part, d.CanonicalURL, len(d.Blocks), d.Blocks)
		}
		if diff := cmp.Diff(c.authors, d.Authors); diff != "" {
			t.Errorf("%s: authors %s", c.name, diff)
		}
		if diff := cmp.Diff(c.comments, got); diff != "" {
			t.Errorf("%s: comments (-want +got):\n%s", c.name, diff)
		}
	}
}
