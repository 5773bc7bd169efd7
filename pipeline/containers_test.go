package pipeline_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"corpus/pipeline"
	"corpus/pipeline/read/warc/warctest"
	"corpus/release"
	"corpus/schema"
)

// pagesOfDemo are pages of the demo by path, each stating an address of its own.
func pagesOfDemo(t *testing.T) map[string]string {
	t.Helper()
	pages := map[string]string{}
	for _, glob := range []string{"pages/gazette/*.html", "pages/inselbote/*.html"} {
		files, err := filepath.Glob(filepath.Join(demoFolder, glob))
		if err != nil || len(files) == 0 {
			t.Fatal(glob, err)
		}
		for _, file := range files {
			body, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			pages[filepath.Base(filepath.Dir(file))+"/"+filepath.Base(file)] = string(body)
		}
	}
	return pages
}

var canonical = regexp.MustCompile(`<link rel="?canonical"? href="([^"]+)"`)

// inContainers are the same pages in every form that they may come in.
func inContainers(t *testing.T, pages map[string]string) map[string]map[string]string {
	t.Helper()
	var names []string
	for name := range pages {
		names = append(names, name)
	}
	slices.Sort(names)
	var records [][]byte
	var tarred, zipped bytes.Buffer
	tw, zw := tar.NewWriter(&tarred), zip.NewWriter(&zipped)
	for _, name := range names {
		body := pages[name]
		url := canonical.FindStringSubmatch(body)
		if url == nil {
			t.Fatalf("%s states no address", name)
		}
		records = append(records, warctest.Record("response", url[1], "2026-02-03T04:05:06Z",
			warctest.HTTP([]byte(body), "HTTP/1.1 200 OK", "Content-Type: text/html"), "Content-Type: application/http; msgtype=response"))
		if err := tw.WriteHeader(&tar.Header{Name: name, Size: int64(len(body)), Mode: 0o600}); err != nil {
			t.Fatal(err)
		}
		f, err := zw.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		tw.Write([]byte(body))
		f.Write([]byte(body))
	}
	tw.Close()
	zw.Close()
	forms := map[string]map[string]string{
		"folder":  pages,
		"zip":     {"pages.zip": zipped.String()},
		"tar.zst": {"pages.tar.zst": string(warctest.Zstd(tarred.Bytes(), nil))},
		"tar.gz":  {"pages.tgz": string(warctest.Gzip(tarred.Bytes()))},
	}
	for _, form := range warctest.Forms() {
		file, _ := warctest.File(form, records...)
		forms["warc "+form.String()] = map[string]string{"pages.warc": string(file)}
	}
	return forms
}

// The same pages give the same corpus, whatever they are packed in. What may
// differ is listed here: where a record was read, when the page was captured,
// the extractor's note on the charset, and the address as captured.
func TestContainersGiveTheSameCorpus(t *testing.T) {
	pages := pagesOfDemo(t)
	mayDiffer := cmp.Options{
		cmpopts.IgnoreFields(schema.Provenance{}, "CapturedAt", "InputSHA256", "Locator", "Extractor"),
		cmpopts.IgnoreFields(schema.Article{}, "URL"),
		cmpopts.IgnoreFields(schema.Comment{}, "FirstCapturedAt", "LastCapturedAt"),
	}
	var articles []schema.Article
	var comments []schema.Comment
	forms := inContainers(t, pages)
	for _, form := range append([]string{"folder"}, sortedForms(forms)...) {
		c := newCorpus(t, "corpus: packed\nversion: 0.1.0\nsources:\n  - {id: demo, inputs: [\"in/**/*\"], time_zone: Europe/London}\n", nil)
		for name, body := range forms[form] {
			c.write(t, "in/"+name, body)
		}
		version, report := c.build(t, c.options(t))
		if report.Rejected > 0 || report.Sources[0].Documents != int64(len(pages)) {
			t.Errorf("%s: %d documents, %d rejected: %v", form, report.Sources[0].Documents, report.Rejected, report.Examples)
		}
		verified(t, version)
		if articles == nil {
			articles, comments = articlesOf(t, version), commentsOf(t, version)
			if len(articles) != len(pages) || len(comments) == 0 {
				t.Fatalf("%d articles, %d comments of %d pages", len(articles), len(comments), len(pages))
			}
			continue
		}
		if diff := cmp.Diff(articles, articlesOf(t, version), mayDiffer); diff != "" {
			t.Errorf("articles, %s: %s", form, diff)
		}
		if diff := cmp.Diff(comments, commentsOf(t, version), mayDiffer); diff != "" {
			t.Errorf("comments, %s: %s", form, diff)
		}
	}
}

