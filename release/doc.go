// Package release looks at finished versions: whether they are what their
// manifest says, and whether their tables agree with each other.
//
// It must never change a version, follow a link out of one, or believe a
// number that can be counted again.
package release
