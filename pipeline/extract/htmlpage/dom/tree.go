// Package dom is a light view of a parsed HTML page: its elements and texts in
// one slice in document order, each with the end of its subtree, so that every
// question about a page is a loop over a range and nothing recurses.
//
// It must never change the parsed page, and never judge what a node is for.
package dom

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"corpus/pipeline/read"
	"corpus/schema"
)

// ID is the place of a node in Tree.Nodes.
type ID = int32

// None is the ID of no node.
const None ID = -1

// Node is an element or a text.
type Node struct {
	Raw    *html.Node
	Parent ID
	End    ID        // first node after the subtree
	Tag    atom.Atom // 0 for texts and for elements that HTML does not know
	Depth  int32
	List   int32  // place of Class in Tree.Classes; 0 for none
	text   bool   // kept here, as bare is, since searches ask all nodes for it
	bare   bool   // it has no attributes
	Class  string // see classNames; empty for none
	Ident  string // attribute id, lower case
}

// Tree is a page.
type Tree struct {
	Nodes []Node
	Notes []string // HTML comments, in their order

	Classes []string              // the values of Node.Class, each once, after that of no class
	lists   map[string]int32      // places in Classes of the attributes read
	answers map[question][]answer // see asked
}

// Parse reads a page as a browser without scripting does, so that the contents
// of noscript are elements. A page that nests deeper than the parser follows, or
// whose markup would take too much memory, is a *read.Rejection.
func Parse(page string) (*Tree, error) {
	page, err := bounded(page)
	if err != nil {
		return nil, err
	}
	c := condense(page)
	return parsed(c, c.tags)
}

// parsed parses a page of about so many tags.
func parsed(page io.Reader, tags int) (*Tree, error) {
	root, err := html.ParseWithOptions(page, html.ParseOptionEnableScripting(false))
	if err != nil {
		if strings.Contains(err.Error(), "open stack of elements exceeds") {
			return nil, &read.Rejection{Reason: schema.ReasonTooDeep, Detail: "elements are nested more than 512 deep"}
		}
		var rejected *read.Rejection
		if errors.As(err, &rejected) {
			return nil, err
		}
		return nil, &read.Rejection{Reason: schema.ReasonMalformed, Detail: fmt.Sprintf("the page cannot be parsed: %v", err)}
	}
	return build(root, tags), nil
}

// build lists the nodes under root in document order; tags is about how many tags
// there are, most of which come in pairs with a text inside and one behind.
func build(root *html.Node, tags int) *Tree {
	t := &Tree{Nodes: make([]Node, 0, tags*7/8+16), Classes: []string{""}, lists: map[string]int32{"": 0}, answers: map[question][]answer{}}
	parent, depth := None, int32(0)
	for n := root.FirstChild; n != nil; {
		id := None
		switch n.Type {
		case html.CommentNode:
			t.Notes = append(t.Notes, n.Data)
		case html.ElementNode, html.TextNode:
			id = t.add(n, parent, depth)
		}
		if n.FirstChild != nil && id != None {
			parent, depth, n = id, depth+1, n.FirstChild
			continue
		}
		for n.NextSibling == nil && n.Parent != root {
			n = n.Parent
			t.Nodes[parent].End = ID(len(t.Nodes))
			parent, depth = t.Nodes[parent].Parent, depth-1
		}
		n = n.NextSibling
	}
	return t
}

func (t *Tree) add(n *html.Node, parent ID, depth int32) ID {
	id := ID(len(t.Nodes))
	node := Node{Raw: n, Parent: parent, End: id + 1, Depth: depth, text: n.Type == html.TextNode, bare: len(n.Attr) == 0}
	if n.Type == html.ElementNode {
		node.Tag = n.DataAtom
		for i := range n.Attr {
			switch n.Attr[i].Key {
			case "class":
				node.List = t.list(n.Attr[i].Val)
				node.Class = t.Classes[node.List]
			case "id":
				node.Ident = strings.ToLower(strings.TrimSpace(n.Attr[i].Val))
			}
		}
	}
	t.Nodes = append(t.Nodes, node)
	return id
}

