package pipeline

import (
	"cmp"
	"slices"

	"corpus/pipeline/config"
	"corpus/schema"
)

// sortedSources are the sources in the order of their ids: the order in which
// a configuration lists them is no fact about the corpus.
func sortedSources(sources []config.Source) []*config.Source {
	sorted := make([]*config.Source, len(sources))
	for i := range sources {
		sorted[i] = &sources[i]
	}
	slices.SortFunc(sorted, func(a, b *config.Source) int { return cmp.Compare(a.ID, b.ID) })
	return sorted
}

// sourceRow is the row of the table sources: the declaration as it stands.
func sourceRow(s *config.Source) schema.Source {
	return schema.Source{
		SourceID:        s.ID,
		Site:            stated(s.Site),
		Format:          s.Format,
		IdentityScope:   stated(s.IdentityScope),
		TimeZone:        stated(s.TimeZone),
		Languages:       s.Languages,
		CollectedFrom:   stated(s.Collection.From),
		CollectedTo:     stated(s.Collection.To),
		Collector:       stated(s.Collection.Collector),
		Method:          stated(s.Collection.Method),
		TermsURL:        stated(s.Rights.TermsURL),
		License:         stated(s.Rights.License),
		RightsHolder:    stated(s.Rights.RightsHolder),
		TDMBasis:        stated(s.Rights.TDMBasis),
		TDMEvidence:     stated(s.Rights.TDMEvidence),
		CommentsLicense: stated(s.Rights.CommentsLicense),
		AllowedUses:     s.Rights.AllowedUses,
		ConsentBasis:    stated(s.Consent.ConsentBasis),
		ConsentEvidence: stated(s.Consent.ConsentEvidence),
		GDPRBasis:       stated(s.Consent.GDPRBasis),
		GDPREvidence:    stated(s.Consent.GDPREvidence),
		Art9Ground:      stated(s.Consent.Art9Ground),
		Art9Evidence:    stated(s.Consent.Art9Evidence),
		Art14:           stated(s.Consent.Art14),
		Art14Evidence:   stated(s.Consent.Art14Evidence),
		Controller:      stated(s.Consent.Controller),
		DPOContact:      stated(s.Consent.DPOContact),
		DPIARef:         stated(s.Consent.DPIARef),
		EthicsBoard:     stated(s.Consent.EthicsBoard),
		EthicsRef:       stated(s.Consent.EthicsRef),
		EthicsDate:      stated(s.Consent.EthicsDate),
		RetentionUntil:  stated(s.Collection.RetentionUntil),
		DeclaredBy:      stated(s.Collection.DeclaredBy),
		DeclaredAt:      stated(s.Collection.DeclaredAt),
	}
}

// stated is s, or null where nothing is stated.
func stated(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// sourceOf is the declaration that a row of the table sources is made of.
func sourceOf(r *schema.Source) config.Source {
	return config.Source{
		ID:            r.SourceID,
		Site:          text(r.Site),
		Format:        r.Format,
		IdentityScope: text(r.IdentityScope),
		TimeZone:      text(r.TimeZone),
		Languages:     r.Languages,
		Rights: config.Rights{
			License:         text(r.License),
			CommentsLicense: text(r.CommentsLicense),
			RightsHolder:    text(r.RightsHolder),
			TermsURL:        text(r.TermsURL),
			TDMBasis:        text(r.TDMBasis),
			TDMEvidence:     text(r.TDMEvidence),
			AllowedUses:     r.AllowedUses,
		},
		Consent: config.Consent{
			ConsentBasis:    text(r.ConsentBasis),
			ConsentEvidence: text(r.ConsentEvidence),
			GDPRBasis:       text(r.GDPRBasis),
			GDPREvidence:    text(r.GDPREvidence),
			Art9Ground:      text(r.Art9Ground),
			Art9Evidence:    text(r.Art9Evidence),
			Art14:           text(r.Art14),
			Art14Evidence:   text(r.Art14Evidence),
			Controller:      text(r.Controller),
			DPOContact:      text(r.DPOContact),
			DPIARef:         text(r.DPIARef),
			EthicsBoard:     text(r.EthicsBoard),
			EthicsRef:       text(r.EthicsRef),
			EthicsDate:      text(r.EthicsDate),
		},
		Collection: config.Collection{
			From:           text(r.CollectedFrom),
			To:             text(r.CollectedTo),
			Collector:      text(r.Collector),
			Method:         text(r.Method),
			RetentionUntil: text(r.RetentionUntil),
			DeclaredBy:     text(r.DeclaredBy),
			DeclaredAt:     text(r.DeclaredAt),
		},
	}
}
