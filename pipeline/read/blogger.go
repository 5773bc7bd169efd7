package read

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"corpus/pipeline/normalize/weburl"
	"corpus/pipeline/normalize/when"
	"corpus/schema"
)

// FormatBlogger is the export of Blogger: an Atom feed of all that a blog
// holds, in its form of 2010 (kinds of the Google data API) and of 2018
// (elements of its own, as Google Takeout gives it).
const FormatBlogger = "blogger"

// bloggerReader reads an export of Blogger. Comments stand anywhere in it, so
// that they are sorted on disk by their post.
type bloggerReader struct{ rules Rules }

func (b bloggerReader) Read(ctx context.Context, in io.Reader, limits Limits, emit Emit) error {
	t := newThreads(FormatBlogger, "item", limits)
	defer t.close()
	failed := feedParts(ctx, in, limits, emit, &bloggerFile{rules: b.rules, threads: t})
	if r := new(Rejection); failed != nil && !errors.As(failed, &r) {
		return failed
	}
	return errors.Join(t.flush(ctx, emit), failed)
}

// bloggerFile is what the export says of the blog, as far as it was read.
type bloggerFile struct {
	rules   Rules
	threads *threads
	site    string
	base    string // address of the blog
}

func (f *bloggerFile) begin(string, string) {}

func (f *bloggerFile) about(names namespaces, t *xmlTree) {
	switch vocabulary, name := names.name(t, 0); {
	case vocabulary != "atom":
	case name == "title":
		f.site = t.line(0)
	case name == "link" && t.attr(0, "rel") == "alternate":
		f.base = t.attr(0, "href")
	}
}

// Kinds of entries.
const (
	bloggerPost    = "post"
	bloggerPage    = "page"
	bloggerComment = "comment"
)

func (f *bloggerFile) entry(names namespaces, t *xmlTree, number int64) (*Rejection, error) {
	e := readAtom(names, t)
	id := bloggerID(e.id)
	switch kind := e.bloggerKind(); kind {
	case bloggerPost, bloggerPage:
		if id == "" {
			return &Rejection{Reason: schema.ReasonMalformed, Detail: fmt.Sprintf("item %d: a %s without an id", number, kind)}, nil
		}
		p := &posting{Number: number, Post: f.post(e, id)}
		if why := e.bloggerHidden(); why != "" {
			if !f.rules.Unpublished {
				p.Excluded = &Rejection{Reason: schema.ReasonNotPublic, Detail: why, Excluded: true}
			}
			p.Post.NotPublic = why
		}
		if t.illegal > 0 {
			p.Post.Notes = append(p.Post.Notes, fmt.Sprintf("%d characters that XML does not allow were dropped", t.illegal))
		}
		return nil, f.threads.add(byNumber(id), "", p)
	case bloggerComment:
		p, post := f.comment(e, id, number)
		if post == "" {
			return &Rejection{Reason: schema.ReasonMalformed, Detail: fmt.Sprintf("item %d: a comment that names no post", number)}, nil
		}
		return nil, f.threads.add(byNumber(post), timeKey(p.Comment.PostedAt), p)
	case "":
		return &Rejection{Reason: schema.ReasonMalformed, Detail: fmt.Sprintf("item %d: an entry of no kind: neither post nor page nor comment", number)}, nil
	default: // template, settings
		return &Rejection{Reason: schema.ReasonNotAnArticle, Detail: "kind " + clip(kind), Excluded: true}, nil
	}
}

// bloggerKind is the kind of an entry, by either form; empty for none.
func (e *atomEntry) bloggerKind() string {
	if kind := e.blogger["type"]; kind != "" {
		return strings.ToLower(kind)
	}
	for _, c := range e.categories {
		if strings.HasSuffix(c.scheme, "#kind") {
			_, kind, _ := strings.Cut(c.term, "#")
			return kind
		}
	}
	return ""
}

