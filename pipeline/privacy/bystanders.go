package privacy

import (
	"strings"
	"unicode/utf8"

	"corpus/pipeline/assemble"
	"corpus/pipeline/assemble/names"
)

// bystanders counts where names of a thread's commenters stand in running
// text, beside the places that are masked.
type bystanders struct{ names *names.Matcher }

// newBystanders knows the names of four letters or more, since shorter ones are
// too often words, and of no more than 80 code points, since each is tried at
// every word of the thread.
func newBystanders(comments []assemble.Comment) bystanders {
	const fewestLetters, longest = 4, 80
	b := bystanders{names.NewMatcher()}
	for i := range comments {
		name := strings.Join(strings.Fields(comments[i].Author), " ")
		if names.Letters(name) >= fewestLetters && utf8.RuneCountInString(name) <= longest && !names.Generic(name) && !names.Weak(name) {
			b.names.Add(name)
		}
	}
	return b
}

// count counts the names in text, spelled as displayed, outside of the places
// covered, which are in order.
func (b bystanders) count(text string, covered []found) int64 {
	if b.names.Len() == 0 {
		return 0
	}
	total := int64(0)
	last := rune(-1)
	next := 0
	for at := 0; at < len(text); {
		for next < len(covered) && covered[next].end <= at {
			next++
		}
		if next < len(covered) && covered[next].start <= at {
			at = covered[next].end
			last = before(text, at)
			continue
		}
		r, size := utf8.DecodeRuneInString(text[at:])
		end := 0
		if isWord(r) && (!isWord(last) || r >= 0x0e00) {
			b.names.At(text, at, func(stop int, id int32) bool {
				if text[at:stop] == b.names.Name(id) {
					end = stop
				}
				return true
			})
		}
		if end > 0 {
			total++
			last = before(text, end)
			at = end
			continue
		}
		last = r
		at += size
	}
	return total
}
