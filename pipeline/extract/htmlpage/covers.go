package htmlpage

import (
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/schema"
)

// covers tells what a statement at a node is about: the comments, a picture or
// another thing with a type of its own, the site, else what it would be about.
func (c *statements) covers(id dom.ID, otherwise string) string {
	if c.inComments(id) {
		return schema.CoversComments
	}
	if kind := c.typed(id); kind != "" && kind != schema.CoversArticle {
		return kind
	}
	line, before := c.line(id)
	if c.ofImage(id, line, before) {
		return schema.CoversImage
	}
	if c.ofSite(id) {
		return schema.CoversSite
	}
	if otherwise == schema.CoversUnknown && saysText(line[:before]+" ") {
		return schema.CoversArticle
	}
	return otherwise
}

// typed is what the thing around a node is by its type: microdata or RDFa.
func (c *statements) typed(id dom.ID) string {
	scope := c.Above(id, func(n dom.ID) bool { return c.Has(n, "itemscope") || c.Has(n, "typeof") })
	if scope == dom.None {
		return ""
	}
	var types []string
	for _, attr := range []string{"itemtype", "typeof"} {
		for t := range strings.FieldsSeq(c.Attr(scope, attr)) {
			if at := strings.LastIndexAny(t, "/#:"); at >= 0 {
				t = t[at+1:]
			}
			if types = append(types, t); len(types) > 8 {
				return kindOf(types)
			}
		}
	}
	return kindOf(types)
}

// ofSite tells whether a node stands beside the article: in a sidebar, or in the
// foot of the page.
func (c *statements) ofSite(id dom.ID) bool {
	if c.aside(id) {
		return true
	}
	return c.Above(id, func(n dom.ID) bool {
		if c.Tag(n) == atom.Footer || c.HasClass(n, "footer", "site-footer", "site-info", "colophon", "widget", "widget-container", "sidebar") || c.named(n, belowWords) && !c.named(n, ownWords) {
			return c.Above(n, func(m dom.ID) bool { return dom.IsTag(c.Tag(m), atom.Article, atom.Main) }) == dom.None
		}
		return false
	}) != dom.None
}

// belowWords are words of class names of parts that belong to the site.
var belowWords = dom.NewNames(`footer foot bottom colophon sidebar widget`)

// maxRightsLine is how much of the line around a statement is looked at, in bytes.
const maxRightsLine = 1000

// line is the text of the line around a node, and how many bytes of it stand
// before the node's own end.
func (c *statements) line(id dom.ID) (text string, before int) {
	block := c.Above(id, func(n dom.ID) bool { return dom.Breaks(c.Tag(n)) })
	if block == dom.None {
		return "", 0
	}
	text, ok := c.Short(block, maxRightsLine)
	if !ok {
		return "", 0
	}
	var b strings.Builder
	for n := block; n < c.End(id); n++ {
		if c.IsText(n) && !dom.Unseen(c.Tag(c.Parent(n))) {
			b.WriteString(c.Nodes[n].Raw.Data)
		}
	}
	head := dom.Squeeze(b.String())
	if !strings.HasPrefix(text, head) {
		// Line breaks within the line: what stands there is found by its end.
		own := head[max(0, len(head)-40):]
		at := strings.LastIndex(text, own)
		if at < 0 {
			return text, len(text)
		}
		return text, at + len(own)
	}
	return text, len(head)
}

// imageWords mark a statement about a picture.
var imageWords = []string{"image", "photo", "foto", "bild", "picture", "grafik", "graphic", "illustration", "flickr", "wikimedia", "map data", "openstreetmap", "kartendaten"}

// notImages hold an image word without being one.
var notImages = []string{"bildung", "vorbild", "bildschirm", "gebilde", "photosynth", "fotosynth"}

// captionClasses are classes of what stands below a picture.
var captionClasses = []string{"wp-caption", "wp-caption-text", "caption", "image-credit", "photo-credit", "credit", "imagecredit", "bildnachweis", "image-caption", "media-credit"}

