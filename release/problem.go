package release

import "strings"

// Problem is one thing that is wrong with a version.
type Problem struct {
	File   string `json:"file"`            // within the version, with "/"
	Table  string `json:"table,omitzero"`  // where it concerns a table
	Record string `json:"record,omitzero"` // id or key of the row, where it concerns one
	Column string `json:"column,omitzero"` // where it concerns one; of a list with the element, as blocks[0].end
	What   string `json:"what"`            // what is wrong, in words
}

// String is the problem as a line.
func (p Problem) String() string {
	parts := []string{p.File}
	if p.File == "" {
		parts = []string{p.Table}
	}
	if p.Record != "" {
		parts = append(parts, p.Record)
	}
	if p.Column != "" {
		parts = append(parts, p.Column)
	}
	return strings.Join(append(parts, p.What), ": ")
}

// reporter takes a problem of a column of the row at hand; column is "" where
// none is to blame.
type reporter func(column, format string, args ...any)

// Summary is what Verify saw.
type Summary struct {
	Corpus         string `json:"corpus"`
	Version        string `json:"version"`
	Files          int    `json:"files"` // the manifest included
	Bytes          int64  `json:"bytes"`
	Rows           int64  `json:"rows"`         // of all tables
	RowsChecked    bool   `json:"rows_checked"` // false where files are damaged, so that no row was looked at
	Problems       int    `json:"problems"`
	ManifestSHA256 string `json:"manifest_sha256"`
}
