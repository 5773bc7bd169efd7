package normalize

// depth is how deep the replies of a document are nested, as it states them: 0
// where there are none. Replies in a circle end where the circle closes. It
// walks without recursion, since a page may nest as deep as it likes.
func depth(comments []Comment) int {
	at := make(map[string]int, len(comments))
	for i := len(comments) - 1; i >= 0; i-- { // of two with one name the first
		at[comments[i].LocalID] = i
	}
	const open = -1
	depths := make([]int, len(comments)) // from 1; 0 where it is not known yet
	deepest := 1
	var path []int
	for i := range comments {
		path = path[:0]
		base, next := 0, i
		for {
			if depths[next] != 0 {
				base = max(depths[next], 0)
				break
			}
			depths[next] = open
			path = append(path, next)
			parent, ok := at[comments[next].ParentRef]
			if !ok || comments[next].ParentRef == "" {
				break
			}
			next = parent
		}
		for k := len(path) - 1; k >= 0; k-- {
			base++
			depths[path[k]] = base
		}
		deepest = max(deepest, base)
	}
	return deepest - 1
}
