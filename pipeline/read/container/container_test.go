package container

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"
	"pgregory.net/rapid"

	"corpus/pipeline/read"
)

const page = "<!DOCTYPE html><html><head><title>The pond</title></head><body><p>The heron.</p></body></html>"

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func gz(content string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	io.WriteString(w, content)
	w.Close()
	return b.String()
}

func zst(content string) string {
	w, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	if err != nil {
		panic(err)
	}
	return string(w.EncodeAll([]byte(content), nil))
}

// tarOf packs files, given as names and contents.
func tarOf(members ...string) string {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for i := 0; i < len(members); i += 2 {
		if err := w.WriteHeader(&tar.Header{Name: members[i], Size: int64(len(members[i+1])), Mode: 0o600}); err != nil {
			panic(err)
		}
		io.WriteString(w, members[i+1])
	}
	w.Close()
	return b.String()
}

func zipOf(members ...string) string {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(members); i += 2 {
		f, err := w.Create(members[i])
		if err != nil {
			panic(err)
		}
		io.WriteString(f, members[i+1])
	}
	w.Close()
	return b.String()
}

// given are the outcomes of an input, a line each: locator and format, or reason
// with its detail; "-" before what is excluded. The rejection of the input comes last.
func given(t testing.TB, in Input, format string, limits read.Limits) []string {
	t.Helper()
	if limits.Tmp == "" {
		limits.Tmp = t.TempDir()
	}
	var list []string
	line := func(locator string, r *read.Rejection) {
		mark := ""
		if r.Excluded {
			mark = "-"
		}
		list = append(list, strings.TrimSpace(mark+locator+" "+r.Error()))
	}
	err := Read(t.Context(), in, format, read.Rules{}, limits, func(doc *read.Document, rejected *read.Rejection, locator string) error {
		if rejected != nil {
			line(locator, rejected)
		} else {
			list = append(list, locator+" "+doc.Format)
		}
		return nil
	})
	if r := new(read.Rejection); errors.As(err, &r) {
		line("", r)
	} else if err != nil {
		t.Fatal(err)
	}
	left, err := os.ReadDir(limits.Tmp)
	check(t, err)
	if len(left) > 0 {
		t.Errorf("%d temporary files are left", len(left))
	}
	return list
}

// file is an input that can be read at any place, as one on disk can.
func file(name, content string) Input {
	return Input{In: strings.NewReader(content), At: strings.NewReader(content), Size: int64(len(content)), Name: name}
}

