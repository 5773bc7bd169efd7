package plan

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"corpus/pipeline/config"
	"corpus/pipeline/read"
	"corpus/pipeline/spill"
)

// files writes files below a new folder; a name that ends in / is a folder,
// and "a -> b" is a link a to b.
func files(t testing.TB, names ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range names {
		if link, target, ok := strings.Cut(name, " -> "); ok {
			at := filepath.Join(dir, link)
			must(t, os.MkdirAll(filepath.Dir(at), 0o700))
			if err := os.Symlink(target, at); err != nil {
				t.Skipf("this system makes no links: %v", err)
			}
			continue
		}
		at := filepath.Join(dir, name)
		if strings.HasSuffix(name, "/") {
			must(t, os.MkdirAll(at, 0o700))
			continue
		}
		write(t, at, "<html><head></head><body>"+name+"</body></html>")
	}
	return dir
}

func write(t testing.TB, file, content string) {
	t.Helper()
	must(t, os.MkdirAll(filepath.Dir(file), 0o700))
	must(t, os.WriteFile(file, []byte(content), 0o600))
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// sources is a configuration of one source a list of globs, named a, b, …
func sources(globs ...[]string) *config.Config {
	c := &config.Config{}
	for i, g := range globs {
		c.Sources = append(c.Sources, config.Source{ID: string(rune('a' + i)), Inputs: g, Format: read.FormatAuto})
	}
	return c
}

// paths are the inputs as "source:path".
func paths(p *Plan) string {
	var inputs []*Input
	for in, err := range p.All() {
		if err != nil {
			return err.Error()
		}
		inputs = append(inputs, in)
	}
	return pathsOf(inputs)
}

// planned plans and expects no error.
func planned(t testing.TB, c *config.Config, dir string, exclude Exclude) *Plan {
	t.Helper()
	p, err := Inputs(context.Background(), c, dir, exclude, spill.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	return p
}

func pathsOf(inputs []*Input) string {
	var out []string
	for _, in := range inputs {
		out = append(out, in.Source.ID+":"+in.Path)
	}
	return strings.Join(out, " ")
}

// all are the inputs of a plan.
func all(t testing.TB, p *Plan) []*Input {
	t.Helper()
	var list []*Input
	for in, err := range p.All() {
		must(t, err)
		list = append(list, in)
	}
	return list
}

// readAll reads an input and gives its documents as "format@locator", and its
// rejections as "reason@locator".
func readAll(in *Input) ([]string, error) {
	var out []string
	err := in.Read(context.Background(), read.Limits{}, Earlier{}, func(doc *read.Document, rejected *read.Rejection, locator string) error {
		if rejected != nil {
			out = append(out, rejected.Reason+"@"+locator)
		} else {
			out = append(out, fmt.Sprintf("%s@%s", doc.Format, locator))
		}
		return nil
	})
	return out, err
}

func sorted(s []string) []string { slices.Sort(s); return s }
