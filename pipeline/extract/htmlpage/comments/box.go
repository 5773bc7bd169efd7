package comments

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/pipeline/normalize/when"
	"corpus/schema"
)

// box looks for the time, the author and the text of one member up to end; next
// is where the next one begins.
func (p *Page) box(id, end, next dom.ID) box {
	b := p.boxOf(id, end, next, true)
	if !b.valid && p.relative && b.record.text != dom.None && (b.odd && b.times == 0 || !b.odd && b.author == "") {
		if whole := p.boxOf(id, end, next, false); whole.valid { // what is named as text may hold name and time as well
			return whole
		}
	}
	return b
}

// boxOf is box; parted tells whether an element may be named as the text.
func (p *Page) boxOf(id, end, next dom.ID, parted bool) box {
	b := box{record: record{from: id, end: end, parent: none, text: dom.None}}
	if a := p.Above(id, func(n dom.ID) bool { return p.Tag(n) == atom.A && p.Has(n, "href") }); a != dom.None && p.End(a) <= next {
		return b // a teaser that is a link as a whole; a link around several is one that nobody closed
	}
	if p.asideAt(id) || p.Hidden != nil && p.Hidden(id) {
		return b
	}
	letters, inLinks, link := 0, 0, dom.ID(0)
	target := ""       // where the open link leads
	var links []string // what is written in links to other pages
	text := dom.None
	if parted {
		if text = p.textOf(&b.record); text == dom.None {
			text = p.postText(&b.record)
		}
	}
	p.own(&b.record, func(n dom.ID) bool {
		if p.IsText(n) {
			s := strings.TrimSpace(p.Nodes[n].Raw.Data)
			if letters < minTitle && letters+len(s) >= minTitle {
				b.leads = n < link && target != "" && !strings.Contains(target, "#") && !profile(target)
			}
			letters += len(s)
			if n < link && !p.ownLink(s, target) {
				inLinks += len(s)
				if len(links) < 4 && s != "" && target != "" {
					links = append(links, s)
				}
			}
			if len(s) <= 80 && !(text != dom.None && p.Within(n, text)) {
				if p.find(s) != "" {
					if up := p.Parent(n); !p.timed(up) {
						b.times++
					}
				} else if p.relative && p.isTime(n, true) {
					b.times++
					b.ago = true
				}
			}
			return true
		}
		if p.timed(n) {
			b.times++
		}
		switch p.Tag(n) {
		case atom.A:
			link, target = max(link, p.End(n)), p.Attr(n, "href")
			if at := strings.IndexByte(target, '#'); at > 0 && p.anchorOf(&b.record, target[at+1:]) {
				target = target[at:] // it leads to the record itself, whatever address its page has there
			} else if p.elsewhere(target) {
				b.away = true
			}
			if at := strings.Index(target, "#comment"); at > 0 {
				b.page = target[:at]
			}
		case atom.H1, atom.H2, atom.H3, atom.H4:
			b.headed = true
			if s, ok := p.Short(n, 80); ok && headingCount(s) != nil {
				b.list = true
			}
			if a := p.FirstIn(n+1, min(p.End(n), n+64), func(x dom.ID) bool { return p.Tag(x) == atom.A }); a != dom.None {
				if href := p.Attr(a, "href"); href != "" && !strings.Contains(href, "#") && !profile(href) && !p.HasAny(a, authorClasses[1]) && !p.HasAny(a, authorClasses[2]) {
					b.linked = true
				}
			} else if n < link {
				b.linked = true
			}
		}
		return true
	})
	if letters == 0 || b.list {
		return b
	}
	b.record.text = text
	if b.times == 0 || b.times > maxTimes || inLinks*2 > letters {
		b.odd = true // proven may look at it again
		return b
	}
	p.readBox(&b)
	if b.author == "" && p.relative && p.inRegion(id) != nil {
		if b.record.author = p.besideTime(&b.record); b.record.author != "" {
			b.letters = 0
			p.readBox(&b)
		}
	}
	for _, s := range links {
		b.out = b.out || fold(cleanName(s)) != fold(b.author)
	}
	b.valid = b.loose || b.gone && p.relative
	return b
}

