package plan

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"

	"corpus/licenses"
	"corpus/pipeline/config"
	"corpus/pipeline/normalize/when"
)

// Index says what the index of a source was: an input like any other.
type Index struct {
	SourceID string
	SHA256   string // of the file
	Bytes    int64
	Rows     int
	Unused   int // rows that name their input by a path that no input has
}

// IndexRow is what an index states of one input; empty is "nothing".
type IndexRow struct {
	URL        string // address of the page
	CapturedAt string // ISO 8601 with offset
	License    string // SPDX expression, or name or address of a Creative Commons licence

	ConsentBasis         string // of the article's authors: a value of licenses.ConsentBases
	CommentsConsentBasis string // of the commenters
	TDMBasis             string // of the article: a value of licenses.TDMBases
	CommentsTDMBasis     string // of the comments

	line   int
	digest string // as the row states it, else empty
}

// index is an index file, looked up by digest first, then by path.
type index struct {
	Index
	byDigest map[string]*IndexRow
	byPath   map[string]*IndexRow

	uses      map[*IndexRow]int // inputs that a row names; only looked up
	twice     *IndexRow         // the first row that names two, and the path of the second
	twicePath string
}

// row is the row of an input whose digest is known, or nil. The error is a row
// that names the input and states the digest of another content.
func (x *index) row(in *Input) (*IndexRow, error) {
	if r := x.byDigest[in.SHA256]; r != nil {
		return r, nil
	}
	r := x.named(in)
	if r != nil && r.digest != "" {
		return nil, fmt.Errorf("line %d of the index states another digest for this file: correct the row, or leave its sha256 empty", r.line)
	}
	return r, nil
}

// named is the row that names an input by its path, or nil. A path in an index
// is relative to corpus.yaml, as globs are, or the input_path of the ledger.
func (x *index) named(in *Input) *IndexRow {
	if r := x.byPath[in.beside]; r != nil {
		return r
	}
	return x.byPath[in.Path]
}

// Bounds of an index.
const (
	maxIndex      = 1 << 30 // bytes
	maxIndexField = 16 << 10
)

var indexColumns = []string{"path", "sha256", "url", "captured_at", "license", "consent_basis", "comments_consent_basis", "tdm_basis", "comments_tdm_basis"}

var digestPattern = regexp.MustCompile(`^[0-9a-f]{64}$`)

// readIndex reads the index of a source. Errors name the line.
func readIndex(file string, source *config.Source) (*index, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", path.Base(source.Index), withoutPath(err))
	}
	defer f.Close()
	digest := sha256.New()
	x, err := parseIndex(io.TeeReader(io.LimitReader(f, maxIndex+1), digest))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path.Base(source.Index), err)
	}
	x.SourceID, x.SHA256, x.uses = source.ID, hex.EncodeToString(digest.Sum(nil)), map[*IndexRow]int{}
	return x, nil
}

// see notes the row that names an input, one of all inputs of the source.
func (x *index) see(in *Input) {
	r := x.named(in)
	if r == nil {
		return
	}
	if x.uses[r]++; x.uses[r] == 2 && x.twice == nil {
		x.twice, x.twicePath = r, in.Path
	}
}

// seen is an error where a row names several of the inputs that see saw, or
// none of the rows names any.
func (x *index) seen(source *config.Source) error {
	name := path.Base(source.Index)
	if r := x.twice; r != nil {
		return fmt.Errorf("%s: line %d: the path %q names %d inputs: write it relative to corpus.yaml", name, r.line, clip(x.twicePath), x.uses[r])
	}
	x.Unused = len(x.byPath) - len(x.uses)
	if len(x.byDigest) == 0 && len(x.uses) == 0 {
		return fmt.Errorf("%s: no row names an input: paths are relative to corpus.yaml, or those of the ledger", name)
	}
	x.uses = nil
	return nil
}

// parseIndex reads an index: CSV (RFC 4180) in UTF-8 with a header.
func parseIndex(in io.Reader) (*index, error) {
	counted := &countingReader{in: in}
	buffered := bufio.NewReader(counted)
	if mark, _ := buffered.Peek(3); bytes.Equal(mark, []byte("\ufeff")) {
		_, _ = buffered.Discard(3) // what was peeked can be discarded
	}
	rows := csv.NewReader(buffered)
	rows.ReuseRecord = true
	header, err := rows.Read()
	if errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("the file is empty: expected a header of %s", strings.Join(indexColumns, ", "))
	}
	if err != nil {
		return nil, csvError(err)
	}
	columns, err := headerOf(header)
	if err != nil {
		line, _ := rows.FieldPos(0)
		return nil, fmt.Errorf("line %d: %w", line, err)
	}
	x := &index{byDigest: map[string]*IndexRow{}, byPath: map[string]*IndexRow{}}
	for {
		fields, err := rows.Read()
		if errors.Is(err, io.EOF) {
			x.Bytes = counted.n
			return x, nil
		}
		if err != nil {
			return nil, csvError(err)
		}
		line, _ := rows.FieldPos(0)
		if err := x.add(line, columns, fields); err != nil {
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
		if counted.n > maxIndex {
			return nil, fmt.Errorf("more than %s", config.Size(maxIndex))
		}
	}
}

