package read

import (
	"bytes"
	"path"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"corpus/pipeline/read/warc"
)

// DetectBytes is how much of an input Detect has to see: pages may begin with
// long comments.
const DetectBytes = 64 << 10

// Detect tells the format of an input by how it begins: FormatHTML,
// FormatTextPage, FormatJSONL, or "" for what no reader exists for. name, the
// input's file name, only decides where the content could be either of two.
func Detect(head []byte, name string) string {
	if len(head) > DetectBytes {
		head = head[:DetectBytes]
	}
	if warc.Detect(head) {
		return FormatWARC
	}
	if Binary(head) {
		return ""
	}
	text := trimSpace(narrow(head))
	if len(text) == 0 {
		return ""
	}
	extension := strings.ToLower(path.Ext(name))
	switch text[0] {
	case '{', '[':
		if format := dumpFormat(text); format != "" {
			return format
		}
		if looksLikeRecords(text, extension) {
			return FormatJSONL
		}
		if looksLikeJSON(text) {
			return ""
		}
	case '<':
		if format := exportFormat(text); format != "" {
			return format
		}
		if format, sure := markup(text); sure {
			return format
		}
	}
	if foreign(text) {
		return ""
	}
	if at := bytes.Index(text, []byte("<?xml")); at > 0 {
		if format := exportFormat(text[at:]); format != "" {
			return format // a warning that the server printed first
		}
	}
	lower := bytes.ToLower(text)
	if bytes.Contains(lower, []byte("<html")) && (bytes.Contains(lower, []byte("<head")) || bytes.Contains(lower, []byte("<body"))) {
		return FormatHTML // text before the page: a server's warning, a stray line
	}
	if (extension == ".html" || extension == ".htm" || extension == ".xhtml") && bytes.Contains(lower, []byte("</")) {
		return FormatHTML // a fragment of a page
	}
	return FormatTextPage
}

// Binary tells whether an input that begins with head is no text: it begins as
// files of compressed, archived, printed or pictured things do, or it holds
// control characters that no text has. UTF-16 and UTF-32 are text.
func Binary(head []byte) bool {
	for _, m := range magics {
		if bytes.HasPrefix(head, []byte(m)) {
			return true
		}
	}
	if len(head) >= 12 && (string(head[4:8]) == "ftyp" || string(head[:4]) == "RIFF") {
		return true
	}
	text, controls := narrow(head), 0
	for _, c := range text {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v' && c != 0x1b && c != 0x08 {
			controls++
		}
	}
	return controls > len(text)/100
}

// magics are the first bytes of common files that are no text, from the
// specification of each format.
var magics = []string{
	"\x1f\x8b", "BZh", "\xfd7zXZ\x00", "\x28\xb5\x2f\xfd", "7z\xbc\xaf\x27\x1c", "PK\x03\x04", "PK\x05\x06", // compressed
	"%PDF-", "\xd0\xcf\x11\xe0", "{\\rtf", "PAR1", "SQLite format 3\x00", // documents and tables
	"\x89PNG", "GIF87a", "GIF89a", "\xff\xd8\xff", "\x00\x00\x01\x00", // pictures
	"\x7fELF", "OggS", "ID3", "wOFF", "wOF2", "bplist00", // programs, sound, fonts, web archives of Safari
}

// narrow gives the text of UTF-16 or UTF-32 as far as it is ASCII, by dropping
// the zero bytes; other inputs stay as they are.
func narrow(head []byte) []byte {
	wide := bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) ||
		bytes.HasPrefix(head, []byte("\x00\x00\xfe\xff"))
	if !wide {
		if len(head) < 4 || (head[0] == 0) == (head[1] == 0) || (head[2] == 0) == (head[3] == 0) {
			return head
		}
		wide = true // no mark, but every second byte is zero
	}
	text := bytes.ReplaceAll(head, []byte{0}, nil)
	text = bytes.TrimPrefix(text, []byte("\xff\xfe"))
	return bytes.TrimPrefix(text, []byte("\xfe\xff"))
}

