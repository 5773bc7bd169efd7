// Package prune takes out of a release what its publisher's erratum names, and
// makes the erratum on the publisher's side: the release is derived anew from
// the build without what was taken down, and compared.
//
// Whoever prunes needs neither key nor inputs. It must never change the release
// that it prunes, publish a draft, or give away tables that are not, byte for
// byte, those that the publisher derived.
package prune
