package read

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"corpus/schema"
)

// Formats are the formats that a reader exists for, and auto.
func Formats() []string {
	return []string{FormatAuto, FormatHTML, FormatTextPage, FormatJSONL, FormatWARC, FormatReddit, FormatHackerNews, FormatWXR, FormatDisqus, FormatBlogger, FormatFeed}
}

// For gives the reader of a format; FormatAuto has none, since the content
// decides (see Detect).
func For(format string) (Reader, error) {
	switch format {
	case FormatHTML, FormatTextPage:
		return wholeReader{format}, nil
	case FormatJSONL:
		return lineReader{}, nil
	case FormatWARC:
		return warcReader{}, nil
	case FormatReddit:
		return redditReader{}, nil
	case FormatHackerNews:
		return hackerNewsReader{}, nil
	case FormatWXR:
		return wxrReader{}, nil
	case FormatDisqus:
		return disqusReader{}, nil
	case FormatBlogger:
		return bloggerReader{}, nil
	case FormatFeed:
		return feedReader{}, nil
	}
	known := Formats()
	if slices.Contains(known, format) {
		return nil, fmt.Errorf("the format %s has no reader: the content decides", format)
	}
	return nil, fmt.Errorf("there is no reader for the format %q: expected %s", format, strings.Join(known, ", "))
}

// wholeLocator is the locator of a document that is its whole input.
const wholeLocator = "offset=0"

// wholeReader reads an input that is one page. It is the reader of both html
// and textpage: what the bytes mean is for extract.
type wholeReader struct{ format string }

func (w wholeReader) Read(ctx context.Context, in io.Reader, limits Limits, emit Emit) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	body, err := readBounded(in, limits.Bytes)
	if errors.Is(err, errTooLarge) {
		return emit(nil, tooLarge("the page", limits.Bytes), wholeLocator)
	}
	if err != nil {
		return err
	}
	if len(trimSpace(body)) == 0 {
		return emit(nil, &Rejection{Reason: schema.ReasonEmpty, Detail: fmt.Sprintf("%d bytes, none but white space", len(body))}, wholeLocator)
	}
	return emit(&Document{Locator: wholeLocator, Format: w.format, Body: body}, nil, wholeLocator)
}

var errTooLarge = errors.New("larger than the limit")

// readBounded reads all of in, or fails with errTooLarge beyond limit bytes.
func readBounded(in io.Reader, limit int64) ([]byte, error) {
	if limit <= 0 {
		return io.ReadAll(in)
	}
	body, err := io.ReadAll(io.LimitReader(in, limit))
	if err != nil {
		return nil, err
	}
	if int64(len(body)) < limit {
		return body, nil
	}
	var next [1]byte
	switch _, err := io.ReadFull(in, next[:]); err {
	case nil:
		return nil, errTooLarge
	case io.EOF:
		return body, nil
	default:
		return nil, err
	}
}

func tooLarge(what string, limit int64) *Rejection {
	return &Rejection{Reason: schema.ReasonTooLarge, Detail: fmt.Sprintf("%s has more than %d bytes: see limits: bytes", what, limit)}
}

// byteOrderMark is U+FEFF in UTF-8.
const byteOrderMark = "\ufeff"

func trimSpace(b []byte) []byte {
	return bytes.TrimSpace(bytes.TrimPrefix(b, []byte(byteOrderMark)))
}
