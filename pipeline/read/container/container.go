// Package container opens what inputs are packed in: compressed streams (gzip,
// bzip2, xz, zstd) and archives (tar, zip), one in the other to a small depth,
// told by content and not by name. What is inside goes to the reader of its
// format, and locators say where it stood: "member=pages/a.html;line=7". The
// compression of web archives is left to their reader, whose locators are
// offsets in the file as stored.
//
// It streams, in memory that does not grow with the input. It must never use a
// name that stands in an archive as a path, nor write a file but the one that a
// zip archive inside of another stream is kept in while it is read.
package container

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"

	"corpus/pipeline/read"
	"corpus/schema"
)

// Bounds of an input. They are far beyond what archives of pages need.
const (
	maxDepth   = 6          // layers: tar.zst that holds .html.gz has three
	maxMembers = 10_000_000 // of all archives of an input together
	maxRatio   = 10_000     // bytes unpacked to bytes stored, as for web archives
	freeBytes  = 64 << 20   // that are unpacked whatever the ratio
	maxSpool   = 1 << 30    // bytes of a zip archive that lies in a stream
)

// Input is an input as it is stored.
type Input struct {
	In   io.Reader   // the input from its beginning
	At   io.ReaderAt // the same at any place, for zip; nil where that is not to be had
	Size int64       // bytes of At
	Name string      // file name: decides where the content could be either of two
}

// Read gives out the documents of an input, unpacked: with format auto each
// member by its content, else as that format. An error that is a
// *read.Rejection rejects what is left of the input.
func Read(ctx context.Context, in Input, format string, rules read.Rules, limits read.Limits, emit read.Emit) error {
	o := &opening{ctx: ctx, format: format, rules: rules, limits: limits, emit: emit}
	return o.run(in)
}

// opening is one input on its way through its layers.
type opening struct {
	ctx    context.Context
	format string
	rules  read.Rules
	limits read.Limits
	emit   read.Emit
	probe  func(leaf) error // instead of reading documents; see Leaves

	input    *input
	top      *bufio.Reader // of the input
	unpacked int64
	members  int
	stopped  error           // of emit or probe: it ends everything
	bomb     *read.Rejection // once it is one
	told     *read.Rejection // that went to the ledger with its member

	buffers []*bufio.Reader // not in use
	spare   spare
}

// stream is the input, or something inside it.
type stream struct {
	in    source
	at    io.ReaderAt // nil where there is none
	size  int64       // of at
	name  string      // file name
	place string      // locator of what it is in the input; empty for the input
	depth int         // layers around it
}

// source is a reader that keeps its error: once it failed it fails again.
type source interface {
	io.Reader
	failed() error // other than the end of the input
}

func (o *opening) run(in Input) error {
	o.input = &input{ctx: o.ctx, in: in.In}
	err := o.open(stream{in: o.input, at: in.At, size: in.Size, name: in.Name})
	switch {
	case o.stopped != nil:
		return o.stopped
	case o.ctx.Err() != nil:
		return o.ctx.Err()
	case o.input.err != nil && err != nil:
		return o.input.err
	}
	if r := new(read.Rejection); errors.As(err, &r) && r == o.told {
		return nil
	}
	return err
}

// open finds out what a stream is and takes it apart or reads it.
func (o *opening) open(s stream) error {
	if err := o.ctx.Err(); err != nil {
		return err
	}
	in := o.buffer(s.in)
	defer o.release(in)
	if s.depth == 0 {
		o.top = in
	}
	head, err := in.Peek(read.DetectBytes)
	if len(head) == 0 && err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	kind := kindOf(head)
	if o.webArchive(kind, head, s.name) {
		return o.read(in, read.FormatWARC, s)
	}
	if kind == none {
		format, rejected := o.formatOf(head, s)
		if rejected != nil && err != nil && !errors.Is(err, io.EOF) {
			rejected = err // of what is left nobody can tell the format
		}
		if rejected != nil {
			return o.noFormat(rejected, s)
		}
		return o.read(in, format, s)
	}
	if s.depth == maxDepth {
		return &read.Rejection{Reason: schema.ReasonArchiveLimit, Detail: fmt.Sprintf("packed more than %d times: unpack the outer layers", maxDepth)}
	}
	switch kind {
	case tarArchive:
		return o.tar(in, s)
	case zipArchive:
		return o.zip(in, s)
	}
	inner, done, err := o.unpack(kind, in, s)
	if err != nil {
		return err
	}
	defer done()
	return o.open(stream{in: inner, name: stripped(s.name), place: s.place, depth: s.depth + 1})
}

