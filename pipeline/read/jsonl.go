package read

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"corpus/schema"
)

// lineReader reads JSON Lines: one schema.Record a line, in the form that
// corpus extract prints. Each line stands for itself, so that a broken one
// costs one document. Blank lines are no documents.
type lineReader struct{}

func (lineReader) Read(ctx context.Context, in io.Reader, limits Limits, emit Emit) error {
	lines := bufio.NewReaderSize(in, 64<<10)
	for number := 1; ; number++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		line, fits, err := nextLine(lines, limits.Bytes)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		last := err != nil
		if number == 1 {
			if bytes.HasPrefix(line, []byte("\xff\xfe")) || bytes.HasPrefix(line, []byte("\xfe\xff")) {
				return &Rejection{Reason: schema.ReasonUndecodable, Detail: "JSON Lines in UTF-16: save the file in UTF-8"}
			}
			line = bytes.TrimPrefix(line, []byte(byteOrderMark))
		}
		if !fits || len(bytes.TrimSpace(line)) > 0 {
			locator := "line=" + strconv.Itoa(number)
			doc, rejected := record(line, fits, locator, number, limits)
			if err := emit(doc, rejected, locator); err != nil {
				return err
			}
		}
		if last {
			return nil
		}
	}
}

// nextLine reads up to the next line break and gives the line without it, in
// memory of its own. Of a line longer than limit it gives the beginning, and
// fits is false. The error io.EOF comes with the last line.
func nextLine(in *bufio.Reader, limit int64) (line []byte, fits bool, err error) {
	fits = true
	for {
		part, err := in.ReadSlice('\n')
		ended := err == nil
		if ended {
			part = part[:len(part)-1]
		}
		room := limit + 1 - int64(len(line)) // one byte more: a \r at the end is not of the line
		if limit > 0 && int64(len(part)) > room {
			part, fits = part[:room], false
		}
		line = append(line, part...)
		if ended || !errors.Is(err, bufio.ErrBufferFull) {
			if ended {
				line = bytes.TrimSuffix(line, []byte("\r"))
			}
			return line, fits && (limit <= 0 || int64(len(line)) <= limit), err
		}
	}
}

// record reads one line.
func record(line []byte, fits bool, locator string, number int, limits Limits) (*Document, *Rejection) {
	if !fits {
		return nil, tooLarge(fmt.Sprintf("line %d", number), limits.Bytes)
	}
	malformed := func(format string, args ...any) (*Document, *Rejection) {
		return nil, &Rejection{Reason: schema.ReasonMalformed, Detail: fmt.Sprintf("line %d", number) + fmt.Sprintf(format, args...)}
	}
	if first := bytes.TrimLeft(line, " \t\r"); first[0] != '{' {
		return malformed(": expected a JSON object, { to }")
	}
	if at := invalidUTF8(line); at >= 0 {
		return malformed(", column %d: not UTF-8", at+1)
	}
	r := new(schema.Record)
	if err := json.Unmarshal(line, r, json.RejectUnknownMembers(true)); err != nil {
		return malformed("%s", explain(err))
	}
	if limits.Comments > 0 && len(r.Comments) > limits.Comments {
		return nil, &Rejection{
			Reason: schema.ReasonTooManyComments,
			Detail: fmt.Sprintf("line %d: %d comments, limits: comments is %d", number, len(r.Comments), limits.Comments),
		}
	}
	if at := orphan(r); at >= 0 {
		return malformed(", key \"/comments/%d/parent_id\": no comment of the record has the id %q", at, clip(*r.Comments[at].ParentID))
	}
	return &Document{Locator: locator, Format: FormatJSONL, Body: line, Record: r}, nil
}

// orphan is the first comment whose parent has a local name that no comment of
// the record bears, or -1: nothing else could ever tell who is meant. A comment
// without an id has its place as local name, "~0" for the first.
func orphan(r *schema.Record) int {
	var names map[string]bool
	for i := range r.Comments {
		parent := r.Comments[i].ParentID
		if parent == nil || !strings.HasPrefix(*parent, "~") {
			continue
		}
		if names == nil {
			names = make(map[string]bool, len(r.Comments))
			for k, c := range r.Comments {
				if c.ID == "" {
					c.ID = "~" + strconv.Itoa(k)
				}
				names[c.ID] = true
			}
		}
		if !names[*parent] {
			return i
		}
	}
	return -1
}

// clip shortens a name to what a message can hold.
func clip(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

// invalidUTF8 is the first byte of line that is no UTF-8, or -1.
func invalidUTF8(line []byte) int {
	if utf8.Valid(line) {
		return -1
	}
	for i := 0; i < len(line); {
		r, size := utf8.DecodeRune(line[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

// explain says what is wrong with a line: column, key and expectation, but no
// value of it. The library's own words may change with its version, and the
// ledger must not.
func explain(err error) string {
	var syntax *jsontext.SyntacticError
	if errors.As(err, &syntax) {
		at := position(syntax.ByteOffset, syntax.JSONPointer)
		switch {
		case errors.Is(err, jsontext.ErrDuplicateName):
			return at + ": the key stands twice in its object"
		case errors.Is(err, io.ErrUnexpectedEOF):
			return at + ": the line is cut off"
		}
		return at + ": no valid JSON"
	}
	var semantic *json.SemanticError
	if errors.As(err, &semantic) {
		at := position(semantic.ByteOffset, semantic.JSONPointer)
		switch {
		case errors.Is(err, json.ErrUnknownName):
			return at + ": the key is not known: see schema.Record, or corpus extract for the form"
		case semantic.GoType != nil && semantic.JSONKind != 0:
			return at + fmt.Sprintf(": expected %s, found %s", expected(semantic.GoType.String()), found(semantic.JSONKind))
		}
		return at + ": the value does not fit its key"
	}
	return ": no valid JSON"
}

// position names a place in a line: its column in bytes and its key.
func position(offset int64, pointer jsontext.Pointer) string {
	s := fmt.Sprintf(", column %d", offset+1)
	if pointer == "" {
		return s
	}
	return s + ", key " + strconv.Quote(clip(strings.ToValidUTF8(string(pointer), "?")))
}

// expected says in words what a key of schema.Record holds.
func expected(goType string) string {
	switch goType := strings.TrimPrefix(goType, "*"); {
	case goType == "string":
		return "text"
	case goType == "bool":
		return "true or false"
	case strings.HasPrefix(goType, "int"):
		return "a whole number of 32 bits"
	case strings.HasPrefix(goType, "[]"):
		return "a list"
	default:
		return "an object"
	}
}

func found(kind jsontext.Kind) string {
	switch kind {
	case 'n':
		return "null"
	case 't', 'f':
		return kind.String()
	case '"':
		return "text"
	case '0':
		return "a number"
	case '{':
		return "an object"
	case '[':
		return "a list"
	}
	return "something else"
}
