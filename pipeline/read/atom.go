package read

import (
	"html"
	"strings"

	"corpus/schema"
)

// atomEntry is an entry of Atom (RFC 4287, Atom 0.3), with the threading
// extension (RFC 4685).
type atomEntry struct {
	id         string
	title      string // markup
	alternate  string // address of the page
	related    []string
	authors    []atomPerson
	published  string
	updated    string
	categories []atomCategory
	content    string
	kind       string // of content
	summary    string
	sumKind    string
	license    string
	evidence   string
	licenses   []EntryLicense
	total      *int32
	reply      *inReplyTo
	draft      bool
	lang       string
	properties []atomProperty // gd:extendedProperty
	blogger    map[string]string
}

type atomPerson struct{ name, uri string }

type atomCategory struct{ scheme, term, label string }

type atomProperty struct{ name, value string }

// inReplyTo is what an entry answers to: ref is an id, href an address.
type inReplyTo struct{ ref, href string }

// readAtom reads an entry of Atom.
func readAtom(names namespaces, t *xmlTree) *atomEntry {
	e := &atomEntry{lang: t.attr(0, "lang")}
	var issued, created string
	for c := range t.children(0) {
		vocabulary, name := names.name(t, c)
		switch vocabulary + ":" + name {
		case "atom:id":
			e.id = t.line(c)
		case "atom:title":
			e.title = atomTitle(t, c)
		case "atom:link":
			e.link(t, c)
		case "atom:author":
			if p := readPerson(names, t, c); p.name != "" {
				e.authors = append(e.authors, p)
			}
		case "atom:published":
			e.published = t.line(c)
		case "atom:issued":
			issued = t.line(c)
		case "atom:created", "blogger:created":
			created = t.line(c)
		case "atom:updated", "atom:modified":
			e.updated = t.line(c)
		case "atom:category":
			e.categories = append(e.categories, atomCategory{t.attr(c, "scheme"), t.attr(c, "term"), t.attr(c, "label")})
		case "atom:content":
			e.content, e.kind = atomContent(t, c)
		case "atom:summary":
			e.summary, e.sumKind = atomContent(t, c)
		case "thr:in-reply-to":
			if e.reply == nil {
				e.reply = &inReplyTo{ref: strings.TrimSpace(t.attr(c, "ref")), href: strings.TrimSpace(t.attr(c, "href"))}
			}
		case "thr:total":
			e.total = countIn(t.line(c))
		case "app:control":
			for d := range t.children(c) {
				if _, name := local(t.nodes[d].Name); name == "draft" {
					e.draft = t.line(d) == "yes"
				}
			}
		case "gd:extendedProperty":
			e.properties = append(e.properties, atomProperty{t.attr(c, "name"), t.attr(c, "value")})
		default:
			if e.rights(names, t, c, vocabulary+":"+name) {
				continue
			}
			if vocabulary == "blogger" {
				if e.blogger == nil {
					e.blogger = map[string]string{}
				}
				e.blogger[name] = t.line(c)
			}
		}
	}
	e.published = either(e.published, either(issued, created))
	return e
}

// link reads a link by its relation; none means the page itself.
func (e *atomEntry) link(t *xmlTree, n int32) {
	href := strings.TrimSpace(t.attr(n, "href"))
	kind := t.attr(n, "type")
	switch rel := t.attr(n, "rel"); rel {
	case "", "alternate", "http://www.iana.org/assignments/relation/alternate":
		if e.alternate == "" || strings.Contains(kind, "html") {
			e.alternate = href
		}
	case "license":
		e.license, e.evidence = href, "atom:link rel=license"
		e.licenses = state(e.licenses, EntryLicense{Where: e.evidence, Raw: href})
	case "related":
		e.related = append(e.related, href)
	case "replies":
		for key, value := range attributes(t.nodes[n].Attrs) {
			if _, name := local(key); name == "count" && e.total == nil {
				e.total = countIn(value)
			}
		}
	}
}

// readPerson reads a person; its element for e-mail is not looked at.
func readPerson(names namespaces, t *xmlTree, n int32) atomPerson {
	var p atomPerson
	for c := range t.children(n) {
		switch vocabulary, name := names.name(t, c); {
		case name == "name":
			p.name = withoutAddress(t.line(c))
		case (name == "uri" || name == "url") && vocabulary != "gd":
			p.uri = webAddress(t.line(c))
		}
	}
	return p
}

