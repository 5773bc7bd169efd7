// Package prose turns a part of a page into blocks of text: paragraphs,
// headings, quotes, list items, table rows, code and captions, in the order of
// the page.
//
// It must never judge whether a text belongs to an article or a comment; its
// callers name what is to be left out.
package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract"
	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/schema"
)

// Piece is a block and where it came from.
type Piece struct {
	extract.Block
	Node   dom.ID // nearest element that breaks the line and holds the text
	Start  dom.ID // its first text
	Linked int    // letters and digits inside links
	Chars  int    // letters and digits
	Links  int    // links that begin in it
	Local  int    // of them to a place in the page itself
}

// Of gives the blocks under top without the subtrees that skip names; skip may
// be nil and is not asked about top.
func Of(t *dom.Tree, top dom.ID, skip func(dom.ID) bool) []Piece {
	return Between(t, top, t.End(top), func(id dom.ID) bool { return id != top && skip != nil && skip(id) })
}

// Between is Of for the nodes from from up to end, which may be siblings.
func Between(t *dom.Tree, from, end dom.ID, skip func(dom.ID) bool) []Piece {
	w := writer{t: t}
	for id := from; id < end; {
		w.close(id)
		if t.IsText(id) {
			w.text(t.Nodes[id].Raw.Data, id)
			id++
			continue
		}
		tag := t.Tag(id)
		if dom.Unseen(tag) || skip(id) {
			if dom.Breaks(tag) || tag == atom.Object || tag == atom.Video {
				w.flush()
			} else {
				w.space = true
			}
			id = t.End(id)
			continue
		}
		w.open(id, tag)
		id++
	}
	w.close(end)
	w.flush()
	return w.out
}

// Blocks are the blocks of pieces alone.
func Blocks(pieces []Piece) []extract.Block {
	out := make([]extract.Block, len(pieces))
	for i := range pieces {
		out[i] = pieces[i].Block
	}
	return out
}

// frame is an open element that says of what kind the text in it is.
type frame struct {
	end   dom.ID
	kind  string
	level int32
	node  dom.ID
	cells bool // a table row whose cells are joined
	box   bool // a quote's box, whose blockquote is the same quote
}

// quoteBoxes are classes that programs of forums give to the box of a quote and
// its header.
var quoteBoxes = dom.NewNames(`quote bbcode-quote quoteheader bbcodequote bbcode-container quotebox`)

type writer struct {
	t              *dom.Tree
	out            []Piece
	stack          []frame
	links          dom.ID // end of the open link
	b              strings.Builder
	space          bool // white space waits for the next visible character
	lines          int  // line breaks that wait likewise
	linked         int
	chars          int
	anchors, local int
	node           dom.ID
	start          dom.ID
}

func (w *writer) top() *frame {
	if len(w.stack) == 0 {
		return nil
	}
	return &w.stack[len(w.stack)-1]
}

// close ends the elements that end before id.
func (w *writer) close(id dom.ID) {
	for len(w.stack) > 0 && w.stack[len(w.stack)-1].end <= id {
		w.flush()
		w.stack = w.stack[:len(w.stack)-1]
	}
}

// nesting is the level of a quote or list item that begins here.
func (w *writer) nesting(kind string) int32 {
	// The frames between hold the kind and level that they stand in.
	for i := len(w.stack) - 1; i >= 0; i-- {
		if w.stack[i].kind == kind {
			return w.stack[i].level + 1
		}
	}
	return 1
}

// boxed tells whether the innermost quote that is open is a box whose blockquote
// has not begun.
func (w *writer) boxed() bool {
	for i := len(w.stack) - 1; i >= 0; i-- {
		if w.stack[i].box {
			return true
		}
		if w.stack[i].kind == schema.BlockQuote && w.t.Tag(w.stack[i].node) == atom.Blockquote {
			return false
		}
	}
	return false
}

func (w *writer) push(id dom.ID, kind string, level int32) {
	w.flush()
	if f := w.top(); f != nil && kind != schema.BlockCode && kind != schema.BlockHeading {
		// What stands in a quote is quoted, what stands in a list item its part.
		if f.kind == schema.BlockQuote && kind != schema.BlockQuote || kind == schema.BlockParagraph || f.kind == schema.BlockCaption {
			kind, level = f.kind, f.level
		}
	}
	w.stack = append(w.stack, frame{end: w.t.End(id), kind: kind, level: level, node: id})
}

