package comments

import (
	"strings"

	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/pipeline/normalize/when"
)

// elements reads comments that are elements of a site's own, <x-comment>, which
// state author and time in their attributes.
type elements struct{}

func (elements) name() string { return "elements" }

// Attributes of such an element, the surest first.
var (
	elementAuthors = []string{"author", "author-name", "username", "user-name", "user", "data-author", "poster", "name"}
	elementTimes   = []string{"created-at", "created", "created-timestamp", "createdat", "posted-at", "posted", "published", "published-at", "datetime", "date", "timestamp", "time"}
	elementIDs     = []string{"comment-id", "commentid", "post-id", "thingid", "reply-id", "message-id", "data-id", "id"}
	elementTexts   = []string{"text", "body", "content", "message", "comment"}
)

func (elements) records(p *Page) []record {
	var out []record
	for id := dom.ID(0); id < p.Len(); id++ {
		n := &p.Nodes[id]
		if n.Tag != 0 || p.IsText(id) || len(n.Raw.Attr) < 2 || !strings.Contains(n.Raw.Data, "-") {
			continue
		}
		if t, ok := tells(n.Raw.Data); !ok || t.post && !strings.Contains(n.Raw.Data, "answer") || p.asideAt(id) {
			continue
		}
		r := record{from: id, end: p.End(id), parent: none, text: dom.None, author: cleanName(p.anyAttr(id, elementAuthors))}
		stamp := p.anyAttr(id, elementTimes)
		if iso, ok := when.Epoch(stamp); ok {
			r.posted = iso
		} else {
			r.posted, _ = p.when(stamp)
		}
		if r.author == "" || r.posted == "" {
			continue
		}
		r.id = stateID(p.anyAttr(id, elementIDs))
		out = append(out, r)
	}
	if len(out) < 2 {
		return nil
	}
	if nest(p, out); !p.nested(out) {
		p.related(out, true)
	}
	for i := range out {
		out[i].text = p.front(out, i, func(id dom.ID) bool {
			slot := strings.ToLower(p.Attr(id, "slot"))
			return slot != "" && holdsAny(slot, elementTexts)
		})
	}
	return out
}

// anyAttr is the first of some attributes that an element has.
func (p *Page) anyAttr(id dom.ID, names []string) string {
	for _, name := range names {
		if value := p.Attr(id, name); value != "" {
			return value
		}
	}
	return ""
}
