package plan

import (
	"encoding/binary"
	"errors"
	"io/fs"
)

// Why a file could not be looked at, as a record keeps it.
const (
	readable = iota
	notRegular
	denied
	absent
	otherwise
)

var errOtherwise = errors.New("input/output error")

func stateOf(blocked error) uint64 {
	switch {
	case blocked == nil:
		return readable
	case errors.Is(blocked, errNotRegular):
		return notRegular
	case errors.Is(blocked, fs.ErrPermission):
		return denied
	case errors.Is(blocked, fs.ErrNotExist):
		return absent
	}
	return otherwise
}

var blockedBy = []error{readable: nil, notRegular: errNotRegular, denied: fs.ErrPermission, absent: fs.ErrNotExist, otherwise: errOtherwise}

// encoder makes records of inputs. What the paths of one have in common with
// those of the one before is not written again.
type encoder struct {
	before [3]string
	out    []byte
}

// record is an input of the source at the place source, valid until the next.
func (e *encoder) record(source int, in *Input) []byte {
	e.out = e.out[:0]
	for _, n := range []uint64{uint64(source), stateOf(in.blocked), uint64(in.Size), in.planned.device, in.planned.inode} {
		e.out = binary.AppendUvarint(e.out, n)
	}
	e.out = binary.AppendVarint(e.out, in.planned.modified)
	for i, s := range []string{in.Path, in.file, in.beside} {
		n := 0
		for n < min(len(s), len(e.before[i])) && s[n] == e.before[i][n] {
			n++
		}
		e.out = binary.AppendUvarint(binary.AppendUvarint(e.out, uint64(n)), uint64(len(s)-n))
		e.out = append(e.out, s[n:]...)
		e.before[i] = s
	}
	return e.out
}

// decoder takes records in the order in which an encoder made them.
type decoder struct{ before [3]string }

// input is the place of the source and the input of a record.
func (d *decoder) input(record []byte) (source int, in *Input) {
	number := func() uint64 {
		n, size := binary.Uvarint(record)
		record = record[size:]
		return n
	}
	source = int(number())
	in = &Input{blocked: blockedBy[number()], Size: int64(number())}
	in.planned.device, in.planned.inode = number(), number()
	modified, size := binary.Varint(record)
	in.planned.modified, record = modified, record[size:]
	for i, s := range []*string{&in.Path, &in.file, &in.beside} {
		common, more := number(), number()
		*s = d.before[i][:common] + string(record[:more])
		record = record[more:]
		d.before[i] = *s
	}
	return source, in
}
