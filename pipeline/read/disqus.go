package read

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"corpus/schema"
)

// FormatDisqus is the XML export of a forum of Disqus.
const FormatDisqus = "disqus"

// disqusReader reads an export of Disqus, a thread a document. Posts follow
// after all threads in any order, so that they are sorted on disk. Threads come
// in the order of their ids; item=N counts threads and posts as they stand.
type disqusReader struct{ rules Rules }

// disqusID marks an id as one of Disqus, since the comments of the site itself
// have small numbers as well.
func disqusID(id string) string { return "disqus:" + id }

// disqusThread is the id of a thread, which has numbers of its own.
func disqusThread(id string) string { return disqusID("thread:" + id) }

func (d disqusReader) Read(ctx context.Context, in io.Reader, limits Limits, emit Emit) error {
	text, err := decodedXML(in)
	if err != nil {
		return err
	}
	s := &xmlSplitter{
		in: text, limit: limits.Bytes,
		container: func(name string) bool { return name == "disqus" },
		// A post names its thread with an element of that name.
		starts: func(open, next string) bool { return next == "post" || next == "thread" && open != "post" },
	}
	sorter := newThreads(FormatDisqus, "item", limits)
	defer sorter.close()
	n, cut := 0, false
	for part, err := range s.parts(ctx) {
		if err != nil {
			return err
		}
		cut = part.Cut
		if part.Name != "thread" && part.Name != "post" {
			continue
		}
		t, failed := parsePart(part)
		pieces := part.pieces(failed != nil, "thread", "post")
		for _, piece := range pieces {
			if len(pieces) > 1 {
				t, failed = parsePart(piece)
			}
			n++
			if rejected, err := d.part(sorter, piece, t, failed, n, limits); rejected != nil {
				if err := emit(nil, rejected, "item="+strconv.Itoa(n)); err != nil {
					return err
				}
			} else if err != nil {
				return err
			}
		}
	}
	if err := sorter.flush(ctx, emit); err != nil {
		return err
	}
	switch {
	case s.root == "":
		return &Rejection{Reason: schema.ReasonMalformed, Detail: "no element disqus: not an export of Disqus, or cut off before it begins"}
	case !s.closed && !cut:
		return &Rejection{Reason: schema.ReasonMalformed, Detail: fmt.Sprintf("the file ends before </disqus>, after %d threads and posts: it is cut off", n)}
	}
	return nil
}

// part files a thread or a post under its thread, or says why it cannot. failed
// says what is broken.
func (d disqusReader) part(sorter *threads, part xmlPart, t *xmlTree, failed error, n int, limits Limits) (*Rejection, error) {
	what := part.Name + " " + strconv.Itoa(n)
	switch {
	case part.TooLarge:
		return tooLarge(what, limits.Bytes), nil
	case failed != nil:
		return brokenPart(what, part, failed), nil
	}
	if part.Name == "thread" {
		id := strings.TrimSpace(t.attr(0, "id"))
		if id == "" {
			return &Rejection{Reason: schema.ReasonMalformed, Detail: what + ": a thread without an id"}, nil
		}
		return nil, sorter.add(byNumber(id), "", d.thread(t, id, n))
	}
	p, thread := d.post(t, n)
	if thread == "" {
		return &Rejection{Reason: schema.ReasonMalformed, Detail: what + ": it names no thread"}, nil
	}
	return nil, sorter.add(byNumber(thread), "", p)
}

// byNumber makes numbers compare by their value: the length stands first.
func byNumber(id string) string { return string(rune(min(len(id), 0x7f))) + id }

// thread reads a thread. Its author is who installed Disqus and its time when
// somebody first looked at the page, so neither is the article's.
func (d disqusReader) thread(t *xmlTree, id string, n int) *posting {
	e := &Entry{NativeID: disqusThread(id), NoText: true}
	p := &posting{Number: int64(n), Post: e}
	identifier, deleted := "", false
	for c := range t.children(0) {
		switch _, name := local(t.nodes[c].Name); name {
		case "id":
			identifier = t.line(c)
		case "link":
			e.URL = t.line(c)
		case "title":
			e.Title = t.line(c)
		case "isDeleted":
			deleted = t.line(c) == "true"
		}
	}
	if e.URL == "" && (strings.HasPrefix(identifier, "http://") || strings.HasPrefix(identifier, "https://")) {
		e.URL = identifier
	}
	if deleted {
		if !d.rules.Unpublished {
			p.Excluded = &Rejection{Reason: schema.ReasonNotPublic, Detail: "the thread is deleted", Excluded: true}
		}
		e.NotPublic = "deleted"
	}
	p.Illegal = t.illegal
	return p
}

// post reads a post and names its thread. Of a deleted one nothing but its
// place stays, as readers see it: who wrote it has taken it back.
func (d disqusReader) post(t *xmlTree, n int) (p *posting, thread string) {
	c := &EntryComment{ID: strings.TrimSpace(t.attr(0, "id"))}
	if c.ID != "" {
		c.ID = disqusID(c.ID)
	}
	p = &posting{Number: int64(n), Comment: c}
	var deleted, spam, pending bool
	for i := range t.children(0) {
		switch _, name := local(t.nodes[i].Name); name {
		case "thread":
			thread = strings.TrimSpace(t.attr(i, "id"))
		case "parent":
			if id := strings.TrimSpace(t.attr(i, "id")); id != "" {
				c.ParentID = disqusID(id)
			}
		case "message":
			c.Content = t.text(i)
		case "createdAt":
			c.PostedAt = t.line(i)
		case "isDeleted":
			deleted = t.line(i) == "true"
		case "isSpam":
			spam = t.line(i) == "true"
		case "isApproved":
			pending = t.line(i) == "false"
		case "author":
			disqusAuthor(t, i, c)
		}
	}
	switch {
	case spam:
		c.State, p.Rule = schema.StateSpam, "spam"
	case deleted:
		c.State = schema.StateDeleted
	case pending:
		c.State, p.Rule = schema.StatePending, "pending"
	}
	if deleted {
		c.Author, c.AuthorID, c.AuthorURL, c.Content = "", "", "", ""
	}
	if d.rules.Unpublished {
		p.Rule = ""
	}
	p.Illegal = t.illegal
	if thread != "" {
		p.Thread = &Entry{NativeID: disqusThread(thread)}
	}
	return p, thread
}

// disqusAuthor reads who wrote a post: the name, and the account of those who
// have one. The e-mail address is not looked at.
func disqusAuthor(t *xmlTree, n int32, c *EntryComment) {
	anonymous := false
	for i := range t.children(n) {
		switch _, name := local(t.nodes[i].Name); name {
		case "name":
			c.Author = withoutAddress(t.line(i))
		case "username":
			c.AuthorID = withoutAddress(t.line(i))
		case "isAnonymous":
			anonymous = t.line(i) == "true"
		}
	}
	if anonymous {
		c.AuthorID = ""
	}
}
