package licenses

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"corpus/schema"
)

// openPolicy lets free licences go, and gates what a press licence covers.
var openPolicy = &Policy{Rules: []Rule{
	{Name: "opted out", Tier: schema.TierExcluded, OptOut: []string{SignalTDM, SignalNoAI}},
	{Name: "free articles", Tier: schema.TierFull, Record: []string{RecordArticle}, License: []string{"CC0-1.0", "CC-PDM-1.0", "CC-BY-*", "CC-BY-SA-*", "CC-BY-ND-*"}, LicenseEvidence: []string{KindMarkup, KindDeclared}},
	{Name: "the press", Tier: schema.TierGated, Source: []string{"press"}, License: []string{"LicenseRef-press-*", "NOASSERTION"}},
	{Tier: schema.TierGated, Record: []string{RecordComment}, GDPRBasis: []string{"eu-gdpr:A6-1-e"}, Personal: []string{PersonalNone, PersonalMasked}},
}}

func TestDecide(t *testing.T) {
	article := Facts{Record: RecordArticle, Source: "blog", State: "present", License: "CC-BY-4.0", Evidence: "rel=license", Personal: PersonalNone}
	comment := Facts{Record: RecordComment, Source: "blog", State: "visible", License: "NOASSERTION", GDPRBasis: "eu-gdpr:A6-1-e", Personal: PersonalMasked}
	change := func(f Facts, changes ...func(*Facts)) Facts {
		for _, c := range changes {
			c(&f)
		}
		return f
	}
	license := func(s string) func(*Facts) { return func(f *Facts) { f.License = s } }
	for _, c := range []struct {
		name  string
		facts Facts
		tier  string
		rule  int
		caps  string
	}{
		{"a free article", article, "full", 1, ""},
		{"its name in another case", change(article, license("cc-by-4.0")), "full", 1, ""},
		{"a port without an id", change(article, license("LicenseRef-CC-BY-3.0-ES")), "full", 1, ""},
		{"no family of another one", change(article, license("CC-BY-NC-4.0")), "standoff", -1, ""},
		{"a choice", change(article, license("CC-BY-NC-4.0 OR CC-BY-4.0")), "full", 1, ""},
		{"both", change(article, license("CC-BY-NC-4.0 AND CC-BY-4.0")), "standoff", -1, ""},
		{"nothing known", change(article, license("NOASSERTION")), "standoff", -1, ""},
		{"from an index", change(article, func(f *Facts) { f.Evidence = "index" }), "standoff", -1, ""},
		{"a conflict", change(article, func(f *Facts) { f.Evidence = "conflict: a, b" }), "standoff", -1, ""},
		{"reserved in a header", change(article, func(f *Facts) { f.OptOut = []string{"tdm-reservation: 1"} }), "excluded", 0, ""},
		{"reserved in markup", change(article, func(f *Facts) { f.OptOut = []string{"noimageai", "noai"} }), "excluded", 0, ""},
		{"another signal", change(article, func(f *Facts) { f.OptOut = []string{"X-Robots-Tag: nosnippet"} }), "full", 1, ""},
		{"a draft", change(article, func(f *Facts) { f.OptOut = []string{"not public: draft"} }), "standoff", 1, "not public"},
		{"ND", change(article, license("CC-BY-ND-4.0")), "full", 1, ""},
		{"ND, masked", change(article, license("CC-BY-ND-4.0"), func(f *Facts) { f.Personal = PersonalMasked }), "standoff", 1, "redacted"},
		{"ND or not, masked", change(article, license("CC-BY-ND-4.0 OR CC-BY-4.0"), func(f *Facts) { f.Personal = PersonalMasked }), "full", 1, ""},
		{"ND and not, masked", change(article, license("CC-BY-ND-4.0 AND CC-BY-4.0"), func(f *Facts) { f.Personal = PersonalMasked }), "standoff", 1, "redacted"},
		{"ND, not masked", change(article, license("CC-BY-ND-4.0"), func(f *Facts) { f.Personal = PersonalOpen }), "full", 1, ""},
		{"the press", change(article, license("LicenseRef-press-2020"), func(f *Facts) { f.Source = "press" }), "gated", 2, ""},
		{"the press, unknown", change(article, license("NOASSERTION"), func(f *Facts) { f.Source = "press" }), "gated", 2, ""},
		{"taken down", change(article, func(f *Facts) { f.State = "tombstone" }), "standoff", 1, "state"},
		{"a comment", comment, "gated", 3, ""},
		{"a comment on other grounds", change(comment, func(f *Facts) { f.GDPRBasis = "" }), "standoff", -1, ""},
		{"names in the text", change(comment, func(f *Facts) { f.Personal = PersonalOpen }), "standoff", -1, ""},
		{"pending", change(comment, func(f *Facts) { f.State = "pending" }), "standoff", 3, "state"},
		{"spam", change(comment, func(f *Facts) { f.State = "spam" }), "standoff", 3, "state"},
		{"removed", change(comment, func(f *Facts) { f.State = "removed" }), "standoff", 3, "state"},
		{"consent withdrawn", change(comment, func(f *Facts) { f.ConsentBasis = "dpv:ConsentWithdrawn" }), "standoff", 3, "consent"},
		{"consent given", change(comment, func(f *Facts) { f.ConsentBasis = "dpv:ConsentGiven" }), "gated", 3, ""},
		{"a parent that is missing", change(comment, func(f *Facts) { f.State = "missing" }), "gated", 3, ""},
		{"under a draft", change(comment, func(f *Facts) { f.Article = &Decision{Tier: "standoff", NotPublic: true} }), "standoff", 3, "article not public"},
		{"under what is excluded", change(comment, func(f *Facts) { f.Article = &Decision{Tier: "excluded"} }), "excluded", 3, "article excluded"},
		{"under a stand-off article", change(comment, func(f *Facts) { f.Article = &Decision{Tier: "standoff"} }), "gated", 3, ""},
	} {
		d := openPolicy.Decide(c.facts)
		var caps []string
		for _, cap := range d.Caps {
			caps = append(caps, cap.Name)
		}
		if d.Tier != c.tier || d.Rule != c.rule || strings.Join(caps, ", ") != c.caps {
			t.Errorf("%s: %s by rule %d, caps %v; want %s by %d, %q", c.name, d.Tier, d.Rule, caps, c.tier, c.rule, c.caps)
		}
	}
	if d := (&Policy{}).Decide(article); d.Tier != schema.TierStandoff || d.Rule != -1 {
		t.Errorf("without rules: %+v", d)
	}
	if d := (&Policy{Default: schema.TierExcluded}).Decide(article); d.Tier != schema.TierExcluded {
		t.Errorf("another default: %+v", d)
	}
}

