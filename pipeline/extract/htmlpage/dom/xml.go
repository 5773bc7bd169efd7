package dom

import "strings"

// voids are the elements that HTML itself closes.
var voids = NewNames(`area base br col embed hr img input link meta param source track wbr`)

// swallowing are the elements whose content is text up to their end tag: one
// that XML closes in itself swallows the rest of the page in HTML.
var swallowing = NewNames(`script style title textarea iframe noframes xmp noembed noscript`)

// CloseEmpty writes out the end tags that a page saved as XML left out: it makes
// <script src="x"/> <script src="x"></script>, and so for all elements that
// HTML does not close itself. found tells whether one of them would have
// swallowed what follows; if not, the page is given back as it is.
func CloseEmpty(page string) (fixed string, found bool) {
	if fixed, found = CloseAll(page); !found {
		return page, false
	}
	return fixed, true
}

// CloseAll is CloseEmpty for a page that is known to be saved as XML: fixed has
// all end tags, whatever was found.
func CloseAll(page string) (fixed string, found bool) {
	var b strings.Builder
	last := 0
	for i := 0; i < len(page); {
		open := strings.IndexByte(page[i:], '<')
		if open < 0 {
			break
		}
		start := i + open + 1
		end := start
		for end < len(page) && isNameByte(page[end]) {
			end++
		}
		if end == start {
			i = start
			continue
		}
		name := strings.ToLower(page[start:end])
		stop := tagEnd(page, end)
		if stop < 0 {
			break
		}
		i = stop + 1
		if page[stop-1] == '/' && stop-1 >= end && !voids.Has(name) {
			b.WriteString(page[last : stop-1])
			b.WriteString("></" + name + ">")
			last = i
			found = found || swallowing.Has(name)
			continue
		}
		if name == "script" || name == "style" {
			// What looks like a tag in here is none.
			if end := strings.Index(page[i:], "</"+page[start:end]); end >= 0 {
				i += end
			}
		}
	}
	if last == 0 {
		return page, false
	}
	b.WriteString(page[last:])
	return b.String(), found
}

// xmlWindow bounds the bytes in which SavedAsXML looks.
const xmlWindow = 96 << 10

// plainElements are elements that HTML never closes in themselves, and pages
// written by hand hardly ever.
var plainElements = NewNames(`div span p i b em strong script style iframe li ul td th section article ins noscript button label textarea title`)

// SavedAsXML tells a page that a program for XML wrote, in which empty elements
// close themselves: two at least do, and none of those that HTML itself closes
// is written without the slash.
func SavedAsXML(page string) bool {
	page = page[:min(len(page), xmlWindow)]
	closed := 0
	for i := 0; i < len(page); {
		open := strings.IndexByte(page[i:], '<')
		if open < 0 {
			break
		}
		start := i + open + 1
		end := start
		for end < len(page) && isNameByte(page[end]) {
			end++
		}
		if end == start {
			i = start
			continue
		}
		stop := tagEnd(page, end)
		if stop < 0 {
			break
		}
		i = stop + 1
		name := page[start:end]
		self := page[stop-1] == '/' && stop-1 >= end
		switch {
		case self && plainElements.Has(name):
			closed++
		case !self && voids.Has(name):
			return false
		case name == "script" || name == "style":
			if end := strings.Index(page[i:], "</"+name); end >= 0 && !self {
				i += end
			}
		}
	}
	return closed >= 2
}

func isNameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == ':'
}

// maxTag bounds the bytes of a tag that its end is looked for in.
const maxTag = 1 << 16

// tagEnd is the place of the > that ends a tag, quotes minded; -1 for none.
func tagEnd(page string, from int) int {
	quote := byte(0)
	for i := from; i < len(page) && i < from+maxTag; i++ {
		switch c := page[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i
		}
	}
	return -1
}
