package store

import (
	"fmt"
	"reflect"
	"unicode/utf8"

	"corpus/schema"
)

// tableFor is the table whose rows are of type T.
func tableFor[T any](name string) (schema.Table, error) {
	t, ok := schema.TableOf(name)
	if !ok || t.Row != reflect.TypeFor[T]() {
		return schema.Table{}, fmt.Errorf("store: no table %s has rows of type %T", name, *new(T))
	}
	return t, nil
}

// RawBytes is the size of a row before encoding and compression, in bytes:
// strings and numbers as they are, 1 for a boolean, 0 for a null. It is the
// measure by which row groups and shards are cut, since it cannot change with
// a library. The error names a column that is not UTF-8.
func RawBytes[T any](table string, row *T) (int64, error) {
	t, err := tableFor[T](table)
	if err != nil {
		return 0, err
	}
	return rawBytes(schema.Columns(t), reflect.ValueOf(row).Elem())
}

func rawBytes(columns []schema.Column, row reflect.Value) (int64, error) {
	var n int64
	for i := range columns {
		c := &columns[i]
		v := row.FieldByIndex(c.Index)
		if c.Nullable {
			if v.IsNil() {
				continue
			}
			v = v.Elem()
		}
		size, err := valueBytes(c, v)
		if err != nil {
			return 0, err
		}
		n += size
	}
	return n, nil
}

func valueBytes(c *schema.Column, v reflect.Value) (int64, error) {
	switch c.Type {
	case schema.TypeInt32:
		return 4, nil
	case schema.TypeBool:
		return 1, nil
	case schema.TypeTimestamp:
		return 8, nil
	case schema.TypeListString:
		var n int64
		for i := range v.Len() {
			size, err := stringBytes(c, v.Index(i).String())
			if err != nil {
				return 0, err
			}
			n += size
		}
		return n, nil
	case schema.TypeListStruct:
		var n int64
		for i := range v.Len() {
			size, err := rawBytes(c.Children, v.Index(i))
			if err != nil {
				return 0, fmt.Errorf("%s: %w", c.Name, err)
			}
			n += size
		}
		return n, nil
	default:
		return stringBytes(c, v.String())
	}
}

// stringBytes refuses what other readers refuse: Parquet strings that are not
// UTF-8 make a whole file unreadable, and parquet-go writes them.
func stringBytes(c *schema.Column, s string) (int64, error) {
	if !utf8.ValidString(s) {
		return 0, fmt.Errorf("column %s is not valid UTF-8", c.Name)
	}
	return int64(len(s)), nil
}
