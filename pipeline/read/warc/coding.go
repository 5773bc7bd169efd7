package warc

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

// maxCodings is how many codings a body may have one inside the other.
const maxCodings = 4

// maxBodyRatio bounds what a body decodes to where no limit does. It is what
// deflate can reach; freeBody bytes are free of it.
const (
	maxBodyRatio = 1032
	freeBody     = 1 << 20
)

// Errors of a body that cannot be decoded whole.
var (
	ErrTooLarge = errors.New("decodes to more than the limit")
	ErrRatio    = fmt.Errorf("decodes to more than %d times its size", maxBodyRatio)
	ErrCoding   = errors.New("its content coding is damaged")
)

// Decoder undoes content codings. It keeps its buffers for the next body.
type Decoder struct {
	gz  *gzip.Reader
	zst *zstd.Decoder
}

// Close lets go of what the decoders hold.
func (d *Decoder) Close() {
	if d.zst != nil {
		d.zst.Close()
	}
}

// Decode undoes the content codings of a body, as the value of Content-Encoding
// names them: gzip, deflate with or without the zlib head, br and zstd. A body
// that is not in the coding that it should be in is taken to be decoded
// already, and so is one of a coding that is not known. limit bounds the result
// in bytes, 0 is no limit.
//
// The error is ErrTooLarge or ErrRatio for a body that is too large, of which
// the beginning is given, or ErrCoding for one that breaks off, of which that
// is given which could be decoded.
func (d *Decoder) Decode(body []byte, codings string, limit int64) ([]byte, error) {
	var names []string
	for name := range strings.SplitSeq(strings.ToLower(codings), ",") {
		if name = strings.TrimSpace(name); name != "" && name != "identity" && name != "none" {
			names = append(names, name)
		}
	}
	if len(names) > maxCodings {
		return body, ErrCoding
	}
	var broken error
	for i := len(names) - 1; i >= 0; i-- {
		decoded, err := d.undo(body, names[i], limit)
		if err != nil && len(decoded) == 0 && !errors.Is(err, ErrTooLarge) {
			return body, broken // not in this coding
		}
		if body = decoded; err != nil && !errors.Is(err, ErrCoding) {
			return body, err
		}
		if err != nil {
			broken = err
		}
	}
	return body, broken
}

func (d *Decoder) undo(body []byte, name string, limit int64) (out []byte, err error) {
	defer func() {
		if recover() != nil {
			out, err, *d = nil, ErrCoding, Decoder{} // a library panicked: its state is lost
		}
	}()
	in, err := d.reader(body, name)
	if err != nil {
		return nil, ErrCoding
	}
	bound, over := limit, ErrTooLarge
	if ratio := max(freeBody, int64(len(body))*maxBodyRatio); limit <= 0 || ratio < limit {
		bound, over = ratio, ErrRatio
	}
	buf := bytes.NewBuffer(make([]byte, 0, min(bound, 4*int64(len(body)))+bytes.MinRead))
	n, err := buf.ReadFrom(io.LimitReader(in, bound+1))
	switch {
	case n > bound:
		return buf.Bytes()[:bound], over
	case err != nil:
		return buf.Bytes(), ErrCoding
	}
	return buf.Bytes(), nil
}

// reader gives what decodes body; the error says that it is not in the coding.
func (d *Decoder) reader(body []byte, name string) (io.Reader, error) {
	in := bytes.NewReader(body)
	var err error
	switch name {
	case "gzip", "x-gzip":
		if d.gz == nil {
			d.gz = new(gzip.Reader)
		}
		if err = d.gz.Reset(in); err != nil {
			return nil, err
		}
		return d.gz, nil
	case "deflate", "x-deflate":
		if z, err := zlib.NewReader(in); err == nil {
			return z, nil
		}
		return flate.NewReader(bufio.NewReader(bytes.NewReader(body))), nil // RFC 9110, section 8.4.1.2: some send it without zlib
	case "br":
		// A new one each time: Reset keeps input of the body before.
		return brotliReader{brotli.NewReader(io.MultiReader(in, bytes.NewReader([]byte{0})))}, nil
	case "zstd":
		if d.zst == nil {
			if d.zst, err = newZstd(nil, maxCodingWindow); err != nil {
				return nil, err
			}
		}
		return d.zst, d.zst.Reset(in)
	}
	return nil, ErrCoding
}

// brotliReader tells a stream that breaks off, for which the library gives no
// error, from one that ends: it reads a byte too many, and that one has to be
// too many.
type brotliReader struct{ in *brotli.Reader }

func (b brotliReader) Read(p []byte) (int, error) {
	n, err := b.in.Read(p)
	if err != nil && err.Error() == "brotli: excessive input" {
		err = io.EOF
	}
	return n, err
}
