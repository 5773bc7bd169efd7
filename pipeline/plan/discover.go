package plan

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"corpus/pipeline/config"
	"corpus/pipeline/read"
)

// sourceNames are the ids that Discover proposes, by format, in their order.
var sourceNames = []struct{ format, id string }{
	{read.FormatHTML, "pages"}, {read.FormatTextPage, "texts"}, {read.FormatJSONL, "records"}, {read.FormatWARC, "captures"},
	{read.FormatWXR, "wordpress"}, {read.FormatDisqus, "disqus"}, {read.FormatBlogger, "blogger"}, {read.FormatFeed, "feeds"},
	{read.FormatReddit, "reddit"}, {read.FormatHackerNews, "hackernews"}, {read.FormatAuto, "mixed"},
}

// Discover looks for inputs below dir, packed ones as well, and groups them by
// format: a source a format, with a glob an extension. What globs never match is
// left out; where other files have the extension as well, the inputs are named
// one by one.
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
	files     []string        // the inputs, up to namedFiles
	others    map[string]bool // folders of files with the extension that are no input; only looked up
}

// namedFiles is how many inputs of an extension are named one by one.
const namedFiles = 500

func (d *discovery) walk(dir, rel string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		if rel != "" && errors.Is(err, fs.ErrPermission) {
			return nil // corpus build says so, if a glob goes there
		}
		return err
	}
	if isVersion(dir) {
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
	contents, err := look(context.Background(), f, info.Size(), below)
	extension := extensionOf(below)
	k := d.kinds[extension]
	if k == nil {
		k = &kind{extension: extension, folder: path.Dir(below), formats: map[string]bool{}, others: map[string]bool{}}
		d.kinds[extension] = k
	}
	if err != nil || contents.Text { // text that is no page by its name: a program, a table, a note
		k.others[path.Dir(below)] = true
		return
	}
	if contents.Archive { // each member decides
		contents.Format = read.FormatAuto
	}
	if k.count == 0 {
		k.folder = path.Dir(below)
	}
	k.count++
	k.formats[contents.Format] = true
	k.folder = common(k.folder, path.Dir(below))
	if len(k.files) < namedFiles {
		k.files = append(k.files, below)
	}
}

// packings are the extensions of compressed files, which have another before them.
var packings = []string{".gz", ".bz2", ".xz", ".zst", ".zstd"}

// extensionOf is the extension of a file, ".html.gz" for one that is compressed.
func extensionOf(name string) string {
	extension := path.Ext(name)
	if slices.Contains(packings, strings.ToLower(extension)) {
		extension = path.Ext(strings.TrimSuffix(name, extension)) + extension
	}
	return extension
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
	for _, name := range sourceNames {
		source := config.Found{ID: name.id, Format: name.format}
		for _, k := range kinds {
			if k.count > 0 && k.format() == name.format {
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
// since a glob for them would match all others as well, and so are those that
// share it with files that are no input.
func (k *kind) globs() []string {
	if k.extension == "" || k.mixed() && k.count <= namedFiles {
		globs := make([]string, len(k.files))
		for i, f := range k.files {
			globs[i] = escaped(f)
		}
		slices.Sort(globs)
		return globs
	}
	return []string{path.Join(escaped(k.folder), "**", "*"+escaped(k.extension))}
}

// mixed tells whether a glob would match files that are no input.
func (k *kind) mixed() bool {
	for folder := range k.others {
		if k.folder == "." || folder == k.folder || strings.HasPrefix(folder, k.folder+"/") {
			return true
		}
	}
	return false
}

// escaped is a path as a glob that matches it alone.
func escaped(p string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`, `{`, `\{`, `]`, `\]`, `}`, `\}`).Replace(p)
}