func (w *writer) open(id dom.ID, tag atom.Atom) {
	switch tag {
	case atom.Br:
		if f := w.top(); f != nil && f.kind == schema.BlockCode {
			w.b.WriteByte('\n')
			return
		}
		w.lines++
	case atom.Hr:
		w.flush()
	case atom.A:
		if href, ok := w.t.Value(id, "href"); ok {
			w.links = max(w.links, w.t.End(id))
			w.anchors++
			if strings.HasPrefix(href, "#") {
				w.local++
			}
		}
	case atom.Img:
		w.emoji(id)
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		w.push(id, schema.BlockHeading, int32(w.t.Nodes[id].Raw.Data[1]-'0'))
	case atom.Blockquote:
		level := w.nesting(schema.BlockQuote)
		if w.boxed() {
			level--
		}
		w.push(id, schema.BlockQuote, level)
	case atom.Li, atom.Dt, atom.Dd:
		w.push(id, schema.BlockListItem, w.nesting(schema.BlockListItem))
	case atom.Figcaption, atom.Caption:
		w.push(id, schema.BlockCaption, 0)
	case atom.Pre:
		w.push(id, schema.BlockCode, 0)
	case atom.Tr:
		w.push(id, schema.BlockParagraph, 0)
		if Row(w.t, id) {
			w.top().kind, w.top().cells = schema.BlockTableRow, true
		}
	case atom.Td, atom.Th:
		if f := w.top(); f != nil && f.cells {
			if w.b.Len() > 0 {
				w.b.WriteString(" |")
				w.space = true
			}
			return
		}
		w.push(id, schema.BlockParagraph, 0)
	default:
		if dom.Breaks(tag) {
			if f := w.top(); f != nil && f.cells {
				w.space = true
				return
			}
			kind := schema.BlockParagraph
			if w.t.HasAny(id, quoteBoxes) {
				level := w.nesting(schema.BlockQuote)
				if w.boxed() || w.t.HasClass(w.t.Parent(id), "quotecontainer") {
					level--
				}
				w.push(id, schema.BlockQuote, max(1, level))
				w.top().box = true
				return
			}
			if w.t.HasClass(id, "wp-caption-text", "caption", "gallery-caption") {
				kind = schema.BlockCaption
			}
			w.push(id, kind, 0)
		}
	}
}

// Row tells a row of data from one that only lays out the page: it has several
// cells, all short and of plain text.
func Row(t *dom.Tree, id dom.ID) bool {
	cells := 0
	for c := range t.Children(id) {
		if tag := t.Tag(c); tag != atom.Td && tag != atom.Th {
			continue
		}
		cells++
		length := 0
		for n := c + 1; n < t.End(c); n++ {
			if t.IsText(n) {
				length += len(t.Nodes[n].Raw.Data)
			} else if tag := t.Tag(n); tag == atom.Table || tag == atom.Div && length > 400 || tag == atom.Ul ||
				tag == atom.H1 || tag == atom.H2 || tag == atom.H3 || tag == atom.Blockquote {
				return false
			}
		}
		if length > 1500 {
			return false
		}
	}
	return cells > 1
}

// emoji writes the character that an image of a smiley stands for.
func (w *writer) emoji(id dom.ID) {
	if !w.t.HasClass(id, "emoji", "wp-smiley") {
		return
	}
	if alt := w.t.Attr(id, "alt"); alt != "" && len(alt) <= 32 {
		w.text(alt, id)
	}
}

func (w *writer) text(s string, id dom.ID) {
	if f := w.top(); f != nil && f.kind == schema.BlockCode {
		if w.b.Len() == 0 {
			w.node, w.start = f.node, id
		}
		w.b.WriteString(s)
		for _, r := range s {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				w.count(1, id)
			}
		}
		return
	}
	for s != "" {
		word, chars := leading(s)
		if word == "" {
			r, size := utf8.DecodeRuneInString(s)
			if unicode.IsSpace(r) {
				w.space = true
				s = s[size:]
				continue
			}
			word = string(r) // what is no UTF-8 becomes U+FFFD
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				chars = 1
			}
			s = s[size:]
		} else {
			s = s[len(word):]
		}
		if w.lines > 1 {
			w.flush() // a blank line ends the paragraph
		}
		if w.b.Len() == 0 {
			w.node, w.start = w.t.Parent(id), id
			if f := w.top(); f != nil {
				w.node = f.node
			}
		} else if w.lines > 0 {
			w.b.WriteByte('\n')
		} else if w.space {
			w.b.WriteByte(' ')
		}
		w.space, w.lines = false, 0
		w.b.WriteString(word)
		w.count(chars, id)
	}
}

// leading is what s begins with in ASCII up to white space, and how many of it
// are letters and digits: most of most texts, which need not be looked at by the
// rune.
func leading(s string) (word string, chars int) {
	i := 0
	for ; i < len(s); i++ {
		c := s[i]
		if c <= ' ' && (c == ' ' || c >= '\t' && c <= '\r') || c >= utf8.RuneSelf {
			break
		}
		if c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' {
			chars++
		}
	}
	return s[:i], chars
}

// count adds letters and digits of the text id.
func (w *writer) count(chars int, id dom.ID) {
	w.chars += chars
	if id < w.links {
		w.linked += chars
	}
}

// flush ends the block that is being written.
func (w *writer) flush() {
	kind, level := schema.BlockParagraph, int32(0)
	if f := w.top(); f != nil {
		kind, level = f.kind, f.level
	}
	s := w.b.String()
	if kind == schema.BlockCode {
		s = strings.Trim(s, "\r\n")
	}
	if w.chars > 0 || kind == schema.BlockCode && strings.TrimSpace(s) != "" || strings.TrimSpace(s) != "" {
		w.out = append(w.out, Piece{
			Block: extract.Block{Kind: kind, Level: level, Text: s},
			Node:  w.node, Start: w.start, Linked: w.linked, Chars: w.chars, Links: w.anchors, Local: w.local,
		})
	}
	w.b.Reset()
	w.space, w.lines, w.linked, w.chars, w.anchors, w.local = false, 0, 0, 0, 0, 0
}
