package compare

import (
	"reflect"

	"corpus/pipeline/spill"
	"corpus/pipeline/store"
	"corpus/schema"
)

// accounts compares the tables that say something of articles, comments and
// inputs.
func (c *comparison) accounts() error {
	if err := keyed(c, schema.TableCommenters, true,
		func(r *schema.Commenter) []byte { return []byte(r.CommenterID) },
		func(a, b *schema.Commenter) string { return c.causes.commenter(CauseOthers) }); err != nil {
		return err
	}
	if err := keyed(c, schema.TableSources, true,
		func(r *schema.Source) []byte { return []byte(r.SourceID) },
		func(a, b *schema.Source) string { return c.causes.record("", "") }); err != nil {
		return err
	}
	if err := keyed(c, schema.TableLedger, false,
		func(r *schema.LedgerRow) []byte {
			return spill.Key([]byte(r.SourceID), []byte(r.InputPath), []byte(r.Locator))
		},
		func(a, b *schema.LedgerRow) string {
			sum := func(r *schema.LedgerRow) string {
				if r == nil {
					return ""
				}
				return value(r.InputSHA256)
			}
			return c.causes.record(sum(a), sum(b))
		}); err != nil {
		return err
	}
	if err := keyed(c, schema.TableCaptures, false,
		func(r *schema.Capture) []byte {
			return spill.Key([]byte(r.ArticleID), []byte(r.InputSHA256), []byte(r.Locator))
		},
		func(a, b *schema.Capture) string {
			sum := func(r *schema.Capture) string {
				if r == nil {
					return ""
				}
				return r.InputSHA256
			}
			return c.causes.record(sum(a), sum(b))
		}); err != nil {
		return err
	}
	return keyed(c, schema.TableDuplicates, false,
		func(r *schema.Duplicate) []byte { return []byte(r.RecordID) },
		func(a, b *schema.Duplicate) string { return CauseOthers })
}

// keyed compares a table whose rows are matched by key alone. inOrder tells
// whether they are stored in the order of key.
func keyed[T any](c *comparison, table string, inOrder bool, key func(*T) []byte, cause func(old, new *T) string) error {
	cells := newCells(table)
	var sides [2]*stream[T]
	for i, s := range [][2]*Side{{c.old, c.new}, {c.new, c.old}} {
		rows := rowsOf[T](s[0], s[1], table)
		if inOrder {
			sides[i] = ordered(rows, key)
			continue
		}
		sorter := c.sorter()
		defer sorter.Close()
		var err error
		if sides[i], err = sorted(c.ctx, sorter, rows, key); err != nil {
			return err
		}
	}
	return join(c.ctx, sides[0], sides[1], func(a, b *T) error {
		var list []Difference
		var err error
		row := b
		switch {
		case a == nil:
			list = whole(cells.table, Added)
		case b == nil:
			row, list = a, whole(cells.table, Removed)
		default:
			list, err = cells.compare(reflect.ValueOf(a), reflect.ValueOf(b))
		}
		if err != nil {
			return err
		}
		return c.record(store.RowName(cells.table, row), "", cause(a, b), list)
	})
}
