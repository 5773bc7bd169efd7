package comments

import (
	"strings"

	"corpus/pipeline/extract"
	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/pipeline/extract/htmlpage/jsonld"
	"corpus/pipeline/normalize/when"
	"corpus/schema"
)

// Bounds of the state of scripts that is read.
const (
	maxState       = 8 << 20 // bytes of a script
	maxStateValues = 300_000 // values of all scripts of a page
	maxStateDepth  = 32
	maxStateID     = 64 // bytes of an id
	maxStateShare  = 2  // texts are as long as the script that they stand in, so many times at most
)

// state is the data that a program of the page left in a script so that its
// scripts can go on from there: of Next, Nuxt, Apollo and their like.
type state struct {
	flat   []*jsonld.Value          // Nuxt: values refer to each other by their places
	cached map[string]*jsonld.Value // Apollo: objects refer to each other by name
	lists  [][]extract.Comment      // those that were found
	walked map[*jsonld.Value]bool   // values that were looked through, since references can go round; whether below a telling name
	taken  map[*jsonld.Value]bool   // those that became comments
	bytes  int                      // how much text may still be taken: one may stand for many
	left   *int                     // how many values may still be read
	inner  int                      // how much text may still be read as JSON in JSON
}

// index files the objects of an Apollo cache, "Comment:12" → object.
func (s *state) index(v *jsonld.Value, depth int) {
	if v.Kind != jsonld.Object || depth > 4 || s.flat != nil {
		return
	}
	for i, key := range v.Keys {
		item := v.Items[i]
		if item.Kind == jsonld.Object && item.Get("__typename") != nil && strings.Contains(key, ":") {
			if s.cached == nil {
				s.cached = map[string]*jsonld.Value{}
			}
			s.cached[key] = item
		} else {
			s.index(item, depth+1)
		}
	}
}

// follow is what a value refers to, by its place or by its name; else itself.
func (s *state) follow(v *jsonld.Value) *jsonld.Value {
	for range 4 {
		if v == nil {
			return nil
		}
		if ref := v.Get("__ref"); ref != nil && s.cached != nil {
			v = s.cached[ref.Text]
			continue
		}
		if v.Kind == jsonld.List && s.flat != nil && len(v.Items) == 2 && wrapping.Has(v.Items[0].Text) {
			v = s.at(v.Items[1])
			continue
		}
		break
	}
	return v
}

// wrapping are the marks that Nuxt puts around a value.
var wrapping = dom.NewNames(`Reactive ShallowReactive Ref ShallowRef EmptyRef Date`)

// at is the value at the place that v names, in the state of Nuxt.
func (s *state) at(v *jsonld.Value) *jsonld.Value {
	if v == nil || v.Kind != jsonld.Text || !digits(v.Text) || len(v.Text) > 7 {
		return nil
	}
	n := 0
	for _, c := range v.Text {
		n = 10*n + int(c-'0')
	}
	if n >= len(s.flat) {
		return nil
	}
	return s.flat[n]
}

// item is a member of an object or list as it is meant.
func (s *state) item(v *jsonld.Value) *jsonld.Value {
	if s.flat != nil {
		v = s.at(v)
	}
	return s.follow(v)
}

// get is the first member with one of the names.
func (s *state) get(v *jsonld.Value, keys ...string) *jsonld.Value {
	for _, key := range keys {
		if m := v.Get(key); m != nil {
			if m = s.item(m); m != nil && (m.Kind != jsonld.Text || m.Text != "") {
				return m
			}
		}
	}
	return nil
}

// text is the text of a value, empty for a list or an object.
func textOf(v *jsonld.Value) string {
	if v == nil || v.Kind != jsonld.Text {
		return ""
	}
	return strings.TrimSpace(v.Text)
}

// Words in the names of members: of lists of comments, and of lists that are
// none of this article.
var (
	stateWords = []string{"comment", "replies", "reply", "answers", "kommentar", "discussion"}
	otherWords = []string{"recent", "latest", "related", "popular", "trending", "sidebar", "widget", "featured", "recommend"}
)

func holdsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// walkState looks for lists of comments below a value that a member key holds;
// in tells whether a member above it is named after comments.
func (p *Page) walkState(s *state, v *jsonld.Value, key string, in bool, depth int) {
	low := strings.ToLower(key)
	if v = s.unpack(v, low, in); v == nil || v.Kind == jsonld.Text || depth > maxStateDepth || holdsAny(low, otherWords) {
		return
	}
	in = in || holdsAny(low, stateWords)
	if named, walked := s.walked[v]; walked && (named || !in) {
		return
	}
	s.walked[v] = in
	switch v.Kind {
	case jsonld.List:
		if in {
			if list := p.stateList(s, v.Items, "", nil, 0); len(list) > 0 {
				s.lists = append(s.lists, numbered(list))
				return
			}
		}
		for _, item := range v.Items {
			p.walkState(s, s.item(item), "", in, depth+1)
		}
	case jsonld.Object:
		if s.cached != nil && depth <= 4 {
			if list := p.cachedComments(s, v); len(list) > 0 {
				s.lists = append(s.lists, numbered(list))
				return
			}
		}
		if in {
			if list := p.stateTable(s, v); len(list) > 0 {
				s.lists = append(s.lists, numbered(list))
				return
			}
		}
		for i, key := range v.Keys {
			if s.cached != nil && s.cached[key] == v.Items[i] {
				continue
			}
			p.walkState(s, s.item(v.Items[i]), key, in, depth+1)
		}
	}
}

// cachedComments are the comments in an Apollo cache, in its order.
func (p *Page) cachedComments(s *state, v *jsonld.Value) []extract.Comment {
	var items []*jsonld.Value
	for i, key := range v.Keys {
		if kind := textOf(v.Items[i].Get("__typename")); s.cached[key] == v.Items[i] && (strings.HasSuffix(kind, "Comment") || strings.HasSuffix(kind, "Reply") || strings.HasSuffix(kind, "Answer")) {
			items = append(items, v.Items[i])
		}
	}
	return p.stateList(s, items, "", nil, 0)
}

// stateTable reads an object whose members are comments under their own ids, as
// programs keep them that look them up: {"71": {"id": 71, …}}.
func (p *Page) stateTable(s *state, v *jsonld.Value) []extract.Comment {
	for i, key := range v.Keys {
		item := s.item(v.Items[i])
		if item == nil || item.Kind != jsonld.Object || textOf(s.get(item, idKeys...)) != key {
			return nil
		}
	}
	return p.stateList(s, v.Items, "", nil, 0)
}

// stateList reads the comments of a list, replies in them included.
func (p *Page) stateList(s *state, items []*jsonld.Value, parent string, out []extract.Comment, depth int) []extract.Comment {
	if depth > maxLinkedDepth {
		return out
	}
	for _, item := range items {
		if s.flat != nil && item.Kind == jsonld.Text {
			item = s.at(item)
		}
		item = s.follow(item)
		if node := s.get(item, "node", "comment"); node != nil && node.Kind == jsonld.Object && s.get(item, bodyKeys...) == nil {
			item = node
		}
		if item == nil || s.taken[item] || len(out) >= maxLinked {
			continue
		}
		c, ok := p.stateComment(s, item)
		if !ok {
			continue
		}
		s.taken[item] = true
		if parent != "" {
			c.ParentID = parent
		}
		if c.ID == "" {
			c.ID = local(len(out))
		}
		out = append(out, c)
		replies := s.get(item, "replies", "children", "comments", "responses", "answers", "childComments", "subComments")
		for range 2 {
			if replies != nil && replies.Kind == jsonld.Object {
				replies = s.get(replies, "nodes", "edges", "items", "data", "results", "list")
			}
		}
		if replies != nil && replies.Kind == jsonld.List {
			out = p.stateList(s, replies.Items, c.ID, out, depth+1)
		}
	}
	return out
}

// Names of the members of a comment, the surest first.
var (
	bodyKeys   = []string{"body", "text", "content", "message", "bodyHtml", "bodyHTML", "body_html", "contentHtml", "html", "comment", "commentText", "comment_text", "raw_message", "description"}
	authorKeys = []string{"author", "user", "createdBy", "owner", "commenter", "poster", "profile", "member", "authorName", "author_name", "username", "userName", "user_name", "displayName", "display_name", "nickname", "name"}
	nameKeys   = []string{"displayName", "display_name", "fullName", "full_name", "name", "username", "userName", "user_name", "nickname", "screenName", "login"}
	timeKeys   = []string{"createdAt", "created_at", "publishedAt", "published_at", "postedAt", "posted_at", "dateCreated", "datePublished", "created", "published", "postedOn", "submittedAt", "date", "timestamp", "time", "created_time", "createdDate", "creationDate"}
	parentKeys = []string{"parentId", "parentID", "parent_id", "parentCommentId", "parent_comment_id", "inReplyTo", "in_reply_to", "inReplyToId", "replyTo", "replyToId", "parent"}
	idKeys     = []string{"id", "_id", "commentId", "comment_id", "databaseId", "uuid"}
)