// pageTags are the elements that a page may begin with (WHATWG MIME Sniffing,
// section 7.1, and the sectioning elements of HTML).
var pageTags = map[string]bool{
	"html": true, "head": true, "body": true, "title": true, "meta": true, "link": true, "base": true, "script": true, "style": true,
	"noscript": true, "iframe": true, "div": true, "span": true, "p": true, "a": true, "b": true, "i": true, "br": true, "hr": true,
	"h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "table": true, "ul": true, "ol": true, "dl": true,
	"article": true, "main": true, "section": true, "header": true, "footer": true, "nav": true, "aside": true, "form": true,
	"img": true, "font": true, "center": true, "blockquote": true, "pre": true, "svg": true, "em": true, "strong": true,
}

// markup looks at an input that begins with "<". Comments, XML declarations and
// processing instructions are skipped; sure is false where the first element
// does not tell.
func markup(text []byte) (format string, sure bool) {
	for len(text) > 0 && text[0] == '<' {
		switch {
		case bytes.HasPrefix(text, []byte("<!--")):
			text = after(text, "-->")
		case bytes.HasPrefix(text, []byte("<?")):
			text = after(text, ">")
		case hasPrefixFold(text, "<!doctype"):
			kind := strings.TrimSpace(strings.ToLower(string(text[len("<!doctype"):min(len(text), 64)])))
			if strings.HasPrefix(kind, "html") {
				return FormatHTML, true
			}
			return "", true
		case hasPrefixFold(text, "<!"):
			text = after(text, ">")
		default:
			return element(text)
		}
		text = bytes.TrimLeft(text, " \t\r\n\f")
	}
	return "", false
}

// element tells whether the element that text begins with is one of a page. An
// element of another vocabulary (rss, feed, mediawiki) is no page.
func element(text []byte) (format string, sure bool) {
	end := bytes.IndexAny(text[1:], " \t\r\n\f/>")
	if end < 0 {
		return "", false
	}
	name := strings.ToLower(string(text[1 : 1+end]))
	if pageTags[name] {
		return FormatHTML, true
	}
	closing := bytes.Contains(text, []byte("</"))
	if name == "" || strings.ContainsFunc(name, func(r rune) bool {
		return r != ':' && r != '-' && r != '_' && (r < 'a' || r > 'z') && (r < '0' || r > '9')
	}) || !closing {
		return "", false // "<3", "<someone@…>": text
	}
	if bytes.Contains(bytes.ToLower(text), []byte("<body")) {
		return FormatHTML, true
	}
	return "", true
}

// foreign tells whether text begins as web archives and mail do, which hold
// pages but are none.
func foreign(text []byte) bool {
	if bytes.HasPrefix(text, []byte("WARC/")) {
		return true
	}
	head := bytes.ToLower(text[:min(len(text), 2048)])
	header, _, _ := bytes.Cut(head, []byte("\n\n"))
	header, _, _ = bytes.Cut(header, []byte("\r\n\r\n"))
	has := func(field string) bool {
		return bytes.HasPrefix(header, []byte(field)) || bytes.Contains(header, []byte("\n"+field))
	}
	return has("mime-version:") && has("content-type:") || has("message-id:") && has("from:") && has("date:")
}

// looksLikeRecords tells whether one of the first lines is a JSON object, or
// the first one is one that the head cuts off.
func looksLikeRecords(text []byte, extension string) bool {
	if text[0] != '{' {
		return false
	}
	rest := text
	for range 3 {
		line, tail, complete := bytes.Cut(rest, []byte("\n"))
		line = bytes.TrimSpace(line)
		if complete || len(text) < DetectBytes-8 {
			if len(line) > 0 && line[0] == '{' && jsontext.Value(line).IsValid() {
				return true
			}
		} else if looksLikeJSON(line) {
			return true
		}
		if !complete {
			break
		}
		rest = tail
	}
	return (extension == ".jsonl" || extension == ".ndjson") && looksLikeJSON(text)
}

// looksLikeJSON tells whether text begins as a JSON object or list of objects
// or values does.
func looksLikeJSON(text []byte) bool {
	next := bytes.TrimLeft(text[1:], " \t\r\n")
	if len(next) == 0 {
		return false
	}
	if text[0] == '{' {
		return next[0] == '}' || next[0] == '"'
	}
	return next[0] == '{' && looksLikeJSON(next)
}

func after(text []byte, mark string) []byte {
	_, rest, _ := bytes.Cut(text, []byte(mark))
	return rest
}

func hasPrefixFold(text []byte, prefix string) bool {
	return len(text) >= len(prefix) && strings.EqualFold(string(text[:len(prefix)]), prefix)
}
