package comments

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract"
	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/pipeline/extract/htmlpage/prose"
	"corpus/schema"
)

// textClasses name the element that holds a comment's text, the surest first.
var textClasses = dom.Ranks(`
	wp-block-comment-content comment-content comment-text commenttext comment-entry commentcontent comment-body-text comment-body
	comment-message commentbody comment-txt comment-copy e-content p-content field-name-comment-body
	field--name-comment-body comment-post-text entry-content comment-inner-text comment-bubble text`)

// commentSuffixes end class names of a program's own for a comment's text.
var commentSuffixes = []string{"comment-text ", "comment-content ", "comment-body ", "comment-message ", "comment-texte ", "comment-msg "}

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
	c := extract.Comment{ID: r.id, Author: r.author, AuthorURL: r.authorURL, PostedAt: r.posted, Role: r.role, State: r.state, VotesUp: r.up, VotesDown: r.down, Score: r.score}
	if r.featured || p.word(r.from, featuredWords) {
		apart := true
		c.Featured = &apart
	}
	if r.opening && r.plain && r.text == dom.None {
		return c, false // a link, a picture
	}
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
	wide := r.wide || text == dom.None // the text's element holds the header as well
	if c.Author == "" {
		if p.author(r, &c, inText); c.Author == "" && text != dom.None && !r.plain {
			p.author(r, &c, nowhere)
			wide = wide || c.Author != ""
		}
	}
	if c.Author == "" && text != dom.None && !r.plain {
		p.headAuthor(r, &c, inText)
	}
	if c.PostedAt == "" {
		if c.PostedAt = p.posted(r, inText); c.PostedAt == "" && text != dom.None && !r.plain {
			c.PostedAt = p.markedTime(r, nowhere)
			wide = wide || c.PostedAt != ""
		}
	}
	if c.PostedAt == "" && p.Captured != "" {
		c.PostedAt = p.ago(r, inText)
		r.relative = c.PostedAt != ""
	}
	r.wide = wide && text != dom.None
	p.marks(r, &c, inText)
	from, end := r.from, r.end
	if text != dom.None {
		from, end = text, p.End(text)
		if p.Tag(text) == atom.Blockquote {
			from++ // some programs use it for all texts
		}
	} else if dom.IsTag(p.Tag(from), atom.Li, atom.Dt, atom.Dd, atom.Blockquote) {
		from++ // the item is the comment, and no part of a list in it
	}
	skip := func(id dom.ID) bool {
		if id == text || id == r.from {
			return false
		}
		if _, other := p.roots[id]; other {
			return true
		}
		return p.control(id) || r.opening && p.word(id, answerWords) || wide && (p.head(id) || p.Tag(id) == atom.Time)
	}
	pieces := prose.Between(p.Tree, from, end, skip)
	if wide || c.Author == "" && !r.plain {
		pieces = p.header(pieces, end, skip, &c)
	}
	c.Blocks = prose.Blocks(p.unaddressed(pieces, end, skip))
	p.removed(r, &c)
	if c.State != "" && strings.HasPrefix(c.Author, "[") && strings.HasSuffix(c.Author, "]") {
		c.Author, c.AuthorURL = "", "" // "[deleted]" is no name
	}
	return c, len(c.Blocks) > 0 || c.State != ""
}

// controlClasses name elements inside a comment's text that are no part of it.
var controlClasses = dom.NewNames(`
	reply comment-reply-link comment-edit-link comment-awaiting-moderation says sd-sharing comment-likes
	comment-like comment-rating comment-respond comment-actions sharedaddy jp-relatedposts cld-like-dislike-wrap
	screen-reader-text children comment-replies replies edit-link reply-link comment-footer comment-meta
	commentmetadata vcard ratingblock comment-subscription crayon-toolbar wpulike comment-reply comment-header fn
	avatar`)

// signatureSuffixes end class names of what an author puts below all posts;
// controlSuffixes those of buttons below a text.
var (
	signatureSuffixes = []string{"signature "}
	controlSuffixes   = []string{"-options ", "-actions ", "-buttons ", "-controls ", "-toolbar ", "-tools "}
)

