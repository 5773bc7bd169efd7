package comments

import (
	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/pipeline/normalize/when"
)

// inside takes into a group the replies that stand in its members and have other
// classes: boxes of the same tag that lie as far above their time.
func (p *Page) inside(g *group) {
	if g.ends != nil {
		return
	}
	tag, up := p.Tag(g.members[0]), 0
	for i, box := range g.members {
		at := box
		for at < p.End(box) && !p.anchorTime(at) {
			at++
		}
		if at == p.End(box) || p.Tag(box) != tag {
			return
		}
		n := int(p.Nodes[at].Depth - p.Nodes[box].Depth)
		if i > 0 && n != up {
			return
		}
		up = n
	}
	var members []dom.ID
	for i, box := range g.members {
		members = append(members, box)
		limit := p.End(box)
		if i+1 < len(g.members) {
			limit = min(limit, g.members[i+1])
		}
		own := true // the time of the member itself comes first
		for id := box + 1; id < limit; id++ {
			if !p.anchorTime(id) {
				continue
			}
			if own {
				own = false
				continue
			}
			top := id
			for n := 0; n < up && top > box; n++ {
				top = p.Parent(top)
			}
			if top > members[len(members)-1] && p.Tag(top) == tag {
				members = append(members, top)
			}
		}
	}
	g.members = members
}

// anchorTime tells a time of a record, also a relative one, outside of elements
// that state it already.
func (p *Page) anchorTime(id dom.ID) bool {
	if p.IsText(id) {
		s := p.Nodes[id].Raw.Data
		if len(s) > maxTimeText || p.Parent(id) != dom.None && p.statesTime(p.Parent(id)) {
			return false
		}
		if !maybeTime(s) {
			_, ok := when.Ago(s, "")
			return ok
		}
		return p.find(s) != ""
	}
	return p.statesTime(id) && p.timeAt(id) != ""
}

// minRuns is how many records show by their repetition that each is several
// elements in a row.
const minRuns = 3

// runs are the ends of records that go on behind their first element, up to the
// next record; the last one has as many elements as the longest before it. even
// tells whether the rows are of about one length, as the machine writes them.
func (p *Page) runs(list dom.ID, members []dom.ID) (ends []dom.ID, even bool) {
	ends = make([]dom.ID, len(members))
	shortest, longest := int(p.Len()), 1
	for i, id := range members {
		n, most := 0, longest
		limit := p.End(list)
		if i+1 < len(members) {
			limit, most = members[i+1], int(p.Len())
		}
		for ends[i] = id; ends[i] < limit; ends[i] = p.End(ends[i]) {
			if p.IsText(ends[i]) {
				continue
			}
			if n++; n > most {
				break
			}
		}
		if i+1 < len(members) {
			shortest, longest = min(shortest, n), max(longest, n)
		}
	}
	return ends, longest <= shortest+2
}

// runsBack are the beginnings of records whose last element states name and time,
// below the text; nil where the records go on behind it. The first record has as
// many elements as the longest of the others, and no heading of the discussion.
func (p *Page) runsBack(list dom.ID, members []dom.ID, from, end dom.ID) []dom.ID {
	begins := make([]dom.ID, len(members))
	var before []dom.ID // elements up to the first member
	i, n, longest := 0, 0, 0
	for id := range p.Children(list) {
		if id < from || p.IsText(id) {
			continue
		}
		if i == len(members) {
			if id >= end || dom.IsTag(p.Tag(id), atom.Form, atom.Hr, atom.H1, atom.H2, atom.H3, atom.H4) {
				break
			}
			if s, short := p.Short(id, maxHeader); !short || s != "" && !isControlLine(s) {
				return nil // text behind the last time
			}
			continue
		}
		if i == 0 {
			if s, short := p.Short(id, maxLabel); short && discussionTitle(s) || p.Tag(id) == atom.Form {
				before = before[:0]
				continue
			}
			before = append(before, id)
		} else if n++; n == 1 {
			begins[i] = id
		}
		if id == members[i] {
			if i > 0 && n < 2 {
				return nil
			}
			longest = max(longest, n)
			i, n = i+1, 0
		}
	}
	if i < len(members) || longest < 2 || len(before) < 2 {
		return nil
	}
	begins[0] = before[max(0, len(before)-longest)]
	return begins
}
