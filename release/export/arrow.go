package export

import (
	"fmt"
	"io"
	"reflect"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/ipc"
	"github.com/apache/arrow/go/v15/arrow/memory"

	"corpus/schema"
)

// batchRows and batchBytes bound a record batch: what comes first ends it.
const (
	batchRows  = 8192
	batchBytes = 16 << 20
)

// arrowWriter writes an Arrow IPC stream with the schema of the table.
type arrowWriter struct {
	columns []schema.Column
	builder *array.RecordBuilder
	out     *ipc.Writer
	rows    int
	bytes   int
}

func newArrow(t schema.Table, out io.Writer) *arrowWriter {
	s := schema.Arrow(t)
	pool := memory.NewGoAllocator()
	return &arrowWriter{
		columns: schema.Columns(t),
		builder: array.NewRecordBuilder(pool, s),
		out:     ipc.NewWriter(out, ipc.WithSchema(s), ipc.WithAllocator(pool)),
	}
}

// write appends a row. arrow panics where a value does not fit its builder.
func (w *arrowWriter) write(row reflect.Value) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("writing an Arrow stream: %v", r)
		}
	}()
	for i := range w.columns {
		w.bytes += w.append(w.builder.Field(i), &w.columns[i], row)
	}
	if w.rows++; w.rows >= batchRows || w.bytes >= batchBytes {
		return w.flush()
	}
	return nil
}

func (w *arrowWriter) flush() error {
	if w.rows == 0 {
		return nil
	}
	record := w.builder.NewRecord()
	defer record.Release()
	w.rows, w.bytes = 0, 0
	if err := w.out.Write(record); err != nil {
		return fmt.Errorf("writing an Arrow stream: %w", err)
	}
	return nil
}

func (w *arrowWriter) close() error {
	err := w.flush()
	w.builder.Release()
	if end := w.out.Close(); err == nil && end != nil {
		err = fmt.Errorf("writing an Arrow stream: %w", end)
	}
	return err
}

// append appends the column of a row to its builder and gives the size of the
// value, roughly.
func (w *arrowWriter) append(to array.Builder, c *schema.Column, row reflect.Value) int {
	v, ok := field(c, row)
	if !ok {
		to.AppendNull()
		return 8
	}
	switch b := to.(type) {
	case *array.StringBuilder:
		b.Append(v.String())
		return v.Len()
	case *array.LargeStringBuilder:
		b.Append(v.String())
		return v.Len()
	case *array.Int32Builder:
		b.Append(int32(v.Int()))
	case *array.BooleanBuilder:
		b.Append(v.Bool())
	case *array.TimestampBuilder:
		b.Append(arrow.Timestamp(v.Int()))
	case *array.ListBuilder:
		return w.list(b, c, v)
	default:
		panic(fmt.Sprintf("column %s has a builder of type %T", c.Name, to))
	}
	return 8
}

func (w *arrowWriter) list(b *array.ListBuilder, c *schema.Column, v reflect.Value) int {
	b.Append(true)
	size := 8
	for i := range v.Len() {
		switch e := b.ValueBuilder().(type) {
		case *array.StringBuilder:
			e.Append(v.Index(i).String())
			size += v.Index(i).Len()
		case *array.StructBuilder:
			e.Append(true)
			for j := range c.Children {
				size += w.append(e.FieldBuilder(j), &c.Children[j], v.Index(i))
			}
		}
	}
	return size
}
