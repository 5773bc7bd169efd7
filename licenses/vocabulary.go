package licenses

import (
	"strings"
	"unicode"
)

// Term is a value of a closed vocabulary. Those of the W3C Data Privacy
// Vocabulary are written dpv:… (https://w3id.org/dpv#…) and eu-gdpr:…
// (https://w3id.org/dpv/legal/eu/gdpr#…), those of the Data Use Ontology of
// GA4GH DUO:… (http://purl.obolibrary.org/obo/DUO_…); the others are ours.
type Term struct {
	ID    string
	Label string // for people
}

// NotApplicable says that a law does not apply, by the one who declares it.
const NotApplicable = "not-applicable"

// NotConsentBased says that the texts are used on other grounds than consent.
const NotConsentBased = "not-consent-based"

// ConsentBases are the values of consent_basis: the state of the consent of those
// who wrote the texts (DPV, consent status), and how it was expressed (DPV,
// consent types).
func ConsentBases() []Term {
	return []Term{
		{"dpv:ConsentGiven", "consent has been given"},
		{"dpv:RenewedConsentGiven", "consent has been given again"},
		{"dpv:ExplicitlyExpressedConsent", "given, by an act that was about nothing else"},
		{"dpv:ExpressedConsent", "given, by an act that meant it"},
		{"dpv:ImpliedConsent", "implied by another act, after a notice"},
		{"dpv:UninformedConsent", "given without enough information"},
		{"dpv:ConsentRequested", "asked for, not answered yet"},
		{"dpv:ConsentRequestDeferred", "asked for, and left open"},
		{"dpv:ConsentRefused", "refused"},
		{"dpv:ConsentWithdrawn", "withdrawn by the person"},
		{"dpv:ConsentRevoked", "revoked by somebody else"},
		{"dpv:ConsentExpired", "given for a time that is over"},
		{"dpv:ConsentInvalidated", "found to be invalid"},
		{"dpv:ConsentUnknown", "not known"},
		{NotConsentBased, "the texts are used on other grounds; see gdpr_basis and tdm_basis"},
	}
}

// ConsentGiven tells whether a consent_basis says that there is a consent that is
// valid: one that was given and expressed, and neither withdrawn nor over.
func ConsentGiven(basis string) bool {
	switch basis {
	case "dpv:ConsentGiven", "dpv:RenewedConsentGiven", "dpv:ExplicitlyExpressedConsent", "dpv:ExpressedConsent":
		return true
	}
	return false
}

// ConsentDenied tells whether a consent_basis says that there is none any more,
// or that it was refused: such a record never leaves with its text.
func ConsentDenied(basis string) bool {
	switch basis {
	case "dpv:ConsentRefused", "dpv:ConsentWithdrawn", "dpv:ConsentRevoked", "dpv:ConsentExpired", "dpv:ConsentInvalidated":
		return true
	}
	return false
}

// GDPRBases are the values of gdpr_basis: Art. 6(1) GDPR.
func GDPRBases() []Term {
	return []Term{
		{"eu-gdpr:A6-1-a", "Art. 6(1)(a): consent"},
		{"eu-gdpr:A6-1-a-explicit-consent", "Art. 6(1)(a): explicit consent"},
		{"eu-gdpr:A6-1-a-non-explicit-consent", "Art. 6(1)(a): regular consent"},
		{"eu-gdpr:A6-1-b", "Art. 6(1)(b): contract"},
		{"eu-gdpr:A6-1-c", "Art. 6(1)(c): legal obligation"},
		{"eu-gdpr:A6-1-d", "Art. 6(1)(d): vital interests"},
		{"eu-gdpr:A6-1-e", "Art. 6(1)(e): public interest or official authority"},
		{"eu-gdpr:A6-1-e-official-authority", "Art. 6(1)(e): official authority"},
		{"eu-gdpr:A6-1-e-public-interest", "Art. 6(1)(e): public interest"},
		{"eu-gdpr:A6-1-f", "Art. 6(1)(f): legitimate interests"},
		{"eu-gdpr:A6-1-f-controller", "Art. 6(1)(f): legitimate interests of the controller"},
		{"eu-gdpr:A6-1-f-third-party", "Art. 6(1)(f): legitimate interests of a third party"},
		{NotApplicable, "the GDPR does not apply"},
	}
}

// Art9Grounds are the values of art9_ground: Art. 9(2) GDPR.
func Art9Grounds() []Term {
	return []Term{
		{"eu-gdpr:A9-2-a", "Art. 9(2)(a): explicit consent"},
		{"eu-gdpr:A9-2-b", "Art. 9(2)(b): employment and social security law"},
		{"eu-gdpr:A9-2-c", "Art. 9(2)(c): vital interests"},
		{"eu-gdpr:A9-2-d", "Art. 9(2)(d): members of a foundation, association or union"},
		{"eu-gdpr:A9-2-e", "Art. 9(2)(e): manifestly made public by the person"},
		{"eu-gdpr:A9-2-f", "Art. 9(2)(f): legal claims"},
		{"eu-gdpr:A9-2-g", "Art. 9(2)(g): substantial public interest"},
		{"eu-gdpr:A9-2-h", "Art. 9(2)(h): health and medicine"},
		{"eu-gdpr:A9-2-i", "Art. 9(2)(i): public health"},
		{"eu-gdpr:A9-2-j", "Art. 9(2)(j): archiving, research, statistics"},
		{NotApplicable, "no special categories of data, or the GDPR does not apply"},
	}
}

