package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"corpus/schema"
)

// goodManifest is a manifest with something in every field.
func goodManifest() *Manifest {
	m := &Manifest{
		Schema: schema.Version, Corpus: "demo", Version: "1.2.0", Title: "Ünïcode <title> & more", Description: "two\nlines",
		Tool: Tool{Name: "corpus", Version: "0.1.0"}, Format: FormatVersion, Previous: "1.1.0", PreviousSHA256: strings.Repeat("ab", 32), Privacy: "pseudonyms",
		KeyCheck: "0123456789abcdef", Unicode: "15.0.0", Splits: "thread",
		SplitShares: map[string]int{"train": 800, "test": 100, "validation": 100}, IDRules: "1",
		Extractors: []string{"htmlpage 1"}, LanguageModels: []string{"ngram 1"}, Rules: map[string]string{"z": "1", "a": "2"},
		Rows: map[string]int64{}, Shards: map[string]int{},
		Sources: []SourceCounts{
			{SourceID: "blog", Documents: 3, Outcomes: map[string]int64{"article": 1, "capture": 1, "rejected": 1}, Rejected: map[string]int64{"empty": 1}, CommentsRead: 6, CommentsKept: 3, CommentsDuplicate: 2, CommentsExcluded: 1},
			{SourceID: "news", Outcomes: map[string]int64{}, Rejected: map[string]int64{}},
		},
		Masked: map[string]int64{"email": 1},
	}
	sum := strings.Repeat("0a", 32)
	m.Files = append(m.Files, FileInfo{Path: "README.md", Bytes: 5, SHA256: sum})
	for _, t := range schema.Tables() {
		n := 2
		if t.Shard == "" {
			n = 1
		}
		for i := range n {
			m.Files = append(m.Files, FileInfo{Path: ShardPath(t, i, n), Table: t.Name, Bytes: 100, Rows: int64(i), SHA256: sum})
			m.Rows[t.Name] += int64(i)
		}
		m.Shards[t.Name] = n
	}
	slices.SortFunc(m.Files, func(a, b FileInfo) int { return strings.Compare(a.Path, b.Path) })
	return m
}

func TestManifestRoundTrip(t *testing.T) {
	want := goodManifest()
	data, err := want.JSON()
	if err != nil {
		t.Fatal(err)
	}
	got, err := ParseManifest(data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(Manifest{}, "Digest"), cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
	if want.Digest != "" {
		t.Error("JSON changes the manifest")
	}
	again, err := got.JSON()
	if err != nil || !bytes.Equal(again, data) {
		t.Errorf("written again it is another one: %v", err)
	}
	if !json.Valid(data) || data[len(data)-1] != '\n' || bytes.Contains(data, []byte("\\u003c")) {
		t.Errorf("layout: %s", data)
	}
	// Keys of maps are sorted, fields are not.
	for _, order := range [][2]string{{`"test"`, `"train"`}, {`"train"`, `"validation"`}, {`"schema"`, `"corpus"`}, {`"a": "2"`, `"z": "1"`}, {`"files"`, `"digest"`}} {
		if a, b := bytes.Index(data, []byte(order[0])), bytes.Index(data, []byte(order[1])); a < 0 || b < a {
			t.Errorf("%s does not come before %s", order[0], order[1])
		}
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, ManifestName), data, 0o644); err != nil {
		t.Fatal(err)
	}
	read, err := ReadManifest(dir)
	if err != nil || read.Digest != got.Digest {
		t.Errorf("read: %v", err)
	}
}

