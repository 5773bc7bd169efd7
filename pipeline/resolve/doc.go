// Package resolve finds what only the whole corpus can tell: which articles
// are near duplicates of each other, which split a record belongs to, and how
// far the splits leak into each other.
//
// It works on digests and ids that it sorts on disk. It must never drop a
// record, never let the order of Add, the number of goroutines or the memory
// reach a result, and the leak report must never use what the splits were made
// of: it is their check.
package resolve