// verified holds a version against the rules of the format.
func verified(t *testing.T, version string) {
	t.Helper()
	if _, err := release.Verify(t.Context(), version, func(p release.Problem) { t.Errorf("%+v", p) }); err != nil {
		t.Error(err)
	}
}

func sortedForms(forms map[string]map[string]string) []string {
	var names []string
	for form := range forms {
		if form != "folder" {
			names = append(names, form)
		}
	}
	slices.Sort(names)
	return names
}

// corpus extract finds the record of a row again, by the locator of the row.
func TestExtractFindsLocators(t *testing.T) {
	pages := pagesOfDemo(t)
	forms := inContainers(t, map[string]string{"gazette/tide-clock.html": pages["gazette/tide-clock.html"], "inselbote/pegelhaus.html": pages["inselbote/pegelhaus.html"]})
	letters, err := os.ReadFile(filepath.Join(demoFolder, "letters", "letters.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	forms["jsonl.gz"] = map[string]string{"letters.jsonl.gz": string(warctest.Gzip(letters))}
	for _, name := range []string{"saltmarsh.wordpress.xml", "saltmarsh.disqus.xml"} {
		body, err := os.ReadFile(filepath.Join("testdata", "saltmarsh", name))
		if err != nil {
			t.Fatal(err)
		}
		forms[name] = map[string]string{name + ".zst": string(warctest.Zstd(body, nil))}
	}
	for form, files := range forms {
		for name, body := range files {
			c := newCorpus(t, "corpus: x\n", map[string]string{name: body})
			extract := func(locator string) (records []schema.Record, skipped []string) {
				o := pipeline.ExtractOptions{
					Format: "auto", Locator: locator,
					Record:   func(r schema.Record) error { records = append(records, r); return nil },
					Rejected: func(_, reason string) { skipped = append(skipped, reason) },
					Excluded: func(_, reason string) { skipped = append(skipped, reason) },
				}
				if err := pipeline.Extract(t.Context(), []string{filepath.Join(c.dir, filepath.FromSlash(name))}, o); err != nil {
					t.Fatal(err)
				}
				return records, skipped
			}
			all, skipped := extract("")
			if len(all) == 0 {
				t.Errorf("%s: no record", form)
			}
			for _, want := range all {
				got, _ := extract(want.Locator)
				if diff := cmp.Diff([]schema.Record{want}, got); diff != "" {
					t.Errorf("%s, %s: %s", form, want.Locator, diff)
				}
			}
			for _, line := range skipped {
				locator, _, _ := strings.Cut(line, ": ")
				if got, again := extract(locator); len(got) != 0 || !slices.Equal(again, []string{line}) {
					t.Errorf("%s, %s: %d records, %v", form, locator, len(got), again)
				}
			}
		}
	}
}

// Rows of archives are in the order that verify counts by, whatever the names
// and numbers in their locators.
func TestLedgerOfArchives(t *testing.T) {
	var members []string
	for i := range 12 {
		members = append(members, fmt.Sprintf("%d.html", i), "<html><body><p>"+strings.Repeat(fmt.Sprintf("Page %d of the heron. ", i), 20))
	}
	members = append(members, "a b.html", "", "line=3.html", "", "z.jsonl", strings.Repeat("{}\n", 12), "long "+strings.Repeat("x", 60)+".html", "", "..html", "")
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for i := 0; i < len(members); i += 2 {
		if err := w.WriteHeader(&tar.Header{Name: members[i], Size: int64(len(members[i+1])), Mode: 0o600}); err != nil {
			t.Fatal(err)
		}
		w.Write([]byte(members[i+1]))
	}
	w.Close()
	c := newCorpus(t, "corpus: x\nversion: 0.1.0\naccept_rejects: 100%\nsources:\n  - {id: a, inputs: [x.tar]}\n", map[string]string{"x.tar": b.String()})
	version, report := c.build(t, c.options(t))
	if report.Sources[0].Documents != 12+12+5-1 {
		t.Errorf("%+v", report.Sources[0])
	}
	verified(t, version)
}
