package config

import (
	"fmt"
	"slices"
	"strings"

	"corpus/licenses"
	"corpus/schema"
)

// TierPolicy is the policy that gives every record its tier: an empty one, by
// which everything is standoff, where the configuration states none.
func (c *Config) TierPolicy() *licenses.Policy {
	if c.Policy == nil {
		return &licenses.Policy{}
	}
	return c.Policy
}

// checkPolicy checks the rules of the policy.
func (c *Config) checkPolicy(d *decoder) {
	p := c.Policy
	if p == nil {
		return
	}
	d.oneOf("policy.default", p.Default, licenses.Tiers()...)
	var ids []string
	for i := range c.Sources {
		ids = append(ids, c.Sources[i].ID)
	}
	names := map[string]int{}
	always := -1
	for i := range p.Rules {
		r, path := &p.Rules[i], fmt.Sprintf("policy.rules[%d]", i)
		if !d.given(path) {
			continue
		}
		d.require(path, "tier", strings.Join(licenses.Tiers(), ", "))
		d.oneOf(path+".tier", r.Tier, licenses.Tiers()...)
		if first, ok := names[r.Name]; ok && r.Name != "" && d.usable(path+".name") {
			d.failAt(path+".name", "%s.name: rule %d has the name %q already", path, first+1, clip(r.Name))
		}
		names[r.Name] = i
		d.listOf(path+".record", r.Record, licenses.RecordArticle, licenses.RecordComment)
		d.listOf(path+".source", r.Source, ids...)
		d.listOf(path+".license_evidence", r.LicenseEvidence, licenses.EvidenceKinds()...)
		d.checkTerms(path+".consent_basis", r.ConsentBasis, licenses.ConsentBases())
		d.checkTerms(path+".gdpr_basis", r.GDPRBasis, licenses.GDPRBases())
		d.checkTerms(path+".tdm_basis", r.TDMBasis, licenses.TDMBases())
		d.listOf(path+".opt_out", r.OptOut, append([]string{licenses.Any, licenses.None}, licenses.SignalKinds()...)...)
		d.listOf(path+".personal", r.Personal, append(licenses.PersonalClasses(), licenses.PersonalKinds()...)...)
		d.listOf(path+".state", r.State, states()...)
		for j, pattern := range r.License {
			if at := fmt.Sprintf("%s.license[%d]", path, j); d.usable(at) && !licenses.ValidPattern(pattern) {
				d.failAt(at, "%s: %q matches no licence: expected an SPDX identifier such as CC-BY-4.0, a family of versions such as CC-BY-*, LicenseRef-…, NOASSERTION, or * for any that is known%s", at, clip(pattern), didYouMean(pattern, licenses.Families()))
			}
		}
		d.filled(path, r)
		switch {
		case always >= 0:
			d.failAt(path, "%s: it can never hold: rule %d before it has no condition and takes every record", path, always+1)
		case r.Always():
			always = i
		}
	}
}

// filled reports conditions that are given as empty lists: they would hold
// always, which nobody means.
func (d *decoder) filled(path string, r *licenses.Rule) {
	for _, c := range []struct {
		key  string
		list []string
	}{
		{"record", r.Record}, {"source", r.Source}, {"license", r.License}, {"license_evidence", r.LicenseEvidence}, {"consent_basis", r.ConsentBasis},
		{"gdpr_basis", r.GDPRBasis}, {"tdm_basis", r.TDMBasis}, {"opt_out", r.OptOut}, {"personal", r.Personal}, {"state", r.State},
	} {
		if at := path + "." + c.key; d.usable(at) && len(c.list) == 0 {
			d.failAt(at, "%s: the list is empty: leave the key out, or name what has to be there", at)
		}
	}
}

// listOf checks every value of a list.
func (d *decoder) listOf(path string, list []string, allowed ...string) {
	for i, v := range list {
		d.oneOf(fmt.Sprintf("%s[%d]", path, i), v, allowed...)
	}
}

// states are the states of articles and comments.
func states() []string {
	var all []string
	for _, name := range []string{schema.TableArticles, schema.TableComments} {
		t, _ := schema.TableOf(name)
		c, _ := t.Column("state")
		for _, s := range c.Values {
			if !slices.Contains(all, s) {
				all = append(all, s)
			}
		}
	}
	return all
}
