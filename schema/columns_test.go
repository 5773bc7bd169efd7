package schema

import (
	"slices"
	"strings"
	"testing"
)

func TestTables(t *testing.T) {
	want := []string{"articles", "comments", "commenters", "captures", "sources", "ledger", "duplicates"}
	folders := map[string]string{
		"articles": "data", "comments": "data", "commenters": "data", "sources": "data",
		"captures": "audit", "ledger": "audit", "duplicates": "audit",
	}
	var got []string
	for _, table := range Tables() {
		got = append(got, table.Name)
		if table.Folder != folders[table.Name] {
			t.Errorf("%s stands in %s", table.Name, table.Folder)
		}
		names := map[string]bool{}
		for _, name := range table.Key {
			names[name] = true
		}
		for _, s := range table.Sort {
			names[s.Name] = true
		}
		if table.Shard != "" {
			names[table.Shard] = true
			if table.Sort[0].Name != table.Shard {
				t.Errorf("%s is sharded by %s, but sorted by %s first", table.Name, table.Shard, table.Sort[0].Name)
			}
		}
		for name := range names {
			if _, ok := table.Column(name); !ok {
				t.Errorf("%s has no column %s", table.Name, name)
			}
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("tables are %v, want %v", got, want)
	}
	if _, ok := TableOf("pages"); ok {
		t.Error("there is a table pages")
	}
}

func TestColumns(t *testing.T) {
	classes := []string{ClassFact, ClassText, ClassPerson, ClassInternal}
	// Words of SQL, and of the language of JSON paths that mlcroissant reads;
	// a name that is one has to be quoted there.
	reserved := []string{"where", "parent", "parents", "select", "from", "order", "group", "having", "join", "union", "case", "when", "all", "and", "or", "not", "null", "in"}
	var check func(where string, columns []Column)
	check = func(where string, columns []Column) {
		seen := map[string]bool{}
		for _, c := range columns {
			at := where + "." + c.Name
			if c.Name == "" || strings.Trim(c.Name, "abcdefghijklmnopqrstuvwxyz_0123456789") != "" {
				t.Errorf("%s is no name of a column", at)
			}
			if slices.Contains(reserved, c.Name) {
				t.Errorf("%s has a name that SQL or JSON paths reserve", at)
			}
			if seen[c.Name] {
				t.Errorf("%s stands twice", at)
			}
			seen[c.Name] = true
			if !slices.Contains(classes, c.Class) {
				t.Errorf("%s has the class %q", at, c.Class)
			}
			if c.Doc == "" || strings.ContainsAny(c.Doc, "\n|") || strings.HasSuffix(c.Doc, ".") {
				t.Errorf("%s has no one-line meaning: %q", at, c.Doc)
			}
			if c.List && c.Nullable {
				t.Errorf("%s is a list that can be null", at)
			}
			if (c.Type == TypeListStruct) != (len(c.Children) > 0) {
				t.Errorf("%s is a %s with %d fields", at, c.Type, len(c.Children))
			}
			check(at, c.Children)
		}
	}
	for _, table := range Tables() {
		check(table.Name, Columns(table))
	}
	articles, _ := TableOf("articles")
	for name, want := range map[string]Column{
		"article_id":   {Type: TypeString},
		"text":         {Type: TypeLargeString, Nullable: true},
		"byline":       {Type: TypeListString, List: true},
		"blocks":       {Type: TypeListStruct, List: true},
		"published_at": {Type: TypeTimestamp, Nullable: true},
		"lang_score":   {Type: TypeInt32, Nullable: true},
		"tier":         {Type: TypeString, Dictionary: true},
		"locator":      {Type: TypeString},
	} {
		got, ok := articles.Column(name)
		if !ok || got.Type != want.Type || got.Nullable != want.Nullable || got.List != want.List || want.Dictionary && !got.Dictionary {
			t.Errorf("articles.%s is %+v", name, got)
		}
	}
	if n := len(Columns(articles)); n != 46 {
		t.Errorf("articles has %d columns; a new one needs a new Version", n)
	}
}

// Every vocabulary is that of the columns' docs: the words of a doc that lists
// values have to be the values.
func TestVocabulariesAreDocumented(t *testing.T) {
	listed := 0
	for _, table := range Tables() {
		for _, c := range Columns(table) {
			for _, col := range append([]Column{c}, c.Children...) {
				for _, value := range col.Values {
					if value == "" {
						t.Errorf("%s.%s has an empty value", table.Name, col.Name)
					}
				}
				if len(col.Values) > 0 && len(col.Values) < 9 {
					listed++
					for _, value := range col.Values {
						if !strings.Contains(col.Doc, value) {
							t.Errorf("the doc of %s.%s does not name %s: %s", table.Name, col.Name, value, col.Doc)
						}
					}
				}
			}
		}
	}
	if listed < 15 {
		t.Errorf("only %d vocabularies", listed)
	}
}
