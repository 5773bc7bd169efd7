package warc

import (
	"bytes"
	"io"
)

// lookback is how far a source goes back, in bytes: what a damaged record can
// be searched for its successor. It is a constant of its own, so that what is
// found never depends on how the input came in.
const lookback = 1 << 20

// sourceBytes is how many bytes a source holds at most.
const sourceBytes = 3 * lookback

// source reads the bytes of a file as stored, knows their offsets and can go
// back a little.
type source struct {
	in    io.Reader
	buf   []byte // stored bytes from start
	start int64
	next  int // index in buf of the byte to read
	err   error
	spent int64 // bytes read a second time
}

// offset is where the next byte stands in the file.
func (s *source) offset() int64 { return s.start + int64(s.next) }

// more makes at least one more byte available, or fails with the error of the
// input.
func (s *source) more() error {
	if s.err != nil {
		return s.err
	}
	if len(s.buf) == cap(s.buf) {
		s.room()
	}
	for range 100 {
		n, err := s.in.Read(s.buf[len(s.buf):cap(s.buf)])
		s.buf = s.buf[:len(s.buf)+n]
		s.err = err
		if n > 0 {
			return nil
		}
		if err != nil {
			return err
		}
	}
	s.err = io.ErrNoProgress
	return s.err
}

// room grows the buffer or lets go of what is too far back.
func (s *source) room() {
	if cap(s.buf) < sourceBytes {
		grown := make([]byte, len(s.buf), min(max(2*cap(s.buf), 64<<10), sourceBytes))
		copy(grown, s.buf)
		s.buf = grown
		return
	}
	if drop := s.next - lookback; drop > 0 {
		s.buf = s.buf[:copy(s.buf, s.buf[drop:])]
		s.start += int64(drop)
		s.next -= drop
	}
}

func (s *source) Read(p []byte) (int, error) {
	if s.next == len(s.buf) {
		if err := s.more(); err != nil {
			return 0, err
		}
	}
	n := copy(p, s.buf[s.next:])
	s.next += n
	return n, nil
}

func (s *source) ReadByte() (byte, error) {
	if s.next == len(s.buf) {
		if err := s.more(); err != nil {
			return 0, err
		}
	}
	s.next++
	return s.buf[s.next-1], nil
}

// peek gives the next n bytes, or fewer at the end of the input; n is less than
// lookback.
func (s *source) peek(n int) []byte {
	for len(s.buf)-s.next < n && s.more() == nil {
	}
	return s.buf[s.next:min(len(s.buf), s.next+n)]
}

// failed is the error of the input other than its end.
func (s *source) failed() error {
	if s.err == io.EOF {
		return nil
	}
	return s.err
}

// back goes back to offset or as near to it as lookback allows. All going back
// together costs no more than reading the input once more: beyond that it stays
// where it is, and hostile inputs stay linear.
func (s *source) back(offset int64) {
	now := s.offset()
	offset = max(offset, now-lookback, s.start)
	if offset >= now || s.spent+now-offset > now+16*lookback {
		return
	}
	s.spent += now - offset
	s.next = int(offset - s.start)
}

// find goes on to the next place where magic stands, and tells whether there is
// one.
func (s *source) find(magic []byte) bool {
	for {
		if i := bytes.Index(s.buf[s.next:], magic); i >= 0 {
			s.next += i
			return true
		}
		s.next = max(s.next, len(s.buf)-len(magic)+1)
		if s.more() != nil {
			s.next = len(s.buf)
			return false
		}
	}
}
