package comments

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/pipeline/normalize/when"
)

// Bounds of the search for records by their times.
const (
	maxPaths   = 8 // groups of times that are tried
	minAnchors = 2
)

// anchored are groups of boxes whose names tell nothing, found by their times,
// as MiBAT does (Song et al., CIKM 2010): times that stand at the same path of
// tags are the anchors of records, and a record is the subtree that holds one
// of them and stands beside the others; where header and text are siblings, it
// goes on up to the next anchor.
func (p *Page) anchored() []*group {
	if !p.timesKnown {
		p.timeGroups, p.timesKnown = p.anchoredIn(0, p.Len(), false), true
	}
	return p.timeGroups
}

// anchoredRegions are such groups in the parts that are named as comments, where
// relative times count as well.
func (p *Page) anchoredRegions() []*group {
	var out []*group
	for _, r := range p.parts {
		for _, g := range p.anchoredIn(r.from, r.end, true) {
			g.posts, g.region, g.vague = false, true, r.vague
			p.alike(g, r)
			p.inside(g)
			out = append(out, g)
		}
		if len(out) == 0 && !r.vague {
			if box := p.lone(r); box != dom.None {
				out = append(out, &group{anchored: true, region: true, members: []dom.ID{box}})
			}
		}
	}
	return out
}

// lone is the box of the only comment of a region whose heading says that there
// is one: what holds its time, and not the heading. None where it is not clear.
func (p *Page) lone(r region) dom.ID {
	head := dom.None
	for id := max(0, r.from-maxHeading); id < r.end; id++ {
		if dom.IsTag(p.Tag(id), atom.H2, atom.H3, atom.H4, atom.H5, atom.H6) {
			if s, ok := p.Short(id, maxLabel); ok {
				if n := headingCount(s); n != nil && *n == 1 {
					head = id
				}
			}
		}
		if head != dom.None {
			break
		}
	}
	if head == dom.None {
		return dom.None
	}
	box := dom.None
	for id := max(r.from, p.End(head)); id < r.end; id++ {
		if !p.isTime(id, true) || box != dom.None && id < p.End(box) {
			continue
		}
		if box != dom.None {
			return dom.None // two times: which is the comment's?
		}
		box = id
		for up := p.Parent(box); up != dom.None && up >= p.End(head) && up > r.from; up = p.Parent(up) {
			box = up
		}
	}
	return box
}

// maxHeading is how far before a region its heading may begin, in nodes.
const maxHeading = 12

// alike takes into a group the boxes of the region that have tag and classes of
// its members: replies in them have times at other paths.
func (p *Page) alike(g *group, r region) {
	tag, class := p.Tag(g.members[0]), p.Nodes[g.members[0]].Class
	if class == "" || g.ends != nil {
		return
	}
	for _, id := range g.members {
		if p.Tag(id) != tag || p.Nodes[id].Class != class {
			return
		}
	}
	g.members = g.members[:0:0]
	for id := r.from; id < r.end; id++ {
		if p.Nodes[id].Class == class && p.Tag(id) == tag {
			g.members = append(g.members, id)
		}
	}
}

// holders are the elements that each hold one of the anchors and stand beside
// each other in list; none where nothing holds them all.
func (p *Page) holders(anchors []dom.ID) (list dom.ID, members []dom.ID) {
	if list = p.commonParent(anchors); list == dom.None {
		return list, nil
	}
	for _, id := range anchors {
		for id != dom.None && p.Parent(id) != list {
			id = p.Parent(id)
		}
		if id != dom.None && !p.word(id, embedWords) && (len(members) == 0 || members[len(members)-1] != id) {
			members = append(members, id)
		}
	}
	return list, members
}

// anchoredIn are the groups by times between two nodes.
func (p *Page) anchoredIn(from, end dom.ID, ago bool) []*group {
	var out []*group
	for _, anchors := range p.anchors(from, end, ago) {
		list, members := p.holders(anchors)
		if len(members) < minAnchors {
			continue
		}
		if ago {
			if begins := p.runsBack(list, members, from, end); begins != nil {
				ends := make([]dom.ID, len(members))
				for i, id := range members {
					ends[i] = p.End(id)
				}
				out = append(out, &group{posts: true, anchored: true, members: begins, ends: ends})
				continue
			}
		}
		out = append(out, &group{posts: true, anchored: true, members: members})
		if ends, even := p.runs(list, members); even && (len(members) >= minRuns || ago) {
			out = append(out, &group{posts: true, anchored: true, members: members, ends: ends})
		}
	}
	return out
}

