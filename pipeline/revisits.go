package pipeline

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/go-json-experiment/json"

	"corpus/pipeline/normalize"
	"corpus/pipeline/spill"
	"corpus/schema"
)

// revisits joins revisit records of web archives to the records that hold
// their payload, wherever these stand in the build: a revisit says that the
// page was the same at another time (WARC 1.1, section 6.7), so it is a capture
// with the same content.
type revisits struct {
	originals *spill.Sorter // payload digest → document in normal form
	records   *spill.Sorter // payload digest → revisit
}

// revisit is a record without payload.
type revisit struct {
	Payload string
	URL     string
	Origin  normalize.Origin
}

func originKey(payload string, o *normalize.Origin) []byte {
	return []byte(strings.Join([]string{payload, o.SourceID, o.InputPath, locatorKey(o.Locator)}, "\x00"))
}

// add files a revisit.
func (r *revisits) add(v *revisit) error {
	value, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("writing a revisit: %w", err)
	}
	return r.records.Add(originKey(v.Payload, &v.Origin), value)
}

// join gives every revisit whose payload is known to captures, as a capture
// like the record that holds it, and the others to the ledger. Of several
// records with one payload the first of the same address counts, else the first.
func (r *revisits) join(ctx context.Context, captures *spill.Sorter, l *ledger, used func(sourceID string)) error {
	records, err := r.records.Sort()
	if err != nil {
		return fmt.Errorf("sorting revisits: %w", err)
	}
	defer records.Close()
	originals, err := r.originals.Sort()
	if err != nil {
		return fmt.Errorf("sorting payloads: %w", err)
	}
	defer originals.Close()
	group := &payloadGroup{rows: originals}
	for records.Next() {
		if err := ctx.Err(); err != nil {
			return err
		}
		var v revisit
		if err := json.Unmarshal(records.Value(), &v); err != nil {
			return fmt.Errorf("reading a revisit: %w", err)
		}
		doc, err := group.find(&v)
		if err != nil {
			return err
		}
		if doc == nil {
			reason, detail := schema.ReasonRevisit, "the record that holds its payload is not in this build"
			row := schema.LedgerRow{
				SourceID: v.Origin.SourceID, InputSHA256: &v.Origin.InputSHA256, InputPath: v.Origin.InputPath, Locator: v.Origin.Locator,
				Outcome: schema.OutcomeExcluded, Reason: &reason, Detail: &detail,
			}
			if err := l.add(row); err != nil {
				return err
			}
			continue
		}
		seenAgain(doc, &v.Origin)
		used(v.Origin.SourceID)
		if err := addCapture(captures, doc); err != nil {
			return err
		}
	}
	if err := records.Err(); err != nil {
		return fmt.Errorf("sorting revisits: %w", err)
	}
	return nil
}

// seenAgain makes a document the capture that a revisit stands for.
func seenAgain(doc *normalize.Document, o *normalize.Origin) {
	digest := doc.Origin.DocSHA256
	doc.Origin = *o
	doc.Origin.DocSHA256 = digest
	stamp := func(p *schema.Provenance) {
		p.CapturedAt, p.InputSHA256, p.Locator = o.CapturedAt, o.InputSHA256, o.Locator
	}
	stamp(&doc.Article.Provenance)
	doc.Article.SourceID = o.SourceID
	for i := range doc.Comments {
		stamp(&doc.Comments[i].Row.Provenance)
		doc.Comments[i].SourceID = o.SourceID
	}
}

// payloadGroup walks through the originals along with the revisits.
type payloadGroup struct {
	rows    *spill.Iterator
	payload string
	first   []byte            // the first document with this payload
	byURL   map[string][]byte // the first one by address; bounded by the captures of one payload
	ahead   bool              // rows stands on a row that belongs to a later payload
	started bool
	ended   bool
}

// find is the document that holds the payload of a revisit, a copy of its own.
func (g *payloadGroup) find(v *revisit) (*normalize.Document, error) {
	if !g.started || g.payload != v.Payload {
		if err := g.advance(v.Payload); err != nil {
			return nil, err
		}
	}
	value := g.first
	if same, ok := g.byURL[v.URL]; ok {
		value = same
	}
	if value == nil {
		return nil, nil
	}
	doc := new(normalize.Document)
	text, err := unpack(value, nil)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(text, doc); err != nil {
		return nil, fmt.Errorf("reading a document in normal form: %w", err)
	}
	return doc, nil
}

// advance reads the originals of a payload; those before it are passed over.
func (g *payloadGroup) advance(payload string) error {
	g.started, g.payload, g.first, g.byURL = true, payload, nil, map[string][]byte{}
	for !g.ended {
		if !g.ahead && !g.rows.Next() {
			g.ended = true
			break
		}
		g.ahead = false
		digest, _, _ := bytes.Cut(g.rows.Key(), []byte{0})
		switch bytes.Compare(digest, []byte(payload)) {
		case -1:
			continue
		case 1:
			g.ahead = true
			return nil
		}
		value := bytes.Clone(g.rows.Value())
		if g.first == nil {
			g.first = value
		}
		var doc struct {
			Article struct{ URL *string }
		}
		text, err := unpack(value, nil)
		if err != nil {
			return err
		}
		if err := json.Unmarshal(text, &doc); err != nil {
			return fmt.Errorf("reading a document in normal form: %w", err)
		}
		if u := doc.Article.URL; u != nil {
			if _, ok := g.byURL[*u]; !ok && len(g.byURL) < maxPayloadURLs {
				g.byURL[*u] = value
			}
		}
	}
	if err := g.rows.Err(); err != nil {
		return fmt.Errorf("sorting payloads: %w", err)
	}
	return nil
}

// maxPayloadURLs bounds how many addresses of one payload are kept apart.
const maxPayloadURLs = 256
