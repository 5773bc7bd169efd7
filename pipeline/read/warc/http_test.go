package warc

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	"corpus/pipeline/read/warc/warctest"
)

func TestParseHTTP(t *testing.T) {
	for _, c := range []struct{ name, block, want string }{
		{"usual", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX: y\r\n\r\nbody", "200 text/html 2 whole body"},
		{"LF alone", "HTTP/1.1 200 OK\nContent-Type: text/html\n\nbody", "200 text/html 1 whole body"},
		{"no reason", "HTTP/1.1 200\r\n\r\nbody", "200  0 whole body"},
		{"no code", "HTTP/1.1 OK\r\n\r\nbody", "0  0 whole body"},
		{"no code at all", "HTTP/1.1\r\n\r\nbody", "0  0 whole body"},
		{"two spaces", "HTTP/1.1  404  Gone fishing\r\n\r\n", "404  0 whole "},
		{"no version", "HTTP 503 busy\r\n\r\n", "503  0 whole "},
		{"of a radio", "ICY 200 OK\r\n\r\nbody", "200  0 whole body"},
		{"folded", "HTTP/1.1 200 OK\r\nContent-Type: text/html;\r\n\t charset=utf-8\r\n\r\nbody", "200 text/html; charset=utf-8 1 whole body"},
		{"folded at first", "HTTP/1.1 200 OK\r\n odd\r\nContent-Type: a/b\r\n\r\n", "200 a/b 1 whole "},
		{"space before the colon", "HTTP/1.1 200 OK\r\nContent-Type : text/html\r\n\r\nb", "200 text/html 1 whole b"},
		{"lines that are no fields", "HTTP/1.1 200 OK\r\nwhat\r\n: x\r\nContent-Type: text/html\r\n\r\nb", "200 text/html 1 whole b"},
		{"no blank line", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n<html>", "200 text/html 1 whole <html>"},
		{"cut off", "HTTP/1.1 200 OK\r\nContent-Type: text/ht", "200 text/ht 1 cut "},
		{"cut off behind a line", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n", "200 text/html 1 cut "},
		{"cut off in the status", "HTTP/1.1 20", "0  0 cut "},
		{"no HTTP", "<html>", "none"}, {"nothing", "", "none"}, {"a request", "GET / HTTP/1.1\r\n\r\n", "none"},
	} {
		got := "none"
		if m := ParseHTTP([]byte(c.block)); m != nil {
			whole := map[bool]string{true: "whole", false: "cut"}[m.Whole]
			got = fmt.Sprintf("%d %s %d %s %s", m.Status, m.Header.Get("content-type"), len(m.Header), whole, c.block[m.Length:])
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// Heads of nothing but lines that go on, or of fields, are read in linear time.
func TestHostileHeads(t *testing.T) {
	for _, line := range []string{"\r\n x", "\r\nx:y", "\r\nx:y\r\n " + strings.Repeat("z", 5000)} {
		m := ParseHTTP([]byte("HTTP/1.1 200 OK" + strings.Repeat(line, 4<<20/len(line)) + "\r\n\r\nbody"))
		size := 0
		for _, f := range m.Header {
			size += len(f.Name) + len(f.Value)
		}
		if !m.Whole || len(m.Header) > maxFields || size > 6<<20 {
			t.Errorf("%.8q: %d fields of %d bytes", line, len(m.Header), size)
		}
	}
}

func TestDechunk(t *testing.T) {
	for _, c := range []struct {
		name, body, want string
		ok               bool
	}{
		{"usual", "5\r\n<html\r\n1\r\n>\r\n0\r\n\r\n", "<html>", true},
		{"capitals, zeros, extension", "000A;x=y\r\n0123456789\r\n0;z\r\nTrailer: x\r\n\r\n", "0123456789", true},
		{"spaces", "5  \r\n<html\r\n 1\r\n>\r\n0\r\n\r\n", "<html>", true},
		{"LF alone", "5\n<html\n1\n>\n0\n\n", "<html>", true},
		{"not chunked", "<html>\r\nbody", "<html>\r\nbody", false},
		{"text that begins with digits", "42 frogs\r\nin a pond", "42 frogs\r\nin a pond", false},
		{"cut off in a chunk", "5\r\n<html\r\n9\r\n>bo", "<html>bo", false},
		{"cut off between chunks", "5\r\n<html\r\n", "<html", false},
		{"the second is wrong", "5\r\n<html\r\n>body</html>\r\n", "<html>body</html>\r\n", false},
		{"too long a size", "5\r\n<html\r\nfffffffffffffffff\r\n>", "<htmlfffffffffffffffff\r\n>", false},
		{"empty", "", "", false},
		{"none", "0\r\n\r\n", "", true},
	} {
		got, ok := Dechunk([]byte(c.body))
		if string(got) != c.want || ok != c.ok {
			t.Errorf("%s: %q, %v, want %q, %v", c.name, got, ok, c.want, c.ok)
		}
	}
}

func written(t *testing.T, text string, open func(io.Writer) io.WriteCloser) string {
	t.Helper()
	var out bytes.Buffer
	w := open(&out)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func encoded(t *testing.T, text, coding string) string {
	t.Helper()
	switch coding {
	case "gzip":
		return written(t, text, func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) })
	case "deflate":
		return written(t, text, func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) })
	case "raw deflate":
		return written(t, text, func(w io.Writer) io.WriteCloser { z, _ := flate.NewWriter(w, 9); return z })
	case "br":
		return written(t, text, func(w io.Writer) io.WriteCloser { return brotli.NewWriter(w) })
	case "zstd":
		return string(warctest.Zstd([]byte(text), nil))
	}
	return text
}

func TestDecode(t *testing.T) {
	text := "<!DOCTYPE html><html><body>" + strings.Repeat("<p>The heron saw a frog.</p>", 200) + "</body></html>"
	gz := encoded(t, text, "gzip")
	for _, c := range []struct {
		name, body, coding string
		limit              int64
		want               string
		err                error
	}{
		{"none", text, "", 0, text, nil},
		{"identity", text, "identity", 0, text, nil},
		{"gzip", gz, "gzip", 0, text, nil},
		{"x-gzip in capitals", gz, "X-GZIP", 0, text, nil},
		{"deflate", encoded(t, text, "deflate"), "deflate", 0, text, nil},
		{"deflate without zlib", encoded(t, text, "raw deflate"), "deflate", 0, text, nil},
		{"br", encoded(t, text, "br"), "br", 0, text, nil},
		{"zstd", encoded(t, text, "zstd"), "zstd", 0, text, nil},
		{"two", encoded(t, gz, "br"), "gzip, br", 0, text, nil},
		{"decoded already", text, "gzip", 0, text, nil},
		{"decoded already, br", text, "br", 0, text, nil},
		{"decoded already, zstd", text, "zstd", 0, text, nil},
		{"decoded already, deflate", text, "deflate", 0, text, nil},
		{"unknown", text, "sdch", 0, text, nil},
		{"empty", "", "gzip", 0, "", nil},
		{"at the limit", gz, "gzip", int64(len(text)), text, nil},
		{"over the limit", gz, "gzip", int64(len(text)) - 1, text[:len(text)-1], ErrTooLarge},
		{"too many codings", text, "gzip,gzip,gzip,gzip,gzip", 0, text, ErrCoding},
	} {
		var d Decoder
		for range 2 { // the second time with the buffers of the first
			got, err := d.Decode([]byte(c.body), c.coding, c.limit)
			if string(got) != c.want || !errors.Is(err, c.err) || (err == nil) != (c.err == nil) {
				t.Errorf("%s: %v, %d bytes: %.60q", c.name, err, len(got), got)
			}
		}
		d.Close()
	}
	for _, coding := range []string{"gzip", "deflate", "br", "zstd"} {
		var d Decoder
		random := make([]byte, 200_000)
		for i, x := 0, uint32(7); i < len(random); i++ {
			x = x*1664525 + 1013904223
			random[i] = byte(x >> 24)
		}
		page := text + hex.EncodeToString(random)
		whole := encoded(t, page, coding)
		got, err := d.Decode([]byte(whole[:len(whole)*3/4]), coding, 0)
		if len(got) < len(text) || !strings.HasPrefix(page, string(got)) || len(got) == len(page) {
			t.Errorf("%s cut off: %v, %d bytes", coding, err, len(got))
		}
		if !errors.Is(err, ErrCoding) {
			t.Errorf("%s cut off: %v", coding, err)
		}
		bomb := encoded(t, strings.Repeat("\x00", 64<<20), coding)
		got, err = d.Decode([]byte(bomb), coding, 2<<20)
		if !errors.Is(err, ErrTooLarge) && !errors.Is(err, ErrRatio) || len(got) > 2<<20 {
			t.Errorf("%s bomb: %v, %d bytes", coding, err, len(got))
		}
		if coding != "gzip" && coding != "deflate" {
			if got, err = d.Decode([]byte(bomb), coding, 0); !errors.Is(err, ErrRatio) || len(got) > maxBodyRatio*len(bomb)+freeBody {
				t.Errorf("%s bomb without a limit: %v, %d bytes", coding, err, len(got))
			}
		}
		d.Close()
	}
}

func TestDigests(t *testing.T) {
	text := []byte("The heron stood still.")
	s1, m5, s256 := sha1.Sum(text), md5.Sum(text), sha256.Sum256(text)
	b32 := base32.StdEncoding.EncodeToString(s1[:])
	for _, c := range []struct {
		stated, want string
		known        bool
	}{
		{"sha1:" + b32, "sha1:" + b32, true},
		{"SHA-1: " + strings.ToLower(b32), "sha1:" + b32, true},
		{"sha1:" + hex.EncodeToString(s1[:]), "sha1:" + b32, true},
		{"sha1:" + strings.ToUpper(hex.EncodeToString(s1[:])), "sha1:" + b32, true},
		{"sha1:" + base64.StdEncoding.EncodeToString(s1[:]), "sha1:" + b32, true},
		{"sha1:" + base64.RawURLEncoding.EncodeToString(s1[:]), "sha1:" + b32, true},
		{"md5:" + hex.EncodeToString(m5[:]), "md5:" + strings.TrimRight(base32.StdEncoding.EncodeToString(m5[:]), "="), true},
		{"sha256:" + hex.EncodeToString(s256[:]), "sha256:" + strings.TrimRight(base32.StdEncoding.EncodeToString(s256[:]), "="), true},
		{"sha256:" + base32.StdEncoding.EncodeToString(s256[:]), "sha256:" + strings.TrimRight(base32.StdEncoding.EncodeToString(s256[:]), "="), true},
		{"blake3:abc", "blake3:abc", false}, {"sha1:short", "sha1:short", false}, {b32, b32, false}, {"", "", false},
		{"sha1:" + strings.Repeat("!", 32), "sha1:" + strings.Repeat("!", 32), false},
	} {
		d := ParseDigest(c.stated)
		if d.String() != c.want || d.Known() != c.known || d.Of(text) != c.known || d.Of(text[:10], text[10:]) != c.known || d.Of(text[1:]) {
			t.Errorf("%q: %s, known %v, of the text %v", c.stated, d, d.Known(), d.Of(text))
		}
	}
	if got := SHA1(text).String(); got != "sha1:"+b32 {
		t.Error(got)
	}
}

func FuzzHTTP(f *testing.F) {
	f.Add([]byte("HTTP/1.1 200 OK\r\nContent-Type: text/html;\r\n x\r\n\r\n5\r\n<html\r\n0\r\n\r\n"), "gzip, br")
	f.Add([]byte("HTTP/1.1 200\n<html>"), "deflate")
	for _, coding := range []string{"gzip", "zstd"} {
		f.Add([]byte("HTTP/1.1 200 OK\r\n\r\n"+string(warctest.Gzip([]byte("x")))), coding)
	}
	var d Decoder
	f.Fuzz(func(t *testing.T, block []byte, coding string) {
		body := block
		if m := ParseHTTP(block); m != nil {
			if m.Length < 0 || m.Length > len(block) || m.Status < 0 || m.Status > 999 {
				t.Fatalf("%+v", m)
			}
			body = block[m.Length:]
		}
		n := len(body)
		body, _ = Dechunk(bytes.Clone(body))
		if len(body) > n {
			t.Fatal("chunks grew")
		}
		for _, coding := range []string{coding, "gzip", "deflate", "br", "zstd"} {
			decoded, err := d.Decode(body, coding, 1<<16)
			if len(decoded) > 1<<16 && len(decoded) > len(body) {
				t.Fatalf("%d bytes, %v", len(decoded), err)
			}
		}
		ParseDigest(coding).Of(body)
		arcLine(block, nil)
	})
}
