// Package digests remembers the SHA-256 of files that were read whole, so that a
// build takes the digest of a file that did not change without reading it. It
// goes by what the file system says of the file, as git does with its index
// (Documentation/technical/racy-git), borg with its files cache and restic with
// the snapshot before.
//
// What makes this safe:
//
//   - A digest belongs to a stamp: device, inode, size, and in nanoseconds the
//     times of the last change of the content and of the inode. Programs set the
//     first of the two times back, as cp -p and rsync -t do; none sets the second.
//   - A stamp is remembered only where it was the same before and after the bytes
//     were read, and where both times are older than the moment before by more
//     than file systems round times. So every change since gives another stamp.
//   - The file is opened all the same: a network file system then asks its server
//     for what is true now, and a file that may not be read any more is noticed.
//
// What no stamp shows: a change at the very instant of the one before, by a clock
// that was set back or by a file server's that is behind ours; one by a program
// that goes on writing through memory that it mapped before; and, where a file
// system keeps no second time (FAT, exFAT), one of equal length whose time was
// set back. What proves something therefore reads every file.
//
// The package must never hold a path, and nothing may follow from it but whether
// a file is read: a record that is missing or damaged costs a reading and changes
// no output.
package digests

import (
	"encoding/binary"
	"io/fs"
	"time"

	"github.com/minio/sha256-simd"
)

// Sum is the SHA-256 of a file.
type Sum = [sha256.Size]byte

// Margin is by how much the times of a file have to be older than the moment of
// reading: FAT rounds to two seconds, and no other file system in use to more.
const Margin = 2*time.Second + 100*time.Millisecond

// stamp is what a file system says of a regular file; the zero value is none.
type stamp struct {
	device, inode     uint64
	size              int64 // bytes
	modified, changed int64 // of content and inode: nanoseconds since 1970
}

// settled tells whether every change after the moment gives another stamp.
func (s stamp) settled(at time.Time) bool {
	return max(s.modified, s.changed) < at.Add(-Margin).UnixNano()
}

// File is an open file that is not read yet.
type File struct {
	stamp stamp
	at    time.Time
}

// Look is the file as the file system shows it now. The clock is read to decide
// whether it may be remembered, and reaches no output.
func Look(info fs.FileInfo) File { return File{stampOf(info), time.Now()} }

// A record is a stamp and a digest. Its numbers are big-endian, so that records
// compare by device and inode as bytes do.
const (
	keySize    = 2 * 8 // device and inode: one record a file
	recordSize = 5*8 + sha256.Size
)

// key is where the record of the file stands.
func (s *stamp) key() (k [keySize]byte) {
	binary.BigEndian.PutUint64(k[:], s.device)
	binary.BigEndian.PutUint64(k[8:], s.inode)
	return k
}

// append appends what a record holds of the stamp.
func (s *stamp) append(to []byte) []byte {
	for _, n := range [...]uint64{s.device, s.inode, uint64(s.size), uint64(s.modified), uint64(s.changed)} {
		to = binary.BigEndian.AppendUint64(to, n)
	}
	return to
}