func TestRead(t *testing.T) {
	lines := `{"source":"a"}` + "\n\n" + `{"source":"b"}` + "\n"
	link := func(kind byte) string {
		var b bytes.Buffer
		w := tar.NewWriter(&b)
		check(t, w.WriteHeader(&tar.Header{Name: "pages/", Typeflag: tar.TypeDir, Mode: 0o700}))
		check(t, w.WriteHeader(&tar.Header{Name: "pages/x", Typeflag: kind, Linkname: "/etc/passwd"}))
		check(t, w.Close())
		return b.String()
	}
	for _, c := range []struct {
		what, name, in, format string
		want                   []string
	}{
		{"a page", "a", page, "auto", []string{"offset=0 html"}},
		{"gzip", "a.gz", gz(page), "auto", []string{"offset=0 html"}},
		{"gzip in gzip", "a", gz(gz(page)), "auto", []string{"offset=0 html"}},
		{"several gzip members", "a", gz(page[:30]) + gz("") + gz(page[30:]) + "\x00\x00", "auto", []string{"offset=0 html"}},
		{"gzip with something behind", "a", gz(lines) + "oops", "auto", []string{"line=1 jsonl", "line=3 jsonl", "corrupt_record: gzip: something else follows the compressed data"}},
		{"lines", "a", zst(lines), "auto", []string{"line=1 jsonl", "line=3 jsonl"}},
		{"stated", "a", zst(lines), "jsonl", []string{"line=1 jsonl", "line=3 jsonl"}},
		{"tar", "a", tarOf("pages/a.html", page, "b.jsonl", lines), "auto", []string{"member=pages/a.html html", "member=b.jsonl;line=1 jsonl", "member=b.jsonl;line=3 jsonl"}},
		{"tar.gz with packed members", "a", gz(tarOf("a.html.gz", gz(page), "b", zst(page))), "auto", []string{"member=a.html.gz html", "member=b html"}},
		{"archives in archives", "a", zst(tarOf("x.zip", zipOf("y.tgz", gz(tarOf("z.html", page))))), "auto", []string{"member=x.zip;member=y.tgz;member=z.html html"}},
		{"too many layers", "a", gz(gz(gz(gz(gz(gz(gz(page))))))), "auto", []string{"archive_limit: packed more than 6 times: unpack the outer layers"}},
		{"two tars in one", "a", tarOf("a.html", page) + tarOf("a.html", page), "auto", []string{"member=a.html html", "member=a.html#2 html"}},
		{"tar with something behind", "a", tarOf("a.html", page) + strings.Repeat("oops", 200), "auto", []string{"member=a.html html", "corrupt_record: tar: something else follows the archive"}},
		{"what is no document", "a", tarOf(
			"a.png", "\x89PNG\r\n\x1a\n", "a.css", "p { color: red }", "a.txt", "Some text.", "x.json", "{\n\"a\": 1}", ".git/a.html", page, "__MACOSX/a", page, "e.html", ""), "auto", []string{
			"-member=a.png binary: the content is no text", "-member=a.css unknown_format: text that is no page by its name: .css", "member=a.txt textpage",
			"-member=x.json unknown_format: the content is neither a web page nor text, nor JSON Lines of records, nor an archive, export, feed or dump that is known",
			"-member=.git/a.html not_a_document: a hidden file", "-member=__MACOSX/a not_a_document: a hidden file", "member=e.html empty: 0 bytes, none but white space",
		}},
		{"reservations that no index names", "pages/tdmrep.json", `[{"location": "/", "tdm-reservation": 1}]`, "auto", []string{
			"unknown_format: no page, but by its name the reservations of a server: give it a row in the index with the url https://HOST/.well-known/tdmrep.json, see docs/rights.md",
		}},
		{"a stated format", "a", tarOf("a.css", "p { color: red }", "a.png", "\x89PNG\r\n\x1a\n"), "html", []string{"member=a.css html", "-member=a.png binary: the content is no text"}},
		{"names", "a", zipOf("../../etc/a\n\x1b[31m;line=7.html", page, "/abs#2%.html", page, "gr\xfc\xdfe.html", page, "\u202egnp.html", page, "水.html", page), "auto", []string{
			"member=../../etc/a%0A%1B[31m%3Bline=7.html html", "member=abs%232%25.html html", "member=grⁿ▀e.html html", "member=%E2%80%AEgnp.html html", "member=水.html html",
		}},
		{"one name twice", "a", zipOf("a.html", page, "a.html", page, "b.html", page, "a.html", page), "auto", []string{"member=a.html html", "member=a.html#2 html", "member=b.html html", "member=a.html#4 html"}},
		{"an empty zip", "a", zipOf(), "auto", nil},
		{"a symbolic link", "a", link(tar.TypeSymlink), "auto", []string{"-member=pages/x not_a_document: a symbolic link"}},
		{"a hard link", "a", link(tar.TypeLink), "auto", []string{"-member=pages/x not_a_document: a link to another member"}},
		{"a pipe", "a", link(tar.TypeFifo), "auto", []string{"-member=pages/x not_a_document: a device, a pipe or the like"}},
		{"a damaged archive of pages", "pages.warc.gz", "\x1f\x8b\x08\x00 it is all lost", "auto", []string{"offset=0 corrupt_record: the gzip member is damaged"}},
		{"a tar cut off in a member", "a", tarOf("a.html", page, "b.html", strings.Repeat(page, 20), "c.html", page)[:2400], "auto", []string{"member=a.html html", "member=b.html corrupt_record: tar: the archive is cut off"}},
		{"a tar cut off in what is left out", "a", tarOf("a.html", page, ".b", strings.Repeat(page, 20), "c.html", page)[:2400], "auto", []string{"member=a.html html", "-member=.b not_a_document: a hidden file", "corrupt_record: tar: the archive is cut off"}},
		{"a damaged header", "a", strings.Replace(tarOf("a.html", page, "b.html", page), "b.html", "c.html", 1), "auto", []string{"member=a.html html", "corrupt_record: tar: damaged; what follows is lost"}},
		{"a damaged member", "a", tarOf("a.gz", gz(page)[:40], "b.html", page), "auto", []string{"member=a.gz corrupt_record: gzip: the compressed data is cut off", "member=b.html html"}},
		{"a page cut off", "a", gz(page)[:40], "auto", []string{"corrupt_record: gzip: the compressed data is cut off"}},
		{"a zip cut off", "a", zipOf("a.html", page)[:200], "auto", []string{"corrupt_record: zip: no directory at its end: the archive is cut off or damaged"}},
	} {
		t.Run(c.what, func(t *testing.T) {
			if diff := cmp.Diff(c.want, given(t, file(c.name, c.in), c.format, read.Limits{})); diff != "" {
				t.Error(diff)
			}
			stream := Input{In: iotest.OneByteReader(strings.NewReader(c.in)), Name: c.name}
			if diff := cmp.Diff(c.want, given(t, stream, c.format, read.Limits{})); diff != "" {
				t.Errorf("as a stream: %s", diff)
			}
		})
	}
}

