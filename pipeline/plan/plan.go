// Package plan finds the inputs that a configuration declares, and opens them:
// globs, index and the bytes of a file with their digest.
//
// It must never write, follow a link to a folder, match what the build itself
// wrote, or let an absolute path reach an output or a message.
package plan

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"path/filepath"

	"corpus/pipeline/config"
	"corpus/pipeline/spill"
)

// Plan is what a build reads. It holds the inputs in a few bytes each, on disk
// where they are many, and makes an Input of one when it is its turn.
type Plan struct {
	Indexes    []Index // by source id
	Selections []Index // CDX files, by source id
	Golds      []Gold  // expected records, in the order of the configuration

	sources []declared  // as the configuration lists them
	inputs  *spill.List // by source id, path
	bytes   int64
}

// declared is a source with what belongs to all of its inputs.
type declared struct {
	source   *config.Source
	index    *index     // nil for none
	selected *selection // nil without a CDX
}

// Len is the number of inputs.
func (p *Plan) Len() int64 { return p.inputs.Len() }

// Bytes is the size of all inputs as planned.
func (p *Plan) Bytes() int64 { return p.bytes }

// All gives out the inputs by source id and path, each anew: what Read sets in
// one is not seen in another.
func (p *Plan) All() iter.Seq2[*Input, error] {
	return func(yield func(*Input, error) bool) {
		var d decoder
		for record, err := range p.inputs.All() {
			if err != nil {
				yield(nil, fmt.Errorf("the list of inputs: %w", err))
				return
			}
			source, in := d.input(record)
			s := &p.sources[source]
			in.Source, in.index, in.selected = s.source, s.index, s.selected
			if !yield(in, nil) {
				return
			}
		}
	}
}

// Close removes what the plan has on disk. It may be called more than once.
func (p *Plan) Close() error { return p.inputs.Close() }

// Input is one file of a source. SHA256, Unread and Index are set by Read before
// it gives out the first document.
type Input struct {
	Source *config.Source
	Path   string    // input_path: relative to the fixed part of the glob, with /, in NFC
	Size   int64     // bytes, as planned
	SHA256 string    // of the bytes; empty where they could not be read
	Unread bool      // they were not read: see Read
	Index  *IndexRow // row of the source's index; nil for none

	file    string   // how to open it; never written anywhere
	beside  string   // path relative to the configuration, with /: names it in the index
	planned identity // zero where the file could not be looked at
	blocked error    // why it could not be

	index    *index
	selected *selection
}

// Exclude is what no glob matches, beside the configuration's neighbours, the
// index files, versions that are built, and names that begin with a dot.
type Exclude struct {
	Dirs  []string // output, caches, folders for temporary files
	Files []string // the configuration, the key
}

// neighbours stand beside the configuration and are no inputs.
var neighbours = []string{"corpus.yaml", "corpus.lock", "datasheet.yaml", "takedown.json"}

// absolute is a path of the configuration as the system opens it.
func absolute(configDir, path string) string {
	path = filepath.FromSlash(path)
	if filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	return filepath.Join(configDir, path)
}

// withoutPath is err without the path that errors of the file system carry.
func withoutPath(err error) error {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return pathError.Err
	}
	return err
}
