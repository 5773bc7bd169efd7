package comments

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
)

// maxNameNodes bounds the nodes of an element that is a name.
const maxNameNodes = 12

// times are when the posts were posted: of the places outside of the texts that
// state a time in every post, the one whose times differ and run in order.
func (s *sheet) times(text []dom.ID) (posted []string, n int) {
	p := s.p
	type column struct {
		at     []string
		posts  int
		last   int
		joined bool
	}
	columns := map[uint64]*column{}
	var order []uint64
	for i := range s.from {
		for id := s.from[i]; id < s.ends[i]; id++ {
			if id == text[i] && id != s.from[i] {
				id = p.End(id) - 1
				continue
			}
			nd := &p.Nodes[id]
			stated := ""
			if p.IsText(id) {
				if !maybeTime(nd.Raw.Data) && len(nd.Raw.Data) > maxTime || dom.Unseen(p.Tag(p.Parent(id))) {
					continue
				}
				if stated = p.find(nd.Raw.Data); stated != "" && len(stated) <= 10 {
					up := p.Parent(id)
					for range 2 {
						if up == dom.None || up < s.from[i] || p.Within(text[i], up) {
							break
						}
						if whole := p.findIn(up); len(whole) > len(stated) && strings.HasPrefix(whole, stated[:min(len(stated), 4)]) {
							stated = whole
						}
						up = p.Parent(up)
					}
				}
			} else if len(nd.Raw.Attr) > 0 && p.statesTime(id) {
				stated = p.timeAt(id)
			} else if len(nd.Raw.Attr) > 0 {
				stated = p.epoch(id)
			}
			if stated == "" {
				continue
			}
			key := s.place[id-s.from[0]]
			c := columns[key]
			if c == nil {
				if i > 0 || len(order) >= s.places() {
					continue // a place that the first post lacks is none of all
				}
				c = &column{at: make([]string, len(s.from)), last: -1}
				columns[key] = c
				order = append(order, key)
			}
			if c.last == i {
				continue
			}
			c.last = i
			c.posts++
			c.at[i] = stated
			c.joined = c.joined || p.IsText(id) && p.joined(id)
		}
	}
	best, score := (*column)(nil), -1
	for _, key := range order {
		c := columns[key]
		if c.posts < len(s.from) || c.joined {
			continue
		}
		up, down := 0, 0
		distinct := map[string]bool{}
		length := len(c.at[0])
		for i, iso := range c.at {
			distinct[iso] = true
			length = min(length, len(iso))
			if i > 0 && iso >= c.at[i-1] {
				up++
			}
			if i > 0 && iso <= c.at[i-1] {
				down++
			}
		}
		value := 100*max(up, down)/max(1, len(c.at)-1) + 100*len(distinct)/len(c.at)
		if length > len("2006-01-02") {
			value += 50
		}
		if value > score {
			best, score = c, value
		}
	}
	if best == nil {
		return nil, 0
	}
	return best.at, best.posts
}

// nameColumn is what stands at one place of the posts and may name who wrote them.
type nameColumn struct {
	names, links []string
	posts, last  int
	marks        int
	user         bool // the names lead to pages of users
	bad          bool
}

// within tells whether every name begins one of another column and is less.
func (c *nameColumn) within(other *nameColumn) bool {
	for i, name := range c.names {
		if name == "" || len(name) >= len(other.names[i]) || !strings.HasPrefix(other.names[i], name) {
			return false
		}
	}
	return true
}

