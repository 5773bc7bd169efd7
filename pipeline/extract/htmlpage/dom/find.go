package dom

import "golang.org/x/net/html/atom"

// Children calls yield with the children of id in their order.
func (t *Tree) Children(id ID) func(yield func(ID) bool) {
	return func(yield func(ID) bool) {
		for c, end := id+1, t.Nodes[id].End; c < end; c = t.Nodes[c].End {
			if !yield(c) {
				return
			}
		}
	}
}

// First is the first node under top, top left out, that is wanted; or None.
func (t *Tree) First(top ID, want func(ID) bool) ID {
	return t.FirstIn(top+1, t.Nodes[top].End, want)
}

// FirstIn is the first element from from up to end that is wanted; or None.
func (t *Tree) FirstIn(from, end ID, want func(ID) bool) ID {
	for id := from; id < end; id++ {
		if !t.IsText(id) && want(id) {
			return id
		}
	}
	return None
}

// FirstTag is the first element under top with one of the tags; or None.
func (t *Tree) FirstTag(top ID, tags ...atom.Atom) ID {
	return t.First(top, func(id ID) bool { return IsTag(t.Nodes[id].Tag, tags...) })
}

// FirstClass is the first element under top with one of the classes; or None.
func (t *Tree) FirstClass(top ID, names ...string) ID {
	return t.First(top, func(id ID) bool { return t.HasClass(id, names...) })
}

// Above is the nearest ancestor of id that is wanted; or None.
func (t *Tree) Above(id ID, want func(ID) bool) ID {
	for id = t.Nodes[id].Parent; id != None; id = t.Nodes[id].Parent {
		if want(id) {
			return id
		}
	}
	return None
}

// IsTag tells whether tag is one of tags.
func IsTag(tag atom.Atom, tags ...atom.Atom) bool {
	for _, t := range tags {
		if t == tag {
			return true
		}
	}
	return false
}
