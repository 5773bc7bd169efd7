package comments

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract"
	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/pipeline/extract/htmlpage/prose"
	"corpus/pipeline/normalize/when"
	"corpus/schema"
)

// textClasses name the element that holds a comment's text, the surest first.
var textClasses = dom.Ranks(`
	wp-block-comment-content comment-content comment-text commenttext comment-entry commentcontent comment-body-text comment-body
	comment-message commentbody comment-txt comment-copy e-content p-content field-name-comment-body
	field--name-comment-body comment-post-text entry-content comment-inner-text comment-bubble text`)

// authorClasses likewise for the author's name.
var authorClasses = []dom.Names{
	dom.NewNames(`
	fn wp-block-comment-author-name`),
	dom.NewNames(`
	comment-author-name comment-author-link comment-author commentauthor comment-username comment-user-name
	comment-user p-author commenter comment-name author-name username user-name authorname nickname`),
	dom.NewNames(`
	author user name comment-by vcard`),
}

// timeClasses likewise for the time of posting.
var timeClasses = dom.NewNames(`
	comment-date comment-time commentdate comment-meta commentmetadata comment-metadata comment-timestamp
	comment-permalink comment-posted-on comment-info datetime timestamp date time published created submitted meta
	dt-published wp-block-comment-date`)

// headClasses name what stands in a record and is no text of the comment.
var headClasses = dom.NewNames(`
	comment-author comment-meta commentmetadata comment-metadata comment-header comment-head comment-footer reply
	comment-reply comment-reply-link comment-edit-link comment-actions comment-date comment-time vcard avatar says
	fn comment-awaiting-moderation author comment-author-link comment-info comment-links comment-tools
	comment-options comment-rating comment-votes comment-likes comment-like sd-content sharedaddy edit-link
	reply-link replylink comment-buttons comment-permalink permalink comment-number commentnumber commentcount
	comment-num comment-avatar gravatar timestamp comment-form comment-respond comment-timestamp user datetime
	comment-details comment-title-meta submitted links pull-right-meta like-button comment-arrow report
	comment-report cld-like-dislike-wrap comment-subscription comment-admin comment-data comment-author-infos
	screen-reader-text sr-only visually-hidden comment-reply-wrapper comment-notes date
	wp-block-comment-author-name wp-block-comment-date wp-block-comment-reply-link wp-block-comment-edit-link wp-block-avatar`)

// comment reads one record; false where it holds neither text nor a state that
// explains why.
func (p *Page) comment(r *record) (extract.Comment, bool) {
	c := extract.Comment{ID: r.id, Author: r.author, AuthorURL: r.authorURL, PostedAt: r.posted, Role: r.role, State: r.state}
	text := r.text
	if text == dom.None {
		text = p.textOf(r)
	}
	inText := func(id dom.ID) bool {
		if text == dom.None {
			return false
		}
		return p.Within(id, text)
	}
	nowhere := func(dom.ID) bool { return false }
	wide := text == dom.None // the text's element holds the header as well
	if c.Author == "" {
		if p.author(r, &c, inText); c.Author == "" && text != dom.None {
			p.author(r, &c, nowhere)
			wide = wide || c.Author != ""
		}
	}
	if c.Author == "" && text != dom.None {
		p.headAuthor(r, &c, inText)
	}
	if c.PostedAt == "" {
		if c.PostedAt = p.posted(r, inText); c.PostedAt == "" && text != dom.None {
			c.PostedAt = p.markedTime(r, nowhere)
			wide = wide || c.PostedAt != ""
		}
	}
	p.marks(r, &c)
	from, end := r.from, r.end
	if text != dom.None {
		from, end = text, p.End(text)
	}
	pieces := prose.Between(p.Tree, from, end, func(id dom.ID) bool {
		if id == from {
			return false
		}
		if _, other := p.roots[id]; other && id != r.from {
			return true
		}
		return p.control(id) || wide && (p.head(id) || p.Tag(id) == atom.Time)
	})
	if wide || c.Author == "" {
		pieces = p.header(pieces, &c)
	}
	c.Blocks = prose.Blocks(pieces)
	removed(&c)
	return c, len(c.Blocks) > 0 || c.State != ""
}

