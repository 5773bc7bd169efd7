package licenses

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/github/go-spdx/v2/spdxexp"
)

// maxAddress bounds an address that is looked at, in bytes.
const maxAddress = 2048

// known are addresses of licences other than those of Creative Commons: host
// without www. and path without slash at the end, in lower case. An address
// matches where it is one of them, or goes on behind one with a slash or point.
// Addresses that leave the version open give a reference that does so too.
var known = map[string]string{
	"opendatacommons.org/licenses/odbl": "ODbL-1.0",
	"opendatacommons.org/licenses/by":   "ODC-By-1.0",
	"opendatacommons.org/licenses/pddl": "PDDL-1.0",

	"nationalarchives.gov.uk/doc/open-government-licence":           "LicenseRef-OGL-UK",
	"nationalarchives.gov.uk/doc/open-government-licence/version/1": "OGL-UK-1.0",
	"nationalarchives.gov.uk/doc/open-government-licence/version/2": "OGL-UK-2.0",
	"nationalarchives.gov.uk/doc/open-government-licence/version/3": "OGL-UK-3.0",
	"open.canada.ca/en/open-government-licence-canada":              "OGL-Canada-2.0",
	"ouvert.canada.ca/fr/licence-du-gouvernement-ouvert-canada":     "OGL-Canada-2.0",

	"etalab.gouv.fr/licence-ouverte-open-licence":          "LicenseRef-etalab",
	"github.com/etalab/licence-ouverte/blob/master/lo.md":  "etalab-2.0",
	"govdata.de/dl-de/by-1-0":                              "LicenseRef-DL-DE-BY-1.0",
	"govdata.de/dl-de/by-2-0":                              "DL-DE-BY-2.0",
	"govdata.de/dl-de/zero-2-0":                            "DL-DE-ZERO-2.0",
	"data.norge.no/nlod/en/1.0":                            "NLOD-1.0",
	"data.norge.no/nlod/no/1.0":                            "NLOD-1.0",
	"data.norge.no/nlod/en/2.0":                            "NLOD-2.0",
	"data.norge.no/nlod/no/2.0":                            "NLOD-2.0",
	"cdla.dev/permissive-1-0":                              "CDLA-Permissive-1.0",
	"cdla.dev/permissive-2-0":                              "CDLA-Permissive-2.0",
	"cdla.dev/sharing-1-0":                                 "CDLA-Sharing-1.0",
	"artlibre.org/licence/lal":                             "LicenseRef-LAL",
	"gnu.org/copyleft/fdl":                                 "LicenseRef-GFDL",
	"gnu.org/licenses/fdl":                                 "LicenseRef-GFDL",
	"gnu.org/licenses/fdl-1.1":                             "GFDL-1.1-only",
	"gnu.org/licenses/fdl-1.2":                             "GFDL-1.2-only",
	"gnu.org/licenses/fdl-1.3":                             "GFDL-1.3-only",
	"gnu.org/licenses/old-licenses/fdl-1.1":                "GFDL-1.1-only",
	"gnu.org/licenses/old-licenses/fdl-1.2":                "GFDL-1.2-only",
	"gnu.org/licenses/gpl-3.0":                             "GPL-3.0-only",
	"gnu.org/licenses/old-licenses/gpl-2.0":                "GPL-2.0-only",
	"apache.org/licenses/license-2.0":                      "Apache-2.0",
	"unlicense.org":                                        "Unlicense",
	"opencontent.org/openpub":                              "OPUBL-1.0",
	"wikipedia.org/wiki/gnu_free_documentation_license":    "LicenseRef-GFDL",
	"en.wikipedia.org/wiki/gnu_free_documentation_license": "LicenseRef-GFDL",
}

// rightsStatements are the statements of rightsstatements.org 1.0. They tell of
// a status, not of a permission, and the SPDX list has none of them.
var rightsStatements = map[string]string{
	"inc": "InC", "inc-ow-eu": "InC-OW-EU", "inc-edu": "InC-EDU", "inc-nc": "InC-NC", "inc-ruu": "InC-RUU",
	"noc-cr": "NoC-CR", "noc-nc": "NoC-NC", "noc-oklr": "NoC-OKLR", "noc-us": "NoC-US", "cne": "CNE", "und": "UND", "nkc": "NKC",
}

