package compare

import (
	"fmt"
	"reflect"
	"strconv"
	"time"

	"github.com/go-json-experiment/json"

	"corpus/schema"
)

// cells compares the values of rows of one table.
type cells struct {
	table   schema.Table
	columns []cell
}

type cell struct {
	schema.Column
	rule rule
}

func newCells(table string) *cells {
	t, _ := schema.TableOf(table) // callers name tables that there are
	c := &cells{table: t}
	for _, column := range schema.Columns(t) {
		if r := ruleOf(t, column.Name); r != key && r != derived {
			c.columns = append(c.columns, cell{column, r})
		}
	}
	return c
}

// compare gives a difference for every column in which two rows differ; both
// are pointers to a row. What the differences have in common is left out.
func (c *cells) compare(old, new reflect.Value) ([]Difference, error) {
	var list []Difference
	for i := range c.columns {
		column := &c.columns[i]
		a, b := old.Elem().FieldByIndex(column.Index), new.Elem().FieldByIndex(column.Index)
		if equal(a, b) {
			continue
		}
		d := Difference{Table: c.table.Name, Change: Edited, Column: &column.Name}
		if column.rule == place {
			d.Change = Moved
		}
		x, err := textOf(column.Column, a)
		if err != nil {
			return nil, err
		}
		y, err := textOf(column.Column, b)
		if err != nil {
			return nil, err
		}
		d.Level = levelOf(column.rule, x, y)
		if column.Class != schema.ClassPerson { // names stay in the tables
			d.Old, d.New = x, y
		}
		list = append(list, d)
	}
	return list, nil
}

// equal tells whether two values of one column are the same; a list without
// elements is none, however it is held.
func equal(a, b reflect.Value) bool {
	switch a.Kind() {
	case reflect.Pointer:
		if a.IsNil() || b.IsNil() {
			return a.IsNil() && b.IsNil()
		}
		return equal(a.Elem(), b.Elem())
	case reflect.Slice:
		if a.Len() != b.Len() {
			return false
		}
		for i := range a.Len() {
			if !equal(a.Index(i), b.Index(i)) {
				return false
			}
		}
		return true
	case reflect.Struct:
		for i := range a.NumField() {
			if !equal(a.Field(i), b.Field(i)) {
				return false
			}
		}
		return true
	case reflect.String:
		return a.String() == b.String()
	case reflect.Bool:
		return a.Bool() == b.Bool()
	default:
		return a.Int() == b.Int()
	}
}

// textOf is a value as a Difference has it: nil for a null.
func textOf(c schema.Column, v reflect.Value) (*string, error) {
	if c.Nullable {
		if v.IsNil() {
			return nil, nil
		}
		v = v.Elem()
	}
	var s string
	switch c.Type {
	case schema.TypeListString, schema.TypeListStruct:
		data, err := json.Marshal(v.Interface(), json.FormatNilSliceAsNull(false))
		if err != nil {
			return nil, fmt.Errorf("column %s: %w", c.Name, err)
		}
		s = string(data)
	case schema.TypeTimestamp:
		s = time.UnixMicro(v.Int()).UTC().Format("2006-01-02T15:04:05.999999Z07:00")
	case schema.TypeInt32:
		s = strconv.FormatInt(v.Int(), 10)
	case schema.TypeBool:
		s = strconv.FormatBool(v.Bool())
	default:
		s = v.String()
	}
	return &s, nil
}