// authors are who wrote the posts: of the places outside of the texts that hold
// a short line in every post, the one that is marked most like a name. sure tells
// that the names lead to pages of users.
func (s *sheet) authors(text []dom.ID) (names, links []string, sure bool) {
	p := s.p
	columns := map[uint64]*nameColumn{}
	var order []uint64
	for i := range s.from {
		for id := s.from[i]; id < s.ends[i]; id++ {
			if id == text[i] && id != s.from[i] {
				id = p.End(id) - 1
				continue
			}
			if p.IsText(id) || dom.Unseen(p.Tag(id)) {
				continue
			}
			tag := p.Tag(id)
			marked := dom.IsTag(tag, atom.A, atom.B, atom.Strong, atom.Cite, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6)
			if !marked && p.Nodes[id].Class == "" || p.End(id)-id > maxNameNodes || p.Within(text[i], id) {
				continue
			}
			key := s.place[id-s.from[0]]
			c := columns[key]
			if c == nil {
				if i > 0 || len(order) >= s.places() {
					continue // a place that the first post lacks is none of all
				}
				c = &nameColumn{names: make([]string, len(s.from)), links: make([]string, len(s.from)), last: -1}
				columns[key] = c
				order = append(order, key)
			}
			if c.last == i || c.bad {
				continue
			}
			name := p.name(id)
			if subject(name) != fold(name) {
				continue // "Re: TITLE"
			}
			c.last = i
			if name == "" || len(name) > 60 || isControlLine(name) || replyLines[fold(name)] || p.findIn(id) != "" || strings.ContainsAny(name, "#") {
				c.bad = true
				continue
			}
			c.posts++
			c.names[i], c.links[i] = name, p.profileURL(id)
			if i > 0 {
				continue
			}
			if tag == atom.A || p.FirstIn(id+1, p.End(id), func(n dom.ID) bool { return p.Tag(n) == atom.A }) != dom.None {
				c.marks += 2
				if userPage(c.links[i]) {
					c.user = true
					c.marks += 6
				}
			}
			if dom.IsTag(tag, atom.B, atom.Strong, atom.H3, atom.H4) {
				c.marks++
			}
			if p.HasAny(id, authorClasses[0]) || p.HasAny(id, authorClasses[1]) || p.HasAny(id, authorClasses[2]) || p.endsIn(id, authorSuffixes) {
				c.marks += 5
			} else if p.endsIn(id, nameSuffixes) {
				c.marks += 2
			}
		}
	}
	best, score := (*nameColumn)(nil), -1
	for _, key := range order {
		c := columns[key]
		if c.bad || c.posts < len(s.from) {
			continue
		}
		seen := map[string]string{}
		consistent, linked := true, map[string]bool{}
		for i, name := range c.names {
			if url, ok := seen[fold(name)]; ok && url != c.links[i] {
				consistent = false
			}
			seen[fold(name)] = c.links[i]
			if c.links[i] != "" {
				linked[c.links[i]] = true
			}
		}
		subjects := map[string]bool{}
		for _, name := range c.names {
			subjects[subject(name)] = true
		}
		if len(seen) < 2 || len(subjects) < 2 {
			continue
		}
		value := c.marks
		if len(linked) == len(seen) && consistent {
			value += 3
		} else if len(linked) > 0 && !consistent {
			value -= 2
		}
		if len(seen) < len(c.names) {
			value += 2
		}
		if value > score {
			best, score = c, value
			sure = c.user && len(linked) > 0 && consistent
		}
	}
	if best == nil || score < 2 {
		return nil, nil, false
	}
	for _, key := range order { // "NAME (Member)": the name has an element of its own in there
		if c := columns[key]; !c.bad && c.posts == len(s.from) && c != best && c.within(best) {
			if best = c; c.marks > 0 {
				break
			}
		}
	}
	return best.names, best.links, sure
}

// teasers tells a list of other pages: many records lead by a line of their own
// to one, begin with such a link, or are links by half.
func (s *sheet) teasers(text []dom.ID) bool {
	p := s.p
	titles := map[string]bool{}
	beside, leads, most := 0, 0, 0
	for i := range s.from {
		led, letters, inLinks, link, target := false, 0, 0, dom.ID(0), ""
		end := p.End(text[i])
		for id := s.from[i]; id < s.ends[i]; id++ {
			in := id >= text[i] && id < end
			if p.IsText(id) {
				n := len(strings.TrimSpace(p.Nodes[id].Raw.Data))
				if !in || n == 0 {
					continue
				}
				if id < link && !strings.Contains(target, "#") && !userPage(target) {
					if letters == 0 && n >= minTitle {
						leads++
					}
					inLinks += n
				}
				letters += n
				continue
			}
			if dom.IsTag(p.Tag(id), atom.H1, atom.H2, atom.H3, atom.H4) && !(in && p.inQuote(id)) {
				if s, ok := p.Short(id, maxSubject); ok && len(s) >= minTitle && !led {
					beside++
					led = true
					titles[subject(line(s))] = true
				}
			}
			if p.Tag(id) != atom.A || in && p.inQuote(id) {
				continue
			}
			link, target = p.End(id), p.Attr(id, "href")
			if in || led || target == "" || strings.Contains(target, "#") || userPage(target) {
				continue
			}
			if s, ok := p.Short(id, maxSubject); ok && len(s) >= minTitle {
				beside++
				led = true
				titles[subject(line(s))] = true
			}
		}
		if 2*inLinks > letters {
			most++
		}
	}
	n := len(s.from)
	return 2*beside > n && 2*len(titles) > n || 3*leads > n || 2*most > n
}

// subject is the line that a post has above it, without the "Re:" of an answer.
func subject(s string) string {
	s = fold(s)
	for range 3 {
		before, after, ok := strings.Cut(s, ":")
		if !ok || len(strings.TrimSpace(before)) > 6 || strings.TrimSpace(after) == "" {
			break
		}
		s = strings.TrimSpace(after)
	}
	return s
}

// answered tells whether every post can be answered or reported.
func (s *sheet) answered() bool {
	boxes := make([]box, len(s.from))
	for i := range boxes {
		boxes[i].from, boxes[i].end = s.from[i], s.ends[i]
	}
	return s.p.answered(boxes)
}

// userPage is profile with the addresses that forums alone have.
func userPage(href string) bool {
	if profile(href) {
		return true
	}
	href = strings.ToLower(href)
	for _, part := range [...]string{"profile", "showuser=", "usrinfo", "mod=space", "uid=", "user.php", "userinfo", "action=viewpro", "page=user", "/u/", "~"} {
		if strings.Contains(href, part) {
			return true
		}
	}
	return false
}
