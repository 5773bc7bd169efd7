package comments

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/pipeline/normalize/when"
)

// board is a forum's program: how it marks up the posts of a thread. The first
// post of a thread is the article, the others are comments on it.
type board struct {
	title  string
	box    func(p *Page, id dom.ID) (native string, ok bool) // a post's box and the site's id of the post
	text   *dom.Names                                        // the element of the text
	ident  string                                            // prefix of its id, where it has no class
	wide   *dom.Names                                        // where that is missing, the element that holds the header as well
	author *dom.Names                                        // that of the author's name
	when   *dom.Names                                        // that of the time
	user   *dom.Names                                        // the pane about the user: times in it are not the post's
	rank   *dom.Names                                        // that of a title which may state a role
	omit   *dom.Names                                        // what stands in the text and is none: signatures, notes of edits
}

func (b board) name() string { return b.title }

func (b board) records(p *Page) []record {
	var out []record
	for id := dom.ID(0); id < p.Len(); {
		native, ok := "", false
		if p.Nodes[id].Class != "" || p.Nodes[id].Ident != "" || p.Tag(id) == atom.Article {
			native, ok = b.box(p, id)
		}
		if !ok || p.Hidden != nil && p.Hidden(id) {
			id++
			continue
		}
		out = append(out, record{from: id, end: p.End(id), id: native, parent: none, text: dom.None, plain: true})
		id++ // posts never stand in each other, but in tag soup they may
	}
	texts := 0
	for i := range out {
		r := &out[i]
		if i+1 < len(out) {
			r.end = min(r.end, out[i+1].from)
		}
		if r.text = p.inner(r, b.text); r.text == dom.None && b.ident != "" {
			r.text = p.FirstIn(r.from+1, r.end, func(id dom.ID) bool { return strings.HasPrefix(p.Nodes[id].Ident, b.ident) })
		}
		if r.text == dom.None && b.wide != nil {
			r.text = p.inner(r, b.wide)
			r.wide = r.text != dom.None
		}
		if r.text != dom.None {
			texts++
		}
		p.post(r, b)
	}
	if texts == 0 {
		return nil
	}
	p.Posts, p.flat, p.omit = true, true, b.omit
	quoted(p, out)
	return out
}

// inner is the first element of a record with one of the classes, and in it the
// last one down the first path that has one as well; or None.
func (p *Page) inner(r *record, names *dom.Names) dom.ID {
	found, end := dom.None, r.end
	for id := r.from + 1; id < end; id++ {
		if !p.IsText(id) && p.HasAny(id, names) {
			if found != dom.None && p.hasText(found+1, id) {
				break // what stands beside it belongs to the text
			}
			found, end = id, p.End(id)
		}
	}
	return found
}

// hasText tells whether text stands between two nodes.
func (p *Page) hasText(from, end dom.ID) bool {
	for id := from; id < end; id++ {
		if p.IsText(id) && strings.TrimSpace(p.Nodes[id].Raw.Data) != "" && !dom.Unseen(p.Tag(p.Parent(id))) {
			return true
		}
	}
	return false
}

// post reads author, time and role of a post outside of its text. Of the
// elements that may name the author, one that is or holds a link is the surest.
func (p *Page) post(r *record, b board) {
	sure, pane := 3, dom.ID(0)
	for id := r.from; id < r.end; {
		if p.IsText(id) || id == r.text && !r.wide || dom.Unseen(p.Tag(id)) {
			id = p.End(id)
			continue
		}
		if p.Nodes[id].Class == "" {
			id++
			continue
		}
		if p.word(id, editWords) && !(r.text != dom.None && p.Within(r.text, id)) { // when the post was edited last
			id = p.End(id)
			continue
		}
		if b.user != nil && p.HasAny(id, b.user) {
			pane = max(pane, p.End(id))
		}
		if sure > 0 && p.HasAny(id, b.author) {
			if name, link, n := p.nameIn(id); name != "" && n < sure {
				r.author, r.authorURL, sure = name, link, n
			}
		}
		if r.posted == "" && id >= pane && p.HasAny(id, b.when) {
			r.posted = p.stamp(id)
		}
		if r.role == "" && b.rank != nil && p.HasAny(id, b.rank) {
			r.role = p.role(id)
		}
		id++
	}
	if name := cleanName(p.Attr(r.from, "data-author")); name != "" {
		r.author = name
	}
}

