package dom

import (
	"fmt"
	"strings"

	"corpus/pipeline/read"
	"corpus/schema"
)

// What the parser makes of markup, in bytes: measured, and rounded up.
const (
	elementCost   = 340 // an element, the text behind it, and their places in Tree
	cloneCost     = 170 // a formatting element that the parser opens again
	attributeCost = 100
)

// maxCost is how much the tree of a page may take, in bytes by the costs above.
// Three bytes of markup can make an element of a hundred times their size, so
// that the length of a page bounds nothing.
const maxCost = 128 << 20

// maxFormatting is how many formatting elements may be open at a time. Those
// that are left open the parser opens again in every block that follows (HTML,
// section 13.2.4.3), so that 160 KB of unclosed tags can take gigabytes.
const maxFormatting = 8

// bounded gives the page as it may be parsed: formatting tags beyond
// maxFormatting become empty elements, which lose no text. A page whose markup
// would take more than maxCost is a *read.Rejection.
func bounded(page string) (string, error) {
	var changed strings.Builder
	copied := 0
	open, cost := 0, 0
	var byName [formattingNames]int // open formatting elements
	// No attribute has fewer than two bytes: of most pages none need be counted.
	dear := len(page)/2*attributeCost+strings.Count(page, "<")*(elementCost+maxFormatting*cloneCost) > maxCost
	for at := 0; ; {
		i := strings.IndexByte(page[at:], '<')
		if i < 0 {
			break
		}
		at += i + 1
		end := strings.HasPrefix(page[at:], "/")
		if end {
			at++
		}
		name := tagName(page[at:])
		formatting := formattingNumber(name)
		switch {
		case name == "":
			cost += elementCost / 2 // a comment, or a sign in a text
		case !end && formatting >= 0 && open >= maxFormatting:
			changed.WriteString(page[copied:at])
			changed.WriteString("wbr")
			copied = at + len(name)
			cost += elementCost + open*cloneCost
		case !end:
			cost += elementCost + open*cloneCost
			if formatting >= 0 {
				byName[formatting]++
				open++
			}
		default:
			cost += open * cloneCost
			if formatting >= 0 && byName[formatting] > 0 {
				byName[formatting]--
				open--
			} else if len(name) <= 2 && (strings.EqualFold(name, "p") || strings.EqualFold(name, "br")) { // these make an element
				cost += elementCost
			}
		}
		at += len(name)
		if name != "" && dear {
			cost += attributes(page[at:]) * attributeCost
		}
		if cost > maxCost {
			return "", &read.Rejection{
				Reason: schema.ReasonTooLarge,
				Detail: fmt.Sprintf("its markup would take more than %d MiB of memory", maxCost>>20),
			}
		}
	}
	if copied == 0 {
		return page, nil
	}
	changed.WriteString(page[copied:])
	return changed.String(), nil
}

// tagName is the name that s begins with, as the parser reads it: a letter and
// what follows up to white space, a slash or the end of the tag.
func tagName(s string) string {
	if s == "" || !isLetter(s[0]) {
		return ""
	}
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case ' ', '\t', '\n', '\r', '\f', '/', '>':
			return s[:i]
		}
	}
	return s
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// formattingNames is how many elements the parser opens again. It closes a and
// nobr itself before it opens another one.
const formattingNames = 12

// formattingNumber numbers these elements from 0; -1 for another one.
func formattingNumber(name string) int {
	if name == "" || len(name) > len("strike") {
		return -1
	}
	switch name[0] | 0x20 {
	case 'b', 'c', 'e', 'f', 'i', 's', 't', 'u':
	default:
		return -1
	}
	switch strings.ToLower(name) {
	case "b":
		return 0
	case "big":
		return 1
	case "code":
		return 2
	case "em":
		return 3
	case "font":
		return 4
	case "i":
		return 5
	case "s":
		return 6
	case "small":
		return 7
	case "strike":
		return 8
	case "strong":
		return 9
	case "tt":
		return 10
	case "u":
		return 11
	}
	return -1
}

// attributes counts, from above, the attributes of the tag that s is the rest
// of: every word between its name and the next sign that may end it.
func attributes(s string) int {
	n, between := 0, true
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '<', '>':
			return n
		case ' ', '\t', '\n', '\r', '\f', '/':
			between = true
		default:
			if between {
				n++
			}
			between = false
		}
	}
	return n
}
