package synthetic

import (
	"fmt"
	"html"
	"strings"
	"time"
)

// markups is the number of ways in which a page shows its thread.
const markups = 4

// markup writes the thread in the way of the page.
func markup(b *strings.Builder, d *document) {
	if len(d.comments) == 0 {
		return
	}
	children := make([][]int, len(d.comments)+1) // the last one holds those at the top
	for i, c := range d.comments {
		parent := c.parent
		if parent < 0 {
			parent = len(d.comments)
		}
		children[parent] = append(children[parent], i)
	}
	m := &threadWriter{b, d, children}
	top := children[len(d.comments)]
	switch d.markup {
	case 0:
		fmt.Fprintf(b, "<div id=\"comments\" class=\"comments-area\">\n<h3>%d responses</h3>\n<ol class=\"commentlist\">\n", len(d.comments))
		m.wordpress(top, 1)
		b.WriteString("</ol>\n</div>\n")
	case 1:
		fmt.Fprintf(b, "<section id=\"discussion\">\n<h2>Comments (%d)</h2>\n", len(d.comments))
		m.microdata(top)
		b.WriteString("</section>\n")
	case 2:
		fmt.Fprintf(b, "<section id=\"comments\"><h2>%d comments</h2>\n", len(d.comments))
		m.drupal(top)
		b.WriteString("</section>\n")
	case 3:
		b.WriteString("<div class=\"comments\">\n")
		for i := range d.comments {
			m.plain(i)
		}
		b.WriteString("</div>\n")
	}
}

type threadWriter struct {
	b        *strings.Builder
	d        *document
	children [][]int
}

func (m *threadWriter) text(c *comment) {
	for _, p := range c.text {
		fmt.Fprintf(m.b, "<p>%s</p>", html.EscapeString(p))
	}
}

// wordpress nests lists, as its themes do.
func (m *threadWriter) wordpress(list []int, depth int) {
	for _, i := range list {
		c := &m.d.comments[i]
		fmt.Fprintf(m.b, "<li class=\"comment depth-%d\" id=\"li-comment-%s\"><div id=\"comment-%s\"><div class=\"comment-author vcard\"><cite class=\"fn\">%s</cite> <span class=\"says\">says:</span></div><div class=\"comment-meta commentmetadata\"><a href=\"%s#comment-%s\">%s</a></div><div class=\"comment-body\">",
			depth, c.id, c.id, html.EscapeString(c.author), m.d.url, c.id, c.posted.Format("2 January 2006 at 3:04 pm"))
		m.text(c)
		m.b.WriteString("</div><div class=\"reply\"><a class=\"comment-reply-link\" href=\"#\">Reply</a></div></div>\n")
		if len(m.children[i]) > 0 {
			m.b.WriteString("<ul class=\"children\">\n")
			m.wordpress(m.children[i], depth+1)
			m.b.WriteString("</ul>\n")
		}
		m.b.WriteString("</li>\n")
	}
}

// microdata nests items of schema.org.
func (m *threadWriter) microdata(list []int) {
	for _, i := range list {
		c := &m.d.comments[i]
		fmt.Fprintf(m.b, "<div itemscope itemtype=\"https://schema.org/Comment\" id=\"comment-%s\"><span itemprop=\"author\" itemscope itemtype=\"https://schema.org/Person\"><span itemprop=\"name\">%s</span></span> <time itemprop=\"dateCreated\" datetime=\"%s\">%s</time><div itemprop=\"text\">",
			c.id, html.EscapeString(c.author), c.posted.Format(time.RFC3339), c.posted.Format("2 January 2006, 15:04"))
		m.text(c)
		fmt.Fprintf(m.b, "</div><span itemprop=\"upvoteCount\">%d</span>\n", len(c.text)*i%17)
		if len(m.children[i]) > 0 {
			m.b.WriteString("<div itemprop=\"comment\">\n")
			m.microdata(m.children[i])
			m.b.WriteString("</div>\n")
		}
		m.b.WriteString("</div>\n")
	}
}

// drupal sets answers into indented boxes.
func (m *threadWriter) drupal(list []int) {
	for _, i := range list {
		c := &m.d.comments[i]
		fmt.Fprintf(m.b, "<a id=\"comment-%s\"></a><div class=\"comment\" about=\"/comment/%s\" typeof=\"sioc:Post sioct:Comment\"><div class=\"submitted\">Submitted by <span class=\"username\">%s</span> on %s</div><div class=\"content\">",
			c.id, c.id, html.EscapeString(c.author), c.posted.Format("2 January 2006 - 15:04"))
		m.text(c)
		m.b.WriteString("</div><ul class=\"links\"><li><a href=\"#\">reply</a></li></ul></div>\n")
		if len(m.children[i]) > 0 {
			m.b.WriteString("<div class=\"indented\">\n")
			m.drupal(m.children[i])
			m.b.WriteString("</div>\n")
		}
	}
}

// plain is a list of boxes that names no parents and no ids.
func (m *threadWriter) plain(i int) {
	c := &m.d.comments[i]
	fmt.Fprintf(m.b, "<div class=\"comment\"><span class=\"comment-author\">%s</span> <time class=\"comment-date\" datetime=\"%s\">%s</time><div class=\"comment-text\">",
		html.EscapeString(c.author), c.posted.Format(time.RFC3339), c.posted.Format("2 January 2006 15:04"))
	m.text(c)
	m.b.WriteString("</div></div>\n")
}