// editWords are words of class names of a note on the last edit.
var editWords = dom.NewNames(`edit edited editdate lastedit lastedited modified`)

// nameIn is the name in an element that names an author, the address of the
// profile, and how it is marked: 0 by a link, 1 as strong, 2 not at all.
func (p *Page) nameIn(id dom.ID) (name, link string, rank int) {
	strong := ""
	for n := id; n < min(p.End(id), id+40); n++ {
		switch p.Tag(n) {
		case atom.A:
			if href := p.Attr(n, "href"); href != "" && !strings.HasPrefix(href, "#") {
				if s := p.name(n); s != "" && p.findIn(n) == "" { // the time may be a link as well
					return s, p.Resolve(href), 0
				}
			}
		case atom.Strong, atom.B:
			if strong == "" {
				strong = p.name(n)
			}
		}
	}
	if strong != "" {
		return strong, p.profileURL(id), 1
	}
	s := p.name(id)
	if up := p.Parent(id); up != dom.None && p.Tag(up) == atom.A && s != "" {
		return s, p.Resolve(p.Attr(up, "href")), 0
	}
	if p.findIn(id) != "" {
		return "", "", 2
	}
	return s, "", 2
}

// profileURL is the address of the link that an element is, holds or stands in.
func (p *Page) profileURL(id dom.ID) string {
	if href := p.href(id); href != "" {
		return href
	}
	if up := p.Parent(id); up != dom.None && p.Tag(up) == atom.A {
		return p.Resolve(p.Attr(up, "href"))
	}
	return ""
}

// stampAttrs are attributes that state a time, the surest first.
var stampAttrs = []string{"datetime", "data-time", "data-timestamp", "data-datetime", "content", "title", "data-original-title", "data-bs-original-title", "data-tippy-content", "data-tooltip"}

// stamp is the time that an element states: in an attribute of itself or of what
// it holds, else in its text.
func (p *Page) stamp(id dom.ID) string {
	for n := id; n < min(p.End(id), id+24); n++ {
		if p.IsText(n) {
			continue
		}
		for _, attr := range stampAttrs {
			value := p.Attr(n, attr)
			if value == "" {
				continue
			}
			if digits(value) {
				if iso, ok := when.Epoch(value); ok {
					return iso
				}
				continue
			}
			if iso, ok := p.when(value); ok {
				return iso
			}
			if iso := p.find(value); iso != "" {
				return iso
			}
		}
	}
	return p.findIn(id)
}

// postID is N of an id that is a prefix and a number.
func postID(ident, prefix string) (string, bool) {
	n, ok := strings.CutPrefix(ident, prefix)
	return n, ok && digits(n)
}

// quoteAttrs are attributes in which programs name the post that a quote is from.
var quoteAttrs = []string{"data-source", "data-post-id", "data-ipsquote-contentcommentid", "data-post", "data-pid", "data-postid", "cite", "source"}

// maxQuoteHead bounds the nodes of a quote in which the link to its source is looked for.
const maxQuoteHead = 40