// lineLong tells an element that holds a line and no more.
func (p *Page) lineLong(id dom.ID) bool {
	_, ok := p.Short(id, maxHeader)
	return ok
}

// ratingWords are words of class names of the stars that somebody gave.
var ratingWords = dom.NewNames(`rating ratings stars star`)

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
	if p.Tag(id) == atom.A && p.jump(id) || dom.IsTag(p.Tag(id), atom.H2, atom.H3, atom.H4, atom.H5, atom.H6) && p.permalinked(id) {
		return true
	}
	if up := p.Parent(id); up != dom.None && dom.IsTag(p.Tag(id), atom.P, atom.Dt) && p.HasClass(up, "codebox") {
		return true // "Code: Select all"
	}
	class := p.Nodes[id].Class
	if class == "" {
		return p.Nodes[id].Ident == "respond"
	}
	if p.omit != nil && p.Has(id, "data-excludequote") { // Invision's notes of edits
		return true
	}
	if p.word(id, ratingWords) {
		if s, short := p.Short(id, 40); short && (s == "" || anyDigit(s)) {
			return true // stars
		}
	}
	return p.HasAny(id, controlClasses) || p.endsIn(id, signatureSuffixes) || p.endsIn(id, controlSuffixes) && p.lineLong(id) || p.omit != nil && p.HasAny(id, p.omit) ||
		p.prop(id, authorProps) || p.Nodes[id].Ident == "respond"
}

// permalinked tells a heading that is a link to its own comment, which a program
// makes of the first words where nobody wrote one.
func (p *Page) permalinked(id dom.ID) bool {
	a := p.FirstIn(id+1, min(p.End(id), id+4), func(n dom.ID) bool { return p.Tag(n) == atom.A })
	if a == dom.None || !strings.Contains(p.Attr(a, "href"), "#comment") {
		return false
	}
	whole, ok := p.Short(id, maxHeader)
	linked, _ := p.Short(a, maxHeader)
	return ok && whole == linked
}

// jumpWords are links from a quote to where it is from; lower case.
var jumpWords = dom.NewNames(`view-post view-original-post go-to-post goto-post zum-beitrag beitrag-anzeigen`)

// jump tells a link from a quote to the post that it is from: an arrow, or words
// that say so. It is no part of the quote.
func (p *Page) jump(id dom.ID) bool {
	href := p.Attr(id, "href")
	if href == "" || linkedPost(href) == "" {
		return false
	}
	s, ok := p.Short(id, 24)
	if !ok || strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0 && !jumpWords.Has(strings.ReplaceAll(fold(s), " ", "-")) {
		return false
	}
	return p.FirstIn(id+1, p.End(id), func(n dom.ID) bool { return p.Tag(n) == atom.Img }) == dom.None && p.inQuote(id)
}

// inQuote tells whether a node stands in a quote, a few elements up.
func (p *Page) inQuote(id dom.ID) bool {
	for range 6 {
		if id = p.Parent(id); id == dom.None {
			return false
		}
		if p.isQuote(id) {
			return true
		}
	}
	return false
}

// head tells what stands beside the text in a record without an element for the text.
func (p *Page) head(id dom.ID) bool {
	return p.HasAny(id, headClasses) || p.prop(id, timeProps)
}

