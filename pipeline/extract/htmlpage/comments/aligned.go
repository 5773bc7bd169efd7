package comments

import (
	"slices"
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/pipeline/normalize/when"
)

// aligned reads threads of programs that are not known, where no name tells what
// holds the text: the posts are laid beside each other, and what stands at the
// same place in all of them tells what it is. What is the same in many is the
// machine's; the text is the innermost place that holds what differs; the time
// is where values run in order; the author where the same names come again
// (the idea of aligned records is DEPTA's, Zhai & Liu, WWW 2005).
type aligned struct{}

func (aligned) name() string { return "aligned" }

// Bounds of what is aligned.
const (
	maxAligned  = 24      // lists of posts that are tried
	maxLevels   = 40      // elements from a post's box down to its text
	longLine    = 40      // bytes from which a line is prose and no field of a form
	maxSubject  = 200     // bytes of a line about a post
	maxPlaces   = 2048    // places that a list is looked at
	maxTable    = 1 << 20 // posts by places
	minNumbered = 3       // anchors with numbers that show a list
)

func (aligned) records(p *Page) []record {
	var best []record
	most := 0
	tried := 0
	for _, g := range slices.Concat(p.anchored(), p.numberedLists()) {
		if tried++; tried > maxAligned {
			break
		}
		out, size := p.align(g)
		if size > most {
			best, most = out, size
		}
	}
	if len(best) == 0 {
		return nil
	}
	p.omit = alignedOmit
	if p.roots = rootsOf(best); !p.related(best, false) && !p.stack(best, (*Page).indent) {
		p.roots, p.flat = nil, true
		quoted(p, best)
	}
	if p.Posts = !p.opened(best[0].from); !p.Posts && p.inRegion(best[0].from) == nil {
		boxes := make([]box, len(best))
		for i := range best {
			boxes[i].record = best[i]
		}
		if !p.answered(boxes) {
			return nil // below an article, and nothing names them as its readers' words: a ticker
		}
	}
	return best
}

// alignedOmit are parts of a text that are none in any program.
var alignedOmit = dom.NewNames(`signature post-signature postsignature user-signature usersignature sig attachments lastedit edited modified`)

// numberedLists are lists of posts by the anchors that programs put at each of
// them, so that links can lead there: names with numbers that grow.
func (p *Page) numberedLists() []*group {
	type run struct {
		anchors []dom.ID
		last    string
		broken  bool
	}
	byPrefix := map[string]*run{}
	var order []string
	for id := dom.ID(0); id < p.Len(); id++ {
		if p.IsText(id) {
			continue
		}
		name := p.Nodes[id].Ident
		if name == "" && p.Tag(id) == atom.A && !p.Has(id, "href") {
			name = strings.ToLower(p.Attr(id, "name"))
		}
		prefix := strings.TrimRight(name, "0123456789")
		if prefix == name || len(name) > 40 || len(name)-len(prefix) > 12 {
			continue
		}
		r := byPrefix[prefix]
		if r == nil {
			if len(byPrefix) >= 64 {
				continue
			}
			r = &run{}
			byPrefix[prefix] = r
			order = append(order, prefix)
		}
		number := name[len(prefix):]
		if len(r.anchors) > 0 && (len(number) < len(r.last) || len(number) == len(r.last) && number <= r.last) {
			r.broken = true
		}
		r.last = number
		r.anchors = append(r.anchors, id)
	}
	var out []*group
	for _, prefix := range order {
		if r := byPrefix[prefix]; !r.broken && len(r.anchors) >= minNumbered && len(out) < maxPaths {
			out = append(out, p.holding(r.anchors)...)
		}
	}
	return out
}

// holding are the groups of boxes that each hold one of the anchors.
func (p *Page) holding(anchors []dom.ID) []*group {
	list, members := p.holders(anchors)
	if len(members) < minAnchors {
		return nil
	}
	out := []*group{{posts: true, anchored: true, members: members}}
	if ends, even := p.runs(list, members); even && len(members) >= minRuns {
		out = append(out, &group{posts: true, anchored: true, members: members, ends: ends})
	}
	return out
}

