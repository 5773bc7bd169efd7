package comments

import (
	"slices"
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract"
	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/pipeline/extract/htmlpage/jsonld"
	"corpus/pipeline/extract/htmlpage/prose"
	"corpus/schema"
)

// Bounds of the comments in JSON-LD.
const (
	maxLinked      = 20_000
	maxLinkedDepth = 16
)

// linked are the comments that the article's JSON-LD holds.
func (p *Page) linked() []extract.Comment {
	var out []extract.Comment
	var walk func(v *jsonld.Value, parent string, depth int)
	walk = func(v *jsonld.Value, parent string, depth int) {
		for _, item := range v.All() {
			item = p.Data.Follow(item)
			if item == nil || !item.Is("Comment", "UserComments") || len(out) >= maxLinked || depth > maxLinkedDepth {
				continue
			}
			c, ok := p.linkedPost(item, parent)
			if !ok {
				continue
			}
			if up := item.Get("parentItem"); up != nil && parent == "" {
				c.ParentID = linkedID(up)
			}
			if c.ID == "" {
				c.ID = local(len(out))
			}
			out = append(out, c)
			walk(item.Get("comment"), c.ID, depth+1)
		}
	}
	walk(p.Article.Get("comment"), "", 0)
	if len(out) == 0 {
		for _, v := range p.Data.Objects { // beside the article, in a list or a graph
			if v.Is("Comment", "UserComments") && p.onArticle(v) {
				walk(v, "", 1)
			}
		}
		out = p.proper(out)
	}
	if len(out) == 0 {
		out = p.linkedReviews()
	}
	return numbered(out)
}

// onArticle tells whether a comment beside the article is one on it: it names no
// other thing that it is about.
func (p *Page) onArticle(v *jsonld.Value) bool {
	for _, key := range []string{"about", "itemReviewed", "discussionUrl", "isPartOf"} {
		target := v.Get(key)
		if target == nil {
			continue
		}
		if p.Article == nil {
			return false
		}
		if object := p.Data.Follow(target); object == p.Article {
			continue
		}
		id := target.URL()
		own, page := p.Article.Get("@id").URL(), p.Resolve("#")
		if id == "" || id != own && p.Resolve(id) != strings.TrimSuffix(page, "#") && id != p.Article.Get("url").URL() {
			return false
		}
	}
	return true
}

// proper are comments that stand alone in a script, and not below an article:
// each needs author and time there.
func (p *Page) proper(out []extract.Comment) []extract.Comment {
	for i := range out {
		if out[i].Author == "" || out[i].PostedAt == "" {
			return nil
		}
	}
	return out
}

// linkedReviews are the readers' reviews of what the page is about: a recipe, a
// product, a book. A review of nobody, or without a text, is a rating.
func (p *Page) linkedReviews() []extract.Comment {
	var out []extract.Comment
	for _, v := range p.Data.Objects {
		if !v.Is("Recipe", "Product", "Book", "Movie", "HowTo", "Course") {
			continue
		}
		for _, item := range v.Get("review").All() {
			item = p.Data.Follow(item)
			if item == nil || !item.Is("Review", "UserReview") || len(out) >= maxLinked {
				continue
			}
			if c, ok := p.linkedPost(item, ""); ok && c.Author != "" && c.PostedAt != "" {
				if c.ID == "" {
					c.ID = local(len(out))
				}
				out = append(out, c)
			}
		}
		if len(out) > 1 {
			return out
		}
		out = out[:0] // one review is the site's own
	}
	return nil
}

// linkedThread is a question with its answers, or a thread, that stands in JSON-LD
// alone: a QAPage, or an object of such a type with answers of named persons.
// posts tells that its first record is the question, which the page does not show.
func (p *Page) linkedThread() (out []extract.Comment, posts bool) {
	for _, v := range p.Data.Objects {
		if v.Is("QAPage") {
			v = p.Data.Follow(v.Get("mainEntity"))
		}
		if v == nil || v.Kind != jsonld.Object || !v.Is("Question", "DiscussionForumPosting") {
			continue
		}
		first, ok := p.linkedPost(v, "")
		out = out[:0]
		if ok {
			if first.ID == "" {
				first.ID = local(0)
			}
			out = append(out, first)
		}
		for _, key := range []string{"acceptedAnswer", "suggestedAnswer", "comment"} {
			n := len(out)
			if out = p.linkedAnswers(v.Get(key), "", out, 0); key == "acceptedAnswer" && len(out) > n {
				apart := true
				out[n].Featured = &apart
			}
		}
		if ok && len(out) > 1 && !p.shows(&out[0]) {
			return numbered(out), true
		}
		if ok {
			out = out[1:]
		}
		if out = numbered(slices.Clone(out)); len(out) > 0 {
			if ok {
				for i := range out {
					out[i].ID, out[i].ParentID = earlier(out[i].ID), earlier(out[i].ParentID)
				}
			}
			return out, false
		}
	}
	return nil, false
}

