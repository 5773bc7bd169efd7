// Package entry turns a post of an export or feed with its comments into a
// draft: it renders what the export's editor wrote (HTML, WordPress's mixture
// of HTML, blank lines, shortcodes and block comments, Markdown, plain text) to
// blocks of text.
//
// It must never read what the reader left out, follow an address, or run what
// a shortcode stands for.
package entry

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"corpus/licenses"
	"corpus/pipeline/extract"
	"corpus/pipeline/extract/htmlpage"
	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/pipeline/extract/htmlpage/prose"
	"corpus/pipeline/read"
	"corpus/schema"
)

// Extractor is the name and version of the extractor: it changes whenever the
// same entry may give another draft.
const Extractor = "entry/1"

// NotPublic begins the opt-out of a post that readers of its site do not see.
const NotPublic = licenses.NotPublic

// Extract is the draft of an entry that was read from an input of the format.
// The error is a *read.Rejection: an entry without text and comments is left
// out by rule, since nothing in it went wrong.
func Extract(e *read.Entry, format string) (*extract.Draft, error) {
	d := &extract.Draft{
		URL:             e.URL,
		CanonicalURL:    e.CanonicalURL,
		NativeID:        e.NativeID,
		Site:            inline(e.Site),
		Title:           inline(e.Title),
		Subtitle:        inline(e.Subtitle),
		Authors:         inlines(e.Authors),
		PublishedAt:     e.PublishedAt,
		ModifiedAt:      e.ModifiedAt,
		License:         e.License,
		LicenseEvidence: e.Evidence,
		Statements:      statements(e),
		Section:         inline(e.Section),
		Tags:            inlines(e.Tags),
		Lang:            e.Lang,
		CommentsStated:  e.Stated,
		CommentOrder:    e.Order,
		Excluded:        e.Excluded,
		Notes:           e.Notes,
		Extractor:       Extractor + " " + format,
		Comments:        make([]extract.Comment, len(e.Comments)),
	}
	if e.NotPublic != "" {
		d.OptOut = []string{NotPublic + e.NotPublic}
	}
	if e.NoText {
		d.State = schema.StateNoText
	} else {
		var content *dom.Tree
		d.Blocks, content = render(e.Content, e.ContentKind, true)
		d.Statements = contentStatements(d.Statements, e.Content, content)
	}
	for i := range e.Comments {
		d.Comments[i] = comment(&e.Comments[i], i)
	}
	if len(d.Blocks) == 0 && len(d.Comments) == 0 {
		r := &read.Rejection{Reason: schema.ReasonNoContent, Detail: "neither text nor comments", Excluded: true}
		var rules []string
		for _, x := range e.Excluded {
			r.Comments += x.N
			rules = append(rules, fmt.Sprintf("%d %s", x.N, x.Reason))
		}
		if len(rules) > 0 {
			r.Detail += "; comments left out: " + strings.Join(rules, ", ")
		}
		return nil, r
	}
	return d, nil
}

// statements are what the entry and its feed say of licences.
func statements(e *read.Entry) []licenses.Statement {
	stated := e.Licenses
	if len(stated) == 0 && e.License != "" {
		stated = []read.EntryLicense{{Raw: e.License, Where: e.Evidence}}
	}
	var list []licenses.Statement
	for _, l := range stated {
		covers := schema.CoversArticle
		switch {
		case l.Image:
			covers = schema.CoversImage
		case l.Site:
			covers = schema.CoversSite
		}
		if s, ok := licenses.NewStatement(l.Where, covers, l.Raw, ""); ok {
			list = licenses.Add(list, s)
		}
	}
	return list
}

// contentStatements adds what the content of the post says of licences; tree is
// nil where it has no markup.
func contentStatements(list []licenses.Statement, content string, tree *dom.Tree) []licenses.Statement {
	if !strings.Contains(content, "icen") && !licenses.MayName(content) && !licenses.MayReserve(content) {
		return list
	}
	if tree == nil {
		var err error
		if tree, err = dom.Parse("<!DOCTYPE html><body><p>" + strings.ReplaceAll(html.EscapeString(content), "\n", "</p><p>")); err != nil {
			return list
		}
	}
	for _, s := range htmlpage.Statements(tree) {
		list = licenses.Add(list, s)
	}
	return list
}

func comment(in *read.EntryComment, i int) extract.Comment {
	c := extract.Comment{
		ID:        in.ID,
		ParentID:  in.ParentID,
		Author:    inline(in.Author),
		AuthorURL: in.AuthorURL,
		AuthorID:  in.AuthorID,
		Role:      in.Role,
		PostedAt:  in.PostedAt,
		EditedAt:  in.EditedAt,
		State:     in.State,
		VotesUp:   in.VotesUp,
		VotesDown: in.VotesDown,
		Score:     in.Score,
		Blocks:    Blocks(in.Content, in.Kind, false),
	}
	if c.ID == "" {
		c.ID = "~" + strconv.Itoa(i)
	}
	return c
}

// Blocks renders content of a kind (read.ContentHTML, ...) to blocks. post is
// whether it is a post's: only there does WordPress know shortcodes.
func Blocks(content, kind string, post bool) []extract.Block {
	blocks, _ := render(content, kind, post)
	return blocks
}

// render gives the blocks and, where the content was parsed as HTML, its tree.
func render(content, kind string, post bool) ([]extract.Block, *dom.Tree) {
	switch kind {
	case read.ContentText:
		return plainBlocks(content), nil
	case read.ContentMarkdown:
		return markdownBlocks(content), nil
	case read.ContentWordPress:
		content = wordpress(content, post)
	}
	if !strings.ContainsAny(content, "<&") {
		return htmlParagraph(content), nil
	}
	// The start tag keeps a fragment that begins with other elements of a page's
	// frame, such as frameset, from taking the place of the body.
	t, err := dom.Parse("<!DOCTYPE html><body>" + content)
	if err != nil {
		return plainBlocks(inline(content)), nil // nested too deep: the text counts
	}
	blocks := prose.Blocks(prose.Of(t, 0, nil))
	out := blocks[:0]
	for _, b := range blocks {
		if strings.TrimSpace(b.Text) != "" {
			out = append(out, b)
		}
	}
	return out, t
}

// htmlParagraph is HTML without any markup: one paragraph.
func htmlParagraph(s string) []extract.Block {
	if s = strings.Join(strings.Fields(s), " "); s == "" {
		return nil
	}
	return []extract.Block{{Kind: schema.BlockParagraph, Text: s}}
}

// inline is the text of a line that may hold markup: titles of blogs have
// emphasis in them and entities twice over.
func inline(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return s
	}
	var b strings.Builder
	tokens := html.NewTokenizer(strings.NewReader(s))
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			b.Write(tokens.Text())
		case html.StartTagToken, html.SelfClosingTagToken:
			if name, _ := tokens.TagName(); string(name) == "br" || string(name) == "p" {
				b.WriteByte(' ')
			}
		}
	}
}

func inlines(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = inline(s)
	}
	return out
}