// bloggerID is the number in an id such as tag:blogger.com,1999:blog-5.post-6.
func bloggerID(id string) string {
	_, number, ok := strings.Cut(id, ".post-")
	if !ok {
		_, number, ok = strings.Cut(id, ".page-")
	}
	if !ok || number == "" || len(number) > 32 || strings.Trim(number, "0123456789") != "" {
		return ""
	}
	return number
}

// bloggerHidden says why readers of the blog do not see a post.
func (e *atomEntry) bloggerHidden() string {
	switch status := e.blogger["status"]; {
	case e.draft:
		return "status draft"
	case status != "" && status != "LIVE":
		return "status " + strings.ToLower(clip(status))
	case e.blogger["trashed"] != "":
		return "status trashed"
	}
	return ""
}

func (f *bloggerFile) post(e *atomEntry, id string) *Entry {
	out := e.entry()
	out.NativeID, out.Site, out.Order = id, f.site, schema.OrderOldest
	if out.URL == "" {
		if name := e.blogger["filename"]; name != "" && f.base != "" {
			out.URL = weburl.Resolve(f.base, name)
		}
	}
	for _, c := range e.categories {
		if c.scheme == "http://www.blogger.com/atom/ns#" || strings.HasPrefix(c.scheme, "tag:blogger.com,") {
			out.Tags = append(out.Tags, c.term)
		}
	}
	return out
}

// comment reads a comment and names its post.
func (f *bloggerFile) comment(e *atomEntry, id string, number int64) (p *posting, post string) {
	c := e.comment()
	c.ID, c.EditedAt = id, "" // no comment can be edited; the update is another thing
	p = &posting{Number: number, Comment: c, Thread: &Entry{Site: f.site, Order: schema.OrderOldest}}
	post = bloggerID(e.blogger["parent"])
	if e.reply != nil {
		if post == "" {
			post = bloggerID(e.reply.ref)
		}
		p.Thread.URL = e.reply.href
	}
	p.Thread.NativeID = post
	c.ParentID = bloggerID(e.blogger["inReplyTo"])
	if c.ParentID == "" {
		c.ParentID = e.bloggerParent()
	}
	if e.bloggerRemoved() {
		c.State, c.Content = bloggerState(c.Content), ""
	}
	switch status := e.blogger["status"]; {
	case status == "EMPTIED":
		c.State, c.Content = schema.StateGone, ""
	case status == "SPAM":
		c.State, p.Rule = schema.StateSpam, "spam"
	case status == "PENDING":
		c.State, p.Rule = schema.StatePending, "pending"
	case e.blogger["trashed"] != "":
		c.State, p.Rule = schema.StateRemoved, "trash"
	case status != "" && status != "LIVE":
		c.State, p.Rule = schema.StatePending, "not approved"
	}
	if f.rules.Unpublished {
		p.Rule = ""
	}
	return p, post
}

// bloggerParent is the comment that one answers: a link to the feed of it.
func (e *atomEntry) bloggerParent() string {
	for _, href := range e.related {
		if _, id, ok := strings.Cut(href, "/comments/default/"); ok && id != "" && strings.Trim(id, "0123456789") == "" {
			return id
		}
	}
	return ""
}

// bloggerRemoved tells that a note stands in place of the text.
func (e *atomEntry) bloggerRemoved() bool {
	for _, p := range e.properties {
		if p.name == "blogger.contentRemoved" && p.value != "false" {
			return true
		}
	}
	return false
}

// bloggerState tells by the note who removed a comment, where it is in English.
func bloggerState(note string) string {
	switch note = strings.ToLower(note); {
	case strings.Contains(note, "by the author"):
		return schema.StateDeleted
	case strings.Contains(note, "by a blog administrator"):
		return schema.StateRemoved
	}
	return schema.StateGone
}

// timeKey is a time in a form that sorts by the instant; one that is not known
// goes to the end.
func timeKey(iso string) string {
	if iso == "" {
		return "9"
	}
	t, err := when.Resolve(iso, nil)
	if err != nil {
		return "9"
	}
	us := t.WallUS
	if t.At != nil {
		us = *t.At
	}
	return fmt.Sprintf("%020d", max(us+1<<61, 0)) // times before 1970 as well
}
