package htmlpage

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
)

// hint is what class, id and role of an element say about it.
type hint uint8

const (
	hintDrop    hint = 1 << iota // navigation, advertising, sharing, related articles, ...
	hintSmall                    // so as well, where it holds little text: bylines, dates
	hintComment                  // comments of readers and what belongs to them
	hintBody                     // the text of the article
	hintLead                     // its standfirst
)

// hintKey is how an element is named: by its class names, see dom.Node.List, and its id.
type hintKey struct {
	list  int32
	ident string
}

// dropWords are words of class names and ids whose element is no part of the
// text, whatever it holds.
var dropWords = dom.NewNames(`
	nav navi navbar navigation menu submenu menus breadcrumb breadcrumbs crumbs footer foot sidebar sidebars aside related
	recommended recommendation recommendations recommends share shares sharing sharebar social socials sociable addthis addtoany
	sharedaddy newsletter newsletters subscribe signup login register promo promos promotion promoted advert adverts advertisement
	advertising ad ads adv adsense banner banners sponsor sponsors sponsored popular trending mostread tags tagcloud taglist cookie
	cookies consent gdpr modal popup overlay lightbox pagination pager paging toolbar masthead topbar yarpp outbrain taboola
	screenreader offscreen donate donation donations paywall copyright skiplink print printfriendly rating ratings
	bookmarks follow teasers upsell marketing infobox shariff like likes likebtn prevnext postnav crp linkwithin zergnet noprint
	navbox editsection metadata mw-jump catlinks byauthor authorbox authorbio bio bioinfo feedback survey poll quiz
	shopping buy cart cta recirc recirculation regwall paygate readmore seealso backlink backlinks trackback trackbacks notice cookienotice
	jsonly dropdown tooltip accessibility sitemap subnav imprint impressum weather stocks ticker`)

// dropStems begin words that are written together: sharebuttons, relatedposts.
var dropStems = []string{
	"sharebutt", "sharing", "socialmed", "socialsh", "socialic", "relatedp", "relateda", "relateds", "relatedc", "relatedl",
	"recommend", "breadcr", "newslett", "navigat", "sidebar", "advert", "sponsor", "mostpop", "mostread", "cookie",
	"subscri", "paginat", "footer", "signup",
}

// smallWords mark parts of an article's head and foot; they are kept where they
// hold so much text that it must be the article's.
var smallWords = dom.NewNames(`
	meta byline bylines author authors date dateline datetime published publish timestamp postmeta postinfo posted info category
	categories cat kicker eyebrow credits credit source tag keywords keyword topics tools actions action buttons button counter
	views stats label labels permalink header head logo search controls reading readingtime contributor contributors profile user
	affiliation affiliations affs avatar caption captions count counts next previous prev teaser topic toc edit rubric rubrik ressort overline toggle edition form`)

// commentWords mark comments of readers.
var commentWords = dom.NewNames(`
	comment comments commentlist commentarea commentaries commentaire commentaires kommentar kommentare kommentarer comentarios
	comentario commenti commento commentform respond responses disqus wpdiscuz wpd livefyre discussion reacties commentsection
	fbcomments pingback pingbacks pinglist readercomments usercomments commentbox postcomment postcomments`)

var commentStems = []string{"commentl", "comments", "commentf", "commentbl", "commentc", "kommentar", "disqus"}

// bodyClasses are whole class names that templates give to the article's text.
var bodyClasses = dom.NewNames(`
	entry-content post-content article-body article-content articlebody story-body post-body article-text
	articletext post-text story-content body-text bodytext single-content content-body article-main
	main-content-article page-content rich-text richtext articlecontent storybody entry-body e-content entry
	wp-block-post-content field-name-body field--name-body blog-content blog-post-content single-post-content
	post-entry entrytext postcontent td-post-content storycontent story-text news-content news-text news-body
	c-article-body text-content blogpost-content`)

var leadWords = dom.NewNames(`
	lead lede standfirst intro introduction dek subtitle subheadline subheading subhead summary abstract excerpt vorspann lead-text leadtext
	chapo teaserfirst deck sapo description strapline anrisser einleitung`)

