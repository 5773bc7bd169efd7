package comments

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
)

// stackExchange reads the questions of Stack Overflow and its sisters: the box
// #question is the article, boxes answer-N are comments on it, and the notes
// below an answer, items with the id comment-N, are replies to it.
type stackExchange struct{}

func (stackExchange) name() string { return "stackexchange" }

func (stackExchange) records(p *Page) []record {
	var out []record
	for id := dom.ID(0); id < p.Len(); id++ {
		ident := p.Nodes[id].Ident
		r := record{from: id, end: p.End(id), parent: none, text: dom.None, plain: true}
		switch {
		case ident == "question" && p.HasClass(id, "question"):
			r.id, r.opening = p.Attr(id, "data-questionid"), true
		case p.HasClass(id, "answer") && p.Tag(id) == atom.Div:
			n, ok := postID(ident, "answer-")
			if !ok {
				continue
			}
			r.id = n
		case len(out) > 0 && p.HasClass(id, "comment"):
			n, ok := postID(ident, "comment-")
			if !ok {
				continue
			}
			r.id = "c" + n // numbered apart from the posts
		case len(out) > 0 && strings.HasPrefix(ident, "follow-up-") && p.HasToken(id, "itemprop", "comment"):
			n, ok := postID(ident, "follow-up-")
			if !ok {
				continue
			}
			r.id = "c" + n
		default:
			continue
		}
		if r.opening && !digits(r.id) {
			r.id = ""
		}
		out = append(out, r)
	}
	if len(out) == 0 || !out[0].opening {
		return nil
	}
	nest(p, out)
	for i := range out {
		p.stackExchangePost(out, i)
	}
	p.Posts, p.asked = true, true
	p.omit = dom.NewNames(`post-taglist post-menu post-signature user-info question-status special-status`)
	return out
}

func (p *Page) stackExchangePost(out []record, i int) {
	r := &out[i]
	if p.HasToken(r.from, "itemprop", "comment") && !p.HasClass(r.from, "comment") {
		return // of 2025; its properties tell
	}
	if p.HasClass(r.from, "comment") {
		r.text = p.frontClass(out, i, "comment-copy")
		if user := p.frontClass(out, i, "comment-user"); user != dom.None {
			r.author, r.authorURL = p.name(user), p.profileURL(user)
			if p.HasClass(user, "owner") {
				r.role = "author"
			}
		}
		if date := p.frontClass(out, i, "comment-date"); date != dom.None {
			r.posted = p.stamp(date)
		}
		if score := p.frontClass(out, i, "comment-score"); score != dom.None {
			r.score = count(p.Text(score))
		}
		return
	}
	r.text = p.frontClass(out, i, "js-post-body", "post-text", "s-prose")
	r.featured = p.HasClass(r.from, "accepted-answer")
	// Of the signatures, the last is the author's; those before are of editors.
	for id := r.from; id < r.end; id++ {
		if i+1 < len(out) && id >= out[i+1].from {
			break
		}
		switch {
		case p.HasClass(id, "user-info"):
			if user := p.FirstClass(id, "user-details"); user != dom.None {
				if link := p.FirstTag(user, atom.A); link != dom.None {
					r.author, r.authorURL = p.name(link), p.profileURL(link)
				} else if s := p.name(user); s != "" {
					r.author, r.authorURL = s, ""
				}
			}
			if stamp := p.FirstClass(id, "relativetime"); stamp != dom.None {
				r.posted = p.stamp(stamp)
			}
		case r.score == nil && p.HasClass(id, "js-vote-count", "vote-count-post"):
			r.score = signed(p.Text(id))
		}
	}
}
