package plan

import (
	"bytes"
	"fmt"

	"corpus/licenses"
	"corpus/pipeline/read"
	"corpus/schema"
)

// Reserves tells whether the index says that an input is the file by which a
// server reserves rights, /.well-known/tdmrep.json: what of a record in a web
// archive its address tells. It may be called on nil.
func (r *IndexRow) Reserves() bool {
	if r == nil {
		return false
	}
	_, ok := licenses.IsTDMFile(r.URL)
	return ok
}

// reservations gives out such a file; body is all of it, as far as it is not too
// large to be one.
func (in *Input) reservations(body []byte, emit read.Emit) error {
	const locator = "offset=0"
	switch {
	case in.Size > licenses.MaxTDMFile:
		return emit(nil, &read.Rejection{Reason: schema.ReasonTooLarge, Detail: fmt.Sprintf("a file of reservations has at most %d bytes", licenses.MaxTDMFile)}, locator)
	case len(bytes.TrimSpace(body)) == 0:
		return emit(nil, &read.Rejection{Reason: schema.ReasonEmpty, Detail: fmt.Sprintf("%d bytes, none but white space", in.Size)}, locator)
	}
	return emit(&read.Document{Locator: locator, Format: read.FormatReservations, URL: in.Index.URL, Body: bytes.Clone(body)}, nil, locator)
}
