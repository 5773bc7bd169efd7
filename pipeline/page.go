package pipeline

import (
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/minio/sha256-simd"

	"corpus/licenses"
	"corpus/pipeline/config"
	"corpus/pipeline/extract"
	"corpus/pipeline/extract/entry"
	"corpus/pipeline/extract/htmlpage"
	"corpus/pipeline/extract/textpage"
	"corpus/pipeline/normalize"
	"corpus/pipeline/normalize/charset"
	"corpus/pipeline/normalize/when"
	"corpus/pipeline/plan"
	"corpus/pipeline/read"
	"corpus/schema"
)

// pages takes documents to normal form: decode, extract, normalize. It is a
// pure function of the document and the source, so every worker has the same.
type pages struct {
	extractors map[string]extract.Extractor // by format; only looked up
	limits     read.Limits
}

func newPages(limits config.Limits) *pages {
	return &pages{
		extractors: map[string]extract.Extractor{
			read.FormatHTML:     htmlpage.New(),
			read.FormatTextPage: textpage.New(),
		},
		limits: limitsOf(limits),
	}
}

// extractorNames are the names and versions of all that make drafts, sorted.
func extractorNames() []string {
	list := []string{extract.RecordExtractor, entry.Extractor, htmlpage.New().Name(), textpage.New().Name()}
	slices.Sort(list)
	return list
}

func limitsOf(l config.Limits) read.Limits {
	return read.Limits{Bytes: int64(l.Bytes), Comments: l.Comments, Depth: l.Depth}
}

// rulesOf is what normalize has to know of a source.
func rulesOf(s *config.Source) (normalize.Rules, error) {
	zone, err := when.Location(s.TimeZone)
	if err != nil {
		return normalize.Rules{}, fmt.Errorf("source %s: %w", s.ID, err)
	}
	return normalize.Rules{SourceID: s.ID, Site: s.Site, Zone: zone, Languages: s.Languages}, nil
}

// document brings one document into normal form. The error is a
// *read.Rejection; a panic of a library becomes one.
func (p *pages) document(doc *read.Document, origin normalize.Origin, rules normalize.Rules, index *plan.IndexRow) (result *normalize.Document, err error) {
	defer func() {
		if r := recover(); r != nil {
			result, err = nil, &read.Rejection{Reason: schema.ReasonPanic, Detail: fmt.Sprintf("%T", r)}
		}
	}()
	draft, digest, err := p.draft(doc, index)
	if err != nil {
		return nil, err
	}
	if p.limits.Comments > 0 && len(draft.Comments) > p.limits.Comments {
		return nil, &read.Rejection{
			Reason: schema.ReasonTooManyComments,
			Detail: fmt.Sprintf("%d comments, limits: comments is %d", len(draft.Comments), p.limits.Comments),
		}
	}
	origin.DocSHA256 = digest
	rules.MaxDepth = p.limits.Depth
	if origin.CapturedAt == nil && draft.CapturedAt != "" {
		t, err := when.Resolve(draft.CapturedAt, nil)
		if err == nil {
			origin.CapturedAt = t.At
		}
	}
	return normalize.Normalize(draft, origin, rules)
}

// draft decodes and extracts doc, and gives the SHA-256 of its decoded bytes.
func (p *pages) draft(doc *read.Document, index *plan.IndexRow) (*extract.Draft, string, error) {
	draft, decoded, err := p.extract(doc, index)
	if err != nil {
		return nil, "", err
	}
	if index != nil {
		if index.URL != "" && draft.URL == "" {
			draft.URL = index.URL
		}
		if index.CapturedAt != "" {
			draft.CapturedAt = index.CapturedAt
		}
	}
	rights(draft, doc, index)
	if doc.Warning != "" {
		draft.Notes = append(draft.Notes, doc.Warning)
	}
	if draft.CapturedAt == "" {
		draft.CapturedAt = doc.CapturedAt
	}
	sum := sha256.Sum256(decoded)
	return draft, hex.EncodeToString(sum[:]), nil
}

