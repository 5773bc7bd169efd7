package container

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path"

	"github.com/klauspost/compress/flate"

	"corpus/pipeline/read"
	"corpus/schema"
)

// zip reads a zip archive by its directory. One inside of another stream is
// first written to a temporary file, since its directory stands at its end.
func (o *opening) zip(in *bufio.Reader, s stream) error {
	at, size := s.at, s.size
	if at == nil {
		spooled, done, err := o.spool(in, s)
		if err != nil {
			return err
		}
		defer done()
		at, size = spooled, spooled.size
	} else {
		at = &counted{o.input, at}
	}
	directory, err := findDirectory(at, size)
	if err != nil {
		return o.zipDamage(err, s)
	}
	names := newNames(s.place)
	var used int64 // bytes of members so far: those of an honest archive do not overlap
	for {
		if err := o.count(); err != nil {
			return err
		}
		e, err := directory.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return o.zipDamage(err, s)
		}
		if e.folder() {
			continue
		}
		place := names.place(e.name)
		why, rejected := e.noFile(), (*read.Rejection)(nil)
		switch {
		case why != "":
			rejected = notADocument(why)
		case e.encrypted():
			rejected = &read.Rejection{Reason: schema.ReasonUnsupported, Detail: "zip: the member is encrypted"}
		case !zipMethods[e.method]:
			rejected = &read.Rejection{Reason: schema.ReasonUnsupported, Detail: fmt.Sprintf("zip: the member is packed by method %d, which is not read", e.method)}
		}
		if rejected != nil {
			if err := o.give(nil, rejected, place); err != nil {
				return err
			}
			continue
		}
		if used += e.packed; used > size {
			return &read.Rejection{Reason: schema.ReasonArchiveLimit, Detail: "zip: members overlap"}
		}
		if err := o.zipMember(at, size, directory.shift, e, place, s); err != nil {
			return err
		}
		if o.bomb != nil {
			return o.bomb
		}
	}
}

// zipMember opens one member.
func (o *opening) zipMember(at io.ReaderAt, size, shift int64, e *zipEntry, place string, s stream) error {
	body := &zipBody{o: o, s: s, left: e.size, sum: e.sum}
	data, err := e.data(at, size, shift)
	if err == nil {
		in := o.buffer(data)
		defer o.release(in)
		var done func()
		if body.in, done, err = o.zipDecoder(e.method, in); err == nil {
			defer done()
		}
	}
	if err != nil {
		body.err = o.zipDamage(err, s)
	}
	return o.member(stream{in: body, name: path.Base(e.name), place: place, depth: s.depth + 1})
}

// Methods of compression (APPNOTE 6.3.10, section 4.4.5).
const (
	zipStored  = 0
	zipDeflate = 8
	zipBzip2   = 12
	zipZstdOld = 20
	zipZstd    = 93
	zipXz      = 95
)

var zipMethods = map[uint16]bool{zipStored: true, zipDeflate: true, zipBzip2: true, zipZstdOld: true, zipZstd: true, zipXz: true}

func (o *opening) zipDecoder(method uint16, in *bufio.Reader) (io.Reader, func(), error) {
	switch method {
	case zipDeflate:
		if n := len(o.spare.flate); n > 0 {
			z := o.spare.flate[n-1]
			o.spare.flate = o.spare.flate[:n-1]
			if err := z.(flate.Resetter).Reset(in, nil); err != nil {
				return nil, nil, err
			}
			return z, func() { o.spare.flate = append(o.spare.flate, z) }, nil
		}
		z := flate.NewReader(in)
		return z, func() { o.spare.flate = append(o.spare.flate, z) }, nil
	case zipBzip2:
		return o.decoder(bzipped, in, innerWindow)
	case zipZstd, zipZstdOld:
		return o.decoder(zstandard, in, innerWindow)
	case zipXz:
		return o.decoder(xzipped, in, innerWindow)
	}
	return in, func() {}, nil // stored
}

