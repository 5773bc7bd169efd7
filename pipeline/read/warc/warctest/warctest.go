// Package warctest writes small web archives for tests, in every form that they
// are stored in. It must never be used outside of tests: it writes what it is
// told to, wrong lengths and digests too.
package warctest

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"strings"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// Form is how a file is stored.
type Form int

// The forms.
const (
	Plain          Form = iota
	GzipRecords         // a gzip member a record
	GzipStream          // one gzip member
	ZstdRecords         // a zstd frame a record
	ZstdStream          // one zstd frame
	ZstdDictionary      // a frame a record, behind one that holds their dictionary
	ZstdPackedDictionary
)

// Forms are all of them.
func Forms() []Form {
	return []Form{Plain, GzipRecords, GzipStream, ZstdRecords, ZstdStream, ZstdDictionary, ZstdPackedDictionary}
}

func (f Form) String() string {
	return [...]string{"plain", "gzip per record", "gzip stream", "zstd per record", "zstd stream", "zstd dictionary", "zstd packed dictionary"}[f]
}

// PerRecord tells whether each record can be read without the others.
func (f Form) PerRecord() bool { return f != GzipStream && f != ZstdStream }

// Record gives the bytes of a WARC record: type, address and date, other fields
// as lines, and the block. A field Content-Length takes the place of the length.
func Record(kind, url, date string, block []byte, fields ...string) []byte {
	var b bytes.Buffer
	b.WriteString("WARC/1.0\r\nWARC-Type: " + kind + "\r\n")
	stated := fmt.Sprintf("Content-Length: %d", len(block))
	for _, f := range fields {
		if strings.HasPrefix(f, "Content-Length:") {
			stated = f
			continue
		}
		b.WriteString(f + "\r\n")
	}
	if url != "" {
		b.WriteString("WARC-Target-URI: " + url + "\r\n")
	}
	b.WriteString("WARC-Date: " + date + "\r\n" + stated + "\r\n\r\n")
	b.Write(block)
	b.WriteString("\r\n\r\n")
	return b.Bytes()
}

// HTTP gives an HTTP response: status line and fields as lines, and the body.
func HTTP(body []byte, lines ...string) []byte {
	return append([]byte(strings.Join(lines, "\r\n")+"\r\n\r\n"), body...)
}

// Page gives the record of a page that was found.
func Page(url, date, page string, fields ...string) []byte {
	block := HTTP([]byte(page), "HTTP/1.1 200 OK", "Content-Type: text/html; charset=utf-8")
	return Record("response", url, date, block, append([]string{"Content-Type: application/http; msgtype=response"}, fields...)...)
}

// ARC gives the bytes of an ARC record.
func ARC(url, date, contentType string, block []byte) []byte {
	return fmt.Appendf(nil, "%s 192.0.2.7 %s %s %d\n%s\n", url, date, contentType, len(block), block)
}

// ARCFile gives the record that an ARC file begins with.
func ARCFile() []byte {
	return ARC("filedesc://pond.arc", "20010203040506", "text/plain",
		[]byte("1 0 Pond\nURL IP-address Archive-date Content-type Archive-length\n"))
}

// File stores records in a form. places are where they begin in the file, or in
// the decoded stream where they cannot be read alone.
func File(form Form, records ...[]byte) (file []byte, places []int64) {
	var dictionary []byte
	switch form {
	case ZstdDictionary, ZstdPackedDictionary:
		dictionary = Dictionary()
		stored := dictionary
		if form == ZstdPackedDictionary {
			stored = Zstd(dictionary, nil)
		}
		file = append(file, 0x5d, 0x2a, 0x4d, 0x18)
		file = binary.LittleEndian.AppendUint32(file, uint32(len(stored)))
		file = append(file, stored...)
	}
	var all []byte
	for _, r := range records {
		if form.PerRecord() {
			places = append(places, int64(len(file)))
		} else {
			places = append(places, int64(len(all)))
		}
		switch form {
		case Plain:
			file = append(file, r...)
		case GzipRecords:
			file = append(file, Gzip(r)...)
		case ZstdRecords, ZstdDictionary, ZstdPackedDictionary:
			file = append(file, Zstd(r, dictionary)...)
		default:
			all = append(all, r...)
		}
	}
	switch form {
	case GzipStream:
		file = Gzip(all)
	case ZstdStream:
		file = Zstd(all, nil)
	}
	return file, places
}

// Gzip compresses to one member.
func Gzip(b []byte) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	w.Write(b)
	w.Close()
	return out.Bytes()
}

// Zstd compresses to one frame with a checksum, with a dictionary or nil.
func Zstd(b, dictionary []byte) []byte {
	options := []zstd.EOption{zstd.WithEncoderConcurrency(1)}
	if dictionary != nil {
		options = append(options, zstd.WithEncoderDict(dictionary))
	}
	w, err := zstd.NewWriter(nil, options...)
	if err != nil {
		panic(err)
	}
	defer w.Close()
	return w.EncodeAll(b, nil)
}

// Dictionary is a trained zstd dictionary of heads of records.
var Dictionary = sync.OnceValue(func() []byte {
	history := Page("https://heron.example/pond/", "2020-01-02T03:04:05Z", "<!DOCTYPE html><html><head><title>The pond</title></head><body><p>The heron stood still.</p></body></html>")
	var contents [][]byte
	for i := range 32 {
		contents = append(contents, Page(fmt.Sprintf("https://heron.example/pond/%d", i*i), "2020-01-02T03:04:05Z", fmt.Sprintf("<!DOCTYPE html><html><body><p>The heron saw %d frogs.</p></body></html>", i)))
	}
	d, err := zstd.BuildDict(zstd.BuildDictOptions{ID: 7001, Contents: contents, History: history, Offsets: [3]int{1, 4, 8}})
	if err != nil {
		panic(err)
	}
	return d
})
