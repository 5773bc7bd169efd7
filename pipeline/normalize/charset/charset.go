// Package charset turns the bytes of a page into UTF-8, and says by what rule.
//
// It must never guess where the page or its header tells, and never fail a
// page over a few broken bytes.
package charset

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"

	"corpus/pipeline/read"
	"corpus/schema"
)

// Result is a decoded page.
type Result struct {
	Text    string // valid UTF-8
	Charset string // name by the WHATWG Encoding Standard
	Method  string // MethodBOM, ...
}

// Origin says what the page was decoded as and by what rule, e.g.
// "charset=windows-1252/meta": it stands behind the extractor in the provenance
// of what was read out of the page.
func (r Result) Origin() string { return "charset=" + r.Charset + "/" + r.Method }

// Rules by which a charset is known, in the order in which they are tried.
const (
	MethodBOM      = "bom"
	MethodHeader   = "header"
	MethodUTF8     = "utf8"
	MethodMeta     = "meta"
	MethodDetector = "detector"
)

const (
	metaWindow = 8 << 10 // bytes in which a meta element is looked for
	detectable = 1 << 20 // bytes that the detector sees
	brokenMax  = 5       // per mille of bytes that may be broken where UTF-8 is declared
	strayMax   = 4       // per mille of bytes that may be zeros in a text
	controlMax = 20      // per mille of control bytes above which a page is binary
)

// Decode decodes body; contentType is the Content-Type of the capture or
// empty. The error is a *read.Rejection: empty, binary or undecodable.
func Decode(body []byte, contentType string) (Result, error) {
	if len(bytes.TrimSpace(body)) == 0 {
		return Result{}, &read.Rejection{Reason: schema.ReasonEmpty, Detail: fmt.Sprintf("%d bytes, all of them white space", len(body))}
	}
	if r, ok := byBOM(body); ok {
		return r, nil
	}
	body = withoutStrayZeros(body)
	if err := notBinary(body); err != nil {
		return Result{}, err
	}
	if label := headerLabel(contentType); label != "" {
		if r, ok := decode(body, label, MethodHeader); ok {
			return r, nil
		}
	}
	if utf8.Valid(body) {
		return Result{string(body), "utf-8", MethodUTF8}, nil
	}
	if label := metaLabel(body); label != "" {
		if r, ok := decode(body, label, MethodMeta); ok {
			return r, nil
		}
	}
	if fewBroken(body) {
		return Result{strings.ToValidUTF8(string(body), "\uFFFD"), "utf-8", MethodUTF8}, nil
	}
	return detect(body)
}

// byBOM decodes UTF-8 and UTF-16 that begin with a byte order mark.
func byBOM(body []byte) (Result, bool) {
	if rest, ok := bytes.CutPrefix(body, []byte{0xef, 0xbb, 0xbf}); ok {
		return Result{strings.ToValidUTF8(string(rest), "\uFFFD"), "utf-8", MethodBOM}, true
	}
	for _, c := range []struct {
		mark  []byte
		order unicode.Endianness
		name  string
	}{{[]byte{0xff, 0xfe}, unicode.LittleEndian, "utf-16le"}, {[]byte{0xfe, 0xff}, unicode.BigEndian, "utf-16be"}} {
		if !bytes.HasPrefix(body, c.mark) {
			continue
		}
		out, err := unicode.UTF16(c.order, unicode.UseBOM).NewDecoder().Bytes(body)
		if err == nil && bytes.IndexByte(out, 0) < 0 {
			return Result{strings.ToValidUTF8(string(out), "\uFFFD"), c.name, MethodBOM}, true
		}
	}
	return Result{}, false
}

// withoutStrayZeros drops zero bytes out of text that holds very few of them,
// as damaged templates print them. Browsers ignore them as well (HTML standard,
// 13.2.6.4.7, unexpected null character).
func withoutStrayZeros(body []byte) []byte {
	if bytes.IndexByte(body, 0) < 0 {
		return body
	}
	zeros, control := 0, 0
	for _, c := range body {
		switch {
		case c == 0:
			zeros++
		case c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f':
			control++
		}
	}
	if zeros == 0 || zeros*1000 > len(body)*strayMax || control > zeros {
		return body
	}
	return bytes.ReplaceAll(body, []byte{0}, nil)
}

// notBinary is a rejection for bytes that are no text in any charset without
// byte order mark.
func notBinary(body []byte) error {
	if at := bytes.IndexByte(body, 0); at >= 0 {
		return &read.Rejection{Reason: schema.ReasonBinary, Detail: fmt.Sprintf("a zero byte at offset %d", at)}
	}
	for _, magic := range []string{"%PDF-", "\x89PNG", "\xff\xd8\xff", "GIF8", "PK\x03\x04", "\x1f\x8b", "\x28\xb5\x2f\xfd", "Rar!", "7z\xbc\xaf"} {
		if bytes.HasPrefix(body, []byte(magic)) {
			return &read.Rejection{Reason: schema.ReasonBinary, Detail: "begins as an image, archive or PDF file does"}
		}
	}
	control := controls(body)
	if control*1000 > len(body)*controlMax {
		return &read.Rejection{Reason: schema.ReasonBinary, Detail: fmt.Sprintf("%d of %d bytes are control characters", control, len(body))}
	}
	return nil
}

