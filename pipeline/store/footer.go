package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"

	"corpus/schema"
)

// footerTail is the length of the footer's length and the magic bytes.
const footerTail = 8

// withoutTextBounds is the end of a file, from somewhere before its footer on,
// without the smallest and largest value of every column of long text: two
// whole articles a row group, which no reader can use and a removal would have
// to find. The counts of nulls stay.
func withoutTextBounds(end []byte) ([]byte, error) {
	if len(end) < footerTail || string(end[len(end)-4:]) != "PAR1" {
		return nil, errors.New("the Parquet library wrote no footer")
	}
	size := int(binary.LittleEndian.Uint32(end[len(end)-footerTail:]))
	at := len(end) - footerTail - size
	if at < 0 {
		return nil, errors.New("the Parquet library wrote half a footer")
	}
	var protocol thrift.CompactProtocol
	var footer format.FileMetaData
	if err := thrift.Unmarshal(&protocol, slices.Clone(end[at:at+size]), &footer); err != nil {
		return nil, fmt.Errorf("reading the footer: %w", err)
	}
	changed := false
	for i := range footer.RowGroups {
		for j := range footer.RowGroups[i].Columns {
			m := &footer.RowGroups[i].Columns[j].MetaData
			if len(m.PathInSchema) == 1 && m.PathInSchema[0] == schema.LongText {
				s := &m.Statistics
				s.Min, s.Max, s.MinValue, s.MaxValue = nil, nil, nil, nil
				changed = true
			}
		}
	}
	if !changed {
		return end, nil
	}
	footerBytes, err := thrift.Marshal(&protocol, &footer)
	if err != nil {
		return nil, fmt.Errorf("writing the footer: %w", err)
	}
	out := append(slices.Clone(end[:at]), footerBytes...)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(footerBytes)))
	return append(out, "PAR1"...), nil
}