// embedWords are words of class names of posts of other sites that an article shows.
var embedWords = dom.NewNames(`embed embedded tweet twitter facebook instagram tiktok mastodon fb`)

// anchors are the times of the page by the path of tags that they stand at.
// between from and end; ago tells whether relative times count.
func (p *Page) anchors(from, end dom.ID, ago bool) [][]dom.ID {
	paths := p.tagPaths()
	byPath := map[uint64]int{}
	var all [][]dom.ID
	for id := from; id < end; id++ {
		n := &p.Nodes[id]
		text := p.IsText(id)
		isAgo := false
		if ago && text && len(n.Raw.Data) <= maxTimeText && !(p.Parent(id) != dom.None && p.statesTime(p.Parent(id))) {
			_, isAgo = when.Ago(n.Raw.Data, "")
		}
		if !isAgo && (text && !maybeTime(n.Raw.Data) || !text && !p.statesTime(id)) || p.asideAt(id) {
			continue
		}
		if up := p.Parent(id); text && !isAgo && up != dom.None && p.statesTime(up) && p.timeAt(up) != "" {
			continue // the element around it is the anchor
		}
		i, ok := byPath[paths[id]]
		if !ok {
			i = len(all)
			byPath[paths[id]] = i
			all = append(all, nil)
		}
		all[i] = append(all[i], id)
	}
	out := all[:0]
	for _, ids := range all {
		if len(ids) < minAnchors || len(out) == maxPaths {
			continue
		}
		// Most groups are of other numbers: the first ones tell.
		if !p.isTime(ids[0], ago) && !p.isTime(ids[1], ago) {
			continue
		}
		times := ids[:0]
		for _, id := range ids {
			if p.isTime(id, ago) {
				times = append(times, id)
			}
		}
		if len(times) >= minAnchors {
			out = append(out, times)
		}
	}
	return out
}

// tagPaths are hashes of the tags above every node (FNV-1a).
func (p *Page) tagPaths() []uint64 {
	if p.paths != nil {
		return p.paths
	}
	paths := make([]uint64, p.Len())
	for id := dom.ID(0); id < p.Len(); id++ {
		var up uint64
		if parent := p.Parent(id); parent != dom.None {
			up = paths[parent]
		}
		n := &p.Nodes[id]
		if p.IsText(id) || n.Tag == atom.P || n.Tag == atom.Center || n.Tag == atom.Font {
			paths[id] = up // a paragraph that nobody closed may stand around the next record
		} else {
			paths[id] = (up ^ uint64(n.Tag) + 1) * 0x100000001b3
		}
	}
	p.paths = paths
	return paths
}

// isTime tells whether an anchor states a time, or a relative one where ago.
func (p *Page) isTime(id dom.ID, ago bool) bool {
	if p.timeAt(id) != "" {
		return true
	}
	if !ago || !p.IsText(id) {
		return false
	}
	_, ok := when.Ago(p.Nodes[id].Raw.Data, "")
	return ok
}

// Lengths of a text that may be a time, in bytes.
const (
	minTimeText = 6
	maxTimeText = 80
)

// maybeTime tells a short text with at least three digits.
func maybeTime(s string) bool {
	if len(s) < minTimeText || len(s) > 4*maxTimeText {
		return false
	}
	digits := 0
	for i := 0; i < len(s); i++ {
		if s[i] >= '0' && s[i] <= '9' {
			digits++
		}
	}
	return digits >= 3 && len(strings.TrimSpace(s)) <= maxTimeText
}

// statesTime tells an element that may state a time in an attribute.
func (p *Page) statesTime(id dom.ID) bool {
	switch p.Tag(id) {
	case atom.Time:
		return p.Has(id, "datetime")
	case 0:
		return p.Has(id, "datetime") // relative-time and their like
	}
	return dom.IsTag(p.Tag(id), tipTags...) && maybeTime(p.tip(id))
}

