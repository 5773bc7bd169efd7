package licenses

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/github/go-spdx/v2/spdxexp"
)

// Codes of the Creative Commons licences as their addresses spell them, with
// the order of the elements that SPDX uses.
var ccCodes = map[string]string{
	"by": "BY", "by-nc": "BY-NC", "by-nc-nd": "BY-NC-ND", "by-nd-nc": "BY-NC-ND",
	"by-nc-sa": "BY-NC-SA", "by-nd": "BY-ND", "by-sa": "BY-SA",
	"sa": "SA", "nc": "NC", "nd": "ND", "nc-sa": "NC-SA", "nd-nc": "NC-ND", "nc-nd": "NC-ND",
}

var (
	ccVersion      = regexp.MustCompile(`^(1\.0|2\.[015]|3\.0|4\.0)$`) // those that were published
	ccJurisdiction = regexp.MustCompile(`^([a-z]{2}|igo|scotland)$`)
	ccPage         = regexp.MustCompile(`^(deed|legalcode|rdf)([.-].*)?$`)
	ccName         = regexp.MustCompile(`(?i)^(?:creative commons |cc[ -])(by(?:[ -](?:nc|nd|sa))*) ([1-9]\.[0-9])(?: (?:international|unported|generic))?$`)
	ccZeroName     = regexp.MustCompile(`(?i)^cc[ -]?0(?: 1\.0)?(?: universal)?$`)
)

// FromURL gives the SPDX expression of a Creative Commons licence or public
// domain page by its address: the listed identifier, else LicenseRef-CC-… for
// the ports that the SPDX list lacks. It is false for any other address, and
// for one that names no version, since that is not one licence.
func FromURL(address string) (spdx string, ok bool) {
	if len(address) > 2048 {
		return "", false
	}
	address = strings.TrimSpace(address)
	if strings.HasPrefix(address, "//") {
		address = "https:" + address
	}
	u, err := url.Parse(address)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") {
		return "", false
	}
	if host := strings.ToLower(u.Hostname()); host != "creativecommons.org" && host != "www.creativecommons.org" {
		return "", false
	}
	parts := strings.FieldsFunc(strings.ToLower(u.Path), func(r rune) bool { return r == '/' })
	if n := len(parts); n > 0 && ccPage.MatchString(parts[n-1]) {
		parts = parts[:n-1]
	}
	if len(parts) < 2 {
		return "", false
	}
	switch kind, rest := parts[0], parts[1:]; kind {
	case "publicdomain":
		return publicDomain(rest)
	case "licenses":
		if len(rest) == 1 && rest[0] == "publicdomain" {
			return "CC-PDDC", true
		}
		return ccLicense(rest)
	}
	return "", false
}

// publicDomain reads "zero/1.0" and "mark/1.0"; both have one version and no ports.
func publicDomain(parts []string) (string, bool) {
	if len(parts) > 2 || len(parts) == 2 && parts[1] != "1.0" {
		return "", false
	}
	switch parts[0] {
	case "zero":
		return "CC0-1.0", true
	case "mark":
		return "CC-PDM-1.0", true
	}
	return "", false
}

// ccLicense reads "by-sa/3.0" and "by-sa/3.0/de".
func ccLicense(parts []string) (string, bool) {
	if len(parts) < 2 || len(parts) > 3 || !ccVersion.MatchString(parts[1]) {
		return "", false
	}
	code, ok := ccCodes[parts[0]]
	switch {
	case !ok:
		return "", false
	case !strings.HasPrefix(code, "BY") && parts[1] != "1.0" && parts[1] != "2.0": // later ones all ask for attribution
		return "", false
	case parts[1] == "4.0" && len(parts) == 3: // has no ports
		return "", false
	}
	id := "CC-" + code + "-" + parts[1]
	if len(parts) == 3 {
		if !ccJurisdiction.MatchString(parts[2]) {
			return "", false
		}
		id += "-" + strings.ToUpper(parts[2])
	}
	if listed, normal := spdxexp.ActiveLicense(id); listed {
		return normal, true
	}
	return "LicenseRef-" + id, true
}

// FromName gives the SPDX expression of a Creative Commons licence by the short
// name that its own pages use, such as "CC BY-SA 4.0". A name without version
// is not one licence.
func FromName(name string) (spdx string, ok bool) {
	if len(name) > 128 {
		return "", false
	}
	name = strings.Join(strings.Fields(name), " ")
	if ccZeroName.MatchString(name) {
		return "CC0-1.0", true
	}
	m := ccName.FindStringSubmatch(name)
	if m == nil {
		return "", false
	}
	code := strings.ReplaceAll(strings.ToLower(m[1]), " ", "-")
	return ccLicense([]string{code, m[2]})
}
