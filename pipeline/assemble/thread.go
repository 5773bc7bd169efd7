// Package assemble brings the documents that show one article together: the
// newest capture gives the article, the union of all gives its comments, and
// the replies become a forest without orphans or cycles.
//
// It sees all documents of one article and nothing else; it must never drop a
// comment without counting it in the ledger.
package assemble

import (
	"corpus/pipeline/normalize"
	"corpus/schema"
)

// Thread is one article with all its comments, and the account of the
// documents that it came from.
type Thread struct {
	Article  schema.Article
	Comments []Comment // by Row.Position
	Captures []schema.Capture
	Ledger   []schema.LedgerRow
}

// Comment is a comment in its thread, with the names that privacy needs.
type Comment struct {
	normalize.Comment
	Mentions []Mention // names of the thread's commenters in the text, by Start
}

// Mention is a place in a comment's text that names a commenter of its thread.
type Mention struct {
	Start, End int32  // code points in the unmasked text
	Target     int    // index in Thread.Comments of the first comment of the person meant
	Basis      string // schema.InferredAddress or schema.InferredQuote; empty for a mere mention
}
