package schema_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corpus/schema"
)

// What an erratum may say of each column of which it may not say everything: a
// column that is new and could hold words shows up here.
func TestErratumRule(t *testing.T) {
	got := map[string][]string{}
	for _, name := range []string{schema.TableArticles, schema.TableComments, schema.TableCommenters, schema.TableDuplicates} {
		table, _ := schema.TableOf(name)
		for _, c := range schema.Columns(table) {
			if rule := schema.ErratumRule(c); rule != schema.ErratumValue {
				got[rule] = append(got[rule], name+"."+c.Name)
			}
		}
	}
	want := map[string][]string{
		schema.ErratumCut:  {"articles.text", "comments.text"},
		schema.ErratumWord: {"articles.source_id", "articles.license", "articles.extractor", "comments.source_id", "comments.license", "comments.extractor"},
		schema.ErratumNever: {
			"articles.input_sha256", "articles.locator", "comments.input_sha256", "comments.locator",
		},
		schema.ErratumEmpty: {
			"articles.site", "articles.url", "articles.canonical_url", "articles.title", "articles.subtitle", "articles.byline",
			"articles.published_local", "articles.lang", "articles.section", "articles.tags", "articles.license_statements",
			"articles.license_url", "articles.license_evidence", "articles.rights_holder", "articles.consent_basis", "articles.tdm_basis",
			"articles.opt_out", "articles.allowed_uses",
			"comments.commenter_role", "comments.posted_local", "comments.lang",
			"comments.license_url", "comments.license_evidence", "comments.rights_holder", "comments.consent_basis", "comments.tdm_basis",
			"comments.opt_out", "comments.allowed_uses",
			"commenters.name",
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Whatever is wording or names a person can only be emptied or cut.
func TestErratumRuleByClass(t *testing.T) {
	for _, table := range schema.Tables() {
		for _, c := range schema.Columns(table) {
			rule := schema.ErratumRule(c)
			if (c.Class == schema.ClassText || c.Class == schema.ClassPerson) && !slices.Contains([]string{schema.ErratumEmpty, schema.ErratumCut, schema.ErratumNever}, rule) {
				t.Errorf("%s.%s is of class %s and has the rule %s", table.Name, c.Name, c.Class, rule)
			}
		}
	}
}
