package export

import (
	"io"
	"reflect"

	"corpus/schema"
)

// Row writes one row of a table, a pointer to its struct, as a line of JSON in
// the form of FormatJSONL.
func Row(t schema.Table, row any, out io.Writer) error {
	w := newJSONL(t, out)
	if err := w.write(reflect.ValueOf(row).Elem()); err != nil {
		return err
	}
	return w.close()
}
