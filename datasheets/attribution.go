package datasheets

import (
	"bytes"
	"fmt"
	"strings"
)

// Attribution is ATTRIBUTION.md: under which rights the records stand, and for
// every article whose licence is known title, authors, source and licence, as
// Creative Commons recommends to name them.
func Attribution(m *Model) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# Attribution of %s %s\n\nEvery record carries its own rights, in the columns license, license_url, license_evidence, rights_holder and tier. The licence of an article never covers its comments. NOASSERTION: nothing is known.\n\n", markdown(m.title()), m.Version)
	if l := m.citation().License; l != "" {
		fmt.Fprintf(&b, "The compilation (ids, numbers, annotations, documentation) is under %s; this does not cover the texts in it.\n\n", markdown(l))
	}
	rights := m.rights()
	rights.markdown(&b)
	b.WriteString("Changes to the texts: brought into blocks and Unicode NFC")
	if m.Privacy != "none" {
		b.WriteString("; names and numbers masked, as the column spans says")
	}
	b.WriteString(".\n\n")
	if m.Release != nil {
		b.WriteString("Named below is whose text this release holds; of the others it holds facts alone. A comment is credited by the page that it stands on and its comment_id, since its author has no name here.\n\n")
	}
	b.WriteString("## Articles with a known licence\n\n")
	switch {
	case m.Credited == 0:
		b.WriteString("None.\n")
	case len(m.Credits) == 0:
		fmt.Fprintf(&b, "They are %d; title, byline, canonical_url, license and license_url of the table articles name each.\n", m.Credited)
	}
	for _, c := range m.Credits {
		title := c.Title
		if title == "" {
			title = "(untitled)"
		}
		fmt.Fprintf(&b, "- “%s”", markdown(title))
		if len(c.Authors) > 0 {
			fmt.Fprintf(&b, " by %s", markdown(strings.Join(c.Authors, ", ")))
		}
		if c.URL != "" {
			fmt.Fprintf(&b, ", %s", link(c.URL))
		}
		fmt.Fprintf(&b, ", %s", markdown(c.License))
		if c.LicenseURL != "" {
			fmt.Fprintf(&b, " (%s)", link(c.LicenseURL))
		}
		fmt.Fprintf(&b, " `%s`\n", c.ArticleID)
	}
	return b.Bytes()
}

// link is an address as an autolink, or as plain text where it would break out
// of one.
func link(address string) string {
	if strings.HasPrefix(address, "http") && !strings.ContainsAny(address, " <>\"\n\t") {
		return "<" + address + ">"
	}
	return markdown(address)
}
