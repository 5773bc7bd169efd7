package pipeline_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"corpus/pipeline"
	"corpus/pipeline/cache"
	"corpus/pipeline/cache/digests"
	"corpus/pipeline/spill"
)

// crane is a page about the crane of a harbour; of equal length for every n below ten.
func crane(n int) string {
	return fmt.Sprintf(`<!doctype html><html lang="en"><head><title>Crane %d</title><link rel="canonical" href="https://pier.example/crane"></head>
<body><article><h1>Crane %d</h1><p>The old crane number %d on the east quay was taken down last week, and the place where it stood looks strangely empty.</p>
<p>A small crowd had come to watch the last piece being lifted on to a barge, among them two men who had worked in its cabin.</p></article></body></html>`, n, n, n)
}

// resting is a corpus of six inputs and files beside them, and the options of a
// build with a cache.
func resting(t *testing.T, beside map[string]string) (*corpusOf, pipeline.Options) {
	t.Helper()
	if runtime.GOOS != "linux" && runtime.GOOS != "darwin" {
		t.Skip("every file is read here")
	}
	files := map[string]string{"in/crane.html": crane(1), "in/empty.html": " "}
	for i := range 4 {
		files[fmt.Sprintf("in/%d.html", i)] = strings.ReplaceAll(crane(i), "/crane", fmt.Sprintf("/crane/%d", i))
	}
	c := newCorpus(t, "corpus: rest\nversion: 0.1.0\naccept_rejects: 100%\nsources:\n  - id: a\n    inputs: [\"in/*\"]\n", files)
	for name, body := range beside {
		c.write(t, name, body)
	}
	o := c.options(t)
	o.Cache = t.TempDir()
	return c, o
}

// settle waits until the files that were just made count as being at rest.
func settle() { time.Sleep(digests.Margin + 50*time.Millisecond) }

// manifest builds into a folder of its own, and gives the manifest's digest and
// how many inputs were not read.
func manifest(t *testing.T, c *corpusOf, o pipeline.Options) (digest string, unread int64) {
	t.Helper()
	o.Out = t.TempDir()
	_, report := c.build(t, o)
	return report.ManifestSHA256, report.Unread
}

// TestUnchangedInputsAreNotRead: what did not change is not read and gives the
// same bytes; what changed is read, however it is hidden.
func TestUnchangedInputsAreNotRead(t *testing.T) {
	t.Parallel()
	type step struct {
		name   string
		change func(dir, path string) error
		unread int64
		corpus *corpusOf
		how    pipeline.Options
	}
	steps := []step{
		{name: "nothing", change: func(string, string) error { return nil }, unread: 6},
		{name: "touched", change: func(_, path string) error { return os.Chtimes(path, time.Now(), time.Now()) }, unread: 5},
		{name: "the same length, and the time set back", change: func(_, path string) error {
			info, err := os.Stat(path)
			return errors.Join(err, os.WriteFile(path, []byte(crane(3)), 0o600), os.Chtimes(path, info.ModTime(), info.ModTime()))
		}, unread: 5},
		{name: "replaced by a file of the same length and time", change: func(dir, path string) error {
			info, err := os.Stat(path)
			beside := filepath.Join(dir, "beside/crane.html")
			return errors.Join(err, os.Chtimes(beside, info.ModTime(), info.ModTime()), os.Rename(beside, path))
		}, unread: 5},
		{name: "another name", change: func(dir, path string) error { return os.Rename(path, filepath.Join(dir, "in/renamed.html")) }, unread: 5},
		{name: "gone", change: func(_, path string) error { return os.Remove(path) }, unread: 5},
	}
	for i := range steps {
		steps[i].corpus, steps[i].how = resting(t, map[string]string{"beside/crane.html": crane(2)})
	}
	settle()
	for _, s := range steps {
		c, o := s.corpus, s.how
		if _, unread := manifest(t, c, o); unread != 0 {
			t.Fatalf("%s: %d inputs were not read by the first build", s.name, unread)
		}
		if err := s.change(c.dir, filepath.Join(c.dir, "in/crane.html")); err != nil {
			t.Fatal(err)
		}
		got, unread := manifest(t, c, o)
		if unread != s.unread {
			t.Errorf("%s: %d inputs were not read, want %d", s.name, unread, s.unread)
		}
		o.Cache = ""
		if want, _ := manifest(t, c, o); got != want {
			t.Errorf("%s: another manifest than without a cache", s.name)
		}
	}
}