// Art14Answers are the values of art14: how the persons were informed, or why not.
func Art14Answers() []Term {
	return []Term{
		{"eu-gdpr:A13", "Art. 13: informed when they gave the data"},
		{"eu-gdpr:A14", "Art. 14: informed later, by a notice to them"},
		{"eu-gdpr:JustificationA14DisproportionateEffort", "Art. 14(5)(b): informing each would be a disproportionate effort; a public notice stands in its place"},
		{"eu-gdpr:JustificationA14ObjectivesImpaired", "Art. 14(5)(b): informing them would impair the research"},
		{"art14-5-a", "Art. 14(5)(a): they know already"},
		{"art14-5-c", "Art. 14(5)(c): laid down by law"},
		{"art14-5-d", "Art. 14(5)(d): professional secrecy"},
		{"not-informed", "not informed, on no ground that is declared"},
		{NotApplicable, "the GDPR does not apply"},
	}
}

// TDMBases are the values of tdm_basis: on what ground texts may be mined.
func TDMBases() []Term {
	return []Term{
		{"dsm-art3", "Directive (EU) 2019/790, Art. 3, and the national law of it: scientific research, no opt-out"},
		{"dsm-art4", "Directive (EU) 2019/790, Art. 4, and the national law of it: anyone, unless rights are reserved"},
		{"licence", "the licence of the record"},
		{"agreement", "permission of the rights holder"},
		{"own-work", "the corpus builder's own texts"},
		{"public-domain", "no rights hold any more"},
		{"us-fair-use", "17 U.S.C. § 107"},
		{"other-law", "another law; the evidence names it"},
		{"no-basis", "no ground is claimed"},
	}
}

// Uses are the values of allowed_uses.
func Uses() []Term {
	return []Term{
		{"DUO:0000004", "NRES: no restriction"},
		{"DUO:0000042", "GRU: general research use"},
		{"DUO:0000011", "POA: research on populations, origins or ancestry only"},
		{"DUO:0000012", "RS: research specific restrictions; the evidence names them"},
		{"DUO:0000015", "NMDS: no development of general methods"},
		{"DUO:0000016", "GSO: genetic studies only"},
		{"DUO:0000018", "NPUNCU: not-for-profit organisations, non-commercial use"},
		{"DUO:0000019", "PUB: results have to be published"},
		{"DUO:0000020", "COL: collaboration with the investigators is required"},
		{"DUO:0000021", "IRB: approval by an ethics board is required"},
		{"DUO:0000022", "GS: certain places only"},
		{"DUO:0000024", "MOR: no publication before a date"},
		{"DUO:0000025", "TS: until a date"},
		{"DUO:0000026", "US: certain users only"},
		{"DUO:0000027", "PS: a certain project only"},
		{"DUO:0000028", "IS: a certain institution only"},
		{"DUO:0000029", "RTN: derived data have to be given back"},
		{"DUO:0000043", "CC: clinical care use"},
		{"DUO:0000044", "NPOA: no research on populations, origins or ancestry"},
		{"DUO:0000045", "NPU: not-for-profit organisations only"},
		{"DUO:0000046", "NCU: non-commercial use only"},
		{"teaching", "teaching"},
	}
}

// Known tells whether a vocabulary has a value.
func Known(terms []Term, id string) bool {
	for _, t := range terms {
		if t.ID == id {
			return true
		}
	}
	return false
}

// Label is what a value of any vocabulary means, for people; the value itself
// where it is of none.
func Label(id string) string {
	for _, terms := range [][]Term{ConsentBases(), GDPRBases(), Art9Grounds(), Art14Answers(), TDMBases(), Uses()} {
		for _, t := range terms {
			if t.ID == id {
				return t.Label
			}
		}
	}
	return id
}

// Meant is the value of a vocabulary that a text in other words most likely
// means: by its letters and digits, or by the short name in its label. It is ""
// for none.
func Meant(terms []Term, s string) string {
	bare := bareName(s)
	if bare == "" || len(bare) > 64 {
		return ""
	}
	for _, t := range terms {
		short, _, _ := strings.Cut(t.Label, ":")
		_, name, _ := strings.Cut(t.ID, ":")
		if bare == bareName(t.ID) || bare == bareName(name) || bare == bareName(short) {
			return t.ID
		}
	}
	for _, t := range terms {
		short, _, ok := strings.Cut(t.Label, ":")
		if article := bareName(short); ok && len(article) > 3 && strings.HasPrefix(bare, article) {
			return t.ID
		}
	}
	switch first := strings.ToLower(strings.TrimRight(strings.SplitN(s, " ", 2)[0], ".,;:")); {
	case first == "research" && Known(terms, "DUO:0000042"):
		return "DUO:0000042"
	case first == "none" && Known(terms, NotConsentBased):
		return NotConsentBased
	}
	return ""
}

// bareName is a text in lower-case letters and digits alone.
func bareName(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
