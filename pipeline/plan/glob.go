package plan

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/bmatcuk/doublestar/v4"
	"golang.org/x/text/unicode/norm"
)

// walker expands globs. It walks folders itself, so that folders that may not
// be matched are not even opened and no link to a folder is followed.
type walker struct {
	configDir string
	real      string          // configDir without links
	dirs      map[string]bool // excluded, without links; only looked up
	files     map[string]bool
}

func newWalker(configDir string, exclude Exclude) *walker {
	w := &walker{configDir: configDir, real: resolved(configDir), dirs: map[string]bool{}, files: map[string]bool{}}
	for _, d := range exclude.Dirs {
		if d != "" {
			w.dirs[resolved(d)] = true
		}
	}
	for _, f := range exclude.Files {
		if f != "" {
			w.files[resolved(f)] = true
		}
	}
	return w
}

// resolved is the path without links; of what is not there yet, as far as its
// folders are.
func resolved(p string) string {
	p, err := filepath.Abs(p)
	if err != nil {
		return p
	}
	rest := ""
	for dir := p; ; dir = filepath.Dir(dir) {
		if r, err := filepath.EvalSymlinks(dir); err == nil {
			return filepath.Join(r, rest)
		}
		if dir == filepath.Dir(dir) {
			return p
		}
		rest = filepath.Join(filepath.Base(dir), rest)
	}
}

// expansion is one glob being expanded.
type expansion struct {
	*walker
	pattern string // below the fixed part, with /
	depth   int    // folders that the pattern can go down; -1 for any number
	add     func(*Input) error
	failed  error // of add, or the context's
}

// expand calls add for every file that glob matches. A folder that cannot be
// listed is given as an input that cannot be read, so that it is not lost.
func (w *walker) expand(ctx context.Context, glob string, add func(*Input) error) error {
	glob = cleanGlob(glob)
	if hidden(glob) {
		return nil
	}
	base, pattern := doublestar.SplitPattern(glob)
	e := &expansion{walker: w, pattern: pattern, depth: strings.Count(pattern, "/"), add: add}
	if strings.Contains(pattern, "**") {
		e.depth = -1
	}
	dir, err := filepath.EvalSymlinks(absolute(w.configDir, base))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("cannot be expanded: %w", withoutPath(err))
	}
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return nil // whyNone says so
	}
	return e.walk(ctx, dir, "", 0)
}

// walk lists dir, a folder without links in its path; rel is its path below
// the fixed part.
func (e *expansion) walk(ctx context.Context, dir, rel string, level int) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if e.excludedDir(dir) {
		return nil
	}
	if isVersion(dir) {
		return nil
	}
	folders, err := e.list(ctx, dir, rel)
	if e.failed != nil {
		return e.failed
	}
	if err != nil {
		if level == 0 {
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			return fmt.Errorf("cannot be expanded: its folder: %w", withoutPath(err))
		}
		return e.give(e.input(dir, rel, dir, nil, err))
	}
	if e.depth >= 0 && level >= e.depth {
		return nil
	}
	for _, name := range folders { // after the folder is closed: nesting may be deeper than files may be open
		if err := e.walk(ctx, filepath.Join(dir, name), path.Join(rel, name), level+1); err != nil {
			return err
		}
	}
	return nil
}

// listed is how many entries of a folder are in memory at once.
const listed = 4096

