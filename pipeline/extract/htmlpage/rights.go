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
		if !rel && !cc || p.inComments(id) || p.ofImage(id) {
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
	text = strings.ToLower(text)
	for _, w := range imageWords {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
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
