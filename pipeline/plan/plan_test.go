package plan

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corpus/pipeline/config"
	"corpus/pipeline/spill"
)

func TestGlobs(t *testing.T) {
	dir := files(t, "p/a.html", "p/b.htm", "p/x/c.html", "p/x/y/d.html", "p/.hidden.html", "p/.h/e.html", "p/[odd] {name}.html",
		"q/f.html", "p/notes/", "p/x.html/g.txt")
	for _, c := range []struct{ globs, want string }{
		{"p/*.html", "a:[odd] {name}.html a:a.html"},
		{"p/**/*.html", "a:[odd] {name}.html a:a.html a:x/c.html a:x/y/d.html"},
		{"p/**", "a:[odd] {name}.html a:a.html a:b.htm a:x.html/g.txt a:x/c.html a:x/y/d.html"},
		{"**/c.html", "a:p/x/c.html"},
		{"p/*/*.html", "a:x/c.html"},
		{"p/*.{html,htm}", "a:[odd] {name}.html a:a.html a:b.htm"},
		{"p/[ab].*", "a:a.html a:b.htm"},
		{"p/?.html", "a:a.html"},
		{"p/a.html", "a:a.html"},
		{"./p//a.html", "a:a.html"},
		{"p/x/../a.html", "a:a.html"},
		{`p/\[odd\] \{name\}.html`, "a:[odd] {name}.html"},
		{"{p,q}/*.html", "a:p/[odd] {name}.html a:p/a.html a:q/f.html"},
		{"p/**/y/*.html", "a:x/y/d.html"},
		// a file of two globs is one input, under the path that tells more
		{"p/x/*.html|p/**/c.html", "a:x/c.html"},
		{"q/*.html|p/a.html", "a:a.html a:f.html"},
	} {
		got := paths(planned(t, sources(strings.Split(c.globs, "|")), dir, Exclude{}))
		if got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.globs, got, c.want)
		}
	}
}

func TestAbsoluteGlob(t *testing.T) {
	dir, elsewhere := files(t, "p/a.html"), files(t, "far/x/b.html")
	p := planned(t, sources([]string{filepath.ToSlash(elsewhere) + "/far/**/*.html"}), dir, Exclude{})
	if got := paths(p); got != "a:x/b.html" {
		t.Error(got)
	}
}

func TestGlobUpwards(t *testing.T) {
	dir := files(t, "config/", "p/x/a.html")
	if got := paths(planned(t, sources([]string{"../p/**/*.html"}), filepath.Join(dir, "config"), Exclude{})); got != "a:x/a.html" {
		t.Error(got)
	}
}

func TestNothingOfTheBuildIsAnInput(t *testing.T) {
	dir := files(t, "a.html", "corpus.yaml", "corpus.lock", "datasheet.yaml", "pages.csv", "my.key", "dist/n/0.1.0/README.md", "tmp/x.html",
		"old/0.1.0/manifest.json", "old/0.1.0/corpus.lock", "old/0.1.0/data/articles/x.parquet", "sub/corpus.yaml", "link.html -> dist/n/0.1.0/README.md", "keylink -> my.key")
	write(t, filepath.Join(dir, "pages.csv"), "path,url\na.html,https://pond.example/a\n")
	c := sources([]string{"**/*"})
	c.Sources[0].Index = "pages.csv"
	p := planned(t, c, dir, Exclude{Dirs: []string{filepath.Join(dir, "dist"), filepath.Join(dir, "tmp"), ""}, Files: []string{filepath.Join(dir, "my.key"), ""}})
	if got := paths(p); got != "a:a.html a:sub/corpus.yaml" {
		t.Error(got)
	}
}

func TestLinks(t *testing.T) {
	dir := files(t, "p/a.html", "far/b.html", "p/b.html -> ../far/b.html", "p/folder -> ../far", "p/gone.html -> nowhere", "p/self.html -> self.html", "named -> p")
	p := planned(t, sources([]string{"p/**"}), dir, Exclude{})
	if got := paths(p); got != "a:a.html a:b.html a:gone.html a:self.html" {
		t.Error(got)
	}
	for _, in := range all(t, p) {
		_, err := readAll(in)
		if want := strings.Contains("a.html b.html", in.Path); want != (err == nil) {
			t.Errorf("%s: %v", in.Path, err)
		}
	}
	// The fixed part of a glob is a name that somebody wrote: it may be a link.
	if got := paths(planned(t, sources([]string{"named/a.html"}), dir, Exclude{})); got != "a:a.html" {
		t.Error(got)
	}
}

