package licenses

import (
	"strings"
)

// CC is a licence or public domain tool of Creative Commons, taken apart.
type CC struct {
	ID            string // SPDX id or LicenseRef-CC-…
	Version       string // "4.0"; "" for none
	Port          string // "DE", "IGO"; "" for the international one
	PublicDomain  bool   // CC0, the public domain mark and the old dedication
	Attribution   bool   // BY
	NonCommercial bool   // NC
	NoDerivatives bool   // ND
	ShareAlike    bool   // SA
}

// ParseCC takes the identifier of a Creative Commons licence apart, one of the
// SPDX list or LicenseRef-CC-….
func ParseCC(id string) (CC, bool) {
	c := CC{ID: id}
	name := strings.ToUpper(strings.TrimPrefix(id, "LicenseRef-"))
	switch name {
	case "CC0-1.0":
		c.PublicDomain, c.Version = true, "1.0"
		return c, true
	case "CC-PDM-1.0":
		c.PublicDomain, c.Version = true, "1.0"
		return c, true
	case "CC-PDDC":
		c.PublicDomain = true
		return c, true
	}
	rest, ok := strings.CutPrefix(name, "CC-")
	if !ok {
		return CC{}, false
	}
	elements := 0
	parts := strings.Split(rest, "-")
	for i, p := range parts {
		switch {
		case p == "BY":
			c.Attribution = true
		case p == "NC":
			c.NonCommercial = true
		case p == "ND":
			c.NoDerivatives = true
		case p == "SA":
			c.ShareAlike = true
		case elements > 0 && ccVersion.MatchString(p):
			c.Version, c.Port = p, strings.Join(parts[i+1:], "-")
			return c, true
		default:
			return CC{}, false
		}
		elements++
	}
	return CC{}, false // a licence without version is none
}

// Code is the code of the licence without version, such as BY-NC-SA.
func (c CC) Code() string {
	var parts []string
	for _, e := range []struct {
		name string
		has  bool
	}{{"BY", c.Attribution}, {"NC", c.NonCommercial}, {"ND", c.NoDerivatives}, {"SA", c.ShareAlike}} {
		if e.has {
			parts = append(parts, e.name)
		}
	}
	return strings.Join(parts, "-")
}