// What is wrong with one member of a zip archive costs that member.
func TestZipMembers(t *testing.T) {
	for _, c := range []struct {
		what   string
		change func(archive []byte, local, entry int) // where the records of b.html begin
		want   string
	}{
		{"nothing", func([]byte, int, int) {}, "member=b.html html"},
		{"encrypted", func(a []byte, _, entry int) { a[entry+8] |= 1 }, "member=b.html unsupported: zip: the member is encrypted"},
		{"a strange method", func(a []byte, _, entry int) { a[entry+10] = 14 }, "member=b.html unsupported: zip: the member is packed by method 14, which is not read"},
		{"a wrong checksum", func(a []byte, _, entry int) { a[entry+16]++ }, "member=b.html corrupt_record: zip: the checksum of the member does not match"},
		{"too long", func(a []byte, _, entry int) { a[entry+24]-- }, "member=b.html corrupt_record: zip: the member is longer than the directory says"},
		{"too short", func(a []byte, _, entry int) { a[entry+24]++ }, "member=b.html corrupt_record: zip: the member is shorter than the directory says"},
		{"damaged data", func(a []byte, local, _ int) { a[local+36] = 0xff }, "member=b.html corrupt_record: zip: the compressed data is damaged"},
		{"another place", func(a []byte, _, entry int) { a[entry+42]++ }, "member=b.html corrupt_record: zip: the member is not where the directory says"},
		{"outside", func(a []byte, _, entry int) { a[entry+45] = 0x7f }, "member=b.html corrupt_record: zip: the member does not lie in the archive"},
		{"a symbolic link", func(a []byte, _, entry int) {
			a[entry+5] = 3
			binary.LittleEndian.PutUint32(a[entry+38:], 0o120777<<16)
		}, "-member=b.html not_a_document: a symbolic link"},
	} {
		archive := []byte(zipOf("a.html", page, "b.html", page, "c.html", page))
		local := bytes.Index(archive, []byte("b.html")) - zipLocalBytes
		entry := bytes.LastIndex(archive, []byte("b.html")) - zipEntryBytes
		c.change(archive, local, entry)
		want := []string{"member=a.html html", c.want, "member=c.html html"}
		if diff := cmp.Diff(want, given(t, file("a.zip", string(archive)), "auto", read.Limits{})); diff != "" {
			t.Errorf("%s: %s", c.what, diff)
		}
	}
}

// zip packed by every method that is read, and with what stands before it.
func TestZipMethods(t *testing.T) {
	for method, content := range map[uint16]string{zipZstd: zst(page), zipStored: page} {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		f, err := w.CreateRaw(&zip.FileHeader{Name: "a.html", Method: method, CRC32: crc32.ChecksumIEEE([]byte(page)), CompressedSize64: uint64(len(content)), UncompressedSize64: uint64(len(page))})
		check(t, err)
		io.WriteString(f, content)
		check(t, w.Close())
		if got := given(t, file("a", b.String()), "auto", read.Limits{}); !slices.Equal(got, []string{"member=a.html html"}) {
			t.Errorf("method %d: %v", method, got)
		}
		shifted := "PK\x03\x04 no member at all" + b.String()
		if got := given(t, file("a", shifted), "auto", read.Limits{}); !slices.Equal(got, []string{"member=a.html html"}) {
			t.Errorf("method %d, behind something else: %v", method, got)
		}
	}
}

// An archive of more members than 16 bits count has another directory (zip64).
func TestZip64(t *testing.T) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	const n = 66_000
	for i := range n {
		_, err := w.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("%d/", i)})
		check(t, err)
	}
	f, err := w.Create("last.html")
	check(t, err)
	io.WriteString(f, page)
	check(t, w.Close())
	for _, before := range []string{"", "PK\x03\x04 something"} {
		if got := given(t, file("a", before+b.String()), "auto", read.Limits{}); !slices.Equal(got, []string{"member=last.html html"}) {
			t.Errorf("%v", got)
		}
	}
}