func TestGlobsThatMatchNothing(t *testing.T) {
	dir := files(t, "p/a.html", "p/.h/b.html")
	abs := filepath.ToSlash(dir)
	for _, c := range []struct{ glob, want string }{
		{"p/*.txt", `source a: the glob "p/*.txt" matches no file`},
		{"none/*.html", `there is no folder "none"`},
		{"p/a.html/*", `"p/a.html" is no folder`},
		{"p", "it is a folder; for the files below it write p/**/*"},
		{"p/.h/*.html", "names that begin with a dot are never inputs"},
		{abs + "/none/*.html", `there is no folder "…/none"`},
	} {
		_, err := Inputs(context.Background(), sources([]string{c.glob}), dir, Exclude{}, spill.Options{})
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), abs) {
			t.Errorf("%s\n got %v\nwant %s", c.glob, err, c.want)
		}
	}
}

func TestMistakesNameTheirPlace(t *testing.T) {
	dir := files(t, "p/a.html", "p/b.html")
	c, err := config.Parse([]byte("corpus: c\nversion: 0.1.0\nsources:\n  - id: a\n    inputs: [\"p/*.html\"]\n    index: none.csv\n  - id: b\n    inputs:\n      - \"p/a*\"\n      - \"q/*\"\n"), "corpus.yaml")
	must(t, err)
	_, err = Inputs(context.Background(), c, dir, Exclude{}, spill.Options{})
	for _, want := range []string{"corpus.yaml:6:12: source a, index: none.csv cannot be read", "corpus.yaml:10:9: source b: the glob \"q/*\" matches no file"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in\n%v", want, err)
		}
	}
}

func TestTwoSourcesThatClaimOneFile(t *testing.T) {
	dir := files(t, "p/a.html", "p/b.html", "p/c.html", "link.html -> p/c.html")
	for _, c := range []struct {
		globs [][]string
		want  string
	}{
		{[][]string{{"p/*.html"}, {"**/a.html"}}, "source b claims files that another source claims too: p/a.html (as a.html of source a)"},
		{[][]string{{"p/*.html"}, {"link.html"}}, "link.html (as c.html of source a)"},
	} {
		_, err := Inputs(context.Background(), sources(c.globs...), dir, Exclude{}, spill.Options{})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v\nwant %s", err, c.want)
		}
	}
}

func TestOrderDoesNotDependOnTheConfiguration(t *testing.T) {
	dir := files(t, "p/b.html", "p/a.html", "q/c.html", "q/d.html")
	one := sources([]string{"p/*", "q/*"}, []string{"**/none", "p/none"})
	one.Sources = one.Sources[:1]
	two := sources([]string{"q/*", "p/*"})
	a, b := planned(t, one, dir, Exclude{}), planned(t, two, dir, Exclude{})
	if paths(a) != "a:a.html a:b.html a:c.html a:d.html" || paths(a) != paths(b) {
		t.Errorf("%s and %s", paths(a), paths(b))
	}
	other := all(t, b)
	for i, in := range all(t, a) {
		if in.beside != other[i].beside {
			t.Errorf("input %d is %s and %s", i, in.beside, other[i].beside)
		}
	}
}

// The ledger tells the inputs of a source apart by their paths.
func TestTwoFilesOfOnePath(t *testing.T) {
	dir := files(t, "p/a.html", "q/a.html", "p/b.html", "q/b.html", "q/c.html")
	_, err := Inputs(context.Background(), sources([]string{"p/*", "q/*"}), dir, Exclude{}, spill.Options{})
	want := "source a: several files would be a.html, b.html in the ledger: name their folders in one glob such as {one,two}/**, or make them two sources"
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v\nwant %s", err, want)
	}
	if got := paths(planned(t, sources([]string{"{p,q}/*"}), dir, Exclude{})); got != "a:p/a.html a:p/b.html a:q/a.html a:q/b.html a:q/c.html" {
		t.Error(got)
	}
	two := sources([]string{"p/*"}, []string{"q/*"})
	if got := paths(planned(t, two, dir, Exclude{})); got != "a:a.html a:b.html b:a.html b:b.html b:c.html" {
		t.Error(got)
	}
	dir = t.TempDir()
	for _, name := range []string{"caf\u00e9.html", "cafe\u0301.html"} {
		write(t, filepath.Join(dir, name), "<html><body>x")
	}
	if entries, _ := os.ReadDir(dir); len(entries) == 2 {
		if _, err := Inputs(context.Background(), sources([]string{"*"}), dir, Exclude{}, spill.Options{}); err == nil || !strings.Contains(err.Error(), "would be caf\u00e9.html in the ledger") {
			t.Errorf("two forms of one name: %v", err)
		}
	}
}

