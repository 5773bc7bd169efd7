// Package tables reads and writes the tables of a release thread by thread, and
// describes them, for the three who write one: the code that makes a release,
// the one that fills it in again and the one that prunes it.
//
// It must never decide what a release keeps, see package keep, or read a clock.
package tables
