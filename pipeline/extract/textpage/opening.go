package textpage

import (
	"strconv"
	"strings"

	"corpus/pipeline/extract"
)

// maxAbove is the number of words in sentences above the first header of a thread
// whose opening post is the article.
const maxAbove = 25

// opens tells that the first of the comments is the opening post of a thread:
// nothing announces them, and no article stands above them.
func (p *pageView) opens(t *thread) bool {
	if t.heading >= 0 || t.below || len(t.hits) < 2 || t.hits[0].name == "" {
		return false
	}
	n := 0
	for i := range t.hits[0].first {
		if p.readings[i].kind == textLine && prose(p.lines[i].text) {
			n += wordCount(p.lines[i].text)
		}
	}
	return n <= maxAbove
}

// readOpening makes the first comment of the draft its article.
func (a *article) readOpening(draft *extract.Draft) {
	if len(draft.Comments) < 2 {
		a.read(draft)
		return
	}
	first := draft.Comments[0]
	draft.Comments = draft.Comments[1:]
	for k := range draft.Comments {
		c := &draft.Comments[k]
		if c.ParentID == first.ID {
			c.ParentID = ""
		}
		c.ID, c.ParentID = oneLess(c.ID), oneLess(c.ParentID)
	}
	a.start, a.end = len(a.lines), len(a.lines)
	draft.Blocks = first.Blocks // its words are those of the title
	a.findTitle(draft)
	if first.Author != "" {
		draft.Authors = []string{first.Author}
	}
	draft.PublishedAt = first.PostedAt
}

// oneLess is an id that counts comments, one before.
func oneLess(id string) string {
	if rest, ok := strings.CutPrefix(id, "~"); ok {
		if n, err := strconv.Atoi(rest); err == nil && n > 0 {
			return "~" + strconv.Itoa(n-1)
		}
	}
	return id
}
