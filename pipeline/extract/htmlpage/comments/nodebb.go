package comments

import (
	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/pipeline/normalize/when"
)

// nodeBB is the forum program of that name: elements whose attribute component
// is "post" and that state number, user and time in attributes data-pid,
// data-username and data-timestamp. A post that shows what it replies to names
// it in data-parent-pid.
type nodeBB struct{}

func (nodeBB) name() string { return "nodebb" }

func (nodeBB) records(p *Page) []record {
	var out []record
	at := map[string]int{}
	for id := dom.ID(0); id < p.Len(); id++ {
		if p.Tag(id) != atom.Li && p.Tag(id) != atom.Div || p.Attr(id, "component") != "post" {
			continue
		}
		pid := p.Attr(id, "data-pid")
		if pid == "" || p.Attr(id, "data-timestamp") == "" {
			continue
		}
		r := record{from: id, end: p.End(id), parent: none, text: dom.None, plain: true}
		if digits(pid) {
			r.id = pid
		}
		r.posted, _ = when.Epoch(p.Attr(id, "data-timestamp"))
		if _, again := at[pid]; !again {
			at[pid] = len(out)
		}
		out = append(out, r)
	}
	texts := 0
	for i := range out {
		r := &out[i]
		r.text = p.front(out, i, func(id dom.ID) bool { return p.Attr(id, "component") == "post/content" })
		if r.text != dom.None {
			texts++
		}
		user := p.front(out, i, func(id dom.ID) bool {
			return p.Tag(id) == atom.A && p.Has(id, "data-username") && p.name(id) != ""
		})
		if user != dom.None && (r.text == dom.None || user < r.text) {
			r.author, r.authorURL = p.name(user), p.profileURL(user)
		} else {
			r.author = cleanName(p.Attr(r.from, "data-username"))
		}
		if up := p.front(out, i, func(id dom.ID) bool { return p.Attr(id, "component") == "post/parent" }); up != dom.None {
			if j, ok := at[p.Attr(up, "data-parent-pid")]; ok && j < i {
				r.parent = j
			}
		}
		if votes := p.front(out, i, func(id dom.ID) bool { return p.Attr(id, "component") == "post/vote-count" }); votes != dom.None {
			r.score = signed(p.Attr(votes, "data-votes"))
		}
	}
	if texts == 0 {
		return nil
	}
	p.Posts, p.flat = true, true
	return out
}
