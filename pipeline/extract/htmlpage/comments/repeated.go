package comments

import (
	"slices"
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
)

// repeated reads the records of systems that are not known by name: boxes of
// one kind that are named as comments or posts and each show one time, one
// author and a text. The idea of the time as pivot of a record is MiBAT's (Song
// et al., CIKM 2010); precision goes first, so that every record must hold all
// three, and a list of anything else does not.
type repeated struct{}

func (repeated) name() string { return "repeated" }

// commentNames are words of the class or id of a comment's box; postNames those
// of a post in a forum, which are a list of articles as often, so that more is
// asked of them.
var (
	commentNames = dom.NewNames(`comment comments kommentar kommentare commentaire commentaires comentario comentarios commento commenti coment cmt
		reactie komentarz reply replies respuesta antwort leserbrief leserkommentar commentitem commentbox commententry usercomment commentbody commentcontainer commentwrapper`)
	postNames = dom.NewNames(`post posting message msg answer beitrag postcontainer postbit postbitlegacy discussionpost forumpost`)
	listNames = dom.NewNames(`recent latest last letzte neueste newest form widget teaser related list count counter link links preview testimonial cell profile info meta head header footer avatar`)
)

// Bounds of what is looked at.
const (
	maxGroups = 48
	maxKinds  = 4 // names of one element
)

type group struct {
	posts    bool
	nameless bool // known by numbered ids alone: r_17
	anchored bool // known by the times in them alone
	region   bool // anchored, in a part that is named as comments
	vague    bool // … by a name that may mean something else
	members  []dom.ID
	ends     []dom.ID // of members that are several elements in a row; nil where each is one
}

// box is what a member of a group was found to hold.
type box struct {
	record
	times    int
	ago      bool // a relative time is among them
	valid    bool
	letters  int    // bytes of its text
	odd      bool   // its shape is not that of a record; author, time and text are not read yet
	loose    bool   // it has author, time and text, and is a record in a list of such
	page     string // of the link to itself that it shows
	gone     bool   // the site says that its text is gone
	linked   bool   // a heading that leads to another page
	away     bool   // a link to a comment on another page
	headed   bool   // it holds a heading
	list     bool   // it holds a heading of a list of comments
	out      bool   // it has a link to another page, beside those that contributions have
	leads    bool   // it begins with a link to another page, as teasers do
	credited bool   // its author is named as posts do it; see Page.credited
}

func (repeated) records(p *Page) []record {
	var best []box
	bestPosts, most, longest := false, 0, 0
	var chosen *group
	var others []*group
	p.parts = p.regions()
	for _, g := range p.groups() {
		if r := p.inRegion(g.members[0]); g.posts && !g.nameless && r != nil && !r.vague && p.Opened != nil && p.Opened(r.from, minOpening) {
			g.posts = false // below an article, what is named as comments is no thread
		}
		boxes, valid := p.boxes(g)
		if !g.nameless && (valid > 0 || len(g.members) == 1 && !g.posts) && len(others) < maxMerged {
			others = append(others, g)
		}
		letters := lettersOf(boxes)
		if g.nameless && (most > 0 || valid < len(boxes) || !p.answered(boxes)) {
			continue
		}
		if g.posts && 2*letters < p.Prose {
			continue // posts that an article shows are no forum
		}
		// More records win, but not boxes about users against the posts themselves.
		if chosen != nil && bestPosts && !g.posts && valid == most && letters == longest && slices.Equal(g.members, chosen.members) {
			bestPosts, chosen = false, g // what is called a post is called a comment as well
		}
		more := valid > most && 2*letters >= longest || valid > 0 && letters > 2*longest
		if more || valid == 1 && most == 1 && !g.posts && 2*letters >= longest {
			best, bestPosts, most, longest = boxes, g.posts, valid, letters
			chosen = g
		}
	}
	if chosen == nil || chosen.nameless {
		for _, g := range p.anchored() {
			boxes, valid := p.boxes(g)
			letters := lettersOf(boxes)
			if 2*letters < p.Prose {
				continue // posts of others that an article shows
			}
			if (valid > most || valid == most && 2*letters > 3*longest) && p.discussed(boxes) {
				best, bestPosts, most, longest, chosen = boxes, true, valid, letters, g
			}
		}
		others = nil
	}
	for _, g := range others {
		if chosen != nil && g != chosen {
			if more, valid := p.boxes(merged(chosen, g)); valid == most+len(g.members) {
				chosen, best, most = merged(chosen, g), more, valid
			}
		}
	}
	if most < 2 {
		for _, g := range p.anchoredRegions() {
			if boxes, valid := p.boxes(g); valid > most && (valid > 1 || len(g.members) == 1) && p.talked(boxes, valid) && (!g.vague || p.answered(boxes) || p.signed(boxes, valid)) {
				best, bestPosts, most, chosen = boxes, false, valid, g
			}
		}
	}
	var out []record
	for i := range best {
		if best[i].valid {
			out = append(out, best[i].record)
		}
	}
	if len(out) == 0 {
		return nil
	}
	if nest(p, out); !p.nested(out) && !bestPosts {
		p.widen(out)
	}
	if p.roots = nil; !p.nested(out) && !p.related(out, !bestPosts) {
		p.flat = true
		quoted(p, out)
	}
	if all := p.typed(out); p.Posts {
		return all
	}
	p.Posts = (bestPosts || p.headed(out) || p.asks(out, best)) && !p.opened(out[0].from) && !p.answers(out)
	return out
}