// quoted makes the post that a post quotes first its parent, where the quote
// links to it or names its number, and the post stands before on this page.
func quoted(p *Page, out []record) {
	at := make(map[string]int, len(out))
	for i := range out {
		if out[i].id != "" {
			at[out[i].id] = i
		}
	}
	for i := range out {
		r := &out[i]
		from, end := r.from, r.end
		if r.text != dom.None {
			from, end = r.text, p.End(r.text)
		}
		for id := from + 1; id < end && r.parent == none; id++ {
			if p.IsText(id) || !p.isQuote(id) {
				continue
			}
			up, ok := p.quoteSource(id, at)
			if !ok {
				up, ok = p.citedBefore(id, at)
			}
			if ok && up < i {
				r.parent = up
				break
			}
			id = p.End(id) - 1
		}
	}
}

// citedBefore is the record that a line before a quote, or before the box around
// it, leads to.
func (p *Page) citedBefore(id dom.ID, at map[string]int) (int, bool) {
	before := p.elementBefore(id)
	if before == dom.None {
		before = p.elementBefore(p.Parent(id))
	}
	if before == dom.None {
		return 0, false
	}
	if _, short := p.Short(before, maxHeader); !short {
		return 0, false
	}
	return p.quoteSource(before, at)
}

// isQuote tells the element of a quote in a post.
func (p *Page) isQuote(id dom.ID) bool {
	return p.Tag(id) == atom.Blockquote || p.Nodes[id].Class != "" && p.HasAny(id, quoteBoxes)
}

var quoteBoxes = dom.NewNames(`quote bbcode-quote bbc-standard-quote quote-container quoteheader topslice-quote bbcodeblock--quote bbcodeblock-quote ipsquote mycode-quote
	bbcodequote quotebox uix-quote userquote quotemain bbcode-container`)

// quoteSource is the record that a quote is from, by an attribute or a link.
func (p *Page) quoteSource(id dom.ID, at map[string]int) (int, bool) {
	for n := id; n < min(p.End(id), id+maxQuoteHead); n++ {
		if p.IsText(n) {
			continue
		}
		for _, attr := range quoteAttrs {
			value := p.Attr(n, attr)
			if strings.Contains(value, "/post") {
				value = linkedPost(value)
			}
			if i := strings.LastIndexAny(value, ":#"); i >= 0 {
				value = strings.TrimSpace(value[i+1:])
			}
			if i, ok := at[strings.TrimLeft(value, "pidostmg-_")]; ok && value != "" {
				return i, true
			}
		}
		if p.Tag(n) == atom.A {
			if i, ok := at[linkedPost(p.Attr(n, "href"))]; ok {
				return i, true
			}
		}
	}
	return 0, false
}

// postKeys name the number of a post in an address.
var postKeys = dom.NewNames(`p pid id comment postid msg message messageid goto`)

// linkedPost is the number of the post that an address leads to: behind its
// "#", else behind "p=", "pid=" and the like or "/post/", else its last part.
func linkedPost(href string) string {
	if len(href) > 500 {
		return ""
	}
	if _, fragment, ok := strings.Cut(href, "#"); ok {
		if n := strings.TrimLeft(strings.ToLower(fragment), "abcdefghijklmnopqrstuvwxyz-_"); digits(n) {
			return n
		}
	}
	if _, query, ok := strings.Cut(href, "?"); ok {
		for part := range strings.FieldsFuncSeq(query, func(r rune) bool { return r == '&' || r == ';' }) {
			if key, n, _ := strings.Cut(strings.TrimPrefix(part, "amp;"), "="); postKeys.Has(key) {
				if end := strings.IndexFunc(n, func(r rune) bool { return r < '0' || r > '9' }); end >= 0 {
					n = n[:end]
				}
				if digits(n) {
					return n
				}
			}
		}
	}
	for _, part := range []string{"/post/", "/posts/"} {
		if i := strings.Index(href, part); i >= 0 {
			if n, _, _ := strings.Cut(href[i+len(part):], "/"); digits(n) {
				return n
			}
		}
	}
	href = strings.TrimRight(href, "/")
	if n := href[strings.LastIndexByte(href, '/')+1:]; digits(strings.TrimPrefix(n, "post-")) {
		return strings.TrimPrefix(n, "post-")
	}
	return ""
}
