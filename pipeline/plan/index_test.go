package plan

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
	"strings"
	"testing"

	"corpus/pipeline/spill"
)

const digestA = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

func TestIndexMistakes(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", "the file is empty: expected a header of path, sha256, url, captured_at, license"},
		{"\ufeff", "the file is empty"},
		{"path,adress\n", `line 1: unknown column "adress": expected path or sha256`},
		{"path,url,path\n", "line 1: the column path stands twice"},
		{"url,license\n", "line 1: the header names neither path nor sha256"},
		{"\n\npath,adress\n", `line 3: unknown column "adress"`},
		{"path,url\na,b,c\n", "line 2: another number of fields than the header has"},
		{"path,url\na\n", "line 2: another number of fields"},
		{"path,url\n\"a,b\n", "no valid CSV"},
		{"path,url\na\"b,c\n", "line 2, column 2: no valid CSV"},
		{"path,url\n,https://pond.example/\n", "line 2: neither path nor sha256 is given"},
		{"path\na\n\nb\na\n", `line 5: the path "a" stands twice: it is in line 2 already`},
		{"path\na/b\n./a//b\n", `line 3: the path "a/b" stands twice`},
		{"path\ncafe\u0301\ncaf\u00e9\n", "line 3: the path"},
		{"sha256\n" + digestA + "\n" + digestA + "\n", "line 3: the digest aaaaaaaaaaaa… stands twice: it is in line 2 already"},
		{"sha256\nAAAA\n", "line 2: sha256: expected 64 hexadecimal digits in lower case"},
		{"path,url\na,pond.example/a\n", `line 2: url: "pond.example/a" is no web address`},
		{"path,url\na,javascript:alert(1)\n", "is no web address"},
		{"path,captured_at\na,2026-01-31\n", `line 2: captured_at: "2026-01-31" is no instant`},
		{"path,captured_at\na,2026-01-31T10:00:00\n", "is no instant"},
		{"path,captured_at\na,31 January\n", "is no instant"},
		{"path,tdm_basis\na,by letter\n", `line 2: tdm_basis: "by letter" is not known: expected a value such as dsm-art3 or no-basis`},
		{"path,comments_tdm_basis\na,DSM Art 3\n", "did you mean dsm-art3?"},
		{"path,comments_consent_basis\na,ConsentGiven\n", "did you mean dpv:ConsentGiven?"},
		{"path,license\na,free\n", `line 2: license: "free" is no SPDX expression`},
		{"path,url\na,https://pond.example/" + strings.Repeat("a", maxIndexField) + "\n", "line 2: url: more than 16384 bytes"},
	} {
		_, err := parseIndex(strings.NewReader(c.text))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.60q\n got %v\nwant %s", c.text, err, c.want)
		}
	}
}

func TestIndexRows(t *testing.T) {
	x, err := parseIndex(strings.NewReader("\ufeffurl , path,license,captured_at,sha256\r\n" +
		"https://pond.example/a,./p/a.html,CC BY-SA 4.0,2026-01-31T10:00:00+01:00,\r\n\r\n" +
		"https://pond.example/b,,https://creativecommons.org/licenses/by/3.0/de/,2026-01-31T10:00Z," + digestA + "\r\n" +
		"\"https://pond.example/c?x=1,2\",\"line\nbreak\",,,\n"))
	if err != nil {
		t.Fatal(err)
	}
	if x.Rows != 3 || len(x.byPath) != 2 || len(x.byDigest) != 1 {
		t.Errorf("%d rows, %d by path, %d by digest", x.Rows, len(x.byPath), len(x.byDigest))
	}
	if r := x.byPath["p/a.html"]; r == nil || r.URL != "https://pond.example/a" || r.License != "CC BY-SA 4.0" || r.CapturedAt != "2026-01-31T10:00:00+01:00" {
		t.Errorf("%+v", r)
	}
	// A name is looked up in the form that the ledger holds.
	if r := x.byPath["line%0Abreak"]; r == nil || r.URL != "https://pond.example/c?x=1,2" {
		t.Errorf("%+v", r)
	}
}

