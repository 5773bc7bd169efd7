package synthetic

import (
	"fmt"
	"html"
	"strings"
	"time"
)

// page is a document as a web page with what surrounds articles.
func page(d *document) string {
	var b strings.Builder
	e := html.EscapeString
	fmt.Fprintf(&b, "<!DOCTYPE html>\n<html lang=%q>\n<head>\n<meta charset=\"utf-8\">\n<title>%s - %s</title>\n", d.language.code, e(d.title), d.site)
	fmt.Fprintf(&b, "<link rel=\"canonical\" href=%q>\n<meta property=\"article:published_time\" content=%q>\n<meta name=\"author\" content=%q>\n",
		d.url, d.published.Format(time.RFC3339), d.author)
	b.WriteString("<style>.post{margin:0 auto;max-width:40em}</style>\n<script>window.tracking = {page: 1, items: [1, 2, 3]};</script>\n</head>\n<body>\n")
	b.WriteString("<header><nav><ul>")
	for i := range 12 {
		fmt.Fprintf(&b, "<li><a href=\"/section/%d\">Section %d</a></li>", i, i)
	}
	b.WriteString("</ul></nav></header>\n<main>\n<article class=\"post\">\n")
	fmt.Fprintf(&b, "<h1 class=\"entry-title\">%s</h1>\n<div class=\"entry-content\">\n", e(d.title))
	for _, p := range d.paragraphs {
		fmt.Fprintf(&b, "<p>%s</p>\n", e(p))
	}
	b.WriteString("</div>\n</article>\n")
	markup(&b, d)
	b.WriteString("</main>\n<aside><h2>Most read</h2><ul>")
	for i := range 8 {
		fmt.Fprintf(&b, "<li><a href=\"/read/%d\">Item %d</a></li>", i, i)
	}
	b.WriteString("</ul></aside>\n<footer><p>Imprint and terms</p></footer>\n</body>\n</html>\n")
	return b.String()
}
