package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// Bounds of a configuration, so that no file can keep the parser busy.
const (
	maxFile    = 1 << 20 // bytes
	maxLine    = 1 << 16 // characters
	maxLines   = 20_000  // the library's time grows with their square
	maxDashes  = 32      // lists that one line opens
	maxNesting = 64      // of brackets
	maxNodes   = 200_000 // visited, aliases followed
)

// Load reads the configuration at path. Mistakes in it are Errors; they name
// the file without its folder.
func Load(path string) (*Config, error) {
	name := filepath.Base(path)
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading the configuration: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("reading the configuration: %w", err)
	}
	return Parse(data, name)
}

// Parse reads a configuration; name stands for it in messages. The error is of
// type Errors and lists every mistake that could be found, with its place.
func Parse(data []byte, name string) (*Config, error) {
	d := &decoder{file: name, places: map[string]place{}}
	root, err := parseYAML(data)
	if err != nil {
		d.fail(err.place, "%s", err.message)
		return nil, d.errors
	}
	var c Config
	d.decode(root, &c)
	if len(d.errors) < maxErrors {
		c.validate(d)
	}
	if len(d.errors) > 0 {
		return nil, sorted(d.errors)
	}
	c.setDefaults()
	c.file, c.places = d.file, d.places
	return &c, nil
}

// syntaxError is a file that is no YAML of the kind that is read.
type syntaxError struct {
	place   place
	message string
}

// parseYAML gives the only document of data; a panic of the library is an error.
func parseYAML(data []byte) (root ast.Node, failed *syntaxError) {
	if failed := bounded(data); failed != nil {
		return nil, failed
	}
	defer func() {
		if r := recover(); r != nil {
			root, failed = nil, &syntaxError{message: "this is no YAML that can be read"}
		}
	}()
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	file, err := parser.ParseBytes(data, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		var positioned yaml.Error
		if errors.As(err, &positioned) {
			return nil, &syntaxError{placeOf(positioned.GetToken()), "no valid YAML: " + positioned.GetMessage()}
		}
		return nil, &syntaxError{message: "no valid YAML"}
	}
	for _, doc := range file.Docs {
		if doc.Body == nil {
			continue
		}
		if root != nil {
			return nil, &syntaxError{placeOf(doc.Body.GetToken()), "a second YAML document: a configuration is one document"}
		}
		root = doc.Body
	}
	if root == nil {
		return nil, &syntaxError{message: "the file is empty: expected at least corpus, version and sources"}
	}
	return root, nil
}

// bounded checks what has to hold before the parser may see the file.
func bounded(data []byte) *syntaxError {
	if len(data) > maxFile {
		return &syntaxError{message: fmt.Sprintf("larger than %s: this is no configuration", Size(maxFile))}
	}
	line, column, nesting, dashes := 1, 0, 0, 0
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		column++
		switch {
		case r == utf8.RuneError && size == 1:
			return &syntaxError{place{line, column}, "not UTF-8: save the file in UTF-8"}
		case r == '\n':
			line, column, dashes = line+1, 0, 0
		case r == '-' || r == '?' || r == ':':
			if next := i + 1; next < len(data) && (data[next] == ' ' || data[next] == '\t') {
				dashes++
			}
		case r == '[' || r == '{':
			nesting++
		case (r == ']' || r == '}') && nesting > 0:
			nesting--
		case r < ' ' && r != '\t' && r != '\r':
			return &syntaxError{place{line, column}, fmt.Sprintf("control character %#02x", r)}
		}
		if nesting > maxNesting {
			return &syntaxError{place{line, column}, fmt.Sprintf("more than %d brackets are open", maxNesting)}
		}
		if dashes > maxDashes && blockMarks(data[:i+1]) {
			return &syntaxError{place{line, column}, fmt.Sprintf("more than %d lists are opened in one line", maxDashes)}
		}
		if line > maxLines {
			return &syntaxError{place{line, 1}, fmt.Sprintf("more than %d lines: name many files by a glob", maxLines)}
		}
		if column > maxLine {
			return &syntaxError{place{line, column}, fmt.Sprintf("a line of more than %d characters", maxLine)}
		}
		i += size
	}
	return nil
}

// blockMarks tells whether the last line of data is nothing but marks that open
// lists and keys: a text may hold any number of them.
func blockMarks(data []byte) bool {
	line := data[bytes.LastIndexByte(data, '\n')+1:]
	return len(bytes.Trim(line, "-?: \t")) == 0
}