// linkedAnswers reads answers and the comments on them; an answer of nobody is
// one of a list of frequent questions.
func (p *Page) linkedAnswers(v *jsonld.Value, parent string, out []extract.Comment, depth int) []extract.Comment {
	for _, item := range v.All() {
		item = p.Data.Follow(item)
		if item == nil || !item.Is("Answer", "Comment") || len(out) >= maxLinked || depth > maxLinkedDepth {
			continue
		}
		c, ok := p.linkedPost(item, parent)
		if !ok || c.Author == "" {
			continue
		}
		if c.ID == "" {
			c.ID = local(len(out))
		}
		out = append(out, c)
		out = p.linkedAnswers(item.Get("comment"), c.ID, out, depth+1)
	}
	return out
}

// linkedPost reads one object; false where it has no text.
func (p *Page) linkedPost(item *jsonld.Value, parent string) (extract.Comment, bool) {
	c := extract.Comment{ParentID: parent, ID: linkedID(item)}
	for _, key := range []string{"text", "articleBody", "commentText", "reviewBody"} {
		if s := item.Get(key).String(); s != "" {
			c.Blocks = p.fragment(s)
			break
		}
	}
	author := item.Get("author")
	if author == nil {
		author = item.Get("creator")
	}
	author = p.Data.Follow(author)
	c.Author = dom.Squeeze(author.String())
	if author != nil && author.Kind == jsonld.Object {
		c.AuthorURL = p.Resolve(author.Get("url").URL())
	}
	for _, key := range []string{"dateCreated", "datePublished", "commentTime"} {
		if iso, ok := p.when(item.Get(key).String()); ok && c.PostedAt == "" {
			c.PostedAt = iso
		}
	}
	if iso, ok := p.when(item.Get("dateModified").String()); ok && iso != c.PostedAt {
		c.EditedAt = iso
	}
	c.VotesUp = count(item.Get("upvoteCount").String())
	c.VotesDown = count(item.Get("downvoteCount").String())
	return c, len(c.Blocks) > 0
}

// shownText is the beginning of a text by which it is found in the page, in bytes.
const shownText = 24

// shows tells whether the page shows the beginning of a text that stands in a script.
func (p *Page) shows(c *extract.Comment) bool {
	return len(p.shown([]extract.Comment{*c})) > 0
}

// shown are the lines of the page that show texts which stand in a script: there
// the article must not take them for its own.
func (p *Page) shown(comments []extract.Comment) []dom.ID {
	begins := map[string]bool{}
	for i := range comments {
		for _, b := range comments[i].Blocks {
			if s := dom.Squeeze(b.Text); len(s) >= shownText {
				begins[s[:shownText]] = true
			}
		}
	}
	var out []dom.ID
	for id := dom.ID(0); id < p.Len(); id++ {
		if !p.IsText(id) {
			if dom.Unseen(p.Tag(id)) && p.Tag(id) != atom.Head {
				id = p.End(id) - 1
			}
			continue
		}
		s := strings.TrimSpace(p.Nodes[id].Raw.Data)
		if s = dom.Squeeze(s[:min(len(s), 4*shownText)]); len(s) < shownText || !begins[s[:shownText]] {
			continue
		}
		line := p.Above(id, func(n dom.ID) bool { return dom.Breaks(p.Tag(n)) })
		if line != dom.None && !dom.IsTag(p.Tag(line), atom.Body, atom.Html, atom.Main, atom.Article) && (len(out) == 0 || !p.Within(line, out[len(out)-1])) {
			out = append(out, line)
		}
	}
	return out
}

// linkedID is the number at the end of a comment's @id, identifier or url.
func linkedID(v *jsonld.Value) string {
	for _, key := range []string{"identifier", "@id", "url"} {
		s := strings.ToLower(v.Get(key).String())
		if s == "" {
			continue
		}
		if i := strings.LastIndexAny(s, "#/=?"); i >= 0 {
			s = s[i+1:]
		}
		if id := nativeID(s); id != "" {
			return id
		}
	}
	return ""
}

// fragment are the blocks of a text that may hold markup.
func (p *Page) fragment(s string) []extract.Block {
	if strings.Contains(s, "<") && strings.Contains(s, ">") {
		if t, err := dom.Parse(s); err == nil && t.Len() > 0 {
			return prose.Blocks(prose.Between(t, 0, t.Len(), func(dom.ID) bool { return false }))
		}
	}
	var out []extract.Block
	for part := range strings.SplitSeq(strings.ReplaceAll(s, "\r\n", "\n"), "\n\n") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, extract.Block{Kind: schema.BlockParagraph, Text: part})
		}
	}
	return out
}
