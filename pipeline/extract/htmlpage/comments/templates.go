package comments

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/pipeline/extract/htmlpage/dom"
)

// templates leaves out the records in elements template where others are in the
// page itself: scripts make comments after such models. Where all are in
// templates, they are the comments (a page may keep them there until it is
// asked), but for models with places to fill in.
func (p *Page) templates(records []record) {
	inside := make([]bool, len(records))
	n := 0
	for i := range records {
		if inside[i] = p.Above(records[i].from, func(id dom.ID) bool { return p.Tag(id) == atom.Template }) != dom.None; inside[i] {
			n++
		}
	}
	for i := range records {
		if inside[i] && (n < len(records) || p.isModel(&records[i])) {
			records[i].skip, records[i].opening = true, false
		}
	}
}

// blanks mark the places of a model that a script fills in.
var blanks = []string{"{{", "${", "<%", "[[", "{%", "__name__", "%s"}

// isModel tells a record with places to fill in, or without any text.
func (p *Page) isModel(r *record) bool {
	text := false
	for id := r.from; id < r.end; id++ {
		if p.IsText(id) {
			s := p.Nodes[id].Raw.Data
			text = text || strings.TrimSpace(s) != ""
			for _, mark := range blanks {
				if strings.Contains(s, mark) {
					return true
				}
			}
			continue
		}
		for _, attr := range p.Nodes[id].Raw.Attr {
			if strings.Contains(attr.Val, "{{") || strings.Contains(attr.Val, "${") {
				return true
			}
		}
	}
	return !text
}
