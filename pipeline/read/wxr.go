package read

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"corpus/schema"
)

// FormatWXR is the export of WordPress: RSS 2.0 with the elements of the
// WordPress eXtended RSS, versions 1.0 to 1.2.
const FormatWXR = "wxr"

// Rules are what a source's declaration asks of readers of exports and archives.
type Rules struct {
	Unpublished bool     // keep posts and comments that were not public, with their state
	PostTypes   []string // of WordPress that are articles, beside post and page

	// Selected tells whether a CDX names the record of a web archive at a place,
	// in bytes from the beginning of the file as stored; nil selects all.
	Selected func(offset int64) bool
}

// With gives the reader that obeys rules. Formats that know no such rules stay
// what they are.
func With(r Reader, rules Rules) Reader {
	switch r := r.(type) {
	case wxrReader:
		r.rules = rules
		return r
	case disqusReader:
		r.rules = rules
		return r
	case bloggerReader:
		r.rules = rules
		return r
	case warcReader:
		r.selected = rules.Selected
		return r
	}
	return r
}

// wxrReader reads an export of WordPress, an item a document: post and page, and
// the types that rules name. Items that are no articles or were not public are
// counted with their comments.
type wxrReader struct{ rules Rules }

// maxWXRAuthors bounds the authors that are remembered; a blog has a few.
const maxWXRAuthors = 100_000

// wxrFile is what the export says of the blog, as far as it was read.
type wxrFile struct {
	rules   Rules
	limits  Limits
	site    string
	lang    string
	authors map[string]wxrAuthor // by login
	n       int                  // items so far
}

type wxrAuthor struct{ name, id string }

func (w wxrReader) Read(ctx context.Context, in io.Reader, limits Limits, emit Emit) error {
	text, err := decodedXML(in)
	if err != nil {
		return err
	}
	s := &xmlSplitter{
		in: text, limit: limits.Bytes,
		container: func(name string) bool { return name == "rss" || name == "channel" },
		starts:    func(_, next string) bool { return next == "item" },
	}
	f := &wxrFile{rules: w.rules, limits: limits, authors: map[string]wxrAuthor{}}
	cut := false
	for part, err := range s.parts(ctx) {
		if err != nil {
			return err
		}
		cut = part.Cut && part.Name == "item" // such an item has its own row
		if part.Name != "item" {
			f.channel(part)
			continue
		}
		if err := f.part(part, emit); err != nil {
			return err
		}
	}
	switch {
	case s.root == "":
		return &Rejection{Reason: schema.ReasonMalformed, Detail: "no element rss: not an export of WordPress, or cut off before it begins"}
	case !s.closed && !cut:
		return &Rejection{Reason: schema.ReasonMalformed, Detail: fmt.Sprintf("the file ends before </%s>, after %d items: it is cut off", clip(s.root), f.n)}
	}
	return nil
}

// channel reads an element that says something of the blog.
func (f *wxrFile) channel(part xmlPart) {
	prefix, name := local(part.Name)
	if part.Cut || part.TooLarge {
		return
	}
	switch {
	case prefix == "" && name == "title" && f.site == "", prefix == "" && name == "language" && f.lang == "":
	case prefix == "wp" && name == "author":
	default:
		return
	}
	t, err := parseXML(string(part.Raw))
	if err != nil {
		return
	}
	switch name {
	case "title":
		f.site = t.line(0)
	case "language":
		f.lang = t.line(0)
	case "author":
		f.author(t)
	}
}

// author remembers the name under which an author signs. Addresses stay out:
// one that was chosen as name gives way to the login.
func (f *wxrFile) author(t *xmlTree) {
	var login string
	var a wxrAuthor
	for c := range t.children(0) {
		switch _, name := local(t.nodes[c].Name); name {
		case "author_login":
			login = t.line(c)
		case "author_display_name":
			a.name = withoutAddress(t.line(c))
		case "author_id":
			a.id = t.line(c)
		}
	}
	if login != "" && len(f.authors) < maxWXRAuthors && len(login)+len(a.name)+len(a.id) < 1024 {
		f.authors[login] = a
	}
}

// part gives out an item: a document, or why it is none.
func (f *wxrFile) part(part xmlPart, emit Emit) error {
	t, err := parsePart(part)
	pieces := part.pieces(err != nil, "item")
	if len(pieces) == 1 {
		return f.piece(part, t, err, emit)
	}
	for i, piece := range pieces {
		if i > 0 && !bytes.Contains(piece.Raw, []byte(":post_id>")) {
			continue // markup that a post shows
		}
		t, err := parsePart(piece)
		if err := f.piece(piece, t, err, emit); err != nil {
			return err
		}
	}
	return nil
}

// parsePart parses a part that is whole.
func parsePart(part xmlPart) (*xmlTree, error) {
	if part.Cut || part.TooLarge {
		return nil, errNesting
	}
	return parseXML(string(part.Raw))
}

func (f *wxrFile) piece(part xmlPart, t *xmlTree, err error, emit Emit) error {
	f.n++
	locator, what := "item="+strconv.Itoa(f.n), fmt.Sprintf("item %d", f.n)
	switch {
	case part.TooLarge:
		return emit(nil, tooLarge(what, f.limits.Bytes), locator)
	case err != nil:
		return emit(nil, brokenPart(what, part, err), locator)
	}
	return f.item(t, locator, emit)
}

// brokenPart is the rejection of an element that cannot be read.
func brokenPart(what string, part xmlPart, err error) *Rejection {
	reason, detail := schema.ReasonMalformed, "its end is missing: the file is cut off there, or damaged"
	switch {
	case errors.Is(err, errDeep):
		reason, detail = schema.ReasonTooDeep, errDeep.Error()
	case !part.Cut:
		detail = err.Error()
	}
	return &Rejection{Reason: reason, Detail: what + ": " + detail}
}

// item gives out an item that was read.
func (f *wxrFile) item(t *xmlTree, locator string, emit Emit) error {
	post := f.post(t)
	comments := 0
	for c := range t.children(0) {
		if isWXRComment(t.nodes[c].Name) {
			comments++
		}
	}
	left := func(reason, detail string) error {
		return emit(nil, &Rejection{Reason: reason, Detail: detail, Excluded: true, Comments: comments}, locator)
	}
	if post.kind != "post" && post.kind != "page" && !slices.Contains(f.rules.PostTypes, post.kind) {
		return left(schema.ReasonNotAnArticle, "post type "+clip(post.kind))
	}
	if why := post.hidden(); why != "" {
		if !f.rules.Unpublished {
			return left(schema.ReasonNotPublic, why)
		}
		post.entry.NotPublic = why
	}
	if f.limits.Comments > 0 && comments > f.limits.Comments {
		return emit(nil, &Rejection{
			Reason: schema.ReasonTooManyComments,
			Detail: fmt.Sprintf("%s: %d comments, limits: comments is %d", strings.Replace(locator, "=", " ", 1), comments, f.limits.Comments),
		}, locator)
	}
	f.comments(t, post)
	post.entry.illegal(t.illegal)
	doc := &Document{Locator: locator, Format: FormatWXR, Entry: &post.entry}
	if err := doc.fingerprint(); err != nil {
		return err
	}
	return emit(doc, nil, locator)
}

// withoutAddress is name, or nothing where it is an e-mail address.
func withoutAddress(name string) string {
	if user, host, ok := strings.Cut(name, "@"); ok && user != "" && strings.Contains(host, ".") && !strings.ContainsAny(name, " \t\r\n") {
		return ""
	}
	return name
}
