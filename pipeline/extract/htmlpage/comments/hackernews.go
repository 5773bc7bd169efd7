package comments

import (
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
)

// hackerNews reads the threads of Hacker News: table rows of class athing and
// comtr, whose reply level is the width of an image, 40 pixels a level.
type hackerNews struct{}

func (hackerNews) name() string { return "hackernews" }

func (hackerNews) records(p *Page) []record {
	var out []record
	var levels []int // last record of each level
	top := dom.None
	for id := dom.ID(0); id < p.Len(); id++ {
		if p.Tag(id) == atom.Table && p.HasClass(id, "fatitem") {
			top = id
		}
		if p.Tag(id) != atom.Tr || !p.HasClass(id, "comtr") || !digits(p.Nodes[id].Ident) {
			continue
		}
		r := record{from: id, end: p.End(id), id: p.Nodes[id].Ident, parent: none, plain: true}
		r.text = p.FirstClass(id, "commtext")
		if r.text == dom.None {
			r.text = p.FirstClass(id, "comment")
		}
		if user := p.FirstClass(id, "hnuser"); user != dom.None {
			r.author, r.authorURL = p.name(user), p.profileURL(user)
		}
		if age := p.FirstClass(id, "age"); age != dom.None {
			r.posted = hackerNewsTime(p, age)
		}
		level := 0
		if ind := p.FirstClass(id, "ind"); ind != dom.None {
			if s := p.Attr(ind, "indent"); s != "" {
				level, _ = strconv.Atoi(s)
			} else if img := p.FirstTag(ind, atom.Img); img != dom.None {
				width, _ := strconv.Atoi(p.Attr(img, "width"))
				level = width / 40
			}
		}
		level = max(0, min(level, len(levels)))
		if level > 0 {
			r.parent = levels[level-1]
		}
		levels = append(levels[:level], len(out))
		out = append(out, r)
	}
	if len(out) == 0 {
		return nil
	}
	if top != dom.None && top < out[0].from {
		out = append([]record{p.hackerNewsStory(top)}, out...)
		for i := 1; i < len(out); i++ {
			out[i].parent++ // none becomes the story
		}
		p.Posts = true
	}
	p.omit = dom.NewNames(`reply navs`)
	return out
}

// hackerNewsTime is the time in a title, which newer pages follow by an epoch.
func hackerNewsTime(p *Page, id dom.ID) string {
	stated, _, _ := strings.Cut(p.Attr(id, "title"), " ")
	if iso, ok := p.when(stated); ok {
		return iso
	}
	return p.stamp(id)
}

func (p *Page) hackerNewsStory(top dom.ID) record {
	r := record{from: top, end: p.End(top), parent: none, text: p.FirstClass(top, "toptext"), opening: true, plain: true}
	if row := p.FirstClass(top, "athing"); row != dom.None && digits(p.Nodes[row].Ident) {
		r.id = p.Nodes[row].Ident
	}
	if title := p.FirstClass(top, "titleline", "storylink"); title != dom.None {
		p.Title = p.Text(title)
		if link := p.FirstTag(title, atom.A); link != dom.None {
			p.Title = p.Text(link)
		}
	}
	if user := p.FirstClass(top, "hnuser"); user != dom.None {
		r.author, r.authorURL = p.name(user), p.profileURL(user)
	}
	if age := p.FirstClass(top, "age"); age != dom.None {
		r.posted = hackerNewsTime(p, age)
	}
	return r
}
