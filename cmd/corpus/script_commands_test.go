package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// scriptCommands are the commands that the scripts have besides testscript's own.
func scriptCommands() map[string]func(*testscript.TestScript, bool, []string) {
	return map[string]func(*testscript.TestScript, bool, []string){
		"copyfolder":    copyFolder,
		"reversefolder": reverseFolder,
		"samefolder":    sameFolder,
		"findbytes":     findBytes,
		"chmodkey":      chmodKey,
		"exitcode":      exitCode,
		"damagecache":   damageCache,
		"filemode":      fileMode,
		"manyrecords":   manyRecords,
		"waitfor":       waitFor,
	}
}

// copyFolder copies a folder: copyfolder FROM TO.
func copyFolder(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: copyfolder FROM TO")
	}
	ts.Check(os.CopyFS(ts.MkAbs(args[1]), os.DirFS(ts.MkAbs(args[0]))))
}

// reverseFolder copies a folder file by file in reverse order, so that a file
// system that lists in the order of making lists another order.
func reverseFolder(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: reversefolder FROM TO")
	}
	from, to := ts.MkAbs(args[0]), ts.MkAbs(args[1])
	var files []string
	ts.Check(filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files = append(files, path)
		}
		return err
	}))
	slices.Reverse(files)
	for _, file := range files {
		rel, err := filepath.Rel(from, file)
		ts.Check(err)
		body, err := os.ReadFile(file)
		ts.Check(err)
		target := filepath.Join(to, rel)
		ts.Check(os.MkdirAll(filepath.Dir(target), 0o755))
		ts.Check(os.WriteFile(target, body, 0o644))
	}
}

// digests are the SHA-256 of all files below dir by relative path; lock files
// of running builds hold nothing and are left out.
func digests(ts *testscript.TestScript, dir string) map[string][32]byte {
	sums := map[string][32]byte{}
	ts.Check(filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := os.ReadFile(path)
		if err != nil || len(body) == 0 {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		sums[filepath.ToSlash(rel)] = sha256.Sum256(body)
		return err
	}))
	return sums
}

// sameFolder fails unless two folders hold the same files: samefolder A B.
func sameFolder(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: samefolder A B")
	}
	a, b := digests(ts, ts.MkAbs(args[0])), digests(ts, ts.MkAbs(args[1]))
	if len(a) == 0 || len(a) != len(b) {
		ts.Fatalf("%d and %d files", len(a), len(b))
	}
	for path, sum := range a {
		if b[path] != sum {
			ts.Fatalf("%s differs", path)
		}
	}
}

// findBytes looks for a text in all files of a folder: findbytes DIR TEXT.
func findBytes(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: findbytes DIR TEXT")
	}
	found := ""
	ts.Check(filepath.WalkDir(ts.MkAbs(args[0]), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := os.ReadFile(path)
		if bytes.Contains(body, []byte(args[1])) {
			found = path
		}
		return err
	}))
	if neg == (found != "") {
		ts.Fatalf("found in: %q", found)
	}
}

// chmodKey makes a key of the script readable by its owner alone: chmodkey FILE.
func chmodKey(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: chmodkey FILE")
	}
	ts.Check(os.Chmod(ts.MkAbs(args[0]), 0o600))
}

// damageCache flips a bit of every byte of every file below a folder: damagecache DIR.
func damageCache(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: damagecache DIR")
	}
	ts.Check(filepath.WalkDir(ts.MkAbs(args[0]), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for i := range body {
			body[i] ^= 1
		}
		return os.WriteFile(path, body, 0o600)
	}))
}

// fileMode fails unless a file has the permissions: filemode MODE FILE.
func fileMode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: filemode MODE FILE")
	}
	info, err := os.Stat(ts.MkAbs(args[1]))
	ts.Check(err)
	if got := fmt.Sprintf("%04o", info.Mode().Perm()); got != args[0] {
		ts.Fatalf("%s has mode %s", args[1], got)
	}
}

// manyRecords writes JSON Lines of small articles: manyrecords N FILE.
func manyRecords(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: manyrecords N FILE")
	}
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	var b bytes.Buffer
	for i := range n {
		fmt.Fprintf(&b, `{"source":"x","url":"https://pier.example/%d","site":null,"title":"Notice %d","authors":[],"published_at":null,"modified_at":null,"license":null,"tags":[],"lang":"en","text":"Notice number %d hangs on the old wall beside the steps of the ferry.","comments":[]}`+"\n", i, i, i)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), b.Bytes(), 0o644))
}

// waitFor waits until a file or folder is there: waitfor PATH.
func waitFor(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: waitfor PATH")
	}
	for range 3000 {
		if _, err := os.Stat(ts.MkAbs(args[0])); err == nil {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	ts.Fatalf("%s did not come", args[0])
}

// exitCode runs a command that has to end with the code: exitcode CODE COMMAND…
func exitCode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exitcode CODE COMMAND…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	switch {
	case err == nil && want == 0:
	case errors.As(err, &exit) && exit.ExitCode() == want:
	default:
		ts.Fatalf("%v ended with %v, not with exit code %d", args[1:], err, want)
	}
}
