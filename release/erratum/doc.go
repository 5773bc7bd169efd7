// Package erratum is about the errata of releases: what differs between a
// release and the one that its publisher derives anew without what was taken
// down, said in ids, offsets, counts, digests and words of closed lists, and how
// it is applied to the tables of those who have the release.
//
// It must never put a word of a text, a name, a title or an address into an
// erratum: what it may say of a column is data in the package schema, held when
// an erratum is made and again when one is read. Errata are other people's
// files: reading one is strict and bounded.
package erratum