// zipBody is the content of a member, held against its length and checksum.
type zipBody struct {
	o    *opening
	in   io.Reader
	s    stream // of the archive
	left int64
	sum  uint32
	got  uint32
	err  error
}

func (b *zipBody) failed() error {
	if b.err == io.EOF {
		return nil
	}
	return b.err
}

func (b *zipBody) Read(p []byte) (int, error) {
	if b.err != nil {
		return 0, b.err
	}
	n, err := guarded(b.in, p)
	b.got = crc32.Update(b.got, crc32.IEEETable, p[:n])
	b.left -= int64(n)
	switch {
	case err == io.EOF && b.left > 0:
		b.err = zipCorrupt("the member is shorter than the directory says")
	case b.left < 0:
		b.err = zipCorrupt("the member is longer than the directory says")
	case err == io.EOF && b.got != b.sum:
		b.err = zipCorrupt("the checksum of the member does not match")
	case err == io.EOF:
		b.err = io.EOF
	case err != nil:
		b.err = b.o.zipDamage(err, b.s)
	}
	if bomb := b.o.account(n); bomb != nil {
		b.err = bomb
	}
	return n, b.err
}

func zipCorrupt(what string) *read.Rejection {
	return &read.Rejection{Reason: schema.ReasonCorruptRecord, Detail: "zip: " + what}
}

// zipDamage is the error of what cannot be read of an archive.
func (o *opening) zipDamage(err error, s stream) error {
	if o.input.err != nil {
		return o.input.err
	}
	if failed := s.in.failed(); failed != nil {
		return failed
	}
	if r := new(read.Rejection); errors.As(err, &r) {
		return r
	}
	if spoolFailed := new(spoolError); errors.As(err, &spoolFailed) {
		return err
	}
	return damaged(zipArchive, err, innerWindow)
}

// counted counts what is read of the input at its place, and keeps its error.
type counted struct {
	input *input
	at    io.ReaderAt
}

func (c *counted) ReadAt(p []byte, offset int64) (int, error) {
	if err := c.input.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.at.ReadAt(p, offset)
	c.input.at += int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		c.input.err = err
	}
	return n, err
}

// spooled is a stream that can be read at any place: in memory as long as it is
// small, else in a temporary file.
type spooled struct {
	io.ReaderAt
	size int64
}

const spoolMemory = 1 << 20 // bytes

// spoolError is an error of the temporary file.
type spoolError struct{ err error }

func (e *spoolError) Error() string {
	return "keeping a zip archive that is inside of another stream: " + e.err.Error()
}
func (e *spoolError) Unwrap() error { return e.err }

func (o *opening) spool(in *bufio.Reader, s stream) (*spooled, func(), error) {
	head, err := io.ReadAll(io.LimitReader(in, spoolMemory))
	if err != nil {
		return nil, nil, err
	}
	if len(head) < spoolMemory {
		return &spooled{bytes.NewReader(head), int64(len(head))}, func() {}, nil
	}
	f, err := os.CreateTemp(o.limits.Tmp, "archive-*")
	if err != nil {
		return nil, nil, &spoolError{err}
	}
	done := func() {
		_ = f.Close()
		_ = os.Remove(f.Name()) // the folder of temporary files goes in the end
	}
	if _, err := f.Write(head); err != nil {
		done()
		return nil, nil, &spoolError{err}
	}
	n, err := io.Copy(f, io.LimitReader(struct{ io.Reader }{in}, maxSpool+1-int64(len(head))))
	switch failed := s.in.failed(); {
	case failed != nil:
		err = failed
	case err != nil:
		err = &spoolError{err}
	case n+int64(len(head)) > maxSpool:
		err = &read.Rejection{Reason: schema.ReasonArchiveLimit, Detail: fmt.Sprintf("zip: an archive of more than %d bytes inside of another stream: unpack it first", maxSpool)}
	}
	if err != nil {
		done()
		return nil, nil, err
	}
	return &spooled{f, n + int64(len(head))}, done, nil
}
