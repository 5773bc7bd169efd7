// Package takedown keeps what was asked to be gone out of every build. A list
// beside corpus.yaml says what that is by keyed digests, so that it names
// nobody; a Matcher finds it in a thread, whatever input or capture it comes
// from; Effects leave tombstones where it stood; an Erratum carries the same
// effects to those who hold a version that is published already.
//
// The package must never write a name, an address or a wording of what it
// takes down: not into the list, an erratum, a log or an error.
package takedown
