//go:build unix

package plan

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"corpus/schema"
)

// Nobody writes into these pipes: opening one would wait for ever.
func TestPipesAreNotOpened(t *testing.T) {
	dir := files(t, "later.html")
	must(t, syscall.Mkfifo(filepath.Join(dir, "pipe.html"), 0o600))
	inputs := all(t, planned(t, sources([]string{"*.html"}), dir, Exclude{}))
	if got := pathsOf(inputs); got != "a:later.html a:pipe.html" {
		t.Fatal(got)
	}
	if _, err := readAll(inputs[1]); reason(err) != schema.ReasonUnreadable {
		t.Errorf("pipe: %v", err)
	}
	must(t, os.Remove(filepath.Join(dir, "later.html")))
	must(t, syscall.Mkfifo(filepath.Join(dir, "later.html"), 0o600))
	if _, err := readAll(inputs[0]); !errors.Is(err, ErrChanged) {
		t.Errorf("a pipe in its place: %v", err)
	}
}