// Bombs end in the ledger, having cost no more than they may.
func TestBombs(t *testing.T) {
	// A zstd frame of runs: four bytes for 128 KiB (RFC 8878, section 3.1.1.2).
	frame := []byte("\x28\xb5\x2f\xfd\x00\x38")
	for range 1000 {
		const header = 128<<10<<3 | 1<<1
		frame = append(frame, header&0xff, header>>8&0xff, header>>16, 'a')
	}
	bomb := string(append(frame, 1, 0, 0))
	const over = "archive_limit: unpacks to more than 10000 times its size"
	if got := given(t, file("a", bomb), "jsonl", read.Limits{Bytes: 1000}); !slices.Equal(got, []string{over}) {
		t.Errorf("%v", got)
	}
	if got := given(t, file("a", zst(bomb)), "jsonl", read.Limits{Bytes: 1000}); !slices.Equal(got, []string{over}) {
		t.Errorf("in two layers: %v", got)
	}
	if got := given(t, file("a", tarOf("x", bomb, "y.jsonl", `{"source":"a"}`)), "jsonl", read.Limits{}); !slices.Equal(got, []string{"member=x " + over}) {
		t.Errorf("in an archive: %v", got)
	}

	// Members that share their data.
	archive := []byte(zipOf("a.html", strings.Repeat(page, 200), "b.html", page))
	a, b := bytes.LastIndex(archive, []byte("a.html"))-zipEntryBytes, bytes.LastIndex(archive, []byte("b.html"))-zipEntryBytes
	copy(archive[b+10:b+28], archive[a+10:a+28]) // method, times, checksum and lengths
	copy(archive[b+42:b+46], archive[a+42:a+46]) // place
	one := len(archive)
	if got := given(t, file("a", string(archive)), "auto", read.Limits{}); len(got) != 2 {
		t.Errorf("%d bytes: %v", one, got)
	}
	var many bytes.Buffer
	w := zip.NewWriter(&many)
	f, err := w.Create("0.html")
	check(t, err)
	random := make([]byte, 1<<15)
	for i := range random {
		random[i] = 'a' + byte(crc32.ChecksumIEEE([]byte{byte(i), byte(i >> 8)})%26)
	}
	io.WriteString(f, "<html><body>"+string(random))
	check(t, w.Close())
	entry := bytes.LastIndex(many.Bytes(), []byte("0.html")) - zipEntryBytes
	head, tail := slices.Clone(many.Bytes()[:entry]), many.Bytes()[entry:]
	one = len(tail) - zipEndBytes
	for i := range 100 {
		record := slices.Clone(tail[:one])
		record[zipEntryBytes] = '0' + byte(i%10)
		head = append(head, record...)
	}
	end := slices.Clone(tail[one:])
	binary.LittleEndian.PutUint16(end[8:], 100)
	binary.LittleEndian.PutUint16(end[10:], 100)
	binary.LittleEndian.PutUint32(end[12:], uint32(100*one))
	got := given(t, file("a", string(append(head, end...))), "auto", read.Limits{})
	if last := got[len(got)-1]; last != "archive_limit: zip: members overlap" || len(got) > 3 {
		t.Errorf("members that overlap: %v", got)
	}
}

// A large window is for the input itself: inside of another layer it is refused
// before memory is taken.
func TestWindowsAreBounded(t *testing.T) {
	frame := "\x28\xb5\x2f\xfd\x00" + string([]byte{(28 - 10) << 3, 1 | 14<<3, 0, 0}) + `{"source":"a"}`
	const over = " archive_limit: zstd: it takes a window of more than 134217728 bytes: pack it again with a smaller one"
	got := given(t, file("a", tarOf("x.zst", frame, "b.html", page)), "auto", read.Limits{})
	if want := []string{"member=x.zst" + over, "member=b.html html"}; !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
	if got := given(t, file("a", gz(frame)), "auto", read.Limits{}); !slices.Equal(got, []string{over[1:]}) {
		t.Errorf("%v", got)
	}
	if got := given(t, file("a", frame), "auto", read.Limits{}); !slices.Equal(got, []string{"line=1 jsonl"}) {
		t.Errorf("%v", got)
	}
}

