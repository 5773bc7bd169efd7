package htmlpage

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"corpus/pipeline/extract"
	"corpus/pipeline/read"
)

// One article as its site serves it, in five forms.
const (
	familyURL  = "https://canal.example/2019/05/second-key/"
	familyMeta = `<link rel="canonical" href="https://canal.example/2019/05/second-key/">
<meta property="og:title" content="The keeper and the second key"><meta property="og:site_name" content="Canal Post"><meta property="article:section" content="Locks">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"The keeper and the second key","datePublished":"2019-05-17T06:00:00+01:00","dateModified":"2019-05-18T09:30:00+01:00","author":{"@type":"Person","name":"Una Pike"},"publisher":{"@type":"Organization","name":"Canal Post"},"keywords":["keys","locks"],"license":"https://creativecommons.org/licenses/by/4.0/"}</script>`
	familyNav  = `<nav><a href="https://canal.example/">Home</a> <a href="https://canal.example/locks/">Locks</a> <a href="https://canal.example/boats/">Boats</a></nav>`
	familyHead = `<h1>The keeper and the second key</h1><p class="byline">By Una Pike</p><p class="date">17 May 2019</p>`
	familyOne  = `<p>The keeper of the lower lock has found a second key, which fits neither of the gates nor the door of his own house.</p>
<h2>Where it lay</h2>
<p>It lay in a tin under the third beam, wrapped in a page of the <a href="https://canal.example/1931/04/regatta/">regatta programme of 1931</a>, and it was oiled.</p>
<blockquote><p>Somebody wanted it found, he says, but not soon.</p></blockquote>`
	familyTwo = `<p>The board of works has no record of a third gate. The map of 1902 shows one, a good way up the side arm that was filled in after the war.</p>
<ul><li>One key for the upper gate, which hangs by the stove in the winter</li><li>One key for the lower gate, which the keeper carries on a string</li></ul>
<p>On Sunday he will walk up there with a spade, and with anybody who cares to come along.</p>`
	familyComments = `<div id="comments" class="comments-area"><h2>One comment</h2><ol class="comment-list"><li class="comment depth-1" id="comment-7"><article><footer><b class="fn"><a href="https://heron.example/">Heron</a></b> <time datetime="2019-05-17T12:00:00+01:00">17 May 2019</time></footer><div class="comment-content"><p>I have seen a gate up there, before the elder grew over it.</p></div></article></li></ol></div>`
	familyFoot     = `<footer><p>Canal Post is a newspaper for people who live along the water.</p></footer>`
)

var family = map[string]string{
	"plain": `<!DOCTYPE html><html lang="en"><head><title>The keeper and the second key | Canal Post</title>` + familyMeta + `</head><body><header>` + familyNav + `</header><main><article>` + familyHead + `<div class="entry-content">` + familyOne + familyTwo + `</div></article>` + familyComments + `</main>` + familyFoot + `</body></html>`,
	"AMP":   `<!DOCTYPE html><html amp lang="en"><head><meta charset="utf-8"><title>The keeper and the second key</title>` + familyMeta + `<style amp-boilerplate>body{visibility:hidden}</style><style amp-custom>h1{color:red}</style><script async src="https://cdn.example/v0.js"></script></head><body><amp-sidebar id="sidebar" layout="nodisplay">` + familyNav + `</amp-sidebar><header class="amp-header"><a href="https://canal.example/">Canal Post</a></header><article class="amp-wp-article"><header class="amp-wp-article-header">` + familyHead + `</header><amp-ad width="300" height="250" type="x"><div placeholder>Advertisement for tar and rope</div></amp-ad><amp-img src="https://canal.example/key.jpg" width="4" height="3"></amp-img><div class="amp-wp-article-content">` + familyOne + `<amp-social-share type="email"></amp-social-share>` + familyTwo + `</div></article><amp-analytics><script type="application/json">{"vars":{"a":"b"}}</script></amp-analytics>` + familyFoot + `</body></html>`,
	"print": `<!DOCTYPE html><html lang="en"><head><title>The keeper and the second key - Canal Post</title><meta name="robots" content="noindex">` + familyMeta + `<link rel="stylesheet" href="/print.css"></head><body class="print" onload="window.print()"><div id="print-header"><a href="https://canal.example/">Canal Post</a></div><div class="print-content">` + familyHead + familyOne + familyTwo + `</div><div class="print-footer"><p>Source: https://canal.example/2019/05/second-key/</p><p>Printed on 3 June 2021</p></div></body></html>`,
	"paged": `<!DOCTYPE html><html lang="en"><head><title>The keeper and the second key - Page 1 of 1 | Canal Post</title>` + familyMeta + `</head><body><header>` + familyNav + `</header><main><article>` + familyHead + `<div class="entry-content">` + familyOne + familyTwo + `<div class="page-links">Pages: <a href="/2019/05/second-key/">1</a> <a href="/2019/05/second-key/2/">2</a> <a href="/2019/05/second-key/2/">Next page</a></div></div></article>` + familyComments + `</main>` + familyFoot + `</body></html>`,
}

