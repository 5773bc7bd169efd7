package yamlfile

import (
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want SyntaxError // the message is a part of it
	}{
		"good":              {"a: 1\n", SyntaxError{}},
		"byte order mark":   {"\ufeffa: 1\n", SyntaxError{}},
		"empty":             {"# nothing\n", SyntaxError{Message: "there is nothing"}},
		"two documents":     {"a: 1\n---\nb: 2\n", SyntaxError{Place{3, 2}, "a second YAML document"}},
		"no UTF-8":          {"a: \xff\n", SyntaxError{Place{1, 4}, "not UTF-8"}},
		"control character": {"a: 1\nb: \x01\n", SyntaxError{Place{2, 4}, "control character"}},
		"brackets":          {"a: " + strings.Repeat("[", 100), SyntaxError{Place{1, 68}, "brackets are open"}},
		"lists in a line":   {strings.Repeat("- ", 100), SyntaxError{Place{1, 65}, "lists are opened"}},
		"long line":         {"a: " + strings.Repeat("x", 1<<17), SyntaxError{Place{1, 65537}, "a line of more than"}},
		"many lines":        {strings.Repeat("\n", 30_000), SyntaxError{Place{20_001, 1}, "more than 20000 lines"}},
		"large":             {strings.Repeat("a: 1\n", 1<<18), SyntaxError{Message: "larger than 1MiB"}},
		"a dash in a text":  {"a: " + strings.Repeat("x - ", 100), SyntaxError{}},
	} {
		t.Run(name, func(t *testing.T) {
			root, failed := Parse([]byte(c.text), "there is nothing")
			if c.want.Message == "" {
				if failed != nil || root == nil {
					t.Fatalf("%+v", failed)
				}
				return
			}
			if failed == nil || !strings.Contains(failed.Message, c.want.Message) || c.want.Place.Line != 0 && failed.Place.Line != c.want.Place.Line {
				t.Fatalf("got %+v, want %+v", failed, c.want)
			}
			if c.want.Place.Column > 0 && failed.Place != c.want.Place {
				t.Errorf("at %+v, want %+v", failed.Place, c.want.Place)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"a: [1, {b: c}]\n", "- - a\n", "&a [*a]", "? x\n: y", "\ufeff", "a: |\n  b\n", "'", "a: \"\\x\""} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		root, failed := Parse(data, "empty")
		if (root == nil) == (failed == nil) {
			t.Errorf("%q: %v, %v", data, root, failed)
		}
	})
}