// controls counts the control characters that no text has, eight bytes at a time
// where none of them is below the space.
func controls(body []byte) int {
	const spaces, tops = 0x2020202020202020, 0x8080808080808080
	n := 0
	for len(body) > 0 {
		if len(body) >= 8 {
			// A byte below n borrows into its top bit (Warren, Hacker's Delight, 6-1).
			if x := binary.LittleEndian.Uint64(body); (x-spaces)&^x&tops == 0 {
				body = body[8:]
				continue
			}
		}
		chunk := body[:min(8, len(body))]
		for _, c := range chunk {
			if c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1b {
				n++
			}
		}
		body = body[len(chunk):]
	}
	return n
}

// headerLabel is the charset that a Content-Type names.
func headerLabel(contentType string) string {
	const mark = "charset="
	for at := 0; at+len(mark) <= len(contentType); at++ {
		if strings.EqualFold(contentType[at:at+len(mark)], mark) {
			label, _, _ := strings.Cut(contentType[at+len(mark):], ";")
			return strings.Trim(label, " \t\"'")
		}
	}
	return ""
}

// metaLabel is the charset that a meta element or an XML declaration in the
// first 8 KiB names.
func metaLabel(body []byte) string {
	head := bytes.ToLower(body[:min(len(body), metaWindow)])
	for _, mark := range []string{"charset=", "encoding="} {
		for from := 0; ; {
			at := bytes.Index(head[from:], []byte(mark))
			if at < 0 {
				break
			}
			at += from
			from = at + len(mark)
			open := bytes.LastIndexByte(head[:at], '<')
			if open < 0 || !bytes.HasPrefix(head[open:], []byte("<meta")) && !bytes.HasPrefix(head[open:], []byte("<?xml")) {
				continue
			}
			label := bytes.TrimLeft(head[from:], " \"'")
			if end := bytes.IndexAny(label, " \"';/>?"); end > 0 {
				return string(label[:end])
			}
		}
	}
	return ""
}

// decode decodes body as the charset of label, unless that is UTF-8 and body
// is not, or what comes out is no text.
func decode(body []byte, label, method string) (Result, bool) {
	enc, name := charset.Lookup(label)
	if enc == nil || name == "replacement" {
		return Result{}, false
	}
	if name == "utf-8" || strings.HasPrefix(name, "utf-16") {
		// UTF-16 without a byte order mark would hold zero bytes; a page that
		// says so and has none is in something else.
		if name == "utf-8" && utf8.Valid(body) {
			return Result{string(body), name, method}, true
		}
		return Result{}, false
	}
	return decodeAs(body, enc, name, method)
}

func decodeAs(body []byte, enc encoding.Encoding, name, method string) (Result, bool) {
	out, err := enc.NewDecoder().Bytes(body)
	if err != nil || !utf8.Valid(out) {
		return Result{}, false
	}
	if bytes.Count(out, []byte("\uFFFD"))*1000 > len(out)*brokenMax {
		return Result{}, false
	}
	return Result{string(out), name, method}, true
}

// fewBroken tells UTF-8 with a little damage: it has sequences of several
// bytes that are right, and few bytes that are wrong.
func fewBroken(body []byte) bool {
	right, wrong := 0, 0
	for i := 0; i < len(body); {
		if body[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(body[i:])
		if r == utf8.RuneError && size == 1 {
			wrong++
		} else {
			right++
		}
		i += size
	}
	return wrong*1000 <= len(body)*brokenMax && right > wrong
}

// detect asks the detector. Its recognizers run side by side and are sorted by
// confidence alone, so equal ones are told apart by name.
func detect(body []byte) (result Result, err error) {
	undecodable := &read.Rejection{Reason: schema.ReasonUndecodable, Detail: "not UTF-8, and no charset is declared or can be told"}
	defer func() {
		if recover() != nil {
			result, err = Result{}, undecodable
		}
	}()
	detector := chardet.NewTextDetector()
	if bytes.Contains(body[:min(len(body), metaWindow)], []byte("<")) {
		detector = chardet.NewHtmlDetector()
	}
	candidates, err := detector.DetectAll(body[:min(len(body), detectable)])
	if err != nil {
		return Result{}, undecodable
	}
	sort.Slice(candidates, func(i, j int) bool {
		if candidates[i].Confidence != candidates[j].Confidence {
			return candidates[i].Confidence > candidates[j].Confidence
		}
		return candidates[i].Charset < candidates[j].Charset
	})
	for _, c := range candidates {
		enc, name := charset.Lookup(c.Charset)
		if enc == nil || name == "replacement" || strings.HasPrefix(name, "utf-") {
			continue
		}
		if r, ok := decodeAs(body, enc, name, MethodDetector); ok {
			return r, nil
		}
	}
	return Result{}, undecodable
}