// A cap never opens, and what may not leave never does, whatever the policy says.
func TestCapsOnlyClose(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := &Policy{Default: rapid.SampledFrom(Tiers()).Draw(t, "default")}
		for range rapid.IntRange(0, 3).Draw(t, "rules") {
			p.Rules = append(p.Rules, Rule{Tier: rapid.SampledFrom(Tiers()).Draw(t, "tier"), Record: rapid.SampledFrom([][]string{nil, {"article"}, {"comment"}}).Draw(t, "record")})
		}
		f := Facts{
			Record: rapid.SampledFrom([]string{"article", "comment"}).Draw(t, "kind"), State: rapid.SampledFrom(append([]string{"present", "no_text"}, "visible", "deleted", "removed", "gone", "pending", "spam", "missing", "tombstone")).Draw(t, "state"),
			License: rapid.SampledFrom([]string{"NOASSERTION", "CC-BY-ND-4.0", "CC-BY-4.0"}).Draw(t, "license"), Personal: rapid.SampledFrom(PersonalClasses()).Draw(t, "personal"),
			OptOut: rapid.SampledFrom([][]string{nil, {"not public: draft"}, {"noai"}}).Draw(t, "opt-out"),
		}
		d := p.Decide(f)
		if openness(d.Tier) < openness(d.Asked) {
			t.Fatalf("%+v opened to %+v", f, d)
		}
		closed := hidden(f.OptOut) || f.License == "CC-BY-ND-4.0" && f.Personal == "masked"
		switch f.State {
		case "removed", "pending", "spam", "tombstone", "deleted", "gone":
			closed = true
		}
		if closed && openness(d.Tier) < openness(schema.TierStandoff) {
			t.Fatalf("%+v leaves as %s", f, d.Tier)
		}
		if !closed && f.Article == nil && d.Tier != d.Asked {
			t.Fatalf("%+v was lowered to %+v without a reason", f, d)
		}
	})
}

