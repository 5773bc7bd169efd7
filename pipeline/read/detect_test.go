package read

import (
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"
)

// wide is text in UTF-16 with a byte order mark.
func wide(order binary.AppendByteOrder, text string) string {
	var b []byte
	for _, u := range utf16.Encode([]rune("\ufeff" + text)) {
		b = order.AppendUint16(b, u)
	}
	return string(b)
}

func TestDetect(t *testing.T) {
	page := "<!DOCTYPE html><html><head><title>x</title></head><body>y</body></html>"
	for _, c := range []struct{ what, name, head, want string }{
		{"html", "a", page, FormatHTML},
		{"html in capitals", "a", strings.ToUpper(page), FormatHTML},
		{"html with mark", "a", "\ufeff\r\n" + page, FormatHTML},
		{"html behind a comment", "a", "<!-- saved from url=(0014)about:internet -->\n" + page, FormatHTML},
		{"html behind a very long comment", "a", "<!--" + strings.Repeat(" x", 4000) + "-->" + page, FormatHTML},
		{"html behind an old doctype", "a", `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN">` + page[15:], FormatHTML},
		{"xhtml", "a", `<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x"><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>`, FormatHTML},
		{"xhtml without doctype", "a", `<?xml version="1.0"?><html><body/></html>`, FormatHTML},
		{"html behind a warning", "a", "Warning: mysql_connect() failed\n" + page, FormatHTML},
		{"html in UTF-16", "a", wide(binary.LittleEndian, page), FormatHTML},
		{"html in UTF-16, big end", "a", wide(binary.BigEndian, page), FormatHTML},
		{"a fragment", "a", "<div class=comment><p>Yes.</p></div>", FormatHTML},
		{"a fragment by name", "a.html", "Some text<br>and <b>more</b>", FormatHTML},
		{"the same by another name", "a.txt", "Some text<br>and <b>more</b>", FormatTextPage},
		{"text", "a", "Heron says:\nHello there.\n", FormatTextPage},
		{"text in Latin-1", "a", "Gr\xfc\xdfe vom Hafen\n", FormatTextPage},
		{"text that begins with a heart", "a", "<3 this page\n", FormatTextPage},
		{"text with an address", "a", "<jo@pond.example> wrote:\nHello\n", FormatTextPage},
		{"text in brackets", "a", "{sic} the frogs\n", FormatTextPage},
		{"text in square brackets", "a", "[Note] the frogs\n", FormatTextPage},
		{"text in a script without spaces", "a", "水車小屋\nそうですね\n", FormatTextPage},
		{"records", "a", `{"source":"a","text":"x"}` + "\n", FormatJSONL},
		{"records with mark", "a", "\ufeff" + `{"source":"a"}`, FormatJSONL},
		{"records with CRLF", "a", "{\"source\":\"a\"}\r\n{\"source\":\"b\"}\r\n", FormatJSONL},
		{"records, the first broken", "a", "{\"source\":\n{\"source\":\"b\"}\n", FormatJSONL},
		{"one record that the head cuts", "a", `{"source":"` + strings.Repeat("x", DetectBytes), FormatJSONL},
		{"broken records by name", "a.jsonl", `{"source":` + "\n", FormatJSONL},
		// what no reader exists for
		{"empty", "a.html", "", ""},
		{"blank", "a.html", " \r\n\t", ""},
		{"pretty JSON", "a.json", "{\n  \"a\": 1\n}\n", ""},
		{"a JSON list", "a.json", "[\n{\"a\": 1}]\n", ""},
		{"rss", "a.xml", `<?xml version="1.0"?><rss version="2.0"><channel><title>x</title></channel></rss>`, FormatFeed},
		{"atom", "a.html", `<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title></feed>`, FormatFeed},
		{"rdf", "a", `<?xml version="1.0"?><rdf:RDF xmlns:rdf="x"><title>x</title></rdf:RDF>`, ""},
		{"wxr", "a", "<?xml version=\"1.0\"?>\n<!-- This is a WordPress eXtended RSS file -->\n<rss><channel></channel></rss>", FormatFeed},
		{"doctype of something else", "a", `<!DOCTYPE svg PUBLIC "x"><svg></svg>`, ""},
		{"warc", "a", "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 10\r\n\r\n<html><head></head>", FormatWARC},
		{"mhtml", "a.mht", "From: <Saved by a browser>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\r\n<html><head></head>", ""},
		{"mail", "a.eml", "Received: from a by b\nFrom: jo@pond.example\nMessage-ID: <1@pond.example>\nMIME-Version: 1.0\nContent-Type: text/plain\n\nHello\n", ""},
		{"mail without MIME", "a", "From: jo@pond.example\nTo: al@pond.example\nDate: Mon, 1 Jan 2001 10:00:00 +0000\nMessage-ID: <1@pond.example>\nSubject: x\n\nHello\n", ""},
		{"pdf", "a.html", "%PDF-1.4\n1 0 obj", ""},
		{"png", "a.html", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", ""},
		{"jpeg", "a", "\xff\xd8\xff\xe0\x00\x10JFIF", ""},
		{"zip", "a", "PK\x03\x04\x14\x00", ""},
		{"gzip", "a.html.gz", "\x1f\x8b\x08\x00", ""},
		{"zstandard", "a", "\x28\xb5\x2f\xfd\x04", ""},
		{"parquet", "a", "PAR1\x15\x04", ""},
		{"mp4", "a", "\x00\x00\x00\x18ftypmp42", ""},
		{"webp", "a", "RIFF\x10\x00\x00\x00WEBPVP8 ", ""},
		{"control characters", "a.txt", strings.Repeat("text \x01\x02", 20), ""},
	} {
		if got := Detect([]byte(c.head), c.name); got != c.want {
			t.Errorf("%s: %q, want %q", c.what, got, c.want)
		}
	}
}

func TestBinary(t *testing.T) {
	for _, text := range []string{"", "text", "Gr\xfc\xdfe", "\x1b[1mbold\x1b[0m", wide(binary.LittleEndian, "text"), wide(binary.BigEndian, "text"), "form\ffeed\vtab"} {
		if Binary([]byte(text)) {
			t.Errorf("%q is text", text)
		}
	}
	for _, bytes := range []string{"%PDF-1.7", "{\\rtf1\\ansi", "a\x00b\x01c\x02", "\x7fELF\x02"} {
		if !Binary([]byte(bytes)) {
			t.Errorf("%q is no text", bytes)
		}
	}
}

func FuzzDetect(f *testing.F) {
	for _, seed := range []string{"<html>", "<!--", "<?xml", "{\"a\":1}\n", "[{", "WARC/1.0", "\xff\xfea\x00", "<!DOCTYPE", "{", "<a"} {
		f.Add([]byte(seed), "a.html")
	}
	f.Fuzz(func(t *testing.T, head []byte, name string) {
		got := Detect(head, name)
		if got != "" && got != FormatHTML && got != FormatTextPage && got != FormatJSONL {
			t.Fatalf("format %q", got)
		}
		if got != "" && Binary(head[:min(len(head), DetectBytes)]) {
			t.Fatalf("%q is binary and %s", head, got)
		}
	})
}
