package htmlpage

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/licenses"
	"corpus/pipeline/extract"
	"corpus/pipeline/extract/htmlpage/dom"
)

// license fills in the licence that the page states for its article, the surest
// statement first: rel=license, JSON-LD, meta elements, and a link to Creative
// Commons where all such links agree. Licences of images are not the article's.
func (p *page) license(m metaTags, d *extract.Draft) {
	set := func(address, evidence string) bool {
		spdx, ok := licenses.FromURL(address)
		if !ok {
			// The whole address may lack a version, or be no licence that SPDX lists.
			if d.LicenseURL == "" && strings.HasPrefix(address, "http") && strings.Contains(address, "creativecommons.org/") {
				d.LicenseURL, d.LicenseEvidence = address, evidence
			}
			return false
		}
		d.License, d.LicenseURL, d.LicenseEvidence = spdx, address, evidence
		return true
	}
	var plain []string
	for id := dom.ID(0); id < p.Len(); id++ {
		tag := p.Tag(id)
		if tag != atom.A && tag != atom.Link && tag != atom.Area {
			continue
		}
		href := p.Attr(id, "href")
		rel := p.HasToken(id, "rel", "license") || p.HasToken(id, "itemprop", "license") || p.HasToken(id, "property", "license") || p.HasToken(id, "property", "cc:license")
		cc := strings.Contains(href, "creativecommons.org/licenses/") || strings.Contains(href, "creativecommons.org/publicdomain/")
		if !rel && !cc || p.inComments(id) || p.ofImage(id) && !(rel && p.aside(id)) { // a sidebar or footer speaks of the site
			continue
		}
		if rel {
			if set(p.unarchived(href), "rel=license") {
				return
			}
		} else if tag == atom.A {
			plain = append(plain, p.unarchived(href))
		}
	}
	if v := p.posting().Get("license"); v != nil && set(v.URL(), "json-ld license") {
		return
	}
	for _, key := range []string{"dc.rights", "dcterms.license", "dcterms.rights", "dc.rights.license", "license", "copyright", "rights"} {
		for _, v := range m[key] {
			if at := strings.Index(v, "http"); at >= 0 {
				if set(strings.Fields(v[at:])[0], "meta "+key) {
					return
				}
			} else if spdx, ok := licenses.FromName(v); ok {
				d.License, d.LicenseEvidence = spdx, "meta "+key
				return
			}
		}
	}
	found, address := "", ""
	for _, href := range plain {
		spdx, ok := licenses.FromURL(href)
		if !ok {
			continue
		}
		if found != "" && found != spdx {
			return
		}
		found, address = spdx, href
	}
	if found != "" {
		set(address, "link")
	} else if len(plain) > 0 {
		set(plain[0], "link")
	}
	if d.License == "" {
		if spdx := p.writtenLicense(); spdx != "" {
			d.License, d.LicenseEvidence = spdx, "text"
		}
	}
}

// unarchived takes an archive's address off a link.
func (p *page) unarchived(href string) string {
	if i := strings.LastIndex(href, "http"); i > 0 && strings.Contains(href[:i], "/web/") {
		return href[i:]
	}
	return href
}

// imageWords mark a statement about a picture.
var imageWords = []string{"image", "photo", "foto", "bild", "picture", "grafik", "graphic", "illustration", "flickr", "wikimedia", "icon", "titelbild", "map data", "openstreetmap"}

// ofImage tells whether a link belongs to a picture: it stands in a caption, or
// the line around it speaks of one.
func (p *page) ofImage(id dom.ID) bool {
	if p.Above(id, func(n dom.ID) bool {
		return dom.IsTag(p.Tag(n), atom.Figure, atom.Figcaption) || p.HasClass(n, "wp-caption", "wp-caption-text", "caption", "image-credit", "photo-credit", "credit")
	}) != dom.None {
		return true
	}
	line := p.Above(id, func(n dom.ID) bool { return dom.Breaks(p.Tag(n)) })
	if line == dom.None {
		return false
	}
	text, ok := p.Short(line, 1000)
	if !ok {
		return false
	}
	// What counts is the sentence that holds the link.
	if link, ok := p.Short(id, 300); ok && link != "" {
		if at := strings.Index(text, link); at >= 0 {
			from := strings.LastIndex(text[:at], ". ") + 1
			text = text[from : at+len(link)]
		}
	}
	text = strings.ToLower(text)
	for _, w := range textWords {
		if strings.Contains(text, w) {
			return false
		}
	}
	for _, w := range imageWords {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// textWords mark a statement about the text itself.
var textWords = []string{"dieser text", "this text", "this article", "this post", "this work", "dieser artikel", "dieser beitrag", "dieses werk", "der text", "the text", "cet article", "este artículo", "questo articolo", "texte und", "inhalte", "content of", "except where otherwise", "sofern nicht anders"}

// writtenLicense reads a licence that the page names without a link, as in "Text: CC
// BY-SA 4.0": one name for all of the page, outside of captions and comments.
func (p *page) writtenLicense() (spdx string) {
	for id := dom.ID(0); id < p.Len(); id++ {
		if !p.IsText(id) {
			continue
		}
		s := p.Nodes[id].Raw.Data
		at := strings.Index(s, "CC")
		if at < 0 || len(s) > 2000 || p.Parent(id) == dom.None || dom.Unseen(p.Tag(p.Parent(id))) || p.inComments(id) || p.ofImage(id) {
			continue
		}
		for tries := 0; at >= 0 && tries < 8; tries++ {
			name, rest := licenseName(s[at:])
			if found, ok := licenses.FromName(name); ok {
				if spdx != "" && spdx != found {
					return ""
				}
				spdx = found
			}
			next := strings.Index(rest, "CC")
			if next < 0 {
				break
			}
			at = len(s) - len(rest) + next
		}
	}
	return spdx
}

// licenseName cuts s behind the first number with a point: "CC BY-SA 4.0".
func licenseName(s string) (name, rest string) {
	for i := 2; i+2 < len(s) && i < 40; i++ {
		if s[i] >= '0' && s[i] <= '9' && s[i+1] == '.' && s[i+2] >= '0' && s[i+2] <= '9' {
			return s[:i+3], s[i+3:]
		}
	}
	return "", s[2:]
}

// optOuts are the page's reservations against use by machines, as stated.
func optOuts(m metaTags) []string {
	var out []string
	for _, key := range []string{"robots", "googlebot", "bingbot"} {
		for _, v := range m[key] {
			for token := range strings.FieldsFuncSeq(strings.ToLower(v), func(r rune) bool { return r == ',' || r == ' ' || r == ';' }) {
				if token == "noai" || token == "noimageai" {
					out = appendNew(out, token)
				}
			}
		}
	}
	for _, key := range []string{"tdm-reservation", "tdm-policy"} {
		if v := m.first(key); v != "" && v != "0" {
			out = append(out, key+": "+v)
		}
	}
	return out
}
