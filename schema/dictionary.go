package schema

import (
	"fmt"
	"strings"
)

// Dictionary is the data dictionary of all tables in Markdown, the text of
// docs/data-dictionary.md. It is made of the same tags as the files.
func Dictionary() string {
	var b strings.Builder
	fmt.Fprintf(&b, `# Data dictionary

This page is generated from the package schema; %smake docs%s writes it again. Version of the tables: %d.

All columns stand in every file, also when they are all null. Strings are UTF-8 in NFC; ids and digests are lower-case hexadecimal. Offsets count Unicode code points, as Python and R slice strings. A list is never null, and neither is an element of it. Nothing is a floating-point number: scores are integers per mille.

The class of a column says what a release may do with it: %sfact%s is about the record, %stext%s is the wording of an author, %sperson%s names a person, %sinternal%s is about the builder's own files. The column “release” says what that comes to, see [Releases](#what-a-release-keeps).
`, "`", "`", Version, "`", "`", "`", "`", "`", "`", "`", "`")
	for _, t := range Tables() {
		fmt.Fprintf(&b, "\n## %s\n\n%s. ", t.Name, sentence(t.Doc))
		fmt.Fprintf(&b, "Files: `%s/`. ", t.Dir())
		if len(t.Key) > 0 {
			fmt.Fprintf(&b, "Key: %s. ", codes(t.Key))
		}
		fmt.Fprintf(&b, "Sorted by %s. ", sorting(t.Sort))
		if t.Shard == "" {
			b.WriteString("Always one file.\n\n")
		} else {
			fmt.Fprintf(&b, "The leading bits of `%s` choose the file.\n\n", t.Shard)
		}
		b.WriteString("| column | type | null | class | release | meaning |\n|---|---|---|---|---|---|\n")
		for _, c := range t.columns {
			writeColumn(&b, "", c)
			for _, child := range c.Children {
				writeColumn(&b, c.Name+"[].", child)
			}
		}
	}
	b.WriteString("\n## What a release keeps\n\nA row keeps its text where the tier of the record allows it in the release: `full` in every release with texts, `gated` in a release of tier gated. A record of tier `excluded` is in no release. The table ledger leaves as counts by reason, and has no row.\n\n| release | meaning |\n|---|---|\n")
	for _, r := range ReleaseRules() {
		fmt.Fprintf(&b, "| %s | %s |\n", r.Name, r.Doc)
	}
	b.WriteString("\n## Reasons of the ledger\n\n| reason | meaning |\n|---|---|\n")
	for _, r := range ReasonDocs() {
		fmt.Fprintf(&b, "| `%s` | %s |\n", r.Name, r.Doc)
	}
	return b.String()
}

func writeColumn(b *strings.Builder, prefix string, c Column) {
	null := "no"
	if c.Nullable {
		null = "yes"
	}
	fmt.Fprintf(b, "| `%s%s` | `%s` | %s | %s | %s | %s", prefix, c.Name, c.Type, null, c.Class, c.Release, strings.ReplaceAll(c.Doc, "|", `\|`))
	if !named(c.Doc, c.Values) {
		fmt.Fprintf(b, "<br>Values: %s", codes(c.Values))
	}
	b.WriteString(" |\n")
}

// named tells whether a column's doc names all of its values itself.
func named(doc string, values []string) bool {
	for _, v := range values {
		if !strings.Contains(doc, v) {
			return false
		}
	}
	return true
}

// sentence is s with a capital letter in front; docs begin with ASCII.
func sentence(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func codes(names []string) string { return "`" + strings.Join(names, "`, `") + "`" }

func sorting(columns []SortColumn) string {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = "`" + c.Name + "`"
		if c.Descending {
			names[i] += " (descending, nulls last)"
		}
	}
	return strings.Join(names, ", ")
}
