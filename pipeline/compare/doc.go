// Package compare says in what two versions of a corpus differ, record by
// record, and which number the second has to have.
//
// It reads both versions in the order of their keys, side by side; what has to
// be matched in another order is sorted on disk. In memory are the thread of
// one article in both versions and the digests of the inputs.
//
// It must never look at anything but the two versions, change them, or give out
// the name of a person.
package compare
