package read

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"corpus/schema"
)

// dumpLines reads the lines of a dump: one JSON object each. Blank lines are none. A line that take refuses, or that is too long,
// costs itself. The error is a *Rejection where the rest of the input cannot
// be read; take has seen what stands before.
func dumpLines(ctx context.Context, in io.Reader, limits Limits, emit Emit, take func(line []byte, number int64) (*Rejection, error)) error {
	lines := bufio.NewReaderSize(in, 64<<10)
	for number := int64(1); ; number++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		line, fits, err := nextLine(lines, limits.Bytes)
		if err != nil && !errors.Is(err, io.EOF) {
			return err // the line it breaks off in is a part of what is lost
		}
		last := err != nil
		if number == 1 {
			line = bytes.TrimPrefix(line, []byte(byteOrderMark))
		}
		if !fits || len(bytes.TrimSpace(line)) > 0 {
			rejected := (*Rejection)(nil)
			if !fits {
				rejected = tooLarge(fmt.Sprintf("line %d", number), limits.Bytes)
			} else if rejected, err = take(line, number); err != nil && !errors.Is(err, io.EOF) {
				return err
			}
			if rejected != nil {
				if err := emit(nil, rejected, "line="+strconv.FormatInt(number, 10)); err != nil {
					return err
				}
			}
		}
		if last {
			return nil
		}
	}
}

// dumpObject reads a line into the fields of a dump that are used; the others
// are passed over. Half a surrogate pair becomes U+FFFD, since sites cut texts
// in the middle of one.
func dumpObject(line []byte, number int64, object any) *Rejection {
	malformed := func(detail string) *Rejection {
		return &Rejection{Reason: schema.ReasonMalformed, Detail: fmt.Sprintf("line %d%s", number, detail)}
	}
	if first := bytes.TrimLeft(line, " \t\r"); first[0] != '{' {
		return malformed(": expected a JSON object, { to }")
	}
	if at := invalidUTF8(line); at >= 0 {
		return malformed(fmt.Sprintf(", column %d: not UTF-8", at+1))
	}
	if err := json.Unmarshal(line, object, jsontext.AllowInvalidUTF8(true)); err != nil {
		return malformed(explain(err))
	}
	return nil
}

// dumpNumber is a whole number as dumps write it: 12, 12.0, "12"; other values
// are none.
type dumpNumber struct {
	n  int64
	ok bool
}

// UnmarshalJSON reads a number or a text with one.
func (d *dumpNumber) UnmarshalJSON(b []byte) error {
	*d = dumpNumber{}
	s := strings.Trim(string(b), `"`)
	if whole, fraction, ok := strings.Cut(s, "."); ok && strings.Trim(fraction, "0123456789") == "" {
		s = whole
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		*d = dumpNumber{n, true}
	}
	return nil
}

// count is the number as a column holds it; nil where there is none.
func (d dumpNumber) count() *int32 {
	if !d.ok || d.n < math.MinInt32 || d.n > math.MaxInt32 {
		return nil
	}
	n := int32(d.n)
	return &n
}

// time is the number as seconds since 1970, in ISO 8601; empty where it is none
// between 1970 and 2100.
func (d dumpNumber) time() string {
	const last = 4102444800 // 2100-01-01
	if !d.ok || d.n <= 0 || d.n >= last {
		return ""
	}
	return time.Unix(d.n, 0).UTC().Format("2006-01-02T15:04:05Z")
}

// dumpFlag is true, and false for any other value.
type dumpFlag bool

// UnmarshalJSON reads a truth value, as a word or in quotes.
func (d *dumpFlag) UnmarshalJSON(b []byte) error {
	*d = dumpFlag(strings.Trim(string(b), `"`) == "true")
	return nil
}

// dumpFormat tells which dump text begins as, by the keys of the objects on its
// first lines: FormatReddit, FormatHackerNews or "". The text may be cut off.
func dumpFormat(text []byte) string {
	for range 3 {
		line, rest, _ := bytes.Cut(text, []byte("\n"))
		if format := objectFormat(bytes.TrimSpace(line)); format != "" {
			return format
		}
		text = rest
	}
	return ""
}

func objectFormat(line []byte) string {
	keys := map[string]bool{}
	kind := ""
	decoder := jsontext.NewDecoder(bytes.NewReader(line), jsontext.AllowInvalidUTF8(true))
	if token, err := decoder.ReadToken(); err != nil || token.Kind() != '{' {
		return ""
	}
	for decoder.PeekKind() == '"' {
		name, err := decoder.ReadToken()
		if err != nil {
			break
		}
		key := name.String()
		keys[key] = true
		if key == "type" && decoder.PeekKind() == '"' {
			value, err := decoder.ReadToken()
			if err != nil {
				break
			}
			kind = value.String()
			continue
		}
		if decoder.SkipValue() != nil {
			break
		}
	}
	switch {
	case keys["subreddit"] && keys["id"] && (keys["link_id"] || keys["selftext"] || keys["num_comments"] || keys["is_self"]):
		return FormatReddit
	case hackerNewsTypes[kind] && keys["id"] && !keys["source"] && (keys["time"] || keys["by"] || keys["deleted"] || keys["kids"] || keys["parent"]):
		return FormatHackerNews
	}
	return ""
}
