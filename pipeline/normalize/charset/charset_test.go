package charset

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"

	"corpus/pipeline/read"
	"corpus/schema"
)

const german = "Die Fähre fährt wieder, sagte der Hafenmeister über die Straße. Größere Schäden müssten später überprüft werden."

func encode(t testing.TB, e interface{ Bytes([]byte) ([]byte, error) }, s string) []byte {
	t.Helper()
	b, err := e.Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestDecode(t *testing.T) {
	latin := encode(t, charmap.Windows1252.NewEncoder(), german)
	sjis := encode(t, japanese.ShiftJIS.NewEncoder(), "フェリーは再び運航しています。")
	utf16 := encode(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder(), german)
	for _, c := range []struct {
		name          string
		body          []byte
		contentType   string
		text, charset string
		method        string
	}{
		{"utf8", []byte(german), "", german, "utf-8", MethodUTF8},
		{"bom", append([]byte{0xef, 0xbb, 0xbf}, german...), "text/html; charset=iso-8859-1", german, "utf-8", MethodBOM},
		{"utf16", utf16, "", german, "utf-16le", MethodBOM},
		{"header", sjis, `text/html; charset="Shift_JIS"`, "フェリーは再び運航しています。", "shift_jis", MethodHeader},
		{"wrong header", []byte(german), "text/html; charset=nonsense", german, "utf-8", MethodUTF8},
		{"meta", append([]byte(`<meta charset="shift_jis">`), sjis...), "", `<meta charset="shift_jis">フェリーは再び運航しています。`, "shift_jis", MethodMeta},
		{"meta that lies", append([]byte(`<meta charset=utf-8>`), latin...), "", "<meta charset=utf-8>" + german, "windows-1252", MethodDetector},
		{"detector", latin, "", german, "windows-1252", MethodDetector},
		{"a broken byte", []byte(strings.Repeat(german, 5) + "\xff"), "", strings.Repeat(german, 5) + "\uFFFD", "utf-8", MethodUTF8},
	} {
		got, err := Decode(c.body, c.contentType)
		if err != nil || got.Text != c.text || got.Charset != c.charset || got.Method != c.method {
			t.Errorf("%s: %s by %s, %v, text %.60q", c.name, got.Charset, got.Method, err, got.Text)
		}
	}
	for name, want := range map[string]string{"": schema.ReasonEmpty, " \n\t ": schema.ReasonEmpty, "a\x00b": schema.ReasonBinary, "%PDF-1.4 x": schema.ReasonBinary, "\x01\x02\x03\x04abc": schema.ReasonBinary} {
		_, err := Decode([]byte(name), "")
		var r *read.Rejection
		if !errors.As(err, &r) || r.Reason != want {
			t.Errorf("Decode(%q): %v, want %s", name, err, want)
		}
	}
}

// Letters may change their length with their case: what is found in lower case
// is not there in the original.
func TestStrayZeroBytes(t *testing.T) {
	line := "<p>A line of text as any page has it.</p>\n"
	page := strings.Repeat(line, 20)
	r, err := Decode([]byte(page[:100]+"\x00"+page[100:400]+"\x00"+page[400:]), "")
	if err != nil || r.Text != page || r.Charset != "utf-8" {
		t.Errorf("charset %q, error %v, text %q", r.Charset, err, r.Text)
	}
	for name, body := range map[string]string{
		"too many":               strings.Repeat(line+"\x00", 20),
		"UTF-16 without a mark":  strings.Join(strings.Split(page, ""), "\x00"),
		"other control bytes":    page + "\x00\x01\x02\x03",
		"begins like a PDF file": "%PDF-1.7 " + page + "\x00",
	} {
		var rejected *read.Rejection
		if _, err := Decode([]byte(body), ""); !errors.As(err, &rejected) || rejected.Reason != schema.ReasonBinary {
			t.Errorf("%s: error %v, want a rejection as binary", name, err)
		}
	}
}

func TestHostileHeader(t *testing.T) {
	for header, want := range map[string]string{
		strings.Repeat("\u023a", 40) + "; CharSet = \"UTF-8\" ; x": "utf-8/utf8", // no blank may stand before =
		strings.Repeat("\xff", 40) + "; ChArSeT=\"UTF-8\"":         "utf-8/header",
		strings.Repeat("\u023a", 40) + ";charset=koi8-r;x":         "koi8-r/header",
		"charset=": "utf-8/utf8", "charset": "utf-8/utf8", "charset=\xff": "utf-8/utf8", "charset=\"": "utf-8/utf8",
	} {
		r, err := Decode([]byte("Ferry \xc3\xa9"), header)
		if err != nil || r.Origin() != "charset="+want {
			t.Errorf("%q: %s, %v", header, r.Origin(), err)
		}
	}
}

func TestOriginSaysByWhatRule(t *testing.T) {
	r, err := Decode(append([]byte(`<meta charset=latin1>`), encode(t, charmap.Windows1252.NewEncoder(), german)...), "")
	if err != nil || r.Origin() != "charset=windows-1252/meta" {
		t.Errorf("%s, %v", r.Origin(), err)
	}
}

func TestDetectorIsDeterministic(t *testing.T) {
	body := encode(t, charmap.ISO8859_2.NewEncoder(), "Žluťoučký kůň")
	first, err := Decode(body, "")
	for range 50 {
		again, againErr := Decode(body, "")
		if again != first || (err == nil) != (againErr == nil) {
			t.Fatalf("%v and %v", first, again)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(german), "text/html; charset=utf-8")
	f.Add([]byte("\xff\xfea\x00"), "")
	f.Add([]byte("<meta charset=koi8-r>\xc1\xc2"), "")
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		r, err := Decode(body, contentType)
		var rejection *read.Rejection
		if err != nil && !errors.As(err, &rejection) {
			t.Fatalf("%v is no rejection", err)
		}
		if !utf8.ValidString(r.Text) {
			t.Fatalf("%q gives broken UTF-8", body)
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	body := []byte(strings.Repeat(german, 500))
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if _, err := Decode(body, ""); err != nil {
			b.Fatal(err)
		}
	}
}
