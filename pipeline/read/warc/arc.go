package warc

import (
	"bytes"
	"strconv"
	"strings"
)

// arcLine reads the line that an ARC record begins with: address, IP address,
// date, content type and length between spaces; in version 2 result code,
// checksum, location, offset and file name stand before the length. Addresses
// and content types with spaces, which writers let pass, are read too. It gives
// nil for a line of something else; a length that is no number is -1.
func arcLine(text []byte, in *Reader) *Record {
	if !schemed(text) {
		return nil
	}
	line, _, ok := bytes.Cut(text[:min(len(text), beginBytes)], []byte("\n"))
	if !ok {
		return nil
	}
	words := strings.Split(strings.TrimRight(string(line), "\r "), " ")
	last := len(words) - 1
	date := last - 2 // the date stands before type and length
	for date >= 2 && !(arcDate(words[date]) && arcAddress(words[date-1])) {
		date--
	}
	if date < 2 {
		return nil
	}
	length, err := strconv.ParseInt(words[last], 10, 64)
	if err != nil || length < 0 {
		length = -1
	}
	contentType := words[date+1 : last]
	if len(contentType) == 6 {
		contentType = contentType[:1] // version 2
	}
	return &Record{
		Type: TypeResponse, ARC: true, Length: length, in: in,
		Header: Header{
			{"WARC-Target-URI", strings.Join(words[:date-1], " ")},
			{"WARC-Date", words[date][:min(len(words[date]), 14)]},
			{"Content-Type", strings.Join(contentType, " ")},
		},
	}
}

// schemed tells whether text begins with the scheme of an address.
func schemed(text []byte) bool {
	for i, c := range text[:min(len(text), 32)] {
		switch {
		case c == ':':
			return i > 1
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', i > 0 && (c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.'):
		default:
			return false
		}
	}
	return false
}

// arcDate tells whether s is a date as ARC files have it: YYYYMMDDhhmmss, with
// digits missing or too many.
func arcDate(s string) bool {
	return len(s) >= 8 && len(s) <= 20 && strings.Trim(s, "0123456789") == ""
}

// arcAddress tells whether s may be an IP address, or stands for none.
func arcAddress(s string) bool {
	return s != "" && strings.Trim(s, "0123456789abcdefABCDEF.:-") == ""
}
