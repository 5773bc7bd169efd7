package read

import (
	"bufio"
	"bytes"
	"io"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// xmlHead is how much of an input is looked at for its declaration.
const xmlHead = 1024

// decodedXML gives an XML input in UTF-8, by its byte order mark, else by its
// declaration. What is said to be UTF-8, or says nothing, stays as it is: bytes
// that are no UTF-8 are dealt with where texts are read.
func decodedXML(in io.Reader) (*bufio.Reader, error) {
	buffered := bufio.NewReaderSize(in, 128<<10)
	head, err := buffered.Peek(xmlHead)
	if err != nil && err != io.EOF {
		return nil, err
	}
	enc := xmlEncoding(head)
	if enc == nil {
		return buffered, nil
	}
	return bufio.NewReaderSize(transform.NewReader(buffered, enc.NewDecoder()), 128<<10), nil
}

func xmlEncoding(head []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(head, []byte(byteOrderMark)):
		return nil
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("<\x00")):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case bytes.HasPrefix(head, []byte("\xfe\xff")), bytes.HasPrefix(head, []byte("\x00<")):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	}
	declaration, _, ok := bytes.Cut(bytes.TrimSpace(head), []byte("?>"))
	if !ok || !bytes.HasPrefix(declaration, []byte("<?xml")) {
		return nil
	}
	_, label, ok := strings.Cut(string(declaration), "encoding")
	if !ok {
		return nil
	}
	label = strings.TrimLeft(label, " \t\r\n=")
	if label == "" || label[0] != '"' && label[0] != '\'' {
		return nil
	}
	label, _, _ = strings.Cut(label[1:], label[:1])
	enc, err := htmlindex.Get(label)
	if err != nil {
		return nil
	}
	if name, err := htmlindex.Name(enc); err != nil || name == "utf-8" || strings.HasPrefix(name, "utf-16") || name == "replacement" {
		return nil // UTF-16 without a mark that holds ASCII tags is none
	}
	return enc
}
