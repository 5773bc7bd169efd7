// Package export writes a table of a version in another form: JSON Lines, CSV
// or an Arrow stream; or all its articles and comments together as threads, as a
// corpus of ConvoKit or as TEI. It holds a few rows at a time, however large the
// table.
//
// It must never change a value: what a form cannot hold as it is (a list in
// CSV) is written so that it can be read back, and the docs say how.
package export

import (
	"context"
	"fmt"
	"io"
	"iter"
	"reflect"
	"strings"
	"time"

	"corpus/pipeline/store"
	"corpus/schema"
)

// Names of the forms.
const (
	FormatJSONL = "jsonl"
	FormatArrow = "arrow"
	FormatCSV   = "csv"
)

// Names of the views, which join articles and comments.
const (
	ViewThreads  = "threads"
	ViewConvoKit = "convokit" // a folder
	ViewTEI      = "tei"
)

// Formats are the names of the forms.
func Formats() []string { return []string{FormatJSONL, FormatArrow, FormatCSV} }

// Views are the names of the views.
func Views() []string { return []string{ViewThreads, ViewConvoKit, ViewTEI} }

// writer takes the rows of one table.
type writer interface {
	write(row reflect.Value) error
	close() error
}

// Write writes a table of the version in the folder dir to out and gives the
// number of rows. An unknown table or form is an error that names the known
// ones; what is written until an error is no whole table.
func Write(ctx context.Context, dir, table, format string, out io.Writer) (rows int64, err error) {
	t, ok := schema.TableOf(table)
	if !ok {
		return 0, fmt.Errorf("there is no table %q: expected %s", table, strings.Join(tableNames(), ", "))
	}
	if _, err := store.ReadManifest(dir); err != nil {
		return 0, err
	}
	var w writer
	switch format {
	case FormatJSONL:
		w = newJSONL(t, out)
	case FormatCSV:
		w, err = newCSV(t, out)
	case FormatArrow:
		w = newArrow(t, out)
	default:
		err = fmt.Errorf("there is no form %q: expected %s", format, strings.Join(Formats(), ", "))
	}
	if err != nil {
		return 0, err
	}
	for row, err := range values(dir, t) {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = w.write(row)
		}
		if err != nil {
			_ = w.close() // the error before says more
			return rows, err
		}
		rows++
	}
	return rows, w.close()
}

func tableNames() []string {
	var names []string
	for _, t := range schema.Tables() {
		names = append(names, t.Name)
	}
	return names
}

// values gives the rows of a table as reflect sees them.
func values(dir string, t schema.Table) iter.Seq2[reflect.Value, error] {
	switch t.Name {
	case schema.TableArticles:
		return reflected[schema.Article](dir, t.Name)
	case schema.TableComments:
		return reflected[schema.Comment](dir, t.Name)
	case schema.TableCommenters:
		return reflected[schema.Commenter](dir, t.Name)
	case schema.TableCaptures:
		return reflected[schema.Capture](dir, t.Name)
	case schema.TableSources:
		return reflected[schema.Source](dir, t.Name)
	case schema.TableLedger:
		return reflected[schema.LedgerRow](dir, t.Name)
	case schema.TableDuplicates:
		return reflected[schema.Duplicate](dir, t.Name)
	}
	return func(yield func(reflect.Value, error) bool) {
		yield(reflect.Value{}, fmt.Errorf("the table %s cannot be exported", t.Name))
	}
}

func reflected[T any](dir, table string) iter.Seq2[reflect.Value, error] {
	return func(yield func(reflect.Value, error) bool) {
		for row, err := range store.Rows[T](dir, table) {
			if !yield(reflect.ValueOf(&row).Elem(), err) {
				return
			}
		}
	}
}

// field is the value of a column in a row; ok is false for a null.
func field(c *schema.Column, row reflect.Value) (v reflect.Value, ok bool) {
	v = row.FieldByIndex(c.Index)
	if c.Nullable {
		if v.IsNil() {
			return v, false
		}
		v = v.Elem()
	}
	return v, true
}

// instant is a timestamp in ISO 8601, in UTC, with its microseconds where it
// has any.
func instant(us int64) string {
	return time.UnixMicro(us).UTC().Format("2006-01-02T15:04:05.999999Z07:00")
}
