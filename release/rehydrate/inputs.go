package rehydrate

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"corpus/pipeline"
	"corpus/pipeline/config"
	"corpus/pipeline/read"
	"corpus/pipeline/spill"
	"corpus/release/keep"
)

// config is the configuration under which the inputs are read: that of the
// release, with the user's own paths. It stands in the folder dir.
func (h *rehydration) config(dir string) (*config.Config, error) {
	c := &config.Config{
		Schema: 1, Corpus: h.recipe.Corpus, Version: h.release.Release.BuildVersion, Privacy: h.recipe.Privacy, Splits: config.SplitsNone,
		AcceptRejects: "100%", // what is not there is named by its record
		Limits:        config.Limits{Bytes: config.Size(h.recipe.Limits.Bytes), Comments: h.recipe.Limits.Comments, Depth: h.recipe.Limits.Depth},
	}
	globs := map[string][]string{}
	for _, in := range h.From {
		if err := h.from(in, globs); err != nil {
			return nil, err
		}
	}
	indexes, err := h.files("--index", h.Indexes)
	if err != nil {
		return nil, err
	}
	cdx, err := h.files("--cdx", h.CDX)
	if err != nil {
		return nil, err
	}
	for _, s := range h.recipe.Sources {
		if len(globs[s.ID]) == 0 {
			h.result.NoInputs = append(h.result.NoInputs, s.ID) // its records will be missing
			continue
		}
		format, err := h.format(s)
		if err != nil {
			return nil, err
		}
		index := ""
		if indexes[s.ID] != "" {
			index = s.ID + ".csv"
			if err := rebase(indexes[s.ID], dir, index); err != nil {
				return nil, err
			}
		}
		c.Sources = append(c.Sources, config.Source{
			ID: s.ID, Inputs: globs[s.ID], Format: format, Site: s.Site, TimeZone: s.TimeZone, Languages: s.Languages,
			Unpublished: s.Unpublished, PostTypes: s.PostTypes, Index: index, CDX: cdx[s.ID],
		})
	}
	if len(c.Sources) == 0 {
		return nil, pipeline.Usage("there are no inputs: name folders, files or globs with --from")
	}
	return c, nil
}

// from adds the globs of one --from.
func (h *rehydration) from(in Input, globs map[string][]string) error {
	abs, err := filepath.Abs(in.Path)
	if err != nil {
		return pipeline.Usage("--from %s: %w", in.Path, err)
	}
	info, err := os.Stat(abs)
	if in.Source == "" && len(h.recipe.Sources) > 1 {
		found := false
		for _, s := range h.recipe.Sources {
			dir := filepath.Join(abs, s.ID)
			if below, err := os.Stat(dir); err == nil && below.IsDir() {
				globs[s.ID] = append(globs[s.ID], allBelow(dir))
				found = true
			}
		}
		if !found {
			return pipeline.Usage("--from %s: the release has the sources %s: %w, or a folder with one named after each", in.Path, strings.Join(h.sourceIDs(), ", "), errSource)
		}
		return nil
	}
	source, err2 := h.source("--from", in)
	if err2 != nil {
		return err2
	}
	switch {
	case err == nil && info.IsDir():
		globs[source] = append(globs[source], allBelow(abs))
	case err == nil:
		globs[source] = append(globs[source], escaped(abs))
	case strings.ContainsAny(in.Path, "*?[{"):
		globs[source] = append(globs[source], filepath.ToSlash(abs))
	default:
		return pipeline.Usage("--from %s: there is no such file or folder", in.Path)
	}
	return nil
}

// files are the paths that an option names, one a source.
func (h *rehydration) files(option string, inputs []Input) (map[string]string, error) {
	paths := map[string]string{}
	for _, in := range inputs {
		source, err := h.source(option, in)
		if err != nil {
			return nil, err
		}
		if paths[source] != "" {
			return nil, pipeline.Usage("%s: the source %s has one already", option, source)
		}
		abs, err := filepath.Abs(in.Path)
		if err != nil {
			return nil, pipeline.Usage("%s %s: %w", option, in.Path, err)
		}
		paths[source] = abs
	}
	return paths, nil
}

// source is the source that an input is of.
func (h *rehydration) source(option string, in Input) (string, error) {
	if in.Source == "" {
		if len(h.recipe.Sources) == 1 {
			return h.recipe.Sources[0].ID, nil
		}
		return "", pipeline.Usage("%s %s: the release has the sources %s: name one, as %s SOURCE=PATH", option, in.Path, strings.Join(h.sourceIDs(), ", "), option)
	}
	for _, s := range h.recipe.Sources {
		if s.ID == in.Source {
			return s.ID, nil
		}
	}
	return "", pipeline.Usage("%s: the release has no source %q; it has %s", option, in.Source, strings.Join(h.sourceIDs(), ", "))
}

func (h *rehydration) sourceIDs() []string {
	var ids []string
	for _, s := range h.recipe.Sources {
		ids = append(ids, s.ID)
	}
	return ids
}

// ParseInput reads SOURCE=PATH or PATH. What stands before the sign is a source
// only where it could be the name of one.
func ParseInput(s string) Input {
	source, path, ok := strings.Cut(s, "=")
	if !ok || source == "" || strings.Trim(source, "abcdefghijklmnopqrstuvwxyz0123456789_-") != "" {
		return Input{Path: s}
	}
	return Input{Source: source, Path: path}
}

// sniffed is how many inputs of a source are looked at for their format.
const sniffed = 16

// format is the format in which a source is read: that of the build, unless its
// pages come in another form here, such as a web archive of them.
func (h *rehydration) format(s keep.RecipeSource) (string, error) {
	page := func(format string) bool { return format == read.FormatHTML || format == read.FormatTextPage }
	left := sniffed
	for _, in := range h.From {
		if in.Source != "" && in.Source != s.ID {
			continue
		}
		root := in.Path
		if below := filepath.Join(in.Path, s.ID); in.Source == "" && len(h.recipe.Sources) > 1 {
			root = below
		}
		other := false
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || !d.Type().IsRegular() {
				return nil // the build will say so
			}
			if left--; left < 0 {
				return filepath.SkipAll
			}
			found := sniff(path)
			other = found != "" && found != s.Format && (!page(found) || !page(s.Format))
			if other {
				return filepath.SkipAll
			}
			return nil
		})
		if err != nil {
			return "", pipeline.Usage("--from %s: %w", in.Path, spill.WithoutPath(err))
		}
		if other {
			return read.FormatAuto, nil
		}
	}
	return s.Format, nil
}

// sniff is the format of a file by how it begins, "" where that does not tell.
func sniff(path string) string {
	f, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer f.Close()
	head, err := io.ReadAll(io.LimitReader(f, read.DetectBytes))
	if err != nil {
		return ""
	}
	return read.Detect(head, filepath.Base(path))
}

func allBelow(dir string) string { return fmt.Sprintf("%s/**/*", escaped(dir)) }

// escaped is a path as a glob that matches it alone.
func escaped(p string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`, `{`, `\{`, `]`, `\]`, `}`, `\}`).Replace(filepath.ToSlash(p))
}
