// Package normalize brings a draft into normal form: clean text in NFC, times,
// addresses, languages, ids. Its rooms charset, text, when, weburl and language
// do one of these each; this package applies them to a whole document.
//
// It is a pure function of one document and its source's declaration. It must
// never look at another document, a clock or the machine.
package normalize

import (
	"corpus/pipeline/read"
	"corpus/schema"
)

// Document is a document in normal form. Its rows are filled as far as one
// document can tell; names stand beside the rows and never enter them.
type Document struct {
	Origin     Origin
	ContentID  string // the article's id should its URL not be believed
	NativeID   string // id of the article within its site, where stated
	ModifiedUS *int64 // modified time, of the page's own clock where no zone is known: only orders captures
	// Disbelieved: different texts claim its URL, so that it is known by its
	// content; assemble finds that out.
	Disbelieved bool
	Part        int32                   // number of the page of a paged article that the text is of, from 2; 0 for the first or only one
	Article     schema.Article          // Text and Blocks before masks; counts and digest are set after them
	Comments    []Comment               // in page order
	LeftOut     string                  // what the document states and cannot be used, in words for the ledger; empty for nothing
	Excluded    []read.ExcludedComments // comments that a rule left out, by the rule
	Notes       []string                // what the ledger has to say of reading it
	Stated      Stated
}

// Stated are times as the page states them, offset and all: the tables split
// them up, and the record that corpus extract prints gives them back.
type Stated struct {
	PublishedAt string
	ModifiedAt  string
	CapturedAt  string
}

// Origin says where a document was read.
type Origin struct {
	SourceID    string
	InputPath   string // relative to the fixed part of the glob
	InputSHA256 string
	Locator     string
	DocSHA256   string // of the document's decoded bytes
	CapturedAt  *int64 // microseconds since 1970 UTC
}

// Comment is a comment with what the tables never hold.
type Comment struct {
	SourceID  string         // source of the document: its rights and scope are the comment's
	Row       schema.Comment // CommentID, ThreadID, Depth, Position are set when the thread is assembled
	NativeID  string         // the site's own id, else empty
	LocalID   string         // id within this document: NativeID or "~N"
	ParentRef string         // LocalID or native id of the parent, as stated
	Author    string         // display name
	AuthorURL string
	AuthorID  string
	PostedAt  string // as stated, with its offset
	EditedAt  string // likewise
}
