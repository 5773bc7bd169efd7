package config

import (
	"strings"
	"testing"

	"corpus/licenses"
)

const policyHead = "corpus: odd\nversion: 0.1.0\nsources: [{id: blog, inputs: [a]}]\npolicy:\n"

func TestPolicyMistakes(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"default", "  default: open\n", `5:12: policy.default: "open" is not known: expected full, gated, standoff, excluded`},
		{"no tier", "  rules:\n    - {record: [article]}\n", "policy.rules[0].tier is missing"},
		{"tier", "  rules:\n    - {tier: ful, record: [article]}\n", `did you mean "full"?`},
		{"record", "  rules:\n    - {tier: full, record: [articles]}\n", `did you mean "article"?`},
		{"no list", "  rules:\n    - {tier: full, record: article}\n", "expected a list"},
		{"source", "  rules:\n    - {tier: full, source: [blok]}\n", `did you mean "blog"?`},
		{"family", "  rules:\n    - {tier: full, license: [CC-BYSA-*]}\n", `did you mean "CC-BY-SA-*"?`},
		{"half a family", "  rules:\n    - {tier: full, license: [CC-*]}\n", "matches no licence"},
		{"evidence", "  rules:\n    - {tier: full, license_evidence: [page]}\n", "expected declared, index, record, markup, link, text, conflict, none"},
		{"consent", "  rules:\n    - {tier: full, consent_basis: [ConsentGiven]}\n", `did you mean "dpv:ConsentGiven"`},
		{"basis", "  rules:\n    - {tier: full, gdpr_basis: [A6-1-e]}\n", `did you mean "eu-gdpr:A6-1-e"`},
		{"opt-out", "  rules:\n    - {tier: full, opt_out: [no-ai]}\n", `did you mean "noai"?`},
		{"personal", "  rules:\n    - {tier: full, personal: [some]}\n", "expected none, masked, open, mention, email, phone, ip, account, handle"},
		{"kind of personal data", "  rules:\n    - {tier: full, personal: [phones]}\n", `did you mean "phone"?`},
		{"state", "  rules:\n    - {tier: full, state: [visable]}\n", `did you mean "visible"?`},
		{"key", "  rules:\n    - {tier: full, licence: [MIT]}\n", `did you mean "license"?`},
		{"empty condition", "  rules:\n    - {tier: full, license: []}\n", "the list is empty"},
		{"never", "  rules:\n    - {tier: full}\n    - {tier: gated, record: [comment]}\n", "7:8: policy.rules[1]: it can never hold: rule 1 before it has no condition"},
		{"twice", "  rules:\n    - {name: a, tier: full, record: [comment]}\n    - {name: a, tier: full, record: [article]}\n", `rule 1 has the name "a" already`},
	} {
		_, err := Parse([]byte(policyHead+c.text), "corpus.yaml")
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
}

func TestPolicyIsRead(t *testing.T) {
	c, err := Parse([]byte(policyHead+"  default: excluded\n  rules:\n    - {tier: full, license: [CC-BY-*, NOASSERTION, LicenseRef-x-*], opt_out: [none], gdpr_basis: [none], state: [present]}\n"), "corpus.yaml")
	if err != nil {
		t.Fatal(err)
	}
	p := c.TierPolicy()
	f := licenses.Facts{Record: licenses.RecordArticle, Source: "blog", State: "present", License: "CC-BY-3.0", Personal: licenses.PersonalNone}
	if d := p.Decide(f); d.Tier != "full" || d.Rule != 0 {
		t.Errorf("%+v", d)
	}
	f.OptOut = []string{"noai"}
	if d := p.Decide(f); d.Tier != "excluded" || d.Rule != -1 {
		t.Errorf("%+v", d)
	}
	without, err := Parse([]byte("corpus: odd\nversion: 0.1.0\nsources: [{id: blog, inputs: [a]}]\n"), "corpus.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if d := without.TierPolicy().Decide(f); d.Tier != "standoff" {
		t.Errorf("without a policy: %+v", d)
	}
	if c.Digest() == without.Digest() {
		t.Error("the policy is no part of the configuration's digest, though it decides on bytes")
	}
}

// Words where a closed value belongs are an error with its place and a hint.
func TestGrounds(t *testing.T) {
	head := "corpus: odd\nversion: 0.1.0\nsources:\n  - id: blog\n    inputs: [a]\n"
	for _, c := range []struct{ text, want string }{
		{"    consent: {consent_basis: notice below the form}\n", `6:30: sources[0].consent.consent_basis: "notice below the form" is not known; words belong into the key with _evidence`},
		{"    consent: {gdpr_basis: A6-1-e}\n", `did you mean "eu-gdpr:A6-1-e" (Art. 6(1)(e): public interest or official authority)?`},
		{"    consent: {art9_ground: eu-gdpr:A9-2-k}\n", "did you mean"},
		{"    consent: {art14: notice}\n", "expected eu-gdpr:A13, eu-gdpr:A14"},
		{"    consent: {gdpr_evidence: a letter}\n", "evidence of what? sources[0].consent.gdpr_basis is missing"},
		{"    rights: {tdm_basis: law}\n", "expected dsm-art3, dsm-art4"},
		{"    rights: {allowed_uses: [research]}\n", `did you mean "DUO:0000042" (GRU: general research use)?`},
		{"    rights: {license: MIT, license_rule: pages}\n", `did you mean "page"?`},
	} {
		_, err := Parse([]byte(head+c.text), "corpus.yaml")
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.text, err, c.want)
		}
	}
}
