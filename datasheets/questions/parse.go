package questions

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/goccy/go-yaml/ast"
	"golang.org/x/text/unicode/norm"

	"corpus/datasheets/yamlfile"
	"corpus/licenses"
)

// Error is one mistake in datasheet.yaml, with its place.
type Error struct {
	File         string // name without folder
	Line, Column int    // from 1; 0 for the file as a whole
	Message      string
}

// Error gives place and message: "datasheet.yaml:3:5: …".
func (e *Error) Error() string {
	if e.Line == 0 {
		return e.File + ": " + e.Message
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Message)
}

// Bounds of the file beside those of yamlfile.
const (
	maxErrors = 50
	maxText   = 64 << 10 // bytes of an answer
	maxItems  = 1000     // of a list
)

// Load reads datasheet.yaml at path. The error wraps fs.ErrNotExist where it is
// not there; mistakes in it are *Error, joined.
func Load(path string) (*File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", filepath.Base(path), withoutPath(err))
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, yamlfile.MaxFile+1))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", filepath.Base(path), withoutPath(err))
	}
	return Parse(data, filepath.Base(path))
}

func withoutPath(err error) error {
	var path *os.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// Parse reads datasheet.yaml; name stands for it in messages. The error joins
// every mistake that could be found, in the order of the file.
func Parse(data []byte, name string) (*File, error) {
	p := &parser{file: name}
	root, failed := yamlfile.Parse(data, "the file is empty: expected schema, citation and answers")
	if failed != nil {
		p.fail(failed.Place, "%s", failed.Message)
		return nil, p.err()
	}
	f := p.root(root)
	if err := p.err(); err != nil {
		return nil, err
	}
	return f, nil
}

// parser walks the syntax tree. Anchors and aliases are not read: an answer
// stands where it is given.
type parser struct {
	file   string
	errors []*Error
}

func (p *parser) fail(at yamlfile.Place, format string, args ...any) {
	p.errors = append(p.errors, &Error{p.file, at.Line, at.Column, fmt.Sprintf(format, args...)})
}

func (p *parser) err() error {
	slices.SortStableFunc(p.errors, func(a, b *Error) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	var list []error
	for i, e := range p.errors {
		if i < maxErrors {
			list = append(list, e)
		}
	}
	return errors.Join(list...)
}

// field is a key with its value; a key without value is left out.
type field struct {
	key   string
	at    yamlfile.Place
	value ast.Node
}

// fields are the keys of a mapping, of which each has to be among names.
func (p *parser) fields(n ast.Node, where string, names ...string) []field {
	var pairs []*ast.MappingValueNode
	switch m := n.(type) {
	case *ast.MappingNode:
		pairs = m.Values
	case *ast.MappingValueNode:
		pairs = []*ast.MappingValueNode{m}
	case *ast.NullNode:
		return nil
	default:
		p.fail(place(n), "%s: expected keys with values", where)
		return nil
	}
	var list []field
	seen := map[string]bool{}
	for _, pair := range pairs {
		key := pair.Key.GetToken()
		at := yamlfile.PlaceOf(key)
		switch {
		case seen[key.Value]:
			p.fail(at, "%s: the key %q stands twice", where, clip(key.Value))
		case !slices.Contains(names, key.Value):
			hint := ": expected one of " + strings.Join(names, ", ")
			if len(names) > 20 {
				hint = "; corpus datasheet status --all lists all"
			}
			p.fail(at, "%s: there is no %q%s", where, clip(key.Value), hint)
		default:
			if _, null := pair.Value.(*ast.NullNode); !null && pair.Value != nil {
				list = append(list, field{key.Value, at, pair.Value})
			}
		}
		seen[key.Value] = true
	}
	return list
}

func place(n ast.Node) yamlfile.Place {
	if n == nil {
		return yamlfile.Place{}
	}
	return yamlfile.PlaceOf(n.GetToken())
}

// items are the elements of a list.
func (p *parser) items(n ast.Node, where string) []ast.Node {
	s, ok := n.(*ast.SequenceNode)
	switch {
	case !ok:
		p.fail(place(n), "%s: expected a list: [a, b], or a line each with -", where)
	case len(s.Values) > maxItems:
		p.fail(place(n), "%s: more than %d items", where, maxItems)
	default:
		return s.Values
	}
	return nil
}

// text is a text in NFC without blanks around it.
func (p *parser) text(n ast.Node, where string) string {
	var s string
	switch v := n.(type) {
	case *ast.StringNode:
		s = v.Value
	case *ast.LiteralNode:
		s = v.Value.Value
	default:
		p.fail(place(n), "%s: expected text; put numbers and dates in quotes if they are not read as text", where)
		return ""
	}
	bad := func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }
	switch {
	case len(s) > maxText:
		p.fail(place(n), "%s: more than %d bytes", where, maxText)
	case strings.ContainsFunc(s, bad):
		p.fail(place(n), "%s: the text holds control characters", where)
	case strings.TrimSpace(s) == "":
		p.fail(place(n), "%s: the text is empty: give an answer or leave the key out", where)
	default:
		return norm.NFC.String(strings.TrimSpace(s))
	}
	return ""
}

// line is a text on one line.
func (p *parser) line(n ast.Node, where string) string {
	return strings.Join(strings.Fields(p.text(n, where)), " ")
}

func (p *parser) date(n ast.Node, where string) string {
	s := p.line(n, where)
	if s == "" {
		return ""
	}
	if t, err := time.Parse(time.DateOnly, s); err != nil || t.Year() < 1000 {
		p.fail(place(n), "%s: %q is no date: expected YYYY-MM-DD", where, clip(s))
		return ""
	}
	return s
}

func (p *parser) root(n ast.Node) *File {
	f := &File{Schema: 1}
	for _, x := range p.fields(n, "the datasheet", "schema", "citation", "required", "answers") {
		switch x.key {
		case "schema":
			if i, ok := x.value.(*ast.IntegerNode); !ok || i.Token.Value != "1" {
				p.fail(place(x.value), "schema: this version reads schema 1")
			}
		case "citation":
			p.citation(x.value, &f.Citation)
		case "required":
			f.Required = []string{}
			for _, item := range p.items(x.value, "required") {
				id := p.line(item, "required")
				if _, ok := ByID(id); !ok && id != "" {
					p.fail(place(item), "required: there is no question %q; corpus datasheet status --all lists all", clip(id))
				} else if slices.Contains(f.Required, id) {
					p.fail(place(item), "required: %q stands twice", clip(id))
				} else {
					f.Required = append(f.Required, id)
				}
			}
		case "answers":
			f.Answers = p.answers(x.value)
		}
	}
	return f
}

func (p *parser) answers(n ast.Node) []Answer {
	all := All()
	ids := make([]string, len(all))
	for i, q := range all {
		ids[i] = q.ID
	}
	given := map[string]Answer{}
	for _, x := range p.fields(n, "answers", ids...) {
		where := "answers." + x.key
		a := Answer{ID: x.key}
		for _, y := range p.fields(x.value, where, "answer", "by", "at") {
			switch y.key {
			case "answer":
				a.Text = p.text(y.value, where+".answer")
			case "by":
				a.By = p.line(y.value, where+".by")
			case "at":
				a.At = p.date(y.value, where+".at")
			}
		}
		switch before := len(p.errors); {
		case a.Text == "" && a.By == "" && a.At == "":
			continue // a skeleton: still a hole
		case a.Text == "":
			p.fail(x.at, "%s: the answer itself is missing", where)
		case a.By == "" || a.At == "":
			p.fail(x.at, "%s: an answer needs its author (by) and date (at)", where)
		case before == len(p.errors):
			given[x.key] = a
		}
	}
	var list []Answer
	for _, id := range ids {
		if a, ok := given[id]; ok {
			list = append(list, a)
		}
	}
	return list
}

var (
	doiPattern   = regexp.MustCompile(`^10\.[0-9]{4,9}/[-._;()/:A-Za-z0-9]+$`)
	orcidPattern = regexp.MustCompile(`^[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]$`)
	rorPattern   = regexp.MustCompile(`^https://ror\.org/0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}$`)
)

func (p *parser) citation(n ast.Node, c *Citation) {
	const in = "citation."
	for _, x := range p.fields(n, "citation", "creators", "publisher", "released", "license", "url", "doi", "contact", "keywords", "funding") {
		where := in + x.key
		switch x.key {
		case "creators":
			for _, item := range p.items(x.value, where) {
				c.Creators = append(c.Creators, p.party(item, where))
			}
		case "publisher":
			c.Publisher = p.line(x.value, where)
		case "released":
			c.Released = p.date(x.value, where)
		case "license":
			s := p.line(x.value, where)
			if normal, err := licenses.Normalize(s); s != "" && err != nil {
				p.fail(place(x.value), "%s: %v", where, err)
			} else {
				c.License = normal
			}
		case "url":
			c.URL = p.line(x.value, where)
			if u, err := url.Parse(c.URL); c.URL != "" && (err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil) {
				p.fail(place(x.value), "%s: %q is no web address: expected https://…", where, clip(c.URL))
			}
		case "doi":
			if c.DOI = p.line(x.value, where); c.DOI != "" && !doiPattern.MatchString(c.DOI) {
				p.fail(place(x.value), "%s: %q is no DOI: expected 10.1234/abc, without https://doi.org/", where, clip(c.DOI))
			}
		case "contact":
			c.Contact = p.line(x.value, where)
		case "keywords":
			for _, item := range p.items(x.value, where) {
				c.Keywords = append(c.Keywords, p.line(item, where))
			}
		case "funding":
			for _, item := range p.items(x.value, where) {
				g := Grant{}
				for _, y := range p.fields(item, where, "funder", "number", "title") {
					switch y.key {
					case "funder":
						g.Funder = p.line(y.value, where+".funder")
					case "number":
						g.Number = p.line(y.value, where+".number")
					case "title":
						g.Title = p.line(y.value, where+".title")
					}
				}
				if g.Funder == "" {
					p.fail(place(item), "%s: a grant needs its funder", where)
				}
				c.Funding = append(c.Funding, g)
			}
		}
	}
}

func (p *parser) party(n ast.Node, where string) Party {
	var c Party
	for _, x := range p.fields(n, where, "name", "family", "given", "orcid", "ror", "affiliation") {
		s := p.line(x.value, where+"."+x.key)
		switch x.key {
		case "name":
			c.Name = s
		case "family":
			c.Family = s
		case "given":
			c.Given = s
		case "affiliation":
			c.Affiliation = s
		case "orcid":
			if c.ORCID = s; s != "" && (!orcidPattern.MatchString(s) || !orcidSum(s)) {
				p.fail(place(x.value), "%s.orcid: %q is no ORCID: expected 0000-0000-0000-0000 with a check digit that fits", where, clip(s))
			}
		case "ror":
			if c.ROR = s; s != "" && !rorPattern.MatchString(s) {
				p.fail(place(x.value), "%s.ror: %q is no ROR id: expected https://ror.org/…", where, clip(s))
			}
		}
	}
	switch {
	case (c.Name == "") == (c.Family == ""):
		p.fail(place(n), "%s: give family and given for a person, or name for an organization", where)
	case c.Name != "" && (c.Given != "" || c.ORCID != ""):
		p.fail(place(n), "%s: an organization has no given name and no ORCID", where)
	}
	return c
}

// orcidSum checks the last character of an ORCID (ISO 7064, MOD 11-2).
func orcidSum(s string) bool {
	digits := strings.ReplaceAll(s, "-", "")
	total := 0
	for _, r := range digits[:15] {
		total = (total + int(r-'0')) * 2
	}
	check := (12 - total%11) % 11
	want := byte('0' + check)
	if check == 10 {
		want = 'X'
	}
	return digits[15] == want
}

func clip(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
