package config

import (
	"os"
	"reflect"
	"strings"
	"testing"
)

// The page docs/configuration.md shows every key; what it shows has to parse,
// and no key may be missing from it.
func TestDocumentedConfigurationParses(t *testing.T) {
	page, err := os.ReadFile("../../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(page), "```yaml\n")
	text, _, closed := strings.Cut(rest, "```")
	if !found || !closed {
		t.Fatal("docs/configuration.md has no YAML block")
	}
	c, err := Parse([]byte(text), "configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	var walk func(path string, v reflect.Value)
	walk = func(path string, v reflect.Value) {
		switch v.Kind() {
		case reflect.Struct:
			for i, key := range keysOf(v.Type()) {
				walk(join(path, key), v.Field(i))
			}
		case reflect.Pointer:
			walk(path, v.Elem())
		case reflect.Slice:
			if v.Len() > 0 && v.Index(0).Kind() == reflect.Struct {
				walk(path+"[0]", v.Index(0))
			}
		}
		if _, stated := c.places[path]; path != "" && !stated {
			t.Errorf("%s is not on the page", path)
		}
	}
	walk("", reflect.ValueOf(c).Elem())
	for name, value := range map[string][2]any{
		"limits": {c.Limits, DefaultLimits()}, "split_shares": {*c.SplitShares, DefaultShares()},
	} {
		if value[0] != value[1] {
			t.Errorf("the page shows %v as %s, the default is %v", value[0], name, value[1])
		}
	}
}
