package rights

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"corpus/licenses"
	"corpus/schema"
)

// Report is how many records of a version have which licence and tier.
type Report struct {
	Corpus   string      `json:"corpus"`
	Version  string      `json:"version"`
	Default  string      `json:"default"` // tier where no rule holds
	Tiers    []TierTotal `json:"tiers"`
	Totals   []Total     `json:"totals"`   // by table, source, licence and tier, in that order
	Evidence []Evidence  `json:"evidence"` // by table and kind
	Rules    []RuleTotal `json:"rules"`    // in the order of the policy, the default last
	Caps     []CapTotal  `json:"caps"`     // that lowered a tier
	Disagree int64       `json:"disagree"` // records whose tier the policy does not give; corpus verify names them
}

// TierTotal counts the records of a tier.
type TierTotal struct {
	Tier     string `json:"tier"`
	Articles int64  `json:"articles"`
	Comments int64  `json:"comments"`
}

// Total counts the records with the same rights.
type Total struct {
	Table   string `json:"table"`
	Source  string `json:"source"`
	License string `json:"license"`
	Tier    string `json:"tier"`
	Records int64  `json:"records"`
}

// Evidence counts the records whose licence was found in a kind of place.
type Evidence struct {
	Table   string `json:"table"`
	Kind    string `json:"kind"`
	Records int64  `json:"records"`
}

// RuleTotal counts the records that a rule of the policy decided on.
type RuleTotal struct {
	Rule    int    `json:"rule"` // from 1; 0 for the default
	Name    string `json:"name"`
	Tier    string `json:"tier"`
	Records int64  `json:"records"`
}

// CapTotal counts the records whose tier a cap lowered.
type CapTotal struct {
	Cap     string `json:"cap"`
	Records int64  `json:"records"`
}

// maxTotals bounds the lines of a report: licences may be as many as records.
const maxTotals = 10_000

// others stands for licences beyond that.
const others = "(others)"

// ReportOn counts the records of the version in dir.
func ReportOn(ctx context.Context, dir string) (*Report, error) {
	v, err := read(dir)
	if err != nil {
		return nil, err
	}
	r := &Report{Corpus: v.manifest.Corpus, Version: v.manifest.Version, Default: v.policy.DefaultTier()}
	totals := map[Total]int64{}
	evidence := map[Evidence]int64{}
	caps := map[string]int64{}
	tiers := map[[2]string]int64{}
	rules := make([]int64, len(v.policy.Rules)+1)
	for rec, err := range v.records() {
		if err != nil {
			return nil, err
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		rights := rec.rights()
		key := Total{Table: rec.table(), Source: rec.facts.Source, License: rights.License, Tier: rights.Tier}
		if _, ok := totals[key]; !ok && len(totals) >= maxTotals {
			key.License = others
		}
		totals[key]++
		evidence[Evidence{Table: rec.table(), Kind: licenses.EvidenceKind(rec.facts.Evidence)}]++
		tiers[[2]string{rights.Tier, rec.table()}]++
		if rec.facts.State == schema.StateTombstone {
			continue // taken down: no rule decides
		}
		at := rec.decision.Rule
		if at < 0 {
			at = len(rules) - 1
		}
		rules[at]++
		for _, c := range rec.decision.Caps {
			caps[c.Name]++
		}
		if rights.Tier != rec.decision.Tier && !(rec.facts.Article == nil && rec.comment != nil && licenses.Tighter(rights.Tier, rec.decision.Tier)) {
			r.Disagree++
		}
	}
	for key, n := range totals {
		key.Records = n
		r.Totals = append(r.Totals, key)
	}
	slices.SortFunc(r.Totals, func(a, b Total) int {
		return cmp.Or(cmp.Compare(a.Table, b.Table), cmp.Compare(a.Source, b.Source), cmp.Compare(a.License, b.License), cmp.Compare(openness(a.Tier), openness(b.Tier)))
	})
	for key, n := range evidence {
		key.Records = n
		r.Evidence = append(r.Evidence, key)
	}
	slices.SortFunc(r.Evidence, func(a, b Evidence) int { return cmp.Or(cmp.Compare(a.Table, b.Table), cmp.Compare(a.Kind, b.Kind)) })
	for name, n := range caps {
		r.Caps = append(r.Caps, CapTotal{name, n})
	}
	slices.SortFunc(r.Caps, func(a, b CapTotal) int { return cmp.Compare(a.Cap, b.Cap) })
	for _, tier := range licenses.Tiers() {
		r.Tiers = append(r.Tiers, TierTotal{tier, tiers[[2]string{tier, schema.TableArticles}], tiers[[2]string{tier, schema.TableComments}]})
	}
	for i, n := range rules {
		if i == len(rules)-1 {
			r.Rules = append(r.Rules, RuleTotal{0, "", v.policy.DefaultTier(), n})
		} else {
			r.Rules = append(r.Rules, RuleTotal{i + 1, v.policy.Rules[i].Name, v.policy.Rules[i].Tier, n})
		}
	}
	return r, nil
}

func openness(tier string) int { return slices.Index(licenses.Tiers(), tier) }

// Text prints the report as tables for people.
func (r *Report) Text(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s\n\n", r.Corpus, r.Version)
	columns(&b, []string{"tier", "articles", "comments"}, func(row func(...string)) {
		for _, t := range r.Tiers {
			row(t.Tier, fmt.Sprint(t.Articles), fmt.Sprint(t.Comments))
		}
	})
	columns(&b, []string{"table", "source", "licence", "tier", "records"}, func(row func(...string)) {
		for _, t := range r.Totals {
			row(t.Table, t.Source, t.License, t.Tier, fmt.Sprint(t.Records))
		}
	})
	columns(&b, []string{"table", "licence by", "records"}, func(row func(...string)) {
		for _, e := range r.Evidence {
			row(e.Table, e.Kind, fmt.Sprint(e.Records))
		}
	})
	columns(&b, []string{"rule", "gives", "records"}, func(row func(...string)) {
		for _, x := range r.Rules {
			row(ruleName(x.Rule, x.Name), x.Tier, fmt.Sprint(x.Records))
		}
	})
	if len(r.Caps) > 0 {
		columns(&b, []string{"lowered by", "records"}, func(row func(...string)) {
			for _, c := range r.Caps {
				row(c.Cap, fmt.Sprint(c.Records))
			}
		})
	}
	if r.Disagree > 0 {
		fmt.Fprintf(&b, "The policy gives another tier to %d of these records: corpus verify names them.\n", r.Disagree)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// ruleName names a rule of the policy for people.
func ruleName(number int, name string) string {
	switch {
	case number == 0:
		return "default"
	case name == "":
		return fmt.Sprintf("rule %d", number)
	}
	return fmt.Sprintf("rule %d, %s", number, name)
}

// columns prints a table with columns of the width of their longest value, and
// an empty line behind it.
func columns(b *strings.Builder, head []string, rows func(row func(...string))) {
	lines := [][]string{head}
	rows(func(values ...string) { lines = append(lines, values) })
	width := make([]int, len(head))
	for _, line := range lines {
		for i, v := range line {
			width[i] = max(width[i], len([]rune(v)))
		}
	}
	for _, line := range lines {
		for i, v := range line {
			pad := strings.Repeat(" ", width[i]-len([]rune(v)))
			switch {
			case i == len(line)-1:
				b.WriteString(pad + v) // numbers
			default:
				b.WriteString(v + pad + "  ")
			}
		}
		b.WriteByte('\n')
	}
	b.WriteByte('\n')
}
