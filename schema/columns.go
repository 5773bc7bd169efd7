package schema

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
)

// Release classes of a column.
const (
	ClassFact     = "fact"     // about the record, not of its wording: ids, times, numbers
	ClassText     = "text"     // wording of an author
	ClassPerson   = "person"   // names a person
	ClassInternal = "internal" // about the builder's own files
)

// Folders of the tables within a version.
const (
	FolderData  = "data"
	FolderAudit = "audit"
)

// Types of a column. A column of type list<…> has List set.
const (
	TypeString      = "string"             // UTF-8
	TypeLargeString = "large_string"       // UTF-8; Arrow readers use 64-bit offsets
	TypeInt32       = "int32"              // signed
	TypeBool        = "bool"               //
	TypeTimestamp   = "timestamp[us, UTC]" // microseconds since 1970-01-01 UTC
	TypeListString  = "list<string>"       // never null, elements neither
	TypeListStruct  = "list<struct>"       // never null, elements neither; see Children
	LongText        = "text"               // name of the columns of type large_string
	timestampOption = "timestamp(microsecond:utc)"
)

// Column is a column of a table, or a field of a list of structs.
type Column struct {
	Name       string
	Type       string // one of Type…
	Nullable   bool
	List       bool
	Dictionary bool     // Parquet pages of it are dictionary-encoded
	Class      string   // one of Class…
	Release    string   // what a release keeps of it, one of Release…
	Doc        string   // its meaning, one line
	Values     []string // the closed vocabulary, nil where there is none
	Children   []Column // fields of the elements of a list of structs
	Index      []int    // of the field in the Go row, for reflect's FieldByIndex
}

// SortColumn is a column that the rows of a table are sorted by.
type SortColumn struct {
	Name       string
	Descending bool // then nulls come last
}

// Table is a table of a version.
type Table struct {
	Name   string
	Folder string       // FolderData or FolderAudit
	Doc    string       // one line
	Key    []string     // columns that no two rows share; nil where a row has no key
	Sort   []SortColumn // order of the rows, as the Parquet files declare it
	Shard  string       // column whose leading bits choose the shard; "" for a table of one file
	Row    reflect.Type // Go struct of a row

	columns []Column
}

// Dir is the folder of the table's files within a version, with "/".
func (t Table) Dir() string { return t.Folder + "/" + t.Name }

// Tables are all tables, in the order of the documentation. Callers must not
// change what they share.
func Tables() []Table { return tables() }

// TableOf is the table named name.
func TableOf(name string) (Table, bool) {
	for _, t := range tables() {
		if t.Name == name {
			return t, true
		}
	}
	return Table{}, false
}

// Columns are the columns of t in the order of its files. Callers must not
// change them.
func Columns(t Table) []Column { return t.columns }

// Column is the column of t named name.
func (t Table) Column(name string) (Column, bool) {
	for _, c := range t.columns {
		if c.Name == name {
			return c, true
		}
	}
	return Column{}, false
}

