package read

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"corpus/licenses"
	"corpus/pipeline/read/warc"
	"corpus/schema"
)

// FormatWARC is the format of web archives: WARC and ARC, compressed or not.
const FormatWARC = "warc"

// warcReader reads web archives. The captured pages are documents, by content
// and status of the response; records about captures are none. The locator is
// the place of the record in the file as stored.
type warcReader struct {
	selected func(offset int64) bool // nil for all
}

func (w warcReader) Read(ctx context.Context, in io.Reader, limits Limits, emit Emit) error {
	archive := warc.NewReader(in)
	defer archive.Close()
	c := captures{limits: limits}
	defer c.decoder.Close()
	passed := 0 // records that the CDX does not name
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		record, err := archive.Next()
		if err == io.EOF {
			if passed == 0 {
				return nil
			}
			return emit(nil, excluded(schema.ReasonNotSelected, fmt.Sprintf("%d records that the CDX does not name", passed)), "")
		}
		damage := new(warc.Damage)
		if errors.As(err, &damage) {
			if err := emit(nil, corrupt(damage), damage.Place.String()); err != nil {
				return err
			}
			continue
		}
		if err != nil {
			return err
		}
		if w.selected != nil && (record.Place.Inner > 0 || !w.selected(record.Place.Offset)) {
			if isCapture(record.Type) {
				passed++
			}
			if err := record.Finish(); err != nil && !errors.As(err, &damage) {
				return err
			}
			continue
		}
		doc, rejected, err := c.take(record)
		if err != nil {
			return err
		}
		if doc == nil && rejected == nil {
			continue
		}
		if err := emit(doc, rejected, record.Place.String()); err != nil {
			return err
		}
	}
}

func corrupt(damage *warc.Damage) *Rejection {
	return &Rejection{Reason: schema.ReasonCorruptRecord, Detail: damage.What}
}

// captures makes documents of records. Its buffers serve one record after the
// other.
type captures struct {
	limits  Limits
	decoder warc.Decoder
	block   []byte
}

// keptBlock is up to which size the buffer of blocks is kept for the next.
const keptBlock = 4 << 20

// take gives the document of a record, or its rejection, or neither for a
// record that is about a capture. What the record says can only be relied on
// when the record was read to its end.
func (c *captures) take(record *warc.Record) (*Document, *Rejection, error) {
	doc, rejected, notes, err := c.judge(record)
	damage := new(warc.Damage)
	if err == nil {
		err = record.Finish()
	}
	if errors.As(err, &damage) {
		if !damage.Behind || doc == nil || !notes.verified {
			return nil, corrupt(damage), nil
		}
		err = nil
		notes.add("%s", damage.What)
	}
	if doc != nil {
		doc.Warning = strings.Join(notes.words, "; ")
	}
	return doc, rejected, err
}

// notes are what is wrong with a record that is used all the same.
type notes struct {
	words    []string
	verified bool // a digest shows that the block is what it was
}

func (n *notes) add(format string, args ...any) {
	n.words = append(n.words, fmt.Sprintf(format, args...))
}

// isCapture tells the records that are captures from those about them.
func isCapture(kind string) bool {
	switch kind {
	case warc.TypeResponse, warc.TypeResource, warc.TypeConversion, warc.TypeRevisit:
		return true
	}
	return false
}

// judge reads the block as far as it takes to know what becomes of the record.
func (c *captures) judge(record *warc.Record) (doc *Document, rejected *Rejection, n notes, err error) {
	if !isCapture(record.Type) {
		return nil, nil, n, nil
	}
	if number := record.Header.Get("WARC-Segment-Number"); number != "" {
		return nil, excluded(schema.ReasonSegmented, "the first of several records"), n, nil
	}
	if cap(c.block) > keptBlock {
		c.block = nil
	}
	c.block = c.block[:0]
	if err := c.read(record, DetectBytes); err != nil {
		return nil, nil, n, err
	}
	payload, err := c.payload(record)
	if err != nil {
		return nil, nil, n, err
	}
	doc = &Document{
		Locator:     record.Place.String(),
		URL:         target(record),
		CapturedAt:  captureDate(record.Header.Get("WARC-Date")),
		ContentType: payload.contentType,
		OptOut:      optOuts(payload.header),
		Licenses:    licenseLinks(payload.header),
	}
	stated := warc.ParseDigest(record.Header.Get("WARC-Payload-Digest"))
	if record.Type == warc.TypeRevisit {
		doc.Format, doc.Revisit = FormatHTML, true
		if doc.Payload = stated.String(); stated.Of() {
			doc.Payload = "" // that of nothing, as crawlers write it where the server only said that the page is the same
		}
		rejected = payload.status()
		if rejected == nil && payload.contentType != "" && !mayBePage(mediaType(payload.contentType)) {
			rejected = notHTML(payload.contentType, "")
		}
		if rejected != nil {
			doc = nil
		}
		n.verified = true // by its head: the block is nothing but HTTP fields
		return doc, rejected, n, nil
	}
	if rejected := payload.status(); rejected != nil {
		return nil, rejected, n, nil
	}
	begin := c.begin(payload)
	limit := c.limits.Bytes
	if _, ok := licenses.IsTDMFile(doc.URL); ok {
		doc.Format, limit = FormatReservations, licenses.MaxTDMFile
	} else if doc.Format, rejected = pageFormat(record, payload, begin); rejected != nil {
		return nil, rejected, n, nil
	}
	if limit > 0 && record.Length-int64(payload.begin) > limit {
		return nil, tooLarge("the page", limit), n, nil
	}
	if err := c.read(record, record.Length); err != nil {
		return nil, nil, n, err
	}
	doc.Body, rejected = c.body(record, payload, stated, &n)
	if rejected != nil {
		return nil, rejected, n, nil
	}
	if doc.Payload = stated.String(); doc.Payload == "" {
		doc.Payload = payload.sum.String()
	}
	return doc, nil, n, nil
}