func TestNamesOfFiles(t *testing.T) {
	dir := t.TempDir()
	names := map[string]string{ // name on disk → input_path
		"line\nbreak.html":       "line%0Abreak.html",
		"tab\there.html":         "tab%09here.html",
		"bad\xff\xfe.html":       "bad%FF%FE.html",
		"cafe\u0301.html":        "caf\u00e9.html",
		"..dots.html":            "", // begins with a dot
		"a..b.html":              "a..b.html",
		"100%25.html":            "100%25.html",
		"-rf.html":               "-rf.html",
		"\u202egnp.html":         "\u202egnp.html",
		"back\\slash.html":       "back\\slash.html",
		strings.Repeat("n", 250): strings.Repeat("n", 250),
	}
	var want []string
	for name, stored := range names {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("<html><body>x"), 0o600); err != nil {
			t.Logf("this file system refuses %q: %v", name, err)
			continue
		}
		if stored != "" {
			want = append(want, "a:"+stored)
		}
	}
	p := planned(t, sources([]string{"*"}), dir, Exclude{})
	if got := paths(p); got != strings.Join(sorted(want), " ") {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
	for _, in := range all(t, p) {
		if got, err := readAll(in); err != nil || len(got) != 1 {
			t.Errorf("%s: %v, %v", in.Path, got, err)
		}
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Inputs(ctx, sources([]string{"*"}), files(t, "a.html"), Exclude{}, spill.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestSizes(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a"), "12345")
	write(t, filepath.Join(dir, "b"), "123")
	if got := planned(t, sources([]string{"*"}), dir, Exclude{}).Bytes(); got != 8 {
		t.Errorf("%d bytes", got)
	}
}

func TestDiscover(t *testing.T) {
	dir := files(t, "pages/a.html", "pages/x/b.html", "pages/c.htm", "corpus.yaml", ".git/x.html", "old/manifest.json", "old/corpus.lock", "old/README.html")
	write(t, filepath.Join(dir, "notes.md"), "Some notes that are no page.")
	write(t, filepath.Join(dir, "t/one.txt"), "Heron says:\nHello.\n")
	write(t, filepath.Join(dir, "r/x.jsonl"), `{"source":"a"}`+"\n")
	write(t, filepath.Join(dir, "bin.html"), "\x89PNG\r\n\x1a\n")
	write(t, filepath.Join(dir, "z/x.html.gz"), packed(t, "<html><body>x</body></html>"))
	write(t, filepath.Join(dir, "z/x.csv.gz"), packed(t, "a,b\n1,2\n"))
	write(t, filepath.Join(dir, "z/all.tgz"), packed(t, tarOf(t, "pages/a.html", "<html><body>x</body></html>")))
	write(t, filepath.Join(dir, "z/pictures.tgz"), packed(t, tarOf(t, "a.png", "\x89PNG\r\n\x1a\n")))
	write(t, filepath.Join(dir, "w/x.warc"), "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n")
	write(t, filepath.Join(dir, "x/feed.xml"), `<rss version="2.0"><channel><title>x</title></channel></rss>`)
	write(t, filepath.Join(dir, "x/map.xml"), `<?xml version="1.0"?><urlset></urlset>`)
	found, err := Discover(dir)
	must(t, err)
	var got []string
	for _, f := range found {
		got = append(got, f.ID+" "+f.Format+" "+strings.Join(f.Inputs, ","))
	}
	want := "pages html pages/**/*.htm,pages/**/*.html,z/**/*.html.gz|texts textpage t/**/*.txt|records jsonl r/**/*.jsonl|" +
		"captures warc w/**/*.warc|feeds feed x/feed.xml|mixed auto z/all.tgz"
	if strings.Join(got, "|") != want {
		t.Errorf("\n got %s\nwant %s", strings.Join(got, "|"), want)
	}
}

func packed(t *testing.T, content string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := z.Write([]byte(content))
	must(t, err)
	must(t, z.Close())
	return b.String()
}

func tarOf(t *testing.T, name, content string) string {
	t.Helper()
	var b bytes.Buffer
	z := tar.NewWriter(&b)
	must(t, z.WriteHeader(&tar.Header{Name: name, Size: int64(len(content)), Mode: 0o600}))
	_, err := z.Write([]byte(content))
	must(t, err)
	must(t, z.Close())
	return b.String()
}

// TestPlanOnDisk: what does not fit into memory lies on disk, and nothing of it
// stays; the plan is the same.
func TestPlanOnDisk(t *testing.T) {
	dir, tmp := t.TempDir(), t.TempDir()
	for i := range 1000 {
		name := filepath.Join(dir, fmt.Sprintf("in/%d/%d.html", i%7, i))
		must(t, os.MkdirAll(filepath.Dir(name), 0o700))
		must(t, os.WriteFile(name, []byte("x"), 0o600))
	}
	c := sources([]string{"in/**/*.html", "in/3/*"})
	want := all(t, planned(t, c, dir, Exclude{}))
	p, err := Inputs(context.Background(), c, dir, Exclude{}, spill.Options{Dir: tmp, Memory: 32 << 10})
	must(t, err)
	defer p.Close()
	got := all(t, p)
	if len(got) != 1000 || len(want) != 1000 {
		t.Fatalf("%d and %d inputs", len(got), len(want))
	}
	for i := range got {
		if *got[i] != *want[i] {
			t.Fatalf("%+v, want %+v", *got[i], *want[i])
		}
		if i%7 == 0 {
			if _, err := readAll(got[i]); err != nil {
				t.Fatal(err)
			}
		}
	}
	must(t, p.Close())
	if left, err := os.ReadDir(tmp); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
