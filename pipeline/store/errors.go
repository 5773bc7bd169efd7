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

// explain turns a failed write of needed bytes below dir into an error for
// people, without an absolute path. name is what was written.
func explain(err error, dir, name string, needed int64) error {
	if err == nil {
		return nil
	}
	if full := spill.Full(err, dir, "the version", "--out", needed); full != nil {
		return full
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