// controlClasses name elements inside a comment's text that are no part of it.
var controlClasses = dom.NewNames(`
	reply comment-reply-link comment-edit-link comment-awaiting-moderation says sd-sharing comment-likes
	comment-like comment-rating comment-respond comment-actions sharedaddy jp-relatedposts cld-like-dislike-wrap
	screen-reader-text children comment-replies replies edit-link reply-link comment-footer comment-meta
	commentmetadata vcard ratingblock comment-subscription crayon-toolbar wpulike comment-reply comment-header fn
	avatar`)

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
	return p.HasAny(id, controlClasses) ||
		p.HasToken(id, "itemprop", "author") || p.Nodes[id].Ident == "respond"
}

// head tells what stands beside the text in a record without an element for the text.
func (p *Page) head(id dom.ID) bool {
	return p.HasAny(id, headClasses) || p.HasToken(id, "itemprop", "datePublished") || p.HasToken(id, "itemprop", "dateCreated")
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
		if n := p.Rank(id, textClasses); n < len(textClasses) {
			// What stands inside is nearer to the text, but for the vaguest name.
			inner := found != dom.None && p.Within(id, found) && n < len(textClasses)-1
			if n < rank || inner && rank >= 0 {
				found, rank = id, n
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
		case p.Tag(id) == atom.A && profile(p.Attr(id, "href")):
			try(id, 3)
		case p.Nodes[id].Class != "":
			for i, classes := range authorClasses {
				if p.HasAny(id, classes) {
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

// headAuthor reads the author from the header of a record where no class tells:
// the first heading, bold text or link outside of the text that can be a name.
func (p *Page) headAuthor(r *record, c *extract.Comment, inText func(dom.ID) bool) {
	p.own(r, func(id dom.ID) bool {
		if c.Author != "" || inText(id) || p.control(id) {
			return false
		}
		switch p.Tag(id) {
		case atom.B, atom.Strong, atom.A, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
			line, ok := p.Short(id, maxHeader)
			if !ok || line == "" || isControlLine(line) {
				return true
			}
			if iso, start, _, ok := when.Find(line, p.Order); ok && iso != "" {
				line = line[:start]
			}
			name := cleanName(line)
			if name == "" || glue[fold(name)] || strings.Count(name, " ") > 5 {
				return true
			}
			c.Author = name
			if p.Tag(id) == atom.A {
				if href := p.Attr(id, "href"); !strings.HasPrefix(href, "#") && !strings.Contains(href, "#comment") {
					c.AuthorURL = p.Resolve(href)
				}
			}
		}
		return true
	})
}

// name is the name that an element shows, without words that the machine adds.
func (p *Page) name(id dom.ID) string {
	s := ""
	if _, ok := p.Short(id, 4*maxName); !ok {
		return ""
	}
	if p.Tag(id) == atom.Meta || p.Tag(id) == atom.Link {
		s = dom.Squeeze(p.Attr(id, "content"))
	} else {
		s = p.TextWithout(id, func(n dom.ID) bool {
			return p.HasClass(n, "says", "comment-meta", "commentmetadata", "comment-metadata", "comment-date", "date", "datetime", "comment-time", "screen-reader-text", "sr-only", "avatar", "comment-awaiting-moderation", "reply", "badge", "post-author-badge") ||
				p.Tag(n) == atom.Time || p.Tag(n) == atom.Button || p.Tag(n) == atom.Small || p.End(n)-n <= 3 && p.role(n) != ""
		})
	}
	return cleanName(s)
}

// sayings follow or precede a name, as templates print them; lower case.
var (
	sayingsAfter  = []string{"says", "said", "sagt", "schrieb", "schreibt", "sagte", "meint", "dit", "a dit", "a écrit", "dice", "dijo", "ha detto", "scrive", "diz", "disse", "zegt", "pisze", "mówi", "wrote", "writes", "commented", "kommentierte", "hat gesagt", "am", "um", "on", "dijo"}
	sayingsBefore = []string{"comment by", "posted by", "written by", "submitted by", "kommentar von", "geschrieben von", "verfasst von", "von", "by", "par", "eingetragen von", "commentaire de", "comentario de"}
)

// maxName bounds a name in bytes.
const maxName = 120

// role is the role that a badge states; empty for other elements.
func (p *Page) role(id dom.ID) string {
	s, _ := p.Short(id, 40)
	return roleWords[fold(s)]
}

// roleWords are badges beside a name, and the role that they state.
var roleWords = map[string]string{
	"author": "author", "autor": "author", "autorin": "author", "post author": "author", "auteur": "author", "autore": "author", "beitragsautor": "author",
	"admin": "admin", "administrator": "admin", "moderator": "moderator", "mod": "moderator", "moderation": "moderator", "staff": "staff", "editor": "staff", "redaktion": "staff", "team": "staff",
}

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
	// "NAME — 17.07.": what begins with a digit after a dash is no name.
	for _, dash := range []string{" — ", " – ", " - ", " | ", ", "} {
		if i := strings.Index(s, dash); i > 0 && i+len(dash) < len(s) && s[i+len(dash)] >= '0' && s[i+len(dash)] <= '9' {
			s = s[:i]
		}
	}
	if len(s) > maxName || strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) < 0 || strings.HasPrefix(s, "#") && digits(s[1:]) {
		return ""
	}
	return s
}

// posted reads when a comment was posted.
func (p *Page) posted(r *record, inText func(dom.ID) bool) string {
	if iso := p.markedTime(r, inText); iso != "" {
		return iso
	}
	plain := ""
	p.own(r, func(id dom.ID) bool {
		if inText(id) || plain != "" {
			return false
		}
		if p.IsText(id) && len(p.Nodes[id].Raw.Data) <= maxTime {
			if plain = p.find(p.Nodes[id].Raw.Data); plain != "" && len(plain) <= 10 && p.Parent(id) >= r.from {
				// The time of day may stand in an element of its own.
				if line := p.findIn(p.Parent(id)); strings.HasPrefix(line, plain) {
					plain = line
				}
			}
		}
		return true
	})
	return plain
}

// markedTime is the time that an attribute states, else an element that is
// named for it, else the record's own link.
func (p *Page) markedTime(r *record, inText func(dom.ID) bool) string {
	marked, classed, linked := "", "", ""
	p.own(r, func(id dom.ID) bool {
		if inText(id) || marked != "" {
			return false
		}
		if p.IsText(id) {
			return true
		}
		switch {
		case p.Tag(id) == atom.Time, p.HasToken(id, "itemprop", "datePublished"), p.HasToken(id, "itemprop", "dateCreated"), p.HasToken(id, "itemprop", "commentTime"), p.Tag(id) == atom.Abbr && p.Has(id, "title"), p.HasToken(id, "property", "dc:date"):
			for _, attr := range []string{"datetime", "content", "title"} {
				if iso, ok := p.when(p.Attr(id, attr)); ok {
					marked = iso
					if shown := p.findIn(id); len(iso) <= 10 && len(shown) > 10 && strings.HasPrefix(shown, iso) {
						marked = shown // a day in the attribute says less than day and time in the text
					}
					return false
				}
			}
			if classed == "" {
				classed = p.findIn(id)
			}
		case p.Nodes[id].Class != "" && classed == "" && p.HasAny(id, timeClasses):
			classed = p.findIn(id)
		case p.Tag(id) == atom.A && linked == "" && strings.Contains(p.Attr(id, "href"), "#"):
			linked = p.findIn(id)
		}
		return true
	})
	// A day in an attribute says less than day and time in the text.
	for _, iso := range []string{classed, linked} {
		if len(marked) <= 10 && len(iso) > len(marked) && strings.HasPrefix(iso, marked) {
			return iso
		}
	}
	return marked
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

// findIn is the first date in the text of an element that is short.
func (p *Page) findIn(id dom.ID) string {
	s, ok := p.Short(id, maxTime)
	if !ok {
		return ""
	}
	return p.find(s)
}

// marks reads votes and the notes on a record's state.
func (p *Page) marks(r *record, c *extract.Comment) {
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
	s, _ := p.Short(id, maxTime)
	return s
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

// header takes the lines off a text that only repeat name and time, and reads
// them where the markup did not tell: "NAME DATE", "NAME says:", a name on a line
// of its own before a date, or "NAME — DATE" at the end. Lines of controls go.
func (p *Page) header(pieces []prose.Piece, c *extract.Comment) []prose.Piece {
	for len(pieces) > 1 && isControlLine(pieces[len(pieces)-1].Text) {
		pieces = pieces[:len(pieces)-1]
	}
	for range 3 {
		if len(pieces) < 2 {
			return pieces
		}
		next := ""
		if len(pieces) > 2 {
			next = pieces[1].Text
		}
		line := pieces[0].Text
		if c.Author == "" {
			// The whole line, with the date that was left out of the text.
			if whole, ok := p.Short(pieces[0].Node, maxHeader); ok && strings.HasPrefix(whole, line) {
				line = whole
			}
		}
		if !p.headerLine(line, next, c) {
			break
		}
		pieces = pieces[1:]
	}
	if last := pieces[len(pieces)-1].Text; len(pieces) > 1 && p.headerLine(last, "", c) {
		pieces = pieces[:len(pieces)-1]
	}
	return pieces
}

// maxHeader bounds a line that states name and time, in bytes.
const maxHeader = 120

// headerLine tells whether a line is a header and reads it; next is the line after it.
func (p *Page) headerLine(line, next string, c *extract.Comment) bool {
	if len(line) > maxHeader || strings.Contains(line, "\n") {
		return false
	}
	if c.Author != "" && fold(cleanName(line)) == fold(c.Author) {
		return true
	}
	line = dom.Squeeze(line)
	iso, start, end, ok := when.Find(line, p.Order)
	if ok {
		before, after := strings.Trim(line[:start], " ,|·•–—-/@("), strings.Trim(line[end:], " .,:|·•–—-/@)#")
		if len(after) > 12 || len(before) > 60 {
			return false
		}
		name := cleanName(before)
		if glue[fold(name)] || slices.Contains(sayingsBefore, fold(name)) {
			name = ""
		}
		if c.PostedAt != "" && iso[:min(len(iso), 10)] != c.PostedAt[:min(len(c.PostedAt), 10)] {
			return false // a date that the comment speaks of
		}
		if c.Author != "" && name != "" && !strings.Contains(fold(name), fold(c.Author)) && !strings.Contains(fold(c.Author), fold(name)) {
			return false
		}
		if c.Author == "" {
			c.Author = name
		}
		if c.PostedAt == "" {
			c.PostedAt = iso
		}
		return true
	}
	if c.Author != "" {
		return false
	}
	name := cleanName(line)
	says := strings.HasSuffix(line, ":") && name != strings.TrimSuffix(line, ":")
	if !says && (len(next) > 60 || p.find(next) == "") || strings.Count(name, " ") > 5 {
		return false
	}
	c.Author = name
	return true
}

// glue are words before a date that are no name.
var glue = map[string]bool{"am": true, "on": true, "le": true, "el": true, "il": true, "posted": true, "vom": true, "at": true, "geschrieben am": true, "posted on": true, "#": true}

// isControlLine tells a line of buttons: "Reply · Like (2) · Report".
func isControlLine(s string) bool {
	if len(s) > 80 {
		return false
	}
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune("·|•/\n", r) }) {
		part, _, _ = strings.Cut(part, "(")
		if part = fold(part); part != "" && !controlLines[part] {
			return false
		}
	}
	return true
}

var controlLines = map[string]bool{
	"reply": true, "antworten": true, "répondre": true, "responder": true, "rispondi": true, "edit": true, "report": true, "melden": true, "like": true,
	"permalink": true, "link": true, "quote": true, "zitieren": true, "reply to this comment": true, "auf diesen kommentar antworten": true, "share": true,
	"log in to reply": true, "reply link": true, "beantwoorden": true, "odpowiedz": true, "delete": true,
	"kommentar melden": true, "beitrag melden": true, "report comment": true, "report this comment": true, "flag": true,
	"gefällt mir": true, "gefällt mir nicht": true, "dislike": true, "j'aime": true, "signaler": true, "denunciar": true, "me gusta": true, "mi piace": true,
}

func fold(s string) string { return strings.ToLower(dom.Squeeze(strings.Trim(s, " .:|-–—()[]"))) }

// local is the name of a comment without an id of its own.
func local(i int) string { return "~" + strconv.Itoa(i) }