// A sparse file may be all holes, which take no room in the archive.
func TestSparseFiles(t *testing.T) {
	const size = 1 << 40
	sparse := make([]byte, 1024)
	copy(sparse, "a.jsonl")
	copy(sparse[100:], "0000600\x00")
	copy(sparse[124:], "00000000000\x00") // nothing is stored
	copy(sparse[136:], "00000000000\x00")
	sparse[156] = 'S'
	copy(sparse[257:], "ustar  \x00")
	binary.BigEndian.PutUint64(sparse[483+4:], size)
	sparse[483] = 0x80
	copy(sparse[148:], "        ")
	sum := 0
	for _, c := range sparse[:512] {
		sum += int(c)
	}
	copy(sparse[148:], fmt.Sprintf("%06o\x00 ", sum))
	got := given(t, file("a.tar", string(append(sparse, make([]byte, 1024)...))), "jsonl", read.Limits{Bytes: 1000})
	if len(got) != 1 || !strings.HasPrefix(got[0], "member=a.jsonl archive_limit: ") {
		t.Errorf("%v", got)
	}
}

// A zip archive inside of another stream goes to a temporary file, which does
// not stay.
func TestZipInAStream(t *testing.T) {
	text := make([]byte, 3<<20)
	for i := range text {
		text[i] = 'a' + byte(crc32.ChecksumIEEE([]byte{byte(i), byte(i >> 8), byte(i >> 16)})%26)
	}
	inner := zipOf("a.html", "<html><body>"+string(text), "b.html", page)
	got := given(t, file("a", tarOf("x.zip", inner, "c.html", page)), "auto", read.Limits{})
	if want := []string{"member=x.zip;member=a.html html", "member=x.zip;member=b.html html", "member=c.html html"}; !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
	stop := errors.New("stop")
	tmp := t.TempDir()
	in := Input{In: strings.NewReader(inner), Name: "-"}
	err := Read(context.Background(), in, "auto", read.Rules{}, read.Limits{Tmp: tmp}, func(*read.Document, *read.Rejection, string) error { return stop })
	left, _ := os.ReadDir(tmp)
	if !errors.Is(err, stop) || len(left) > 0 {
		t.Errorf("%v, %d files left", err, len(left))
	}
	err = Read(context.Background(), in, "auto", read.Rules{}, read.Limits{Tmp: tmp + "/none"}, func(*read.Document, *read.Rejection, string) error { return nil })
	if r := new(read.Rejection); err == nil || errors.As(err, &r) {
		t.Skipf("nothing to write: %v", err)
	}
}

// Memory does not grow with the number of members or their size.
func TestMemoryIsBounded(t *testing.T) {
	peak := func(members, size int) uint64 {
		in, out := io.Pipe()
		go func() {
			z := gzip.NewWriter(out)
			w := tar.NewWriter(z)
			body := []byte(strings.Repeat(`{"source":"a"}`+"\n", size/15))
			for i := range members {
				if w.WriteHeader(&tar.Header{Name: fmt.Sprintf("%d.jsonl", i), Size: int64(len(body)), Mode: 0o600}) != nil {
					break
				}
				w.Write(body)
			}
			w.Close()
			z.Close()
			out.Close()
		}()
		var most uint64
		n := 0
		check(t, Read(t.Context(), Input{In: in, Name: "a"}, "auto", read.Rules{}, read.Limits{Bytes: 1000}, func(*read.Document, *read.Rejection, string) error {
			if n++; n%20_000 == 0 {
				var m runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&m)
				most = max(most, m.HeapAlloc)
			}
			return nil
		}))
		return most
	}
	small := peak(2_000, 15*20)
	large := peak(4, 15*50_000)
	many := peak(20_000, 15*5)
	if large > small+4<<20 || many > small+4<<20 {
		t.Errorf("%d bytes for few small members, %d for large ones, %d for many", small, large, many)
	}
}