// indexed plans source a over glob with this index and reads all inputs; it
// gives the addresses by input path beside the configuration.
func indexed(t *testing.T, dir, glob, index string) (map[string]string, *Plan, error) {
	t.Helper()
	write(t, filepath.Join(dir, "pages.csv"), index)
	c := sources([]string{glob})
	c.Sources[0].Index = "pages.csv"
	p, err := Inputs(context.Background(), c, dir, Exclude{}, spill.Options{})
	if err != nil {
		return nil, nil, err
	}
	got := map[string]string{}
	for _, in := range all(t, p) {
		if _, err := readAll(in); err != nil {
			return nil, p, err
		}
		if in.Index != nil {
			got[in.beside] = in.Index.URL
		}
	}
	return got, p, nil
}

func TestIndexIsLookedUp(t *testing.T) {
	dir := files(t, "p/a.html", "p/x/b.html", "p/c.html")
	sum := sha256.Sum256([]byte("<html><head></head><body>p/c.html</body></html>"))
	digest := hex.EncodeToString(sum[:])
	got, p, err := indexed(t, dir, "p/**/*.html", "path,sha256,url\np/a.html,,https://pond.example/a\nx/b.html,,https://pond.example/b\n,"+digest+",https://pond.example/c\np/c.html,,https://pond.example/no\np/none.html,,https://pond.example/none\n")
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{"p/a.html": "https://pond.example/a", "p/x/b.html": "https://pond.example/b", "p/c.html": "https://pond.example/c"} {
		if got[path] != want {
			t.Errorf("%s: %q, want %q", path, got[path], want)
		}
	}
	if len(p.Indexes) != 1 || p.Indexes[0].SourceID != "a" || p.Indexes[0].Rows != 5 || p.Indexes[0].Unused != 1 || len(p.Indexes[0].SHA256) != 64 {
		t.Errorf("%+v", p.Indexes)
	}
}

func TestIndexOfOtherFiles(t *testing.T) {
	dir := files(t, "p/a.html")
	_, _, err := indexed(t, dir, "p/*.html", "path,url\nq/a.html,https://pond.example/a\n")
	if err == nil || !strings.Contains(err.Error(), "pages.csv: no row names an input") {
		t.Errorf("got %v", err)
	}
}

// The path of the ledger may be that of several files: then it names none.
func TestIndexPathOfSeveralInputs(t *testing.T) {
	dir := files(t, "p/a.html", "q/p/a.html")
	write(t, filepath.Join(dir, "pages.csv"), "path,url\nq/p/a.html,https://pond.example/q\np/a.html,https://pond.example/a\n")
	c := sources([]string{"p/*.html", "q/**"})
	c.Sources[0].Index = "pages.csv"
	if _, err := Inputs(context.Background(), c, dir, Exclude{}, spill.Options{}); err != nil {
		t.Errorf("one of them has a row of its own: %v", err)
	}
	write(t, filepath.Join(dir, "pages.csv"), "path,url\np/a.html,https://pond.example/a\n")
	_, err := Inputs(context.Background(), c, dir, Exclude{}, spill.Options{})
	if err == nil || !strings.Contains(err.Error(), `pages.csv: line 2: the path "p/a.html" names 2 inputs: write it relative to corpus.yaml`) {
		t.Errorf("got %v", err)
	}
}

// A row that states a digest is about that content alone.
func TestIndexDigestHolds(t *testing.T) {
	dir := files(t, "p/a.html")
	_, _, err := indexed(t, dir, "p/*.html", "path,sha256,url\np/a.html,"+digestA+",https://pond.example/a\n")
	if err == nil || !strings.Contains(err.Error(), "line 2 of the index states another digest") {
		t.Errorf("got %v", err)
	}
}

func FuzzIndex(f *testing.F) {
	f.Add("path,url\na,https://pond.example/\n")
	f.Add("sha256,captured_at,license\n" + digestA + ",2026-01-31T10:00Z,CC0-1.0\n")
	f.Add("path\n\"a\nb\"\n")
	f.Fuzz(func(t *testing.T, text string) {
		x, err := parseIndex(strings.NewReader(text))
		if (x == nil) == (err == nil) {
			t.Fatalf("%v and %v", x, err)
		}
		if err == nil && x.Rows < max(len(x.byPath), len(x.byDigest)) {
			t.Fatalf("%d rows for %d paths and %d digests", x.Rows, len(x.byPath), len(x.byDigest))
		}
	})
}