// stateComment reads an object that has a text, an author and a time.
func (p *Page) stateComment(s *state, v *jsonld.Value) (extract.Comment, bool) {
	var c extract.Comment
	if v == nil || v.Kind != jsonld.Object || textOf(s.get(v, "headline", "slug")) != "" {
		return c, false // an article
	}
	body := s.get(v, bodyKeys...)
	if body != nil && body.Kind == jsonld.Object {
		body = s.get(body, "html", "text", "plaintext", "rendered", "raw", "value")
	}
	author := s.get(v, authorKeys...)
	if author != nil && author.Kind == jsonld.Object {
		if url := s.get(author, "url", "profileUrl", "profile_url", "link", "website"); textOf(url) != "" {
			c.AuthorURL = p.Resolve(textOf(url))
		}
		author = s.get(author, nameKeys...)
	}
	c.Author = cleanName(textOf(author))
	if stamp := textOf(s.get(v, timeKeys...)); stamp != "" {
		var ok bool
		if c.PostedAt, ok = when.Epoch(stamp); !ok {
			c.PostedAt, _ = p.when(stamp)
		}
	}
	c.ID = stateID(textOf(s.get(v, idKeys...)))
	up := s.get(v, parentKeys...)
	if up != nil && up.Kind == jsonld.Object {
		up = s.get(up, idKeys...)
	}
	c.ParentID = stateID(textOf(up))
	if edited := textOf(s.get(v, "editedAt", "edited_at", "updatedAt", "updated_at")); edited != "" {
		if iso, ok := p.when(edited); ok && iso != c.PostedAt {
			c.EditedAt = iso
		}
	}
	c.VotesUp = count(textOf(s.get(v, "upvotes", "upVotes", "likes", "likeCount", "likesCount", "likes_count", "upvoteCount")))
	c.VotesDown = count(textOf(s.get(v, "downvotes", "downVotes", "dislikes", "dislikeCount", "downvoteCount")))
	c.Score = signed(textOf(s.get(v, "score", "points")))
	switch {
	case isTrue(s.get(v, "isSpam", "is_spam")):
		return c, false
	case isTrue(s.get(v, "deleted", "isDeleted", "is_deleted")):
		c.State = schema.StateGone
	case isTrue(s.get(v, "removed", "isRemoved", "is_removed", "hidden", "isHidden")):
		c.State = schema.StateRemoved
	case isTrue(s.get(v, "pending", "isPending", "is_pending")) || strings.EqualFold(textOf(s.get(v, "status", "state")), "pending"):
		c.State = schema.StatePending
	}
	text := textOf(body)
	if isReference(text) {
		text = p.flight[text]
	}
	if s.bytes -= len(text); s.bytes < 0 {
		return c, false
	}
	if c.State != schema.StateGone && c.State != schema.StateRemoved {
		c.Blocks = p.fragment(text)
	}
	ok := c.PostedAt != "" && (c.Author != "" && len(c.Blocks) > 0 || c.State != "" && c.ID != "")
	return c, ok
}

func isTrue(v *jsonld.Value) bool { return textOf(v) == "true" }

// stateID is an id that a program gives: a number or a word.
func stateID(s string) string {
	if len(s) > maxStateID || strings.ContainsAny(s, " \t\r\n<>\"'~") {
		return ""
	}
	return s
}

// numbered gives every comment an id that is no other's, and drops parents that
// are no comment of the list: they name the article.
func numbered(out []extract.Comment) []extract.Comment {
	known := make(map[string]bool, len(out))
	for i := range out {
		if known[out[i].ID] {
			out[i].ID = local(i)
		}
		known[out[i].ID] = true
	}
	for i := range out {
		if !known[out[i].ParentID] || out[i].ParentID == out[i].ID {
			out[i].ParentID = ""
		}
	}
	return out
}
