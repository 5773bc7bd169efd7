//go:build !purego

package store

// portable tells that this build has no assembly: see processor_purego.go.
const portable = false
