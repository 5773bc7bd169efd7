package pipeline_test

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corpus/pipeline"
	"corpus/schema"
)

// pagedArticle are three pages of an article, its comments on the first and, by
// addresses of their own, on two pages of comments; and two of a thread.
func pagedArticle() map[string]string {
	article := func(canonical, links, text, comments string) string {
		return `<html lang="en"><head><title>The keeper and the second key</title><link rel="canonical" href="` + canonical + `">` + links + `<meta property="og:type" content="article"></head><body><main><article><h1>The keeper and the second key</h1><div class="entry-content">` + text + `</div></article>` + comments + `</main></body></html>`
	}
	comment := func(id, name, day, text string) string {
		return `<ol class="comment-list"><li class="comment depth-1" id="comment-` + id + `"><b class="fn">` + name + `</b> <time datetime="2019-05-` + day + `T12:00:00Z">` + day + `</time><div class="comment-content"><p>` + text + `</p></div></li></ol>`
	}
	post := func(n, name, text string) string {
		return `<article class="message message--post" data-author="` + name + `" id="js-post-` + n + `"><h4 class="message-name"><a class="username" href="/members/` + name + `/">` + name + `</a></h4><time datetime="2022-11-0` + n + `T20:14:09Z">x</time><div class="message-body"><div class="bbWrapper">` + text + `</div></div></article>`
	}
	const (
		key   = "https://canal.example/2019/key/"
		one   = `<p>The keeper of the lower lock has found a second key, which fits neither of the gates nor the door of his own house.</p>`
		two   = `<p>The board of works has no record of a third gate. The map of 1902 shows one, a good way up the side arm.</p>`
		three = `<p>On Sunday he will walk up there with a spade, and with anybody who cares to come along and dig.</p>`
	)
	return map[string]string{
		"pages/a.html": article(key+"3/", `<link rel="prev" href="`+key+`2/">`, three, ""),
		"pages/b.html": article(key, `<link rel="next" href="`+key+`2/">`, one, comment("7", "Heron", "17", "I have seen a gate up there.")),
		"pages/c.html": article(key+"2/", `<link rel="prev" href="`+key+`">`, two, ""),
		"pages/d.html": article(key+"comment-page-2/", "", one, comment("8", "Elder", "18", "It is under me.")),
		"pages/g.html": article(key+"comment-page-1/", "", one, comment("7", "Heron", "17", "I have seen a gate up there.")),
		"pages/e.html": `<html><head><title>Spoons</title><link rel="canonical" href="https://spoons.example/threads/left.12/page-2"></head><body><h1 class="p-title-value">Left handed spoons</h1><a href="/threads/left.12/">1</a>` + post("3", "Adze", "Nobody south of the line.") + post("4", "Burl", "Then I shall carve one myself.") + `</body></html>`,
		"pages/f.html": `<html><head><title>Spoons</title><link rel="canonical" href="https://spoons.example/threads/left.12/"></head><body><h1 class="p-title-value">Left handed spoons</h1><a href="/threads/left.12/page-2">2</a>` + post("1", "Burl", "Who carves spoons that stir the other way round?") + post("2", "Gouge", "The man at the ferry.") + `</body></html>`,
	}
}

// TestPagesOfOneArticle: pages of an article are one article, pages of a
// discussion one discussion, from pages and from the records of them.
func TestPagesOfOneArticle(t *testing.T) {
	const yaml = "corpus: paged\nversion: 0.1.0\nsources:\n  - id: s\n    inputs: "
	files := pagedArticle()
	direct := newCorpus(t, yaml+"[\"pages/*\"]\n", files)
	var lines bytes.Buffer
	var pages []string
	for _, name := range []string{"a", "b", "c", "d", "e", "f", "g"} {
		pages = append(pages, filepath.Join(direct.dir, "pages", name+".html"))
	}
	err := pipeline.Extract(t.Context(), pages, pipeline.ExtractOptions{
		Format:   "auto",
		Record:   func(r schema.Record) error { return json.NewEncoder(&lines).Encode(r) },
		Rejected: func(path, why string) { t.Errorf("%s: %s", path, why) },
	})
	if err != nil {
		t.Fatal(err)
	}
	indirect := newCorpus(t, yaml+"[records.jsonl]\n", map[string]string{"records.jsonl": lines.String()})
	for name, c := range map[string]*corpusOf{"pages": direct, "records": indirect} {
		version, _ := c.build(t, c.options(t))
		got := map[string][]string{}
		for _, a := range articlesOf(t, version) {
			if a.CanonicalURL == nil || a.Text == nil {
				t.Fatalf("%s: an article without address or text", name)
			}
			var begins []string
			for _, block := range a.Blocks {
				begins = append(begins, string([]rune(*a.Text)[block.Start:block.Start+10]))
			}
			for _, r := range commentsOf(t, version) {
				if r.ArticleID == a.ArticleID {
					begins = append(begins, "> "+*r.Text)
				}
			}
			got[*a.CanonicalURL] = begins
		}
		want := map[string][]string{
			"https://canal.example/2019/key/":         {"The keeper", "The board ", "On Sunday ", "> I have seen a gate up there.", "> It is under me."},
			"https://spoons.example/threads/left.12/": {"Who carves", "> The man at the ferry.", "> Nobody south of the line.", "> Then I shall carve one myself."},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
