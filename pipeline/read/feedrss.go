package read

import "strings"

// readRSS reads an item of RSS 0.9x, 1.0 or 2.0, into the fields of an entry of
// Atom.
func readRSS(names namespaces, t *xmlTree) *atomEntry {
	e := &atomEntry{}
	var guid, origin, alternate, published, updated, description, author string
	permalink := true
	for c := range t.children(0) {
		vocabulary, name := names.name(t, c)
		switch vocabulary + ":" + name {
		case "rss:title":
			e.title = t.line(c)
		case "rss:link":
			e.alternate = either(e.alternate, t.line(c))
		case "atom:link":
			if rel := t.attr(c, "rel"); rel == "" || rel == "alternate" {
				alternate = strings.TrimSpace(t.attr(c, "href"))
			} else {
				e.link(t, c)
			}
		case "feedburner:origLink":
			origin = t.line(c)
		case "rss:guid":
			guid = t.line(c)
			permalink = t.attr(c, "isPermaLink") != "false"
		case "dc:identifier":
			guid = either(guid, t.line(c))
		case "dc:creator":
			if name := withoutAddress(t.line(c)); name != "" {
				e.authors = append(e.authors, atomPerson{name: name})
			}
		case "rss:author":
			author = rssAuthor(t.line(c))
		case "atom:author":
			if p := readPerson(names, t, c); p.name != "" {
				e.authors = append(e.authors, p)
			}
		case "rss:pubDate":
			published = t.line(c)
		case "dc:date", "dcterms:created", "dcterms:issued", "atom:published":
			published = either(published, t.line(c))
		case "dcterms:modified", "atom:updated":
			updated = t.line(c)
		case "rss:category", "dc:subject":
			if term := t.line(c); term != "" {
				e.categories = append(e.categories, atomCategory{term: term})
			}
		case "content:encoded":
			if text := t.text(c); strings.TrimSpace(text) != "" {
				e.content, e.kind = text, ContentHTML
			}
		case "atom:content":
			if e.content == "" {
				e.content, e.kind = atomContent(t, c)
			}
		case "xhtml:body":
			if e.content == "" {
				e.content, e.kind = innerMarkup(t, c), ContentHTML
			}
		case "rss:description":
			if t.nodes[c].Sibling { // markup that nobody escaped
				description = innerMarkup(t, c)
			} else {
				description = t.text(c)
			}
		case "slash:comments", "thr:total":
			e.total = countIn(t.line(c))
		case "dc:language":
			e.lang = t.line(c)
		case "thr:in-reply-to":
			if e.reply == nil {
				e.reply = &inReplyTo{ref: strings.TrimSpace(t.attr(c, "ref")), href: strings.TrimSpace(t.attr(c, "href"))}
			}
		default:
			e.rights(names, t, c, vocabulary+":"+name)
		}
	}
	if len(e.authors) == 0 && author != "" {
		e.authors = []atomPerson{{name: author}}
	}
	about := strings.TrimSpace(t.attr(0, "about")) // of RSS 1.0
	e.id = either(guid, about)
	e.alternate = either(origin, either(e.alternate, alternate))
	if e.alternate == "" && permalink && webAddress(e.id) == e.id {
		e.alternate = e.id
	}
	e.published, e.updated = published, updated
	e.summary, e.sumKind = description, ContentHTML
	return e
}

// rssAuthor is the name in the author of RSS 2.0, which is an e-mail address
// with the name in brackets behind it.
func rssAuthor(stated string) string {
	if !strings.Contains(stated, "@") {
		return stated
	}
	if address, name, ok := strings.Cut(stated, "("); ok && strings.Contains(address, "@") {
		name = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(name), ")"))
		if !strings.Contains(name, "@") {
			return name
		}
	}
	if name, _, ok := strings.Cut(stated, "<"); ok && !strings.Contains(name, "@") {
		return strings.Trim(name, " \"")
	}
	return ""
}
