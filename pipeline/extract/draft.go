// Package extract turns a document into a draft: the article, its metadata and
// its comments, as the page states them. One sub-folder an extractor; the
// others see only the interface.
//
// It must never decide on identity, privacy or rights, and never look at
// another document.
package extract

import (
	"corpus/licenses"
	"corpus/pipeline/read"
)

// Draft is what one document says. Texts are as the page has them, without
// markup; normalize cleans them. Empty strings and nil pointers are "not stated".
type Draft struct {
	URL             string // address that the page states for itself, or that came with it
	CanonicalURL    string // rel=canonical or its like, as stated
	NativeID        string // id of the article within its site, where stated
	Site            string
	Title           string
	Subtitle        string
	Authors         []string
	PublishedAt     string // ISO 8601 as exact as stated, offset only where known
	ModifiedAt      string
	CapturedAt      string
	License         string // SPDX expression or the address of the licence, as stated
	LicenseURL      string
	LicenseEvidence string               // markup that stated it, e.g. "rel=license"
	Statements      []licenses.Statement // every statement about a licence, as it stood
	ConsentBasis    string               // of the article's authors: a value of licenses.ConsentBases
	TDMBasis        string               // a value of licenses.TDMBases
	OptOut          []string
	Section         string
	Tags            []string
	Lang            string // declared language, BCP 47
	State           string // schema.StateNoText where the document has a thread only
	Part            int32  // number of the page of a paged article that the text is of, from 2; 0 for the first or only one
	Blocks          []Block
	Comments        []Comment // in page order
	CommentsStated  *int32
	CommentOrder    string                  // schema.OrderOldest, ...; empty for unknown
	Excluded        []read.ExcludedComments // comments that a rule left out
	Notes           []string                // what the ledger has to say of reading it
	DocumentSHA256  string                  // of the decoded page, where the document is a record that was read from one
	Extractor       string                  // name and version, e.g. "html/1"
}

// Block is a part of a text; Kind is one of schema.Block….
type Block struct {
	Kind  string
	Level int32
	Text  string
}

// Comment is a comment as the page shows it. ID is the site's own id without
// its prefix ("123" of "comment-123"), or a local name "~N" (N is the comment's
// index in Draft.Comments) that only lets ParentID refer to it.
type Comment struct {
	ID        string
	ParentID  string // ID of the comment replied to, as stated; empty for none
	Author    string // as displayed
	AuthorURL string // profile or home page, as stated
	AuthorID  string // account id, where stated
	Role      string
	PostedAt  string // ISO 8601 as exact as stated
	EditedAt  string
	State     string // schema.StateVisible, ...; empty for visible
	Lang      string
	VotesUp   *int32
	VotesDown *int32
	Score     *int32
	Featured  *bool
	Blocks    []Block

	License      string // SPDX expression, of records alone
	ConsentBasis string // a value of licenses.ConsentBases, of records alone
	TDMBasis     string // a value of licenses.TDMBases, of records alone
}

// Page is a decoded document: its text in UTF-8 and what came with it.
type Page struct {
	Text       string // decoded, with the page's own line breaks
	URL        string // address, where the container or the index states it
	CapturedAt string // ISO 8601, where known
}

// Extractor reads one kind of page. It returns a *read.Rejection for a page
// that it cannot use, and never panics on any input; its time and memory are
// linear in the page.
type Extractor interface {
	// Name is the extractor's name and version, e.g. "html/1": it changes
	// whenever the same page may give another draft.
	Name() string
	Extract(page Page, limits read.Limits) (*Draft, error)
}
