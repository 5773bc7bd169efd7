//go:build purego

package store

// portable tells that this build has no assembly. The assembly of parquet-go
// for AVX2 ends runs in dictionary pages elsewhere than the Go code does, so
// that the bytes of a file would depend on the processor.
const portable = true
