package spill

import (
	"bytes"
	"errors"
)

// A part of a key ends with 00 01, and a 00 in it is written 00 FF: the end is
// smaller than anything that could follow, so that keys compare part by part.
// The tuple layer of FoundationDB uses the same idea.
const (
	escape    = 0x00
	partEnd   = 0x01
	zeroInKey = 0xFF
)

// Key makes one key of several parts. Two keys compare as their parts do, one
// after the other by bytes.Compare, whatever bytes the parts hold; and a list
// of parts comes before every longer one that begins with it.
func Key(parts ...[]byte) []byte {
	n := 0
	for _, p := range parts {
		n += len(p) + 2
	}
	return AppendKey(make([]byte, 0, n), parts...)
}

// AppendKey appends what Key makes of parts to dst.
func AppendKey(dst []byte, parts ...[]byte) []byte {
	for _, p := range parts {
		for {
			i := bytes.IndexByte(p, escape)
			if i < 0 {
				break
			}
			dst = append(append(dst, p[:i]...), escape, zeroInKey)
			p = p[i+1:]
		}
		dst = append(append(dst, p...), escape, partEnd)
	}
	return dst
}

// ErrKey is the error of bytes that Key cannot have made.
var ErrKey = errors.New("not a key of parts")

// Part takes the first part off a key that Key made. It gives the part as it
// was and the rest of the key; the error is ErrKey.
func Part(key []byte) (part, rest []byte, err error) {
	copied := false
	start := 0
	for {
		i := bytes.IndexByte(key[start:], escape)
		if i < 0 || start+i+1 >= len(key) {
			return nil, nil, ErrKey
		}
		i += start
		switch key[i+1] {
		case partEnd:
			if !copied {
				return key[:i:i], key[i+2:], nil
			}
			return append(part, key[start:i]...), key[i+2:], nil
		case zeroInKey:
			part = append(append(part, key[start:i]...), 0)
			copied = true
			start = i + 2
		default:
			return nil, nil, ErrKey
		}
	}
}

// Parts are all parts of a key that Key made; the error is ErrKey.
func Parts(key []byte) ([][]byte, error) {
	var parts [][]byte
	for len(key) > 0 {
		part, rest, err := Part(key)
		if err != nil {
			return nil, err
		}
		parts, key = append(parts, part), rest
	}
	return parts, nil
}
