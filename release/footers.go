package release

import (
	"fmt"
	"maps"
	"slices"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/parquet-go/parquet-go"

	"corpus/pipeline/store"
	"corpus/schema"
)

func tablesInOrder() []schema.Table { return schema.Tables() }

// footers checks what every Parquet file says of itself: columns with types
// and nullability, rows, order, and the key-value metadata.
func (v *verifier) footers() error {
	for _, t := range tablesInOrder() {
		want, err := store.Metadata(t, v.manifest.Corpus)
		if err != nil {
			return err
		}
		for _, info := range v.manifest.TableFiles(t.Name) {
			if err := v.ctx.Err(); err != nil {
				return err
			}
			if err := v.footer(t, info, want); err != nil {
				v.problem(Problem{File: info.Path, Table: t.Name, What: err.Error()})
			}
		}
	}
	return nil
}

func (v *verifier) footer(t schema.Table, info store.FileInfo, want map[string]string) error {
	f, closer, err := store.OpenParquet(v.dir, info)
	if err != nil {
		return err
	}
	defer closer.Close()
	if !store.SameSchema(f, t) {
		return fmt.Errorf("its columns are not those of table %s", t.Name)
	}
	if f.NumRows() != info.Rows {
		return fmt.Errorf("has %d rows, the manifest says %d", f.NumRows(), info.Rows)
	}
	metadata := map[string]string{}
	for _, kv := range f.Metadata().KeyValueMetadata {
		metadata[kv.Key] = kv.Value
	}
	for _, key := range slices.Sorted(maps.Keys(want)) {
		if key != store.ArrowKey && metadata[key] != want[key] {
			return fmt.Errorf("its metadata %s is not what it should be: %.60q", key, metadata[key])
		}
	}
	embedded, err := store.ArrowSchema(metadata)
	if err != nil {
		return err
	}
	if err := sameArrow(embedded, schema.Arrow(t)); err != nil {
		return fmt.Errorf("its Arrow schema: %w", err)
	}
	if len(metadata) != len(want) || len(f.Metadata().KeyValueMetadata) != len(want) {
		return fmt.Errorf("it has metadata that no file of ours has")
	}
	if err := noBounds(f, t); err != nil {
		return err
	}
	for i, g := range f.RowGroups() {
		if !sameSorting(t, g.SortingColumns()) {
			return fmt.Errorf("row group %d is not declared as sorted like table %s", i, t.Name)
		}
	}
	return nil
}

// sameArrow compares what Arrow's readers will take the columns for with the
// definition of the table: names, types, nullability, release classes. The
// columns' docs may be worded otherwise by another version of the tool.
func sameArrow(got, want *arrow.Schema) error {
	if got.NumFields() != want.NumFields() {
		return fmt.Errorf("it has %d fields, the table has %d columns", got.NumFields(), want.NumFields())
	}
	for i := range want.NumFields() {
		g, w := got.Field(i), want.Field(i)
		classG, _ := g.Metadata.GetValue("class")
		classW, _ := w.Metadata.GetValue("class")
		if g.Name != w.Name || g.Nullable != w.Nullable || classG != classW || !arrow.TypeEqual(g.Type, w.Type) {
			return fmt.Errorf("%s is not what the column %s is", g.Name, w.Name)
		}
	}
	return nil
}

// noBounds: the footer must not repeat what authors wrote.
func noBounds(f *parquet.File, t schema.Table) error {
	for g, group := range f.Metadata().RowGroups {
		for i := range group.Columns {
			m := &group.Columns[i].MetaData
			if len(m.PathInSchema) == 0 {
				continue
			}
			c, _ := t.Column(m.PathInSchema[0])
			s := m.Statistics
			if (c.Class == schema.ClassText || c.Class == schema.ClassPerson) && (s.Min != nil || s.Max != nil || s.MinValue != nil || s.MaxValue != nil) {
				return fmt.Errorf("the footer repeats values of %s in row group %d", c.Name, g)
			}
		}
	}
	return nil
}

func sameSorting(t schema.Table, got []parquet.SortingColumn) bool {
	if len(got) != len(t.Sort) {
		return false
	}
	for i, s := range t.Sort {
		if path := got[i].Path(); len(path) != 1 || path[0] != s.Name || got[i].Descending() != s.Descending || got[i].NullsFirst() {
			return false
		}
	}
	return true
}
