package assemble

import (
	"strings"

	"corpus/pipeline/normalize"
	"corpus/pipeline/normalize/identity"
	"corpus/schema"
)

// union is the comments of all captures, each once.
type union struct {
	items  []item
	byID   map[string]int   // index in items by comment id
	shown  [][]int          // by document: its comments' items in page order, repetitions left out
	kept   []int32          // by document: items whose row is from it
	local  []map[string]int // by document: items by local and native id
	itemOf [][]int          // by document: the item of each of its comments, in page order
	self   [][]string       // by document: comments that it says answer themselves
	order  []int            // indices of items in the order of the page, once placed
}

// item is one comment and the captures that show it.
type item struct {
	comment normalize.Comment
	doc     int // document that gives the row
	parent  parentRef
}

// parentRef is a stated parent, resolved as far as its document can.
type parentRef struct {
	item   int    // index in items, or -1
	native string // native id to look up across the thread, where item is -1
	doc    int    // document that states it
}

// unite builds the union by comment id, each comment from the newest document
// that shows it. A comment with a native id is known by it; the others by
// local time, text and ordinal among equals in their document.
func unite(g group) *union {
	u := &union{
		byID:   make(map[string]int),
		shown:  make([][]int, len(g.docs)),
		kept:   make([]int32, len(g.docs)),
		local:  make([]map[string]int, len(g.docs)),
		itemOf: make([][]int, len(g.docs)),
		self:   make([][]string, len(g.docs)),
	}
	for d, doc := range g.docs {
		u.add(g.id, d, doc)
	}
	for d, doc := range g.docs {
		u.resolve(d, doc)
	}
	return u
}

// add brings in the comments of document d.
func (u *union) add(articleID string, d int, doc *normalize.Document) {
	standing := distinct(doc.Comments)
	u.local[d] = make(map[string]int, len(standing))
	u.itemOf[d] = make([]int, len(standing))
	ordinals := make(map[[2]string]int)
	for i := range standing {
		if standing[i].same != i {
			continue
		}
		comment, demoted := &doc.Comments[i], standing[i].demoted
		var id, basis string
		if comment.NativeID != "" && !demoted {
			id, basis = identity.CommentByNative(articleID, comment.NativeID), schema.BasisNative
		} else {
			local, text := value(comment.Row.PostedLocal), value(comment.Row.Text)
			equal := [2]string{local, text}
			id, basis = identity.CommentByContent(articleID, local, text, ordinals[equal]), schema.BasisContent
			ordinals[equal]++
		}
		at, known := u.byID[id]
		if !known {
			at = len(u.items)
			u.byID[id] = at
			it := item{comment: *comment, doc: d, parent: parentRef{item: -1}}
			if demoted {
				it.comment.NativeID = ""
			}
			row := &it.comment.Row
			row.CommentID, row.IDBasis, row.ArticleID = id, basis, articleID
			row.FirstCapturedAt, row.LastCapturedAt, row.NCaptures = nil, nil, 0
			provenance(&row.Provenance, doc)
			u.items = append(u.items, it)
			u.kept[d]++
		}
		u.items[at].captured(doc.Origin.CapturedAt)
		u.shown[d] = append(u.shown[d], at)
		u.itemOf[d][i] = at
		if !demoted {
			for _, name := range []string{comment.LocalID, comment.NativeID} {
				if name != "" {
					u.local[d][name] = at
				}
			}
		}
	}
	for i := range standing {
		u.itemOf[d][i] = u.itemOf[d][standing[i].same]
	}
	for i := range standing { // a repetition's local name leads to the comment that it repeats
		if name := doc.Comments[i].LocalID; name != "" {
			if _, known := u.local[d][name]; !known {
				u.local[d][name] = u.itemOf[d][i]
			}
		}
	}
}

// captured counts a capture that shows the comment.
func (it *item) captured(at *int64) {
	row := &it.comment.Row
	row.NCaptures++
	if at == nil {
		return
	}
	if row.FirstCapturedAt == nil || *at < *row.FirstCapturedAt {
		row.FirstCapturedAt = at
	}
	if row.LastCapturedAt == nil || *at > *row.LastCapturedAt {
		row.LastCapturedAt = at
	}
}

// resolve reads the parents that document d states. The newest statement of a
// parent holds; a document that shows a comment without parent states nothing,
// since a flat page shows a reply the same way.
func (u *union) resolve(d int, doc *normalize.Document) {
	for i := range doc.Comments {
		c := &doc.Comments[i]
		if c.ParentRef == "" {
			continue
		}
		at := u.itemOf[d][i]
		if u.items[at].parent.item >= 0 || u.items[at].parent.native != "" {
			continue
		}
		ref := parentRef{item: -1, doc: d}
		if parent, ok := u.local[d][c.ParentRef]; ok {
			ref.item = parent
		} else if !strings.HasPrefix(c.ParentRef, "~") {
			ref.native = c.ParentRef
		} else {
			continue // a local name that nobody bears
		}
		if ref.item == at { // no comment answers itself
			if n := len(u.self[d]); n == 0 || u.self[d][n-1] != u.items[at].comment.Row.CommentID {
				u.self[d] = append(u.self[d], u.items[at].comment.Row.CommentID)
			}
			continue
		}
		u.items[at].parent = ref
	}
}

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
