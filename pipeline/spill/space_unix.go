//go:build linux || darwin

package spill

import "syscall"

// free is how many bytes the disk of dir has for us, or -1.
func free(dir string) int64 {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return -1
	}
	return int64(s.Bavail) * int64(s.Bsize)
}
