package comments

import (
	"strings"

	"corpus/pipeline/extract/htmlpage/dom"
)

// Trackers of bugs and tasks: what was reported opens the thread.

// bugzilla: boxes of class bz_comment with the id cN.
var bugzilla = board{
	title: "bugzilla",
	box: func(p *Page, id dom.ID) (string, bool) {
		if !p.HasClass(id, "bz-comment") {
			return "", false
		}
		return postID(p.Nodes[id].Ident, "c")
	},
	text:   dom.NewNames(`bz-comment-text comment-text`),
	author: dom.NewNames(`fn bz-comment-user`),
	when:   dom.NewNames(`bz-comment-time`),
}

// gitHub: boxes with the ids issue-N, issuecomment-N, discussion-N and
// discussioncomment-N, and those of pull requests.
var gitHub = board{
	title: "github",
	box: func(p *Page, id dom.ID) (string, bool) {
		ident := p.Nodes[id].Ident
		for _, prefix := range []string{"issue-", "issuecomment-", "pullrequest-", "pullrequestreview-", "discussion-", "discussioncomment-"} {
			if n, ok := postID(ident, prefix); ok && p.FirstClass(id, "comment-body", "js-comment-body") != dom.None {
				return n, true
			}
		}
		return "", false
	},
	text:   dom.NewNames(`comment-body js-comment-body`),
	author: dom.NewNames(`author`),
	when:   dom.NewNames(`js-timestamp no-wrap`),
	rank:   dom.NewNames(`timeline-comment-label`),
}

// redmine: the issue, and its journal, boxes with the id change-N.
var redmine = board{
	title: "redmine",
	box: func(p *Page, id dom.ID) (string, bool) {
		if p.HasClass(id, "issue") && p.HasClass(id, "details") {
			return "", true
		}
		n, ok := postID(p.Nodes[id].Ident, "change-")
		return n, ok && p.HasClass(id, "journal")
	},
	text:   dom.NewNames(`wiki`),
	author: dom.NewNames(`user author note-header`),
	when:   dom.NewNames(`author note-header`),
}

// trac: the ticket, and boxes of class change with the id trac-change-N-TIME.
var trac = board{
	title: "trac",
	box: func(p *Page, id dom.ID) (string, bool) {
		ident := p.Nodes[id].Ident
		if ident == "ticket" && p.FirstClass(id, "description") != dom.None {
			return "", true
		}
		rest, ok := strings.CutPrefix(ident, "trac-change-")
		n, _, _ := strings.Cut(rest, "-")
		return n, ok && digits(n) && p.HasClass(id, "change")
	},
	text:   dom.NewNames(`description comment`),
	author: dom.NewNames(`trac-author`),
	when:   dom.NewNames(`timeline`),
}
