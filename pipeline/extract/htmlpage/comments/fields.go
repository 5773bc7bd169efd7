package comments

import (
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract"
	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/pipeline/extract/htmlpage/prose"
	"corpus/pipeline/normalize/when"
	"corpus/schema"
)

// textClasses name the element that holds a comment's text, the surest first.
var textClasses = []string{
	"comment-content", "comment-text", "comment_content", "comment_text", "commenttext", "comment-entry", "comment__content", "comment__text",
	"commentcontent", "comment-body-text", "comment__body", "comment-message", "commentbody", "comment-txt", "comment-copy", "e-content", "p-content",
	"field-name-comment-body", "field--name-comment-body", "comment-post-text", "entry-content", "comment-inner-text", "comment-bubble", "text",
}

// authorClasses likewise for the author's name.
var authorClasses = [][]string{
	{"fn"},
	{"comment-author-name", "comment-author-link", "comment__author-name", "comment__author", "comment_author", "commentauthor", "comment-username", "comment-user-name", "comment-user", "p-author", "commenter", "comment-name", "author-name", "comment-author", "username", "user-name", "authorname", "nickname"},
	{"author", "user", "name", "comment-by", "vcard"},
}

// timeClasses likewise for the time of posting.
var timeClasses = []string{
	"comment-date", "comment-time", "comment_date", "comment__date", "comment__time", "commentdate", "comment-meta", "commentmetadata", "comment-metadata",
	"comment-timestamp", "comment-permalink", "comment-posted-on", "comment-info", "comment__meta", "datetime", "timestamp", "date", "time", "published", "created", "submitted", "meta", "dt-published",
}

// headClasses name what stands in a record and is no text of the comment.
var headClasses = []string{
	"comment-author", "comment-meta", "commentmetadata", "comment-metadata", "comment-header", "comment-head", "comment-footer", "reply", "comment-reply", "comment-reply-link",
	"comment-edit-link", "comment-actions", "comment-date", "comment-time", "vcard", "avatar", "says", "fn", "comment-awaiting-moderation", "author", "comment-author-link",
	"comment-info", "comment-links", "comment-tools", "comment-options", "comment-rating", "comment-votes", "comment-likes", "comment-like", "sd-content", "sharedaddy", "edit-link",
	"reply-link", "replylink", "comment-buttons", "comment-permalink", "permalink", "comment-number", "commentnumber", "commentcount", "comment-num", "comment-avatar", "gravatar", "timestamp",
	"comment-form", "comment-respond", "comment-timestamp", "user", "datetime", "comment-details", "comment-title-meta", "submitted", "links", "pull-right-meta", "like-button", "comment-arrow",
	"comment__header", "comment__meta", "comment__author", "comment__footer", "comment__actions", "comment__date", "report", "comment-report", "cld-like-dislike-wrap", "comment-subscription",
	"comment-admin", "comment-data", "comment-author-infos", "screen-reader-text", "sr-only", "visually-hidden", "comment-reply-wrapper", "comment-notes", "comment_meta", "comment_author", "comment_date", "date",
}

// comment reads one record; false where it holds neither text nor a state that
// explains why.
func (p *Page) comment(r *record, self int) (extract.Comment, bool) {
	c := extract.Comment{ID: r.id, Author: r.author, AuthorURL: r.authorURL, PostedAt: r.posted, Role: r.role, State: r.state}
	text := r.text
	if text == dom.None {
		text = p.textOf(r)
	}
	inText := func(id dom.ID) bool {
		if text == dom.None {
			return false
		}
		if r.textEnd > 0 {
			return id >= text && id < r.textEnd
		}
		return p.Within(id, text)
	}
	if c.Author == "" {
		p.author(r, &c, inText)
	}
	if c.PostedAt == "" {
		c.PostedAt = p.posted(r, inText)
	}
	p.marks(r, &c, inText)
	var pieces []prose.Piece
	skip := func(id dom.ID) bool {
		if _, other := p.roots[id]; other && id != r.from {
			return true
		}
		return p.control(id)
	}
	switch {
	case text == dom.None:
		pieces = prose.Between(p.Tree, r.from, r.end, func(id dom.ID) bool {
			return id != r.from && (skip(id) || p.head(id) || p.Tag(id) == atom.Time)
		})
		pieces = dropHeader(pieces, &c)
	case r.textEnd > 0:
		pieces = prose.Between(p.Tree, text, r.textEnd, func(id dom.ID) bool { return id != text && skip(id) })
	default:
		pieces = prose.Of(p.Tree, text, skip)
	}
	c.Blocks = prose.Blocks(pieces)
	p.removed(&c)
	return c, len(c.Blocks) > 0 || c.State != ""
}

