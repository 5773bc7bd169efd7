package htmlpage

import (
	"strings"

	"golang.org/x/net/html/atom"

	"corpus/licenses"
	"corpus/pipeline/extract"
	"corpus/pipeline/extract/htmlpage/dom"
	"corpus/pipeline/extract/htmlpage/jsonld"
	"corpus/schema"
)

// maxCandidates bounds the links and texts whose surroundings are looked at.
const maxCandidates = 512

// license collects what the page says of licences, each with what it covers, and
// fills in what follows for the article.
func (p *page) license(m metaTags, d *extract.Draft) {
	c := &statements{page: p}
	c.elements()
	c.graph()
	c.meta(m)
	c.texts()
	d.Statements = c.list
	r := licenses.Resolve(c.list)
	if r.License != schema.LicenseUnknown {
		d.License = r.License
	}
	d.LicenseURL, d.LicenseEvidence = r.URL, r.Evidence
}

// Statements collects what the content of an article, as exports and feeds hold
// it, says of licences.
func Statements(content *dom.Tree) []licenses.Statement {
	c := &statements{page: &page{Tree: content, side: make([]uint8, content.Len())}}
	c.elements()
	c.texts()
	for i := range c.list { // nothing of it keeps the content in memory
		s := &c.list[i]
		s.Where, s.Covers = strings.Clone(s.Where), strings.Clone(s.Covers)
		s.License, s.URL, s.Raw = cloned(s.License), cloned(s.URL), cloned(s.Raw)
	}
	return c.list
}

func cloned(s *string) *string {
	if s == nil {
		return nil
	}
	own := strings.Clone(*s)
	return &own
}

// statements collects the statements of a page.
type statements struct {
	*page
	list  []licenses.Statement
	asked int // candidates whose surroundings were looked at
}

func (c *statements) add(where, covers, raw, address string) {
	if s, ok := licenses.NewStatement(where, covers, raw, address); ok {
		c.list = licenses.Add(c.list, s)
	}
}

// Relations and properties that name a licence, in lower case: of HTML, of
// schema.org as microdata and RDFa, of Dublin Core, of Creative Commons.
var (
	licenseRelations  = []string{"license", "cc:license", "dct:license", "dcterms:license", "dc:license", "schema:license", "xhv:license"}
	licenseProperties = append([]string{"dc:rights", "dct:rights", "dcterms:rights"}, licenseRelations...)
)

// elements reads links, badges and the attributes rel, itemprop and property.
func (c *statements) elements() {
	for id := dom.ID(0); id < c.Len() && c.asked < maxCandidates; id++ {
		if c.IsText(id) {
			continue
		}
		tag := c.Tag(id)
		if tag == atom.Meta && !c.Has(id, "itemprop") && !c.Has(id, "property") {
			continue
		}
		if tag == atom.A || tag == atom.Link || tag == atom.Area {
			href := c.unarchived(c.Attr(id, "href"))
			if rel := c.token(id, "rel", licenseRelations); rel != "" {
				c.asked++
				where := "rel=" + rel
				c.add(where, c.covers(id, schema.CoversArticle), c.words(id), href)
				continue
			}
			if tag == atom.A && mayBeLicense(href) && c.token(id, "itemprop", licenseProperties) == "" && c.token(id, "property", licenseProperties) == "" {
				if _, ok := licenses.FromAddress(href); ok || strings.Contains(href, "creativecommons.org/licenses") {
					if c.asked++; c.denied(id) {
						continue
					}
					c.add(licenses.WhereLink, c.covers(id, schema.CoversUnknown), c.words(id), href)
					continue
				}
			}
		}
		if tag == atom.Img {
			src, alt := c.Attr(id, "src"), c.Attr(id, "alt")
			own := !strings.Contains(src, "creativecommons.org/") && !strings.Contains(src, "licensebuttons.net/")
			if own {
				src = "" // a badge that the site keeps itself is known by its description alone
			}
			if (!own || len(alt) <= maxBadge && licenses.MayName(alt) && licenses.NameAlone(alt)) && c.licenseLink(id) == dom.None {
				c.asked++
				c.add(licenses.WhereBadge, c.covers(id, schema.CoversUnknown), alt, c.unarchived(src))
			}
		}
		for _, attr := range []string{"itemprop", "property"} {
			name := c.token(id, attr, licenseProperties)
			if name == "" {
				continue
			}
			c.asked++
			where := "rdfa " + name
			if attr == "itemprop" {
				where = "microdata " + name
			} else if tag == atom.Meta && name == "license" {
				break // read with the other meta elements
			}
			c.add(where, c.covers(id, schema.CoversArticle), c.content(id), c.target(id))
			break
		}
	}
}

// maxBadge is how long the description of a badge may be, in bytes.
const maxBadge = 200

// denied tells whether the words before a link say that its licence does not hold.
func (c *statements) denied(id dom.ID) bool {
	line, before := c.line(id)
	own, ok := c.Short(id, maxRightsLine)
	return ok && own != "" && licenses.Denies(strings.TrimSuffix(line[:before], own))
}

