package comments

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
)

// sheet is a list of posts that is being aligned.
type sheet struct {
	p          *Page
	from, ends []dom.ID
	place      []uint64 // of every node of the posts, from the first post on: where in its post it stands
	weight     []int32  // before every node: bytes of lines that differ
	long       []int32  // … of those that are prose
}

// alternating are words of class names that tell one post from the next.
var alternating = dom.NewNames(`odd even alt alternate first last new old unread read online offline op active selected hover left right
	topic reply question answer opening opener starter firstpost lastpost`)

// mark gives every node of the posts its place: the tags and, where asked for,
// the names above it; its number among its like where it has no name.
func (s *sheet) mark(names bool) {
	p := s.p
	first := s.from[0]
	s.place = make([]uint64, s.ends[len(s.ends)-1]-first)
	for i := range s.from {
		seen := map[uint64]uint64{}
		for id := s.from[i]; id < s.ends[i]; id++ {
			up := uint64(0xcbf29ce484222325)
			parent := p.Parent(id)
			if parent >= s.from[i] {
				up = s.place[parent-first]
			}
			n := &p.Nodes[id]
			h := (up ^ (uint64(n.Tag) + 1)) * 0x100000001b3
			if p.IsText(id) {
				h = (up ^ 0x7e7) * 0x100000001b3
			} else if named := nameHash(n.Class); named != 0 && names && parent >= s.from[i] && !dom.IsTag(n.Tag, atom.Td, atom.Tr, atom.Table, atom.Tbody) {
				h = (h ^ named) * 0x100000001b3
			} else {
				k := h ^ uint64(parent)<<32 // its number below one parent
				seen[k]++
				h = (h ^ seen[k]) * 0x100000001b3
			}
			s.place[id-first] = h
		}
	}
}

// nameHash is a hash of the class names that do not tell one post from another;
// 0 for none.
func nameHash(class string) uint64 {
	if class == "" || len(class) > 400 {
		return 0
	}
	h := uint64(0)
	for name := range strings.FieldsSeq(class) {
		name = strings.TrimRight(name, "0123456789")
		skip := name == ""
		for word := range strings.FieldsFuncSeq(name, func(r rune) bool { return r < 'a' || r > 'z' }) {
			skip = skip || alternating.Has(word)
		}
		if skip {
			continue
		}
		for i := 0; i < len(name); i++ {
			h = (h ^ uint64(name[i])) * 0x100000001b3
		}
		h++
	}
	return h
}

// line is a text without what differs from post to post in lines of the machine:
// its numbers.
func line(s string) string {
	s = dom.Squeeze(s)
	if !strings.ContainsAny(s, "0123456789") {
		return s
	}
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return '0'
		}
		return r
	}, s)
}

// weigh sums up the lines that differ.
func (s *sheet) weigh() {
	p, n := s.p, len(s.from)
	type count struct{ posts, last int }
	lines := map[string]*count{}
	for i := range s.from {
		for id := s.from[i]; id < s.ends[i]; id++ {
			if !p.IsText(id) || dom.Unseen(p.Tag(p.Parent(id))) {
				continue
			}
			key := line(p.Nodes[id].Raw.Data)
			if key == "" || len(key) > 4*maxSubject {
				continue
			}
			c := lines[key]
			if c == nil {
				c = &count{last: -1}
				lines[key] = c
			}
			if c.last != i {
				c.posts, c.last = c.posts+1, i
			}
		}
	}
	first, end := s.from[0], s.ends[n-1]
	s.weight = make([]int32, end-first+1)
	s.long = make([]int32, end-first+1)
	i := 0
	for id := first; id < end; id++ {
		at := id - first
		s.weight[at+1], s.long[at+1] = s.weight[at], s.long[at]
		for i < n-1 && id >= s.from[i+1] {
			i++
		}
		if id >= s.ends[i] || !p.IsText(id) || dom.Unseen(p.Tag(p.Parent(id))) {
			continue
		}
		key := line(p.Nodes[id].Raw.Data)
		if key == "" {
			continue
		}
		if c := lines[key]; c != nil && c.posts >= 2 && (2*c.posts >= n || len(key) >= longLine) {
			continue // the machine's, or a signature
		}
		if len(key) <= maxSubject/2 && p.find(p.Nodes[id].Raw.Data) != "" {
			continue
		}
		s.weight[at+1] += int32(len(key))
		if len(key) >= longLine {
			s.long[at+1] += int32(len(key))
		}
	}
}

// places is how many places are looked at: fewer of many posts, so that a table of
// both stays small.
func (s *sheet) places() int { return min(maxPlaces, max(16, maxTable/len(s.from))) }

// sums are the weights between two nodes.
func (s *sheet) sums(from, end dom.ID) (weight, long int) {
	first := s.from[0]
	return int(s.weight[end-first] - s.weight[from-first]), int(s.long[end-first] - s.long[from-first])
}

// leaves are elements that are text and hold none.
var leaves = []atom.Atom{atom.P, atom.Ul, atom.Ol, atom.Pre, atom.Blockquote, atom.A, atom.B, atom.I, atom.Em, atom.Strong, atom.U, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Code}

// text is the element of the text of each post: from the box down to where
// nearly all that differs stands. nil where the posts have no such place.
func (s *sheet) text() []dom.ID {
	p := s.p
	type child struct {
		weight, long, posts, last int
		twice                     bool
		at                        []dom.ID
	}
	n := len(s.from)
	from, ends := append([]dom.ID(nil), s.from...), append([]dom.ID(nil), s.ends...)
	var found []dom.ID
	if p.End(from[0]) >= ends[0] { // one element a post
		found = append([]dom.ID(nil), from...)
		for i := range from {
			ends[i] = p.End(from[i])
			from[i]++
		}
	}
	for range maxLevels {
		total, totalLong := 0, 0
		byPlace := map[uint64]*child{}
		var order []uint64
		for i := range from {
			w, l := s.sums(from[i], ends[i])
			total, totalLong = total+w, totalLong+l
			for id := from[i]; id < ends[i]; id = p.End(id) {
				if p.IsText(id) || dom.Unseen(p.Tag(id)) {
					continue
				}
				key := s.place[id-s.from[0]]
				c := byPlace[key]
				if c == nil {
					if len(order) >= s.places() {
						continue
					}
					if c = (&child{last: -1}); i == 0 {
						c.at = make([]dom.ID, n) // what the first post lacks is no place of all
					}
					byPlace[key] = c
					order = append(order, key)
				}
				if c.last == i {
					c.twice = true
					continue
				}
				w, l := s.sums(id, p.End(id))
				c.weight, c.long, c.posts, c.last = c.weight+w, c.long+l, c.posts+1, i
				if c.at != nil {
					c.at[i] = id
				}
			}
		}
		var best *child
		for _, key := range order {
			if c := byPlace[key]; best == nil || c.weight > best.weight {
				best = c
			}
		}
		if best == nil || best.twice || best.posts < n {
			break
		}
		leaf := dom.IsTag(p.Tag(best.at[0]), leaves...)
		if leaf && found != nil {
			break
		}
		if 2*best.weight < total || 100*best.long < 97*totalLong || totalLong == 0 && 10*best.weight < 7*total {
			break
		}
		if found = best.at; leaf {
			break // a post of several elements in a row, one of which is all the text
		}
		for i := range found {
			from[i], ends[i] = found[i]+1, p.End(found[i])
		}
	}
	return found
}
