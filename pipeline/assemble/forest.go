package assemble

import (
	"corpus/pipeline/normalize"
	"corpus/pipeline/normalize/identity"
	"corpus/schema"
)

// forest is the comments of a thread in their order, each below the comment
// that it states as its parent.
type forest struct {
	comments []Comment
	doc      []int      // by comment: document that its row is from
	broken   [][]string // by document: comments whose parent was taken away to break a cycle
}

// plant puts the union in order, adds a row for every stated parent that is
// not there, directly before its first reply, breaks cycles, and sets
// position, parent, depth and thread.
func plant(g group, u *union) *forest {
	const none = -1
	f := &forest{
		comments: make([]Comment, 0, len(u.items)),
		doc:      make([]int, 0, len(u.items)),
		broken:   make([][]string, len(g.docs)),
	}
	at := make([]int, len(u.items)) // position by item
	missing := make(map[string]int) // position by comment id
	var parents []parentRef
	for _, i := range u.order {
		it := &u.items[i]
		ref := it.parent
		if ref.item < 0 && ref.native != "" {
			id := identity.CommentByNative(g.id, ref.native)
			if known, ok := u.byID[id]; ok {
				ref.item = known
			} else if _, ok := missing[id]; !ok {
				missing[id] = len(f.comments)
				f.comments = append(f.comments, Comment{Comment: placeholder(g, id, ref)})
				f.doc = append(f.doc, ref.doc)
				parents = append(parents, parentRef{item: -1})
			}
		}
		at[i] = len(f.comments)
		f.comments = append(f.comments, Comment{Comment: it.comment})
		f.doc = append(f.doc, it.doc)
		parents = append(parents, ref)
	}

	parent := make([]int, len(f.comments))
	for i, ref := range parents {
		parent[i] = none
		switch {
		case ref.item >= 0:
			parent[i] = at[ref.item]
		case ref.native != "":
			parent[i] = missing[identity.CommentByNative(g.id, ref.native)]
		}
		if parent[i] == i {
			parent[i] = none
		}
	}
	f.breakCycles(parent)
	f.grow(parent)
	return f
}

// placeholder is the row of a stated parent that no capture shows.
func placeholder(g group, id string, ref parentRef) normalize.Comment {
	doc := g.docs[ref.doc]
	c := normalize.Comment{SourceID: doc.Origin.SourceID, NativeID: ref.native, Row: schema.Comment{
		CommentID:      id,
		IDBasis:        schema.BasisNative,
		ArticleID:      g.id,
		CommenterBasis: schema.CommenterNone,
		State:          schema.StateMissing,
	}}
	provenance(&c.Row.Provenance, doc)
	return c
}

// breakCycles makes the comment of smallest position in every cycle a
// top-level one.
func (f *forest) breakCycles(parent []int) {
	seen := make([]int, len(parent)) // the walk that came by, from 1
	for i := range parent {
		at := i
		for at >= 0 && seen[at] == 0 {
			seen[at] = i + 1
			at = parent[at]
		}
		if at < 0 || seen[at] != i+1 {
			continue
		}
		first := at
		for next := parent[at]; next != at; next = parent[next] {
			first = min(first, next)
		}
		parent[first] = -1
		d := f.doc[first]
		f.broken[d] = append(f.broken[d], f.comments[first].Row.CommentID)
	}
}

// grow sets the columns of the forest, without recursion: threads may be as
// deep as they are long.
func (f *forest) grow(parent []int) {
	top := make([]int, len(parent))
	done := make([]bool, len(parent))
	var path []int
	for i := range parent {
		path = path[:0]
		at := i
		for !done[at] {
			path = append(path, at)
			if parent[at] < 0 {
				break
			}
			at = parent[at]
		}
		for k := len(path) - 1; k >= 0; k-- {
			at := path[k]
			row := &f.comments[at].Row
			row.Position = int32(at)
			row.ParentID = nil
			if up := parent[at]; up < 0 {
				top[at] = at
				row.Depth = 0
			} else {
				id := f.comments[up].Row.CommentID
				row.ParentID = &id
				top[at] = top[up]
				row.Depth = f.comments[up].Row.Depth + 1
			}
			row.ThreadID = f.comments[top[at]].Row.CommentID
			done[at] = true
		}
	}
}
