// Package diff writes what two versions differ in, for people and for programs.
//
// It must never compare anything itself, change an order, or name a person.
package diff

import (
	"fmt"
	"io"
	"slices"

	"corpus/pipeline/compare"
)

// The formats.
const (
	FormatText    = "text"    // for people, cut to a length that can be read
	FormatJSON    = "json"    // JSON Lines: the summary, then one object a difference
	FormatParquet = "parquet" // one row a difference
)

// Formats are all formats.
func Formats() []string { return []string{FormatText, FormatJSON, FormatParquet} }

// Write writes a result, whose differences were kept, in one of Formats.
func Write(w io.Writer, r *compare.Result, format string) error {
	switch format {
	case FormatText:
		return writeText(w, r)
	case FormatJSON:
		return writeJSON(w, r)
	case FormatParquet:
		return writeParquet(w, r)
	}
	return fmt.Errorf("no format of differences is called %q: there are %s", format, slices.Sorted(slices.Values(Formats())))
}
