// Package read opens inputs and gives out the documents in them, one file of
// this folder an input format. A document is the bytes of a page, or a record
// that is already structured; what the bytes mean is for the next rooms.
//
// It must never write, never follow a name found inside an input, and never
// read more of an input than the limits allow.
package read

import (
	"context"
	"io"

	"corpus/schema"
)

// Document is one unit read out of an input.
type Document struct {
	Locator string         // where it stands in its input: "offset=0", "line=7"
	Format  string         // what it is: FormatHTML, FormatTextPage, FormatJSONL, or the export that an entry is from
	Body    []byte         // the page's bytes as stored, for html and textpage; for an entry, what its digest is taken of
	Record  *schema.Record // the record, for jsonl
	Entry   *Entry         // the post with its comments, for exports

	// What the container states of the capture; empty where it says nothing.
	URL         string   // address of the page
	CapturedAt  string   // ISO 8601
	ContentType string   // HTTP Content-Type, with its charset
	OptOut      []string // opt-out headers as they stood, e.g. "X-Robots-Tag: noai"
	Licenses    []string // addresses that an HTTP header Link names with rel=license

	// Payload is the digest of the payload as a web archive writes it, such as
	// "sha1:…" in base 32; empty outside of archives. With Revisit the record
	// holds no payload: it is that of the record with the same digest.
	Payload string
	Revisit bool

	// Warning says in words what is wrong with a document that is used all the
	// same: a digest that does not match, a body that breaks off. It belongs
	// into the detail of the ledger.
	Warning string
}

// Names of the input formats.
const (
	FormatAuto     = "auto"
	FormatHTML     = "html"
	FormatTextPage = "textpage"
	FormatJSONL    = "jsonl"

	// FormatReservations is no format of inputs: it is a file by which a server
	// reserves rights for its pages, met in a web archive or named by an index.
	FormatReservations = "tdmrep"
)

// Rejection is the error of a document that cannot be used. It becomes a
// ledger row and costs that document only.
type Rejection struct {
	Reason   string // one of schema.Reasons
	Detail   string // in words, with line or offset; no absolute path, no text of the document
	Excluded bool   // left out by a rule (a redirect, a draft): outcome excluded, and no failure of the input
	Comments int    // comments of an excluded document: they are read and excluded with it
}

// Error gives reason and detail.
func (r *Rejection) Error() string {
	if r.Detail == "" {
		return r.Reason
	}
	return r.Reason + ": " + r.Detail
}

// Limits bound what one document may hold; 0 is no limit.
type Limits struct {
	Bytes    int64 // of one document
	Comments int   // in one document
	Depth    int   // of replies

	Tmp string // folder for temporary files of readers that have to sort; "" for the system's
}

// Emit takes the documents of an input in their order: either a document, or
// the rejection of the one at locator. An error stops the reader.
type Emit func(doc *Document, rejected *Rejection, locator string) error

// Reader reads the documents of one input. It streams: memory does not grow
// with the input. An error means that the input as a whole failed; a
// *Rejection as error rejects what is left of the input.
type Reader interface {
	Read(ctx context.Context, in io.Reader, limits Limits, emit Emit) error
}
