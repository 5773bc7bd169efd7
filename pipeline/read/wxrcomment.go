package read

import (
	"slices"
	"strings"

	"corpus/schema"
)

// comments reads the comments of an item. E-mail, IP address and user agent
// stand beside the fields that are read, and are not looked at.
func (f *wxrFile) comments(t *xmlTree, p *wxrPost) {
	var list []EntryComment
	synced := map[string]string{} // id of a comment → its id in Disqus
	for c := range t.children(0) {
		if !isWXRComment(t.nodes[c].Name) {
			continue
		}
		one, rule, post := f.comment(t, c, p)
		if rule != "" {
			p.entry.exclude(rule)
			continue
		}
		if post != "" {
			synced[one.ID] = disqusID(post)
		}
		list = append(list, one)
	}
	if len(synced) > 0 {
		// Comments that the plugin of Disqus copied are known by their ids there,
		// so that both exports of a blog show one comment.
		for i := range list {
			list[i].ID = either(synced[list[i].ID], list[i].ID)
			list[i].ParentID = either(synced[list[i].ParentID], list[i].ParentID)
		}
	}
	p.entry.Comments = list
	p.entry.Order = timeOrder(list)
}

// comment reads one comment: rule names what leaves it out, post its id in
// Disqus where it was copied from there.
func (f *wxrFile) comment(t *xmlTree, n int32, p *wxrPost) (c EntryComment, rule, post string) {
	approved, kind, local1, gmt := "1", "", "", ""
	c.Kind = ContentWordPress
	for i := range t.children(n) {
		switch _, name := local(t.nodes[i].Name); name {
		case "comment_id":
			c.ID = t.line(i)
		case "comment_parent":
			if c.ParentID = t.line(i); c.ParentID == "0" {
				c.ParentID = ""
			}
		case "comment_author":
			c.Author = withoutAddress(t.line(i))
		case "comment_author_url":
			c.AuthorURL = webAddress(t.line(i))
		case "comment_user_id":
			if c.AuthorID = t.line(i); c.AuthorID == "0" {
				c.AuthorID = ""
			}
		case "comment_date":
			local1 = t.line(i)
		case "comment_date_gmt":
			gmt = t.line(i)
		case "comment_content":
			c.Content = t.text(i)
		case "comment_approved":
			approved = t.line(i)
		case "comment_type":
			kind = t.line(i)
		case "commentmeta":
			post = either(metaValue(t, i, "dsq_post_id"), post)
		}
	}
	c.PostedAt = either(wxrTime(gmt, "Z"), wxrTime(local1, ""))
	if c.AuthorID != "" && c.AuthorID == p.author {
		c.Role = "author"
	}
	switch kind {
	case "", "comment", "review": // a shop's reviews are comments with stars
	default:
		return c, p.otherKind(kind), ""
	}
	switch approved {
	case "1", "approve", "approved", "":
		return c, "", post
	case "0", "hold":
		c.State, rule = schema.StatePending, "pending"
	case "spam":
		c.State, rule = schema.StateSpam, "spam"
	case "trash", "post-trashed":
		c.State, rule = schema.StateRemoved, "trash"
	default:
		c.State, rule = schema.StatePending, "not approved"
	}
	if f.rules.Unpublished {
		rule = ""
	}
	return c, rule, post
}

// isWXRComment tells wp:comment from comments, an address in RSS, and from the
// address of wfw:comment (Comment API).
func isWXRComment(name string) bool {
	prefix, rest := local(name)
	return rest == "comment" && prefix != "" && prefix != "wfw"
}

// otherKind is the rule that leaves out what is stored as a comment and is
// none: pingbacks, trackbacks and the notes of plugins, by their type, as long
// as it looks like one and there are not too many.
func (p *wxrPost) otherKind(kind string) string {
	if len(kind) > 20 || strings.Trim(kind, "abcdefghijklmnopqrstuvwxyz_-") != "" || len(p.entry.Excluded) > 15 {
		return "other type"
	}
	return kind
}

// metaValue is the value of a field that a plugin added, if it has that key
// and the value is a number.
func metaValue(t *xmlTree, n int32, key string) string {
	var found, value string
	for i := range t.children(n) {
		switch _, name := local(t.nodes[i].Name); name {
		case "meta_key":
			found = t.line(i)
		case "meta_value":
			value = t.line(i)
		}
	}
	if found != key || value == "" || strings.Trim(value, "0123456789") != "" {
		return ""
	}
	return value
}

// webAddress is an address of the web, or nothing: "mailto:" holds an e-mail.
func webAddress(stated string) string {
	lower := strings.ToLower(stated)
	if strings.HasPrefix(lower, "http://") || strings.HasPrefix(lower, "https://") {
		return stated
	}
	if strings.Contains(stated, "@") || stated == "" || strings.Contains(stated, ":") {
		return ""
	}
	return "http://" + stated
}

// timeOrder tells the order of comments by their times, all of which are in
// one form.
func timeOrder(list []EntryComment) string {
	if len(list) > 1 && slices.IsSortedFunc(list, func(a, b EntryComment) int { return strings.Compare(a.PostedAt, b.PostedAt) }) {
		return schema.OrderOldest
	}
	return ""
}
