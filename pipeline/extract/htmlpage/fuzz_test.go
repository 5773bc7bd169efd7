package htmlpage

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"corpus/pipeline/extract"
	"corpus/pipeline/read"
)

// text is all that a draft holds of a page's texts.
func text(d *extract.Draft) int {
	n := 0
	for _, b := range d.Blocks {
		n += len(b.Text)
	}
	for _, c := range d.Comments {
		n += len(c.Author)
		for _, b := range c.Blocks {
			n += len(b.Text)
		}
	}
	return n
}

func FuzzExtract(f *testing.F) {
	for _, name := range pages(f) {
		body, err := os.ReadFile("testdata/" + name + ".html")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(body))
	}
	for _, seed := range []string{
		"", "\x00", "<", "<p>", "<table><td><table>", `<script type="application/ld+json">{"@type":"Article","comment":[{"@type":"Comment","text":"`,
		`<li class="comment depth-1" id="comment-1"><li class="comment depth-2" id="comment-1">`, `<dl id="comments-block"><dt class="comment-author">x<dd class="comment-body">y`,
		`<div id="wpd-comm-1_1" class="wpd-comment"><div class="wpd-comment-text">own parent`, `<a id="comment-1"></a><div class="indented"><div class="comment" typeof="Comment">x`,
		`<script>__NUXT__=(function(a,b){b.x=a;return {comments:[{id:1,body:a,user:"A",date:"2020-01-01"},b]}}("a b",{}))</script>`, `<script>self.__next_f.push([1,"1:{\"comments\":[{\"body\":\"a\"`,
		`<section id="comments"><h3>1 comment</h3><div><b>Ann</b> 3 hours ago<p>text</p></div></section>`, `<div class="comments"><div class="q" data-parent-id="2" style="margin-left:5px"><b>A</b> <i>2020-01-01</i><p>x</div><div class="q" id="q2"><b>B</b> <i>2020-01-02</i><p>y</div></div>`,
		`<link rel=canonical href="https://site.example/a/2/"><link rel=prev href="/a/"><meta property="og:type" content="article"><p>words of a page that goes on, and on</p>`,
		`<html lang="` + strings.Repeat("x", 100) + `"><title>` + strings.Repeat("a | ", 100),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, page string) {
		d, err := New().Extract(extract.Page{Text: page, URL: "https://site.example/"}, read.Limits{})
		if err != nil {
			if _, ok := err.(*read.Rejection); !ok {
				t.Fatalf("error %T is no rejection", err)
			}
			return
		}
		// A text may stand in markup and in JSON-LD; nothing stands more often.
		if n := text(d); n > 4*len(page)+64 {
			t.Fatalf("%d bytes of text out of %d", n, len(page))
		}
		ids := map[string]bool{}
		for _, c := range d.Comments {
			if c.ID == "" || ids[c.ID] {
				t.Fatalf("comment id %q is empty or there twice", c.ID)
			}
			ids[c.ID] = true
		}
		for _, c := range d.Comments {
			if c.ParentID != "" && (!ids[c.ParentID] || c.ParentID == c.ID) {
				t.Fatalf("parent %q of %q is not there", c.ParentID, c.ID)
			}
		}
		again, err := New().Extract(extract.Page{Text: page, URL: "https://site.example/"}, read.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if !equal(d, again) {
			t.Fatal("two runs differ")
		}
	})
}

func equal(a, b *extract.Draft) bool {
	x, _ := json.Marshal(a)
	y, _ := json.Marshal(b)
	return string(x) == string(y)
}

// TestHostile: pages that invite quadratic work come to an end within the time
// that go test allows; a scan of the rest of the page for every element would not.
func TestHostile(t *testing.T) {
	const n = 10_000
	nested := strings.Repeat(`<div class="comment depth-1 post meta date author byline" id="comment-1">`, 400)
	for name, page := range map[string]string{
		"comments":        strings.Repeat(`<li class="comment depth-1" id="comment-7"><cite class="fn">A</cite><div class="comment-content">x</div></li>`, n),
		"nested comments": nested + strings.Repeat("<p>words and more words, 3 May 2019</p>", n),
		"unclosed":        strings.Repeat(`<b><a href="#">`, n),
		"microdata":       strings.Repeat(`<div itemscope itemtype="https://schema.org/Comment">`, 400) + strings.Repeat("<b>x</b> 2019-01-02 ", n),
		"blogger":         `<dl id="comments-block">` + strings.Repeat(`<dt class="comment-author">x</dt><dd class="comment-body">y</dd>`, n),
		"drupal":          strings.Repeat(`<a id="comment-5"></a><div class="comment">x <b>3 May 2019</b></div><div class="indented">`, 400) + strings.Repeat("<i>y</i>", n),
		"wpdiscuz":        strings.Repeat(`<div class="wpd-comment" id="wpd-comm-5_4">`, 400) + strings.Repeat("<i>y</i>", n),
		"linked data":     `<script type="application/ld+json">` + strings.Repeat(`{"@type":"Article","comment":`, 5000) + `</script>`,
		"headings":        strings.Repeat(`<h2>By 1.2.2003</h2><h1>x</h1>`, n),
		"classes":         `<div class="` + strings.Repeat("comment ", n) + `">x</div>`,
		"posts":           strings.Repeat(`<div class="post" id="p7"><a class="username" href="u">A</a><div class="content"><blockquote><a href="#p7">^</a>x</blockquote>y</div></div>`, n),
		"nested posts":    strings.Repeat(`<div class="post" id="p7"><div class="content"><div class="quote">`, 150) + strings.Repeat("<b>x</b> 3 May 2019 ", n),
		"things":          strings.Repeat(`<div class="thing" data-fullname="t1_a"><div class="md">x`, 240),
		"comtr":           strings.Repeat(`<table><tr class="athing comtr" id="5"><td class="ind" indent="9"><td class="commtext">x</table>`, n),
		"names":           strings.Repeat(`<span class="name">x</span>`, n) + strings.Repeat(`<span class="postbody">x</span>`, n),
		"answers":         `<div id="question" class="question">` + strings.Repeat(`<div class="answer" id="answer-5"><div class="user-info">`, 200) + strings.Repeat("<b>x</b>", n),
		"cells":           strings.Repeat(`<table><tr><td>`, 100) + strings.Repeat("<p>y", n),
	} {
		_, err := New().Extract(extract.Page{Text: page, URL: "https://site.example/"}, read.Limits{})
		if err != nil {
			if _, ok := err.(*read.Rejection); !ok {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

func BenchmarkExtract(b *testing.B) {
	var all []string
	size := 0
	for _, name := range pages(b) {
		body, err := os.ReadFile("testdata/" + name + ".html")
		if err != nil {
			b.Fatal(err)
		}
		all = append(all, string(body))
		size += len(body)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		for _, page := range all {
			if _, err := New().Extract(extract.Page{Text: page}, read.Limits{}); err != nil {
				b.Fatal(err)
			}
		}
	}
}
