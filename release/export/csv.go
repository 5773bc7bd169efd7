package export

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"corpus/schema"
)

// csvWriter writes CSV (RFC 4180) with a header. A null is an empty field, and
// so is an empty text; a list is JSON in its field.
type csvWriter struct {
	columns []schema.Column
	out     *csv.Writer
	fields  []string
	list    bytes.Buffer
}

func newCSV(t schema.Table, out io.Writer) (*csvWriter, error) {
	w := &csvWriter{columns: schema.Columns(t), out: csv.NewWriter(out)}
	w.out.UseCRLF = true
	for _, c := range w.columns {
		w.fields = append(w.fields, c.Name)
	}
	if err := w.out.Write(w.fields); err != nil {
		return nil, fmt.Errorf("writing CSV: %w", err)
	}
	return w, nil
}

func (w *csvWriter) write(row reflect.Value) error {
	for i := range w.columns {
		c := &w.columns[i]
		v, ok := field(c, row)
		if !ok {
			w.fields[i] = ""
			continue
		}
		text, err := w.text(c, v)
		if err != nil {
			return fmt.Errorf("writing CSV: %w", err)
		}
		w.fields[i] = text
	}
	if err := w.out.Write(w.fields); err != nil {
		return fmt.Errorf("writing CSV: %w", err)
	}
	return nil
}

func (w *csvWriter) text(c *schema.Column, v reflect.Value) (string, error) {
	switch c.Type {
	case schema.TypeInt32:
		return strconv.FormatInt(v.Int(), 10), nil
	case schema.TypeBool:
		return strconv.FormatBool(v.Bool()), nil
	case schema.TypeTimestamp:
		return instant(v.Int()), nil
	case schema.TypeListString, schema.TypeListStruct:
		w.list.Reset()
		list := &jsonl{encoder: jsontext.NewEncoder(&w.list)}
		if err := list.value(c, v); err != nil {
			return "", err
		}
		return strings.TrimSuffix(w.list.String(), "\n"), nil
	default:
		return v.String(), nil
	}
}

func (w *csvWriter) close() error {
	w.out.Flush()
	return w.out.Error()
}