// The walk over an expression gives what its tree says, with as few brackets as
// it can be written with and with all.
func TestAllowsFollowsTheTree(t *testing.T) {
	ids := []string{"MIT", "CC-BY-4.0", "CC-BY-NC-4.0", "CC0-1.0", "LicenseRef-a"}
	rapid.Check(t, func(t *rapid.T) {
		allowed := rapid.SliceOfNDistinct(rapid.SampledFrom(ids), 1, 3, rapid.ID[string]).Draw(t, "allowed")
		var build func(depth int) (full, short string, binds int, want bool) // binds: 1 OR, 2 AND, 3 one licence
		build = func(depth int) (string, string, int, bool) {
			if depth == 0 || rapid.Bool().Draw(t, "leaf") {
				id := rapid.SampledFrom(ids).Draw(t, "id")
				return id, id, 3, slices.Contains(allowed, id)
			}
			af, as, ab, aw := build(depth - 1)
			bf, bs, bb, bw := build(depth - 1)
			op, binds, want := " OR ", 1, aw || bw
			if rapid.Bool().Draw(t, "and") {
				op, binds, want = " AND ", 2, aw && bw
			}
			if ab < binds {
				as = "(" + as + ")"
			}
			if bb < binds {
				bs = "(" + bs + ")"
			}
			return "(" + af + op + bf + ")", as + op + bs, binds, want
		}
		full, short, _, want := build(4)
		for _, expr := range []string{full, short} {
			if got := Allows(expr, allowed); got != want {
				t.Fatalf("%s by %v: %v, want %v", expr, allowed, got, want)
			}
			if !spdx(expr) {
				t.Fatalf("%s is no SPDX", expr)
			}
		}
	})
}

// AND binds closer than OR, whatever stands before and behind.
func TestPrecedence(t *testing.T) {
	for _, c := range []struct {
		expr string
		want bool
	}{
		{"A AND A AND A OR B", true}, {"B OR A AND A", true}, {"A OR A AND B", false}, {"A AND (A OR B)", false}, {"(A OR B) AND B", true}, {"A and A or B", true}, {"((B))", true}, {"B AND B", true}, {"B AND A", false},
	} {
		expr := strings.NewReplacer("AND", "AND", "A", "LicenseRef-a", "B", "LicenseRef-b").Replace(c.expr)
		if got := Allows(expr, []string{"LicenseRef-b"}); got != c.want {
			t.Errorf("%s: %v", expr, got)
		}
	}
}

func TestPatterns(t *testing.T) {
	for _, p := range []string{"*", "NOASSERTION", "CC-BY-4.0", "CC-BY-*", "CC-BY-NC-SA-*", "MIT", "OGL-UK-*", "LicenseRef-press-1", "LicenseRef-press-*", "LicenseRef-*"} {
		if !ValidPattern(p) {
			t.Errorf("%q is no pattern", p)
		}
	}
	for _, p := range []string{"", "CC*", "CC-*", "CC-BY", "CC-BY-", "CC BY 4.0", "cc-by-4.0", "NONE", "MIT OR Apache-2.0", "LicenseRef-", "CC-XX-*", "*-4.0", strings.Repeat("a", 200)} {
		if ValidPattern(p) {
			t.Errorf("%q is a pattern", p)
		}
	}
	if !Allows("GPL-2.0-only WITH Classpath-exception-2.0", []string{"GPL-2.0-only"}) {
		t.Error("an exception took something away")
	}
	if Allows("(MIT", []string{"MIT"}) || Allows("MIT MIT", []string{"MIT"}) || Allows("AND", []string{"*"}) || Allows("MIT)", []string{"MIT"}) || Allows("", []string{"*"}) {
		t.Error("what is no expression is allowed")
	}
}