// list adds the files of a folder, and gives the names of the folders in it.
func (e *expansion) list(ctx context.Context, dir, rel string) (folders []string, err error) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	for {
		if err := ctx.Err(); err != nil {
			return nil, e.fail(err)
		}
		entries, err := f.ReadDir(listed)
		for _, entry := range entries {
			name := entry.Name()
			if strings.HasPrefix(name, ".") {
				continue
			}
			if entry.IsDir() {
				folders = append(folders, name)
				continue
			}
			if below := path.Join(rel, name); doublestar.MatchUnvalidated(e.pattern, below) {
				if err := e.file(dir, name, below, entry); err != nil {
					return nil, err
				}
			}
		}
		if errors.Is(err, io.EOF) {
			return folders, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

// give adds an input. What fails then is no fault of the file's.
func (e *expansion) give(in *Input) error { return e.fail(e.add(in)) }

// fail keeps an error that ends everything apart from those of one folder.
func (e *expansion) fail(err error) error {
	if err != nil {
		e.failed = err
	}
	return err
}

// file adds one entry that the pattern matches, unless it is excluded or a link
// to a folder.
func (e *expansion) file(dir, name, below string, entry fs.DirEntry) error {
	where := filepath.Join(dir, name)
	real := where
	if entry.Type()&fs.ModeSymlink != 0 {
		target, err := filepath.EvalSymlinks(where)
		if err != nil {
			return e.give(e.input(where, below, where, nil, err))
		}
		real = target
	}
	if e.files[real] || e.inExcludedDir(real) {
		return nil
	}
	info, err := os.Stat(real)
	if err == nil && info.IsDir() {
		return nil
	}
	if err == nil && !info.Mode().IsRegular() {
		info, err = nil, errNotRegular
	}
	return e.give(e.input(real, below, where, info, err))
}

// input makes the input of a file: real is what it is without links, shownAt
// where the glob met it.
func (e *expansion) input(real, below, shownAt string, info fs.FileInfo, blocked error) *Input {
	in := &Input{Path: stored(below), file: real, blocked: blocked}
	if rel, err := filepath.Rel(e.real, shownAt); err == nil {
		in.beside = stored(filepath.ToSlash(rel))
	}
	if info != nil {
		in.Size, in.planned = info.Size(), identityOf(info)
	}
	return in
}

func (w *walker) excludedDir(real string) bool { return w.dirs[real] }

// inExcludedDir tells whether a link leads into an excluded folder.
func (w *walker) inExcludedDir(real string) bool {
	if len(w.dirs) == 0 {
		return false
	}
	for dir := filepath.Dir(real); ; dir = filepath.Dir(dir) {
		if w.dirs[dir] {
			return true
		}
		if dir == filepath.Dir(dir) {
			return false
		}
	}
}

// isVersion tells whether a folder holds a version that a build wrote.
func isVersion(dir string) bool {
	for _, name := range []string{"manifest.json", "corpus.lock"} {
		if info, err := os.Lstat(filepath.Join(dir, name)); err != nil || info.IsDir() {
			return false
		}
	}
	return true
}

// cleanGlob brings a glob into the form with / and without ./ and doubled slashes.
func cleanGlob(glob string) string { return path.Clean(filepath.ToSlash(glob)) }

// hidden tells whether a glob names a file or folder that begins with a dot.
func hidden(glob string) bool {
	return slices.ContainsFunc(strings.Split(glob, "/"), func(name string) bool {
		return strings.HasPrefix(name, ".") && name != "." && name != ".."
	})
}

// shown is a glob for a message: of an absolute one only its last fixed folder
// and the pattern.
func shown(glob string) string {
	if !filepath.IsAbs(filepath.FromSlash(glob)) {
		return glob
	}
	base, pattern := doublestar.SplitPattern(cleanGlob(glob))
	return "…/" + path.Join(path.Base(base), pattern)
}

// shownFolder is a folder for a message: of an absolute one only its name.
func shownFolder(dir string) string {
	if filepath.IsAbs(filepath.FromSlash(dir)) {
		return "…/" + path.Base(dir)
	}
	return dir
}

// whyNone says why a glob matches nothing, where that is easy to see.
func (w *walker) whyNone(glob string) string {
	glob = cleanGlob(glob)
	if hidden(glob) {
		return ": names that begin with a dot are never inputs"
	}
	base, _ := doublestar.SplitPattern(glob)
	info, err := os.Stat(absolute(w.configDir, base))
	switch {
	case err != nil:
		return fmt.Sprintf(": there is no folder %q", shownFolder(base))
	case !info.IsDir():
		return fmt.Sprintf(": %q is no folder", shownFolder(base))
	}
	if info, err := os.Stat(absolute(w.configDir, glob)); err == nil && info.IsDir() {
		return ": it is a folder; for the files below it write " + path.Join(shown(glob), "**", "*")
	}
	return ""
}

// stored is a path as the ledger holds it: NFC, with bytes that are no UTF-8 and
// control characters as %XX.
func stored(p string) string {
	var b strings.Builder
	for i := 0; i < len(p); {
		r, size := utf8.DecodeRuneInString(p[i:])
		if r == utf8.RuneError && size == 1 || unicode.IsControl(r) {
			for _, c := range []byte(p[i : i+size]) {
				fmt.Fprintf(&b, "%%%02X", c)
			}
		} else {
			b.WriteString(p[i : i+size])
		}
		i += size
	}
	return norm.NFC.String(b.String())
}