// textOf is the element that holds the text of a record, by its name; None
// where there is none.
func (p *Page) textOf(r *record) dom.ID {
	found, rank := dom.None, len(textClasses)
	p.own(r, func(id dom.ID) bool {
		if p.prop(id, textProps) {
			if rank >= 0 {
				found, rank = id, -1
			}
			return false
		}
		if p.Nodes[id].Class == "" || id == r.from {
			return true
		}
		n := p.Rank(id, textClasses)
		if n == len(textClasses) && dom.Breaks(p.Tag(id)) && p.endsIn(id, commentSuffixes) {
			n = len(textClasses) - 2
		}
		if n < len(textClasses) {
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

// marks reads votes and the notes on a record's state.
func (p *Page) marks(r *record, c *extract.Comment, inText func(dom.ID) bool) {
	p.own(r, func(id dom.ID) bool {
		if p.IsText(id) {
			return true
		}
		if c.State == "" && (p.word(id, pendingWords) || !inText(id) && p.pendingNote(id)) {
			c.State = schema.StatePending
		}
		switch {
		case p.HasToken(id, "itemprop", "upvoteCount"):
			c.VotesUp = count(p.value(id))
		case p.HasToken(id, "itemprop", "downvoteCount"):
			c.VotesDown = count(p.value(id))
		case p.Nodes[id].Class != "" && !inText(id):
			p.votes(id, c)
			if c.Role == "" && p.word(id, badgeWords) {
				c.Role = p.role(id)
			}
		}
		return true
	})
}

// Words of class names of a comment that the site sets apart, and of what stands
// beside a name and may state a role.
var (
	featuredWords = dom.NewNames(`featured bestanswer editorspick pinned sticky highlighted`)
	badgeWords    = dom.NewNames(`badge role label flair usertitle rank userbanner tag`)
)

// Words of class names of votes.
var (
	upWords    = dom.NewNames(`upvote upvotes likes thumbsup voteup`)
	downWords  = dom.NewNames(`downvote downvotes dislikes thumbsdown votedown`)
	scoreWords = dom.NewNames(`score points karma`)
	countNames = dom.NewNames(`count counter number num total value`)
)

// votes reads a number that is named for votes: in an element of such a class,
// "likes", or with a word for counts, "like-count".
func (p *Page) votes(id dom.ID, c *extract.Comment) {
	up, down, score := p.word(id, upWords), p.word(id, downWords), p.word(id, scoreWords)
	if !up && !down && !score {
		if !p.word(id, countNames) && !p.word(id, voteSides) {
			return
		}
		switch {
		case p.word(id, likeWords) || p.word(id, voteWords) && p.word(id, upSide):
			up = true
		case p.word(id, dislikeWords) || p.word(id, voteWords) && p.word(id, downSide):
			down = true
		case p.word(id, voteWords):
			score = true
		default:
			return
		}
	}
	s, ok := p.Short(id, 16)
	if !ok {
		return
	}
	s = strings.Trim(s, "()[] +")
	switch {
	case up && !down && c.VotesUp == nil:
		c.VotesUp = count(s)
	case down && !up && c.VotesDown == nil:
		c.VotesDown = count(s)
	case score && !up && !down && c.Score == nil:
		c.Score = signed(s)
	}
}

// Words that mean votes beside a word for a count or a side.
var (
	likeWords    = dom.NewNames(`like likes`)
	dislikeWords = dom.NewNames(`dislike dislikes unlike`)
	voteWords    = dom.NewNames(`vote votes rating thumb thumbs`)
	voteSides    = dom.NewNames(`up down result`)
	upSide       = dom.NewNames(`up`)
	downSide     = dom.NewNames(`down`)
)

// value is the content of a property: its attribute, else its text.
func (p *Page) value(id dom.ID) string {
	if s := p.Attr(id, "content"); s != "" {
		return s
	}
	s, _ := p.Short(id, maxTime)
	return s
}

// groupSigns part the thousands of a number.
var groupSigns = strings.NewReplacer(".", "", ",", "", " ", "", "\u00a0", "")

// maxCount bounds the bytes of a number, with white space around it.
const maxCount = 256

// count reads a number that a page shows; nil for anything else.
func count(s string) *int32 {
	if len(s) > maxCount || !dom.HasDigit(s) { // most lines are none
		return nil
	}
	s = groupSigns.Replace(strings.TrimSpace(s))
	n, err := strconv.ParseInt(s, 10, 32)
	if err != nil || n < 0 {
		return nil
	}
	v := int32(n)
	return &v
}

// signed is count for a number with a sign before it.
func signed(s string) *int32 {
	s = strings.TrimSpace(s)
	rest, minus := strings.CutPrefix(strings.Replace(s, "\u2212", "-", 1), "-")
	n := count(rest)
	if n != nil && minus {
		*n = -*n
	}
	return n
}

func fold(s string) string { return strings.ToLower(dom.Squeeze(strings.Trim(s, " .:|-–—()[]"))) }

// local is the name of a comment without an id of its own.
func local(i int) string { return "~" + strconv.Itoa(i) }
