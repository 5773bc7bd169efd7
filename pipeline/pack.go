package pipeline

import (
	"encoding/binary"
	"errors"
	"fmt"
	"sync"

	"github.com/klauspost/compress/zstd"

	"corpus/pipeline/spill"
)

// A document in normal form is packed once, where it is made: so it goes to the
// cache, into the sorters and through them, and is unpacked where its thread is
// assembled. The packed form is the length of its JSON as a varint and that
// JSON, behind the byte plain, or as a zstd frame, behind the byte packed.
const (
	plain  = 0
	packed = 1

	worthPacking = 256     // bytes of JSON
	packWindow   = 1 << 20 // how far the compression looks back, in bytes
)

// coder packs and unpacks, in one goroutine at a time.
type coder struct {
	pack   *zstd.Encoder
	unpack *zstd.Decoder
}

var coders = sync.Pool{New: func() any {
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1),
		zstd.WithEncoderCRC(false), zstd.WithWindowSize(packWindow), zstd.WithLowerEncoderMem(true))
	if err != nil {
		return err
	}
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
		zstd.WithDecoderMaxMemory(spill.MaxRecord), zstd.WithDecodeAllCapLimit(true))
	if err != nil {
		return err
	}
	return &coder{encoder, decoder}
}}

func newCoder() (*coder, error) {
	switch c := coders.Get().(type) {
	case *coder:
		return c, nil
	case error:
		return nil, fmt.Errorf("setting up compression: %w", c)
	}
	panic("not reached: the pool holds coders and errors")
}

// pack is the packed form of JSON.
func pack(value []byte) ([]byte, error) {
	out := binary.AppendUvarint([]byte{plain}, uint64(len(value)))
	if len(value) < worthPacking {
		return append(out, value...), nil
	}
	c, err := newCoder()
	if err != nil {
		return nil, err
	}
	defer coders.Put(c)
	out[0] = packed
	return c.pack.EncodeAll(value, append(make([]byte, 0, len(out)+len(value)/3), out...)), nil
}

var errPacked = errors.New("a document in normal form cannot be unpacked: please report this")

// unpackedSize is the length of the JSON of a packed form.
func unpackedSize(p []byte) (size int64, rest []byte, err error) {
	if len(p) == 0 {
		return 0, nil, errPacked
	}
	n, length := binary.Uvarint(p[1:])
	if length <= 0 || n > spill.MaxRecord {
		return 0, nil, errPacked
	}
	return int64(n), p[1+length:], nil
}

// unpack is the JSON of a packed form, in buffer where it is large enough.
func unpack(p, buffer []byte) ([]byte, error) {
	size, rest, err := unpackedSize(p)
	if err != nil {
		return nil, err
	}
	if p[0] == plain {
		if int64(len(rest)) != size {
			return nil, errPacked
		}
		return append(buffer[:0], rest...), nil
	}
	c, err := newCoder()
	if err != nil {
		return nil, err
	}
	defer coders.Put(c)
	if int64(cap(buffer)) < size {
		buffer = make([]byte, 0, size)
	}
	value, err := c.unpack.DecodeAll(rest, buffer[:0:size])
	if err != nil || p[0] != packed || int64(len(value)) != size {
		return nil, errPacked
	}
	return value, nil
}
