package plan

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"corpus/pipeline/config"
	"corpus/pipeline/read"
)

// sourceNames are the ids that Discover proposes, by format.
var sourceNames = map[string]string{
	read.FormatHTML: "pages", read.FormatTextPage: "texts", read.FormatJSONL: "records", read.FormatAuto: "mixed",
}

// textNames are the extensions of text dumps. Everything without markup is
// text by its content, also programs, tables and notes.
var textNames = []string{".txt", ".text"}

// Discover looks for inputs below dir and groups them by format: a source a
// format, with a glob an extension. What globs never match is left out.
func Discover(dir string) ([]config.Found, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("looking for inputs: %w", withoutPath(err))
	}
	root, err := filepath.EvalSymlinks(abs)
	if err != nil {
		return nil, fmt.Errorf("looking for inputs: %w", withoutPath(err))
	}
	d := &discovery{root: root, kinds: map[string]*kind{}}
	if err := d.walk(root, ""); err != nil {
		return nil, fmt.Errorf("looking for inputs: %w", withoutPath(err))
	}
	return d.sources(), nil
}

type discovery struct {
	root  string
	kinds map[string]*kind // by extension; sorted before use
}

// kind is the files of one extension.
type kind struct {
	extension string
	folder    string          // that all of them are below
	formats   map[string]bool // of those that have one
	count     int
	files     []string // those of a kind without extension
}

func (d *discovery) walk(dir, rel string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		if rel != "" && errors.Is(err, fs.ErrPermission) {
			return nil // corpus build says so, if a glob goes there
		}
		return err
	}
	if isVersion(entries) {
		return nil
	}
	for _, entry := range entries {
		name := entry.Name()
		below := path.Join(rel, name)
		switch {
		case strings.HasPrefix(name, "."), rel == "" && slices.Contains(neighbours, name):
		case entry.IsDir():
			if err := d.walk(filepath.Join(dir, name), below); err != nil {
				return err
			}
		default:
			d.look(filepath.Join(dir, name), below)
		}
	}
	return nil
}

// look enters one file, if it is an input.
func (d *discovery) look(file, below string) {
	info, err := os.Stat(file) // follows links
	if err != nil || !info.Mode().IsRegular() {
		return
	}
	f, err := os.Open(file)
	if err != nil {
		return
	}
	defer f.Close()
	head, err := io.ReadAll(io.LimitReader(f, read.DetectBytes))
	if err != nil {
		return
	}
	format := read.Detect(head, below)
	extension := path.Ext(below)
	if format == "" || format == read.FormatTextPage && !slices.Contains(textNames, strings.ToLower(extension)) {
		return
	}
	k := d.kinds[extension]
	if k == nil {
		k = &kind{extension: extension, folder: path.Dir(below), formats: map[string]bool{}}
		d.kinds[extension] = k
	}
	k.count++
	k.formats[format] = true
	k.folder = common(k.folder, path.Dir(below))
	if extension == "" {
		k.files = append(k.files, below)
	}
}

// common is the folder that two folders are both in.
func common(a, b string) string {
	for a != "." && a != b && !strings.HasPrefix(b, a+"/") {
		a = path.Dir(a)
	}
	return a
}

func (d *discovery) sources() []config.Found {
	kinds := make([]*kind, 0, len(d.kinds))
	for _, k := range d.kinds {
		kinds = append(kinds, k)
	}
	slices.SortFunc(kinds, func(a, b *kind) int { return cmp.Compare(a.extension, b.extension) })
	var sources []config.Found
	for _, format := range []string{read.FormatHTML, read.FormatTextPage, read.FormatJSONL, read.FormatAuto} {
		source := config.Found{ID: sourceNames[format], Format: format}
		for _, k := range kinds {
			if k.format() == format {
				source.Inputs = append(source.Inputs, k.globs()...)
				source.Count += k.count
			}
		}
		if source.Count > 0 {
			sources = append(sources, source)
		}
	}
	return sources
}

// format is the format of the files of an extension: auto where they differ.
func (k *kind) format() string {
	if len(k.formats) > 1 {
		return read.FormatAuto
	}
	for f := range k.formats { // one
		return f
	}
	return read.FormatAuto
}

// globs match the files of an extension; those without one are named each,
// since a glob for them would match all others as well.
func (k *kind) globs() []string {
	if k.extension == "" {
		globs := make([]string, len(k.files))
		for i, f := range k.files {
			globs[i] = escaped(f)
		}
		slices.Sort(globs)
		return globs
	}
	return []string{path.Join(escaped(k.folder), "**", "*"+escaped(k.extension))}
}

// escaped is a path as a glob that matches it alone.
func escaped(p string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`, `{`, `\{`, `]`, `\]`, `}`, `\}`).Replace(p)
}
