package licenses

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// docs/rights.md lists every value of the vocabularies, condition and cap.
func TestRightsAreDocumented(t *testing.T) {
	data, err := os.ReadFile("../docs/rights.md")
	if err != nil {
		t.Fatal(err)
	}
	page := string(data)
	for _, terms := range [][]Term{ConsentBases(), GDPRBases(), Art9Grounds(), Art14Answers(), TDMBases(), Uses()} {
		for _, term := range terms {
			if line := fmt.Sprintf("| `%s` | %s |", term.ID, term.Label); !strings.Contains(page, line) {
				t.Errorf("docs/rights.md lacks %s", line)
			}
		}
	}
	for _, list := range [][]string{SignalKinds(), EvidenceKinds(), PersonalClasses(), PersonalKinds(), Rules(), Tiers()} {
		for _, value := range list {
			if !strings.Contains(page, "`"+value+"`") {
				t.Errorf("docs/rights.md lacks `%s`", value)
			}
		}
	}
	if !strings.Contains(page, "A pseudonymized corpus is still personal data") {
		t.Error("docs/rights.md does not say that a pseudonymized corpus is still personal data")
	}
}

func TestTerms(t *testing.T) {
	seen := map[string]string{}
	for name, terms := range map[string][]Term{"consent": ConsentBases(), "gdpr": GDPRBases(), "art9": Art9Grounds(), "art14": Art14Answers(), "tdm": TDMBases(), "uses": Uses()} {
		for _, term := range terms {
			if first := seen[term.ID]; first != "" && term.ID != NotApplicable {
				t.Errorf("%s is in %s and %s", term.ID, first, name)
			}
			seen[term.ID] = name
			if !Known(terms, term.ID) || term.Label == "" {
				t.Errorf("%+v", term)
			}
		}
	}
	for _, c := range []struct {
		terms    []Term
		in, want string
	}{
		{GDPRBases(), "Art. 6(1)(e), research of a public university", "eu-gdpr:A6-1-e"},
		{GDPRBases(), "A6-1-f", "eu-gdpr:A6-1-f"},
		{GDPRBases(), "art. 6 (1) (f)", "eu-gdpr:A6-1-f"},
		{Art9Grounds(), "Art. 9(2)(j)", "eu-gdpr:A9-2-j"},
		{Uses(), "GRU", "DUO:0000042"},
		{Uses(), "research", "DUO:0000042"},
		{Uses(), "0000046", "DUO:0000046"},
		{ConsentBases(), "ConsentGiven", "dpv:ConsentGiven"},
		{ConsentBases(), "none; public comments", "not-consent-based"},
		{TDMBases(), "DSM Art 3", "dsm-art3"},
		{TDMBases(), "because", ""},
		{GDPRBases(), "", ""},
	} {
		if got := Meant(c.terms, c.in); got != c.want {
			t.Errorf("%q means %q, want %q", c.in, got, c.want)
		}
	}
	for _, basis := range ConsentBases() {
		if ConsentGiven(basis.ID) && ConsentDenied(basis.ID) {
			t.Errorf("%s is given and denied", basis.ID)
		}
	}
}
