package warc

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/zstd"
)

// Magic numbers of RFC 8878, section 3.1, and of the IIPC proposal "Use of
// Zstandard to Compress WARC Files": a file may begin with a skippable frame
// that holds the dictionary of all others, itself compressed or not.
var (
	zstdMagic       = []byte{0x28, 0xb5, 0x2f, 0xfd}
	dictionaryMagic = []byte{0x5d, 0x2a, 0x4d, 0x18}
	trainedMagic    = []byte{0x37, 0xa4, 0x30, 0xec}
)

const (
	maxZstdWindow   = 128 << 20 // what the zstd command takes without being asked for more
	maxCodingWindow = 8 << 20   // of the content coding (RFC 9659)
	maxDictionary   = 16 << 20
	maxBlock        = 128 << 10 // RFC 8878, section 3.1.1.2.4
	skippableHeader = 8
)

// skippable tells whether a skippable frame begins with head.
func skippable(head []byte) bool {
	return len(head) >= 4 && head[0]&0xf0 == 0x50 && bytes.Equal(head[1:4], dictionaryMagic[1:])
}

// newZstd gives a decoder that works in the goroutine of its caller. A
// dictionary without the header of a trained one is raw content. window is the
// largest window that a frame may want, in bytes.
func newZstd(dictionary []byte, window uint64) (*zstd.Decoder, error) {
	options := []zstd.DOption{
		zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
		zstd.WithDecoderMaxWindow(window),
	}
	if bytes.HasPrefix(dictionary, trainedMagic) {
		options = append(options, zstd.WithDecoderDicts(dictionary))
	} else if len(dictionary) > 0 {
		options = append(options, zstd.WithDecoderDictRaw(0, dictionary))
	}
	return zstd.NewReader(nil, options...)
}

// skipFrame reads over a skippable frame; the one that holds the dictionary, at
// the beginning of the file, gives a decoder.
func (s *stream) skipFrame() error {
	head := s.src.peek(skippableHeader)
	if len(head) < skippableHeader {
		return io.ErrUnexpectedEOF
	}
	size := int64(binary.LittleEndian.Uint32(head[4:]))
	dictionary := s.src.offset() == 0 && bytes.HasPrefix(head, dictionaryMagic)
	s.src.next += skippableHeader
	if !dictionary {
		n, err := io.CopyN(io.Discard, &s.src, size)
		if n < size && (err == nil || errors.Is(err, io.EOF)) {
			return io.ErrUnexpectedEOF
		}
		return err
	}
	if size > maxDictionary {
		return s.noDictionary(fmt.Sprintf("more than %d bytes", maxDictionary))
	}
	content, err := io.ReadAll(io.LimitReader(&s.src, size))
	if err == nil && int64(len(content)) < size {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return err
	}
	if bytes.HasPrefix(content, zstdMagic) {
		if content, err = inflateDictionary(content); err != nil {
			return s.noDictionary("it cannot be decompressed")
		}
	}
	if s.zst, err = newZstd(content, maxZstdWindow); err != nil {
		return s.noDictionary("it is no zstd dictionary")
	}
	return nil
}

func (s *stream) noDictionary(why string) error {
	return &Damage{Place: Place{s.member, 0}, What: "the dictionary at the beginning of the file cannot be used: " + why}
}

func inflateDictionary(compressed []byte) ([]byte, error) {
	z, err := newZstd(nil, maxZstdWindow)
	if err != nil {
		return nil, err
	}
	defer z.Close()
	if err := z.Reset(bytes.NewReader(compressed)); err != nil {
		return nil, err
	}
	content, err := io.ReadAll(io.LimitReader(z, maxDictionary+1))
	if err == nil && len(content) > maxDictionary {
		err = zstd.ErrDecoderSizeExceeded
	}
	return content, err
}

// frameReader reads the bytes of one zstd frame and no more, so that the place
// of the next one is known (RFC 8878, section 3.1.1).
type frameReader struct {
	src      *source
	left     int // bytes of the part that is being read
	state    frameState
	checksum bool
	err      error
}

type frameState int

const (
	frameHeader frameState = iota
	frameBlock
	frameChecksum
	frameEnd
)

var errFrame = errors.New("no valid zstd frame")

func (f *frameReader) Read(p []byte) (int, error) {
	if f.err == nil && f.left == 0 && len(p) > 0 {
		f.err = f.part()
	}
	if f.err != nil || len(p) == 0 {
		return 0, f.err
	}
	n, err := f.src.Read(p[:min(len(p), f.left)])
	f.left -= n
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	f.err = err
	return n, err
}

// part finds the length of the next part of the frame.
func (f *frameReader) part() error {
	switch f.state {
	case frameHeader:
		head := f.src.peek(5)
		if len(head) < 5 {
			return io.ErrUnexpectedEOF
		}
		descriptor := head[4]
		single := descriptor>>5&1 == 1 // no window descriptor, but always a size
		f.checksum = descriptor>>2&1 == 1
		f.left = 5 + [4]int{0, 1, 2, 4}[descriptor&3] + [4]int{0, 2, 4, 8}[descriptor>>6]
		if !single || descriptor>>6 == 0 {
			f.left++
		}
		f.state = frameBlock
	case frameBlock:
		head := f.src.peek(3)
		if len(head) < 3 {
			return io.ErrUnexpectedEOF
		}
		header := int(head[0]) | int(head[1])<<8 | int(head[2])<<16
		size := header >> 3
		switch header >> 1 & 3 {
		case 1: // run length: one byte, whatever the size
			size = 1
		case 3:
			return errFrame
		}
		if size > maxBlock {
			return errFrame
		}
		f.left = 3 + size
		if header&1 == 1 {
			f.state = frameChecksum
		}
	case frameChecksum:
		f.state = frameEnd
		if !f.checksum {
			return io.EOF
		}
		f.left = 4
	default:
		return io.EOF
	}
	return nil
}
