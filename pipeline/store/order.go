package store

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"

	"corpus/schema"
)

// Order compares rows of a table by the columns that it is sorted by.
type Order[T any] struct {
	columns []schema.Column
	down    []bool
	strict  bool // the sorting columns hold the key: no two rows are equal
}

// NewOrder is the order of the table named name.
func NewOrder[T any](name string) (*Order[T], error) {
	t, err := tableFor[T](name)
	if err != nil {
		return nil, err
	}
	o := &Order[T]{strict: len(t.Key) > 0}
	var names []string
	for _, s := range t.Sort {
		c, ok := t.Column(s.Name)
		if !ok {
			return nil, fmt.Errorf("store: table %s has no column %s to sort by", name, s.Name)
		}
		o.columns, o.down, names = append(o.columns, c), append(o.down, s.Descending), append(names, s.Name)
	}
	for _, key := range t.Key {
		o.strict = o.strict && slices.Contains(names, key)
	}
	return o, nil
}

// Check tells whether b may directly follow a: an error says why not.
func (o *Order[T]) Check(a, b *T) error {
	switch c := o.Compare(a, b); {
	case c > 0:
		return fmt.Errorf("rows are out of order by %s", o.names())
	case c == 0 && o.strict:
		return fmt.Errorf("two rows have the same %s", o.names())
	}
	return nil
}

func (o *Order[T]) names() string {
	s := ""
	for i, c := range o.columns {
		if i > 0 {
			s += ", "
		}
		s += c.Name
	}
	return s
}

// Compare is negative where a comes before b.
func (o *Order[T]) Compare(a, b *T) int {
	va, vb := reflect.ValueOf(a).Elem(), reflect.ValueOf(b).Elem()
	for i := range o.columns {
		c := compareValues(va.FieldByIndex(o.columns[i].Index), vb.FieldByIndex(o.columns[i].Index), o.down[i])
		if c != 0 {
			return c
		}
	}
	return 0
}

// compareValues puts nulls last in either direction.
func compareValues(a, b reflect.Value, down bool) int {
	if a.Kind() == reflect.Pointer {
		switch {
		case a.IsNil() && b.IsNil():
			return 0
		case a.IsNil():
			return 1
		case b.IsNil():
			return -1
		}
		a, b = a.Elem(), b.Elem()
	}
	var c int
	if a.Kind() == reflect.String {
		c = cmp.Compare(a.String(), b.String())
	} else {
		c = cmp.Compare(a.Int(), b.Int())
	}
	if down {
		return -c
	}
	return c
}
