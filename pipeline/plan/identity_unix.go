//go:build unix

package plan

import (
	"io/fs"
	"syscall"
)

// identity tells a file from others that take its name, and from itself after
// it was written to.
type identity struct {
	device, inode uint64
	modified      int64 // nanoseconds
}

func identityOf(info fs.FileInfo) identity {
	id := identity{modified: info.ModTime().UnixNano()}
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		id.device, id.inode = uint64(s.Dev), uint64(s.Ino)
	}
	return id
}
