package export

import (
	"bufio"
	"fmt"
	"io"
	"reflect"

	"github.com/go-json-experiment/json/jsontext"

	"corpus/schema"
)

// jsonl writes a JSON object a row: every column under its name in the order
// of the table, nulls as null, timestamps as text in ISO 8601.
type jsonl struct {
	columns []schema.Column
	out     *bufio.Writer
	encoder *jsontext.Encoder
}

func newJSONL(t schema.Table, out io.Writer) *jsonl {
	b := bufio.NewWriterSize(out, 1<<16)
	return &jsonl{schema.Columns(t), b, jsontext.NewEncoder(b)}
}

func (w *jsonl) write(row reflect.Value) error {
	if err := w.object(w.columns, row); err != nil {
		return fmt.Errorf("writing JSON Lines: %w", err)
	}
	return nil
}

func (w *jsonl) close() error { return w.out.Flush() }

func (w *jsonl) object(columns []schema.Column, row reflect.Value) error {
	if err := w.encoder.WriteToken(jsontext.BeginObject); err != nil {
		return err
	}
	if err := w.members(columns, row); err != nil {
		return err
	}
	return w.encoder.WriteToken(jsontext.EndObject)
}

// members writes the columns of a row without the braces around them.
func (w *jsonl) members(columns []schema.Column, row reflect.Value) error {
	for i := range columns {
		c := &columns[i]
		if err := w.encoder.WriteToken(jsontext.String(c.Name)); err != nil {
			return err
		}
		v, ok := field(c, row)
		if !ok {
			if err := w.encoder.WriteToken(jsontext.Null); err != nil {
				return err
			}
			continue
		}
		if err := w.value(c, v); err != nil {
			return err
		}
	}
	return nil
}

func (w *jsonl) value(c *schema.Column, v reflect.Value) error {
	switch c.Type {
	case schema.TypeInt32:
		return w.encoder.WriteToken(jsontext.Int(v.Int()))
	case schema.TypeBool:
		return w.encoder.WriteToken(jsontext.Bool(v.Bool()))
	case schema.TypeTimestamp:
		return w.encoder.WriteToken(jsontext.String(instant(v.Int())))
	case schema.TypeListString, schema.TypeListStruct:
		if err := w.encoder.WriteToken(jsontext.BeginArray); err != nil {
			return err
		}
		for i := range v.Len() {
			var err error
			if c.Type == schema.TypeListString {
				err = w.encoder.WriteToken(jsontext.String(v.Index(i).String()))
			} else {
				err = w.object(c.Children, v.Index(i))
			}
			if err != nil {
				return err
			}
		}
		return w.encoder.WriteToken(jsontext.EndArray)
	default:
		return w.encoder.WriteToken(jsontext.String(v.String()))
	}
}