// token is the first of names that the attribute holds.
func (c *statements) token(id dom.ID, attr string, names []string) string {
	if c.Attr(id, attr) == "" {
		return ""
	}
	for _, name := range names {
		if c.HasToken(id, attr, name) {
			return name
		}
	}
	return ""
}

// mayBeLicense tells quickly whether an address can be that of a licence.
func mayBeLicense(href string) bool {
	return strings.Contains(href, "icen") || strings.Contains(href, "publicdomain/") || strings.Contains(href, "rightsstatements.org/") || strings.Contains(href, "dl-de/") || strings.Contains(href, "nlod")
}

// unarchived takes an archive's address off a link.
func (p *page) unarchived(href string) string {
	if i := strings.LastIndex(href, "http"); i > 0 && strings.Contains(href[:i], "/web/") {
		return href[i:]
	}
	return href
}

// licenseLink is the link around a node that goes to a licence.
func (c *statements) licenseLink(id dom.ID) dom.ID {
	return c.Above(id, func(n dom.ID) bool {
		if c.Tag(n) != atom.A {
			return false
		}
		href := c.Attr(n, "href")
		_, ok := licenses.FromAddress(c.unarchived(href))
		return ok || strings.Contains(href, "creativecommons.org/")
	})
}

// words is the text of a link, else that of its picture.
func (c *statements) words(id dom.ID) string {
	if s, ok := c.Short(id, 300); ok && s != "" {
		return s
	}
	if img := c.FirstTag(id, atom.Img); img != dom.None {
		return dom.Squeeze(c.Attr(img, "alt"))
	}
	return ""
}

func (c *statements) content(id dom.ID) string {
	if s := dom.Squeeze(c.Attr(id, "content")); s != "" {
		return s
	}
	s, _ := c.Short(id, 1000)
	return s
}

func (c *statements) target(id dom.ID) string {
	for _, attr := range []string{"href", "resource", "src"} {
		if s := c.Attr(id, attr); s != "" {
			return c.unarchived(s)
		}
	}
	return ""
}

// meta reads the meta elements of Dublin Core and others.
func (c *statements) meta(m metaTags) {
	for _, key := range []string{
		"dc.rights", "dc.rights.license", "dc.license", "dcterms.license", "dcterms.rights", "dcterms.rights.license", "dc:rights", "dcterms:license", "dcterms:rights",
		"cc:license", "og:license", "article:license", "license", "licence", "rights", "rights-standard", "rights.license", "copyright", "dcterms.rightsholder",
	} {
		for _, v := range m[key] {
			covers := schema.CoversArticle
			if key == "copyright" && licenses.Reserves(v) {
				covers = schema.CoversSite // what templates write on every page
			}
			c.add("meta "+key, covers, v, "")
		}
	}
}

// texts reads licences that the page names without a link, as in "Text: CC
// BY-SA 4.0", notices that all rights are reserved, and the text of licences.
func (c *statements) texts() {
	compared := 0
	for id := dom.ID(0); id < c.Len() && c.asked < maxCandidates; id++ {
		if !c.IsText(id) {
			if compared < maxLegal && c.Nodes[id].Class != "" && c.named(id, licenseWords) {
				s, ok := c.Short(id, 8000)
				if !ok || len(s) < licenses.MinLegalText {
					continue
				}
				compared++
				if licenses.IsLegalText(s) {
					c.add(licenses.WhereText, c.covers(id, schema.CoversUnknown), s, "")
					id = c.End(id) - 1
				}
			}
			continue
		}
		s := c.Nodes[id].Raw.Data
		if len(s) > 2000 || c.Parent(id) == dom.None || dom.Unseen(c.Tag(c.Parent(id))) || dom.IsTag(c.Tag(c.Parent(id)), atom.Option, atom.Button, atom.Textarea) {
			continue // not shown, or what a form offers
		}
		if len(s) >= 10 && len(s) <= maxNotice && licenses.MayReserve(s) && licenses.Reserves(s) {
			c.asked++
			c.add(licenses.WhereText, c.covers(id, schema.CoversSite), s, "")
			continue
		}
		if !licenses.MayName(s) {
			continue
		}
		names := licenses.Names(s)
		if len(names) == 0 || c.licenseLink(id) != dom.None {
			continue
		}
		c.asked++
		covers := c.covers(id, schema.CoversUnknown)
		for _, n := range names {
			if licenses.Denies(s[:n.Start]) {
				continue
			}
			// A name without version may be about anything, but for a line that licenses.
			if !n.Versioned && covers == schema.CoversUnknown && !licensing(s[:n.Start]) && !c.noticeAround(id) {
				continue
			}
			c.add(licenses.WhereText, covers, s[n.Start:n.End], "")
		}
	}
}

// maxNotice is the length, in bytes, of a line that may reserve all rights: what is
// longer is prose about it.
const maxNotice = 600

// maxLegal is how many elements are compared with the texts of licences.
const maxLegal = 16

// licenseWords are words of class names of parts that state a licence.
var licenseWords = dom.NewNames(`license licence lizenz copyright copyleft colophon impressum rights credits legal licensing`)

