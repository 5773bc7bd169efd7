package store

import (
	"errors"
	"fmt"
	"reflect"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go"

	"corpus/schema"
)

// assembler makes Go rows of the values of a file's columns. parquet-go's own
// way gives a zero instead of a null to a pointer in an embedded struct.
//
// No table nests lists, so that the levels of Dremel come down to this: a
// value of repetition level 0 begins a row, and a definition level of 0 is a
// null or an empty list.
type assembler struct{ leaves []leaf }

// leaf is a column of the file.
type leaf struct {
	column *schema.Column
	index  []int // of the field in the row
	child  int   // of the field in the elements of a list of structs; -1 for none
	null   bool  // whether the value, or the field of the element, can be null
}

func newAssembler(t schema.Table) *assembler {
	a := &assembler{}
	columns := schema.Columns(t)
	for i := range columns {
		c := &columns[i]
		if len(c.Children) == 0 {
			a.leaves = append(a.leaves, leaf{column: c, index: c.Index, child: -1, null: c.Nullable})
			continue
		}
		for j := range c.Children {
			child := &c.Children[j]
			a.leaves = append(a.leaves, leaf{column: child, index: c.Index, child: child.Index[0], null: child.Nullable})
		}
	}
	return a
}

// row puts the values of one row, which are in the order of the columns, into
// row, which is zero. What it keeps it copies.
func (a *assembler) row(values parquet.Row, row reflect.Value) error {
	for i := range a.leaves {
		n := 0
		for n < len(values) && values[n].Column() == i {
			n++
		}
		if err := a.leaves[i].put(values[:n], row); err != nil {
			return fmt.Errorf("column %s: %w", a.leaves[i].column.Name, err)
		}
		values = values[n:]
	}
	if len(values) > 0 {
		return errors.New("it has values of a column that there is not")
	}
	return nil
}

var (
	errValues = errors.New("its values do not make rows")
	errUTF8   = errors.New("it holds a string that is not UTF-8")
)

func (l *leaf) put(values []parquet.Value, row reflect.Value) error {
	if len(values) == 0 {
		return errValues
	}
	field := row.FieldByIndex(l.index)
	if field.Kind() != reflect.Slice {
		if len(values) != 1 {
			return errValues
		}
		return l.set(field, values[0])
	}
	n := len(values)
	if n == 1 && values[0].DefinitionLevel() == 0 {
		n = 0
	}
	if field.IsNil() {
		field.Set(reflect.MakeSlice(field.Type(), n, n))
	}
	if field.Len() != n {
		return errValues
	}
	for i := range n {
		element := field.Index(i)
		if l.child >= 0 {
			element = element.Field(l.child)
		}
		if err := l.set(element, values[i]); err != nil {
			return err
		}
	}
	return nil
}

// set sets one value. Its kind is that of the file's schema, which is ours.
func (l *leaf) set(field reflect.Value, v parquet.Value) error {
	if v.IsNull() {
		if !l.null {
			return errValues
		}
		return nil
	}
	if l.null {
		field.Set(reflect.New(field.Type().Elem()))
		field = field.Elem()
	}
	switch field.Kind() {
	case reflect.String:
		b := v.ByteArray()
		if !utf8.Valid(b) {
			return errUTF8
		}
		field.SetString(string(b))
	case reflect.Bool:
		field.SetBool(v.Boolean())
	case reflect.Int32:
		field.SetInt(int64(v.Int32()))
	default:
		field.SetInt(v.Int64())
	}
	return nil
}
