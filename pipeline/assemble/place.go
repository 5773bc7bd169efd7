package assemble

import "corpus/schema"

// place settles the order of the union. The newest document gives its own; a
// comment that only older ones show goes behind its nearest neighbour before
// it there, else before its nearest neighbour after it. A document that shares
// no comment with those before it (another page of the thread) goes to the end
// that its times point to.
func (u *union) place(order string) {
	const none = -1
	next, prev := make([]int, len(u.items)), make([]int, len(u.items))
	placed := make([]bool, len(u.items))
	head, tail := none, none
	insertAfter := func(at, before int) { // before == none: at the head
		placed[at] = true
		prev[at] = before
		if before == none {
			next[at] = head
			head = at
		} else {
			next[at] = next[before]
			next[before] = at
		}
		if next[at] == none {
			tail = at
		} else {
			prev[next[at]] = at
		}
	}
	for _, shown := range u.shown {
		known := none // index in shown of the first comment already placed
		for i, at := range shown {
			if placed[at] {
				known = i
				break
			}
		}
		before := tail
		switch {
		case known >= 0:
			before = prev[shown[known]]
		case len(shown) > 0 && head != none && u.precedes(shown, head, order):
			before = none
		}
		for _, at := range shown {
			if !placed[at] {
				insertAfter(at, before)
			}
			before = at
		}
	}
	u.order = make([]int, 0, len(u.items))
	for at := head; at != none; at = next[at] {
		u.order = append(u.order, at)
	}
}

// precedes reports whether the comments shown, none of which is placed, belong
// before those from head on, going by the local times where they would meet.
func (u *union) precedes(shown []int, head int, order string) bool {
	end := value(u.items[shown[len(shown)-1]].comment.Row.PostedLocal)
	edge := value(u.items[head].comment.Row.PostedLocal)
	if order == schema.OrderNewest {
		return edge != "" && end > edge
	}
	return end != "" && end < edge
}