// Every way of packing gives the documents of what is packed.
func TestPackingChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z]{1,8}\.(html|jsonl)`), 1, 5, rapid.ID).Draw(t, "names")
		var members, want []string
		for _, name := range names {
			members = append(members, name)
			if strings.HasSuffix(name, "html") {
				members = append(members, page)
				want = append(want, "member="+name+" html")
			} else {
				n := rapid.IntRange(1, 3).Draw(t, "lines")
				members = append(members, strings.Repeat(`{"source":"a"}`+"\n", n))
				for i := range n {
					want = append(want, fmt.Sprintf("member=%s;line=%d jsonl", name, i+1))
				}
			}
		}
		packed := tarOf(members...)
		if rapid.Bool().Draw(t, "zip") {
			packed = zipOf(members...)
		}
		for _, layer := range rapid.SliceOfN(rapid.SampledFrom([]func(string) string{gz, zst}), 0, 4).Draw(t, "layers") {
			packed = layer(packed)
		}
		var got []string
		err := Read(context.Background(), file("x", packed), "auto", read.Rules{}, read.Limits{}, func(doc *read.Document, rejected *read.Rejection, locator string) error {
			if rejected != nil {
				return rejected
			}
			got = append(got, locator+" "+doc.Format)
			return nil
		})
		if err != nil || !slices.Equal(got, want) {
			t.Fatalf("%v: %v, want %v", err, got, want)
		}
	})
}

// Whatever the bytes, memory and time are bounded, and errors are rejections.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		page, gz(page), zst(tarOf("a.html", page, "b", gz(page))), zipOf("a.html", page, "x/", "", "b.zip", zipOf("c.html", page)), tarOf("a", "b") + tarOf("a", zst(page)),
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		limits := read.Limits{Bytes: 1 << 20, Comments: 100, Tmp: os.TempDir()}
		var lists [2][]string
		for i, in := range []Input{file("a", string(body)), {In: iotest.HalfReader(bytes.NewReader(body)), Name: "a"}} {
			seen := map[string]bool{}
			err := Read(t.Context(), in, "auto", read.Rules{}, limits, func(doc *read.Document, rejected *read.Rejection, locator string) error {
				if seen[locator] {
					t.Fatalf("%q twice", locator)
				}
				seen[locator] = true
				if rejected != nil {
					locator += " " + rejected.Error()
				}
				lists[i] = append(lists[i], locator)
				return nil
			})
			if r := new(read.Rejection); errors.As(err, &r) {
				lists[i] = append(lists[i], r.Error())
			} else if err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff(lists[0], lists[1]); diff != "" {
			t.Fatal(diff)
		}
	})
}

// longWindow is a zstd frame of raw blocks whose header asks for a window of
// 2^bits bytes, as zstd --long does (RFC 8878, section 3.1.1.1.2).
func longWindow(body string, bits int) string {
	frame := []byte{0x28, 0xb5, 0x2f, 0xfd, 0x00, byte(bits-10) << 3}
	for len(body) > 0 {
		n := min(len(body), 100_000)
		header := uint32(n) << 3
		if n == len(body) {
			header |= 1
		}
		frame = append(frame, byte(header), byte(header>>8), byte(header>>16))
		frame, body = append(frame, body[:n]...), body[n:]
	}
	return string(frame)
}

// Dumps of discussions come as zstd, also with a window of 2 GiB; larger ones
// are refused. One that breaks off or is damaged gives what stands before.
func TestPackedDumps(t *testing.T) {
	const line = `{"id":"a1","link_id":"t3_p1","subreddit":"weirs","author":"coot","body":"Once more."}` + "\n"
	dump := strings.Repeat(line, 3000)
	outcome := func(body string) []string {
		return given(t, Input{In: strings.NewReader(body), Name: "RC.zst"}, read.FormatAuto, read.Limits{})
	}
	want := outcome(dump)
	if len(want) != 1 || !strings.HasSuffix(want[0], " "+read.FormatReddit) {
		t.Fatal(want)
	}
	for name, packed := range map[string]string{
		"a window of 2 GiB": longWindow(dump, 31), "a skippable frame first": "\x50\x2a\x4d\x18\x03\x00\x00\x00abc" + zst(dump),
		"two frames": zst(dump[:100]) + zst(dump[100:]),
	} {
		if got := outcome(packed); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
	packed := longWindow(dump, 20)
	for name, c := range map[string]struct{ body, want string }{
		"a window of 4 GiB": {longWindow(dump, 32), "2147483648 bytes"},
		"cut off":           {packed[:len(packed)-50_000], "cut off"},
		"damaged":           {packed[:len(packed)-len(dump)%100_000-3] + "\xff" + packed[len(packed)-len(dump)%100_000-2:], "zstd"},
	} {
		got := outcome(c.body)
		if last := got[len(got)-1]; !strings.Contains(last, c.want) {
			t.Errorf("%s: %v", name, got)
		}
	}
}
