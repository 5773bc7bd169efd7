package store

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func goodLock() *Lock {
	sum := strings.Repeat("0f", 32)
	return &Lock{
		Schema: LockSchema, Corpus: "demo", Version: "1.2.0", Tool: Tool{Name: "corpus", Version: "0.1.0"},
		ConfigSHA256: sum, KeyCheck: "0123456789abcdef", Previous: "1.1.0", PreviousSHA256: sum,
		Shards:  map[string]int{"comments": 4, "articles": 2},
		Indexes: []LockFile{{Source: "news", Path: "index", Bytes: 3, SHA256: sum}},
		Inputs: []LockFile{
			{Source: "blog", Path: "a/1.html", Bytes: 10, SHA256: sum},
			{Source: "blog", Path: "a b/ü &.html", Bytes: 0, SHA256: ""},
			{Source: "news", Path: "1.html", Bytes: 10, SHA256: sum},
		},
	}
}

func TestLockRoundTrip(t *testing.T) {
	want := goodLock()
	data, err := want.JSON()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "corpus.lock")
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	got, err := ReadLock(path)
	if err != nil {
		t.Fatal(err)
	}
	sorted := goodLock()
	slices.SortFunc(sorted.Inputs, CompareLockFiles)
	if diff := cmp.Diff(sorted, got, cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
	// The order of inputs is none of the caller's business, nor changed by JSON.
	other := goodLock()
	slices.Reverse(other.Inputs)
	again, err := other.JSON()
	if err != nil || !bytes.Equal(again, data) {
		t.Errorf("inputs in another order give another lock: %v", err)
	}
	if other.Inputs[0].Source != "news" {
		t.Error("JSON sorts the caller's inputs")
	}
}

func TestLockIsStrict(t *testing.T) {
	data, err := goodLock().JSON()
	if err != nil {
		t.Fatal(err)
	}
	replace := func(old, new string) []byte {
		t.Helper()
		if !bytes.Contains(data, []byte(old)) {
			t.Fatalf("no %s in it", old)
		}
		return bytes.Replace(data, []byte(old), []byte(new), 1)
	}
	sum := strings.Repeat("0f", 32)
	for name, changed := range map[string][]byte{
		"empty":               nil,
		"null":                []byte("null\n"),
		"cut":                 data[:len(data)-1],
		"more behind":         append(bytes.Clone(data), '\n'),
		"an unknown key":      replace(`"corpus":`, `"unknown": 1, "corpus":`),
		"a doubled key":       replace(`"corpus": "demo"`, `"corpus": "demo", "corpus": "demo"`),
		"another layout":      replace("{\n  ", "{ "),
		"a tab for a blank":   replace(`"corpus": "demo"`, "\"corpus\":\t\"demo\""),
		"the same in a list":  replace(`"bytes": 10`, "\"bytes\":\t10"),
		"another schema":      replace(`"schema": 1`, `"schema": 2`),
		"no corpus":           replace(`"corpus": "demo"`, `"corpus": ""`),
		"no version":          replace(`"version": "1.2.0"`, `"version": "1.2"`),
		"no previous version": replace(`"previous": "1.1.0"`, `"previous": "../1.1.0"`),
		"no digest":           replace(`"config_sha256": "`+sum, `"config_sha256": "`),
		"three shards":        replace(`"articles": 2`, `"articles": 3`),
		"no shards":           replace(`"articles": 2`, `"articles": 0`),
		"shards of no table":  replace(`"articles": 2`, `"apples": 2`),
		"less than no bytes":  replace(`"bytes": 10`, `"bytes": -10`),
		"a digest too short":  replace(sum, sum[:63]),
		"out of order":        replace(`"path": "a/1.html"`, `"path": "A/1.html"`),
		"an absolute path":    replace(`"path": "1.html"`, `"path": "/1.html"`),
		"a path out of it":    replace(`"path": "1.html"`, `"path": "../1.html"`),
		"no path":             replace(`"path": "1.html"`, `"path": ""`),
		"no source":           replace(`"source": "blog"`, `"source": ""`),
		"invalid UTF-8":       replace("ü", "\xff"),
	} {
		if _, err := ParseLock(changed); err == nil {
			t.Errorf("%s: accepted", name)
		} else if !strings.Contains(err.Error(), "corpus.lock") {
			t.Errorf("%s: the error does not name the file: %v", name, err)
		}
	}
	twice := goodLock()
	twice.Inputs = append(twice.Inputs, twice.Inputs[0])
	if _, err := twice.JSON(); err == nil {
		t.Error("an input stands twice")
	}
}

func FuzzReadLock(f *testing.F) {
	data, err := goodLock().JSON()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte("{}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := ParseLock(data)
		if err != nil {
			return
		}
		again, err := l.JSON()
		if err != nil || !bytes.Equal(again, data) {
			t.Fatalf("accepted, but written otherwise: %v", err)
		}
	})
}
