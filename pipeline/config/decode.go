package config

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// place is where something stands in the file; the zero place is the whole file.
type place struct{ line, column int }

func placeOf(t *token.Token) place {
	if t == nil || t.Position == nil {
		return place{}
	}
	return place{t.Position.Line, t.Position.Column}
}

// decoder fills a Config from a syntax tree. The library's own decoder stops at
// the first mistake and follows aliases without end, so that it is not used.
type decoder struct {
	file    string
	errors  Errors
	places  map[string]place // of every value given, by its path: "sources[0].id"
	anchors map[string]ast.Node
	nodes   int
}

func (d *decoder) fail(at place, format string, args ...any) {
	d.errors = append(d.errors, &Error{File: d.file, Line: at.line, Column: at.column, Message: fmt.Sprintf(format, args...)})
}

// failAt reports a mistake of the value at path.
func (d *decoder) failAt(path, format string, args ...any) { d.fail(d.places[path], format, args...) }

// given tells whether the file states the value at path.
func (d *decoder) given(path string) bool {
	_, ok := d.places[path]
	return ok
}

// usable tells whether the file states the value at path and nothing has been
// found wrong with it, so that one mistake is reported once.
func (d *decoder) usable(path string) bool {
	at, ok := d.places[path]
	return ok && !slices.ContainsFunc(d.errors, func(e *Error) bool { return e.Line == at.line && e.Column == at.column })
}

func (d *decoder) decode(root ast.Node, c *Config) {
	d.anchors = map[string]ast.Node{}
	ast.Walk(anchorVisitor(d.anchors), root)
	d.value(root, "", reflect.ValueOf(c).Elem())
}

// anchorVisitor collects the anchors of a file by their names.
type anchorVisitor map[string]ast.Node

func (v anchorVisitor) Visit(n ast.Node) ast.Visitor {
	if a, ok := n.(*ast.AnchorNode); ok && a.Name != nil {
		v[a.Name.GetToken().Value] = a.Value
	}
	return v
}

// resolve follows anchors and aliases to the value itself.
func (d *decoder) resolve(n ast.Node) (ast.Node, bool) {
	for range 16 {
		switch v := n.(type) {
		case *ast.AnchorNode:
			n = v.Value
		case *ast.AliasNode:
			target, ok := d.anchors[v.Value.GetToken().Value]
			if !ok {
				d.fail(placeOf(v.Start), "the alias *%s has no anchor", clip(v.Value.GetToken().Value))
				return nil, false
			}
			n = target
		default:
			return n, true
		}
	}
	d.fail(placeOf(n.GetToken()), "aliases that lead to aliases without end")
	return nil, false
}

// value decodes n into v; path names it in the file.
func (d *decoder) value(n ast.Node, path string, v reflect.Value) {
	d.nodes++
	if d.nodes > maxNodes {
		if d.nodes == maxNodes+1 {
			d.fail(place{}, "more than %d values, aliases followed: this is no configuration", maxNodes)
		}
		return
	}
	at := place{}
	if n != nil {
		at = placeOf(n.GetToken())
		var ok bool
		if n, ok = d.resolve(n); !ok {
			return
		}
	}
	if _, isNull := n.(*ast.NullNode); n == nil || isNull {
		if path == "" {
			d.fail(at, "the file is empty: expected at least corpus, version and sources")
		}
		return // a key without a value states nothing
	}
	if m, ok := n.(*ast.MappingNode); ok && len(m.Values) > 0 {
		at = placeOf(m.Values[0].Key.GetToken()) // the token of a mapping is its colon
	}
	d.places[path] = at
	switch v.Kind() {
	case reflect.Struct:
		d.mapping(n, at, path, v)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.value(n, path, v.Elem())
	case reflect.Slice:
		d.list(n, at, path, v)
	default:
		d.scalar(n, at, path, v)
	}
}

