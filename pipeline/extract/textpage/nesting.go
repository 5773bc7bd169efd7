package textpage

import "strconv"

// Limits of what indentation may tell.
const (
	minStep   = 2  // columns between a comment and a reply
	maxLevels = 24 // deeper is no nesting but a layout
)

// localID names a comment inside its draft.
func localID(k int) string { return "~" + strconv.Itoa(k) }

// commentIDs are the site's own ids where the headers state them in addresses
// of their own, else local names.
func commentIDs(out []segment, lines []line) []string {
	ids := make([]string, len(out))
	count := make(map[string]int, len(out))
	for k := range out {
		for i := out[k].hit.first; i <= out[k].hit.last && ids[k] == ""; i++ {
			ids[k] = lines[i].anchor
		}
		count[ids[k]]++
	}
	for k := range ids {
		if ids[k] == "" || count[ids[k]] > 1 {
			ids[k] = localID(k)
		}
	}
	return ids
}

// nesting gives each comment the one that it is nested in, by the columns at
// which they begin; -1 for none. Columns that do not make a tree tell nothing.
func nesting(out []segment) []int {
	parents := make([]int, len(out))
	var open []int // comments that may still get replies, outermost first
	for k := range out {
		parents[k] = -1
		column := out[k].hit.column
		if column+minStep <= out[0].hit.column {
			return flat(parents)
		}
		for len(open) > 0 && out[open[len(open)-1]].hit.column+minStep > column {
			open = open[:len(open)-1]
		}
		if len(open) > 0 {
			parents[k] = open[len(open)-1]
		}
		if open = append(open, k); len(open) > maxLevels {
			return flat(parents)
		}
	}
	return parents
}

func flat(parents []int) []int {
	for k := range parents {
		parents[k] = -1
	}
	return parents
}
