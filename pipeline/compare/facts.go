package compare

import (
	"fmt"
	"sort"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/go-json-experiment/json"

	"corpus/pipeline/store"
	"corpus/schema"
)

// manifests compares what the manifests say of the versions as wholes. What
// they count follows from the tables and is left to these.
func (c *comparison) manifests() error {
	type fact struct {
		name string
		of   func(*store.Manifest) any
	}
	for _, f := range []fact{
		{"title", func(m *store.Manifest) any { return m.Title }},
		{"description", func(m *store.Manifest) any { return m.Description }},
		{"tool", func(m *store.Manifest) any { return m.Tool.Name + " " + m.Tool.Version }},
		{"format", func(m *store.Manifest) any { return m.Format }},
		{"datasheet_sha256", func(m *store.Manifest) any { return m.SheetSHA256 }},
		{"privacy", func(m *store.Manifest) any { return m.Privacy }},
		{"key_check", func(m *store.Manifest) any { return m.KeyCheck }},
		{"unicode", func(m *store.Manifest) any { return m.Unicode }},
		{"splits", func(m *store.Manifest) any { return m.Splits }},
		{"split_shares", func(m *store.Manifest) any { return m.SplitShares }},
		{"id_rules", func(m *store.Manifest) any { return m.IDRules }},
		{"extractors", func(m *store.Manifest) any { return m.Extractors }},
		{"language_models", func(m *store.Manifest) any { return m.LanguageModels }},
		{"rules", func(m *store.Manifest) any { return m.Rules }},
		{"shards", func(m *store.Manifest) any { return m.Shards }},
	} {
		old, err := stated(f.of(c.old.Manifest))
		if err != nil {
			return err
		}
		new, err := stated(f.of(c.new.Manifest))
		if err != nil {
			return err
		}
		if old == new {
			continue
		}
		list := []Difference{{Table: TableManifest, Change: Edited, Column: &f.name, Old: &old, New: &new, Level: Patch}}
		if err := c.record(f.name, "", c.causes.record("", ""), list); err != nil {
			return err
		}
	}
	return nil
}

// stated is a value as text, or as JSON where it is none.
func stated(v any) (string, error) {
	if s, ok := v.(string); ok {
		return s, nil
	}
	data, err := json.Marshal(v, json.Deterministic(true))
	if err != nil {
		return "", fmt.Errorf("writing a statement of the manifest: %w", err)
	}
	return string(data), nil
}

// columns compares the columns of the tables, as the files declare them. Where
// a column is gone or has another type the number is known and the rows cannot
// be compared: skip is true.
func (c *comparison) columns() (skip bool, err error) {
	for _, t := range schema.Tables() {
		old, err := arrowOf(c.old, t.Name)
		if err != nil {
			return false, err
		}
		new, err := arrowOf(c.new, t.Name)
		if err != nil {
			return false, err
		}
		for _, d := range compareColumns(t.Name, old, new) {
			skip = skip || d.Level == Major
			cause := CauseTool
			if err := c.record(d.RecordID, "", cause, []Difference{d}); err != nil {
				return false, err
			}
		}
	}
	return skip, nil
}

// arrowOf is the Arrow schema that the first file of a table carries.
func arrowOf(s *Side, table string) (*arrow.Schema, error) {
	files := s.files(table)
	if len(files) == 0 {
		return nil, fmt.Errorf("the version has no table %s", table)
	}
	f, closer, err := store.OpenParquet(s.Dir, files[0])
	if err != nil {
		return nil, err
	}
	defer closer.Close()
	metadata := map[string]string{}
	for _, kv := range f.Metadata().KeyValueMetadata {
		metadata[kv.Key] = kv.Value
	}
	columns, err := store.ArrowSchema(metadata)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", files[0].Path, err)
	}
	return columns, nil
}

// compareColumns gives the columns that came, went or have another type, by
// name. A renamed column is one that went and one that came.
func compareColumns(table string, old, new *arrow.Schema) []Difference {
	types := func(s *arrow.Schema) map[string]string {
		m := map[string]string{}
		for _, f := range s.Fields() {
			m[f.Name] = f.Type.String()
			if f.Nullable {
				m[f.Name] += ", nullable"
			}
		}
		return m
	}
	a, b := types(old), types(new)
	var list []Difference
	for name, was := range a {
		column := name
		d := Difference{Table: TableColumns, RecordID: table + "." + name, Column: &column, Old: &was, Level: Major}
		is, ok := b[name]
		switch {
		case !ok:
			d.Change = Removed
		case is != was:
			d.Change, d.New = Edited, &is
		default:
			continue
		}
		list = append(list, d)
	}
	for name, is := range b {
		if _, ok := a[name]; !ok {
			column := name
			list = append(list, Difference{Table: TableColumns, RecordID: table + "." + name, Change: Added, Column: &column, New: &is, Level: Minor})
		}
	}
	sort.Slice(list, func(i, j int) bool { return list[i].RecordID < list[j].RecordID })
	return list
}