// TestChangeWithinTheMarginIsNoticed: files that were written just before they
// were read are read again, since a change at the same tick would not show.
func TestChangeWithinTheMarginIsNoticed(t *testing.T) {
	t.Parallel()
	c, o := resting(t, nil)
	settle()
	c.write(t, "in/crane.html", crane(4))
	for range 2 {
		manifest(t, c, o)
	}
	if _, unread := manifest(t, c, o); unread != 5 {
		t.Errorf("%d inputs were not read, want 5", unread)
	}
}

// TestWhatProvesReadsEveryInput: --locked, --reread and a build without a cache
// do not believe what is remembered of files. A digest is put there that is wrong,
// that of the file before it changed, which no change of a file can bring about.
func TestWhatProvesReadsEveryInput(t *testing.T) {
	t.Parallel()
	c, o := resting(t, nil)
	settle()
	before, _ := manifest(t, c, o)
	path := filepath.Join(c.dir, "in/crane.html")
	c.write(t, "in/crane.html", crane(2))
	plain := o
	plain.Cache = ""
	after, _ := manifest(t, c, plain) // and its lock
	if before == after {
		t.Fatal("the change changes nothing")
	}
	settle()
	lie := func(body string) {
		kept, err := cache.Open(o.Cache)
		if err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		files := kept.Digests(spill.Options{})
		if err := files.Reader(false).Add(digests.Look(info), info, sha256.Sum256([]byte(body))); err != nil {
			t.Fatal(err)
		}
		files.Save(1 << 20)
		files.Close()
		kept.Close()
	}
	for _, how := range []struct {
		name string
		set  func(*pipeline.Options)
		want string
	}{
		{"the wrong digest is believed", func(*pipeline.Options) {}, before},
		{"without a cache", func(o *pipeline.Options) { o.Cache = "" }, after},
		{"--locked", func(o *pipeline.Options) { o.Locked = true }, after},
		{"--reread", func(o *pipeline.Options) { o.Reread = true }, after},
	} {
		lie(crane(1))
		o := o
		how.set(&o)
		got, unread := manifest(t, c, o)
		if got != how.want || how.want == after && unread != 0 {
			t.Errorf("%s: %d inputs were not read; the manifest is that of the file before %v", how.name, unread, got == before)
		}
		if how.want == before { // it wrote the lock of what was never there
			manifest(t, c, plain)
		}
	}
	// A digest that no content of this input ever had leads to nothing in the cache.
	lie("something else")
	if got, unread := manifest(t, c, o); got != after || unread != 5 {
		t.Errorf("a digest of something else: %d inputs were not read", unread)
	}
	// What was read replaces what was wrong.
	o.Locked = false
	if got, unread := manifest(t, c, o); got != after || unread != 6 {
		t.Errorf("after a reading: %d inputs were not read", unread)
	}
}

// TestForgottenFilesAreRead: without what is remembered, or with it damaged, the
// inputs are read and not extracted.
func TestForgottenFilesAreRead(t *testing.T) {
	t.Parallel()
	c, o := resting(t, nil)
	settle()
	want, _ := manifest(t, c, o)
	kept, err := filepath.Glob(filepath.Join(o.Cache, "*", "digests-1"))
	if err != nil || len(kept) != 1 {
		t.Fatal(kept, err)
	}
	for name, damage := range map[string]func() error{
		"cut off":     func() error { return os.Truncate(kept[0], 50) },
		"other bytes": func() error { return os.WriteFile(kept[0], []byte(strings.Repeat("no digest ", 100)), 0o600) },
		"taken down": func() error {
			_, err := pipeline.PurgeCache(o.Cache, []pipeline.Holding{{SHA256: strings.Repeat("ab", 32)}})
			if _, statErr := os.Stat(kept[0]); !os.IsNotExist(statErr) {
				return errors.Join(err, errors.New("the digests of files are there"))
			}
			return err
		},
	} {
		if err := damage(); err != nil {
			t.Fatal(name, err)
		}
		o := o
		o.Out = t.TempDir()
		_, report := c.build(t, o)
		if report.ManifestSHA256 != want || report.Unread != 0 || report.CacheMisses != 0 {
			t.Errorf("%s: %d inputs were not read, %d extracted", name, report.Unread, report.CacheMisses)
		}
		if _, unread := manifest(t, c, o); unread != 6 {
			t.Errorf("%s: %d inputs were not read the next time, want 6", name, unread)
		}
	}
}
