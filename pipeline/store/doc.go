// Package store writes and reads the files of a version: the Parquet shards of
// the tables, the manifest and the lock.
//
// The bytes of a file follow from its rows and from the name and version of the
// corpus alone; the package must never let a clock, a path, a processor or a
// number of workers reach them. It must never overwrite a finished version, nor
// leave half of one behind.
package store
