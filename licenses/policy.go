package licenses

import (
	"slices"
	"strings"

	"corpus/schema"
)

// Policy is an ordered list of rules that give a record its tier: the first one
// whose conditions all hold. What it says can be lowered by a Cap, never raised.
type Policy struct {
	Default string `yaml:"default" json:"default"` // tier where no rule holds; empty is standoff
	Rules   []Rule `yaml:"rules" json:"rules"`
}

// Rule is one rule of a policy. A condition that is not given always holds; one
// that is given holds where any of its values does.
type Rule struct {
	Name            string   `yaml:"name" json:"name,omitzero"`                         // for people
	Tier            string   `yaml:"tier" json:"tier"`                                  // what the rule gives
	Record          []string `yaml:"record" json:"record,omitzero"`                     // article, comment
	Source          []string `yaml:"source" json:"source,omitzero"`                     // ids of sources
	License         []string `yaml:"license" json:"license,omitzero"`                   // see Allows
	LicenseEvidence []string `yaml:"license_evidence" json:"license_evidence,omitzero"` // see EvidenceKinds
	ConsentBasis    []string `yaml:"consent_basis" json:"consent_basis,omitzero"`       // as declared, or none
	GDPRBasis       []string `yaml:"gdpr_basis" json:"gdpr_basis,omitzero"`             // as declared, or none
	TDMBasis        []string `yaml:"tdm_basis" json:"tdm_basis,omitzero"`               // as declared, or none
	OptOut          []string `yaml:"opt_out" json:"opt_out,omitzero"`                   // see Signals; or any, none
	Personal        []string `yaml:"personal" json:"personal,omitzero"`                 // see PersonalClasses and PersonalKinds
	State           []string `yaml:"state" json:"state,omitzero"`                       // of the record
}

// Kinds of records, for conditions.
const (
	RecordArticle = "article"
	RecordComment = "comment"
)

// Values of conditions beside the vocabularies.
const (
	None = "none" // nothing is stated
	Any  = "any"  // something is stated
)

// Classes of personal data in the text of a record: what became of that which
// the masks found.
const (
	PersonalNone   = "none"   // nothing was found
	PersonalMasked = "masked" // places that masks took out
	PersonalOpen   = "open"   // places that stand in the text, since the corpus has privacy: none
)

// PersonalClasses are the classes of personal data.
func PersonalClasses() []string { return []string{PersonalNone, PersonalMasked, PersonalOpen} }

// PersonalKinds are the kinds of personal data that masks find, as the column
// spans calls them.
func PersonalKinds() []string {
	return []string{schema.SpanMention, schema.SpanEmail, schema.SpanPhone, schema.SpanIP, schema.SpanAccount, schema.SpanHandle}
}

// Facts are all that a policy looks at. Each of them stands in the tables of a
// version, so that the decision can be checked by anyone who has it.
type Facts struct {
	Record       string // RecordArticle or RecordComment
	Source       string
	State        string
	License      string // SPDX expression
	Evidence     string // column license_evidence, "" for none
	ConsentBasis string
	GDPRBasis    string // of the source
	TDMBasis     string
	OptOut       []string
	Personal     string   // one of PersonalClasses
	Found        []string // of PersonalKinds; in their order

	Article *Decision // of the article, for a comment; nil where it is not there
}

// Decision is a tier with the way that led to it.
type Decision struct {
	Tier  string // what the record gets
	Rule  int    // index of the rule that held, -1 for the default
	Asked string // tier that rule or default gave
	Caps  []Cap  // what lowered it

	NotPublic bool // the page was not public, so that its comments are not either
}

// Cap is a bound on tiers that no policy can lift.
type Cap struct {
	Name string // for people
	Most string // the most open tier that it leaves
	Why  string // a sentence
}

// Caps that hold whatever a policy says.
var (
	CapState          = Cap{"state", schema.TierStandoff, "a record that is not public on its site is not published by a corpus"}
	CapConsent        = Cap{"consent", schema.TierStandoff, "its author refused consent, or there is none any more"}
	CapNotPublic      = Cap{"not public", schema.TierStandoff, "the export says that the page was not public"}
	CapRedacted       = Cap{"redacted", schema.TierStandoff, "a text in which places were masked is an adaptation, and its licence (ND) allows none"}
	CapArticleHidden  = Cap{"article not public", schema.TierStandoff, "the page that it stands under was not public"}
	CapArticleMissing = Cap{"article excluded", schema.TierExcluded, "its article is excluded, and a comment cannot stand without it"}
)