// FromAddress gives the SPDX expression of a licence by any address that is
// known to stand for it: that of its text, its deed or, for Creative Commons, its
// badge. A Creative Commons address without version gives LicenseRef-CC-BY-SA
// and the like, which means "some version", and a statement of
// rightsstatements.org LicenseRef-RightsStatements-InC-1.0 and the like.
func FromAddress(address string) (spdx string, ok bool) {
	if len(address) > maxAddress {
		return "", false
	}
	address = unarchived(strings.TrimSpace(address))
	if spdx, ok := FromURL(address); ok {
		return spdx, true
	}
	if strings.HasPrefix(address, "//") {
		address = "https:" + address
	}
	u, err := url.Parse(address)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") {
		return "", false
	}
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	path := strings.ToLower(strings.Trim(u.Path, "/"))
	parts := strings.Split(path, "/")
	switch host {
	case "creativecommons.org", "i.creativecommons.org", "licensebuttons.net", "mirrors.creativecommons.org":
		return fromBadge(parts)
	case "rightsstatements.org":
		if len(parts) >= 3 && (parts[0] == "vocab" || parts[0] == "page") && parts[2] == "1.0" {
			if name, ok := rightsStatements[parts[1]]; ok {
				return "LicenseRef-RightsStatements-" + name + "-1.0", true
			}
		}
		return "", false
	case "spdx.org":
		if len(parts) == 2 && parts[0] == "licenses" {
			return listed(strings.TrimSuffix(lastPart(u.Path), ".html"))
		}
		return "", false
	case "opensource.org":
		if len(parts) == 2 && (parts[0] == "licenses" || parts[0] == "license") {
			return listed(strings.TrimSuffix(lastPart(u.Path), ".php"))
		}
		return "", false
	}
	for at := host + "/" + path; ; {
		if spdx, ok := known[strings.TrimSuffix(at, "/")]; ok {
			return spdx, true
		}
		cut := strings.LastIndexAny(at, "/.")
		if cut < len(host) {
			return "", false
		}
		at = at[:cut]
	}
}

// listed is a licence of the SPDX list, in its spelling.
func listed(id string) (string, bool) {
	if ok, normal := spdxexp.ActiveLicense(id); ok {
		return normal, true
	}
	return "", false
}

func lastPart(path string) string {
	path = strings.Trim(path, "/")
	return path[strings.LastIndexByte(path, '/')+1:]
}

var picture = regexp.MustCompile(`\.(png|gif|jpe?g|svg)$`)

// fromBadge reads the path of a badge, such as l/by-sa/3.0/de/88x31.png, or of a
// deed that names no version.
func fromBadge(parts []string) (string, bool) {
	for i, p := range parts {
		switch p {
		case "l", "p", "licenses", "publicdomain":
		default:
			continue
		}
		rest := parts[i+1:]
		if n := len(rest); n > 0 && picture.MatchString(rest[n-1]) {
			rest = rest[:n-1]
		}
		switch {
		case len(rest) == 0:
			return "", false
		case rest[0] == "zero":
			return "CC0-1.0", true
		case rest[0] == "mark":
			return "CC-PDM-1.0", true
		case rest[0] == "publicdomain":
			return "CC-PDDC", true
		case len(rest) == 1:
			return unversioned(rest[0])
		}
		return ccLicense(rest)
	}
	return "", false
}

// unversioned is the reference to a Creative Commons licence of some version.
func unversioned(code string) (string, bool) {
	name, ok := ccCodes[code]
	if !ok || !strings.HasPrefix(name, "BY") {
		return "", false
	}
	return "LicenseRef-CC-" + name, true
}

// unarchived takes the address of an archive off the address that it archived.
func unarchived(address string) string {
	if i := strings.LastIndex(address, "http"); i > 0 && strings.Contains(address[:i], "/web/") {
		return address[i:]
	}
	return address
}