// rights brings together what the document, its HTTP response and the index say:
// of licences every statement, of opt-out signals those of the response before
// those of the page, as the TDM Reservation Protocol has it.
func rights(draft *extract.Draft, doc *read.Document, index *plan.IndexRow) {
	draft.OptOut = append(slices.Clone(doc.OptOut), draft.OptOut...)
	if len(doc.Licenses) > 0 {
		var stated []licenses.Statement
		for _, address := range doc.Licenses {
			if s, ok := licenses.NewStatement(licenses.WhereHeader, schema.CoversArticle, "", address); ok {
				stated = licenses.Add(stated, s)
			}
		}
		for _, s := range draft.Statements {
			stated = licenses.Add(stated, s)
		}
		draft.Statements = stated
	}
	if r := licenses.Resolve(draft.Statements); doc.Record == nil && len(draft.Statements) > 0 || draft.License == "" && draft.LicenseURL == "" && draft.LicenseEvidence == "" {
		draft.License, draft.LicenseURL, draft.LicenseEvidence = "", r.URL, r.Evidence
		if r.License != schema.LicenseUnknown {
			draft.License = r.License
		}
	}
	if index == nil {
		return
	}
	if index.ConsentBasis != "" && draft.ConsentBasis == "" {
		draft.ConsentBasis = index.ConsentBasis
	}
	if draft.TDMBasis == "" {
		draft.TDMBasis = index.TDMBasis
	}
	for i := range draft.Comments {
		c := &draft.Comments[i]
		if c.ConsentBasis == "" {
			c.ConsentBasis = index.CommentsConsentBasis
		}
		if c.TDMBasis == "" {
			c.TDMBasis = index.CommentsTDMBasis
		}
	}
	if index.License == "" {
		return
	}
	// Whether it agrees with the page is settled with the source's declaration.
	if s, ok := licenses.NewStatement(licenses.WhereIndex, schema.CoversArticle, index.License, ""); ok {
		draft.Statements = licenses.Add(draft.Statements, s)
	}
	if draft.License == "" && !strings.HasPrefix(draft.LicenseEvidence, licenses.EvidenceConflict) {
		draft.License, draft.LicenseURL, draft.LicenseEvidence = index.License, "", licenses.WhereIndex
	}
}

func (p *pages) extract(doc *read.Document, index *plan.IndexRow) (*extract.Draft, []byte, error) {
	if doc.Record != nil {
		draft, err := extract.FromRecord(doc.Record)
		return draft, doc.Body, err
	}
	if doc.Entry != nil {
		draft, err := entry.Extract(doc.Entry, doc.Format)
		return draft, doc.Body, err
	}
	if doc.Format == read.FormatReservations {
		return nil, nil, &read.Rejection{Reason: schema.ReasonNotHTML, Detail: reservationsDetail, Excluded: true}
	}
	extractor, ok := p.extractors[doc.Format]
	if !ok {
		return nil, nil, &read.Rejection{Reason: schema.ReasonUnknownFormat, Detail: "no extractor for " + doc.Format}
	}
	decoded, err := charset.Decode(doc.Body, doc.ContentType)
	if err != nil {
		return nil, nil, err
	}
	page := extract.Page{Text: decoded.Text, URL: doc.URL, CapturedAt: doc.CapturedAt}
	if page.URL == "" && index != nil {
		page.URL = index.URL
	}
	draft, err := extractor.Extract(page, p.limits)
	if err != nil {
		return nil, nil, err
	}
	if draft.Extractor == "" {
		draft.Extractor = extractor.Name()
	}
	draft.Extractor += " " + decoded.Origin()
	if draft.URL == "" {
		draft.URL = page.URL
	}
	if decoded.Text == string(doc.Body) {
		return draft, doc.Body, nil // most pages are UTF-8, and are not copied again
	}
	return draft, []byte(decoded.Text), nil
}

// rejection is err as a ledger reason; an error that is none is the build's.
func rejection(err error) (*read.Rejection, bool) {
	var r *read.Rejection
	ok := errors.As(err, &r)
	return r, ok
}