// control tells elements of a comment's text that are no part of it: forms,
// buttons, counters, reply links, notes of the moderation.
func (p *Page) control(id dom.ID) bool {
	switch p.Tag(id) {
	case atom.Form, atom.Button, atom.Input, atom.Label, atom.Nav, atom.Noscript, atom.Fieldset:
		return true
	}
	if p.Hidden != nil && p.Hidden(id) {
		return true
	}
	class := p.Nodes[id].Class
	if class == "" {
		return p.Nodes[id].Ident == "respond"
	}
	return p.HasClass(id, "reply", "comment-reply-link", "comment-edit-link", "comment-awaiting-moderation", "says", "sd-sharing", "comment-likes", "comment-like",
		"comment-rating", "comment-respond", "comment-actions", "sharedaddy", "jp-relatedposts", "cld-like-dislike-wrap", "screen-reader-text", "children", "comment-replies",
		"replies", "edit-link", "reply-link", "comment-footer", "comment-meta", "commentmetadata", "vcard", "ratingblock", "comment-subscription", "crayon-toolbar", "wpulike", "comment-reply", "comment-header", "fn", "avatar") ||
		p.HasToken(id, "itemprop", "author") || p.Nodes[id].Ident == "respond"
}

// head tells what stands beside the text in a record without an element for the text.
func (p *Page) head(id dom.ID) bool {
	return p.HasClass(id, headClasses...) || p.HasToken(id, "itemprop", "datePublished") || p.HasToken(id, "itemprop", "dateCreated")
}

// textOf is the element that holds the text of a record, by its name; None
// where there is none.
func (p *Page) textOf(r *record) dom.ID {
	found, rank := dom.None, len(textClasses)
	p.own(r, func(id dom.ID) bool {
		if p.HasToken(id, "itemprop", "text") || p.HasToken(id, "itemprop", "commentText") || p.HasToken(id, "property", "schema:text") || p.HasToken(id, "property", "content:encoded") {
			if rank >= 0 {
				found, rank = id, -1
			}
			return false
		}
		if p.Nodes[id].Class == "" || id == r.from {
			return true
		}
		for i, class := range textClasses[:max(rank, 0)] {
			if p.HasClass(id, class) {
				found, rank = id, i
				break
			}
		}
		return true
	})
	return found
}

// author reads who wrote a comment.
func (p *Page) author(r *record, c *extract.Comment, inText func(dom.ID) bool) {
	found, rank := dom.None, len(authorClasses)+2
	try := func(id dom.ID, n int) {
		if n < rank && len(p.name(id)) > 0 {
			found, rank = id, n
		}
	}
	p.own(r, func(id dom.ID) bool {
		if inText(id) {
			return false
		}
		if p.IsText(id) || id == r.from {
			return true
		}
		switch {
		case p.HasToken(id, "itemprop", "author") || p.HasToken(id, "itemprop", "creator") || p.HasToken(id, "rel", "sioc:has_creator") || p.HasToken(id, "rel", "schema:author"):
			try(id, 1)
		case p.Tag(id) == atom.Cite:
			try(id, 2)
		case p.Nodes[id].Class != "":
			for i, classes := range authorClasses {
				if p.HasClass(id, classes...) {
					try(id, []int{0, 3, 4}[i])
				}
			}
		}
		return true
	})
	if found == dom.None {
		return
	}
	if inner := p.First(found, func(id dom.ID) bool { return p.HasToken(id, "itemprop", "name") || p.HasClass(id, "fn") }); inner != dom.None && p.name(inner) != "" {
		found = inner
	}
	c.Author = p.name(found)
	link := found
	if p.Tag(link) != atom.A {
		if link = p.FirstTag(found, atom.A); link == dom.None {
			link = p.Above(found, func(id dom.ID) bool { return p.Tag(id) == atom.A })
			if link != dom.None && link < r.from {
				link = dom.None
			}
		}
	}
	if link != dom.None {
		if href := p.Attr(link, "href"); !strings.HasPrefix(href, "#") && !strings.Contains(href, "#comment-") {
			c.AuthorURL = p.Resolve(href)
		}
	}
}

