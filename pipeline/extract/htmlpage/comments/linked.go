package comments

import (
	"strings"

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
			text := item.Get("text").String()
			if text == "" {
				text = item.Get("commentText").String()
			}
			c := extract.Comment{ParentID: parent, Blocks: p.fragment(text)}
			if len(c.Blocks) == 0 {
				continue
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
			c.ID = linkedID(item)
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
	known := map[string]bool{}
	for i := range out {
		if known[out[i].ID] {
			out[i].ID = local(i)
		}
		known[out[i].ID] = true
	}
	for i := range out {
		if !known[out[i].ParentID] {
			out[i].ParentID = "" // the article itself
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
