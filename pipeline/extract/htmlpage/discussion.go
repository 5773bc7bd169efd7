package htmlpage

import (
	"strings"

	"corpus/pipeline/extract"
	"corpus/pipeline/extract/htmlpage/comments"
	"corpus/pipeline/extract/htmlpage/dom"
)

// discussion reads the comments and takes them out of what the article may be.
// The opening post of a forum's thread is returned: it is the article. A page that
// continues a thread has none, but where a question stands above all its answers.
func (p *page) discussion(d *extract.Draft) *extract.Comment {
	found := comments.Read(&comments.Page{
		Tree: p.Tree, Data: p.data, Order: p.order(), Resolve: p.resolve, Hidden: p.hiddenNode, Aside: p.aside, Prose: int(p.left()), Article: p.posting(), Opened: p.opened, Captured: d.CapturedAt,
	})
	var opening *extract.Comment
	if p.further.number == 0 || found.Asked { // else it stands on the first page
		opening = found.Opening()
	}
	p.threadTitle, p.thread, p.account = found.Title, found.Posts, found.Account
	d.Comments, d.CommentsStated, d.CommentOrder = found.Comments, found.Stated, found.Order
	for _, id := range found.Regions {
		p.drop[id] = true
		if p.side[id]&sideComments == 0 {
			for n := id; n < p.End(id); n++ {
				p.side[n] |= sideComments
			}
		}
	}
	if len(found.Regions) > 0 {
		p.keep()
		p.behind(found.Regions)
	}
	return opening
}

// opened tells whether a paragraph that may be the article's, of some length and
// with the mark of a sentence, stands before a node.
func (p *page) opened(end dom.ID, least int) bool {
	for id := dom.ID(0); id < end; {
		if p.drop[id] || p.stats[id].kept == 0 {
			id = p.End(id)
			continue
		}
		if p.IsText(id) {
			id++
			continue
		}
		own := p.stats[id].kept
		for c := range p.Children(id) {
			own -= p.stats[c].kept
		}
		if int(own) >= least || int(own)*3 >= least && p.dense(id) {
			for n := id; n < p.End(id); n++ {
				if p.IsText(n) && strings.ContainsAny(p.Nodes[n].Raw.Data, ".?!…。") {
					return true
				}
			}
		}
		id++
	}
	return false
}

// dense tells an element whose text begins in a script whose signs stand for
// syllables or words, so that a third of them says as much.
func (p *page) dense(id dom.ID) bool {
	first := id + 1
	for first < p.End(id) && !(p.IsText(first) && strings.TrimSpace(p.Nodes[first].Raw.Data) != "") {
		first++
	}
	if first == p.End(id) {
		return false
	}
	for _, r := range p.Nodes[first].Raw.Data {
		if r >= 0x1100 {
			return r >= 0x3040 && r < 0xfb00 || r < 0x1200 // Kana, Han, Hangul
		}
	}
	return false
}

// minBefore is the prose before the comments, in letters and digits, with which
// the article is taken to stand there.
const minBefore = 200

// behind takes out of the article what stands behind the first comment, where
// the article stands before it: teasers, what others read, boxes about the site.
func (p *page) behind(regions []dom.ID) {
	first, last := p.Len(), dom.ID(0)
	for _, id := range regions {
		first, last = min(first, id), max(last, p.End(id))
	}
	var before, after int32
	for id := dom.ID(0); id < p.Len(); {
		if p.drop[id] {
			id = p.End(id)
			continue
		}
		own := p.stats[id].kept
		for c := range p.Children(id) {
			own -= p.stats[c].kept
		}
		if id < first {
			before += own
		} else {
			after += own
		}
		id++
	}
	if before < minBefore || after == 0 {
		return
	}
	for id := first; id < p.Len(); id = p.End(id) {
		p.drop[id] = true
	}
	p.keep()
}