// A rule may ask for kinds of personal data, so that a telephone number closes
// what an address of a reader to another one does not.
func TestPersonalKinds(t *testing.T) {
	p := &Policy{Default: schema.TierExcluded, Rules: []Rule{
		{Tier: schema.TierStandoff, Personal: []string{schema.SpanPhone, schema.SpanAccount}},
		{Tier: schema.TierGated, Personal: []string{PersonalMasked, PersonalNone}},
	}}
	spans := func(kinds ...string) []schema.Span {
		var list []schema.Span
		for i, kind := range kinds {
			list = append(list, schema.Span{Kind: kind, Start: int32(10 * i), End: int32(10*i + 6)})
		}
		return list
	}
	for _, c := range []struct {
		spans []schema.Span
		open  bool
		class string
		kinds string
		tier  string
	}{
		{nil, false, PersonalNone, "", schema.TierGated},
		{nil, true, PersonalNone, "", schema.TierGated},
		{spans("link", "removed", "link"), false, PersonalNone, "", schema.TierGated},
		{spans("mention", "link", "mention"), false, PersonalMasked, "mention", schema.TierGated},
		{spans("handle", "email", "mention"), false, PersonalMasked, "mention email handle", schema.TierGated},
		{spans("mention", "phone"), false, PersonalMasked, "mention phone", schema.TierStandoff},
		{spans("account", "ip"), false, PersonalMasked, "ip account", schema.TierStandoff},
		{spans("account"), true, PersonalOpen, "account", schema.TierStandoff},
		{spans("mention"), true, PersonalOpen, "mention", schema.TierExcluded},
	} {
		article := ArticleFacts(&schema.Article{SourceID: "blog", State: "present", Spans: c.spans}, "", c.open)
		comment := CommentFacts(&schema.Comment{SourceID: "blog", State: "visible", Spans: c.spans}, "", c.open, nil)
		for _, f := range []Facts{article, comment} {
			if f.Personal != c.class || strings.Join(f.Found, " ") != c.kinds {
				t.Errorf("%v, open %v: %s %v", c.spans, c.open, f.Personal, f.Found)
			}
			if d := p.Decide(f); d.Tier != c.tier {
				t.Errorf("%v, open %v: %s, want %s", c.spans, c.open, d.Tier, c.tier)
			}
		}
	}
	table, _ := schema.TableOf(schema.TableComments)
	column, _ := table.Column("spans")
	known := append(PersonalKinds(), schema.SpanLink, schema.SpanRemoved)
	at := slices.IndexFunc(column.Children, func(c schema.Column) bool { return c.Name == "kind" })
	for _, kind := range column.Children[at].Values {
		if !slices.Contains(known, kind) {
			t.Errorf("no condition knows the kind of span %s", kind)
		}
	}
	for _, kind := range PersonalKinds() {
		if slices.Contains(PersonalClasses(), kind) {
			t.Errorf("%s is a class and a kind", kind)
		}
	}
}

func TestPolicyFile(t *testing.T) {
	data, err := openPolicy.JSON()
	if err != nil {
		t.Fatal(err)
	}
	again, err := ParsePolicy(data)
	if err != nil {
		t.Fatal(err)
	}
	want := *openPolicy
	want.Default = schema.TierStandoff
	if d := cmp.Diff(&want, again); d != "" {
		t.Error(d)
	}
	for _, bad := range []string{"", "{}", `{"schema":2,"default":"full","rules":[]}`, `{"schema":1,"default":"open","rules":[]}`, `{"schema":1,"default":"full","rules":[{"tier":"x"}]}`, `{"schema":1,"default":"full","rules":[],"more":1}`} {
		if _, err := ParsePolicy([]byte(bad)); err == nil {
			t.Errorf("%s is a policy", bad)
		}
	}
}

func FuzzPolicyFile(f *testing.F) {
	data, _ := openPolicy.JSON()
	f.Add(data)
	f.Add([]byte(`{"schema":1,"default":"standoff","rules":null}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := ParsePolicy(data)
		if err != nil {
			return
		}
		p.Decide(Facts{Record: RecordArticle, License: "CC-BY-4.0"})
		if _, err := p.JSON(); err != nil {
			t.Fatal(err)
		}
	})
}

func FuzzAllows(f *testing.F) {
	for _, s := range []string{"MIT AND (CC0-1.0 OR CC-BY-4.0)", "((((", "A WITH B", "OR OR"} {
		f.Add(s, "CC-BY-*")
	}
	f.Fuzz(func(t *testing.T, expr, pattern string) {
		if Allows(expr, []string{pattern}) && pattern == "*" && (expr == "" || expr == schema.LicenseUnknown) {
			t.Fatalf("%q is known", expr)
		}
		NoDerivatives(expr)
	})
}
