// Package schema holds the tables of a corpus: one Go struct a table, from
// whose tags the Parquet binding, the Arrow schema and the data dictionary
// are all derived, and the closed vocabularies that their columns use.
//
// A field carries three tags: `parquet` (name and encoding), `class` (what a
// release may do with the column) and `doc` (its meaning). A pointer is a
// nullable column, a slice is a list that is never null.
//
// It must never import another package of this project, read a file or know
// how a value came about.
package schema

// Version is the version of the tables: it changes when a column is added,
// removed, renamed or retyped. Every Parquet file carries it under the key
// "corpus.schema", and manifest.json as "schema".
const Version = 2
