package dom

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"pgregory.net/rapid"
)

func parse(t interface{ Fatal(...any) }, page string) *Tree {
	tree, err := Parse(page)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

func TestText(t *testing.T) {
	tree := parse(t, `<body><p>One <b>two</b><br>three</p><script>no</script><div>four<span>five</span></div><textarea>no</textarea></body>`)
	if got, want := tree.Text(0), "One two three fourfive"; got != want {
		t.Errorf("text %q, want %q", got, want)
	}
}

func TestShort(t *testing.T) {
	tree := parse(t, `<body><p id="a">`+strings.Repeat("\n    ", 20)+`short</p><p id="b">`+strings.Repeat("long ", 100)+`</p></body>`)
	a := tree.First(0, func(id ID) bool { return tree.Nodes[id].Ident == "a" })
	b := tree.First(0, func(id ID) bool { return tree.Nodes[id].Ident == "b" })
	if s, ok := tree.Short(a, 40); !ok || s != "short" {
		t.Errorf("%q %v, want short", s, ok)
	}
	if s, ok := tree.Short(b, 40); ok {
		t.Errorf("%q is not short", s)
	}
}

func TestClassNames(t *testing.T) {
	for in, want := range map[string]string{
		"":                          "",
		"  \t":                      "",
		"Comment__Text":             " comment-text ",
		"a  b\nc":                   " a b c ",
		"field--name-body js_x":     " field-name-body js-x ",
		" lead ":                    " lead ",
		"-x":                        " -x ",
		"Éa":                        " Éa ",
		"post\u00a0body a--__--b__": " post\u00a0body a-b- ",
	} {
		if got := classNames(in); got != want {
			t.Errorf("classNames(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestClasses(t *testing.T) {
	tree := parse(t, `<div class="one two-three"></div>`)
	id := tree.FirstTag(0, atom.Div)
	for name, want := range map[string]bool{"one": true, "two-three": true, "two": false, "three": false, "ne": false, "": false} {
		if got := tree.HasClass(id, name); got != want {
			t.Errorf("HasClass(%q) = %v", name, got)
		}
	}
	if !tree.HasAny(id, NewNames("x one")) || tree.HasAny(id, NewNames("x two")) {
		t.Error("HasAny")
	}
	if ranks := Ranks("two-three one"); tree.Rank(id, ranks) != 0 || tree.Rank(0, ranks) != len(ranks) {
		t.Error("Rank")
	}
}

// TestView: the view has the nodes of the parsed page in document order, each
// with its parent and the end of its subtree.
func TestView(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pieces := rapid.SliceOfN(rapid.SampledFrom([]string{
			"<div>", "</div>", "<p>", "<li>", "</ul>", "<ul>", "text", "<br>", "<table>", "<td>", "</table>", "<!-- note -->", "<a href=x>", "</a>", "<b>", "</b>",
		}), 0, 40).Draw(t, "page")
		tree := parse(t, strings.Join(pieces, ""))
		var want []*html.Node
		var walk func(n *html.Node)
		walk = func(n *html.Node) {
			if n.Type == html.ElementNode || n.Type == html.TextNode {
				want = append(want, n)
			}
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				walk(c)
			}
		}
		root := tree.Nodes[0].Raw
		for root.Parent != nil {
			root = root.Parent
		}
		walk(root)
		if len(want) != len(tree.Nodes) {
			t.Fatalf("%d nodes, want %d", len(tree.Nodes), len(want))
		}
		for id := range tree.Len() {
			n := tree.Nodes[id]
			if n.Raw != want[id] {
				t.Fatalf("node %d is %q, want %q", id, n.Raw.Data, want[id].Data)
			}
			if n.Parent != None && tree.Nodes[n.Parent].Raw != n.Raw.Parent || n.End <= id || n.Parent != None && n.End > tree.Nodes[n.Parent].End {
				t.Fatalf("node %d: parent %d, end %d", id, n.Parent, n.End)
			}
			children := 0
			for c := range tree.Children(id) {
				children++
				if tree.Parent(c) != id {
					t.Fatalf("child %d of %d has parent %d", c, id, tree.Parent(c))
				}
			}
			real := 0
			for c := n.Raw.FirstChild; c != nil; c = c.NextSibling {
				if c.Type != html.CommentNode {
					real++
				}
			}
			if children != real {
				t.Fatalf("%d children, want %d", children, real)
			}
		}
	})
}

// What is asked of class names is answered alike for all elements that have them.
func TestHas(t *testing.T) {
	tree := parse(t, `<p class="Post__Author col2">a<p class=" post--author  col2 ">b<p class="x">c<p>d`)
	for range 2 {
		for _, c := range []struct {
			set   string
			has   func(ID, *Names) bool
			wants string
		}{
			{"post-author", tree.HasAny, "ab"}, {"author", tree.HasAny, ""}, {"author", tree.HasPart, "ab"}, {"col", tree.HasPart, ""}, {"col2", tree.HasPart, "ab"},
			{"col", tree.HasLetters, "ab"}, {"col2", tree.HasLetters, ""}, {"x y", tree.HasAny, "c"}, {"", tree.HasPart, ""},
		} {
			set, got := NewNames(c.set), ""
			for range 2 {
				got = ""
				for id := range tree.Len() {
					if tree.Tag(id) == atom.P && c.has(id, set) {
						got += tree.Text(id)
					}
				}
			}
			if got != c.wants {
				t.Errorf("%q: %q, want %q", c.set, got, c.wants)
			}
		}
	}
}

func TestSqueeze(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{" ", "  ", "\n", "\t", "a", "bc", "é", "ж", "…", "\u00a0", "\u0085", "\u2003", "\u1680", "\u3000", "\xc2", "\xff"})).Draw(t, "parts"), "")
		if got, want := Squeeze(s), strings.Join(strings.Fields(s), " "); got != want {
			t.Fatalf("Squeeze(%q) = %q, want %q", s, got, want)
		}
	})
}
