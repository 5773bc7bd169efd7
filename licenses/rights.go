package licenses

import (
	"net/url"
	"slices"
	"strings"

	"corpus/schema"
)

// EvidenceDeclared is the evidence of a licence that corpus.yaml declares.
const EvidenceDeclared = "declared"

// Declared is what a source's declaration says about rights; empty is "nothing".
type Declared struct {
	License         string // SPDX expression of the articles
	CommentsLicense string // SPDX expression of the comments
	RightsHolder    string // of the articles
	ConsentBasis    string
	TDMBasis        string
	AllowedUses     []string
}

// Article gives the rights of an article: the licence that the page or its
// container states, where it is one that SPDX can express, with address and
// evidence; else the declared one; else NOASSERTION, keeping the address of a
// statement that could not be read. stated holds the statement as it was found.
func Article(stated schema.Rights, d Declared) schema.Rights {
	r := d.common()
	r.OptOut = stated.OptOut
	r.RightsHolder = optional(d.RightsHolder)
	statedURL := statementURL(stated)
	if license, ok := resolve(stated); ok {
		r.License = license
		r.LicenseURL = statedURL
		r.LicenseEvidence = stated.LicenseEvidence
		return r
	}
	if declare(&r, d.License) {
		return r
	}
	if statedURL != nil {
		r.LicenseURL = statedURL
		r.LicenseEvidence = stated.LicenseEvidence
	}
	return r
}

// Comment gives the rights of a comment: what is declared for comments, else
// NOASSERTION. Nothing that the page states about its article reaches it, nor
// does the holder of the article's rights.
func Comment(d Declared) schema.Rights {
	r := d.common()
	declare(&r, d.CommentsLicense)
	return r
}

// common are the columns that articles and comments share. Closed by default:
// without a policy nothing but ids, addresses and numbers may leave.
func (d Declared) common() schema.Rights {
	return schema.Rights{
		License:      schema.LicenseUnknown,
		ConsentBasis: optional(d.ConsentBasis),
		TDMBasis:     optional(d.TDMBasis),
		AllowedUses:  slices.Clone(d.AllowedUses),
		Tier:         schema.TierStandoff,
	}
}

// declare enters a declared licence, where there is a valid one.
func declare(r *schema.Rights, license string) bool {
	normal, err := Normalize(license)
	if err != nil || normal == schema.LicenseUnknown {
		return false
	}
	evidence := EvidenceDeclared
	r.License, r.LicenseEvidence = normal, &evidence
	return true
}

// resolve gives the SPDX expression of a statement: an expression, the name or
// the address of a Creative Commons licence. The address is the more exact one.
func resolve(stated schema.Rights) (string, bool) {
	if stated.LicenseURL != nil {
		if id, ok := FromURL(*stated.LicenseURL); ok {
			return id, true
		}
	}
	if id, ok := FromURL(stated.License); ok {
		return id, true
	}
	if id, ok := FromName(stated.License); ok {
		return id, true
	}
	normal, err := Normalize(stated.License)
	return normal, err == nil && normal != schema.LicenseUnknown
}

// statementURL is the web address that a statement gives, or nil.
func statementURL(stated schema.Rights) *string {
	candidates := []string{stated.License}
	if stated.LicenseURL != nil {
		candidates = []string{*stated.LicenseURL, stated.License}
	}
	for _, c := range candidates {
		c = strings.TrimSpace(c)
		if u, err := url.Parse(c); err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.User == nil {
			return &c
		}
	}
	return nil
}

func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
