package warc

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"corpus/pipeline/read/warc/warctest"
)

// got is what was read of a record, or the damage in its place.
type got struct {
	place, kind, url, block string
	damage                  string
}

// all reads a file to its end. It stops where the reader does not come to one.
func all(t testing.TB, in io.Reader) []got {
	t.Helper()
	r := NewReader(in)
	defer r.Close()
	var out []got
	damage := new(Damage)
	for range 100_000 {
		record, err := r.Next()
		if err == io.EOF {
			return out
		}
		if errors.As(err, &damage) {
			out = append(out, got{place: damage.Place.String(), damage: damage.What})
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		block, err := io.ReadAll(record)
		if err == nil {
			err = record.Finish()
		}
		if errors.As(err, &damage) {
			if damage.Place != record.Place {
				t.Fatalf("damage at %s of the record at %s", damage.Place, record.Place)
			}
			out = append(out, got{place: damage.Place.String(), damage: damage.What})
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, got{record.Place.String(), record.Type, record.Header.Get("WARC-Target-URI"), string(block), ""})
	}
	t.Fatal("the file has no end")
	return nil
}

func page(n int) string {
	return fmt.Sprintf("<!DOCTYPE html><html><head><title>Pond %d</title></head><body><p>The heron saw %d frogs.</p></body></html>", n, n*7)
}

// pond is a small archive: what its writer says of itself, pages, a picture.
func pond() [][]byte {
	records := [][]byte{warctest.Record("warcinfo", "", "2020-01-02T03:04:05Z", []byte("software: pond/1\r\n"), "Content-Type: application/warc-fields")}
	for i := range 4 {
		records = append(records, warctest.Page(fmt.Sprintf("https://heron.example/%d", i), "2020-01-02T03:04:05Z", page(i)))
	}
	picture := warctest.HTTP([]byte("\x89PNG\r\n\x1a\n\x1f\x8b\x08\x00\x28\xb5\x2f\xfd"), "HTTP/1.1 200 OK", "Content-Type: image/png")
	return append(records, warctest.Record("response", "https://heron.example/heron.png", "2020-01-02T03:04:05Z", picture))
}

func arcPond() [][]byte {
	records := [][]byte{warctest.ARCFile()}
	for i := range 4 {
		records = append(records, warctest.ARC(fmt.Sprintf("http://heron.example/%d", i), "20010203040506", "text/html",
			warctest.HTTP([]byte(page(i)), "HTTP/1.0 200 OK", "Content-Type: text/html")))
	}
	return records
}

func TestForms(t *testing.T) {
	for _, form := range warctest.Forms() {
		for name, records := range map[string][][]byte{"WARC": pond(), "ARC": arcPond()} {
			file, places := warctest.File(form, records...)
			if !Detect(file) {
				t.Errorf("%s, %s: not detected", name, form)
			}
			found := all(t, bytes.NewReader(file))
			if name == "ARC" {
				places = places[1:] // the description of the file is no record
			}
			if len(found) != len(places) {
				t.Fatalf("%s, %s: %d records, want %d: %v", name, form, len(found), len(places), found)
			}
			for i, g := range found {
				want := Place{Offset: places[i]}
				if !form.PerRecord() {
					want = Place{Inner: places[i]}
				}
				if g.damage != "" || g.place != want.String() {
					t.Errorf("%s, %s: record %d at %s, want %s %s", name, form, i, g.place, want, g.damage)
				}
				if i == 2 && (g.kind != TypeResponse || !strings.HasSuffix(g.url, "//heron.example/"+map[string]string{"WARC": "1", "ARC": "2"}[name]) || !strings.Contains(g.block, "frogs.</p>")) {
					t.Errorf("%s, %s: %+v", name, form, g)
				}
			}
		}
	}
}

// What is at a place can be read from there on, without what lies before.
func TestPlaces(t *testing.T) {
	for _, form := range []warctest.Form{warctest.Plain, warctest.GzipRecords, warctest.ZstdRecords} {
		file, places := warctest.File(form, pond()...)
		whole := all(t, bytes.NewReader(file))
		for i, place := range places {
			alone := all(t, bytes.NewReader(file[place:]))
			if len(alone) != len(whole)-i || alone[0].block != whole[i].block || alone[0].url != whole[i].url {
				t.Errorf("%s: from %d on: %v", form, place, alone)
			}
		}
	}
}

// However the bytes come in, the same records come out, damage and all.
func TestChunksOfTheInput(t *testing.T) {
	for _, form := range warctest.Forms() {
		file, _ := warctest.File(form, pond()...)
		for at := 3; at < len(file); at += 97 {
			bad := bytes.Clone(file)
			bad[at] ^= 0x20
			want := all(t, bytes.NewReader(bad))
			for _, in := range []io.Reader{iotest.OneByteReader(bytes.NewReader(bad)), iotest.HalfReader(bytes.NewReader(bad)), iotest.DataErrReader(bytes.NewReader(bad))} {
				if g := all(t, in); fmt.Sprint(g) != fmt.Sprint(want) {
					t.Fatalf("%s, damaged at %d:\n got %v\nwant %v", form, at, g, want)
				}
			}
		}
	}
}

// Cut off anywhere, a file gives all that is whole before the cut.
func TestTruncation(t *testing.T) {
	for _, form := range warctest.Forms() {
		for _, records := range [][][]byte{pond(), arcPond()} {
			file, places := warctest.File(form, records...)
			whole := all(t, bytes.NewReader(file))
			skipped := len(places) - len(whole) // the description of an ARC file
			for cut := range file {
				found := all(t, bytes.NewReader(file[:cut]))
				for i, g := range found {
					if g.damage != "" {
						if i != len(found)-1 {
							t.Fatalf("%s cut at %d: damage before the cut: %+v", form, cut, g)
						}
						continue
					}
					if g != whole[i] {
						t.Fatalf("%s cut at %d: record %d: got %+v, want %+v", form, cut, i, g, whole[i])
					}
				}
				if !form.PerRecord() {
					continue
				}
				complete := 0 // records whose successor begins before the cut
				for complete+1 < len(places) && places[complete+1] <= int64(cut) {
					complete++
				}
				if intact := len(found); intact < complete-skipped {
					t.Fatalf("%s cut at %d: %d records, want %d", form, cut, intact, complete-skipped)
				}
			}
		}
	}
}

// A damaged byte costs the record that it is in, and is told.
func TestDamage(t *testing.T) {
	for _, form := range []warctest.Form{warctest.Plain, warctest.GzipRecords, warctest.ZstdRecords, warctest.ZstdDictionary} {
		file, places := warctest.File(form, pond()...)
		whole := all(t, bytes.NewReader(file))
		for at := range file {
			if int64(at) < places[0] {
				continue // the dictionary: all is lost without it
			}
			hit := len(places) - 1
			for places[hit] > int64(at) {
				hit--
			}
			for _, mask := range []byte{0x01, 0x10, 0xff} {
				bad := bytes.Clone(file)
				bad[at] ^= mask
				found := map[got]bool{}
				for _, g := range all(t, bytes.NewReader(bad)) {
					found[g] = true
				}
				for i, g := range whole {
					if i != hit && !found[g] {
						t.Fatalf("%s, byte %d of record %d ^ %#x: record %d is lost: %v", form, at-int(places[hit]), hit, mask, i, found)
					}
				}
				if form == warctest.GzipRecords && found[whole[hit]] && len(found) == len(whole) {
					// Times, flags and padding change nothing, or somebody has to see it.
					z, err := gzip.NewReader(bytes.NewReader(bad[places[hit]:]))
					if err == nil {
						z.Multistream(false)
						_, err = io.Copy(io.Discard, z)
					}
					if err != nil {
						t.Fatalf("%s, byte %d of record %d ^ %#x: nobody saw it: %v", form, at-int(places[hit]), hit, mask, err)
					}
				}
			}
		}
	}
}

func TestBrokenRecords(t *testing.T) {
	one, two, three := warctest.Page("https://heron.example/1", "2020-01-02T03:04:05Z", page(1)), warctest.Page("https://heron.example/2", "2020-01-02T03:04:05Z", page(2)), warctest.Page("https://heron.example/3", "2020-01-02T03:04:05Z", page(3))
	with := func(old, new string) []byte { return bytes.Replace(two, []byte(old), []byte(new), 1) }
	length := fmt.Sprintf("Content-Length: %d", len(two)-bytes.Index(two, []byte("HTTP/1.1"))-4)
	if !bytes.Contains(two, []byte(length)) {
		t.Fatal("the test does not know the length")
	}
	big := []byte(strings.Repeat("Heron: frog\r\n", 2<<20/13))
	for _, c := range []struct {
		name   string
		middle []byte
		want   string // of the record in the middle; "" where it is good
		lost   int    // records behind it that are lost with it, in a stream
	}{
		{"good", two, "", 0},
		{"LF", append(bytes.ReplaceAll(two[:bytes.Index(two, []byte("HTTP/1.1"))], []byte("\r\n"), []byte("\n")), two[bytes.Index(two, []byte("HTTP/1.1")):]...), "", 0},
		{"no block", two[:bytes.Index(two, []byte("HTTP/1.1"))], "", 1},
		{"no length", with(length+"\r\n", ""), "the record has no Content-Length", 0},
		{"length in words", with(length, "Content-Length: many"), "the Content-Length of the record is no number", 0},
		{"negative length", with(length, "Content-Length: -7"), "the Content-Length of the record is no number", 0},
		{"length too small", with(length, "Content-Length: 7"), "no record follows the block: its length is wrong", 0},
		{"length too large", with(length, length[:len(length)-1]+"999"), "", 1},
		{"length beyond all measure", with(length, "Content-Length: 9223372036854775807"), "", 1},
		{"length beyond 64 bits", with(length, "Content-Length: 99999999999999999999"), "the Content-Length of the record is no number", 0},
		{"no version line", with("WARC/1.0\r\n", ""), "no record begins here", 0},
		{"two heads in one", two[:60], "the head of the record", 1},
		{"head cut off by the next", two[:bytes.Index(two, []byte("WARC-Date"))], "the head of the record is cut off by the next record", 0},
		{"head without end", append(bytes.Clone(two[:60]), big...), "the head of the record", 0},
		{"junk", []byte("what is this\r\nWARC/1.\r\nWARC/x.y\r\n"), "no record begins here", 0},
		{"zeros", make([]byte, 3000), "no record begins here", 0},
		{"one line break behind", bytes.TrimSuffix(two, []byte("\r\n")), "", 0},
		{"no line break behind", bytes.TrimSuffix(two, []byte("\r\n\r\n")), "", 0},
		{"many line breaks behind", append(bytes.Clone(two), strings.Repeat("\r\n", 99)...), "", 0},
		{"folded", with("WARC-Target-URI: https", "WARC-Target-URI:\r\n  https"), "", 0},
		{"names in capitals", with("Content-Length", "CONTENT-LENGTH"), "", 0},
		{"lines that are no fields", with("WARC-Date", "?\r\n: x\r\nWARC-Date"), "", 0},
		{"another version", with("WARC/1.0", "WARC/0.18"), "", 0},
	} {
		for _, form := range []warctest.Form{warctest.Plain, warctest.GzipRecords, warctest.GzipStream, warctest.ZstdRecords} {
			file, places := warctest.File(form, one, c.middle, three)
			found := all(t, bytes.NewReader(file))
			name := c.name + ", " + form.String()
			if len(found) == 0 || found[0].url != "https://heron.example/1" || found[0].damage != "" {
				t.Fatalf("%s: the first: %v", name, found)
			}
			damage, good := "", map[string]bool{}
			for _, g := range found {
				if g.damage == "" {
					good[g.url] = true
				} else if damage == "" {
					damage = g.damage
					if form == warctest.Plain && g.place != fmt.Sprintf("offset=%d", places[1]) {
						t.Errorf("%s: damage at %s, want offset=%d", name, g.place, places[1])
					}
				}
			}
			if c.want == "" && c.lost == 0 && (damage != "" || !good["https://heron.example/2"]) || !strings.Contains(damage, c.want) && form != warctest.GzipRecords {
				t.Errorf("%s: %v", name, found)
			}
			if (c.want != "" || c.lost > 0) && damage == "" && c.name != "zeros" {
				t.Errorf("%s: no damage told: %v", name, found)
			}
			if !good["https://heron.example/3"] && !(c.lost > 0 && form == warctest.GzipStream) {
				t.Errorf("%s: the last is lost: %v", name, found)
			}
		}
	}
}

// A record may go over several members, as blocks of bgzip do.
func TestRecordOverMembers(t *testing.T) {
	var file, text []byte
	for _, r := range pond() {
		text = append(text, r...)
	}
	for at := 0; at < len(text); at += 100 {
		file = append(file, warctest.Gzip(text[at:min(len(text), at+100)])...)
	}
	plain, _ := warctest.File(warctest.Plain, pond()...)
	want, found := all(t, bytes.NewReader(plain)), all(t, bytes.NewReader(file))
	if len(found) != len(want) {
		t.Fatalf("%d records, want %d: %v", len(found), len(want), found)
	}
	seen := map[string]bool{}
	for i := range want {
		if found[i].block != want[i].block || found[i].url != want[i].url || found[i].damage != "" || seen[found[i].place] {
			t.Errorf("got %v, want %v", found[i], want[i])
		}
		seen[found[i].place] = true
	}
}

func TestBetweenMembers(t *testing.T) {
	a, b := warctest.Gzip(pond()[1]), warctest.Gzip(pond()[2])
	for _, c := range []struct {
		name, between string
		damage        int
	}{{"zeros", "\x00\x00\x00\x00\x00\x00\x00", 0}, {"junk", "this is no member", 1}, {"a magic", "\x1f\x8b\x08", 1}, {"magics", strings.Repeat("\x1f\x8b\x08\x00", 50), 1}} {
		found := all(t, strings.NewReader(string(a)+c.between+string(b)))
		if len(found) != 2+c.damage || found[0].damage != "" || found[len(found)-1].damage != "" {
			t.Errorf("%s: %v", c.name, found)
		}
	}
}

func TestInputErrorsArePassedOn(t *testing.T) {
	broken := errors.New("broken pipe")
	for _, form := range warctest.Forms() {
		file, _ := warctest.File(form, pond()...)
		for _, n := range []int{0, 1, 3, 20, len(file) / 2, len(file)} {
			r := NewReader(io.MultiReader(bytes.NewReader(file[:n]), iotest.ErrReader(broken)))
			var err error
			for err == nil {
				_, err = r.Next()
			}
			if !errors.Is(err, broken) {
				t.Errorf("%s after %d bytes: %v", form, n, err)
			}
			r.Close()
		}
	}
}

func TestZstdLimits(t *testing.T) {
	good := warctest.Zstd(pond()[1], nil)
	// A frame that wants a window of 2 GiB: magic, descriptor, window, an empty last block.
	wide := []byte{0x28, 0xb5, 0x2f, 0xfd, 0, 21 << 3, 1, 0, 0}
	found := all(t, bytes.NewReader(append(append(bytes.Clone(good), wide...), good...)))
	if len(found) != 3 || !strings.Contains(found[1].damage, "window") || found[2].damage != "" {
		t.Errorf("wide window: %v", found)
	}
	// Run-length blocks of 128 KiB in four bytes each.
	bomb := []byte{0x28, 0xb5, 0x2f, 0xfd, 0, 10 << 3}
	const block = 128<<10<<3 | 1<<1
	for range 2000 {
		bomb = append(bomb, block&0xff, block>>8&0xff, block>>16&0xff, '\n')
	}
	bomb = append(bomb, 1, 0, 0)
	found = all(t, bytes.NewReader(append(append(bytes.Clone(good), bomb...), good...)))
	if len(found) != 3 || !strings.Contains(found[1].damage, "times its size") || found[2].damage != "" {
		t.Errorf("bomb: %v", found)
	}
	// A dictionary that the file does not begin with.
	found = all(t, bytes.NewReader(append(bytes.Clone(good), warctest.Zstd(pond()[2], warctest.Dictionary())...)))
	if len(found) != 2 || !strings.Contains(found[1].damage, "dictionary") {
		t.Errorf("no dictionary: %v", found)
	}
}

func TestARCLines(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"http://a.example/ 192.0.2.1 20010203040506 text/html 7\n", "http://a.example/|20010203040506|text/html|7"},
		{"http://a.example/x y z 192.0.2.1 20010203040506 text/html 7\r\n", "http://a.example/x y z|20010203040506|text/html|7"},
		{"http://a.example/ 192.0.2.1 20010203040506 text/html; charset=utf-8 7\n", "http://a.example/|20010203040506|text/html; charset=utf-8|7"},
		{"http://a.example/ 2001:db8::1 20010203040506 text/html 7\n", "http://a.example/|20010203040506|text/html|7"},
		{"http://a.example/ 192.0.2.1 200102030405060000 text/html 7\n", "http://a.example/|20010203040506|text/html|7"},
		{"http://a.example/ 192.0.2.1 20010203040506 text/html 200 fac069150613fe55599cc7fa88aa089d - 209 pond.arc 202\n", "http://a.example/|20010203040506|text/html|202"},
		{"dns:a.example 192.0.2.1 20010203040506 text/dns 7\n", "dns:a.example|20010203040506|text/dns|7"},
		{"http://a.example/ 192.0.2.1 20010203040506 text/html -1\n", "http://a.example/|20010203040506|text/html|-1"},
		{"http://a.example/ 192.0.2.1 20010203040506 text/html abc\n", "http://a.example/|20010203040506|text/html|-1"},
		{"http://a.example/ 192.0.2.1 20010203040506 text/html 7", ""},
		{"http://a.example/ is a page of 2001 with 5 words\n", ""},
		{"Content-Type: text/html 192.0.2.1 20010203040506 x 7\n", "Content-Type: text/html|20010203040506|x|7"},
		{"\n", ""}, {"", ""}, {":\n", ""}, {"http:", ""},
	} {
		got := ""
		if r := arcLine([]byte(c.line), nil); r != nil {
			got = fmt.Sprintf("%s|%s|%s|%d", r.Header.Get("WARC-Target-URI"), r.Header.Get("WARC-Date"), r.Header.Get("Content-Type"), r.Length)
		}
		if got != c.want {
			t.Errorf("%q: got %q, want %q", c.line, got, c.want)
		}
	}
}