// read reads the block on to its first n bytes, or to its end.
func (c *captures) read(record *warc.Record, n int64) error {
	n = min(n, record.Length) - int64(len(c.block))
	if n <= 0 {
		return nil
	}
	if room := min(n, keptBlock); int64(cap(c.block)-len(c.block)) < room {
		grown := make([]byte, len(c.block), int64(len(c.block))+room)
		copy(grown, c.block)
		c.block = grown
	}
	for n > 0 {
		if len(c.block) == cap(c.block) {
			c.block = append(c.block, 0)[:len(c.block)]
		}
		free := c.block[len(c.block):cap(c.block)]
		got, err := record.Read(free[:min(n, int64(len(free)))])
		c.block = c.block[:len(c.block)+got]
		if n -= int64(got); err != nil {
			return err
		}
	}
	return nil
}

// body gives the page as it was before it was sent, in memory of its own, and
// compares the digests.
func (c *captures) body(record *warc.Record, p *payload, stated warc.Digest, n *notes) ([]byte, *Rejection) {
	truncated := record.Header.Get("WARC-Truncated")
	if truncated != "" {
		n.add("truncated when it was captured (%s)", word(truncated))
	}
	body := c.block[p.begin:]
	// Archives take the digest with chunks, or without, or of the decoded page.
	fits := !stated.Known() || stated.Of(body)
	coded := body
	if p.chunked {
		var ok bool
		if coded, ok = warc.Dechunk(bytes.Clone(body)); !ok {
			n.add("the chunks of the body are not in order")
		}
		fits = fits || stated.Of(coded)
	}
	if stated.String() == "" {
		p.sum = warc.SHA1(coded)
	}
	decoded, err := c.decoder.Decode(coded, p.coding, c.limits.Bytes)
	switch {
	case errors.Is(err, warc.ErrTooLarge):
		return nil, tooLarge("the decoded page", c.limits.Bytes)
	case errors.Is(err, warc.ErrRatio):
		return nil, &Rejection{Reason: schema.ReasonTooLarge, Detail: "the page " + err.Error()}
	case err != nil:
		n.add("the page breaks off: its content coding is damaged")
	}
	fits = fits || stated.Of(decoded)
	n.verified = stated.Known() && fits
	if !n.verified { // the payload is all that is used of the block: it has to be looked at once
		block := warc.ParseDigest(record.Header.Get("WARC-Block-Digest"))
		n.verified = block.Of(c.block)
		if block.Known() && !n.verified && truncated == "" {
			n.add("the block digest does not match")
		}
	}
	if !fits && truncated == "" {
		n.add("the payload digest does not match")
	}
	if len(trimSpace(decoded)) == 0 {
		return nil, excluded(schema.ReasonEmpty, "the response has no body")
	}
	if !p.chunked && &decoded[0] == &body[0] {
		decoded = bytes.Clone(decoded)
	}
	return decoded, nil
}

func excluded(reason, detail string) *Rejection {
	return &Rejection{Reason: reason, Detail: detail, Excluded: true}
}

// target is the address of the page: some writers put it in angle brackets, as
// the grammar of WARC 1.0 has it.
func target(record *warc.Record) string {
	url := record.Header.Get("WARC-Target-URI")
	if inner, ok := strings.CutPrefix(url, "<"); ok {
		url = strings.TrimSuffix(inner, ">")
	}
	return strings.ToValidUTF8(url, "\ufffd")
}

// captureDate gives WARC-Date in ISO 8601: dates of ARC files are digits alone.
func captureDate(stated string) string {
	digits := stated
	if len(digits) < 8 || strings.Trim(digits, "0123456789") != "" {
		return stated
	}
	date := digits[:4] + "-" + digits[4:6] + "-" + digits[6:8]
	switch {
	case len(digits) >= 14:
		return date + "T" + digits[8:10] + ":" + digits[10:12] + ":" + digits[12:14] + "Z"
	case len(digits) >= 12:
		return date + "T" + digits[8:10] + ":" + digits[10:12] + "Z"
	}
	return date
}