// NotPublic begins the opt-out signal of a page that was not public when it was
// exported.
const NotPublic = "not public: "

// order is that of the tiers: ever less may leave.
var order = []string{schema.TierFull, schema.TierGated, schema.TierStandoff, schema.TierExcluded}

// openness is the place of a tier in that order, -1 for what is no tier.
func openness(tier string) int { return slices.Index(order, tier) }

// Decide gives a record its tier: the first rule that holds, else the default,
// lowered by the caps.
func (p *Policy) Decide(f Facts) Decision {
	d := Decision{Rule: -1, Asked: p.DefaultTier()}
	for i := range p.Rules {
		if p.Rules[i].Holds(f) {
			d.Rule, d.Asked = i, p.Rules[i].Tier
			break
		}
	}
	if openness(d.Asked) < 0 { // not one of a policy that was checked
		d.Asked = schema.TierStandoff
	}
	d.Tier, d.NotPublic = d.Asked, hidden(f.OptOut)
	for _, c := range f.caps() {
		if openness(c.Most) > openness(d.Tier) {
			d.Tier = c.Most
			d.Caps = append(d.Caps, c)
		}
	}
	return d
}

// DefaultTier is the tier of a record that no rule is about.
func (p *Policy) DefaultTier() string {
	if p.Default == "" {
		return schema.TierStandoff
	}
	return p.Default
}

// Holds tells whether all conditions of the rule hold.
func (r *Rule) Holds(f Facts) bool {
	return r.Fails(f) == ""
}

// Fails names the first condition of the rule that does not hold, "" where all do.
func (r *Rule) Fails(f Facts) string {
	switch {
	case !among(r.Record, f.Record):
		return "record"
	case !among(r.Source, f.Source):
		return "source"
	case !among(r.State, f.State):
		return "state"
	case len(r.License) > 0 && !Allows(f.License, r.License):
		return "license"
	case !among(r.LicenseEvidence, EvidenceKind(f.Evidence)):
		return "license_evidence"
	case !among(r.ConsentBasis, orNone(f.ConsentBasis)):
		return "consent_basis"
	case !among(r.GDPRBasis, orNone(f.GDPRBasis)):
		return "gdpr_basis"
	case !among(r.TDMBasis, orNone(f.TDMBasis)):
		return "tdm_basis"
	case len(r.OptOut) > 0 && !signalled(r.OptOut, f.OptOut):
		return "opt_out"
	case !among(r.Personal, f.Personal) && !slices.ContainsFunc(f.Found, func(kind string) bool { return slices.Contains(r.Personal, kind) }):
		return "personal"
	}
	return ""
}

// Always tells whether the rule has no condition.
func (r *Rule) Always() bool {
	for _, list := range [][]string{r.Record, r.Source, r.License, r.LicenseEvidence, r.ConsentBasis, r.GDPRBasis, r.TDMBasis, r.OptOut, r.Personal, r.State} {
		if len(list) > 0 {
			return false
		}
	}
	return true
}

func among(list []string, value string) bool { return len(list) == 0 || slices.Contains(list, value) }

func orNone(s string) string {
	if s == "" {
		return None
	}
	return s
}

// caps are the bounds that hold for a record.
func (f *Facts) caps() []Cap {
	var caps []Cap
	switch f.State {
	case schema.StatePresent, schema.StateNoText, schema.StateVisible, schema.StateMissing, "":
	default: // pending, spam, removed, deleted, gone, tombstone
		caps = append(caps, CapState)
	}
	if ConsentDenied(f.ConsentBasis) {
		caps = append(caps, CapConsent)
	}
	if hidden(f.OptOut) {
		caps = append(caps, CapNotPublic)
	}
	if f.Personal == PersonalMasked && NoDerivatives(f.License) {
		caps = append(caps, CapRedacted)
	}
	if a := f.Article; a != nil && f.Record == RecordComment {
		if a.NotPublic {
			caps = append(caps, CapArticleHidden)
		}
		if a.Tier == schema.TierExcluded {
			caps = append(caps, CapArticleMissing)
		}
	}
	return caps
}

// hidden tells whether the signals of a capture say that it was not public.
func hidden(optOut []string) bool {
	return slices.ContainsFunc(optOut, func(s string) bool { return strings.HasPrefix(s, NotPublic) })
}
