//go:build !linux && !darwin

package digests

import "io/fs"

// stampOf knows of no file here, so that every one is read.
func stampOf(fs.FileInfo) stamp { return stamp{} }