// noFormat is the error of a stream that no reader exists for.
func (o *opening) noFormat(err error, s stream) error {
	if o.probe != nil {
		o.stopped = o.probe(leaf{member: s.place != "", err: err})
		return o.stopped
	}
	return err
}

// read gives a stream to the reader of its format.
func (o *opening) read(in *bufio.Reader, format string, s stream) error {
	if o.probe != nil {
		o.stopped = o.probe(leaf{format: format, member: s.place != ""})
		return o.stopped
	}
	reader, err := read.For(format)
	if err != nil {
		return err
	}
	whole := format == read.FormatHTML || format == read.FormatTextPage
	given := false
	err = read.With(reader, o.rules).Read(o.ctx, in, o.limits, func(doc *read.Document, rejected *read.Rejection, locator string) error {
		given = true
		switch {
		case s.place == "":
		case whole:
			locator = s.place
		default:
			locator = s.place + ";" + locator
		}
		if doc != nil {
			doc.Locator = locator
		}
		return o.give(doc, rejected, locator)
	})
	if err == nil && !given && s.place != "" {
		return &read.Rejection{Reason: schema.ReasonEmpty, Detail: "the member holds no document"}
	}
	return err
}

// give hands an outcome to emit, and remembers when that wants to stop.
func (o *opening) give(doc *read.Document, rejected *read.Rejection, locator string) error {
	if o.probe != nil {
		return nil
	}
	if err := o.emit(doc, rejected, locator); err != nil {
		o.stopped = err
		return err
	}
	return nil
}

// member opens a member of an archive. What is wrong with it goes to the ledger
// and ends no more than the member; the error is one that ends the input.
func (o *opening) member(s stream) error {
	err := o.open(s)
	if o.stopped != nil {
		return o.stopped
	}
	if err := o.ctx.Err(); err != nil {
		return err
	}
	if o.input.err != nil {
		return o.input.err
	}
	r := new(read.Rejection)
	if !errors.As(err, &r) {
		return err
	}
	if o.bomb != nil {
		r = o.bomb
	}
	if r == o.told {
		return nil
	}
	o.told = r
	return o.give(nil, r, s.place)
}

// count counts a member, and rejects the rest of the input where they are too many.
func (o *opening) count() error {
	if err := o.ctx.Err(); err != nil {
		return err
	}
	if o.members++; o.members > maxMembers {
		return &read.Rejection{Reason: schema.ReasonArchiveLimit, Detail: fmt.Sprintf("archives of more than %d members: divide the input", maxMembers)}
	}
	return nil
}

// account adds to what was unpacked, and tells where that is out of proportion
// to what is stored.
func (o *opening) account(n int) error {
	o.unpacked += int64(n)
	if o.bomb == nil && o.unpacked > freeBytes && o.unpacked/maxRatio > o.stored() {
		o.bomb = &read.Rejection{Reason: schema.ReasonArchiveLimit, Detail: fmt.Sprintf("unpacks to more than %d times its size", maxRatio)}
	}
	if o.bomb != nil {
		return o.bomb
	}
	return nil
}

// stored is how much of the input was used, without what only lies in a buffer.
func (o *opening) stored() int64 { return o.input.n - int64(o.top.Buffered()) + o.input.at }

// buffer gives a buffer for a stream, large enough for Detect.
func (o *opening) buffer(in io.Reader) *bufio.Reader {
	if n := len(o.buffers); n > 0 {
		b := o.buffers[n-1]
		o.buffers = o.buffers[:n-1]
		b.Reset(in)
		return b
	}
	return bufio.NewReaderSize(in, read.DetectBytes)
}

func (o *opening) release(b *bufio.Reader) {
	b.Reset(nil)
	o.buffers = append(o.buffers, b)
}

// input is the input itself: it obeys the context, counts and keeps its error.
type input struct {
	ctx context.Context
	in  io.Reader
	n   int64 // bytes read one after the other
	at  int64 // bytes read at their place
	err error
}

func (i *input) Read(p []byte) (int, error) {
	if i.err != nil {
		return 0, i.err
	}
	if err := i.ctx.Err(); err != nil {
		i.err = err
		return 0, err
	}
	n, err := i.in.Read(p)
	i.n += int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		i.err = err
	}
	return n, err
}

func (i *input) failed() error { return i.err }
