package language

import (
	"crypto/sha256"
	"fmt"
	"go/parser"
	"go/scanner"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// embedded are the digest of the model and the name that its answers go under.
// Who changes one must change the other: corpora record the name.
const (
	embeddedModel  = "corpus-ngram/3"
	embeddedSHA256 = "8a972c0c877bd410243b7c2f9e076d1829443c010966a4d44525ea21b6f8754a"
)

func TestEmbeddedModel(t *testing.T) {
	if got := fmt.Sprintf("%x", sha256.Sum256(file)); got != embeddedSHA256 || Model != embeddedModel {
		t.Errorf("ngrams.model has SHA-256 %s under the name %s; recorded are %s and %s: a new model needs a new name",
			got, Model, embeddedSHA256, embeddedModel)
	}
	m, err := model()
	if err != nil {
		t.Fatal(err)
	}
	again, err := m.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if len(file) > 3<<19 {
		t.Errorf("the model has %d bytes, more than 1.5 MB", len(file))
	}
	if len(again) == 0 || len(m.Classes) < 60 {
		t.Errorf("%d classes, %d bytes when encoded again", len(m.Classes), len(again))
	}
}

// Floats are rounded differently on different processors, so none may decide.
func TestNoFloats(t *testing.T) {
	for _, pattern := range []string{"*.go", "ngram/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("no files %s: %v", pattern, err)
		}
		for _, path := range files {
			if strings.HasSuffix(path, "_test.go") {
				continue
			}
			source, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for _, found := range floats(t, path, source) {
				t.Error(found)
			}
		}
	}
	probe := []byte("package p\nimport \"math\"\n// float64 in a comment is fine\nvar a = 0.5\nvar b float32\nvar c = math.Pi\n")
	if found := floats(t, "probe", probe); len(found) != 3 {
		t.Errorf("the search for floats found %q in a file with three", found)
	}
}

// floats lists the float types, constants and uses of package math in a file.
func floats(t *testing.T, path string, source []byte) []string {
	t.Helper()
	var found []string
	set := token.NewFileSet()
	parsed, err := parser.ParseFile(set, path, source, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	for _, imported := range parsed.Imports {
		if p := strings.Trim(imported.Path.Value, `"`); p == "math" || p == "math/big" || p == "math/cmplx" {
			found = append(found, fmt.Sprintf("%s imports %s", path, p))
		}
	}
	var s scanner.Scanner
	f := set.AddFile(path, -1, len(source))
	s.Init(f, source, nil, 0)
	for {
		pos, tok, literal := s.Scan()
		switch {
		case tok == token.EOF:
			return found
		case tok == token.FLOAT, tok == token.IMAG,
			tok == token.IDENT && (strings.HasPrefix(literal, "float") || strings.HasPrefix(literal, "complex")):
			found = append(found, fmt.Sprintf("%s: %s", set.Position(pos), literal))
		}
	}
}