// bytes is the text of all posts.
func (s *sheet) bytes() int {
	n := 0
	for i := range s.from {
		for id := s.from[i]; id < s.ends[i]; id++ {
			if s.p.IsText(id) {
				n += len(strings.TrimSpace(s.p.Nodes[id].Raw.Data))
			}
		}
	}
	return n
}

// align reads the posts of a list; size is the text that they hold, in bytes, 0
// where they are none.
func (p *Page) align(g *group) (out []record, size int) {
	if len(g.members) < minAnchors || p.asideAt(g.members[0]) {
		return nil, 0
	}
	if a := p.Above(g.members[0], func(n dom.ID) bool { return p.Tag(n) == atom.A && p.Has(n, "href") }); a != dom.None && p.End(a) <= g.members[1] {
		return nil, 0 // teasers that are links as a whole
	}
	s := &sheet{p: p, from: g.members, ends: g.ends}
	if s.ends == nil {
		s.ends = make([]dom.ID, len(g.members))
		for i, id := range g.members {
			s.ends[i] = p.End(id)
		}
	}
	for i := range s.from {
		if s.ends[i] <= s.from[i] || i > 0 && s.from[i] < s.ends[i-1] {
			return nil, 0
		}
	}
	if 2*s.bytes() < p.Prose { // menus and the like, before anything else is asked of them
		return nil, 0
	}
	s.mark(true)
	s.weigh()
	text := s.text()
	if text == nil || text[0] == s.from[0] { // names that tell one post from the next
		s.mark(false)
		text = s.text()
	}
	if text == nil {
		return nil, 0
	}
	posted, timed := s.times(text)
	if timed < len(s.from) {
		return nil, 0
	}
	names, links, sure := s.authors(text)
	if names == nil {
		return nil, 0
	}
	out = make([]record, len(s.from))
	distinct := map[string]bool{}
	again := false
	for i := range out {
		r := record{from: s.from[i], end: s.ends[i], parent: none, text: text[i], author: names[i], authorURL: links[i], posted: posted[i], plain: text[i] != s.from[i]}
		r.wide = !r.plain // name and time stand in the lines of the text
		again = again || distinct[fold(names[i])]
		distinct[fold(names[i])] = true
		for id := text[i]; id < p.End(text[i]); id++ {
			if p.IsText(id) {
				size += len(strings.TrimSpace(p.Nodes[id].Raw.Data))
			}
		}
		out[i] = r
	}
	clock := true // every post tells the time of day
	for _, iso := range posted {
		clock = clock && (len(iso) > len("2006-01-02") || len(iso) < len("2006-01-02") && p.Order == when.OrderUnknown)
	}
	switch {
	case len(distinct) < 2, 2*size < p.Prose, s.teasers(text):
		return nil, 0
	case !(clock && again || sure && (clock || again) || s.answered()):
		return nil, 0
	}
	p.roots = rootsOf(out)
	for i := range out {
		out[i].id = p.boxID(&out[i])
	}
	return out, size
}

// rootsOf are the records by the node that they begin at.
func rootsOf(records []record) map[dom.ID]int {
	roots := make(map[dom.ID]int, len(records))
	for i := range records {
		roots[records[i].from] = i
	}
	return roots
}

// laidBeside are the posts of a thread as they align, where they were not found
// by their names, or names told no more exactly what holds their texts.
func (p *Page) laidBeside(named []record) []record {
	if len(named) > 0 && !p.Posts {
		return nil
	}
	posts, asked, flat, omit := p.Posts, p.asked, p.flat, p.omit
	if out := (aligned{}).records(p); len(out) > 0 && len(out) >= len(named) && (p.Posts || len(named) == 0) {
		exact := true
		for i := range named {
			switch {
			case named[i].text == dom.None:
				exact = exact && out[min(i, len(out)-1)].plain
			case len(out) == len(named):
				exact = exact && p.Within(out[i].text, named[i].text)
			}
		}
		if exact {
			return out
		}
	}
	p.Posts, p.asked, p.flat, p.omit = posts, asked, flat, omit
	return nil
}
