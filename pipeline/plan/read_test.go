package plan

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"corpus/pipeline/read"
	"corpus/schema"
)

// reason of an error that is a rejection.
func reason(err error) string {
	var r *read.Rejection
	if errors.As(err, &r) {
		return r.Reason
	}
	return ""
}

func TestReadGivesDigestAndDocuments(t *testing.T) {
	dir := t.TempDir()
	small, large := "<html><body>x</body></html>", "<html><body>"+strings.Repeat("large ", inMemory/5)+"</body></html>"
	lines := `{"source":"a","text":"x"}` + "\n" + `{"source":"a"` + "\n"
	for name, body := range map[string]string{"small": small, "large": large, "lines": lines, "large lines": strings.Repeat(lines, inMemory/len(lines)+1)} {
		write(t, filepath.Join(dir, name), body)
		inputs := all(t, planned(t, sources([]string{name}), dir, Exclude{}))
		got, err := readAll(inputs[0])
		sum := sha256.Sum256([]byte(body))
		if err != nil || inputs[0].SHA256 != hex.EncodeToString(sum[:]) {
			t.Errorf("%s: digest %s, %v", name, inputs[0].SHA256, err)
		}
		want := "html@offset=0"
		if strings.Contains(name, "lines") {
			want = "jsonl@line=1 malformed@line=2"
		}
		if !strings.HasPrefix(strings.Join(got, " "), want) {
			t.Errorf("%s: %.80v", name, got)
		}
	}
}

func TestWhatNoReaderTakes(t *testing.T) {
	dir := t.TempDir()
	for name, c := range map[string]struct{ body, want string }{
		"empty": {"", schema.ReasonEmpty}, "blank": {" \n\t\r\n", schema.ReasonEmpty}, "mark": {"\ufeff\n", schema.ReasonEmpty},
		"binary": {"\x89PNG\r\n\x1a\n", schema.ReasonBinary}, "map": {`<?xml version="1.0"?><kml><Document></Document></kml>`, schema.ReasonUnknownFormat},
		"json": {"{\n \"a\": 1\n}", schema.ReasonUnknownFormat},
	} {
		write(t, filepath.Join(dir, name), c.body)
		inputs := all(t, planned(t, sources([]string{name}), dir, Exclude{}))
		_, err := readAll(inputs[0])
		if reason(err) != c.want || inputs[0].SHA256 == "" {
			t.Errorf("%s: %v (digest %q)", name, err, inputs[0].SHA256)
		}
	}
}

func TestVanishedAndUnreadable(t *testing.T) {
	dir := files(t, "gone.html", "became/", "became.html")
	inputs := all(t, planned(t, sources([]string{"*.html"}), dir, Exclude{}))
	must(t, os.Remove(filepath.Join(dir, "gone.html")))
	_, err := readAll(inputs[1])
	if inputs[1].Path != "gone.html" || reason(err) != schema.ReasonUnreadable || strings.Contains(err.Error(), dir) {
		t.Errorf("vanished: %v", err)
	}
	must(t, os.Remove(filepath.Join(dir, "became.html")))
	must(t, os.Mkdir(filepath.Join(dir, "became.html"), 0o700))
	if _, err := readAll(inputs[0]); !errors.Is(err, ErrChanged) {
		t.Errorf("a folder in its place: %v", err)
	}
}

func TestPermissionDenied(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("nothing is denied to root")
	}
	dir := files(t, "p/a.html", "p/b.html", "p/closed/c.html")
	must(t, os.Chmod(filepath.Join(dir, "p/b.html"), 0))
	must(t, os.Chmod(filepath.Join(dir, "p/closed"), 0))
	t.Cleanup(func() { os.Chmod(filepath.Join(dir, "p/closed"), 0o700) })
	inputs := all(t, planned(t, sources([]string{"p/**/*.html"}), dir, Exclude{}))
	if got := pathsOf(inputs); got != "a:a.html a:b.html a:closed" {
		t.Fatal(got)
	}
	for _, i := range []int{1, 2} {
		if _, err := readAll(inputs[i]); reason(err) != schema.ReasonUnreadable || !strings.Contains(err.Error(), "permission denied") {
			t.Errorf("%s: %v", inputs[i].Path, err)
		}
	}
}

func TestChangedSinceThePlan(t *testing.T) {
	for name, change := range map[string]func(file string) error{
		"longer":  func(f string) error { return os.WriteFile(f, []byte("<html><body>longer than before"), 0o600) },
		"shorter": func(f string) error { return os.Truncate(f, 3) },
		"touched": func(f string) error { return os.Chtimes(f, time.Now(), time.Now().Add(time.Hour)) },
		"replaced": func(f string) error {
			old, err := os.Stat(f)
			if err != nil {
				return err
			}
			if err := os.Rename(f, f+".old"); err != nil {
				return err
			}
			body, _ := os.ReadFile(f + ".old")
			if err := os.WriteFile(f, body, 0o600); err != nil {
				return err
			}
			return os.Chtimes(f, time.Now(), old.ModTime())
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := files(t, "a.html")
			inputs := all(t, planned(t, sources([]string{"a.html"}), dir, Exclude{}))
			must(t, change(filepath.Join(dir, "a.html")))
			if got, err := readAll(inputs[0]); !errors.Is(err, ErrChanged) {
				t.Errorf("%v, %v", got, err)
			}
		})
	}
}

// A file that is written to while it is read is of no state that ever was.
func TestChangedWhileRead(t *testing.T) {
	for _, size := range []int{100, inMemory + 100} {
		dir := t.TempDir()
		file := filepath.Join(dir, "a.jsonl")
		write(t, file, strings.Repeat(`{"source":"a","text":"x"}`+"\n", size/26+1))
		inputs := all(t, planned(t, sources([]string{"a.jsonl"}), dir, Exclude{}))
		changed := false
		err := inputs[0].Read(context.Background(), read.Limits{}, Earlier{}, func(*read.Document, *read.Rejection, string) error {
			if !changed {
				changed = true
				f, err := os.OpenFile(file, os.O_APPEND|os.O_WRONLY, 0)
				must(t, err)
				defer f.Close()
				_, err = f.WriteString("{}\n")
				must(t, err)
			}
			return nil
		})
		if !errors.Is(err, ErrChanged) {
			t.Errorf("%d bytes: %v", size, err)
		}
	}
}

func TestEmitStopsTheReader(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a.jsonl"), strings.Repeat(`{"source":"a"}`+"\n", inMemory/10))
	inputs := all(t, planned(t, sources([]string{"a.jsonl"}), dir, Exclude{}))
	stop := errors.New("stop")
	n := 0
	err := inputs[0].Read(context.Background(), read.Limits{}, Earlier{}, func(*read.Document, *read.Rejection, string) error { n++; return stop })
	if !errors.Is(err, stop) || n != 1 {
		t.Errorf("%v after %d", err, n)
	}
	ctx, cancel := context.WithCancel(context.Background())
	err = inputs[0].Read(ctx, read.Limits{}, Earlier{}, func(*read.Document, *read.Rejection, string) error { cancel(); return nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