// atomTitle gives a title as markup: that of the type text has its marks
// escaped.
func atomTitle(t *xmlTree, n int32) string {
	text, kind := atomContent(t, n)
	if kind == ContentText && strings.ContainsAny(text, "<&") {
		return html.EscapeString(text)
	}
	return strings.TrimSpace(text)
}

// atomContent reads a text construct or content (RFC 4287, sections 3.1 and
// 4.1.3). Content that is elsewhere, or no text, is none.
func atomContent(t *xmlTree, n int32) (text, kind string) {
	declared, mode := strings.ToLower(strings.TrimSpace(t.attr(n, "type"))), t.attr(n, "mode")
	declared, _, _ = strings.Cut(declared, ";")
	switch {
	case t.attr(n, "src") != "" || mode == "base64":
		return "", ""
	case declared == "xhtml" || declared == "application/xhtml+xml" && t.nodes[n].Sibling || mode == "xml" && t.nodes[n].Sibling:
		return innerMarkup(t, n), ContentHTML
	case declared == "html" || declared == "text/html" || declared == "application/xhtml+xml" || mode == "escaped":
		return t.text(n), ContentHTML
	case declared == "" || declared == "text" || declared == "text/plain":
		if t.nodes[n].Sibling { // markup that nobody declared
			return innerMarkup(t, n), ContentHTML
		}
		return t.text(n), ContentText
	case declared == "text/x-markdown" || declared == "text/markdown":
		return t.text(n), ContentMarkdown
	case strings.HasPrefix(declared, "text/"):
		return t.text(n), ContentText
	}
	return "", ""
}

// innerMarkup is the markup inside an element, without the prefix of XHTML.
func innerMarkup(t *xmlTree, n int32) string {
	inner := t.raw[t.nodes[n].Inner:t.nodes[n].Close]
	for c := range t.children(n) {
		if prefix, _ := local(t.nodes[c].Name); prefix != "" {
			inner = strings.NewReplacer("<"+prefix+":", "<", "</"+prefix+":", "</").Replace(inner)
		}
		break
	}
	return t.legal(inner)
}

// licenseElement is a licence that an element names by its text or its resource.
func licenseElement(t *xmlTree, n int32) string {
	return either(t.line(n), strings.TrimSpace(t.attr(n, "resource")))
}

// licenseIn finds a licence in a statement of rights. A mere notice of
// copyright is none.
func licenseIn(rights string) string {
	rights = strings.Join(strings.Fields(rights), " ")
	lower := strings.ToLower(rights)
	if at := strings.Index(lower, "creativecommons.org/"); at >= 0 {
		end := strings.IndexAny(rights[at:], " \"'<>)],;")
		if end < 0 {
			end = len(rights) - at
		}
		return "https://" + strings.TrimRight(rights[at:at+end], ".")
	}
	for _, mark := range []string{"creative commons", "cc by", "cc-by", "cc0", "public domain"} {
		if strings.Contains(lower, mark) && len(rights) <= 256 {
			return rights
		}
	}
	return ""
}

// entry is the article that an entry states.
func (e *atomEntry) entry() *Entry {
	out := &Entry{
		URL: e.alternate, NativeID: e.id, Title: e.title, Lang: e.lang,
		PublishedAt: feedTime(e.published), ModifiedAt: feedTime(e.updated),
		License: e.license, Evidence: e.evidence, Licenses: e.licenses, Stated: e.total,
	}
	for _, p := range e.authors {
		out.Authors = append(out.Authors, p.name)
	}
	out.Content, out.ContentKind = e.text()
	out.NoText = strings.TrimSpace(out.Content) == ""
	if out.License == "" {
		out.Evidence = ""
	}
	return out
}

// text is the content, else the summary.
func (e *atomEntry) text() (content, kind string) {
	if strings.TrimSpace(e.content) != "" {
		return e.content, e.kind
	}
	return e.summary, e.sumKind
}

// comment is the comment that an entry states.
func (e *atomEntry) comment() *EntryComment {
	c := &EntryComment{ID: e.id, PostedAt: feedTime(either(e.published, e.updated))}
	if len(e.authors) > 0 {
		c.Author, c.AuthorURL = e.authors[0].name, e.authors[0].uri
	}
	c.Content, c.Kind = e.text()
	if edited := feedTime(e.updated); edited > c.PostedAt && len(edited) == len(c.PostedAt) {
		c.EditedAt = edited
	}
	c.State = schema.StateVisible
	return c
}
