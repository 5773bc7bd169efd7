package rehydrate

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"corpus/pipeline"
	"corpus/pipeline/spill"
)

// rebase writes an index of the user's as one that stands in the folder dir:
// paths in it are relative to the index itself, or those that the inputs have
// below their --from. Whether it is an index the build will tell.
func rebase(index, dir, name string) error {
	in, err := os.Open(index)
	if err != nil {
		return pipeline.Usage("--index %s: %w", filepath.Base(index), spill.WithoutPath(err))
	}
	defer in.Close()
	buffered := bufio.NewReader(in)
	if mark, _ := buffered.Peek(3); bytes.Equal(mark, []byte("\ufeff")) {
		_, _ = buffered.Discard(3) // what was peeked can be discarded
	}
	out, err := os.OpenFile(filepath.Join(dir, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("writing the index anew: %w", spill.WithoutPath(err))
	}
	defer out.Close()
	real, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return fmt.Errorf("writing the index anew: %w", spill.WithoutPath(err))
	}
	beside, err := filepath.EvalSymlinks(filepath.Dir(index))
	if err != nil {
		return pipeline.Usage("--index %s: %w", filepath.Base(index), spill.WithoutPath(err))
	}
	rows, w := csv.NewReader(buffered), csv.NewWriter(out)
	column := -1
	for first := true; ; first = false {
		fields, err := rows.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return pipeline.Usage("--index %s: %w", filepath.Base(index), err)
		}
		if first {
			column = slices.IndexFunc(fields, func(s string) bool { return strings.TrimSpace(s) == "path" })
		} else if column >= 0 && column < len(fields) {
			fields[column] = moved(strings.TrimSpace(fields[column]), beside, real)
		}
		if err := w.Write(fields); err != nil {
			return fmt.Errorf("writing the index anew: %w", spill.WithoutPath(err))
		}
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return fmt.Errorf("writing the index anew: %w", spill.WithoutPath(err))
	}
	return nil
}

// moved is a path that is relative to the folder from, as seen from the folder
// to; as it is where no such file is there.
func moved(path, from, to string) string {
	if path == "" {
		return ""
	}
	file := filepath.FromSlash(path)
	if !filepath.IsAbs(file) {
		file = filepath.Join(from, file)
	}
	if _, err := os.Lstat(file); err != nil {
		return path
	}
	rel, err := filepath.Rel(to, file)
	if err != nil {
		return path
	}
	return filepath.ToSlash(rel)
}
