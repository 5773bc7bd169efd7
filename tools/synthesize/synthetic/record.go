package synthetic

import (
	"fmt"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"corpus/schema"
)

// record is a document as a line of the format jsonl.
func record(d *document) ([]byte, error) {
	text := strings.Join(d.paragraphs, "\n\n")
	published := d.published.Format(time.RFC3339)
	r := schema.Record{
		Source: "synthetic", URL: &d.url, Site: &d.site, Title: &d.title, Authors: []string{d.author},
		PublishedAt: &published, Tags: []string{}, Text: &text,
		Comments: make([]schema.RecordComment, len(d.comments)),
	}
	for i, c := range d.comments {
		posted := c.posted.Format(time.RFC3339)
		r.Comments[i] = schema.RecordComment{ID: c.id, Author: c.author, PostedAt: &posted, Text: strings.Join(c.text, "\n\n")}
		if c.parent >= 0 {
			r.Comments[i].ParentID = &d.comments[c.parent].id
		}
	}
	line, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	return append(line, '\n'), nil
}

// archived is a page as a response record of WARC 1.1.
func archived(d *document) []byte {
	body := page(d)
	block := fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
	return fmt.Appendf(nil, "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\nWARC-Date: %s\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-%012d>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
		d.url, d.published.Add(24*time.Hour).Format(time.RFC3339), d.number, len(block), block)
}