// hint tells what class and id of an element say; answers are kept, since
// pages repeat their class names.
func (p *page) hint(id dom.ID) hint {
	n := &p.Nodes[id]
	if n.Class == "" && n.Ident == "" {
		return 0
	}
	if n.Ident == "" { // most elements have class names alone
		known := &p.classHints[n.List]
		if !known.known {
			*known = classHint{hintOf(n.Class, ""), true}
		}
		return known.hint
	}
	key := hintKey{n.List, n.Ident}
	h, ok := p.hints[key]
	if !ok {
		h = hintOf(n.Class, n.Ident)
		p.hints[key] = h
	}
	return h
}

// classHint is what is known of elements with certain class names and no id.
type classHint struct {
	hint  hint
	known bool
}

// maxNames bounds the bytes of class names that are looked at.
const maxNames = 1024

func hintOf(class, ident string) hint {
	if len(class) > maxNames {
		class = class[:maxNames]
	}
	if len(ident) > maxNames {
		ident = ident[:maxNames]
	}
	var h hint
	for name := range strings.FieldsSeq(class) {
		switch {
		case bodyClasses.Has(name):
			h |= hintBody
		case name == "hidden" && !strings.Contains(class, ":"): // "hidden md:block" hides on small screens alone
			h |= hintDrop
		}
		h |= hintOfName(name)
	}
	return h | hintOfName(ident)
}

// pageLinks are names of the links between the pages of one article.
var pageLinks = dom.NewNames(`page-links post-page-numbers page-numbers nav-links post-nav-links article-pages multipage-links wp-pagenavi`)

// hintOfName judges one class name or id by its words.
func hintOfName(name string) hint {
	var h hint
	// Names of states, such as "no-sidebar" or "has-comments", say nothing about the element.
	for _, state := range []string{"no-", "has-", "is-", "with-", "without-", "js-", "hide-", "show-", "wp-block-", "wp-caption", "tag-", "category-", "td-", "type-", "status-", "comments-open", "comment-open"} {
		if strings.HasPrefix(name, state) {
			switch state {
			case "js-", "td-", "wp-block-":
			default:
				return 0
			}
		}
	}
	if pageLinks.Has(name) {
		return hintDrop
	}
	for word := range dom.Words(name) {
		switch {
		case commentWords.Has(word) || stem(word, commentStems):
			h |= hintComment
		case dropWords.Has(word) || stem(word, dropStems):
			h |= hintDrop
		case leadWords.Has(word):
			h |= hintLead
		case smallWords.Has(word):
			h |= hintSmall
		}
	}
	return h
}

func stem(word string, stems []string) bool {
	for _, s := range stems {
		if strings.HasPrefix(word, s) {
			return true
		}
	}
	return false
}

// hiddenNode tells an element that is not shown.
// React streams parts of a page into hidden elements with ids "S:N" and moves
// them to their place; they are shown.
func (p *page) hiddenNode(id dom.ID) bool {
	if p.Has(id, "hidden") && !strings.HasPrefix(p.Nodes[id].Ident, "s:") ||
		strings.EqualFold(p.Attr(id, "aria-hidden"), "true") && p.Tag(id) != atom.P {
		return true
	}
	style := p.Attr(id, "style")
	if style == "" || len(style) > 4096 {
		return false
	}
	style = strings.ToLower(strings.Join(strings.Fields(style), ""))
	return strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") ||
		strings.Contains(style, "left:-999") || strings.Contains(style, "text-indent:-999") || strings.HasPrefix(style, "font-size:0") && len(style) <= len("font-size:0px;")
}

// named tells whether a word of the element's class names is in the set.
func (p *page) named(id dom.ID, set *dom.Names) bool { return p.HasLetters(id, set) }

// aside tells a node in a part of the page beside the article: a sidebar, a
// list of related articles, the site's footer.
func (p *page) aside(id dom.ID) bool { return p.side[id]&sideAside != 0 }
