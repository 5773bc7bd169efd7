package jsonld

import (
	"html"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
)

// Bounds of what is read of one page; what lies beyond is left out.
const (
	maxDepth  = 32
	maxValues = 100_000
	maxBytes  = 8 << 20 // of one script
)

// Graph is all JSON-LD of a page.
type Graph struct {
	Objects []*Value // objects at the top and in @graph, in the order of the page
	ids     map[string]*Value
}

// Parse reads the JSON-LD scripts of a page.
func Parse(t *dom.Tree) *Graph {
	g := &Graph{ids: map[string]*Value{}}
	left := maxValues
	for id := dom.ID(0); id < t.Len(); id++ {
		if t.Tag(id) != atom.Script {
			continue
		}
		kind, _, _ := strings.Cut(strings.ToLower(t.Attr(id, "type")), ";")
		if strings.TrimSpace(kind) != "application/ld+json" {
			continue
		}
		for c := range t.Children(id) {
			if t.IsText(c) && len(t.Nodes[c].Raw.Data) <= maxBytes {
				for _, v := range Read(t.Nodes[c].Raw.Data, &left) {
					g.add(v, 0)
				}
			}
		}
	}
	return g
}

// add files an object, or those in a list or @graph.
func (g *Graph) add(v *Value, depth int) {
	if v == nil || depth > 4 {
		return
	}
	if v.Kind == List {
		for _, item := range v.Items {
			g.add(item, depth+1)
		}
		return
	}
	if v.Kind != Object {
		return
	}
	if len(v.Get("@type").All()) > 0 {
		g.Objects = append(g.Objects, v)
		if id := v.Get("@id").String(); id != "" && len(v.Keys) > 2 && g.ids[id] == nil {
			g.ids[id] = v
		}
	}
	if graph := v.Get("@graph"); graph != nil {
		g.add(graph, depth+1)
	}
}

// Follow is the object that v refers to by @id, else v.
func (g *Graph) Follow(v *Value) *Value {
	if v == nil || v.Kind != Object || len(v.Keys) > 2 {
		return v
	}
	if target := g.ids[v.Get("@id").String()]; target != nil {
		return target
	}
	return v
}

// Read gives the values of one script; left is how many more values may be
// read. What stands before a mistake is kept.
func Read(script string, left *int) []*Value {
	script = unwrap(script)
	values, ok := decode(script, left, false)
	if ok || len(values) > 0 && complete(values) {
		return values
	}
	repaired := dropCommas(script)
	if !strings.Contains(script, `"`) && strings.Contains(script, "&quot;") {
		repaired = html.UnescapeString(script)
	}
	if repaired == script {
		return values
	}
	again, _ := decode(repaired, left, false)
	if size(again) > size(values) {
		return again
	}
	return values
}

// unwrap drops marks of comments and CDATA around a script and makes raw
// control characters spaces, which JSON does not have in strings.
func unwrap(s string) string {
	s = strings.TrimSpace(s)
	for _, mark := range []string{"<!--", "//<![CDATA[", "// <![CDATA[", "/*<![CDATA[*/", "<![CDATA["} {
		s = strings.TrimSpace(strings.TrimPrefix(s, mark))
	}
	s = strings.TrimPrefix(s, "\ufeff")
	return strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, s)
}

// dropCommas drops commas that stand before a closing bracket.
func dropCommas(s string) string {
	var b strings.Builder
	quoted, escaped, comma := false, false, false
	for i := 0; i < len(s); i++ {
		c := s[i]
		if quoted {
			b.WriteByte(c)
			if escaped {
				escaped = false
			} else if c == '\\' {
				escaped = true
			} else if c == '"' {
				quoted = false
			}
			continue
		}
		if c == ',' {
			comma = true
			continue
		}
		if comma && c != ' ' {
			if c != '}' && c != ']' {
				b.WriteByte(',')
			}
			comma = false
		}
		quoted = c == '"'
		b.WriteByte(c)
	}
	return b.String()
}

// complete tells whether the first value is an object that says what it is, so
// that what follows it may be garbage.
func complete(values []*Value) bool { return len(values) > 1 }

func size(values []*Value) int {
	n := 0
	for _, v := range values {
		n += 1 + len(v.Items)
	}
	return n
}

// ReadState gives the first value of a script that holds the state of a program,
// and nothing but what it states: mistakes are not mended, and a null in a list
// keeps its place as an empty text, since some programs refer to places. It is
// nil where there is none, or where more than left values stand.
func ReadState(script string, left *int) *Value {
	values, _ := decode(script, left, true)
	if len(values) == 0 || *left < 0 {
		return nil
	}
	return values[0]
}

// decode reads values until the end or a mistake; ok tells which. Alone, it reads
// one value and keeps the nulls of lists.
func decode(s string, left *int, alone bool) (values []*Value, ok bool) {
	d := jsontext.NewDecoder(strings.NewReader(s), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	var stack []*Value
	var key string
	isKey := false
	for {
		token, err := d.ReadToken()
		if err != nil {
			return values, err.Error() == "EOF" || d.StackDepth() == 0 && len(values) > 0
		}
		if *left--; *left < 0 {
			return values, true
		}
		kind := token.Kind()
		if kind == '}' || kind == ']' {
			if stack = stack[:len(stack)-1]; len(stack) == 0 && alone {
				return values, true
			}
			isKey = len(stack) > 0 && stack[len(stack)-1].Kind == Object
			continue
		}
		if isKey {
			key, isKey = token.String(), false
			continue
		}
		v := &Value{}
		switch kind {
		case '{':
			v.Kind = Object
		case '[':
			v.Kind = List
		case 'n':
		default:
			v.Text = token.String()
		}
		if len(stack) == 0 {
			values = append(values, v)
		} else if up := stack[len(stack)-1]; kind != 'n' || alone && up.Kind == List {
			up.Items = append(up.Items, v)
			if up.Kind == Object {
				up.Keys = append(up.Keys, key)
			}
		}
		if kind == '{' || kind == '[' {
			if len(stack) >= maxDepth {
				return values, true
			}
			stack = append(stack, v)
		}
		isKey = len(stack) > 0 && stack[len(stack)-1].Kind == Object
	}
}
