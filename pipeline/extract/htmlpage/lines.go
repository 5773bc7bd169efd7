package htmlpage

import (
	"strings"

	"corpus/pipeline/extract/htmlpage/dom"
)

// linesFrom are the first lines from a node on.
func (p *page) linesFrom(start dom.ID) []textLine {
	if p.top.lines != nil && p.top.from == start {
		return p.top.lines
	}
	lines := make([]textLine, 0, linesBelow)
	for line := range p.lines(start, p.Len()) {
		if lines = append(lines, line); len(lines) == linesBelow {
			break
		}
	}
	p.top = firstLines{lines, start}
	return lines
}

// firstLines are the lines that linesFrom gave last.
type firstLines struct {
	lines []textLine
	from  dom.ID
}

// textLine is one line of the page.
type textLine struct {
	at   dom.ID // its first text
	text string // empty for one that is too long
}

// maxLine bounds a line, in bytes.
const maxLine = 300

// lines calls yield with the lines of a range of nodes that have text.
func (p *page) lines(from, to dom.ID) func(yield func(textLine) bool) {
	return func(yield func(textLine) bool) {
		var b strings.Builder
		at, long := dom.None, false
		flush := func() bool {
			defer func() { at, long = dom.None, false; b.Reset() }()
			if at == dom.None {
				return true
			}
			if long {
				return yield(textLine{at: at})
			}
			return yield(textLine{at: at, text: dom.Squeeze(b.String())})
		}
		owner := dom.None // element that breaks the line around the text at hand
		for id := from; id < to; id++ {
			if !p.IsText(id) {
				if dom.Unseen(p.Tag(id)) {
					id = p.End(id) - 1
				} else if dom.Breaks(p.Tag(id)) && !flush() {
					return
				}
				continue
			}
			s := p.Nodes[id].Raw.Data
			if strings.TrimSpace(s) == "" {
				if b.Len() > 0 {
					b.WriteByte(' ')
				}
				continue
			}
			up := p.Parent(id)
			for up != dom.None && !dom.Breaks(p.Tag(up)) {
				up = p.Parent(up)
			}
			if up != owner && !flush() {
				return
			}
			if owner = up; at == dom.None {
				at = id
			}
			if long = long || b.Len()+len(s) > 4*maxLine; !long {
				b.WriteString(s)
			}
		}
		flush()
	}
}