// wayback is a page as the Wayback Machine serves it: addresses lead through the
// archive, a toolbar stands at the top and a note at the end.
func wayback(page string) string {
	const through = "https://web.archive.org/web/20190601081530/"
	page = strings.ReplaceAll(page, `href="https://`, `href="`+through+`https://`)
	page = strings.Replace(page, "<head>", `<head><script src="https://web-static.archive.org/_static/js/bundle-playback.js"></script><!-- End Wayback Rewrite JS Include -->`, 1)
	at := strings.Index(page, "<body>") + len("<body>")
	return page[:at] + `<!-- BEGIN WAYBACK TOOLBAR INSERT --><div id="wm-ipp-base"><div id="wm-ipp"><p>12 captures of this page, 17 May 2019 - 4 Dec 2022, are kept in the archive and can be compared with each other.</p></div></div><!-- END WAYBACK TOOLBAR INSERT -->` + page[at:] +
		"<!--\n     FILE ARCHIVED ON 08:15:30 Jun 01, 2019 AND RETRIEVED FROM THE\n     INTERNET ARCHIVE ON 10:00:00 Nov 24, 2026.\n-->"
}

// TestFamily: every form of a page gives the record of the plain one, but for
// where and when it was read, and for comments that the form does not show.
func TestFamily(t *testing.T) {
	extracted := func(url, page string) *extract.Draft {
		d, err := New().Extract(extract.Page{Text: page, URL: url}, read.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	plain := extracted(familyURL, family["plain"])
	if plain.Title != "The keeper and the second key" || len(plain.Authors) != 1 || plain.PublishedAt != "2019-05-17T06:00:00+01:00" || len(plain.Blocks) != 8 || len(plain.Comments) != 1 || plain.CanonicalURL != familyURL {
		t.Fatalf("plain page: %q by %q of %q, %d blocks, %d comments, at %q", plain.Title, plain.Authors, plain.PublishedAt, len(plain.Blocks), len(plain.Comments), plain.CanonicalURL)
	}
	for _, c := range []struct {
		name, url, page string
		comments        bool
	}{
		{"AMP", "https://canal.example/2019/05/second-key/amp/", family["AMP"], false},
		{"print", "https://canal.example/print.php?id=12", family["print"], false},
		{"paged", familyURL, family["paged"], true},
		{"Wayback", "https://web.archive.org/web/20190601081530/" + familyURL, wayback(family["plain"]), true},
		{"AMP in the Wayback Machine", "https://web.archive.org/web/20190601081530/https://canal.example/2019/05/second-key/amp/", wayback(family["AMP"]), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			ignored := []string{"URL", "CapturedAt", "OptOut"}
			if !c.comments {
				ignored = append(ignored, "Comments", "CommentsStated", "CommentOrder")
			}
			if diff := cmp.Diff(plain, extracted(c.url, c.page), cmpopts.IgnoreFields(extract.Draft{}, ignored...)); diff != "" {
				t.Errorf("draft differs from that of the plain page (-plain +%s):\n%s", c.name, diff)
			}
		})
	}
}
