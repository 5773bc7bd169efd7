package store

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"

	"corpus/schema"
)

// footerFile is a file of nothing but a footer.
func footerFile(footer []byte) []byte {
	data := append([]byte("PAR1"), footer...)
	data = binary.LittleEndian.AppendUint32(data, uint32(len(footer)))
	return append(data, "PAR1"...)
}

// footerOf is the footer of a file.
func footerOf(data []byte) []byte {
	n := int(binary.LittleEndian.Uint32(data[len(data)-footerTail:]))
	return data[len(data)-footerTail-n : len(data)-footerTail]
}

// tableFile is a small file of articles.
func tableFile(t testing.TB) []byte {
	t.Helper()
	v := newVersion(t, t.TempDir(), 100)
	defer v.Abort()
	info := writeTable(t, v, "articles", longArticles(3, 100))[0]
	data, err := os.ReadFile(filepath.Join(v.dir, filepath.FromSlash(info.Path)))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Taking the bounds out changes nothing else of a footer.
func TestWithoutBounds(t *testing.T) {
	data := tableFile(t)
	table, _ := schema.TableOf("articles")
	again, err := withoutBounds(data, 0, table)
	if err != nil || !bytes.Equal(again, data) {
		t.Fatalf("a footer without bounds is changed: %v", err)
	}
	var protocol thrift.CompactProtocol
	var footer format.FileMetaData
	if err := thrift.Unmarshal(&protocol, footerOf(data), &footer); err != nil {
		t.Fatal(err)
	}
	secret := []byte("a whole article")
	for i := range footer.RowGroups {
		for j := range footer.RowGroups[i].Columns {
			m := &footer.RowGroups[i].Columns[j].MetaData
			if name := m.PathInSchema[0]; name == "text" || name == "byline" || name == "title" {
				m.Statistics.MinValue, m.Statistics.MaxValue = secret, secret
			}
		}
	}
	told, err := thrift.Marshal(&protocol, &footer)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(told, secret) {
		t.Fatal("the test shows nothing")
	}
	whole := data[:len(data)-footerTail-len(footerOf(data))]
	withBounds := append(append(bytes.Clone(whole), told...), binary.LittleEndian.AppendUint32(nil, uint32(len(told)))...)
	again, err = withoutBounds(append(withBounds, magic...), 0, table)
	if err != nil || !bytes.Equal(footerOf(again), footerOf(data)) {
		t.Fatalf("the footer is not the same without its bounds: %v", err)
	}
	for _, end := range [][]byte{nil, []byte("PAR1"), []byte("12345678"), []byte("\xff\xff\xff\x7fPAR1"), footerFile(nil), footerFile([]byte{0xff})} {
		if _, err := withoutBounds(end, 0, table); err == nil {
			t.Errorf("%q has a footer", end)
		}
	}
}

// A footer may not make the library take memory or stack that it does not
// account for.
func TestHostileFooters(t *testing.T) {
	huge := []byte{0xff, 0xff, 0xff, 0xff, 0x07} // 2^31-1
	many := binary.AppendUvarint(nil, maxFooterStructs+1)
	for name, footer := range map[string][]byte{
		"no bytes":           nil,
		"a huge list":        append([]byte{0x29, 0xfc}, huge...), // schema
		"huge row groups":    append([]byte{0x49, 0xfc}, huge...),
		"a huge string":      append([]byte{0x68}, huge...),
		"a map":              {0x4b, 0x01, 0x55},
		"no type":            {0x4d},
		"an endless varint":  bytes.Repeat([]byte{0xff}, 100),
		"too many elements":  slices.Concat([]byte{0x49, 0xfc}, many, make([]byte, maxFooterStructs+2)),
		"too large a schema": slices.Concat([]byte{0x29, 0xfc}, binary.AppendUvarint(nil, maxFooterSchema+1), make([]byte, maxFooterSchema+2)),
		"nested structs":     bytes.Repeat([]byte{0x1c}, 100_000),
		"nested lists":       append([]byte{0x19}, bytes.Repeat([]byte{0x19}, 100_000)...),
	} {
		data := footerFile(footer)
		if err := checkFooter(bytes.NewReader(data), int64(len(data))); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	data := tableFile(t)
	if err := checkFooter(bytes.NewReader(data), int64(len(data))); err != nil {
		t.Errorf("a footer of ours: %v", err)
	}
}

// FuzzFooter opens files whose footer somebody else made. Whatever it is,
// opening and reading them ends without a panic and in little memory.
func FuzzFooter(f *testing.F) {
	data := tableFile(f)
	f.Add(footerOf(data))
	f.Add([]byte{0x29, 0xfc, 0xff, 0xff, 0xff, 0xff, 0x07})
	f.Add([]byte{0x15, 0x02, 0x00})
	head := data[:len(data)-footerTail-len(footerOf(data))]
	f.Fuzz(func(t *testing.T, footer []byte) {
		dir := t.TempDir()
		file := slices.Concat(head, footerFile(footer)[4:]) // over true pages
		if err := os.WriteFile(filepath.Join(dir, "x.parquet"), file, 0o600); err != nil {
			t.Fatal(err)
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		n, err := readAll[schema.Article](dir, FileInfo{Path: "x.parquet", Table: "articles"})
		runtime.ReadMemStats(&after)
		if taken := after.TotalAlloc - before.TotalAlloc; taken > 256<<20 {
			t.Errorf("%d bytes taken for a footer of %d", taken, len(footer))
		}
		if err == nil && n > 1<<20 {
			t.Errorf("%d rows", n)
		}
		table, _ := schema.TableOf("articles")
		_, _ = withoutBounds(footerFile(footer), 0, table)
	})
}
