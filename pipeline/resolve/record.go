package resolve

import (
	"encoding/binary"
	"errors"
)

// errDamaged is the error of temporary data that are not as they were written.
var errDamaged = errors.New("a temporary file is damaged: the disk or another program changed it; build again")

// member is what clustering knows of an article: its number in the order of
// Add, which never reaches a result, and where its shingles stand.
type member struct {
	number   uint32
	offset   int64 // in the file of sets
	shingles int
	digest   [16]byte
}

func (m *member) append(dst []byte) []byte {
	dst = binary.AppendUvarint(dst, uint64(m.number))
	dst = binary.AppendUvarint(dst, uint64(m.offset))
	return binary.AppendUvarint(dst, uint64(m.shingles))
}

func (m *member) appendWithDigest(dst []byte) []byte {
	return append(m.append(dst), m.digest[:]...)
}

// parseMember reads what append wrote, and gives the rest of b.
func parseMember(b []byte) (m member, rest []byte, err error) {
	var v [3]uint64
	for i := range v {
		x, n := binary.Uvarint(b)
		if n <= 0 {
			return member{}, nil, errDamaged
		}
		v[i], b = x, b[n:]
	}
	return member{number: uint32(v[0]), offset: int64(v[1]), shingles: int(v[2])}, b, nil
}

// parseMemberWithDigest reads what appendWithDigest wrote, and gives the rest of b.
func parseMemberWithDigest(b []byte) (m member, rest []byte, err error) {
	m, b, err = parseMember(b)
	if err != nil || len(b) < len(m.digest) {
		return member{}, nil, errDamaged
	}
	copy(m.digest[:], b)
	return m, b[len(m.digest):], nil
}
