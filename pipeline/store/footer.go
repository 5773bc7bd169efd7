package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"

	"corpus/schema"
)

// footerTail is the length of the footer's length and the magic bytes.
const footerTail = 8

const magic = "PAR1"

// withoutBounds is the end of a file of table t, which begins before its page
// index at the offset start, without the smallest and largest value of every
// column of wording, which no reader can use and a removal would have to find:
// its column index goes, and what is left of the page index moves together, since
// readers expect it in one piece. Counts of nulls and offset indexes stay.
func withoutBounds(end []byte, start int64, t schema.Table) ([]byte, error) {
	if len(end) < footerTail || string(end[len(end)-len(magic):]) != magic {
		return nil, errors.New("the Parquet library wrote no footer")
	}
	size := int(binary.LittleEndian.Uint32(end[len(end)-footerTail:]))
	at := len(end) - footerTail - size
	if at < 0 {
		return nil, errors.New("the Parquet library wrote half a footer")
	}
	if err := scanFooter(end[at : at+size]); err != nil {
		return nil, err
	}
	var protocol thrift.CompactProtocol
	var footer format.FileMetaData
	if err := thrift.Unmarshal(&protocol, slices.Clone(end[at:at+size]), &footer); err != nil {
		return nil, fmt.Errorf("reading the footer: %w", err)
	}
	out, err := withoutColumnIndexes(end[:at], start, &footer, wording(t))
	if err != nil {
		return nil, err
	}
	footerBytes, err := thrift.Marshal(&protocol, &footer)
	if err != nil {
		return nil, fmt.Errorf("writing the footer: %w", err)
	}
	out = append(out, footerBytes...)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(footerBytes)))
	return append(out, magic...), nil
}

var errPageIndex = errors.New("the Parquet library wrote a page index of another form")

// withoutColumnIndexes is the page index, with what stands before it, without
// the column indexes of the columns at paths; footer is changed with it.
func withoutColumnIndexes(index []byte, start int64, footer *format.FileMetaData, paths [][]string) ([]byte, error) {
	var out []byte
	end := int64(-1) // of what was copied
	copied := func(offset int64, length int32) (int64, error) {
		from := offset - start
		if from < 0 || length < 0 || from+int64(length) > int64(len(index)) || end >= 0 && from != end {
			return 0, errPageIndex
		}
		if end < 0 {
			out = append(out, index[:from]...)
		}
		end = from + int64(length)
		out = append(out, index[from:end]...)
		return start + int64(len(out)) - int64(length), nil
	}
	var err error
	for i := range footer.RowGroups {
		for j := range footer.RowGroups[i].Columns {
			c := &footer.RowGroups[i].Columns[j]
			if c.ColumnIndexOffset != 0 {
				if c.ColumnIndexOffset, err = copied(c.ColumnIndexOffset, c.ColumnIndexLength); err != nil {
					return nil, err
				}
			}
			if slices.ContainsFunc(paths, func(p []string) bool { return slices.Equal(p, c.MetaData.PathInSchema) }) {
				out = out[:len(out)-int(c.ColumnIndexLength)]
				c.ColumnIndexOffset, c.ColumnIndexLength = 0, 0
				s := &c.MetaData.Statistics
				s.Min, s.Max, s.MinValue, s.MaxValue = nil, nil, nil, nil
			}
		}
	}
	for i := range footer.RowGroups {
		for j := range footer.RowGroups[i].Columns {
			c := &footer.RowGroups[i].Columns[j]
			if c.OffsetIndexOffset, err = copied(c.OffsetIndexOffset, c.OffsetIndexLength); err != nil {
				return nil, err
			}
		}
	}
	if end < 0 {
		return slices.Clone(index), nil // no row group
	}
	if end != int64(len(index)) {
		return nil, errPageIndex
	}
	return out, nil
}

// Bounds of a footer that is read. Ours have some kilobytes a row group.
const (
	maxFooter        = 64 << 20 // bytes
	maxFooterStructs = 1 << 18  // in all lists together; a column chunk unpacks to some 600 bytes
	maxFooterNesting = 32       // the format needs 8
	maxFooterSchema  = 1 << 10  // elements of the schema, which a library may walk by recursion
)

