package read

import "strings"

// pieces splits an element whose section has no end and swallowed the elements
// behind it: up to the first "]]>" all is character data. The first piece is
// what is broken, the others are elements of their own. An element in which
// nothing was swallowed is its only piece, also when it shows the markup of an
// export as text. names are those of elements that follow one another.
func (p xmlPart) pieces(broken bool, names ...string) []xmlPart {
	raw := string(p.Raw)
	var cuts []int
	inside := &sections{raw: raw}
	for at := 0; ; {
		i := strings.Index(raw[at:], "</")
		if i < 0 {
			break
		}
		at += i + len("</")
		if next, ok := follows(raw, at, names); ok && (broken || p.Cut || p.TooLarge || inside.swallowed(next)) {
			cuts = append(cuts, next)
		}
	}
	if len(cuts) == 0 {
		return []xmlPart{p}
	}
	list := []xmlPart{{Name: p.Name, Raw: p.Raw[:cuts[0]], Cut: true}}
	for i, from := range cuts {
		to, last := len(raw), i == len(cuts)-1
		if !last {
			to = cuts[i+1]
		}
		name, _ := tagName([]byte(raw[from:min(to, from+maxTag)]))
		list = append(list, xmlPart{Name: name, Raw: p.Raw[from:to], Cut: last && (p.Cut || p.TooLarge)})
	}
	return list
}

// follows tells whether an end tag of one of names, whose name begins at at, is
// followed by a start tag of one of them, and where that begins.
func follows(raw string, at int, names []string) (next int, ok bool) {
	for _, name := range names {
		if !strings.HasPrefix(raw[at:], name) || !strings.HasPrefix(raw[at+len(name):], ">") {
			continue
		}
		next = at + len(name) + 1
		for next < len(raw) && (raw[next] == ' ' || raw[next] == '\t' || raw[next] == '\r' || raw[next] == '\n') {
			next++
		}
		for _, start := range names {
			if rest, found := strings.CutPrefix(raw[next:], "<"+start); found && rest != "" && strings.IndexByte(" \t\r\n>", rest[0]) >= 0 {
				return next, true
			}
		}
		return 0, false
	}
	return 0, false
}

// sections looks for the ends of sections, each once.
type sections struct {
	raw  string
	end  int // of the section at hand; -1 for nowhere
	open int // last beginning of a section before the end, or -1
}

// swallowed tells whether what stands in a section from at on was markup:
// sections begin in it, and it ends as they do. Exports that show such markup
// as text break its "]]>" up, as "]]]]><![CDATA[>".
func (s *sections) swallowed(at int) bool {
	if s.end >= 0 && s.end < at {
		s.end, s.open = strings.Index(s.raw[at:], "]]>"), -1
		if s.end >= 0 {
			s.end += at
			s.open = strings.LastIndex(s.raw[at:s.end], "<![CDATA[")
			if s.open >= 0 {
				s.open += at
			}
		}
	}
	return s.end >= at && s.open >= at && !strings.HasSuffix(s.raw[:s.end], "]]")
}
