package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"corpus/datasheets/yamlfile"
)

// maxNodes bounds the values that are visited, aliases followed.
const maxNodes = 200_000

// missing is the error of a configuration that is not there, an fs.ErrNotExist;
// it is the file's name.
type missing string

func (m missing) Error() string {
	return "reading the configuration: there is no file " + string(m) + ": go to its folder, name the file (most commands take --config), or write one with corpus init"
}

func (missing) Unwrap() error { return fs.ErrNotExist }

// Load reads the configuration at path. Mistakes in it are Errors; they name
// the file without its folder.
func Load(path string) (*Config, error) {
	name := filepath.Base(path)
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, missing(name)
	}
	if err != nil {
		return nil, fmt.Errorf("reading the configuration: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, yamlfile.MaxFile+1))
	if err != nil {
		return nil, fmt.Errorf("reading the configuration: %w", err)
	}
	return Parse(data, name)
}

// Parse reads a configuration; name stands for it in messages. The error is of
// type Errors and lists every mistake that could be found, with its place.
func Parse(data []byte, name string) (*Config, error) {
	d := &decoder{file: name, places: map[string]place{}}
	root, err := yamlfile.Parse(data, "the file is empty: expected at least corpus, version and sources")
	if err != nil {
		d.fail(place{err.Place.Line, err.Place.Column}, "%s", err.Message)
		return nil, d.errors
	}
	var c Config
	d.decode(root, &c)
	if len(d.errors) < maxErrors {
		c.validate(d)
	}
	if len(d.errors) > 0 {
		return nil, sorted(d.errors)
	}
	c.setDefaults()
	c.file, c.places = d.file, d.places
	return &c, nil
}