// headerOf gives the columns in their order, checked.
func headerOf(header []string) ([]string, error) {
	var columns []string
	for _, name := range header {
		name = strings.TrimSpace(name)
		if !slices.Contains(indexColumns, name) {
			return nil, fmt.Errorf("unknown column %q: expected path or sha256, and url, captured_at, license", clip(name))
		}
		if slices.Contains(columns, name) {
			return nil, fmt.Errorf("the column %s stands twice", name)
		}
		columns = append(columns, name)
	}
	if !slices.Contains(columns, "path") && !slices.Contains(columns, "sha256") {
		return nil, errors.New("the header names neither path nor sha256: expected one of them, and url, captured_at, license")
	}
	return columns, nil
}

// add enters one line.
func (x *index) add(line int, columns, fields []string) error {
	row := IndexRow{line: line}
	var digest, file string
	for i, column := range columns {
		value := strings.TrimSpace(strings.Clone(fields[i]))
		if value == "" {
			continue
		}
		if len(value) > maxIndexField {
			return fmt.Errorf("%s: more than %d bytes", column, maxIndexField)
		}
		switch column {
		case "path":
			file = stored(path.Clean(value))
		case "sha256":
			if !digestPattern.MatchString(value) {
				return fmt.Errorf("sha256: expected 64 hexadecimal digits in lower case")
			}
			digest = value
		case "url":
			u, err := url.Parse(value)
			if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
				return fmt.Errorf("url: %q is no web address: expected https://…", clip(value))
			}
			row.URL = value
		case "captured_at":
			t, err := when.Resolve(value, nil)
			if err != nil || t.At == nil {
				return fmt.Errorf("captured_at: %q is no instant: expected ISO 8601 with Z or an offset, such as 2026-01-31T10:00:00Z", clip(value))
			}
			row.CapturedAt = value
		case "license":
			if err := validLicense(value); err != nil {
				return fmt.Errorf("license: %w", err)
			}
			row.License = value
		case "consent_basis", "comments_consent_basis":
			if err := validTerm(value, licenses.ConsentBases()); err != nil {
				return fmt.Errorf("%s: %w", column, err)
			}
			if column == "consent_basis" {
				row.ConsentBasis = value
			} else {
				row.CommentsConsentBasis = value
			}
		case "tdm_basis", "comments_tdm_basis":
			if err := validTerm(value, licenses.TDMBases()); err != nil {
				return fmt.Errorf("%s: %w", column, err)
			}
			if column == "tdm_basis" {
				row.TDMBasis = value
			} else {
				row.CommentsTDMBasis = value
			}
		}
	}
	if digest == "" && file == "" {
		return errors.New("neither path nor sha256 is given: expected one of them")
	}
	if digest != "" {
		if first := x.byDigest[digest]; first != nil {
			return fmt.Errorf("the digest %s… stands twice: it is in line %d already", digest[:12], first.line)
		}
		row.digest = digest
		x.byDigest[digest] = &row
	}
	if file != "" {
		if first := x.byPath[file]; first != nil {
			return fmt.Errorf("the path %q stands twice: it is in line %d already", clip(file), first.line)
		}
		x.byPath[file] = &row
	}
	x.Rows++
	return nil
}

// validTerm takes a value of a closed vocabulary.
func validTerm(s string, terms []licenses.Term) error {
	if licenses.Known(terms, s) {
		return nil
	}
	if meant := licenses.Meant(terms, s); meant != "" {
		return fmt.Errorf("%q is not known, did you mean %s?", clip(s), meant)
	}
	return fmt.Errorf("%q is not known: expected a value such as %s or %s, see docs/rights.md", clip(s), terms[0].ID, terms[len(terms)-1].ID)
}

// validLicense takes an SPDX expression, or a Creative Commons licence by name
// or address.
func validLicense(s string) error {
	if _, ok := licenses.FromAddress(s); ok {
		return nil
	}
	if _, ok := licenses.FromName(s); ok {
		return nil
	}
	return licenses.Valid(s)
}

// csvError is an error of the CSV reader in the form of the others.
func csvError(err error) error {
	var parse *csv.ParseError
	if !errors.As(err, &parse) {
		return withoutPath(err)
	}
	if errors.Is(parse.Err, csv.ErrFieldCount) {
		return fmt.Errorf("line %d: another number of fields than the header has", parse.Line)
	}
	return fmt.Errorf("line %d, column %d: no valid CSV: %w", parse.Line, parse.Column, parse.Err)
}

type countingReader struct {
	in io.Reader
	n  int64
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.in.Read(p)
	c.n += int64(n)
	return n, err
}

// clip shortens what a file says to a length that a message can hold.
func clip(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
