package read

import (
	"bytes"
	"fmt"
	"strings"

	"corpus/licenses"
	"corpus/pipeline/read/warc"
	"corpus/schema"
)

// maxHTTPHead is how much of a block is searched for the end of the HTTP head.
const maxHTTPHead = 1 << 20

// payload is what a block holds: an HTTP response, or a file as it is.
type payload struct {
	http        bool
	code        int // HTTP status, 0 for unknown
	header      warc.Header
	begin       int // in the block
	contentType string
	chunked     bool
	coding      string // Content-Encoding
	sum         warc.Digest
	revisit     bool
}

// payload takes the HTTP head off the block. A response that has none, as those
// of other protocols, is taken as it is.
func (c *captures) payload(record *warc.Record) (*payload, error) {
	p := &payload{contentType: record.Header.Get("Content-Type"), revisit: record.Type == warc.TypeRevisit}
	if record.Type == warc.TypeConversion {
		return p, nil
	}
	message := warc.ParseHTTP(c.block)
	if message != nil && !message.Whole && int64(len(c.block)) < record.Length {
		if err := c.read(record, maxHTTPHead); err != nil {
			return nil, err
		}
		message = warc.ParseHTTP(c.block)
	}
	isHTTP := mediaType(p.contentType) == "application/http"
	if message == nil || record.Type == warc.TypeResource && !isHTTP {
		if isHTTP {
			p.contentType = ""
		}
		return p, nil
	}
	p.http, p.code, p.header, p.begin = true, message.Status, message.Header, message.Length
	if stated := p.header.Get("Content-Type"); stated != "" || !record.ARC {
		p.contentType = stated
	}
	p.chunked = strings.Contains(strings.ToLower(p.header.Get("Transfer-Encoding")), "chunked")
	p.coding = p.header.Get("Content-Encoding")
	return p, nil
}

// status is the rejection of a response that has no page, by its status.
func (p *payload) status() *Rejection {
	switch {
	case !p.http || p.code == 0 || p.revisit && p.code == 304:
		return nil
	case p.code >= 300 && p.code < 400 && p.code != 304:
		return excluded(schema.ReasonRedirect, fmt.Sprintf("status %d", p.code))
	case p.code == 206:
		return excluded(schema.ReasonHTTPError, "status 206: a part of the page")
	case p.code < 200 || p.code >= 300:
		return excluded(schema.ReasonHTTPError, fmt.Sprintf("status %d", p.code))
	}
	return nil
}

// begin gives the decoded beginning of the page, of what was read of the block.
func (c *captures) begin(p *payload) []byte {
	body := c.block[min(p.begin, len(c.block)):]
	body = body[:min(len(body), DetectBytes)]
	if p.chunked {
		body, _ = warc.Dechunk(bytes.Clone(body))
	}
	if p.coding != "" {
		body, _ = c.decoder.Decode(body, p.coding, DetectBytes)
	}
	return body
}

// pageFormat tells the format of a page by its beginning, which counts for more
// than the content type that a server states, or rejects what is no page.
func pageFormat(record *warc.Record, p *payload, begin []byte) (string, *Rejection) {
	media := mediaType(p.contentType)
	isHTML := media == "text/html" || media == "application/xhtml+xml" || media == "application/vnd.wap.xhtml+xml"
	name := ""
	if isHTML {
		name = "page.html"
	}
	if len(trimSpace(begin)) == 0 {
		if isHTML && record.Length > int64(p.begin) {
			return FormatHTML, nil // it is looked at again when it was read whole
		}
		return "", excluded(schema.ReasonEmpty, "the response has no body")
	}
	found := Detect(begin, name)
	switch {
	case found == FormatHTML && !isPicture(media):
		return FormatHTML, nil
	case found == FormatTextPage && isHTML:
		return FormatHTML, nil
	case record.Type == warc.TypeConversion && media == "text/plain" && !Binary(begin):
		return FormatTextPage, nil
	case isHTML:
		return "", notHTML(p.contentType, ", but the content is none")
	}
	return "", notHTML(p.contentType, "")
}

// mayBePage tells whether a page may have been sent with a content type, where
// there is no content to look at.
func mayBePage(media string) bool {
	return media == "" || strings.HasSuffix(media, "html") || strings.HasSuffix(media, "xhtml+xml") || media == "text/plain" || media == "application/octet-stream"
}

func isPicture(media string) bool { return strings.HasPrefix(media, "image/") }

func notHTML(contentType, but string) *Rejection {
	media := word(mediaType(contentType))
	if media == "" {
		media = "no content type"
	}
	return excluded(schema.ReasonNotHTML, media+but)
}

// mediaType is the content type without its parameters, in lower case.
func mediaType(contentType string) string {
	media, _, _ := strings.Cut(contentType, ";")
	return strings.ToLower(strings.TrimSpace(media))
}

// word makes a name out of an archive fit for a message: ASCII, not long.
func word(s string) string {
	s = strings.Map(func(r rune) rune {
		if r <= ' ' || r > '~' {
			return -1
		}
		return r
	}, s)
	return s[:min(len(s), 60)]
}

// licenseLinks are the addresses that fields Link of a response name as licence.
func licenseLinks(header warc.Header) []string {
	var out []string
	for _, field := range header {
		if strings.EqualFold(field.Name, "Link") && len(out) < 8 {
			out = append(out, licenses.LinkHeader(strings.ToValidUTF8(field.Value, "\ufffd"))...)
		}
	}
	return out
}

// optOuts gives the fields of a response that reserve rights: X-Robots-Tag with
// a value that asks not to be used, and those of the TDM Reservation Protocol.
func optOuts(header warc.Header) []string {
	var out []string
	for _, field := range header {
		value := strings.ToValidUTF8(field.Value, "\ufffd")
		switch name := strings.ToLower(field.Name); name {
		case "x-robots-tag":
			for token := range strings.FieldsFuncSeq(strings.ToLower(value), func(r rune) bool { return strings.ContainsRune(",:; \t", r) }) {
				if licenses.AsksNotTo(token) {
					out = append(out, "X-Robots-Tag: "+value)
					break
				}
			}
		case "tdm-reservation", "tdm-policy":
			if value = strings.TrimSpace(value); value != "" {
				out = append(out, name+": "+value)
			}
		}
	}
	return out
}
