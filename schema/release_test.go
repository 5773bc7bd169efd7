package schema

import (
	"slices"
	"testing"
)

// Every column has a rule of the list; wording and names never leave without
// the text, and what is internal never does.
func TestReleaseRules(t *testing.T) {
	var rules []string
	for _, r := range ReleaseRules() {
		rules = append(rules, r.Name)
	}
	used := map[string]bool{}
	var check func(where string, columns []Column)
	check = func(where string, columns []Column) {
		for _, c := range columns {
			used[c.Release] = true
			if !slices.Contains(rules, c.Release) {
				t.Errorf("%s.%s has the rule %q", where, c.Name, c.Release)
			}
			wording := c.Class == ClassText || c.Class == ClassPerson
			if wording && c.Release != ReleaseWithText && where != TableLedger || c.Class == ClassInternal && c.Release != ReleaseNever {
				t.Errorf("%s.%s is %s and the rule is %q", where, c.Name, c.Class, c.Release)
			}
			if wording && !c.Nullable && !c.List {
				t.Errorf("%s.%s is %s, and nothing can stand for it where it is withheld", where, c.Name, c.Class)
			}
			check(c.Name, c.Children)
		}
	}
	for _, table := range Tables() {
		check(table.Name, Columns(table))
	}
	for _, r := range rules {
		if !used[r] {
			t.Errorf("no column has the rule %q", r)
		}
	}
	articles, _ := TableOf(TableArticles)
	for name, want := range map[string]string{
		"url": ReleaseKept, "title": ReleaseWithText, "byline": ReleaseWithText, "tags": ReleaseWithText, "blocks": ReleaseKept,
		"input_sha256": ReleaseNever, "locator": ReleaseNever, "text_sha256": ReleaseLong,
	} {
		if c, _ := articles.Column(name); c.Release != want {
			t.Errorf("articles.%s: %q, want %q", name, c.Release, want)
		}
	}
}
