// Package jsonld reads the JSON-LD that pages carry in script elements, as
// tolerantly as search engines do: comment marks around it, raw line breaks in
// strings, commas too many, HTML entities and garbage after the end.
//
// It must never resolve a context or fetch one; names are taken as schema.org's.
package jsonld

import (
	"html"
	"strings"
)

// Kinds of a Value.
const (
	Text = iota // a string, number or boolean
	List
	Object
)

// Value is a JSON value; members keep their order.
type Value struct {
	Kind  int
	Text  string
	Items []*Value // of a list, or the members of an object
	Keys  []string // of an object, one an item
}

// Get is the first member of that name; nil where there is none. It may be
// called on nil.
func (v *Value) Get(key string) *Value {
	if v == nil || v.Kind != Object {
		return nil
	}
	for i, k := range v.Keys {
		if k == key {
			return v.Items[i]
		}
	}
	return nil
}

// All are the values that a member holds: the items of a list, else itself.
func (v *Value) All() []*Value {
	if v == nil {
		return nil
	}
	if v.Kind == List {
		return v.Items
	}
	return []*Value{v}
}

// String is the text that a value stands for: its own, that of the first item,
// or the name, @value, url or @id of an object. Entities are resolved.
func (v *Value) String() string {
	for range maxDepth {
		switch {
		case v == nil:
			return ""
		case v.Kind == Text:
			return strings.TrimSpace(html.UnescapeString(v.Text))
		case v.Kind == List:
			if len(v.Items) == 0 {
				return ""
			}
			v = v.Items[0]
		default:
			v = v.member("name", "@value", "url", "@id")
		}
	}
	return ""
}

// URL is the address that a value stands for.
func (v *Value) URL() string {
	for range maxDepth {
		switch {
		case v == nil:
			return ""
		case v.Kind == Text:
			return strings.TrimSpace(v.Text)
		case v.Kind == List:
			if len(v.Items) == 0 {
				return ""
			}
			v = v.Items[0]
		default:
			v = v.member("@id", "url")
		}
	}
	return ""
}

func (v *Value) member(keys ...string) *Value {
	for _, key := range keys {
		if m := v.Get(key); m != nil {
			return m
		}
	}
	return nil
}

// Is tells whether the object has one of the types.
func (v *Value) Is(types ...string) bool {
	for _, t := range v.Types() {
		for _, want := range types {
			if t == want {
				return true
			}
		}
	}
	return false
}

// Types are the names of the object's types without a vocabulary before them.
func (v *Value) Types() []string {
	var out []string
	for _, t := range v.Get("@type").All() {
		name := t.String()
		if i := strings.LastIndexAny(name, "/#:"); i >= 0 {
			name = name[i+1:]
		}
		out = append(out, name)
	}
	return out
}
