package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"corpus/pipeline/spill"
)

// ErrNotPortable is the error of every writer in a binary built without the
// tag purego.
var ErrNotPortable = errors.New("this binary was built without -tags purego, so the files it writes would depend on the processor; build it with make build")

// ErrDamaged marks errors of files that are not as they were written.
var ErrDamaged = errors.New("damaged")

// SpaceError is the error of a disk without room for the version.
type SpaceError struct {
	Needed int64 // bytes of the write that failed
	Free   int64 // bytes that the disk says it has; -1 where it does not say
	cause  error
}

// Error gives both numbers and what to do.
func (e *SpaceError) Error() string {
	free := "an unknown amount"
	if e.Free >= 0 {
		free = fmt.Sprintf("%d bytes", e.Free)
	}
	return fmt.Sprintf("no space left for the version: at least %d more bytes needed, %s free; make room, or name a folder on another disk with --out", e.Needed, free)
}

// Unwrap gives the error of the system.
func (e *SpaceError) Unwrap() error { return e.cause }

// explain turns a failed write of needed bytes below dir into an error for
// people, without an absolute path. name is what was written.
func explain(err error, dir, name string, needed int64) error {
	if err == nil {
		return nil
	}
	var full *spill.SpaceError
	if errors.As(spill.Explain(err, dir, needed), &full) {
		return &SpaceError{Needed: needed, Free: full.Free, cause: withoutPath(err)}
	}
	return fmt.Errorf("writing %s: %w", name, withoutPath(err))
}

// withoutPath is err without the paths that errors of the system name; what
// errors.Is finds stays.
func withoutPath(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	var link *os.LinkError
	if errors.As(err, &link) {
		return link.Err
	}
	return err
}
