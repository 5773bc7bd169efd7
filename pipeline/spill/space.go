package spill

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

// SpaceError is the error of a disk without room. It wraps syscall.ENOSPC or
// syscall.EDQUOT.
type SpaceError struct {
	For    string // what there is no room for
	Flag   string // that names another folder
	Needed int64  // bytes that the file at hand still takes, at most
	Free   int64  // bytes that the disk says it has; -1 where it does not say
	cause  error
}

// Error gives both numbers and what to do.
func (e *SpaceError) Error() string {
	free := "an unknown amount"
	if e.Free >= 0 {
		free = fmt.Sprintf("%d bytes", e.Free)
	}
	return fmt.Sprintf("no space left for %s: %d bytes needed, %s free; make room, or name a folder on another disk with %s", e.For, e.Needed, free, e.Flag)
}

// Unwrap gives the error of the system.
func (e *SpaceError) Unwrap() error { return e.cause }

// Explain turns a failed write to a temporary file in dir into an error for
// people, without its path. needed is how many bytes were still to be written.
func Explain(err error, dir string, needed int64) error {
	if err == nil {
		return nil
	}
	if dir == "" {
		dir = os.TempDir()
	}
	if full := Full(err, dir, "temporary files", "--tmp", needed); full != nil {
		return full
	}
	return fmt.Errorf("a temporary file cannot be written: %w", WithoutPath(err))
}

// Full is the error of a disk without room that err stands for, or nil. what
// says for what needed bytes were still to be written to dir, and flag how to
// name another folder.
func Full(err error, dir, what, flag string, needed int64) error {
	if !errors.Is(err, syscall.ENOSPC) && !errors.Is(err, syscall.EDQUOT) {
		return nil
	}
	return &SpaceError{For: what, Flag: flag, Needed: needed, Free: free(dir), cause: WithoutPath(err)}
}

// WithoutPath is err without the paths that errors of the system name: they
// are nobody's business but the machine's.
func WithoutPath(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return fmt.Errorf("%s: %w", path.Op, path.Err)
	}
	return err
}
