package licenses

import (
	"net/url"
	"slices"
	"strings"

	"corpus/schema"
)

// EvidenceDeclared is the evidence of a licence that corpus.yaml declares.
const EvidenceDeclared = "declared"

// Values of license_rule: what holds where the page and the declaration of its
// source name different licences.
const (
	RuleAgree    = "agree"    // neither: the licence is unknown, the evidence says conflict; the default
	RulePage     = "page"     // what the page states, the declaration is for pages that state nothing
	RuleDeclared = "declared" // what is declared, for all pages
)

// Rules are the values of license_rule.
func Rules() []string { return []string{RuleAgree, RulePage, RuleDeclared} }

// Declared is what a source's declaration says about rights; empty is "nothing".
type Declared struct {
	License         string // SPDX expression of the articles
	LicenseRule     string // one of Rules; empty is RuleAgree
	CommentsLicense string // SPDX expression of the comments
	RightsHolder    string // of the articles
	ConsentBasis    string
	TDMBasis        string
	AllowedUses     []string
}

// Article gives the rights of an article. stated holds what the capture says of
// its licence, as Resolve or a record put it, and its opt-out signals.
//
// What an index states of the one article goes before what is declared for its
// whole source, and so does the licence of a record. Where the page and the
// declaration name different licences, d.LicenseRule decides; a mere notice on the page that all
// rights are reserved gives way to a declaration, which says what was agreed.
// What is left is NOASSERTION, with the address of a statement that could not
// be read.
func Article(stated schema.Rights, statements []Statement, d Declared) schema.Rights {
	r := d.common()
	r.OptOut = stated.OptOut
	r.RightsHolder = optional(d.RightsHolder)
	ofOne(&r, stated)
	declared := r
	known := declare(&declared, EvidenceDeclared, d.License)
	for i := range statements {
		if s := &statements[i]; s.Where == WhereIndex && s.License != nil {
			known = declare(&declared, KindIndex, *s.License)
			declared.LicenseURL = s.URL
			if value(stated.LicenseEvidence) == KindIndex { // the page states nothing
				return declared
			}
		}
	}
	page := r
	page.LicenseURL = statementURL(stated)
	license, read := resolve(stated)
	conflict := strings.HasPrefix(value(stated.LicenseEvidence), EvidenceConflict)
	if read && !conflict {
		page.License = license
	}
	if page.LicenseURL != nil || page.License != schema.LicenseUnknown || conflict {
		page.LicenseEvidence = stated.LicenseEvidence
	}
	if page.License != schema.LicenseUnknown && page.LicenseEvidence == nil {
		evidence := KindRecord
		page.LicenseEvidence = &evidence
	}
	kind := EvidenceKind(value(page.LicenseEvidence))
	switch {
	case !known, d.LicenseRule == RulePage && (page.License != schema.LicenseUnknown || conflict):
		return page
	case d.LicenseRule == RuleDeclared && kind != KindRecord:
		return declared
	case conflict:
		return page
	case page.License == schema.LicenseUnknown, page.License == ReservedRights && kind != KindRecord:
		return declared
	case page.License == declared.License, kind == KindRecord:
		return page
	case sameSomeVersion(page.License, declared.License):
		if moreExact(page.License, declared.License) == declared.License {
			return declared
		}
		return page
	}
	evidence := EvidenceConflict + value(page.LicenseEvidence) + " " + page.License + "; " + value(declared.LicenseEvidence) + " " + declared.License
	r.LicenseURL, r.LicenseEvidence = page.LicenseURL, &evidence
	return r
}

// Comment gives the rights of a comment: what a record states of this one, else
// what is declared for comments, else NOASSERTION, and the opt-out signals of the
// page that it stands on. Nothing that the page states about its article's
// licence reaches it, nor does the holder of the article's rights.
func Comment(stated schema.Rights, d Declared) schema.Rights {
	r := d.common()
	r.OptOut = stated.OptOut
	ofOne(&r, stated)
	if !declare(&r, KindRecord, stated.License) {
		declare(&r, EvidenceDeclared, d.CommentsLicense)
	}
	return r
}

// ofOne enters what is known of the one record: it goes before what is declared
// for all of its source.
func ofOne(r *schema.Rights, stated schema.Rights) {
	if stated.ConsentBasis != nil {
		r.ConsentBasis = stated.ConsentBasis
	}
	if stated.TDMBasis != nil {
		r.TDMBasis = stated.TDMBasis
	}
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
func declare(r *schema.Rights, evidence, license string) bool {
	normal, err := Normalize(license)
	if err != nil || normal == schema.LicenseUnknown {
		return false
	}
	r.License, r.LicenseEvidence = normal, &evidence
	return true
}

// resolve gives the SPDX expression of a statement: an expression, the name or
// the address of a licence. The address is the more exact one.
func resolve(stated schema.Rights) (string, bool) {
	address := value(stated.LicenseURL)
	if _, ok := FromAddress(stated.License); ok && address == "" {
		address = stated.License
	}
	return Read(stated.License, address)
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
