package container

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"corpus/licenses"
	"corpus/pipeline/read"
	"corpus/pipeline/read/warc"
	"corpus/schema"
)

// kind is how something is packed.
type kind int

const (
	none kind = iota
	gzipped
	bzipped
	xzipped
	zstandard
	tarArchive
	zipArchive
)

// String is the name of the kind, as messages have it.
func (k kind) String() string {
	return [...]string{"", "gzip", "bzip2", "xz", "zstd", "tar", "zip"}[k]
}

// kindOf tells how something that begins with head is packed. The marks are
// those of RFC 1952, the bzip2 format specification, the .xz file format 1.2,
// RFC 8878 (a frame or a skippable one) and APPNOTE 6.3.10; tar has a checksum.
func kindOf(head []byte) kind {
	begins := func(mark string) bool { return bytes.HasPrefix(head, []byte(mark)) }
	switch {
	case begins("\x1f\x8b\x08"):
		return gzipped
	case begins("BZh") && len(head) >= 10 && head[3] >= '1' && head[3] <= '9' &&
		(string(head[4:10]) == "1AY&SY" || string(head[4:10]) == "\x17rE8P\x90"):
		return bzipped
	case begins("\xfd7zXZ\x00"):
		return xzipped
	case begins("\x28\xb5\x2f\xfd"), len(head) >= 4 && head[0]>>4 == 5 && string(head[1:4]) == "\x2a\x4d\x18":
		return zstandard
	case begins("PK\x03\x04"), begins("PK\x05\x06"), begins("PK\x07\x08PK\x03\x04"):
		return zipArchive
	case tarHeader(head):
		return tarArchive
	}
	return none
}

const tarBlock = 512

// tarHeader tells whether a block is the header of a tar member: by its
// checksum, which is over unsigned bytes, or signed ones in very old files
// (POSIX.1-1988, section 10.1.1).
func tarHeader(block []byte) bool {
	const at, end = 148, 156
	if len(block) < tarBlock || block[0] == 0 {
		return false
	}
	stated, err := strconv.ParseInt(strings.Trim(string(block[at:end]), " \x00"), 8, 64)
	if err != nil {
		return false
	}
	var unsigned, signed int64
	for i, c := range block[:tarBlock] {
		if i >= at && i < end {
			c = ' '
		}
		unsigned += int64(c)
		signed += int64(int8(c))
	}
	return stated == unsigned || stated == signed
}

// webArchive tells whether something packed is a web archive, which its reader
// unpacks. One that is damaged from its beginning on is known by what was
// stated, or by its name.
func (o *opening) webArchive(k kind, head []byte, name string) bool {
	if o.format != read.FormatAuto && o.format != read.FormatWARC || k != gzipped && k != zstandard {
		return false
	}
	if warc.Detect(head) {
		return true
	}
	text, whole := o.head(k, head)
	if o.format == read.FormatWARC {
		return kindOf(text) == none
	}
	name = strings.ToLower(path.Base(name))
	return !whole && (strings.Contains(name, ".warc") || strings.Contains(name, ".arc"))
}

// head unpacks the first block of something packed, as far as head holds it, and
// tells whether there was one.
func (o *opening) head(k kind, head []byte) (text []byte, whole bool) {
	in := o.buffer(bytes.NewReader(head))
	defer o.release(in)
	z, done, err := o.decoder(k, in, innerWindow)
	if err != nil {
		return nil, false
	}
	defer done()
	text = make([]byte, tarBlock)
	n, err := io.ReadFull(z, text)
	return text[:n], err == nil
}

