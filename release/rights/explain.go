package rights

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"corpus/licenses"
	"corpus/schema"
)

// ErrNotFound is the error of Explain where the version has no such record, or
// several.
var ErrNotFound = errors.New("no such record")

// Explanation is the way to a record's licence and tier.
type Explanation struct {
	Table     string  `json:"table"`
	ID        string  `json:"id"`
	ArticleID string  `json:"article_id"`
	Source    string  `json:"source"`
	State     string  `json:"state"`
	URL       *string `json:"url"` // of the article

	Statements []schema.LicenseStatement `json:"statements"` // of the capture; of an article
	Stated     *licenses.Resolution      `json:"stated"`     // what follows from them alone; of an article with statements
	Declared   string                    `json:"declared"`   // licence that the source declares, "" for none
	License    string                    `json:"license"`
	LicenseURL *string                   `json:"license_url"`
	Evidence   string                    `json:"license_evidence"`

	ConsentBasis string   `json:"consent_basis"`
	GDPRBasis    string   `json:"gdpr_basis"`
	TDMBasis     string   `json:"tdm_basis"`
	OptOut       []string `json:"opt_out"`
	Signals      []string `json:"signals"`  // classes of the opt-out signals
	Personal     string   `json:"personal"` // class of personal data
	Found        []string `json:"found"`    // kinds of it

	Rules    []RuleTrace `json:"rules"` // those that were asked
	Rule     int         `json:"rule"`  // that held, from 1; 0 for the default
	Asked    string      `json:"asked"` // tier that it gives
	Caps     []CapTrace  `json:"caps"`  // what lowered it
	Tier     string      `json:"tier"`  // that the row has
	Computed string      `json:"computed"`
}

// RuleTrace is a rule that was asked.
type RuleTrace struct {
	Rule  int    `json:"rule"` // from 1
	Name  string `json:"name"`
	Tier  string `json:"tier"`
	Holds bool   `json:"holds"`
	Fails string `json:"fails"` // the first condition that does not hold
}

// CapTrace is a cap that lowered the tier.
type CapTrace struct {
	Cap  string `json:"cap"`
	Most string `json:"most"`
	Why  string `json:"why"`
}

