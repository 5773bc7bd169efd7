// Package yamlfile reads YAML that people write, within bounds that keep the
// parser from being busy for long, and says where something is wrong.
//
// It must never follow an include or fetch anything, and never panic.
package yamlfile

import (
	"bytes"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// MaxFile is how large a file may be, in bytes.
const MaxFile = 1 << 20

// Further bounds, so that no file can keep the parser busy.
const (
	maxLine    = 1 << 16 // characters
	maxLines   = 20_000  // the library's time grows with their square
	maxDashes  = 32      // lists that one line opens
	maxNesting = 64      // of brackets
)

// Place is where something stands in a file; the zero place is the whole file.
type Place struct{ Line, Column int }

// PlaceOf is the place of a token.
func PlaceOf(t *token.Token) Place {
	if t == nil || t.Position == nil {
		return Place{}
	}
	return Place{t.Position.Line, t.Position.Column}
}

// SyntaxError is a file that is no YAML of the kind that is read.
type SyntaxError struct {
	Place   Place
	Message string
}

// Parse gives the only document of data; a panic of the library is an error.
// empty is the message for a file without a document.
func Parse(data []byte, empty string) (root ast.Node, failed *SyntaxError) {
	if failed := bounded(data); failed != nil {
		return nil, failed
	}
	defer func() {
		if r := recover(); r != nil {
			root, failed = nil, &SyntaxError{Message: "this is no YAML that can be read"}
		}
	}()
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	file, err := parser.ParseBytes(data, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		var positioned yaml.Error
		if errors.As(err, &positioned) {
			return nil, &SyntaxError{PlaceOf(positioned.GetToken()), "no valid YAML: " + positioned.GetMessage()}
		}
		return nil, &SyntaxError{Message: "no valid YAML"}
	}
	for _, doc := range file.Docs {
		if doc.Body == nil {
			continue
		}
		if root != nil {
			return nil, &SyntaxError{PlaceOf(doc.Body.GetToken()), "a second YAML document: the file is one document"}
		}
		root = doc.Body
	}
	if root == nil {
		return nil, &SyntaxError{Message: empty}
	}
	return root, nil
}

// bounded checks what has to hold before the parser may see the file.
func bounded(data []byte) *SyntaxError {
	if len(data) > MaxFile {
		return &SyntaxError{Message: fmt.Sprintf("larger than %dMiB: people do not write that much", MaxFile>>20)}
	}
	line, column, nesting, dashes := 1, 0, 0, 0
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		column++
		switch {
		case r == utf8.RuneError && size == 1:
			return &SyntaxError{Place{line, column}, "not UTF-8: save the file in UTF-8"}
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
			return &SyntaxError{Place{line, column}, fmt.Sprintf("control character %#02x", r)}
		}
		if nesting > maxNesting {
			return &SyntaxError{Place{line, column}, fmt.Sprintf("more than %d brackets are open", maxNesting)}
		}
		if dashes > maxDashes && blockMarks(data[:i+1]) {
			return &SyntaxError{Place{line, column}, fmt.Sprintf("more than %d lists are opened in one line", maxDashes)}
		}
		if line > maxLines {
			return &SyntaxError{Place{line, 1}, fmt.Sprintf("more than %d lines: people do not write that many", maxLines)}
		}
		if column > maxLine {
			return &SyntaxError{Place{line, column}, fmt.Sprintf("a line of more than %d characters", maxLine)}
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