// maxTimes is how many times a record shows at most: when it was posted, when it
// was edited, and another one.
const maxTimes = 3

// readBox reads author, time and text of a box.
func (p *Page) readBox(b *box) {
	if name := cleanName(p.Attr(b.from, "data-author")); name != "" {
		b.record.author = name
	}
	b.record.id = p.boxID(&b.record)
	c, _ := p.comment(&b.record)
	b.author, b.authorURL, b.posted = c.Author, c.AuthorURL, c.PostedAt
	for _, block := range c.Blocks {
		b.letters += len(block.Text)
	}
	if len(c.Blocks) == 1 && p.onlyHeader(c.Blocks[0].Text, c.Author) {
		b.letters = 0
	}
	if r := p.inRegion(b.from); r != nil && p.relative && len(c.Blocks) > 0 && b.record.text == dom.None && c.Author != "" {
		// Name and time in the sentences of a text are no header.
		if s := c.Blocks[0].Text; strings.Contains(s, c.Author) && (r.vague || b.ago || p.find(s[:min(len(s), maxTime)]) != "") {
			b.letters = 0
		}
	}
	gone := c.State == schema.StateDeleted || c.State == schema.StateRemoved || c.State == schema.StateGone
	b.gone = gone && b.times > 0 && b.posted != ""
	b.loose = b.times > 0 && b.letters > 0 && b.author != "" && (b.posted != "" || b.ago)
}

// maxBetween is how much a line of name and time holds beside them, in bytes.
const maxBetween = 16

// onlyHeader tells a text that only says who wrote something and when.
func (p *Page) onlyHeader(s, author string) bool {
	if author == "" || len(s) > maxHeader {
		return false
	}
	before, after, ok := strings.Cut(s, author)
	if !ok {
		return false
	}
	line := before + " " + after
	iso, start, end, ok := when.Find(line, p.Order)
	return ok && iso != "" && len(strings.Trim(line[:start], " .,:|·•–—-/"))+len(strings.Trim(line[end:], " .,:|·•–—-/")) <= maxBetween
}

// minTitle is the length of a title that a teaser begins with, in bytes.
const minTitle = 20

// timed tells an element that states a time in an attribute.
func (p *Page) timed(id dom.ID) bool {
	if id == dom.None {
		return false
	}
	if p.Tag(id) == atom.Time {
		return true
	}
	if dom.IsTag(p.Tag(id), tipTags...) {
		_, ok := p.when(p.tip(id))
		return ok
	}
	return false
}

// elsewhere tells the address of a comment on another page, as lists of recent
// comments have it.
func (p *Page) elsewhere(href string) bool {
	at := strings.Index(href, "#comment")
	if at <= 0 {
		return false
	}
	page, own := p.Resolve(href[:at]), p.Resolve("#")
	if page == "" || own == "" {
		return false
	}
	own, _, _ = strings.Cut(own, "#")
	return strings.TrimRight(page, "/") != strings.TrimRight(own, "/")
}

// anchorOf tells whether a fragment is an id or anchor in a record.
func (p *Page) anchorOf(r *record, fragment string) bool {
	if p.anchorAt == nil {
		p.anchorAt = map[string]dom.ID{}
		for id := dom.ID(0); id < p.Len(); id++ {
			name := p.Nodes[id].Ident
			if name == "" && p.Tag(id) == atom.A {
				name = strings.ToLower(p.Attr(id, "name"))
			}
			if _, again := p.anchorAt[name]; name != "" && !again {
				p.anchorAt[name] = id
			}
		}
	}
	at, ok := p.anchorAt[strings.ToLower(fragment)]
	return ok && at >= r.from && at < r.end
}

// profile tells the address of a user's page.
func profile(href string) bool {
	href = strings.ToLower(href)
	for _, part := range []string{"/user/", "/users/", "/profile", "/profil/", "/member", "members/", "/u/", "viewprofile", "member.php", "/author/", "/people/", "/nutzer/", "userid=", "/benutzer/"} {
		if strings.Contains(href, part) {
			return true
		}
	}
	return false
}