// classNames gives class names in one form, since templates write the same name
// in many: lower case, "_" and runs of dashes as one dash ("comment__text" is
// "comment-text"), with one space before, between and after the names.
func classNames(value string) string {
	var b strings.Builder
	b.Grow(len(value) + 2)
	last := byte(0)
	for i := 0; i < len(value); i++ {
		c := value[i]
		switch {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f':
			c = ' '
		case c == '_':
			c = '-'
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
		}
		if c == last && (c == ' ' || c == '-') || last == 0 && c == ' ' {
			continue
		}
		if last == 0 {
			b.WriteByte(' ')
		}
		b.WriteByte(c)
		last = c
	}
	if last == 0 {
		return ""
	}
	if last != ' ' {
		b.WriteByte(' ')
	}
	return b.String()
}

// Len is the number of nodes.
func (t *Tree) Len() ID { return ID(len(t.Nodes)) }

// IsText tells a text from an element.
func (t *Tree) IsText(id ID) bool { return t.Nodes[id].text }

// Tag is the element's name as an atom; 0 for texts and unknown elements.
func (t *Tree) Tag(id ID) atom.Atom { return t.Nodes[id].Tag }

// End is the first node after the subtree of id.
func (t *Tree) End(id ID) ID { return t.Nodes[id].End }

// Parent is the parent of id, or None.
func (t *Tree) Parent(id ID) ID { return t.Nodes[id].Parent }

// Within tells whether id is top or lies under it.
func (t *Tree) Within(id, top ID) bool { return id >= top && id < t.Nodes[top].End }

// Attr is the value of an attribute without white space around it.
func (t *Tree) Attr(id ID, name string) string {
	if t.Nodes[id].bare {
		return ""
	}
	for i := range t.Nodes[id].Raw.Attr {
		if a := &t.Nodes[id].Raw.Attr[i]; a.Key == name {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

// Value is the value of an attribute as it stands; ok is false where there is none.
func (t *Tree) Value(id ID, name string) (value string, ok bool) {
	if t.Nodes[id].bare {
		return "", false
	}
	for i := range t.Nodes[id].Raw.Attr {
		if a := &t.Nodes[id].Raw.Attr[i]; a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

// Has tells whether an element has an attribute.
func (t *Tree) Has(id ID, name string) bool {
	if t.Nodes[id].bare {
		return false
	}
	for i := range t.Nodes[id].Raw.Attr {
		if t.Nodes[id].Raw.Attr[i].Key == name {
			return true
		}
	}
	return false
}

// HasClass tells whether the element has one of the classes, given in lower case.
func (t *Tree) HasClass(id ID, names ...string) bool {
	class := t.Nodes[id].Class
	if class == "" {
		return false
	}
	for _, name := range names {
		if holdsWord(class, name) {
			return true
		}
	}
	return false
}

// Ranks numbers the white-space separated class names from 0.
func Ranks(list string) map[string]int {
	m := map[string]int{}
	for w := range strings.FieldsSeq(list) {
		m[w] = len(m)
	}
	return m
}

// Rank is the lowest rank of the element's classes, or len(ranks).
func (t *Tree) Rank(id ID, ranks map[string]int) int {
	best := len(ranks)
	if t.Nodes[id].Class == "" {
		return best
	}
	for name := range strings.FieldsSeq(t.Nodes[id].Class) {
		if n, ok := ranks[name]; ok && n < best {
			best = n
		}
	}
	return best
}

// HasToken tells whether the white-space separated attribute holds the token.
func (t *Tree) HasToken(id ID, attr, token string) bool {
	value := t.Attr(id, attr)
	if value == "" {
		return false
	}
	for name := range strings.FieldsSeq(value) {
		if strings.EqualFold(name, token) {
			return true
		}
	}
	return false
}

// holdsWord looks for a name in a list with a space around each.
func holdsWord(list, name string) bool {
	if name == "" {
		return false
	}
	for at := 0; ; {
		i := strings.Index(list[at:], name)
		if i < 0 {
			return false
		}
		i += at
		if end := i + len(name); i > 0 && list[i-1] == ' ' && end < len(list) && list[end] == ' ' {
			return true
		}
		at = i + 1
	}
}