// Explain gives the way to the licence and the tier of the record of the version
// in dir whose id begins with prefix. The error wraps ErrNotFound where there is
// none, or are several.
func Explain(ctx context.Context, dir, prefix string) (*Explanation, error) {
	v, err := read(dir)
	if err != nil {
		return nil, err
	}
	if prefix == "" {
		return nil, fmt.Errorf("%w: give the beginning of an article_id or comment_id", ErrNotFound)
	}
	var found *Explanation
	for rec, err := range v.records() {
		if err != nil {
			return nil, err
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if !strings.HasPrefix(rec.id(), prefix) {
			continue
		}
		if found != nil {
			return nil, fmt.Errorf("%w: several ids begin with %s, give more of it", ErrNotFound, prefix)
		}
		found = v.explain(&rec)
	}
	if found == nil {
		return nil, fmt.Errorf("%w: no article_id or comment_id of %s %s begins with %s", ErrNotFound, v.manifest.Corpus, v.manifest.Version, prefix)
	}
	return found, nil
}

func (v *version) explain(rec *record) *Explanation {
	rights, f, d := rec.rights(), &rec.facts, &rec.decision
	e := &Explanation{
		Table: rec.table(), ID: rec.id(), ArticleID: rec.article.ArticleID, Source: f.Source, State: f.State, URL: rec.article.CanonicalURL,
		License: rights.License, LicenseURL: rights.LicenseURL, Evidence: f.Evidence,
		ConsentBasis: f.ConsentBasis, GDPRBasis: f.GDPRBasis, TDMBasis: f.TDMBasis, OptOut: f.OptOut, Signals: licenses.Signals(f.OptOut), Personal: f.Personal, Found: f.Found,
		Rule: d.Rule + 1, Asked: d.Asked, Tier: rights.Tier, Computed: d.Tier,
	}
	source := v.sources[f.Source]
	if rec.comment == nil {
		e.Statements = rec.article.LicenseStatements
		if len(e.Statements) > 0 {
			stated := licenses.Resolve(e.Statements)
			e.Stated = &stated
		}
		if source != nil {
			e.Declared = text(source.License)
		}
	} else if source != nil {
		e.ArticleID, e.Declared = rec.comment.ArticleID, text(source.CommentsLicense)
	}
	if f.State == schema.StateTombstone {
		e.Rule, e.Asked, e.Computed = 0, rights.Tier, rights.Tier
		return e
	}
	for i := range v.policy.Rules {
		r := &v.policy.Rules[i]
		fails := r.Fails(*f)
		e.Rules = append(e.Rules, RuleTrace{i + 1, r.Name, r.Tier, fails == "", fails})
		if fails == "" {
			break
		}
	}
	for _, c := range d.Caps {
		e.Caps = append(e.Caps, CapTrace{c.Name, c.Most, c.Why})
	}
	return e
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// Text prints the explanation, a step a line.
func (e *Explanation) Text(w io.Writer) error {
	var b strings.Builder
	line := func(name, format string, args ...any) {
		fmt.Fprintf(&b, "%-10s  %s\n", name, fmt.Sprintf(format, args...))
	}
	line(strings.TrimSuffix(e.Table, "s"), "%s", e.ID)
	if e.Table == schema.TableComments {
		line("article", "%s", e.ArticleID)
	}
	if e.URL != nil {
		line("address", "%s", *e.URL)
	}
	line("source", "%s", e.Source)
	line("state", "%s", e.State)
	b.WriteString("\nlicence\n")
	for _, s := range e.Statements {
		read := "not read as a licence"
		if s.License != nil {
			read = *s.License
		}
		words := ""
		if s.URL != nil {
			words += " <" + *s.URL + ">"
		}
		if s.Raw != nil {
			words += " “" + *s.Raw + "”"
		}
		line("  stated", "%s, about the %s: %s%s", s.Where, s.Covers, read, words)
	}
	switch {
	case e.Stated != nil && e.Stated.Evidence != "":
		line("  so", "the capture says %s (%s)", e.Stated.License, e.Stated.Evidence)
	case e.Table == schema.TableArticles:
		line("  so", "the capture says nothing about the article's licence")
	default:
		line("  so", "what the page states of its article's licence does not cover its comments")
	}
	if e.Declared == "" {
		line("  declared", "nothing")
	} else {
		line("  declared", "%s", e.Declared)
	}
	line("  result", "%s (%s)", e.License, or(e.Evidence, "no evidence"))
	b.WriteString("\nfacts\n")
	line("  consent", "%s", or(licenses.Label(e.ConsentBasis), "not declared"))
	line("  basis", "%s", or(licenses.Label(e.GDPRBasis), "not declared"))
	line("  mining", "%s", or(licenses.Label(e.TDMBasis), "not declared"))
	line("  opt-out", "%s", or(strings.Join(e.OptOut, "; "), "none"))
	personal := e.Personal
	if len(e.Found) > 0 {
		personal += ": " + strings.Join(e.Found, ", ")
	}
	line("  personal", "%s", personal)
	b.WriteString("\npolicy\n")
	for _, r := range e.Rules {
		name := ruleName(r.Rule, r.Name)
		if r.Holds {
			line("  "+r.Tier, "%s: holds", name)
		} else {
			line("  –", "%s: does not hold (%s)", name, r.Fails)
		}
	}
	switch {
	case e.State == schema.StateTombstone:
		line("  "+e.Tier, "taken down: no rule decides")
	case e.Rule == 0:
		line("  "+e.Asked, "default: no rule holds")
	}
	for _, c := range e.Caps {
		line("  "+c.Most, "at most: %s", c.Why)
	}
	line("tier", "%s", e.Tier)
	if e.Tier != e.Computed {
		line("but", "the policy gives %s: this version was changed", e.Computed)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
