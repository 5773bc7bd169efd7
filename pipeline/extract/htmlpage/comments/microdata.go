package comments

import (
	"strings"

	"corpus/pipeline/extract/htmlpage/dom"
)

// microdata reads comments that state their type: itemtype schema.org/Comment
// or UserComments, in RDFa typeof schema:Comment.
type microdata struct{}

func (microdata) name() string { return "schema.org" }

func (microdata) records(p *Page) []record {
	var out []record
	for id := dom.ID(0); id < p.Len(); id++ {
		if p.IsText(id) || len(p.Nodes[id].Raw.Attr) == 0 || !p.isComment(id) {
			continue
		}
		r := record{from: id, end: p.End(id), parent: none, text: dom.None}
		r.id = nativeID(p.Nodes[id].Ident)
		if r.id == "" {
			r.id = nativeID(strings.ToLower(p.Attr(id, "data-comment-id")))
		}
		out = append(out, r)
	}
	if len(out) == 0 || len(out) == 1 && schemaType(p.Attr(out[0].from, "itemtype"), []string{"Review"}) {
		return nil // one review is the site's own
	}
	if nest(p, out); !p.nested(out) {
		p.related(out, true)
	}
	return p.typed(out)
}

// maxReview bounds the nodes of a reader's review.
const maxReview = 2000

// holdsRecords tells a box that is too large for one reader's review.
func (p *Page) holdsRecords(id dom.ID) bool { return p.End(id)-id > maxReview }

func (p *Page) isComment(id dom.ID) bool {
	for _, attr := range []string{"itemtype", "typeof"} {
		for t := range strings.FieldsSeq(p.Attr(id, attr)) {
			switch strings.TrimPrefix(strings.TrimPrefix(t, "https:"), "http:") {
			case "//schema.org/Answer":
				// Answers to frequent questions have no author.
				return p.First(id, func(n dom.ID) bool { return p.prop(n, authorProps) }) != dom.None
			case "//schema.org/Review":
				// What the site's own author reviews is an article; a review that is
				// a property of a recipe or a product is a reader's.
				return p.HasToken(id, "itemprop", "review") && p.First(id, func(n dom.ID) bool { return p.HasToken(n, "itemprop", "author") }) != dom.None && !p.holdsRecords(id)
			case "//schema.org/Comment", "//schema.org/UserComments", "//schema.org/UserComment", "//schema.org/comment", "//schema.org/Comment/":
				return true
			}
			if attr == "typeof" && (t == "Comment" || t == "schema:Comment" || t == "UserComments" || t == "sioct:Comment") {
				return true
			}
		}
	}
	return false
}

// nativeID is the site's own id in an element's id: what follows a prefix of
// letters, where it is a number; else nothing.
func nativeID(ident string) string {
	i := strings.LastIndexAny(ident, "-_")
	tail := ident[i+1:]
	tail = strings.TrimLeft(tail, "abcdefghijklmnopqrstuvwxyz")
	if digits(tail) {
		return tail
	}
	return ""
}
