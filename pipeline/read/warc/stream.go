package warc

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// form is how a file is stored.
type form int

const (
	plain form = iota
	gzipped
	zstandard
)

// gzipMagic begins every gzip member: two bytes of magic and the one method
// that there is (RFC 1952, section 2.3.1).
var gzipMagic = []byte{0x1f, 0x8b, 8}

// windowBytes is the size of the decoded window: what can be looked at ahead.
const windowBytes = 64 << 10

// maxRatio and freeBytes bound what one member may decode to: no archive of
// pages comes near, and a bomb ends there.
const (
	maxRatio  = 10_000
	freeBytes = 64 << 20
)

// stream gives out the decoded bytes of a file member by member; a plain file
// is one member.
type stream struct {
	src  source
	form form

	member  int64 // where the member begins in the file
	decoded int64 // bytes of the member that came into the window
	end     error // why the member has no more bytes than the window
	window  []byte
	r, w    int

	in     io.Reader // of the member
	gz     *gzip.Reader
	ahead  *bufio.Reader // between src and gz, which is faster with one
	zst    *zstd.Decoder
	frames frameReader
}

// open looks at the beginning of the file and opens its first member.
func (s *stream) open(in io.Reader) error {
	s.src.in = in
	s.window = make([]byte, windowBytes)
	if s.form = formOf(s.src.peek(windowBytes)); s.form == plain {
		s.in = &s.src
		return s.src.failed()
	}
	return s.advance()
}

// formOf tells the form of a file by its beginning. Where that is damaged, the
// first member behind the damage tells.
func formOf(head []byte) form {
	compressed := func(head []byte) form {
		switch {
		case bytes.HasPrefix(head, gzipMagic):
			return gzipped
		case bytes.HasPrefix(head, zstdMagic), skippable(head):
			return zstandard
		}
		return plain
	}
	if f := compressed(head); f != plain || beginsRecord(head) {
		return f
	}
	for at, tries := 1, 0; at < len(head) && tries < 32; at++ {
		if f := compressed(head[at:]); f != plain {
			if tries++; Detect(head[at:]) {
				return f
			}
		}
	}
	return plain
}

// inner is how many decoded bytes of the member lie before the next one.
func (s *stream) inner() int64 { return s.decoded - int64(s.w-s.r) }

// place is where the next byte stands.
func (s *stream) place() Place {
	if s.form == plain {
		return Place{Offset: s.inner() + s.member}
	}
	return Place{s.member, s.inner()}
}

// more makes at least one more byte of the member available. The error is
// io.EOF at the member's end, a *Damage where it cannot be decoded, or one of
// the input.
func (s *stream) more() error {
	if s.r == s.w {
		s.r, s.w = 0, 0
	} else if s.w == len(s.window) {
		s.w = copy(s.window, s.window[s.r:s.w])
		s.r = 0
	}
	for range 100 {
		if s.end != nil {
			return s.end
		}
		n, err := s.in.Read(s.window[s.w:])
		s.w += n
		s.decoded += int64(n)
		if n > 0 && s.bomb() {
			err = errBomb
		}
		if err == io.EOF && s.form == zstandard && s.frames.state != frameEnd {
			err = io.ErrUnexpectedEOF // a frame cut off in its head
		}
		switch {
		case err == nil:
		case s.src.failed() != nil:
			s.end = s.src.failed()
		case errors.Is(err, io.EOF):
			s.end = io.EOF
		default:
			s.end = s.undecodable(err)
		}
		if n > 0 {
			return nil
		}
	}
	return io.ErrNoProgress
}

var errBomb = errors.New("bomb")

func (s *stream) bomb() bool {
	if s.form == plain || s.decoded <= freeBytes {
		return false
	}
	s.settle()
	return s.decoded/maxRatio > s.src.offset()-s.member
}

// settle brings the source to where the decoder is.
func (s *stream) settle() {
	if s.ahead != nil {
		s.src.next -= s.ahead.Buffered()
		s.ahead.Reset(&s.src)
	}
}

