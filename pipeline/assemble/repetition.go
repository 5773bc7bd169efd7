package assemble

import (
	"strings"

	"corpus/pipeline/normalize"
)

// standing says what a comment of one document is within that document.
type standing struct {
	same    int  // index of the comment that it is: itself, or the one that it repeats
	demoted bool // its native id belongs to another comment, so it has none
}

// distinct finds the comments of a document that bear one native id twice. A
// page may show a comment again, often cut short, in a box of featured ones:
// then one of the texts begins with the other, and the longer stays (the first
// of equals). Where the texts differ, the id is not the comment's: the first
// keeps it, and the later one is known by its content, so that none is lost.
func distinct(comments []normalize.Comment) []standing {
	out := make([]standing, len(comments))
	holder := make(map[string]int)
	type claim struct{ id, author, text string }
	others := make(map[claim]int)
	for i := range comments {
		out[i].same = i
		c := &comments[i]
		if c.NativeID == "" {
			continue
		}
		first, claimed := holder[c.NativeID]
		if !claimed {
			holder[c.NativeID] = i
			continue
		}
		if repeats(&comments[first], c) {
			if len(value(c.Row.Text)) > len(value(comments[first].Row.Text)) {
				out[first].same = i
				holder[c.NativeID] = i
			} else {
				out[i].same = first
			}
			continue
		}
		other := claim{c.NativeID, c.Author, value(c.Row.Text)}
		if earlier, ok := others[other]; ok {
			out[i].same = earlier
			continue
		}
		others[other] = i
		out[i].demoted = true
	}
	for i := len(out) - 1; i >= 0; i-- { // a longer repetition may itself have been outdone later
		out[i].same = last(out, i)
	}
	return out
}

// last follows repetitions to the comment that stays, shortening the way.
func last(out []standing, i int) int {
	end := i
	for out[end].same != end {
		end = out[end].same
	}
	for out[i].same != end && i != end {
		i, out[i].same = out[i].same, end
	}
	return end
}

// repeats reports whether two comments with one id are one comment: neither
// names another author, and one text begins with the other.
func repeats(a, b *normalize.Comment) bool {
	if a.Author != "" && b.Author != "" && a.Author != b.Author {
		return false
	}
	short, long := value(a.Row.Text), value(b.Row.Text)
	if len(short) > len(long) {
		short, long = long, short
	}
	return strings.HasPrefix(long, strings.TrimRight(short, " \n\t.…[]()"))
}