// name is the name that an element shows, without words that the machine adds.
func (p *Page) name(id dom.ID) string {
	s := ""
	if p.Tag(id) == atom.Meta || p.Tag(id) == atom.Link {
		s = dom.Squeeze(p.Attr(id, "content"))
	} else {
		s = p.TextWithout(id, func(n dom.ID) bool {
			return p.HasClass(n, "says", "comment-meta", "commentmetadata", "comment-metadata", "comment-date", "date", "datetime", "comment-time", "screen-reader-text", "sr-only", "avatar", "comment-awaiting-moderation", "reply", "badge", "post-author-badge") ||
				p.Tag(n) == atom.Time || p.Tag(n) == atom.Button || p.Tag(n) == atom.Small
		})
	}
	return cleanName(s)
}

// sayings follow or precede a name, as templates print them; lower case.
var (
	sayingsAfter  = []string{"says", "said", "sagt", "schrieb", "schreibt", "sagte", "meint", "dit", "a dit", "a écrit", "dice", "dijo", "ha detto", "scrive", "diz", "disse", "zegt", "pisze", "mówi", "wrote", "writes", "commented", "kommentierte", "hat gesagt", "on"}
	sayingsBefore = []string{"comment by", "posted by", "written by", "submitted by", "kommentar von", "geschrieben von", "verfasst von", "von", "by", "par", "eingetragen von", "commentaire de", "comentario de"}
)

// maxName bounds a name in bytes.
const maxName = 120

func cleanName(s string) string {
	s = strings.Trim(dom.Squeeze(strings.ReplaceAll(s, "\u00a0", " ")), " :|,…·•–—")
	s = strings.TrimSuffix(s, "...")
	for range 2 {
		lower := strings.ToLower(s)
		if len(lower) != len(s) {
			break
		}
		for _, w := range sayingsAfter {
			if strings.HasSuffix(lower, " "+w) {
				s = strings.Trim(s[:len(s)-len(w)-1], " :|,")
				break
			}
		}
		lower = strings.ToLower(s)
		for _, w := range sayingsBefore {
			if len(lower) == len(s) && strings.HasPrefix(lower, w) && len(s) > len(w) && (s[len(w)] == ' ' || s[len(w)] == ':') {
				s = strings.Trim(s[len(w):], " :|,")
				break
			}
		}
	}
	if len(s) > maxName {
		return ""
	}
	return s
}

// posted reads when a comment was posted.
func (p *Page) posted(r *record, inText func(dom.ID) bool) string {
	marked, classed, linked, plain := "", "", "", ""
	p.own(r, func(id dom.ID) bool {
		if inText(id) || marked != "" {
			return false
		}
		if p.IsText(id) {
			if plain == "" {
				plain = p.find(p.Nodes[id].Raw.Data)
			}
			return true
		}
		switch {
		case p.Tag(id) == atom.Time, p.HasToken(id, "itemprop", "datePublished"), p.HasToken(id, "itemprop", "dateCreated"), p.HasToken(id, "itemprop", "commentTime"), p.Tag(id) == atom.Abbr && p.Has(id, "title"), p.HasToken(id, "property", "dc:date"):
			for _, attr := range []string{"datetime", "content", "title"} {
				if iso, ok := p.when(p.Attr(id, attr)); ok {
					marked = iso
					return false
				}
			}
			if marked = p.find(p.Text(id)); marked != "" {
				return false
			}
		case p.Nodes[id].Class != "" && classed == "" && p.HasClass(id, timeClasses...):
			classed = p.find(p.TextWithout(id, inText))
		case p.Tag(id) == atom.A && linked == "" && strings.Contains(p.Attr(id, "href"), "#"):
			linked = p.find(p.Text(id))
		}
		return true
	})
	for _, iso := range []string{marked, classed, linked, plain} {
		if iso != "" {
			return iso
		}
	}
	return ""
}

