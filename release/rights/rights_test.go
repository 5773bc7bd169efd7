package rights

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corpus/pipeline/store"
	"corpus/release/releasetest"
	"corpus/schema"
)

// kindsVersion builds a corpus whose policy keeps comments with names in them.
func kindsVersion(t *testing.T) string {
	t.Helper()
	c := releasetest.New(t, "kinds", func(yaml string, files map[string][]releasetest.Record) string {
		return strings.Replace(yaml, "  rules:\n", "  rules:\n    - {name: named, tier: standoff, record: [comment], personal: [mention, phone]}\n", 1)
	})
	return c.Build
}

// Explain says of a record which rules were asked, what they failed on and what
// the masks found, as the policy of the version decides; a report counts the same.
func TestExplainAndReport(t *testing.T) {
	dir := kindsVersion(t)
	ids := map[string]string{}
	for row, err := range store.Rows[schema.Comment](dir, schema.TableComments) {
		if err != nil {
			t.Fatal(err)
		}
		if row.Text != nil {
			ids[*row.Text] = row.CommentID
		}
	}
	for row, err := range store.Rows[schema.Article](dir, schema.TableArticles) {
		if err != nil {
			t.Fatal(err)
		}
		ids[*row.Title] = row.ArticleID
	}
	for _, c := range []struct {
		record, tier, personal, found string
		rules                         []string // asked: name and what it failed on
	}{
		{"[user]: nobody can count in the dark.", "standoff", "masked", "mention", []string{"named "}},
		{"Buy a lamp from me, write to [email] today.", "excluded", "masked", "email", []string{"named personal", "hidden "}},
		{"No, thank you, and please stop asking people here.", "gated", "none", "", []string{"named personal", "hidden state", "press license", "open record", "letters license", "asked "}},
		{"Salmon at the ladder", "full", "none", "", []string{"named record", "hidden record", "press license", "open "}},
		{"Dry", "standoff", "none", "", []string{"named record", "hidden record", "press license", "open license", "letters record", "asked record"}},
	} {
		e, err := Explain(t.Context(), dir, ids[c.record])
		if err != nil {
			t.Errorf("%s: %v", c.record, err)
			continue
		}
		var asked []string
		for _, r := range e.Rules {
			asked = append(asked, r.Name+" "+r.Fails)
		}
		if e.ID != ids[c.record] || e.Tier != c.tier || e.Computed != c.tier || e.Personal != c.personal || strings.Join(e.Found, " ") != c.found {
			t.Errorf("%s: %+v", c.record, e)
		}
		if d := cmp.Diff(c.rules, asked); d != "" {
			t.Errorf("%s:\n%s", c.record, d)
		}
		var b strings.Builder
		if err := e.Text(&b); err != nil {
			t.Fatal(err)
		}
		want := "personal  " + c.personal
		if c.found != "" {
			want += ": " + c.found
		}
		if !strings.Contains(b.String(), want+"\n") {
			t.Errorf("%s:\n%s", c.record, &b)
		}
	}

	report, err := ReportOn(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	rules := map[string]int64{}
	records := int64(0)
	for _, r := range report.Rules {
		rules[r.Name] = r.Records
		records += r.Records
	}
	if rules["named"] != 3 || report.Disagree != 0 {
		t.Errorf("%+v", report)
	}
	for _, totals := range []func() int64{
		func() (n int64) {
			for _, x := range report.Tiers {
				n += x.Articles + x.Comments
			}
			return n
		},
		func() (n int64) {
			for _, x := range report.Totals {
				n += x.Records
			}
			return n
		},
		func() (n int64) {
			for _, x := range report.Evidence {
				n += x.Records
			}
			return n
		},
	} {
		if n := totals(); n != records || n < int64(len(ids)) {
			t.Errorf("%d records in one count, %d in another", n, records)
		}
	}
}

func TestExplainNothing(t *testing.T) {
	dir := kindsVersion(t)
	for _, prefix := range []string{"", "zz", "no id"} {
		if _, err := Explain(t.Context(), dir, prefix); !errors.Is(err, ErrNotFound) {
			t.Errorf("%q: %v", prefix, err)
		}
	}
	several := false
	for _, digit := range "0123456789abcdef" { // of more than sixteen records two begin alike
		_, err := Explain(t.Context(), dir, string(digit))
		several = several || errors.Is(err, ErrNotFound) && strings.Contains(err.Error(), "several ids begin with")
	}
	if !several {
		t.Error("no beginning is that of several records")
	}
	if _, err := Explain(t.Context(), t.TempDir(), "0"); err == nil || errors.Is(err, ErrNotFound) {
		t.Errorf("no version: %v", err)
	}
}