// No byte of a manifest can change unseen, and no other layout passes.
func TestManifestIsStrict(t *testing.T) {
	data, err := goodManifest().JSON()
	if err != nil {
		t.Fatal(err)
	}
	for i := range data {
		changed := bytes.Clone(data)
		changed[i] ^= 1
		if _, err := ParseManifest(changed); err == nil {
			t.Fatalf("byte %d (%q) can change unseen", i, data[max(0, i-10):i+1])
		}
	}
	replace := func(old, new string) []byte {
		t.Helper()
		if !bytes.Contains(data, []byte(old)) {
			t.Fatalf("no %s in it", old)
		}
		return bytes.Replace(data, []byte(old), []byte(new), 1)
	}
	for name, changed := range map[string][]byte{
		"empty":             nil,
		"null":              []byte("null\n"),
		"no object":         []byte("[]\n"),
		"cut":               data[:len(data)-1],
		"more behind":       append(bytes.Clone(data), "{}\n"...),
		"an unknown key":    replace(`"corpus":`, `"unknown": 1, "corpus":`),
		"a doubled key":     replace(`"corpus": "demo"`, `"corpus": "demo", "corpus": "demo"`),
		"other case":        replace(`"corpus":`, `"Corpus":`),
		"another layout":    replace("{\n  ", "{ "),
		"a float":           replace(`"schema": 2`, `"schema": 2.0`),
		"a string":          replace(`"schema": 2`, `"schema": "2"`),
		"invalid UTF-8":     replace("Ü", "\xff"),
		"nested deep":       append(bytes.Repeat([]byte("["), 100_000), bytes.Repeat([]byte("]"), 100_000)...),
		"a huge number":     replace(`"documents": 3`, `"documents": 99999999999999999999`),
		"null for a list":   replace(`"extractors": [`, `"extractors": null, "x": [`),
		"escaped letters":   replace(`"demo"`, `"d\u0065mo"`),
		"a byte order mark": append([]byte("\ufeff"), data...),
	} {
		if _, err := ParseManifest(changed); err == nil {
			t.Errorf("%s: accepted", name)
		} else if !strings.Contains(err.Error(), ManifestName) {
			t.Errorf("%s: the error does not name the file: %v", name, err)
		}
	}
	changed := replace(`"title": "Ü`, `"title": "U`)
	if _, err := ParseManifest(changed); !errors.Is(err, ErrDamaged) {
		t.Errorf("another title: %v", err)
	}
}

