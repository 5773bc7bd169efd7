package container

import (
	"bufio"
	"compress/bzip2"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/therootcompany/xz"

	"corpus/pipeline/read"
	"corpus/schema"
)

// Memory of decoders.
const (
	// outerWindow is the largest window of a zstd input: zstd --long=31, which
	// dumps are distributed with. A frame takes as much memory as its window says
	// or its content needs, whichever is less.
	outerWindow = 1 << 31
	innerWindow = 128 << 20 // of zstd inside of another layer: what the command takes unasked
	xzWindow    = 128 << 20
)

// spare are decoders for the next stream.
type spare struct {
	gzip  []*gzip.Reader
	flate []io.ReadCloser
	xz    []*xz.Reader
}

// unpack gives what is in a compressed stream.
func (o *opening) unpack(k kind, in *bufio.Reader, s stream) (source, func(), error) {
	window := uint64(outerWindow)
	if s.depth > 0 {
		window = innerWindow
	}
	z, done, err := o.decoder(k, in, window)
	l := &layer{o: o, in: z, below: s.in, kind: k, window: window}
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return nil, nil, l.why(err)
	}
	return l, done, nil
}

// decoder sets up the decoder of a stream; done gives it back.
func (o *opening) decoder(k kind, in *bufio.Reader, window uint64) (z io.Reader, done func(), err error) {
	defer recovered(&err)
	done = func() {}
	switch k {
	case gzipped:
		z := new(gzip.Reader)
		if n := len(o.spare.gzip); n > 0 {
			z, o.spare.gzip = o.spare.gzip[n-1], o.spare.gzip[:n-1]
		}
		if err := z.Reset(in); err != nil {
			return nil, nil, err
		}
		z.Multistream(false)
		return &gzipMembers{in: in, z: z}, func() { o.spare.gzip = append(o.spare.gzip, z) }, nil
	case bzipped:
		return bzip2.NewReader(in), done, nil
	case xzipped:
		if n := len(o.spare.xz); n > 0 {
			z := o.spare.xz[n-1]
			o.spare.xz = o.spare.xz[:n-1]
			if err := z.Reset(in); err != nil {
				return nil, nil, err
			}
			return z, func() { o.spare.xz = append(o.spare.xz, z) }, nil
		}
		z, err := xz.NewReader(in, uint32(min(window, xzWindow)))
		if err != nil {
			return nil, nil, err
		}
		return z, func() { o.spare.xz = append(o.spare.xz, z) }, nil
	case zstandard:
		z, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
			zstd.WithDecoderMaxWindow(window), zstd.WithDecoderMaxMemory(1<<63))
		if err != nil {
			return nil, nil, err
		}
		return z, z.Close, nil
	}
	return nil, nil, fmt.Errorf("no decoder for %s", k)
}

// gzipMembers reads the members of a gzip file one after the other. Zero bytes
// behind the last one are padding; anything else is an error.
type gzipMembers struct {
	in *bufio.Reader
	z  *gzip.Reader
}

var errBehind = errors.New("something else follows")

func (g *gzipMembers) Read(p []byte) (int, error) {
	for {
		n, err := g.z.Read(p)
		if n > 0 || len(p) == 0 {
			if errors.Is(err, io.EOF) {
				err = nil // it comes again
			}
			return n, err
		}
		if err == nil {
			continue
		}
		if !errors.Is(err, io.EOF) {
			return 0, err
		}
		head, err := g.in.Peek(1)
		switch {
		case len(head) == 0:
			return 0, err
		case head[0] == 0:
			return 0, padding(g.in)
		case head[0] != 0x1f:
			return 0, errBehind
		}
		if err := g.z.Reset(g.in); err != nil {
			if errors.Is(err, io.EOF) {
				err = io.ErrUnexpectedEOF
			}
			return 0, err
		}
		g.z.Multistream(false)
	}
}

// padding reads zero bytes: the error is io.EOF where nothing else follows.
func padding(in *bufio.Reader) error {
	for {
		c, err := in.ReadByte()
		if err != nil {
			return err
		}
		if c != 0 {
			return errBehind
		}
	}
}

// layer is what comes out of a decoder. Its errors are rejections, but for those
// of the stream below, which stay what they are.
type layer struct {
	o      *opening
	in     io.Reader
	below  source
	kind   kind
	window uint64
	err    error
}

func (l *layer) failed() error {
	if l.err == io.EOF {
		return nil
	}
	return l.err
}

func (l *layer) Read(p []byte) (int, error) {
	if l.err != nil {
		return 0, l.err
	}
	n, err := guarded(l.in, p)
	if err != nil {
		l.err = l.why(err)
	}
	if bomb := l.o.account(n); bomb != nil {
		l.err = bomb
	}
	return n, l.err
}

// why says why a stream cannot be read on.
func (l *layer) why(err error) error {
	if errors.Is(err, io.EOF) {
		return io.EOF
	}
	if failed := l.below.failed(); failed != nil {
		return failed
	}
	return damaged(l.kind, err, l.window)
}

// damaged puts the error of a decoder into words.
func damaged(k kind, err error, window uint64) *read.Rejection {
	reason, what := schema.ReasonCorruptRecord, "the compressed data is damaged"
	var inner flate.CorruptInputError
	switch {
	case errors.Is(err, zstd.ErrWindowSizeExceeded), errors.Is(err, xz.ErrMemlimit):
		if k == xzipped {
			window = xzWindow
		}
		reason, what = schema.ReasonArchiveLimit, fmt.Sprintf("it takes a window of more than %d bytes: pack it again with a smaller one", window)
	case errors.Is(err, zstd.ErrUnknownDictionary):
		reason, what = schema.ReasonUnsupported, "packed with a dictionary that is not in the file"
	case errors.Is(err, xz.ErrOptions), errors.Is(err, xz.ErrUnsupportedCheck):
		reason, what = schema.ReasonUnsupported, "packed with options that are not read"
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, xz.ErrBuf), errors.Is(err, io.EOF):
		what = "the compressed data is cut off"
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, zstd.ErrCRCMismatch):
		what = "the checksum of the compressed data does not match"
	case errors.Is(err, errBehind), errors.Is(err, gzip.ErrHeader):
		what = "something else follows the compressed data"
	case errors.As(err, &inner):
	}
	return &read.Rejection{Reason: reason, Detail: k.String() + ": " + what}
}

// guarded reads from a decoder; a panic is damage that the decoder did not see.
func guarded(in io.Reader, p []byte) (n int, err error) {
	defer recovered(&err)
	for range 100 {
		if n, err = in.Read(p); n > 0 || err != nil || len(p) == 0 {
			return n, err
		}
	}
	return 0, io.ErrNoProgress
}

var errPanic = errors.New("the decoder failed")

func recovered(err *error) {
	if r := recover(); r != nil {
		*err = errPanic
	}
}
