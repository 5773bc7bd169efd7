package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/go-json-experiment/json"

	"corpus/tools/synthesize/synthetic"
)

// TestKilledBuildsGoOn kills builds of generated pages at random moments, each
// with a cold cache, starts them again, and compares the manifest with that of
// a build that was left alone. Every fourth one is interrupted instead, which
// has to leave nothing behind. CORPUS_KILLS says how many builds, 5 without it.
func TestKilledBuildsGoOn(t *testing.T) {
	rounds, pages := 5, uint64(120)
	if s := os.Getenv("CORPUS_KILLS"); s != "" {
		var err error
		if rounds, err = strconv.Atoi(s); err != nil {
			t.Fatal(err)
		}
		pages = 500
	}
	k := newKillable(t, pages)
	start := time.Now()
	want := k.finish(t)
	whole := time.Since(start)
	var early, late, hits int
	for round := range rounds {
		k.clean(t)
		r := rand.New(rand.NewPCG(4, uint64(round)))
		after := time.Duration(r.Int64N(int64(whole)))
		signal := syscall.SIGKILL
		if round%4 == 3 {
			signal = syscall.SIGINT
		}
		ended := k.stop(t, after, signal)
		manifest := k.manifest(t)
		switch {
		case manifest != "":
			late++ // sealed before it was stopped
			if manifest != want {
				t.Fatalf("round %d, stopped after %s: the version has the manifest %s, want %s", round, after, manifest, want)
			}
			continue
		case ended == nil:
			t.Fatalf("round %d: the build ended well and left no version", round)
		case signal == syscall.SIGINT:
			k.nothingLeft(t, round)
		}
		early++
		got := k.finish(t)
		if got != want {
			t.Fatalf("round %d, stopped after %s: started again, the manifest is %s, want %s", round, after, got, want)
		}
		k.nothingLeft(t, round)
		if k.hits > 0 {
			hits++
		}
	}
	t.Logf("%d builds of %d pages (%s each): %d stopped on the way, %d of these went on with extracted work, %d sealed before; the same manifest every time",
		rounds, pages, whole.Round(time.Millisecond), early, hits, late)
	if early == 0 || rounds >= 50 && hits == 0 {
		t.Errorf("no build was stopped on the way, or none found extracted work")
	}
}

// killable is a corpus that a process of its own builds.
type killable struct {
	program, dir string
	hits         int64 // of the cache, in the last finished build
}

func newKillable(t *testing.T, pages uint64) *killable {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	k := &killable{program: program, dir: t.TempDir()}
	write := func(name, text string) {
		path := filepath.Join(k.dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("key", strings.Repeat("0123456789abcdef", 4)+"\n")
	write("corpus.yaml", "corpus: mortal\nversion: 0.1.0\nsplits: thread\nsources:\n  - id: a\n    inputs: [\"in/*.html\"]\n")
	m := synthetic.New(4, 60, 3)
	for i := range pages {
		write(fmt.Sprintf("in/%04d.html", i), m.Page(i))
	}
	return k
}

func (k *killable) path(name string) string { return filepath.Join(k.dir, name) }

// command is the build in a process of its own: TestMain runs the command where
// the test is called by its name.
func (k *killable) command() *exec.Cmd {
	return &exec.Cmd{
		Path: k.program,
		Args: []string{"corpus", "build", "corpus.yaml", "--key", "key", "--json"},
		Dir:  k.dir,
		Env:  append(os.Environ(), "XDG_CACHE_HOME="+k.path("cache"), "HOME="+k.dir),
	}
}

// clean removes what builds made, the cache included.
func (k *killable) clean(t *testing.T) {
	t.Helper()
	for _, name := range []string{"dist", "cache", "corpus.lock"} {
		if err := os.RemoveAll(k.path(name)); err != nil {
			t.Fatal(err)
		}
	}
}

// finish builds to the end and gives the digest of the manifest.
func (k *killable) finish(t *testing.T) string {
	t.Helper()
	cmd := k.command()
	var events bytes.Buffer
	cmd.Stderr = &events
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v: %s", err, events.Bytes())
	}
	lines := bytes.Split(bytes.TrimSpace(events.Bytes()), []byte("\n"))
	var built struct {
		Report struct {
			Hits int64 `json:"cache_hits"`
		} `json:"report"`
	}
	if err := json.Unmarshal(lines[len(lines)-1], &built); err != nil {
		t.Fatal(err)
	}
	k.hits = built.Report.Hits
	return k.manifest(t)
}

// stop starts the build and signals it after a time; the error is how it ended.
func (k *killable) stop(t *testing.T, after time.Duration, signal syscall.Signal) error {
	t.Helper()
	cmd := k.command()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(after)
	_ = cmd.Process.Signal(signal) // it may have ended
	return cmd.Wait()
}

// manifest is the digest of the version's manifest, "" where there is no
// version. A version without a manifest is none that may be seen.
func (k *killable) manifest(t *testing.T) string {
	t.Helper()
	dir := k.path("dist/mortal/0.1.0")
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return ""
	}
	body, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil {
		t.Fatalf("a version without its manifest: %v", err)
	}
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// nothingLeft fails where the folder of the versions holds anything unfinished.
func (k *killable) nothingLeft(t *testing.T, round int) {
	t.Helper()
	entries, err := os.ReadDir(k.path("dist/mortal"))
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if name := e.Name(); name != ".lock" && name != "0.1.0" {
			t.Errorf("round %d: %s is left behind", round, name)
		}
	}
}
