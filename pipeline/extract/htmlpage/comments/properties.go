package comments

import (
	"strings"

	"corpus/pipeline/extract/htmlpage/dom"
)

// Properties of a comment, as microdata (itemprop) and RDFa (property) name
// them, in lower case and without the vocabulary before them.
var (
	authorProps = dom.NewNames(`author creator has-creator`)
	timeProps   = dom.NewNames(`datepublished datecreated commenttime date created published issued`)
	textProps   = dom.NewNames(`text commenttext reviewbody encoded articlebody`)
	nameProps   = dom.NewNames(`name nick`)
)

// prop tells whether an element is one of the properties.
func (p *Page) prop(id dom.ID, names *dom.Names) bool {
	if p.IsText(id) {
		return false
	}
	attrs := p.Nodes[id].Raw.Attr
	for i := range attrs {
		if attrs[i].Key != "itemprop" && attrs[i].Key != "property" {
			continue
		}
		for token := range strings.FieldsSeq(attrs[i].Val) {
			token = strings.ToLower(token[strings.LastIndexAny(token, ":/#")+1:])
			if names.Has(strings.ReplaceAll(token, "_", "-")) {
				return true
			}
		}
	}
	return false
}