func (s *stream) undecodable(err error) *Damage {
	what := "the gzip member is damaged"
	if s.form == zstandard {
		what = "the zstd frame is damaged"
	}
	switch {
	case errors.Is(err, errBomb):
		what = fmt.Sprintf("decodes to more than %d times its size", maxRatio)
	case errors.Is(err, io.ErrUnexpectedEOF):
		what = "the file ends within the record"
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, zstd.ErrCRCMismatch):
		what = "the checksum of the compressed data does not match"
	case errors.Is(err, zstd.ErrWindowSizeExceeded), errors.Is(err, zstd.ErrDecoderSizeExceeded):
		what = fmt.Sprintf("the zstd frame wants a window of more than %d bytes", maxZstdWindow)
	case errors.Is(err, zstd.ErrUnknownDictionary):
		what = "the zstd frame wants a dictionary that the file does not begin with"
	}
	return &Damage{Place: Place{s.member, 0}, What: what}
}

// peek gives the next n bytes of the member, or fewer at its end; n is at most
// windowBytes.
func (s *stream) peek(n int) []byte {
	for s.w-s.r < n && s.more() == nil {
	}
	return s.window[s.r:min(s.w, s.r+n)]
}

// advance opens the next member. The error is io.EOF at the end of the file, a
// *Damage where there is something else than a member, or one of the input.
func (s *stream) advance() error {
	s.r, s.w, s.decoded = 0, 0, 0
	if s.form == plain {
		s.member = s.src.offset()
		return s.end
	}
	s.end = s.next()
	return s.end
}

func (s *stream) next() error {
	s.settle()
	for {
		s.member = s.src.offset()
		head := s.src.peek(4)
		var err error
		switch {
		case len(head) == 0:
			err = io.EOF
		case s.form == gzipped && bytes.HasPrefix(head, gzipMagic):
			err = s.openGzip()
		case s.form == zstandard && bytes.HasPrefix(head, zstdMagic):
			err = s.openZstd()
		case s.form == zstandard && skippable(head):
			if err = s.skipFrame(); err == nil {
				continue
			}
		case head[0] == 0: // padding
			s.src.next++
			continue
		default:
			err = &Damage{Place: Place{s.member, 0}, What: "neither the end of the file nor compressed data"}
		}
		if failed := s.src.failed(); failed != nil {
			return failed
		}
		if damage := new(Damage); err != nil && err != io.EOF && !errors.As(err, &damage) {
			return s.undecodable(err)
		}
		return err
	}
}

func (s *stream) openGzip() error {
	if s.gz == nil {
		s.gz, s.ahead = new(gzip.Reader), bufio.NewReaderSize(&s.src, 16<<10)
	}
	if err := s.gz.Reset(s.ahead); err != nil {
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return err
	}
	s.gz.Multistream(false)
	s.in = s.gz
	return nil
}

func (s *stream) openZstd() error {
	if s.zst == nil {
		var err error
		if s.zst, err = newZstd(nil, maxZstdWindow); err != nil {
			return err
		}
	}
	s.frames = frameReader{src: &s.src}
	if err := s.zst.Reset(&s.frames); err != nil {
		return err
	}
	s.in = s.zst
	return nil
}

// search opens the next member, behind the damaged one, that begins with a
// record as begins tells. The error is io.EOF where there is none, or one of
// the input.
func (s *stream) search(begins func([]byte) bool) error {
	s.r, s.w = 0, 0
	s.settle()
	magic := gzipMagic
	if s.form == zstandard {
		magic = zstdMagic
	}
	for from := s.member + 1; s.form != plain; from = s.member + 1 {
		if s.src.back(from); s.src.offset() < from {
			s.src.next++ // nothing of the member was read
		}
		if !s.src.find(magic) {
			break
		}
		if s.advance() == nil && begins(s.peek(beginBytes)) {
			return nil
		}
		s.settle()
		if err := s.src.failed(); err != nil {
			return err
		}
	}
	s.end = io.EOF
	if err := s.src.failed(); err != nil {
		s.end = err
	}
	return s.end
}

// rewind goes back to offset in a plain file, as far as that is possible, and
// tells whether it moved.
func (s *stream) rewind(offset int64) bool {
	if s.form != plain {
		return false
	}
	s.src.next -= s.w - s.r
	now := s.src.offset()
	s.src.back(offset)
	s.member, s.decoded, s.r, s.w, s.end = s.src.offset(), 0, 0, 0, nil
	return s.member < now
}

// close lets go of what the decoders hold.
func (s *stream) close() {
	if s.zst != nil {
		s.zst.Close()
	}
}
