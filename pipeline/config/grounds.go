package config

import (
	"fmt"
	"strings"

	"corpus/licenses"
)

// checkGrounds checks what a source declares of rights and persons: closed
// values, and evidence only beside the value that it is of.
func (s *Source) checkGrounds(d *decoder, path string) {
	d.term(path+".rights.tdm_basis", s.Rights.TDMBasis, licenses.TDMBases())
	for i, use := range s.Rights.AllowedUses {
		d.term(fmt.Sprintf("%s.rights.allowed_uses[%d]", path, i), use, licenses.Uses())
	}
	consent := path + ".consent."
	d.term(consent+"consent_basis", s.Consent.ConsentBasis, licenses.ConsentBases())
	d.term(consent+"gdpr_basis", s.Consent.GDPRBasis, licenses.GDPRBases())
	d.term(consent+"art9_ground", s.Consent.Art9Ground, licenses.Art9Grounds())
	d.term(consent+"art14", s.Consent.Art14, licenses.Art14Answers())
	for _, pair := range [][2]string{
		{path + ".rights.tdm_evidence", path + ".rights.tdm_basis"}, {consent + "consent_evidence", consent + "consent_basis"}, {consent + "gdpr_evidence", consent + "gdpr_basis"},
		{consent + "art9_evidence", consent + "art9_ground"}, {consent + "art14_evidence", consent + "art14"},
	} {
		if d.usable(pair[0]) && !d.given(pair[1]) {
			d.failAt(pair[0], "%s: evidence of what? %s is missing", pair[0], pair[1])
		}
	}
}

// term checks a value of a closed vocabulary.
func (d *decoder) term(path, value string, terms []licenses.Term) {
	if !d.usable(path) || licenses.Known(terms, value) {
		return
	}
	ids := make([]string, len(terms))
	for i, t := range terms {
		ids[i] = t.ID
	}
	hint := didYouMean(value, ids)
	if meant := licenses.Meant(terms, value); meant != "" {
		hint = fmt.Sprintf(", did you mean %q (%s)?", meant, licenses.Label(meant))
	}
	words := ""
	if strings.Contains(value, " ") {
		words = "; words belong into the key with _evidence"
	}
	d.failAt(path, "%s: %q is not known%s: expected %s%s", path, clip(value), words, strings.Join(ids, ", "), hint)
}

// checkTerms checks the conditions of a policy over these values.
func (d *decoder) checkTerms(path string, list []string, terms []licenses.Term) {
	for i, v := range list {
		if v != licenses.None {
			d.term(fmt.Sprintf("%s[%d]", path, i), v, terms)
		}
	}
}