// A manifest with a right digest can still be wrong.
func TestManifestCheck(t *testing.T) {
	file := func(m *Manifest, path string) *FileInfo {
		for i := range m.Files {
			if m.Files[i].Path == path {
				return &m.Files[i]
			}
		}
		return nil
	}
	const shard = "data/articles/train-00001-of-00002.parquet"
	for name, c := range map[string]struct {
		change func(m *Manifest)
		want   string
	}{
		"schema":              {func(m *Manifest) { m.Schema++ }, "schema"},
		"corpus":              {func(m *Manifest) { m.Corpus = "../demo" }, "corpus"},
		"version":             {func(m *Manifest) { m.Version = "1" }, "version"},
		"previous":            {func(m *Manifest) { m.Previous = "/etc" }, "previous"},
		"previous' digest":    {func(m *Manifest) { m.PreviousSHA256 = "ab" }, "previous_sha256"},
		"no previous":         {func(m *Manifest) { m.Previous = "" }, "previous_sha256"},
		"path out of it":      {func(m *Manifest) { file(m, "README.md").Path = "../README.md" }, "no path"},
		"absolute path":       {func(m *Manifest) { file(m, "README.md").Path = "/README.md" }, "no path"},
		"backslash":           {func(m *Manifest) { file(m, "README.md").Path = `a\..\b` }, "no path"},
		"hidden file":         {func(m *Manifest) { file(m, "README.md").Path = ".README" }, "no path"},
		"itself":              {func(m *Manifest) { file(m, "README.md").Path = ManifestName }, "no path"},
		"twice":               {func(m *Manifest) { m.Files = append(m.Files, m.Files[len(m.Files)-1]) }, "order"},
		"order":               {func(m *Manifest) { slices.Reverse(m.Files) }, "order"},
		"size":                {func(m *Manifest) { file(m, shard).Bytes = -1 }, "size"},
		"digest":              {func(m *Manifest) { file(m, shard).SHA256 = strings.Repeat("G", 64) }, "digest"},
		"digest in capitals":  {func(m *Manifest) { file(m, shard).SHA256 = strings.Repeat("0A", 32) }, "digest"},
		"unknown table":       {func(m *Manifest) { file(m, shard).Table = "pages" }, "pages"},
		"wrong table":         {func(m *Manifest) { file(m, shard).Table = "comments" }, "comments"},
		"Parquet of no table": {func(m *Manifest) { file(m, "README.md").Path = "README.parquet" }, "README.parquet"},
		"shard missing": {func(m *Manifest) {
			m.Files = slices.DeleteFunc(m.Files, func(f FileInfo) bool { return f.Path == shard })
		}, "articles"},
		"shards": {func(m *Manifest) { m.Shards["articles"] = 1 }, "articles"},
		"three shards": {func(m *Manifest) {
			t, _ := schema.TableOf("articles")
			m.Files = slices.DeleteFunc(m.Files, func(f FileInfo) bool { return f.Table == t.Name })
			for i := range 3 {
				m.Files = append(m.Files, FileInfo{Path: ShardPath(t, i, 3), Table: t.Name, SHA256: strings.Repeat("0", 64)})
			}
			slices.SortFunc(m.Files, func(a, b FileInfo) int { return strings.Compare(a.Path, b.Path) })
			m.Shards[t.Name], m.Rows[t.Name] = 3, 0
		}, "articles"},
		"two ledgers": {func(m *Manifest) {
			t, _ := schema.TableOf("ledger")
			m.Files = slices.DeleteFunc(m.Files, func(f FileInfo) bool { return f.Table == t.Name })
			for i := range 2 {
				m.Files = append(m.Files, FileInfo{Path: ShardPath(t, i, 2), Table: t.Name, SHA256: strings.Repeat("0", 64)})
			}
			slices.SortFunc(m.Files, func(a, b FileInfo) int { return strings.Compare(a.Path, b.Path) })
			m.Shards[t.Name] = 2
		}, "ledger"},
		"rows":                  {func(m *Manifest) { m.Rows["articles"]++ }, "articles"},
		"rows of no table":      {func(m *Manifest) { m.Rows["pages"] = 0 }, "table that there is not"},
		"rows of a document":    {func(m *Manifest) { file(m, "README.md").Rows = 1 }, "README.md"},
		"rows past all bounds":  {func(m *Manifest) { file(m, shard).Rows = 1 << 62 }, shard},
		"sources":               {func(m *Manifest) { slices.Reverse(m.Sources) }, "sources"},
		"documents":             {func(m *Manifest) { m.Sources[0].Documents++ }, "blog"},
		"an unknown outcome":    {func(m *Manifest) { m.Sources[0].Outcomes["lost"] = 0 }, "outcome"},
		"an unknown reason":     {func(m *Manifest) { m.Sources[0].Rejected["whim"] = 0 }, "reason"},
		"reasons":               {func(m *Manifest) { m.Sources[0].Rejected["binary"] = 1 }, "reasons"},
		"comments":              {func(m *Manifest) { m.Sources[0].CommentsKept++ }, "comments"},
		"less than no comments": {func(m *Manifest) { m.Sources[0].CommentsKept, m.Sources[0].CommentsDuplicate = -1, 6 }, "no count"},
		"counts that overflow": {func(m *Manifest) {
			m.Sources[0].Outcomes["article"], m.Sources[0].Outcomes["capture"] = 1<<62, 1<<62
		}, "no count"},
	} {
		m := goodManifest()
		c.change(m)
		data, err := m.JSON()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ParseManifest(data); err == nil {
			t.Errorf("%s: accepted", name)
		} else if !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzReadManifest(f *testing.F) {
	data, err := goodManifest().JSON()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte("{}\n"))
	f.Add([]byte(`{"schema": 1, "files": [{"path": "../../x"}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := ParseManifest(data)
		if err != nil {
			// Also what its digest would refuse: make it right.
			m = &Manifest{}
			if json.Unmarshal(data, m) != nil {
				return
			}
			if data, err = m.JSON(); err != nil {
				return
			}
			if m, err = ParseManifest(data); err != nil {
				return
			}
		}
		again, err := m.JSON()
		if err != nil || !bytes.Equal(again, data) {
			t.Fatalf("accepted, but written otherwise: %v", err)
		}
		for _, f := range m.Files {
			if !filepath.IsLocal(filepath.FromSlash(f.Path)) {
				t.Fatalf("%q leads out of the version", f.Path)
			}
		}
	})
}