func (d *decoder) mapping(n ast.Node, at place, path string, v reflect.Value) {
	var pairs []*ast.MappingValueNode
	switch m := n.(type) {
	case *ast.MappingNode:
		pairs = m.Values
	case *ast.MappingValueNode:
		pairs = []*ast.MappingValueNode{m}
	default:
		d.fail(at, "%s: expected keys with values (%s), found %s", named(path), strings.Join(keysOf(v.Type()), ", "), kindOf(n))
		return
	}
	names := keysOf(v.Type())
	seen := map[string]place{}
	for _, pair := range pairs {
		key := pair.Key.GetToken()
		where := placeOf(key)
		name := key.Value
		i := slices.Index(names, name)
		if first, ok := seen[name]; ok {
			d.fail(where, "the key %q stands twice: it is in line %d already", clip(name), first.line)
			continue
		}
		seen[name] = where
		if i < 0 {
			hint := didYouMean(name, names)
			if hint == "" {
				hint = ": expected one of " + strings.Join(names, ", ")
			}
			d.fail(where, "unknown key %q in %s%s", clip(name), named(path), hint)
			continue
		}
		d.value(pair.Value, join(path, name), v.Field(i))
	}
}

func (d *decoder) list(n ast.Node, at place, path string, v reflect.Value) {
	s, ok := n.(*ast.SequenceNode)
	if !ok {
		d.fail(at, "%s: expected a list, found %s; write it as [a, b], or a line each with -", path, kindOf(n))
		return
	}
	if d.nodes+len(s.Values) > maxNodes {
		d.nodes = maxNodes
		d.value(nil, path, v)
		return
	}
	list := reflect.MakeSlice(v.Type(), len(s.Values), len(s.Values))
	for i, item := range s.Values {
		element := fmt.Sprintf("%s[%d]", path, i)
		d.value(item, element, list.Index(i))
		if !d.given(element) && d.nodes <= maxNodes {
			d.fail(placeOf(s.Start), "%s: the item is empty", element)
		}
	}
	v.Set(list)
}

func (d *decoder) scalar(n ast.Node, at place, path string, v reflect.Value) {
	if v.Type() == reflect.TypeFor[Size]() {
		d.size(n, at, path, v)
		return
	}
	if path == "accept_rejects" { // a number as well as a text
		if i, ok := n.(*ast.IntegerNode); ok {
			v.SetString(i.Token.Value)
			return
		}
	}
	switch v.Kind() {
	case reflect.String:
		switch s := n.(type) {
		case *ast.StringNode:
			v.SetString(s.Value)
		case *ast.LiteralNode:
			v.SetString(s.Value.Value)
		default:
			hint := ""
			if _, ok := n.(ast.ScalarNode); ok {
				hint = "; put it in quotes"
			}
			d.fail(at, "%s: expected text, found %s%s", path, kindOf(n), hint)
		}
	case reflect.Int:
		i, ok := n.(*ast.IntegerNode)
		if !ok {
			d.fail(at, "%s: expected a whole number, found %s", path, kindOf(n))
			return
		}
		switch number := i.Value.(type) {
		case int64:
			v.SetInt(number)
		case uint64:
			if number > 1<<62 {
				d.fail(at, "%s: the number %s is too large", path, clip(i.Token.Value))
				return
			}
			v.SetInt(int64(number))
		}
	}
}

func (d *decoder) size(n ast.Node, at place, path string, v reflect.Value) {
	var text string
	switch s := n.(type) {
	case *ast.IntegerNode:
		text = s.Token.Value
	case *ast.StringNode:
		text = s.Value
	default:
		d.fail(at, "%s: expected a size such as 64MiB, found %s", path, kindOf(n))
		return
	}
	size, err := ParseSize(text)
	if err != nil {
		d.fail(at, "%s: %v", path, err)
		return
	}
	v.SetInt(int64(size))
}

// keysOf are the keys of a struct in the order of its fields.
func keysOf(t reflect.Type) []string {
	var keys []string
	for i := range t.NumField() {
		if key := t.Field(i).Tag.Get("yaml"); key != "" {
			keys = append(keys, key) // fields without a key stand last
		}
	}
	return keys
}

// kindOf names what stands in the file.
func kindOf(n ast.Node) string {
	switch n := n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return "keys with values"
	case *ast.SequenceNode:
		return "a list"
	case *ast.StringNode, *ast.LiteralNode:
		return "text"
	case *ast.IntegerNode:
		return "the number " + clip(n.Token.Value)
	case *ast.FloatNode:
		return "the number " + clip(n.Token.Value)
	case *ast.BoolNode:
		return "the truth value " + clip(n.Token.Value)
	case *ast.TagNode:
		return "a YAML tag"
	case nil:
		return "nothing"
	default:
		return "a YAML " + strings.ToLower(n.Type().String())
	}
}

func named(path string) string {
	if path == "" {
		return "the configuration"
	}
	return path
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}
