package container

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Records of a zip archive (APPNOTE 6.3.10, sections 4.3.7, 4.3.12, 4.3.14 to
// 4.3.16): their marks, and the bytes of their fixed part.
const (
	zipLocalMark = "PK\x03\x04"
	zipEntryMark = "PK\x01\x02"
	zipEndMark   = "PK\x05\x06"
	zip64At      = "PK\x06\x07"
	zip64Mark    = "PK\x06\x06"

	zipLocalBytes = 30
	zipEntryBytes = 46
	zipEndBytes   = 22
	zip64AtBytes  = 20
	zip64Bytes    = 56
)

// zipDirectory is the directory of a zip archive. Its entries are read one by
// one: memory does not grow with them, as it would with archive/zip.
type zipDirectory struct {
	in    *bufio.Reader
	left  uint64 // entries
	shift int64  // of all offsets: what stands before the archive
}

// findDirectory finds the directory by the record at the archive's end.
func findDirectory(at io.ReaderAt, size int64) (*zipDirectory, error) {
	tail := make([]byte, min(size, zipEndBytes+math.MaxUint16))
	if _, err := at.ReadAt(tail, size-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	end := -1
	for i := len(tail) - zipEndBytes; i >= 0; i-- { // the last one whose comment has room
		if bytes.HasPrefix(tail[i:], []byte(zipEndMark)) && i+zipEndBytes+int(binary.LittleEndian.Uint16(tail[i+20:])) <= len(tail) {
			end = i
			break
		}
	}
	if end < 0 {
		return nil, zipCorrupt("no directory at its end: the archive is cut off or damaged")
	}
	record := tail[end:]
	count := uint64(binary.LittleEndian.Uint16(record[10:]))
	length := uint64(binary.LittleEndian.Uint32(record[12:]))
	offset := uint64(binary.LittleEndian.Uint32(record[16:]))
	behind := size - int64(len(tail)) + int64(end) // where the directory ends
	if count == math.MaxUint16 || length == math.MaxUint32 || offset == math.MaxUint32 {
		where := behind - zip64AtBytes
		pointer := make([]byte, zip64AtBytes)
		if where >= 0 {
			if _, err := at.ReadAt(pointer, where); err != nil && !errors.Is(err, io.EOF) {
				return nil, err
			}
		}
		if bytes.HasPrefix(pointer, []byte(zip64At)) {
			record := make([]byte, zip64Bytes)
			stated := binary.LittleEndian.Uint64(pointer[8:])
			if stated > uint64(size) {
				return nil, zipCorrupt("the directory does not lie in the archive")
			}
			// Where something stands before the archive the record is not where it
			// says, but it is short and stands right before its pointer.
			behind = int64(stated)
			for _, behind = range []int64{int64(stated), where - zip64Bytes} {
				if behind >= 0 {
					if _, err := at.ReadAt(record, behind); err != nil && !errors.Is(err, io.EOF) {
						return nil, err
					}
				}
				if bytes.HasPrefix(record, []byte(zip64Mark)) {
					break
				}
			}
			if !bytes.HasPrefix(record, []byte(zip64Mark)) {
				return nil, zipCorrupt("the directory is damaged")
			}
			count = binary.LittleEndian.Uint64(record[32:])
			length = binary.LittleEndian.Uint64(record[40:])
			offset = binary.LittleEndian.Uint64(record[48:])
		}
	}
	if length > uint64(behind) || offset > uint64(behind)-length || count > length/zipEntryBytes {
		return nil, zipCorrupt("the directory does not lie in the archive")
	}
	begin := behind - int64(length)
	return &zipDirectory{
		in:    bufio.NewReaderSize(io.NewSectionReader(at, begin, int64(length)), 64<<10),
		left:  count,
		shift: begin - int64(offset),
	}, nil
}

// zipEntry is an entry of the directory.
type zipEntry struct {
	name         string
	flags        uint16
	method       uint16
	sum          uint32 // CRC-32
	packed, size int64
	offset       int64
	mode         uint32 // of Unix; 0 where not stated
}

// next gives the next entry; the error is io.EOF behind the last one.
func (d *zipDirectory) next() (*zipEntry, error) {
	if d.left == 0 {
		return nil, io.EOF
	}
	d.left--
	var fixed [zipEntryBytes]byte
	if _, err := io.ReadFull(d.in, fixed[:]); err != nil {
		return nil, unexpected(err)
	}
	if string(fixed[:4]) != zipEntryMark {
		return nil, zipCorrupt("the directory is damaged; what follows is lost")
	}
	short := func(i int) uint16 { return binary.LittleEndian.Uint16(fixed[i:]) }
	long := func(i int) uint32 { return binary.LittleEndian.Uint32(fixed[i:]) }
	e := &zipEntry{flags: short(8), method: short(10), sum: long(16)}
	rest := make([]byte, int(short(28))+int(short(30)))
	if _, err := io.ReadFull(d.in, rest); err != nil {
		return nil, unexpected(err)
	}
	if _, err := d.in.Discard(int(short(32))); err != nil { // the comment
		return nil, unexpected(err)
	}
	name, extra := rest[:short(28)], rest[short(28):]
	e.name = zipName(name, e.flags)
	packed, size, offset := uint64(long(20)), uint64(long(24)), uint64(long(42))
	zip64 := zipExtra(extra, 1) // section 4.5.3: only the fields that are full here
	for _, field := range []*uint64{&size, &packed, &offset} {
		if *field == math.MaxUint32 && len(zip64) >= 8 {
			*field = binary.LittleEndian.Uint64(zip64)
			zip64 = zip64[8:]
		}
	}
	if packed > math.MaxInt64/2 || size > math.MaxInt64/2 || offset > math.MaxInt64/2 {
		return nil, zipCorrupt("the directory is damaged; what follows is lost")
	}
	e.packed, e.size, e.offset = int64(packed), int64(size), int64(offset)
	const unix, darwin = 3, 19
	if system := short(4) >> 8; system == unix || system == darwin {
		e.mode = long(38) >> 16
	}
	return e, nil
}

func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// zipExtra gives the extra field with that id.
func zipExtra(extra []byte, id uint16) []byte {
	for len(extra) >= 4 {
		n := int(binary.LittleEndian.Uint16(extra[2:]))
		if n > len(extra)-4 {
			return nil
		}
		if binary.LittleEndian.Uint16(extra) == id {
			return extra[4 : 4+n]
		}
		extra = extra[4+n:]
	}
	return nil
}

// zipName is a name in UTF-8: code page 437 where it is nothing else (section 4.4.4, bit 11).
func zipName(name []byte, flags uint16) string {
	if flags&(1<<11) == 0 && !utf8.Valid(name) {
		if decoded, err := charmap.CodePage437.NewDecoder().Bytes(name); err == nil {
			return string(decoded)
		}
	}
	return string(name)
}

// folder tells whether the entry is one.
func (e *zipEntry) folder() bool { return strings.HasSuffix(e.name, "/") && e.size == 0 }

func (e *zipEntry) encrypted() bool {
	const simple, strong, aes = 1 << 0, 1 << 6, 99
	return e.flags&(simple|strong) != 0 || e.method == aes
}

// noFile says why an entry is no document, or nothing.
func (e *zipEntry) noFile() string {
	const kind, file, link = 0o170000, 0o100000, 0o120000 // of sys/stat.h
	switch e.mode & kind {
	case 0, file:
		if hidden(e.name) {
			return "a hidden file"
		}
		return ""
	case link:
		return "a symbolic link"
	}
	return "a device, a pipe or the like"
}

// data is the packed content of the entry.
func (e *zipEntry) data(at io.ReaderAt, size, shift int64) (io.Reader, error) {
	var fixed [zipLocalBytes]byte
	begin := e.offset + shift
	if begin < 0 || begin > size-zipLocalBytes {
		return nil, zipCorrupt("the member does not lie in the archive")
	}
	if _, err := at.ReadAt(fixed[:], begin); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if string(fixed[:4]) != zipLocalMark {
		return nil, zipCorrupt("the member is not where the directory says")
	}
	begin += zipLocalBytes + int64(binary.LittleEndian.Uint16(fixed[26:])) + int64(binary.LittleEndian.Uint16(fixed[28:]))
	if begin > size-e.packed {
		return nil, zipCorrupt("the member does not lie in the archive")
	}
	return io.NewSectionReader(at, begin, e.packed), nil
}
