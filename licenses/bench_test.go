package licenses

import (
	"testing"

	"corpus/schema"
)

// BenchmarkRights reads and resolves three statements of a page, and decides the
// tier of its article.
func BenchmarkRights(b *testing.B) {
	facts := Facts{Record: RecordArticle, Source: "blog", State: "present", License: "CC-BY-4.0", Evidence: "rel=license", Personal: PersonalMasked}
	b.ReportAllocs()
	for b.Loop() {
		var statements []Statement
		for _, c := range [][3]string{
			{"rel=license", "", "https://creativecommons.org/licenses/by/4.0/"},
			{WhereText, "This work is licensed under a Creative Commons Attribution 4.0 International License.", ""},
			{WhereIndex, "CC-BY-NC-4.0", ""},
		} {
			s, ok := NewStatement(c[0], schema.CoversArticle, c[1], c[2])
			if !ok {
				b.Fatal(c)
			}
			statements = Add(statements, s)
		}
		facts.License = Resolve(statements).License
		openPolicy.Decide(facts)
	}
}
