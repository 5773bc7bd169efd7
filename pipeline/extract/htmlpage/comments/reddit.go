package comments

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/schema"
)

// reddit reads the threads of Reddit in its older form, div.thing with
// data-fullname, in that of 2018, boxes with the id t1_ID that say "level N", and
// in its newest, the elements shreddit-post and shreddit-comment.
type reddit struct{}

func (reddit) name() string { return "reddit" }

func (reddit) records(p *Page) []record {
	if out := redditThings(p); len(out) > 0 {
		return out
	}
	if out := redditLevels(p); len(out) > 0 {
		return out
	}
	return redditElements(p)
}

// redditLevels reads the form of 2018, whose class names are made by a machine.
func redditLevels(p *Page) []record {
	var out []record
	var levels []int // last record of each level
	for id := dom.ID(0); id < p.Len(); id++ {
		ident := p.Nodes[id].Ident
		if len(ident) < 4 || ident[0] != 't' || ident[2] != '_' {
			continue
		}
		r := record{from: id, end: p.End(id), parent: none, text: dom.None, plain: true}
		attr, value := "data-test-id", "comment"
		if n, ok := redditID(ident, "t3_"); ok && len(out) == 0 && p.HasClass(id, "post") {
			r.id, r.opening = n, true
			attr, value = "data-click-id", "text"
		} else if n, ok := redditID(ident, "t1_"); ok {
			r.id = n
		} else {
			continue
		}
		level := 0
		for n := id + 1; n < r.end; n++ {
			if p.IsText(n) {
				s := strings.TrimSpace(p.Nodes[n].Raw.Data)
				if rest, ok := strings.CutPrefix(s, "level "); ok && digits(rest) && len(rest) < 4 {
					for _, c := range rest {
						level = 10*level + int(c-'0')
					}
				} else if rest, ok := strings.CutSuffix(s, " points"); ok && r.score == nil {
					r.score = signed(rest)
				}
				continue
			}
			if p.Attr(n, attr) == value {
				r.text = n
				break
			}
			if href := p.Attr(n, "href"); r.author == "" && (strings.HasPrefix(href, "/user/") || strings.Contains(href, ".com/user/")) {
				if r.author = strings.TrimPrefix(p.name(n), "u/"); r.author != "" {
					r.authorURL = p.Resolve(href)
				}
			}
		}
		if !r.opening {
			level = max(1, min(level, len(levels)+1))
			if level > 1 {
				r.parent = levels[level-2]
			} else if len(out) > 0 && out[0].opening {
				r.parent = 0
			}
			levels = append(levels[:level-1], len(out))
		}
		out = append(out, r)
	}
	if len(out) < 2 {
		return nil
	}
	p.Posts = out[0].opening
	return out
}

// redditID is the number, in base 36, of a full name such as t1_abc.
func redditID(name, kind string) (string, bool) {
	n, ok := strings.CutPrefix(strings.ToLower(name), kind)
	return n, ok && n != "" && len(n) <= 16 && strings.Trim(n, "0123456789abcdefghijklmnopqrstuvwxyz") == ""
}

func redditThings(p *Page) []record {
	var out []record
	for id := dom.ID(0); id < p.Len(); id++ {
		if !p.HasClass(id, "thing") {
			continue
		}
		name := p.Attr(id, "data-fullname")
		r := record{from: id, end: p.End(id), parent: none, text: dom.None, plain: true}
		if n, ok := redditID(name, "t3_"); ok {
			up := p.Parent(id)
			if len(out) > 0 || up == dom.None || !strings.HasPrefix(p.Nodes[up].Ident, "sitetable") {
				continue // a list of other threads
			}
			r.id, r.opening = n, true
			if title := p.First(id, func(x dom.ID) bool { return p.Tag(x) == atom.A && p.HasClass(x, "title") }); title != dom.None {
				p.Title = p.Text(title)
			}
		} else if n, ok := redditID(name, "t1_"); ok {
			r.id = n
		} else {
			continue
		}
		out = append(out, r)
	}
	if len(out) < 2 && (len(out) == 0 || !out[0].opening || p.FirstIn(0, p.Len(), func(id dom.ID) bool { return p.HasClass(id, "commentarea") }) == dom.None) {
		return nil
	}
	nest(p, out)
	for i := range out {
		r := &out[i]
		r.text = p.frontClass(out, i, "md")
		if user := p.frontClass(out, i, "author"); user != dom.None {
			r.author, r.authorURL = p.name(user), p.profileURL(user)
			switch {
			case p.HasClass(user, "moderator"):
				r.role = "moderator"
			case p.HasClass(user, "admin"):
				r.role = "admin"
			case p.HasClass(user, "submitter"):
				r.role = "author"
			}
		}
		if stamp := p.front(out, i, func(id dom.ID) bool { return p.Tag(id) == atom.Time }); stamp != dom.None {
			r.posted = p.stamp(stamp)
		}
		if score := p.front(out, i, func(id dom.ID) bool { return p.HasClass(id, "score") && p.HasClass(id, "unvoted") }); score != dom.None {
			if r.score = signed(p.Attr(score, "title")); r.score == nil {
				first, _, _ := strings.Cut(p.Text(score), " ")
				r.score = signed(first)
			}
		}
	}
	p.Posts = out[0].opening
	p.omit = dom.NewNames(`expando-button flat-list`)
	return out
}

func redditElements(p *Page) []record {
	var out []record
	posts := 0
	for id := dom.ID(0); id < p.Len(); id++ {
		if p.Tag(id) != 0 || p.IsText(id) {
			continue
		}
		r := record{from: id, end: p.End(id), parent: none, text: dom.None, plain: true}
		switch p.Nodes[id].Raw.Data {
		case "shreddit-post":
			if posts++; len(out) > 0 {
				continue
			}
			r.opening = true
			p.Title = p.Attr(id, "post-title")
			r.id, _ = redditID(p.Attr(id, "id"), "t3_")
			r.text = p.First(id, func(n dom.ID) bool { return p.Attr(n, "slot") == "text-body" })
			r.posted, _ = p.when(p.Attr(id, "created-timestamp"))
		case "shreddit-comment":
			r.id, _ = redditID(p.Attr(id, "thingid"), "t1_")
			r.posted, _ = p.when(p.Attr(id, "created"))
		default:
			continue
		}
		r.author, r.score = p.Attr(id, "author"), signed(p.Attr(id, "score"))
		if r.author != "" && !strings.HasPrefix(r.author, "[") {
			r.authorURL = p.Resolve("/user/" + r.author + "/")
		}
		out = append(out, r)
	}
	if len(out) == 0 || len(out) == 1 && out[0].opening && posts > 1 {
		return nil // a list of threads; a post alone is one whose comments are not loaded
	}
	nest(p, out)
	for i := range out {
		r := &out[i]
		if !r.opening {
			r.text = p.front(out, i, func(id dom.ID) bool { return p.Attr(id, "slot") == "comment" })
			if r.text == dom.None && strings.EqualFold(p.Attr(r.from, "is-comment-deleted"), "true") {
				r.state = schema.StateDeleted
			}
		}
		if r.posted == "" {
			if stamp := p.front(out, i, func(id dom.ID) bool { return p.Tag(id) == atom.Time || p.Nodes[id].Raw.Data == "faceplate-timeago" }); stamp != dom.None {
				if r.posted, _ = p.when(p.Attr(stamp, "ts")); r.posted == "" {
					r.posted = p.stamp(stamp)
				}
			}
		}
	}
	p.Posts = out[0].opening
	return out
}