// widen gives records that stand in no other one the boxes around them, where all
// begin such a box and the boxes stand in each other: replies stand behind what
// they reply to in its item.
func (p *Page) widen(out []record) {
	tops := make([]dom.ID, len(out))
	for i := range out {
		tops[i] = out[i].from
	}
	for range 2 {
		nested := false
		for i, id := range tops {
			up := p.Parent(id)
			if up == dom.None || !isBox(p.Tag(up)) || p.hasText(up, id) || i > 0 && up <= tops[i-1] {
				return
			}
			tops[i] = up
			nested = nested || i > 0 && up < p.End(tops[i-1])
		}
		if nested {
			for i := range out {
				out[i].from, out[i].end = tops[i], p.End(tops[i])
			}
			nest(p, out)
			return
		}
	}
}

// nested tells whether a record stands in another one.
func (p *Page) nested(out []record) bool {
	return slices.ContainsFunc(out, func(r record) bool { return r.parent != none })
}

// talked tells whether boxes in a part that is named as comments are comments:
// nearly all have author, time and text, and few begin with a link to elsewhere.
func (p *Page) talked(boxes []box, valid int) bool {
	leads, out := 0, 0
	for i := range boxes {
		if boxes[i].leads {
			leads++
		}
		if boxes[i].valid && boxes[i].out {
			out++
		}
	}
	return valid*5 >= 4*len(boxes) && leads*2 < valid && out < valid
}

// signed tells whether most records name their author as contributions do.
func (p *Page) signed(boxes []box, valid int) bool {
	n := 0
	for i := range boxes {
		if b := &boxes[i]; b.valid && p.credited(&b.record, b.author, b.authorURL) {
			n++
		}
	}
	return n*3 >= 2*valid
}

// lettersOf is the text that the records among boxes hold, in bytes.
func lettersOf(boxes []box) int {
	n := 0
	for i := range boxes {
		if boxes[i].valid {
			n += boxes[i].letters
		}
	}
	return n
}

// minOpening is the prose that an opening post has, in letters and digits.
const minOpening = 60

// opened tells whether an opening post stands before the first record, in a box
// of another kind.
func (p *Page) opened(first dom.ID) bool {
	least := minOpening
	if p.inRegion(first) != nil {
		least = minOpening / 3 // what is named as comments is on something
	}
	return p.Opened != nil && p.Opened(first, least)
}

// headed tells a discussion whose heading stands behind the first record, which
// is the opening post then.
func (p *Page) headed(out []record) bool {
	if len(out) < 2 {
		return false
	}
	for id := out[0].end; id < out[1].from; id++ {
		if dom.IsTag(p.Tag(id), atom.H1, atom.H2, atom.H3, atom.H4) {
			if s, ok := p.Short(id, 80); ok && (countWords[fold(s)] || headingCount(s) != nil) {
				return true
			}
		}
	}
	return false
}