// timeAt is the time that an anchor states.
func (p *Page) timeAt(id dom.ID) string {
	if p.IsText(id) {
		return p.find(p.Nodes[id].Raw.Data)
	}
	for _, attr := range stampAttrs {
		if iso, ok := p.when(p.Attr(id, attr)); ok {
			return iso
		}
	}
	return ""
}

// commonParent is the element in which most neighbours among the anchors meet.
func (p *Page) commonParent(anchors []dom.ID) dom.ID {
	meets := make(map[dom.ID]int, 4)
	best := dom.None
	for i := 1; i < len(anchors); i++ {
		up := p.Parent(anchors[i-1])
		for up != dom.None && !p.Within(anchors[i], up) {
			up = p.Parent(up)
		}
		if up == dom.None {
			continue
		}
		meets[up]++
		if best == dom.None || meets[up] > meets[best] {
			best = up
		}
	}
	return best
}

// discussed tells whether boxes without telling names are a discussion: most of
// them say who wrote them, as posts do (a link to a user's page, "by", "says"),
// or somebody speaks twice, or each can be answered or reported; headlines of
// their own they do not have.
func (p *Page) discussed(boxes []box) bool {
	sure, headings, valid, again, plain := 0, 0, 0, 0, 0
	names := map[string]bool{}
	for i := range boxes {
		b := &boxes[i]
		if !b.valid {
			continue
		}
		valid++
		if b.headed || b.leads {
			headings++
		}
		if b.credited {
			sure++
		}
		if len(b.posted) < len("2006-01-02") {
			return false // a month: a review, a testimonial
		}
		name := fold(b.author)
		if names[name] {
			again++
		}
		names[name] = true
		if len(b.author) <= 40 && strings.Count(b.author, " ") < 3 {
			plain++
		}
	}
	return valid > 1 && headings*2 < valid && (sure*3 >= 2*valid || again > 0 && plain*10 >= 9*valid || valid > 2 && p.answered(boxes))
}

// credits stand before or behind the name of who wrote something; lower case.
var (
	creditsBefore = []string{"by", "from", "von", "par", "de", "di", "door", "posted by", "written by", "author:", "autor:", "user:", "name:"}
	creditsAfter  = []string{"says", "said", "wrote", "writes", "sagt", "schrieb", "schreibt", "dit", "a écrit", "commented", "replied", "answered", "posted", "kommentierte", "antwortete", "a commenté", "a répondu", "comentó", "respondió", "ha commentato", "comentou", "dice", "escribió", "scrive", "disse", "schreef"}
)

// credited tells whether a record names its author as posts do: by a link to a
// user's page or by words beside the name.
func (p *Page) credited(r *record, author, authorURL string) bool {
	if author == "" {
		return false
	}
	if authorURL != "" && profile(authorURL) {
		return true
	}
	found, last := false, ""
	named := false
	p.own(r, func(id dom.ID) bool {
		if found || !p.IsText(id) {
			return !found
		}
		s := strings.ToLower(strings.Trim(dom.Squeeze(p.Nodes[id].Raw.Data), " :,-–—·|"))
		switch {
		case s == "":
			return true
		case named:
			for _, w := range creditsAfter {
				found = found || s == w || strings.HasPrefix(s, w+" ") || strings.HasPrefix(s, w+":")
			}
			named = false
		case s == strings.ToLower(author):
			for _, w := range creditsBefore {
				found = found || last == strings.Trim(w, ":") || strings.HasSuffix(last, " "+w)
			}
			named = true
		default:
			low := strings.ToLower(author)
			if i := strings.Index(s, low); i >= 0 && len(s) <= maxHeader {
				before, after := strings.TrimSpace(s[:i]), strings.TrimLeft(s[i+len(low):], " ")
				for _, w := range creditsBefore {
					found = found || before == w || before == strings.Trim(w, ":")
				}
				for _, w := range creditsAfter {
					found = found || strings.HasPrefix(after, w)
				}
			}
		}
		last = s
		return true
	})
	return found
}
