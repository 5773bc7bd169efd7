package read

import "strings"

// rights reads an element of an item that states a licence; it is false for others.
func (e *atomEntry) rights(names namespaces, t *xmlTree, n int32, key string) bool {
	switch key {
	case "cc:license":
		e.license, e.evidence = licenseElement(t, n), key
		e.licenses = state(e.licenses, EntryLicense{Where: key, Raw: e.license})
	case "atom:rights", "dc:rights", "dcterms:rights", "dcterms:license", "rss:copyright":
		e.licenses = state(e.licenses, EntryLicense{Where: key, Raw: t.text(n)})
		if e.license == "" {
			e.license, e.evidence = licenseIn(t.text(n)), key
		}
	case "media:license", "media:copyright", "media:content", "media:group":
		e.mediaRights(names, t, n, 0)
	default:
		return false
	}
	return true
}

// mediaRights reads what is said of a picture, film or sound (Media RSS 1.5.1,
// license and copyright), which may stand in the element of the medium or beside it.
func (e *atomEntry) mediaRights(names namespaces, t *xmlTree, n int32, depth int) {
	vocabulary, name := names.name(t, n)
	switch {
	case vocabulary != "media" || depth > 3:
	case name == "license", name == "copyright":
		raw := either(strings.TrimSpace(t.attr(n, "href")), strings.TrimSpace(t.attr(n, "url")))
		e.licenses = state(e.licenses, EntryLicense{Where: "media:" + name, Raw: either(raw, t.line(n)), Image: true})
	case name == "content", name == "group":
		for c := range t.children(n) {
			e.mediaRights(names, t, c, depth+1)
		}
	}
}