// asks tells whether the first of boxes that are named as comments opens a thread:
// it stands below the headline, in no part that is named as comments and under no
// heading of one, and is the oldest. Of guest books and of comments on another
// page the newest stands first, or a heading above.
func (p *Page) asks(out []record, best []box) bool {
	if len(out) < 2 || out[0].parent != none || p.Opened == nil {
		return false
	}
	if r := p.inRegion(out[0].from); r != nil && !r.vague {
		return false
	}
	first, others := "", 0
	for i := range best {
		b := &best[i]
		switch {
		case !b.valid:
		case b.from == out[0].from:
			first = b.posted
		case first == "" || b.posted < first:
			return false
		default:
			others++
		}
	}
	title := dom.None
	for id := out[0].from - 1; id >= 0; id-- {
		if p.Tag(id) == atom.H1 {
			title = id
			break
		}
	}
	if title == dom.None || others == 0 || len(first) <= len("2006-01-02") {
		return false
	}
	for id := p.End(title); id < out[0].from; id++ {
		if p.IsText(id) {
			if s := p.Nodes[id].Raw.Data; len(s) <= maxLabel && headingCount(s) != nil {
				return false
			}
		}
	}
	return true
}

// boxes judges the members of a group; valid is how many are records, 0 where
// the group is no discussion.
func (p *Page) boxes(g *group) (out []box, valid int) {
	if g.posts && len(g.members) < 2 {
		return nil, 0
	}
	p.relative = !g.posts
	p.roots = make(map[dom.ID]int, len(g.members))
	for i, id := range g.members {
		p.roots[id] = i
	}
	authors := map[string]bool{}
	linked, away, elsewhere, pages := 0, 0, "", 0
	for i, id := range g.members {
		next := p.Len()
		if i+1 < len(g.members) {
			next = g.members[i+1]
		}
		end := p.End(id)
		if g.ends != nil {
			end = g.ends[i]
		}
		b := p.box(id, end, next)
		if g.anchored && b.valid {
			b.credited = p.credited(&b.record, b.author, b.authorURL)
		}
		if b.valid {
			valid++
			if b.page != "" && b.page != elsewhere {
				elsewhere = b.page
				pages++
			}
			authors[fold(b.author)] = true
			if b.linked {
				linked++
			}
			if b.away {
				away++
			}
		}
		out = append(out, b)
	}
	if g.posts && valid > 1 {
		valid += p.proven(out)
	}
	switch {
	case valid*2 < len(out), linked*2 >= valid && valid > 0, pages*2 > valid && pages > 1, away*2 >= valid && valid > 0 && (pages > 1 || valid == 1):
		return nil, 0
	case valid == 1 && !p.named(out):
		return nil, 0
	case g.posts && (valid < 2 || len(authors) < 2):
		return nil, 0
	}
	return out, valid
}

// proven takes into a list what it lacks alone: a post that is little more than
// links, and a first post that is but a picture or whose time stands below the
// headline. It gives how many were taken.
func (p *Page) proven(out []box) int {
	n := 0
	for i := range out {
		b := &out[i]
		if b.valid {
			continue
		}
		if b.odd && (i == 0 || b.times > 0) {
			p.readBox(b)
		}
		if i == 0 && !b.loose && b.author != "" {
			switch {
			case b.letters > 0 && b.posted == "":
				b.posted = p.timeBefore(b.from)
				b.loose = b.posted != ""
			case b.letters == 0 && b.posted != "":
				b.loose = true
			}
			b.opening = b.loose
		}
		if b.loose {
			b.valid = true
			n++
		}
	}
	return n
}

// named tells whether a lone record stands in a part of the page that is named
// after comments, in the plural: without repetition its own name is too little.
func (p *Page) named(boxes []box) bool {
	for i := range boxes {
		if !boxes[i].valid {
			continue
		}
		return p.Above(boxes[i].from, func(n dom.ID) bool {
			if dom.IsTag(p.Tag(n), atom.Body, atom.Html, atom.Article, atom.Main) {
				return false
			}
			for word := range strings.FieldsFuncSeq(p.Nodes[n].Class+" "+p.Nodes[n].Ident, func(r rune) bool { return r < 'a' || r > 'z' }) {
				switch word {
				case "comments", "kommentare", "commentaires", "comentarios", "commenti", "commentlist", "reacties", "komentarze", "commentsection":
					return true
				}
			}
			return false
		}) != dom.None
	}
	return false
}