// noticeAround tells whether a node stands in a part that states a licence.
func (c *statements) noticeAround(id dom.ID) bool {
	return c.Above(id, func(n dom.ID) bool { return c.named(n, licenseWords) }) != dom.None
}

// licensing tells whether words before a name say that something is licensed.
func licensing(before string) bool {
	before = strings.ToLower(before)
	for _, w := range []string{"licen", "lizenz", "bedingungen", "terms of", "under a ", "sous ", "bajo ", "copyleft", "©", "(c)"} {
		if strings.Contains(before, w) {
			return true
		}
	}
	return false
}

// graph reads JSON-LD: every object with what it is about.
func (c *statements) graph() {
	for _, v := range c.data.Objects {
		c.object(v, schema.CoversUnknown, 0)
	}
}

// maxNesting bounds the objects in objects that are read.
const maxNesting = 16

// linkedKeys are members of JSON-LD that say something of a licence, without
// the vocabulary before them.
var linkedKeys = map[string]bool{"license": true, "licence": true, "rights": true, "usageInfo": true, "acquireLicensePage": true, "copyrightNotice": true, "conditionsOfAccess": true}

// parts are members of JSON-LD whose objects are something else than the object.
var parts = map[string]string{
	"isPartOf": schema.CoversSite, "publisher": schema.CoversSite, "publication": schema.CoversSite, "sourceOrganization": schema.CoversSite,
	"image": schema.CoversImage, "thumbnail": schema.CoversImage, "primaryImageOfPage": schema.CoversImage, "logo": schema.CoversImage, "associatedMedia": schema.CoversImage, "video": schema.CoversImage, "audio": schema.CoversImage, "encoding": schema.CoversImage,
	"comment": schema.CoversComments, "acceptedAnswer": schema.CoversComments, "suggestedAnswer": schema.CoversComments,
	"about": schema.CoversWidget, "mentions": schema.CoversWidget, "citation": schema.CoversWidget, "isBasedOn": schema.CoversWidget, "itemListElement": schema.CoversWidget, "hasPart": schema.CoversWidget, "workExample": schema.CoversWidget, "subjectOf": schema.CoversWidget,
}

func (c *statements) object(v *jsonld.Value, covers string, depth int) {
	if v == nil || v.Kind != jsonld.Object || depth > maxNesting {
		return
	}
	switch kind := kindOf(v.Types()); {
	case covers == schema.CoversWidget: // what is only mentioned stays so, whatever it is
	case v == c.posting():
		covers = schema.CoversArticle
	case kind == schema.CoversArticle && c.elsewhere(v):
		covers = schema.CoversWidget
	case kind == schema.CoversArticle && depth > 0:
	case kind != "":
		covers = kind
	}
	for i, key := range v.Keys {
		item := v.Items[i]
		if at := strings.LastIndexAny(key, "/#:"); at >= 0 {
			key = key[at+1:]
		}
		if linkedKeys[key] {
			for _, one := range item.All() {
				address := ""
				if one.Kind == jsonld.Object || !strings.Contains(one.String(), " ") {
					address = one.URL()
				}
				raw := one.String()
				c.add("json-ld "+key, covers, raw, webOnly(address))
			}
			continue
		}
		if key == "@graph" {
			continue // its objects stand in the list themselves
		}
		within := covers
		if part, ok := parts[key]; ok && covers != schema.CoversWidget {
			within = part
		}
		for _, one := range item.All() {
			if one.Kind == jsonld.Object && !c.top(one) {
				c.object(one, within, depth+1)
			}
		}
	}
}

// top tells whether an object is only the name of another one.
func (c *statements) top(v *jsonld.Value) bool { return len(v.Keys) == 1 && v.Keys[0] == "@id" }

// elsewhere tells whether an object of an article's type is another article: one
// with an address of its own.
func (c *statements) elsewhere(v *jsonld.Value) bool {
	own := v.Get("url").URL()
	return own != "" && c.posting() != nil && own != c.posting().Get("url").URL() && own != c.address && own != c.url
}

func webOnly(address string) string {
	if strings.HasPrefix(address, "http") || strings.HasPrefix(address, "//") {
		return address
	}
	return ""
}

// kindOf is what an object of these types of schema.org is, "" for unknown.
func kindOf(types []string) string {
	for _, t := range types {
		switch t {
		case "WebSite", "Organization", "NewsMediaOrganization", "Corporation", "Person", "Periodical", "Blog", "PublicationIssue", "Newspaper":
			return schema.CoversSite
		case "ImageObject", "Photograph", "VideoObject", "AudioObject", "MediaObject", "ImageGallery", "MusicRecording", "Map":
			return schema.CoversImage
		case "Comment", "UserComments", "Answer":
			return schema.CoversComments
		case "Dataset", "DataDownload", "SoftwareApplication", "SoftwareSourceCode", "Product", "WPAdBlock", "WPSideBar", "Quotation":
			return schema.CoversWidget
		case "WebPage", "ItemPage", "AboutPage", "CollectionPage":
			return schema.CoversArticle
		}
		for _, a := range articleTypes {
			if t == a {
				return schema.CoversArticle
			}
		}
	}
	return ""
}