// checkFooter reads the footer of a file and refuses one that would make the
// Parquet library take more memory or stack than the footer accounts for: the
// library makes room for a list as long as the list says it is.
func checkFooter(f io.ReaderAt, size int64) error {
	var tail [footerTail]byte
	if size < int64(len(magic))+footerTail {
		return fmt.Errorf("%w: it is too short for a Parquet file", ErrDamaged)
	}
	if _, err := f.ReadAt(tail[:], size-footerTail); err != nil {
		return fmt.Errorf("the footer cannot be read: %w", withoutPath(err))
	}
	if string(tail[4:]) != magic {
		return fmt.Errorf("%w: it does not end like a Parquet file", ErrDamaged)
	}
	n := int64(binary.LittleEndian.Uint32(tail[:]))
	if n > size-int64(len(magic))-footerTail || n > maxFooter {
		return fmt.Errorf("%w: its footer cannot be %d bytes long", ErrDamaged, n)
	}
	footer := make([]byte, n)
	if _, err := f.ReadAt(footer, size-footerTail-n); err != nil {
		return fmt.Errorf("the footer cannot be read: %w", withoutPath(err))
	}
	return scanFooter(footer)
}

func scanFooter(footer []byte) error {
	s := scanner{rest: footer}
	if err := s.structure(0); err != nil {
		return fmt.Errorf("%w: its footer is none: %w", ErrDamaged, err)
	}
	return nil
}

// scanner walks over a structure of Thrift's compact protocol without keeping
// any of it. Source: the Thrift project, thrift-compact-protocol.md.
type scanner struct {
	rest    []byte
	structs int
}

var (
	errFooterEnds  = errors.New("it ends in the middle")
	errFooterDeep  = errors.New("it is nested too deep")
	errFooterLarge = errors.New("it lists more than it can hold")
	errFooterType  = errors.New("it has a value of an unknown type")
)

// Types of the compact protocol.
const (
	compactStop   = 0
	compactTrue   = 1
	compactFalse  = 2
	compactByte   = 3
	compactInt16  = 4
	compactInt32  = 5
	compactInt64  = 6
	compactDouble = 7
	compactBinary = 8
	compactList   = 9
	compactSet    = 10
	compactMap    = 11
	compactStruct = 12
)

// schemaField is the field of the footer that lists the elements of the schema.
const schemaField = 2

func (s *scanner) structure(depth int) error {
	if depth > maxFooterNesting {
		return errFooterDeep
	}
	id := 0
	for {
		b, err := s.byte()
		if err != nil {
			return err
		}
		typ := b & 0xf
		if b == compactStop {
			return nil
		}
		if delta := int(b >> 4); delta != 0 {
			id += delta
		} else {
			n, err := s.varint()
			if err != nil {
				return err
			}
			id = int(int16(n>>1) ^ -int16(n&1))
		}
		if typ == compactTrue || typ == compactFalse {
			continue // the value is the type
		}
		if depth == 0 && id == schemaField && typ == compactList {
			if n, err := (&scanner{rest: s.rest}).listSize(); err == nil && n > maxFooterSchema {
				return errFooterLarge
			}
		}
		if err := s.value(typ, depth+1); err != nil {
			return err
		}
	}
}

func (s *scanner) value(typ byte, depth int) error {
	switch typ {
	case compactTrue, compactFalse, compactByte:
		return s.skip(1)
	case compactInt16, compactInt32, compactInt64:
		_, err := s.varint()
		return err
	case compactDouble:
		return s.skip(8)
	case compactBinary:
		n, err := s.varint()
		if err != nil {
			return err
		}
		return s.skip(n)
	case compactList, compactSet:
		return s.list(depth)
	case compactStruct:
		return s.structure(depth)
	case compactMap: // the format has none
	}
	return errFooterType
}

func (s *scanner) list(depth int) error {
	if depth > maxFooterNesting {
		return errFooterDeep
	}
	if len(s.rest) == 0 {
		return errFooterEnds
	}
	typ := s.rest[0] & 0xf
	n, err := s.listSize()
	if err != nil {
		return err
	}
	if n > uint64(len(s.rest)) { // an element has a byte at least
		return errFooterLarge
	}
	if typ == compactStruct || typ == compactList || typ == compactSet || typ == compactBinary {
		if s.structs += int(n); s.structs > maxFooterStructs {
			return errFooterLarge
		}
	}
	for range n {
		if err := s.value(typ, depth+1); err != nil {
			return err
		}
	}
	return nil
}

func (s *scanner) listSize() (uint64, error) {
	b, err := s.byte()
	if err != nil {
		return 0, err
	}
	if b>>4 != 0xf {
		return uint64(b >> 4), nil
	}
	return s.varint()
}

func (s *scanner) byte() (byte, error) {
	if len(s.rest) == 0 {
		return 0, errFooterEnds
	}
	b := s.rest[0]
	s.rest = s.rest[1:]
	return b, nil
}

func (s *scanner) skip(n uint64) error {
	if n > uint64(len(s.rest)) {
		return errFooterEnds
	}
	s.rest = s.rest[n:]
	return nil
}

func (s *scanner) varint() (uint64, error) {
	n, size := binary.Uvarint(s.rest)
	if size <= 0 {
		return 0, errFooterEnds
	}
	s.rest = s.rest[size:]
	return n, nil
}