// maxTime bounds the text that a time is looked for in, in bytes.
const maxTime = 300

func (p *Page) when(s string) (string, bool) {
	if s == "" || len(s) > maxTime {
		return "", false
	}
	return when.Text(s, p.Order)
}

func (p *Page) find(s string) string {
	if len(s) > maxTime || !strings.ContainsAny(s, "0123456789") {
		return ""
	}
	iso, _, _, ok := when.Find(dom.Squeeze(s), p.Order)
	if !ok {
		return ""
	}
	return iso
}

// marks reads votes and the notes on a record's state.
func (p *Page) marks(r *record, c *extract.Comment, inText func(dom.ID) bool) {
	p.own(r, func(id dom.ID) bool {
		if p.IsText(id) {
			return true
		}
		if p.HasClass(id, "comment-awaiting-moderation") && c.State == "" {
			c.State = schema.StatePending
		}
		switch {
		case p.HasToken(id, "itemprop", "upvoteCount"):
			c.VotesUp = count(p.value(id))
		case p.HasToken(id, "itemprop", "downvoteCount"):
			c.VotesDown = count(p.value(id))
		}
		return true
	})
}

// value is the content of a property: its attribute, else its text.
func (p *Page) value(id dom.ID) string {
	if s := p.Attr(id, "content"); s != "" {
		return s
	}
	return p.Text(id)
}

// count reads a number that a page shows; nil for anything else.
func count(s string) *int32 {
	s = strings.NewReplacer(".", "", ",", "", " ", "", "\u00a0", "").Replace(strings.TrimSpace(s))
	n, err := strconv.ParseInt(s, 10, 32)
	if err != nil || n < 0 {
		return nil
	}
	v := int32(n)
	return &v
}

// dropHeader drops lines before the text that only repeat the name and the
// time, and lines of controls after it.
func dropHeader(pieces []prose.Piece, c *extract.Comment) []prose.Piece {
	author := fold(c.Author)
	for len(pieces) > 1 {
		line := fold(cleanName(pieces[0].Text))
		rest := strings.TrimSpace(strings.TrimPrefix(line, author))
		if author != "" && (line == author || strings.HasPrefix(line, author) && len(rest) < 60 && len(pieces[0].Text) < 120 && hasDate(pieces[0].Text)) ||
			len(pieces[0].Text) < 80 && hasDate(pieces[0].Text) {
			pieces = pieces[1:]
			continue
		}
		break
	}
	for len(pieces) > 1 && controlLines[fold(pieces[len(pieces)-1].Text)] {
		pieces = pieces[:len(pieces)-1]
	}
	return pieces
}

var controlLines = map[string]bool{
	"reply": true, "antworten": true, "répondre": true, "responder": true, "rispondi": true, "edit": true, "report": true, "melden": true, "like": true,
	"permalink": true, "link": true, "quote": true, "zitieren": true, "reply to this comment": true, "auf diesen kommentar antworten": true, "share": true,
	"log in to reply": true, "reply link": true, "beantwoorden": true, "odpowiedz": true, "delete": true,
}

func hasDate(s string) bool {
	if len(s) > maxTime {
		return false
	}
	_, _, _, ok := when.Find(dom.Squeeze(s), when.OrderUnknown)
	return ok
}

func fold(s string) string { return strings.ToLower(dom.Squeeze(strings.Trim(s, " .:|-–—()[]"))) }

// local is the name of a comment without an id of its own.
func local(i int) string { return "~" + strconv.Itoa(i) }
