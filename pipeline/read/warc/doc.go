// Package warc reads web archives record by record: WARC 1.0 and 1.1 (ISO
// 28500:2017) and their drafts, and ARC 1 and 2 (Internet Archive, 1996), as
// they are stored: plain, in gzip members or zstd frames of one record each, or
// in one compressed stream for the whole file. It takes HTTP messages apart and
// undoes their codings.
//
// It streams: memory does not grow with the file or with a record. It must
// never panic, whatever the bytes, nor let damage cost more than the record
// that it is in, as far as the file allows, nor decide what a record means to a
// corpus.
package warc

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/klauspost/compress/gzip"
)

// Header is the list of named fields of a record or HTTP message, in their
// order.
type Header []Field

// Field is one named field. Name is as stored; names have no case.
type Field struct{ Name, Value string }

// Get gives the value of the first field of that name, or "".
func (h Header) Get(name string) string {
	for _, f := range h {
		if strings.EqualFold(f.Name, name) {
			return f.Value
		}
	}
	return ""
}

// Damage is the error of a place that breaks the rules of the format. It costs
// one record; Reader.Next goes on behind it.
type Damage struct {
	Place
	What string // in words
	// Behind says that the block itself is complete: what follows it is no
	// record. A digest can tell whether the block is what it should be.
	Behind bool
}

func (d *Damage) Error() string { return fmt.Sprintf("at %s: %s", d.Place, d.What) }

// Place is where a record begins in the file as stored: at Offset, or, for what
// is not the first record of a gzip member or zstd frame, Inner decoded bytes
// behind the beginning of the one at Offset.
type Place struct{ Offset, Inner int64 }

// String is the locator of the place: "offset=" and a number, or two with a
// plus between them.
func (p Place) String() string {
	if p.Inner == 0 {
		return fmt.Sprintf("offset=%d", p.Offset)
	}
	return fmt.Sprintf("offset=%d+%d", p.Offset, p.Inner)
}

// Detect tells whether an input that begins with head is a web archive, also
// inside gzip or zstd.
func Detect(head []byte) bool {
	switch {
	case bytes.HasPrefix(head, gzipMagic):
		z, err := gzip.NewReader(bytes.NewReader(head))
		return err == nil && detectDecoded(z)
	case bytes.HasPrefix(head, dictionaryMagic):
		return true
	case bytes.HasPrefix(head, zstdMagic):
		z, err := newZstd(nil, maxZstdWindow)
		if err != nil || z.Reset(bytes.NewReader(head)) != nil {
			return false
		}
		defer z.Close()
		return detectDecoded(z)
	}
	return beginsRecord(head)
}

func detectDecoded(in io.Reader) bool {
	head := make([]byte, 4<<10)
	n, _ := io.ReadFull(in, head)
	return beginsRecord(head[:n])
}

// beginsRecord tells whether an archive begins with text: with the version line
// of a WARC record or the version block of an ARC file.
func beginsRecord(text []byte) bool {
	text = bytes.TrimLeft(text, "\r\n")
	return versionLine(text) || bytes.HasPrefix(text, []byte("filedesc:")) && arcLine(text, nil) != nil
}
