package read

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/zstd"

	"corpus/schema"
)

const (
	// zstdWindow is the largest window that is unpacked: zstd --long=31, which
	// dumps of discussions are distributed with. A frame takes as much memory as
	// its window says or its content needs, whichever is less.
	zstdWindow = 1 << 31

	zstdMagic = "\x28\xb5\x2f\xfd" // of a frame (RFC 8878, section 3.1.1)
)

// unzstd gives the text of in: unpacked where in begins as a zstd frame does,
// or a skippable one before it (RFC 8878, section 3.1.2), else in as it is. Frames
// with a window of more than window bytes are refused. The caller has to call
// close.
func unzstd(in io.Reader, window uint64) (out io.Reader, close func(), err error) {
	buffered, ok := in.(*bufio.Reader)
	if !ok {
		buffered = bufio.NewReaderSize(in, 64<<10)
	}
	head, err := buffered.Peek(len(zstdMagic))
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, nil, err
	}
	if !zstdFrame(head) {
		return buffered, func() {}, nil
	}
	file := &watched{in: buffered}
	decoder, err := zstd.NewReader(file, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
		zstd.WithDecoderMaxWindow(window), zstd.WithDecoderMaxMemory(1<<63))
	if err != nil {
		return nil, nil, fmt.Errorf("setting up zstd: %w", err)
	}
	return &packed{decoder, file, window}, decoder.Close, nil
}

// zstdFrame tells whether head begins as a zstd file does.
func zstdFrame(head []byte) bool {
	return bytes.HasPrefix(head, []byte(zstdMagic)) ||
		len(head) >= 4 && head[0]>>4 == 5 && head[1] == 0x2a && head[2] == 0x4d && head[3] == 0x18
}

// watched remembers an error of the file, to tell it from damage.
type watched struct {
	in     io.Reader
	failed error
}

func (w *watched) Read(b []byte) (int, error) {
	n, err := w.in.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		w.failed = err
	}
	return n, err
}

// packed turns what is wrong with the compression into a rejection of the rest
// of the input; an error of the file below stays what it is.
type packed struct {
	in     *zstd.Decoder
	file   *watched
	window uint64
}

func (p *packed) Read(b []byte) (int, error) {
	n, err := p.in.Read(b)
	switch {
	case err == nil || errors.Is(err, io.EOF):
		return n, err
	case p.file.failed != nil:
		return n, p.file.failed
	}
	detail := "zstd: the compressed data is damaged"
	switch {
	case errors.Is(err, zstd.ErrWindowSizeExceeded):
		detail = fmt.Sprintf("zstd: the window is larger than %d bytes: pack the file again with a smaller one", p.window)
	case errors.Is(err, io.ErrUnexpectedEOF):
		detail = "zstd: the file is cut off"
	case errors.Is(err, zstd.ErrUnknownDictionary):
		detail = "zstd: packed with a dictionary that is not in the file"
	}
	return n, &Rejection{Reason: schema.ReasonMalformed, Detail: detail}
}

// unzstdHead unpacks the beginning of a zstd file, as far as head holds it.
// That takes little memory whatever the window: of so few bytes none lies
// farther back than the smaller window that the frame is made to ask for.
func unzstdHead(head []byte) []byte {
	const small = 22 // bits of the window, 4 MiB
	head = bytes.Clone(head)
	var frame zstd.Header
	if err := frame.Decode(head); err != nil {
		return nil
	}
	if at := 5; !frame.Skippable && !frame.SingleSegment && frame.WindowSize > 1<<small && len(head) > at {
		head[at] = (small - 10) << 3 // the window descriptor (RFC 8878, section 3.1.1.1.2)
	}
	out, close, err := unzstd(bytes.NewReader(head), 1<<(small+1))
	if err != nil {
		return nil
	}
	defer close()
	text, _ := io.ReadAll(io.LimitReader(out, DetectBytes)) // that it is cut off is no wonder
	return text
}