var tables = sync.OnceValue(func() []Table {
	list := []Table{
		{
			Name: TableArticles, Folder: FolderData, Row: reflect.TypeFor[Article](),
			Doc: "one row an article",
			Key: []string{"article_id"}, Shard: "article_id",
			Sort: []SortColumn{{Name: "article_id"}},
		},
		{
			Name: TableComments, Folder: FolderData, Row: reflect.TypeFor[Comment](),
			Doc: "one row a comment, in the order of its article's thread",
			Key: []string{"comment_id"}, Shard: "article_id",
			Sort: []SortColumn{{Name: "article_id"}, {Name: "position"}, {Name: "comment_id"}},
		},
		{
			Name: TableCommenters, Folder: FolderData, Row: reflect.TypeFor[Commenter](),
			Doc: "one row a pseudonymous author of comments",
			Key: []string{"commenter_id"}, Shard: "commenter_id",
			Sort: []SortColumn{{Name: "commenter_id"}},
		},
		{
			Name: TableCaptures, Folder: FolderAudit, Row: reflect.TypeFor[Capture](),
			Doc:   "one row a document that shows an article, newest first; equal files give equal rows, so that a row has no key",
			Shard: "article_id",
			Sort:  []SortColumn{{Name: "article_id"}, {Name: "captured_at", Descending: true}},
		},
		{
			Name: TableSources, Folder: FolderData, Row: reflect.TypeFor[Source](),
			Doc: "one row a source, as corpus.yaml declares it",
			Key: []string{"source_id"}, Sort: []SortColumn{{Name: "source_id"}},
		},
		{
			Name: TableLedger, Folder: FolderAudit, Row: reflect.TypeFor[LedgerRow](),
			Doc: "one row a document, and one an input that gave none: where it ended, and why",
			Key: []string{"source_id", "input_path", "locator"},
			// Locators sort by the number in them, which no Parquet reader knows.
			Sort: []SortColumn{{Name: "source_id"}, {Name: "input_path"}},
		},
		{
			Name: TableDuplicates, Folder: FolderAudit, Row: reflect.TypeFor[Duplicate](),
			Doc: "one row a member of a cluster of near-duplicate articles",
			Key: []string{"record_id"}, Shard: "cluster_id",
			Sort: []SortColumn{{Name: "cluster_id"}, {Name: "record_id"}},
		},
	}
	for i := range list {
		list[i].columns = columnsOf(list[i].Row, nil)
		for j := range list[i].columns {
			c := &list[i].columns[j]
			c.Values = values(list[i].Name, c.Name)
			c.Release = releaseOf(list[i].Name, c.Name, c.Class)
			for k := range c.Children {
				c.Children[k].Values = values(c.Name, c.Children[k].Name)
				c.Children[k].Release = releaseOf(c.Name, c.Children[k].Name, c.Children[k].Class)
			}
		}
	}
	return list
})

// columnsOf reads the tags of a row type; embedded structs are flattened. It
// panics on a type that no table of this package has: a test sees them all.
func columnsOf(row reflect.Type, index []int) []Column {
	var columns []Column
	for i := range row.NumField() {
		field := row.Field(i)
		at := append(append([]int(nil), index...), i)
		if field.Anonymous {
			columns = append(columns, columnsOf(field.Type, at)...)
			continue
		}
		name, options, _ := strings.Cut(field.Tag.Get("parquet"), ",")
		c := Column{
			Name:       name,
			Class:      field.Tag.Get("class"),
			Doc:        field.Tag.Get("doc"),
			Dictionary: hasOption(options, "dict"),
			Index:      at,
		}
		c.setType(field.Type, options)
		columns = append(columns, c)
	}
	return columns
}

func (c *Column) setType(t reflect.Type, options string) {
	if t.Kind() == reflect.Pointer {
		c.Nullable = true
		t = t.Elem()
	}
	switch kind := t.Kind(); {
	case kind == reflect.Slice && t.Elem().Kind() == reflect.String:
		c.List, c.Type = true, TypeListString
	case kind == reflect.Slice && t.Elem().Kind() == reflect.Struct:
		c.List, c.Type, c.Children = true, TypeListStruct, columnsOf(t.Elem(), nil)
	case kind == reflect.String && c.Name == LongText:
		c.Type = TypeLargeString
	case kind == reflect.String:
		c.Type = TypeString
	case kind == reflect.Int32:
		c.Type = TypeInt32
	case kind == reflect.Bool:
		c.Type = TypeBool
	case kind == reflect.Int64 && hasOption(options, timestampOption):
		c.Type = TypeTimestamp
	default:
		panic(fmt.Sprintf("schema: column %s has a type without a meaning: %s", c.Name, t))
	}
}

func hasOption(options, name string) bool {
	for option := range strings.SplitSeq(options, ",") {
		if option == name {
			return true
		}
	}
	return false
}
