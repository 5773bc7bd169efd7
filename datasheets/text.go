package datasheets

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// line folds white space and drops control characters, so that a declaration
// cannot break out of its line.
func line(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && !unicode.IsSpace(r) || r == '\ufeff' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
	return strings.Join(strings.Fields(s), " ")
}

// quote is s as a YAML string on one line.
func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(line(s)) + `"`
}

// markdown is s on one line with nothing that Markdown or HTML would take as
// markup.
func markdown(s string) string {
	var b strings.Builder
	for i, r := range line(s) {
		if strings.ContainsRune("\\`*_[]<>|~", r) || i == 0 && strings.ContainsRune("#+-=", r) {
			b.WriteByte('\\')
		}
		if r == '&' {
			b.WriteString("&amp;")
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// paragraphs are the parts of a text between blank lines, each on one line.
func paragraphs(s string) []string {
	var list []string
	for _, part := range strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n\n") {
		if part = line(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}

func sorted(list []string) []string {
	slices.Sort(list)
	return list
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func num(n int64) string { return strconv.FormatInt(n, 10) }

// plural is "1 article" or "2 articles".
func plural(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return num(n) + " " + noun + "s"
}

// canonical is a JSON document: keys in order, two blanks of indent.
func canonical(name string, v any) ([]byte, error) {
	data, err := json.Marshal(v, json.Deterministic(true), jsontext.WithIndent("  "))
	if err != nil {
		return nil, fmt.Errorf("writing %s: %w", name, err)
	}
	return append(data, '\n'), nil
}
