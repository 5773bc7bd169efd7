package normalize

import "corpus/schema"

// Record is the document as corpus extract prints it: names not masked, times
// as stated. Read again as jsonl it gives the same document but for provenance.
func (d *Document) Record(source string) schema.Record {
	a := &d.Article
	r := schema.Record{
		Source:          source,
		URL:             a.URL,
		Site:            a.Site,
		Title:           a.Title,
		Authors:         a.Byline,
		PublishedAt:     optional(d.Stated.PublishedAt),
		ModifiedAt:      optional(d.Stated.ModifiedAt),
		License:         optional(a.License),
		Tags:            a.Tags,
		Lang:            a.Lang,
		Text:            a.Text,
		Comments:        make([]schema.RecordComment, len(d.Comments)),
		Locator:         d.Origin.Locator,
		ID:              d.NativeID,
		CapturedAt:      d.Stated.CapturedAt,
		Blocks:          a.Blocks,
		NCommentsStated: a.NCommentsStated,
		LicenseURL:      value(a.LicenseURL),
		LicenseEvidence: value(a.LicenseEvidence),
		Statements:      a.LicenseStatements,
		ConsentBasis:    value(a.ConsentBasis),
		TDMBasis:        value(a.TDMBasis),
		OptOut:          a.OptOut,
		Subtitle:        value(a.Subtitle),
		Section:         value(a.Section),
		CanonicalURL:    value(a.CanonicalURL),
		DocumentSHA256:  d.Origin.DocSHA256,
		Part:            d.Part,
	}
	if a.State != schema.StatePresent {
		r.State = a.State
	}
	if a.CommentOrder != schema.OrderUnknown {
		r.CommentOrder = a.CommentOrder
	}
	for i := range d.Comments {
		c := &d.Comments[i]
		row := &c.Row
		out := schema.RecordComment{
			ID:        c.LocalID,
			ParentID:  optional(c.ParentRef),
			Author:    c.Author,
			AuthorURL: optional(c.AuthorURL),
			PostedAt:  optional(c.PostedAt),
			Text:      value(row.Text),
			AuthorID:  c.AuthorID,
			Role:      value(row.CommenterRole),
			EditedAt:  c.EditedAt,
			Blocks:    row.Blocks,
			VotesUp:   row.VotesUp,
			VotesDown: row.VotesDown,
			Score:     row.Score,
			Featured:  row.Featured,

			License: row.License, ConsentBasis: value(row.ConsentBasis), TDMBasis: value(row.TDMBasis),
		}
		if row.State != schema.StateVisible {
			out.State = row.State
		}
		if row.LangBasis != nil && *row.LangBasis == schema.LangDeclared {
			out.Lang = *row.Lang
		}
		r.Comments[i] = out
	}
	return r
}

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