// ofImage tells whether a statement belongs to a picture: it stands in a caption,
// or its sentence speaks of pictures alone.
func (c *statements) ofImage(id dom.ID, line string, before int) bool {
	if c.Above(id, func(n dom.ID) bool {
		return dom.IsTag(c.Tag(n), atom.Figure, atom.Figcaption) || c.HasClass(n, captionClasses...)
	}) != dom.None {
		return true
	}
	sentence := line[:before]
	if at := strings.LastIndex(strings.TrimRight(sentence, ". "), ". "); at >= 0 {
		sentence = sentence[at+2:]
	}
	return speaksOfPictures(sentence)
}

// speaksOfPictures tells whether a sentence is about pictures and nothing else:
// "texts and pictures" are more.
func speaksOfPictures(sentence string) bool {
	lower := strings.ToLower(sentence)
	if saysText(lower) {
		return false
	}
	words := strings.Fields(lower)
	for i, w := range words {
		if !isImageWord(w) && !(i+1 < len(words) && isImageWord(w+" "+words[i+1])) {
			continue
		}
		if !enumerated(words, i) {
			return true
		}
	}
	return false
}

func isImageWord(w string) bool {
	for _, n := range notImages {
		if strings.Contains(w, n) && !strings.Contains(w, "abbildung") {
			return false
		}
	}
	for _, image := range imageWords {
		if strings.Contains(w, image) {
			return true
		}
	}
	switch strings.Trim(w, ".,:;()[]") {
	case "icon", "icons", "logo", "logos", "map", "maps", "karte":
		return true
	}
	return false
}

// enumerated tells whether the word at i is one of several things of which
// another one is no picture.
func enumerated(words []string, i int) bool {
	neighbour := func(at int) bool {
		return at >= 0 && at < len(words) && strings.ContainsFunc(words[at], unicode.IsLetter) && !isImageWord(words[at])
	}
	if strings.HasSuffix(words[i], ",") && neighbour(i+1) || i > 0 && strings.HasSuffix(words[i-1], ",") && neighbour(i-1) {
		return true
	}
	if i+2 < len(words) && joins[words[i+1]] {
		j := i + 2
		if determiners[words[j]] {
			j++
		}
		if neighbour(j) {
			return true
		}
	}
	j := i - 1
	for j > 0 && determiners[words[j]] {
		j--
	}
	return j > 0 && joins[words[j]] && neighbour(j-1)
}

var (
	joins       = map[string]bool{"und": true, "and": true, "et": true, "y": true, "e": true, "en": true, "&": true, "+": true, "sowie": true, "or": true, "oder": true, "/": true}
	determiners = map[string]bool{"die": true, "der": true, "das": true, "the": true, "les": true, "las": true, "los": true, "le": true, "all": true, "alle": true, "our": true, "unsere": true, "de": true, "eigene": true}
)

// textWords mark a statement about the text itself.
var textWords = []string{
	"dieser text", "dieses text", "diesen text", "this text", "this article", "open access article", "open-access article", "this post", "this work", "this story", "this page", "dieser artikel", "dieser beitrag", "dieses werk", "diese seite", "der text", "der artikel", "der beitrag", "the text", "text:", "texte:", "texts:",
	"cet article", "ce texte", "este artículo", "este texto", "questo articolo", "este artigo", "dit artikel", "texte und", "texts and", "inhalte", "content of", "contents of", "all content", "our content", "except where otherwise", "unless otherwise", "sofern nicht anders", "soweit nicht anders", "wenn nicht anders", "sauf mention contraire", "salvo que se indique", "salvo donde se indique", "salvo indicación",
}

// saysText tells whether a sentence speaks of the text.
func saysText(sentence string) bool {
	lower := strings.ToLower(sentence)
	for _, w := range textWords {
		if strings.Contains(lower, w) {
			return true
		}
	}
	return false
}