// formatOf tells the format of a stream that is not packed, or rejects it. What
// no reader exists for is left out by a rule where it is a member of an archive,
// as it would be by the glob in a folder.
func (o *opening) formatOf(head []byte, s stream) (string, error) {
	member := s.place != ""
	if o.format != read.FormatAuto {
		if member && (o.format == read.FormatHTML || o.format == read.FormatTextPage) && read.Binary(head) {
			return "", &read.Rejection{Reason: schema.ReasonBinary, Detail: "the content is no text", Excluded: true}
		}
		return o.format, nil
	}
	format := read.Detect(head, s.name)
	switch {
	case format == read.FormatTextPage && member && !textName(s.name):
		return "", &read.Rejection{Reason: schema.ReasonUnknownFormat, Detail: "text that is no page by its name: " + clean(path.Ext(s.name)), Excluded: true}
	case format != "":
		return format, nil
	case len(bytes.TrimSpace(head)) == 0 || bytes.Equal(bytes.TrimSpace(head), []byte("\ufeff")):
		return "", &read.Rejection{Reason: schema.ReasonEmpty, Detail: fmt.Sprintf("%d bytes, none but white space", len(head))}
	case read.Binary(head):
		return "", &read.Rejection{Reason: schema.ReasonBinary, Detail: "the content is no text", Excluded: member}
	}
	if !member && strings.EqualFold(path.Base(stripped(s.name)), path.Base(licenses.TDMFile)) {
		return "", &read.Rejection{
			Reason: schema.ReasonUnknownFormat,
			Detail: "no page, but by its name the reservations of a server: give it a row in the index with the url https://HOST" + licenses.TDMFile + ", see docs/rights.md",
		}
	}
	return "", &read.Rejection{
		Reason:   schema.ReasonUnknownFormat,
		Detail:   "the content is neither a web page nor text, nor JSON Lines of records, nor an archive, export, feed or dump that is known",
		Excluded: member,
	}
}

// textNames are the extensions of text pages. Everything without markup is text
// by its content, also programs, tables and notes.
var textNames = []string{".txt", ".text"}

// textName tells whether a name is that of a text page.
func textName(name string) bool { return slices.Contains(textNames, strings.ToLower(path.Ext(name))) }

// stripped is a file name without the extension of its compression.
func stripped(name string) string {
	switch extension := path.Ext(name); strings.ToLower(extension) {
	case ".gz", ".bz2", ".xz", ".zst", ".zstd":
		return strings.TrimSuffix(name, extension)
	}
	return name
}

// leaf is something in an input that is not packed any more.
type leaf struct {
	format string // empty where there is no reader
	member bool   // of an archive
	err    error  // why there is none
}

// Contents is what an input holds, as far as it was looked at.
type Contents struct {
	Format  string // the one format of all documents; FormatAuto where they differ; empty for none
	Archive bool   // tar or zip
	Text    bool   // it is a text page by its content alone, whatever its name says
}

// lookMembers is how many members Look looks at.
const lookMembers = 64

var errSeen = errors.New("seen")

// Look tells what an input of the format auto holds, by its first members. The
// error is a *read.Rejection where no document was found.
func Look(ctx context.Context, in Input, limits read.Limits) (Contents, error) {
	var c Contents
	leaves := 0
	var first error
	o := &opening{ctx: ctx, format: read.FormatAuto, limits: limits}
	o.probe = func(l leaf) error {
		c.Archive = c.Archive || l.member
		switch {
		case l.format == "":
			if first == nil {
				first = l.err
			}
		case c.Format == "":
			c.Format = l.format
		case c.Format != l.format:
			c.Format = read.FormatAuto
		}
		if leaves++; !l.member || leaves == lookMembers {
			return errSeen
		}
		return nil
	}
	err := o.run(in)
	if errors.Is(err, errSeen) {
		err = nil
	}
	if c.Format != "" {
		c.Text = c.Format == read.FormatTextPage && !c.Archive && !textName(stripped(in.Name))
		return c, nil
	}
	if err == nil {
		err = first
	}
	if err == nil {
		err = &read.Rejection{Reason: schema.ReasonEmpty, Detail: "no document is in it"}
	}
	return c, err
}
