package datasheets

import (
	"bytes"
	"fmt"
	"strings"

	"corpus/datasheets/questions"
)

// missingForCFF names what CITATION.cff cannot do without and is not declared.
func missingForCFF(m *Model) []string {
	if len(m.citation().Creators) == 0 {
		return []string{"citation.creators"}
	}
	return nil
}

// CFF is CITATION.cff, Citation File Format 1.2.0. Its licence is that of the
// compilation, where it is one of the list of that format; the texts' licences
// are many, and a list there would mean a choice between them.
func CFF(m *Model) []byte {
	c := m.citation()
	var b bytes.Buffer
	b.WriteString("cff-version: 1.2.0\nmessage: If you use this corpus, please cite it as below.\ntype: dataset\n")
	fmt.Fprintf(&b, "title: %s\nversion: %s\nabstract: %s\nauthors:\n", quote(m.title()), quote(m.Version), quote(m.description()))
	for i := range c.Creators {
		p := &c.Creators[i]
		dash := "- "
		field := func(key, value string) {
			if value != "" {
				fmt.Fprintf(&b, "%s%s: %s\n", dash, key, quote(value))
				dash = "  "
			}
		}
		if p.Person() {
			field("family-names", p.Family)
			field("given-names", p.Given)
			if p.ORCID != "" {
				field("orcid", "https://orcid.org/"+p.ORCID)
			}
			field("affiliation", p.Affiliation)
			continue
		}
		field("name", p.Name)
		field("website", p.ROR)
	}
	if c.Released != "" {
		fmt.Fprintf(&b, "date-released: %s\n", quote(c.Released))
	}
	if c.DOI != "" {
		fmt.Fprintf(&b, "doi: %s\n", quote(c.DOI))
	}
	if c.URL != "" {
		fmt.Fprintf(&b, "url: %s\n", quote(c.URL))
	}
	if u := licenseURL(c.License); u != "" {
		fmt.Fprintf(&b, "license-url: %s\n", quote(u))
	}
	if words := m.keywords(); len(words) > 0 {
		b.WriteString("keywords:\n")
		for _, w := range words {
			fmt.Fprintf(&b, "- %s\n", quote(w))
		}
	}
	return b.Bytes()
}

// citeAs is the citation as people write it: creators (year): title. Version.
// Publisher. Address, after DataCite.
func citeAs(m *Model) string {
	c := m.citation()
	names := make([]string, len(c.Creators))
	for i := range c.Creators {
		names[i] = creatorName(&c.Creators[i])
	}
	s := strings.Join(names, "; ")
	if c.Released != "" {
		s += " (" + c.Released[:4] + ")"
	}
	s += ": " + m.title() + ". Version " + m.Version + "."
	if c.Publisher != "" {
		s += " " + c.Publisher + "."
	}
	if id := m.identifier(); id != "" {
		s += " " + id
	}
	return s
}

// creatorName is "Family, Given", or the name of an organization.
func creatorName(p *questions.Party) string {
	if p.Person() && p.Given != "" {
		return p.Family + ", " + p.Given
	}
	return p.Display()
}
