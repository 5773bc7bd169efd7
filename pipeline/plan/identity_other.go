//go:build !unix

package plan

import "io/fs"

// identity tells a file from itself after it was written to.
type identity struct {
	device, inode uint64 // not known here
	modified      int64  // nanoseconds
}

func identityOf(info fs.FileInfo) identity { return identity{modified: info.ModTime().UnixNano()} }
